"""The log of changes by what a change is about: a list of a thousand helps nobody."""

from dataclasses import dataclass

from explorer.domain.catalogue import Catalogue
from explorer.domain.refs import Ref
from explorer.domain.self_audit import Change

OF_THE_SITE = "site"
"""Id of the group of what belongs to no medicine, not to the guide and not to the quiz."""

_PARTS = ("guide", "quiz")


@dataclass(frozen=True)
class ChangeGroup:
    """The changes of one medicine, or of one part of the site.

    Attributes:
        id: id of the medicine or part.
        title: its name.
        changes: the newest first.
    """

    id: str
    title: str
    changes: tuple[Change, ...]


def change_groups(catalogue: Catalogue) -> tuple[ChangeGroup, ...]:
    """Return every change once, by medicine and part of the site; no group is empty."""
    words = catalogue.words
    titles = {medicine.id: medicine.heading for medicine in catalogue.published}
    titles |= {part: words(f"about.part-of-site-{part}") for part in _PARTS}
    titles[OF_THE_SITE] = words("about.part-of-site-all")
    found: dict[str, list[Change]] = {name: [] for name in titles}
    for change in catalogue.changes:
        first = Ref.parse(change.ref).parts[0]
        found[first if first in titles else OF_THE_SITE].append(change)
    return tuple(
        ChangeGroup(name, title, tuple(found[name]))
        for name, title in titles.items()
        if found[name]
    )
