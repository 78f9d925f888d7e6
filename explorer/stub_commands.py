"""The command ``new``: stubs of what an editor adds to the content."""

from collections.abc import Callable

import click

from explorer.commands import CommandError, data_option, one_line
from explorer.editor_commands import folder_of, read, today
from explorer.output import say


@click.group("new", no_args_is_help=False, help="Write a stub.", short_help="write a stub")
def new() -> None:
    """Hold what stubs can be written of."""


def _wrote(make: Callable[[], tuple[str, ...]]) -> int:
    from explorer.content.findings import ContentError
    from explorer.editing.reviewed import EditError

    try:
        for name in make():
            say(f"wrote: {name}")
    except (EditError, ContentError, OSError) as error:
        raise CommandError(one_line(error)) from None
    return 0


_id = click.argument("name", metavar="ID")


def _checked_id(name: str) -> str:
    """Return an id as the content has them.

    Raises:
        CommandError: it is none.
    """
    import re

    if not re.fullmatch(r"[a-z][a-z0-9-]{0,59}", name):
        raise CommandError(f"'{name}' is no id: lower-case words joined by hyphens")
    return name


@new.command("medicine", help="Write a draft of a medicine: every key, with a comment.")
@data_option
@_id
def new_medicine(data: str | None, name: str) -> int:
    """Write a draft of a medicine."""
    from explorer.editing import stubs

    folder = folder_of(data)
    _, catalogue = read(folder)
    return _wrote(lambda: stubs.medicine(folder, catalogue, _checked_id(name), today()))


@new.command("kind", help="Write a kind of medicine.")
@data_option
@_id
def new_kind(data: str | None, name: str) -> int:
    """Write a kind of medicine."""
    from explorer.editing import stubs

    folder = folder_of(data)
    _, catalogue = read(folder)
    return _wrote(lambda: stubs.kind_of_medicine(folder, catalogue, _checked_id(name)))


@new.command("row", help="Write a line of the comparison, and its cell in every medicine.")
@data_option
@_id
def new_row(data: str | None, name: str) -> int:
    """Write a line of the comparison."""
    from explorer.editing import stubs

    folder = folder_of(data)
    _, catalogue = read(folder)
    return _wrote(lambda: stubs.row(folder, catalogue, _checked_id(name)))


@new.command("source", help="Write a source.")
@data_option
@_id
def new_source(data: str | None, name: str) -> int:
    """Write a source."""
    from explorer.editing import stubs

    folder = folder_of(data)
    _, catalogue = read(folder)
    return _wrote(lambda: stubs.source(folder, catalogue, _checked_id(name), today()))


@new.command("condition", help="Write a condition.")
@data_option
@_id
def new_condition(data: str | None, name: str) -> int:
    """Write a condition."""
    from explorer.editing import stubs

    folder = folder_of(data)
    _, catalogue = read(folder)
    return _wrote(lambda: stubs.condition(folder, catalogue, _checked_id(name)))


@new.command("question", help="Write a question, and raise the numbers of the blueprint for it.")
@data_option
@_id
@click.option("--topic", metavar="T", required=True, help="id of the topic")
@click.option("--ref", metavar="REF", required=True, help="the fact that it rests on")
@click.option(
    "--kind",
    type=click.Choice(("single", "several", "true-false", "order", "sort", "number")),
    default="single",
)
@click.option("--audience", type=click.Choice(("patient", "both", "nurse")), default="both")
@click.option(
    "--level", type=click.Choice(("recall", "understand", "apply", "analyse")), default="apply"
)
def new_question(
    data: str | None, name: str, topic: str, ref: str, kind: str, audience: str, level: str
) -> int:
    """Write a question."""
    from explorer.domain.questions import Audience, CognitiveLevel, QuestionKind
    from explorer.editing import stubs

    folder = folder_of(data)
    _, catalogue = read(folder)
    return _wrote(
        lambda: stubs.question(
            folder,
            catalogue,
            _checked_id(name),
            topic=topic,
            ref=ref,
            kind=QuestionKind(kind),
            audience=Audience(audience),
            level=CognitiveLevel(level),
            today=today(),
        )
    )
