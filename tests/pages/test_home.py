"""The first page: one message, the patient's door first, easy to read."""

from explorer.content import readability
from explorer.content.load import Content
from explorer.domain.compare_url import Choice
from tests.pages.drawn import html, opened
from tests.ui.components.drawn import tell


def test_one_message_and_the_patients_door_first() -> None:
    """The list of conditions stands right below the message; others' doors come after it."""
    text = html(opened("home"))
    assert text.count('class="ax-message"') == 1
    order = ['class="ax-message"', 'id="ax-find"', "condition:ra", "I do not know", "page:guide"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    doors = [name for name in ("guide", "medicine", "quiz", "teach") if f"page:{name}" in text]
    assert doors == ["guide", "medicine", "quiz", "teach"]


def test_a_condition_opens_its_options() -> None:
    """One press from the first page to who it is for, the preselected options held."""
    app = tell(opened("home"), "home.links", "condition:ra")
    assert not app.exception
    assert app.title[0].value == "About you"
    held = Choice.model_validate_json(app.session_state["compare.choice"])
    assert held.condition == "ra"
    assert len(held.options) >= 2


def test_what_names_nothing_of_ours_leads_nowhere() -> None:
    """A stranger may send any text."""
    app = opened("home")
    for value in ("condition:flu", "page:../app", "step:jump", "choose:all", ""):
        tell(app, "home.links", value)
        assert not app.exception
        assert app.title[0].value == "Compare medicines, side by side"


def test_it_reads_at_grade_six_or_below(content: Content) -> None:
    """The words of the page, read as one, are at grade 6 or below, and it is read in two minutes."""
    words = content.catalogue.words
    texts = [text for key, text in words.entries if key.startswith("home.")]
    assert readability.grade(texts, readability.names(content.catalogue)) <= 6.0
    assert sum(len(text.split()) for text in texts) < 250
