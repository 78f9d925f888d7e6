"""The links of a class carry keys after the ``#`` only."""

import pytest

from explorer.domain.class_links import ClassKeys, read_keys

ALL = ClassKeys(console="c-1", projector="p_2", report="r3")


@pytest.mark.parametrize(
    "keys", [ALL, ClassKeys(projector="p_2"), ClassKeys(report="r3")], ids=["all", "room", "report"]
)
def test_what_a_link_carries_is_read_back(keys: ClassKeys) -> None:
    """Each link gives the keys that it was made of."""
    assert read_keys(keys.fragment) == keys


def test_the_links_to_screen_and_report_hold_one_key() -> None:
    """The console's key stands in neither of the two links that are passed on."""
    assert ALL.for_projector == "projector=p_2"
    assert ALL.for_report == "report=r3"


def test_a_whole_link_may_be_pasted() -> None:
    """A person pastes the whole address, with spaces around it."""
    assert read_keys(" http://localhost:8501/results#report=r3 ") == ClassKeys(report="r3")


@pytest.mark.parametrize(
    "text", ["", "#", "report", "report=", "console=a", "console=a.b", "projector=a.b", "guide=x"]
)
def test_anything_else_is_no_key(text: str) -> None:
    """What is cut short or of another page gives no key."""
    assert read_keys(text) is None


def test_the_console_opens_what_the_report_link_opens() -> None:
    """Who holds all keys loses none by opening the report; another class's report is another."""
    assert ALL.holds(ClassKeys(report="r3"))
    assert not ALL.holds(ClassKeys(report="r4"))
    assert not ClassKeys(report="r3").holds(ALL)
