"""Rules about reviews: no signature from nowhere, and no open mark that is forgotten."""

from collections import Counter
from collections.abc import Iterator, Sequence

from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.load import IMPORTANCE, SIGNATURES
from explorer.content.rule import Stage, rule
from explorer.domain.importance import FACT_KINDS
from explorer.domain.review_lines import is_address
from explorer.domain.sign_off import EVERYTHING
from explorer.domain.signatures import AHEAD, ReviewRecord
from explorer.domain.signing import open_marks


@rule("signature")
def records_are_what_a_sheet_can_say(context: Context) -> Iterator[Finding]:
    """A record names lines, each once, of a day that has come; a program signs without a name."""
    for record in context.catalogue.reviews:
        yield from _record(context, record, f"reviews.{record.id}")


def _record(context: Context, record: ReviewRecord, key: str) -> Iterator[Finding]:
    if record.on > context.today + AHEAD:
        reason = f"{record.on} has not come yet; write the day on which the texts were read"
        yield error("signature", SIGNATURES, f"{key}.on", reason)
    if record.name and not record.role.is_clinician:
        reason = "a program has no name; leave the name out, so that nobody takes it for a person"
        yield error("signature", SIGNATURES, f"{key}.name", reason)
    times = Counter(line.ref for line in record.lines)
    for ref, number in times.items():
        if not is_address(ref):
            reason = f"'{ref}' is no address of a line; it looks like medicine/row"
            yield error("signature", SIGNATURES, f"{key}.lines", reason)
        elif number > 1:
            reason = f"'{ref}' has {number} marks in one record; keep the one that is meant"
            yield error("signature", SIGNATURES, f"{key}.lines", reason)


@rule("sign-off")
def a_sign_off_rests_on_marks(context: Context) -> Iterator[Finding]:
    """Whoever is named as having signed off the content has signed at least one of its lines."""
    catalogue = context.catalogue
    if catalogue.review.clinician_sign_off and catalogue.sign_off.count(EVERYTHING) is None:
        reason = (
            "it says that a clinician signed off, and no line stands signed; read a filled sheet "
            "in with 'anakinra-explorer import review', or leave it empty"
        )
        yield error("sign-off", "review.toml", "clinician_sign_off", reason)


@rule("signature-open", level=Level.WARNING, stage=Stage.LINT)
def what_a_clinician_doubts_is_looked_at(context: Context) -> Iterator[Finding]:
    """A text that a clinician marked wrong or unclear, and that still stands, is on the list."""
    for mark in open_marks(context.catalogue):
        record, line = mark.record, mark.line
        why = f": {line.why}" if line.why else ", without a reason"
        reason = f"{line.ref} was marked {line.mark} on {record.on} ({record.role}){why}"
        yield warning("signature-open", SIGNATURES, f"reviews.{record.id}", reason)


@rule("importance")
def importance_names_what_there_is(context: Context) -> Iterator[Finding]:
    """Each line, section and topic that the order names exists, and stands in one list only."""
    catalogue = context.catalogue
    known = {
        "rows": {row.id for row in catalogue.rows},
        "sections": {section.id for section in catalogue.guide},
        "topics": {topic.id for topic in catalogue.bank.topics},
    }
    seen: dict[tuple[str, str], str] = {}
    for level in catalogue.importance:
        named = {
            "kinds": level.kinds,
            "rows": level.rows,
            "sections": level.sections,
            "topics": level.topics,
        }
        for sort, ids in named.items():
            for name in ids:
                key = f"{level.id}.{sort}"
                if name not in known.get(sort, {name}):
                    reason = f"there is no '{name}' among the {sort}; check its spelling"
                    yield error("importance", IMPORTANCE, key, reason)
                first = seen.setdefault((sort, name), level.id)
                if first != level.id or ids.count(name) > 1:
                    reason = f"'{name}' stands in '{first}' already; name it once"
                    yield error("importance", IMPORTANCE, key, reason)


@rule("importance-left", level=Level.WARNING, stage=Stage.LINT)
def importance_leaves_nothing_out(context: Context) -> Iterator[Finding]:
    """Where there is an order, it names each kind, line, section and topic: none comes last."""
    catalogue = context.catalogue
    levels = catalogue.importance
    if not levels:
        return
    there: dict[str, Sequence[str]] = {
        "kinds": FACT_KINDS,
        "rows": [row.id for row in catalogue.rows],
        "sections": [section.id for section in catalogue.guide],
        "topics": [topic.id for topic in catalogue.bank.topics],
    }
    for sort, ids in there.items():
        named = {name for level in levels for name in getattr(level, sort)}
        for name in ids:
            if name not in named:
                reason = f"'{name}' stands in no list, so it is read last; name it in one"
                yield warning("importance-left", IMPORTANCE, sort, reason)
