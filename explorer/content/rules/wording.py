"""Rules about words: short, plain, kind, and the same room for every option."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from explorer.content import grades, readability
from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.load import GRADES
from explorer.content.rule import Stage, rule
from explorer.content.texts import cell_key, each_cell, medicine_file, question_file
from explorer.domain.article_claims import normalise
from explorer.domain.catalogue import CellKind
from explorer.domain.facts import Item, facts, within
from explorer.domain.letters import MARKUP
from explorer.domain.prose import Layer
from explorer.domain.questions import Audience, Question

WORD_LIMITS = {
    Layer.CORE: 45,
    Layer.DETAIL: 140,
    Layer.NURSE: 90,
    Layer.NOTE: 120,
    Layer.STEM: 45,
    Layer.OPTION: 15,
    Layer.RATIONALE: 60,
    Layer.NURSE_STEM: 80,
    Layer.NURSE_OPTION: 25,
    Layer.NAME: 20,
    Layer.INTERFACE: 140,
    Layer.RECORD: 140,
    Layer.REFERENCE: 60,
}
"""Most words of one text; a cell's core text must be read at a glance."""

READ_AT_A_GLANCE = (Layer.CORE, Layer.STEM, Layer.OPTION)
"""Layers in which a long sentence is an error; elsewhere it is a warning."""

SENTENCE_LIMIT = 20
"""Most words of one sentence of core text."""

SENTENCE_LIMIT_DETAIL = 28
"""Most words of one sentence of detail text."""

ROOM = 2.5
"""How many times longer than the other options' median a cell may be before it is reported."""

SHORT = 10
"""A median below this number of words counts as this number."""

ALLOWED_CONTROL = {"\n"}

ASKED = (
    *(Layer.STEM, Layer.OPTION, Layer.RATIONALE),
    *(Layer.NURSE_STEM, Layer.NURSE_OPTION),
)
"""Layers of a question's texts that are graded together."""


@rule("too-long", stage=Stage.LINT, excepted=True)
def texts_fit(context: Context) -> Iterator[Finding]:
    """No text is longer than its layer allows."""
    for fact in context.facts:
        count = readability.words_in(fact.text)
        limit = WORD_LIMITS[fact.layer]
        if count > limit:
            yield error("too-long", fact.file, fact.key, f"{count} words, at most {limit}")


@rule("markup", "control-character")
def texts_are_plain(context: Context) -> Iterator[Finding]:
    """Text holds no markup and no control or direction characters."""
    for fact in context.facts:
        found = MARKUP.search(fact.text)
        if found:
            reason = f"text is plain, without markup; found '{found[0].strip()}'"
            yield error("markup", fact.file, fact.key, reason)
        if fact.text.isprintable():  # many times faster than letter by letter
            continue
        hidden = next((c for c in fact.text if not c.isprintable() and _is_control(c)), None)
        if hidden is not None:
            reason = f"text holds the control character U+{ord(hidden):04X}"
            yield error("control-character", fact.file, fact.key, reason)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf") and character not in ALLOWED_CONTROL


@rule("sentence-length", stage=Stage.LINT, excepted=True)
def sentences_are_short(context: Context) -> Iterator[Finding]:
    """No sentence is longer than a reader can hold."""
    for fact in context.facts:
        if fact.layer is Layer.REFERENCE:  # a title is no sentence of ours
            continue
        core = fact.layer in READ_AT_A_GLANCE
        limit = SENTENCE_LIMIT if core else SENTENCE_LIMIT_DETAIL
        for sentence in readability.sentences(fact.text):
            count = readability.words_in(sentence)
            if count > limit:
                reason = f"a sentence of {count} words, at most {limit}: '{sentence[:40]}...'"
                make = error if core else warning
                yield make("sentence-length", fact.file, fact.key, reason)


@rule("banned-word", excepted=True)
def words_are_kind(context: Context) -> Iterator[Finding]:
    """No banned word or phrase stands in any text of ours; each has a better one beside it."""
    banned = {normalise(item.word): item for item in context.catalogue.banned}
    # a number starts anew: "1 in" is banned, and "IL-1 in" is a name
    numbers = [word for word in banned if word[0].isdigit()]
    words = [word for word in banned if word not in numbers]
    pattern = re.compile(rf"(?<!\w){_either(words)}(?!\w)|(?<![\w.,-]){_either(numbers)}(?!\w)")
    for fact in context.facts:
        if fact.layer is Layer.REFERENCE:  # a title is in others' words
            continue
        for word in dict.fromkeys(pattern.findall(normalise(fact.text))):
            item = banned[word]
            reason = f"'{item.word}' is not used here; {item.instead}"
            yield error("banned-word", fact.file, fact.key, reason)


def _either(words: list[str]) -> str:
    """Return a pattern of one of some words, the longest first; of none, one that never fits."""
    found = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, found))})" if found else "(?!)"


