"""The printed table of signs reads a text with several urgencies as it is meant."""

from pathlib import Path

import pytest

from explorer.content.load import load
from explorer.content.signs_table import lines
from explorer.domain.signs import DoseAction, Urgency
from tests.builders import small_folder
from tests.content.test_signs_rules import guide

Read = tuple[Urgency | None, DoseAction | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trouble breathing: take no more, call {emergency}. Shivers: call the same day.",
            (None, None),
        ),
        ("If you shiver, take no more and call the same day.", (Urgency.SAME_DAY, DoseAction.STOP)),
        (
            "Fever: take no more, call the same day. Trouble breathing, fever: {emergency}.",
            (Urgency.SAME_DAY, DoseAction.STOP),
        ),
        ("With a fever, call {emergency}.", (Urgency.EMERGENCY, None)),
    ],
)
def test_a_sign_does_not_take_the_words_of_another(
    tmp_path: Path, text: str, expected: Read
) -> None:
    """What a mixed text says of a worse sign is not printed for this one; its own words are."""
    folder = guide(small_folder(tmp_path), "Signs", text)
    table = lines(load(folder).catalogue)
    read = [
        (line.urgency, line.medicine)
        for line in table
        if line.sign == "infection" and line.key == "ill-sign"
    ]
    assert read == [expected]
