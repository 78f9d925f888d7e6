"""Rules about the guide: backed statements, easy reading, and signs in their right place."""

from pathlib import Path

import pytest

from tests.builders import check, small_folder

SECTION = """
order = 1
question = "What if I feel ill?"
[summary]
id = "ill-summary"
text = "Call your team the same day."
basis = "practice"
[[blocks]]
kind = "list"
heading = "{heading}"
[[blocks.statements]]
id = "ill-sign"
text = "{text}"
basis = "practice"
"""


def found(tmp_path: Path, heading: str, text: str) -> list[tuple[str, str]]:
    """Check a guide of one section: rule and key of each error, those on signs left out."""
    folder = small_folder(tmp_path)
    (folder / "guide").mkdir()
    section = SECTION.format(heading=heading, text=text)
    (folder / "guide/ill.toml").write_text(section, encoding="utf-8")
    return [
        (item.rule, item.key)
        for item in check(folder).findings
        if item.level == "error" and not item.rule.startswith("sign-")
    ]


@pytest.mark.parametrize("sign", ["Chest pain.", "You faint.", "You are short of breath."])
def test_an_emergency_among_signs_to_call_about_is_found(tmp_path: Path, sign: str) -> None:
    """Under "call the same day" no sign stands that needs 911."""
    assert found(tmp_path, "Call the same day", sign) == [("upward-rule", "ill-sign")]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Call {emergency} for any of these", "Chest pain."),
        ("Call the same day", "A cough. If you are short of breath, call {emergency}."),
        ("Call the same day", "Fever or chills."),
        ("Why it matters", "Chest pain can have many causes."),
    ],
)
def test_a_sign_in_its_right_place_is_left_alone(tmp_path: Path, heading: str, text: str) -> None:
    """An emergency that says whom to call now, and a sign that can wait, are both fine."""
    assert found(tmp_path, heading, text) == []


def test_a_statement_without_a_source_is_found(tmp_path: Path) -> None:
    """A line of the guide is cited, marked as common practice, or said to be unknown."""
    folder = small_folder(tmp_path)
    (folder / "guide").mkdir()
    section = SECTION.format(heading="A", text="Drink water.").replace('basis = "practice"', "", 2)
    (folder / "guide/ill.toml").write_text(section, encoding="utf-8")
    keys = [item.key for item in check(folder).findings if item.rule == "no-source"]
    assert keys == ["ill-sign", "ill-summary"]


@pytest.mark.parametrize(
    ("text", "keys"), [("What may it do for me?", []), ("It helps.", ["ill-sign"])]
)
def test_questions_to_ask_need_no_source_and_are_questions(
    tmp_path: Path, text: str, keys: list[str]
) -> None:
    """A question is no fact; a fact among questions would slip through without a source."""
    folder = small_folder(tmp_path)
    (folder / "guide").mkdir()
    section = SECTION.format(heading="Ask", text=text).replace(
        'kind = "list"', 'kind = "questions"'
    )
    head, _, tail = section.rpartition('basis = "practice"')
    (folder / "guide/ill.toml").write_text(head + tail, encoding="utf-8")
    assert [item.key for item in check(folder).findings if item.rule == "no-source"] == keys
