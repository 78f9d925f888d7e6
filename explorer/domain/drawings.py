"""Our line drawings: what each shows in words, what it rests on, and where it stands.

The drawing itself is a file of the package (``explorer/export/drawings``). Its title, its text
alternative and its labels are texts of the content, held to the same rules as all others.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.prose import Code, Layer, Prose
from explorer.domain.questions import Evidence


class Sketch(StrEnum):
    """The drawings that the package holds: one stroke weight, round ends, one accent colour."""

    BAD_RASH = "bad-rash"
    BELLY = "belly"
    COOL_BAG = "cool-bag"
    FRIDGE = "fridge"
    HIVES = "hives"
    PINCH = "pinch"
    PLACES = "places"
    ROTATE = "rotate"
    SHARPS = "sharps"
    SKIN_SPREADS = "skin-spreads"
    SKIN_USUAL = "skin-usual"
    SWOLLEN_FACE = "swollen-face"
    SYRINGE = "syringe"
    WARM_UP = "warm-up"


class DrawingLabel(Frozen):
    """What a numbered mark of a drawing points at, with the statement that says so."""

    id: Slug
    text: Annotated[Text, Prose(Layer.CORE, is_main=True)]
    rests_on: Annotated[Text, Code("ref")] = Field(
        description="One of the drawing's supported_by: its sources are the label's."
    )


class Drawing(Frozen):
    """A drawing in words; labels stand in the order of the numbers in the picture."""

    id: Worded[Sketch]
    title: Annotated[Text, Prose(Layer.CORE)]
    alternative: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="What can be seen, for whoever cannot see it."
    )
    supported_by: Annotated[tuple[Evidence, ...], Listed, Field(min_length=1)] = Field(
        description="Statements that it draws. It stands under the block of the first, or in sight "
        "beside the summary of a section where that is one of them."
    )
    labels: Annotated[tuple[DrawingLabel, ...], Listed] = ()
