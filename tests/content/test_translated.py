"""Safety holds by fields and not by English words: three files of the content in another language.

The texts are no translation for readers; they only stand in the place of English ones.
"""

import re
import shutil
from pathlib import Path

import pytest

from explorer import paths
from explorer.content.check import check
from explorer.content.load import Content, build, load, read_folder
from explorer.content.rules.safety import EMERGENCY_SIGNS
from tests.builders import PARSED, TODAY, edit

pytestmark = pytest.mark.slow  # each reads and checks the whole content

SIGNS = "signs.toml"
CONTACTS = "contacts.toml"
ANAKINRA = "medicines/anakinra.toml"

GERMAN = "Bitte fragen Sie Ihr Team."
SAFETY = re.compile(
    r"upward-rule|sign-(lower|medicine|missing|of-kind|countries|why|unused|unknown)"
)


FLAGS = frozenset({"signs", "safety"})
"""Modules of the rules of safety, the only ones that are applied here."""

TABLE = frozenset({"safety"})
"""The module of the rules of the table itself."""


def in_german(block: str, name: str) -> str:
    """Tell one sign of the table by another name, and find it by that name."""
    block = re.sub(r'^(words|child) = ".*"', rf'\1 = "{name}."', block, flags=re.M)
    spotted = f"spotted_by = ['\\\\b{name}\\\\b']"
    return re.sub(r"^spotted_by = \[.*?\]$", spotted, block, flags=re.M | re.S)


@pytest.fixture
def german(tmp_path: Path, content: Content) -> Path:
    """Put other words in the place of the signs of three files, and of the patterns for them."""
    folder = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    table = content.catalogue.signs
    named = {sign.id: f"Zeichen {number}" for number, sign in enumerate(table.signs)}

    def said(block: str) -> str:
        """Tell the signs that a flag names, in other words."""
        found = re.search(r"^signs = \[(.*)\]", block, flags=re.M)
        words = (
            ", ".join(named[item] for item in re.findall(r'"([a-z-]+)"', found[1])) if found else ""
        )
        block = re.sub(r'^sign = ".*"', f'sign = "{words}."', block, flags=re.M)
        return re.sub(r'^action = ".*"', 'action = "Nichts mehr nehmen."', block, flags=re.M)

    for name in (CONTACTS, ANAKINRA):
        path = folder / name
        parts = re.split(r"(?=^\[)", path.read_text(encoding="utf-8"), flags=re.M)
        path.write_text("".join(said(part) for part in parts), encoding="utf-8")
    path = folder / SIGNS
    text = path.read_text(encoding="utf-8")
    head, *parts = re.split(r"(?=^\[signs\.[a-z-]+\])", text, flags=re.M)
    done = []
    for part in parts:
        own, *ages = re.split(r"(?=^\[\[)", part, flags=re.M)
        name = named[own[len("[signs.") : own.index("]")]]
        done.append(in_german(own, name))
        done.extend(in_german(age, "Ein Baby") for age in ages)
    head = re.sub(r"^stop = \[.*?^\]", "stop = ['nichts mehr']", head, flags=re.M | re.S)
    path.write_text(head + "".join(done), encoding="utf-8")
    return folder


def broken(folder: Path, *files: str, modules: frozenset[str] = FLAGS) -> set[str]:
    """Return the safety rules that find something in some files."""
    read = read_folder(folder, PARSED)
    found = check(read, build(read), TODAY, measure=False, modules=modules).findings
    return {item.rule for item in found if item.file in files and SAFETY.match(item.rule)}


def test_no_english_sign_is_left(german: Path) -> None:
    """The copy does not pass because its flags still hold the words of the English rules."""
    catalogue = load(german).catalogue
    flags = (*catalogue.medicine("anakinra").red_flags, *catalogue.contact().red_flags)
    assert len(flags) > 8
    assert not any(EMERGENCY_SIGNS.search(flag.sign) for flag in flags)


def test_sound_content_in_another_language_is_safe(german: Path) -> None:
    """Neither the medicine nor the card of the country breaks a rule of safety."""
    assert broken(german, ANAKINRA, CONTACTS) == set()


def test_a_flag_moved_down_is_found(german: Path) -> None:
    """An emergency of the medicine, told in other words, cannot become a call the same day."""
    path = german / ANAKINRA
    text = path.read_text(encoding="utf-8")
    start = text.index("[[red_flags]]")
    path.write_text(
        text[:start] + text[start:].replace('urgency = "emergency"', 'urgency = "same-day"', 1),
        encoding="utf-8",
    )
    assert "sign-lower" in broken(german, ANAKINRA)


def test_a_general_emergency_moved_down_is_found(german: Path) -> None:
    """So it is on the card of the country, whatever its words."""
    edit(german, CONTACTS, 'urgency = "emergency"', 'urgency = "same-day"')
    assert "sign-lower" in broken(german, CONTACTS)


@pytest.mark.parametrize("sign", ["breathing", "chest-pain", "confused", "allergy", "bad-rash"])
def test_the_table_itself_cannot_be_lowered(german: Path, sign: str) -> None:
    """A danger is an emergency by its field, so the sign and every flag together cannot sink."""
    path = german / SIGNS
    text = path.read_text(encoding="utf-8")
    start = text.index(f"[signs.{sign}]")
    path.write_text(
        text[:start] + text[start:].replace('urgency = "emergency"', 'urgency = "same-day"', 1),
        encoding="utf-8",
    )
    assert "upward-rule" in broken(german, SIGNS, modules=TABLE)


def test_a_danger_without_its_signs_is_found(german: Path) -> None:
    """Taking a danger out of ``[upward]`` does not take the rule away."""
    edit(german, SIGNS, 'chest = { signs = ["chest-pain"] }\n', "")
    assert "upward-rule" in broken(german, SIGNS, modules=TABLE)
