"""Rules about what a question rests on: the text, its numbers, and what may not be keyed."""

import re
from collections.abc import Iterator

from explorer.content.context import Context, error
from explorer.content.figures import Amount as Amount
from explorer.content.figures import amounts as amounts
from explorer.content.figures import as_written, digits, figures, is_same
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.content.rules.questions.common import (
    asked,
    key_texts,
    reasons,
)
from explorer.content.support import supporting_text, text_hash
from explorer.domain.catalogue import Catalogue
from explorer.domain.questions import Question, QuestionKind
from explorer.domain.refs import Ref

NOT_KEYED = (
    (
        re.compile(r"\b(?:12|24|72|twelve|twenty-four|seventy-two)[\s-]*(?:hours?|hrs?|h)\b", re.I),
        "the texts differ on hours out of the fridge and on a late dose",
    ),
)
"""Never part of a key, whatever else it says."""

ONLY_TO_ASK = (
    (re.compile(r"\bair bubble", re.I), "no US text on air bubbles was found"),
    (re.compile(r"\bhepatitis[\s-]*b\b", re.I), "no US text on hepatitis B was found"),
    (
        re.compile(r"breast[\s-]?(?:fe|milk)|\blactat|\bnursing (?:a|your|the) baby", re.I),
        "the texts differ on breastfeeding",
    ),
    (
        re.compile(r"\b(?:EU|Europe\w*)\b[^.]*\b(?:test|blood|neutrophil)", re.I),
        "the dates of blood tests in the EU text differ from the US ones",
    ),
)
"""May be part of a key only where the right thing to do is to ask."""

ASKS = re.compile(r"\b(?:ask|call|talk|tell|speak|check with)\b", re.I)

PERSUADES = re.compile(
    r"\b(?:which|what) (?:medicine|drug|treatment|biologic)\b[^?]*"
    r"\b(?:best|better|choose|pick|prefer\w*|recommend\w*|strongest|safest|safer)\b"
    r"|\b(?:better|stronger|safer|works (?:more|faster)) than\b",
    re.IGNORECASE,
)


@rule("q20-support", "q20-hash")
def questions_rest_on_text(context: Context) -> Iterator[Finding]:
    """What supports a question is stated, and reads as when the question was written (Q20)."""
    catalogue = context.catalogue
    for file, question in asked(catalogue):
        for support in question.supported_by:
            text = supporting_text(catalogue, support.ref)
            named = None if text is None else Ref.parse(support.ref).condition
            if text is None or (named is not None and not catalogue.has_condition(named)):
                reason = f"nothing stated stands at '{support.ref}'"
                yield error("q20-support", file, question.id, reason)
            elif support.hash != text_hash(text):
                reason = (
                    f"the text at '{support.ref}' has changed, re-read the question; "
                    f"the hash is now {text_hash(text)}"
                )
                yield error("q20-hash", file, question.id, reason)


@rule("q20-shown")
def the_cell_shown_supports(context: Context) -> Iterator[Finding]:
    """A question that names a condition rests on the cell that the page shows for it (Q20).

    A cell for any condition is shown to nobody where each condition named in the question has a
    cell of its own. It may still stand beside one of those, for what a wrong option rests on.
    """
    catalogue = context.catalogue
    for file, question in asked(catalogue):
        named = _named(catalogue, question)
        cited = {item.ref for item in question.supported_by}
        for item in question.supported_by if named else ():
            own = _own_addresses(catalogue, item.ref, named)
            if len(own) == len(named) and not cited & set(own):
                reason = f"the page of its condition shows another text than '{item.ref}'; cite "
                yield error("q20-shown", file, question.id, reason + " or ".join(own))


def _named(catalogue: Catalogue, question: Question) -> tuple[str, ...]:
    """Return the conditions that a question names in its case, its stem or an option."""
    case = catalogue.bank.case_of(question) if question.case else None
    options = (option.text for option in question.options)
    text = " \n ".join([case.text if case else "", question.stem, *options])
    return tuple(
        condition.id
        for condition in catalogue.conditions
        if any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            for name in {condition.name, condition.short, *condition.aliases}
        )
    )


def _own_addresses(catalogue: Catalogue, ref: str, named: tuple[str, ...]) -> list[str]:
    """Return the addresses at which these conditions have another text than a default cell."""
    default = supporting_text(catalogue, ref)
    if default is None or Ref.parse(ref).row is None or Ref.parse(ref).condition is not None:
        return []
    own = [f"{ref}/{condition}" for condition in named]
    return [address for address in own if supporting_text(catalogue, address) != default]


