"""What an address of a fact can name."""

from enum import StrEnum


class RefKind(StrEnum):
    """What a ref names."""

    WHOLE = "whole"
    """A medicine, a condition, or a part of the site such as ``all``."""
    SECTION = "section"
    STATEMENT = "statement"
    CELL = "cell"
    MISTAKE = "mistake"
    FLAG = "flags"
    USE = "uses"
    NOT_WITH = "not-with"
    RESULT = "numbers"
    QUESTION = "quiz"
    TERM = "glossary"
    SIGN = "signs"
    """A line of the table of signs."""
    CONTACT = "contacts"
    """A sign that counts whatever the medicine, or what to do if nobody answers."""
    CONDITION = "conditions"
    """A sign of an illness, or what is said of it."""
    OPTION = "options"
    """An option without a new medicine: what it means, or its cell of a row."""
    CONCEPT = "concepts"
    SHORT = "short"
    """A fact in a few words of the interface."""


class NoRef(ValueError):
    """A text that is no ref; the message says what one looks like."""
