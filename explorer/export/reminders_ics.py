"""Reminders to come back to what was missed, as a calendar file.

The days are those of a spaced-review plan of "good" answers (FSRS: 2, 11 and 46 days).
"""

from datetime import datetime, timedelta

from explorer.domain.messages import Words

DAYS = (2, 11, 46)
"""Days after the quiz."""


def write(ended: datetime, topics: tuple[str, ...], words: Words) -> bytes:
    """Write three all-day reminders.

    Args:
        ended: end of the quiz, with its zone.
        topics: titles of what to look at again.
        words: interface words.

    Returns:
        An iCalendar file (RFC 5545); the same for the same input.

    Raises:
        ValueError: the time has no zone.
    """
    if ended.tzinfo is None:
        raise ValueError("the end of a quiz needs its time zone")
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Anakinra Explorer//EN")
    calendar.add("version", "2.0")
    for days in DAYS:
        event = Event()
        event.add("uid", f"{ended:%Y%m%dT%H%M%S}-{days}@anakinra-explorer")
        event.add("dtstamp", ended)
        event.add("dtstart", (ended + timedelta(days=days)).date())
        event.add("summary", words("quiz.remind-summary"))
        event.add("description", words("quiz.remind-topics", topics="; ".join(topics)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
