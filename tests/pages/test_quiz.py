"""The quiz page under AppTest, on the shipped questions."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer import paths
from explorer.content.findings import Report
from explorer.content.load import Content
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.quiz_pick import nurse_check, rests_on, that_matter_most
from explorer.domain.quiz_progress import QuizProgress
from explorer.domain.quiz_run import QuizMode, QuizRun, start
from explorer.domain.record_code import text_of, verify
from tests.domain.test_records import record, run
from tests.questions import bank as small_bank

APP = paths.PACKAGE / "app.py"
AT = "2026-11-27T12:00:00+00:00"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Open the quiz page."""
    opened = AppTest.from_file(str(APP), default_timeout=30).run()
    opened.switch_page("../pages/quiz.py").run()
    assert not opened.exception
    return opened


def html(app: AppTest) -> str:
    """Join everything that was drawn as HTML, without the styles."""
    drawn = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in drawn)


def run_of(app: AppTest) -> QuizRun:
    """Give the run of this tab."""
    return QuizProgress.model_validate_json(app.session_state["quiz.state"]).run


def phase_of(app: AppTest) -> str:
    """Give what is on screen."""
    return str(json.loads(app.session_state["quiz.state"])["phase"])


def current(app: AppTest, content: Content) -> tuple[Question, str]:
    """Give the question on screen and the start of its widgets' keys."""
    run = run_of(app)
    assert run.current is not None
    return content.catalogue.bank.question(run.current.question), (
        f"quiz.{len(run.responses)}.{run.current.question}"
    )


def fill(app: AppTest, content: Content, *, right: bool) -> str:
    """Fill in a right or wrong answer to the question on screen, and give its key."""
    question, key = current(app, content)
    ids = [option.id for option in question.options]
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE:
            chosen = next(option for option in ids if (option in question.keys) is right)
            app.radio(key=f"{key}.one").set_value(chosen)
        case QuestionKind.SEVERAL:
            for option in ids:
                if (option in question.keys) is right:
                    app.checkbox(key=f"{key}.{option}").check()
        case QuestionKind.ORDER:
            for place, option in enumerate(ids if right else reversed(ids), 1):
                app.selectbox(key=f"{key}.place.{place}").set_value(option)
        case QuestionKind.SORT:
            groups = [group.id for group in question.groups]
            for option in question.options:
                wrong = next(group for group in groups if group != option.group)
                app.radio(key=f"{key}.{option.id}").set_value(option.group if right else wrong)
        case QuestionKind.NUMBER:
            assert question.number is not None
            value = question.number.value if right else question.number.value + 1000
            app.text_input(key=f"{key}.number").set_value(str(value))
    return key


def answer(app: AppTest, content: Content, *, right: bool = True) -> None:
    """Answer the question on screen."""
    key = fill(app, content, right=right)
    app.button(key=f"{key}.submit").click().run()
    assert not app.exception


def test_three_ways_to_start(app: AppTest) -> None:
    """There are twelve that matter most, topics, and a nurse's check."""
    labels = [button.label for button in app.button]
    assert labels == ["Start", "Start", "Start the check", "Check these lines"]


