"""The command ``verify``."""

from pathlib import Path

import pytest

from explorer.cli import main
from tests.domain.test_record_code import TEXT


def test_lines_that_fit_end_with_0_and_are_no_signature(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says that all fit; standard error says what that does not prove."""
    (tmp_path / "record.txt").write_text(TEXT, encoding="utf-8")
    assert main(["verify", str(tmp_path / "record.txt")]) == 0
    said = capsys.readouterr()
    assert said.out == "all lines fit the check code\n"
    assert "no signature" in said.err


def test_a_part_that_does_not_fit_is_named_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each part, with what to do."""
    changed = TEXT.replace("attempt: 2", "attempt: 1")
    (tmp_path / "record.txt").write_text(changed, encoding="utf-8")
    assert main(["verify", str(tmp_path / "record.txt")]) == 1
    assert capsys.readouterr().out.startswith("attempt: this does not fit the check code")


@pytest.mark.parametrize("held", [b"%PDF-1.7\xff", None])
def test_what_cannot_be_read_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: bytes | None
) -> None:
    """A PDF in place of the lines, and a file that is not there: said in one line."""
    path = tmp_path / "record.pdf"
    if held is not None:
        path.write_bytes(held)
    assert main(["verify", str(path)]) == 2
    said = capsys.readouterr().err
    assert ("text file and not the PDF" in said) is (held is not None)


def test_a_code_in_the_place_of_the_file_says_what_to_give(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who types the code after the command is told that its lines are needed."""
    assert main(["verify", "XY26-MS2Q-00CR-DRGZ-QQTH-APYN"]) == 2
    assert (
        "a code alone says nothing, give a file with the record's lines" in capsys.readouterr().err
    )
