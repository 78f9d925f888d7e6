"""Questions of others as a topic of a clinic's folder: what a person has to add, and the command."""

from datetime import date
from pathlib import Path

import pytest

from explorer.cli import main
from explorer.content.findings import ContentError, Report
from explorer.content.local import read_local
from explorer.quiz_import import clinic_toml
from explorer.quiz_import.own import taken
from explorer.quiz_import.port import read
from tests.quiz_import.files import MOODLE
from tests.shipped import shipped

GIFT = """Say "why" \\\\ \\{now\\}? {=yes#Because "so" \\= true. ~no#Not so.}

How many mL? {#=0.67:0.01#It is so.}

Any words? {}
"""


def test_the_file_is_read_once_a_person_completed_it(tmp_path: Path) -> None:
    """As written it is refused for what only a person knows; completed, each text is as it was."""
    found = clinic_toml.fitting(taken(read(GIFT.encode())))
    assert [item.why for item in found.left_out] == ["free words are asked in a class only"]
    text = clinic_toml.write(found, 'Of "ours"', date(2027, 11, 28))
    file = tmp_path / "questions" / "clinic-ours.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    def local() -> tuple[object, str]:
        return read_local(tmp_path, shipped().catalogue, None, lambda _: Report(findings=()))

    with pytest.raises(ContentError) as refused:
        local()
    keys = {item.key.rpartition(".")[2] for item in refused.value.findings}
    assert keys == {"supported_by", "unit", "action"}
    support = 'supported_by = [{ ref = "anakinra/storage", hash = "00000000" }]'
    text = text.replace("supported_by = []", support)
    text = text.replace('unit = ""', 'unit = "mL"').replace('action = ""', 'action = "Look."')
    file.write_text(text, encoding="utf-8")
    made, _ = local()
    (topic,) = made.topics  # type: ignore[attr-defined]
    first, second = topic.questions
    assert topic.title == 'Of "ours"'
    assert first.stem == 'Say "why" \\ {now}?'
    assert [(one.text, one.key, one.rationale) for one in first.options] == [
        ("yes", True, 'Because "so" = true.'),
        ("no", False, "Not so."),
    ]
    assert (str(second.number.value), str(second.number.tolerance)) == ("0.67", "0.01")


@pytest.mark.slow
def test_the_command_lists_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names each, writes the rest, and refuses a hostile file and a wrong name."""
    file, out = tmp_path / "of Moodle.xml", tmp_path / "clinic-ours.toml"
    file.write_bytes(MOODLE)
    assert main(["import", "quiz", str(file)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("question 4 (Picture): not taken: it carries a picture")
    assert "taken: 2; not taken: 2" in said[-2]
    assert main(["import", "quiz", str(file), "-o", str(out)]) == 0
    first = out.read_bytes()
    assert b'title = "of Moodle"' in first
    assert main(["import", "quiz", str(file), "-o", str(out)]) == 0
    assert out.read_bytes() == first
    assert main(["import", "quiz", str(file), "-o", str(tmp_path / "x.toml")]) == 2
    file.write_bytes(b"\0")
    assert main(["import", "quiz", str(file), "-o", str(out)]) == 2
    assert "nothing was taken" in capsys.readouterr().err
    assert out.read_bytes() == first
