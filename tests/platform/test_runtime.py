"""One reading of the data folder: what was checked at the start is what everybody is served."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from explorer import paths, runtime
from explorer.content import check as content_check
from explorer.content.findings import ContentError
from explorer.domain.comparison import compare
from explorer.export import comparison_csv
from explorer.runtime import Runtime
from explorer.settings import load_settings
from explorer.web.join import join_routes
from explorer.web.readiness import readiness_route
from tests.builders import TODAY, edit, small_folder

pytestmark = pytest.mark.slow

APP = paths.PACKAGE / "app.py"
OLD = "Compare options"
NEW = "Anakinra is the best choice"


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Copy the small folder, with a version of its own: no cache of another test knows it."""
    made = small_folder(tmp_path)
    with (made / "README.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{request.node.name}\n")
    return made


@pytest.fixture
def started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """Start on the folder, as a server does, and put the runtime in force."""
    made = runtime.make(load_settings(data=str(folder), database="memory"))
    monkeypatch.setattr(runtime, "_current", made)
    return made


def words(folder: Path) -> Path:
    return folder / "words.toml"


def replaced_by_a_link(folder: Path) -> None:
    other = folder.parent / "other.toml"
    other.write_text(words(folder).read_text("utf-8").replace(OLD, NEW), encoding="utf-8")
    words(folder).unlink()
    words(folder).symlink_to(other)


def swapped(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "second")
    edit(folder.parent / "second", "words.toml", OLD, NEW)
    folder.rename(folder.parent / "first")
    (folder.parent / "second").rename(folder)


def replaced_by_a_pipe(folder: Path) -> None:
    words(folder).unlink()
    os.mkfifo(words(folder))


CHANGES: dict[str, Callable[[Path], object]] = {
    "changed": lambda folder: edit(folder, "words.toml", OLD, NEW),
    "a fact changed": lambda folder: edit(folder, "medicines/alpha.toml", "AL-fa", "BEST"),
    "a text deleted": lambda folder: edit(folder, "words.toml", f'title = "{OLD}"\n', ""),
    "truncated": lambda folder: words(folder).write_bytes(words(folder).read_bytes()[:900]),
    "emptied": lambda folder: words(folder).write_bytes(b""),
    "no text": lambda folder: words(folder).write_bytes(b"\xff\xfe\0"),
    "deleted": lambda folder: words(folder).unlink(),
    "not to be read": lambda folder: words(folder).chmod(0),
    "folder not to be read": lambda folder: folder.chmod(0),
    "a link": replaced_by_a_link,
    "a link to nowhere": lambda folder: (
        words(folder).unlink(),
        words(folder).symlink_to("nowhere"),
    ),
    "a pipe": replaced_by_a_pipe,
    "a folder": lambda folder: (words(folder).unlink(), words(folder).mkdir()),
    "a new medicine": lambda folder: shutil.copy(
        folder / "medicines/alpha.toml", folder / "medicines/gamma.toml"
    ),
    "a stray file": lambda folder: (folder / "stray.toml").write_text("a = 1", encoding="utf-8"),
    "all deleted": shutil.rmtree,
    "another folder in its place": swapped,
}


def opened(page: str, *, chosen: bool = True) -> str:
    """Draw a page, by default of a choice, and return all that it shows."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    if chosen:
        app.query_params["c"] = "ra"
        app.query_params["m"] = "alpha,beta"
    app.run()
    if page != "home":
        app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception, page
    shown = [str(item.value) for item in app.main if hasattr(item, "value")]
    shown += [str(item.proto.body) for item in app.get("html")]
    return "\n".join([*shown, *(item.value for item in app.title)])


@pytest.fixture
def phone(started: Runtime) -> Iterator[TestClient]:
    """Open the routes of a server on the runtime."""
    app = Starlette(
        routes=[
            readiness_route(started.content.version),
            *join_routes(
                lambda: started.content.catalogue,
                lambda: started.classes,
                days=started.settings.class_days,
            ),
        ]
    )
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_was_checked_is_served_whatever_becomes_of_the_folder(
    folder: Path, started: Runtime, phone: TestClient, change: Callable[[Path], object]
) -> None:
    """Pages, phones, readiness and files are those of the start, and of one version."""
    version = started.content.version
    change(folder)
    try:
        drawn = opened("compare", chosen=False)
        assert OLD in drawn
        assert NEW not in drawn
        assert f"Content version {version}" in drawn
        assert "BEST" not in opened("medicine")
        assert phone.get("/readyz").json() == {"status": "ready", "content_version": version}
        assert phone.get("/join").status_code == 200
        catalogue = runtime.current().content.catalogue
        made = comparison_csv.write(
            compare(catalogue, "ra", ("alpha", "beta")), catalogue, version
        ).decode()
        assert version in made
        assert "BEST" not in made
        assert runtime.current() is started
    finally:
        if folder.exists():
            folder.chmod(0o755)


@pytest.mark.parametrize("change", list(CHANGES)[:7])
def test_a_change_while_it_is_checked_is_not_served(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """What is checked is what was read: the folder changes between the two."""
    whole = content_check.gate
    changed: list[str] = []

    def late(*given: Any, **named: Any) -> Any:
        CHANGES[change](folder)
        changed.append(change)
        return whole(*given, **named)

    before = runtime.read_checked(folder, TODAY)
    monkeypatch.setattr(content_check, "gate", late)
    content = runtime.read_checked(folder, TODAY)
    assert changed == [change]
    assert content == before
    assert content.catalogue.words("compare.title") == OLD


_watched: list[str] = []
_folder: list[str] = []


def _audit(event: str, given: tuple[Any, ...]) -> None:
    if _folder and event == "open" and str(given[0]).startswith(_folder[0]):
        _watched.append(str(given[0]))


sys.addaudithook(_audit)


@pytest.fixture
def reads(folder: Path) -> Iterator[list[str]]:
    """List every file of the folder that this process opens, as often as it does."""
    _watched.clear()
    _folder[:] = [str(folder)]
    yield _watched
    _folder.clear()


def test_each_file_is_read_once_in_the_life_of_a_process(
    folder: Path,
    reads: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At the start, and never by a page."""
    made = runtime.make(load_settings(data=str(folder), database="memory"))
    monkeypatch.setattr(runtime, "_current", made)
    assert len(reads) == len(set(reads)) > 15
    reads.clear()
    for page in ("home", "compare", "visit", "medicine", "sources", "about", "teach", "results"):
        opened(page)
    assert reads == []


