"""The self-audit of the site, with its gaps, its checks and its log of changes."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from explorer.domain.base import Frozen, Listed, Slug, Text, Worded, keyed
from explorer.domain.prose import Code, Layer, Prose


class AuditStatus(StrEnum):
    """Whether the site meets an item; our own judgement, never a certifier's."""

    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not-yet"
    NOT_APPLICABLE = "not-applicable"


class Wording(StrEnum):
    """From where we know what an item asks."""

    READ = "read"
    APPLIED = "applied"
    REBUILT = "rebuilt"
    UNREAD = "unread"


class AuditItem(Frozen):
    """One item of a standard, in our own words."""

    id: Slug
    part: Slug = Field(description="Part of the standard to which it belongs.")
    says: Annotated[Text, Prose(Layer.RECORD)]
    status: Worded[AuditStatus]
    why: Annotated[Text, Prose(Layer.RECORD)]
    where: Annotated[str, Code("address inside the site")] = Field(
        default="", description="Address inside the site, such as guide#storing."
    )
    wording: Worded[Wording]


class Standard(Frozen):
    """A list that others use to judge such sites, with our own marks."""

    id: Slug
    name: Annotated[Text, Prose(Layer.RECORD)]
    note: Annotated[Text, Prose(Layer.RECORD)]
    items: Annotated[tuple[AuditItem, ...], keyed("id")]

    def count(self, status: AuditStatus) -> int:
        """Count the items of a status."""
        return sum(item.status == status for item in self.items)


class Change(Frozen):
    """What changed in the content, where and why."""

    on: date
    ref: Annotated[Text, Code("ref")] = Field(
        description="A fact, a section, a medicine, or 'all'; see the rule."
    )
    what: Annotated[Text, Prose(Layer.RECORD)]
    why: Annotated[Text, Prose(Layer.RECORD)]


class Gap(Frozen):
    """Something that we looked for and could not read."""

    id: Slug
    about: Annotated[Text, Prose(Layer.NAME)]
    text: Annotated[Text, Prose(Layer.RECORD)]


class AutomatedCheck(Frozen):
    """A check that a program made. It is never counted as a person's."""

    on: date
    what: Annotated[Text, Prose(Layer.RECORD)]
    found: Annotated[Text, Prose(Layer.RECORD)]


Changes = Annotated[tuple[Change, ...], Listed]
"""The log of changes, as written in an array of tables."""

Verdict = AuditStatus
"""The old name of ``AuditStatus``."""
