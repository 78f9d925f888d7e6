"""What a visitor sees, and what the log holds, where our own code fails."""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from explorer import logs, paths
from explorer.content.load import Content
from explorer.domain.messages import Words
from explorer.ui import resources
from explorer.ui.failure import failure_handler, failure_section

TYPED = "my own private words"


@pytest.fixture
def as_served(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """Let AppTest hand errors to the function that the server has."""
    start = LocalScriptRunner.__init__

    def with_handler(self: Any, *given: Any, **named: Any) -> None:
        start(self, *given, **named)
        self._on_script_error = failure_handler(content.catalogue)

    monkeypatch.setattr(LocalScriptRunner, "__init__", with_handler)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Give what was logged, written as the server writes it."""
    before = logging.getLogRecordFactory()
    logs.install()
    logging.getLogger("streamlit").addHandler(caplog.handler)
    yield lambda: "\n".join(caplog.handler.format(record) for record in caplog.records)
    logging.getLogger("streamlit").removeHandler(caplog.handler)
    logging.setLogRecordFactory(before)


def html(app: AppTest) -> str:
    """Join everything that was drawn as HTML, without the styles."""
    drawn = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in drawn)


def is_ours(app: AppTest, words: Words) -> None:
    """Hold what is drawn to be our section, once, and nothing of Streamlit's."""
    drawn = html(app)
    assert not app.exception
    assert not app.error
    assert drawn.count(words("frame.failed-title")) == 1
    for step in ("reload", "start", "tell", "home"):
        assert words(f"frame.failed-{step}") in drawn
    assert "Call 911 for trouble breathing" in drawn.partition(words("frame.failed-title"))[2]
    assert TYPED not in drawn
    assert "Traceback" not in drawn
    assert "google" not in drawn.lower()


@pytest.mark.usefixtures("as_served")
@pytest.mark.parametrize("page", ["home", "compare", "visit", "guide", "quiz", "medicine", "about"])
def test_a_page_that_fails_shows_our_section(
    page: str, content: Content, monkeypatch: pytest.MonkeyPatch, log: Callable[[], str]
) -> None:
    """Every page: what to do, how to go on, whom to call; the log names the place and no word."""

    def fail(*_given: Any, **_named: Any) -> None:
        raise ValueError(TYPED)

    app = AppTest.from_file(str(paths.PACKAGE / "app.py"), default_timeout=60).run()
    monkeypatch.setattr(st, "title", fail)
    app.switch_page(f"../pages/{page}.py").run()
    is_ours(app, content.catalogue.words)
    assert content.catalogue.words("frame.short-status").partition("{")[0] in html(app)
    written = log()
    assert "test_failure.py" in written
    assert "builtins.ValueError" in written
    assert TYPED not in written
    monkeypatch.undo()


@pytest.mark.usefixtures("as_served")
def test_a_missing_text_shows_our_section(
    content: Content, monkeypatch: pytest.MonkeyPatch, log: Callable[[], str]
) -> None:
    """The error of the review: a text that a page needs is not there. The page can be left."""
    words = content.catalogue.words
    lacking = words.evolve(
        entries=tuple(item for item in words.entries if item[0] != "compare.title")
    )
    broken = content.evolve(catalogue=content.catalogue.evolve(words=lacking))
    monkeypatch.setattr(resources, "content", lambda: broken)
    app = AppTest.from_file(str(paths.PACKAGE / "app.py"), default_timeout=60).run()
    app.switch_page("../pages/compare.py").run()
    is_ours(app, words)
    assert "builtins.KeyError" in log()
    app.switch_page("../pages/home.py").run()
    assert words("frame.failed-title") not in html(app)


def failing_callback() -> None:
    """Draw a field whose callback fails."""
    import streamlit as st

    def fail() -> None:
        raise ValueError(st.session_state.typed)

    st.text_input("A field", key="typed", on_change=fail)


def failing_fragment() -> None:
    """Draw a part of a page that fails, and what comes after it."""
    import streamlit as st

    @st.fragment
    def part() -> None:
        raise ValueError("my own private words")

    part()


@pytest.mark.usefixtures("as_served")
def test_a_callback_that_fails_shows_our_section(content: Content, log: Callable[[], str]) -> None:
    """What was typed is in the error, and neither on the page nor in the log."""
    app = AppTest.from_function(failing_callback).run()
    app.text_input(key="typed").set_value(TYPED).run()
    is_ours(app, content.catalogue.words)
    assert "ValueError" in log()
    assert TYPED not in log()


@pytest.mark.usefixtures("as_served")
def test_a_part_of_a_page_that_fails_shows_our_section(
    content: Content, log: Callable[[], str]
) -> None:
    """Once, although Streamlit hands the error on from the part to the page."""
    app = AppTest.from_function(failing_fragment).run()
    is_ours(app, content.catalogue.words)
    assert TYPED not in log()


def test_the_section_is_plain_html(content: Content) -> None:
    """It needs no stylesheet and no script, and its one link leads to the first page."""
    section = failure_section(content.catalogue)
    assert section.count("href=") == 1
    assert 'href="./"' in section
    assert "<script" not in section
