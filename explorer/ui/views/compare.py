"""The comparison's page: condition, options, what differs, and the result."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.catalogue import Condition
from explorer.domain.compare_url import Choice, Dropped
from explorer.domain.comparison import PAGE_LIMITS
from explorer.ui.components import condition_picker, option_picker, stepper
from explorer.ui.state import compare
from explorer.ui.views import compare_result


def show(content: Content) -> None:
    """Show the comparison that the address or this tab names, and keep what the reader changes."""
    catalogue = content.catalogue
    words = catalogue.words
    dropped = compare.open_address(catalogue)
    held = compare.choice(catalogue)
    stepper.show(words, ("condition",) if held.condition is None else ("options", "facts"))
    _show_dropped(dropped, content)
    st.header(words("compare.step-condition"), anchor=False)
    condition = condition_picker.show(catalogue, held.condition)
    if condition is None:
        return
    with st.container(key="compare-options"):
        st.header(words("compare.step-options"), anchor=False)
        options = option_picker.show(catalogue, condition, held)
    st.header(words("compare.step-facts"), anchor=False)
    compare.commit(_comparison(content, condition, options, held))


def _show_dropped(dropped: Dropped, content: Content) -> None:
    """Report what an address named, or this tab held, that cannot be shown."""
    catalogue = content.catalogue
    words = catalogue.words
    messages: list[str] = []
    for key, ids in (
        ("conditions", dropped.conditions),
        ("options", dropped.options),
        ("rows", dropped.rows),
    ):
        if ids:
            name = "condition" if key == "conditions" else key
            messages.append(words(f"compare.dropped-{name}", ids=", ".join(ids)))
    for option in dropped.unused:
        messages.append(words("compare.dropped-no-use", title=catalogue.medicine(option).heading))
    if dropped.too_many:
        messages.append(words("compare.dropped-many"))
    if compare.was_repaired():
        messages.append(words("compare.repaired"))
    for message in messages:
        st.html(f'<p class="ax-together" role="status">{escape(message)}</p>')


def _comparison(
    content: Content, condition: Condition, options: tuple[str, ...], held: Choice
) -> Choice:
    """Show the comparison of the chosen options, or say what to do where there are too few.

    Args:
        content: the content.
        condition: what is compared for.
        options: ids of the options.
        held: the choice before this run; the tools are filled from it.

    Returns:
        What is shown, for the page's address.
    """
    words = content.catalogue.words
    choice = Choice(condition=condition.id, options=options)
    if len(options) < PAGE_LIMITS[0]:
        key = "compare.too-few-one" if options else "compare.too-few-none"
        st.html(f'<p class="ax-message" role="status">{escape(words(key))}</p>')
        return choice
    return compare_result.show(content, choice.evolve(rows=held.rows, age=held.age))
