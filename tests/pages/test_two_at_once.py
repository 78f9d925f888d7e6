"""Two widgets, or all of a page, change before the server answers: no page dies, no text is lost.

A browser sends what was typed together with the next press. On a slow line, several changes come
with one message.
"""

import random
from collections.abc import Callable
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from explorer import paths, runtime
from explorer.classes.service import ClassService
from explorer.content.load import Content
from explorer.domain.compare_url import Choice
from explorer.domain.questions import BANK_KINDS, QuestionKind
from explorer.domain.visit import MOST_CONCERNS, Visit
from explorer.settings import load_settings
from explorer.store.memory import MemoryStore
from explorer.ui.views import quiz
from tests.pages.drawn import html

pytestmark = pytest.mark.slow

APP = paths.PACKAGE / "app.py"
COMPARED = Choice(condition="ra", options=("methotrexate", "adalimumab", "anakinra"))
OWN = "my garden"
FOUR = ("how-often", "route", "tests", "alcohol")


@pytest.fixture(autouse=True)
def same_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the same questions in each run of the tests."""
    monkeypatch.setattr(quiz, "_seed", lambda: 1)


@pytest.fixture(autouse=True)
def teaching(monkeypatch: pytest.MonkeyPatch) -> ClassService:
    """Give the pages the shipped content and a service of this test's own."""
    for name in ("DATA", "PUBLIC_URL", "TEACH_PASSPHRASE"):
        monkeypatch.delenv(f"EXPLORER_{name}", raising=False)
    made = ClassService(MemoryStore())
    content = runtime.current().content
    in_force = cache(lambda: runtime.Runtime(load_settings(), content, made))  # from the first page
    monkeypatch.setattr(runtime, "current", in_force)
    return made


def opened(page: str, **state: object) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state["teach.address"] = "none"
    app.session_state["compare.choice"] = COMPARED.model_dump_json()
    for name, value in state.items():
        app.session_state[name.replace("__", ".")] = value
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def entered(app: AppTest) -> Visit:
    return Visit.model_validate_json(app.session_state["visit.state"])


def own(app: AppTest) -> list[str]:
    """Give the points in own words."""
    return [item.text for item in entered(app).own_points]


def ticked(app: AppTest) -> set[str]:
    return {item.concern for item in entered(app).picked}


def test_a_fifth_box_and_own_words_at_once_lose_nothing_and_the_page_lives() -> None:
    """Four picks, own words without Enter, a fifth box, the sheet: the own words stand there."""
    app = opened("visit")
    for concern in FOUR:
        app.checkbox(key=f"visit.w.pick.{concern}").check().run()
    app.text_input(key="visit.w.own.0").input(OWN)
    app.checkbox(key="visit.w.pick.cost").check().run()
    assert not app.exception
    assert own(app) == [OWN]
    assert ticked(app) == set(FOUR)
    assert not app.checkbox(key="visit.w.pick.cost").value
    assert "Left out again, so that no more than five are picked: Cost and access." in html(app)
    app.button(key="visit.to.sheet").click().run()
    assert not app.exception
    assert OWN in html(app)
    app.switch_page("../pages/guide.py").run()
    app.switch_page("../pages/visit.py").run()
    assert not app.exception
    assert OWN in html(app)


def test_the_press_to_the_sheet_comes_with_both() -> None:
    """The fifth box, the own words and the press in one message."""
    app = opened("visit")
    for concern in FOUR:
        app.checkbox(key=f"visit.w.pick.{concern}").check().run()
    app.text_input(key="visit.w.own.0").input(OWN)
    app.checkbox(key="visit.w.pick.cost").check()
    app.button(key="visit.to.sheet").click().run()
    assert not app.exception
    assert (own(app), ticked(app)) == ([OWN], set(FOUR))
    assert OWN in html(app)
    line = "Left out again, so that no more than five are picked: Cost and access."
    assert line in html(app)
    app.button(key="visit.to.matters").click().run()
    assert line not in html(app)


