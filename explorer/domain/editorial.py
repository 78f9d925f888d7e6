"""What editors keep beside the facts: glossary, concerns, prompts, banned words, the review."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded
from explorer.domain.medicine import KindId
from explorer.domain.prose import Code, Layer, Prose
from explorer.domain.self_audit import AutomatedCheck, Gap
from explorer.domain.who import Who, said_to


class Term(Frozen):
    """A word explained."""

    id: Slug
    term: Annotated[Text, Prose(Layer.NAME)]
    also: Annotated[tuple[Annotated[str, Prose(Layer.NAME)], ...], Listed] = ()
    meaning: Annotated[Text, Prose(Layer.DETAIL)]
    short: Annotated[str, Prose(Layer.CORE)] = Field(
        default="",
        description="The meaning in a few words, in brackets after its first use in sight.",
    )


class Concern(Frozen):
    """Something a patient may care about; rows name the concerns that they speak to."""

    id: Slug
    label: Annotated[Text, Prose(Layer.CORE)]
    parent: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="The same where a parent reads, if the label says 'I' or 'my'."
    )
    who: Annotated[tuple[Worded[Who], ...], Listed] = Field(
        default=(), description="Persons whom it concerns; none for everybody."
    )
    heading: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="What it stands under where concerns are picked."
    )
    rows: Annotated[tuple[Slug, ...], Listed, Field(min_length=1, max_length=2)] = Field(
        description="The one or two lines that stand for it on the visit sheet."
    )

    def fits(self, who: Who) -> bool:
        """Return whether a person may care about it: no alcohol for a child of six."""
        return not self.who or who in self.who

    def said_to(self, who: Who) -> str:
        """Return the label in the words of the one who reads."""
        return said_to(who, self.label, self.parent)


class Move(StrEnum):
    """What a reader and the team are deciding about a medicine."""

    START = "start"
    SWITCH = "switch"
    ADD = "add"
    STAY = "stay"
    NOT_SURE = "not-sure"


class Prompt(Frozen):
    """A question that a reader may want to ask; it is offered where all that it names fits."""

    id: Slug
    text: Annotated[Text, Prose(Layer.CORE)] = Field(
        description="The question; {options} names the options that it fits."
    )
    concerns: Annotated[tuple[Slug, ...], Listed] = ()
    conditions: Annotated[tuple[Slug, ...], Listed] = ()
    options: Annotated[tuple[Slug, ...], Listed] = ()
    kinds: Annotated[tuple[KindId, ...], Listed] = ()
    moves: Annotated[tuple[Worded[Move], ...], Listed] = ()
    parent: Annotated[str, Prose(Layer.CORE)] = Field(
        default="", description="The same as a parent asks it, if the text says 'my' or 'I'."
    )
    who: Annotated[tuple[Worded[Who], ...], Listed] = Field(
        default=(), description="Persons who may ask it; none for everybody."
    )
    unknown: Annotated[tuple[Slug, ...], Listed] = Field(
        default=(), description="Lines whose cell is not found or not studied for an option."
    )

    def fits(self, who: Who) -> bool:
        """Return whether a person may ask it."""
        return not self.who or who in self.who

    def said_to(self, who: Who) -> str:
        """Return the question in the words of the one who asks."""
        return said_to(who, self.text, self.parent)


class Banned(Frozen):
    """A word or phrase that content may not use, and what to say instead."""

    word: Annotated[Text, Code("banned word")]
    instead: Annotated[Text, Code("advice to editors, in findings only")]


class GradeException(Frozen):
    """A text allowed above a limit, with the reason."""

    rule: Annotated[Text, Code("id of a rule")]
    file: Annotated[Text, Code("file")]
    key: Annotated[Text, Code("key")]
    reason: Annotated[Text, Code("for editors; no page shows it")]


class Review(Frozen):
    """When the content was made and checked, and by what."""

    content_date: date
    next_due: date
    policy: Annotated[Text, Prose(Layer.RECORD)]
    clinician_sign_off: Annotated[str, Prose(Layer.RECORD)] = ""
    outside_review: Annotated[str, Prose(Layer.RECORD)] = ""
    automated: Annotated[tuple[AutomatedCheck, ...], Listed] = ()
    gaps: Annotated[tuple[Gap, ...], Listed] = ()
