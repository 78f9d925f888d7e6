"""Two to four options of a condition: one list of boxes, grouped by their status there."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from explorer.domain.answer_words import join
from explorer.domain.catalogue import Catalogue, Condition, UseStatus
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import ADD, PAGE_LIMITS, Option, PlanKind, options_in, preselected
from explorer.ui.components import presses
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare

_GROUPS: tuple[tuple[str, tuple[UseStatus | None, ...]], ...] = (
    ("approved", (UseStatus.APPROVED, UseStatus.APPROVED_PART)),
    ("other", (UseStatus.OFF_LABEL, UseStatus.EU_ONLY)),
    ("none", (None,)),
)

_PLANS = (PlanKind.STAY, PlanKind.ADD, PlanKind.SWITCH)


def show_list(catalogue: Catalogue, condition: Condition) -> None:
    """Show the list; what is ticked in it is reported to ``picked``.

    It is the same HTML however often a box is ticked, so that nothing in it moves and no box loses
    the focus, and it need not be sent again.

    Args:
        catalogue: the content.
        condition: the condition that is shown.
    """
    st.html(SafeHtml(list_html(catalogue, condition, compare.choice(catalogue).now)))


def picked(catalogue: Catalogue, condition: Condition) -> tuple[str, ...]:
    """Keep each tick at once, and say below the list what depends on the ticks.

    Args:
        catalogue: the content.
        condition: the condition that is shown.

    Returns:
        The ids of the options that are picked, in the order in which they are offered.
    """
    chosen = in_order(catalogue, condition, compare.choice(catalogue))
    presses.boxes(
        lambda ids: pick(catalogue, condition, ids), chosen, key=f"compare.boxes.{condition.id}"
    )
    st.html(SafeHtml(_said(catalogue, condition, chosen)))
    return chosen


def in_order(catalogue: Catalogue, condition: Condition, held: Choice) -> tuple[str, ...]:
    """Return the options of a choice in the order in which they are offered.

    Args:
        catalogue: the content.
        condition: the condition that is shown.
        held: the choice; where it is about another condition, what is preselected counts.
    """
    is_kept = held.condition == condition.id
    now = held.now if is_kept else ()
    kept = held.options if is_kept else preselected(catalogue, condition, now)
    return tuple(item.id for item in _offered(catalogue, condition, now) if item.id in kept)


def pick(catalogue: Catalogue, condition: Condition, ids: tuple[str, ...]) -> None:
    """Keep what is ticked; for a callback. What is over the limit is left out and named.

    Args:
        catalogue: the content.
        condition: the condition that was shown.
        ids: values of the ticked boxes, as a browser reports them.
    """
    held = compare.choice(catalogue)
    kept = in_order(catalogue, condition, held)
    ticked = [item.id for item in _offered(catalogue, condition, held.now) if item.id in ids]
    ticked.sort(key=lambda item: item not in kept)  # what was compared before stays
    chosen, surplus = ticked[: PAGE_LIMITS[1]], ticked[PAGE_LIMITS[1] :]
    compare.pick_options(condition, tuple(chosen), left_out=tuple(surplus))


def list_html(catalogue: Catalogue, condition: Condition, now: Sequence[str] = ()) -> str:
    """Render the list: a group of boxes for each plan or status, what is not offered in a fold."""
    words = catalogue.words
    options = options_in(catalogue, condition.id, now)
    offered = [item for item in options if item.is_offered]
    parts = [(f"plan-{plan}", [item for item in offered if item.plan is plan]) for plan in _PLANS]
    parts += [
        (name, [item for item in offered if item.plan is None and item.status in statuses])
        for name, statuses in _GROUPS
    ]
    groups = ""
    for name, inside in parts:
        if inside:
            boxes = "".join(_box(item, _label(catalogue, item)) for item in inside)
            legend = escape(words(f"compare.group-{name}"))
            groups += f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>"
    if now and not any(item.plan is PlanKind.ADD for item in offered):
        # Else a reader whose team speaks of adding one looks for it, and picks a switch instead.
        names = join([catalogue.medicine(item).name for item in now], words)
        groups += f'<p class="ax-soft">{escape(words("compare.no-add", medicines=names))}</p>'
    apart = [option for option in options if not option.is_offered]
    return (
        f'<div class="ax-options" data-ax-list data-ax-most="{PAGE_LIMITS[1]}">{groups}</div>'
        + (_apart(apart, catalogue, condition) if apart else "")
    )


def _offered(catalogue: Catalogue, condition: Condition, now: Sequence[str]) -> list[Option]:
    return [option for option in options_in(catalogue, condition.id, now) if option.is_offered]


def _label(catalogue: Catalogue, option: Option) -> str:
    """Render the name of a box: of a plan the medicine, whose heading says what is done with it.

    Who hears the name alone hears the whole plan.
    """
    if option.plan not in (PlanKind.ADD, PlanKind.SWITCH):
        return escape(option.title)
    name = catalogue.medicine(option.id.removeprefix(ADD)).title
    before, found, after = option.title.rpartition(name)
    if not found:
        return escape(option.title)
    seen = f"{name[:1].upper()}{name[1:]}{after}"
    return f'<span class="ax-hidden">{escape(before)}</span>{escape(seen)}'


def _box(option: Option, label: str) -> str:
    explained = (UseStatus.APPROVED_PART, UseStatus.EU_ONLY, UseStatus.OFF_LABEL)
    status = option.status_words if option.status in explained else ""
    small = f"<small>{escape(status)}</small>" if status else ""
    return (
        f'<label class="ax-box"><input type="checkbox" data-ax-box="{escape(option.id)}">'
        f"<span><b>{label}</b>{small}</span></label>"
    )


def _said(catalogue: Catalogue, condition: Condition, chosen: tuple[str, ...]) -> str:
    """Render what depends on the ticks: how many there are, and what to do."""
    words = catalogue.words
    said = [words("compare.options-count", n=len(chosen))]
    if len(chosen) < PAGE_LIMITS[0]:
        said = [words(f"compare.too-few-{'one' if chosen else 'none'}")]
    elif len(chosen) >= PAGE_LIMITS[1]:
        said = [words("compare.options-full")]
    now = compare.choice(catalogue).now
    titles = {option.id: option.title for option in _offered(catalogue, condition, now)}
    names = ", ".join(titles[item] for item in compare.left_out() if item in titles)
    if names:
        said.insert(0, words("compare.left-out", names=names))
    return f'<p role="status" class="ax-said">{escape(" ".join(said))}</p>'


def _apart(apart: list[Option], catalogue: Catalogue, condition: Condition) -> str:
    words = catalogue.words
    items = "".join(
        "<li>"
        + escape(words("compare.apart-item", title=option.title, status=option.status_words))
        + (f" {escape(' '.join(option.limits))}" if option.limits else "")
        + "</li>"
        for option in apart
    )
    help_text = escape(words("compare.apart-help", condition=condition.short))
    return (
        f'<details class="ax-fold"><summary>{escape(words("compare.group-apart"))} '
        f"({len(apart)})</summary><p>{help_text}</p><ul>{items}</ul></details>"
    )
