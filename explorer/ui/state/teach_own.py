"""The question that an educator types in this tab, kept as typed until it is cleared."""

from typing import Any, Final

import streamlit as st

from explorer.domain.lesson_plan import PHASES
from explorer.domain.own_questions import (
    MOST_OPTIONS,
    OwnDraft,
    OwnDraftOption,
    OwnQuestion,
    finished,
    problems,
)
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import TeachingPhase
from explorer.ui.state import teach_plan

_DRAFT: Final = "teach.own-draft"
_PRESSED: Final = "teach.own-pressed"
_EDITED: Final = "teach.own-edited"
_ADDED: Final = "teach.own-added"

KIND: Final = "teach.own.kind"
PHASE: Final = "teach.own.phase"
TEXTS: Final = ("stem", "reason", "value", "unit", "tolerance")
"""Fields of a draft that are typed."""


def field(name: str) -> str:
    """Return the key of the widget of a field, named as in ``OwnProblem``."""
    return f"teach.own.{name}"


def mark(place: int) -> str:
    """Return the key of the box that says that an option is right."""
    return f"teach.own.key.{place}"


def begin() -> None:
    """Give each widget what was typed before it is drawn, also those that this kind does not show.

    A widget that is not drawn would forget what it held.
    """
    held = st.session_state.get(_DRAFT)
    if KIND not in st.session_state:
        _fill(OwnDraft.model_validate_json(held) if isinstance(held, str) else OwnDraft())
    for key in (*_keys(), PHASE):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def draft() -> OwnDraft:
    """Return what is typed now, and keep it for when the tab comes back to this page."""
    typed = OwnDraft(
        kind=QuestionKind(st.session_state.get(KIND) or QuestionKind.SINGLE),
        options=tuple(
            OwnDraftOption(
                text=str(st.session_state.get(field(f"options.{place}")) or ""),
                key=bool(st.session_state.get(mark(place))),
            )
            for place in range(MOST_OPTIONS)
        ),
        **{name: str(st.session_state.get(field(name)) or "") for name in TEXTS},
    )
    st.session_state[_DRAFT] = typed.model_dump_json()
    return typed


def was_pressed() -> bool:
    """Return whether the educator tried to take the question up, so that gaps are told too."""
    return bool(st.session_state.get(_PRESSED))


def was_added() -> bool:
    """Return, once, whether the question was taken up by the last press."""
    return bool(st.session_state.pop(_ADDED, False))


def edited() -> str:
    """Return the id of the question of the plan that is being changed, or an empty text."""
    return str(st.session_state.get(_EDITED, ""))


def was_begun() -> bool:
    """Return whether anything was typed."""
    return draft() != OwnDraft(options=(OwnDraftOption(),) * MOST_OPTIONS) or bool(edited())


def take() -> None:
    """Put what is typed into the plan, or say what is wrong with it; for a callback."""
    typed = draft()
    st.session_state[_PRESSED] = True
    if problems(typed):
        return
    phase = TeachingPhase(st.session_state.get(PHASE) or TeachingPhase.FREE)
    before = teach_plan.plan()
    plan = before.with_own(finished(typed), phase, edited())
    if not plan.has(finished(typed).id):  # the plan is full
        return
    teach_plan.keep(plan)
    clear()
    st.session_state[_ADDED] = True


def phase() -> TeachingPhase:
    """Return when a question is asked that is put into the plan now."""
    return TeachingPhase(st.session_state.get(PHASE) or PHASES[-1])


def clear() -> None:
    """Empty the form; for a callback."""
    _fill(OwnDraft())
    st.session_state[_PRESSED] = False
    st.session_state[_EDITED] = ""


def change(question: OwnQuestion, phase: TeachingPhase) -> None:
    """Take a question of the plan into the form; for a callback."""
    load(question.draft())
    st.session_state[_EDITED] = question.id
    st.session_state[PHASE] = phase


def load(typed: OwnDraft) -> None:
    """Take a draft into the form as it was typed; for a callback."""
    _fill(typed)
    st.session_state[_EDITED] = ""
    st.session_state[_PRESSED] = bool(problems(typed))


def _keys() -> tuple[str, ...]:
    places = range(MOST_OPTIONS)
    return (
        KIND,
        *(field(name) for name in TEXTS),
        *(field(f"options.{place}") for place in places),
        *(mark(place) for place in places),
    )


def _fill(typed: OwnDraft) -> None:
    options: list[OwnDraftOption] = [*typed.options, *[OwnDraftOption()] * MOST_OPTIONS]
    values: dict[str, Any] = {KIND: typed.kind}
    values |= {field(name): getattr(typed, name) for name in TEXTS}
    for place in range(MOST_OPTIONS):
        values[field(f"options.{place}")] = options[place].text
        values[mark(place)] = options[place].key
    values.setdefault(PHASE, st.session_state.get(PHASE, PHASES[-1]))
    for key, value in values.items():
        st.session_state[key] = value
