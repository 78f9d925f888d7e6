"""The questions to take along: for a learning platform, or on paper; made on request."""

from html import escape
from typing import Final

import streamlit as st

from explorer.content.load import Content
from explorer.domain.questions import Audience
from explorer.export import quiz_pdf
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import FILES, Prepared, file_name, prepare
from explorer.ui.components import downloads

_EVERY: Final = ""
"""What stands for all topics and for everyone."""


def show(content: Content, place: str = "teach") -> None:
    """Let a reader choose format, topic and audience; say what is lost, then offer the file.

    Args:
        content: the content in force.
        place: the page, for the keys of the widgets.
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
        topic = _topic(content, f"{place}.exchange.topic")
        whom = st.selectbox(
            words("exchange.audience"),
            [_EVERY, Audience.PATIENT.value, Audience.NURSE.value],
            format_func=lambda item: words(f"exchange.audience-{item or 'all'}"),
            key=f"{place}.exchange.audience",
        )
        # each may come back empty where a browser sends nothing that is on the list
        _offer(
            prepare(
                ExchangeFormat(target or ExchangeFormat.GIFT),
                bank,
                words,
                content.version,
                (topic,) if topic else (),
                Audience(whom) if whom else None,
                day=content.catalogue.review.content_date,
            ),
            place,
        )
    _paper(content, place)


def _topic(content: Content, key: str) -> str:
    """Let a reader choose a topic; nothing stands for all."""
    words = content.catalogue.words
    topics = sorted(content.catalogue.bank.topics, key=lambda item: item.order)
    titles = {item.id: item.title for item in topics}
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


def _offer(prepared: Prepared, place: str) -> None:
    words = prepared.words
    lost = "".join(f"<li>{escape(line)}</li>" for line in prepared.told)
    said = escape(words("exchange.count", n=prepared.count))
    # at the end of a quiz the result is what is announced, and nothing else
    role = ' role="status"' if place == "teach" else ""
    st.html(f"<p{role}>{said}</p><p>{escape(words('exchange.lost'))}</p><ul>{lost}</ul>")
    if not prepared.count:
        return
    _, media = FILES[prepared.target]
    st.download_button(
        words("exchange.download"),
        data=downloads.made(prepared.made),
        file_name=file_name(prepared.target),
        mime=media,
        key=f"{place}.exchange.download",
        on_click="ignore",
    )
