"""A drawn question is known and answered by what is said: this runs with all other tests."""

import re

import pytest

from explorer.domain.questions import Bank, Question, QuestionKind
from tests.listening.answering import NotAnsweredError, answer, asked
from tests.shipped import shipped

BANK: Bank = shipped().catalogue.bank


def first(kind: QuestionKind) -> Question:
    """Find a question of a kind."""
    return next(one for one in BANK.questions if one.kind is kind)


class Reader:
    """Says what stands at each stop of Tab and of a key for the next control, as Orca does.

    Attributes:
        pressed: what was pressed or typed, in order.
        chosen: what was said of the control at which the space bar was pressed.
    """

    def __init__(self, *groups: list[str]) -> None:
        self.pressed: list[str] = []
        self.chosen: list[str] = []
        self._groups = [*groups, ["Save my answer push button."]]
        self._group, self._place = -1, 0

    def __call__(self, key: str, until: str = "", *, types: bool = False) -> str:
        """Press a key and say what follows."""
        self.pressed.append(key)
        if key == "Tab":
            self._group, self._place = self._group + 1, 0
        elif key in {"r", "x"}:
            self._place += 1
        elif key == "space":
            self.chosen.append(self._said)
            return "selected checked"
        elif key == "Return" and self._group == len(self._groups) - 1:
            return "Question 2 of 20 Next"
        return "" if types else self._said

    @property
    def _said(self) -> str:
        return self._groups[self._group][self._place]


def radios(texts: list[str]) -> list[str]:
    """Say radio buttons."""
    return [f"{text} not selected radio button" for text in texts]


def test_a_question_is_known_by_its_words() -> None:
    """Each one of the bank, also where a reader leaves out its signs."""
    for question in BANK.questions:
        case = BANK.case_of(question)
        said = f"Question 3 of 20 {'' if case is None else case.text} {question.stem} clickable."
        assert asked(BANK, re.sub(r"[?!:;]", " ", said)).stem == question.stem


def test_what_is_no_question_of_ours_is_refused() -> None:
    """With what was said."""
    with pytest.raises(NotAnsweredError, match="Put every line"):
        asked(BANK, "Put every line into a group.")


def test_the_right_one_of_several_radio_buttons_is_chosen() -> None:
    """And the answer is saved after it."""
    question = first(QuestionKind.SINGLE)
    reader = Reader(radios([option.text for option in question.options]))
    assert answer(question, reader) == "Question 2 of 20 Next"
    assert reader.chosen == radios([one.text for one in question.options if one.key])


def test_each_right_box_is_marked_and_no_other() -> None:
    """In the order in which they stand."""
    question = first(QuestionKind.SEVERAL)
    boxes = [f"{one.text} check box not checked." for one in question.options]
    reader = Reader(boxes)
    answer(question, reader)
    wanted = [one.key for one in question.options]
    assert reader.chosen == [box for box, is_right in zip(boxes, wanted, strict=True) if is_right]


def test_each_line_goes_into_its_group() -> None:
    """A line is named where its row of radio buttons begins."""
    question = first(QuestionKind.SORT)
    labels = {group.id: group.label for group in question.groups}
    lines = [radios(list(labels.values())) for _ in question.options]
    for line, option in zip(lines, question.options, strict=True):
        line[0] = f"{option.text} panel. {line[0]}"
    reader = Reader(*lines)
    answer(question, reader)
    assert len(reader.chosen) == len(question.options)
    for said, option in zip(reader.chosen, question.options, strict=True):
        assert said.endswith(f"{labels[option.group]} not selected radio button")


def test_a_step_is_typed_only_at_its_own_place() -> None:
    """The place before, which still says what was chosen, is not taken for the next one."""
    question = first(QuestionKind.ORDER)
    stops = []
    for place in range(1, len(question.options) + 1):
        named = f"Place {place} editable combo box"
        stops += [[f"{named} opens listbox"], [f"{named} collapsed Clear value push button"]]
    reader = Reader(*stops)
    answer(question, reader)
    typed = [key for key in reader.pressed if key not in {"Tab", "Return"}]
    assert typed == [option.text for option in question.options]
    before = [reader.pressed[: reader.pressed.index(text)].count("Tab") for text in typed]
    assert before == [1 + 2 * place for place in range(len(typed))]


def test_a_control_that_is_never_named_is_told() -> None:
    """A route does not press Tab for ever."""
    reader = Reader(*[["Help push button."]] * 30)
    with pytest.raises(NotAnsweredError, match="lead to no radio button"):
        answer(first(QuestionKind.SINGLE), reader)
