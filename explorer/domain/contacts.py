"""Whom to call, and the warning signs that count whatever the medicine."""

from typing import Annotated

from explorer.domain.base import Frozen, Listed, Slug, Text
from explorer.domain.cells import Statement
from explorer.domain.medicine import RedFlag
from explorer.domain.prose import Code, Layer, Prose


class Contacts(Frozen):
    """Whom to call, by jurisdiction."""

    id: Slug
    emergency: Annotated[Text, Prose(Layer.NAME)]
    emergency_words: Annotated[Text, Prose(Layer.NAME)]
    poison: Annotated[str, Prose(Layer.NAME)] = ""
    poison_words: Annotated[str, Prose(Layer.NAME)] = ""
    crisis: Annotated[str, Prose(Layer.NAME)] = ""
    crisis_words: Annotated[str, Prose(Layer.NAME)] = ""
    """A lifeline for people who think of ending their life; empty where no source was read."""
    report_address: Annotated[str, Code("address")] = ""
    red_flags: Annotated[tuple[RedFlag, ...], Listed]
    nobody_answers: Statement
