"""The command: what it offers, what it says, and the code it ends with."""

import csv
import io
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from explorer import paths, runtime, server
from explorer.classes.service import ClassService
from explorer.cli import main
from explorer.domain.class_links import read_keys
from explorer.domain.sessions import NoSuchClass, PlannedQuestion, TeachingPhase
from explorer.store import open_store
from tests.builders import small_folder
from tests.questions import bank, question

if TYPE_CHECKING:
    from explorer.content.load import Content

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_once")]

EXPORT = ["export", "comparison", "--condition", "ra", "--medicines", "anakinra,methotrexate"]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "HOST", "PORT"):
        monkeypatch.delenv(f"EXPLORER_{name}", raising=False)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Give a folder whose content has errors: it is empty."""
    folder = tmp_path / "broken"
    folder.mkdir()
    return folder


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` gives the name and the version."""
    assert main(["--version"]) == 0
    installed = version("anakinra-explorer")
    assert capsys.readouterr().out == f"anakinra-explorer {installed}\n"


def test_only_what_works_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    """Commands and formats of later versions are not offered."""
    for words in (
        ["sessions", "import"],
        ["export", "quiz", "--to", "kahoot", "-o", "x"],
        [*EXPORT, "--to", "docx", "-o", "x"],
    ):
        assert main(words) == 2
    said = capsys.readouterr().err
    for refused in ("No such command 'import'", "'kahoot' is not one of", "'docx' is not one of"):
        assert refused in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sessions"], "Missing command"),
        (["export"], "Missing command"),
        (["check", "--dat", "x"], "--dat'"),
        (["check", "--data"], "Option '--data' requires an argument"),
        (["check", "more"], "unexpected extra argument"),
        (["export", "quiz", "--to", "csv"], "Missing option '-o'"),
        (["sessions", "export", "--to", "csv", "-o", "x"], "Missing argument 'CODE'"),
        (["sessions", "purge", "--older-than", "-1"], "a number of days, 0 or more: '-1'"),
        (["\x1b[2J"], "No such command '\\x1b[2J'"),
        (["check", "--\x1b[2J"], "--\\x1b[2J"),
    ],
)
def test_a_wrong_use_is_the_usage_and_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """It ends with 2, says how the command is used and what is wrong, and carries nothing out."""
    assert main(words) == 2
    *usage, line = capsys.readouterr().err.splitlines()
    assert all(item.startswith("Usage: anakinra-explorer") for item in usage)
    assert len(usage) <= 1
    assert line.startswith("anakinra-explorer: ")
    assert said in line
    assert line.isprintable()


