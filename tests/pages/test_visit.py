"""The visit page under AppTest."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from explorer import paths
from explorer.domain.compare_url import Choice
from explorer.domain.visit import Picked, Visit, prompts_for
from explorer.domain.visit_file import as_fragment, as_text
from explorer.domain.visit_repair import Kept
from explorer.domain.who import Who
from explorer.ui.plain import as_label
from explorer.ui.state.visit import FACTS_OPEN
from explorer.ui.views.visit_matters import FIRST_QUESTIONS, first_questions
from tests.shipped import shipped
from tests.ui.components.drawn import tell

APP = paths.PACKAGE / "app.py"
CHOICE = Choice(condition="ra", options=("methotrexate", "adalimumab", "anakinra"))

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the visit page, by default after a comparison was chosen."""

    def opened(*, chosen: bool = True, choice: Choice = CHOICE) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        if chosen:
            app.session_state["compare.choice"] = choice.model_dump_json()
        app.run()
        app.switch_page("../pages/visit.py").run()
        assert not app.exception
        return app

    return opened


def html(app: AppTest) -> str:
    drawn = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in drawn)


def entered(app: AppTest) -> Visit:
    return Visit.model_validate_json(app.session_state["visit.state"])


def pick(app: AppTest, *concerns: str) -> None:
    for concern in concerns:
        app.checkbox(key=f"visit.w.pick.{concern}").check().run()


def step(app: AppTest, name: str) -> None:
    app.button(key=f"visit.to.{name}").click().run()


def test_the_way_starts_anywhere(open_page: Open) -> None:
    """Without a condition the page asks for it; the options and the facts come before it goes on."""
    app = open_page(chosen=False)
    app = tell(app, "visit.links", "condition:ra")
    app.switch_page("../pages/compare.py").run()
    app.button(key="compare.you-next").click().run()
    assert app.title[0].value == "Which options?"
    app.button(key="compare.show").click().run()
    app.switch_page("../pages/visit.py").run()
    assert not app.exception
    assert "How often I take it" in [box.label for box in app.checkbox]


def test_picks_bring_their_facts_and_questions(open_page: Open) -> None:
    """A picked concern brings its questions at once, and its line in a fold below the picks."""
    app = open_page()
    assert "Every week" not in html(app)
    pick(app, "how-often")
    assert "What do I do if I am late with a dose?" in [box.label for box in app.checkbox]
    assert "Every week" not in html(app)
    app.session_state[FACTS_OPEN] = True
    app.run()
    assert "Every week" in html(app)


FOUR = ("how-often", "route", "tests", "pregnancy")


@pytest.mark.parametrize(("points", "shown"), [((), FIRST_QUESTIONS), (FOUR, len(FOUR))])
def test_each_point_has_its_first_question_on_screen(points: tuple[str, ...], shown: int) -> None:
    """One of each point, and a few where little was picked; the rest is folded."""
    visit = Visit(picked=tuple(Picked(concern=it) for it in points))
    offered = prompts_for(shipped().catalogue, "ra", CHOICE.options, Who.ADULT, visit)
    first, rest = first_questions(offered)
    assert len(first) == shown
    assert not points or len({item.heading for item in first}) == shown
    assert [item for item in offered if item in first] == list(first)
    assert set(first) | set(rest) == set(offered)


def test_five_are_the_most(open_page: Open) -> None:
    """With five picked the others cannot be ticked, and the page says why."""
    app = open_page()
    pick(app, "how-often", "route", "tests", "alcohol", "cost")
    assert app.checkbox(key="visit.w.pick.pregnancy").disabled
    assert not app.checkbox(key="visit.w.pick.cost").disabled
    assert "That makes five" in html(app)


