"""Stubs: new entries of the content with a comment at each key, which ``check`` then lists.

Comments and the marks ``TO WRITE`` are for editors; no reader ever sees them.
"""

from datetime import date
from pathlib import Path
from typing import Any, Final

from explorer.content.load import CONDITIONS, MEDICINES, QUESTIONS, parse
from explorer.content.rules.names import KIND_TO_WRITE, TO_WRITE
from explorer.content.support import supporting_text, text_hash
from explorer.domain.answers import ALLOWED, AnswerType
from explorer.domain.catalogue import Catalogue
from explorer.domain.questions import Audience, CognitiveLevel, OptionAct, QuestionKind
from explorer.domain.row import Row
from explorer.editing.reviewed import EditError
from explorer.editing.toml_file import TomlFile
from explorer.files import write_file

Made = tuple[str, ...]
"""The files that were written."""

_CITE: Final = (
    "citations = [] # { source = id of sources.toml, place = section or page, read_in = ... }"
)


def medicine(folder: Path, catalogue: Catalogue, name: str, today: date) -> Made:
    """Write a draft of a medicine: every key, with a comment.

    Args:
        folder: the data folder.
        catalogue: the content of it.
        name: the id of the medicine.
        today: the day.

    Raises:
        EditError: there is such a medicine.
    """
    _refuse(name in {item.id for item in catalogue.medicines}, f"there is a medicine '{name}'")
    kinds = ", ".join(kind.id for kind in catalogue.kinds)
    conditions = ", ".join(item.id for item in catalogue.conditions)
    lines = [
        f"# {name}: a draft. What is left to do: anakinra-explorer check --draft {name}",
        'status = "draft" # "published" when the list is empty',
        f'name = "{name}"',
        f'say = "{TO_WRITE}" # such as an-a-KIN-ra',
        f'brands = [] # {{ name = "{TO_WRITE}", say = "{TO_WRITE}" }}',
        "brands_shown = [] # at most two of them, shown beside the name",
        f'kind = "{KIND_TO_WRITE}" # one of kinds.toml: {kinds}; another one: new kind ID',
        "also = [] # old and other names that people look for",
        f"checked = {today} # the day on which you read its facts",
        "# what was searched in the conditions without a [[uses]] below, said once:",
        f'other_conditions = "{TO_WRITE}"',
        "",
        "[mistake] # the mistake that harms most, one or two sentences",
        f'id = "{name}-mistake"',
        f'text = "{TO_WRITE}"',
        _CITE,
        "",
    ]
    for urgency, what in (("emergency", "help now"), ("same-day", "a call the same day")):
        lines += [
            f"[[red_flags]] # signs that ask for {what}; look at another medicine of its kind",
            f'id = "{name}-flag-{urgency}"',
            f'signs = ["{_sign(catalogue, urgency)}"] # ids of signs.toml',
            f'urgency = "{urgency}"',
            f'sign = "{TO_WRITE}"',
            _CITE,
            "",
        ]
    lines += [
        f"[[uses]] # one for each condition that it is used in: {conditions}",
        f'condition = "{catalogue.conditions[0].id}"',
        'us = "not-found" # approved, not-approved, not-found',
        'eu = "not-found"',
        'off_label = "not-found" # yes, no, not-found',
        f'searched = "{TO_WRITE}" # only where no use was found; otherwise limits and citations',
        _CITE,
        "",
    ]
    for row in catalogue.rows:
        lines += _cell(row)
    return (_write(folder, f"{MEDICINES}/{name}.toml", "\n".join(lines) + "\n"),)


def row(folder: Path, catalogue: Catalogue, name: str) -> Made:
    """Write a line of the comparison, and its cell in every medicine.

    Raises:
        EditError: there is such a line.
    """
    _refuse(catalogue.has_row(name), f"there is a line '{name}'")
    groups = ", ".join(group.id for group in catalogue.groups)
    stub = f"""
[rows.{name}]
group = "{catalogue.groups[0].id}" # one of: {groups}
question = "{TO_WRITE}" # as a patient would ask it
# parent = "..." # only where it says I, me or my: the same in the words of a parent
short = "{TO_WRITE}" # two to four words
help = "{TO_WRITE}" # what the line tells and why it matters, one sentence
answer = "words" # {", ".join(AnswerType)}
# choices = [ {{ id = "one", label = "..." }} ] # only with answer = "choices"
# concerns = ["..."] # ids of concerns.toml that it speaks to
# careful = true # where an error could hurt most
"""
    made = [_add(folder, "rows.toml", stub)]
    for item in catalogue.medicines:
        made.append(
            _add(
                folder,
                f"{MEDICINES}/{item.id}.toml",
                f'\n[cells.{name}]\nkind = "not-found"\ntext = "{TO_WRITE}"\n'
                f'searched = "{TO_WRITE}" # what was looked at\n',
            )
        )
    return tuple(made)