@pytest.mark.parametrize("words", [[], ["--port", "9000"], ["run", "--port", "9000"]])
def test_without_a_command_the_app_is_started(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """No command at all means ``run``, with or without arguments of ``run``."""
    seen: list[int] = []
    monkeypatch.setattr(server, "serve", lambda settings, **_: seen.append(settings.port))
    assert main(words) == 0
    assert seen == [9000 if words else 8501]


def test_the_shipped_content_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    """``check`` of the shipped content ends with 0 and counts no error."""
    assert main(["check"]) == 0
    assert capsys.readouterr().err.splitlines()[1].startswith("errors: 0, ")


def test_check_names_each_error_in_a_line(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``check`` of broken content ends with 1 and gives FILE: KEY: level: reason."""
    assert main(["check", "--data", str(broken)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert "sources.toml: -: error: the file is missing; it holds the register of sources" in said


def test_check_as_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``check --format json`` gives counts and findings, and still ends with 1."""
    assert main(["check", "--data", str(broken), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert sorted(report) == ["errors", "findings", "warnings"]
    assert report["errors"] > 0
    assert sorted(report["findings"][0]) == ["file", "key", "level", "places", "reason", "rule"]


@pytest.mark.server
def test_run_refuses_broken_content(broken: Path, tmp_path: Path) -> None:
    """The app does not start on broken content: it names the errors and ends with 1."""
    done = subprocess.run(
        [sys.executable, "-m", "explorer.cli", "run", "--data", str(broken)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "sources.toml: -: error: the file is missing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.server
def test_streamlit_run_refuses_broken_content(broken: Path, environment: dict[str, str]) -> None:
    """``streamlit run`` refuses broken content just as the command does."""
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "explorer/asgi.py", "--server.port=0"],
        cwd=paths.ROOT,
        env=environment | {"EXPLORER_DATA": str(broken)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "sources.toml: -: error: the file is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting that cannot be used gives one line on stderr and ends with 2."""
    monkeypatch.setenv("EXPLORER_PORT", "0")
    assert main(["run"]) == 2
    assert capsys.readouterr().err == (
        "anakinra-explorer: port (EXPLORER_PORT): "
        "Input should be greater than or equal to 1, got '0'; "
        "it is: Port that the server listens on (default 8501)\n"
    )


def test_export_writes_the_comparison(tmp_path: Path, content: "Content") -> None:
    """The CSV is written whole, names both medicines, and leaves nothing else behind."""
    target = tmp_path / "out.csv"
    assert main([*EXPORT, "--to", "csv", "-o", str(target)]) == 0
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert len(rows) > 10
    text = target.read_text(encoding="utf-8").lower()
    assert "anakinra" in text
    assert "methotrexate" in text
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("html", b"<!"), ("pdf", b"%P")])
def test_export_in_the_other_formats(tmp_path: Path, kind: str, start: bytes) -> None:
    """Each format that is offered gives a file of that format."""
    target = tmp_path / f"out.{kind}"
    assert main([*EXPORT, "--to", kind, "-o", str(target)]) == 0
    assert target.read_bytes().lstrip()[:2] == start


def test_a_semicolon_stands_between_the_cells_where_it_is_asked_for(tmp_path: Path) -> None:
    """The records are the same as with a comma."""
    files = {}
    for separator, sign in (("comma", ","), ("semicolon", ";")):
        target = tmp_path / f"{separator}.csv"
        assert main([*EXPORT, "--to", "csv", "--separator", separator, "-o", str(target)]) == 0
        text = target.read_text(encoding="utf-8-sig")
        files[separator] = list(csv.reader(io.StringIO(text), delimiter=sign))
    assert files["comma"] == files["semicolon"]


def test_a_separator_for_another_format_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only a CSV file has one; nothing is written."""
    target = tmp_path / "out.pdf"
    assert main([*EXPORT, "--to", "pdf", "--separator", "comma", "-o", str(target)]) == 2
    assert "--separator is for --to csv only, not for pdf" in capsys.readouterr().err
    assert not target.exists()


@pytest.fixture
def with_questions(read_once: None, monkeypatch: pytest.MonkeyPatch, content: "Content") -> None:
    """Let the content have a small bank, which the rules for the shipped one do not judge."""
    catalogue = content.catalogue.evolve(bank=bank())
    sound = content.evolve(catalogue=catalogue)
    monkeypatch.setattr(runtime, "read_checked", lambda _folder, **_: sound)


@pytest.mark.usefixtures("with_questions")
def test_export_writes_the_questions(tmp_path: Path) -> None:
    """The CSV has a line for each option of the topics asked for."""
    target = tmp_path / "quiz.csv"
    topics = ["--topic", "topic-0", "--topic", "topic-2"]
    assert main(["export", "quiz", *topics, "--to", "csv", "-o", str(target)]) == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert {row["Topic"] for row in rows} == {"Topic 0", "Topic 2"}
    assert len(rows) == 36


@pytest.mark.usefixtures("with_questions")
def test_export_writes_the_worksheet(tmp_path: Path) -> None:
    """As PDF the questions are a worksheet, of all topics where none is named."""
    target = tmp_path / "quiz.pdf"
    assert main(["export", "quiz", "--to", "pdf", "-o", str(target)]) == 0
    assert target.read_bytes()[:5] == b"%PDF-"


@pytest.mark.usefixtures("with_questions")
def test_export_says_first_what_a_platform_does_not_get(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What Aiken cannot hold is on the error stream, and the file has the audience's questions."""
    target = tmp_path / "quiz.txt"
    words = ["export", "quiz", "--audience", "patient", "--to", "aiken", "-o", str(target)]
    assert main(words) == 0
    assert "The reasons are not in the file" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8").count("ANSWER: ") == 34


def test_the_audience_is_for_platforms_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table holds the audience of each question, so it is not chosen there."""
    target = tmp_path / "quiz.csv"
    words = ["export", "quiz", "--audience", "nurse", "--to", "csv", "-o", str(target)]
    assert main(words) == 2
    assert "--audience is for learning platforms only" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.usefixtures("with_questions")
@pytest.mark.parametrize("kind", ["csv", "pdf", "moodle"])
def test_an_unknown_topic_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """An unknown topic gives one line that names it, ends with 2 and writes nothing."""
    target = tmp_path / "quiz"
    assert main(["export", "quiz", "--topic", "none", "--to", kind, "-o", str(target)]) == 2
    assert capsys.readouterr().err == "anakinra-explorer: There is no topic 'none'.\n"
    assert not target.exists()


@pytest.mark.parametrize("kind", ["csv", "pdf"])
def test_without_questions_nothing_is_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """An empty bank gives one line, ends with 2 and writes nothing."""
    data = str(small_folder(tmp_path))
    target = tmp_path / "quiz"
    assert main(["export", "quiz", "--data", data, "--to", kind, "-o", str(target)]) == 2
    assert capsys.readouterr().err == (
        "anakinra-explorer: There are no questions yet, so there is nothing to export.\n"
    )
    assert not target.exists()


@pytest.mark.parametrize(
    ("option", "value"), [("--condition", "no-such"), ("--medicines", "anakinra,no-such")]
)
def test_an_unknown_id_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    """An unknown id gives one line that names it, ends with 2 and writes nothing."""
    target = tmp_path / "out.csv"
    assert main([*EXPORT, option, value, "--to", "csv", "-o", str(target)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("anakinra-explorer: ")
    assert "no-such" in said
    assert said.count("\n") == 1
    assert not target.exists()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/dev/null/out.csv", "Not a directory"),
        ("{folder}/missing/out.csv", "No such file or directory"),
        ("{folder}", "it is a folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, reason: str
) -> None:
    """A place that cannot be written gives one line and ends with 2."""
    place = target.replace("{folder}", str(tmp_path))
    assert main([*EXPORT, "--to", "csv", "-o", place]) == 2
    assert capsys.readouterr().err == f"anakinra-explorer: cannot write {place}: {reason}\n"


def test_a_failed_export_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When writing fails half-way, the file that was there stays as it was."""

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    assert main([*EXPORT, "--to", "csv", "-o", str(target)]) == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert "No space left on device" in capsys.readouterr().err


def test_export_of_broken_content_is_one_line(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken content gives one line with the first error, ends with 2 and writes nothing."""
    target = tmp_path / "out.csv"
    assert main([*EXPORT, "--data", str(broken), "--to", "csv", "-o", str(target)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("anakinra-explorer: the content has errors: ")
    assert said.count("\n") == 1
    assert not target.exists()


def test_signs_stand_beside_every_place_that_tells_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``signs`` prints each sign, its own line first, and under it each flag that names it."""
    assert main(["signs", "--data", str(small_folder(tmp_path))]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("infection")
    assert lines[place + 1].startswith("  same-day | hold | signs.toml: signs.infection |")
    flag = "medicines/alpha.toml: red_flags.alpha-flag-infection"
    assert f"  same-day | hold | {flag} | Fever or chills." in lines[place:]
    assert "[The joint may be infected.]" in "\n".join(lines[place:])


def test_signs_can_be_read_by_a_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``signs --format csv`` gives the same table with named columns."""
    assert main(["signs", "--data", str(small_folder(tmp_path)), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["sign"] for row in rows} == {"breathing", "infection", "confusion", "chest"}
    assert {row["urgency"] for row in rows if row["sign"] == "chest"} == {"emergency"}


@pytest.mark.parametrize("form", ["text", "csv"])
def test_harms_are_printed_by_medicine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """``harms`` prints each harm beside each medicine, to read or as a file."""
    assert main(["harms", "--data", str(small_folder(tmp_path)), "--format", form]) == 0
    said = capsys.readouterr().out
    assert "sting" in said.splitlines()[0 if form == "text" else 1]
    assert "alpha" in said
    assert "label-one: 6.1" in said


def test_signs_of_broken_content_end_with_2(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Content that cannot be read gives one line and the code 2, no traceback."""
    assert main(["signs", "--data", str(broken)]) == 2
    assert capsys.readouterr().err.startswith("anakinra-explorer: ")


def test_an_operator_prints_a_new_link_to_a_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is at the public address and leads the class; the old one ends; a wrong code is a line."""
    monkeypatch.setenv("EXPLORER_PUBLIC_URL", "https://class.example.org")
    database = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    teaching = ClassService(open_store(database, tmp_path / "unused"))
    plan = [PlannedQuestion(question=question("q"), phase=TeachingPhase.FREE)]
    old = teaching.open_session(plan, title="L", content="v")
    assert main(["sessions", "link", old.code, "--database", database]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://class.example.org/teach#console=")
    keys = read_keys(link)
    assert keys is not None
    assert teaching.host(keys.console).code == old.code
    with pytest.raises(NoSuchClass):
        teaching.host(old.console)
    teaching.close()
    assert main(["sessions", "link", "NOSUCH", "--database", database]) == 2
    assert "There is no class with this code" in capsys.readouterr().err
