"""The app on each Python that we name, and on the lowest versions of what it stands on.

Run ``make pythons`` or ``python -m tests.pythons [3.12] [lowest] [--start-only]``. For each, uv makes
an environment in ``build/pythons``, the command is started there on a port of its own and asked
whether it is ready, and the quick tests run. uv takes an interpreter of this machine, and downloads
one where it finds none and may; with pyenv, name them: ``PYENV_VERSION=3.11.7:3.12.1:3.13.0``.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from pathlib import Path
from typing import Final

from tests.servers import ROOT, running

FOLDER: Final = ROOT / "build" / "pythons"

QUICK: Final = "not browser and not server and not postgresql and not slow"

LOWEST: Final = "lowest"

OF_PINNED_VERSIONS: Final = (
    "tests/test_licences.py::test_the_page_of_licences_is_what_the_packages_say",
    "tests/test_sbom.py::test_each_component_is_pinned_and_has_a_licence",
    "tests/platform/test_runtime.py::test_a_start_loads_no_more_than_it_needs",
)
"""They hold for the versions in ``constraints.txt`` only: two lists of them, and the stamp."""

TO_TEST_LOW: Final = "httpx"
"""What the test client of Starlette's lowest version speaks with."""


def named() -> tuple[str, ...]:
    """Return the versions of Python in the package's classifiers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = (re.fullmatch(r".*Python :: (3\.\d+)", item) for item in project["classifiers"])
    return tuple(item[1] for item in found if item)


def _uv(*words: str | Path, environment: Path | None = None) -> str:
    """Run uv, which is installed apart, and return what it says."""
    tool = FOLDER / "uv"
    if not tool.exists():
        subprocess.run([sys.executable, "-m", "venv", tool], check=True)
        subprocess.run([tool / "bin/pip", "install", "-q", "uv"], check=True)
    made = {} if environment is None else {"VIRTUAL_ENV": str(environment)}
    done = subprocess.run(
        [tool / "bin/uv", *words],
        cwd=ROOT,
        env={**os.environ, **made},
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout.decode()


def made(version: str) -> Path:
    """Make the environment of a version, or of the lowest ones, and return its Python."""
    place = FOLDER / version
    python = named()[0] if version == LOWEST else version
    _uv("venv", "-q", "--clear", "-p", python, place)
    if version != LOWEST:
        _uv("pip", "install", "-c", "constraints.txt", "-e", ".[test]", environment=place)
        return place / "bin/python"
    lowest = ("--resolution", "lowest-direct")
    _uv("pip", "install", *lowest, "-e", ".[postgresql]", environment=place)
    kept = FOLDER / "lowest.txt"
    frozen = _uv("pip", "freeze", "--exclude-editable", environment=place)
    kept.write_text(frozen, encoding="utf-8")
    _uv("pip", "install", "-c", kept, "-e", ".[test]", TO_TEST_LOW, environment=place)
    return place / "bin/python"


def starts(python: Path) -> bool:
    """Start the command there and ask whether it is ready."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        command = [str(python), "-m", "explorer.cli", "run", "--port", "{port}"]
        with running(command, folder=folder, log=folder / "log") as base:
            return bool(urllib.request.urlopen(f"{base}/readyz", timeout=20).status == 200)


def tested(python: Path, *, is_lowest: bool) -> int:
    """Run the quick tests there."""
    left_out = OF_PINNED_VERSIONS if is_lowest else OF_PINNED_VERSIONS[2:]
    words = ["-m", "pytest", "-q", "-n", "auto", "-m", QUICK, "-W", "ignore::DeprecationWarning"]
    words += [f"--deselect={name}" for name in left_out]
    return subprocess.run([python, *words], cwd=ROOT, check=False).returncode


def main() -> int:
    """Try each version, and say which was tried and what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("versions", nargs="*", metavar="VERSION", default=[*named(), LOWEST])
    parser.add_argument("--start-only", action="store_true", help="without the tests")
    asked = parser.parse_args()
    failed = 0
    for version in asked.versions:
        python = made(version)
        is_ready = starts(python)
        code = 0 if asked.start_only else tested(python, is_lowest=version == LOWEST)
        full = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout
        tests = "not run" if asked.start_only else "passed" if code == 0 else f"failed ({code})"
        sys.stdout.write(
            f"{version}: {full.strip()}, {'ready' if is_ready else 'NOT READY'}, quick tests {tests}\n"
        )
        failed += code != 0 or not is_ready
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
