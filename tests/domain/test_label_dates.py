"""How new the labels are: dates in words, and one line for each medicine."""

import pytest

from explorer.content.load import Content
from explorer.domain.label_dates import date_in, label_lines
from explorer.export import pages_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in effect 11 May 2026, parts", (2026, 5)),
        ("boxed warning 3/2026; heading and first lines only", (2026, 3)),
        ("about 2012 to 2015, single sections (2, 5, 6)", (2015, 0)),
        ("Sept 2011", (2011, 9)),
        ("1 Nov 2021 and 16 Nov 2022", (2022, 11)),
        ("undated copies", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_latest_date_of_a_text_counts(text: str, expected: tuple[int, int]) -> None:
    """Names of months, figures and bare years are read; no date is no date."""
    assert date_in(text) == expected


def test_each_medicine_has_a_line_with_what_was_read_and_what_is_known(content: Content) -> None:
    """An older version than the one that was read is not named as the newest."""
    lines = label_lines(content.catalogue)
    assert [line.medicine for line in lines] == [item.id for item in content.catalogue.published]
    for line in lines:
        assert line.newest is not None
        if line.known:
            assert date_in(line.known) >= date_in(line.newest.revision_read)
    (anakinra,) = (line for line in lines if line.medicine == "anakinra")
    assert anakinra.newest is not None
    assert anakinra.newest.id == "anakinra-us-label-2025"
    assert anakinra.known.startswith("Oct 2025")


def test_the_table_says_in_words_where_nothing_newer_is_known(content: Content) -> None:
    """In the app and in the reading edition, which show the same table."""
    html = pages_html.labels(content.catalogue)
    assert html.count('<th scope="row">') == len(content.catalogue.published)
    assert "The newest that we read" in html
