"""The visit page: what matters, questions to ask, and the sheet."""

from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import PAGE_LIMITS
from explorer.domain.messages import Words
from explorer.domain.visit import Visit
from explorer.domain.visit_repair import Repaired, repair_kept
from explorer.paths import PAGES
from explorer.ui.components import (
    anchors,
    condition_picker,
    option_picker,
    stepper,
    tab_storage,
)
from explorer.ui.state import compare
from explorer.ui.state import visit as state
from explorer.ui.views import visit_matters, visit_sheet

_OTHER_STEP = {"matters": "sheet", "sheet": "matters"}


def show(content: Content) -> None:
    """Show the step of this tab; first the condition and the options, where they are missing."""
    words = content.catalogue.words
    _restore(content)
    choice = compare.choice(content.catalogue)
    if choice.condition is None or len(choice.options) < PAGE_LIMITS[0]:
        stepper.show(words, ("condition", "options"))
        _show_repaired(words)
        _choose(content, choice)
        return
    step = state.step()
    stepper.show(words, (step,))
    visit = (state.visit() or Visit()).known(content.catalogue)
    notes = st.container(key="visit-repaired")
    st.html('<div id="visit-place" tabindex="-1"></div>')
    anchors.move_to("visit-place", stage=step, key="visit.move-to")
    goes_back = _about(content, choice)
    if step == "matters":
        choice, entered = visit_matters.show(content, choice, visit)
        goes_on = _next("sheet", words("path.to-sheet"))
    else:
        entered = visit_sheet.show(content, choice, visit)
        goes_on = _next("matters", words("path.to-sheet-back"))
    with notes:
        _show_repaired(words)
        left_out = visit_matters.left_out_words(content.catalogue) if step == "sheet" else ""
        if left_out:
            st.html(f'<p class="ax-together" role="status">{escape(left_out)}</p>')
    if entered != visit:
        state.keep(entered)
    if not entered.is_empty or state.spare():
        tab_storage.save(state.STORE, state.text_for_tab(choice, entered), key="visit.save")
    elif state.visit() is not None:  # emptied by the reader, not just not yet taken up
        tab_storage.clear(state.STORE, key="visit.emptied")
    if goes_on:
        state.go_to_step(_OTHER_STEP[step])
        st.rerun()
    if goes_back:
        st.switch_page(PAGES / "compare.py")


def _restore(content: Content) -> None:
    """Take up what the browser tab still holds, after a reload or a lost connection."""
    if state.visit() is not None or state.started_again():
        return
    text = tab_storage.load(state.STORE, key="visit.load")
    if not text:
        return
    kept, changed = repair_kept(text)
    if compare.choice(content.catalogue).condition is None:
        compare.keep_elsewhere(kept.choice)
    visit = kept.visit.known(content.catalogue)
    lost = [item.why for item in kept.visit.picked if item not in visit.picked]
    lost += [item.text for item in kept.visit.ticked if item not in visit.ticked]
    spare = tuple(dict.fromkeys((*kept.spare, *(text for text in lost if text.strip()))))
    state.restore(Repaired(visit=visit, spare=spare, changed=changed or visit != kept.visit))
    st.rerun()


def _show_repaired(words: Words) -> None:
    """Report that what was held had to change, and show the typed texts that found no place."""
    if state.was_repaired() or compare.was_repaired():
        said = escape(words("visit.repaired"))
        st.html(f'<p class="ax-together" role="status">{said}</p>')
    spare = "\n".join(state.spare())
    if spare:
        st.text_area(words("visit.spare"), spare, key=f"visit.spare.{hash(spare)}")
        st.button(words("visit.spare-done"), key="visit.spare-done", on_click=state.drop_spare)


def _choose(content: Content, held: Choice) -> None:
    """Let a reader who came here first pick condition and options."""
    words = content.catalogue.words
    st.markdown(words("visit.choose"))
    condition = condition_picker.show(content.catalogue, held.condition)
    if condition is None:
        return
    options = option_picker.show(content.catalogue, condition, held)
    if len(options) < PAGE_LIMITS[0]:
        few = "one" if options else "none"
        st.html(f'<p role="status">{escape(words(f"compare.too-few-{few}"))}</p>')
        return
    choice = Choice(condition=condition.id, options=options)
    st.button(
        words("visit.go-on"),
        key="visit.go-on",
        type="primary",
        on_click=compare.keep_elsewhere,
        args=(choice,),
    )


def _about(content: Content, choice: Choice) -> bool:
    """Show what the page is about, with a way back to change it.

    Returns:
        True where the reader goes back; what was entered is taken along first.
    """
    catalogue = content.catalogue
    condition = catalogue.condition(choice.condition or "")
    others = {item.id: item.heading for item in condition.no_new_medicine}
    names = [others.get(item) or catalogue.medicine(item).heading for item in choice.options]
    said = catalogue.words("visit.about", condition=condition.name, options=", ".join(names))
    with st.container(key="visit-about"):
        st.markdown(f"**{said}**")
        return st.button(catalogue.words("path.to-facts"), key="visit.to.facts")


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
