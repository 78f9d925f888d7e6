"""Step four: who it is about, what matters, the facts on that, and the questions to ask."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.catalogue import Age, Catalogue, Concern, Move
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import compare
from explorer.domain.visit import (
    LONG,
    MOST_CONCERNS,
    SHORT,
    Offered,
    Picked,
    Ticked,
    Visit,
    Weight,
    pinned_rows,
    prompts_for,
    sheet_of,
)
from explorer.domain.visit_repair import surplus
from explorer.export import comparison_html, visit_html
from explorer.ui.components import unprintable
from explorer.ui.plain import as_label
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import compare as compare_state
from explorer.ui.state import visit as state

fields = state.fields
key = fields.key

FIRST_QUESTIONS = 7
"""Questions shown at first; the rest is a press away (a list of at most seven, CDC index)."""


def show(content: Content, choice: Choice, visit: Visit) -> tuple[Choice, Visit]:
    """Ask what matters and show the facts on it.

    Returns:
        The choice with the age group, and what is entered now.
    """
    catalogue = content.catalogue
    words = catalogue.words
    with st.container(key="visit-matters"):
        choice = _who(catalogue, choice)
        visit = _now(catalogue, choice, visit)
        st.header(words("visit.concerns"), anchor=False)
        visit = _concerns(catalogue, visit)
    with st.container(key="visit-facts"):
        _facts(catalogue, choice, visit)
    with st.container(key="visit-ask"):
        st.html('<div id="visit-questions" tabindex="-1"></div>')
        st.header(words("visit.questions"), anchor=False)
        return choice, _questions(catalogue, choice, visit)


def _who(catalogue: Catalogue, choice: Choice) -> Choice:
    words = catalogue.words
    fields.seed(key("age"), Age(choice.age).value)
    age = st.radio(
        words("visit.who"),
        [age.value for age in Age],
        format_func=lambda value: words(f"visit.who-{value}"),
        key=key("age"),
        horizontal=True,
    )
    if age != Age(choice.age).value:
        choice = choice.evolve(age=Age(age))
        compare_state.keep_elsewhere(choice)
    return choice


def _now(catalogue: Catalogue, choice: Choice, visit: Visit) -> Visit:
    words = catalogue.words
    st.markdown(f"**{words('visit.now')}** {words('visit.now-none')}")
    now = []
    for medicine in catalogue.published:
        if medicine.id not in choice.options:
            continue
        fields.seed(key("now", medicine.id), medicine.id in visit.now)
        if st.checkbox(medicine.heading, key=key("now", medicine.id)):
            now.append(medicine.id)
    fields.seed(key("move"), None if visit.move is None else visit.move.value)
    move = st.pills(
        words("visit.move"),
        [move.value for move in Move],
        format_func=lambda value: words(f"visit.move-{value}"),
        key=key("move"),
    )
    return visit.evolve(now=tuple(now), move=None if move is None else Move(move))


def _concerns(catalogue: Catalogue, visit: Visit) -> Visit:
    words = catalogue.words
    st.caption(words("visit.concerns-help"))
    held = {item.concern: item for item in visit.picked}
    fields.seed(key("own"), visit.own)
    for concern in catalogue.concerns:
        fields.seed(key("pick", concern.id), concern.id in held)
    has_own = bool(_typed("own", SHORT))
    _untick_surplus(catalogue, held, has_own=has_own)
    picked = [item for item in catalogue.concerns if fields.value(key("pick", item.id))]
    full = len(picked) + has_own >= MOST_CONCERNS
    headings = list(dict.fromkeys(concern.heading for concern in catalogue.concerns))
    columns = dict(zip(headings, st.columns(len(headings)), strict=True))
    for heading, column in columns.items():
        column.markdown(f"**{heading}**")
    for concern in catalogue.concerns:
        columns[concern.heading].checkbox(
            concern.label, key=key("pick", concern.id), disabled=full and concern not in picked
        )
    st.text_input(
        words("visit.own"),
        on_change=fields.hold_typed,
        args=(key("own"),),
        key=key("own"),
        max_chars=SHORT,
        help=words("visit.own-help"),
        autocomplete="off",
        disabled=full and not has_own,
    )
    if full:
        said = f"{left_out_words(catalogue)} {words('visit.concerns-full')}".strip()
        st.html(f'<p role="status">{escape(said)}</p>')
    weighed = tuple(_weigh(catalogue, item, held.get(item.id)) for item in picked)
    weight = visit.own_weight
    own = _typed("own", SHORT)
    if own:
        weight = _weight(catalogue, "own", as_label(own), visit.own_weight)
    return visit.evolve(picked=weighed, own=own, own_weight=weight)


def _untick_surplus(catalogue: Catalogue, held: Mapping[str, Picked], *, has_own: bool) -> None:
    """Clear the boxes over the limit before they are drawn: two widgets may change at once.

    Such as a fifth box and an own concern that was typed and not sent before: the own words stay.
    The concerns are noted as left out, and their typed reasons are kept as spare texts.

    Args:
        catalogue: the content.
        held: the concerns that were picked before, by id.
        has_own: whether an own concern is typed.
    """
    ticked = []
    for concern in catalogue.concerns:
        if fields.value(key("pick", concern.id)):
            before = held.get(concern.id) or Picked(concern=concern.id)
            fields.seed(key("why", concern.id), before.why)
            ticked.append(before.evolve(why=_typed("why", SHORT, concern.id)))
    gone = surplus(ticked, has_own=has_own, held=held)
    fields.untick(key("pick", item.concern) for item in gone)
    state.keep_spare(tuple(item.why for item in gone if item.why))
    state.set_left_out(tuple(item.concern for item in gone))


def left_out_words(catalogue: Catalogue) -> str:
    """Return the line that names the concerns which the last change left out, or an empty text."""
    labels = [catalogue.concern(item).label for item in state.left_out()]
    return catalogue.words("visit.left-out", concerns=", ".join(labels)) if labels else ""


def _typed(name: str, most: int, *more: str) -> str:
    """Return the text of a box as a visit may hold it.

    The browser stops at the limit by itself; what gets past it is cut, so that no box can break
    the page.
    """
    return str(fields.value(key(name, *more)) or "")[:most].strip()


def _weigh(catalogue: Catalogue, concern: Concern, held: Picked | None) -> Picked:
    held = held or Picked(concern=concern.id)
    with st.container(border=True, key=f"visit-weigh-{concern.id}"):
        weight = _weight(catalogue, concern.id, concern.label, held.weight)
        fields.seed(key("why", concern.id), held.why)
        st.text_input(
            catalogue.words("visit.why", concern=concern.label),
            on_change=fields.hold_typed,
            args=(key("why", concern.id),),
            key=key("why", concern.id),
            max_chars=SHORT,
            autocomplete="off",
        )
    return Picked(concern=concern.id, weight=weight, why=_typed("why", SHORT, concern.id))


def _weight(catalogue: Catalogue, name: str, label: str, held: Weight) -> Weight:
    words = catalogue.words
    fields.seed(key("weight", name), held.value)
    chosen = st.segmented_control(
        words("visit.weight", concern=label),
        [weight.value for weight in Weight],
        format_func=lambda value: words(f"visit.weight-{value}"),
        key=key("weight", name),
        required=True,
    )
    return Weight(chosen or held.value)


def _facts(catalogue: Catalogue, choice: Choice, visit: Visit) -> None:
    words = catalogue.words
    if not visit.picked:
        st.header(words("visit.facts"), anchor=False)
        st.markdown(words("visit.facts-none"))
        return
    condition = choice.condition or ""
    sheet = sheet_of(catalogue, condition, choice.options, Age(choice.age), visit)
    st.html(SafeHtml(visit_html.facts(sheet, catalogue)))
    st.caption(words("visit.facts-note"))
    has_effects = any(line.is_effect for item in sheet.concerns for line in item.lines)
    with st.container(key="visit-all"):
        pictures = (
            st.expander(words("visit.pictures"), key=state.PICTURES_OPEN, on_change="rerun")
            if has_effects
            else None
        )
        lines = st.expander(words("visit.all-lines"), key=state.LINES_OPEN, on_change="rerun")
    if pictures is not None and pictures.open:
        with pictures:
            st.html(SafeHtml(_pieces(catalogue, choice, visit)["figures"]))
    if lines.open:
        html = _pieces(catalogue, choice, visit)
        with lines:
            st.html(SafeHtml(html["table"] + html["references"]))


def _pieces(catalogue: Catalogue, choice: Choice, visit: Visit) -> dict[str, str]:
    """Render the comparison in the reader's order; it is never put into a shared cache."""
    comparison = compare(
        catalogue,
        choice.condition or "",
        choice.options,
        age=Age(choice.age),
        pinned=pinned_rows(catalogue, visit),
    )
    return comparison_html.pieces(comparison, catalogue)


