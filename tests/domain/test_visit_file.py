"""A reader's picks as a file and as a link: read back equal, and never more than was allowed."""

import json
import zlib
from base64 import urlsafe_b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.domain.catalogue import Move
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import options_in
from explorer.domain.visit import OwnPoint, Picked, Sure, Ticked, Visit, Weight
from explorer.domain.visit_file import (
    FRAGMENT,
    MOST_LINK,
    as_fragment,
    as_text,
    opened,
    opened_fragment,
)
from explorer.domain.visit_repair import Kept
from explorer.domain.who import Who
from tests.shipped import shipped

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CATALOGUE = shipped().catalogue


@st.composite
def kept(draw: st.DrawFn) -> Kept:
    """Draw any picks that the page could hold."""
    condition = draw(st.sampled_from([item.id for item in CATALOGUE.conditions]))
    now = draw(st.sampled_from([(), ("methotrexate",)])) if condition == "ra" else ()
    ids = [item.id for item in options_in(CATALOGUE, condition, now) if item.is_offered]
    options = [item for item in ids if item not in now]
    concerns = draw(
        st.lists(st.sampled_from([it.id for it in CATALOGUE.concerns]), unique=True, max_size=3)
    )
    prompts = draw(
        st.lists(st.sampled_from([it.id for it in CATALOGUE.prompts]), unique=True, max_size=5)
    )
    weight = st.sampled_from(Weight)
    return Kept(
        choice=Choice(
            condition=condition,
            options=tuple(
                draw(st.lists(st.sampled_from(options), unique=True, min_size=1, max_size=4))
            ),
            who=draw(st.sampled_from(Who)),
            now=now,
        ),
        visit=Visit(
            move=draw(st.none() | st.sampled_from(Move)),
            picked=tuple(
                Picked(concern=it, weight=draw(weight), why=draw(TYPED)) for it in concerns
            ),
            own_points=tuple(
                OwnPoint(text=it, weight=draw(weight)) for it in draw(st.lists(TYPED, max_size=2))
            ),
            ticked=tuple(Ticked(prompt=it, text=draw(TYPED)) for it in prompts),
            own_questions=draw(TYPED),
            notes=draw(TYPED),
            sure=tuple((it, draw(st.booleans())) for it in draw(st.sets(st.sampled_from(Sure)))),
        ),
        spare=tuple(draw(st.lists(TYPED.filter(str.strip), unique=True, max_size=2))),
    )


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(kept())
def test_read_back_equals_the_picks(held: Kept) -> None:
    """The file and the link both give back what was saved, with nothing missing."""
    for found in (
        opened(as_text(held), CATALOGUE),
        opened_fragment(as_fragment(held), CATALOGUE),
    ):
        assert found is not None
        assert (found.choice, found.visit, found.spare) == (held.choice, held.visit, held.spare)
        assert (found.missing, found.changed) == ((), False)


@settings(max_examples=15, deadline=None)
@given(kept())
def test_the_link_shows_no_word_that_was_typed(held: Kept) -> None:
    """All that was typed stands packed after the ``#``, in letters that need no escape."""
    fragment = as_fragment(held)
    assert fragment.startswith(FRAGMENT)
    assert fragment.isascii()
    assert not set(fragment[len(FRAGMENT) :]) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


SAVED = Kept(
    choice=Choice(condition="ra", options=("stay", "add-anakinra"), now=("methotrexate",)),
    visit=Visit(picked=(Picked(concern="cost", why="My own words"),), notes="Sore hands"),
)


def edited(**changes: object) -> str:
    return json.dumps(json.loads(as_text(SAVED)) | changes)


def packed(text: str) -> str:
    return FRAGMENT + urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        "[" * 50_000,
        '{"kind": "anakinra-explorer-picks", "version": 1}',
        edited(kind="another"),
        edited(visit="<script>"),
        edited(visit={"notes": "x" * 100_000}),
        edited(visit={"notes": "x" * 801}),
        edited(visit={"picked": [{"concern": "../../etc/passwd"}]}),
        edited(visit={"picked": [{"concern": "cost"}] * 2}),
        edited(choice={"options": 3}),
        edited(choice={"who": "a-stranger"}),
        edited(spare=["x"] * 1000),
        edited(more="of it"),
        as_text(SAVED) + " " * 50_000,
    ],
)
def test_what_was_changed_by_hand_is_refused_whole(text: str) -> None:
    """A file of this version that does not hold together opens nothing; so does the same link."""
    assert opened(text, CATALOGUE) is None
    assert opened_fragment(packed(text), CATALOGUE) is None


@pytest.mark.parametrize(
    "fragment",
    ["", FRAGMENT, FRAGMENT + "%00", FRAGMENT + "\u00e9", FRAGMENT + "A" * (MOST_LINK + 1), "cut"],
)
def test_a_link_that_is_none_is_refused(fragment: str) -> None:
    """Rubbish after the ``#`` opens nothing, nor does a link that was cut."""
    assert opened_fragment(fragment, CATALOGUE) is None
    assert opened_fragment(as_fragment(SAVED)[:-6], CATALOGUE) is None


def test_a_link_never_unpacks_to_more_than_a_file() -> None:
    """A short text that would unpack to a hundred megabytes is refused, and not unpacked."""
    bomb = FRAGMENT + urlsafe_b64encode(zlib.compress(b" " * 8_000_000, 9)).decode().rstrip("=")
    assert len(bomb) <= MOST_LINK
    assert opened_fragment(bomb, CATALOGUE) is None


def test_what_this_content_does_not_hold_is_named_and_the_rest_opens() -> None:
    """Picks of other content: what exists is there, what does not is named, no own word is lost."""
    held = SAVED.evolve(
        choice=SAVED.choice.evolve(options=("stay", "add-anakinra", "old-medicine")),
        visit=SAVED.visit.evolve(
            picked=(Picked(concern="gone", why="My own words"), Picked(concern="cost")),
            ticked=(Ticked(prompt="gone-too", text="My question?"), Ticked(prompt="any-aim")),
        ),
    )
    found = opened(as_text(held), CATALOGUE)
    assert found is not None
    assert found.missing == ("old-medicine", "gone", "gone-too")
    assert found.choice.options == ("stay", "add-anakinra")
    assert [item.concern for item in found.visit.picked] == ["cost"]
    assert [item.prompt for item in found.visit.ticked] == ["any-aim"]
    assert found.visit.notes == "Sore hands"
    assert found.spare == ("My own words", "My question?")


@pytest.mark.parametrize("version", [0, 2, 99, "next", None])
def test_another_version_opens_as_far_as_it_fits(version: object) -> None:
    """What is in a place of its own opens; what has no place here is said to have changed."""
    visit = {"notes": "Sore hands", "picked": [{"concern": "cost", "how": 7}], "mood": "fine"}
    found = opened(edited(version=version, visit=visit), CATALOGUE)
    assert found is not None
    assert found.changed
    assert found.visit.notes == "Sore hands"
    assert [item.concern for item in found.visit.picked] == ["cost"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_opens_something_or_nothing(text: str) -> None:
    """Whatever is read, nothing is raised."""
    assert opened(text, CATALOGUE) is None
    opened_fragment(text, CATALOGUE)
    opened(edited(version=2, visit=text), CATALOGUE)
