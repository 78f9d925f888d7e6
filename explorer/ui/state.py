"""What a reader chose, in this tab. The only place of session state and of the address."""

import hashlib
from datetime import UTC, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Age, Catalogue
from explorer.domain.class_links import ClassKeys
from explorer.domain.comparison import options_in
from explorer.domain.links import OPTIONS, PARAMETERS, Choice, Dropped, read, write
from explorer.domain.quiz_run import Run
from explorer.domain.visit import Visit

_URL = "compare.url"
_KEPT = "compare.kept"
_DROPPED = "compare.dropped"
_ROWS = "compare.rows"

CONDITION_KEY = "compare.condition"
AGE_KEY = "compare.age"


def option_key(condition: str, option: str) -> str:
    """Name the widget of an option."""
    return f"compare.option.{condition}.{option}"


def rows_key(group: str) -> str:
    """Name the widget that chooses the lines of a group."""
    return f"compare.rows.{group}"


def open_comparison(catalogue: Catalogue) -> Dropped:
    """Bring the address into the widgets, where it is new, and say what had to be dropped.

    An address is new at the first visit, after the back button and when a link was followed. On
    coming back to the page by its menu, the last choice of this tab is taken up again.
    """
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    if address != st.session_state.get(_URL) or CONDITION_KEY not in st.session_state:
        choice, dropped = read(catalogue, address or st.session_state.get(_KEPT, {}))
        _seed(catalogue, choice)
        st.session_state[_DROPPED] = dropped.model_dump_json()
        st.session_state[_URL] = address
    kept = st.session_state.get(_DROPPED)
    return Dropped() if kept is None else Dropped.model_validate_json(kept)


def close_comparison(choice: Choice) -> None:
    """Write the choice back into the address, so that a reload or a shared link restores it."""
    address = write(choice)
    if address != st.session_state.get(_URL):
        st.session_state[_DROPPED] = None
        others = {name: st.query_params[name] for name in st.query_params if name not in PARAMETERS}
        st.query_params.from_dict(others | address)  # at once: one step for the back button
        st.session_state[_URL] = address
    st.session_state[_KEPT] = address


def choose_condition(condition: str) -> None:
    """Take a condition as chosen; its options start from the preselection."""
    st.session_state[CONDITION_KEY] = condition


def preselect(condition: str, options: tuple[str, ...], offered: tuple[str, ...]) -> None:
    """Set the options of a condition that was not shown before to its preselection."""
    if option_key(condition, offered[0]) not in st.session_state:
        for option in offered:
            st.session_state[option_key(condition, option)] = option in options


