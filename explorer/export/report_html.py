"""A class report for the screen, from the same tables as its files."""

from itertools import groupby
from typing import Any

from explorer.domain.class_report import ClassReport
from explorer.domain.messages import Words
from explorer.export import environment as html
from explorer.export import report_lines

HEAD = {"changes": 0, "questions": 1, "reliability": 0, "later": 0, "sure": 1, "texts": 1}
"""Which column names the line of a table, from 0."""

GROUPED = {"options": 2}
"""How many columns at the start are said once for the lines that they have in common."""


def style() -> str:
    """Return the stylesheet of the report."""
    return html.style("report.css")


def facts(report: ClassReport, words: Words) -> str:
    """Show what the report is of."""
    return str(_module().facts(report_lines.facts(report, words)))


def table(shown: report_lines.Table, words: Words) -> str:
    """Show a table in a box of its own that can be scrolled, also by keyboard."""
    region = words("results.region", title=shown.title)
    wide = GROUPED.get(shown.id)
    if wide is None:
        return str(_module().table(shown, region, HEAD[shown.id]))
    groups = [
        (": ".join(title), [row[wide:] for row in rows])
        for title, rows in groupby(shown.rows, key=lambda row: row[:wide])
    ]
    return str(_module().grouped(shown, region, groups, wide))


def headline(report: ClassReport, words: Words) -> tuple[str, ...]:
    """Say in sentences what changed, or why there is nothing to say."""
    if not any(item.n for item in report.questions):
        return (words("results.none-yet"),)
    if report.hidden:
        return (words("results.few"),)
    overall = report.overall
    if overall is None:
        return (words("results.one-round"),)
    if overall.hidden:
        return (words("results.no-pairs"),)
    said = words(
        "results.changed",
        before=report_lines.percent(overall.before),
        after=report_lines.percent(overall.after),
        points=report_lines.number(overall.points, 0),
        pairs=overall.pairs,
    )
    if overall.interval is None:  # everybody changed alike: there is no spread to work one out
        return (said,)
    between = report_lines.between(overall.interval, words)
    return (said, words("results.interval", interval=between))


def _module() -> Any:
    return html.module("report.html.j2")
