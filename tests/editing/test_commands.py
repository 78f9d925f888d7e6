"""An editor's commands on a copy of the shipped content, and the examples of the guide."""

import json
import re
import shlex
import shutil
import tomllib
from functools import cache
from pathlib import Path

import pytest

from explorer import paths
from explorer.cli import main
from explorer.content import readability
from explorer.content.check import check, check_folder
from explorer.content.load import build, load, read_folder
from explorer.content.support import supporting_text, text_hash
from explorer.editing.where import Hit, as_text
from tests.builders import TODAY, edit, question_folder, small_folder

ALPHA = "medicines/alpha.toml"
INFECTIONS = "questions/infections.toml"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """Copy the shipped content."""
    return Path(shutil.copytree(paths.DATA, tmp_path / "shipped"))


@cache
def known_findings() -> frozenset[tuple[str, str]]:
    """Return what is found in the shipped content before anything is added: file and rule."""
    found = check_folder(paths.DATA, TODAY, measure=False).findings
    return frozenset((item.file, item.rule) for item in found)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.slow
@pytest.mark.usefixtures("checked_once")
def test_the_examples_of_the_guide_run(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command of the block ends with 0, or with 1 where the guide says so."""
    guide = (paths.DATA / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", guide, flags=re.DOTALL)
    commands = [line.split("  #")[0].strip() for line in block.splitlines()]
    assert len(commands) > 8
    for line in commands:
        words = shlex.split(line.removesuffix("|| true"), comments=True)
        assert words[0] == "anakinra-explorer"
        code = main([*words[1:], "--data", str(shipped)])
        assert code == (1 if line.endswith("|| true") else 0), (line, capsys.readouterr().err)
    assert (shipped / "medicines/baricitinib.toml").is_file()


def test_check_names_the_folder_first_and_the_copy_in_front_of_the_editor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken file in ./data is not believed to be checked where another folder was."""
    (tmp_path / "here").mkdir()
    small_folder(tmp_path / "here")
    other = small_folder(tmp_path)
    monkeypatch.chdir(tmp_path / "here")
    assert main(["check", "--data", str(other)]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0] == f"content: {other}"
    assert (
        said[1]
        == f"note: {tmp_path / 'here/data'} is another copy and was not read; for that one: --data data"
    )
    assert main(["check", "--data", "data"]) == 0
    assert not any(line.startswith("note: ") for line in capsys.readouterr().err.splitlines())


def test_a_folder_that_is_not_there_cannot_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 2, as everything that could not be done."""
    assert main(["check", "--data", str(tmp_path / "none")]) == 2
    assert "there is no such data folder" in capsys.readouterr().err


def test_a_draft_breaks_nothing_and_has_its_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new draft leaves the check as it was; its list is by group and counts what is left."""
    folder = small_folder(tmp_path)
    assert main(["new", "medicine", "gamma", "--data", str(folder)]) == 0
    assert check_folder(folder, TODAY).findings == ()
    capsys.readouterr()
    assert main(["check", "--draft", "gamma", "--data", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert "What is it? (1)" in out
    assert "  kind: there is no kind 'to-write'" in out
    assert "  other_conditions: this text is still to be written" in out
    assert re.search(r"left to do: \d+; see it: anakinra-explorer run --drafts", err)


def test_a_draft_is_left_in_the_count_of_a_grade(tmp_path: Path) -> None:
    """Its name may stand in a text of others, whose kept grade stays that of the text."""
    folder = small_folder(tmp_path)
    before = readability.names(load(folder).catalogue)
    assert main(["new", "medicine", "gamma", "--data", str(folder)]) == 0
    assert readability.names(load(folder).catalogue) == before


def test_the_list_of_a_draft_has_a_line_for_each_cell_and_its_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fields of one cell stand together; a stub that the draft cites is listed, another is not."""
    folder = small_folder(tmp_path)
    for words in (["medicine", "gamma"], ["source", "gamma-label"], ["source", "other-label"]):
        assert main(["new", *words, "--data", str(folder)]) == 0
    cites = 'citations = [ { source = "gamma-label", place = "5", read_in = "label" } ]'
    draft = folder / "medicines/gamma.toml"
    draft.write_text(draft.read_text("utf-8").replace("citations = []", cites, 1), "utf-8")
    capsys.readouterr()
    assert main(["check", "--draft", "gamma", "--data", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "searched and text: this text is still to be written" in out
    assert "gamma-label.address: write the address" in out
    assert "other-label" not in out


def test_the_folder_may_stand_before_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--data DIR check`` is what ``check --data DIR`` is."""
    folder = str(small_folder(tmp_path))
    for named in (["--data", folder], [f"--data={folder}"]):
        assert main([*named, "check"]) == 0
        assert capsys.readouterr().err.splitlines()[0] == f"content: {folder}"


def test_an_unknown_draft_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is published, or not there, has no list."""
    assert main(["check", "--draft", "alpha", "--data", str(small_folder(tmp_path))]) == 2
    assert "there is no draft 'alpha'; drafts: none" in capsys.readouterr().err


def test_a_stub_cannot_be_published(tmp_path: Path) -> None:
    """With its texts unwritten, a medicine is refused at every start."""
    folder = small_folder(tmp_path)
    assert main(["new", "medicine", "gamma", "--data", str(folder)]) == 0
    edit(folder, "medicines/gamma.toml", 'status = "draft"', 'status = "published"')
    assert "to-write" in {item.rule for item in check_folder(folder, TODAY).findings}


def test_other_conditions_are_said_once(tmp_path: Path) -> None:
    """A medicine says in one key what was searched where it has no use."""
    folder = small_folder(tmp_path)
    path = folder / "medicines/beta.toml"
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    (used, none) = held["uses"]
    text = path.read_text(encoding="utf-8")
    start = text.rindex("[[uses]]")
    end = text.index("[cells.", start)
    path.write_text(
        f'other_conditions = "Both labels."\n{text[:start]}{text[end:]}', encoding="utf-8"
    )
    assert check_folder(folder, TODAY).findings == ()
    uses = load(folder).catalogue.medicine("beta").uses_in(none["condition"])
    assert [(use.us, use.searched) for use in uses] == [("not-found", "Both labels.")]
    assert used["condition"] != none["condition"]


def test_a_line_gets_its_cell_everywhere(tmp_path: Path) -> None:
    """A new line is not missing in any medicine; what is to be written is all that is found."""
    folder = small_folder(tmp_path)
    assert main(["new", "row", "colour", "--data", str(folder)]) == 0
    found = check_folder(folder, TODAY).findings
    assert {item.rule for item in found if item.level == "error"} == {"to-write"}
    assert {item.file for item in found} >= {"rows.toml", ALPHA, "medicines/beta.toml"}


@pytest.mark.slow
@pytest.mark.usefixtures("checked_once")
def test_a_question_needs_one_file(shipped: Path) -> None:
    """A stub of each kind fits the model, and the blueprint is raised for it."""
    for kind in ("single", "several", "true-false", "order", "sort", "number"):
        words = ["--topic", "storing", "--ref", "anakinra/storage", "--kind", kind]
        assert main(["new", "question", f"storing-{kind}", *words, "--data", str(shipped)]) == 0
    found = [
        item
        for item in check_folder(shipped, TODAY, measure=False).findings
        if (item.file, item.rule) not in known_findings()
    ]
    own = {item.file for item in found}
    assert own == {"questions/storing.toml"}
    assert "q24-blueprint" not in {item.rule for item in found}


def test_the_stub_of_a_question_asks_what_its_options_do(tmp_path: Path) -> None:
    """Each option has the key, and the check names it until it is filled in or taken out."""
    folder = question_folder(tmp_path)
    words = ["--topic", "infections", "--ref", "alpha/how-often"]
    assert main(["new", "question", "infections-new", *words, "--data", str(folder)]) == 0
    assert (folder / INFECTIONS).read_text(encoding="utf-8").count("does = [] #") == 3
    found = check_folder(folder, TODAY, measure=False).findings
    keys = {item.key for item in found if item.rule == "q35-act-missing"}
    assert keys >= {f"infections-new.{option}.does" for option in ("one", "two", "three")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["medicine", "alpha"], "there is a medicine 'alpha'; choose another id"),
        (["medicine", "Al pha"], "'Al pha' is no id"),
        (["kind", "il1-blocker"], "there is a kind 'il1-blocker'"),
        (["row", "route"], "there is a line 'route'"),
        (["source", "label-one"], "there is a source 'label-one'"),
        (["condition", "ra"], "there is a condition 'ra'"),
        (["question", "x", "--topic", "none", "--ref", "alpha/route"], "there is no topic 'none'"),
    ],
)
def test_what_is_there_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """An id that is taken or wrong is refused with 2, and no file changes."""
    folder = question_folder(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    assert main(["new", *words, "--data", str(folder)]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == before


def test_a_condition_and_a_source_are_stubs(tmp_path: Path) -> None:
    """Both fit the model, and all that is found is what their stubs lack."""
    folder = small_folder(tmp_path)
    assert main(["new", "source", "label-new", "--data", str(folder)]) == 0
    assert main(["new", "condition", "lupus", "--data", str(folder)]) == 0
    rules = {item.rule for item in check_folder(folder, TODAY, measure=False).findings}
    assert "model" not in rules
    assert "to-write" in rules
    assert "unused-source" not in rules  # one cause, told once


def test_where_gives_file_line_key_and_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line is the one on which the text stands, and the address leads to its page."""
    folder = question_folder(tmp_path)
    assert main(["where", "same TIME of day", "--data", str(folder)]) == 0
    (line,) = lines(capsys)
    text = (folder / ALPHA).read_text(encoding="utf-8").splitlines()
    number = text.index('detail = "At the same time of day."') + 1
    assert line.startswith(
        f"{ALPHA}:{number}: cells.how-often.detail [medicine?m=alpha#row-how-often]: At the same"
    )


def test_where_finds_a_number_as_pages_show_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Searching for 911 finds the text that names it as {emergency}."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "At the same time of day.", "If it is bad, call {emergency}.")
    assert main(["where", "call 911", "--data", str(folder)]) == 0
    assert any("If it is bad, call 911." in line for line in lines(capsys))


def test_where_of_a_source_and_a_fact_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every citation of a source is listed with its place; a fact with what names it."""
    folder = question_folder(tmp_path)
    assert main(["where", "--source", "label-two", "--format", "json", "--data", str(folder)]) == 0
    found = json.loads(capsys.readouterr().out)
    raw = sum(
        path.read_text(encoding="utf-8").count('source = "label-two"')
        for path in folder.rglob("*.toml")
    )
    assert len(found) == raw + 1  # the source itself
    assert all(item["line"] > 0 for item in found)
    ref = "alpha/flags/alpha-flag-infection"
    assert main(["where", "--ref", ref, "--data", str(folder)]) == 0
    said = lines(capsys)
    assert any(f"{INFECTIONS}:" in line and "supported_by.1.ref" in line for line in said)
    assert any(
        f"{ALPHA}:" in line and "red_flags.alpha-flag-infection.sign" in line for line in said
    )
    assert main(["where", "--ref", "options/ra/stay", "--data", str(folder)]) == 0
    own = [line.split(": ")[1].partition(" ")[0] for line in lines(capsys) if ": " in line]
    assert [key for key in own if key.startswith(("ra.", "gout."))] == [
        "ra.no_new_medicine.stay.name",
        "ra.no_new_medicine.stay.summary",
    ]  # and not the option of the same name in gout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--ref", "alpha/how-oftn"],
            "there is no fact 'alpha/how-oftn'; the nearest: alpha/how-often",
        ),
        (["--source", "label-tow"], "there is no source 'label-tow'; the nearest: label-two"),
    ],
)
def test_where_refuses_a_name_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """A slip of the pen is not answered with no places at all."""
    assert main(["where", *words, "--data", str(small_folder(tmp_path))]) == 2
    assert said in capsys.readouterr().err


def test_where_shows_the_part_that_was_looked_for() -> None:
    """Of a long text, the line has the words around the wanted ones."""
    hit = Hit(file="a.toml", line=1, key="a", text=f"{'word ' * 40}here {'word ' * 40}", address="")
    (line,) = as_text((hit,), "HERE")
    assert "here" in line.partition(": ...")[2]
    assert len(line) < 120


def test_a_draft_of_a_kind_has_the_harms_of_its_kind_on_its_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the table of harms asks of a draft stands on its list, by the name of the file."""
    folder = small_folder(tmp_path)
    assert main(["new", "medicine", "gamma", "--data", str(folder)]) == 0
    held = (folder / ALPHA).read_text(encoding="utf-8")
    (kind,) = re.findall(r'^kind = "([a-z0-9-]+)"', held, flags=re.MULTILINE)[:1]
    edit(folder, "medicines/gamma.toml", 'kind = "to-write"', f'kind = "{kind}"')
    capsys.readouterr()
    assert main(["check", "--draft", "gamma", "--format", "json", "--data", str(folder)]) == 1
    parts = {part["title"]: part["findings"] for part in json.loads(capsys.readouterr().out)}
    assert all("gamma" in item["reason"] for item in parts["in harms.toml"])


@pytest.mark.parametrize("words", [[], ["x", "--ref", "alpha/route"], [""]])
def test_where_wants_one_thing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Nothing or two things to look for are refused."""
    assert main(["where", *words, "--data", str(small_folder(tmp_path))]) == 2
    assert "give one of TEXT, --source and --ref" in capsys.readouterr().err


def test_reviewed_shows_old_and_new_and_writes_one_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old text comes from the release; only the named question gets hash and reader."""
    folder = question_folder(tmp_path)
    ref = "alpha/flags/alpha-flag-infection"
    facts = folder / "facts.toml"
    assert main(["export", "facts", "-o", str(facts), "--data", str(folder)]) in (0, 2)
    if not facts.exists():  # the small bank does not fill the blueprint, so it cannot be exported
        from explorer.content.kept import written

        facts.write_text(written(load(folder).catalogue, TODAY), encoding="utf-8")
    edit(folder, ALPHA, 'sign = "Fever or chills."', 'sign = "A fever, chills or sweats."')
    capsys.readouterr()
    assert main(["reviewed", ref, "--data", str(folder)]) == 0
    said = lines(capsys)
    assert said[0] == "was: Fever or chills."
    assert said[1] == "now: A fever, chills or sweats."
    assert [line.split(": ")[1:3] for line in said[2:]] == [
        ["infection-1", "read it again"],
        ["infection-2", "read it again"],
    ]
    before = (folder / INFECTIONS).read_text(encoding="utf-8")
    words = [ref, "infection-1", "--by", "automated reader", "--data", str(folder)]
    assert main(["reviewed", *words]) == 0
    text = supporting_text(load(folder).catalogue, ref)
    assert text is not None
    first, second = load(folder).catalogue.bank.questions
    assert first.supported_by[0].hash == text_hash(text)
    assert (first.reads[-1].by, first.reads[-1].human) == ("automated reader", False)
    assert second.supported_by[0].hash == "351da1be"
    assert main(["reviewed", *words]) == 0
    assert load(folder).catalogue.bank.questions[0].reads == first.reads  # one reading, once
    after = (folder / INFECTIONS).read_text(encoding="utf-8")
    assert len(before.splitlines()) == len(after.splitlines())


def test_reviewed_wants_a_reader_and_a_question_that_rests_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody, and a question that rests on something else, are refused."""
    folder = question_folder(tmp_path)
    ref = "alpha/flags/alpha-flag-infection"
    assert main(["reviewed", ref, "infection-1", "--data", str(folder)]) == 2
    assert "say who or what has read it" in capsys.readouterr().err
    assert main(["reviewed", ref, "none", "--by", "x", "--data", str(folder)]) == 2
    assert "'none' does not rest on" in capsys.readouterr().err
    assert main(["reviewed", "alpha/none", "--data", str(folder)]) == 2


def test_recite_walks_from_place_to_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typed place is written at once, an empty line leaves the citation, q ends."""
    folder = small_folder(tmp_path)
    answers = iter(["2.9", "", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert main(["recite", "label-one", "label-two", "--data", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "1 of " in out
    assert "label-two, 2.9" in out
    before = (paths.ROOT / "tests/content/small" / "conditions.toml").read_text(encoding="utf-8")
    after = (folder / "conditions.toml").read_text(encoding="utf-8")
    assert after.count("label-one") == before.count("label-one") - 1
    assert after.count('source = "label-two", place = "2.9"') == 1
    assert re.search(r"places that still rest on label-one: \d+", err)


def test_recite_one_named_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--list`` names each citation, and ``--at`` takes one of them, with its new place."""
    folder = small_folder(tmp_path)
    two = ["recite", "label-one", "label-two", "--data", str(folder)]
    assert main([*two, "--list"]) == 0
    first, *rest = lines(capsys)
    at = ":".join(first.split(":")[:2])
    assert main([*two, "--at", at]) == 2
    assert "name the place in the new text" in capsys.readouterr().err
    assert main([*two, "--at", at, "--place", "9"]) == 0
    assert main([*two, "--list"]) == 0
    assert len(lines(capsys)) == len(rest) + 1  # and the line of what was written before
    assert check_folder(folder, TODAY).errors == 0


def test_recite_needs_both_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that is not in the register is refused."""
    folder = small_folder(tmp_path)
    two = ["recite", "label-one", "label-two", "--data", str(small_folder(tmp_path / "b"))]
    assert main([*two, "--at", "medicines/alpha.tml:mistake"]) == 2
    assert "the nearest: medicines/alpha.toml:mistake" in capsys.readouterr().err
    assert main(["recite", "label-one", "label-9", "--data", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "there is no other source 'label-9' in sources.toml; the nearest: label-" in said
    assert main(["recite", "label-8", "label-one", "--data", str(folder)]) == 2
    assert "there is no source 'label-8'; the nearest: label-" in capsys.readouterr().err


def test_due_lists_what_is_to_be_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Newer sources always; what could hurt most after half a year, the rest after a year."""
    folder = small_folder(tmp_path)
    edit(folder, "rows.toml", 'answer = "schedule"', 'careful = true\nanswer = "schedule"')
    assert main(["check", "--due", "2026-11-30", "--data", str(folder)]) == 0
    said, err = capsys.readouterr()
    assert "sources.toml: label-two: read Feb 2026, newest known May 2026" in said
    assert "facts 0" in err
    assert main(["check", "--due", "2027-06-01", "--data", str(folder)]) == 0
    half = capsys.readouterr().out
    assert "what could hurt most" in half
    assert "other facts" not in half
    assert main(["check", "--due", "2028-01-01", "--data", str(folder)]) == 0
    year = capsys.readouterr().out
    assert "other facts" in year
    assert "review.toml: next_due" in year
    whole = ["check", "--due", "2028-01-01", "--data", str(folder)]
    assert main([*whole, "--all"]) == 0
    assert "..." not in capsys.readouterr().out
    assert main([*whole, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["day"] == "2028-01-01"
    assert main(["check", "--due", "soon", "--data", str(folder)]) == 2


def test_the_address_of_a_stub_is_no_address(tmp_path: Path) -> None:
    """A source is not whole before it leads somewhere."""
    folder = small_folder(tmp_path)
    assert main(["new", "source", "label-new", "--data", str(folder)]) == 0
    found = check_folder(folder, TODAY, measure=False).findings
    rules = {(item.key, item.rule) for item in found}
    assert ("label-new.address", "to-write") in rules
    assert ("label-new", "unused-source") not in rules  # one cause, told once


@pytest.mark.slow
def test_one_reader_is_one_read(shipped: Path) -> None:
    """Two lines of the same reader count once."""
    file = shipped / "questions" / "storing.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index('id = "storing-frozen-syringe"')
    begin = text.index("reads = [", start)
    end = text.index("]\n", begin) + 2
    line = '  { on = 2026-11-28, by = "a reader", human = true },\n'
    file.write_text(f"{text[:begin]}reads = [\n{line}{line}]\n{text[end:]}", encoding="utf-8")
    read = read_folder(shipped)
    found = check(
        read, build(read), TODAY, measure=False, modules=frozenset({"structure"})
    ).findings
    (own,) = [
        item for item in found if item.rule == "q23-reads" and item.key == "storing-frozen-syringe"
    ]
    assert own.reason.startswith("recorded reads: 1")
