"""The shipped content: every rule, the right options, and figures that must never slip."""

import pytest

from explorer import paths
from explorer.content.check import check_folder
from explorer.content.load import Content
from explorer.domain.comparison import compare, options_in

pytestmark = pytest.mark.slow


def test_no_rule_is_broken(content: Content) -> None:
    """The shipped content has no error from its own day on."""
    assert check_folder(paths.DATA, content.catalogue.review.content_date).errors == 0


@pytest.mark.parametrize(
    ("condition", "interval"),
    [
        ("caps", "every 8 weeks"),
        ("stills", "every 4 weeks"),
        ("fmf", "every 4 weeks"),
        ("gout-flares", "one dose; another only after 12 weeks or more"),
    ],
)
def test_canakinumab_has_the_interval_of_the_condition(
    content: Content, condition: str, interval: str
) -> None:
    """Eight weeks in CAPS, four in Still's and FMF, one dose in a gout flare."""
    found = compare(content.catalogue, condition, ["canakinumab"], ["how-often"])
    assert found.rows[0].cells[0].answer == interval


@pytest.mark.parametrize(
    ("condition", "offered"),
    [
        (
            "ra",
            {
                "adalimumab",
                "anakinra",
                "certolizumab",
                "etanercept",
                "golimumab",
                "infliximab",
                "methotrexate",
                "sulfasalazine",
            },
        ),
        ("caps", {"anakinra", "canakinumab", "rilonacept"}),
        ("dira", {"anakinra", "rilonacept"}),
        ("pericarditis", {"anakinra", "canakinumab", "methotrexate", "rilonacept"}),
        ("gout-flares", {"anakinra", "canakinumab"}),
    ],
)
def test_options_depend_on_the_condition(
    content: Content, condition: str, offered: set[str]
) -> None:
    """Each condition offers the medicines with a stated use there, and both others.

    Those that were there at first stay; a new medicine needs no change here.
    """
    catalogue = content.catalogue
    found = {option.id for option in options_in(catalogue, condition) if option.is_offered}
    used = {item.id for item in catalogue.published if item.is_used_in(condition)}
    assert offered <= found
    assert found == used | {"stay", "no-new-medicine"}


def test_methotrexate_is_once_a_week_wherever_it_matters(content: Content) -> None:
    """The weekly warning stands in the mistake, how often, dose, missed dose and too much."""
    methotrexate = content.catalogue.medicine("methotrexate")
    texts = [methotrexate.mistake.text]
    for row in ("how-often", "dose", "missed-dose", "too-much"):
        cells = methotrexate.cells_of(row)
        assert cells is not None
        texts.append(f"{cells.default.text} {cells.default.detail}")
    assert [text for text in texts if "week" not in text.lower()] == []


def test_anakinra_and_a_tnf_blocker_carry_the_line(content: Content) -> None:
    """Shown together, they are marked as alternatives that are not to be combined."""
    pairs = compare(
        content.catalogue, "ra", ["adalimumab", "anakinra", "methotrexate"]
    ).not_together
    assert [(pair.first, pair.second) for pair in pairs] == [
        ("Adalimumab (Humira)", "anakinra (Kineret)")
    ]


def test_every_stated_cell_has_a_reference_in_every_condition(content: Content) -> None:
    """No stated cell of any option in any condition stands without a source."""
    catalogue = content.catalogue
    for condition in catalogue.conditions:
        offered = [o.id for o in options_in(catalogue, condition.id) if o.is_offered]
        for row in compare(catalogue, condition.id, offered).rows:
            assert [c.id for c in row.cells if c.kind == "stated" and not c.references] == []
