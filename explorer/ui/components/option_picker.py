"""Step two of a comparison: two to four options, grouped by their status in the condition."""

from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition, UseStatus
from explorer.domain.comparison import PAGE_LIMITS, Option, options_in
from explorer.ui import state

_GROUPS: tuple[tuple[str, tuple[UseStatus | None, ...]], ...] = (
    ("approved", (UseStatus.APPROVED, UseStatus.APPROVED_PART)),
    ("other", (UseStatus.OFF_LABEL, UseStatus.EU_ONLY)),
    ("none", (None,)),
)


def show(catalogue: Catalogue, condition: Condition) -> tuple[str, ...]:
    """Let a reader choose options.

    Returns:
        The ids of the options, in the order in which they are offered.
    """
    words = catalogue.words
    options = options_in(catalogue, condition.id)
    offered = [option for option in options if option.is_offered]
    ids = tuple(option.id for option in offered)
    state.preselect(condition.id, condition.preselect.options, ids)
    chosen = state.chosen(condition.id, ids)

    st.caption(words("compare.options-help"))
    if set(chosen) == set(condition.preselect.options):
        st.markdown(words("compare.preselected", reason=condition.preselect.reason))
    full = len(chosen) >= PAGE_LIMITS[1]
    groups = [
        (name, [option for option in offered if option.status in statuses])
        for name, statuses in _GROUPS
    ]
    shown = [(name, inside) for name, inside in groups if inside]
    for column, (name, inside) in zip(st.columns(len(shown)), shown, strict=True):
        with column:
            st.markdown(f"**{words(f'compare.group-{name}')}**")
            for option in inside:
                st.checkbox(
                    _label(option, catalogue),
                    key=state.option_key(condition.id, option.id),
                    disabled=full and option.id not in chosen,
                )
    apart = [option for option in options if not option.is_offered]
    if apart:
        _show_apart(apart, catalogue, condition)
    if full:
        st.html(f'<p role="status">{escape(words("compare.too-many"))}</p>')
    return state.chosen(condition.id, ids)


def _label(option: Option, catalogue: Catalogue) -> str:
    if option.status in (UseStatus.APPROVED_PART, UseStatus.EU_ONLY, UseStatus.OFF_LABEL):
        return f"{option.title}: {option.status_words}"
    return option.title


def _show_apart(apart: list[Option], catalogue: Catalogue, condition: Condition) -> None:
    words = catalogue.words
    items = "".join(
        "<li>"
        + escape(words("compare.apart-item", title=option.title, status=option.status_words))
        + (f" {escape(' '.join(option.limits))}" if option.limits else "")
        + "</li>"
        for option in apart
    )
    help_text = escape(words("compare.apart-help", condition=condition.short))
    st.html(
        f'<details class="ax-more"><summary>{escape(words("compare.group-apart"))} '
        f"({len(apart)})</summary><p>{help_text}</p><ul>{items}</ul></details>"
    )
