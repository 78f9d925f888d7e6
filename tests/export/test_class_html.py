"""What the room's screen shows, and what it must not show yet."""

import re

from explorer.domain.catalogue import Catalogue
from explorer.domain.class_report import LaterChange, PairedChange
from explorer.domain.questions import QuestionKind
from explorer.domain.sessions import SupportingPassage
from explorer.domain.tallies import Tally, tallies
from explorer.export import class_html, room_html
from tests.questions import option, question
from tests.shipped import shipped


def catalogue() -> Catalogue:
    return shipped().catalogue


def chart(*votes: tuple[Tally, ...], answered: tuple[int, ...], revealed: bool = False) -> str:
    """Draw the votes on a question."""
    shown = tuple(
        class_html.Vote(title=title, tallies=counted, answered=n)
        for title, counted, n in zip(("First vote", "Second vote"), votes, answered, strict=False)
    )
    return class_html.chart(question("q"), shown, catalogue(), revealed=revealed)


def test_reading_time_shows_no_option() -> None:
    """While the room reads, only the stem is there."""
    made = class_html.ask(question("q"), "", catalogue(), reading=True)
    assert "What about q?" in made
    assert "Text a." not in made


def test_asking_shows_options_and_nothing_of_the_solution() -> None:
    """Options, no reason, no mark of the right one; every text is escaped."""
    asked = question("q", options=[option("a", key=True), option("b", text="<b>no</b>")])
    made = class_html.ask(asked, "A case.", catalogue(), reading=False)
    assert "A case." in made
    assert "&lt;b&gt;no&lt;/b&gt;" in made
    assert "Why a." not in made
    assert "ax-key" not in made


def test_a_chart_before_the_reveal_does_not_say_what_is_right() -> None:
    """Counts are there as text, the right answer is marked only at the reveal."""
    counted = tallies(question("q"), [("a",), ("a",), ("b",)])
    hidden = chart(counted, answered=(3,))
    assert re.findall(r"<b>(\d)</b>", hidden) == ["2", "1", "0"]
    assert "Right answer" not in hidden
    assert "ax-key" not in hidden
    shown = chart(counted, answered=(3,), revealed=True)
    assert shown.count("Right answer") == 1


def test_a_chart_without_answers_has_no_bars() -> None:
    """Nobody answered: zero everywhere, no division by zero."""
    made = chart(tallies(question("q"), []), answered=(0,))
    assert "width:0%" in made


def test_the_reveal_gives_reasons_and_what_settles_it() -> None:
    """Each option's reason, and the very text with its place; nobody is told "you chose"."""
    place = SupportingPassage(text="Call the same day.", address="/guide#x", source="Label, 5.1")
    made = class_html.reveal(question("q"), (place,), catalogue())
    assert [f"Why {name}." in made for name in "abc"] == [True, True, True]
    assert 'href="/guide#x"' in made
    assert "From: Label, 5.1" in made
    assert "You chose" not in made


def test_every_live_kind_can_be_shown() -> None:
    """Several, number and sorting questions are drawn with what is to be done."""
    words = catalogue().words
    for kind, said in (
        (QuestionKind.SEVERAL, words("teach.several")),
        (QuestionKind.NUMBER, words("teach.a-number", unit="mg")),
        (QuestionKind.SORT, "Now · Later"),
    ):
        asked = question("q", kind)
        assert said in class_html.ask(asked, "", catalogue(), reading=False)
        assert "ax-class-why" in class_html.reveal(asked, (), catalogue())


def test_two_votes_stand_side_by_side_with_their_names() -> None:
    """After a second vote both are there, each with its own number of answers."""
    first = tallies(question("q"), [("a",), ("b",)])
    second = tallies(question("q"), [("a",), ("a",), ("a",)])
    made = chart(first, second, answered=(2, 3))
    assert made.index("First vote") < made.index("Second vote")
    assert "Answers given: 2 in the first vote, 3 in the second." in made
    row = made[made.index("Text a.") : made.index("Text b.")]
    assert re.findall(r"<b>(\d)</b>", row) == ["1", "3"]


def test_the_percent_stands_beside_the_bars_from_five_people_on() -> None:
    """With four people a share would say more than they can."""
    four = chart(tallies(question("q"), [("a",)] * 4), answered=(4,))
    five = chart(tallies(question("q"), [("a",)] * 4 + [("b",)]), answered=(5,))
    assert "%</span>" not in four
    assert re.findall(r"(\d+)%</span>", five) == ["80", "20", "0"]


def test_options_have_the_same_letters_in_question_chart_and_reasons() -> None:
    """People talk about "B"."""
    asked = question("q")
    letters = [
        re.findall(r"([A-C])(?:</span>)? (Text [a-c])", made)
        for made in (
            class_html.ask(asked, "", catalogue(), reading=False),
            chart(tallies(asked, []), answered=(0,)),
            class_html.reveal(asked, (), catalogue()),
        )
    ]
    assert letters == [[("A", "Text a"), ("B", "Text b"), ("C", "Text c")]] * 3


def test_people_are_counted_and_not_their_ticks() -> None:
    """Two people with two options each are two answers in the first vote too."""
    asked = question("q", QuestionKind.SEVERAL)
    first = tallies(asked, [("a", "b"), ("a", "b")])
    second = tallies(asked, [("a",), ("b",), ("a",)])
    made = chart(first, second, answered=(2, 3))
    assert "Answers given: 2 in" in made
    assert "Answers given: 4" not in made


def test_the_end_of_a_class_stands_in_as_many_columns_as_it_had_rounds() -> None:
    """Before and after; once the round weeks later was held, that too, on the same people."""
    two = PairedChange(label="", pairs=5, hidden=False, before=0.2, after=0.8)
    three = LaterChange(label="Fever", people=5, hidden=False, before=0.2, after=0.8, later=0.6)
    made = room_html.change((two,), catalogue())
    assert "<td>20%</td><td><b>80%</b></td></tr>" in made
    assert "Right weeks later" not in made
    made = room_html.change((three,), catalogue())
    assert "<td>20%</td><td>80%</td><td><b>60%</b></td></tr>" in made
    assert "Right weeks later" in made


def test_a_pause_says_first_that_there_is_one() -> None:
    """The way in stays beside it for latecomers; before the first question, that is the heading."""
    numbers = class_html.JoinInfo(address="http://a/join", code="KNK6MN", joined=3)
    made = room_html.door("Shots", numbers, "Now we talk.", catalogue(), paused=True)
    assert "<h2>Now we talk.</h2>" in made
    assert "KNK 6MN" in made
    made = room_html.door("Shots", numbers, "It starts soon.", catalogue(), paused=False)
    assert "<h2>Join with your phone</h2>" in made
    assert ">It starts soon.</p>" in made
