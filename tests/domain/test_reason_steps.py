"""The steps in which a room is shown why."""

from explorer.domain.option_order import letter, printed_order
from explorer.domain.questions import QuestionKind
from explorer.domain.reason_steps import LONGEST_STEP, reason_steps
from tests.questions import option, question


def test_the_right_answer_comes_before_the_others_and_what_settles_it_last() -> None:
    """One right, two wrong and a passage: three steps."""
    steps = reason_steps(question("q"), has_evidence=True)
    assert [step.options for step in steps] == [("a",), ("b", "c"), ()]
    assert [step.others for step in steps] == [False, True, False]
    assert [step.settles for step in steps] == [False, False, True]


def test_without_a_passage_the_other_answers_are_the_last_step() -> None:
    """An educator's own question has none."""
    steps = reason_steps(question("q"), has_evidence=False)
    assert not any(step.settles for step in steps)


def test_long_reasons_are_divided_and_none_is_lost() -> None:
    """What is longer than a step on its own has a step of its own."""
    why = "word " * (LONGEST_STEP // 8)
    options = [option(name, key=name == "a", rationale=why) for name in "abcd"]
    steps = reason_steps(question("q", options=options), has_evidence=False)
    assert [step.options for step in steps] == [("a",), ("b",), ("c",), ("d",)]


def test_a_number_and_a_sort_question_have_steps() -> None:
    """A number's solution is a step without options; each line of a sort question is right."""
    number = reason_steps(question("n", QuestionKind.NUMBER), has_evidence=False)
    assert [step.options for step in number] == [()]
    sort = reason_steps(question("s", QuestionKind.SORT), has_evidence=False)
    assert [step.options for step in sort] == [("a", "b", "c")]


def test_the_letters_are_those_of_the_printed_order() -> None:
    """The order is of the question's id alone, so paper and screen agree."""
    asked = question("q")
    assert printed_order(asked) == printed_order(asked)
    assert {item.id for item in printed_order(asked)} == {"a", "b", "c"}
    assert [letter(place) for place in range(3)] == ["A", "B", "C"]
