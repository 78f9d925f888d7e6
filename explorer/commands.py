"""What the command does with files and with live classes: ``export`` and ``sessions``."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from explorer.files import write_file
from explorer.output import say
from explorer.settings import database_file, load_settings

if TYPE_CHECKING:
    from explorer.classes.service import ClassService
    from explorer.content.findings import ContentError
    from explorer.content.load import Content
    from explorer.export.tables import Separator

FORMATS: Final = ("csv", "xlsx", "html", "pdf")
"""What the comparison can be exported to."""

QUIZ_FORMATS: Final = ("csv", "pdf")
"""What the questions can be exported to, as a table or on paper."""

EXCHANGE_FORMATS: Final = (
    *("gift", "moodle", "qti21", "aiken", "anki", "qti12"),
    *("apkg", "h5p", "olx", "scorm12", "scorm2004", "cmi5"),
)
"""What the questions can be exported to for learning platforms."""

REPORT_FORMATS: Final = ("csv", "xlsx", "pdf")
"""What the report of a class can be exported to."""

SEPARATORS: Final = ("comma", "semicolon")
"""What may stand between the cells of a CSV file."""

_MAY_BE_SECRET: Final = re.compile(
    r"(extra arguments? \()[^)]*|()\S*(?:@|password=|(?<!http)(?<!https)://)\S*", re.IGNORECASE
)
"""A word that may be a database's address, with its password."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class CommandError(Exception):
    """The command could not do what it was asked; the message is one line for the user."""


def one_line(error: Exception | str) -> str:
    """Join the lines of a message into one."""
    return " ".join(str(error).split())


def without_addresses(message: str) -> str:
    """Cut what may hold a password out of a message about wrong use: it repeats what was typed."""
    return _MAY_BE_SECRET.sub(r"\1***", message)


data_option = click.option("--data", metavar="DIR", help="folder with the content")
database_option = click.option("--database", metavar="URL", help="where live classes are kept")
output_option = click.option("-o", "--output", metavar="FILE", required=True, help="file to write")

_separator_option = click.option(
    "--separator",
    type=click.Choice(SEPARATORS),
    help="what stands between the cells of a CSV file (default comma)",
)


def _separator(given: str | None, to: str) -> "Separator":
    """Return the separator of a CSV file.

    Raises:
        click.UsageError: another format was asked for, which has none.
    """
    from explorer.export.tables import Separator

    if given is not None and to != "csv":
        raise click.UsageError(f"--separator is for --to csv only, not for {to}")
    return Separator(given or "comma")


def _writer(exported: str, to: str, separator: str | None) -> Callable[..., bytes]:
    """Return the function that writes a format; its module is imported only now.

    Args:
        exported: what is written, as the modules of its writers begin.
        to: the format, as the name of its module ends.
        separator: what stands between the cells, as given.

    Raises:
        click.UsageError: a separator is given for a format that has none.
    """
    between = _separator(separator, to)
    write: Callable[..., bytes] = import_module(f"explorer.export.{exported}_{to}").write
    return partial(write, separator=between) if to == "csv" else write


def to_option(formats: Sequence[str]) -> Callable[[_Command], _Command]:
    """Return the option that names the format of a file."""
    return click.option(
        "--to", type=click.Choice(formats), required=True, help="format of the file"
    )