def test_going_back_and_forth_loses_nothing(open_page: Open) -> None:
    """What was entered in step four is there after a look at step five."""
    app = open_page()
    pick(app, "pregnancy")
    app.text_input(key="visit.w.why.pregnancy").input("We hope").run()
    app.checkbox(key="visit.w.ask.any-aim").check().run()
    app.text_area(key="visit.w.notes").input("Sore hands").run()
    step(app, "sheet")
    app.switch_page("../pages/compare.py").run()
    app.switch_page("../pages/visit.py").run()
    step(app, "matters")
    assert app.checkbox(key="visit.w.pick.pregnancy").value
    assert app.text_input(key="visit.w.why.pregnancy").value == "We hope"
    assert app.checkbox(key="visit.w.ask.any-aim").value
    assert app.text_area(key="visit.w.notes").value == "Sore hands"


def test_the_sheet_shows_what_was_entered(open_page: Open) -> None:
    """Concern, question in own words, and notes stand on the sheet."""
    app = open_page()
    pick(app, "pregnancy")
    app.checkbox(key="visit.w.ask.any-aim").check().run()
    app.text_input(key="visit.w.word.any-aim").input("What is it for?").run()
    app.text_area(key="visit.w.notes").input("Sore <b>hands</b>").run()
    step(app, "sheet")
    drawn = html(app)
    for part in ("Pregnancy plans", "What is it for?", "Sore &lt;b&gt;hands", "Call 911 now for"):
        assert part in drawn


def test_each_no_leads_to_help(open_page: Open) -> None:
    """A no in the sure-check opens its way out and stands on the sheet."""
    app = open_page()
    step(app, "sheet")
    app.segmented_control(key="visit.w.sure.values").set_value("no").run()
    assert entered(app).unsure == ("values",)
    assert "Where I need help" in html(app)
    app.button(key="visit.no.values").click().run()
    assert app.session_state["visit.step"] == "matters"


def test_start_again_clears_everything(open_page: Open) -> None:
    """Nothing that was entered is left in the session."""
    app = open_page()
    pick(app, "pregnancy")
    app.text_area(key="visit.w.notes").input("Sore hands").run()
    app.button(key="path.start-again").click().run()
    assert not app.exception
    for key in ("visit.state", "visit.w.notes", "visit.w.pick.pregnancy"):
        assert key not in app.session_state
    assert "compare.choice" not in app.session_state
    assert "is cleared" in html(app)


def test_two_readers_never_meet(open_page: Open) -> None:
    """What one session typed is in no other session and in no cache."""
    first, second = open_page(), open_page()
    first.text_area(key="visit.w.notes").input("Only mine").run()
    step(first, "sheet")
    pick(second, "cost")
    step(second, "sheet")
    assert "Only mine" in html(first)
    assert "Only mine" not in html(second)


def test_nothing_typed_reaches_the_address(open_page: Open) -> None:
    """The visit page writes nothing into the address."""
    app = open_page()
    pick(app, "cost", "alcohol")
    app.text_area(key="visit.w.notes").input("Only mine").run()
    assert dict(app.query_params) == {}


def test_a_step_of_the_line_takes_the_typed_text_along(open_page: Open) -> None:
    """A link pressed right after typing comes with the text, and both count."""
    app = open_page()
    app.text_area(key="visit.w.notes").input("Sore hands")
    tell(app, "visit.links", "step:sheet")
    assert app.title[0].value == "My sheet"
    assert entered(app).notes == "Sore hands"
    assert "Sore hands" in html(app)


def test_change_leads_back_to_the_options(open_page: Open) -> None:
    """From what matters to the list of options, with what was chosen."""
    app = tell(open_page(), "visit.links", "choose:options")
    assert app.title[0].value == "Which options?"
    assert "3 picked." in html(app)


def test_a_child_brings_facts_and_questions_for_children(open_page: Open) -> None:
    """Whom it is about changes the facts' age group and the questions."""
    app = open_page(choice=CHOICE.evolve(who=Who.CHILD))
    labels = [box.label for box in app.checkbox]
    assert "Does the dose change as my child grows?" in labels
    assert "School and trips" in labels
    assert not {"Alcohol", "Pregnancy plans"} & set(labels)


