"""Runs through questions: order, answers, second tries, results, saving."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.content.load import Content
from explorer.domain.questions import Audience, QuestionKind
from explorer.domain.quiz_pick import nurse_check, that_matter_most
from explorer.domain.quiz_progress import is_sound
from explorer.domain.quiz_result import check_result, twice_missed
from explorer.domain.quiz_run import (
    QuestionOutcome,
    QuizMode,
    QuizResponse,
    QuizRun,
    QuizStep,
    Sureness,
    missed,
    missed_concepts,
    outcome,
    start,
    sure_and_wrong,
)
from tests.questions import bank, question

BANK = bank()
AT = "2026-11-23T10:00:00+01:00"


def check(seed: int = 1) -> QuizRun:
    return start(QuizMode.CHECK, nurse_check(BANK, seed), seed=seed, content="v1", at=AT)


def practice(seed: int = 1) -> QuizRun:
    return start(QuizMode.PRACTICE, that_matter_most(BANK, seed), seed=seed, content="v1", at=AT)


def play(run: QuizRun, wrong: tuple[str, ...] = ()) -> QuizRun:
    """Answer all that is left; questions of the named concepts wrongly."""
    while run.current is not None:
        asked = BANK.question(run.current.question)
        run = run.answer(("b",) if asked.concept in wrong else ("a",))
    return run


@given(st.integers(0, 2**31))
def test_same_seed_same_order(seed: int) -> None:
    """A run can be made again from its seed, with the same questions and option orders."""
    assert check(seed) == check(seed)


@given(st.integers(0, 2**31))
def test_options_are_shuffled_by_id_and_none_is_lost(seed: int) -> None:
    """Each step holds every option of its question once, by id."""
    for step in check(seed).steps:
        ids = [option.id for option in BANK.question(step.question).options]
        assert sorted(step.options) == sorted(ids)


@given(st.integers(0, 2**31))
def test_a_check_has_every_critical_concept_once_and_twenty_questions(seed: int) -> None:
    """Twenty questions: one of each of the ten concepts and ten more, none twice."""
    picked = nurse_check(BANK, seed)
    concepts = [item.concept for item in picked if item.concept]
    assert len(picked) == len({item.id for item in picked}) == 20
    assert sorted(concepts) == sorted(concept.id for concept in BANK.concepts)
    assert all(item.kind is not QuestionKind.TRUE_FALSE for item in picked)


@given(st.integers(0, 2**31))
def test_a_check_fills_up_with_questions_for_nurses_first(seed: int) -> None:
    """All six plain questions for nurses are drawn before any that patients see too."""
    plain = [item for item in nurse_check(BANK, seed) if not item.critical]
    assert [item.audience for item in plain[:6]] == [Audience.NURSE] * 6
    assert {item.audience for item in plain[6:]} == {Audience.BOTH}


def test_half_of_the_shipped_check_is_for_nurses(content: Content) -> None:
    """Of the twenty that a nurse is asked, at least ten are for nurses alone."""
    for seed in range(20):
        drawn = nurse_check(content.catalogue.bank, seed)
        assert len(drawn) == 20
        assert sum(item.audience is Audience.NURSE for item in drawn) >= 10


@given(st.integers(0, 2**31))
def test_a_patient_sees_no_question_for_nurses(seed: int) -> None:
    """Twelve questions, the eight concepts for everyone among them, none for nurses only."""
    picked = that_matter_most(BANK, seed)
    assert len(picked) == 12
    assert {item.audience for item in picked} == {Audience.BOTH}
    assert len({item.concept for item in picked if item.concept}) == 8


def test_half_of_a_check_is_for_nurses_even_where_they_have_seen_theirs() -> None:
    """A bank with enough for nurses gives ten of twenty for them, check after check."""
    many = [question(f"n{place}", audience="nurse") for place in range(12)]
    topic = BANK.topics[1]
    wide = BANK.evolve(topics=(*BANK.topics, topic.evolve(id="work", questions=tuple(many))))
    seen: tuple[str, ...] = ()
    for seed in range(4):
        picked = nurse_check(wide, seed, seen)
        assert sum(item.audience is Audience.NURSE for item in picked) >= 10
        seen = (*seen, *(item.id for item in picked))


def test_a_check_draws_what_the_tab_has_not_shown() -> None:
    """A second check shares a form with the first only where none is left; the oldest come back."""
    wide = BANK.evolve(topics=(*BANK.topics, BANK.topics[1].evolve(id="more", questions=tuple(
        question(f"n{place}", audience="nurse") for place in range(14)
    ))))  # fmt: skip
    first = nurse_check(wide, 1)
    names = tuple(item.id for item in first)
    assert not {item.id for item in nurse_check(wide, 2, names)} & set(names)
    every = tuple(item.id for item in wide.questions)
    third = {item.id for item in nurse_check(wide, 3, every) if item.concept == "concept-1"}
    assert third == {"c1-x"}


def test_a_run_knows_what_the_tab_has_shown() -> None:
    """What was asked before it and what is on screen, the last seen last."""
    run = start(QuizMode.CHECK, BANK.questions[:3], seed=1, content="v", at=AT, seen=("old",))
    assert run.shown == ("old", run.steps[0].question)
    assert run.skip().shown == ("old", *(step.question for step in run.steps[:2]))


def test_a_second_try_is_a_form_that_was_not_seen() -> None:
    """Of two other forms the one that the tab has not shown is asked."""
    first, *rest = BANK.topics
    third = question("c3-z", concept="concept-3", critical=True)
    bank = BANK.evolve(topics=(first.evolve(questions=(*first.questions, third)), *rest))
    for seen, other in (("c3-y", "c3-z"), ("c3-z", "c3-y")):
        asked = start(
            QuizMode.CHECK, [bank.question("c3-x")], seed=1, content="v", at=AT, seen=(seen,)
        )
        assert asked.skip().with_second_tries(bank).extra[0].question == other


def test_a_part_that_is_wrong_costs_a_part() -> None:
    """Two of three lines of a sort are two thirds of a point, and the question is not right."""
    sort = question("s", QuestionKind.SORT)
    bank = BANK.evolve(topics=(BANK.topics[1].evolve(questions=(sort,)),))
    run = start(QuizMode.CHECK, [sort], seed=1, content="v", at=AT)
    result = check_result(bank, run.answer(("a=now", "b=now", "c=now")), 66)
    assert (result.right, result.percent, result.passed) == (0, 66, True)
    assert not check_result(bank, run.answer(("a=now", "b=now", "c=now")), 67).passed


def test_a_critical_point_needs_all_its_parts() -> None:
    """A part that is missed leaves the concept unmet, whatever the score."""
    several = question("s", QuestionKind.SEVERAL, concept="concept-1", critical=True)
    bank = BANK.evolve(topics=(BANK.topics[1].evolve(questions=(several,)),))
    run = start(QuizMode.CHECK, [several], seed=1, content="v", at=AT).answer(("a", "b", "c"))
    result = check_result(bank, run, 50)
    assert (result.percent, result.passed) == (75, False)


def test_only_a_second_miss_of_a_critical_point_is_a_pause() -> None:
    """The first miss leads to a second try; that one missed names the concept, and right none."""
    run = play(check(), wrong=("concept-3",)).with_second_tries(BANK)
    assert twice_missed(BANK, run) is None
    assert twice_missed(BANK, run.answer(("b",))) == "concept-3"
    assert twice_missed(BANK, run.answer(("a",))) is None


@pytest.mark.parametrize(("medicines", "most"), [(("beta",), 6), (("alpha", "beta"), 4), ((), 4)])
def test_what_the_address_names_is_asked_first(medicines: tuple[str, ...], most: int) -> None:
    """On another medicine up to eight of twelve; four where anakinra or nothing is named."""
    about = [
        question(f"b{n}", supported_by=[{"ref": "beta/route", "hash": "00000000"}])
        for n in range(6)
    ]
    wide = BANK.evolve(
        topics=(*BANK.topics, BANK.topics[1].evolve(id="more", questions=tuple(about)))
    )
    named = tuple(item.replace("alpha", "anakinra") for item in medicines)
    for seed in range(5):
        picked = that_matter_most(wide, seed, named)
        assert len({item.id for item in picked}) == 12
        beta = sum(item.id.startswith("b") for item in picked)
        assert beta == most if medicines else beta <= most


def test_answering_gives_a_new_run() -> None:
    """The old run is as it was; the new one is a question further."""
    run = practice()
    assert run.current is not None
    then = run.answer(("a",), Sureness.SURE)
    assert run.responses == ()
    assert then.responses[0].sureness is Sureness.SURE
    assert then.current != run.current


def test_skipped_wrong_and_not_shown_are_three_things() -> None:
    """Skipping is not a wrong answer, and what was not shown is neither."""
    run = practice().skip().answer(("b",)).end(AT)
    outcomes = [outcome(BANK, run, step.question) for step in run.steps[:3]]
    assert outcomes == [QuestionOutcome.SKIPPED, QuestionOutcome.WRONG, QuestionOutcome.NOT_SHOWN]


def test_an_ended_run_takes_no_answer() -> None:
    """After the end there is no current question."""
    run = practice().end(AT)
    assert run.current is None
    with pytest.raises(ValueError, match="no question to answer"):
        run.answer(("a",))


def test_sure_and_wrong_comes_first() -> None:
    """What was sure and wrong leads the list of what was missed."""
    run = practice().answer(("b",), Sureness.GUESS).skip().answer(("b",), Sureness.SURE)
    first = run.steps[2].question
    assert [item.id for item in sure_and_wrong(BANK, run)] == [first]
    assert missed(BANK, run)[0].id == first
    assert len(missed(BANK, run)) == 3


def test_all_right_is_passed() -> None:
    """Everything right at the first try passes, with one try at each concept."""
    result = check_result(BANK, play(check()).with_second_tries(BANK), 80)
    assert (result.passed, result.percent, result.right) == (True, 100, 20)
    assert {item.tries for item in result.concepts} == {1}


def test_a_missed_concept_gets_its_parallel_question() -> None:
    """Missing a concept adds its other question, and right at the second try passes."""
    run = play(check(), wrong=("concept-3",)).with_second_tries(BANK)
    assert [BANK.question(step.question).concept for step in run.extra] == ["concept-3"]
    assert run.extra[0].question not in {step.question for step in run.steps}
    result = check_result(BANK, play(run), 80)
    tried = next(item for item in result.concepts if item.concept == "concept-3")
    assert (tried.tries, tried.right, result.passed) == (2, True, True)
    assert result.percent == 95


def test_one_of_several_other_forms_is_the_second_try() -> None:
    """A concept with three questions adds one of the two others, not both."""
    first, *rest = BANK.topics
    third = question("c3-z", concept="concept-3", critical=True)
    bank = BANK.evolve(topics=(first.evolve(questions=(*first.questions, third)), *rest))
    run = play(check(), wrong=("concept-3",)).with_second_tries(bank)
    assert len(run.extra) == 1
    assert bank.question(run.extra[0].question).concept == "concept-3"


def test_missed_twice_is_not_passed_and_names_the_educator() -> None:
    """The same concept missed twice is not passed, whatever the score."""
    run = play(check(), wrong=("concept-3",)).with_second_tries(BANK)
    result = check_result(BANK, play(run, wrong=("concept-3",)), 80)
    assert not result.passed
    assert result.see_educator == ("concept-3",)


def test_second_tries_do_not_raise_the_score() -> None:
    """The mark counts first tries only: five missed of twenty stay 75, also when mended."""
    five = tuple(f"concept-{number}" for number in range(1, 6))
    run = play(play(check(), wrong=five).with_second_tries(BANK))
    result = check_result(BANK, run, 80)
    assert all(item.right for item in result.concepts)
    assert (result.percent, result.passed) == (75, False)


def test_ended_early_is_never_passed() -> None:
    """A check that was ended early has no pass, and says what was not shown."""
    run = check().answer(("a",)).end(AT)
    result = check_result(BANK, run, 80)
    assert (result.complete, result.passed, result.not_shown) == (False, False, 19)


def test_second_tries_are_added_once_and_only_after_the_last_question() -> None:
    """Nothing is added in the middle of a run, and nothing twice."""
    run = check()
    assert run.with_second_tries(BANK) == run
    done = play(run, wrong=("concept-1",)).with_second_tries(BANK)
    assert done.with_second_tries(BANK) == done
    assert missed_concepts(done, BANK) == ("concept-1",)


@settings(max_examples=50)
@given(st.integers(0, 2**31), st.lists(st.sampled_from(["a", "b", "skip"]), max_size=20))
def test_a_run_survives_saving(seed: int, moves: list[str]) -> None:
    """At any moment a run goes to JSON and back unchanged, and goes on as before."""
    run = check(seed)
    for move in moves:
        run = run.skip() if move == "skip" else run.answer((move,))
        again = QuizRun.model_validate_json(run.model_dump_json())
        assert again == run
        assert is_sound(BANK, again)
        assert again.current == run.current


def test_an_ordering_question_is_never_shown_in_its_right_order() -> None:
    """The steps of an ordering question start in another order than the right one."""
    asked = question("o", QuestionKind.ORDER)
    for seed in range(50):
        run = start(QuizMode.PRACTICE, [asked], seed=seed, content="v", at=AT)
        assert run.steps[0].options != ("a", "b", "c")


def test_questions_of_a_case_stay_together() -> None:
    """Questions that share a stem follow each other."""
    asked = [
        question("one", case="k"),
        *(question(f"p{n}") for n in range(6)),
        question("two", case="k"),
    ]
    for seed in range(20):
        order = [
            step.question
            for step in start(QuizMode.PRACTICE, asked, seed=seed, content="v", at=AT).steps
        ]
        assert ("one", "two") in set(pairwise(order))


ODD_RUN = st.builds(
    QuizRun,
    mode=st.sampled_from(QuizMode),
    seed=st.integers(),
    content=st.text(max_size=3),
    started=st.sampled_from([AT, "", "now"]),
    ended=st.sampled_from(["", AT, "9999-12-31T23:59:59+00:00"]),
    steps=st.lists(
        st.builds(
            QuizStep,
            question=st.sampled_from([*[item.id for item in BANK.questions][:6], "none"]),
            options=st.permutations(["a", "b"]).map(tuple) | st.just(("a", "b", "c")),
        ),
        max_size=4,
    ).map(tuple),
    extra=st.just(()),
    responses=st.lists(
        st.builds(
            QuizResponse,
            question=st.sampled_from([*[item.id for item in BANK.questions][:6], "none"]),
            given=st.none() | st.lists(st.text(max_size=2), max_size=3).map(tuple),
            sureness=st.none() | st.sampled_from(Sureness),
        ),
        max_size=4,
    ).map(tuple),
)


@given(ODD_RUN, st.integers(1, 100))
def test_a_run_that_is_sound_can_be_judged(run: QuizRun, mark: int) -> None:
    """Whatever a browser tab held: what is taken up has a result, and the rest is told apart."""
    if is_sound(BANK, run):
        check_result(BANK, run, mark)
        sure_and_wrong(BANK, run)
        run.with_second_tries(BANK)
        assert all(outcome(BANK, run, item.question) for item in run.responses)


def test_an_answer_that_does_not_fit_is_wrong_and_stops_nothing() -> None:
    """It can come from a tab of an earlier version."""
    run = practice()
    odd = run.answer(("1E9999999", "x"))
    assert outcome(BANK, odd, run.steps[0].question) is QuestionOutcome.WRONG
    assert not is_sound(BANK, odd)
