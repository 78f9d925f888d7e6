"""The command ``anakinra-explorer``.

It ends with 0 when it did what it was asked, 1 when the content has errors (``run``, ``check``),
and 2 when it could not do it: a wrong argument or setting, an unknown id, a file that cannot be
written, a database that cannot be used, and in ``export`` also content with errors. ``run`` ends
with 1 on a database that it cannot use. As with other tools of the shell it is 141 where the reader
of its output has gone, and 130 where it was interrupted.
"""

import argparse
import errno
import os
import socket
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from explorer import __version__, paths
from explorer.output import OutputError, hush_streams, prepare_streams, say, write_file
from explorer.settings import PREFIX, Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from explorer.content.findings import Report
    from explorer.content.load import Content
    from explorer.domain.catalogue import Catalogue
    from explorer.domain.comparison import Comparison
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
    parser = _parser()
    options = parser.parse_args(given if _names_a_command(given) else ["run", *given])
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def streamlit_flags(settings: Settings, config: Path = paths.CONFIG) -> list[str]:
    """Turn the one file of options into flags of ``streamlit run``.

    Streamlit looks for the file in the working folder, which may be any; flags hold everywhere.

    Args:
        settings: For the address and the port.
        config: The file.

    Returns:
        One flag for each option, without those that the operator has set in an environment
        variable of Streamlit's own (``STREAMLIT_…``), and then address and port.

    Raises:
        CommandError: The file cannot be read.
    """
    try:
        sections = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"cannot read {config}: {error}") from None
    options = {
        f"{section}.{name}": value
        for section, entries in sections.items()
        for name, value in entries.items()
    }
    options |= {"server.address": settings.host, "server.port": settings.port}
    return [
        f"--{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, value in options.items()
        if name in {"server.address", "server.port"} or _variable(name) not in os.environ
    ]


def _variable(option: str) -> str:
    """Name Streamlit's environment variable for an option: server.maxUploadSize and so on."""
    words = "".join(f"_{letter}" if letter.isupper() else letter for letter in option)
    return f"STREAMLIT_{words.replace('.', '_').upper()}"