def test_own_words_that_come_after_five_picks_stay() -> None:
    """One pick goes, the one without a typed reason; reasons are typed texts too."""
    app = opened("visit")
    for concern in (*FOUR, "cost"):
        app.checkbox(key=f"visit.w.pick.{concern}").check().run()
    for concern in ("how-often", "route", "tests", "cost"):
        app.text_input(key=f"visit.w.why.{concern}").input(f"why {concern}").run()
    app.session_state["visit.w.own.0"] = OWN  # sent before the box was drawn as closed
    app.run()
    assert not app.exception
    assert own(app) == [OWN]
    assert ticked(app) == {"how-often", "route", "tests", "cost"}


def test_a_typed_reason_without_a_place_is_shown_to_copy() -> None:
    """Where each pick has a reason, the reason that goes is handed back until it is not needed."""
    app = opened("visit")
    for concern in (*FOUR, "cost"):
        app.checkbox(key=f"visit.w.pick.{concern}").check().run()
        app.text_input(key=f"visit.w.why.{concern}").input(f"why {concern}").run()
    app.session_state["visit.w.own.0"] = OWN  # sent before the box was drawn as closed
    app.run()
    assert not app.exception
    kept = {item.why for item in entered(app).picked}
    (spare,) = {f"why {concern}" for concern in (*FOUR, "cost")} - kept
    assert [box.value for box in app.text_area if "found no place" in box.label] == [spare]
    app.button(key="visit.spare-done").click().run()
    assert [box for box in app.text_area if "found no place" in box.label] == []


def test_clearing_it_all_right_after_typing_clears_it_all() -> None:
    """The text that comes along with the press is not held against the reader's will."""
    app = opened("visit")
    app.text_area(key="visit.w.notes").input("Sore hands").run()
    app.text_input(key="visit.w.own.0").input(OWN)
    app.button(key="path.start-again").click().run()
    assert not app.exception
    assert OWN not in repr(app.session_state)


def test_all_concerns_at_once_are_five() -> None:
    """Every box in one message: five stay."""
    app = opened("visit")
    for box in app.checkbox:
        if box.key.startswith("visit.w.pick."):
            box.check()
    app.run()
    assert not app.exception
    assert len(entered(app).picked) == MOST_CONCERNS


def test_a_held_visit_that_is_invalid_is_put_right_and_said() -> None:
    """What an earlier version left in the session stops no page; the texts stay."""
    held = (
        '{"picked": [' + ",".join(f'{{"concern": "{name}"}}' for name in (*FOUR, "cost")) + "],"
        f' "own": "{OWN}", "notes": "Sore hands"}}'
    )
    app = opened("visit", visit__state=held)
    assert "Please look it over." in html(app)
    assert app.text_input(key="visit.w.own.0").value == OWN
    assert app.text_area(key="visit.w.notes").value == "Sore hands"
    assert sum(box.value for box in app.checkbox if box.key.startswith("visit.w.pick.")) == 4


