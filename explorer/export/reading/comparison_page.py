"""The page of a comparison in the reading edition, whole or as its glance."""

from collections.abc import Mapping
from typing import Final

from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import CONDITION, NOW, OPTIONS, WHO, Choice, Dropped, read, write
from explorer.domain.comparison import PAGE_LIMITS, Column, compare, options_in, preselected
from explorer.domain.messages import Words
from explorer.domain.names import condition_named
from explorer.export import comparison_screen
from explorer.export import environment as html
from explorer.export.reading.model import NoSuchPage, Onward, ReadingPage, Target

PARTS: Final = (*comparison_screen.GLANCE, *comparison_screen.FACTS, "words")


def comparison_page(
    catalogue: Catalogue, condition: str, parameters: Mapping[str, str], *, is_glance: bool = False
) -> ReadingPage:
    """Make a page.

    Args:
        catalogue: the content.
        condition: id of the condition.
        parameters: the address's parameters: options, person, what is taken.
            Without enough options the preselection is shown, and a line says so.
        is_glance: make only what is seen without a press, and nothing to choose with.

    Raises:
        NoSuchPage: there is no such condition.
    """
    words = catalogue.words
    meant = condition_named(catalogue, condition)
    if meant is None:
        raise NoSuchPage(f"compare/{condition}", each_condition(catalogue))
    condition = meant.id
    given = {name: parameters[name] for name in (OPTIONS, WHO, NOW) if name in parameters}
    choice, dropped = read(catalogue, {CONDITION: condition, **given})
    held = catalogue.condition(condition)
    messages = _messages(dropped, words)
    if len(choice.options) < PAGE_LIMITS[0]:
        choice = choice.evolve(options=preselected(catalogue, held, choice.now))
        messages.append(words("read.preselected"))
    shown = compare(catalogue, condition, choice.options, None, who=choice.who, now=choice.now)
    parts = comparison_screen.pieces(shown, catalogue)
    names = words("read.and").join(_name(column, catalogue) for column in shown.columns)
    if is_glance:
        body = "".join(parts[name] for name in comparison_screen.GLANCE)
    else:
        choices = _choices(catalogue, choice)
        body = render(
            catalogue, "choice", held, choices, choice.who, _taken(catalogue, choice), messages
        )
        body += "".join(parts[name] for name in PARTS)
    return ReadingPage(
        target=Target(
            path=f"compare/{condition}",
            options=(
                () if choice.options == preselected(catalogue, held, choice.now) else choice.options
            ),
            who=choice.who,
            now=choice.now,
        ),
        title=words("read.comparison-title", condition=held.name, options=names),
        description=words("read.comparison-text", condition=held.name, options=names),
        body=body,
        app="compare?" + "&".join(f"{name}={value}" for name, value in write(choice).items()),
        onward=Onward(words("read.signs"), Target(path="signs")),
    )


def each_condition(catalogue: Catalogue) -> tuple[Onward, ...]:
    """Return a link to the comparison of each condition."""
    return tuple(
        Onward(item.name, Target(path=f"compare/{item.id}")) for item in catalogue.conditions
    )


def render(catalogue: Catalogue, macro: str, *values: object) -> str:
    """Render a part that only the reading edition has.

    Args:
        catalogue: for interface words.
        macro: its name in ``reading_parts.html.j2``.
        *values: the macro's arguments.
    """
    module = html.module("reading_parts.html.j2", w=catalogue.words)
    return str(getattr(module, macro)(*values))


def _messages(dropped: Dropped, words: Words) -> list[str]:
    messages = []
    if dropped.options or dropped.unused:
        ids = ", ".join((*dropped.options, *dropped.unused))
        messages.append(words("compare.dropped-options", ids=ids))
    if dropped.now:
        messages.append(words("compare.dropped-now", ids=", ".join(dropped.now)))
    if dropped.too_many:
        messages.append(words("compare.dropped-many"))
    return messages


def _name(column: Column, catalogue: Catalogue) -> str:
    """Return a short name: of a medicine the generic one, which the page explains."""
    if column.plan is not None or not column.medicines:
        return column.title
    return catalogue.medicine(column.medicines[0]).name


def _taken(catalogue: Catalogue, choice: Choice) -> tuple[tuple[str, str, bool], ...]:
    """Return id and title of what may be taken now, and whether it is."""
    return tuple(
        (item.id, item.title, item.id in choice.now)
        for item in options_in(catalogue, choice.condition or "")
        if item.is_offered and item.kind is not None
    )


def _choices(catalogue: Catalogue, choice: Choice) -> tuple[tuple[str, str, bool], ...]:
    """Return id and title of what can be compared, and whether it is."""
    return tuple(
        (item.id, item.title, item.id in choice.options)
        for item in options_in(catalogue, choice.condition or "", choice.now)
        if item.is_offered
    )
