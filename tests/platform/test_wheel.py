"""The wheel holds everything and runs from a folder that knows nothing of the checkout."""

import json
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from explorer import paths

pytestmark = pytest.mark.server

WITHOUT_CHECKOUT = """
import json
from explorer import paths, server
from explorer.settings import load_settings
print(json.dumps([str(paths.CONFIG), str(paths.DATA), server.streamlit_flags(load_settings())]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder],
        cwd=paths.ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel beside the dependencies of this environment, without the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", wheel],
        check=True,
    )
    (site,) = (folder / "lib").glob("python*/site-packages")
    # A line in a .pth file adds the folder alone: the editable install in it is not followed.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


def test_the_wheel_holds_what_lies_outside_the_package(wheel: Path) -> None:
    """Pages, data and options are in the wheel, under the package."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        "explorer/.streamlit/config.toml",
        "explorer/_bundled/data/sources.toml",
        "explorer/app.py",
        "explorer/py.typed",
    } <= names
    pages = {path.name for path in paths.PAGES.glob("*.py")}
    assert {name for name in pages if f"explorer/_bundled/pages/{name}" not in names} == set()
    data = {path.relative_to(paths.DATA).as_posix() for path in paths.DATA.rglob("*.toml")}
    assert {name for name in data if f"explorer/_bundled/data/{name}" not in names} == set()
    package = {
        path.relative_to(paths.ROOT).as_posix()
        for path in paths.PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package - names == set()


def test_the_installed_wheel_uses_its_own_files(
    installed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Once installed, data and options are read from the package, with every option as a flag."""
    done = subprocess.run(
        [installed / "bin" / "python", "-c", WITHOUT_CHECKOUT],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    config, data, flags = json.loads(done.stdout)
    assert Path(config).is_relative_to(installed)
    assert Path(data).is_relative_to(installed)
    assert "--runner.postScriptGC=false" in flags
    assert "--theme.baseFontSize=18" in flags


def test_the_installed_wheel_runs_from_another_folder(
    installed: Path,
    tmp_path: Path,
    start_server: Callable[..., AbstractContextManager[str]],
) -> None:
    """The installed command serves the app, its headers and its readiness from any folder."""
    command = [str(installed / "bin" / "anakinra-explorer"), "--port", "{port}"]
    with start_server(command, folder=tmp_path) as base:
        with urllib.request.urlopen(f"{base}/readyz") as answer:
            assert json.load(answer)["status"] == "ready"
            assert answer.headers["X-Frame-Options"] == "DENY"
        with urllib.request.urlopen(f"{base}/") as answer:
            assert answer.status == 200
