"""What was read again against a fact, and a citation that was: one named thing at a time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from explorer.content.kept import what_is_said
from explorer.content.load import DRAWINGS, QUESTIONS, SHORT
from explorer.content.rules.short_forms import short_hash
from explorer.content.support import supporting_text, text_hash
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.review_lines import by_address
from explorer.domain.sources import Citation
from explorer.editing.toml_file import Path_, TomlFile
from explorer.editing.where import files

NOT_KEPT = "(not kept: facts.toml has no text of it)"


class EditError(Exception):
    """An edit cannot be made; the message is one line that says why and what to do."""


class Rests(Frozen):
    """A question, a drawing or a short form that rests on a fact.

    Attributes:
        name: its id.
        file: its file.
        words: what it asks, or says.
        held: the hash that it has.
        now: the hash of the fact as it reads.
    """

    name: str
    file: str
    words: str
    held: str
    now: str

    @property
    def is_question(self) -> bool:
        """Whether it is a question: those keep who has read them."""
        return self.file.startswith(f"{QUESTIONS}/")

    @property
    def is_due(self) -> bool:
        """Whether the fact reads otherwise than when this was last read."""
        return self.held != self.now


def rests_on(catalogue: Catalogue, ref: str) -> tuple[Rests, ...]:
    """Return the questions, drawings and short forms that rest on a fact.

    Raises:
        EditError: nothing stated stands there.
    """
    text = supporting_text(catalogue, ref)
    line = by_address(catalogue).get(ref)
    if text is None and line is None:
        raise EditError(f"nothing stated stands at '{ref}'; find it with: where TEXT")
    held = [
        (f"{QUESTIONS}/{topic.id}.toml", question.id, question.stem, question.supported_by)
        for topic in catalogue.bank.topics
        for question in topic.questions
    ]
    held += [
        (DRAWINGS, item.id.value, item.title, item.supported_by) for item in catalogue.drawings
    ]
    found = [
        Rests(name=name, file=file, words=words, held=support.hash, now=text_hash(text or ""))
        for file, name, words, supports in held
        for support in supports
        if support.ref == ref
    ]
    found += [
        Rests(name=form.id, file=SHORT, words=form.text, held=item.hash, now=short_hash(line or []))
        for form in catalogue.short_forms
        for item in form.rests_on
        if item.ref == ref
    ]
    return tuple(found)


def old_and_new(catalogue: Catalogue, ref: str) -> tuple[str, str]:
    """Return a fact as it was released and as it reads."""
    new = what_is_said(catalogue).get(ref) or supporting_text(catalogue, ref) or ""
    kept = {fact.id: fact for fact in catalogue.kept.facts}.get(ref)
    if kept is not None and kept.hash == text_hash(new):
        return new, new
    return (kept.text if kept is not None and kept.text else NOT_KEPT), new


def mark_reviewed(
    folder: Path, rests: Rests, ref: str, *, by: str, human: bool, today: date
) -> str:
    """Write the hash of a fact into one thing that was read again; into a question, who read it.

    Args:
        folder: the data folder.
        rests: the question, the drawing or the short form.
        ref: the fact.
        by: who or what has read it.
        human: whether that was a person.
        today: the day.

    Returns:
        What was written, as a line.

    Raises:
        EditError: it does not rest on the fact.
    """
    file = TomlFile(folder, rests.file)
    if not rests.is_question:
        table = "rests_on" if rests.file == SHORT else "supported_by"
        for place, support in enumerate(file.at((rests.name, table))):
            if support.get("ref") == ref:
                file.replace((rests.name, table, place, "hash"), f'"{rests.now}"')
                file.save()
                return f"{rests.file}: {rests.name}: {ref} is {rests.now}"
    for number, question in enumerate(file.data.get("questions", [])):
        if question.get("id") != rests.name:
            continue
        for place, support in enumerate(question.get("supported_by", [])):
            if support.get("ref") == ref:
                way: Path_ = ("questions", number, "supported_by", place, "hash")
                file.replace(way, f'"{rests.now}"')
                read = f"{{ on = {today}, by = {_quoted(by)}, human = {str(human).lower()} }}"
                reads: Path_ = ("questions", number, "reads")
                known = {"on": today, "by": by, "human": human}
                if known in question.get("reads", []):
                    pass  # one reading of a question counts once, however many facts it rests on
                elif file.has(reads):
                    file.append(reads, read)
                else:
                    file.insert_line(("questions", number, "due"), f"reads = [ {read} ]")
                file.save()
                return f"{rests.file}: {rests.name}: {ref} is {rests.now}, read by {by}, {today}"
    raise EditError(f"'{rests.name}' does not rest on '{ref}'")


class Resting(Frozen):
    """A citation of a source, with the text that rests on it."""

    file: str
    line: int
    key: str
    place: str
    text: str


def citations_of(folder: Path, catalogue: Catalogue, source: str) -> tuple[Resting, ...]:
    """Return every citation of a source, file by file.

    Raises:
        EditError: there is no such source.
    """
    if not catalogue.has_source(source):
        raise EditError(f"there is no source '{source}' in sources.toml")
    return tuple(
        Resting(
            file=file.name,
            line=file.line(path),
            key=file.key(path[:-1]),
            place=str(file.at(path[:-1]).get("place", "")),
            text=_around(file, path),
        )
        for file in files(folder)
        for path in _citing(file, source)
    )


def recite(folder: Path, citing: Resting, old: str, new: str, place: str, read_in: str = "") -> str:
    """Let one citation name another source, and the place where the fact was read again.

    Args:
        folder: the data folder.
        citing: the citation, as ``citations_of`` gave it.
        old: the source that it names.
        new: the one that it shall name.
        place: where in it the fact stands.
        read_in: in what it was read, where that is not as before.

    Returns:
        What was written, as a line.

    Raises:
        EditError: the place is empty, or the citation is not there any more.
    """
    if not place.strip():
        raise EditError("name the place in the new text where you read the fact: --place")
    file = TomlFile(folder, citing.file)
    for path in _citing(file, old):
        if file.key(path[:-1]) == citing.key:
            held: Path_ = path[:-1]
            file.replace((*held, "source"), f'"{new}"')
            file.replace((*held, "place"), _quoted(place.strip()))
            if read_in:
                file.replace((*held, "read_in"), f'"{read_in}"')
            Citation.model_validate(file.at(held))
            file.save()
            return f"{citing.file}: {citing.key}: {new}, {place.strip()}"
    raise EditError(f"{citing.file}: {citing.key}: '{old}' is not cited there any more")


def _citing(file: TomlFile, source: str) -> Iterator[Path_]:
    for path, text in file.strings():
        if text == source and path[-1] == "source" and "citations" in path:
            yield path


def _around(file: TomlFile, path: Path_) -> str:
    for length in range(len(path), 0, -1):
        around = file.at(path[:length])
        if isinstance(around, dict):
            said = [
                str(around[name]) for name in ("text", "sign", "limits", "words") if name in around
            ]
            said += [str(around["detail"])] if said and "detail" in around else []
            if said:
                return " ".join(said)
    return ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
