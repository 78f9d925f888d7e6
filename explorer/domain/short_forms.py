"""Facts in a few words of the interface: what each rests on, so that neither changes alone.

The words themselves stand with the interface in ``words.toml``. An entry here ties them to the
facts that they tell in short, and gives them an address at which a clinician can sign.
"""

from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Text
from explorer.domain.prose import Code


class RestsOn(Frozen):
    """A fact that a short form tells, with the hash of it."""

    ref: Annotated[Text, Code("ref")] = Field(
        description="Address of a line that can be signed, such as signs/breathing."
    )
    hash: Annotated[Text, Code("hash")] = Field(
        description="First eight hexadecimal digits of the hash of what stands there."
    )


class ShortForm(Frozen):
    """A text of the interface that states a fact."""

    id: Annotated[Text, Code("key of words.toml")]
    text: Annotated[str, Code("text of words.toml, by its key")] = ""
    rests_on: Annotated[tuple[RestsOn, ...], Listed, Field(min_length=1)]
