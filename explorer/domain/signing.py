"""From the records of reviews to what stands signed today, and what pages say of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from explorer.domain.answer_words import join
from explorer.domain.base import Frozen
from explorer.domain.catalogue import Catalogue
from explorer.domain.facts import Item
from explorer.domain.messages import Words
from explorer.domain.refs import RefKind
from explorer.domain.review_lines import by_address, hash_of, part_of
from explorer.domain.sign_off import EVERYTHING, SignedCount, SignedLine, SignOff
from explorer.domain.signatures import MarkedLine, ReviewMark, ReviewRecord


class OpenMark(Frozen):
    """A mark of a text that still stands as it was read."""

    record: ReviewRecord
    line: MarkedLine


def standing(catalogue: Catalogue) -> dict[str, OpenMark]:
    """Return by address the mark that counts: of clinicians, of the present text, the latest one.

    Of two marks of one day the graver counts.

    Args:
        catalogue: the content.
    """
    return _standing(catalogue, by_address(catalogue)) if catalogue.reviews else {}


def _standing(catalogue: Catalogue, found: dict[str, list[Item]]) -> dict[str, OpenMark]:
    hashes = {ref: hash_of(found[ref]) for ref in _marked(catalogue) if ref in found}
    order = list(ReviewMark)
    best: dict[str, OpenMark] = {}
    for record in catalogue.reviews:
        for line in record.lines if record.role.is_clinician else ():
            if hashes.get(line.ref) != line.hash:
                continue
            now = best.get(line.ref)
            if now is None or (record.on, order.index(line.mark)) >= (
                now.record.on,
                order.index(now.line.mark),
            ):
                best[line.ref] = OpenMark(record=record, line=line)
    return best


def _marked(catalogue: Catalogue) -> set[str]:
    return {line.ref for record in catalogue.reviews for line in record.lines}


def sign_off_of(catalogue: Catalogue) -> SignOff:
    """Return what stands signed.

    Args:
        catalogue: the content with its reviews.
    """
    if not catalogue.reviews:
        return SignOff()
    found = by_address(catalogue)
    signed = tuple(
        SignedLine(ref=ref, role=mark.record.role, on=mark.record.on)
        for ref, mark in _standing(catalogue, found).items()
        if mark.line.mark is ReviewMark.RIGHT
    )
    lines = Counter(part for ref in found for part in _parts(ref))
    done = Counter(part for line in signed for part in _parts(line.ref))
    counts = tuple(
        SignedCount(id=part, signed=done[part], lines=number) for part, number in lines.items()
    )
    return SignOff(signed=signed, counts=counts)


def _parts(ref: str) -> Iterator[str]:
    part = part_of(ref)
    flags = ref.rpartition("/")[0] if f"/{RefKind.FLAG}/" in ref else part  # told by their count
    yield from dict.fromkeys((EVERYTHING, part.partition("/")[0], part, flags))


def with_sign_off(catalogue: Catalogue) -> Catalogue:
    """Return the content with what stands signed, and with a status line that says so.

    Args:
        catalogue: the content as it was read.
    """
    sign_off = sign_off_of(catalogue)
    count = sign_off.count(EVERYTHING)
    if count is None:
        return catalogue
    return catalogue.evolve(
        sign_off=sign_off, words=catalogue.words.told_by(_status(catalogue, sign_off, count))
    )


def _status(catalogue: Catalogue, sign_off: SignOff, count: SignedCount) -> dict[str, str]:
    """Word the status lines of all pages and files, which name the roles and the count."""
    words = catalogue.words
    who = roles_in_words(sign_off, words)
    first = f"{who[0].upper()}{who[1:]}"
    done, lines = count.signed, count.lines
    outside = "" if catalogue.review.outside_review else words("frame.status-no-outside")
    status = [
        words("frame.status-signed", who=first, n=done, all=lines),
        "" if done == lines else words("frame.status-rest"),
        outside,
    ]
    day = "{day}"  # filled in later, by whoever shows the line
    return {
        "frame.status": " ".join(filter(None, status)),
        "frame.short-status": words("frame.short-status-signed", n=done, all=lines, day=day),
        "about.status-text": words(
            "about.status-signed", who=who, n=done, all=lines, outside=outside
        ),
    }


def roles_in_words(sign_off: SignOff, words: Words) -> str:
    """Return who signed, by role: "a nurse and a pharmacist".

    Args:
        sign_off: what stands signed.
        words: interface words.
    """
    return join([words(f"sign-off.a-{role}") for role in sign_off.roles], words)


def open_marks(catalogue: Catalogue) -> Iterator[OpenMark]:
    """Yield the marks "wrong" and "unclear" of texts that still stand as they were read.

    Args:
        catalogue: the content.
    """
    kept: defaultdict[ReviewMark, list[OpenMark]] = defaultdict(list)
    for mark in standing(catalogue).values():
        kept[mark.line.mark].append(mark)
    yield from kept[ReviewMark.WRONG]
    yield from kept[ReviewMark.UNCLEAR]


def marks_of_other_texts(catalogue: Catalogue) -> int:
    """Count the marks of clinicians that hold no longer, since the text reads otherwise now.

    Args:
        catalogue: the content.
    """
    found = by_address(catalogue) if catalogue.reviews else {}
    hashes = {ref: hash_of(found[ref]) for ref in _marked(catalogue) if ref in found}
    return sum(
        hashes.get(line.ref) != line.hash
        for record in catalogue.reviews
        if record.role.is_clinician
        for line in record.lines
    )
