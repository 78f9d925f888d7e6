"""The compare page under AppTest, on the small content."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer import paths, runtime
from explorer.content.load import load
from explorer.domain.compare_url import Choice
from tests.builders import small_folder
from tests.ui.components.drawn import tell

APP = paths.PACKAGE / "app.py"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the compare page with parameters, on the small content."""
    small = replace(runtime.current(), content=load(small_folder(tmp_path)))
    monkeypatch.setattr(runtime, "current", lambda: small)

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=20).run()
        app.switch_page("../pages/compare.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return opened


def html(app: AppTest) -> str:
    """Join everything that was drawn as HTML, without the styles."""
    drawn = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in drawn)


def asked(app: AppTest, *told: str) -> AppTest:
    """Choose RA, and say who it is for and what is taken now."""
    tell(app, "compare.links", "condition:ra")
    tell(app, "compare.you", ["who:adult", *told])
    return app.button(key="compare.you-next").click().run()


def test_who_it_is_for_and_what_is_taken_come_before_the_options(open_page: Open) -> None:
    """The person, their age and their medicine are known to every text after it."""
    app = tell(open_page(), "compare.links", "condition:ra")
    assert app.title[0].value == "About you"
    tell(app, "compare.you", ["who:child", "now:alpha", "now:<b>"])
    assert (app.query_params["a"], app.query_params["now"]) == ("child", "alpha")
    app.button(key="compare.you-next").click().run()
    drawn = html(app)
    assert "For: My child, younger than 12. Taken now: alpha." in drawn
    assert "if your child took too much" in drawn  # the safety line on top, too
    assert "Stay on alpha" in drawn
    assert re.search(r">Switch to </span>Beta", drawn)


def test_without_a_condition_each_is_a_link(open_page: Open) -> None:
    """The first step is the condition; nothing is compared before it."""
    app = open_page()
    assert not app.exception
    drawn = html(app)
    assert app.title[0].value == "Compare options"
    assert "What illness is it for?" in drawn
    assert "<b>Gout flares</b>" in drawn
    assert "<b>Rheumatoid arthritis (RA)</b>" in drawn
    assert "<table" not in drawn


def test_choosing_a_condition_ticks_its_preselection(open_page: Open) -> None:
    """The options are asked for next, the preselected ones ticked, with the reason."""
    app = asked(open_page())
    assert app.title[0].value == "Which options?"
    assert "We start with both." in html(app)
    assert "2 picked." in html(app)
    assert app.query_params["m"] == "alpha,beta"
    assert "<table" not in html(app)


def test_the_choice_folds_away_by_one_press(open_page: Open) -> None:
    """Condition and options become one line above the facts, with the way to change them."""
    app = asked(open_page())
    app.button(key="compare.show").click().run()
    drawn = html(app)
    assert "<h1>Rheumatoid arthritis (RA)</h1>" in html(app)
    assert "<span>Alpha, Beta</span>" in drawn
    assert 'data-ax-go="choose:options"' in drawn
    assert "One shot every week." in drawn
    assert "data-ax-box" not in drawn


def test_change_opens_the_choice_with_what_was_chosen(open_page: Open) -> None:
    """Nothing is lost on the way back to the list."""
    app = tell(open_page(c="ra", m="alpha,stay"), "compare.links", "choose:options")
    assert app.title[0].value == "Which options?"
    tell(app, "compare.boxes", ["alpha", "beta", "stay"])
    assert app.query_params["m"] == "alpha,beta,stay"
    tell(app, "compare.links", "step:facts")
    assert "<span>Alpha, Beta, Stay on what I take now</span>" in html(app)


def test_around_the_facts_little_is_sent(open_page: Open) -> None:
    """Each element costs everybody on the server half a millisecond at each press."""
    app = open_page(c="ra", m="alpha,beta")
    assert len(app.main.children) <= 7  # warning, steps, title, choice, facts, links, foot
    tell(app, "compare.links", "choose:options")
    fragment = app.main.children[5]
    assert len(fragment.children) == 3  # a tick sends these and the block that holds them


def test_a_link_says_why_its_options_were_picked(open_page: Open) -> None:
    """A condition without options opens with the preselected ones, and the fold has the reason."""
    app = open_page(c="ra")
    assert "We start with both." in html(app)
    assert "We start with both." not in html(open_page(c="ra", m="alpha,stay"))


def test_link_shows_both_with_sources_in_one_load(open_page: Open) -> None:
    """A plain link opens the table with both options and their sources."""
    app = open_page(c="ra", m="alpha,beta")
    drawn = html(app)
    assert not app.exception
    assert "Alpha (Alphabrand)" in drawn
    assert "One shot every week." in drawn
    assert "Beta label" in drawn
    assert "Not together." in drawn


