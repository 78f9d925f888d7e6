"""The command ``sessions``: what an operator does with live classes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from explorer.commands import (
    CommandError,
    checked_content,
    data_option,
    database_option,
    one_line,
    output_option,
    separator_option,
    to_option,
    writer,
)
from explorer.files import write_file
from explorer.output import say
from explorer.settings import database_file, load_settings

if TYPE_CHECKING:
    from explorer.classes.service import ClassService

REPORT_FORMATS: Final = ("csv", "xlsx", "pdf")
"""What the report of a class can be exported to."""


def _days(_context: click.Context, _option: click.Parameter, given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isdecimal() or int(given) > 36500:
        raise click.BadParameter(f"a number of days, 0 or more: {given!r}")
    return int(given)


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
@separator_option
@output_option
def sessions_export(
    data: str | None, database: str | None, code: str, to: str, separator: str | None, output: str
) -> int:
    """Write the report of the class with the code CODE."""
    from explorer.export.pdf import PdfError

    words = checked_content(data).catalogue.words
    write = writer("report", to, separator)
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
@click.option(
    "--open-too",
    is_flag=True,
    help="delete although classes may be going on: not ended, moved on in the last day",
)
def sessions_purge(
    database: str | None, days: int | None, dry_run: bool, clock_is_right: bool, open_too: bool
) -> int:
    """Delete old classes."""
    days = load_settings().class_days if days is None else days
    with _classes(database) as classes:
        found = classes.survey(days)
        taught = 0 if days else classes.taught(timedelta(days=1))  # others are older than a day
        going_on = f"{taught} of {found.total} have not ended and were moved on in the last day"
        if dry_run:
            say(f"would be deleted: {found.old} of {found.total}")
            for doubt in (found.doubt, going_on if taught else ""):
                if doubt:
                    say(f"note: {doubt}", stream=sys.stderr)
            return 0
        if taught and not open_too:
            raise CommandError(
                f"nothing was deleted: {going_on}. If they are to go too, add --open-too"
            )
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
