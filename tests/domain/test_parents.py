"""What a parent reads: whole sentences, in the place of those that speak to the patient."""

import pytest

from explorer import paths
from explorer.content.load import load
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import compare
from explorer.domain.comparison.merged_signs import merged_signs
from explorer.domain.parents import ParentSentence, ParentVoice
from explorer.domain.visit.sheet_signs import signs_of
from explorer.domain.who import Who

VOICE = ParentVoice(
    sentences=(
        ParentSentence(said="You feel ill.", parent="Your child seems ill."),
        ParentSentence(said="Take no more {medicine}.", parent="Give no more {medicine}."),
    ),
    names=("alpha", "alpha pegol", "beta"),
)


@pytest.mark.parametrize(
    ("said", "parent"),
    [
        ("You feel ill.", "Your child seems ill."),
        ("Fever. You feel ill. Ask your team.", "Fever. Your child seems ill. Ask your team."),
        ("Take no more beta.", "Give no more beta."),
        ("Take no more alpha pegol.", "Give no more alpha pegol."),
        ("Take no more gamma.", "Take no more gamma."),
        ("Take no more alpha or beta.", "Take no more alpha or beta."),
        ("If you feel ill.", "If you feel ill."),
    ],
)
def test_whole_sentences_are_put_in_and_nothing_else_changes(said: str, parent: str) -> None:
    """A known sentence gives way to the parent's, with its own medicine; any other one stays."""
    assert VOICE.of(said) == parent


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.DATA).catalogue


def test_a_parent_reads_of_the_child_and_a_patient_of_themselves(catalogue: Catalogue) -> None:
    """Signs and cells of a comparison are told to the one who reads it."""
    rows = ("infection", "live-vaccines")

    def said(who: Who) -> str:
        found = compare(catalogue, "stills", ["anakinra", "canakinumab"], rows, who=who)
        cells = [cell for group in found.groups for row in group.rows for cell in row.cells]
        flags = [flag for column in found.columns for flag in column.red_flags]
        return " ".join(
            [f"{cell.text} {cell.detail}" for cell in cells]
            + [f"{flag.sign} {flag.action}" for flag in flags]
        )

    assert "You feel very ill" in said(Who.ADULT)
    parents = said(Who.CHILD)
    assert "Your child feels or seems very ill" in parents
    assert "Your child does not have live vaccines while on canakinumab." in parents
    assert "Take no more" not in parents
    assert "You feel" not in parents


def test_a_parent_reads_one_heading_for_the_same_thing_to_do(catalogue: Catalogue) -> None:
    """'Take no more' and 'give no more' do not stand as two groups of one page."""
    found = compare(catalogue, "stills", ["anakinra", "canakinumab"], ["infection"], who=Who.CHILD)
    emergency = merged_signs(found)[0]
    stops = [item.action for item in emergency.actions if "no more" in item.action]
    assert len(stops) == 1


def test_the_sheet_of_a_child_speaks_of_the_child(catalogue: Catalogue) -> None:
    """The signs of a sheet are told to the parent who carries it."""
    condition = catalogue.condition("stills")
    medicines = [catalogue.medicine("anakinra")]
    signs = signs_of(catalogue, condition, medicines, Who.CHILD, ["anakinra"], by_age=True)
    said = [sign.text for sign in (*signs.emergency, *signs.same_day)]
    assert any("Your child" in text for text in said)
    assert not any("You feel" in text or "Take no more" in text for text in said)
