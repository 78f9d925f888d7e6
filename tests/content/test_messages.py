"""The interface words: what the code asks for is there, whatever happens to ``words.toml``."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.content.check import check_folder
from explorer.content.findings import ContentError
from explorer.content.load import Content
from explorer.content.rule import Stage
from explorer.content.rules.messages import MANIFEST, manifest, names_in
from explorer.runtime import read_checked
from tests.builders import TODAY, check, edit, small_folder
from tests.messages import ANY, Use, names, uses, written

FILE = "words.toml"

HANDED_ON = frozenset({"pdf.page"})
"""Templates that the code passes on as they are, and Typst fills in."""


@pytest.fixture(scope="module")
def calls() -> list[Use]:
    """Find every call that asks for words."""
    return list(uses())


def test_the_manifest_is_the_one_of_this_code() -> None:
    """It is written by ``python -m tests.messages``, and nobody has changed code or words since."""
    assert MANIFEST.read_text(encoding="utf-8") == written()


def test_every_call_asks_for_a_key_that_is_there(calls: list[Use], content: Content) -> None:
    """No key that the code names, or could put together, is without a text."""
    keys = {key for key, _ in content.catalogue.words.entries}  # with the kinds of medicine
    assert manifest().keys() <= keys
    assert [use for use in calls if not any(use.fits(key) for key in keys)] == []


def test_every_call_passes_what_the_text_needs(calls: list[Use]) -> None:
    """A text with places for values is asked for with these values."""
    lacking = [
        (use.place, key, sorted(needed - use.values))
        for key, (needed, _) in manifest().items()
        if key not in HANDED_ON
        for use in calls
        if not use.is_pattern and use.key == key and not needed <= use.values
    ]
    assert lacking == []


def test_a_text_that_is_only_put_together_is_passed_its_values_too(calls: list[Use]) -> None:
    """Of the calls that could mean it, one passes all that it needs."""
    for key, (needed, _) in manifest().items():
        fitting = [use for use in calls if use.fits(key)]
        if needed and all(use.is_pattern for use in fitting):
            assert any(needed <= use.values for use in fitting), key


def test_every_text_is_used(calls: list[Use]) -> None:
    """Each key is asked for by a call, or its name stands in the code."""
    named = names()
    asked = {use.key for use in calls if not use.is_pattern}
    patterns = {use.key for use in calls if use.is_pattern and use.key != ANY}
    patterns |= {name for name in named if "[a-z" in name}  # others are texts, with escapes
    unused = [
        key
        for key in manifest()
        if key not in asked
        and re.escape(key) not in named
        and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert unused == []


CASES = (
    # what stands there, what it becomes, the finding
    (
        'title = "Compare options"\n',
        "",
        (
            "words.toml: words.compare.title: error: this text is missing and a page needs it; "
            "put it back"
        ),
    ),
    (
        'version = "Content version {version}, {day}."\n',
        "",
        (
            "words.toml: words.frame.version: error: this text is missing and a page needs it; "
            "put it back, with {day}, {version}"
        ),
    ),
    (
        "Content version {version}, {day}.",
        "Content version {version}, {date}.",
        (
            "words.toml: words.frame.version: error: there is no value for {date} in this text; "
            "use {day}, {version}"
        ),
    ),
    (
        "Content version {version}, {day}.",
        "Content version {version}.",
        "words.toml: words.frame.version: error: the text has no place for {day}; put it back",
    ),
    (
        'title = "Compare options"',
        'title = "Compare options"\ntitel = "Compare options"',
        (
            "words.toml: words.compare.titel: warning: no page uses this text; check the spelling "
            "of its key, or take it out"
        ),
    ),
    (
        'title = "Compare options"',
        'title = "Compare {these} options"',
        (
            "words.toml: words.compare.title: error: there is no value for {these} in this text; "
            "take it out"
        ),
    ),
    ("{version}, {day}.", "{version, {day}.", "words.frame.version: error: "),
    ("{version}, {day}.", "{version}, {day}. }", "words.frame.version: error: a brace stands"),
    ("{version}, {day}.", "{version}, {}.", "there is no value for {} in this text"),
    ("{version}, {day}.", "{version}, {0}.", "there is no value for {0} in this text"),
    ("{version}, {day}.", "{version}, {day.year}.", "there is no value for {day.year} in"),
    ("{version}, {day}.", "{version}, {day!r}.", "there is no value for {day!…} in this text"),
    ("{version}, {day}.", "{version}, {day:>9}.", "there is no value for {day:…} in this text"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "line"), CASES)
def test_each_way_to_break_a_text_is_one_line(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    """It names the file, the key and what to do; the folder without the change has no finding."""
    folder = small_folder(tmp_path)
    assert [item for item in check(folder).findings if item.file == FILE] == []
    edit(folder, FILE, old, new)
    found = [str(item) for item in check(folder).findings if item.file == FILE]
    assert [item for item in found if line in item], found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[words",
        b"words = 3\n",
        b"banned = []\n",
        b"[words]\nsite = 1\n",
        b'[words.frame]\nsite = ["a"]\n',
        b'[words.frame]\nsite = ""\n',
        b'[words.frame]\n[words.frame.site]\nmore = "x"\n',
        None,
    ],
)
def test_a_broken_file_is_refused_and_named(tmp_path: Path, content: bytes | None) -> None:
    """Whatever stands in it, or nothing at all: findings for that file, and no start."""
    folder = small_folder(tmp_path)
    path = folder / FILE
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    report = check_folder(folder, TODAY, measure=False)
    assert [item for item in report.findings if item.file == FILE and item.level == "error"]
    with pytest.raises(ContentError, match=re.escape(FILE)):
        read_checked(folder, TODAY)


def test_a_start_refuses_a_missing_text(tmp_path: Path) -> None:
    """The rule belongs to the gate, which every start applies."""
    folder = small_folder(tmp_path)
    edit(folder, FILE, 'title = "Compare options"\n', "")
    report = check_folder(folder, TODAY, measure=False, stage=Stage.GATE)
    assert [item.rule for item in report.findings if item.file == FILE] == ["words-missing"]


@given(st.text(alphabet="{}ab!:.[]0 ", max_size=12))
def test_a_text_that_passes_can_be_filled_in(text: str) -> None:
    """What the rule lets through never fails when a page asks for it."""
    try:
        named = names_in(text)
    except ValueError:
        return
    if named <= {"a", "b"}:
        assert isinstance(text.format(a="x", b="y"), str)
