"""A result that breaks a rule of fairness cannot be built."""

from typing import Any

import pytest
from pydantic import ValidationError

from explorer.domain.numbers import MedicineNumbers, Result

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


def test_a_sentence_says_both_framings() -> None:
    """Those it happened to and the rest stand in one sentence."""
    made = result()
    assert made.sentence(made.drug, made.on) == "On anakinra: 38 of 100 improved, 62 did not."


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
        {"design": "withdrawal"},
    ],
)
def test_an_unfair_result_is_refused(changed: dict[str, Any]) -> None:
    """Mixed denominators, no comparator, too many people, no caution, no label: none is built."""
    with pytest.raises(ValidationError):
        result(**changed)


def test_a_small_trial_keeps_its_real_people() -> None:
    """Eleven and ten people are drawn as eleven and ten."""
    made = result(drug={"count": 2, "of": 11}, without={"count": 9, "of": 10})
    assert (made.drug.of, made.without.of) == (11, 10)


def test_two_counts_of_the_same_harm_are_refused() -> None:
    """The pooled and the single-trial figure of serious infections never stand together."""
    with pytest.raises(ValidationError, match="show one"):
        MedicineNumbers(id="anakinra", results=(result(id="n1e"), result(id="n1f")))
