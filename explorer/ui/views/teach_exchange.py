"""The questions to take along: for a learning platform, or on paper; made on request."""

from html import escape
from typing import Final

import streamlit as st

from explorer.content.load import Content
from explorer.domain.lesson_plan import LessonPlan
from explorer.domain.questions import Audience
from explorer.export import quiz_pdf
from explorer.export.quiz_csv import NoQuestions
from explorer.export.quiz_exchange.entries import QuizEntry, of_plan
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import FILES, Prepared, file_name, prepare, prepared
from explorer.ui.components import downloads

_EVERY: Final = ""
"""What stands for all topics and for everyone."""

_PLAN: Final = "the-plan"
"""What stands for the questions of the plan, among the topics."""


def show(content: Content, place: str = "teach", plan: LessonPlan | None = None) -> None:
    """Let a reader choose format, topic and audience; say what is lost, then offer the file.

    Args:
        content: the content in force.
        place: the page, for the keys of the widgets.
        plan: a class plan whose questions may be taken instead of topics.
    """
    words = content.catalogue.words
    with st.expander(words("exchange.title")):
        st.markdown(words("exchange.text"))
        target = st.selectbox(
            words("exchange.format"),
            list(FILES),
            format_func=lambda item: words(f"exchange.format-{item}"),
            key=f"{place}.exchange.format",
        )
        bank = content.catalogue.bank
        chosen = _of(plan, content)
        topic = _topic(content, f"{place}.exchange.topic", has_plan=bool(chosen))
        whom = st.selectbox(
            words("exchange.audience"),
            [_EVERY, Audience.PATIENT.value, Audience.NURSE.value],
            format_func=lambda item: words(f"exchange.audience-{item or 'all'}"),
            key=f"{place}.exchange.audience",
        )
        # each may come back empty where a browser sends nothing that is on the list
        form = ExchangeFormat(target or ExchangeFormat.GIFT)
        day = content.catalogue.review.content_date
        if topic == _PLAN:
            _offer(prepared(form, chosen, words, content.version, day), place)
        else:
            topics = (topic,) if topic else ()
            who = Audience(whom) if whom else None
            drawings = content.catalogue.drawings
            _offer(
                prepare(
                    form, bank, words, content.version, topics, who, day=day, drawings=drawings
                ),
                place,
            )
    _paper(content, place)


def _of(plan: LessonPlan | None, content: Content) -> tuple[QuizEntry, ...]:
    """Return the questions of the plan that can leave; nothing where there are none."""
    try:
        catalogue = content.catalogue
        if plan is None:
            return ()
        return of_plan(plan, catalogue.bank, catalogue.words, catalogue.drawings)
    except NoQuestions:
        return ()


def _topic(content: Content, key: str, *, has_plan: bool = False) -> str:
    """Let a reader choose a topic, or the plan; nothing stands for all."""
    words = content.catalogue.words
    topics = sorted(content.catalogue.bank.topics, key=lambda item: item.order)
    titles = {_PLAN: words("exchange.topic-plan")} if has_plan else {}
    titles |= {item.id: item.title for item in topics}
    chosen = st.selectbox(
        words("exchange.topic"),
        [_EVERY, *titles],
        format_func=lambda item: titles.get(item, words("exchange.topic-all")),
        key=key,
    )
    return chosen or _EVERY


def _paper(content: Content, place: str) -> None:
    """Let a reader choose how a worksheet is made, and offer it."""
    words, bank = content.catalogue.words, content.catalogue.bank
    with st.expander(words("exchange.sheet-title")):
        st.markdown(words("exchange.sheet-text"))
        topic = _topic(content, f"{place}.sheet.topic")
        form = st.radio(
            words("exchange.sheet-form"),
            [_EVERY, *quiz_pdf.FORMS],
            format_func=lambda item: words(f"exchange.sheet-form-{item.lower() or 'none'}"),
            horizontal=True,
            key=f"{place}.sheet.form",
        )
        key = st.checkbox(words("exchange.sheet-key"), value=True, key=f"{place}.sheet.key")
        bubbles = st.checkbox(words("exchange.sheet-bubbles"), key=f"{place}.sheet.bubbles")
        choice = quiz_pdf.SheetChoice(form=form or _EVERY, key=key, bubbles=bubbles)
        topics = (topic,) if topic else ()
        st.download_button(
            words("exchange.sheet-download"),
            data=downloads.made(
                lambda: quiz_pdf.write(bank, content.catalogue, content.version, topics, choice)
            ),
            file_name="anakinra-explorer-worksheet.pdf",
            mime="application/pdf",
            key=f"{place}.sheet.download",
            on_click="ignore",
        )


def _offer(ready: Prepared, place: str) -> None:
    words = ready.words
    lost = "".join(f"<li>{escape(line)}</li>" for line in ready.told)
    said = escape(words("exchange.count", n=ready.count))
    # at the end of a quiz the result is what is announced, and nothing else
    role = ' role="status"' if place == "teach" else ""
    st.html(f"<p{role}>{said}</p><p>{escape(words('exchange.lost'))}</p><ul>{lost}</ul>")
    if not ready.count:
        return
    _, media = FILES[ready.target]
    st.download_button(
        words("exchange.download"),
        data=downloads.made(ready.made),
        file_name=file_name(ready.target),
        mime=media,
        key=f"{place}.exchange.download",
        on_click="ignore",
    )
