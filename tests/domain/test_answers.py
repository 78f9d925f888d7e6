"""Typed answers: how they are said, compared and refused."""

import pytest
from pydantic import TypeAdapter, ValidationError

from explorer.domain.answer_words import phrase
from explorer.domain.answers import Answer, ChoiceValue, comparable, is_open
from explorer.domain.messages import Words
from tests.shipped import shipped

ADAPTER: TypeAdapter[Answer] = TypeAdapter(Answer)


@pytest.fixture(scope="module")
def words() -> Words:
    return shipped().catalogue.words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "schedule", "phases": [{"every": 1, "unit": "day"}]}, "every day"),
        ({"kind": "schedule", "phases": [{"every": 2, "unit": "week"}]}, "every 2 weeks"),
        (
            {"kind": "schedule", "phases": [{"every": 4, "every_max": 8, "unit": "week"}]},
            "every 4 to 8 weeks",
        ),
        (
            {"kind": "schedule", "phases": [{"times": 2, "every": 1, "unit": "day"}]},
            "2 times a day",
        ),
        (
            {
                "kind": "schedule",
                "start_weeks": [0, 2, 6],
                "phases": [{"every": 8, "unit": "week"}],
            },
            "in weeks 0, 2 and 6, then every 8 weeks",
        ),
        (
            {
                "kind": "schedule",
                "phases": [
                    {"every": 1, "unit": "month", "lasting": {"value": 3, "unit": "month"}},
                    {"every": 3, "unit": "month"},
                ],
            },
            "every month for 3 months, then every 3 months",
        ),
        (
            {"kind": "once", "again_after": {"value": 12, "unit": "week"}},
            "one dose; another only after 12 weeks or more",
        ),
        ({"kind": "once"}, "one dose"),
        ({"kind": "once", "doses": 2}, "2 doses on one day"),
        (
            {"kind": "once", "doses": 2, "again_after": {"value": 3, "unit": "day"}},
            "2 doses on one day; more only after 3 days or longer",
        ),
        ({"kind": "as-advised"}, "your team decides"),
        ({"kind": "yes-no", "value": "no"}, "no"),
        ({"kind": "yes-no", "value": "depends", "why": "on the dose"}, "it depends: on the dose"),
        ({"kind": "duration", "low": 4, "high": 6, "unit": "week"}, "4 to 6 weeks"),
        ({"kind": "duration", "low": 1, "unit": "week"}, "about 1 week"),
        ({"kind": "within", "unit": "hour"}, "within hours"),
        (
            {
                "kind": "storage",
                "place": "fridge",
                "low_f": 36,
                "high_f": 46,
                "out": "allowed",
                "out_for": {"value": 14, "unit": "day"},
                "out_max_f": 77,
            },
            "in the fridge (36 to 46 °F, 2 to 8 °C); out of it for up to 14 days, at most 77 °F (25 °C)",
        ),
        (
            {"kind": "storage", "place": "fridge", "low_f": 36, "high_f": 46, "out": "not-found"},
            "in the fridge (36 to 46 °F, 2 to 8 °C); how long it may be out: not found, so ask first",
        ),
        ({"kind": "year", "value": 2001}, "2001"),
        ({"kind": "unknown"}, "not clear from the sources"),
    ],
)
def test_answer_is_said_in_plain_words(words: Words, given: dict[str, object], said: str) -> None:
    """Each kind of answer has a plain phrase."""
    assert phrase(ADAPTER.validate_python(given), words) == said


def test_choices_are_said_with_their_labels(words: Words) -> None:
    """A set of values is said with the words of the row's list."""
    answer = ADAPTER.validate_python({"kind": "choices", "values": ["self", "carer"]})
    choices = (ChoiceValue(id="self", label="you"), ChoiceValue(id="carer", label="a helper"))
    assert phrase(answer, words, choices) == "you and a helper"


def test_sets_have_no_order() -> None:
    """Two sets with the same values are the same answer."""
    one = ADAPTER.validate_python({"kind": "choices", "values": ["a", "b"]})
    other = ADAPTER.validate_python({"kind": "choices", "values": ["b", "a"]})
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("given", "open_"),
    [
        ({"kind": "unknown"}, True),
        ({"kind": "yes-no", "value": "depends", "why": "on age"}, True),
        ({"kind": "yes-no", "value": "no"}, False),
    ],
)
def test_open_answers_cannot_be_compared(given: dict[str, object], open_: bool) -> None:
    """Unknown and "it depends" leave the matter open; a "no" does not."""
    assert is_open(ADAPTER.validate_python(given)) is open_
    assert is_open(None)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "yes-no", "value": "depends"},
        {"kind": "yes-no", "value": "no", "why": "x"},
        {"kind": "duration", "low": 6, "high": 4, "unit": "week"},
        {"kind": "schedule", "phases": []},
        {"kind": "schedule", "phases": [{"every": 8, "every_max": 4, "unit": "week"}]},
        {"kind": "storage", "place": "fridge", "low_f": 36, "high_f": 46, "out": "allowed"},
        {"kind": "year", "value": "2001"},
    ],
)
def test_senseless_answers_are_refused(given: dict[str, object]) -> None:
    """An answer that contradicts itself or has the wrong type is refused."""
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(given)
