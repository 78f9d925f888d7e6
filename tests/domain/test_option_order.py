"""The order of questions and options on paper: by form, and always the same."""

from explorer.domain.option_order import form_order, printed_order
from explorer.domain.questions import QuestionKind
from tests.questions import question

QUESTIONS = tuple(
    question(f"q{place}", case="shared" if 3 <= place <= 5 else None) for place in range(9)
)


def test_a_form_keeps_the_questions_of_a_case_together_in_their_order() -> None:
    """All are there, in another order than in the bank, and the same on a second run."""
    for form in ("A", "B"):
        ordered = form_order(QUESTIONS, form)
        assert sorted(item.id for item in ordered) == [item.id for item in QUESTIONS]
        assert ordered != QUESTIONS
        assert ordered == form_order(QUESTIONS, form)
        first = next(at for at, item in enumerate(ordered) if item.case)
        assert [item.id for item in ordered[first : first + 3]] == ["q3", "q4", "q5"]
    assert form_order(QUESTIONS, "A") != form_order(QUESTIONS, "B")
    assert form_order(QUESTIONS, "") == QUESTIONS


def test_steps_never_stand_in_their_right_order() -> None:
    """In no form; and true and false stay as they are."""
    for form in ("", "A", "B"):
        for place in range(40):
            steps = question(f"o{place}", QuestionKind.ORDER)
            assert printed_order(steps, form) != steps.options
        yes_no = question("t", QuestionKind.TRUE_FALSE)
        assert printed_order(yes_no, form) == yes_no.options
