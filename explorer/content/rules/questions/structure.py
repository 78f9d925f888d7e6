"""Rules about the parts of a question: what must be there, once, and fit together."""

import re
from collections import Counter
from collections.abc import Iterator

from explorer.content import readability
from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.rule import Stage, rule
from explorer.content.rules.questions.common import (
    CHOSEN,
    asked,
    folded,
    reasons,
    wrong,
)
from explorer.content.rules.questions.report import people_of, readers_of
from explorer.content.support import question_hash
from explorer.content.texts import question_file
from explorer.domain.catalogue import HOME
from explorer.domain.questions import Question, QuestionKind

MOST_OPTIONS = 5
MOST_PLACED = 8
FEWEST_RATIONALE_WORDS = 8
READS = 2
PARALLEL = 2

COMMON = frozenset({"US", "EU", "FDA", "NOT", "EXCEPT", "LEAST"})
"""Capital letters that need no glossary."""

REPEATED = 0.8
"""Share of an option's words from which a rationale only says it again."""


@rule("q30-released")
def changed_questions_raise_their_version(context: Context) -> Iterator[Finding]:
    """A released question keeps its id, and a change of stem or key raises its version (Q30)."""
    bank = context.catalogue.bank
    for released in bank.released:
        if not bank.has(released.id):
            reason = "this question was released and is gone; ids stay, since answers point at them"
            yield error("q30-released", "released.toml", released.id, reason)
            continue
        question = bank.question(released.id)
        now = question_hash(question)
        if now == released.hash:
            continue
        file = f"questions/{bank.topic_of(question.id).id}.toml"
        if question.version <= released.version:
            reason = f"the stem or a key has changed; raise the version above {released.version}"
            yield error("q30-released", file, f"{question.id}.version", reason)
        else:
            reason = f'once people answer it, write version = {question.version}, hash = "{now}"'
            yield warning("q30-released", "released.toml", released.id, reason)


@rule("q30-id")
def question_ids_are_unique(context: Context) -> Iterator[Finding]:
    """No two questions share an id, since answers, records and links are kept by it (Q30)."""
    placed = list(asked(context.catalogue))
    counted = Counter(question.id for _, question in placed)
    for file, question in placed:
        if counted[question.id] > 1:
            reason = f"the id '{question.id}' is used more than once"
            yield error("q30-id", file, question.id, reason)


@rule("q01-parts")
def question_parts_exist(context: Context) -> Iterator[Finding]:
    """A concept, case or parallel question that is named exists, and groups are used (Q01)."""
    bank = context.catalogue.bank
    concepts = {concept.id for concept in bank.concepts}
    for topic in bank.topics:
        file = question_file(topic)
        cases = {case.id for case in topic.cases}
        for question in topic.questions:
            if question.concept is not None and question.concept not in concepts:
                reason = f"there is no concept '{question.concept}' in concepts.toml"
                yield error("q01-parts", file, question.id, reason)
            if question.case is not None and question.case not in cases:
                reason = f"there is no case '{question.case}' in this file"
                yield error("q01-parts", file, question.id, reason)
            for group in question.groups:
                if all(option.group != group.id for option in question.options):
                    reason = f"no option belongs to the group '{group.id}'"
                    yield error("q01-parts", file, question.id, reason)
            yield from _parallel(context, file, question)
        for unused in sorted(cases - {question.case for question in topic.questions}):
            yield error("q01-parts", file, f"cases.{unused}", "no question uses this case")


def _parallel(context: Context, file: str, question: Question) -> Iterator[Finding]:
    bank = context.catalogue.bank
    if question.parallel_of is None:
        return
    if question.parallel_of == question.id or not bank.has(question.parallel_of):
        reason = f"there is no other question '{question.parallel_of}'"
        yield error("q01-parts", file, question.id, reason)
    elif bank.question(question.parallel_of).concept != question.concept:
        reason = f"'{question.parallel_of}' is of another concept, so it is not parallel"
        yield error("q01-parts", file, question.id, reason)


@rule("q02-options", stage=Stage.LINT)
def options_are_few(context: Context) -> Iterator[Finding]:
    """Three options are enough, four are allowed, and there are never more than five (Q02)."""
    for file, question in asked(context.catalogue):
        count = len(question.options)
        if question.kind in CHOSEN:
            if not 3 <= count <= MOST_OPTIONS:
                reason = f"{count} options; three are enough, five at most"
                yield error("q02-options", file, question.id, reason)
            elif count == MOST_OPTIONS and question.kind is QuestionKind.SINGLE:
                reason = "five options are many for one right answer; three are enough"
                yield warning("q02-options", file, question.id, reason)
        elif (
            question.kind in (QuestionKind.ORDER, QuestionKind.SORT)
            and not 3 <= count <= MOST_PLACED
        ):
            reason = f"{count} options to place; 3 to {MOST_PLACED}"
            yield error("q02-options", file, question.id, reason)


