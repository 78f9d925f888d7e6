"""The comparison's page: condition, options, what differs, and the result."""

from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.compare_url import Choice, Dropped
from explorer.domain.comparison import PAGE_LIMITS
from explorer.ui.components import condition_picker, presses, stepper
from explorer.ui.state import compare, ending, way
from explorer.ui.views import choosing, compare_result


def show(content: Content) -> None:
    """Show the comparison that the address or this tab names, and keep what the reader changes."""
    catalogue = content.catalogue
    words = catalogue.words
    dropped = compare.open_address(catalogue)
    way.follow("compare")
    held = compare.choice(catalogue)
    is_chosen = len(held.options) >= PAGE_LIMITS[0]
    if held.condition is None or compare.choosing(held):
        stepper.show(words, "choose", is_chosen=is_chosen, below=_dropped_html(dropped, content))
        choosing.ask(catalogue, held, in_address=True)
    else:
        condition = catalogue.condition(held.condition)
        title = escape(condition_picker.title(catalogue, condition))
        folded = choosing.folded_html(catalogue, held)
        said = f"<h1>{title}</h1>{folded}{_dropped_html(dropped, content)}"
        glance = compare_result.glance_html(content, held)
        stepper.show(words, "facts", is_chosen=is_chosen, below=said + glance)
        _result(content, held)
        ending.hold(stepper.matters_html(words, key="last"))
    presses.links(partial(way.take, catalogue), key="compare.links", place=True)


@st.fragment
def _result(content: Content, held: Choice) -> None:
    """Show all facts; a press inside draws this part anew and nothing else of the page."""
    now = compare.choice(content.catalogue)
    compare.commit(compare_result.show(content, held.evolve(rows=now.rows)))


def _dropped_html(dropped: Dropped, content: Content) -> str:
    """Render what an address named, or this tab held, that cannot be shown."""
    catalogue = content.catalogue
    words = catalogue.words
    messages: list[str] = []
    for key, ids in (
        ("conditions", dropped.conditions),
        ("options", dropped.options),
        ("rows", dropped.rows),
        ("now", dropped.now),
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
    return "".join(
        f'<p class="ax-together" role="status">{escape(message)}</p>' for message in messages
    )
