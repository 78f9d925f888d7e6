"""The menu lists the pages that are there."""

from explorer import paths
from explorer.content.load import Content
from explorer.ui import navigation


def test_every_page_is_in_the_menu_once() -> None:
    """Each script of ``pages`` has its place, and no name stands in two lists."""
    listed = [*navigation.INLINE, *navigation.MORE, *navigation.TEACHERS]
    assert len(listed) == len(set(listed))
    assert {path.stem for path in paths.PAGES.glob("*.py")} <= set(listed)


def test_every_name_has_a_label(content: Content) -> None:
    """The menu's words are there also for pages that are still to come."""
    for name in (*navigation.INLINE, *navigation.MORE, *navigation.TEACHERS, "more", "teachers"):
        assert content.catalogue.words(f"nav.{name}")


def test_pages_for_teachers_stand_under_their_own_heading(content: Content) -> None:
    """No patient finds "Teach" among the pages for patients."""
    assert not {"teach", "results"} & {*navigation.INLINE, *navigation.MORE}
    assert "teach" in navigation.TEACHERS


def test_the_menu_of_a_phone_has_a_word(content: Content) -> None:
    """An arrow alone says nothing."""
    assert 'content:"Menu"' in navigation.style(content.catalogue.words)
