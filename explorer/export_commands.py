"""The command ``export``: comparisons, questions, grades, facts and the site as files."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from explorer.commands import (
    CommandError,
    checked_content,
    data_option,
    one_line,
    output_option,
    separator_of,
    separator_option,
    to_option,
    writer,
)
from explorer.files import write_file
from explorer.output import say

if TYPE_CHECKING:
    from explorer.domain.lesson_plan import LessonPlan
    from explorer.domain.questions import Bank

FORMATS: Final = ("csv", "xlsx", "html", "pdf")
"""What the comparison can be exported to."""

QUIZ_FORMATS: Final = ("csv", "pdf")
"""What the questions can be exported to, as a table or on paper."""

EXCHANGE_FORMATS: Final = (
    *("gift", "moodle", "qti21", "aiken", "anki", "qti12"),
    *("apkg", "h5p", "olx", "scorm12", "scorm2004", "cmi5"),
)
"""What the questions can be exported to for learning platforms."""


@click.group("export", no_args_is_help=False, help="Write a file.", short_help="write a file")
def export() -> None:
    """Hold what can be exported."""


@export.command(
    "comparison",
    help="Write medicines side by side for one condition.",
    short_help="medicines side by side",
)
@data_option
@click.option("--condition", metavar="C", required=True, help="id of the condition")
@click.option(
    "--medicines", metavar="A,B[,…]", required=True, help="ids of the medicines or options"
)
@to_option(FORMATS)
@separator_option
@output_option
def export_comparison(
    data: str | None, condition: str, medicines: str, to: str, separator: str | None, output: str
) -> int:
    """Write a comparison."""
    from explorer.domain.catalogue import UnknownId
    from explorer.domain.comparison import compare
    from explorer.export.pdf import PdfError

    content = checked_content(data)
    catalogue = content.catalogue
    wanted = tuple(part.strip() for part in medicines.split(",") if part.strip())
    write = writer("comparison", to, separator)
    try:
        made = write(compare(catalogue, condition, wanted), catalogue, content.version)
    except (UnknownId, PdfError) as error:
        raise CommandError(one_line(error)) from None
    write_file(output, made)
    return 0


@export.command(
    "quiz",
    help="Write the questions with their key and the reasons; as PDF, a worksheet. For learning "
    "platforms, what the format cannot hold is said first.",
    short_help="questions with their key",
)
@data_option
@click.option(
    "--topic",
    "topics",
    metavar="T",
    multiple=True,
    help="id of a topic, may be repeated (default all)",
)
@click.option(
    "--audience",
    type=click.Choice(("patient", "nurse")),
    help="who is asked, for learning platforms only (default everyone)",
)
@click.option(
    "--plan",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="a saved class plan: its questions, your own among them, for learning platforms only",
)
@click.option("--form", type=click.Choice(("A", "B")), help="of a worksheet: its order, PDF only")
@click.option("--no-key", is_flag=True, help="a worksheet without its key, PDF only")
@click.option("--bubbles", is_flag=True, help="a page of bubbles to fill in, PDF only")
@to_option((*QUIZ_FORMATS, *EXCHANGE_FORMATS))
@separator_option
@output_option
def export_quiz(
    data: str | None,
    topics: tuple[str, ...],
    audience: str | None,
    plan: str | None,
    form: str | None,
    no_key: bool,
    bubbles: bool,
    to: str,
    separator: str | None,
    output: str,
) -> int:
    """Write the questions."""
    if to != "pdf" and (form or no_key or bubbles):
        raise click.UsageError(f"--form, --no-key and --bubbles are for --to pdf only, not {to}")
    if to in EXCHANGE_FORMATS:
        separator_of(separator, to)
        if plan is not None and (topics or audience):
            raise click.UsageError("--plan says which questions: leave --topic and --audience out")
        return _export_exchange(data, topics, audience, plan, to, output)
    for name, value in (("--audience", audience), ("--plan", plan)):
        if value is not None:
            raise click.UsageError(f"{name} is for learning platforms only, not for --to {to}")
    from explorer.domain.catalogue import UnknownId
    from explorer.export.pdf import PdfError
    from explorer.export.quiz_csv import NoQuestions

    content = checked_content(data)
    catalogue = content.catalogue
    write = writer("quiz", to, separator)
    if to == "pdf":
        from explorer.export.quiz_pdf import SheetChoice

        choice = SheetChoice(form=form or "", key=not no_key, bubbles=bubbles)
        write = partial(write, choice=choice)
    try:
        made = write(catalogue.bank, catalogue, content.version, list(topics))
    except (UnknownId, NoQuestions, PdfError) as error:
        raise CommandError(one_line(error)) from None
    write_file(output, made)
    return 0


def _export_exchange(
    data: str | None,
    topics: Sequence[str],
    audience: str | None,
    plan: str | None,
    to: str,
    output: str,
) -> int:
    """Say what a learning platform's format cannot hold, then write the file."""
    from explorer.domain.catalogue import UnknownId
    from explorer.domain.questions import Audience
    from explorer.export.quiz_csv import NoQuestions
    from explorer.export.quiz_exchange.aiken import NothingFits
    from explorer.export.quiz_exchange.entries import entries, of_plan
    from explorer.export.quiz_exchange.losses import ExchangeFormat
    from explorer.export.quiz_exchange.port import prepared

    content = checked_content(data)
    catalogue = content.catalogue
    bank, words, drawings = catalogue.bank, catalogue.words, catalogue.drawings
    whom = None if audience is None else Audience(audience)
    try:
        if plan is None:
            found = entries(bank, words, topics, whom, drawings)
        else:
            found = of_plan(_plan(plan, bank), bank, words, drawings)
        day = catalogue.review.content_date
        ready = prepared(ExchangeFormat(to), found, words, content.version, day)
        for line in ready.told:
            say(line, stream=sys.stderr)
        made = ready.made()
    except (UnknownId, NoQuestions, NothingFits) as error:
        raise CommandError(one_line(error)) from None
    write_file(output, made)
    return 0


