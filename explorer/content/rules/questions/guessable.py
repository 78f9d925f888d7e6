"""Rules about the bank as something to guess: whoever knows nothing must not pass it by a habit."""

import re
from collections.abc import Iterator
from functools import partial

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import Stage, rule
from explorer.content.rules.names import TO_WRITE
from explorer.content.rules.questions.common import asked
from explorer.content.rules.questions.cues import ABSOLUTE
from explorer.content.rules.questions.exact import Feature, feature_count
from explorer.domain.guessing import (
    ABOVE_CHANCE,
    MOST_CRITICAL,
    NEGATED,
    Guesser,
    panels,
    pointed_at,
    question_sets,
)
from explorer.domain.questions import AnswerOption, OptionAct, Question, QuestionKind

BANK = "questions"
ALPHA = 0.01
FEWEST_GUESSED = 10
"""Questions from which the score of a strategy is held to the bar; below, chance decides it."""

ACT_WORDS = {
    OptionAct.ASKS: re.compile(
        r"\b(?:call(?! 911)|ask|tell|say|show|report|talk|speak|check with|query)\b", re.IGNORECASE
    ),
    OptionAct.EMERGENCY: re.compile(
        r"\b(?:call 911|emergency department|urgent care)\b", re.IGNORECASE
    ),
    OptionAct.STOPS: re.compile(
        r"^(?:stop|skip|pause|hold|leave (?:it |them )?out|put it aside|turn down)\b", re.IGNORECASE
    ),
    OptionAct.GOES_ON: re.compile(r"^(?:take|inject|start|use|go on|give|begin)\b", re.IGNORECASE),
}
"""Words by which an act is proposed; the field of the option says what holds."""

SAID_AS = {OptionAct.GOES_ON: (OptionAct.ALONE,), OptionAct.EMERGENCY: (OptionAct.WAITS,)}
"""Acts that the same words may stand for: to take a double dose, to call 911 only later."""

FORM_CUES: dict[str, Feature] = {
    "an absolute word": lambda option: ABSOLUTE.search(option.text) is not None,
    "a negation": lambda option: NEGATED.search(option.text) is not None,
    "a comma": lambda option: "," in option.text,
    "a condition": lambda option: (
        re.search(r"\b(?:if|when|until|unless)\b", option.text, re.IGNORECASE) is not None
    ),
    "'his', 'her' or 'your'": lambda option: (
        re.search(r"\b(?:his|her|your)\b", option.text, re.IGNORECASE) is not None
    ),
    "a reason ('as', 'since', 'because')": lambda option: (
        re.search(r"\b(?:as|since|because)\b", option.text, re.IGNORECASE) is not None
    ),
}
"""Features of form and grammar that must tell nothing of the key."""


def proposed_acts(text: str) -> tuple[OptionAct, ...]:
    """Propose the acts of an option from its words, for whoever writes it.

    Args:
        text: the words of the option.
    """
    return tuple(act for act, words in ACT_WORDS.items() if words.search(text))


@rule("q35-act-missing", stage=Stage.LINT, excepted=True)
def acts_are_named(context: Context) -> Iterator[Finding]:
    """Where options are things to do, each says in 'does' what kind of act it is (Q35)."""
    for file, question in asked(context.catalogue):
        if question.kind is not QuestionKind.SINGLE:
            continue
        some = any(option.does for option in question.options)
        for option in question.options:
            key = f"{question.id}.{option.id}.does"
            if TO_WRITE in option.text and not some:
                reason = "say in 'does' what it does; take the key out where options state facts"
                yield error("q35-act-missing", file, key, reason)
                continue
            if some and not option.does:
                reason = "other options have 'does'; say what this one does"
                yield error("q35-act-missing", file, key, reason)
            for act in proposed_acts(option.text) if some else ():
                if not {act, *SAID_AS.get(act, ())} & set(option.does):
                    found = ACT_WORDS[act].search(option.text)
                    said = found[0] if found else ""
                    reason = f"'{said}' reads as '{act}'; add it to 'does' or word it otherwise"
                    yield error("q35-act-missing", file, key, reason)


