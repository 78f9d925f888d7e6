"""The reading edition as static files: every link leads to a file, and nothing is asked elsewhere."""

import getpass
import io
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath

import pytest

from explorer.export.pages_html import MEGABYTES
from explorer.export.reading import Edition
from explorer.export.reading.layout import SCRIPT, STYLESHEET
from explorer.export.reading.model import Target
from explorer.export.reading.offline import archive
from explorer.export.reading.site import MARKER, files
from explorer.files import OutputError, write_folder
from tests.edition import ShippedEdition
from tests.servers import Server
from tests.shipped import shipped

ADDRESS = "https://read.test/kin"


class FewerPairs(ShippedEdition):
    """The edition with the pairs of each condition's first option: each option is in one of them.

    All 189 pairs take twenty seconds to render, by one template from the same rows.
    """

    def targets(self) -> Iterator[Target]:
        first: dict[str, str] = {}
        for target in super().targets():
            if not target.options or target.options[0] == first.setdefault(
                target.path, target.options[0]
            ):
                yield target


@lru_cache(maxsize=1)
def site() -> dict[str, str]:
    """Return the edition, by the path of each file."""
    return {
        name: content.decode(errors="replace")
        for name, content in files(FewerPairs(), shipped().catalogue, "v1", ADDRESS)
    }


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
    """No script but ours, and no picture, frame or sheet of another host; Moodle's file brings its own."""
    for name, text in site().items():
        without_ours = re.sub(r'<script src="(?:\.\./)*reading\.js"></script>', "", text)
        assert not re.search(r'<(?:script|iframe)|src="(?!data:|@@PLUGINFILE@@)', without_ours), (
            name
        )
        assert "<form" not in text, name


@pytest.mark.slow
def test_the_copy_to_take_along_is_whole() -> None:
    """Every link leads to a file in it, its size is the one that is said, its bytes the same."""
    made = archive(ShippedEdition(), shipped().catalogue, "v1")
    assert abs(len(made) / 1e6 - MEGABYTES) < 0.5
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = set(packed.namelist())
        assert {item.date_time for item in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names:
            text = packed.read(name).decode() if name.endswith(".html") else ""
            for href in set(re.findall(r'\s(?:href|src)="([^"]*)"', text)):
                address = unescape(href).partition("#")[0]
                if address and not re.match(r"(https?|tel|mailto|data):", address):
                    assert normpath(str(PurePosixPath(name).parent / address)) in names, (
                        name,
                        href,
                    )


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


ALONE = f"daemon off; user {getpass.getuser()};"
"""In the foreground; where nginx starts as root its workers would be somebody else, who cannot read."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve the edition by another web server under a path: nginx, or Python's own."""
    root = tmp_path / "www"
    for name, text in site().items():
        (root / "ward" / "kin" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "ward" / "kin" / name).write_text(text, encoding="utf-8")
    (root / "_stcore").mkdir()
    (root / "_stcore" / "health").write_text("ok")
    nginx = shutil.which("nginx")
    command = [sys.executable, "-m", "http.server", "{port}", "-d", str(root)]
    if nginx is not None:
        command = [nginx, "-c", str(tmp_path / "conf"), "-p", str(tmp_path), "-g", ALONE]
    server = Server(command, folder=tmp_path, log=tmp_path / "log")
    (tmp_path / "conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off;"
        f"types {{ text/html html; text/css css; text/javascript js; }}"
        f"server {{ listen 127.0.0.1:{server.port}; root {root}; }} }}"
    )
    try:
        server.start()
        yield f"{server.base}/ward/kin/index.html"
    finally:
        server.close()


@pytest.mark.slow
@pytest.mark.server
def test_another_web_server_serves_it_whole(served: str) -> None:
    """Every link from the first page is followed, with its place on the page; none is broken."""
    waiting, pages, broken = [served], {}, []
    while waiting:
        address = waiting.pop()
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                pages[address] = answer.read().decode()
        except urllib.error.HTTPError as error:
            broken.append((address, error.code))
            pages[address] = ""
        if not address.endswith(".html"):
            continue
        for href in set(re.findall(r'\s(?:href|src)="([^"]*)"', pages[address])):
            to = urllib.parse.urljoin(address, unescape(href)).partition("#")[0]
            if to.startswith("http://127.0.0.1") and to not in pages and to not in waiting:
                waiting.append(to)
    for address, text in pages.items():
        for href in set(re.findall(r'\shref="([^"]*#[^"]*)"', text)):
            to, _, place = urllib.parse.urljoin(address, unescape(href)).partition("#")
            if to in pages and f'id="{escape(place)}"' not in pages[to]:
                broken.append((address, href))
    assert broken == []
    start = served.removesuffix("index.html")
    unlinked = {
        name for name in site() if name.endswith("index.html") and start + name not in pages
    }
    assert unlinked == set()


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.foreign
def test_a_text_browser_reads_the_glance_in_order(served: str) -> None:
    """Question, then what each option says, in the order of its columns."""
    address = served.replace("index.html", "compare/ra/anakinra+methotrexate/index.html")
    command = ["w3m", "-dump", "-cols", "80", "-T", "text/html", address]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    glance = text[text.index("At a glance") :]
    wanted = (
        "Anakinra",
        "Methotrexate",
        "taken?",
        "Shot under",
        "By mouth",
        "How often?",
        "Every day",
    )
    places = [glance.index(words) for words in wanted]
    assert places == sorted(places)


def test_the_same_content_gives_the_same_bytes() -> None:
    """The first pages, made twice."""
    catalogue = shipped().catalogue
    made = []
    for _ in range(2):
        each = files(Edition(catalogue, lambda: ""), catalogue, "v1")
        made.append([next(each) for _ in range(5)])
    assert made[0] == made[1]
    assert [name for name, _ in made[0]][:4] == [MARKER, STYLESHEET, SCRIPT, "index.html"]


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