def test_the_environment_is_read_once(started: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that changes after the start changes nothing."""
    from explorer.ui import resources

    monkeypatch.setenv("EXPLORER_DATA", "/nowhere")
    monkeypatch.setenv("EXPLORER_PASS_MARK", "55")
    assert resources.settings().pass_mark == 80
    assert resources.content() is started.content
    assert resources.classes() is started.classes


def test_content_with_an_error_makes_no_runtime(folder: Path) -> None:
    """The error of a rule, not only of the model, is refused with its line."""
    edit(folder, "words.toml", f'title = "{OLD}"\n', "")
    with pytest.raises(ContentError, match=r"words\.compare\.title: error: this text is missing"):
        runtime.make(load_settings(data=str(folder), database="memory"))


def test_a_start_refused_for_its_content_leaves_the_database_alone(
    folder: Path, tmp_path: Path
) -> None:
    """A newer program with broken content must not upgrade what the older one still uses."""
    edit(folder, "medicines/alpha.toml", 'source = "label-one"', 'source = "no-such-source"')
    kept = tmp_path / "classes.sqlite3"
    with pytest.raises(ContentError):
        runtime.make(load_settings(data=str(folder), database=f"sqlite:///{kept}"))
    assert not kept.exists()


def test_the_first_callers_wait_for_one_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty threads that ask at once get the same object."""
    from concurrent.futures import ThreadPoolExecutor

    monkeypatch.setattr(runtime, "_current", None)
    monkeypatch.setenv("EXPLORER_DATA", str(folder))
    monkeypatch.setenv("EXPLORER_DATABASE", "memory")
    with ThreadPoolExecutor(max_workers=20) as threads:
        found = list(threads.map(lambda _: runtime.current(), range(20)))
    assert len({id(item) for item in found}) == 1


def test_a_running_server_keeps_what_it_checked(start_server: Any, folder: Path) -> None:
    """The real command: the folder is changed and then deleted, and readiness stays the same."""
    command = [
        sys.executable, "-m", "explorer.cli", "run", "--port", "{port}", "--data", str(folder)
    ]  # fmt: skip
    version = runtime.read_checked(folder).version
    with start_server(command, folder=folder.parent) as base:
        for change in ("changed", "truncated", "all deleted"):
            CHANGES[change](folder)
            with urllib.request.urlopen(f"{base}/readyz") as answer:
                assert json.load(answer)["content_version"] == version
            with urllib.request.urlopen(f"{base}/join") as answer:
                assert answer.status == 200


def test_a_runtime_cannot_be_changed(started: Runtime) -> None:
    """It is made whole; another one is another object."""
    with pytest.raises(AttributeError):
        started.content = replace(started).content  # type: ignore[misc]


LOADED = """
import sys
from explorer import asgi
late = {"icalendar", "numpy", "pandas", "pyarrow", "segno", "textstat", "typst", "xlsxwriter"}
late |= {"explorer.content.rules"}
print(sorted(late & sys.modules.keys()), asgi.app._on_script_error.__module__)
"""


def test_a_start_loads_no_more_than_it_needs(environment: dict[str, str]) -> None:
    """What makes files is loaded by the first file, the rules by content without a stamp."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=environment,
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout == "[] explorer.ui.failure\n", done.stderr
