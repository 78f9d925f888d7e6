"""What the command does for a review: sheets to sign, and filled ones read back."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from explorer.commands import (
    CommandError,
    checked_content,
    data_option,
    one_line,
    output_option,
    to_option,
)
from explorer.export_commands import export
from explorer.files import write_file
from explorer.output import say
from explorer.settings import load_settings

if TYPE_CHECKING:
    from explorer.content.load import Content
    from explorer.domain.review_lines import ReviewLine

REVIEW_FORMATS: Final = ("pdf", "xlsx")
"""What a sheet to sign can be exported to."""


@export.command(
    "review",
    help="Write a sheet by which a clinician signs: each line with its source and place, what "
    "could hurt most first. A filled spreadsheet is read back with 'import review'.",
    short_help="a sheet for a clinician to sign",
)
@data_option
@click.option("--medicine", metavar="ID", help="the lines of one medicine")
@click.option("--guide", is_flag=True, help="the lines of the guide")
@click.option("--questions", is_flag=True, help="the questions")
@click.option(
    "--part",
    metavar="NAME",
    help="the lines of any part: signs, contacts, conditions, options, concepts, glossary, or one "
    "of them with what it is of, such as guide/storing, conditions/ra or options/ra; all for all",
)
@click.option(
    "--changed-since",
    "since",
    metavar="VERSION|DIR",
    help="only lines that read otherwise in a content version that a review names, or in the "
    "folder of an older copy of the content",
)
@to_option(REVIEW_FORMATS)
@output_option
def export_review(
    data: str | None,
    medicine: str | None,
    guide: bool,
    questions: bool,
    part: str | None,
    since: str | None,
    to: str,
    output: str,
) -> int:
    """Write a sheet to sign."""
    from explorer.domain.catalogue import UnknownId
    from explorer.domain.refs import GUIDE, QUIZ
    from explorer.domain.review_lines import review_lines
    from explorer.domain.review_scope import NothingToReview, scope_of
    from explorer.domain.sign_off import EVERYTHING
    from explorer.export import review_pdf, review_xlsx
    from explorer.export.pdf import PdfError

    parts = [name for name in (medicine, part) if name is not None]
    parts += [part for part, wanted in ((GUIDE, guide), (QUIZ, questions)) if wanted]
    if len(parts) > 1 or not (parts or since):
        raise click.UsageError(
            "name what is to be signed: --medicine ID, --guide, --questions, --part NAME or "
            "--changed-since VERSION"
        )
    wanted_part = parts[0] if parts else EVERYTHING
    content = checked_content(data)
    catalogue = content.catalogue
    write = {"pdf": review_pdf.write, "xlsx": review_xlsx.write}[to]
    try:
        if medicine is not None:
            catalogue.medicine(medicine)
        lines = review_lines(catalogue)
        before = None if since is None else _before(content, since, lines)
        made = write(scope_of(lines, wanted_part, before), catalogue, content.version)
    except (UnknownId, NothingToReview, PdfError) as error:
        raise CommandError(one_line(error)) from None
    write_file(output, made)
    return 0


def _before(content: "Content", since: str, lines: "tuple[ReviewLine, ...]") -> dict[str, set[str]]:
    """Return the hashes of an older content: of a version that reviews name, or of a folder."""
    from explorer.content.findings import ContentError
    from explorer.content.load import load
    from explorer.domain.review_lines import by_address, hash_of
    from explorer.domain.review_scope import hashes_at

    folder = Path(since)
    if re.fullmatch(r"[0-9a-f]{10}", since) and not folder.is_dir():
        return hashes_at(content.catalogue, since, lines)
    if not folder.is_dir():
        raise CommandError(
            f"'{since}' is no folder, and no content version (ten of 0 to 9 and a to f)"
        )
    if not (folder / "rows.toml").is_file():
        raise CommandError(
            f"{since} holds no content: rows.toml is missing; name the folder where it stands"
        )
    try:
        older = load(folder).catalogue
    except ContentError as error:
        first = one_line(str(error.findings[0]))
        raise CommandError(
            f"{since} cannot be read by this program, so nothing can be compared "
            f"(findings: {len(error.findings)}, the first: {first}). If it was written for another "
            "version of the program: where it is the newer copy, use the program that came with "
            "it and name the two the other way round; where it is the older one, name a later "
            "copy, or a content version that a review holds"
        ) from None
    return {ref: {hash_of(found)} for ref, found in by_address(older).items()}


@export.command(
    "content",
    help="Write all medicines as a spreadsheet, one sheet each, for reading and marking, and after "
    "them the signs, the conditions, the options without a new medicine and the words explained. "
    "Nothing is read back from it.",
    short_help="all medicines, for reading",
)
@data_option
@to_option(("xlsx",))
@output_option
def export_content(data: str | None, to: str, output: str) -> int:
    """Write all medicines, and what belongs to none."""
    from explorer.export import content_xlsx

    content = checked_content(data)
    write_file(output, {"xlsx": content_xlsx.write}[to](content.catalogue, content.version))
    return 0


@click.group(
    "import",
    no_args_is_help=False,
    help="Read a file back.",
    short_help="read a filled sheet or questions",
)
def import_group() -> None:
    """Hold what can be read back."""


@import_group.command(
    "review",
    help="Read a filled review sheet (xlsx) and add its marks to signatures.toml. What fits is "
    "taken; the rest is listed by row. A text that changed since is never signed.",
    short_help="read a filled review sheet",
)
@data_option
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="only say what would be taken; write nothing")
def import_review(data: str | None, file: str, dry_run: bool) -> int:
    """Read a filled sheet."""
    from explorer.content.findings import ContentError
    from explorer.content.load import SIGNATURES, build, read_folder
    from explorer.content.review_import import appended, checked, editors_list, take
    from explorer.content.review_sheet import SheetError, read_sheet
    from explorer.domain.signatures import ReviewMark

    today = _today()
    path = load_settings(data=data).data
    target = path / SIGNATURES
    try:
        folder = read_folder(path)
        taken = take(read_sheet(Path(file)), build(folder), folder.version, today)
        for left in taken.left_out:
            say(str(left))
        for line in (*editors_list(taken.open), *taken.notes):
            say(line)
        if taken.is_other_version:
            say("the sheet is of another content version; lines that read the same were taken")
        counts = ", ".join(f"{mark}: {taken.count(mark)}" for mark in ReviewMark)
        say(
            f"taken: {counts}; there already: {taken.already}; not taken: "
            f"{len(taken.left_out)}; without a mark: {taken.unmarked}"
        )
        bare = sum(not line.why for line in taken.open)
        if bare:
            say(f"wrong or unclear without a reason, so ask whoever signed: {bare}")
        if taken.record is None:
            raise CommandError("nothing new was taken, so nothing was written")
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        text = appended(before, taken.record)
        checked(folder, text, today)
    except (ContentError, SheetError) as error:
        raise CommandError(one_line(error)) from None
    if dry_run:
        say("nothing was written")
        return 0
    write_file(str(target), text.encode())
    say(f"written: {target}")
    return 0


def _today() -> date:
    return datetime.now(tz=UTC).date()
