"""The facts as they were when the content was last released, so that a change is noticed."""

from datetime import date
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, keyed
from explorer.domain.prose import Code


class KeptFact(Frozen):
    """A fact as it was released.

    Its text is kept only where something else rests on the fact: a question, a statement of the
    guide, a claim. Whoever reads that again sees old and new beside each other.
    """

    id: Annotated[str, Code("ref")]
    hash: Annotated[str, Code("hash")]
    text: Annotated[str, Code("a text as it was; no page shows it")] = ""


class KeptFacts(Frozen):
    """All facts of a release."""

    on: date | None = Field(default=None, description="Day of the release.")
    changes: int = Field(
        default=0, ge=0, description="Lines in the log at the release; those above are newer."
    )
    facts: Annotated[tuple[KeptFact, ...], keyed("id")] = ()