def _plan(file: str, bank: "Bank") -> "LessonPlan":
    """Read a saved plan, and say which of its questions are not there any more."""
    from explorer.domain.lesson_plan import MOST_CHARACTERS, opened

    with Path(file).open("rb") as held:
        raw = held.read(4 * MOST_CHARACTERS + 1)  # a letter has at most four bytes
    found = opened(raw.decode("utf-8", errors="replace"), bank)
    if found is None:
        raise CommandError(f"{file}: this is no class plan that /teach or import quiz has saved")
    for gone in (*found.gone, *(draft.stem for draft in found.unsound)):
        say(f"left out, since it is gone or cannot be asked: {gone}", stream=sys.stderr)
    return found.plan


@export.command(
    "grades",
    help="Measure reading grades and write the file grades.toml of a content folder.",
    short_help="reading grades, to be kept beside the content",
)
@data_option
@output_option
def export_grades(data: str | None, output: str) -> int:
    """Write the reading grades."""
    from explorer.content.grades import written
    from explorer.content.readability import NotInstalled

    try:
        made = written(checked_content(data).catalogue)
    except NotInstalled as error:
        raise CommandError(str(error)) from None
    write_file(output, made.encode())
    return 0


@export.command(
    "facts",
    help="Write the file facts.toml of a content folder: the facts of this release. Afterwards "
    "check asks for a line in changes.toml for each fact that reads otherwise.",
    short_help="the facts of a release, to notice changes",
)
@data_option
@output_option
def export_facts(data: str | None, output: str) -> int:
    """Write the facts of a release, on the day of the content."""
    from explorer.content.kept import written

    catalogue = checked_content(data).catalogue
    write_file(output, written(catalogue, catalogue.review.content_date).encode())
    return 0


@export.command(
    "site",
    help="Write the reading edition as static files into a folder: every page, and of comparisons "
    "the options we start with and each pair.",
    short_help="every page as static files",
)
@data_option
@click.option("--address", metavar="URL", default="", help="where the folder will stand")
@click.option("-o", "--output", metavar="DIR", required=True, help="folder to write")
def export_site(data: str | None, address: str, output: str) -> int:
    """Write the reading edition."""
    from explorer.reading import write_site

    if address and not address.startswith(("https://", "http://")):
        raise click.UsageError(
            f"--address is a web address, such as https://read.example: {address}"
        )
    count, size = write_site(checked_content(data), output, address.rstrip("/"))
    say(f"{output}: {count} files, {size / 1_000_000:.0f} MB")
    return 0
