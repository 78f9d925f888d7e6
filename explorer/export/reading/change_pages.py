"""The pages on what has changed, in the reading edition: by medicine and part of the site."""

from explorer.domain.catalogue import Catalogue
from explorer.domain.change_log import ChangeGroup, change_groups
from explorer.export import pages_html
from explorer.export.reading.comparison_page import render
from explorer.export.reading.model import NoSuchPage, Onward, ReadingPage, Target

PATH = "changes"


def change_targets(catalogue: Catalogue) -> tuple[Target, ...]:
    """Return every page on changes."""
    return (Target(path=PATH), *(_target(group) for group in change_groups(catalogue)))


def changes_page(catalogue: Catalogue, name: str = "") -> ReadingPage:
    """Make the page that names the groups, or the one of a group.

    Args:
        catalogue: the content.
        name: id of the group; empty for the page that names them.

    Raises:
        NoSuchPage: there is no such group.
    """
    words = catalogue.words
    groups = change_groups(catalogue)
    offered = tuple(
        Onward(words("about.changes-of", title=group.title, n=len(group.changes)), _target(group))
        for group in groups
    )
    if not name:
        return ReadingPage(
            target=Target(path=PATH),
            title=words("about.changes"),
            description=words("about.changes-all-text"),
            body=render(catalogue, "listed", words("about.changes-all-text"), offered),
            app="about#about-changes",
            onward=Onward(words("read.about"), Target(path="about")),
        )
    group = next((item for item in groups if item.id == name), None)
    if group is None:
        raise NoSuchPage(f"{PATH}/{name}", offered)
    title = words("about.changes-in", title=group.title)
    return ReadingPage(
        target=_target(group),
        title=title,
        description=words("about.changes-text"),
        body=render(catalogue, "intro", words("about.changes-text"))
        + pages_html.changes(group.changes, catalogue),
        app="about#about-changes",
        onward=Onward(words("about.changes-more"), Target(path=PATH)),
    )


def _target(group: ChangeGroup) -> Target:
    return Target(path=f"{PATH}/{group.id}")
