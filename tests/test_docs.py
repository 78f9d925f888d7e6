"""The documents say what is so."""

import re
import shlex
from typing import cast

import pytest

from explorer import paths
from explorer.cli import FORMATS, QUIZ_FORMATS, main
from explorer.settings import Settings

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")

START = (
    "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . "
    "&& .venv/bin/anakinra-explorer"
)
TEST = (
    'python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e ".[test]" '
    "&& .venv/bin/python -m pytest"
)


def blocks() -> list[str]:
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)]


def test_the_readme_gives_the_two_commands() -> None:
    """The two commands stand in the README, each in a block of its own to copy."""
    assert blocks()[:2] == [START, TEST]


def test_continuous_integration_runs_the_readmes_command() -> None:
    """The line that ``.ci/run`` takes from the README is there once, and is the test command."""
    assert "line=\"$(grep -F -- '-m pytest' README.md)\"" in (paths.ROOT / ".ci/run").read_text()
    assert [line for line in README.splitlines() if "-m pytest" in line] == [TEST]


def test_continuous_integration_ends_with_the_tests() -> None:
    """Nothing is printed after the closing lines of pytest."""
    lines = (paths.ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == 'eval "$tests"'


def test_the_table_lists_every_setting() -> None:
    """The README's table has exactly the settings there are, with their defaults."""
    rows = dict(re.findall(r"^\| `(EXPLORER_\w+)` \| (.+?) \|", README, flags=re.MULTILINE))
    defaults = {
        f"EXPLORER_{name.upper()}": (
            "the content that is shipped"
            if field.default == paths.DATA
            else "not set"
            if not str(field.default)
            else f"`{cast('object', field.default)}`"
        )
        for name, field in Settings.model_fields.items()
    }
    assert rows == defaults


@pytest.mark.parametrize(
    "line", [line.split("  #")[0] for line in blocks()[2].splitlines() if "export" not in line]
)
def test_the_commands_of_the_readme_work(line: str) -> None:
    """Each command that the README shows ends with 0."""
    words = shlex.split(line)
    assert words[0] == "anakinra-explorer"
    try:
        code: object = main(words[1:])
    except SystemExit as ended:
        code = ended.code
    assert code == 0


def test_the_formats_of_the_readme_are_the_ones_offered() -> None:
    """The README names the formats that ``export`` offers."""
    assert (FORMATS, QUIZ_FORMATS) == (("csv", "xlsx", "html", "pdf"), ("csv", "pdf"))
    text = " ".join(README.split())
    assert "`export comparison` writes `csv`, `xlsx`, `html` or `pdf`" in text
    assert "`export quiz` writes `csv` or, as a worksheet with its key, `pdf`" in text


def test_the_constraints_name_one_version_each() -> None:
    """The constraints are lines of name==version, each name once, and nothing else."""
    lines = (paths.ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    parts = [re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.]*)", line) for line in lines]
    names = [part[1].lower() for part in parts if part]
    assert len(names) == len(lines) == len(set(names))
    assert {"streamlit", "textstat", "pandas", "pytest", "ruff", "mypy"} <= set(names)


def test_the_links_of_the_readme_lead_somewhere() -> None:
    """Every file that the README links to is there."""
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (paths.ROOT / target).exists(), target


def test_the_readme_is_honest_about_what_was_not_done() -> None:
    """The README says that no clinician signed off and that no screen reader was run."""
    text = " ".join(README.split())
    assert "no clinician has signed them off" in text
    assert "no screen reader was run yet" in text
    assert "information, not medical advice" in text