def test_the_address_names_medicines(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    """Several, by id or brand; what is none, or has no question, is dropped with a line."""
    from explorer.domain import quiz_address
    from explorer.ui.state import browser

    every = tuple(medicine.id for medicine in content.catalogue.published)
    asked_on = tuple(name for name in every if name != "sarilumab")
    monkeypatch.setattr(quiz_address, "with_questions", lambda _catalogue: asked_on)
    typed = "methotrexate,Humira,<b>,sarilumab"
    monkeypatch.setattr(browser, "options_in_address", lambda: typed)
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.switch_page("../pages/quiz.py").run()
    assert "no medicine named &lt;b&gt;. It was left out." in html(app)
    assert "We have no question on sarilumab yet." in html(app)
    assert any("questions on methotrexate, adalimumab" in item.value for item in app.markdown)
    app.button(key="quiz.start.most").click().run()
    asked = [content.catalogue.bank.question(step.question) for step in run_of(app).steps]
    drawn = [item for item in asked if not item.critical]  # a critical one may rest on them too
    about = [item for item in drawn if {"methotrexate", "adalimumab"} & set(rests_on(item))]
    assert len(about) == 8
    assert len(asked) - len(drawn) == 4


def test_a_clinics_questions_are_asked_apart_and_marked(
    monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    """A part of their own, the mark at each question, and the contact at the foot."""
    from explorer.content.local import read_local
    from explorer.ui import resources

    catalogue = content.catalogue
    own, _ = read_local(
        paths.ROOT / "docs" / "clinic", catalogue, None, lambda _: Report(findings=())
    )
    beside = content.evolve(catalogue=catalogue.evolve(local=own))
    monkeypatch.setattr(resources, "content", lambda: beside)
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.switch_page("../pages/quiz.py").run()
    assert not app.exception
    assert "555-0100" in html(app)
    app.button(key="quiz.start.clinic").click().run()
    assert [step.question for step in run_of(app).steps] == ["clinic-cool-bag"]
    assert '">From your clinic' in html(app)
    app.radio(key="quiz.0.clinic-cool-bag.one").set_value("fridge")
    app.button(key="quiz.0.clinic-cool-bag.submit").click().run()
    assert not app.exception
    assert "Right." in html(app)


def test_topics_ask_for_one(app: AppTest) -> None:
    """Starting without a topic says what to do."""
    app.button(key="quiz.start.topics").click().run()
    assert "Tick at least one topic first." in html(app)


def test_nothing_is_chosen_at_first(app: AppTest, content: Content) -> None:
    """No option is preselected, and sending nothing asks for an answer."""
    app.button(key="quiz.start.most").click().run()
    question, key = current(app, content)
    radios = [radio.value for radio in app.radio]
    assert set(radios) == {None}
    app.button(key=f"{key}.submit").click().run()
    assert phase_of(app) == "ask"
    assert 'role="alert"' in html(app)
    assert question.stem.split()[0] in html(app)


def test_practice_explains_every_option_at_once(app: AppTest, content: Content) -> None:
    """After an answer each option has its reason, and what settles it is linked."""
    app.button(key="quiz.start.most").click().run()
    question, _ = current(app, content)
    answer(app, content, right=False)
    drawn = html(app)
    assert "Not right yet." in drawn
    assert drawn.count("<li") >= len(question.options)
    assert "What settles it" in drawn
    assert 'href="guide#' in drawn or 'href="compare?' in drawn


def test_practice_ends_with_what_was_sure_and_wrong(app: AppTest, content: Content) -> None:
    """Sure and wrong comes first at the end; there is no pass, and the missed can be repeated."""
    app.button(key="quiz.start.most").click().run()
    _, key = current(app, content)
    app.radio(key=f"{key}.sure").set_value("sure")
    answer(app, content, right=False)
    while phase_of(app) == "feedback":
        app.button(key=f"quiz.next.{len(run_of(app).responses)}").click().run()
        if phase_of(app) == "ask":
            answer(app, content)
    assert phase_of(app) == "done"
    assert any("Look at these first" in item.value for item in app.subheader)
    assert "11 of the 12 questions you saw were right." in html(app)
    assert "Passed" not in html(app)
    app.button(key="quiz.repeat").click().run()
    assert len(run_of(app).steps) == 1


def test_ending_early_says_what_was_not_shown(app: AppTest, content: Content) -> None:
    """Skipped and not shown are told apart from wrong."""
    app.button(key="quiz.start.most").click().run()
    _, key = current(app, content)
    app.button(key=f"{key}.skip").click().run()
    assert "You skipped this one." in html(app)
    app.button(key="quiz.end.1").click().run()
    assert any("11 questions were not shown" in item.value for item in app.markdown)
    assert "0 of the 1 questions you saw were right." in html(app)


@pytest.mark.parametrize(
    ("second", "said", "educator"),
    [(True, "Passed.", False), (False, "Not passed yet.", True)],
)
def test_a_nurse_misses_one_critical_concept(
    app: AppTest, content: Content, second: bool, said: str, educator: bool
) -> None:
    """Missing one concept leads to its row, then its parallel question, then the result."""
    app.button(key="quiz.start.check").click().run()
    bank = content.catalogue.bank
    missed = ""
    while phase_of(app) == "ask" and not run_of(app).extra:
        question, _ = current(app, content)
        first = not missed and question.critical
        answer(app, content, right=not first)
        missed = missed or (question.concept or "" if first else "")
        assert "Right." not in html(app)
    assert phase_of(app) == "read"
    drawn = html(app)
    assert "What settles it" in drawn
    assert "This is right." not in drawn
    app.button(key=f"quiz.read.{len(run_of(app).responses)}").click().run()
    parallel, _ = current(app, content)
    assert parallel.concept == missed
    assert parallel.id not in {step.question for step in run_of(app).steps}
    answer(app, content, right=second)
    if not second:
        assert phase_of(app) == "pause"
        assert any("missed twice" in item.value for item in app.header)
        assert bank.concept(missed).card.split(".")[0] in html(app)
        app.button(key=f"quiz.pause.{len(run_of(app).responses)}").click().run()
    assert phase_of(app) == "done"
    assert said in html(app)
    assert "19 of 20 all right at the first try." in html(app)
    lines = app.code[0].value
    assert verify(lines) == ()
    assert any(lines.strip().rsplit(" ", 1)[1] in item.value for item in app.markdown)
    label = bank.concept(missed).label
    assert any("see your educator" in item.value for item in app.markdown) is educator
    assert label.split(":")[0] in html(app)
    assert (
        next(button.label for button in app.get("download_button")) == "Download the record (PDF)"
    )


def test_a_second_check_in_the_tab_asks_other_questions(app: AppTest) -> None:
    """What was shown before is held in the tab, and comes up again only where nothing else is."""
    app.button(key="quiz.start.check").click().run()
    first = run_of(app)
    app.button(key=f"quiz.0.{first.steps[0].question}.skip").click().run()
    app.button(key="quiz.end.1").click().run()
    app.button(key="quiz.again").click().run()
    app.button(key="quiz.start.check").click().run()
    second = run_of(app)
    assert second.seen == tuple(step.question for step in first.steps[:2][:1])
    assert first.steps[0].question not in {step.question for step in second.steps}


@pytest.mark.parametrize("changed", [False, True])
def test_a_record_can_be_checked_on_the_page(app: AppTest, changed: bool) -> None:
    """Lines that fit are said to fit and to be no signature; else the part is named."""
    questions = small_bank()
    lines = text_of(record(questions, run(questions, lambda _: True)))
    if changed:
        lines = lines.replace("seconds: 760", "seconds: 60")
    app.text_area(key="quiz.verify.lines").set_value(lines)
    app.button(key="quiz.verify.check").click().run()
    drawn = html(app)
    assert ("seconds: this does not fit the check code" in drawn) is changed
    assert ("It is no signature" in drawn) is not changed


def test_a_check_gets_its_number_from_the_browser(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in the run once the browser has told it, and nothing is counted in practice."""
    from explorer.ui.components import attempt_count

    monkeypatch.setattr(attempt_count, "number", lambda *_, **__: 4)
    app.button(key="quiz.start.check").click().run()
    assert run_of(app).attempt == 4
    app.button(key=f"quiz.0.{run_of(app).steps[0].question}.skip").click().run()
    app.button(key="quiz.end.1").click().run()
    assert any("4 in this browser" in item.value for item in app.markdown)


def test_a_run_survives_another_page(app: AppTest, content: Content) -> None:
    """Looking something up in the guide and coming back loses nothing."""
    app.button(key="quiz.start.most").click().run()
    answer(app, content)
    before = run_of(app)
    app.switch_page("../pages/guide.py").run()
    app.switch_page("../pages/quiz.py").run()
    assert run_of(app) == before
    assert phase_of(app) == "feedback"


def test_starting_again_forgets_the_run(app: AppTest, content: Content) -> None:
    """After "start again" nothing of the run is left in the session."""
    app.button(key="quiz.start.most").click().run()
    answer(app, content)
    app.button(key="quiz.end.1").click().run()
    app.button(key="quiz.again").click().run()
    assert app.session_state["quiz.state"] is None
    assert app.button[0].label == "Start"


def test_answers_never_enter_the_address(app: AppTest, content: Content) -> None:
    """Nothing of a run is in the page's address."""
    app.button(key="quiz.start.most").click().run()
    answer(app, content)
    assert not dict(app.query_params)


def test_no_live_region_holds_more_than_a_line(content: Content) -> None:
    """Else a right action is heard right behind "This is not right"."""
    from explorer.export import quiz_html

    catalogue = content.catalogue
    for question in catalogue.bank.questions:
        order = tuple(option.id for option in question.options)
        given = order[:1] if question.kind is QuestionKind.SINGLE else None
        html = quiz_html.feedback(question, given, order, (), catalogue)
        assert "role=" not in html
        assert "aria-live" not in html


@pytest.mark.parametrize(("right", "verdict"), [(True, "Right."), (False, "Not right yet.")])
def test_the_verdict_is_a_line_of_its_own(
    app: AppTest, content: Content, verdict: str, *, right: bool
) -> None:
    """What takes the focus after an answer is the verdict alone; the reasons are plain text."""
    app.button(key="quiz.start.most").click().run()
    answer(app, content, right=right)
    drawn = html(app)
    place = re.findall(r'<div id="quiz-place"[^>]*><p[^>]*>(.*?)<progress', drawn, re.DOTALL)
    assert [" ".join(text.split()) for text in place] == [f"{verdict} Question 1 of 12"]
    assert not re.search(r'role="(status|alert|log)"|aria-live', drawn[drawn.index("ax-verdict") :])


def test_live_regions_are_a_line_or_two() -> None:
    """No page, template or component makes a region live that holds lists, headings or tables.

    A screen reader says all of a live region at once, and in pieces again.
    """
    live = re.compile(
        r"<(?P<tag>\w+)[^<>]*(?:role=[\"'](?:status|alert|log)|aria-live=)[^<>]*>(?P<held>.*?)</(?P=tag)>",
        re.DOTALL,
    )
    found = 0
    for path in sorted(paths.PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".j2", ".js"}:
            continue
        for match in live.finditer(path.read_text("utf-8")):
            found += 1
            held = match["held"]
            assert not re.search(r"<(ul|ol|dl|table|h\d|details|form|div|section)\b", held), (
                path.name
            )
            assert held.count("<p>") <= 2, path.name
    assert found > 20


@pytest.mark.parametrize("kind", ["most", "check"])
def test_the_end_is_heard_by_one_line(app: AppTest, content: Content, kind: str) -> None:
    """In practice and in a check: it takes the focus, and no live region says it once more."""
    app.button(key=f"quiz.start.{kind}").click().run()
    answer(app, content)
    if kind == "most":
        app.button(key="quiz.next.1").click().run()
    app.button(key="quiz.end.1").click().run()
    assert phase_of(app) == "done"
    assert not re.search(r'role="(status|alert|log)"|aria-live', html(app).partition("ax-foot")[0])
    (line,) = re.findall(
        r'<div id="quiz-place" tabindex="-1"><p[^>]*>(.*?)</p></div>', html(app), re.S
    )
    assert 10 < len(line) < 250


def test_a_question_is_heard_whole_when_the_quiz_starts(app: AppTest) -> None:
    """What takes the focus holds number, case and stem; choosing was a stage, so that Start moves."""
    app.button(key="quiz.start.most").click().run()
    (held,) = re.findall(r'<div id="quiz-place" tabindex="-1">(.*?)</div>', html(app), re.S)
    said = " ".join(re.sub(r"<[^>]*>", " ", held).split())
    assert said.startswith("Question 1 of 12")
    assert '<h2 class="ax-stem">' in held


@pytest.fixture
def held_in_the_tab(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """Open the quiz page in a tab that holds a text."""
    from explorer.ui.components import tab_storage

    def opened(text: str) -> AppTest:
        monkeypatch.setattr(tab_storage, "load", lambda *_, **__: text)
        app = AppTest.from_file(str(APP), default_timeout=30).run()
        app.switch_page("../pages/quiz.py").run()
        assert not app.exception, text
        return app

    return opened


REPAIRED = "We put it right, and kept each answer that still fits."
NOT_KEPT = "does not fit our questions any more. Please start again."


def test_a_sound_run_of_the_tab_is_gone_on_with(
    content: Content, held_in_the_tab: Callable[[str], AppTest]
) -> None:
    """Without a word: it is as it was."""
    bank = content.catalogue.bank
    run = start(QuizMode.CHECK, nurse_check(bank, 1), seed=1, content="v", at=AT).skip()
    app = held_in_the_tab(QuizProgress(phase="ask", run=run).model_dump_json())
    assert run_of(app) == run
    assert REPAIRED not in html(app)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phase": "done"}, REPAIRED),
        ({"phase": "party"}, REPAIRED),
        ({"run.ended": "now"}, REPAIRED),
        ({"run.started": ""}, REPAIRED),
        ({"run.seed": "1"}, REPAIRED),
        ({"run.steps": []}, NOT_KEPT),
        ({"run.steps": [{"question": "nothing", "options": []}]}, NOT_KEPT),
        ({"run": "x"}, NOT_KEPT),
    ],
)
def test_a_run_that_does_not_fit_is_put_right_and_said(
    content: Content,
    held_in_the_tab: Callable[[str], AppTest],
    changes: dict[str, Any],
    said: str,
) -> None:
    """What can be gone on with is; else the choice is there again. Both are said in a line."""
    bank = content.catalogue.bank
    run = start(QuizMode.PRACTICE, that_matter_most(bank, 1), seed=1, content="v", at=AT).skip()
    held = QuizProgress(phase="feedback", run=run).model_dump(mode="json")
    for name, value in changes.items():
        first, _, second = name.partition(".")
        if second:
            held[first][second] = value
        else:
            held[first] = value
    app = held_in_the_tab(json.dumps(held))
    assert said in html(app)
    if said == REPAIRED:
        assert run_of(app).responses == run.responses
        assert [step.question for step in run_of(app).steps] == [
            step.question for step in run.steps
        ]
    else:
        assert app.button[0].label == "Start"


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 3000, '"x"', "{}"])
def test_whatever_text_a_tab_holds_the_page_comes_up(
    held_in_the_tab: Callable[[str], AppTest], text: str
) -> None:
    """The choice is there, and a text that is no run at all is said to be lost."""
    app = held_in_the_tab(text)
    assert app.button[0].label == "Start"
    assert (NOT_KEPT in html(app)) is bool(text)
