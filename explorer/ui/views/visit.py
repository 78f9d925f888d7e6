"""The visit page: what matters, questions to ask, and the sheet."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.comparison import PAGE_LIMITS
from explorer.domain.messages import Words
from explorer.domain.visit import Visit
from explorer.domain.visit_file import Opened, lost_texts, opened, opened_fragment
from explorer.domain.visit_repair import Repaired, repair_kept
from explorer.ui.components import picks_opener, presses, stepper, tab_storage
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare, way
from explorer.ui.state import visit as state
from explorer.ui.views import choosing, visit_matters, visit_sheet

_OTHER_STEP = {"matters": "sheet", "sheet": "matters"}


def show(content: Content) -> None:
    """Show the step of this tab; first the condition and the options, where they are missing."""
    catalogue = content.catalogue
    words = catalogue.words
    way.follow("visit")
    has_answered = _restore(content)
    choice = compare.choice(catalogue)
    presses.links(way.wish, key="visit.links")
    if choice.condition is None or compare.choosing(choice):
        stepper.show(words, "choose", is_chosen=len(choice.options) >= PAGE_LIMITS[0])
        _show_repaired(words)
        _opener(content)  # first, for a reader who comes back another day
        choosing.ask(catalogue, choice, in_address=False)
        _follow(content)
        return
    step = state.step()
    stepper.show(words, step, is_chosen=True)
    visit = (state.visit() or Visit()).known(catalogue)
    st.title(words(f"visit.{step}-title"), anchor=False)
    st.html(SafeHtml(choosing.folded_html(catalogue, choice)))
    notes = st.container(key="visit-repaired")
    if step == "matters":
        entered = visit_matters.show(content, choice, visit)
        goes_on = _next("sheet", words("path.to-sheet"))
    else:
        entered = visit_sheet.show(content, choice, visit)
        goes_on = _next("matters", words("path.to-sheet-back"))
    _opener(content)
    stepper.start_again(words)
    with notes:
        _show_repaired(words)
        left_out = visit_matters.left_out_words(catalogue, choice.who) if step == "sheet" else ""
        if left_out:
            st.html(f'<p class="ax-together" role="status">{escape(left_out)}</p>')
    if entered != visit:
        state.keep(entered)
    # What the tab holds would be overwritten before it has answered. After that the choice alone is
    # held too: a server that starts anew would ask for it while the reader writes.
    if has_answered or not entered.is_empty or state.visit() is not None or state.spare():
        tab_storage.save(state.STORE, state.text_for_tab(choice, entered), key="visit.save")
    if goes_on:
        state.go_to_step(_OTHER_STEP[step])
        st.rerun()
    _follow(content)


def _follow(content: Content) -> None:
    """Go where a link of the page leads, after what was typed is kept.

    A press right after typing sends the text along with it: if the page changed before the boxes
    are drawn again, the text would be lost.
    """
    wished = way.wished()
    if wished:
        way.take(content.catalogue, wished)
        way.follow("visit")
        st.rerun()


def _restore(content: Content) -> bool:
    """Take up what the browser tab still holds, after a reload or a lost connection.

    Returns:
        Whether the tab was asked and has answered that it holds nothing.
    """
    if state.visit() is not None or state.started_again():
        return False
    text = tab_storage.load(state.STORE, key="visit.load")
    if text:
        _take_up(content, text)
    return text is not None


def _take_up(content: Content, text: str) -> None:
    kept, changed = repair_kept(text)
    if compare.choice(content.catalogue).condition is None:
        compare.keep_elsewhere(kept.choice)
    visit = kept.visit.known(content.catalogue)
    spare = tuple(dict.fromkeys((*kept.spare, *lost_texts(kept.visit, visit))))
    state.restore(Repaired(visit=visit, spare=spare, changed=changed or visit != kept.visit))
    st.rerun()


def _opener(content: Content) -> None:
    """Draw the way to open saved picks; what cannot be read gives one line and changes nothing."""
    catalogue = content.catalogue

    def take(found: Opened | None) -> None:
        if found is None:
            state.note_opened(catalogue.words("visit.open-failed"))
            return
        compare.keep_elsewhere(found.choice)
        compare.close_choice()
        state.restore(Repaired(visit=found.visit, spare=found.spare, changed=found.changed))
        state.go_to_step("sheet")
        names = ", ".join(found.missing)
        state.note_opened(
            catalogue.words("visit.opened-missing", names=names)
            if names
            else catalogue.words("visit.opened")
        )

    picks_opener.show(
        lambda text: take(opened(text, catalogue)),
        lambda text: take(opened_fragment(text, catalogue)),
        label=catalogue.words("visit.open"),
    )


def _show_repaired(words: Words) -> None:
    """Report what was opened or had to change, and show the typed texts that found no place."""
    if state.said_on_opening():
        st.html(f'<p class="ax-together" role="status">{escape(state.said_on_opening())}</p>')
    if state.was_repaired() or compare.was_repaired():
        said = escape(words("visit.repaired"))
        st.html(f'<p class="ax-together" role="status">{said}</p>')
    spare = "\n".join(state.spare())
    if spare:
        st.text_area(words("visit.spare"), spare, key=f"visit.spare.{hash(spare)}")
        st.button(words("visit.spare-done"), key="visit.spare-done", on_click=state.drop_spare)


def _next(step: str, label: str) -> bool:
    """Draw the way to the other step, after everything that is entered on this one.

    A press right after typing sends the text along with it: if the step changed before the boxes
    are drawn again, the text would be lost.
    """
    with st.container(key="visit-next"):
        return st.button(
            label,
            key=f"visit.to.{step}",
            type="primary" if step == "sheet" else "secondary",
        )
