"""Live classes: their data model, their state machine, admission, and refusals."""

from explorer.domain.sessions.admission import (
    LARGEST,
    MORE,
    REMOVES_SILENT,
    Door,
    doors,
    turn_door,
)
from explorer.domain.sessions.model import (
    LONGEST_TITLE,
    ClassState,
    Participant,
    PlannedQuestion,
    Round,
    Session,
    StoredAnswer,
    SupportingPassage,
    TeachingPhase,
)
from explorer.domain.sessions.refusals import (
    ClassEnded,
    ClassFull,
    ClassLocked,
    CodeChanged,
    InvalidAnswer,
    MovedOn,
    NoSuchClass,
    NotAllowed,
    NotJoined,
    NotSaved,
    Refused,
    TooLate,
    TooManyClasses,
    Unavailable,
    Unreadable,
)
from explorer.domain.sessions.transitions import (
    Action,
    allowed_actions,
    transition,
)

# old names, until all callers use the new ones
Planned = PlannedQuestion
Response = StoredAnswer
Settling = SupportingPassage
Step = ClassState

__all__ = [
    "LARGEST",
    "LONGEST_TITLE",
    "MORE",
    "REMOVES_SILENT",
    "Action",
    "ClassEnded",
    "ClassFull",
    "ClassLocked",
    "ClassState",
    "CodeChanged",
    "Door",
    "InvalidAnswer",
    "MovedOn",
    "NoSuchClass",
    "NotAllowed",
    "NotJoined",
    "NotSaved",
    "Participant",
    "Planned",
    "PlannedQuestion",
    "Refused",
    "Response",
    "Round",
    "Session",
    "Settling",
    "Step",
    "StoredAnswer",
    "SupportingPassage",
    "TeachingPhase",
    "TooLate",
    "TooManyClasses",
    "Unavailable",
    "Unreadable",
    "allowed_actions",
    "doors",
    "transition",
    "turn_door",
]
