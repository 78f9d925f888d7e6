"""Links of a class: its keys in the URL fragment of the educator's pages.

A browser never sends the fragment, the part after ``#``, to a server, so no access log and no
referrer contains a key. The page reads it in the browser. The console's link carries all three
keys, so that its holder can open the projector's screen and the report again after a reload.
"""

from typing import Final

from explorer.domain.base import Frozen

CONSOLE: Final = "console"
PROJECTOR: Final = "projector"
REPORT: Final = "report"


class ClassKeys(Frozen):
    """The keys that a browser tab holds; an empty string for each one that it has not."""

    console: str = ""
    projector: str = ""
    report: str = ""

    @property
    def fragment(self) -> str:
        """URL fragment, without ``#``, that carries all of these keys; empty without any."""
        if self.console:
            return f"{CONSOLE}={self.console}.{self.projector}.{self.report}"
        if self.projector:
            return self.for_projector
        return self.for_report if self.report else ""

    @property
    def for_projector(self) -> str:
        """URL fragment of the link to the projector's screen."""
        return f"{PROJECTOR}={self.projector}"

    @property
    def for_report(self) -> str:
        """URL fragment of the link to the report."""
        return f"{REPORT}={self.report}"

    def holds(self, other: "ClassKeys") -> bool:
        """Return whether these keys include all of the other ones."""
        return all(
            theirs in ("", ours)
            for ours, theirs in (
                (self.console, other.console),
                (self.projector, other.projector),
                (self.report, other.report),
            )
        )


def read_keys(text: str) -> ClassKeys | None:
    """Parse a URL fragment or a whole link.

    Args:
        text: as sent by a browser or typed by a person.

    Returns:
        The keys, or None where the text is not a link of ours.
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
