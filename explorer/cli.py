"""The command ``anakinra-explorer``.

It ends with 0 when it did what it was asked, 1 when the content has errors (``run``, ``check``),
and 2 when it could not do it: a wrong argument or setting, an unknown id, a file that cannot be
written, a database that cannot be used, and in ``export`` also content with errors. ``run`` ends
with 1 on a database that it cannot use. As with other tools of the shell it is 141 where the reader
of its output has gone, and 130 where it was interrupted.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from explorer import __version__
from explorer.files import OutputError, write_file
from explorer.output import hush_streams, prepare_streams, say
from explorer.settings import SettingsError, database_file, load_settings

if TYPE_CHECKING:
    from explorer.content.findings import ContentError
    from explorer.content.load import Content
    from explorer.teaching import Teaching

PROGRAM: Final = "anakinra-explorer"
"""The name of the command."""

FORMATS: Final = ("csv", "xlsx", "html", "pdf")
"""What the comparison can be exported to."""

QUIZ_FORMATS: Final = ("csv", "pdf")
"""What the questions can be exported to."""

REPORT_FORMATS: Final = ("csv", "xlsx", "pdf")
"""What the report of a class can be exported to."""

UNMEASURED: Final = (
    "reading grades were not checked; to check them: pip install 'anakinra-explorer[check]'"
)
"""What ``check`` says where the tool is not there."""

REFUSED: Final = 2
"""Exit code: it could not be done."""

PIPE_CUT: Final = 141
"""Exit code where the reader of the output has gone: 128 and the number of SIGPIPE."""

INTERRUPTED: Final = 130
"""Exit code after an interrupt from the keyboard: 128 and the number of SIGINT."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class CommandError(Exception):
    """The command could not do what it was asked; the message is one line for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What follows the command's name; by default what the shell gave.

    Returns:
        The exit code; see the module.
    """
    prepare_streams()
    try:
        try:
            return _carry_out(list(sys.argv[1:] if arguments is None else arguments))
        except (CommandError, OutputError, SettingsError) as error:
            say(f"{PROGRAM}: {error}", stream=sys.stderr)
            return REFUSED
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        hush_streams()
        return PIPE_CUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # standard output is full
        say(f"{PROGRAM}: {error}", stream=sys.stderr)
        hush_streams()
        return REFUSED


def _carry_out(given: list[str]) -> int:
    """Parse and call. Click's own ``main`` has exit codes of its own for what ours handles."""
    try:
        with cli.make_context(
            PROGRAM, given if _names_a_command(given) else ["run", *given]
        ) as context:
            return int(cli.invoke(context) or 0)
    except click.exceptions.Exit as done:  # --help and --version
        return done.exit_code
    except click.UsageError as error:
        usage = error.ctx.get_usage().splitlines() if error.ctx else []
        for line in usage:
            say(line, stream=sys.stderr)
        raise CommandError(_one_line(error.format_message())) from None


def _names_a_command(arguments: Sequence[str]) -> bool:
    first = arguments[0] if arguments else ""
    return first in {"-h", "--help", "--version"} or (first != "" and not first.startswith("-"))


