"""Step four: what is to be decided, what matters, the facts on that, and what to ask."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.catalogue import Catalogue, Concern, Move
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import compare
from explorer.domain.visit import (
    LONG,
    MOST_CONCERNS,
    SHORT,
    Offered,
    OwnPoint,
    Picked,
    Ticked,
    Visit,
    Weight,
    pinned_rows,
    prompts_for,
    sheet_of,
)
from explorer.domain.visit_repair import surplus
from explorer.domain.who import Who
from explorer.export import comparison_html, visit_html
from explorer.ui.components import unprintable
from explorer.ui.plain import as_label
from explorer.ui.safe_html import SafeHtml
from explorer.ui.state import visit as state

fields = state.fields
key = fields.key

FIRST_QUESTIONS = 3
"""Fewest questions shown at first: one a point where more are picked; the rest is a press away."""


def show(content: Content, choice: Choice, visit: Visit) -> Visit:
    """Ask what matters and show the facts on it.

    Returns:
        What is entered now.
    """
    catalogue = content.catalogue
    words = catalogue.words
    with st.container(key="visit-matters"):
        visit = _move(catalogue, visit)
        st.header(words("visit.concerns"), anchor=False)
        visit = _concerns(catalogue, visit, choice.who)
    with st.container(key="visit-facts"):
        _facts(catalogue, choice, visit)
    with st.container(key="visit-ask"):
        st.html('<div id="visit-questions" tabindex="-1"></div>')
        st.header(words("visit.questions"), anchor=False)
        return _questions(catalogue, choice, visit)


def _move(catalogue: Catalogue, visit: Visit) -> Visit:
    words = catalogue.words
    fields.seed(key("move"), None if visit.move is None else visit.move.value)
    move = st.pills(
        words("visit.move"),
        [move.value for move in Move],
        format_func=lambda value: words(f"visit.move-{value}"),
        key=key("move"),
    )
    return visit.evolve(move=None if move is None else Move(move))


def _concerns(catalogue: Catalogue, visit: Visit, who: Who) -> Visit:
    words = catalogue.words
    offered = [concern for concern in catalogue.concerns if concern.fits(who)]
    st.caption(words("visit.concerns-help"))
    held = {item.concern: item for item in visit.picked}
    for place in range(MOST_CONCERNS):
        text = visit.own_points[place].text if place < len(visit.own_points) else ""
        fields.seed(key("own", str(place)), text)
    for concern in offered:
        fields.seed(key("pick", concern.id), concern.id in held)
    own = [place for place in range(MOST_CONCERNS) if _typed("own", SHORT, str(place))]
    _untick_surplus(offered, held, own=len(own))
    picked = [item for item in offered if fields.value(key("pick", item.id))]
    left = MOST_CONCERNS - len(picked) - len(own)
    full = left <= 0
    headings = list(dict.fromkeys(concern.heading for concern in offered))
    columns = dict(zip(headings, st.columns(len(headings)), strict=True))
    for heading, column in columns.items():
        column.markdown(f"**{heading}**")
    for concern in offered:
        columns[concern.heading].checkbox(
            concern.said_to(who),
            key=key("pick", concern.id),
            disabled=full and concern not in picked,
        )
    # One box more than is filled: the list grows below what was typed. A box in between that was
    # emptied stays, since Streamlit forgets what is not drawn.
    last = max(own, default=-1)
    for place in range(min(last + 1 + (left > 0 or not own), MOST_CONCERNS)):
        _own_box(catalogue, place, is_disabled=full and place not in own)
    if full:
        said = f"{left_out_words(catalogue, who)} {words('visit.concerns-full')}".strip()
        st.html(f'<p role="status">{escape(said)}</p>')
    weighed = tuple(_weigh(catalogue, item, who, held.get(item.id)) for item in picked)
    points = tuple(_own_point(catalogue, place, visit) for place in own)
    return visit.evolve(picked=weighed, own_points=points)


def _own_box(catalogue: Catalogue, place: int, *, is_disabled: bool) -> None:
    words = catalogue.words
    name = key("own", str(place))
    st.text_input(
        words("visit.own"),
        on_change=fields.hold_typed,
        args=(name,),
        key=name,
        max_chars=SHORT,
        help=words("visit.own-help"),
        autocomplete="off",
        disabled=is_disabled,
    )


def _own_point(catalogue: Catalogue, place: int, visit: Visit) -> OwnPoint:
    text = _typed("own", SHORT, str(place))
    held = next((item.weight for item in visit.own_points if item.text == text), Weight.SOME)
    weight = _weight(catalogue, f"own-{place}", as_label(text), held)
    return OwnPoint(text=text, weight=weight)


def _untick_surplus(offered: Sequence[Concern], held: Mapping[str, Picked], *, own: int) -> None:
    """Clear the boxes over the limit before they are drawn: two widgets may change at once.

    Such as a fifth box and an own concern that was typed and not sent before: the own words stay.
    The concerns are noted as left out, and their typed reasons are kept as spare texts.

    Args:
        offered: the concerns that fit the person.
        held: the concerns that were picked before, by id.
        own: how many own points are typed.
    """
    ticked = []
    for concern in offered:
        if fields.value(key("pick", concern.id)):
            before = held.get(concern.id) or Picked(concern=concern.id)
            fields.seed(key("why", concern.id), before.why)
            ticked.append(before.evolve(why=_typed("why", SHORT, concern.id)))
    gone = surplus(ticked, own=own, held=held)
    fields.untick(key("pick", item.concern) for item in gone)
    state.keep_spare(tuple(item.why for item in gone if item.why))
    state.set_left_out(tuple(item.concern for item in gone))


def left_out_words(catalogue: Catalogue, who: Who) -> str:
    """Return the line that names the concerns which the last change left out, or an empty text."""
    labels = [catalogue.concern(item).said_to(who) for item in state.left_out()]
    return catalogue.words("visit.left-out", concerns=", ".join(labels)) if labels else ""


def _typed(name: str, most: int, *more: str) -> str:
    """Return the text of a box as a visit may hold it.

    The browser stops at the limit by itself; what gets past it is cut, so that no box can break
    the page.
    """
    return str(fields.value(key(name, *more)) or "")[:most].strip()


def _weigh(catalogue: Catalogue, concern: Concern, who: Who, held: Picked | None) -> Picked:
    label = concern.said_to(who)
    held = held or Picked(concern=concern.id)
    with st.container(border=True, key=f"visit-weigh-{concern.id}"):
        weight = _weight(catalogue, concern.id, label, held.weight)
        fields.seed(key("why", concern.id), held.why)
        st.text_input(
            catalogue.words("visit.why", concern=label),
            on_change=fields.hold_typed,
            args=(key("why", concern.id),),
            key=key("why", concern.id),
            max_chars=SHORT,
            autocomplete="off",
            label_visibility="collapsed",
            placeholder=catalogue.words("visit.why-short"),
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
    sheet = sheet_of(catalogue, condition, choice.options, choice.who, visit, choice.now)
    # The same lines stand on the sheet, one press further: here they would put the questions
    # some screens of a phone away.
    mine = st.expander(words("visit.facts"), key=state.FACTS_OPEN, on_change="rerun")
    if mine.open:
        with mine:
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
        who=choice.who,
        now=choice.now,
        pinned=pinned_rows(catalogue, visit, choice.who),
    )
    return comparison_html.pieces(comparison, catalogue)


def _questions(catalogue: Catalogue, choice: Choice, visit: Visit) -> Visit:
    words = catalogue.words
    offered = prompts_for(
        catalogue, choice.condition or "", choice.options, choice.who, visit, choice.now
    )
    held = {item.prompt: item for item in visit.ticked}
    first, rest = first_questions(offered)
    ticked = _offer(catalogue, first, held, choice.who)
    if rest:
        more = st.expander(words("visit.more-questions", n=len(rest)), key=state.MORE_OPEN)
        with more:
            ticked += _offer(catalogue, rest, held, choice.who)
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


def first_questions(
    offered: Sequence[Offered],
) -> tuple[tuple[Offered, ...], tuple[Offered, ...]]:
    """Part the questions into those that are shown and those that are a press away.

    Each point that matters has its first question on screen.

    Args:
        offered: the questions that fit, in order.
    """
    leads = {item.heading: item.id for item in reversed(offered)}
    of_points = {it for heading, it in leads.items() if heading.startswith("concern:")}
    ranked = sorted(offered, key=lambda item: item.id not in of_points)
    shown = ranked[: max(FIRST_QUESTIONS, len(of_points))]
    return (
        tuple(item for item in offered if item in shown),
        tuple(item for item in offered if item not in shown),
    )


def _offer(
    catalogue: Catalogue, offered: Sequence[Offered], held: Mapping[str, Ticked], who: Who
) -> list[Ticked]:
    ticked: list[Ticked] = []
    heading = ""
    # A heading over each single question would say the points again that were just picked.
    is_grouped = len({item.heading for item in offered}) < len(offered)
    for item in offered:
        if is_grouped and item.heading != heading:
            heading = item.heading
            st.markdown(f"**{_heading(catalogue, heading, who)}**")
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


def _heading(catalogue: Catalogue, heading: str, who: Who) -> str:
    kind, _, concern = heading.partition(":")
    return (
        catalogue.concern(concern).said_to(who)
        if concern
        else catalogue.words(f"visit.heading-{kind}")
    )
