"""Why a request of a host or a participant was refused.

Each message is a plain sentence that can be shown to the person as it is.
"""


class Refused(Exception):
    """A request that cannot be fulfilled now; the message is a plain sentence for the person."""

    message = "This cannot be done now."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class NotAllowed(Refused):
    """The action is not valid in the current state of the class."""

    message = "The class cannot take this step from where it stands now."


class MovedOn(Refused):
    """Version conflict: another host, or the same request sent twice, has changed the class."""

    message = "The class was moved on a moment ago. Look where it stands now."


class NoSuchClass(Refused):
    """No class has this code or key, or it was deleted."""

    message = "There is no class with this code. Check the code with your teacher."


class ClassEnded(Refused):
    """The class has ended."""

    message = "This class is over. Thank you for taking part."


class ClassFull(Refused):
    """The class has reached its capacity."""

    message = "This class is full. Tell your teacher."


class TooManyClasses(Refused):
    """The server has reached its number of classes per day."""

    message = "This server has no room for more classes today. Delete one, or come back tomorrow."


class NotJoined(Refused):
    """The token is not of a participant, or there is no such class; the two look the same."""

    message = "You have not joined this class yet. Type in the code again."


class InvalidAnswer(Refused):
    """The answer is not a valid one to this question; the message says what is missing."""

    message = "This answer does not fit the question."


class TooLate(Refused):
    """The question does not accept answers any more."""

    message = "This question is closed. The answer you gave before it closed still counts."


class Unavailable(Refused):
    """The store cannot be reached or read now."""

    message = "The class cannot be reached right now. Try again in a moment."


class Unreadable(Unavailable):
    """The stored data of a class cannot be read, by this version or at all.

    Args:
        session_id: identifies the class, so that it can still be deleted.
    """

    message = (
        "This class cannot be shown: what was kept of it cannot be read. Answers are not lost by "
        "this. Ask whoever runs the server, or delete the class."
    )

    def __init__(self, session_id: str = "") -> None:
        super().__init__()
        self.session_id = session_id


class CodeChanged(Refused):
    """The class of this code has a new code now."""

    message = "This class has a new code now. Look at the screen in the room."


class ClassLocked(Refused):
    """The host has locked the class: nobody else may join."""

    message = "Nobody more can join this class now. Ask your teacher."


class NotSaved(Unavailable):
    """The write failed and changed nothing; it can be sent again."""

    message = "This could not be saved. Please send it again."
