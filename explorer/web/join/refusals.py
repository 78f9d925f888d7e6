"""Why a class cannot be joined, and how the form for joining tells it."""

from dataclasses import dataclass
from typing import Final

from explorer.domain.sessions import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    CodeChanged,
    NoSuchClass,
)
from explorer.web.throttle import TooManyGuesses


@dataclass(frozen=True, slots=True)
class Refusal:
    """How the form for joining tells why a class cannot be joined."""

    problem: str
    status: int
    keeps_code: bool = True
    """Whether the code stays in the form: not where another one is needed."""


REFUSALS: Final[dict[type[Exception], Refusal]] = {
    NoSuchClass: Refusal("wrong", 404),
    ClassEnded: Refusal("over", 410, keeps_code=False),
    CodeChanged: Refusal("changed", 410, keeps_code=False),
    ClassFull: Refusal("full", 409),
    ClassLocked: Refusal("locked", 409),
    TooManyGuesses: Refusal("guesses", 429),
}