def chosen(condition: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Give the options that are ticked, in the order in which they are offered."""
    return tuple(
        option for option in offered if st.session_state.get(option_key(condition, option))
    )


def rows() -> tuple[str, ...]:
    """Give the lines that are chosen; none means all."""
    return tuple(st.session_state.get(_ROWS, ()))


def keep_rows(chosen: tuple[str, ...]) -> None:
    """Keep the lines that are chosen, also while their widgets are not drawn."""
    st.session_state[_ROWS] = list(chosen)


def seed_row_widgets(catalogue: Catalogue) -> None:
    """Give the widgets that choose lines what is chosen, where they were not drawn before."""
    chosen = rows()
    for group in catalogue.groups:
        if rows_key(group.id) not in st.session_state:
            st.session_state[rows_key(group.id)] = [
                row.id for row in catalogue.rows if row.group == group.id and row.id in chosen
            ]


def link(choice: Choice) -> str:
    """Give the full address of a choice, at the host by which this page was reached."""
    base = str(st.context.url or "").split("?")[0]
    parameters = "&".join(f"{name}={value}" for name, value in write(choice).items())
    return f"{base}?{parameters}"


def _seed(catalogue: Catalogue, choice: Choice) -> None:
    st.session_state[CONDITION_KEY] = choice.condition
    st.session_state[AGE_KEY] = Age(choice.age).value
    if choice.condition is not None:
        for option in options_in(catalogue, choice.condition):
            key = option_key(choice.condition, option.id)
            st.session_state[key] = option.id in choice.options
    keep_rows(choice.rows)
    for group in catalogue.groups:
        st.session_state.pop(rows_key(group.id), None)


def chosen_condition() -> str | None:
    """Give the condition that is chosen in this tab, if any."""
    value = st.session_state.get(CONDITION_KEY)
    return value if isinstance(value, str) else None


def named_medicine() -> str:
    """Give the id of the medicine that the address names, or nothing.

    It is written back, since a link from the list to the same page leaves the browser's address
    as it was.
    """
    named = str(st.query_params.get(OPTIONS, ""))
    st.query_params.from_dict({OPTIONS: named} if named else {})
    return named


_QUIZ = "quiz.state"


class QuizState(Frozen):
    """Where a reader is in a quiz: the run and what is on screen."""

    phase: Literal["ask", "feedback", "read", "done"]
    run: Run

    @property
    def fits_its_phase(self) -> bool:
        """True where the run has what its phase shows; a tab may have held anything."""
        match self.phase:
            case "feedback":
                return bool(self.run.responses)
            case "done":
                return bool(self.run.ended)
            case "read":
                return self.run.is_in_second_tries
            case _:
                return True


def quiz() -> QuizState | None:
    """Give the quiz of this tab, or None where there is none."""
    kept = st.session_state.get(_QUIZ)
    return None if kept is None else QuizState.model_validate_json(kept)


def keep_quiz(state: QuizState) -> None:
    """Keep the quiz of this tab."""
    st.session_state[_QUIZ] = state.model_dump_json()


def drop_quiz() -> None:
    """Forget the quiz of this tab, also what the tab itself holds."""
    st.session_state[_QUIZ] = None
    st.session_state["quiz.cleared"] = True


def quiz_was_dropped() -> bool:
    """Tell whether the reader started again, so that nothing is restored from the tab."""
    return bool(st.session_state.get("quiz.cleared"))


_CLASS = "teach.keys"
_CLASS_ADDRESS = "teach.address"
_CLASS_LEFT = "teach.left"
_CLASS_TRUSTED = "teach.trusted"
_CLASS_NOTE = "teach.note"
_CLASS_PRESSES = "teach.presses"


def class_keys() -> ClassKeys | None:
    """Give the keys of a class that this tab holds, or None."""
    kept = st.session_state.get(_CLASS)
    return None if kept is None else ClassKeys.model_validate_json(kept)


def keep_class_keys(keys: ClassKeys) -> None:
    """Hold the keys of a class in this tab."""
    st.session_state[_CLASS] = keys.model_dump_json()
    st.session_state[_CLASS_LEFT] = False


def drop_class_keys() -> None:
    """Forget the class in this tab, also in its address."""
    st.session_state[_CLASS] = None
    st.session_state[_CLASS_LEFT] = True


def forget_class() -> None:
    """Forget the class, and that the passphrase was given: the next one here is somebody else."""
    drop_class_keys()
    st.session_state[_CLASS_TRUSTED] = False


def untick(key: str) -> None:
    """Take the tick out of a box that says that one press is meant; only for a callback."""
    st.session_state[key] = False


def class_was_left() -> bool:
    """Tell whether the class of this tab was left, so that its address has to be cleared."""
    return bool(st.session_state.get(_CLASS_LEFT))


def class_address_is_new(found: str) -> bool:
    """Tell, once for each address, whether what stands after its ``#`` was not read before.

    A hash of it is held, since it may be keys, which are to be forgotten when the class is.
    """
    mark = hashlib.sha256(found.encode("utf-8", "replace")).hexdigest()
    is_new = bool(found) and mark != st.session_state.get(_CLASS_ADDRESS)
    if is_new:
        st.session_state[_CLASS_ADDRESS] = mark
    return is_new


def class_address_was_read() -> bool:
    """Tell whether the browser has told this tab what stands after the ``#``."""
    return bool(st.session_state.get(_CLASS_ADDRESS))


def may_open_classes() -> bool:
    """Tell whether the passphrase was given in this tab."""
    return bool(st.session_state.get(_CLASS_TRUSTED))


def let_open_classes() -> None:
    """Note that the passphrase was given in this tab."""
    st.session_state[_CLASS_TRUSTED] = True


def say_to_host(note: str) -> None:
    """Keep what the last press led to, for the next drawing; nothing clears it."""
    st.session_state[_CLASS_NOTE] = note


def said_to_host() -> str:
    """Give what the last press led to, or nothing."""
    return str(st.session_state.get(_CLASS_NOTE, ""))


def count_press() -> None:
    """Count a press of a step's button, so that the page can follow it."""
    st.session_state[_CLASS_PRESSES] = presses() + 1


def presses() -> int:
    """Give how many steps were pressed in this tab."""
    return int(st.session_state.get(_CLASS_PRESSES, 0))


def here() -> str:
    """Give the address of this page without what was chosen, at the host it was reached by."""
    return str(st.context.url or "").split("?")[0].split("#")[0]


def zone() -> tzinfo:
    """Give the time zone of the reader's browser; where it is not known, UTC."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def caller() -> str:
    """Give the network address that this page was asked from, as far as it is known."""
    return str(st.context.ip_address or "this machine")


def sibling(page: str) -> str:
    """Give the address of another of our pages, at the host by which this one was reached."""
    return f"{here().rpartition('/')[0]}/{page}"


def is_on(key: str) -> bool:
    """Tell whether a switch of the console is on; keys are on until somebody turns them off."""
    return bool(st.session_state.get(key, key == "teach.keys-on"))


def kept_choice(catalogue: Catalogue) -> Choice:
    """Give the condition, options and age that were last chosen in this tab."""
    kept = st.session_state.get(_KEPT, {})
    return read(catalogue, kept)[0] if kept else Choice()


def keep_choice(choice: Choice) -> None:
    """Keep a choice that was made outside the comparison's own page."""
    st.session_state[_KEPT] = write(choice)
    for key in (CONDITION_KEY, _URL, _DROPPED):
        st.session_state.pop(key, None)


_VISIT = "visit.state"
_WIDGETS = "visit.w."
_CLEARED = "visit.cleared"
_STEP = "visit.step"
_TYPED = "visit.typed"


def visit_key(*parts: str) -> str:
    """Name a widget of the visit page."""
    return _WIDGETS + ".".join(parts)


def visit() -> Visit | None:
    """Give what the reader of this tab entered, or None where nothing was yet."""
    kept = st.session_state.get(_VISIT)
    return None if kept is None else Visit.model_validate_json(kept)


def keep_visit(visit: Visit) -> None:
    """Keep what the reader entered; the widgets stay as they are."""
    st.session_state[_VISIT] = visit.model_dump_json()
    st.session_state[_CLEARED] = False
    st.session_state.pop(_TYPED, None)


def restore_visit(visit: Visit) -> None:
    """Take up what the tab still held; the widgets are filled from it."""
    _forget_widgets()
    keep_visit(visit)


def start_again() -> None:
    """Forget everything that was chosen or typed on the way to the sheet."""
    _forget_widgets()
    for key in [name for name in st.session_state if str(name).startswith("compare.")]:
        del st.session_state[key]
    for key in (_VISIT, _STEP, _TYPED):
        st.session_state.pop(key, None)
    st.session_state[_CLEARED] = True
    st.query_params.clear()


def compare_steps() -> tuple[str, ...]:
    """Tell which steps of the way the comparison's page is on."""
    return ("condition",) if chosen_condition() is None else ("options", "facts")


def has_entered() -> bool:
    """Tell whether there is anything of this reader to clear."""
    return bool(st.session_state.get(_VISIT) or st.session_state.get(_KEPT) or chosen_condition())


def started_again() -> bool:
    """Tell whether the reader started again, so that nothing is restored from the tab."""
    return bool(st.session_state.get(_CLEARED))


def seed(key: str, value: object) -> None:
    """Give a widget its first value, where it was not drawn before.

    What was typed last and not yet taken into the visit comes first: a reader may have left the
    page with the very press that ended the typing.
    """
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(_TYPED, {}).get(key, value)


def hold_typed(key: str) -> None:
    """Hold what was just typed into a box, whatever page is drawn next."""
    st.session_state[_TYPED] = st.session_state.get(_TYPED, {}) | {key: st.session_state[key]}


def value(key: str) -> object:
    """Give the present value of a widget that was seeded."""
    return st.session_state[key]


def visit_step() -> str:
    """Give the step of the visit page that is on screen."""
    return str(st.session_state.get(_STEP, "matters"))


def go_to_step(step: str) -> None:
    """Show another step of the visit page."""
    st.session_state[_STEP] = step


def _forget_widgets() -> None:
    for key in [name for name in st.session_state if str(name).startswith(_WIDGETS)]:
        del st.session_state[key]
