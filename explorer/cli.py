"""The command ``anakinra-explorer``.

It ends with 0 when it did what it was asked, 1 when the content has errors (``run``, ``check``) or
a record does not fit its code (``verify``), and 2 when it could not do it: a wrong argument or
setting, an unknown id, a file that cannot be written, a database that cannot be used, and in
``export`` also content with errors. As with other tools of the shell it is 141 where the reader of
its output has gone, and 130 where it was interrupted.
"""

import gc
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from explorer import __version__, logs
from explorer.backup_command import backup
from explorer.commands import (
    CommandError,
    data_option,
    database_option,
    one_line,
    without_addresses,
)
from explorer.editor_commands import COMMANDS, due_on, name_folder, to_do, today
from explorer.export_commands import FORMATS as FORMATS
from explorer.export_commands import QUIZ_FORMATS as QUIZ_FORMATS
from explorer.export_commands import export
from explorer.files import OutputError
from explorer.output import hush_streams, prepare_streams, say
from explorer.quiz_commands import import_group
from explorer.record_commands import verify_record
from explorer.session_commands import sessions
from explorer.settings import SettingsError, load_settings
from explorer.stub_commands import new

if TYPE_CHECKING:
    from explorer.content.findings import Finding
    from explorer.content.load import Folder
    from explorer.domain.catalogue import Catalogue

PROGRAM: Final = "anakinra-explorer"
"""The name of the command."""

UNMEASURED: Final = (
    "reading grades were not checked; to check them: pip install -c constraints.txt '.[check]'"
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
        given = _folder_last(given)
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
        raise CommandError(without_addresses(one_line(error.format_message()))) from None


def _folder_last(given: list[str]) -> list[str]:
    """Move a folder that was named before the command behind it, where commands take it."""
    first = given[0] if given else ""
    named, rest = (given[:2], given[2:]) if first == "--data" else (given[:1], given[1:])
    is_folder = first == "--data" or first.startswith("--data=")
    return [*rest, *named] if is_folder and rest and rest[0] in cli.commands else given


def _names_a_command(arguments: Sequence[str]) -> bool:
    first = arguments[0] if arguments else ""
    return first in {"-h", "--help", "--version"} or (first != "" and not first.startswith("-"))


@click.group(
    help="Medicines side by side, with a source for every fact. "
    "Without a command, the app is started.",
    epilog="Exit codes: 0 done; 1 the content has errors, or a record does not fit; "
    "2 it could not be done.",
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
@click.option(
    "--drafts",
    is_flag=True,
    help="show drafts too, on this machine only, and each saved file at once; live classes are "
    "kept in memory unless a database is named",
)
def run(
    data: str | None, database: str | None, host: str | None, port: str | None, drafts: bool
) -> int:
    """Start the app."""
    gc.disable()  # until the content is in force; what is made on the way stays
    from explorer.server import CannotServe, serve

    settings = load_settings(
        data=data,
        host=host,
        port=port,
        database=database or ("memory" if drafts else None),
    )

    def starting() -> None:
        if settings.log == "text":  # else every line is JSON, and one of them names the content
            logs.install()
            name_folder(settings.data, logs.tell)

    try:
        serve(settings, drafts=drafts, starting=starting)
    except CannotServe as error:
        raise CommandError(str(error)) from None
    finally:
        gc.enable()
    return 0


def _day(_context: click.Context, _option: click.Parameter, given: str | None) -> date | None:
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"a day such as 2027-05-31: {given!r}") from None


@cli.command(
    "check",
    help="Check the content: a line for each cause, FILE: KEY: level: reason, with the other "
    "places that have it. The first line on standard error names the folder.",
    short_help="check the content",
)
@data_option
@click.option("--format", "kind", type=click.Choice(("text", "json")), default="text")
@click.option("--draft", metavar="ID", help="what is left to do until this draft can be published")
@click.option(
    "--due",
    metavar="DATE",
    callback=_day,
    help="what is to be read again on this day; this always ends with 0",
)
@click.option("--all", "whole", is_flag=True, help="with --due: every fact, not the first three")
def check(data: str | None, kind: str, draft: str | None, due: date | None, whole: bool) -> int:
    """Check the content."""
    from explorer.content.check import check_whole
    from explorer.content.findings import ContentError, Report
    from explorer.content.load import build, read_folder
    from explorer.content.readability import can_measure
    from explorer.content.summary import summary_of

    folder = load_settings(data=data).data
    name_folder(folder)
    if due is not None:
        return due_on(folder, due, "all" if whole and kind == "text" else kind)
    if draft is not None:
        return to_do(folder, draft, kind)
    if not folder.is_dir():
        raise CommandError(f"cannot read the content: there is no such data folder: {folder}")
    measure = can_measure()
    catalogue = None
    gc.disable()  # nothing is thrown away while it runs: looking for it would cost a fifth
    try:
        found = read_folder(folder)
        catalogue = build(found)
        findings = check_whole(found, catalogue, today(), measure=measure).findings
        report = Report(findings=(*findings, *_of_the_clinic(data, found, catalogue))).merged()
    except ContentError as error:
        report = Report(findings=error.findings).merged()
    finally:
        gc.enable()
    if kind == "json":
        for line in report.to_json().split("\n"):
            say(line)
    else:
        for finding in report.findings:
            say(str(finding))
        say(f"errors: {report.errors}, warnings: {report.warnings}", stream=sys.stderr)
        for line in () if report.errors or catalogue is None else summary_of(catalogue):
            say(line, stream=sys.stderr)
    if not measure:
        say(f"{PROGRAM}: warning: {UNMEASURED}", stream=sys.stderr)
    return 1 if report.errors else 0


def _of_the_clinic(
    data: str | None, found: "Folder", catalogue: "Catalogue"
) -> "tuple[Finding, ...]":
    """Check a clinic's own folder, where the setting names one, as a start would."""
    from explorer.content.check import check as apply
    from explorer.content.findings import ContentError
    from explorer.content.local import read_local
    from explorer.content.rule import Stage

    settings = load_settings(data=data)
    if settings.local_data is None:
        return ()
    contact = found.parsed("contacts.toml").get(settings.jurisdiction)
    try:
        read_local(
            settings.local_data,
            catalogue,
            contact,
            lambda content: apply(found, content, today(), measure=False, stage=Stage.GATE),
        )
    except ContentError as error:
        return error.findings
    return ()


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
    from explorer.content.signs_table import as_csv, as_text

    catalogue = _unchecked(data)
    sys.stdout.write(as_csv(catalogue) if kind == "csv" else as_text(catalogue))
    return 0


@cli.command(
    "harms",
    help="Print every harm beside every medicine: yes, no or not in its label, with what was read.",
    short_help="print the table of harms",
)
@data_option
@click.option("--format", "kind", type=click.Choice(("text", "csv")), default="text")
def harms(data: str | None, kind: str) -> int:
    """Print the table of harms, of content under work too: nothing is checked."""
    from explorer.content.harms_table import as_csv, as_text

    catalogue = _unchecked(data)
    sys.stdout.write(as_csv(catalogue) if kind == "csv" else as_text(catalogue))
    return 0


def _unchecked(data: str | None) -> "Catalogue":
    """Read the content without checking it."""
    from explorer.content.findings import ContentError
    from explorer.content.load import load

    try:
        return load(load_settings(data=data).data).catalogue
    except ContentError as error:
        raise CommandError(one_line(error)) from None


cli.add_command(export)
cli.add_command(sessions)
for _command in (new, *COMMANDS, verify_record, backup):
    cli.add_command(_command)
cli.add_command(import_group)


if __name__ == "__main__":
    sys.exit(main())
