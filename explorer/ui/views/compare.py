"""The comparison's page: condition, options, what differs, the table, its tools and its files."""

from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.catalogue import Age, Catalogue, Condition
from explorer.domain.compare_url import Choice, Dropped
from explorer.domain.comparison import PAGE_LIMITS, has_child_facts
from explorer.export import comparison_csv, comparison_html, comparison_pdf, comparison_xlsx
from explorer.ui import resources
from explorer.ui.components import (
    anchors,
    clipboard,
    condition_picker,
    csv_separator,
    downloads,
    presses,
    stepper,
)
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare, way
from explorer.ui.views import choosing


def show(content: Content) -> None:
    """Show the comparison that the address or this tab names, and keep what the reader changes."""
    catalogue = content.catalogue
    words = catalogue.words
    dropped = compare.open_address(catalogue)
    way.follow("compare")
    held = compare.choice(catalogue)
    is_chosen = len(held.options) >= PAGE_LIMITS[0]
    if held.condition is None or compare.choosing(held):
        stepper.show(words, "choose", is_chosen=is_chosen)
        _show_dropped(dropped, content)
        choosing.ask(catalogue, held, in_address=True)
    else:
        condition = catalogue.condition(held.condition)
        stepper.show(words, "facts", is_chosen=is_chosen)
        st.title(condition_picker.title(catalogue, condition), anchor=False)
        choosing.show_folded(catalogue, held)
        _show_dropped(dropped, content)
        _facts(content, condition, held)
    presses.links(partial(way.take, catalogue), key="compare.links")


@st.fragment
def _facts(content: Content, condition: Condition, held: Choice) -> None:
    """Show the facts; a press inside draws this part anew and nothing else of the page."""
    compare.commit(_comparison(content, condition, held.options, compare.choice(content.catalogue)))
    stepper.link_to_matters(content.catalogue.words, key="last")


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
    """Show the comparison of the chosen options.

    Args:
        content: the content.
        condition: what is compared for.
        options: ids of the options.
        held: the choice before this run; the tools are filled from it.

    Returns:
        What is shown, for the page's address.
    """
    catalogue = content.catalogue
    words = catalogue.words
    first = st.container(key="compare-first")
    with st.container(key="compare-controls"):
        age = _age(catalogue, condition, options, held.age)
        rows, differences_only, find = _tools(catalogue, held.rows)
    shown = Choice(condition=condition.id, options=options, rows=rows, age=age)
    comparison, html = resources.pieces(shown, differences_only=differences_only, find=find)
    said = words("compare.shown", n=comparison.row_count)
    if differences_only:
        said += " " + words("compare.hidden", same=comparison.hidden_same)
    if not comparison.row_count:
        said = words("compare.no-hit", find=find) if find.strip() else words("compare.no-rows")
    st.html(f'<p role="status" class="ax-short-status">{escape(said)}</p>')
    _show_files(content, shown)
    with first:
        st.html(SafeHtml("".join(html[name] for name in ("together", "skip", "main_box"))))
        stepper.link_to_matters(words, key="first")
    if comparison.row_count:
        names = ("in_full", "jump", "table", "weeks", "figures", "others", "references", "words")
        st.html(SafeHtml("".join(html[name] for name in names)))
    anchors.scroll_to_fragment(key="compare.anchor")
    return shown


def _show_files(content: Content, choice: Choice) -> None:
    """Offer the comparison as files, as a link and on paper; drawn only when asked."""
    words = content.catalogue.words
    with st.container(key="compare-take"):
        taken = st.expander(words("compare.take-away"), key=compare.FILES_OPEN, on_change="rerun")
    if taken.open:
        with taken:
            _files(content, choice)


def _files(content: Content, choice: Choice) -> None:
    catalogue = content.catalogue
    words = catalogue.words
    comparison, _ = resources.pieces(choice, differences_only=False, find="")
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


def _age(catalogue: Catalogue, condition: Condition, options: tuple[str, ...], held: Age) -> Age:
    words = catalogue.words
    if not has_child_facts(catalogue, condition.id, options):
        return Age.ADULT
    compare.fields.seed(compare.AGE, held.value)
    chosen = st.segmented_control(
        words("compare.age-label"),
        [Age.ADULT.value, Age.CHILD.value],
        format_func=lambda value: words(f"compare.age-{value}"),
        key=compare.AGE,
        required=True,
    )
    return Age(chosen or Age.ADULT)


def _tools(catalogue: Catalogue, held: tuple[str, ...]) -> tuple[tuple[str, ...], bool, str]:
    words = catalogue.words
    columns = st.columns(2, vertical_alignment="bottom")
    with columns[0]:
        differences_only = st.checkbox(words("compare.only-differences"), key=compare.DIFFERENCES)
    with columns[1]:
        find = st.text_input(
            words("compare.find"),
            max_chars=60,
            key=compare.FIND,
            help=words("compare.find-help"),
        )
    chooser = st.expander(words("compare.rows-label"), key=compare.ROWS_OPEN, on_change="rerun")
    rows = held
    if chooser.open:
        with chooser:
            rows = _choose_rows(catalogue, held)
    return rows, differences_only, find


def _choose_rows(catalogue: Catalogue, held: tuple[str, ...]) -> tuple[str, ...]:
    """Draw the lines to choose from; only when asked, since there are many."""
    st.caption(catalogue.words("compare.rows-help"))
    chosen: list[str] = []
    for group in catalogue.groups:
        names = {row.id: row.short for row in catalogue.rows if row.group == group.id}
        key = compare.rows_key(group.id)
        compare.fields.seed(key, [row for row in names if row in held])
        chosen += st.pills(
            group.question,
            list(names),
            selection_mode="multi",
            format_func=names.__getitem__,
            key=key,
        )
    return tuple(chosen)
