"""What a reader entered is made to fit, and nothing that was typed is thrown away."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.compare_url import Choice
from explorer.domain.visit import (
    LONG,
    MOST_CONCERNS,
    OwnPoint,
    Picked,
    Sure,
    Ticked,
    Visit,
    Weight,
)
from explorer.domain.visit_repair import Kept, repair, repair_kept, surplus
from explorer.domain.who import Who

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.sampled_from([f"c{number}" for number in range(9)])


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """Draw a valid visit."""
    own = draw(st.lists(WORDS, max_size=3))
    most = MOST_CONCERNS - len(own)
    picked = draw(st.lists(IDS, unique=True, max_size=most))
    asked = draw(st.lists(IDS, unique=True, max_size=4))
    return Visit(
        picked=tuple(
            Picked(concern=item, weight=draw(st.sampled_from(Weight)), why=draw(WORDS))
            for item in picked
        ),
        own_points=tuple(OwnPoint(text=text, weight=draw(st.sampled_from(Weight))) for text in own),
        ticked=tuple(Ticked(prompt=item, text=draw(WORDS)) for item in asked),
        own_questions=draw(WORDS),
        notes=draw(WORDS),
        sure=tuple((item, draw(st.booleans())) for item in draw(st.sets(st.sampled_from(Sure)))),
    )


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
LOOSE = st.fixed_dictionaries(
    {},
    optional={
        "now": st.lists(IDS | ANYTHING, max_size=4) | ANYTHING,
        "move": st.sampled_from(["start", "stay", "jump"]) | ANYTHING,
        "picked": st.lists(
            st.fixed_dictionaries(
                {"concern": IDS | ANYTHING, "why": WORDS | ANYTHING},
                optional={"weight": ANYTHING, "x": ANYTHING},
            )
            | ANYTHING,
            max_size=9,
        ),
        "own": st.text(max_size=400) | ANYTHING,
        "own_weight": ANYTHING,
        "own_points": st.lists(
            st.fixed_dictionaries({"text": WORDS | ANYTHING}, optional={"weight": ANYTHING})
            | ANYTHING,
            max_size=7,
        )
        | ANYTHING,
        "ticked": st.lists(
            st.fixed_dictionaries({"prompt": IDS | ANYTHING, "text": WORDS | ANYTHING}) | ANYTHING,
            max_size=4,
        ),
        "own_questions": st.text(max_size=1200) | ANYTHING,
        "notes": WORDS | ANYTHING,
        "sure": st.lists(st.tuples(st.sampled_from([*Sure, "x"]), st.booleans()), max_size=5)
        | ANYTHING,
        "unknown": ANYTHING,
    },
)


def texts(visit: Visit) -> list[str]:
    return [
        *(visit.own_questions, visit.notes),
        *(item.text for item in visit.own_points),
        *(item.why for item in visit.picked),
        *(item.text for item in visit.ticked),
    ]


def strings(raw: Any) -> list[str]:
    """Give every text in a value that is not blank, without halves of characters."""
    if isinstance(raw, str):
        fits = not any("\ud800" <= part <= "\udfff" for part in raw)
        return [raw] if raw.strip() and fits else []
    inside = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return [text for item in inside for text in strings(item)]


def typed(raw: dict[str, Any]) -> list[str]:
    """Give what stands in the fields that a person types into."""
    found = [text for name in ("own", "own_questions", "notes") for text in strings(raw.get(name))]
    for name, field in (("picked", "why"), ("ticked", "text"), ("own_points", "text")):
        items = raw.get(name)
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                found += strings(item.get(field))
    return found


@given(visits())
def test_what_fits_is_left_as_it_is(visit: Visit) -> None:
    """A valid visit comes back unchanged, and nothing is said."""
    found = repair(visit.model_dump_json())
    assert (found.visit, found.spare, found.changed) == (visit, (), False)


@given(LOOSE)
def test_nothing_typed_is_thrown_away(raw: dict[str, Any]) -> None:
    """Whatever was held: the result is valid, and each typed text is in it or spare."""
    found = repair(json.dumps(raw))
    assert Visit.model_validate_json(found.visit.model_dump_json()) == found.visit
    held = {*texts(found.visit), *found.spare}
    assert [text for text in typed(raw) if text not in held] == []


@pytest.mark.slow
@given(LOOSE)
def test_repair_is_done_once(raw: dict[str, Any]) -> None:
    """What was repaired is valid: reading it again changes nothing."""
    once = repair(json.dumps(raw)).visit
    assert repair(once.model_dump_json()).changed is False


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "7", "[" * 5000])
def test_what_is_no_visit_is_an_empty_one(text: str) -> None:
    """Any text can stand in a tab."""
    assert repair(text).visit == Visit()
    assert repair_kept(text)[0].visit == Visit()


def test_a_sixth_concern_goes_and_the_own_words_stay() -> None:
    """Of six, the one without a typed reason goes."""
    raw = {
        "own": "my garden",
        "picked": [
            {"concern": f"c{number}", "why": "" if number == 2 else f"why {number}"}
            for number in range(5)
        ],
    }
    found = repair(json.dumps(raw))
    assert found.visit.own_points == (OwnPoint(text="my garden"),)
    assert [item.concern for item in found.visit.picked] == ["c0", "c1", "c3", "c4"]
    assert found.spare == ()


def test_a_reason_whose_concern_goes_is_spare() -> None:
    """With six reasons one has no place; it is handed back."""
    raw = {"picked": [{"concern": f"c{number}", "why": f"why {number}"} for number in range(6)]}
    assert repair(json.dumps(raw)).spare == ("why 5",)


@pytest.mark.parametrize(("field", "most"), [("own_questions", LONG), ("notes", LONG)])
def test_a_longer_text_is_cut_in_its_place_and_spare_as_a_whole(field: str, most: int) -> None:
    """The sheet stays a page, and the reader has the whole text."""
    text = "x" * (most + 1)
    found = repair(json.dumps({field: text}))
    assert getattr(found.visit, field) == text[:most]
    assert found.spare == (text,)


@pytest.mark.parametrize(
    ("held", "own", "gone"),
    [
        ((), 0, ("c5",)),
        (("c1", "c2", "c3", "c4", "c5"), 0, ("c0",)),
        (("c0", "c1", "c2", "c3"), 1, ("c4", "c5")),
        ((), 2, ("c3", "c4", "c5")),
    ],
)
def test_what_is_new_goes_first(held: tuple[str, ...], own: int, gone: tuple[str, ...]) -> None:
    """Of equals the last ones; what was picked before stays."""
    picked = [Picked(concern=f"c{number}") for number in range(6)]
    found = surplus(picked, own=own, held=held)
    assert tuple(item.concern for item in found) == gone


def test_what_a_tab_holds_goes_there_and_back() -> None:
    """Choice, visit and spare texts are one text."""
    kept = Kept(
        choice=Choice(condition="ra", options=("a", "b")),
        visit=Visit(own_points=(OwnPoint(text="my garden"), OwnPoint(text="my cat"))),
        spare=("left over",),
    )
    assert repair_kept(kept.model_dump_json()) == (kept, False)


def test_a_value_too_deep_to_read_takes_nothing_with_it() -> None:
    """What stands beside it is taken up."""
    deep = "[" * 900 + "]" * 900
    kept, changed = repair_kept(f'{{"choice": {deep}, "visit": {{"notes": "x", "sure": {deep}}}}}')
    assert (kept.choice, kept.visit.notes, changed) == (Choice(), "x", True)


def test_a_choice_that_is_none_takes_nothing_with_it() -> None:
    """The visit beside it is taken up."""
    raw = {"choice": {"condition": 3}, "visit": {"notes": "Sore hands"}}
    kept, changed = repair_kept(json.dumps(raw))
    assert (kept.choice, kept.visit.notes, changed) == (Choice(), "Sore hands", True)


def test_what_an_older_tab_held_is_taken_up() -> None:
    """An age alone, one own point and what is taken now stood elsewhere before."""
    raw = {
        "choice": {"condition": "ra", "options": ["a", "b"], "age": "child"},
        "visit": {"now": ["methotrexate"], "own": "my garden", "own_weight": "a-lot"},
    }
    kept, _ = repair_kept(json.dumps(raw))
    assert (kept.choice.who, kept.choice.now) == (Who.CHILD, ("methotrexate",))
    assert kept.visit.own_points == (OwnPoint(text="my garden", weight=Weight.A_LOT),)
