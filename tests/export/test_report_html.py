"""The class report on screen."""

import re

from explorer.domain.messages import Words
from explorer.export import report_html, report_lines
from tests.export.test_report import made
from tests.shipped import shipped


def words() -> Words:
    return shipped().catalogue.words


def test_every_table_is_a_region_with_heads() -> None:
    """Each table stands in a named box that takes the focus, and each line has its head."""
    for table in report_lines.tables(made(), words()):
        drawn = report_html.table(table, words())
        assert 'role="region" tabindex="0" aria-label="' in drawn
        assert drawn.count('<th scope="row">') == len(table.rows)


def test_a_question_is_said_once_above_its_answers() -> None:
    """The answers to a question stand under it; every text is escaped."""
    drawn = report_html.table(report_lines.options(made(), words()), words())
    assert drawn.count("Before: What about q1?") == 1
    assert drawn.count("After: What about q2?") == 1
    assert re.findall(r">([^<]*)</th><td>", drawn)[1] == "=1+1"


def test_the_headline_gives_the_change_with_its_base() -> None:
    """Shares before and after, the change in points, and on how many people it rests."""
    first, second = report_html.headline(made(), words())
    assert first.startswith("Right before: 50%. Right after: 100%.")
    assert "50 points on 10 people" in first
    assert second.startswith("95% interval of the change: 20 to 80 points")
    overall = made().overall
    assert overall is not None
    alike = made().evolve(overall=overall.evolve(interval=None))
    assert report_html.headline(alike, words()) == (first,), "no dash where a figure would stand"


def test_a_small_group_gives_no_figure() -> None:
    """With four people the headline has no digit but the limit."""
    said = " ".join(report_html.headline(made(people=4), words()))
    assert re.findall(r"\d+", said) == ["5"]
