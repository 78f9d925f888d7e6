"""What pages and files say of who checked a fact: one place, and nothing where nobody did."""

from collections.abc import Iterator

from explorer.domain.catalogue import Catalogue
from explorer.domain.messages import Words
from explorer.domain.refs import GUIDE, OWN_PARTS, QUIZ, Ref
from explorer.domain.sign_off import SignedLine


def signed_in_words(signed: SignedLine | None, words: Words) -> str:
    """Return "Checked by a pharmacist, 2026-12.", or nothing where the text stands unsigned.

    Args:
        signed: the signature under the text.
        words: interface words.
    """
    if signed is None:
        return ""
    who = words(f"sign-off.a-{signed.role}")
    return words("sign-off.fact", who=who, month=f"{signed.on:%Y-%m}")


def checked_by(catalogue: Catalogue, ref: Ref | str) -> str:
    """Return who checked the fact at an address; nothing where nobody signed its present text.

    Args:
        catalogue: the content.
        ref: the address of the fact.
    """
    return signed_in_words(catalogue.sign_off.of(str(ref)), catalogue.words)


def lines_checked(catalogue: Catalogue, part: str) -> str:
    """Return "14 of 47 lines checked …", or nothing where no line of a part stands signed.

    Args:
        catalogue: the content.
        part: id of a medicine, ``guide``, ``quiz``, ``glossary`` or another part of the site, or
            such a part with what it is of: ``guide/<section>``, ``contacts/us/flags``.
    """
    count = catalogue.sign_off.count(part)
    if count is None:
        return ""
    return catalogue.words("sign-off.lines", n=count.signed, all=count.lines)


def signed_parts(catalogue: Catalogue) -> Iterator[tuple[str, int, int]]:
    """Yield each part of the site with how many of its lines stand signed, and of how many.

    Args:
        catalogue: the content.
    """
    titles = {medicine.id: medicine.heading for medicine in catalogue.published}
    titles |= {
        part: catalogue.words(f"about.part-of-site-{part}") for part in (GUIDE, QUIZ, *OWN_PARTS)
    }
    for count in catalogue.sign_off.counts:
        if count.id in titles:
            yield titles[count.id], count.signed, count.lines
