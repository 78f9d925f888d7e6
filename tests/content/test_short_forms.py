"""Facts that the interface tells in a few words: tied to the lines they tell, and signed."""

from pathlib import Path

import pytest

from explorer.cli import main
from explorer.content.kept import tied_to
from explorer.content.load import Content, load
from explorer.content.rules.short_forms import short_hash
from explorer.domain.review_lines import by_address, review_lines
from explorer.domain.review_scope import scope_of
from explorer.export.review_document import review_document
from tests.builders import check, edit, small_folder
from tests.reviewing import sign

LINE = "short/sheet.crisis"
STEROID = "short/sheet.steroid"
FLAG = "alpha/flags/alpha-flag-infection"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make the small folder in which one text of the interface rests on a warning sign."""
    made = small_folder(tmp_path)
    held = short_hash(by_address(load(made).catalogue)[FLAG])
    (made / "short.toml").write_text(
        f'["sheet.steroid"]\nrests_on = [{{ ref = "{FLAG}", hash = "{held}" }}]\n', encoding="utf-8"
    )
    return made


def found(folder: Path, rule: str = "short-form") -> list[str]:
    """Return what the rules of short forms find."""
    return [item.reason for item in check(folder).findings if item.rule == rule]


def test_a_short_form_that_rests_on_a_fact_is_sound(folder: Path) -> None:
    """The text is there, and so is the fact, as it read when it was tied."""
    assert found(folder) == []


def test_a_changed_fact_asks_for_the_short_form_to_be_read_again(folder: Path) -> None:
    """Nobody has to look for the places where a sign is told in a few words."""
    edit(folder, "medicines/alpha.toml", 'sign = "Fever or', 'sign = "A high fever or')
    (said,) = found(folder)
    assert said.startswith(f"what stands at '{FLAG}' has changed, read words.sheet.steroid again")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["sheet.steroid"]', '["sheet.steroids"]', "words.toml has no text 'sheet.steroids'"),
        (FLAG, "alpha/flags/none", "no fact stands at 'alpha/flags/none'"),
        (FLAG, STEROID, f"no fact stands at '{STEROID}'"),
    ],
)
def test_what_is_not_there_is_named(folder: Path, old: str, new: str, said: str) -> None:
    """A key or an address that leads nowhere ties nothing; a short form is no fact itself."""
    edit(folder, "short.toml", old, new)
    assert any(line.startswith(said) for line in found(folder))


def test_a_text_that_tells_a_sign_is_not_left_out(folder: Path) -> None:
    """By the table of signs, whatever the words: each sign that is told is named."""
    assert any("name 'signs/breathing'" in line for line in found(folder, "short-missing"))


def test_it_is_among_what_rests_on_a_fact(folder: Path) -> None:
    """An editor who changes the sign is told of it."""
    assert "short.toml: sheet.steroid" in tied_to(load(folder).catalogue)[FLAG]


def test_it_is_signed_and_loses_its_signature(folder: Path) -> None:
    """A change of the words alone ends the mark, as with any other line."""
    sign(folder, {STEROID: "right"})
    assert load(folder).catalogue.sign_off.of(STEROID) is not None
    edit(folder, "words.toml", 'steroid = "Do not stop', 'steroid = "Never stop')
    assert load(folder).catalogue.sign_off.of(STEROID) is None


def test_the_shipped_ones_stand_on_the_sheet_with_their_sources(content: Content) -> None:
    """Whoever signs sees the words as pages show them, and the sources of what they tell."""
    lines = {line.ref: line for line in review_lines(content.catalogue) if line.part == "short"}
    assert {form.id for form in content.catalogue.short_forms} == {
        ref.partition("/")[2] for ref in lines
    }
    sheet = review_document(scope_of(lines.values(), "short"), content.catalogue, content.version)
    assert [row.line.ref for level in sheet.levels for row in level.rows] == list(lines)
    crisis = lines[LINE]
    assert "988" in crisis.words
    assert "{" not in crisis.words
    assert crisis.citations
    assert crisis.settled_by == ("signs/self-harm", "contacts/us/flags/us-flag-self-harm")
    assert crisis.page == "visit"


def test_reviewed_writes_the_hash_of_one_short_form(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No hash is copied by hand: what rests on a sign is listed, and one of it is marked as read."""
    edit(folder, "medicines/alpha.toml", 'sign = "Fever or', 'sign = "A high fever or')
    assert main(["reviewed", FLAG, "--data", str(folder)]) == 0
    said = capsys.readouterr()
    assert "short.toml: sheet.steroid: read it again: Do not stop a steroid" in said.out
    assert "to read again: 1 of 1" in said.err
    assert main(["reviewed", FLAG, "sheet.steroid", "--data", str(folder)]) == 0
    assert found(folder) == []
