"""What looks right and is not: letters of another script, odd signs, addresses, encodings, days."""

from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.content.load import load
from explorer.content.rules.letters import _ADDRESS
from tests.builders import check, edit, small_folder

ALPHA = "medicines/alpha.toml"
TEXT = "No boxed warning."


def errors(folder: Path) -> list[tuple[str, str, str]]:
    """Give rule, file and key of each error."""
    return [
        (item.rule, item.file, item.key) for item in check(folder).findings if item.level == "error"
    ]


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("https://www.accessdata.fda.gov/drugsatfda_docs/label/2020/x.pdf#page=3", True),
        ("https://example.org", True),
        ("http://www.rxlist.com/a_(b)?q=1&c=%CE%B2", True),
        ("https://xn--exmple-4nf.org/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://example.org/x", False),
        ("//example.org/x", False),
        ("https://", False),
        ("https://known.name@other.host/x", False),
        ("https://known.name:80@other.host/x", False),
        ("https://example.org:8443/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1]/x", False),
        ("https://2130706433/", False),
        ("https://localhost/x", False),
        ("https://example.org\\@other.host/", False),
        ("https://exa mple.org/", False),
        ("https://ex\u0430mple.org/", False),
        ("https://example.org/x\u202e", False),
        ('https://example.org/"onclick=', False),
        ("https://example.org/x\n", False),
    ],
)
def test_an_address_names_a_plain_host(address: str, is_right: bool) -> None:
    """Another scheme, a user, a port, a number, a letter that only looks like one: refused."""
    assert bool(_ADDRESS.fullmatch(address)) is is_right


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("No b\u043exed warning.", "mixed-script"),  # Cyrillic o
        ("No b\u03bfxed warning.", "mixed-script"),  # Greek omicron
        ("No \uff42oxed warning.", "mixed-script"),  # fullwidth b
        ("No \U0001d41boxed warning.", "mixed-script"),  # mathematical bold b
        ("No \uff42\uff4f\uff58 warning.", "hidden-sign"),  # all fullwidth
        ("No bo\u0301\u0301\u0301xed warning.", "hidden-sign"),
        ("No boxed\ue000 warning.", "hidden-sign"),  # private use
        ("No boxed\u2028 warning.", "hidden-sign"),
        ("No boxed\U000e0041 warning.", "control-character"),  # tag
        ("No bo\u00adxed warning.", "control-character"),  # soft hyphen
        ("No boxed\\u0000 warning.", "control-character"),
    ],
)
def test_a_text_that_only_looks_right_is_found(tmp_path: Path, text: str, rule: str) -> None:
    """One error at its place, of the rule that says what it is."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, TEXT, text)
    found = errors(folder)
    assert (rule, ALPHA, "cells.boxed-warning.text") in found


def test_letters_that_people_write_are_taken(tmp_path: Path) -> None:
    """Accents, a Greek name of its own, a micro sign, a whole word of another script."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, TEXT, "No boxed warning: Beh\u00e7et, Vi\u1ec7t, \u03b2-one, 5 \u00b5g.")
    assert errors(folder) == []


def test_a_source_was_not_read_after_the_contents_day(tmp_path: Path) -> None:
    """A day of reading that has not come is refused, as one of a medicine's is."""
    folder = small_folder(tmp_path)
    edit(folder, "sources.toml", "accessed = 2026-11-01", "accessed = 2099-01-01")
    assert errors(folder) == [("checked-later", "sources.toml", "label-one.accessed")]


def test_a_text_of_the_interface_that_is_empty_is_missing(tmp_path: Path) -> None:
    """It would leave a heading or a button without a word."""
    folder = small_folder(tmp_path)
    edit(folder, "words.toml", 'title = "Compare options"', 'title = " "')
    assert errors(folder) == [("words-missing", "words.toml", "words.compare.title")]


WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda text: text.replace(b"\n", b"\r\n"),
    "BOM": lambda text: b"\xef\xbb\xbf" + text,
}


@pytest.mark.parametrize("how", WRITTEN.values(), ids=WRITTEN)
def test_what_editors_on_windows_write_is_the_same(
    tmp_path: Path, how: Callable[[bytes], bytes]
) -> None:
    """Line ends and a mark at the start change nothing that is read."""
    folder = small_folder(tmp_path)
    plain = load(folder).catalogue
    path = folder / ALPHA
    path.write_bytes(how(path.read_bytes()))
    assert errors(folder) == []
    assert load(folder).catalogue == plain


MOVED = {
    "upper case": "medicines/alpha.TOML",
    "kept copy": "medicines/alpha.toml.bak",
    "deeper": "medicines/x/alpha.toml",
}


@pytest.mark.parametrize("name", MOVED.values(), ids=MOVED)
def test_a_medicine_does_not_vanish_by_its_name(tmp_path: Path, name: str) -> None:
    """A file that is not read is named, and what is missing without it is an error."""
    folder = small_folder(tmp_path)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / ALPHA).rename(folder / name)
    assert errors(folder)
    assert name in {item.file for item in check(folder).findings}