def _days(_context: click.Context, _option: click.Parameter, given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isdecimal() or int(given) > 36500:
        raise click.BadParameter(f"a number of days, 0 or more: {given!r}")
    return int(given)


_data = click.option("--data", metavar="DIR", help="folder with the content")
_database = click.option("--database", metavar="URL", help="where live classes are kept")
_output = click.option("-o", "--output", metavar="FILE", required=True, help="file to write")


def _to(formats: Sequence[str]) -> Callable[[_Command], _Command]:
    return click.option(
        "--to", type=click.Choice(formats), required=True, help="format of the file"
    )


@click.group(
    help="Medicines side by side, with a source for every fact. "
    "Without a command, the app is started.",
    epilog="Exit codes: 0 done; 1 the content has errors; 2 it could not be done.",
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMAND ...",
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def cli() -> None:
    """Hold the commands."""


@cli.command("run", help="Start the app.", short_help="start the app")
@_data
@_database
@click.option("--host", metavar="H", help="address to listen on (default 127.0.0.1)")
@click.option("--port", metavar="P", help="port to listen on (default 8501)")
def run(data: str | None, database: str | None, host: str | None, port: str | None) -> int:
    """Start the app."""
    from explorer.server import CannotServe, serve

    try:
        serve(load_settings(data=data, host=host, port=port, database=database))
    except CannotServe as error:
        raise CommandError(str(error)) from None
    return 0


@cli.command(
    "check",
    help="Check the content: a line for each finding, FILE: KEY: level: reason.",
    short_help="check the content",
)
@_data
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text")
def check(data: str | None, kind: str) -> int:
    """Check the content."""
    from explorer.content.check import check_folder
    from explorer.content.readability import can_measure
    from explorer.content.summary import summary

    folder = load_settings(data=data).data
    measure = can_measure()
    try:
        report = check_folder(folder, datetime.now(tz=UTC).date(), measure=measure)
    except OSError as error:
        raise CommandError(f"cannot read the content: {error}") from None
    if kind == "json":
        for line in report.to_json().split("\n"):
            say(line)
    else:
        for finding in report.findings:
            say(str(finding))
        say(f"errors: {report.errors}, warnings: {report.warnings}", stream=sys.stderr)
        for line in () if report.errors else summary(folder):
            say(line, stream=sys.stderr)
    if not measure:
        say(f"{PROGRAM}: warning: {UNMEASURED}", stream=sys.stderr)
    return 1 if report.errors else 0


@cli.command(
    "signs",
    help="Print every sign beside every place that tells it: how fast, what happens "
    "to the medicine, the words.",
    short_help="print the table of warning signs",
)
@_data
@click.option("--format", "kind", type=click.Choice(("text", "csv")), default="text")
def signs(data: str | None, kind: str) -> int:
    """Print the table of signs, of content under work too: nothing is checked."""
    from explorer.content.findings import ContentError
    from explorer.content.load import load
    from explorer.content.signs_table import as_csv, as_text

    try:
        catalogue = load(load_settings(data=data).data).catalogue
    except ContentError as error:
        raise CommandError(_one_line(error)) from None
    sys.stdout.write(as_csv(catalogue) if kind == "csv" else as_text(catalogue))
    return 0


@cli.group("export", help="Write a file.", short_help="write a file")
def export() -> None:
    """Hold what can be exported."""


@export.command(
    "comparison",
    help="Write medicines side by side for one condition.",
    short_help="medicines side by side",
)
@_data
@click.option("--condition", metavar="C", required=True, help="id of the condition")
@click.option(
    "--medicines", metavar="A,B[,…]", required=True, help="ids of the medicines or options"
)
@_to(FORMATS)
@_output
def export_comparison(
    data: str | None, condition: str, medicines: str, to: str, output: str
) -> int:
    """Write a comparison."""
    from explorer.domain.catalogue import UnknownId
    from explorer.domain.comparison import compare
    from explorer.export import comparison_csv, comparison_html, comparison_pdf, comparison_xlsx
    from explorer.export.pdf import PdfError

    content = _checked_content(data)
    catalogue = content.catalogue
    wanted = tuple(part.strip() for part in medicines.split(",") if part.strip())
    write = {
        "csv": comparison_csv.write,
        "html": comparison_html.write,
        "pdf": comparison_pdf.write,
        "xlsx": comparison_xlsx.write,
    }[to]
    try:
        made = write(compare(catalogue, condition, wanted), catalogue, content.version)
    except (UnknownId, PdfError) as error:
        raise CommandError(_one_line(error)) from None
    write_file(output, made)
    return 0


@export.command(
    "quiz",
    help="Write the questions with their key and the reasons; as PDF, a worksheet.",
    short_help="questions with their key",
)
@_data
@click.option(
    "--topic",
    "topics",
    metavar="T",
    multiple=True,
    help="id of a topic, may be repeated (default all)",
)
@_to(QUIZ_FORMATS)
@_output
def export_quiz(data: str | None, topics: tuple[str, ...], to: str, output: str) -> int:
    """Write the questions."""
    from explorer.domain.catalogue import UnknownId
    from explorer.export import quiz_csv, quiz_pdf
    from explorer.export.pdf import PdfError

    content = _checked_content(data)
    catalogue = content.catalogue
    write = {"csv": quiz_csv.write, "pdf": quiz_pdf.write}[to]
    try:
        made = write(catalogue.bank, catalogue, content.version, list(topics))
    except (UnknownId, quiz_csv.NoQuestions, PdfError) as error:
        raise CommandError(_one_line(error)) from None
    write_file(output, made)
    return 0


@export.command(
    "grades",
    help="Measure reading grades and write the file grades.toml of a content folder.",
    short_help="reading grades, to be kept beside the content",
)
@_data
@_output
def export_grades(data: str | None, output: str) -> int:
    """Write the reading grades."""
    from explorer.content.grades import written
    from explorer.content.readability import NotInstalled

    try:
        made = written(_checked_content(data).catalogue)
    except NotInstalled as error:
        raise CommandError(str(error)) from None
    write_file(output, made.encode())
    return 0


@cli.group("sessions", help="Live classes.", short_help="live classes")
def sessions() -> None:
    """Hold what an operator does with live classes."""


@sessions.command(
    "list",
    help="List the classes, the latest first: code, opened, step, people, answers, "
    "lesson; the columns are divided by tabs.",
    short_help="list the classes",
)
@_database
def sessions_list(database: str | None) -> int:
    """List the classes."""
    with _classes(database) as classes:
        for item in classes.listed():
            opened = f"{item.opened:%Y-%m-%d %H:%M}"
            columns = (item.code, opened, item.step, item.people, item.answers, item.title)
            say(*(str(column) for column in columns))
    return 0


@sessions.command(
    "export", help="Write the report of a class.", short_help="write the report of a class"
)
@_data
@_database
@click.argument("code", metavar="CODE")
@_to(REPORT_FORMATS)
@_output
def sessions_export(data: str | None, database: str | None, code: str, to: str, output: str) -> int:
    """Write the report of the class with the code CODE."""
    from explorer.export import report_csv, report_pdf, report_xlsx
    from explorer.export.pdf import PdfError

    words = _checked_content(data).catalogue.words
    write = {"csv": report_csv.write, "pdf": report_pdf.write, "xlsx": report_xlsx.write}[to]
    with _classes(database) as classes:
        report, _ = classes.export(code)
        try:
            made = write(report, words)
        except PdfError as error:
            raise CommandError(_one_line(error)) from None
    write_file(output, made)
    return 0


@sessions.command(
    "purge",
    help="Delete old classes with their answers.",
    short_help="delete old classes with their answers",
)
@_database
@click.option(
    "--older-than",
    "days",
    metavar="DAYS",
    callback=_days,
    help="days since a host moved it last (default: the setting, 30)",
)
def sessions_purge(database: str | None, days: int | None) -> int:
    """Delete old classes."""
    with _classes(database) as classes:
        gone = classes.purge(load_settings().class_days if days is None else days)
    say(f"deleted: {gone}")
    return 0


@contextmanager
def _classes(database: str | None) -> "Iterator[Teaching]":
    """Open the live classes, and close them again."""
    from explorer.domain.sessions import Refused
    from explorer.store import DatabaseError, open_store
    from explorer.teaching import Teaching

    setting = load_settings(database=database).database.get_secret_value()
    try:
        classes = Teaching(open_store(setting, database_file()))
        try:
            yield classes
        finally:
            classes.close()
    except (DatabaseError, Refused) as error:
        raise CommandError(_one_line(error)) from None


def _checked_content(data: str | None) -> "Content":
    """Read the content, which must have no error."""
    from explorer.content.findings import ContentError
    from explorer.runtime import read_checked

    try:
        return read_checked(load_settings(data=data).data)
    except ContentError as error:
        raise CommandError(_first_of(error)) from None


def _first_of(error: "ContentError") -> str:
    first, *others = error.findings
    more = f" (and {len(others)} more)" if others else ""
    return _one_line(f"the content has errors: {first}{more}")


def _one_line(error: Exception | str) -> str:
    return " ".join(str(error).split())


if __name__ == "__main__":
    sys.exit(main())
