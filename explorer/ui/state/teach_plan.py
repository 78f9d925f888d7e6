"""The plan that an educator prepares in this tab, and what was said when it was loaded."""

import streamlit as st

from explorer.domain.lesson_plan import LessonPlan, OpenedPlan
from explorer.domain.sessions import TeachingPhase
from explorer.ui.state import teach

_PLAN = "teach.plan"
_OPENED = "teach.plan-opened"

NAME = "teach.plan-name"
TEACHING = "teach.plan-teaching"
LATER = "teach.plan-later"
SURENESS = "teach.plan-sureness"
_ALIKE = {LATER: teach.LATER, SURENESS: teach.SURENESS}
"""The boxes beside the plan, and the same ones at the head of the page."""
PHASE = "teach.plan-phase"
"""Key of the choice of when a ticked question is asked."""


def plan() -> LessonPlan:
    """Return the plan of this tab, empty at first."""
    held = st.session_state.get(_PLAN)
    return LessonPlan.model_validate_json(held) if isinstance(held, str) else LessonPlan()


def has_bank_questions() -> bool:
    """Return whether the plan of this tab asks anything of the bank."""
    held = plan()
    return any(held.own_question(item.id) is None for item in held.items)


def keep(changed: LessonPlan) -> None:
    """Hold a plan."""
    st.session_state[_PLAN] = changed.model_dump_json()


def seed_boxes() -> None:
    """Give the boxes beside the plan, when first drawn, what the head of the page says."""
    for here, above in _ALIKE.items():
        st.session_state.setdefault(here, bool(st.session_state.get(above)))


def follow(key: str) -> None:
    """Give a box what its fellow in the other place was just given; for a callback."""
    for here, above in _ALIKE.items():
        if key in (here, above):
            st.session_state[above if key == here else here] = bool(st.session_state.get(key))


def tick_key(question_id: str) -> str:
    """Return the key of the box of a question."""
    return f"teach.tick.{question_id}"


def set_tick(question_id: str, *, is_ticked: bool) -> None:
    """Set the box of a question before it is drawn: its question may have left the plan."""
    st.session_state[tick_key(question_id)] = is_ticked


def ticked(question_id: str) -> None:
    """Put a question into the plan, or take it out, as its box says; for a callback."""
    if st.session_state.get(tick_key(question_id)):
        phase = TeachingPhase(st.session_state.get(PHASE, TeachingPhase.FREE))
        keep(plan().with_question(question_id, phase))
    else:
        keep(plan().without(question_id))


def take_out(question_id: str) -> None:
    """Take a question out of the plan; for a callback."""
    keep(plan().without(question_id))


def move(question_id: str, by: int) -> None:
    """Move a question of the plan one place; for a callback."""
    keep(plan().moved(question_id, by))


def add_pair(before: str, after: str) -> None:
    """Put two parallel questions into the plan, before and after; for a callback."""
    keep(
        plan().with_question(before, TeachingPhase.BEFORE).with_question(after, TeachingPhase.AFTER)
    )


def take(opened: OpenedPlan | None) -> None:
    """Take up a plan that was read, with what is to be said of it; for a callback."""
    st.session_state[_OPENED] = "" if opened is None else opened.model_dump_json()
    if opened is not None:
        keep(opened.plan)
        st.session_state[NAME] = opened.plan.name
        st.session_state[TEACHING] = opened.plan.teaching
        st.session_state[LATER] = opened.plan.later
        st.session_state[SURENESS] = opened.plan.sureness
        for key in _ALIKE:
            follow(key)


def opened() -> OpenedPlan | None:
    """Return what was read last; None where nothing was, or where it was no plan."""
    held = st.session_state.get(_OPENED)
    return OpenedPlan.model_validate_json(held) if held else None


def failed() -> bool:
    """Return whether what was read last was no plan of ours."""
    return st.session_state.get(_OPENED) == ""
