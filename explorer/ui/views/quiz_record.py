"""A nurse's record on the page: what stands on it, its files, and the form that checks one."""

from datetime import datetime, tzinfo
from functools import partial
from html import escape

import streamlit as st

from explorer.content.load import Content
from explorer.domain.messages import Words
from explorer.domain.quiz_result import CheckResult
from explorer.domain.quiz_run import QuizRun
from explorer.domain.record_code import LONGEST, code_of, lines_of, text_of, verify
from explorer.domain.records import record_of
from explorer.export import record_json, record_pdf
from explorer.ui.components import downloads
from explorer.ui.state.quiz import RECORD_NAME


def show(content: Content, run: QuizRun, result: CheckResult, zone: tzinfo) -> None:
    """Offer the record of a check, with its code and the lines that the code is made from.

    Args:
        content: the content in force.
        run: the check, which has ended.
        result: its result.
        zone: the reader's time zone.
    """
    words = content.catalogue.words
    with st.container(border=True):
        st.subheader(words("quiz.record-title"), anchor=False)
        name = st.text_input(
            words("quiz.record-name"), key=RECORD_NAME, max_chars=80, autocomplete="off"
        )
        st.caption(words("quiz.record-help"))
        ended = datetime.fromisoformat(run.ended).astimezone(zone)
        record = record_of(
            content.catalogue.asked,
            run,
            result,
            name=name.strip(),
            date=ended.strftime("%Y-%m-%d %H:%M"),
            zone=str(zone),
        )
        took = "" if record.seconds is None else record_pdf.time_taken(record.seconds, words)
        st.markdown(
            words(
                "quiz.record-code",
                code=code_of(lines_of(record)),
                attempt=record_pdf.attempt_words(record.attempt, words),
                took=took or words("record.took-unknown"),
            )
        )
        st.download_button(
            words("quiz.record-download"),
            data=downloads.made(partial(record_pdf.write, record, content.catalogue)),
            file_name="anakinra-safe-use-record.pdf",
            mime="application/pdf",
            key="quiz.record.download",
            on_click="ignore",
        )
        with st.expander(words("quiz.record-lines")):
            st.markdown(words("record.check-text"))
            lines = text_of(record)
            st.code(lines, language=None, wrap_lines=True)
            st.download_button(
                words("quiz.record-file"),
                data=downloads.made(partial(lines.encode, "utf-8", "replace")),
                file_name="anakinra-safe-use-record.txt",
                mime="text/plain",
                key="quiz.record.lines",
                on_click="ignore",
            )
            st.markdown(words("quiz.record-systems"))
            for name, ending, write in (
                ("json", "json", record_json.write),
                ("xapi", "xapi.json", record_json.write_xapi),
            ):
                st.download_button(
                    words(f"quiz.record-{name}"),
                    data=downloads.made(partial(write, record)),
                    file_name=f"anakinra-safe-use-record.{ending}",
                    mime="application/json",
                    key=f"quiz.record.{name}",
                    on_click="ignore",
                )


def show_verify(words: Words) -> None:
    """Let whoever holds a record check its lines against its code."""
    with st.expander(words("record.verify-title")):
        st.markdown(words("record.verify-text"))
        with st.form(key="quiz.verify.form", border=False):
            typed = st.text_area(
                words("record.verify-label"), key="quiz.verify.lines", max_chars=LONGEST
            )
            pressed = st.form_submit_button(words("record.verify-button"), key="quiz.verify.check")
        if not pressed:
            return
        found = verify(typed)
        said = words("record.verify-wrong" if found else "record.verify-fits")
        st.html(f'<p class="ax-together" role="status">{escape(said)}</p>')
        if found:
            inside = "".join(f"<li>{escape(said)}</li>" for said in misfits(typed, words))
            st.html(f'<ul class="ax-actions">{inside}</ul>')


def misfits(text: str, words: Words) -> list[str]:
    """Say which parts of a record's lines do not fit.

    Args:
        text: the lines with the code.
        words: interface words.
    """
    return [
        words("record.verify-part", part=item.part, reason=words(f"record.verify-{item.reason}"))
        for item in verify(text)
    ]