@rule("q36-act-cue", stage=Stage.LINT)
def acts_give_no_cue(context: Context) -> Iterator[Finding]:
    """No kind of act is the key more often than its share among the options allows (Q36)."""
    for name, questions in question_sets(context.catalogue.bank):
        for act in OptionAct:
            counted = feature_count(questions, partial(_does, act))
            if counted.p_more < ALPHA:
                reason = (
                    f"{name}: the key '{act}' in {counted.keys} of {counted.items} questions with "
                    f"and without it, by chance {counted.expected:.1f} (p = {counted.p_more:.4f}); "
                    "give it to more wrong options, or key another act"
                )
                yield error("q36-act-cue", BANK, str(act), reason)


def _does(act: OptionAct, option: AnswerOption) -> bool:
    return act in option.does


def _is_one_of(options: set[int], option: AnswerOption) -> bool:
    return id(option) in options


@rule("q37-form-cue", stage=Stage.LINT)
def forms_give_no_cue(context: Context) -> Iterator[Finding]:
    """No form is of the key, or of wrong options, more often than chance has it (Q37)."""
    for name, questions in question_sets(context.catalogue.bank):
        for form, has in FORM_CUES.items():
            counted = feature_count(questions, has)
            if min(counted.p_more, counted.p_fewer) < ALPHA:
                p = min(counted.p_more, counted.p_fewer)
                reason = (
                    f"{name}: {form} stands in the key of {counted.keys} of {counted.items} "
                    f"questions, by chance {counted.expected:.1f} (p = {p:.4f}); even it out"
                )
                yield error("q37-form-cue", BANK, form, reason)


@rule("q38-place", stage=Stage.LINT)
def places_give_no_cue(context: Context) -> Iterator[Finding]:
    """As the file has the options, no place holds the key more often than chance has it (Q38)."""
    for name, questions in question_sets(context.catalogue.bank):
        most = max(len(question.options) for question in questions)
        for place in range(most):
            at_place = {
                id(question.options[place])
                for question in questions
                if place < len(question.options)
            }
            counted = feature_count(questions, partial(_is_one_of, at_place))
            if counted.p_more < ALPHA:
                reason = (
                    f"{name}: the key stands at place {place + 1} in {counted.keys} of "
                    f"{counted.items} questions, by chance {counted.expected:.1f} "
                    f"(p = {counted.p_more:.4f}); move some"
                )
                yield error("q38-place", BANK, f"place-{place + 1}", reason)


@rule("q39-guessing", stage=Stage.LINT)
def guessers_score_as_chance_does(context: Context) -> Iterator[Finding]:
    """No strategy of the panel scores far above chance, nor high on critical questions (Q39)."""
    bank = context.catalogue.bank
    for (_, questions), panel in list(zip(question_sets(bank), panels(bank), strict=True))[:2]:
        if panel.items < FEWEST_GUESSED:
            continue
        most = MOST_CRITICAL if panel.name == "critical" else panel.chance + ABOVE_CHANCE
        for item in panel.scores:
            if item.score > most:
                got = _alone_right(item.guesser, questions)
                reason = (
                    f"{panel.name}: '{item.guesser}' gets {item.score:.0%} of {panel.items} "
                    f"questions, at most {most:.0%}; rewrite those that it gets{got}"
                )
                yield error("q39-guessing", BANK, str(item.guesser), reason)


def _alone_right(guesser: Guesser, questions: tuple[Question, ...]) -> str:
    """List the questions in which a strategy points at the key and at nothing else."""
    if guesser is Guesser.SAME_LETTER:
        return ""
    pointed = ((question, pointed_at(guesser, question)) for question in questions)
    got = [question.id for question, found in pointed if len(found) == 1 and found[0].key]
    return f": {', '.join(got)}" if got else ""