def kind_of_medicine(folder: Path, catalogue: Catalogue, name: str) -> Made:
    """Write a kind of medicine.

    Raises:
        EditError: there is such a kind.
    """
    _refuse(name in {kind.id for kind in catalogue.kinds}, f"there is a kind '{name}'")
    stub = f"""
[{name}]
heading = "{TO_WRITE}" # over a list: "TNF blockers"
one = "{TO_WRITE} one" # in a sentence: "a TNF blocker"
another = "{TO_WRITE} another" # in a sentence: "another TNF blocker"
"""
    return (_add(folder, "kinds.toml", stub),)


def source(folder: Path, catalogue: Catalogue, name: str, today: date) -> Made:
    """Write a source.

    Raises:
        EditError: there is such a source.
    """
    _refuse(catalogue.has_source(name), f"there is a source '{name}'")
    stub = f"""
[{name}]
title = "{TO_WRITE}" # as a reader would look for it
publisher = "{TO_WRITE}"
kind = "label" # label, leaflet, guideline, review, trial, database, secondary
jurisdiction = "us" # us, eu, uk, other, none
revision_read = "{TO_WRITE}" # revision or date of the text that you read
# newest_known = "..." # only where it is not the one that you read
address = "https://to-write.example/" # at the authority, journal or publisher
# read_via = "..." # only where a copy was read
accessed = {today}
"""
    return (_add(folder, "sources.toml", stub),)


def question(
    folder: Path,
    catalogue: Catalogue,
    name: str,
    *,
    topic: str,
    ref: str,
    kind: QuestionKind = QuestionKind.SINGLE,
    audience: Audience = Audience.BOTH,
    level: CognitiveLevel = CognitiveLevel.APPLY,
    today: date,
) -> Made:
    """Write a question, and raise the numbers of the blueprint for it.

    Args:
        folder: the data folder.
        catalogue: the content of it.
        name: the id of the question.
        topic: the topic, whose file it stands in.
        ref: the fact that it rests on.
        kind: what a reader does with it.
        audience: for whom it is.
        level: what it asks of the mind.
        today: the day.

    Raises:
        EditError: there is such a question, or no such topic or fact.
    """
    _refuse(catalogue.bank.has(name), f"there is a question '{name}'")
    topics = [item.id for item in catalogue.bank.topics]
    _refuse(topic not in topics, f"there is no topic '{topic}'; there are {', '.join(topics)}")
    text = supporting_text(catalogue, ref)
    if text is None:
        raise EditError(f"nothing stated stands at '{ref}'; find a fact with: where TEXT")
    stub = f"""
[[questions]]
id = "{name}" # once in the whole bank; stays for good
version = 1
kind = "{kind}"
audience = "{audience}"
level = "{level}"
stem = "{TO_WRITE}" # can be answered with the options hidden
supported_by = [ {{ ref = "{ref}", hash = "{text_hash(text)}" }} ]
reads = [] # at least two; see README.md
due = {today.replace(year=today.year + 1, day=min(today.day, 28))}
{_options(kind)}"""
    file = f"{QUESTIONS}/{topic}.toml"
    made = _add(folder, file, stub)
    plan = TomlFile(folder, "blueprint.toml")
    for key in (audience.value, level.value):
        _raise(plan, ("topics", topic), key)
    kinds = plan.at(("topics", topic)).get("kinds", ["single"])
    if kind.value not in kinds:
        if plan.has(("topics", topic, "kinds")):
            plan.append(("topics", topic, "kinds"), f'"{kind}"')
        else:
            first = next(iter(plan.at(("topics", topic))))
            both = ", ".join(f'"{item}"' for item in (*kinds, kind.value))
            plan.insert_line(("topics", topic, first), f"kinds = [{both}]")
    _raise(plan, ("kinds", kind.value), "questions")
    plan.save()
    return (made, "blueprint.toml")


