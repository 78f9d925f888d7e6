"""The visit page: what matters, questions to ask, and the sheet."""

import json
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.comparison import PAGE_LIMITS
from explorer.domain.links import Choice
from explorer.domain.visit import Visit
from explorer.paths import PAGES
from explorer.ui import state
from explorer.ui.components import (
    anchors,
    condition_picker,
    option_picker,
    path,
    tab_storage,
    visit_matters,
    visit_sheet,
)

_HERE = {"matters": ("matters",), "sheet": ("sheet",)}
_OTHER = {"matters": "sheet", "sheet": "matters"}


def show(content: Content) -> None:
    """Show the step of this tab; first the condition and the options, where they are missing."""
    words = content.catalogue.words
    _restore(content)
    choice = state.kept_choice(content.catalogue)
    if choice.condition is None or len(choice.options) < PAGE_LIMITS[0]:
        path.show(words, ("condition", "options"))
        _choose(content)
        return
    step = state.visit_step()
    path.show(words, _HERE[step])
    visit = state.visit() or Visit()
    st.html('<div id="visit-place" tabindex="-1"></div>')
    anchors.move_to("visit-place", stage=step, key="visit.move-to")
    goes_back = _about(content, choice)
    if step == "matters":
        choice, entered = visit_matters.show(content, choice, visit)
        goes_on = _next("sheet", words("path.to-sheet"))
    else:
        entered = visit_sheet.show(content, choice, visit)
        goes_on = _next("matters", words("path.to-sheet-back"))
    if entered != visit:
        state.keep_visit(entered)
    if not entered.is_empty:
        tab_storage.save(
            path.STORE,
            {"choice": choice.model_dump(mode="json"), "visit": entered.model_dump(mode="json")},
            key="visit.save",
        )
    if goes_on:
        state.go_to_step(_OTHER[step])
        st.rerun()
    if goes_back:
        st.switch_page(PAGES / "compare.py")


def _restore(content: Content) -> None:
    """Take up what the browser tab still holds, after a reload or a lost connection."""
    if state.visit() is not None or state.started_again():
        return
    kept = tab_storage.ask(path.STORE, key="visit.ask")
    if kept is None:
        return
    try:
        visit = Visit.model_validate_json(json.dumps(kept.get("visit")))
        choice = Choice.model_validate_json(json.dumps(kept.get("choice")))
    except ValueError:  # what the tab held is not of this version
        return
    if state.kept_choice(content.catalogue).condition is None:
        state.keep_choice(choice)
    state.restore_visit(visit.known(content.catalogue))
    st.rerun()


def _choose(content: Content) -> None:
    """Let a reader who came here first pick condition and options."""
    words = content.catalogue.words
    st.markdown(words("visit.choose"))
    condition = condition_picker.show(content.catalogue)
    if condition is None:
        return
    options = option_picker.show(content.catalogue, condition)
    if len(options) < PAGE_LIMITS[0]:
        few = "one" if options else "none"
        st.html(f'<p role="status">{escape(words(f"compare.too-few-{few}"))}</p>')
        return
    choice = Choice(condition=condition.id, options=options)
    st.button(
        words("visit.go-on"),
        key="visit.go-on",
        type="primary",
        on_click=state.keep_choice,
        args=(choice,),
    )


def _about(content: Content, choice: Choice) -> bool:
    """Say what the page is about, with a way back to change it.

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

    A press right after typing brings the text along with it. Were the step changed before the
    boxes are drawn again, the text would be lost.
    """
    with st.container(key="visit-next"):
        return st.button(
            label,
            key=f"visit.to.{step}",
            type="primary" if step == "sheet" else "secondary",
        )
