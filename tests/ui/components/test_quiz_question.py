"""One question: a way to answer for each kind, with nothing chosen at first."""

import pytest

from explorer.domain.questions import BANK_KINDS
from tests.ui.components.drawn import drawn, html, mounted


def ask(kind: str) -> None:
    import streamlit as st

    from explorer.domain.questions import QuestionKind
    from explorer.domain.quiz_run import QuizMode, start
    from explorer.ui.components import quiz_question
    from tests.questions import bank, question
    from tests.shipped import shipped

    words = shipped().catalogue.words
    asked = question("q", QuestionKind(kind))
    run = start(QuizMode.PRACTICE, [asked], seed=1, content="v", at="2026-11-23T10:00:00+01:00")
    if kind == "single":
        quiz_question.show_progress(run.answer(("a",)), words, verdict="Right.")
    else:
        quiz_question.show_progress(run, words)
    quiz_question.show_stem(bank(), asked.evolve(stem="<b>Stem</b>"))
    st.text(repr(quiz_question.ask(asked, run.steps[0], "k", words)))
    st.text(repr(quiz_question.ask_sureness("k", words)))


@pytest.mark.parametrize("kind", BANK_KINDS)
def test_nothing_is_chosen_at_first(kind: str) -> None:
    """No kind of question starts with an answer, and nobody is sure of it."""
    app = drawn(ask, str(kind))
    assert [item.value for item in app.text] == ["()", "None"]


def test_the_stem_is_text() -> None:
    """Its signs are shown, not carried out."""
    assert "&lt;b&gt;Stem" in html(drawn(ask, "single"))


def test_the_line_of_the_verdict_gets_the_focus() -> None:
    """It names question and verdict, and the browser moves there at each stage."""
    app = drawn(ask, "single")
    assert "Right. Question 1 of 1 " in html(app)
    assert mounted(app)["explorer_move"]["place"] == "quiz-place"


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("single", "('b',)"), ("order", "('a', 'a')"), ("number", "('12',)")],
)
def test_what_is_chosen_so_far_comes_back(kind: str, answer: str) -> None:
    """Also what is no whole answer yet: the same step in two places, a number with blanks."""
    app = drawn(ask, kind)
    if kind == "single":
        app.radio(key="k.one").set_value("b").run()
    elif kind == "order":
        app.selectbox(key="k.place.1").set_value("a")
        app.selectbox(key="k.place.3").set_value("a").run()
    else:
        app.text_input(key="k.number").input(" 12 ").run()
    assert app.text[0].value == answer
