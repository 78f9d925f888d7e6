"""The reminders, read back as a calendar."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from explorer.domain.messages import Words
from explorer.export import reminders_ics
from tests.builders import small_catalogue

ENDED = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
TOPICS = ("Storing; travelling, and more", "Warning signs")


@pytest.fixture
def words(tmp_path: Path) -> Words:
    return small_catalogue(tmp_path).words


def events(words: Words) -> list[Event]:
    made = reminders_ics.write(ENDED, TOPICS, words)
    return [item for item in Calendar.from_ical(made).walk() if item.name == "VEVENT"]


def test_three_whole_days_after_2_11_and_46_days(words: Words) -> None:
    """Each reminder lasts a day, counted from the reader's own date."""
    starts = [event["dtstart"] for event in events(words)]
    assert [start.dt for start in starts] == [
        date(2026, 11, 25),
        date(2026, 12, 4),
        date(2027, 1, 8),
    ]
    assert {start.params["VALUE"] for start in starts} == {"DATE"}


def test_each_says_what_to_look_at(words: Words) -> None:
    """The topics come back as written, commas and semicolons included."""
    for event in events(words):
        assert event["summary"] == "Anakinra quiz: look again"
        assert event["description"] == (
            "Look again at: Storing; travelling, and more; Warning signs"
        )


def test_each_has_its_own_id_and_the_file_its_frame(words: Words) -> None:
    """The file has what RFC 5545 asks of it, and no two events share an id."""
    made = reminders_ics.write(ENDED, TOPICS, words)
    calendar = Calendar.from_ical(made)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Anakinra Explorer//EN")
    assert len({event["uid"] for event in events(words)}) == 3
    assert all("dtstamp" in event for event in events(words))
    assert made.endswith(b"END:VCALENDAR\r\n")


def test_same_input_gives_same_bytes(words: Words) -> None:
    """Two calls give equal files, whatever the clock says."""
    first = reminders_ics.write(ENDED, TOPICS, words)
    assert first == reminders_ics.write(ENDED, TOPICS, words)


def test_a_time_without_a_zone_is_refused(words: Words) -> None:
    """A day can only be counted from a time that has its zone."""
    with pytest.raises(ValueError, match="zone"):
        reminders_ics.write(ENDED.replace(tzinfo=None), TOPICS, words)
