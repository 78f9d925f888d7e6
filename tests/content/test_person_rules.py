"""Texts fit the person who reads, and the condition they stand in."""

from pathlib import Path

import pytest

from tests.builders import edit, small_folder
from tests.content.test_measure_rules import told


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("prompts.toml", 'parent = "What should it do for my child?"\n', "", "do for me"),
        ("prompts.toml", "What should it do for me?", "What of my child?", "to somebody who reads"),
        ("rows.toml", "How often is it taken?", "How often do I give it?", "speaks of the reader"),
        ("concerns.toml", "How often it is taken", "Alcohol", "under 12"),
    ],
)
def test_a_text_in_the_wrong_person_is_refused(
    tmp_path: Path, file: str, old: str, new: str, named: str
) -> None:
    """A parent reads no 'my' of the patient, nobody else of 'my child', and no child drinks."""
    folder = small_folder(tmp_path)
    edit(folder, file, old, new)
    (line,) = told(folder, "person-text")
    assert named in line
    assert line.startswith(file)


def test_a_subject_for_older_persons_passes_where_they_are_named(tmp_path: Path) -> None:
    """Alcohol may matter to an adult."""
    folder = small_folder(tmp_path)
    edit(folder, "concerns.toml", 'label = "', 'who = ["adult"]\nlabel = "Alcohol and ')
    assert told(folder, "person-text") == []


def test_off_label_words_pass_where_the_use_is_off_label(tmp_path: Path) -> None:
    """A variant for another condition may speak of it; the default of an approved use may not."""
    folder = small_folder(tmp_path)
    edit(folder, "medicines/beta.toml", "One shot every week.", "Every week, off-label too.")
    (line,) = told(folder, "other-condition")
    assert "cells.how-often" in line
    edit(
        folder,
        "medicines/beta.toml",
        "[cells.route]",
        '[[cells.how-often.variants]]\ncondition = "ra"\nkind = "stated"\ntext = "Every week."\n'
        'answer = { kind = "schedule", phases = [ { every = 1, unit = "week" } ] }\n'
        'citations = [ { source = "label-two", place = "2.1", read_in = "label" } ]\n[cells.route]',
    )
    assert told(folder, "other-condition") == []