def condition(folder: Path, catalogue: Catalogue, name: str) -> Made:
    """Write a condition.

    Raises:
        EditError: there is such a condition.
    """
    _refuse(catalogue.has_condition(name), f"there is a condition '{name}'")
    cards = "".join(
        f'\n[[{name}.card]]\nid = "{name}-card-{number}"\ntext = "{TO_WRITE}"\n{_CITE}\n'
        for number in (1, 2, 3)
    )
    model = catalogue.conditions[0]
    options = "".join(
        f'\n[{name}.no_new_medicine.{option.id}]\nname = "{option.name}"\nsummary = "{TO_WRITE}"\n'
        + "".join(
            f"\n[{name}.no_new_medicine.{option.id}.cells.{cells.row}]\n"
            f'kind = "not-found"\ntext = "{TO_WRITE}"\nsearched = "{TO_WRITE}"\n'
            for cells in option.cells
        )
        for option in model.no_new_medicine
    )
    stub = f"""
[{name}]
name = "{TO_WRITE}"
short = "{TO_WRITE}"
plain = "{TO_WRITE}" # in everyday words, after 'for'
aliases = [] # words that name it; no variant of another condition may use them
subtypes = []
{cards}
[{name}.preselect]
options = ["stay"] # two to four options with a use here
reason = "{TO_WRITE}"
citations = []
{options}
[[{name}.not_compared]]
id = "{name}-other-one"
text = "{TO_WRITE}"
{_CITE}
"""
    return (_add(folder, CONDITIONS, stub),)


def _cell(row: Row) -> list[str]:
    answers = ", ".join(ALLOWED[row.answer]) or "none, this line has words only"
    choices = ", ".join(choice.id for choice in row.choices)
    return [
        f"[cells.{row.id}] # {row.question}",
        'kind = "not-found" # stated, not-applicable, not-studied, not-found',
        f'text = "{TO_WRITE}"',
        f'searched = "{TO_WRITE}" # what was looked at; take it out where it is stated',
        f"# answer = {{ kind = ... }} # where it is stated; kinds: {answers}",
        *([f"#   values: {choices}"] if choices else []),
        _CITE,
        "",
    ]


def _options(kind: QuestionKind) -> str:
    if kind is QuestionKind.NUMBER:
        return (
            f'number = {{ value = 1, unit = "mg", tolerance = 0, rationale = "{TO_WRITE}", '
            f'action = "{TO_WRITE}" }}\n'
        )
    groups = ""
    keys = {"single": (1,), "several": (1, 2), "true-false": (1,)}.get(kind.value, ())
    names = ("true", "false") if kind is QuestionKind.TRUE_FALSE else ("one", "two", "three")
    if kind is QuestionKind.SORT:
        groups = (
            f'groups = [ {{ id = "now", label = "{TO_WRITE}" }}, '
            f'{{ id = "later", label = "{TO_WRITE}" }} ]\n'
        )
    made = [groups]
    for number, name in enumerate(names, 1):
        made.append(f'\n[[questions.options]]\nid = "{name}"\ntext = "{TO_WRITE} {number}"\n')
        if number in keys:
            made.append("key = true\n")
        if kind is QuestionKind.SINGLE:
            acts = ", ".join(OptionAct)
            made.append(f"does = [] # where options are things to do: {acts}; else take it out\n")
        if kind is QuestionKind.SORT:
            made.append('group = "now"\n')
        made.append(f'rationale = "{TO_WRITE}" # why, in 8 to 60 words\n')
        if number not in keys and kind is not QuestionKind.ORDER:
            made.append(f'action = "{TO_WRITE}" # what to do instead\n')
    return "".join(made)


def _sign(catalogue: Catalogue, urgency: str) -> str:
    return next((sign.id for sign in catalogue.signs.signs if sign.urgency == urgency), "")


def _raise(file: TomlFile, table: tuple[str, ...], key: str) -> None:
    """Raise a number by one; a key that is left out counts as 0."""
    known: Any = file.data
    for step in table:
        known = known.get(step, {})
    if not known:
        file.add(f"[{'.'.join(table)}]\n{key} = 1")
        return
    held: Any = file.at(table)
    if key in held:
        file.replace((*table, key), str(held[key] + 1))
    else:
        file.insert_line((*table, next(iter(held))), f"{key} = 1")


def _refuse(is_so: bool, why: str) -> None:
    if is_so:
        raise EditError(f"{why}; choose another id")


def _add(folder: Path, name: str, stub: str) -> str:
    path = folder / name
    held = path.read_text(encoding="utf-8")
    return _write(folder, name, f"{held.rstrip()}\n{stub}")


def _write(folder: Path, name: str, text: str) -> str:
    parse(name, text.encode("utf-8"))
    write_file(str(folder / name), text.encode("utf-8"))
    return name