@rule("q18-rationale", stage=Stage.LINT)
def options_have_reasons(context: Context) -> Iterator[Finding]:
    """Each option says why in 8 words or more, not itself again; a wrong one what to do (Q18)."""
    for file, question in asked(context.catalogue):
        for option in question.options:
            key = f"{question.id}.{option.id}"
            said = set(folded(option.rationale).split())
            if said and len(said & set(folded(option.text).split())) / len(said) >= REPEATED:
                reason = "the rationale only repeats the option; say why"
                yield error("q18-rationale", file, key, reason)
        for place, text in reasons(question):
            count = readability.words_in(text)
            if place.endswith("rationale") and count < FEWEST_RATIONALE_WORDS:
                key = f"{question.id}.{place.rsplit('.', 1)[0]}"
                reason = f"a rationale of {count} words, at least {FEWEST_RATIONALE_WORDS}"
                yield error("q18-rationale", file, key, reason)
        if question.kind in (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.TRUE_FALSE):
            for option in wrong(question):
                if not option.action.strip():
                    reason = "a wrong option says in 'action' what to do instead"
                    yield error("q18-rationale", file, f"{question.id}.{option.id}", reason)


@rule("q23-critical")
def critical_questions_are_ready(context: Context) -> Iterator[Finding]:
    """A question that can stop someone has a concept, an action everywhere, no guessing (Q23)."""
    bank = context.catalogue.bank
    audiences = {concept.id: concept.audience for concept in bank.concepts}
    for file, question in asked(context.catalogue):
        if not question.critical:
            continue
        if question.concept is None:
            yield error("q23-critical", file, question.id, "a critical question names its concept")
        elif audiences.get(question.concept, question.audience) is not question.audience:
            reason = f"the concept is for '{audiences[question.concept]}', so its questions are too"
            yield error("q23-critical", file, question.id, reason)
        if question.kind is QuestionKind.TRUE_FALSE:
            reason = "a critical question is never true-false; half would guess it"
            yield error("q23-critical", file, question.id, reason)
        if question.jurisdiction != HOME:
            reason = f"a critical question rests on the {HOME.upper()} text (jurisdiction '{HOME}')"
            yield error("q23-critical", file, question.id, reason)
        if question.kind in (QuestionKind.ORDER, QuestionKind.SORT):
            for option in question.options:
                if not option.action.strip():
                    reason = "in a critical question each option says what to do in 'action'"
                    yield error("q23-critical", file, f"{question.id}.{option.id}", reason)


@rule("q23-clinician")
def doubtful_keys_are_not_critical(context: Context) -> Iterator[Finding]:
    """A key on which clinicians may differ stops nobody until a person has read it (Q23)."""
    for file, question in asked(context.catalogue):
        read = people_of(question)
        if question.needs_clinician and question.critical and not read:
            reason = (
                "it needs a clinician's read before it is critical; record the read with "
                "human = true, or take 'critical' out"
            )
            yield error("q23-clinician", file, question.id, reason)


@rule("q23-reads", level=Level.WARNING, stage=Stage.LINT)
def critical_questions_are_read(context: Context) -> Iterator[Finding]:
    """A critical question was read twice as it reads now; the finding says by whom (Q23).

    Its writer is no reader of it, and a read of older words is none of these.
    """
    for file, question in asked(context.catalogue):
        readers = readers_of(question)
        if question.critical and len(readers) < READS:
            people = len(people_of(question))
            by = f"by people: {people}" if people else "by people: none yet"
            reason = f"recorded reads: {len(readers)} ({by}); at least {READS}"
            yield warning("q23-reads", file, question.id, reason)


@rule("q23-concept")
def concepts_have_parallel_questions(context: Context) -> Iterator[Finding]:
    """Each concept has two questions or more, so that a second try is another question (Q23)."""
    bank = context.catalogue.bank
    if not bank.questions:
        return
    for concept in bank.concepts:
        count = len(bank.of_concept(concept.id))
        if count < PARALLEL:
            reason = f"questions of this concept: {count}, at least {PARALLEL}"
            yield error("q23-concept", "concepts.toml", concept.id, reason)


@rule("q27-words", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def abbreviations_are_explained(context: Context) -> Iterator[Finding]:
    """An abbreviation in a question stands in the glossary (Q27)."""
    known = {word.upper() for name in readability.names(context.catalogue) for word in name.split()}
    for file, question in asked(context.catalogue):
        texts = [question.stem, *(option.text for option in question.options)]
        for word in sorted(_abbreviations(" ".join(texts)) - known - COMMON):
            reason = f"'{word}' is not in the glossary; write it out or add it there"
            yield warning("q27-words", file, question.id, reason)


def _abbreviations(text: str) -> set[str]:
    return set(re.findall(r"(?<!\w)[A-Z]{2,6}(?!\w)", text))


@rule("overdue", level=Level.WARNING, stage=Stage.LINT)
def questions_are_not_overdue(context: Context) -> Iterator[Finding]:
    """A question whose review day has passed is reported (Q29)."""
    for file, question in asked(context.catalogue):
        if context.today > question.due:
            yield warning("overdue", file, question.id, f"the review was due on {question.due}")
