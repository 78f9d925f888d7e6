"""How many questions of which sort the bank holds, by topic and by kind."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Worded, keyed
from explorer.domain.questions import Kind

_Count = Annotated[int, Field(ge=0)]


class PlannedTopic(Frozen):
    """How many questions a topic has: by audience, by level, critical ones, and of which kinds."""

    id: Slug
    patient: _Count = 0
    both: _Count = 0
    nurse: _Count = 0
    recall: _Count = 0
    understand: _Count = 0
    apply: _Count = 0
    analyse: _Count = 0
    critical: _Count = 0
    kinds: Annotated[tuple[Worded[Kind], ...], Listed, Field(min_length=1)] = (Kind.SINGLE,)

    @property
    def count(self) -> int:
        """All questions of the topic."""
        return self.patient + self.both + self.nurse

    @property
    def counts(self) -> dict[str, int]:
        """How many questions of each sort, by the word that a finding uses."""
        own = self.model_dump(exclude={"id", "kinds"})
        return {"questions": self.count, "critical": own.pop("critical"), **own}


class PlannedKind(Frozen):
    """How many questions of a kind the whole bank has."""

    id: Worded[Kind]
    questions: _Count


class Blueprint(Frozen):
    """The plan of the bank."""

    topics: Annotated[tuple[PlannedTopic, ...], keyed("id")] = ()
    kinds: Annotated[tuple[PlannedKind, ...], keyed("id")] = ()

    @cached_property
    def _topics(self) -> dict[str, PlannedTopic]:
        return {topic.id: topic for topic in self.topics}

    @property
    def total(self) -> int:
        """All questions of the bank."""
        return sum(topic.count for topic in self.topics)

    def of(self, topic_id: str) -> PlannedTopic | None:
        """Return the plan of a topic, or None where the blueprint has no such topic."""
        return self._topics.get(topic_id)

    def of_kind(self) -> Iterator[tuple[Kind, int]]:
        """Yield every kind with the number of its questions, none where it is not named."""
        planned = {item.id: item.questions for item in self.kinds}
        for kind in Kind:
            yield kind, planned.get(kind, 0)