def _questions(catalogue: Catalogue, choice: Choice, visit: Visit) -> Visit:
    words = catalogue.words
    st.caption(words("visit.questions-help"))
    offered = prompts_for(catalogue, choice.condition or "", choice.options, Age(choice.age), visit)
    held = {item.prompt: item for item in visit.ticked}
    ticked = _offer(catalogue, offered[:FIRST_QUESTIONS], held)
    rest = offered[FIRST_QUESTIONS:]
    if rest:
        more = st.expander(words("visit.more-questions", n=len(rest)), key=state.MORE_OPEN)
        with more:
            ticked += _offer(catalogue, rest, held)
    fields.seed(key("own-questions"), visit.own_questions)
    st.text_area(
        words("visit.own-questions"),
        key=key("own-questions"),
        on_change=fields.hold_typed,
        args=(key("own-questions"),),
        max_chars=LONG,
        height=110,
    )
    unprintable.note(words, str(fields.value(key("own-questions")) or ""))
    fields.seed(key("notes"), visit.notes)
    st.text_area(
        words("visit.notes"),
        on_change=fields.hold_typed,
        args=(key("notes"),),
        key=key("notes"),
        max_chars=LONG,
        height=110,
        help=words("visit.notes-help"),
        placeholder=words("visit.notes-help"),
    )
    unprintable.note(words, str(fields.value(key("notes")) or ""))
    return visit.evolve(
        ticked=tuple(ticked),
        own_questions=str(fields.value(key("own-questions")) or "")[:LONG],
        notes=str(fields.value(key("notes")) or "")[:LONG],
    )


