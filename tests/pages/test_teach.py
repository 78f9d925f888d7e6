"""The pages of who teaches, with AppTest, on the service that the phones' page uses."""

import json
import re
from base64 import b64encode
from functools import cache
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from explorer import paths, runtime
from explorer.classes.service import ClassService
from explorer.domain.class_links import ClassKeys
from explorer.domain.grading import UNREADABLE
from explorer.domain.lesson_plan import LessonPlan
from explorer.domain.own_questions import OwnDraft, OwnDraftOption
from explorer.domain.own_questions import finished as finished_own
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import (
    Action,
    ClassState,
    NoSuchClass,
    NotJoined,
    PlannedQuestion,
    StoredAnswer,
    TeachingPhase,
    Unavailable,
    Unreadable,
)
from explorer.settings import load_settings
from explorer.store.memory import MemoryStore
from explorer.ui.components import kept_classes
from tests.ui.components.drawn import tell

pytestmark = pytest.mark.slow

APP = paths.PACKAGE / "app.py"
KEYS = "teach.keys"


@pytest.fixture
def teaching(monkeypatch: pytest.MonkeyPatch) -> ClassService:
    """Give a service of this test's own, which the pages use too."""
    for name in ("DATA", "PUBLIC_URL", "TEACH_PASSPHRASE"):
        monkeypatch.delenv(f"EXPLORER_{name}", raising=False)
    made = ClassService(MemoryStore())
    content = runtime.current().content
    in_force = cache(lambda: runtime.Runtime(load_settings(), content, made))  # from the first page
    monkeypatch.setattr(runtime, "current", in_force)
    return made


def opened(page: str, **state: object) -> AppTest:
    """Open a page in a new tab whose address was read."""
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.session_state["teach.address"] = "none"
    for name, value in state.items():
        app.session_state[name.replace("_", ".")] = value
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def with_keys(page: str, keys: ClassKeys) -> AppTest:
    """Open a page by a link that carries keys."""
    return opened(page, teach_keys=keys.model_dump_json())


def html(app: AppTest) -> str:
    """Join everything that was drawn as HTML, without the styles."""
    drawn = (str(element.proto.body) for element in app.get("html"))
    return unescape(
        "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in drawn)
    )


def held(app: AppTest) -> str:
    """Write out all that the tab's session holds, whatever its names."""
    return repr(app.session_state)


def keys_of(app: AppTest) -> ClassKeys:
    return ClassKeys.model_validate_json(app.session_state[KEYS])


def new_class() -> tuple[AppTest, ClassKeys]:
    """Open the ready lesson by its button."""
    app = opened("teach")
    app.button(key="teach.open").click().run()
    assert not app.exception
    return app, keys_of(app)


def press(app: AppTest, teaching: ClassService, action: Action) -> None:
    """Press a button of the console."""
    version = teaching.host(keys_of(app).console).version
    app.button(key=f"teach.press.{action}.{version}").click().run()
    assert not app.exception


def code_of(teaching: ClassService, keys: ClassKeys) -> str:
    return teaching.host(keys.console).code


def play(teaching: ClassService, keys: ClassKeys, presses: str) -> None:
    for name in presses.split():
        teaching.advance(keys.console, Action(name), teaching.host(keys.console).version)


def test_one_press_opens_the_ready_lesson(teaching: ClassService) -> None:
    """Twelve questions, people can join at once, and no key is drawn on the page."""
    app, keys = new_class()
    standing = teaching.host(keys.console)
    assert (standing.total, standing.state) == (12, ClassState.OPEN)
    drawn = html(app)
    spoken = f"{standing.code[:3]} {standing.code[3:]}"
    assert spoken in drawn
    assert keys.console not in drawn
    assert f"teach#projector={keys.projector}" in drawn


def test_a_file_of_questions_goes_into_the_plan(teaching: ClassService) -> None:
    """What fits is in the plan, what does not is named as text, and a broken file is refused."""
    app = opened("teach")
    text = b"One? {=yes ~no}\n\nTwo? {=a <script>x</script> ~b}\n\nThree {=<b>a</b> ~b"
    tell(app, "teach.own-file", f"file:{b64encode(text).decode()}")
    drawn = html(app)
    assert "Questions put into the plan: 1." in drawn
    assert "Left out: 2" in drawn
    assert "line 3: not taken: it holds <script>; only text is read" in drawn
    plan = LessonPlan.model_validate_json(app.session_state["teach.plan"])
    assert [item.stem for item in plan.own] == ["One?"]
    assert "<script>x" not in "".join(str(item.proto.body) for item in app.get("html"))
    app.selectbox(key="teach.exchange.topic").set_value("the-plan").run()
    assert "Questions in the file: 1." in html(app)
    tell(app, "teach.own-file", "file:AAAA")
    assert "Nothing of this file was read" in html(app)
    assert LessonPlan.model_validate_json(app.session_state["teach.plan"]) == plan


