"""The reading edition as static files: every link leads to a file, and nothing is asked elsewhere."""

import re
from functools import lru_cache
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath

import pytest

from explorer.export.reading import Edition
from explorer.export.reading.layout import STYLESHEET
from explorer.export.reading.site import MARKER, files
from explorer.files import OutputError, write_folder
from tests.shipped import shipped

ADDRESS = "https://read.test/kin"


@lru_cache(maxsize=1)
def site() -> dict[str, str]:
    """Return the whole edition, by the path of each file."""
    catalogue = shipped().catalogue
    edition = Edition(catalogue, lambda: "<p>About.</p>")
    return {name: content.decode() for name, content in files(edition, catalogue, "v1", ADDRESS)}


@pytest.mark.slow
def test_every_link_leads_to_a_file() -> None:
    """From every page, relative to its own folder; none needs a server."""
    broken = set()
    for name, text in site().items():
        if not name.endswith(".html"):
            continue
        folder = PurePosixPath(name).parent
        for href in set(re.findall(r'\s(?:href|action)="([^"]*)"', text)):
            address = unescape(href).partition("#")[0]
            if address and not re.match(r"(https?|tel|mailto|data):", address):
                path = normpath(str(folder / address))
                if path not in site():
                    broken.add((name, href))
    assert broken == set()


@pytest.mark.slow
def test_nothing_is_asked_elsewhere() -> None:
    """No script, picture, frame or sheet of another host, on any page."""
    for name, text in site().items():
        assert not re.search(r'<(?:script|iframe)|src="(?!data:)', text), name
        assert "<form" not in text, name


@pytest.mark.slow
def test_the_sitemap_lists_every_page() -> None:
    """Under the address that was given."""
    pages = [name.removesuffix("index.html") for name in site() if name.endswith("index.html")]
    located = re.findall(r"<loc>([^<]*)</loc>", site()["sitemap.xml"])
    assert sorted(located) == sorted(f"{ADDRESS}/{page}" for page in pages)


@pytest.mark.slow
def test_each_pair_of_options_has_a_page() -> None:
    """Where a form would need a server, a list of pairs leads on."""
    page = site()["compare/pericarditis/index.html"]
    assert 'href="../../compare/pericarditis/anakinra+rilonacept/index.html"' in page
    assert "compare/pericarditis/anakinra+rilonacept/index.html" in site()


def test_the_same_content_gives_the_same_bytes() -> None:
    """The first pages, made twice."""
    catalogue = shipped().catalogue
    made = []
    for _ in range(2):
        each = files(Edition(catalogue, lambda: ""), catalogue, "v1")
        made.append([next(each) for _ in range(4)])
    assert made[0] == made[1]
    assert [name for name, _ in made[0]][:3] == [MARKER, STYLESHEET, "index.html"]


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    """What is not ours is refused; ours is replaced whole, with nothing old left in it."""
    target = tmp_path / "site"
    target.mkdir()
    (target / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="not ours"):
        write_folder(str(target), [("a.html", b"a")], marker=MARKER)
    assert (target / "thesis.txt").read_text() == "mine"
    ours = tmp_path / "ours"
    assert write_folder(str(ours), [(MARKER, b"v1"), ("b/c.html", b"c")], marker=MARKER) == (2, 3)
    write_folder(str(ours), [(MARKER, b"v2")], marker=MARKER)
    assert [path.name for path in ours.iterdir()] == [MARKER]


def test_a_half_written_folder_is_never_left(tmp_path: Path) -> None:
    """Where making a page fails, what stood there stands, and nothing is left beside it."""
    ours = tmp_path / "ours"
    write_folder(str(ours), [(MARKER, b"v1")], marker=MARKER)

    def failing() -> object:
        yield MARKER, b"v2"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        write_folder(str(ours), failing(), marker=MARKER)  # type: ignore[arg-type]
    assert (ours / MARKER).read_bytes() == b"v1"
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]
