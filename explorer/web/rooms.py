# moved to classes.service
"""Old name of the live classes for phones, until the server passes the service itself."""

from explorer.classes.service import ClassService


class LiveRooms(ClassService):
    """The same service under its old name.

    Args:
        classes: the live classes.
    """

    def __init__(self, classes: ClassService) -> None:
        self.__dict__ = classes.__dict__
