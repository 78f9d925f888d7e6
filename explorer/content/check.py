"""Check a whole data folder: can it be read, does it fit the model, does it obey the rules."""

from datetime import date
from pathlib import Path

from explorer.content.findings import ContentError, Finding, Report
from explorer.content.load import build, read_folder
from explorer.content.rules import RULES, Context


def check_folder(path: Path, today: date) -> Report:
    """Check a data folder.

    Args:
        path: the folder.
        today: the day for which overdue reviews are told.

    Returns:
        All findings, by file and key. Rules are applied only to content that can be read.
    """
    folder = read_folder(path)
    try:
        catalogue = build(folder)
    except ContentError as error:
        return Report(findings=_sorted(error.findings))
    context = Context(catalogue=catalogue, folder=folder, today=today)
    found = [finding for rule in RULES for finding in rule(context)]
    return Report(findings=_sorted(tuple(found)))


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda item: (item.file, item.key, item.reason)))