@rule("variant-names-other")
def variants_name_only_their_condition(context: Context) -> Iterator[Finding]:
    """The text of a variant names no condition but its own."""
    names = {
        condition.id: re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(alias) for alias in condition.aliases) + r")(?!\w)"
        )
        for condition in context.catalogue.conditions
        if condition.aliases
    }
    for medicine in context.catalogue.medicines:
        for row, cell in each_cell(medicine.cells):
            if cell.condition is None:
                continue
            own = names.get(cell.condition)
            for other, pattern in names.items():
                found = pattern.search(cell.text)
                if other == cell.condition or not found:
                    continue
                if own is not None and own.search(found[0]):
                    continue
                reason = f"a variant for '{cell.condition}' names '{found[0]}'"
                yield error(
                    "variant-names-other", medicine_file(medicine), cell_key(row, cell), reason
                )


@rule("unequal-length", level=Level.WARNING, stage=Stage.LINT)
def options_get_equal_room(context: Context) -> Iterator[Finding]:
    """In a row, no option is given far more words than the others (a warning)."""
    by_row: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for medicine in context.catalogue.published:
        for row_cells in medicine.cells:
            if row_cells.default.kind is CellKind.STATED:
                count = readability.words_in(row_cells.default.text)
                by_row[row_cells.row].append((medicine_file(medicine), count))
    for row, counts in by_row.items():
        for file, count in counts:
            others = [other for name, other in counts if name != file]
            middle = max(median(others), SHORT) if others else count
            if count > ROOM * middle:
                reason = f"{count} words where the other options' median is {middle:g}"
                yield warning("unequal-length", file, f"cells.{row}", reason)


@rule("reading-grade", stage=Stage.LINT, excepted=True, measures=True)
def core_reads_easily(context: Context) -> Iterator[Finding]:
    """Each medicine's core text, read as one, is at grade 6 or below."""
    yield from _grades(context, Layer.CORE, readability.CORE_LIMIT)


@rule("reading-grade", stage=Stage.LINT, excepted=True, measures=True)
def details_read_easily(context: Context) -> Iterator[Finding]:
    """Each medicine's details, read as one, are at grade 8 or below."""
    yield from _grades(context, Layer.DETAIL, readability.DETAIL_LIMIT)


def _grades(context: Context, layer: Layer, limit: float) -> Iterator[Finding]:
    leave_out = readability.names(context.catalogue)
    for medicine in context.catalogue.published:
        file = medicine_file(medicine)
        yield from _grade(file, within(medicine, file), layer, limit, leave_out)


@rule("reading-grade", stage=Stage.LINT, excepted=True, measures=True)
def guide_reads_easily(context: Context) -> Iterator[Finding]:
    """Each section of the guide is at grade 6 or below; what is for nurses only, at 10."""
    leave_out = readability.names(context.catalogue)
    for section in context.catalogue.guide:
        file = f"guide/{section.id}.toml"
        for layer, limit in (
            (Layer.CORE, readability.CORE_LIMIT),
            (Layer.NURSE, readability.NURSE_LIMIT),
        ):
            yield from _grade(file, within(section, file), layer, limit, leave_out)


@rule("reading-grade", stage=Stage.LINT, excepted=True, measures=True)
def questions_read_easily(context: Context) -> Iterator[Finding]:
    """What patients read of a topic's questions is at grade 6 or below, what only nurses do, 10."""
    leave_out = readability.names(context.catalogue)
    for topic in context.catalogue.bank.topics:
        file = question_file(topic)
        for readers, nurses, limit in (
            ("patient", False, readability.CORE_LIMIT),
            ("nurse", True, readability.NURSE_LIMIT),
        ):
            texts = [
                fact.text
                for fact in facts(within(topic, file))
                if (question := fact.item.within(Question)) is not None
                and (question.audience is Audience.NURSE) is nurses
                and fact.layer in ASKED
            ]
            measured = readability.grade(texts, leave_out)
            if measured > limit:
                reason = f"the {readers} questions read at grade {measured}, at most {limit:g}"
                yield error("reading-grade", file, readers, reason)


@rule("kept-grade", level=Level.WARNING, stage=Stage.LINT)
def kept_grades_are_of_this_text(context: Context) -> Iterator[Finding]:
    """Grades that are kept were measured on the present text (a warning)."""
    if not context.catalogue.grades:
        return
    for file in grades.outdated(context.catalogue):
        reason = (
            "the reading grade is not of the text that stands there now; "
            "run: anakinra-explorer export grades -o FILE, where FILE is this one"
        )
        yield warning("kept-grade", GRADES, file, reason)


def _grade(
    file: str, found: Iterator[Item], layer: Layer, limit: float, leave_out: tuple[str, ...]
) -> Iterator[Finding]:
    texts = (fact.text for fact in facts(found) if fact.layer is layer)
    measured = readability.grade(texts, leave_out)
    if measured > limit:
        reason = f"the {layer} text reads at grade {measured}, at most {limit:g}"
        yield error("reading-grade", file, layer, reason)
