"""The names by which people know a condition or a medicine lead to it, however they write them."""

import explorer.ui.components.condition_picker as picker
from explorer.content.load import Content
from explorer.domain.compare_url import read
from explorer.domain.names import (
    condition_named,
    condition_names,
    medicine_named,
    medicine_names,
    usual_name,
)
from explorer.export import pages_html


def test_every_name_of_the_content_leads_to_its_own(content: Content) -> None:
    """No name of a condition or of a medicine leads to another one, in any way of writing."""
    catalogue = content.catalogue
    for condition in catalogue.conditions:
        for name in (condition.id, *condition_names(condition), *condition.aliases):
            for typed in (name, name.upper(), name.replace("'", "\u2019").replace("-", " ")):
                found = condition_named(catalogue, typed)
                assert found is not None, typed
                assert found.id == condition.id, typed
    for medicine in catalogue.published:
        for name in (medicine.id, *medicine_names(medicine)):
            found_medicine = medicine_named(catalogue, f" {name.lower()} ")
            assert found_medicine is not None, name
            assert found_medicine.id == medicine.id, name


def test_what_is_no_name_leads_nowhere(content: Content) -> None:
    """A part of a name, a name of another kind and nothing at all are no names."""
    catalogue = content.catalogue
    for typed in ("", "   ", "syst", "Kineret and more", "<b>", "no-new-medicine"):
        assert condition_named(catalogue, typed) is None
        assert medicine_named(catalogue, typed) is None
        assert usual_name(catalogue, typed) == ""
    assert condition_named(catalogue, "Kineret") is None
    assert medicine_named(catalogue, "RA") is None


def test_an_address_may_hold_the_names_that_people_use(content: Content) -> None:
    """Typed by hand, ``systemic JIA`` and ``Kineret`` open what their ids open; the rest is said."""
    choice, dropped = read(content.catalogue, {"c": "systemic JIA", "m": "Kineret,ILARIS,aspirin"})
    assert (choice.condition, choice.options) == ("stills", ("anakinra", "canakinumab"))
    assert dropped.options == ("aspirin",)
    assert read(content.catalogue, {"c": "kineret"})[1].conditions == ("kineret",)


def test_the_glossary_tells_all_names_and_leads_on(content: Content) -> None:
    """In the app and in the reading edition, which show the same list."""
    html = pages_html.glossary(content.catalogue)
    for name in ("systemic JIA", "Dutch type periodic fever", "Salazopyrin", "MTX", "Kineret"):
        assert name in html
    assert 'id="condition-stills"><a href="compare?c=stills">' in html


def test_the_list_finds_medicines_by_any_name_only_when_one_is_typed(content: Content) -> None:
    """A brand or an old name leads to the page of the medicine; the list shows conditions first."""
    html = picker.list_html(content.catalogue)
    for name, medicine in (("Kineret", "anakinra"), ("Amjevita", "adalimumab"), ("MTX", None)):
        item = next(part for part in html.split("<li ") if name in part)
        assert "data-ax-typed hidden" in item
        assert f'href="medicine?m={medicine or "methotrexate"}"' in item
    assert html.rindex("data-ax-typed") > html.index("compare?c=")
