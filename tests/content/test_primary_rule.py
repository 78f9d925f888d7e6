"""A result that was picked out of many does not stand in place of the trial's main result."""

from pathlib import Path

import pytest

from tests.content.test_measure_rules import PICTURE, measured, told

NUMBERS = "numbers/beta.toml"
YES = 'primary = "yes"\n'


def drawn(target: Path, *pictures: str) -> Path:
    """Write pictures of beta into the small folder."""
    folder = measured(target)
    (folder / "numbers").mkdir()
    made = "".join(item.replace("{{", "{").replace("}}", "}") for item in pictures)
    (folder / NUMBERS).write_text(made, encoding="utf-8")
    return folder


def picture(number: int, primary: str, instead: str = "") -> str:
    """Give a picture that says of itself what is given."""
    text = PICTURE.format(id=f"b{number}", measure="half", caution="Small.")
    line = f'primary = "{primary}"\n' if primary else ""
    return text.replace(YES, line) + (f'instead = "{instead}"\n' if instead else "")


def test_a_benefit_of_one_trial_says_whether_it_is_the_main_result(tmp_path: Path) -> None:
    """Without the word it is refused, with the words that may stand there."""
    (line,) = told(drawn(tmp_path, picture(1, "")), "primary")
    assert line.startswith("numbers/beta.toml: b1.primary: error: say whether this is")
    assert line.endswith("primary = 'yes', 'no', 'not-read'")


@pytest.mark.parametrize("primary", ["yes", "not-read"])
def test_the_main_result_and_one_that_is_not_known_pass(tmp_path: Path, primary: str) -> None:
    """What the trial was made for may stand alone; not knowing it is said, and is no fault."""
    assert told(drawn(tmp_path, picture(1, primary)), "primary") == []


def test_another_result_alone_is_refused(tmp_path: Path) -> None:
    """A result that was not the aim of the trial needs the main one."""
    (line,) = told(drawn(tmp_path, picture(1, "no")), "primary")
    assert "b1.instead" in line
    assert "draw that one too" in line


def test_another_result_beside_the_main_one_passes(tmp_path: Path) -> None:
    """Both are drawn for the same condition from the same source."""
    assert told(drawn(tmp_path, picture(1, "yes"), picture(2, "no")), "primary") == []


def test_another_result_that_tells_the_main_one_passes(tmp_path: Path) -> None:
    """The words 'main result' stand in what is said beside the picture."""
    folder = drawn(tmp_path, picture(1, "no", "The main result was pain: 30 and 20 of 100."))
    assert told(folder, "primary") == []


def test_a_review_has_no_main_result(tmp_path: Path) -> None:
    """What sums up several trials says nothing of one."""
    text = picture(1, "yes").replace('design = "trial"', 'design = "review"')
    (line,) = told(drawn(tmp_path, text), "primary")
    assert "only a benefit of one trial has a main result" in line