def _names_a_command(arguments: Sequence[str]) -> bool:
    first = arguments[0] if arguments else ""
    return first in {"-h", "--help", "--version"} or (first != "" and not first.startswith("-"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Medicines side by side, with a source for every fact. "
        "Without a command, the app is started.",
        epilog="Exit codes: 0 done; 1 the content has errors; 2 it could not be done.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    data = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    data.add_argument("--data", metavar="DIR", help="folder with the content")

    database = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    database.add_argument("--database", metavar="URL", help="where live classes are kept")

    run = commands.add_parser(
        "run",
        parents=[data, database],
        help="start the app",
        description="Start the app.",
        allow_abbrev=False,
    )
    run.add_argument("--host", metavar="H", help="address to listen on (default 127.0.0.1)")
    run.add_argument("--port", metavar="P", help="port to listen on (default 8501)")
    run.set_defaults(command=_run)

    check = commands.add_parser(
        "check",
        parents=[data],
        help="check the content",
        allow_abbrev=False,
        description="Check the content: a line for each finding, FILE: KEY: level: reason.",
    )
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.set_defaults(command=_check)

    signs = commands.add_parser(
        "signs",
        parents=[data],
        help="print the table of warning signs",
        allow_abbrev=False,
        description="Print every sign beside every place that tells it: how fast, what happens "
        "to the medicine, the words.",
    )
    signs.add_argument("--format", choices=("text", "csv"), default="text")
    signs.set_defaults(command=_signs)

    export = commands.add_parser("export", help="write a file", allow_abbrev=False)
    kinds = export.add_subparsers(title="what to export", metavar="WHAT", required=True)
    comparison = kinds.add_parser(
        "comparison",
        parents=[data],
        help="medicines side by side",
        allow_abbrev=False,
        description="Write medicines side by side for one condition.",
    )
    comparison.add_argument("--condition", metavar="C", required=True, help="id of the condition")
    comparison.add_argument(
        "--medicines", metavar="A,B[,…]", required=True, help="ids of the medicines or options"
    )
    comparison.add_argument("--to", choices=FORMATS, required=True, help="format of the file")
    comparison.add_argument("-o", "--output", metavar="FILE", required=True, help="file to write")
    comparison.set_defaults(command=_export_comparison)

    quiz = kinds.add_parser(
        "quiz",
        parents=[data],
        help="questions with their key",
        allow_abbrev=False,
        description="Write the questions with their key and the reasons; as PDF, a worksheet.",
    )
    quiz.add_argument(
        "--topic",
        metavar="T",
        action="append",
        default=[],
        help="id of a topic, may be repeated (default all)",
    )
    quiz.add_argument("--to", choices=QUIZ_FORMATS, required=True, help="format of the file")
    quiz.add_argument("-o", "--output", metavar="FILE", required=True, help="file to write")
    quiz.set_defaults(command=_export_quiz)

    grades = kinds.add_parser(
        "grades",
        parents=[data],
        help="reading grades, to be kept beside the content",
        allow_abbrev=False,
        description="Measure reading grades and write the file grades.toml of a content folder.",
    )
    grades.add_argument("-o", "--output", metavar="FILE", required=True, help="file to write")
    grades.set_defaults(command=_export_grades)

    sessions = commands.add_parser("sessions", help="live classes", allow_abbrev=False)
    deeds = sessions.add_subparsers(title="what to do", metavar="WHAT", required=True)
    listing = deeds.add_parser(
        "list",
        parents=[database],
        help="list the classes",
        description="List the classes, the latest first: code, opened, step, people, answers, "
        "lesson; the columns are divided by tabs.",
        allow_abbrev=False,
    )
    listing.set_defaults(command=_sessions_list)
    one = deeds.add_parser(
        "export",
        parents=[data, database],
        help="write the report of a class",
        allow_abbrev=False,
    )
    one.add_argument("code", metavar="CODE", help="code of the class")
    one.add_argument("--to", choices=REPORT_FORMATS, required=True, help="format of the file")
    one.add_argument("-o", "--output", metavar="FILE", required=True, help="file to write")
    one.set_defaults(command=_sessions_export)
    purge = deeds.add_parser(
        "purge",
        parents=[database],
        help="delete old classes with their answers",
        allow_abbrev=False,
    )
    purge.add_argument(
        "--older-than",
        metavar="DAYS",
        type=_days,
        help="days since a host moved it last (default: the setting, 30)",
    )
    purge.set_defaults(command=_sessions_purge)
    return parser


def _days(given: str) -> int:
    if not given.isdecimal() or int(given) > 36500:
        raise argparse.ArgumentTypeError(f"a number of days, 0 or more: {given!r}")
    return int(given)


def _run(options: argparse.Namespace) -> int:
    from explorer.startup import refuse_broken_content, refuse_unusable_database

    settings = load_settings(
        data=options.data, host=options.host, port=options.port, database=options.database
    )
    _refuse_unusable_address(settings)
    flags = streamlit_flags(settings)
    os.environ[f"{PREFIX}DATABASE"] = settings.database.get_secret_value()
    refuse_unusable_database()
    refuse_broken_content(settings.data)
    os.environ[f"{PREFIX}DATA"] = str(settings.data)

    from streamlit.web import cli as streamlit_cli

    server = paths.PACKAGE / "asgi.py"
    streamlit_cli.main(["run", str(server), *flags], prog_name=PROGRAM)
    return 0


def _refuse_unusable_address(settings: Settings) -> None:
    """Say in one line what is wrong with the address, before the server says it in many.

    That the port is in use is left to the server, which tells it well.

    Raises:
        CommandError: nothing can listen there.
    """
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.bind(address)
    except (OSError, ValueError) as error:  # ValueError: no name can be written like this
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            return
        why = error.strerror if isinstance(error, OSError) else "it is no name of a host"
        raise CommandError(
            f"host ({PREFIX}HOST): cannot listen on {settings.host[:80]!r}, "
            f"port {settings.port}: {why}"
        ) from None


def _check(options: argparse.Namespace) -> int:
    from explorer.content.readability import can_measure
    from explorer.content.summary import summary

    data = load_settings(data=options.data).data
    measure = can_measure()
    report = _report(data, measure=measure)
    if options.format == "json":
        for line in report.to_json().split("\n"):
            say(line)
    else:
        for finding in report.findings:
            say(str(finding))
        say(f"errors: {report.errors}, warnings: {report.warnings}", stream=sys.stderr)
        for line in () if report.errors else summary(data):
            say(line, stream=sys.stderr)
    if not measure:
        say(f"{PROGRAM}: warning: {UNMEASURED}", stream=sys.stderr)
    return 1 if report.errors else 0


def _signs(options: argparse.Namespace) -> int:
    from explorer.content.findings import ContentError
    from explorer.content.load import load
    from explorer.content.signs_table import as_csv, as_text

    try:
        catalogue = load(load_settings(data=options.data).data).catalogue
    except ContentError as error:
        raise CommandError(_one_line(error)) from None
    sys.stdout.write(as_csv(catalogue) if options.format == "csv" else as_text(catalogue))
    return 0


def _export_comparison(options: argparse.Namespace) -> int:
    from explorer.domain.catalogue import UnknownId
    from explorer.domain.comparison import compare
    from explorer.export.pdf import PdfError

    content = _sound_content(options.data)
    catalogue = content.catalogue
    wanted = tuple(part.strip() for part in options.medicines.split(",") if part.strip())
    try:
        comparison = compare(catalogue, options.condition, wanted)
        made = _writer(options.to)(comparison, catalogue, content.version)
    except (UnknownId, PdfError) as error:
        raise CommandError(_one_line(error)) from None
    write_file(options.output, made)
    return 0


def _export_quiz(options: argparse.Namespace) -> int:
    from explorer.domain.catalogue import UnknownId
    from explorer.export import quiz_csv, quiz_pdf
    from explorer.export.pdf import PdfError

    content = _sound_content(options.data)
    catalogue = content.catalogue
    write = {"csv": quiz_csv.write, "pdf": quiz_pdf.write}[options.to]
    try:
        made = write(catalogue.bank, catalogue, content.version, options.topic)
    except (UnknownId, quiz_csv.NoQuestions, PdfError) as error:
        raise CommandError(_one_line(error)) from None
    write_file(options.output, made)
    return 0


def _export_grades(options: argparse.Namespace) -> int:
    from explorer.content.grades import written
    from explorer.content.readability import NotInstalled

    try:
        made = written(_sound_content(options.data).catalogue)
    except NotInstalled as error:
        raise CommandError(str(error)) from None
    write_file(options.output, made.encode())
    return 0


def _sessions_list(options: argparse.Namespace) -> int:
    with _teaching(options.database) as teaching:
        for item in teaching.listed():
            opened = f"{item.opened:%Y-%m-%d %H:%M}"
            columns = (item.code, opened, item.step, item.people, item.answers, item.title)
            say(*(str(column) for column in columns))
    return 0


def _sessions_export(options: argparse.Namespace) -> int:
    from explorer.content.findings import ContentError
    from explorer.content.load import load
    from explorer.export import report_csv, report_pdf, report_xlsx
    from explorer.export.pdf import PdfError

    try:
        words = load(load_settings(data=options.data).data).catalogue.words
    except ContentError as error:
        raise CommandError(_one_line(error)) from None
    write = {"csv": report_csv.write, "pdf": report_pdf.write, "xlsx": report_xlsx.write}
    with _teaching(options.database) as teaching:
        report, _ = teaching.export(options.code)
        try:
            made = write[options.to](report, words)
        except PdfError as error:
            raise CommandError(_one_line(error)) from None
    write_file(options.output, made)
    return 0


def _sessions_purge(options: argparse.Namespace) -> int:
    days = options.older_than
    with _teaching(options.database) as teaching:
        gone = teaching.purge(load_settings().class_days if days is None else days)
    say(f"deleted: {gone}")
    return 0


@contextmanager
def _teaching(database: str | None) -> "Iterator[Teaching]":
    """Open the live classes, and close them again."""
    from explorer import live
    from explorer.domain.sessions import Refused
    from explorer.store import DatabaseError, open_store
    from explorer.teaching import Teaching

    setting = load_settings(database=database).database.get_secret_value()
    try:
        teaching = Teaching(open_store(setting, live.database_file()))
        try:
            yield teaching
        finally:
            teaching.close()
    except (DatabaseError, Refused) as error:
        raise CommandError(_one_line(error)) from None


def _sound_content(data: str | None) -> "Content":
    """Load the content, which must have no error."""
    from explorer.content.load import load

    folder = load_settings(data=data).data
    report = _report(folder, measure=False)
    if report.errors:
        first = next(str(finding) for finding in report.findings if finding.level == "error")
        more = f" (and {report.errors - 1} more)" if report.errors > 1 else ""
        raise CommandError(f"the content has errors: {first}{more}")
    return load(folder)


def _writer(kind: str) -> "Callable[[Comparison, Catalogue, str], bytes]":
    from explorer.export import comparison_csv, comparison_html, comparison_pdf, comparison_xlsx

    return {
        "csv": comparison_csv.write,
        "html": comparison_html.write,
        "pdf": comparison_pdf.write,
        "xlsx": comparison_xlsx.write,
    }[kind]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _report(data: Path, *, measure: bool) -> "Report":
    from explorer.content.check import check_folder

    try:
        return check_folder(data, datetime.now(tz=UTC).date(), measure=measure)
    except OSError as error:
        raise CommandError(f"cannot read the content: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
