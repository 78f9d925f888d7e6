"""Rules that depend on the day of the check: time alone never stops the app."""

from collections.abc import Iterator
from datetime import timedelta

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.rule import Stage, registered, rule
from explorer.content.texts import medicine_file

YEAR_DAYS = 366

ZONES = timedelta(days=1)
"""The day of an editor in the east begins before that of the check, which is UTC's."""


@rule("overdue", level=Level.WARNING, stage=Stage.LINT)
def reviews_are_due(context: Context) -> Iterator[Finding]:
    """A review whose day has passed, or a fact older than a year, is reported."""
    review = context.catalogue.review
    if context.today > review.next_due:
        reason = f"the review was due on {review.next_due}"
        yield warning("overdue", "review.toml", "next_due", reason)
    for medicine in context.catalogue.medicines:
        age = (context.today - medicine.checked).days
        if age > YEAR_DAYS:
            reason = f"last checked {age} days ago"
            yield warning("overdue", medicine_file(medicine), "checked", reason)


@rule("not-come-yet", stage=Stage.LINT)
def the_contents_day_has_come(context: Context) -> Iterator[Finding]:
    """No page shows a day that has not come; all other days are held against this one.

    Only ``check`` says so: a server whose clock is wrong starts all the same.
    """
    day = context.catalogue.review.content_date
    if day > context.today + ZONES:
        reason = f"{day} has not come yet; write the day on which the content was last changed"
        yield error("not-come-yet", "review.toml", "content_date", reason)


@rule("exception", level=Level.WARNING, stage=Stage.LINT)
def exceptions_are_needed(context: Context) -> Iterator[Finding]:
    """An exception names a file that exists, and a rule that can be silenced."""
    known = {name for name, _ in context.folder.files}
    silenced = {rule_id for item in registered() if item.excepted for rule_id in item.ids}
    for item in context.catalogue.exceptions:
        if item.rule not in silenced:
            reason = f"no rule '{item.rule}' can be silenced; take the line out"
            yield warning("exception", "exceptions.toml", item.key, reason)
        if item.file not in known:
            reason = f"there is no file '{item.file}' that needs this exception"
            yield warning("exception", "exceptions.toml", item.key, reason)
