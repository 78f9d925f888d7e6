"""Each rule that sees the bank as something to guess, on questions that obey and that break it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from math import comb, prod
from pathlib import Path
from typing import Any

import pytest

from explorer import paths
from explorer.content.context import Context
from explorer.content.findings import Finding
from explorer.content.load import load
from explorer.content.rules.questions.bank import each_section_is_asked_about
from explorer.content.rules.questions.exact import feature_count, poisson_binomial
from explorer.content.rules.questions.guessable import (
    acts_are_named,
    acts_give_no_cue,
    forms_give_no_cue,
    guessers_score_as_chance_does,
    places_give_no_cue,
    proposed_acts,
)
from explorer.content.rules.questions.lists import (
    groups_share_no_words,
    keys_are_not_at_an_end,
    numbers_are_no_standard_dose,
)
from explorer.content.rules.questions.structure import doubtful_keys_are_not_critical
from explorer.domain.questions import Bank, OptionAct, Question, QuestionKind, Topic
from tests.content.test_question_rules import context, lines, of_kind, topic

Rule = Callable[[Context], Iterator[Finding]]


def told(rule: Rule, folder: Path, questions: Iterable[Question]) -> list[str]:
    """Apply a rule to a bank of one topic."""
    return lines(rule(context(folder, topic("dose", questions))))


def shown(
    question_id: str, *options: tuple[str, str], key: int, stem: str = "What is it?"
) -> Question:
    """Make a question from the words and acts of its options, the key at a place."""
    made: list[dict[str, Any]] = [
        {
            "id": f"o{at}",
            "text": text,
            "does": tuple(does.split()),
            "key": at == key,
            "rationale": "Why.",
        }
        for at, (text, does) in enumerate(options)
    ]
    return of_kind(question_id, QuestionKind.SINGLE, options=made, stem=stem)


# The exact test


def test_equal_chances_give_the_binomial() -> None:
    """With one chance for all draws the distribution is the binomial."""
    found = poisson_binomial([1 / 3] * 5)
    assert found == pytest.approx(
        [comb(5, k) * (1 / 3) ** k * (2 / 3) ** (5 - k) for k in range(6)]
    )


def test_unequal_chances_agree_with_counting_every_case() -> None:
    """With chances that differ each number of hits has the sum of all ways to get it."""
    chances = [1 / 3, 2 / 3, 1 / 4, 1 / 2]
    by_hand = [0.0] * 5
    for hits in product((0, 1), repeat=4):
        by_hand[sum(hits)] += prod(
            chance if hit else 1 - chance for hit, chance in zip(hits, chances, strict=True)
        )
    assert poisson_binomial(chances) == pytest.approx(by_hand)
    assert poisson_binomial([]) == [1.0]


def test_questions_without_a_choice_are_left_out() -> None:
    """Where all or none of the options have the feature, the key tells nothing of it."""
    mixed = shown("a", ("Ask", "asks"), ("Go", "goes-on"), ("Sit", "waits"), key=0)
    every = shown("b", ("Ask", "asks"), ("Tell", "asks"), ("Call", "asks"), key=0)
    found = feature_count([mixed, every], lambda option: OptionAct.ASKS in option.does)
    assert (found.items, found.keys, found.expected) == (1, 1, pytest.approx(1 / 3))
    assert found.p_more == pytest.approx(1 / 3)
    assert found.p_fewer == 1


# Acts


def test_acts_stand_at_all_options_or_none(tmp_path: Path) -> None:
    """One option without acts beside others that have them is an error (Q35)."""
    facts = shown("a", ("Red", ""), ("Blue", ""), ("Green", ""), key=0)
    some = shown("b", ("Ask her team", "asks"), ("Sleep on it", ""), ("Sit", "waits"), key=0)
    assert told(acts_are_named, tmp_path / "a", [facts]) == []
    assert told(acts_are_named, tmp_path / "b", [some]) == [
        "questions/dose.toml: b.o1.does: error: other options have 'does'; say what this one does"
    ]


def test_words_of_asking_are_an_act(tmp_path: Path) -> None:
    """An option that says 'ask' and has no such act is an error; 911 is another act (Q35)."""
    wrong = shown("a", ("Ask her team", "goes-on"), ("Go on", "goes-on"), ("Sit", "waits"), key=0)
    found = told(acts_are_named, tmp_path, [wrong])
    assert len(found) == 1
    assert "a.o0.does: error: 'Ask' reads as 'asks'; add it to 'does'" in found[0]
    assert proposed_acts("Call 911 now") == (OptionAct.EMERGENCY,)
    assert proposed_acts("Skip it, and tell her team") == (OptionAct.ASKS, OptionAct.STOPS)


def asking(number: int, key: int) -> Question:
    """Make a question in which only the first option asks."""
    return shown(
        f"q{number}", ("Ask them", "asks"), ("Go on", "goes-on"), ("Rest up", "waits"), key=key
    )


def test_key_that_always_asks_is_an_error(tmp_path: Path) -> None:
    """Five keys that ask of five with one such option are told; two of five are not (Q36)."""
    found = told(acts_give_no_cue, tmp_path / "a", [asking(number, 0) for number in range(5)])
    assert found == [
        (
            "questions: asks: error: whole bank: the key 'asks' in 5 of 5 questions with and "
            "without it, by chance 1.7 (p = 0.0041); give it to more wrong options, or key "
            "another act"
        )
    ]
    even = [asking(number, number % 3) for number in range(5)]
    assert told(acts_give_no_cue, tmp_path / "b", even) == []


# Form and place


def form(number: int, key: int) -> Question:
    """Make a question in which only the first option has an absolute word."""
    return shown(f"q{number}", ("Never now", ""), ("Maybe so", ""), ("At once", ""), key=key)


def test_form_of_the_key_is_an_error(tmp_path: Path) -> None:
    """A word that is always in the key, or never in many, is told; an even bank is not (Q37)."""
    always = told(forms_give_no_cue, tmp_path / "a", [form(number, 0) for number in range(5)])
    assert (
        "questions: an absolute word: error: whole bank: an absolute word stands in the key of 5 "
        "of 5 questions, by chance 1.7 (p = 0.0041); even it out"
    ) in always
    seldom = told(forms_give_no_cue, tmp_path / "b", [form(number, 1) for number in range(12)])
    assert any("in the key of 0 of 12 questions, by chance 4.0 (p = 0.0077)" in x for x in seldom)
    even = [form(number, number % 3) for number in range(12)]
    assert told(forms_give_no_cue, tmp_path / "c", even) == []


def test_place_of_the_key_is_an_error(tmp_path: Path) -> None:
    """A key that always stands in the middle is told, one that moves is not (Q38)."""
    middle = told(places_give_no_cue, tmp_path / "a", [form(number, 1) for number in range(5)])
    assert middle == [
        (
            "questions: place-2: error: whole bank: the key stands at place 2 in 5 of 5 "
            "questions, by chance 1.7 (p = 0.0041); move some"
        )
    ]
    even = [form(number, number % 3) for number in range(6)]
    assert told(places_give_no_cue, tmp_path / "b", even) == []


# The panel


def test_a_guesser_that_scores_is_an_error(tmp_path: Path) -> None:
    """Ten keys that ask are told with their score; keys that move are not; nine are too few (Q39)."""
    ten = told(
        guessers_score_as_chance_does, tmp_path / "a", [asking(number, 0) for number in range(10)]
    )
    assert (
        "questions: asks: error: whole bank: 'asks' gets 100% of 10 questions, at most 40%; "
        f"rewrite those that it gets: {', '.join(f'q{number}' for number in range(10))}"
    ) in ten
    even = [asking(number, number % 3) for number in range(12)]
    assert told(guessers_score_as_chance_does, tmp_path / "b", even) == []
    nine = [asking(number, 0) for number in range(9)]
    assert told(guessers_score_as_chance_does, tmp_path / "c", nine) == []


def test_critical_questions_have_a_bar_of_their_own(tmp_path: Path) -> None:
    """Six of twelve critical keys that ask are too many, five are not (Q39)."""

    def critical(hits: int) -> list[Question]:
        return [
            asking(number, 0 if number < hits else 1 + number % 2).evolve(critical=True)
            for number in range(12)
        ]

    plain = [asking(20 + number, 1 + number % 2) for number in range(12)]
    found = told(guessers_score_as_chance_does, tmp_path / "a", [*critical(6), *plain])
    assert any("critical: 'asks' gets 50% of 12 questions, at most 45%" in line for line in found)
    found = told(guessers_score_as_chance_does, tmp_path / "b", [*critical(5), *plain])
    assert [line for line in found if "critical: 'asks'" in line] == []


# Lists


def test_extreme_figure_of_the_stem_is_reported(tmp_path: Path) -> None:
    """The lowest of three results needs no line to be known; the middle one does (Q40)."""
    stem = "Mr. Fox has 36 mL. Ms. Lee has 22 mL. Ms. Diaz has 84 mL. Whom do you call about?"
    names = (("Mr. Fox", ""), ("Ms. Diaz", ""), ("Ms. Lee", ""))
    lowest = told(keys_are_not_at_an_end, tmp_path / "a", [shown("a", *names, key=2, stem=stem)])
    assert len(lowest) == 1
    assert "a.o2: warning: the key has the lowest figure of all" in lowest[0]
    middle = shown("b", *names, key=0, stem=stem)
    assert told(keys_are_not_at_an_end, tmp_path / "b", [middle]) == []


def number_of(value: int) -> Question:
    """Make a question that asks for a dose by weight."""
    return of_kind(
        "a",
        QuestionKind.NUMBER,
        number={"value": value, "unit": "mg", "rationale": "Why.", "action": "Do."},
        supported_by=[{"ref": "anakinra/dose/caps", "hash": "00000000"}],
    )


def test_standard_dose_as_the_answer_is_reported() -> None:
    """100 mg is right for whoever works nothing out; 60 mg is not (Q41)."""
    read = load(paths.DATA)
    for value, found in ((100, 1), (60, 0)):
        bank = Bank(topics=(Topic(id="dose", order=1, title="T", questions=(number_of(value),)),))
        held = Context.model_construct(catalogue=read.catalogue.evolve(bank=bank))
        assert len(list(numbers_are_no_standard_dose(held))) == found


def sorted_into(label: str, line: str) -> Question:
    """Make a sorting question with two groups."""
    return of_kind(
        "a",
        QuestionKind.SORT,
        groups=[{"id": "one", "label": label}, {"id": "two", "label": "Later on"}],
        options=[
            {"id": "x", "text": line, "group": "one", "rationale": "Why."},
            {"id": "y", "text": "Something else", "group": "two", "rationale": "Why."},
            {"id": "z", "text": "Another thing", "group": "two", "rationale": "Why."},
        ],
    )


def test_word_shared_with_the_label_is_reported(tmp_path: Path) -> None:
    """'First' in a line and in its label sorts it; other words do not (Q42)."""
    shared = sorted_into("Have the first count", "Ahead of your first dose")
    assert told(groups_share_no_words, tmp_path / "a", [shared]) == [
        (
            "questions/dose.toml: a.x: warning: 'first' stands in this line and in the label of "
            "its group only"
        )
    ]
    apart = sorted_into("Have a count", "Ahead of your first dose")
    assert told(groups_share_no_words, tmp_path / "b", [apart]) == []


# What a clinician has to read


def test_doubtful_key_is_not_critical_before_a_person_read_it(tmp_path: Path) -> None:
    """Marked and critical is an error; a person's read mends it, and so does being plain (Q23)."""
    doubtful = asking(1, 0).evolve(needs_clinician=True, critical=True)
    found = told(doubtful_keys_are_not_critical, tmp_path / "a", [doubtful])
    assert len(found) == 1
    assert "q1: error: it needs a clinician's read before it is critical" in found[0]
    read = {"on": date(2026, 11, 27), "by": "a nurse", "human": True}
    for number, sound in enumerate(
        (doubtful.evolve(reads=(read,)), doubtful.evolve(critical=False))
    ):
        folder = tmp_path / f"sound-{number}"
        assert told(doubtful_keys_are_not_critical, folder, [sound]) == []


