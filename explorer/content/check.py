"""Check a whole data folder: can it be read, does it fit the model, does it obey the rules."""

from datetime import date
from pathlib import Path

from explorer.content.findings import ContentError, Finding, Report
from explorer.content.load import build, read_folder
from explorer.content.rules import MEASURED, RULES, Context


def check_folder(path: Path, today: date, *, measure: bool = True) -> Report:
    """Check a data folder.

    Args:
        path: the folder.
        today: the day for which overdue reviews are told.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.

    Returns:
        All findings, by file and key. Rules are applied only to content that can be read.

    Raises:
        readability.NotInstalled: grades are to be measured and the tool is not there.
    """
    folder = read_folder(path)
    try:
        catalogue = build(folder)
    except ContentError as error:
        return Report(findings=_sorted(error.findings))
    context = Context(catalogue=catalogue, folder=folder, today=today)
    rules = [rule for rule in RULES if measure or rule not in MEASURED]
    found = [finding for rule in rules for finding in rule(context)]
    return Report(findings=_sorted(tuple(found)))


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda item: (item.file, item.key, item.reason)))
