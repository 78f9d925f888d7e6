"""What came of the file with questions that an educator opened last in this tab."""

import streamlit as st

from explorer.domain.base import Frozen

_SAID = "teach.import"


class ImportOutcome(Frozen):
    """What was taken into the plan, what was left out with its place, and what reads otherwise."""

    taken: int = 0
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""
    """Why nothing of the file was read."""


def note(outcome: ImportOutcome) -> None:
    """Hold what came of it."""
    st.session_state[_SAID] = outcome.model_dump_json()


def outcome() -> ImportOutcome | None:
    """Return what came of it; None where no file was opened."""
    held = st.session_state.get(_SAID)
    return ImportOutcome.model_validate_json(held) if isinstance(held, str) else None
