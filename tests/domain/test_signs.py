"""The table of signs: order of urgencies and actions, and what a text is seen to tell."""

import pytest
from pydantic import ValidationError

from explorer.domain.signs import (
    DoseAction,
    SignTable,
    Told,
    Urgency,
    faster,
    fastest,
    stronger,
    strongest,
)

CITED = ({"source": "label", "place": "5", "read_in": "label"},)
TABLE = SignTable.model_validate(
    {
        "told": {
            "emergency": ["911"],
            "same-day": ["same day"],
            "next-visit": ["next visit"],
            "continued": ["^Also"],
            "hold": ["before the next dose"],
            "stop": ["take no more"],
        },
        "signs": (
            {
                "id": "infection",
                "words": "Fever.",
                "urgency": "same-day",
                "medicine": "hold",
                "spotted_by": [r"\bfever\b"],
                "ages": [
                    {
                        "under_months": 3,
                        "words": "A baby under 3 months with a fever.",
                        "urgency": "emergency",
                        "medicine": "hold",
                        "spotted_by": ["baby under 3 months"],
                        "citations": list(CITED),
                    }
                ],
                "citations": list(CITED),
            },
        ),
    }
)


def test_urgencies_have_an_order() -> None:
    """An emergency is faster than a call the same day, and nothing is faster than itself."""
    assert faster(Urgency.EMERGENCY, Urgency.SAME_DAY)
    assert not faster(Urgency.SAME_DAY, Urgency.SAME_DAY)
    assert fastest((Urgency.NEXT_VISIT, Urgency.SAME_DAY)) is Urgency.SAME_DAY


def test_actions_have_an_order() -> None:
    """To stop is stronger than to hold; where nothing is said one goes on."""
    assert stronger(DoseAction.STOP, DoseAction.HOLD)
    assert strongest(()) is DoseAction.GO_ON
    assert strongest((DoseAction.GO_ON, DoseAction.HOLD)) is DoseAction.HOLD


@pytest.mark.parametrize(
    ("text", "urgency", "action"),
    [
        ("Call 911, also on the same day.", Urgency.EMERGENCY, None),
        ("Call the SAME DAY, before the next dose.", Urgency.SAME_DAY, DoseAction.HOLD),
        ("Take no more before the next dose.", None, DoseAction.STOP),
        ("It is common.", None, None),
    ],
)
def test_the_strongest_word_of_a_text_counts(
    text: str, urgency: Urgency | None, action: DoseAction | None
) -> None:
    """Of several words the most urgent one and the strongest one are taken."""
    assert (TABLE.told.urgency(text), TABLE.told.action(text)) == (urgency, action)


def test_a_sign_is_seen_by_its_patterns() -> None:
    """Whole words only, without regard to capitals."""
    assert [sign.id for sign in TABLE.told_in("Fever.")] == ["infection"]
    assert TABLE.told_in("Feverish.") == ()


def test_words_for_a_baby_are_told_from_words_for_all() -> None:
    """A line for babies can be left out of what an adult takes along."""
    assert TABLE.only_of_the_young(("infection",), "A baby under 3 months has a fever.")
    assert not TABLE.only_of_the_young(("infection",), "You have a fever.")
    assert not TABLE.only_of_the_young(("unknown",), "A baby under 3 months has a fever.")


def test_an_unknown_sign_is_none() -> None:
    """A wrong id gives nothing, and the rules name it."""
    assert TABLE.get("unknown") is None


def test_a_pattern_that_is_none_is_refused() -> None:
    """A slip in a pattern is refused with the pattern in the message."""
    with pytest.raises(ValidationError, match="no pattern"):
        Told.model_validate({"emergency": ["(911"]})