def _offer(
    catalogue: Catalogue, offered: Sequence[Offered], held: Mapping[str, Ticked]
) -> list[Ticked]:
    ticked: list[Ticked] = []
    heading = ""
    for item in offered:
        if item.heading != heading:
            heading = item.heading
            st.markdown(f"**{_heading(catalogue, heading)}**")
        ticked += _question(catalogue, item, held.get(item.id))
    return ticked


def _question(catalogue: Catalogue, item: Offered, held: Ticked | None) -> list[Ticked]:
    """Offer one question; once it is ticked, its words can be changed."""
    fields.seed(key("ask", item.id), held is not None)
    if not st.checkbox(item.text, key=key("ask", item.id)):
        return []
    fields.seed(key("word", item.id), (held.text if held else "") or item.text)
    st.text_input(
        catalogue.words("visit.change-word", question=item.text),
        on_change=fields.hold_typed,
        args=(key("word", item.id),),
        key=key("word", item.id),
        max_chars=SHORT,
        label_visibility="collapsed",
        autocomplete="off",
    )
    said = _typed("word", SHORT, item.id)
    return [Ticked(prompt=item.id, text="" if said == item.text[:SHORT].strip() else said)]


def _heading(catalogue: Catalogue, heading: str) -> str:
    kind, _, concern = heading.partition(":")
    return catalogue.concern(concern).label if concern else catalogue.words(f"visit.heading-{kind}")