def test_one_option_says_what_to_do(open_page: Open) -> None:
    """With one option, the page asks for one more and shows no table, also after a press."""
    app = open_page(c="ra", m="alpha")
    assert "Pick one more" in html(app)
    app.button(key="compare.show").click().run()
    assert "Pick one more" in html(app)
    assert "<table" not in html(app)
    assert app.query_params["m"] == "alpha"


def test_no_option_says_what_to_do(open_page: Open) -> None:
    """With none left, the page asks for two."""
    app = tell(open_page(c="ra", m="alpha"), "compare.boxes", [])
    assert "Pick two options" in html(app)


def test_four_options_are_the_most(open_page: Open) -> None:
    """At four the page says that no more fit."""
    app = open_page(c="ra", m="alpha,beta,stay,no-new-medicine")
    tell(app, "compare.links", "choose:options")
    assert "Four are picked" in html(app)
    assert 'data-ax-most="4"' in html(app)
    assert not app.exception


def test_unknown_ids_are_dropped_with_a_message(open_page: Open) -> None:
    """Ids that do not exist are named and left out; the rest is shown."""
    app = open_page(c="ra", m="alpha,omega,beta", rows="route,colour")
    drawn = html(app)
    assert "options that we do not have: omega" in drawn
    assert "lines that we do not have: colour" in drawn
    assert 'id="row-route"' in drawn
    assert 'id="row-boxed-warning"' not in drawn


def test_unknown_condition_is_named(open_page: Open) -> None:
    """A condition that does not exist is named, and the choice is offered."""
    app = open_page(c="flu", m="alpha")
    assert "a condition that we do not have: flu" in html(app)
    assert 'data-ax-go="condition:ra"' in html(app)


def test_medicine_without_use_stands_apart(open_page: Open) -> None:
    """A medicine without a use has no box, is listed apart, and a link to it says so."""
    drawn = html(open_page(c="gout", m="alpha,beta"))
    assert 'data-ax-box="alpha"' in drawn
    assert 'data-ax-box="beta"' not in drawn
    assert "Beta (Betabrand): We found no use here." in drawn
    assert "Beta (Betabrand) is left out" in drawn


def test_markup_in_an_address_is_text(open_page: Open) -> None:
    """What a stranger puts into an address is shown as text."""
    drawn = html(open_page(c="ra", m="alpha,<img src=x>,beta"))
    assert "<img src=x" not in drawn
    assert "&lt;img" in drawn


def test_differences_only_folds_the_rest(open_page: Open) -> None:
    """The switch shows the lines that differ, names those that are the same, folds the others."""
    app = open_page(c="ra", m="alpha,beta")
    assert "The same for all:" not in html(app)
    app.checkbox(key="compare.differences").check().run()
    drawn = html(app)
    assert "The same for all:</b> Needle or tablet." in drawn
    assert 'id="row-route"' not in drawn
    folded = drawn.partition("In words, or not clear")[2]
    assert 'id="row-names"' in folded


def test_the_tools_leave_the_glance_as_it_is(open_page: Open) -> None:
    """Neither the switch nor a word changes the glance's HTML, so nothing that is open closes."""
    app = open_page(c="ra", m="alpha,beta")

    def glance() -> list[str]:
        return [item for item in html(app).split("\n") if 'class="gl-table' in item]

    before = glance()
    app.checkbox(key="compare.differences").check().run()
    app.text_input(key="compare.find").set_value("shot").run()
    assert len(before) == 1
    assert glance() == before


def test_find_says_when_nothing_holds_the_word(open_page: Open) -> None:
    """A word that stands nowhere gets a message, and never enters the address."""
    app = open_page(c="ra", m="alpha,beta")
    app.text_input(key="compare.find").set_value("zebra").run()
    assert "Nothing on this page holds &#x27;zebra&#x27;" in html(app)
    assert "zebra" not in str(app.query_params)


def test_find_leads_to_emergency_signs(open_page: Open) -> None:
    """A word of a sign is found where the signs stand, marked, and what hides it is open."""
    app = open_page(c="ra", m="alpha,beta")
    app.text_input(key="compare.find").set_value("CHILLS").run()
    drawn = html(app)
    assert '<a href="#signs-same-day">' in drawn
    assert "<mark>chills</mark>" in drawn
    assert 'data-place="Call your team the same day, before the next dose, for" open>' in drawn


def test_markup_that_is_searched_is_text(open_page: Open) -> None:
    """What a reader types into the search is shown as text."""
    app = open_page(c="ra", m="alpha,beta")
    app.text_input(key="compare.find").set_value("<img src=x>").run()
    assert "<img src=x" not in html(app)


def test_changing_the_condition_changes_the_facts(open_page: Open) -> None:
    """Another condition brings its own options and its own interval."""
    app = open_page(c="ra", m="alpha,beta")
    tell(app, "compare.links", "condition:gout")
    tell(app, "compare.links", "step:facts")
    drawn = html(app)
    assert "One shot for a flare of gout." in drawn
    assert "One shot every day." not in drawn
    assert app.query_params["c"] == "gout"


