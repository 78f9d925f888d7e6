"""The guide page under AppTest."""

import re

from streamlit.testing.v1 import AppTest

from explorer import paths
from explorer.content.load import Content

APP = paths.PACKAGE / "app.py"


def drawn() -> str:
    """Open the guide and give its HTML."""
    from explorer.ui import resources

    resources._content.clear()
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.switch_page("../pages/guide.py").run()
    assert not app.exception
    bodies = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(text for text in bodies if not text.startswith("<style"))


def test_every_statement_stands_there_with_its_anchor(content: Content) -> None:
    """Each statement of each section has a place that links can lead to."""
    ids = set(re.findall(r'id="([a-z0-9-]+)"', drawn()))
    for section in content.catalogue.sections:
        assert section.id in ids
        assert {statement.id for statement in section.statements} <= ids


def test_every_link_inside_leads_somewhere() -> None:
    """No link to a place in the page is dead, and no place has two owners."""
    html = drawn()
    ids = re.findall(r' id="([a-z0-9-]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([a-z0-9-]+)"', html)) <= set(ids)


def test_practice_and_gaps_are_told_apart() -> None:
    """Common practice is marked, and what we do not know has its own box."""
    html = drawn()
    assert "common practice, no source" in html
    assert "What we do not know" in html
