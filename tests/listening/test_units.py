"""Each unit that readers meet was heard: which there are is counted, how they sound is asked of a voice."""

import re
import shutil
import subprocess
import tomllib
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.export.test_reading import edition
from tests.shipped import shipped

UNITS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("units.toml").read_text(encoding="utf-8")
)["units"]

_UNIT = re.compile(
    r"\d\s?((?:mcg|mg|µg|μg|ng|g|kg|lbs?|oz|mL|ml|L|dL|IU|mmol|mol|cm|mm|km|hr?|min|°[FC]|[%‰]|mEq|mmHg)"
    r"(?:/[A-Za-zµ²³]+)*)(?![\w-])|\d (of) \d"
)
_SIGNS = re.compile(r"[\^\u00d7±≥≤<>~→←↑↓•✓✗]")
"""Signs that a voice leaves out, or names by their own name."""
_STRESS = re.compile(r"[',;\s_]")


@cache
def texts() -> str:
    """Return the words of every page and question."""
    pages = (edition().at(item).body for item in edition().targets() if not item.options)
    bare = (
        re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]*>", "\n", page, flags=re.DOTALL)
        for page in pages
    )
    asked = (
        "\n".join([question.stem, *(option.text for option in question.options)])
        for question in shipped().catalogue.bank.questions
    )
    return unescape("\n".join([*bare, *asked]))


def units_in(text: str) -> set[str]:
    """Return the units that stand behind figures in a text."""
    return {unit or of for unit, of in _UNIT.findall(text)}


def spoken(text: str) -> str:
    """Return how eSpeak NG says a text: its sounds, without stress and pauses."""
    done = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", "en-us", text], capture_output=True, text=True, check=True
    )
    return _STRESS.sub("", done.stdout)


def test_units_are_found_behind_figures() -> None:
    """Alone and of two parts; a letter of a word is none."""
    assert units_in("8 mg/kg, 5 µg and 1 of 4, in 2 groups") == {"mg/kg", "µg", "of"}


@pytest.mark.slow
def test_each_unit_of_the_content_was_heard() -> None:
    """A new one is listened to before it comes in; one that is gone leaves the list."""
    assert units_in(texts()) == set(UNITS)


def test_no_sign_that_a_voice_loses_is_in_the_words() -> None:
    """Such as a power of ten: '10^9' was heard as 'ten nine'."""
    assert sorted(set(_SIGNS.findall(texts()))) == []


@pytest.mark.listen
@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_said_right(unit: str) -> None:
    """The voice says it as its words say it."""
    if shutil.which("espeak-ng") is None:
        missing("not on this machine: espeak-ng; no unit was listened to")
    assert spoken(UNITS[unit]["sample"]) == spoken(UNITS[unit]["says"])
