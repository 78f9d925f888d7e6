"""No text of the content escapes the wording rules, wherever it stands."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from explorer import paths
from explorer.content.context import Context
from explorer.content.findings import ContentError
from explorer.content.load import Folder, build, read_folder
from explorer.content.rule import registered
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.facts import Fact, facts, leaves_of
from explorer.domain.messages import Words
from explorer.domain.prose import Code, Prose
from tests.builders import TODAY, check, edit, small_folder
from tests.shipped import shipped

pytestmark = pytest.mark.slow

UNREAD = {
    "address, at the authority or journal": r"sources\.toml: [^.]+\.address",
    "address inside the site": r"audit\.toml: .*\.where",
    "ref": r"changes\.toml: .*\.ref|claims\.toml: .*\.places\.\d+|questions/.*\.supported_by\.\d+\.ref"
    r"|(guide|medicines)/.*\.says\.\d+|facts\.toml: .*"
    r"|drawings\.toml: .*\.(supported_by\.\d+\.ref|rests_on)|short\.toml: .*\.ref",
    "hash": r"questions/.*\.hash|(drawings|short)\.toml: .*\.hash|released\.toml: .*\.hash|grades\.toml: .*",
    "pattern": (
        r"(signs|harms)\.toml: (told|.*\.spotted_by)\b.*|claims\.toml: .*\.told\.\d+"
        r"|rows\.toml: .*\.(told|also|settled|orders)\.\d+(\.words)?"
    ),
    "sentence that is read where it stands": r"parents\.toml: sentences\.\d+\.said",
    "figure": r"questions/.*\.story\.\d+",
    "host": r"mirrors\.toml: hosts\.\d+",
    "row of a role": r"rows\.toml: roles\..*",
    "for editors only": (r"exceptions\.toml: .*|words\.toml: banned\..*|rows\.toml: .*\.also_why"),
}
"""Fields that no reader sees, each with what it is; all other text is read by the rules."""


CLOSED = ("id", "kind", "group")
"""Keys whose value says what the table around them is, so they stay as they are."""


def sentence(number: int) -> str:
    """Make a text that breaks two rules and can be told from every other one."""
    return f"The best and safest medicine, just try it: <b{number}>x</b{number}>"


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every text in parsed TOML."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from leaves(inside, (*path, key))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from leaves(inside, (*path, place))


def put(value: Any, path: tuple[Any, ...], text: str) -> None:
    """Put a text into parsed TOML."""
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = text


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """Return what stands at a path."""
    for step in path:
        value = value[step]
    return value


def fitting(folder: Folder, texts: dict[int, tuple[str, tuple[Any, ...]]]) -> Catalogue:
    """Take back what does not fit the model, which the check names by itself, and build the rest.

    Args:
        folder: the folder with a sentence in every text.
        texts: where each sentence stands; those that are taken back are removed.
    """
    shipped = dict(read_folder(paths.DATA).files)
    files = dict(folder.files)
    for _ in range(12):
        try:
            return build(folder)
        except ContentError as error:
            bad: dict[str, set[str]] = defaultdict(set)
            for finding in error.findings:
                bad[finding.file].add(finding.key)
            back = [
                number
                for number, (file, path) in texts.items()
                if file in bad and _stands_at(files[file], path, bad[file])
            ]
            if not back:
                raise
            for number in back:
                file, path = texts.pop(number)
                put(files[file], path, at(shipped[file], path))
    raise AssertionError("the folder never fits the model")


def _stands_at(table: Any, path: tuple[Any, ...], keys: set[str]) -> bool:
    """Return whether the key of a finding names a text or what holds it."""
    steps = _key(table, path).split(".")
    return "-" in keys or any(".".join(steps[:n]) in keys for n in range(1, len(steps) + 1))


def _key(table: Any, path: tuple[Any, ...]) -> str:
    """Write a path as a finding does: an item of a list by its id, else by its place from 1."""
    shown: list[str] = []
    for step in path:
        table = table[step]
        named = isinstance(step, int) and isinstance(table, dict) and "id" in table
        shown.append(
            str(table["id"]) if named else str(step + 1 if isinstance(step, int) else step)
        )
    return ".".join(shown)


def _field(fact: Fact) -> tuple[str, str]:
    """Name the field of the model that holds a text."""
    message = isinstance(fact.item.value, Words)
    return type(fact.item.value).__name__, "" if message else fact.field.split(".")[0]


def test_a_bad_sentence_is_found_in_every_field_of_every_file() -> None:
    """Each text of the shipped folder, made bad, is a finding of its own, or no reader sees it.

    The texts are found in the TOML itself, so a field without a mark cannot hide.
    """
    folder = read_folder(paths.DATA)
    files = dict(folder.files)
    texts: dict[int, tuple[str, tuple[Any, ...]]] = {}
    for file, table in files.items():
        for path in list(leaves(table)):
            if path[-1] not in CLOSED:
                texts[len(texts)] = (file, path)
                put(table, path, sentence(len(texts) - 1))
    catalogue = fitting(folder, texts)
    context = Context(catalogue=catalogue, folder=folder, today=TODAY)
    found = {
        int(number[1])
        for rule in registered()
        if "markup" in rule.ids
        for finding in rule.apply(context)
        if (number := re.search(r"<b(\d+)>", finding.reason))
    }
    missed = sorted(
        f"{file}: {_key(files[file], path)}" for n, (file, path) in texts.items() if n not in found
    )
    allowed = re.compile("|".join(f"(?:{pattern})" for pattern in UNREAD.values()))
    assert [place for place in missed if not allowed.fullmatch(place)] == []
    assert len(found) > 6_000
    tried = {_field(fact) for fact in context.facts if "<b" in fact.text}
    assert {_field(fact) for fact in facts(shipped().catalogue)} - tried == set()
    unused = [what for what, one in UNREAD.items() if not any(re.fullmatch(one, p) for p in missed)]
    assert unused == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (
            "rows.toml",
            'short = "Names"',
            'short = "Best: Names"',
            "rows.toml: rows.names.short: error: 'best' is not used here; ",
        ),
        (
            "words.toml",
            'title = "Compare options"',
            'title = "Compare <b>options</b>"',
            "words.toml: words.compare.title: error: text is plain, without markup; found '<b>'",
        ),
        (
            "review.toml",
            'policy = "',
            'policy = "Just read on. ',
            "review.toml: policy: error: 'just' is not used here; ",
        ),
    ],
)
def test_texts_outside_the_cells_are_read_too(
    tmp_path: Path, file: str, old: str, new: str, line: str
) -> None:
    """Short names of rows, messages and the review are held to the rules of words."""
    folder = small_folder(tmp_path)
    edit(folder, file, old, new)
    found = [str(finding) for finding in check(folder).findings]
    assert [item for item in found if item.startswith(line)], found


def test_every_field_of_text_is_prose_or_a_code() -> None:
    """A field of text in a model of the content says which one it is, so that none is forgotten."""
    unmarked = [
        f"{model.__name__}.{name}"
        for model in models(Catalogue)
        for name, info in model.model_fields.items()
        for leaf, marks in leaves_of(info.annotation, tuple(info.metadata))
        if leaf is str and not any(isinstance(mark, Prose | Code) for mark in marks)
    ]
    assert unmarked == []


def test_a_field_without_a_mark_is_seen() -> None:
    """The test above fails for a text, an optional text and a text in a tuple without a mark."""

    class Bare(Frozen):
        """A model whose author forgot the marks."""

        one: str
        two: str | None = None
        three: tuple[str, ...] = ()
        four: int = 0

    found = [
        name
        for name, info in Bare.model_fields.items()
        for leaf, marks in leaves_of(info.annotation, tuple(info.metadata))
        if leaf is str and not any(isinstance(mark, Prose | Code) for mark in marks)
    ]
    assert found == ["one", "two", "three"]


def models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Find every model that a model is made of."""
    found: set[type[BaseModel]] = set()
    waiting = [model]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        for info in here.model_fields.values():
            waiting += [
                leaf
                for leaf, _ in leaves_of(info.annotation, tuple(info.metadata))
                if isinstance(leaf, type) and issubclass(leaf, BaseModel)
            ]
    return found