def test_several_own_points_stand_one_below_the_other(open_page: Open) -> None:
    """One box more than is filled; one that is emptied leaves the others as they are."""
    app = open_page()
    app.text_input(key="visit.w.own.0").input("My garden").run()
    app.text_input(key="visit.w.own.1").input("My cat").run()
    app.text_input(key="visit.w.own.2").input("My job").run()
    app.text_input(key="visit.w.own.1").input("").run()
    assert [item.text for item in entered(app).own_points] == ["My garden", "My job"]
    app.run()
    assert [item.text for item in entered(app).own_points] == ["My garden", "My job"]


def test_no_option_is_praised(open_page: Open) -> None:
    """With concerns picked, no option is scored, ranked or named best anywhere on the page."""
    app = open_page()
    pick(app, "how-well", "cost")
    drawn = [html(app)]
    step(app, "sheet")
    drawn.append(html(app))
    for word in ("best for you", "score", "winner", "we recommend", "rank"):
        assert word not in " ".join(drawn).casefold()


def test_an_own_concern_is_shown_letter_by_letter(open_page: Open) -> None:
    """Its Markdown is not carried out in the label, and the sheet has it as it was typed."""
    typed = "[press](http://x.example) :red[x] $y$ :smile: <b>z</b>"
    app = open_page()
    app.text_input(key="visit.w.own.0").set_value(typed).run()
    label = str(app.button_group(key="visit.w.weight.own-0").proto.label)
    assert label.startswith(as_label(typed))
    assert "](" not in label
    step(app, "sheet")
    assert [item.text for item in entered(app).own_points] == [typed]
    assert "[press](http://x.example) :red[x] $y$ :smile: &lt;b&gt;z&lt;/b&gt;" in html(app)


SAVED = Kept(
    choice=Choice(condition="ra", options=("stay", "add-anakinra"), now=("methotrexate",)),
    visit=Visit(notes="Sore hands", picked=(Picked(concern="cost", why="Only mine"),)),
)


def test_saved_picks_open_on_a_fresh_page(open_page: Open) -> None:
    """A file opens the sheet with all that was entered, and says so."""
    app = open_page(chosen=False)
    app = tell(app, "visit.open", f"file:{as_text(SAVED)}")
    assert "Your saved picks are open." in html(app)
    assert entered(app) == SAVED.visit
    assert "Sore hands" in html(app)
    assert "Methotrexate plus anakinra" in html(app)


def test_a_link_opens_the_same_and_stands_in_no_address(open_page: Open) -> None:
    """What stood after the ``#`` is taken up and is in no query of the page."""
    app = open_page(chosen=False)
    app = tell(app, "visit.open", f"link:{as_fragment(SAVED)}")
    assert entered(app) == SAVED.visit
    assert not app.query_params


@pytest.mark.parametrize("told", ["file:", "file:{}", "link:AAAA", "file:" + "x" * 50_000, "x", 7])
def test_what_cannot_be_opened_changes_nothing(open_page: Open, told: object) -> None:
    """One line, and what was entered stays as it was."""
    app = open_page()
    app.text_area(key="visit.w.notes").input("Only mine").run()
    before = entered(app)
    app = tell(app, "visit.open", told)
    assert entered(app) == before
    assert ("Nothing was opened." in html(app)) == str(told).startswith(("file:", "link:"))


def test_what_is_missing_is_named_as_text(open_page: Open) -> None:
    """A file of other content opens what exists; a name from it is never markup."""
    choice = SAVED.choice.evolve(options=("stay", "<b>old</b>"))
    app = tell(
        open_page(chosen=False), "visit.open", f"file:{as_text(SAVED.evolve(choice=choice))}"
    )
    assert "any more: &lt;b&gt;old&lt;/b&gt;." in html(app)
