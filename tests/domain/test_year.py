"""Days a year, worked out from the typed answers."""

import pytest

from explorer.content.load import Content
from explorer.domain.catalogue import Age
from explorer.domain.year import Times, blood_tests, visits


@pytest.mark.parametrize(
    ("medicine", "condition", "expected"),
    [
        ("anakinra", "ra", (0, 0)),  # at home
        ("canakinumab", "stills", (13, 13)),  # every 4 weeks, in a clinic
        ("canakinumab", "caps", (7, 6)),  # every 8 weeks, the first on the first day
        ("infliximab", "ra", (8, 7)),  # weeks 0, 2 and 6, then every 8 weeks
        ("infliximab", "fmf", None),  # the team sets the plan
        ("golimumab", "ra", None),  # a shot at home or a drip in a clinic
    ],
)
def test_visits_follow_the_plan_and_the_place(
    content: Content, medicine: str, condition: str, expected: tuple[int, int] | None
) -> None:
    """Each dose in a clinic is a visit, one at home is none, and nothing is made up."""
    catalogue = content.catalogue
    found = visits(catalogue, catalogue.medicine(medicine), condition, Age.ADULT)
    assert (None if found is None else (found.first[0], found.later[0])) == expected


def test_blood_tests_are_counted_after_the_first_dose(content: Content) -> None:
    """Every phase counts for its own length; a range of gaps gives a range of times."""
    catalogue = content.catalogue

    def count(medicine: str, condition: str) -> Times | None:
        return blood_tests(catalogue, catalogue.medicine(medicine), condition, Age.ADULT)

    assert count("anakinra", "ra") == Times(first=(6, 6), later=(0, 0))
    assert count("sulfasalazine", "ra") == Times(first=(11, 11), later=(4, 4))
    assert count("methotrexate", "ra") == Times(first=(6, 9), later=(4, 4))
    assert count("etanercept", "ra") is None
    assert Times(first=(6, 9), later=(1, 0)).figures == {6, 9}
