"""The one question model: quiz, live sessions and every export read it.

What is asked (this module) is separate from when it is judged (``quiz_run``). Texts are plain;
options are told apart by their authored ids, never by their place.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, File, Layer, Place, Prose


class QuestionKind(StrEnum):
    """What a reader does with a question."""

    SINGLE = "single"
    SEVERAL = "several"
    TRUE_FALSE = "true-false"
    ORDER = "order"
    SORT = "sort"
    NUMBER = "number"
    POLL = "poll"
    """Has no key; only an educator's own question may be one."""
    TEXT = "text"
    """A line of one's own words, without a key; only an educator's own question may be one."""


BANK_KINDS: Final = (
    QuestionKind.SINGLE,
    QuestionKind.SEVERAL,
    QuestionKind.TRUE_FALSE,
    QuestionKind.ORDER,
    QuestionKind.SORT,
    QuestionKind.NUMBER,
)
"""Kinds that have a key, and so may stand in the bank."""


class Audience(StrEnum):
    """For whom a question is written."""

    PATIENT = "patient"
    BOTH = "both"
    NURSE = "nurse"


class CognitiveLevel(StrEnum):
    """What a question asks of the mind, from recalling to weighing."""

    RECALL = "recall"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"


class OptionAct(StrEnum):
    """What someone who chose an option would do: the cue that no reader should be able to use.

    An option may be several at once: to take the dose and call if it gets worse goes on, asks and
    waits. One that states a fact, as in "Why ...?", has none.
    """

    ASKS = "asks"
    """Speaks to someone who can decide: calls, asks, tells, goes to be seen."""
    STOPS = "stops"
    """Leaves out, puts off, puts aside or ends a dose, a medicine, a syringe, a vaccine."""
    GOES_ON = "goes-on"
    """Takes, uses, gives or starts it as planned or as offered."""
    WAITS = "waits"
    """Lets time pass before help or an answer is looked for, or makes it hang on a change."""
    EMERGENCY = "emergency"
    """Calls 911 or goes to an emergency department or urgent care at once."""
    ALONE = "alone"
    """Changes dose, time, medicine or plan without asking anyone first."""


class AnswerOption(Frozen):
    """Something to choose, place or sort.

    ``key`` counts in single, several and true-false questions, ``group`` in sorting. In ordering
    the right order is the order of the options.
    """

    id: Slug
    text: Annotated[Text, Prose(Layer.OPTION, is_main=True)]
    key: bool = False
    group: Annotated[str, Code("id")] = ""
    does: Annotated[tuple[Worded[OptionAct], ...], Listed] = Field(
        default=(), description="What one who chose it would do; none where it states a fact."
    )
    rationale: Annotated[Text, Prose(Layer.RATIONALE)] = Field(
        description="Why it is right or not, without naming its place."
    )
    action: Annotated[str, Prose(Layer.RATIONALE)] = Field(
        default="", description="What to do instead; where the option is wrong."
    )
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Signs of the table for which it says how fast to act."
    )


class SortGroup(Frozen):
    """A group that options are sorted into."""

    id: Slug
    label: Annotated[Text, Prose(Layer.OPTION, is_main=True)]


class Number(Frozen):
    """A number to give, with its unit and how far off still counts as right."""

    value: Decimal | int
    unit: Annotated[Text, Prose(Layer.OPTION, is_main=True)]
    tolerance: Decimal | int = 0
    rationale: Annotated[Text, Prose(Layer.RATIONALE)]
    action: Annotated[Text, Prose(Layer.RATIONALE)]


class Evidence(Frozen):
    """A cell or guide statement that a question rests on, with the hash of its text."""

    ref: Annotated[Text, Code("ref")] = Field(
        description="medicine/row[/condition] or guide/section/statement."
    )
    hash: Annotated[Text, Code("hash")] = Field(
        description="First eight hexadecimal digits of the SHA-256 of the text."
    )


class Read(Frozen):
    """Someone or something has read the question against its sources."""

    on: date
    by: Annotated[Text, Prose(Layer.RECORD)]
    human: bool


class Question(Frozen):
    """One question with all that is needed to ask, judge and explain it."""

    id: Slug
    version: int = Field(ge=1)
    kind: Worded[QuestionKind]
    concept: Slug | None = None
    critical: bool = False
    audience: Worded[Audience]
    level: Worded[CognitiveLevel]
    case: Slug | None = None
    stem: Annotated[Text, Prose(Layer.STEM)]
    options: Annotated[tuple[AnswerOption, ...], Listed, Place(named=False)] = ()
    groups: Annotated[tuple[SortGroup, ...], Listed] = ()
    number: Number | None = None
    supported_by: Annotated[tuple[Evidence, ...], Listed, Field(min_length=1)]
    jurisdiction: Annotated[Text, Code("id")] = "us"
    parallel_of: Slug | None = None
    reads: Annotated[tuple[Read, ...], Listed] = ()
    drawing: Slug | None = Field(
        default=None, description="A drawing of drawings.toml that stands with the reasons."
    )
    needs_clinician: bool = Field(
        default=False,
        description="Clinicians may key it otherwise; never critical until a person has read it.",
    )
    story: Annotated[tuple[Annotated[Text, Code("figure")], ...], Listed] = Field(
        default=(),
        description="Figures of the stem that belong to its story, and to no fact: '24 mL'.",
    )
    due: date

    @model_validator(mode="after")
    def _parts_fit_the_kind(self) -> "Question":
        problem = _kind_problem(self)
        if type(self) is Question and not self.has_key:
            problem = f"a question of the bank has a key, so it is no {self.kind}"
        if problem:
            raise ValueError(problem)
        return self

    @property
    def keys(self) -> frozenset[str]:
        """Ids of the options that are right, in questions that have a key."""
        return frozenset(option.id for option in self.options if option.key)

    @property
    def has_key(self) -> bool:
        """False where no answer is right or wrong: a poll, or words of one's own."""
        return self.kind in BANK_KINDS

    def option(self, option_id: str) -> AnswerOption:
        """Return an option by id. Raises KeyError."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


class Case(Frozen):
    """A stem shared by several questions."""

    id: Slug
    text: Annotated[Text, Prose(Layer.STEM, is_main=True)]


class Topic(Frozen):
    """Questions on one subject; the file's name is its id."""

    id: Slug
    order: int
    title: Annotated[Text, Prose(Layer.CORE)]
    cases: Annotated[tuple[Case, ...], Listed] = ()
    questions: Annotated[tuple[Question, ...], Listed, Place(at_root=True)] = ()


