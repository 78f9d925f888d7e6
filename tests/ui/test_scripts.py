"""Our scripts are files that a linter reads; none hides in a Python text."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import paths

LINTER = shutil.which(
    "oxlint", path=os.pathsep.join([str(Path(sys.executable).parent), os.defpath])
)
CONFIG = paths.ROOT / ".oxlintrc.json"


def lint(*files: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter as an editor does."""
    if LINTER is None:
        reason = "no oxlint: the scripts were not linted (pip install -e '.[test]')"
        if os.environ.get("EXPLORER_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return subprocess.run(
        [LINTER, "--config", CONFIG, "--deny-warnings", *files],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_every_script_passes_the_linter() -> None:
    """Nothing undefined, unused or empty stands in a script."""
    scripts = sorted(paths.PACKAGE.rglob("*.js"))
    assert len(scripts) >= 7
    done = lint(*scripts)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "fault",
    [
        "export default function () { missing(); }",
        "export default function () { try { window.stop(); } catch {} }",
        "export default function (c) { return c.a == 1; }",
        "export default function ( {",
    ],
)
def test_the_linter_finds_a_fault(tmp_path: Path, fault: str) -> None:
    """A name that does not exist, a swallowed error, a loose comparison, a broken file."""
    script = tmp_path / "fault.js"
    script.write_text(fault, encoding="utf-8")
    assert lint(script).returncode != 0


def test_no_script_stands_in_a_python_text() -> None:
    """A linter cannot read it there."""
    marks = ("export default", "=> {", "addEventListener", "document.querySelector", "function (")
    found = [
        path.name
        for path in paths.PACKAGE.rglob("*.py")
        if any(mark in path.read_text(encoding="utf-8") for mark in marks)
    ]
    assert found == []


def test_each_script_of_the_components_is_used() -> None:
    """A file beside the widgets is read by one of them."""
    folder = paths.PACKAGE / "ui" / "components"
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    files = [path.name for path in folder.iterdir() if path.suffix in (".js", ".css")]
    assert [name for name in files if f'read("{name}")' not in code] == []


def test_a_script_touches_storage_only_where_a_refusal_is_caught() -> None:
    """Even reading ``window.sessionStorage`` raises where a browser forbids it.

    What outlives the tab is three things, each in one script: the size of the text, how many checks
    were begun, and the links to an educator's own classes.
    """
    lasting = {"tools.js", "attempt_count.js", "kept_classes.js"}
    for path in paths.PACKAGE.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert ("localStorage" in text) == (path.name in lasting)
        for touched in re.finditer(r"(window\.(session|local)Storage|localStorage\.)", text):
            before = text[: touched.start()]
            assert before.rfind("try {") > before.rfind("} catch"), path.name
        before, found, after = text.partition("sessionStorage;")
        if found:
            assert before.rindex("try {") > before.rindex("export default")
            assert "} catch {" in after