def test_a_tab_that_held_an_invalid_visit_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a reload nothing typed is gone, and a line says that something was put right."""
    from explorer.ui.components import tab_storage

    picked = ",".join(f'{{"concern": "{name}", "why": "why {name}"}}' for name in (*FOUR, "cost"))
    held = f'{{"choice": {COMPARED.model_dump_json()}, "visit": {{"picked": [{picked}], "own": "{OWN}"}}}}'
    monkeypatch.setattr(tab_storage, "load", lambda *_, **__: held)
    app = opened("visit")
    assert "Please look it over." in html(app)
    assert app.text_input(key="visit.w.own.0").value == OWN
    assert [box.value for box in app.text_area if "found no place" in box.label] == ["why cost"]


LONG_TEXT = "A long line. <b>[x](y)</b> " * 60


def change_all(app: AppTest, chance: random.Random) -> None:
    """Change every widget of a page, or some, to anything that it can hold; nothing is sent yet."""
    share = chance.choice((0.3, 1.0))
    for box in app.checkbox:
        if chance.random() < share and not box.disabled:
            box.set_value(chance.random() < 0.8)
    for box in (*app.text_input, *app.text_area):
        if chance.random() < share and not box.disabled:
            box.set_value(chance.choice(("", "  ", "x", LONG_TEXT)))
    for box in (*app.radio, *app.selectbox):
        if chance.random() < share and box.options:
            box.set_value(chance.choice(box.options))


def quiz_started(kind: str) -> Callable[[], AppTest]:
    def start() -> AppTest:
        app = opened("quiz")
        return app.button(key=f"quiz.start.{kind}").click().run()

    return start


def quiz_ended() -> AppTest:
    app = quiz_started("check")()
    app.button(key=next(b.key for b in app.button if str(b.key).endswith(".skip"))).click().run()
    app.button(key="quiz.end.1").click().run()
    return app


def on_the_sheet() -> AppTest:
    return opened("visit", visit__step="sheet")


def on_the_console() -> AppTest:
    app = opened("teach")
    return app.button(key="teach.open").click().run()


def with_all_open(page: str, *keys: str) -> Callable[[], AppTest]:
    def start() -> AppTest:
        app = opened(page)
        for key in keys:
            app.session_state[key] = True
        return app.run()

    return start


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", [kind for kind in BANK_KINDS if kind != "true-false"])
def test_any_answer_of_any_kind_is_judged_or_asked_again(
    content: Content, monkeypatch: pytest.MonkeyPatch, kind: QuestionKind, seed: int
) -> None:
    """All boxes of a question change at once, with the press: an answer, or a line what to do."""
    question = next(item for item in content.catalogue.bank.questions if item.kind is kind)
    monkeypatch.setattr(quiz, "that_matter_most", lambda *_: (question,))
    monkeypatch.setattr(quiz, "_seed", lambda: seed)
    app = quiz_started("most")()
    chance = random.Random(f"{kind}/{seed}")
    for _ in range(3):
        change_all(app, chance)
        app.button(key=f"quiz.0.{question.id}.submit").click().run()
        assert not app.exception
        if "What settles it" in html(app):
            return
        assert 'role="alert"' in html(app)


def test_a_class_of_everything_opens(teaching: ClassService) -> None:
    """Every point, every topic, a long name and the press in one message."""
    app = opened("teach")
    for box in app.checkbox:
        if box.key.startswith(("teach.point.", "teach.topic.")):
            box.check()
    app.text_input(key="teach.name").set_value(LONG_TEXT)
    app.button(key="teach.own-open").click().run()
    assert not app.exception
    assert "teach.keys" in app.session_state
    assert len(teaching.listed()) == 1


PAGES: dict[str, Callable[[], AppTest]] = {
    "compare": with_all_open("compare", "compare.chooser", "compare.taken"),
    "visit": with_all_open("visit", "visit.all", "visit.pictures"),
    "visit without a choice": lambda: opened("visit", compare__choice=Choice().model_dump_json()),
    "sheet": on_the_sheet,
    "quiz": lambda: opened("quiz"),
    "quiz check": quiz_started("check"),
    "quiz end": quiz_ended,
    "sources": lambda: opened("sources"),
    "teach": lambda: opened("teach"),
    "console": on_the_console,
    "results": lambda: opened("results"),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("page", PAGES)
def test_all_at_once_stops_no_page(page: str, seed: int) -> None:
    """Everything changes in one message, with a press; then again. The page is drawn each time."""
    chance = random.Random(f"{page}/{seed}")
    app = PAGES[page]()
    assert not app.exception
    for _ in range(2):
        change_all(app, chance)
        buttons = [button for button in app.button if not button.disabled]
        if buttons and chance.random() < 0.7:
            chance.choice(buttons).click()
        app.run()
        assert not app.exception
        assert app.title or "<h1>" in html(app)