@rule("q21-number", excepted=True)
def numbers_stand_in_the_support(context: Context) -> Iterator[Finding]:
    """A number in a key, rationale or action stands in a supporting text, unit and all (Q21).

    Telephone numbers of the contacts are left out. A rationale may also quote a number of its
    own stem or case, which is a story and no fact.
    """
    catalogue = context.catalogue
    for file, question in asked(catalogue):
        texts = [supporting_text(catalogue, item.ref) or "" for item in question.supported_by]
        known = amounts(digits(" \n ".join(texts)))
        case = catalogue.bank.case_of(question) if question.case else None
        story = known | amounts(f"{question.stem} \n {case.text if case else ''}")
        placed = [(*item, known) for item in key_texts(question)]
        placed += [(*item, story) for item in reasons(question)]
        for place, text, allowed in placed:
            for value, unit in sorted(amounts(_without_contacts(catalogue, text))):
                values = {number for number, _ in allowed}
                if (value, unit) in allowed or (not unit and value in values):
                    continue
                reason = f"'{as_written(value, unit)}' does not stand in what supports it"
                yield error("q21-number", file, f"{question.id}.{place}", reason)


@rule("q21-stem", excepted=True)
def figures_of_a_stem_are_told_apart(context: Context) -> Iterator[Finding]:
    """A figure of a stem stands in a supporting text, or is said to belong to the story (Q21).

    Without that, a stem keeps the figure of a fact that has changed. Numbers without a unit (ages)
    and how many people a story is about are left out.
    """
    for file, question in asked(context.catalogue):
        held = {item for item in figures(question.stem) if item[1] != "people"}
        if not held and not question.story:
            continue
        texts = [
            supporting_text(context.catalogue, item.ref) or "" for item in question.supported_by
        ]
        known = figures(" \n ".join(texts))
        story = {item for told in question.story for item in figures(told)}
        for number, unit in sorted(held - story):
            if not any(is_same((number, unit), other) for other in known):
                reason = (
                    f"'{as_written(number, unit)}' does not stand in what supports it; "
                    "correct it, or name it under story where it belongs to the story alone"
                )
                yield error("q21-stem", file, f"{question.id}.stem", reason)
        for told in question.story:
            if not figures(told) or not figures(told) <= held:
                reason = f"'{told}' is no figure with a unit of the stem; take it out"
                yield error("q21-stem", file, f"{question.id}.story", reason)


def _without_contacts(catalogue: Catalogue, text: str) -> str:
    for contact in catalogue.contacts:
        for number in (contact.poison, contact.emergency):
            if number:
                text = text.replace(number, "")
    return text


@rule("q22-jurisdiction")
def jurisdictions_are_known(context: Context) -> Iterator[Finding]:
    """A question names whose text it rests on, and there are contacts for that country (Q22)."""
    known = {contact.id for contact in context.catalogue.contacts}
    for file, question in asked(context.catalogue):
        if question.jurisdiction not in known:
            reason = f"there is no jurisdiction '{question.jurisdiction}' in contacts.toml"
            yield error("q22-jurisdiction", file, question.id, reason)


@rule("q22-not-keyed", excepted=True)
def disputed_points_are_not_keyed(context: Context) -> Iterator[Finding]:
    """Where the texts disagree or none was found, no answer counts as right but to ask (Q22)."""
    for file, question in asked(context.catalogue):
        for place, text in _held_right(question):
            patterns = [*NOT_KEYED, *(() if ASKS.search(text) else ONLY_TO_ASK)]
            for pattern, why in patterns:
                found = pattern.search(text)
                if found:
                    reason = (
                        f"'{found[0]}' can't be part of a right answer: {why}; key 'ask' instead"
                    )
                    yield error("q22-not-keyed", file, f"{question.id}.{place}", reason)


def _held_right(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind is QuestionKind.TRUE_FALSE:
        return (("stem", question.stem),)
    return key_texts(question)


@rule("q33-favours", excepted=True)
def questions_never_choose(context: Context) -> Iterator[Finding]:
    """No question asks for the medicine to choose, and no answer favours one (Q33)."""
    for file, question in asked(context.catalogue):
        for place, text in (("stem", question.stem), *key_texts(question)):
            found = PERSUADES.search(text)
            if found:
                reason = f"'{found[0][:50]}' favours a medicine; we inform and never choose"
                yield error("q33-favours", file, f"{question.id}.{place}", reason)
