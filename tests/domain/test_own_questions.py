"""Questions that an educator writes: what is refused, what is kept as typed, how a class asks it."""

from decimal import Decimal

import pytest

from explorer.domain.own_questions import (
    LONGEST_OPTION,
    LONGEST_STEM,
    OwnAsked,
    OwnDraft,
    OwnDraftOption,
    OwnQuestion,
    finished,
    is_own,
    problems,
)
from explorer.domain.questions import Evidence, Question, QuestionKind


def options(*texts: str, keys: tuple[int, ...] = ()) -> tuple[OwnDraftOption, ...]:
    return tuple(OwnDraftOption(text=text, key=place in keys) for place, text in enumerate(texts))


SINGLE = OwnDraft(stem="Where is it kept?", options=options("Fridge", "Shelf", keys=(0,)))


def codes(draft: OwnDraft) -> set[tuple[str, str]]:
    return {(found.field, found.code) for found in problems(draft)}


@pytest.mark.parametrize(
    "draft",
    [
        SINGLE,
        OwnDraft(
            kind=QuestionKind.SEVERAL,
            stem="Which two?",
            options=options("One", "Two", "Three", keys=(0, 2)),
        ),
        OwnDraft(kind=QuestionKind.NUMBER, stem="How many?", value="2,5", unit="mL"),
        OwnDraft(kind=QuestionKind.POLL, stem="Who did this?", options=options("I", "Not yet")),
        OwnDraft(kind=QuestionKind.TEXT, stem="What do you want to know?"),
    ],
    ids=lambda draft: str(draft.kind),
)
def test_a_sound_draft_of_each_kind_becomes_a_question(draft: OwnDraft) -> None:
    """It has no problem, is asked as own, and can be changed as it was typed."""
    assert problems(draft) == ()
    made = finished(draft)
    assert is_own(made.asked())
    assert finished(made.draft()) == made


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (SINGLE.evolve(stem="  "), "stem", "empty"),
        (SINGLE.evolve(stem="x" * (LONGEST_STEM + 1)), "stem", "long"),
        (SINGLE.evolve(stem="a\x1b[2Jb"), "stem", "control"),
        (SINGLE.evolve(stem="a\u202eb"), "stem", "control"),
        (SINGLE.evolve(stem="a \ud800 b"), "stem", "control"),
        (SINGLE.evolve(stem="Is <b>this</b> so?"), "stem", "markup"),
        (SINGLE.evolve(reason="**bold**"), "reason", "markup"),
        (SINGLE.evolve(options=options("Fridge", " fridge ", keys=(0,))), "options.1", "equal"),
        (SINGLE.evolve(options=options("Fridge", keys=(0,))), "options", "few-options"),
        (
            SINGLE.evolve(options=options(*"abcdefg", keys=(0,))),
            "options",
            "many-options",
        ),
        (
            SINGLE.evolve(options=options("a", "b" * (LONGEST_OPTION + 1), keys=(0,))),
            "options.1",
            "long",
        ),
        (SINGLE.evolve(options=options("a", "b")), "keys", "no-key"),
        (SINGLE.evolve(options=options("a", "b", "", keys=(0, 2))), "keys", "key-no-option"),
        (SINGLE.evolve(options=options("a", "b", keys=(0, 1))), "keys", "one-key"),
        (
            OwnDraft(
                kind=QuestionKind.SEVERAL, stem="s", options=options("a", "b", "c", keys=(0,))
            ),
            "keys",
            "two-keys",
        ),
        (
            OwnDraft(
                kind=QuestionKind.SEVERAL, stem="s", options=options("a", "b", "c", keys=(0, 1, 2))
            ),
            "keys",
            "all-keys",
        ),
        (OwnDraft(kind=QuestionKind.NUMBER, stem="s"), "value", "no-key"),
        (OwnDraft(kind=QuestionKind.NUMBER, stem="s", value="two"), "value", "number"),
        (
            OwnDraft(kind=QuestionKind.NUMBER, stem="s", value="2", tolerance="-1"),
            "tolerance",
            "tolerance",
        ),
        (OwnDraft(kind=QuestionKind.SORT, stem="s"), "kind", "kind"),
    ],
)
def test_what_is_wrong_is_told_of_its_field(draft: OwnDraft, field: str, code: str) -> None:
    """Each mistake is named beside its field, and no question is made of the draft."""
    assert (field, code) in codes(draft)
    with pytest.raises(ValueError, match=r"\w"):
        finished(draft)


def test_an_id_follows_from_what_is_asked() -> None:
    """The same question has the same id wherever it was typed, and another one has another."""
    assert finished(SINGLE).id == finished(SINGLE.evolve(stem=" Where  is it kept? ")).id
    assert finished(SINGLE).id != finished(SINGLE.evolve(stem="Where is it put?")).id


def test_a_poll_has_no_key_even_where_one_was_ticked() -> None:
    """A tick left over from another kind is not carried into a poll."""
    made = finished(SINGLE.evolve(kind=QuestionKind.POLL)).asked()
    assert not made.keys
    assert not made.has_key


def test_the_reason_stands_with_what_is_right() -> None:
    """One reason for the whole question is shown at its key; a number has it too."""
    made = finished(SINGLE.evolve(reason="It is a protein.")).asked()
    assert [option.rationale for option in made.options] == ["It is a protein.", ""]
    number = OwnDraft(kind=QuestionKind.NUMBER, stem="s", value="2.50", reason="So it is.")
    asked = finished(number).asked()
    assert asked.number is not None
    assert (asked.number.value, asked.number.rationale) == (Decimal("2.50"), "So it is.")


def test_an_own_question_is_read_back_from_json() -> None:
    """A plan file and the store hold it as JSON."""
    made = finished(SINGLE)
    assert OwnQuestion.model_validate_json(made.model_dump_json()) == made
    assert OwnAsked.model_validate_json(made.asked().model_dump_json()) == made.asked()


def test_no_question_of_the_bank_passes_for_an_own_one() -> None:
    """An own question is named as one; another id is refused."""
    with pytest.raises(ValueError, match="no own question"):
        finished(SINGLE).asked().evolve(id="infection-1")


def test_no_poll_stands_in_the_bank() -> None:
    """A question of the bank has a key: a poll there would be graded as wrong for everybody."""
    asked = finished(OwnDraft(kind=QuestionKind.POLL, stem="Who?", options=options("I", "Not yet")))
    held = asked.asked()
    values = {name: getattr(held, name) for name in Question.model_fields}
    evidence = Evidence(ref="alpha/flags/one", hash="00000000")
    with pytest.raises(ValueError, match="so it is no poll"):
        Question(**values | {"supported_by": (evidence,)})
