"""The result of a comparison: the glance, its pictures, all facts folded, and what to take away."""

from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import Choice
from explorer.domain.messages import Words
from explorer.domain.names import usual_name
from explorer.export import (
    comparison_csv,
    comparison_html,
    comparison_pdf,
    comparison_screen,
    comparison_xlsx,
    html_search,
)
from explorer.ui import resources
from explorer.ui.components import clipboard, csv_separator, downloads, stepper
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare


def glance_html(content: Content, chosen: Choice) -> str:
    """Render what is seen without a press; no tool of the page changes it.

    Args:
        content: the content.
        chosen: a condition and at least two options.
    """
    words = content.catalogue.words
    _, html = resources.screen(chosen.evolve(rows=()), differences_only=False)
    return (
        "".join(html[name] for name in comparison_screen.GLANCE)
        + stepper.matters_html(words, key="first")
        + f'<h2 class="gl-all" id="compare-all">{escape(words("glance.facts"))}</h2>'
    )


def show(content: Content, chosen: Choice) -> Choice:
    """Show all facts of what is compared, folded, and what to take away.

    Args:
        content: the content.
        chosen: a condition and at least two options; its lines fill the tools.

    Returns:
        What is shown, with the lines that the reader set, for the page's address.
    """
    catalogue = content.catalogue
    choice = chosen.evolve(rows=compare.rows(catalogue, chosen))
    _facts(choice, catalogue)
    _lines(catalogue, choice)
    _show_files(content, choice)
    return choice


@st.fragment
def _facts(choice: Choice, catalogue: Catalogue) -> None:
    """Show all facts, folded; what a reader does with the tools sends this part only."""
    words = catalogue.words
    find = st.text_input(
        words("compare.find"), max_chars=60, key=compare.FIND, help=words("compare.find-help")
    )
    differences_only = st.checkbox(words("compare.only-differences"), key=compare.DIFFERENCES)
    _, html = resources.screen(choice, differences_only=differences_only)
    facts = "".join(html[name] for name in (*comparison_screen.FACTS, "words"))
    said = f"<p>{escape(words('compare.only-differences-on'))}</p>" if differences_only else ""
    links = ""  # beside the status: read with it, each link would be said by itself
    if find.strip():
        page = "".join(html[name] for name in (*comparison_screen.GLANCE, *comparison_screen.FACTS))
        places, links, find = _said(catalogue, page, find)
        said += places
        facts = html_search.marked(facts, find)
    st.html(SafeHtml(f'<div role="status">{said}</div>{links}{facts}'))


def _said(catalogue: Catalogue, page: str, find: str) -> tuple[str, str, str]:
    """Say where a word stands; one that is nowhere may be another name of something that is.

    Returns:
        What is said and the links to the places, as HTML, and the word that is marked on the page.
    """
    words = catalogue.words
    places = html_search.places(page)
    found = html_search.hits(places, find)
    usual = "" if found else usual_name(catalogue, find)
    if not usual:
        return *_hits(found, find, words), find
    other = escape(words("glance.found-name", find=find.strip(), name=usual))
    said, links = _hits(html_search.hits(places, usual), usual, words)
    return f"<p>{other}</p>{said}", links, usual


def _hits(found: tuple[html_search.FoundPlace, ...], find: str, words: Words) -> tuple[str, str]:
    """Say how many places hold a word, and link to each."""
    if not found:
        return f"<p>{escape(words('glance.found-none', find=find.strip()))}</p>", ""
    links = "".join(
        f'<li><a href="#{escape(item.id)}">{escape(item.label)}</a></li>' for item in found
    )
    said = escape(words("glance.found", n=len(found), find=find.strip()))
    return f"<p>{said}</p>", f'<ul class="gl-hits">{links}</ul>'


def _lines(catalogue: Catalogue, choice: Choice) -> None:
    """Let a reader choose the lines of the facts; drawn only when asked, since there are many."""
    chooser = st.expander(
        catalogue.words("compare.rows-label"), key=compare.ROWS_OPEN, on_change="rerun"
    )
    if not chooser.open:
        return
    with chooser:
        st.caption(catalogue.words("compare.rows-help"))
        for group in catalogue.groups:
            names = {
                row.id: row.short
                for row in catalogue.rows
                if row.group == group.id and row.fits(choice.who)
            }
            key = compare.rows_key(group.id)
            compare.fields.seed(key, [row for row in names if row in choice.rows])
            st.pills(
                group.said_to(choice.who),
                list(names),
                selection_mode="multi",
                format_func=names.__getitem__,
                key=key,
            )


def _show_files(content: Content, choice: Choice) -> None:
    """Offer the comparison as files, as a link and on paper; drawn only when asked."""
    words = content.catalogue.words
    taken = st.expander(words("compare.take-away"), key=compare.FILES_OPEN, on_change="rerun")
    if taken.open:
        with taken:
            _files(content, choice)


def _files(content: Content, choice: Choice) -> None:
    catalogue = content.catalogue
    words = catalogue.words
    comparison = resources.comparison(choice)
    name = f"anakinra-explorer-{choice.condition}"
    separator = csv_separator.choose(words, key="compare.separator")
    columns = st.columns(4)
    for column, suffix, writer, mime in (
        (columns[0], "csv", partial(comparison_csv.write, separator=separator), "text/csv"),
        (
            columns[1],
            "xlsx",
            comparison_xlsx.write,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (columns[2], "html", comparison_html.write, "text/html"),
        (columns[3], "pdf", comparison_pdf.write, "application/pdf"),
    ):
        column.download_button(
            words(f"compare.download-{suffix}"),
            data=downloads.made(partial(writer, comparison, catalogue, content.version)),
            file_name=f"{name}.{suffix}",
            mime=mime,
            key=f"compare.download.{suffix}",
            width="stretch",
            on_click="ignore",
        )
    clipboard.print_page(label=words("compare.print"), key="compare.print")
    link = compare.link(choice)
    st.text_input(
        words("compare.link-label"), link, help=words("compare.link-help"), key=f"link.{link}"
    )
    clipboard.copy(
        link,
        label=words("compare.copy"),
        done=words("compare.copied"),
        failed=words("compare.copy-failed"),
        key="compare.copy",
    )
