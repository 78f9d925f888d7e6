"""The command ``anakinra-explorer``.

It ends with 0 when it did what it was asked, 1 when the content has errors (``run``, ``check``),
and 2 when it could not do it: a wrong argument or setting, an unknown id, a file that cannot be
written, a database that cannot be used, and in ``export`` also content with errors. ``run`` ends
with 1 on a database that it cannot use. As with other tools of the shell it is 141 where the reader
of its output has gone, and 130 where it was interrupted.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import click

from explorer import __version__
from explorer.commands import FORMATS as FORMATS
from explorer.commands import QUIZ_FORMATS as QUIZ_FORMATS
from explorer.commands import (
    CommandError,
    data_option,
    database_option,
    export,
    one_line,
    sessions,
)
from explorer.files import OutputError
from explorer.output import hush_streams, prepare_streams, say
from explorer.review_commands import import_group
from explorer.settings import SettingsError, load_settings

PROGRAM: Final = "anakinra-explorer"
"""The name of the command."""

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
        raise CommandError(one_line(error.format_message())) from None


def _names_a_command(arguments: Sequence[str]) -> bool:
    first = arguments[0] if arguments else ""
    return first in {"-h", "--help", "--version"} or (first != "" and not first.startswith("-"))


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
@data_option
@database_option
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
@data_option
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
@data_option
@click.option("--format", "kind", type=click.Choice(("text", "csv")), default="text")
def signs(data: str | None, kind: str) -> int:
    """Print the table of signs, of content under work too: nothing is checked."""
    from explorer.content.findings import ContentError
    from explorer.content.load import load
    from explorer.content.signs_table import as_csv, as_text

    try:
        catalogue = load(load_settings(data=data).data).catalogue
    except ContentError as error:
        raise CommandError(one_line(error)) from None
    sys.stdout.write(as_csv(catalogue) if kind == "csv" else as_text(catalogue))
    return 0


cli.add_command(export)
cli.add_command(sessions)
cli.add_command(import_group)


if __name__ == "__main__":
    sys.exit(main())
