"""For whom a reader asks, and their age: a property of every fact, point, question and sign."""

from enum import StrEnum

from explorer.domain.cells import Age


class Who(StrEnum):
    """The person and the age band, asked once and first.

    The values stand in addresses. ``child`` is what older addresses say: they keep their meaning.
    """

    ADULT = "adult"
    """The reader, 18 or older."""
    TEEN = "teen"
    """The reader, younger than 18."""
    CHILD = "child"
    """The reader's child, younger than 12."""
    CHILD_TEEN = "child-teen"
    """The reader's child, 12 to 17."""

    @property
    def age(self) -> Age:
        """The age group for which facts are resolved."""
        return Age.ADULT if self is Who.ADULT else Age.CHILD

    @property
    def is_own_child(self) -> bool:
        """True where a parent reads: a text that says "my" of the patient does not fit."""
        return self in (Who.CHILD, Who.CHILD_TEEN)


def said_to(who: Who | None, text: str, parent: str) -> str:
    """Return a text in the words of the one who reads.

    Args:
        who: for whom it is; None where nobody was named.
        text: the text as a patient says it.
        parent: the same as a parent says it; empty where the text fits everybody.
    """
    return parent if parent and who is not None and who.is_own_child else text
