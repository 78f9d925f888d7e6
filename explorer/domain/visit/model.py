"""What a reader entered: what matters, what to ask, how sure they are.

Answers change order and emphasis, and nothing else. There is no score, no total, no rank and no
advice in anything that is made of them.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from explorer.domain.base import Frozen, Slug
from explorer.domain.catalogue import Catalogue, Move
from explorer.domain.comparison import PinnedRows
from explorer.domain.letters import one_line, sound
from explorer.domain.who import Who

MOST_CONCERNS = 5
"""Most concerns a reader may pick, own ones among them: few enough to weigh (CDC: at most 7)."""

SHORT, LONG = 160, 800
"""Longest own line and longest own note, in characters, so that the sheet stays a page."""

MOST_QUESTIONS = 12
"""Most own questions that are taken."""

_CONCERN = "concern-"


class Weight(StrEnum):
    """How much a concern matters to a reader."""

    A_LOT = "a-lot"
    SOME = "some"


class Sure(StrEnum):
    """The four questions of the sure-check.

    Adapted in our own words from the subjects of the SURE test (Legare and others 2010,
    PubMed 20705870): certain, informed, clear on values, supported. Our wording was not validated.
    """

    FACTS = "facts"
    VALUES = "values"
    SUPPORT = "support"
    CHOICE = "choice"


class Picked(Frozen):
    """A concern that a reader picked, how much it matters, and why in the reader's words."""

    concern: Slug
    weight: Weight = Weight.SOME
    why: Annotated[str, Field(max_length=SHORT)] = ""


class OwnPoint(Frozen):
    """Something else that matters, in the reader's own words, and how much."""

    text: Annotated[str, Field(max_length=SHORT)]
    weight: Weight = Weight.SOME


class Ticked(Frozen):
    """A ready question that a reader wants to ask; ``text`` is the reader's wording, if any."""

    prompt: Slug
    text: Annotated[str, Field(max_length=SHORT)] = ""


class Visit(Frozen):
    """What a reader entered. It lives in the session and in the browser tab, nowhere else."""

    move: Move | None = None
    picked: tuple[Picked, ...] = ()
    own_points: tuple[OwnPoint, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    own_questions: Annotated[str, Field(max_length=LONG)] = ""
    notes: Annotated[str, Field(max_length=LONG)] = ""
    sure: tuple[tuple[Sure, bool], ...] = ()

    @model_validator(mode="after")
    def _few_and_once(self) -> "Visit":
        """Refuse more concerns than are allowed, and anything named twice."""
        if len(self.picked) + len(self.own_points) > MOST_CONCERNS:
            raise ValueError(f"at most {MOST_CONCERNS} concerns can be picked")
        for ids in (
            [item.concern for item in self.picked],
            [item.prompt for item in self.ticked],
            [item for item, _ in self.sure],
        ):
            if len(set(ids)) != len(ids):
                raise ValueError("something was named twice")
        return self

    @property
    def is_empty(self) -> bool:
        """True where nothing was entered yet."""
        return self == Visit()

    @property
    def questions(self) -> tuple[str, ...]:
        """The reader's own questions, a line each; empty lines are left out."""
        lines = (one_line(line) for line in sound(self.own_questions).splitlines())
        return tuple(line for line in lines if line)[:MOST_QUESTIONS]

    @property
    def unsure(self) -> tuple[Sure, ...]:
        """Where the reader said no."""
        return tuple(item for item, yes in self.sure if not yes)

    def known(self, catalogue: Catalogue) -> "Visit":
        """Leave out what this content does not hold, such as after an update of the site."""
        prompts = {prompt.id for prompt in catalogue.prompts}
        return self.evolve(
            picked=tuple(item for item in self.picked if catalogue.has_concern(item.concern)),
            ticked=tuple(item for item in self.ticked if item.prompt in prompts),
        )


def in_order(catalogue: Catalogue, visit: Visit, who: Who) -> tuple[Picked, ...]:
    """Return the picked concerns that fit a person: those that matter a lot first.

    Args:
        catalogue: the content, whose order counts among those that matter equally.
        visit: what the reader entered.
        who: for whom.
    """
    places = {concern.id: place for place, concern in enumerate(catalogue.concerns)}
    weights = list(Weight)
    return tuple(
        sorted(
            (item for item in visit.picked if catalogue.concern(item.concern).fits(who)),
            key=lambda item: (weights.index(item.weight), places[item.concern]),
        )
    )


def pinned_rows(catalogue: Catalogue, visit: Visit, who: Who) -> tuple[PinnedRows, ...]:
    """Return the rows of a reader's concerns, to be shown first in a comparison."""
    return tuple(
        PinnedRows(
            id=f"{_CONCERN}{item.concern}",
            title=catalogue.concern(item.concern).said_to(who),
            rows=tuple(row.id for row in catalogue.rows_of(item.concern)),
        )
        for item in in_order(catalogue, visit, who)
    )
