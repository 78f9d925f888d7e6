"""Routes are read and judged without a screen reader: this runs with all other tests."""

from pathlib import Path

import pytest

from tests.listening.player import Heard, RouteError, Step, complaints, read, transcript
from tests.listening.voice import Spoken

ROUTES = sorted((Path(__file__).parent / "routes").glob("*.route"))


def said(*texts: str, cut: int | None = None) -> list[Spoken]:
    """Make messages that were spoken, the last one cut off after so many words."""
    made = [
        Spoken(number, text, begun=float(number), heard=len(text.split()), state="said")
        for number, text in enumerate(texts)
    ]
    if cut is not None:
        made[-1].heard, made[-1].state = cut, "cut"
    return made


def judged(expected: tuple[str, str], spoken: list[Spoken]) -> list[str]:
    """Judge one step."""
    step = Step("press", "Return", [expected])
    return complaints([Heard(step, "press Return", spoken, 0.0, is_whole=True)])


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_every_route_can_be_read(path: Path) -> None:
    """It says what it is, opens a page, and expects something."""
    route = read(path)
    assert route.about
    assert route.steps[0].kind == "open"
    assert any(step.expected for step in route.steps)


def test_a_line_that_says_nothing_is_refused(tmp_path: Path) -> None:
    """With the file, the line and the word."""
    path = tmp_path / "odd.route"
    path.write_text("# A way\nopen /\nherd Right.\n", encoding="utf-8")
    with pytest.raises(RouteError, match=r"odd.route, line 3: 'herd'"):
        read(path)


@pytest.mark.parametrize(
    ("expected", "is_met"),
    [
        (("hear", "question 1 of 12. right."), True),
        (("hear", "Wrong"), False),
        (("never", "Streamlit"), True),
        (("never", "Right."), False),
        (("first", "Question 1"), True),
        (("first", "Right."), False),
        (("first", "Right. | Question"), True),
        (("within", "1 Right."), True),
        (("within", "0.5 Right."), False),
        (("most", "5"), True),
        (("most", "4"), False),
    ],
)
def test_what_is_heard_is_judged(expected: tuple[str, str], *, is_met: bool) -> None:
    """By words, by their order, by the second in which they begin, and by how many there are."""
    spoken = said("Question 1 of  12.", "Right.")
    assert (judged(expected, spoken) == []) is is_met


def test_what_was_cut_off_was_not_heard() -> None:
    """It stands in brackets in the transcript, and meets no expectation."""
    spoken = said("Call your nurse today", cut=2)
    assert judged(("hear", "Call your"), spoken) == []
    assert judged(("hear", "today"), spoken) != []
    assert spoken[0].shown == "Call your [cut off: nurse today]"


def test_a_transcript_says_what_was_done_and_heard() -> None:
    """And with which reader; where nothing was said it says that."""
    route = read(ROUTES[0])
    heard = [
        Heard(route.steps[0], "open /", said("Home"), 0.0, is_whole=True),
        Heard(route.steps[0], "press h", [], 0.0, is_whole=False),
    ]
    text = transcript(route, heard, "Orca 0")
    assert text.startswith(f"{route.about}\nOrca 0\n")
    assert "> open /\n     0.0 s  Home" in text
    assert "(nothing)" in text
