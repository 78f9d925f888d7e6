"""What is wrong with the content, and where: one line a finding."""

import json
from enum import StrEnum
from typing import Final

from explorer.domain.base import Frozen

MOST_SHOWN: Final = 3
"""Most further places that a line names; JSON has all."""


class Level(StrEnum):
    """An error stops the app from starting; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Frozen):
    """One thing to mend."""

    file: str
    key: str
    level: Level
    rule: str
    reason: str
    places: tuple[str, ...] = ()
    """Further places with the same cause, ``FILE: KEY``; see ``Report.merged``."""

    def __str__(self) -> str:
        """Return the line that ``check`` prints."""
        line = f"{self.file}: {self.key}: {self.level}: {self.reason}"
        if not self.places:
            return line
        shown = ", ".join(self.places[:MOST_SHOWN])
        more = ", ..." if len(self.places) > MOST_SHOWN else ""
        return f"{line} ({len(self.places) + 1} places; also {shown}{more})"


class Report(Frozen):
    """All findings of one check, in the order of files and keys."""

    findings: tuple[Finding, ...]

    def merged(self) -> "Report":
        """Return the report with one finding for each cause.

        Findings of one rule that say the same have one cause. The first names the other places.
        """
        causes: dict[tuple[str, Level, str], list[Finding]] = {}
        for finding in self.findings:
            causes.setdefault((finding.rule, finding.level, finding.reason), []).append(finding)
        return Report(
            findings=tuple(
                first.evolve(places=tuple(f"{item.file}: {item.key}" for item in others))
                for first, *others in causes.values()
            )
        )

    @property
    def errors(self) -> int:
        """Number of errors."""
        return sum(finding.level is Level.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return sum(finding.level is Level.WARNING for finding in self.findings)

    def to_json(self) -> str:
        """Return the report as JSON in ASCII, so that no terminal carries out what it holds."""
        made = json.dumps(
            {
                "errors": self.errors,
                "warnings": self.warnings,
                "findings": [finding.model_dump(mode="json") for finding in self.findings],
            },
            indent=2,
        )
        return made.replace("\x7f", "\\u007f")


class ContentError(Exception):
    """Content that cannot be used; carries the findings that say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep the findings; the message is their lines."""
        self.findings = findings
        super().__init__("\n".join(str(finding) for finding in findings))
