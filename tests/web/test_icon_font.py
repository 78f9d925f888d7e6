"""The icon font is the small one, and no icon of a page is missing from it."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from explorer import paths
from explorer.web.icon_font import ICONS, NAME, NAMED, IconFont
from tests import icon_font


def test_the_small_font_is_sent_for_its_version_and_no_other() -> None:
    """It is below 12 kB and kept for a year; a font of another name comes from Streamlit."""
    inner = Route("/{rest:path}", lambda _: PlainTextResponse("Streamlit's own"))
    with TestClient(Starlette(routes=[inner], middleware=[Middleware(IconFont)])) as client:
        answer = client.get(f"/static/media/{NAME}")
        assert answer.headers["content-type"] == "font/woff2"
        assert answer.content.startswith(b"wOF2")
        assert len(answer.content) < 12_000
        assert "immutable" in answer.headers["cache-control"]
        tag = {"If-None-Match": answer.headers["etag"]}
        assert client.get(f"/static/media/{NAME}", headers=tag).status_code == 304
        other = client.get("/static/media/MaterialSymbols-Rounded.other.woff2")
        assert other.text == "Streamlit's own"


def test_no_icon_is_missing() -> None:
    """Where this fails, Streamlit was updated, or a page of ours shows an icon of its own: run
    ``python -m tests.icon_font`` and take over what it prints."""
    assert icon_font.font().name == NAME
    assert icon_font.shown() <= ICONS
    for folder in (paths.PACKAGE / "ui", paths.PAGES):
        for path in folder.rglob("*.py"):
            assert set(NAMED.findall(path.read_text(encoding="utf-8"))) <= ICONS, path
