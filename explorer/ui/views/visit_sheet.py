"""Step five: how sure, the sheet, and the ways to take it along."""

from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from explorer.content.load import Content
from explorer.domain import visit_file
from explorer.domain.compare_url import Choice, write
from explorer.domain.messages import Words
from explorer.domain.visit import Sheet, Sure, Visit, sheet_of
from explorer.domain.visit_repair import Kept
from explorer.export import visit_html, visit_pdf, visit_text
from explorer.paths import PAGES
from explorer.ui.components import clipboard, downloads, presses, unprintable
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import browser
from explorer.ui.state import visit as state

fields = state.fields
key = fields.key


def show(content: Content, choice: Choice, visit: Visit) -> Visit:
    """Show the sure-check and the sheet.

    Returns:
        What is entered now.
    """
    catalogue = content.catalogue
    words = catalogue.words
    with st.container(key="visit-sure"):
        visit = _sure(words, visit)
    sheet = sheet_of(
        catalogue, choice.condition or "", choice.options, choice.who, visit, choice.now
    )
    with st.container(key="visit-take"):
        st.header(words("visit.paper-title"), anchor=False)
        if not (sheet.concerns or sheet.questions or sheet.notes):
            st.html(f'<p role="status">{escape(words("visit.empty"))}</p>')
        large = st.checkbox(words("visit.large"), key=state.LARGE)
        unprintable.note(words, _typed(sheet))
        link = _comparison(choice)
        _files(content, choice, visit, sheet, large=large)
    with st.container(key="visit-paper"):
        st.html(
            SafeHtml(visit_html.write(sheet, catalogue, content.version, link=link, large=large))
        )
        presses.scroll_to_place(key="visit.anchor")
    return visit


def _comparison(choice: Choice) -> str:
    """Return the address of the comparison of these options; it holds nothing that was typed."""
    page = browser.sibling_address(PAGES.joinpath("compare.py").stem)
    return f"{page}?{urlencode(write(choice), safe=',')}" if page.startswith("http") else ""


def _typed(sheet: Sheet) -> str:
    """Return all that the reader typed, of what the sheet shows."""
    concerns = (text for item in sheet.concerns for text in (item.label, item.why))
    return "\n".join((*concerns, *sheet.questions, sheet.notes))


def _sure(words: Words, visit: Visit) -> Visit:
    st.header(words("visit.sure-title"), anchor=False)
    # The help button follows this sentence: inside the heading it would cut what is heard of it.
    st.caption(words("visit.sure-help"), help=words("visit.sure-from"))
    held = dict(visit.sure)
    answers = []
    for item in Sure:
        fields.seed(
            key("sure", item), None if item not in held else ("yes" if held[item] else "no")
        )
        said = st.segmented_control(
            words(f"visit.sure-{item}"),
            ["yes", "no"],
            format_func=lambda value: words(f"visit.sure-{value}"),
            key=key("sure", item),
        )
        if said == "no":
            _help(words, item)
        if said is not None:
            answers.append((item, said == "yes"))
    return visit.evolve(sure=tuple(answers))


def _help(words: Words, item: Sure) -> None:
    """Draw the help that fits an answer of no, with a link to it."""
    with st.container(border=True):
        st.markdown(words(f"visit.no-{item}"))
        if item is Sure.FACTS:
            st.page_link(PAGES / "compare.py", label=words("visit.no-facts-link"))
        elif item is not Sure.CHOICE:
            st.button(
                words(f"visit.no-{item}-link"),
                key=f"visit.no.{item}",
                on_click=state.go_to_step,
                args=("matters",),
            )


def _files(content: Content, choice: Choice, visit: Visit, sheet: Sheet, *, large: bool) -> None:
    catalogue = content.catalogue
    words = catalogue.words
    link = _comparison(choice)
    with st.container(key="visit-files", horizontal=True):
        st.download_button(
            words("visit.download"),
            data=downloads.made(
                partial(visit_pdf.write, sheet, catalogue, content.version, link=link, large=large)
            ),
            file_name="my-visit-large.pdf" if large else "my-visit.pdf",
            mime="application/pdf",
            key="visit.download",
            type="primary",
            on_click="ignore",
        )
        kept = Kept(choice=choice, visit=visit, spare=state.spare())
        st.download_button(
            words("visit.save"),
            data=downloads.made(lambda: visit_file.as_text(kept).encode()),
            file_name="my-picks.json",
            mime="application/json",
            key="visit.save-picks",
            on_click="ignore",
        )
        fragment = visit_file.as_fragment(kept)
        if fragment:
            clipboard.copy(
                f"{browser.page_address()}#{fragment}",
                label=words("visit.copy-link"),
                done=words("visit.link-copied"),
                failed=words("visit.copy-failed"),
                key="visit.copy-link",
            )
        clipboard.print_page(label=words("visit.print"), key="visit.print")
        text = visit_text.write(sheet, catalogue, content.version, link)
        clipboard.copy(
            text,
            label=words("visit.copy"),
            done=words("visit.copied"),
            failed=words("visit.copy-failed"),
            key="visit.copy",
        )
    st.caption(words("visit.save-help"))
    with st.expander(words("visit.text")):
        st.text_area(words("visit.text-label"), text, height=320, key=f"visit.text.{hash(text)}")
