"""The menu lists the pages that are there."""

from explorer import paths
from explorer.content.load import Content
from explorer.ui import navigation


def test_every_page_is_in_the_menu_once() -> None:
    """Each script of ``pages`` has its place, and no name stands in both lists."""
    listed = [*navigation.INLINE, *navigation.MORE]
    assert len(listed) == len(set(listed))
    assert {path.stem for path in paths.PAGES.glob("*.py")} <= set(listed)


def test_every_name_has_a_label(content: Content) -> None:
    """The menu's words are there also for pages that are still to come."""
    for name in (*navigation.INLINE, *navigation.MORE, "more"):
        assert content.catalogue.words(f"nav.{name}")
