"""Condition, person and options: asked for one after the other, then folded into one line."""

from html import escape

import streamlit as st

from explorer.domain.answer_words import join
from explorer.domain.catalogue import Catalogue, Condition
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import PAGE_LIMITS, options_in, preselected
from explorer.ui.components import about_you, condition_picker, option_picker, stepper
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare


def ask(catalogue: Catalogue, held: Choice, *, in_address: bool) -> None:
    """Ask for what is still to be chosen, or what the reader wants to change.

    Args:
        catalogue: the content.
        held: the choice of this tab.
        in_address: whether the page's address follows the choice.
    """
    words = catalogue.words
    if held.condition is None or compare.choosing(held) == "condition":
        st.title(words("compare.title"), anchor=False)
        condition_picker.show(catalogue, held.condition)
        stepper.start_again(words)
        return
    condition = catalogue.condition(held.condition)
    if compare.choosing(held) == "you":
        st.title(words("you.title"), anchor=False)
        st.html(SafeHtml(_condition_line(catalogue, condition)))
        about_you.show_list(catalogue, condition)
        _ask_you(catalogue, condition, in_address=in_address)
        stepper.start_again(words)
        return
    st.title(words("compare.options-title"), anchor=False)
    st.html(SafeHtml(_condition_html(catalogue, condition)))
    option_picker.show_list(catalogue, condition)
    _ask_options(catalogue, condition, in_address=in_address)
    stepper.start_again(words)


@st.fragment
def _ask_you(catalogue: Catalogue, condition: Condition, *, in_address: bool) -> None:
    """Take up who it is for and what is taken now; one press draws this part anew."""
    about_you.hear(catalogue, condition)
    held = compare.choice(catalogue)
    if in_address and held.condition == condition.id:
        # In the order of the list that comes next, so that it writes no other address.
        compare.commit(held.evolve(options=option_picker.in_order(catalogue, condition, held)))
    pressed = st.button(
        catalogue.words("you.next"), key="compare.you-next", type="primary", width="stretch"
    )
    if pressed:
        compare.open_choice("options")
        st.rerun()


@st.fragment
def _ask_options(catalogue: Catalogue, condition: Condition, *, in_address: bool) -> None:
    """Take up the ticks; one draws this part anew and nothing else of the page."""
    words = catalogue.words
    chosen = option_picker.picked(catalogue, condition)
    held = compare.choice(catalogue)
    if in_address and held.condition == condition.id:
        compare.commit(held.evolve(options=chosen))
    pressed = st.button(
        words("compare.options-show"), key="compare.show", type="primary", width="stretch"
    )
    if pressed and len(chosen) >= PAGE_LIMITS[0]:
        compare.close_choice()
        st.rerun()


def _condition_html(catalogue: Catalogue, condition: Condition) -> str:
    """Render condition and person with the way to change them, and what is said of both."""
    words = catalogue.words
    return (
        _condition_line(catalogue, condition)
        + _you_line(catalogue, compare.choice(catalogue))
        + about_html(
            catalogue,
            condition,
            words("compare.about-chosen", condition=condition.name),
            _reason(catalogue, condition, compare.choice(catalogue)),
        )
        + f'<p class="ax-soft">{escape(words("compare.options-help"))}</p>'
    )


def _condition_line(catalogue: Catalogue, condition: Condition) -> str:
    change = _change(catalogue, "condition", catalogue.words("compare.condition-change-more"))
    name = escape(condition_picker.title(catalogue, condition))
    return f'<p class="ax-chosen"><b>{name}</b>{change}</p>'


def _you_line(catalogue: Catalogue, choice: Choice) -> str:
    """Render for whom it is and what is taken now, with the way to change it."""
    words = catalogue.words
    change = _change(catalogue, "you", words("you.change-more"))
    return f'<p class="ax-chosen"><span>{escape(you_words(catalogue, choice))}</span>{change}</p>'


def you_words(catalogue: Catalogue, choice: Choice) -> str:
    """Say for whom it is and what is taken now, in one line.

    Args:
        catalogue: the content.
        choice: the choice of this tab.
    """
    words = catalogue.words
    who = words("you.for", who=words(f"you.who-{choice.who}"))
    if not choice.now:
        return who
    names = join([catalogue.medicine(item).name for item in choice.now], words)
    return f"{who} {words('you.takes', medicines=names)}"


def folded_html(catalogue: Catalogue, choice: Choice) -> str:
    """Render what is compared in one line, and a fold about the condition.

    Args:
        catalogue: the content.
        choice: a condition and at least two options.
    """
    words = catalogue.words
    condition = catalogue.condition(choice.condition or "")
    said = ", ".join(_names(catalogue, condition, choice))
    change = _change(catalogue, "options", words("compare.change-more"))
    reason = ""
    title = words("compare.about-title", condition=condition.name)
    if set(choice.options) == set(preselected(catalogue, condition, choice.now)):
        reason = _reason(catalogue, condition, choice)
        title = words("compare.about-chosen", condition=condition.name)
    return (
        f'<p class="ax-chosen" aria-label="{escape(words("compare.chosen"))}">'
        f"<span>{escape(said)}</span>{change}</p>"
        + _you_line(catalogue, choice)
        + about_html(catalogue, condition, title, reason)
    )


def _reason(catalogue: Catalogue, condition: Condition, choice: Choice) -> str:
    """Say why the options were picked at first; of plans, how they were made of what is taken."""
    words = catalogue.words
    if choice.now:
        return words("plan.preselected")
    return words("compare.preselected", reason=condition.preselect.reason)


def _names(catalogue: Catalogue, condition: Condition, choice: Choice) -> list[str]:
    """Return the short name of each option: of a plan its own, of a medicine the generic one."""
    offered = {item.id: item for item in options_in(catalogue, condition.id, choice.now)}
    names = []
    for option_id in choice.options:
        option = offered[option_id]
        is_plain = option.kind is not None and option.plan is None
        name = catalogue.medicine(option_id).name if is_plain else option.title
        names.append(name[:1].upper() + name[1:])
    return names


def about_html(catalogue: Catalogue, condition: Condition, title: str, reason: str = "") -> str:
    """Render the fold that tells what the condition is, and what is there to decide.

    Args:
        catalogue: the content.
        condition: the condition.
        title: what the fold is called.
        reason: why the options were picked at first, where they still are.
    """
    lines = [statement.text for statement in condition.card]
    lines.append(catalogue.words("compare.decision", condition=condition.plain))
    lines += [reason] if reason else []
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<details class="ax-fold ax-card"><summary>{escape(title)}</summary>{inside}</details>'


def _change(catalogue: Catalogue, what: str, more: str) -> str:
    # Words in two elements are read as two pieces; a label is read as one.
    change = escape(catalogue.words("compare.change"))
    return (
        f'<a class="ax-change" href="compare" target="_self" data-ax-go="choose:{what}"'
        f' aria-label="{change} {escape(more)}">{change}</a>'
    )
