"""Whose numbers are shown: one country as it is written, another as a whole, or not at all."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from explorer import paths
from explorer.content.checked import read_checked
from explorer.content.findings import ContentError
from explorer.content.load import Content, read_folder
from explorer.content.support import supporting_text
from explorer.domain.answer_words import phrase
from explorer.domain.answers import Storage
from explorer.domain.cells import Cell
from explorer.domain.comparison import compare
from explorer.domain.facts import facts, items
from explorer.domain.prose import Layer
from explorer.domain.visit import sheet_of
from explorer.domain.who import Who
from explorer.export import comparison_html, comparison_pdf, red_flags_html, visit_html, visit_pdf
from tests.builders import TODAY, check, edit, small_folder
from tests.domain.test_visit import RA, a_visit
from tests.paper import sheets

pytestmark = pytest.mark.slow

OURS = re.compile(r"(?<![\w-])911(?!\w)|1-800-222-1222|Poison Help|text 988\b")


def pdf_text(made: bytes) -> str:
    return " ".join(sheets(made))


def british(folder: Path) -> None:
    """Add an example of another country: the same signs, its own numbers."""
    path = folder / "contacts.toml"
    us = path.read_text(encoding="utf-8")
    uk = (
        us.partition("[other]")[0]
        .replace("[us", "[uk")
        .replace("[[us", "[[uk")
        .replace('"us-', '"uk-')
    )
    uk = uk.replace('"911"', '"999"').replace("Call 911", "Call 999")
    uk = uk.replace('"1-800-222-1222"', '"111"').replace('"Poison Help"', '"NHS"')
    uk = uk.replace('crisis = "988"', 'crisis = "116 123"')
    path.write_text(f"{us}\n{uk}", encoding="utf-8")


@pytest.fixture(scope="module")
def uk(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Read the shipped content for the example of another country."""
    folder = Path(shutil.copytree(paths.DATA, tmp_path_factory.mktemp("uk") / "data"))
    british(folder)
    return read_checked(folder, TODAY, jurisdiction="uk")


def test_no_text_names_the_numbers_of_another_country(uk: Content) -> None:
    """Whatever a reader can see has 999 and 111, in the place of what the US content has."""
    seen = [
        fact
        for fact in facts(uk.catalogue)
        if fact.layer not in (Layer.RECORD, Layer.REFERENCE, Layer.INTERFACE)
        and getattr(fact.item.owner, "id", "") != "us"
    ]
    assert [(fact.file, fact.key) for fact in seen if OURS.search(fact.text)] == []
    assert sum("999" in fact.text for fact in seen) > 80
    assert not any(
        name in fact.text for fact in seen for name in ("{emergency}", "{poison", "{crisis")
    )
    assert any("call or text 116 123" in fact.text for fact in seen)


def test_an_address_is_the_same_in_every_country(uk: Content) -> None:
    """What a question rests on is found there too: no number to call is a part of its address."""
    lost = [
        (question.id, support.ref)
        for question in uk.catalogue.bank.questions
        for support in question.supported_by
        if supporting_text(uk.catalogue, support.ref) is None
    ]
    assert lost == []


def test_a_temperature_is_read_in_celsius_too(uk: Content) -> None:
    """No reader has to convert: each text with °F has °C, and so has each typed answer in words."""
    texts = [
        fact
        for fact in facts(uk.catalogue)
        if fact.layer not in (Layer.RECORD, Layer.REFERENCE, Layer.INTERFACE)
    ]
    assert sum("°F" in fact.text for fact in texts) > 40
    assert [
        (fact.file, fact.key) for fact in texts if "°F" in fact.text and "°C" not in fact.text
    ] == []
    cells = [item.value for item in items(uk.catalogue) if isinstance(item.value, Cell)]
    kept = [cell.answer for cell in cells if isinstance(cell.answer, Storage)]
    assert len(kept) > 8
    assert all("°C" in phrase(answer, uk.catalogue.words) for answer in kept)


def test_pages_sheet_and_files_name_its_numbers(uk: Content) -> None:
    """The safety line, a comparison and the visit sheet, each on screen and as PDF."""
    catalogue = uk.catalogue
    made = compare(catalogue, "ra", RA)
    sheet = sheet_of(catalogue, "ra", RA, Who.ADULT, a_visit())
    whole = (
        red_flags_html.line(catalogue),
        comparison_html.write(made, catalogue, uk.version).decode(),
        pdf_text(comparison_pdf.write(made, catalogue, uk.version)),
        visit_html.write(sheet, catalogue, uk.version),
        pdf_text(visit_pdf.write(sheet, catalogue, uk.version)),
    )
    for said in whole:
        assert "999" in said
        assert not OURS.search(said)


def test_the_us_is_whole_as_before(content: Content) -> None:
    """The shipped texts name 911 and the US poison line, and no name of a number is left."""
    texts = [fact.text for fact in facts(content.catalogue) if fact.layer is not Layer.INTERFACE]
    assert sum("911" in text for text in texts) > 80
    assert any("1-800-222-1222" in text for text in texts)
    assert not any("{emergency}" in text or "{poison_" in text for text in texts)


@pytest.mark.parametrize(
    ("old", "new", "lacks"),
    [
        ('poison = "111"\n', "", "contacts.toml: uk.poison: error: this is missing"),
        (None, None, "no red flag of 'uk' tells the sign"),
    ],
)
def test_a_country_that_is_not_whole_is_refused(
    tmp_path: Path, old: str | None, new: str | None, lacks: str
) -> None:
    """What it lacks is named, with what the home country has."""
    folder = small_folder(tmp_path)
    british(folder)
    if old is not None:
        edit(folder, "contacts.toml", old, new or "")
    else:
        path = folder / "contacts.toml"
        text = path.read_text(encoding="utf-8")
        start = text.index("[[uk.red_flags]]")
        end = text.index("[uk.nobody_answers]")
        path.write_text(
            f"{text[:start]}{text[end:]}".replace("[uk]\n", "[uk]\nred_flags = []\n"),
            encoding="utf-8",
        )
    with pytest.raises(ContentError, match=r".") as refused:
        read_checked(folder, TODAY, jurisdiction="uk")
    said = str(refused.value)
    assert lacks in said or "sign does not depend on the country" in said


def test_an_unknown_country_is_refused(tmp_path: Path) -> None:
    """The message names those that there are."""
    with pytest.raises(ContentError, match="there is no jurisdiction 'fr'"):
        read_checked(small_folder(tmp_path), TODAY, jurisdiction="fr")


def test_a_number_by_hand_is_found_in_any_file(tmp_path: Path) -> None:
    """Also the number of a country that is not shown; a name of a fact is no number."""
    folder = small_folder(tmp_path)
    british(folder)
    edit(folder, "medicines/alpha.toml", "At the same time of day.", "If it is bad, call 999.")
    edit(folder, "words.toml", 'title = "Compare options"', 'title = "Compare 911 options"')
    found = {
        (item.file, item.reason[:14])
        for item in check(folder).findings
        if item.rule == "number-by-hand"
    }
    assert found == {("medicines/alpha.toml", "the number 999"), ("words.toml", "the number 911")}


def test_texts_are_kept_by_name_and_hashes_do_not_depend_on_the_country() -> None:
    """No shipped file but the contacts writes the number; a question's hash is that of the home text."""
    folder = read_folder(paths.DATA)
    raw = (paths.DATA / "questions/allergy.toml").read_text(encoding="utf-8")
    assert "{emergency}" in raw
    assert tomllib.loads(raw) == dict(folder.files)["questions/allergy.toml"]
