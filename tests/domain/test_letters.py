"""What is no letter never stays in a text; every letter does."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.domain.letters import escaped, one_line, sound

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("don\x92t, \x93so\x94 \x96 \x85", "don\u2019t, \u201cso\u201d \u2013 \u2026"),
        ("a\tb\r\nc\x0bd\u2028e\x1b[31mred", "a b\nc\nd\ne[31mred"),
        ("ab\u202ecd\u2066ef\u200fgh", "abcdefgh"),
        ("half \ud83d here", "half \ufffd here"),
        ("\ufeffa\ufffeb\ufdd0c\x7fd\x81e", "abcde"),
        ("caf\u00e9 \u65e5\u672c \U0001f600 \u0631", "caf\u00e9 \u65e5\u672c \U0001f600 \u0631"),
    ],
)
def test_what_is_no_letter_is_left_out(given_text: str, kept: str) -> None:
    """Windows' punctuation is put right, signs that only steer are gone, letters stay."""
    assert sound(given_text) == kept


@given(ANY)
def test_any_text_becomes_one_that_every_file_can_hold(text: str) -> None:
    """After it there is no control but the line break, no half of a letter, no turn of direction."""
    made = sound(text)
    made.encode("utf-8")
    assert not {
        sign
        for sign in made
        if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign != "\n"
    }
    assert not {
        sign
        for sign in made
        if unicodedata.bidirectional(sign)
        in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    }
    assert sound(made) == made


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S"))))
def test_no_letter_is_lost(text: str) -> None:
    """Letters, marks, figures, punctuation and symbols stay as they are."""
    assert sound(text) == text


@given(ANY)
def test_one_line_is_one_line_and_an_escape_can_be_read_back(text: str) -> None:
    """Neither holds what a terminal carries out; what was escaped is still told apart."""
    assert len(one_line(text).splitlines()) <= 1
    assert "\t" not in one_line(text)
    assert len(escaped(text).splitlines()) <= 1
    assert sound(escaped(text)) == escaped(text)
    json.dumps(escaped(text)).encode("ascii")


def test_an_escape_names_the_sign() -> None:
    """A message about broken content shows what is wrong in it."""
    assert escaped("a\x1b[31m\u202eb\n\ud800\u2028\x9b") == (
        "a\\x1b[31m\\u202eb\\n\\ud800\\u2028\\x9b"
    )
