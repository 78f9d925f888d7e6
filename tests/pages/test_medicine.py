"""The medicine page under AppTest."""

import re

import pytest

from explorer.content.load import Content
from tests.pages.drawn import html, opened
from tests.shipped import shipped

MEDICINES = [medicine.id for medicine in shipped().catalogue.published]


@pytest.mark.slow
@pytest.mark.parametrize("medicine", MEDICINES)
def test_each_medicine_is_shown_in_full(medicine: str, content: Content) -> None:
    """Every row, use and warning stands there, and no link inside the page is dead."""
    app = opened("medicine", m=medicine)
    drawn = html(app)
    assert app.title[0].value == content.catalogue.medicine(medicine).heading
    assert drawn.count('class="ax-fact"') == len(content.catalogue.rows)
    assert drawn.count('class="ax-use"') == len(content.catalogue.conditions)
    ids = re.findall(r' id="([a-z0-9-]+)"', drawn)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([a-z0-9-]+)"', drawn)) <= set(ids)


def test_without_a_name_all_are_listed(content: Content) -> None:
    """The list names every medicine with its brand and how to say it."""
    labels = [link.label for link in opened("medicine").get("page_link")]
    assert len(labels) == len(content.catalogue.published)
    assert "Anakinra (Kineret), say: an-a-KIN-ra" in labels


def test_an_unknown_medicine_gets_a_message_and_the_list(content: Content) -> None:
    """A strange id is named as text, and the list is offered."""
    app = opened("medicine", m="<img>")
    assert "a medicine that we do not have: &lt;img&gt;" in html(app)
    assert len(app.get("page_link")) == len(content.catalogue.published)


def test_facts_of_one_condition_name_it() -> None:
    """A dose for one condition says for which it is."""
    assert "For Gout flares:" in html(opened("medicine", m="canakinumab"))
