"""A result that breaks a rule of fairness cannot be built."""

from typing import Any

import pytest
from pydantic import ValidationError

from explorer.content.load import Content
from explorer.domain.numbers import MedicineNumbers, Result, SideBySide

GIVEN: dict[str, Any] = {
    "id": "n1a",
    "condition": "ra",
    "row": "how-well",
    "effect": "benefit",
    "design": "review",
    "grade": "A",
    "outcome": "Better",
    "happened": "improved",
    "other": "did not",
    "people": "Adults with RA",
    "on": "anakinra",
    "comparator": "a dummy medicine",
    "time": "24 weeks",
    "drug": {"count": 38, "of": 100},
    "without": {"count": 23, "of": 100},
    "certainty": "Fair.",
    "citations": [{"source": "x", "place": "1", "read_in": "review"}],
}


def result(**changed: Any) -> Result:
    """Build a result that obeys every rule but for what is changed."""
    return Result.model_validate({**GIVEN, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"without": {"count": 6, "of": 1000}},
        {"drug": {"count": 101, "of": 100}},
        {"drug": {"count": 81, "of": 207}, "without": {"count": 19, "of": 200}},
        {"comparator": ""},
        {"time": ""},
        {"citations": []},
        {"grade": "C"},
        {"grade": "B"},
        {"drug": {"count": 2, "of": 1001}, "without": {"count": 9, "of": 1001}},
    ],
)
def test_an_unfair_result_is_refused(changed: dict[str, Any]) -> None:
    """Mixed denominators, no comparator, no caution, no label of a design: none is built."""
    with pytest.raises(ValidationError):
        result(**changed)


def test_a_small_trial_keeps_its_real_people() -> None:
    """Eleven and ten people are drawn as eleven and ten."""
    made = result(
        drug={"count": 2, "of": 11},
        without={"count": 9, "of": 10},
        certainty="Each person is one dot.",
    )
    assert (made.drug.of, made.without.of) == (11, 10)


def test_a_result_without_its_comparator_is_refused() -> None:
    """What has no comparison group, such as an extra risk alone, cannot be drawn."""
    given = {key: value for key, value in GIVEN.items() if key not in ("comparator", "without")}
    with pytest.raises(ValidationError):
        Result.model_validate(given)


def test_results_side_by_side_need_their_label() -> None:
    """Two results on one screen without "not a race" are refused; one alone is not."""
    two = (result(), result(id="n5c"))
    with pytest.raises(ValidationError, match="not a race"):
        SideBySide(results=two)
    assert SideBySide(results=two, race_label="Not a race.").results == two
    assert SideBySide(results=two[:1]).results == two[:1]


def test_pictures_of_100_and_of_1000_need_a_label() -> None:
    """Different scales on one screen are refused unless that is said."""
    thousand = result(drug={"count": 18, "of": 1000}, without={"count": 6, "of": 1000})
    with pytest.raises(ValidationError, match="1000"):
        SideBySide(results=(result(), thousand), race_label="Not a race.")
    made = SideBySide(results=(result(), thousand), race_label="x", scale_label="y")
    assert made.is_mixed


def test_two_counts_of_the_same_harm_are_refused() -> None:
    """The pooled and the single-trial figure of one harm, which the data names, never both stand."""
    both = (result(id="n1e"), result(id="n1f"))
    with pytest.raises(ValidationError, match="n1e and n1f count the same; keep one"):
        MedicineNumbers(id="anakinra", results=both, not_both=(("n1e", "n1f"),))
    assert MedicineNumbers(id="anakinra", results=both[:1], not_both=(("n1e", "n1f"),)).results


def test_the_shipped_figures_name_what_counts_the_same(content: Content) -> None:
    """The two figures of serious infections on anakinra are named as one harm."""
    (anakinra,) = [item for item in content.catalogue.numbers if item.id == "anakinra"]
    assert ("n1e", "n1f") in anakinra.not_both
