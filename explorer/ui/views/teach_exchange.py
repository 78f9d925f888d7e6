"""The questions as a file for a learning platform: a short menu, and the file on request."""

from html import escape
from typing import Final

import streamlit as st

from explorer.content.load import Content
from explorer.domain.questions import Audience
from explorer.export.quiz_exchange.losses import ExchangeFormat
from explorer.export.quiz_exchange.port import FILES, Prepared, prepare
from explorer.ui.components import downloads

_EVERY: Final = ""
"""What stands for all topics and for everyone."""


def show(content: Content) -> None:
    """Let an educator choose format, topic and audience; say what is lost, then offer the file.

    Args:
        content: the content in force.
    """
    words = content.catalogue.words
    with st.expander(words("exchange.title")):
        st.markdown(words("exchange.text"))
        target = st.selectbox(
            words("exchange.format"),
            list(FILES),
            format_func=lambda item: words(f"exchange.format-{item}"),
            key="teach.exchange.format",
        )
        bank = content.catalogue.bank
        titles = {item.id: item.title for item in sorted(bank.topics, key=lambda item: item.order)}
        topic = st.selectbox(
            words("exchange.topic"),
            [_EVERY, *titles],
            format_func=lambda item: titles.get(item, words("exchange.topic-all")),
            key="teach.exchange.topic",
        )
        whom = st.selectbox(
            words("exchange.audience"),
            [_EVERY, Audience.PATIENT.value, Audience.NURSE.value],
            format_func=lambda item: words(f"exchange.audience-{item or 'all'}"),
            key="teach.exchange.audience",
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
            )
        )


def _offer(prepared: Prepared) -> None:
    words = prepared.words
    lost = "".join(f"<li>{escape(line)}</li>" for line in prepared.told)
    said = escape(words("exchange.count", n=prepared.count))
    st.html(f'<p role="status">{said}</p><p>{escape(words("exchange.lost"))}</p><ul>{lost}</ul>')
    if not prepared.count:
        return
    ending, media = FILES[prepared.target]
    st.download_button(
        words("exchange.download"),
        data=downloads.made(prepared.made),
        file_name=f"anakinra-explorer-{ending}",
        mime=media,
        key="teach.exchange.download",
        on_click="ignore",
    )
