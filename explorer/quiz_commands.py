"""What the command does with questions from other systems: ``import quiz``."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from explorer.commands import CommandError, checked_content, data_option, one_line
from explorer.files import write_file
from explorer.output import say
from explorer.review_commands import import_group as import_group

_NAME: Final = re.compile(r"clinic-[a-z0-9-]+\.toml|.*\.json")

if TYPE_CHECKING:
    from explorer.domain.own_questions import OwnQuestion
    from explorer.domain.questions import Bank


def _plan(questions: "Sequence[OwnQuestion]", bank: "Bank") -> str:
    """Return a class plan with the questions.

    Raises:
        CommandError: they are more than a plan holds.
    """
    from explorer.domain.lesson_plan import MOST_OWN, PHASES, LessonPlan, as_text

    if len(questions) > MOST_OWN:
        raise CommandError(
            f"a plan holds {MOST_OWN} questions of your own, and the file has {len(questions)}; "
            "take fewer"
        )
    plan = LessonPlan()
    for question in questions:
        plan = plan.with_own(question, PHASES[-1])
    return as_text(plan, bank)


@import_group.command(
    "quiz",
    help="Read questions of your own from FILE: GIFT, Moodle XML, a package of QTI 2.1 or 1.2, or "
    "a spreadsheet with the columns of Kahoot's template. They become a class plan (.json), which "
    "the page Teach opens, or a topic of a clinic's own folder (.toml), to be completed by hand. "
    "A question is taken whole or left out; what is left out is listed with its place.",
    short_help="read questions of your own",
)
@data_option
@click.argument("file", metavar="FILE")
@click.option("--title", metavar="T", default="", help="name of the topic (default: of the file)")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="file to write: ….json, or clinic-….toml; without it nothing is written",
)
def import_quiz(data: str | None, file: str, title: str, output: str | None) -> int:
    """Read questions from another system's file."""
    from explorer.domain.letters import one_line as flat
    from explorer.quiz_import import clinic_toml
    from explorer.quiz_import.found import BadFile
    from explorer.quiz_import.own import taken
    from explorer.quiz_import.port import read_file

    path = Path(file)
    if output is not None and not _NAME.fullmatch(Path(output).name):
        raise click.UsageError(
            f"a plan is named ….json, a clinic's topic clinic-….toml in small letters: {output}"
        )
    try:
        found = taken(read_file(path))
        if not (output or "").endswith(".json"):
            found = clinic_toml.fitting(found)
    except BadFile as error:
        raise CommandError(one_line(f"{file}: {error}; nothing was taken")) from None
    for line in (*map(str, found.left_out), *found.notes):
        say(one_line(line))
    say(
        f"{found.format}: taken: {len(found.questions)}; not taken: {len(found.left_out)}; "
        f"read otherwise: {len(found.notes)}"
    )
    if not found.questions:
        raise CommandError("no question was taken, so nothing was written")
    if output is None:
        say("nothing was written; to write them: -o plan.json or -o clinic-NAME.toml")
        return 0
    catalogue = checked_content(data).catalogue
    if output.endswith(".json"):
        write_file(output, _plan(found.questions, catalogue.bank).encode())
        say(f"written: {output}")
        return 0
    day = catalogue.review.content_date
    due = day.replace(year=day.year + 1, day=min(day.day, 28))
    named = flat(title) or flat(path.stem)
    write_file(output, clinic_toml.write(found, named[:80], due).encode())
    say(f"written: {output}")
    return 0
