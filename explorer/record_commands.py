"""The command ``verify``: whether the lines of a nurse's record fit their check code."""

import re
import sys
from typing import IO, Any, Final

import click

from explorer.commands import CommandError
from explorer.output import say

_REASONS: Final = {
    "missing": "this line is missing; give all lines from 'name' to 'code'",
    "twice": "this line is there twice; leave one out",
    "too-long": "this is too long for a record; give the lines of one record only",
    "mistyped": "this is not the code of these lines; look for a typing error in it",
    "changed": "this does not fit the check code; compare it with the record",
    "whole": "each line fits, but the first 8 characters do not; look for a typing error in them",
    "sums": "the result does not follow from the questions; the record was not made like this",
}

NO_SIGNATURE: Final = (
    "It is no signature: whoever changes a record can compute a new code, and it does not prove "
    "who took the check."
)


_CODE: Final = re.compile(r"[0-9A-Za-z]{4}([- ]?[0-9A-Za-z]{4})+")


class _Lines(click.File):
    """The file with a record's lines; who gives the code in its place is told what to give."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            if isinstance(value, str) and _CODE.fullmatch(value):
                raise CommandError(
                    f"there is no file '{value}'; a code alone says nothing, give a file with the "
                    "record's lines from 'name' to 'code'"
                ) from None
            raise


@click.command(
    "verify",
    help="Compute the check code of a nurse's record again from its lines, and say which part does "
    "not fit. FILE holds the lines from 'name' to 'code', as on the record's last page; - reads "
    "them from standard input. It ends with 1 where something does not fit. " + NO_SIGNATURE,
    short_help="check the lines of a nurse's record",
)
@click.argument("lines", metavar="FILE", type=_Lines("rb"))
def verify_record(lines: IO[bytes]) -> int:
    """Check the lines of a record."""
    from explorer.domain.record_code import LONGEST, verify

    try:
        text = lines.read(4 * LONGEST + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError(
            "the record's lines are no UTF-8 text; give the text file and not the PDF"
        ) from None
    found = verify(text)
    for misfit in found:
        say(f"{misfit.part}: {_REASONS[misfit.reason]}")
    if found:
        return 1
    say("all lines fit the check code")
    say(NO_SIGNATURE, stream=sys.stderr)
    return 0
