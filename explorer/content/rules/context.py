"""What a rule is given, and how it reports."""

from datetime import date

from explorer.content.findings import Finding, Level
from explorer.content.load import Folder
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue


class Context(Frozen):
    """The content under check, the folder it came from, and the day of the check."""

    catalogue: Catalogue
    folder: Folder
    today: date

    def excepted(self, rule: str, file: str, key: str) -> bool:
        """Tell whether the data grants this text an exception from a rule."""
        return any(
            (item.rule, item.file, item.key) == (rule, file, key)
            for item in self.catalogue.exceptions
        )


def error(rule: str, file: str, key: str, reason: str) -> Finding:
    """Make a finding that stops the app."""
    return Finding(file=file, key=key, level=Level.ERROR, rule=rule, reason=reason)


def warning(rule: str, file: str, key: str, reason: str) -> Finding:
    """Make a finding that is only told."""
    return Finding(file=file, key=key, level=Level.WARNING, rule=rule, reason=reason)
