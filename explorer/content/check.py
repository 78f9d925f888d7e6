"""Check a whole data folder: can it be read, does it fit the model, does it obey the rules."""

from datetime import date
from pathlib import Path

from explorer.content.context import Context
from explorer.content.findings import ContentError, Finding, Report
from explorer.content.load import Folder, build, read_folder
from explorer.content.rule import Stage, run
from explorer.content.rules import RULES as RULES
from explorer.domain.catalogue import Catalogue


def check_folder(
    path: Path, today: date, *, measure: bool = True, stage: Stage | None = None
) -> Report:
    """Check a data folder.

    Args:
        path: the folder.
        today: the day for which overdue reviews are reported.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.
        stage: apply only the rules of this stage; all where it is None.

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
    return check(folder, catalogue, today, measure=measure, stage=stage)


def check(
    folder: Folder,
    catalogue: Catalogue,
    today: date,
    *,
    measure: bool = True,
    stage: Stage | None = None,
) -> Report:
    """Check content that was read and fits the model, so that what is checked can be served.

    Args:
        folder: the folder as it was read.
        catalogue: what was built from it.
        today: the day for which overdue reviews are reported.
        measure: apply the rules that measure reading grades, which needs the extra ``check``.
        stage: apply only the rules of this stage, such as ``Stage.GATE`` at a start.

    Raises:
        readability.NotInstalled: grades are to be measured and the tool is not there.
    """
    context = Context(catalogue=catalogue, folder=folder, today=today)
    return Report(findings=_sorted(run(context, stage=stage, measure=measure)))


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda item: (item.file, item.key, item.reason)))