def _days(_context: click.Context, _option: click.Parameter, given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isdecimal() or int(given) > 36500:
        raise click.BadParameter(f"a number of days, 0 or more: {given!r}")
    return int(given)


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
@_separator_option
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
    write = _writer("comparison", to, separator)
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
@click.option("--form", type=click.Choice(("A", "B")), help="of a worksheet: its order, PDF only")
@click.option("--no-key", is_flag=True, help="a worksheet without its key, PDF only")
@click.option("--bubbles", is_flag=True, help="a page of bubbles to fill in, PDF only")
@to_option((*QUIZ_FORMATS, *EXCHANGE_FORMATS))
@_separator_option
@output_option
def export_quiz(
    data: str | None,
    topics: tuple[str, ...],
    audience: str | None,
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
        _separator(separator, to)
        return _export_exchange(data, topics, audience, to, output)
    if audience is not None:
        raise click.UsageError(f"--audience is for learning platforms only, not for --to {to}")
    from explorer.domain.catalogue import UnknownId
    from explorer.export.pdf import PdfError
    from explorer.export.quiz_csv import NoQuestions

    content = checked_content(data)
    catalogue = content.catalogue
    write = _writer("quiz", to, separator)
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
    data: str | None, topics: Sequence[str], audience: str | None, to: str, output: str
) -> int:
    """Say what a learning platform's format cannot hold, then write the file."""
    from explorer.domain.catalogue import UnknownId
    from explorer.domain.questions import Audience
    from explorer.export.quiz_csv import NoQuestions
    from explorer.export.quiz_exchange.aiken import NothingFits
    from explorer.export.quiz_exchange.losses import ExchangeFormat
    from explorer.export.quiz_exchange.port import prepare

    content = checked_content(data)
    catalogue = content.catalogue
    whom = None if audience is None else Audience(audience)
    try:
        prepared = prepare(
            ExchangeFormat(to),
            catalogue.bank,
            catalogue.words,
            content.version,
            topics,
            whom,
            day=catalogue.review.content_date,
        )
        for line in prepared.told:
            say(line, stream=sys.stderr)
        made = prepared.made()
    except (UnknownId, NoQuestions, NothingFits) as error:
        raise CommandError(one_line(error)) from None
    write_file(output, made)
    return 0


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


@click.group("sessions", no_args_is_help=False, help="Live classes.", short_help="live classes")
def sessions() -> None:
    """Hold what an operator does with live classes."""


@sessions.command(
    "list",
    help="List the classes, the latest first: code, opened, step, people, answers, "
    "lesson; the columns are divided by tabs.",
    short_help="list the classes",
)
@database_option
def sessions_list(database: str | None) -> int:
    """List the classes."""
    with _classes(database) as classes:
        for item in classes.listed():
            opened = f"{item.opened:%Y-%m-%d %H:%M}"
            columns = (item.code, opened, item.state, item.people, item.answers, item.title)
            say(*(str(column) for column in columns))
    return 0


@sessions.command(
    "export", help="Write the report of a class.", short_help="write the report of a class"
)
@data_option
@database_option
@click.argument("code", metavar="CODE")
@to_option(REPORT_FORMATS)
@_separator_option
@output_option
def sessions_export(
    data: str | None, database: str | None, code: str, to: str, separator: str | None, output: str
) -> int:
    """Write the report of the class with the code CODE."""
    from explorer.export.pdf import PdfError

    words = checked_content(data).catalogue.words
    write = _writer("report", to, separator)
    with _classes(database) as classes:
        report, _ = classes.export(code)
        try:
            made = write(report, words)
        except PdfError as error:
            raise CommandError(one_line(error)) from None
    write_file(output, made)
    return 0


@sessions.command(
    "link",
    help="Print a new link to the console of the class with the code CODE, for a host who lost "
    "it. All links that the class had open nothing any more.",
    short_help="print a new link to a class's console",
)
@database_option
@click.argument("code", metavar="CODE")
def sessions_link(database: str | None, code: str) -> int:
    """Print a new link to a console."""
    from explorer.domain.class_links import ClassKeys
    from explorer.web.addresses import join_base

    settings = load_settings()
    with _classes(database) as classes:
        made = classes.renew_keys(code)
    keys = ClassKeys(console=made.console, projector=made.projector, report=made.report)
    base = join_base(settings.public_url, settings.host, settings.port, base=settings.base_path)
    say(f"{base}/teach#{keys.fragment}")
    return 0


@sessions.command(
    "purge",
    help="Delete old classes with their answers.",
    short_help="delete old classes with their answers",
)
@database_option
@click.option(
    "--older-than",
    "days",
    metavar="DAYS",
    callback=_days,
    help="days since a host moved it last (default: the setting, 30)",
)
@click.option("--dry-run", is_flag=True, help="only count")
@click.option("--clock-is-right", is_flag=True, help="delete although the clock looks wrong")
def sessions_purge(
    database: str | None, days: int | None, dry_run: bool, clock_is_right: bool
) -> int:
    """Delete old classes."""
    days = load_settings().class_days if days is None else days
    with _classes(database) as classes:
        found = classes.survey(days)
        if dry_run:
            say(f"would be deleted: {found.old} of {found.total}")
            if found.doubt:
                say(f"note: {found.doubt}", stream=sys.stderr)
            return 0
        if found.doubt and found.old and not clock_is_right:
            raise CommandError(
                f"nothing was deleted ({found.old} of {found.total} classes are old): "
                f"{found.doubt}. If the clock is right, add --clock-is-right"
            )
        say(f"deleted: {classes.purge(days)} of {found.total}")
    return 0


@contextmanager
def _classes(database: str | None) -> "Iterator[ClassService]":
    """Open the live classes, and close them again."""
    from explorer.classes.service import ClassService
    from explorer.domain.sessions import Refused
    from explorer.store import DatabaseError, open_store

    setting = load_settings(database=database).database.get_secret_value()
    try:
        classes = ClassService(open_store(setting, database_file(), update=False))
        try:
            yield classes
        finally:
            classes.close()
    except (DatabaseError, Refused) as error:
        raise CommandError(one_line(error)) from None


def checked_content(data: str | None) -> "Content":
    """Read the content, which must have no error."""
    from explorer.content.findings import ContentError
    from explorer.runtime import read_checked

    try:
        settings = load_settings(data=data)
        return read_checked(
            settings.data, jurisdiction=settings.jurisdiction, local=settings.local_data
        )
    except ContentError as error:
        raise CommandError(_first_of(error)) from None


def _first_of(error: "ContentError") -> str:
    first, *others = error.findings
    more = f" (and {len(others)} more)" if others else ""
    return one_line(f"the content has errors: {first}{more}")
