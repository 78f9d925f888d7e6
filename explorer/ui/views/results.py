"""The report of a class: figures, tables, files, and deleting."""

from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.class_links import ClassKeys, read_keys
from explorer.domain.class_report import ClassReport
from explorer.domain.messages import Words
from explorer.domain.sessions import NoSuchClass, Unavailable, Unreadable
from explorer.export import report_csv, report_html, report_lines, report_pdf, report_xlsx
from explorer.paths import PAGES
from explorer.ui import resources
from explorer.ui.components import clipboard, csv_separator, downloads, link_keys
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import browser
from explorer.ui.state import teach as state
from explorer.ui.views import class_keeping
from explorer.ui.views.class_controls import confirm_delete, offer_forget, show_unread


def show(content: Content) -> None:
    """Show the report that the keys of this tab open, or ask for its link."""
    words = content.catalogue.words
    st.title(words("results.title"), anchor=False)
    keys, read = link_keys.keys(report_only=True)
    class_keeping.sync(tell=False)
    if not read:
        show_unread(words)
        return
    note = state.note()
    if keys is None or not (keys.report or keys.console):
        if note:
            st.html(f'<p class="ax-message" role="status">{escape(note)}</p>')
        _ask_link(words)
        return
    try:
        report = resources.classes().report(keys.report or keys.console)
    except (NoSuchClass, Unavailable) as problem:
        gone = isinstance(problem, NoSuchClass)
        said = words("teach.gone") if gone else str(problem)
        st.html(f'<p class="ax-message" role="alert">{escape(said)}</p>')
        if gone:
            _ask_link(words)
        elif isinstance(problem, Unreadable) and keys.console:
            confirm_delete(keys, words, state.drop_class_keys)
        return
    local = report.opened.astimezone(browser.time_zone())
    _show(report.evolve(opened=local), keys, words)


def _show(report: ClassReport, keys: ClassKeys, words: Words) -> None:
    st.html(SafeHtml(f"<style>{report_html.style()}</style>"))
    st.html(SafeHtml(report_html.facts(report, words)))
    said = "".join(f"<p>{escape(line)}</p>" for line in report_html.headline(report, words))
    st.html(f'<div class="ax-message" role="status">{said}</div>')
    if keys.console:
        st.page_link(PAGES / "teach.py", label=words("results.to-console"))
    _files(report, words)
    if any(item.n for item in report.questions):
        for table in report_lines.tables(report, words):
            st.html(SafeHtml(report_html.table(table, words)))
    st.markdown(words("report.statement"))
    st.markdown(words("results.purge", days=resources.keep_days()))
    with st.container(key="teach-delete"):
        offer_forget(words, f"teach.forget-text-{'both' if keys.console else 'report'}")
        if keys.console:
            confirm_delete(keys, words, state.drop_class_keys)
        else:
            st.caption(words("results.delete-host"))


def _files(report: ClassReport, words: Words) -> None:
    with st.container(key="results-take"):
        st.header(words("results.download"), anchor=False)
    name = f"class-{report.code}"
    separator = csv_separator.choose(words, key="results.separator")
    with st.container(horizontal=True, key="teach-files"):
        for suffix, writer, mime in (
            ("csv", partial(report_csv.write, separator=separator), "text/csv"),
            (
                "xlsx",
                report_xlsx.write,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            ("pdf", report_pdf.write, "application/pdf"),
        ):
            st.download_button(
                words(f"results.{suffix}"),
                data=downloads.made(partial(writer, report, words)),
                file_name=f"{name}.{suffix}",
                mime=mime,
                key=f"results.{suffix}",
                on_click="ignore",
            )
        clipboard.print_page(label=words("compare.print"), key="results.print")


def _ask_link(words: Words) -> None:
    st.markdown(words("results.intro"))
    with st.form(key="results.paste", border=False):
        pasted = st.text_input(
            words("results.paste"), max_chars=500, autocomplete="off", key="results.link"
        )
        sent = st.form_submit_button(words("results.paste-open"), type="primary")
    if not sent:
        return
    found = read_keys(pasted)
    if found is not None and (found.report or found.console):
        state.set_note("")
        state.keep_class_keys(found)
        st.rerun()
    st.html(f'<p role="alert">{escape(words("results.paste-wrong"))}</p>')