def test_clinicians_read_of_older_words_is_none(tmp_path: Path) -> None:
    """After a change of the words a doubtful question waits for a person again (Q23)."""
    read = {"on": date(2026, 11, 27), "by": "a nurse; changed after it", "human": True}
    doubtful = asking(1, 0).evolve(needs_clinician=True, critical=True, reads=(read,))
    assert len(told(doubtful_keys_are_not_critical, tmp_path, [doubtful])) == 1


# Sections


def test_section_without_a_question_is_told() -> None:
    """A section of the guide has a question or a reason, and not both (Q24)."""
    catalogue = load(paths.DATA).catalogue
    held = Context.model_construct(catalogue=catalogue)
    quiet = {line.file for line in each_section_is_asked_about(held)}
    plan = catalogue.blueprint
    none = Bank(topics=(Topic(id="t", order=1, title="T", questions=(number_of(60),)),))
    every = Context.model_construct(catalogue=catalogue.evolve(bank=none))
    found = {line.file for line in each_section_is_asked_about(every)}
    assert len(found) == len(catalogue.guide)
    assert quiet < found
    reasoned = plan.evolve(unasked=({"id": "dose", "reason": "It is asked in class."},))
    both = Context.model_construct(catalogue=catalogue.evolve(blueprint=reasoned))
    said = (
        "blueprint.toml: unasked.dose: error: questions rest on the section 'dose'; "
        "take its reason out"
    )
    assert said in lines(each_section_is_asked_about(both))
