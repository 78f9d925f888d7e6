"""The question that an educator types in this tab, kept as typed until it is cleared."""

from typing import Any, Final

import streamlit as st

from explorer.domain.lesson_plan import PHASES
from explorer.domain.own_questions import (
    MOST_OPTIONS,
    WITH_OPTIONS,
    OwnDraft,
    OwnDraftOption,
    OwnQuestion,
    finished,
    problems,
)
from explorer.domain.questions import BANK_KINDS, QuestionKind
from explorer.domain.sessions import TeachingPhase
from explorer.ui.state import teach_plan

_DRAFT: Final = "teach.own-draft"
_PRESSED: Final = "teach.own-pressed"
_EDITED: Final = "teach.own-edited"
_ADDED: Final = "teach.own-added"

KIND: Final = "teach.own.kind"
PHASE: Final = "teach.own.phase"
NUMBERS: Final = ("value", "unit", "tolerance")
TEXTS: Final = ("stem", "reason", *NUMBERS)
"""Fields of a draft that are typed."""


def field(name: str) -> str:
    """Return the key of the widget of a field, named as in ``OwnProblem``."""
    return f"teach.own.{name}"


def mark(place: int) -> str:
    """Return the key of the box that says that an option is right."""
    return f"teach.own.key.{place}"


def begin() -> None:
    """Give the widgets what was typed before, where the tab comes back to this page."""
    held = st.session_state.get(_DRAFT)
    if KIND not in st.session_state:
        _fill(OwnDraft.model_validate_json(held) if isinstance(held, str) else OwnDraft())


def hold_hidden() -> None:
    """Keep what fields hold that the chosen kind does not show: undrawn, they would forget it.

    A field that is shown is left alone: to set it would clear what is being typed there right now.
    """
    for key in set(_keys()) - _shown(QuestionKind(st.session_state[KIND])):
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


def has_key(kind: QuestionKind) -> bool:
    """Return whether a question of a kind has something that is right."""
    return kind in BANK_KINDS


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


def _shown(kind: QuestionKind) -> set[str]:
    """Return the keys of the fields that are drawn for a kind."""
    shown = {KIND, field("stem")}
    if has_key(kind):
        shown.add(field("reason"))
    if kind is QuestionKind.NUMBER:
        shown |= {field(name) for name in NUMBERS}
    if kind in WITH_OPTIONS:
        shown |= {field(f"options.{place}") for place in range(MOST_OPTIONS)}
    if kind in WITH_OPTIONS and has_key(kind):
        shown |= {mark(place) for place in range(MOST_OPTIONS)}
    return shown


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
