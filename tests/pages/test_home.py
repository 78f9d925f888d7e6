"""The first page: one message, three doors, easy to read."""

from explorer.content import readability
from explorer.content.load import Content
from tests.pages.drawn import html, opened


def test_one_message_and_three_doors() -> None:
    """There is one box with the message, and a door for each of three readers."""
    app = opened("home")
    assert html(app).count('class="ax-message"') == 1
    assert [item.value for item in app.header][:3] == [
        "I have a visit coming up",
        "I teach",
        "I am checking my knowledge",
    ]
    links = [link.label for link in app.get("page_link")]
    assert links == [
        "Compare options",
        "Teach a class",
        "Open the quiz",
        "Read the guide, step by step",
    ]


def test_it_reads_at_grade_six_or_below(content: Content) -> None:
    """The words of the page, read as one, are at grade 6 or below, and it is read in two minutes."""
    words = content.catalogue.words
    texts = [text for key, text in words.entries if key.startswith("home.")]
    assert readability.grade(texts, readability.names(content.catalogue)) <= 6.0
    assert sum(len(text.split()) for text in texts) < 250