def test_the_questions_leave_for_a_learning_platform(teaching: ClassService) -> None:
    """What a format cannot hold is said before the file, and another format is told anew."""
    app = opened("teach")
    assert "each step with its place" in html(app)
    app.selectbox(key="teach.exchange.format").set_value("aiken").run()
    assert not app.exception
    assert "only one right answer among options fits" in html(app)
    assert [item.label for item in app.get("download_button")] == [
        "Make the file",
        "Make the worksheet (PDF)",
    ]


def test_the_link_is_shown_once_after_opening(teaching: ClassService) -> None:
    """Until the host says that it is kept; whoever comes by a link is not asked."""
    app, keys = new_class()
    assert "Keep the way back" in html(app)
    app.button(key="teach.keep.done").click().run()
    assert "Keep the way back" not in html(app)
    assert "Keep the way back" not in html(with_keys("teach", keys))


def test_a_class_of_this_browser_is_offered_again(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One press opens its console; one that was deleted is not offered, and one can be forgotten."""
    _, keys = new_class()
    gone = ClassKeys(console="gone", projector="p", report="r")
    told = json.dumps([keys.fragment, gone.fragment, "report=r", 3])
    sent: list[dict[str, object]] = []

    def answer(**given: Any) -> SimpleNamespace:
        sent.append(given["data"])
        return SimpleNamespace(found=told)

    monkeypatch.setattr(kept_classes, "_component", answer)
    code = code_of(teaching, keys)
    app = opened("teach")
    assert [key for key in labels(app) if ".kept.open." in key] == [f"teach.kept.open.{code}"]
    app.run()
    assert sent[-1]["drop"] == [gone.fragment]
    app.button(key=f"teach.kept.drop.{code}").click().run()
    assert [key for key in labels(app) if ".kept." in key] == []
    app = opened("teach")
    app.button(key=f"teach.kept.open.{code}").click().run()
    assert keys_of(app) == keys


def test_own_choice_asks_points_twice_and_topics_once(teaching: ClassService) -> None:
    """One point and one topic: a pair, and the topic's questions, under the name that was typed."""
    app = opened("teach")
    app.checkbox(key="teach.point.c8-do-not-start").check()
    app.checkbox(key="teach.topic.pregnancy").check()
    app.text_input(key="teach.name").set_value("Tuesday group").run()
    assert "Questions in all: 4" in html(app)
    app.button(key="teach.own-open").click().run()
    standing = teaching.host(keys_of(app).console)
    assert (standing.title, standing.total) == ("Tuesday group", 4)


def test_a_plan_is_prepared_question_by_question(teaching: ClassService) -> None:
    """A point before and after, a question ticked and moved; a question taken out is gone.

    What is ticked at the head of the page holds for the plan too, and the other way round.
    """
    app = opened("teach")
    app.checkbox(key="teach.later").check().run()
    app.button(key="teach.plan-point-add").click().run()
    ticks = [box for box in app.checkbox if (box.key or "").startswith("teach.tick.")]
    free, out = [box for box in ticks if not box.value][:2]
    app.radio(key="teach.plan-phase").set_value("free").run()
    app.checkbox(key=out.key).check().run()
    app.checkbox(key=free.key).check().run()
    names = [str(box.key).removeprefix("teach.tick.") for box in (free, out)]
    app.button(key=f"teach.plan.up.{names[0]}").click().run()
    app.button(key=f"teach.plan.out.{names[1]}").click().run()
    app.number_input(key="teach.plan-teaching").set_value(20).run()
    assert "Questions: 3" in html(app)
    assert app.checkbox(key="teach.plan-later").value
    app.checkbox(key="teach.plan-later").uncheck().run()
    assert not app.checkbox(key="teach.later").value
    app.button(key="teach.plan-class").click().run()
    assert not app.exception
    session = teaching._lookup.by_code(teaching.host(keys_of(app).console).code)
    asked = [(item.phase.value, item.question.id, item.drawn) for item in session.plan]
    assert [item[0] for item in asked] == ["before", "after", "free"]
    assert asked[2][1] == names[0]
    assert [item[2] for item in asked] == [True, True, False]


def test_a_typed_name_is_plain_text(teaching: ClassService) -> None:
    """Signs in the lesson's name are shown as they are, on the console and on the room's screen."""
    app = opened("teach")
    app.checkbox(key="teach.topic.pregnancy").check()
    app.text_input(key="teach.name").set_value("<b>A</b> *group*").run()
    app.button(key="teach.own-open").click().run()
    for drawn in (app, with_keys("teach", ClassKeys(projector=keys_of(app).projector))):
        bodies = [str(element.proto.body) for element in drawn.get("html")]
        heads = [text for text in bodies if text.startswith("<h1>")]
        assert len(heads) == 1
        assert "&lt;b&gt;A&lt;/b&gt; *group*" in heads[0]


def test_nothing_chosen_opens_nothing(teaching: ClassService) -> None:
    """Without a point or topic the page says what is missing."""
    app = opened("teach")
    app.button(key="teach.own-open").click().run()
    assert "Pick at least one point or topic." in html(app)
    assert KEYS not in app.session_state
    assert teaching.listed() == ()


def test_nurses_are_asked_their_own_points(teaching: ClassService) -> None:
    """For nurses the ready lesson starts with the points that only nurses must know."""
    app = opened("teach")
    app.radio(key="teach.whom").set_value("nurse").run()
    app.button(key="teach.open").click().run()
    keys = keys_of(app)
    play(teaching, keys, "next")
    planned = teaching.host(keys.console).planned
    assert planned is not None
    assert planned.question.concept == "c9-neutrophils"


def test_without_the_passphrase_there_is_no_button(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a passphrase set, wrong words open nothing and the right ones do."""
    monkeypatch.setenv("EXPLORER_TEACH_PASSPHRASE", "green apples")
    app = opened("teach")
    assert [item for item in app.button if item.key == "teach.open"] == []
    app.text_input(key="teach.passphrase").set_value("pears")
    app.button[0].click().run()
    assert "These are not the words" in html(app)
    assert [item for item in app.button if item.key == "teach.open"] == []
    app.text_input(key="teach.passphrase").set_value("green apples")
    app.button[0].click().run()
    assert app.button(key="teach.open").label == "Open the class"


def test_an_address_of_this_computer_only_is_said(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where phones cannot come in, the page says what to do; with a public address it does not."""
    assert "--host 0.0.0.0" in html(opened("teach"))
    monkeypatch.setenv("EXPLORER_PUBLIC_URL", "https://class.example.org")
    runtime.current.cache_clear()  # type: ignore[attr-defined] - as a server started with it
    app, keys = new_class()
    assert "--host 0.0.0.0" not in html(app)
    assert "https://class.example.org/join" in html(app)
    assert "https://class.example.org/join" in html(with_keys("teach", keys))


def test_a_question_from_reading_to_why(teaching: ClassService) -> None:
    """The console leads through the steps; the room's screen never shows more than it may."""
    app, keys = new_class()
    room = ClassKeys(projector=keys.projector)
    person = teaching.join(code_of(teaching, keys))
    press(app, teaching, Action.NEXT)
    screen = with_keys("teach", room)
    question = teaching.host(keys.console).planned
    assert question is not None
    texts = [option.text for option in question.question.options]
    assert "The answers come in a moment" in html(screen)
    assert not any(text in html(screen) for text in texts)
    press(app, teaching, Action.SHOW)
    screen = with_keys("teach", room)
    assert all(text in html(screen) for text in texts)
    assert "ax-bars" not in html(screen)
    right = next(option.id for option in question.question.options if option.key)
    code = code_of(teaching, keys)
    teaching.answer(code, person, teaching.participant(code, person).position_token, (right,))
    app.run()
    assert "Answered: 1 of 1" in html(app)
    press(app, teaching, Action.CLOSE)
    screen = with_keys("teach", room)
    assert "ax-bars" in html(screen)
    assert "Right answer" not in html(screen)
    press(app, teaching, Action.REVEAL)
    screen = with_keys("teach", room)
    assert html(screen).count("ax-room-option") == 1
    assert "From:" not in html(screen)
    while Action.MORE in teaching.host(keys.console).allowed_actions:
        press(app, teaching, Action.MORE)
    assert "From:" in html(with_keys("teach", room))


def test_hands_are_typed_on_the_console_and_stand_on_the_rooms_screen(
    teaching: ClassService,
) -> None:
    """The screen shows them with the phones' answers once the question is closed."""
    app, keys = new_class()
    press(app, teaching, Action.NEXT)
    press(app, teaching, Action.SHOW)
    fields = [item for item in app.number_input if (item.key or "").startswith("teach.hands.")]
    fields[0].set_value(4)
    button = next(item for item in app.button if item.label == "Add these hands")
    button.click().run()
    assert not app.exception
    assert "By hands, in the chart: 4" in html(app)
    press(app, teaching, Action.CLOSE)
    screen = with_keys("teach", ClassKeys(projector=keys.projector))
    assert "Answers given: 4" in html(screen)


def test_the_rooms_screen_has_nothing_to_press(teaching: ClassService) -> None:
    """The projector's key shows no button and no other key."""
    _, keys = new_class()
    screen = with_keys("teach", ClassKeys(projector=keys.projector))
    assert list(screen.button) == []
    assert keys.console not in html(screen)
    assert keys.report not in html(screen)
    assert "/join" in html(screen)


def test_two_hosts_stay_in_step_and_press_once(teaching: ClassService) -> None:
    """A press on an old view moves nothing and says so; the next look shows where it stands."""
    app, keys = new_class()
    other = with_keys("teach", keys)
    press(app, teaching, Action.NEXT)
    old = next(item for item in other.button if (item.key or "").startswith("teach.press.next"))
    old.click().run()
    assert teaching.host(keys.console).place == 1
    assert "Question 1 of 12" in html(other)


def test_a_second_vote_stands_beside_the_first(teaching: ClassService) -> None:
    """After the second vote both columns are on the room's screen."""
    app, keys = new_class()
    play(teaching, keys, "next show close again close")
    app.run()
    screen = with_keys("teach", ClassKeys(projector=keys.projector))
    assert ">First vote</th>" in html(screen)
    assert ">Second vote</th>" in html(screen)
    assert "second vote" in html(screen)


def test_ending_early_keeps_the_report(teaching: ClassService) -> None:
    """The button in the folded part ends the class from wherever it stands."""
    app, keys = new_class()
    play(teaching, keys, "next show")
    app.run()
    assert app.button(key="teach.end").disabled
    app.checkbox(key="teach.end-sure").check().run()
    app.button(key="teach.end").click().run()
    assert teaching.host(keys.console).state is ClassState.ENDED
    assert "The class has ended." in html(app)
    press(app, teaching, Action.RESUME)
    assert teaching.host(keys.console).state is ClassState.CLOSED
    assert app.button(key="teach.end").disabled
    app.checkbox(key="teach.end-sure").check().run()
    app.button(key="teach.end").click().run()
    app.button(key="teach.another").click().run()
    assert app.button(key="teach.open").label == "Open the class"
    assert teaching.host(keys.console).state is ClassState.ENDED


def test_deleting_needs_a_tick_and_is_at_once(teaching: ClassService) -> None:
    """The button is off until it is meant; then class and keys are gone."""
    app, keys = new_class()
    assert app.button(key="teach.delete").disabled
    app.checkbox(key="teach.delete-sure").check().run()
    app.button(key="teach.delete").click().run()
    with pytest.raises(NoSuchClass):
        teaching.host(keys.console)
    assert "are deleted" in html(app)
    assert app.button(key="teach.open").label == "Open the class"


def test_forgetting_a_class_leaves_no_key_in_the_tab(teaching: ClassService) -> None:
    """On a shared computer a host leaves no key behind; the class goes on, and its link opens it.

    The button is off until the host says that the link is kept: without it a class has no host.
    """
    app, keys = new_class()
    assert keys.console in held(app)
    assert app.button(key="teach.forget").label == "Forget this class on this computer"
    assert app.button(key="teach.forget").disabled
    app.checkbox(key="teach.forget-sure").check().run()
    app.button(key="teach.forget").click().run()
    assert not app.exception
    assert keys.console not in held(app)
    assert app.session_state["teach.left"] is True
    assert "delete the history of this browser" in html(app)
    assert app.button(key="teach.open").label == "Open the class"
    assert teaching.host(keys.console).state is not ClassState.ENDED
    again = with_keys("teach", keys)
    assert again.button(key="teach.forget").disabled


def test_a_late_message_of_the_console_changes_no_forgotten_class(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser sent it before it drew the page without the switch: the message stays, too."""
    app, keys = new_class()
    app.checkbox(key="teach.forget-sure").check().run()
    app.toggle(key="teach.asks-sureness-now").set_value(True)
    late = WidgetStates()  # as a browser sends them: no button that was not pressed
    for state in app._tree.get_widget_states().widgets:
        if state.WhichOneof("value") != "trigger_value":
            late.widgets.add().CopyFrom(state)
    app.toggle(key="teach.asks-sureness-now").set_value(False)
    app.button(key="teach.forget").click().run()
    monkeypatch.setattr(type(app._tree), "get_widget_states", lambda _tree: late)
    app.run()
    assert not app.exception
    assert not teaching.host(keys.console).sureness
    assert "delete the history of this browser" in html(app)


def test_the_console_says_what_its_link_is(teaching: ClassService) -> None:
    """Beside the link: that it leads the class, and that the browser's history holds it."""
    app, _ = new_class()
    said = " ".join(element.value for element in app.markdown)
    assert "Whoever has the link to this console leads the class" in said
    assert "stays in the history of this browser" in said
    assert "keep it in another place first" in said


@pytest.mark.parametrize("whose", ["host", "reader"])
def test_a_report_is_forgotten_too(teaching: ClassService, whose: str) -> None:
    """The link of a report stays in a history as well, with or without the console's key."""
    keys = finished(teaching, 5)
    app = with_keys("results", keys if whose == "host" else ClassKeys(report=keys.report))
    said = " ".join(element.value for element in app.markdown)
    assert ("lead your class" in said) is (whose == "host")
    assert ("read the report" in said) is (whose == "reader")
    app.checkbox(key="teach.forget-sure").check().run()
    app.button(key="teach.forget").click().run()
    assert list(app.get("download_button")) == []
    assert keys.report not in held(app)
    assert teaching.report(keys.report).people == 5


def test_a_link_cut_short_says_so(teaching: ClassService) -> None:
    """A key that opens nothing is told in words, with a way on."""
    app = with_keys("teach", ClassKeys(console="x", projector="y", report="z"))
    assert "There is no class with this link" in html(app)
    app.button(key="teach.new").click().run()
    assert app.button(key="teach.open").label == "Open the class"


def finished(teaching: ClassService, people: int) -> ClassKeys:
    """Play the ready lesson with people who are wrong before and right after."""
    _, keys = new_class()
    code = code_of(teaching, keys)
    tokens = [teaching.join(code) for _ in range(people)]
    while Action.NEXT in teaching.host(keys.console).allowed_actions:
        play(teaching, keys, "next")
        if teaching.host(keys.console).state is ClassState.BETWEEN:
            continue
        play(teaching, keys, "show")
        planned = teaching.host(keys.console).planned
        assert planned is not None
        right = planned.phase == "after"
        chosen = next(option.id for option in planned.question.options if option.key is right)
        for token in tokens:
            teaching.answer(
                code, token, teaching.participant(code, token).position_token, (chosen,)
            )
        play(teaching, keys, "close reveal")
    play(teaching, keys, "end")
    return keys


def test_the_report_says_what_changed(teaching: ClassService) -> None:
    """Six people wrong before and right after: shares, points, four-way table, three files."""
    keys = finished(teaching, 6)
    app = with_keys("results", ClassKeys(report=keys.report))
    drawn = html(app)
    assert (
        "Right before: 0%. Right after: 100%. That is a change of 100 points on 6 people" in drawn
    )
    assert "Wrong, then right" in drawn
    files = [item.proto.label for item in app.get("download_button")]
    assert files == ["Spreadsheet (CSV)", "Workbook (Excel)", "For your file (PDF)"]
    assert [item for item in app.button if item.key == "teach.delete"] == []
    assert "30 days" in " ".join(item.value for item in app.markdown)


def test_the_end_shows_before_and_after(teaching: ClassService) -> None:
    """The room's screen shows the change; the console says that nothing is to be taught again."""
    keys = finished(teaching, 6)
    screen = html(with_keys("teach", ClassKeys(projector=keys.projector)))
    assert screen.count("<td>0%</td><td><b>100%</b></td>") == 7
    assert "No point was missed by many" in html(with_keys("teach", keys))
    few = html(with_keys("teach", ClassKeys(projector=finished(teaching, 4).projector)))
    assert "<td>0%</td>" not in few
    assert "The class has ended" in few


def test_the_break_shows_the_host_what_to_teach(teaching: ClassService) -> None:
    """Six people are not sure of the first question: the point, what to say, and the place."""
    app, keys = new_class()
    code = code_of(teaching, keys)
    tokens = [teaching.join(code) for _ in range(6)]
    while teaching.host(keys.console).state is not ClassState.BETWEEN:
        play(teaching, keys, "next")
        if Action.SHOW in teaching.host(keys.console).allowed_actions:
            play(teaching, keys, "show")
            for token in tokens:
                position = teaching.participant(code, token).position_token
                teaching.answer(code, token, position, None)
            play(teaching, keys, "close")
    drawn = html(app.run())
    assert "What the room missed most" in drawn
    assert drawn.count("6 of 6 not right.") == 3
    assert drawn.count("Open this place (new tab)") == 3


def test_too_few_people_are_not_shown(teaching: ClassService) -> None:
    """With four people no share is drawn, and the page says why."""
    app = with_keys("results", finished(teaching, 4))
    assert "Fewer than 5 people joined" in html(app)
    assert "100%" not in html(app)


def test_an_empty_report_says_so(teaching: ClassService) -> None:
    """Before the first question there is nothing to report, and no table."""
    _, keys = new_class()
    app = with_keys("results", keys)
    assert "nothing to report" in html(app)
    assert "ax-results-box" not in html(app)


def test_the_report_needs_its_link(teaching: ClassService) -> None:
    """Without a key the page asks for the link; a wrong one is refused, a right one opens."""
    keys = finished(teaching, 5)
    app = opened("results")
    assert list(app.get("download_button")) == []
    app.text_input(key="results.link").set_value("http://localhost/results")
    app.button[0].click().run()
    assert "not a link to a report" in html(app)
    app.text_input(key="results.link").set_value(f"http://localhost/results#{keys.for_report}")
    app.button[0].click().run()
    assert "Right before: 0%" in html(app)


def test_the_host_deletes_from_the_report(teaching: ClassService) -> None:
    """With the console's key the report can be deleted; afterwards it is gone."""
    keys = finished(teaching, 5)
    app = with_keys("results", keys)
    app.checkbox(key="teach.delete-sure").check().run()
    app.button(key="teach.delete").click().run()
    assert "are deleted" in html(app)
    with pytest.raises(NoSuchClass):
        teaching.report(keys.report)


def test_a_host_can_lock_joining_and_renew_the_code(teaching: ClassService) -> None:
    """One press locks; a new code wants a tick first, and is shown at once."""
    app = opened("teach")
    app.button(key="teach.open").click().run()
    keys = keys_of(app)
    before = teaching.host(keys.console).code
    app.button(key="teach.door.lock").click().run()
    assert "Nobody more can join" in html(app)
    assert app.button(key="teach.door.renew").disabled
    app.checkbox(key="teach.door-sure").check().run()
    app.button(key="teach.door.renew").click().run()
    after = teaching.host(keys.console)
    assert after.code != before
    assert not after.locked
    assert f"{after.code[:3]} {after.code[3:]}" in html(app)


def test_a_rush_is_said_to_the_host(teaching: ClassService) -> None:
    """People who come faster than a room can are seen on the console."""
    app = opened("teach")
    app.button(key="teach.open").click().run()
    keys = keys_of(app)
    for _ in range(40):
        teaching.join(teaching.host(keys.console).code)
    app.run()
    assert "People joined faster than a room can" in html(app)


def labels(app: AppTest) -> dict[str, str]:
    """Give the label of each button by its key."""
    return {str(item.key): item.label for item in app.button}


def turn(app: AppTest, door: str) -> None:
    """Press a button that changes who may join."""
    app.button(key=f"teach.door.{door}").click().run()
    assert not app.exception


def test_the_host_locks_and_unlocks_the_class(teaching: ClassService) -> None:
    """The button says what it does now, and a line says that nobody more can join."""
    app, keys = new_class()
    assert "Nobody more can join" not in html(app)
    turn(app, "lock")
    assert teaching.host(keys.console).locked
    assert "Nobody more can join" in html(app)
    assert "teach.door.lock" not in labels(app)
    turn(app, "unlock")
    assert not teaching.host(keys.console).locked
    assert "Nobody more can join" not in html(app)


def test_the_host_makes_room_and_lets_go_of_who_never_answered(teaching: ClassService) -> None:
    """Fifty more; whoever answered stays, and the others are told when they look again."""
    app, keys = new_class()
    code = code_of(teaching, keys)
    honest, silent = teaching.join(code), teaching.join(code)
    play(teaching, keys, "next show")
    teaching.answer(code, honest, teaching.participant(code, honest).position_token, None)
    turn(app, "enlarge")
    turn(app, "let-go")
    assert "Joined: 1 of at most 300" in html(app)
    assert teaching.participant(code, honest).not_sure
    with pytest.raises(NotJoined):
        teaching.participant(code, silent)


def test_a_new_code_needs_a_tick_each_time(teaching: ClassService) -> None:
    """A slip gives no new code; the new one is on the console and on the room's screen."""
    app, keys = new_class()
    assert app.button(key="teach.door.renew").disabled
    app.checkbox(key="teach.door-sure").check().run()
    old = code_of(teaching, keys)
    turn(app, "renew")
    new = code_of(teaching, keys)
    assert new != old
    spoken = f"{new[:3]} {new[3:]}"
    assert spoken in html(app)
    assert spoken in html(with_keys("teach", ClassKeys(projector=keys.projector)))
    assert app.button(key="teach.door.renew").disabled


def test_an_ended_class_offers_no_doors(teaching: ClassService) -> None:
    """There is nobody to let in."""
    app, keys = new_class()
    play(teaching, keys, "end")
    app.run()
    assert not [key for key in labels(app) if key.startswith("teach.door.")]


def test_an_answer_that_cannot_be_read_is_said_to_the_host(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console comes up, with how many there are and what they count as."""
    app, keys = new_class()
    teaching.join(code_of(teaching, keys))
    play(teaching, keys, "next show")
    odd = StoredAnswer(ask=0, participant="x", given=UNREADABLE)
    monkeypatch.setattr(MemoryStore, "responses", lambda *_: (odd,))
    app.run()
    assert not app.exception
    assert "Cannot be read: 1, counted as not right" in html(app)


@pytest.mark.parametrize("page", ["teach", "results"])
def test_a_class_that_cannot_be_read_says_so_and_can_be_deleted(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Console and report say it in words; the console's key still deletes it; the screen says it."""
    _, keys = new_class()
    session = teaching._store.by_code(code_of(teaching, keys))
    assert session is not None

    def unreadable(*_: object) -> None:
        raise Unreadable(session.id)

    monkeypatch.setattr(MemoryStore, "by_key", unreadable)
    screen = with_keys("teach", ClassKeys(projector=keys.projector))
    assert "This class cannot be shown" in html(screen)
    assert list(screen.button) == []
    app = with_keys(page, keys)
    assert "This class cannot be shown" in html(app)
    app.checkbox(key="teach.delete-sure").check().run()
    app.button(key="teach.delete").click().run()
    assert not app.exception
    assert teaching.listed() == ()
    assert "are deleted" in html(app)


def test_whoever_forgets_a_class_leaves_no_passphrase_behind(teaching: ClassService) -> None:
    """The next person at this computer is somebody else."""
    app, _ = new_class()
    app.session_state["teach.trusted"] = True
    app.checkbox(key="teach.forget-sure").check().run()
    app.button(key="teach.forget").click().run()
    assert app.session_state["teach.trusted"] is False


@pytest.mark.parametrize("whose", ["console", "screen"])
def test_the_last_state_stays_while_the_store_is_away(
    teaching: ClassService, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    """The question stays, marked as old; nothing can be pressed; a full disk is said."""
    _, keys = new_class()
    play(teaching, keys, "next show")
    shown = keys if whose == "console" else ClassKeys(projector=keys.projector)
    app = with_keys("teach", shown)
    stem = teaching.host(keys.console).planned
    assert stem is not None
    monkeypatch.setattr(teaching._store, "saving_fails_for", lambda: 8.0)
    app.run()
    assert "For 8 seconds no answer could be saved." in html(app)

    def away(*_given: object) -> None:
        raise Unavailable

    monkeypatch.setattr(teaching._store, "by_key", away)
    app.run()
    assert "This is how it stood" in html(app)
    assert stem.question.stem in html(app)
    assert not [key for key in labels(app) if ".press." in key]
    monkeypatch.undo()


def own_fields(app: AppTest, stem: str, *options: str, right: tuple[int, ...] = ()) -> None:
    """Type a question of one's own."""
    app.text_area(key="teach.own.stem").set_value(stem)
    for place, text in enumerate(options):
        app.text_input(key=f"teach.own.options.{place}").set_value(text)
    for place in right:
        app.checkbox(key=f"teach.own.key.{place}").check()
    app.run()


def test_an_own_question_is_typed_seen_and_asked(teaching: ClassService) -> None:
    """Mistakes stand beside their field and nothing typed is lost; then it is in plan and class."""
    app = opened("teach")
    own_fields(app, "Where do you < keep > it?", "Fridge", " fridge", right=(2,))
    assert "This is the same as answer A." in html(app)
    assert "Answer C is marked as right, and it has no words." in html(app)
    assert "Say what is right." not in html(app)
    app.button(key="teach.own-add").click().run()
    assert "Say what is right." in html(app)
    app.selectbox(key="teach.own.kind").set_value("number").run()
    app.selectbox(key="teach.own.kind").set_value("single").run()
    assert app.text_input(key="teach.own.options.1").value == " fridge"
    app.checkbox(key="teach.own.key.2").uncheck()
    own_fields(app, "Where do you not keep it?", "In the fridge", "On the shelf", right=(0,))
    assert "You may want to word it otherwise" in html(app)
    app.button(key="teach.own-add").click().run()
    assert not app.exception
    assert "It is in the plan." in html(app)
    (bank,) = [item for item in app.expander if item.label == "Pick questions"]
    assert not bank.proto.expanded, "what opens above would push the form away"
    assert app.text_area(key="teach.own.stem").value == ""
    assert "Questions: 1" in html(app)
    change = next(item for item in app.button if str(item.key).startswith("teach.plan.change."))
    change.click().run()
    assert app.text_input(key="teach.own.options.1").value == "On the shelf"
    own_fields(app, "Where do you keep it?")
    app.button(key="teach.own-add").click().run()
    assert "Questions: 1" in html(app)
    app.checkbox(key="teach.plan-sureness").check().run()
    app.button(key="teach.plan-class").click().run()
    assert not app.exception
    keys = keys_of(app)
    play(teaching, keys, "next show")
    view = teaching.host(keys.console)
    assert view.sureness
    assert view.planned is not None
    assert view.planned.question.stem == "Where do you keep it?"
    mark = "From your educator. This site has not checked it."
    for key in (keys, keys.evolve(console="", report="")):
        assert mark in html(with_keys("teach", key))


def test_what_was_typed_is_there_when_the_educator_comes_back(teaching: ClassService) -> None:
    """With its mistakes, from another page, as from a plan whose question cannot be asked."""
    app = opened("teach")
    draft = OwnDraft(stem="Where?", options=(OwnDraftOption(text="A"), OwnDraftOption(text="a")))
    app.session_state["teach.own-draft"] = draft.model_dump_json()
    app.switch_page("../pages/guide.py").run()
    app.switch_page("../pages/teach.py").run()
    assert app.text_area(key="teach.own.stem").value == "Where?"
    assert "This is the same as answer A." in html(app)


def test_texts_are_let_through_one_by_one(teaching: ClassService) -> None:
    """The console lists what people wrote as text; the room's screen has what the host let through."""
    draft = OwnDraft(kind=QuestionKind.TEXT, stem="What worries you?")
    asked = PlannedQuestion(question=finished_own(draft).asked(), phase=TeachingPhase.FREE)
    issued = teaching.open_session((asked,), title="L", content="v")
    keys = ClassKeys(console=issued.console, projector=issued.projector, report=issued.report)
    phone = teaching.join(issued.code)
    play(teaching, keys, "next show")
    place = teaching.participant(issued.code, phone).position_token
    teaching.answer(issued.code, phone, place, ("<b>Cost</b> *now*",))
    play(teaching, keys, "close")
    app = with_keys("teach", keys)
    assert "<b>Cost</b> *now*" in html(app)
    room = keys.evolve(console="", report="")
    assert "*now*" not in html(with_keys("teach", room))
    next(item for item in app.button if str(item.key).startswith("teach.text.")).click().run()
    assert not app.exception
    assert "The room sees it." in html(app)
    assert "<b>Cost</b> *now*" in html(with_keys("teach", room))


def test_the_round_weeks_later_is_opened_from_the_console(teaching: ClassService) -> None:
    """Ticked before the class, it is offered after the end, and the class goes on with it."""
    app = opened("teach")
    app.checkbox(key="teach.later").check().run()
    app.button(key="teach.open").click().run()
    keys = keys_of(app)
    assert teaching.host(keys.console).total == 12
    play(teaching, keys, "next show end")
    app = with_keys("teach", keys)
    assert "Questions kept for weeks later: 6." in " ".join(item.value for item in app.caption)
    press(app, teaching, Action.LATER)
    assert teaching.host(keys.console).total == 18