def test_a_comparison_is_few_elements(open_page: Open) -> None:
    """Each element costs server and browser time: a whole run sends twelve at most."""
    app = open_page(c="ra", m="alpha,beta")
    assert len(_elements(app.main)) - 1 <= 12


def _elements(block: Any) -> list[Any]:
    """List a block with all elements and blocks below it."""
    inside = getattr(block, "children", {}).values()
    return [block, *(found for child in inside for found in _elements(child))]


def test_choice_survives_a_visit_to_another_page(open_page: Open) -> None:
    """Going home and back keeps the condition and the options."""
    app = open_page(c="ra", m="alpha,stay")
    app.switch_page("../pages/home.py").run()
    app.switch_page("../pages/compare.py").run()
    assert "<h1>Rheumatoid arthritis (RA)</h1>" in html(app)
    assert "<span>Alpha, Stay on what I take now</span>" in html(app)


def test_child_facts_can_be_chosen_where_they_differ(open_page: Open) -> None:
    """Where facts differ for a child, the choice is offered and changes the cell."""
    app = open_page(c="gout", m="alpha,stay", a="child")
    drawn = html(app)
    assert "No one has studied it in children." in drawn
    assert "if your child took too much" in drawn  # the address speaks before the page does
    assert "Facts for children" in drawn


def test_caption_names_an_age_only_where_facts_differ(open_page: Open) -> None:
    """Where no fact differs for a child, the table does not say that it is for adults."""
    assert "Facts for" not in html(open_page(c="ra", m="alpha,beta"))


def test_whom_to_call_if_nobody_answers_stands_beside_the_signs(open_page: Open) -> None:
    """The one list of signs to call about says where to go when nobody answers."""
    drawn = html(open_page(c="ra", m="alpha,beta"))
    flags = drawn.partition('id="row-red-flags"')[2]
    assert flags.count('class="ax-nobody">If nobody answers') == 1


def test_files_are_offered(open_page: Open) -> None:
    """Four files can be taken away."""
    app = open_page(c="ra", m="alpha,beta")
    app.session_state["compare.taken"] = True
    app.run()
    assert [button.label for button in app.get("download_button")] == [
        "Spreadsheet (CSV)",
        "Spreadsheet (Excel)",
        "Page for printing (HTML)",
        "Page for printing (PDF)",
    ]


@pytest.mark.parametrize("page", ["home", "compare"])
def test_every_page_has_the_frame(open_page: Open, page: str) -> None:
    """Safety line, status, version and date stand on every page."""
    app = open_page()
    drawn = html(app.switch_page(f"../pages/{page}.py").run())
    assert "Call 911 for trouble breathing" in drawn
    assert "No doctor, nurse or pharmacist has signed it off yet" in drawn
    assert "Content version" in drawn
    assert "If nobody answers" in drawn
    assert len(app.title) == 1


def test_broken_content_shows_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If content cannot be read after all, a visitor sees a sentence and no detail."""
    monkeypatch.setattr(runtime, "_current", None)
    monkeypatch.setenv("EXPLORER_DATA", str(tmp_path / "nowhere"))
    app = AppTest.from_file(str(APP), default_timeout=20).run()
    assert not app.exception
    assert "The content could not be read" in app.error[0].value
    assert "nowhere" not in app.error[0].value


@pytest.mark.parametrize(
    "held",
    [
        '{"condition": "ra", "options": ["alpha", "omega", "beta"]}',
        '{"condition": "ra", "options": ["alpha", "beta"], "rows": ["colour"]}',
        '{"condition": "flu", "options": ["alpha"]}',
        '{"condition": 3}',
        "x",
    ],
)
@pytest.mark.parametrize("page", ["compare", "visit"])
def test_a_held_choice_that_cannot_be_shown_is_put_right_and_said(
    open_page: Open, page: str, held: str
) -> None:
    """What is on the site stays, the rest is left out, and a line says so on both pages."""
    app = AppTest.from_file(str(APP), default_timeout=20)
    app.session_state["compare.choice"] = held
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    choice = Choice.model_validate_json(app.session_state["compare.choice"])
    if "beta" in held:
        assert choice.options == ("alpha", "beta")
    else:
        assert choice == Choice()
    assert "was left out." in html(app) or "Please look it over." in html(app)


def test_what_we_keep_of_a_reader_is_plain(open_page: Open) -> None:
    """Session state of ours holds only texts, lists, truths and tables of them: it can be moved."""
    app = open_page(c="ra", m="alpha,beta")
    kept = {
        name: app.session_state[name]
        for name in ("compare.address", "compare.choice", "compare.dropped")
    }
    assert all(isinstance(value, str | list | bool | dict | None) for value in kept.values())
    assert kept["compare.address"] == {"c": "ra", "m": "alpha,beta"}
    choice = Choice.model_validate_json(str(kept["compare.choice"]))
    assert choice == Choice(condition="ra", options=("alpha", "beta"))
