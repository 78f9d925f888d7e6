"""Commands for editors of the content: ``where``, ``reviewed`` and ``recite``; what is due."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from explorer.commands import CommandError, data_option, one_line
from explorer.output import say
from explorer.settings import load_settings

if TYPE_CHECKING:
    from explorer.content.load import Folder
    from explorer.domain.catalogue import Catalogue
    from explorer.domain.freshness import Freshness
    from explorer.editing.reviewed import Resting


def today() -> date:
    """Return the current day."""
    return datetime.now(tz=UTC).date()


def folder_of(data: str | None) -> Path:
    """Return the data folder that a command works with."""
    return load_settings(data=data).data


def name_folder(folder: Path, tell: Callable[[str], None] | None = None) -> None:
    """Say which folder is worked with, and whether another one lies in front of the editor.

    Args:
        folder: the one that is worked with.
        tell: writes a line; by default on the error stream, as it is.
    """
    tell = tell or partial(say, stream=sys.stderr)
    tell(f"content: {folder}")
    near = Path.cwd() / "data"
    if near.resolve() != folder and (near / "sources.toml").is_file():
        tell(f"note: {near} is another copy and was not read; for that one: --data data")


def read(folder: Path) -> "tuple[Folder, Catalogue]":
    """Read content that fits the model; its rules may be broken."""
    from explorer.content.findings import ContentError
    from explorer.content.load import build, read_folder

    found = read_folder(folder)
    try:
        return found, build(found)
    except ContentError as error:
        raise CommandError(one_line(str(error.findings[0]))) from None


def to_do(folder: Path, draft: str, kind: str = "text") -> int:
    """Print what is left to do until a draft can be published.

    Args:
        folder: the data folder.
        draft: the id of the medicine.
        kind: text or json.

    Returns:
        1 where something is left, otherwise 0.
    """
    from explorer.editing import drafts

    found, catalogue = read(folder)
    known = drafts.ids(found)
    if draft not in known:
        raise CommandError(f"there is no draft '{draft}'; drafts: {', '.join(known) or 'none'}")
    parts = drafts.to_do(found, catalogue, draft, today())
    if kind == "json":
        _say_json([part.model_dump(mode="json") for part in parts])
    for part in parts if kind == "text" else ():
        say(f"{part.title} ({len(part.lines)})")
        for line in part.lines:
            say(f"  {line}")
    left = sum(len(part.lines) for part in parts)
    said = "nothing" if left == 0 else str(left)
    end = 'set status = "published"' if left == 0 else "see it: anakinra-explorer run --drafts"
    say(f"left to do: {said}; {end}", stream=sys.stderr)
    return 1 if left else 0


def _say_json(value: Any) -> None:
    import json

    for line in json.dumps(value, indent=2).split("\n"):
        say(line)


def due_on(folder: Path, day: date, kind: str = "text") -> int:
    """Print what is due on a day; nothing of it is an error, so it always ends with 0."""
    from explorer.domain.freshness import freshness

    _, catalogue = read(folder)
    fresh = freshness(catalogue, day)
    if kind == "json":
        _say_json(fresh.model_dump(mode="json"))
    else:
        _say_due(fresh, day, whole=kind == "all")
    say(
        f"due on {day}: sources with a newer text {len(fresh.sources)}, facts {fresh.count}, "
        f"questions {len(fresh.questions)}",
        stream=sys.stderr,
    )
    return 0


def _say_due(fresh: "Freshness", day: date, *, whole: bool) -> None:
    """Print what is due, a line each; of facts the first three, or all of them."""
    for source in fresh.sources:
        say(
            f"sources.toml: {source.id}: read {source.read}, newest known {source.newest}; "
            f"{'1 place rests' if source.places == 1 else f'{source.places} places rest'} on it"
        )
    for facts in fresh.facts:
        shown = facts.keys if whole else facts.keys[:3]
        first = ", ".join(shown) + (", ..." if len(shown) < len(facts.keys) else "")
        what = "what could hurt most" if facts.careful else "other facts"
        say(f"{facts.file}: {what}, {len(facts.keys)} read on {facts.read}: {first}")
    for question in fresh.questions:
        say(f"question {question.id}: due on {question.due}")
    if day >= fresh.review_due:
        say(f"review.toml: next_due: the full review was due on {fresh.review_due}")


def _known(what: str, name: str, known: Iterable[str]) -> None:
    """Refuse a name that is not there, and say which are like it.

    Raises:
        CommandError: it is not there.
    """
    names = tuple(known)
    if name not in names:
        raise CommandError(f"there is no {what} '{name}'; {nearest(name, names)}")


@click.command(
    "where",
    help="Find where something stands: file, line, key and the page's address. One of TEXT, "
    "--source and --ref. Ends with 2 where a source or a fact of that name is not there.",
    short_help="find where something stands",
)
@data_option
@click.argument("text", metavar="[TEXT]", required=False)
@click.option("--source", metavar="ID", help="every place that rests on this source")
@click.option("--ref", metavar="REF", help="a fact, and every place that names it")
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text")
def where(
    data: str | None, text: str | None, source: str | None, ref: str | None, kind: str
) -> int:
    """Find where something stands."""
    from explorer.content.findings import ContentError
    from explorer.editing import where as places

    if sum(item is not None and item != "" for item in (text, source, ref)) != 1:
        raise click.UsageError("give one of TEXT, --source and --ref")
    folder = folder_of(data)
    _, catalogue = read(folder)
    try:
        if source:
            _known("source", source, [item.id for item in catalogue.sources])
            found = places.where_source(folder, catalogue, source)
        elif ref:
            _known("fact", ref, places.refs(catalogue))
            found = places.where_ref(folder, catalogue, ref)
        else:
            found = places.where_text(folder, catalogue, text or "")
    except (ContentError, OSError) as error:
        raise CommandError(one_line(error)) from None
    for line in (
        places.as_json(found).split("\n") if kind == "json" else places.as_text(found, text or "")
    ):
        say(line)
    say(f"places: {len(found)}", stream=sys.stderr)
    return 0


@click.command(
    "reviewed",
    help="Show a fact as it was and as it reads, and what rests on it. With NAME, write that this "
    "question, drawing or short form was read again against the fact, one at a time; a question "
    "keeps who has read it (--by).",
    short_help="a question or a drawing was read again",
)
@data_option
@click.argument("ref", metavar="REF")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--by", metavar="WHO", help="who or what has read it: a role, or a program")
@click.option("--human", is_flag=True, help="a person has read it")
def reviewed(data: str | None, ref: str, name: str | None, by: str | None, human: bool) -> int:
    """Show what rests on a fact, or write that one thing was read again."""
    from explorer.content.kept import tied_to
    from explorer.editing import reviewed as again

    folder = folder_of(data)
    _, catalogue = read(folder)
    try:
        resting = again.rests_on(catalogue, ref)
        if name:
            chosen = next((item for item in resting if item.name == name), None)
            if chosen is None:
                raise CommandError(f"'{name}' does not rest on '{ref}'")
            who = (by or "").strip()
            if chosen.is_question and not who:
                raise click.UsageError('say who or what has read it, such as --by "pharmacist"')
            say(again.mark_reviewed(folder, chosen, ref, by=who, human=human, today=today()))
            return 0
    except again.EditError as error:
        raise CommandError(one_line(error)) from None
    old, now = again.old_and_new(catalogue, ref)
    say(f"was: {' '.join(old.split())}")
    say(f"now: {' '.join(now.split())}")
    for item in resting:
        state = "read it again" if item.is_due else "as it was read"
        say(f"{item.file}: {item.name}: {state}: {item.words}")
    told = {f"{item.file}: {item.name}" for item in resting}
    for place in tied_to(catalogue).get(ref, ()):
        if place not in told:
            say(f"{place}: look at it too")
    due = sum(item.is_due for item in resting)
    say(f"to read again: {due} of {len(resting)}", stream=sys.stderr)
    return 0


@click.command(
    "recite",
    help="Walk through what rests on the source OLD, one place at a time, and let each name NEW "
    "with the place where you read the fact again. Without --at, each is shown and you type the "
    "place; an empty line leaves it as it is, q ends.",
    short_help="walk from an old revision to a new one",
)
@data_option
@click.argument("old", metavar="OLD")
@click.argument("new_source", metavar="NEW")
@click.option("--list", "only_list", is_flag=True, help="only list the places that are left")
@click.option("--at", metavar="FILE:KEY", help="this citation only, as --list names it")
@click.option("--place", metavar="PLACE", help="with --at: where in NEW the fact stands")
@click.option(
    "--read-in",
    type=click.Choice(("label", "leaflet", "guideline", "review", "trial abstract", "secondary")),
    help="in what it was read, where that is not as before",
)
def recite(
    data: str | None,
    old: str,
    new_source: str,
    only_list: bool,
    at: str | None,
    place: str | None,
    read_in: str | None,
) -> int:
    """Walk from an old revision to a new one."""
    from explorer.editing import reviewed as again

    folder = folder_of(data)
    _, catalogue = read(folder)
    known = [source.id for source in catalogue.sources]
    _known("source", old, known)
    try:
        left = again.citations_of(folder, catalogue, old)
        if new_source not in known or new_source == old:
            others = [source for source in known if source != old]
            raise again.EditError(
                f"there is no other source '{new_source}' in sources.toml; "
                f"{nearest(new_source, others)}; a new one: anakinra-explorer new source ID"
            )
        if only_list:
            for item in left:
                say(f"{item.file}:{item.key}: {item.place}: {_short(item.text)}")
        elif at is not None:
            named = _named(left, at)
            if len(named) != 1:
                keys = [f"{item.file}:{item.key}" for item in named or left]
                what = "is cited more than once" if named else "is not cited"
                raise again.EditError(f"'{old}' {what} at '{at}'; {nearest(at, keys)}; see --list")
            say(again.recite(folder, named[0], old, new_source, place or "", read_in or ""))
            return 0
        else:
            _walk(folder, left, old, new_source, read_in or "")
        left = again.citations_of(folder, read(folder)[1], old)
    except again.EditError as error:
        raise CommandError(one_line(error)) from None
    say(f"places that still rest on {old}: {len(left)}", stream=sys.stderr)
    return 0


def _named(left: "tuple[Resting, ...]", at: str) -> "list[Resting]":
    """Return the citations that FILE:KEY names, spelt as any command writes it.

    ``check`` and ``where`` write "FILE: KEY" or "FILE:LINE: KEY", and leave ``.citations`` out.
    """
    import re

    plain = re.sub(r":\d+:", ":", re.sub(r"\s+", "", at))
    same = [item for item in left if f"{item.file}:{item.key}" == plain]
    return same or [
        item for item in left if f"{item.file}:{item.key}".partition(".citations")[0] == plain
    ]


def nearest(wanted: str, known: Iterable[str]) -> str:
    """Say which names are most like one that is not there."""
    from difflib import get_close_matches

    near = get_close_matches(wanted, tuple(dict.fromkeys(known)), n=3, cutoff=0.4)
    return f"the nearest: {', '.join(near)}" if near else "nothing is like it"


def _walk(folder: Path, left: tuple[Any, ...], old: str, new: str, read_in: str) -> None:
    """Ask for each place; what was answered is written at once."""
    from explorer.editing import reviewed as again

    for number, item in enumerate(left, 1):
        say(f"{number} of {len(left)}: {item.file}:{item.line}: {item.key}")
        say(f"  says: {_short(item.text)}")
        say(f"  rests on {old}: {item.place}")
        try:
            typed = input(f"  place in {new} (empty: leave it, q: end): ").strip()
        except EOFError:
            return
        if typed == "q":
            return
        if typed:
            say(f"  {again.recite(folder, item, old, new, typed, read_in)}")


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:157]}..."


COMMANDS: Final = (where, reviewed, recite)
"""What the command offers to editors."""