class Concept(Frozen):
    """Something that must be known: missing it can hurt someone."""

    id: Slug
    label: Annotated[Text, Prose(Layer.CORE)]
    audience: Worded[Audience]
    card: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="What to do, in a sentence or two."
    )
    signs: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Signs of the table for which it says how fast to act."
    )


class Released(Frozen):
    """A question as it was when people first answered it; results are kept by id and version."""

    id: Slug
    version: int = Field(ge=1)
    hash: Annotated[Text, Code("hash")]


class Bank(Frozen):
    """All questions."""

    topics: Annotated[tuple[Topic, ...], File("questions/{id}.toml")] = ()
    concepts: Annotated[tuple[Concept, ...], File("concepts.toml")] = ()
    released: Annotated[tuple[Released, ...], File("released.toml")] = ()

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _topic_of(self) -> dict[str, Topic]:
        return {question.id: topic for topic in self.topics for question in topic.questions}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, topic by topic in their order."""
        ordered = sorted(self.topics, key=lambda topic: topic.order)
        return tuple(question for topic in ordered for question in topic.questions)

    def question(self, question_id: str) -> Question:
        """Return a question by id. Raises KeyError."""
        return self._by_id[question_id]

    def has(self, question_id: str) -> bool:
        """Return whether the bank holds a question."""
        return question_id in self._by_id

    def topic_of(self, question_id: str) -> Topic:
        """Return the topic of a question. Raises KeyError."""
        return self._topic_of[question_id]

    def concept(self, concept_id: str) -> Concept:
        """Return a concept by id. Raises KeyError."""
        return {concept.id: concept for concept in self.concepts}[concept_id]

    def of_concept(self, concept_id: str) -> tuple[Question, ...]:
        """Return the parallel questions of a concept, in the order of the bank."""
        return tuple(question for question in self.questions if question.concept == concept_id)

    def case_of(self, question: Question) -> Case | None:
        """Return the shared stem of a question, if it has one."""
        if question.case is None:
            return None
        cases = self.topic_of(question.id).cases
        return next((case for case in cases if case.id == question.case), None)

    def for_audience(self, audience: Audience) -> tuple[Question, ...]:
        """Return the questions that an audience sees: its own and those for both."""
        return tuple(
            question
            for question in self.questions
            if question.audience in (audience, Audience.BOTH)
        )


def _kind_problem(question: Question) -> str:
    """Return what does not fit the kind of a question; empty where all does."""
    ids = [option.id for option in question.options]
    if len(set(ids)) != len(ids):
        return "two options have the same id"
    keys = len(question.keys)
    checks: dict[QuestionKind, Iterable[tuple[bool, str]]] = {
        QuestionKind.SINGLE: (
            (len(ids) >= 2, "a single question has at least two options"),
            (keys == 1, f"a single question has exactly one key, not {keys}"),
        ),
        QuestionKind.TRUE_FALSE: (
            (len(ids) == 2, "a true-false question has two options"),
            (keys == 1, f"a true-false question has exactly one key, not {keys}"),
        ),
        QuestionKind.SEVERAL: (
            (len(ids) >= 3, "a question with several keys has at least three options"),
            (2 <= keys < len(ids), "at least two options are keys, and not all of them"),
        ),
        QuestionKind.ORDER: (
            (len(ids) >= 3, "an ordering question has at least three options"),
            (keys == 0, "in ordering no option is a key; their order is"),
        ),
        QuestionKind.SORT: (
            (len(question.groups) >= 2, "a sorting question has at least two groups"),
            (
                {option.group for option in question.options}
                <= {group.id for group in question.groups},
                "an option belongs to a group that does not exist",
            ),
        ),
        QuestionKind.NUMBER: ((question.number is not None, "a number question needs its number"),),
        QuestionKind.POLL: (
            (len(ids) >= 2, "a poll has at least two options"),
            (keys == 0, "in a poll no option is a key"),
        ),
        QuestionKind.TEXT: ((not ids, "a question for a short text has no options"),),
    }
    problems = [said for fits, said in checks[question.kind] if not fits]
    if question.kind is not QuestionKind.NUMBER and question.number is not None:
        problems.append("only a number question has a number")
    if question.kind is not QuestionKind.SORT and question.groups:
        problems.append("only a sorting question has groups")
    return problems[0] if problems else ""
