"""The documents say what is so."""

import configparser
import re
import shlex
import tomllib
from pathlib import Path
from typing import cast

import pytest

from explorer import paths
from explorer.cli import FORMATS, QUIZ_FORMATS, main, run
from explorer.settings import Settings, load_settings
from explorer.store import open_store, place
from explorer.web.ending import LONGEST_END
from tests import architecture
from tests.builders import small_folder

README = (paths.ROOT / "README.md").read_text(encoding="utf-8")
HOSTING = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
CHANGELOG = (paths.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MAKEFILE = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
PROSE = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in (paths.ROOT / "docs").glob("*.md")),
)

START = (
    "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . "
    "&& .venv/bin/anakinra-explorer"
)
TEST = (
    'python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e ".[test]" '
    "&& .venv/bin/python -m pytest -n auto"
)


def blocks(text: str) -> list[str]:
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)]


def commands() -> list[str]:
    """List the lines of the block of commands in the manual for hosting."""
    (block,) = (item for item in blocks(HOSTING) if item.startswith("anakinra-explorer check"))
    return [line.split("  #")[0].strip() for line in block.splitlines()]


def test_the_readme_is_short_and_gives_the_two_commands() -> None:
    """At most 90 lines, one picture, and the two commands, each in a block of its own to copy."""
    assert len(README.splitlines()) <= 90
    assert re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README) == ["docs/picture.png"]
    assert blocks(README)[:2] == [START, TEST]


