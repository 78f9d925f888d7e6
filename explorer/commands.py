"""What the commands share: options, messages, the content and the writers of files."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from explorer.settings import load_settings

if TYPE_CHECKING:
    from explorer.content.findings import ContentError
    from explorer.content.load import Content
    from explorer.export.tables import Separator

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

separator_option = click.option(
    "--separator",
    type=click.Choice(SEPARATORS),
    help="what stands between the cells of a CSV file (default comma)",
)


def separator_of(given: str | None, to: str) -> "Separator":
    """Return the separator of a CSV file.

    Raises:
        click.UsageError: another format was asked for, which has none.
    """
    from explorer.export.tables import Separator

    if given is not None and to != "csv":
        raise click.UsageError(f"--separator is for --to csv only, not for {to}")
    return Separator(given or "comma")


def writer(exported: str, to: str, separator: str | None) -> Callable[..., bytes]:
    """Return the function that writes a format; its module is imported only now.

    Args:
        exported: what is written, as the modules of its writers begin.
        to: the format, as the name of its module ends.
        separator: what stands between the cells, as given.

    Raises:
        click.UsageError: a separator is given for a format that has none.
    """
    between = separator_of(separator, to)
    write: Callable[..., bytes] = import_module(f"explorer.export.{exported}_{to}").write
    return partial(write, separator=between) if to == "csv" else write


def to_option(formats: Sequence[str]) -> Callable[[_Command], _Command]:
    """Return the option that names the format of a file."""
    return click.option(
        "--to", type=click.Choice(formats), required=True, help="format of the file"
    )


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
