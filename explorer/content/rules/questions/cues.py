"""Rules about cues: nothing but knowing tells the right option from the others."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import mean, median

from explorer.content import readability
from explorer.content.context import Context, warning
from explorer.content.findings import Finding, Level
from explorer.content.rule import Stage, rule
from explorer.content.rules.questions.common import (
    CHOSEN,
    asked,
    content_words,
    folded,
    key_texts,
    reasons,
    wrong,
)
from explorer.domain.questions import Kind, Question

LONGER_THAN_MEDIAN = 1.4
LONGER_THAN_NEXT = 1.25
NOTICED = 8
"""Characters by which an option must stand out for a reader to see it."""

RARE = 3
"""Questions up to which a word counts as rare in the bank."""

CLEARLY = 0.1
FEWEST_SHARED_WORDS = 5

ABSOLUTE = re.compile(r"\b(?:always|never|only|none|all(?! over))\b", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:usually|rarely|may|might|often|some|sometimes)\b", re.IGNORECASE)


@rule("q06-long-key", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def keys_are_not_the_longest(context: Context) -> Iterator[Finding]:
    """The right option is not the only long one (Q06)."""
    for file, question in _with_one_key(context):
        key = next(option for option in question.options if option.key)
        others = sorted(len(option.text) for option in wrong(question))
        length = len(key.text)
        if length - others[-1] < NOTICED:
            continue
        if length > LONGER_THAN_MEDIAN * median(others) or length > LONGER_THAN_NEXT * others[-1]:
            reason = f"the right option has {length} characters, the next {others[-1]}"
            yield warning("q06-long-key", file, f"{question.id}.{key.id}", reason)


@rule("q10-word-cue", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def words_give_no_cue(context: Context) -> Iterator[Finding]:
    """No rare word of the stem stands in the right option only (Q10)."""
    named = readability.names(context.catalogue)
    leave_out = frozenset(word for name in named for word in folded(name).split())
    used: Counter[str] = Counter()
    for _, question in asked(context.catalogue):
        texts = (question.stem, *(option.text for option in question.options))
        used.update(content_words(" ".join(texts), leave_out))
    for file, question in _with_one_key(context):
        shared = content_words(question.stem, leave_out)
        for option in question.options:
            words = content_words(option.text, leave_out)
            shared = shared & words if option.key else shared - words
        for word in sorted(shared):
            if used[word] <= RARE:
                reason = f"'{word}' stands in the stem and in the right option only"
                yield warning("q10-word-cue", file, question.id, reason)


@rule("q11-converges", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def options_do_not_converge(context: Context) -> Iterator[Finding]:
    """The right option does not share more words with all others than any of those does (Q11)."""
    for file, question in _with_one_key(context):
        words = {option.id: content_words(option.text) for option in question.options}
        overlap = {
            one: mean(_likeness(words[one], words[other]) for other in words if other != one)
            for one in words
        }
        key = next(iter(question.keys))
        if overlap[key] > CLEARLY + max(overlap[item.id] for item in wrong(question)):
            reason = "the right option shares most words with the others; vary the wrong ones"
            yield warning("q11-converges", file, f"{question.id}.{key}", reason)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


@rule("q12-strong-words", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def strong_words_give_no_cue(context: Context) -> Iterator[Finding]:
    """Absolute words are not kept for wrong options, and vague ones stand in none (Q12)."""
    for file, question in asked(context.catalogue):
        if question.kind not in CHOSEN:
            continue
        strong = [option for option in question.options if ABSOLUTE.search(option.text)]
        if strong and not any(option.key for option in strong):
            found = [word for option in strong for word in ABSOLUTE.findall(option.text)]
            reason = f"'{found[0]}' stands in wrong options only"
            yield warning("q12-strong-words", file, question.id, reason)
        for option in question.options:
            vague = VAGUE.search(option.text)
            if vague:
                reason = f"'{vague[0]}' is vague in an option"
                yield warning("q12-strong-words", file, f"{question.id}.{option.id}", reason)


@rule("q16-answers", level=Level.WARNING, stage=Stage.LINT, excepted=True)
def questions_do_not_answer_each_other(context: Context) -> Iterator[Finding]:
    """The right answer of one question does not stand in another (Q16).

    Parallel questions of one concept are never asked together, so theirs may.
    """
    questions = list(asked(context.catalogue))
    texts = {
        other.id: folded(" ".join((other.stem, *(text for _, text in reasons(other)))))
        for _, other in questions
    }
    for file, question in questions:
        if question.kind not in CHOSEN:
            continue
        for place, text in key_texts(question):
            key = folded(text)
            if len(key.split()) < FEWEST_SHARED_WORDS:
                continue
            for _, other in questions:
                related = other.concept is not None and other.concept == question.concept
                if other.id != question.id and not related and key in texts[other.id]:
                    reason = f"the right answer stands in the question '{other.id}'"
                    yield warning("q16-answers", file, f"{question.id}.{place}", reason)


def _with_one_key(context: Context) -> Iterator[tuple[str, Question]]:
    for file, question in asked(context.catalogue):
        if question.kind is Kind.SINGLE:
            yield file, question