def test_the_python_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Copied as it stands, it prints a table with both options."""
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    exec(example, {})
    said = capsys.readouterr().out
    assert "anakinra" in said
    assert "methotrexate" in said


def test_the_picture_is_small() -> None:
    """A newcomer on a phone loads it in a moment."""
    picture = (paths.ROOT / "docs" / "picture.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 200_000


def test_continuous_integration_runs_the_readmes_command() -> None:
    """The line that ``.ci/run`` takes from the README is there once, and is the test command."""
    assert "line=\"$(grep -F -- '-m pytest' README.md)\"" in (paths.ROOT / ".ci/run").read_text()
    assert [line for line in README.splitlines() if "-m pytest" in line] == [TEST]


def test_continuous_integration_ends_with_the_tests() -> None:
    """Nothing is printed after the closing lines of pytest."""
    lines = (paths.ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == 'eval "$tests"'


def test_the_tasks_are_there_and_run_what_the_readme_says() -> None:
    """The Makefile has the tasks that CONTRIBUTING names, and its test is the README's."""
    tasks = re.findall(r"^([a-z]+):.* ## ", MAKEFILE, flags=re.MULTILINE)
    assert tasks == [
        "help", "install", "fast", "test", "check", "format", "serve", "foreign", "listen",
        "container", "pythons", "picture", "built",
    ]  # fmt: skip
    contributing = (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^make ([a-z]+)", contributing, flags=re.MULTILINE)) <= set(tasks)
    assert "\n\t$(PYTHON) -m pytest -n auto\n" in MAKEFILE
    assert '-m "not browser and not server and not postgresql and not slow"' in MAKEFILE


def test_the_table_lists_every_setting() -> None:
    """The table has exactly the settings there are, with their defaults."""
    rows = dict(re.findall(r"^\| `(EXPLORER_\w+)` \| (.+?) \|", HOSTING, flags=re.MULTILINE))
    defaults = {
        f"EXPLORER_{name.upper()}": (
            "the content that is shipped"
            if field.default == paths.DATA
            else "not set"
            if field.default is None or not str(field.default)
            else f"`{cast('object', field.default)}`"
        )
        for name, field in Settings.model_fields.items()
    }
    assert rows == defaults


@pytest.mark.parametrize(
    "line",
    [
        line
        for line in commands()
        if "export" not in line
        and "verify" not in line  # tests/platform/test_verify.py has its own
        and "sessions link" not in line  # it names a class
    ],
)
def test_the_commands_of_the_manual_work(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that the manual shows ends with 0, where there is a database."""
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    open_store(address, tmp_path).close()
    monkeypatch.setenv("EXPLORER_DATABASE", address)
    if line.endswith(" check"):  # of the shipped content: tests/platform/test_cli.py
        monkeypatch.setenv("EXPLORER_DATA", str(small_folder(tmp_path)))
    words = shlex.split(line)
    assert words[0] == "anakinra-explorer"
    try:
        code: object = main(words[1:])
    except SystemExit as ended:
        code = ended.code
    assert code == 0


def test_the_formats_of_the_manual_are_the_ones_offered() -> None:
    """The manual names the formats that ``export`` offers."""
    assert (FORMATS, QUIZ_FORMATS) == (("csv", "xlsx", "html", "pdf"), ("csv", "pdf"))
    text = " ".join(HOSTING.split())
    assert "`export comparison` writes `csv`, `xlsx`, `html` or `pdf`" in text
    assert "`export quiz` writes `csv` or, as a worksheet with its key, `pdf`" in text


def test_the_constraints_name_one_version_each() -> None:
    """The constraints are lines of name==version, each name once, and nothing else."""
    lines = (paths.ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    parts = [re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.]*)", line) for line in lines]
    names = [part[1].lower() for part in parts if part]
    assert len(names) == len(lines) == len(set(names))
    assert {"streamlit", "textstat", "pandas", "pytest", "ruff", "mypy"} <= set(names)


@pytest.mark.parametrize("name", PROSE)
def test_the_links_of_the_documents_lead_somewhere(name: str) -> None:
    """Every file that a document links to is there."""
    file = paths.ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target


def test_the_newest_version_is_the_projects() -> None:
    """Unreleased is first; the next heading can be tagged and is the version in pyproject.toml."""
    headings = re.findall(r"^## (.+)$", CHANGELOG, flags=re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    dated = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d", item) for item in headings[1:]]
    assert all(dated)
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert dated[0] is not None
    assert dated[0][1] == project["version"]


def test_a_proxy_has_to_overwrite_the_header_of_addresses() -> None:
    """The manual says so, and its example does it instead of adding to what a visitor sent."""
    assert "The proxy must overwrite `X-Forwarded-For`" in HOSTING
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in HOSTING
    assert "$proxy_add_x_forwarded_for" not in HOSTING


def test_the_page_of_the_architecture_is_printed_from_its_table() -> None:
    """docs/architecture.md is what the table of the layers says (python -m tests.built)."""
    page = (paths.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert page == architecture.page()
    assert page.index("| `domain` |") < page.index("| `ui` |") < page.index("| `pages` |")


def test_the_readme_is_honest_about_what_was_not_done() -> None:
    """The README says that no clinician signed off and which screen readers were not run."""
    text = " ".join(README.split())
    assert "no clinician has signed them off" in text
    assert "NVDA, JAWS and VoiceOver were not run, and no blind person has tried the site" in text
    assert "information, not medical advice" in text


def test_the_service_of_the_manual_names_settings_and_options_that_exist(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The environment file is taken by the program, and the unit starts its command."""
    (settings,) = re.findall(r"```ini\n(.*?)```", HOSTING, flags=re.DOTALL)
    unit = (paths.ROOT / "docs/hosting/anakinra-explorer@.service").read_text(encoding="utf-8")
    for line in settings.splitlines():
        name, _, value = line.partition("=")
        monkeypatch.setenv(name, value)
    found = load_settings()
    assert found.public_url == "https://class.example.org"
    assert place(found.database.get_secret_value(), tmp_path) == "postgresql://127.0.0.1/classes"
    read = configparser.ConfigParser(interpolation=None)
    read.read_string(unit)
    words = shlex.split(read["Service"]["ExecStart"])
    assert Path(words[0]).name == "anakinra-explorer"
    assert {word for word in words if word.startswith("--")} <= {
        option for item in run.params for option in item.opts
    }
    assert float(read["Service"]["TimeoutStopSec"]) > LONGEST_END
