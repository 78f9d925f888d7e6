"""How many questions of which sort the bank holds at least, by topic and by kind."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.prose import Layer, Prose
from explorer.domain.questions import BANK_KINDS, QuestionKind

_Count = Annotated[int, Field(ge=0)]


class PlannedTopic(Frozen):
    """How many questions a topic has at least: by audience, by level, critical ones; which kinds.

    A topic that is ``being_written`` may have fewer for now: what is missing is a warning and no
    error.
    """

    id: Slug
    patient: _Count = 0
    both: _Count = 0
    nurse: _Count = 0
    recall: _Count = 0
    understand: _Count = 0
    apply: _Count = 0
    analyse: _Count = 0
    critical: _Count = 0
    being_written: bool = False
    kinds: Annotated[tuple[Worded[QuestionKind], ...], Listed, Field(min_length=1)] = (
        QuestionKind.SINGLE,
    )

    @property
    def count(self) -> int:
        """All questions that are planned for the topic."""
        return self.patient + self.both + self.nurse

    @property
    def counts(self) -> dict[str, int]:
        """How many questions of each sort, by the word that a finding uses."""
        own = self.model_dump(exclude={"id", "kinds", "being_written"})
        return {"questions": self.count, "critical": own.pop("critical"), **own}


class PlannedKind(Frozen):
    """How many questions of a kind the whole bank has at least."""

    id: Worded[QuestionKind]
    questions: _Count


class Unasked(Frozen):
    """A section of the guide on which nothing is asked, with the reason."""

    id: Slug
    reason: Annotated[Text, Prose(Layer.RECORD)]


class Blueprint(Frozen):
    """The plan of the bank; its numbers are the least that it has."""

    topics: Annotated[tuple[PlannedTopic, ...], keyed("id")] = ()
    kinds: Annotated[tuple[PlannedKind, ...], keyed("id")] = ()
    forms: int = Field(
        default=2, ge=2, description="Parallel questions that each critical concept has at least."
    )
    for_each_medicine: int = Field(
        default=0,
        ge=0,
        description="Questions for patients that rest on the texts of each medicine, at least.",
    )
    unasked: Annotated[tuple[Unasked, ...], keyed("id")] = ()

    @cached_property
    def _topics(self) -> dict[str, PlannedTopic]:
        return {topic.id: topic for topic in self.topics}

    @property
    def total(self) -> int:
        """All questions that are planned."""
        return sum(topic.count for topic in self.topics)

    @property
    def is_being_written(self) -> bool:
        """Whether a topic is still being written, so that sums over the bank fall short too."""
        return any(topic.being_written for topic in self.topics)

    def of(self, topic_id: str) -> PlannedTopic | None:
        """Return the plan of a topic, or None where the blueprint has no such topic."""
        return self._topics.get(topic_id)

    def of_kind(self) -> Iterator[tuple[QuestionKind, int]]:
        """Yield every kind with the number of its questions, none where it is not named."""
        planned = {item.id: item.questions for item in self.kinds}
        for kind in BANK_KINDS:
            yield kind, planned.get(kind, 0)
