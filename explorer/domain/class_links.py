"""The links of a class: what stands after the ``#`` of the pages of who teaches.

What stands there never reaches a server in a request, so that no access log and no referrer holds
a key. A page reads it in the browser. The console's link carries all three keys, so that who holds
it can also open the room's screen and the report again after a reload.
"""

from explorer.domain.base import Frozen

CONSOLE, PROJECTOR, REPORT = "console", "projector", "report"


class ClassKeys(Frozen):
    """The keys that a browser tab holds; empty where it has none."""

    console: str = ""
    projector: str = ""
    report: str = ""

    @property
    def fragment(self) -> str:
        """What stands after the ``#`` of a link that carries all of these keys, or nothing."""
        if self.console:
            return f"{CONSOLE}={self.console}.{self.projector}.{self.report}"
        if self.projector:
            return self.for_projector
        return self.for_report if self.report else ""

    @property
    def for_projector(self) -> str:
        """What stands after the ``#`` of the link to the room's screen."""
        return f"{PROJECTOR}={self.projector}"

    @property
    def for_report(self) -> str:
        """What stands after the ``#`` of the link to the report."""
        return f"{REPORT}={self.report}"

    def holds(self, other: "ClassKeys") -> bool:
        """Tell whether these keys open all that the other ones open."""
        return all(
            theirs in ("", ours)
            for ours, theirs in (
                (self.console, other.console),
                (self.projector, other.projector),
                (self.report, other.report),
            )
        )


def read_keys(text: str) -> ClassKeys | None:
    """Read what stands after the ``#`` of a link, or a whole link.

    Args:
        text: as a browser or a person gives it.

    Returns:
        The keys, or None where there are none of ours.
    """
    name, found, value = text.strip().rpartition("#")[2].partition("=")
    parts = value.split(".")
    if not found or not parts[0]:
        return None
    if name == CONSOLE and len(parts) == 3:
        return ClassKeys(console=parts[0], projector=parts[1], report=parts[2])
    if name == PROJECTOR and len(parts) == 1:
        return ClassKeys(projector=parts[0])
    if name == REPORT and len(parts) == 1:
        return ClassKeys(report=parts[0])
    return None
