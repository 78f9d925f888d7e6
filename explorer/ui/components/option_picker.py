"""Step two of a comparison: two to four options, grouped by their status in the condition."""

from collections.abc import Collection, Mapping
from html import escape

import streamlit as st

from explorer.domain.catalogue import Catalogue, Condition, UseStatus
from explorer.domain.comparison import PAGE_LIMITS, Option, options_in
from explorer.domain.links import Choice
from explorer.ui.state import compare

_GROUPS: tuple[tuple[str, tuple[UseStatus | None, ...]], ...] = (
    ("approved", (UseStatus.APPROVED, UseStatus.APPROVED_PART)),
    ("other", (UseStatus.OFF_LABEL, UseStatus.EU_ONLY)),
    ("none", (None,)),
)


def show(catalogue: Catalogue, condition: Condition, held: Choice) -> tuple[str, ...]:
    """Let a reader choose options.

    Args:
        catalogue: the content.
        condition: the condition that is shown.
        held: the choice that is kept; its options are ticked at first, and where it has none or is
            about another condition, the preselected ones.

    Returns:
        The ids of at most four options, in the order in which they are offered.
    """
    words = catalogue.words
    options = options_in(catalogue, condition.id)
    offered = [option for option in options if option.is_offered]
    keys = {compare.option_key(condition.id, option.id): option.id for option in offered}
    kept = held.options if held.condition == condition.id else ()
    at_first = kept or condition.preselect.options
    for key, option_id in keys.items():
        compare.fields.seed(key, option_id in at_first)
    left_out = _untick_surplus(keys, kept)
    chosen = tuple(keys[key] for key in compare.fields.are_set(keys))

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
                    key=compare.option_key(condition.id, option.id),
                    disabled=full and option.id not in chosen,
                )
    apart = [option for option in options if not option.is_offered]
    if apart:
        _show_apart(apart, catalogue, condition)
    if full:
        said = words("compare.too-many")
        if left_out:
            names = ", ".join(option.title for option in offered if option.id in left_out)
            said = f"{words('compare.left-out', names=names)} {said}"
        st.html(f'<p role="status">{escape(said)}</p>')
    return chosen


def _untick_surplus(keys: Mapping[str, str], kept: Collection[str]) -> tuple[str, ...]:
    """Clear the boxes over the limit before they are drawn; two may have changed at once.

    Args:
        keys: ids of the offered options by the keys of their boxes.
        kept: ids of the options that were compared before.

    Returns:
        The ids of the options whose box was cleared: new ones first, of equals the last ones.
    """
    ticked = compare.fields.are_set(keys)
    in_order = sorted(ticked, key=lambda key: keys[key] not in kept)
    surplus = in_order[PAGE_LIMITS[1] :]
    compare.fields.untick(surplus)
    return tuple(keys[key] for key in surplus)


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
