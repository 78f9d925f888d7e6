"""The claims of the article: all placed, and none that is wrong repeated."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.domain.article_claims import ClaimVerdict, Outcome, normalise, repeats
from explorer.domain.catalogue import Catalogue
from tests.builders import INFECTIONS, check, edit, question_folder, small_folder

TABLE = "claims.toml"
ALPHA = "medicines/alpha.toml"


def rules_of(folder: Path) -> dict[str, str]:
    """Give the reasons of the errors about claims, by rule."""
    return {
        item.rule: f"{item.file}: {item.key}: {item.reason}"
        for item in check(folder).findings
        if item.rule.startswith("claim")
    }


def test_the_small_table_is_in_order(tmp_path: Path) -> None:
    """The table of the small folder breaks no rule."""
    assert rules_of(small_folder(tmp_path)) == {}


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        ("claims = 2", "claims = 3", "claim-missing", "claim 3 of 3 is missing"),
        ("claims = 2", "claims = 1", "claim-missing", "this is none of them"),
        ('["alpha/how-often"]', "[]", "claim-place", "name the statement or the cell"),
        ("alpha/how-often", "alpha/colour", "claim-place", "'alpha/colour' is no stated cell"),
        ("alpha/how-often", "guide/a/b", "claim-place", "'guide/a/b' is no stated cell"),
        ('fate = "left-out"', 'fate = "kept"', "claim-fate", "not kept"),
        ('reason = "No text says so."', "", "claim-fate", "say why"),
        ("told = ['works (on its own )?after (a|one) week']", "", "claim-fate", "names wordings"),
    ],
)
def test_a_flaw_in_the_table_is_named(
    tmp_path: Path, old: str, new: str, rule: str, says: str
) -> None:
    """Each flaw is an error that says what is wrong."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, old, new)
    assert says in rules_of(folder)[rule]


def test_a_pattern_that_is_none_is_refused(tmp_path: Path) -> None:
    """A pattern with a missing bracket is named, with its file."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, "(a|one)", "(a|one")
    found = [str(item) for item in check(folder).findings]
    assert any(
        line.startswith("claims.toml: ") and "not a regular expression" in line for line in found
    )


def test_a_pattern_with_capitals_is_refused(tmp_path: Path) -> None:
    """Texts are searched in small letters, so a capital would never be found."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, "(a|one) week", "(a|one) Week")
    assert any("small letters" in str(item) for item in check(folder).findings)


def test_a_repeated_claim_is_found_in_a_cell(tmp_path: Path) -> None:
    """A cell of the medicine that the claims are about may not bring a claim back."""
    folder = small_folder(tmp_path)
    (folder / ALPHA).rename(folder / "medicines/anakinra.toml")
    edit(folder, TABLE, "alpha/how-often", "anakinra/how-often")
    edit(folder, "medicines/anakinra.toml", "One shot every day.", "It works\\nafter ONE week.")
    assert "'works after one week' repeats claim-02" in rules_of(folder)["claim-repeated"]


def test_a_repeated_claim_is_found_in_interface_words(tmp_path: Path) -> None:
    """Words on buttons and heads are read too."""
    folder = small_folder(tmp_path)
    edit(folder, "words.toml", 'title = "Compare options"', 'title = "Works after a week"')
    assert "words.toml: words.compare.title" in rules_of(folder)["claim-repeated"]


def test_another_medicine_may_say_what_is_true_of_it(tmp_path: Path) -> None:
    """The claims are about one medicine; of another the same words may be true."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "One shot every day.", "It works after one week.")
    assert rules_of(folder) == {}


def test_a_right_answer_may_not_repeat_a_claim(tmp_path: Path) -> None:
    """The right answer of a question is read as a fact."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, "Call her team today.", "It works after a week.")
    assert "infections.toml: infection-1.call" in rules_of(folder)["claim-repeated"]


def test_a_wrong_answer_may_repeat_a_claim(tmp_path: Path) -> None:
    """A wrong answer must be wrong, and its reason says so."""
    folder = question_folder(tmp_path)
    edit(folder, INFECTIONS, "Rest and take the dose.", "It works after a week.")
    assert rules_of(folder) == {}


def test_line_breaks_and_curly_apostrophes_hide_nothing() -> None:
    """A claim is found however it is broken over lines."""
    seen = normalise("It doesn\u2019t affect\n blood  sugar.")
    assert repeats(("doesn't affect blood sugar",), [seen]) == {0: "doesn't affect blood sugar"}


def test_two_texts_are_never_read_as_one() -> None:
    """Words of one text and words of the next do not make a claim, and the place is right."""
    told = (r"too much[^.]*infection", r"rarely harmful")
    assert repeats(told, ["too much", "an infection"]) == {}
    assert repeats(told, ["one", "it is rarely harmful", "three"]) == {1: "rarely harmful"}


def test_all_claims_of_the_article_are_placed(content: Content) -> None:
    """86 of 86, each with a fate, and none that is wrong among those kept."""
    table = content.catalogue.claims
    assert [item.number for item in table.in_order] == list(range(1, 87))
    assert sum(table.count(fate) for fate in Outcome) == 86
    wrong = {item.number for item in table.claims if item.verdict is ClaimVerdict.CONTRADICTED}
    assert wrong == {14, 21}
    unsupported = {item.number for item in table.claims if item.verdict is ClaimVerdict.UNSUPPORTED}
    assert unsupported == {12, 16, 25, 27, 30, 37, 50, 72, 73, 78, 82}


def test_the_four_lost_lists_stand_in_the_guide(content: Content) -> None:
    """Skin reactions, general side effects, signs of infection, conditions that need caution."""
    lists = [item for item in content.catalogue.claims.in_order if item.verdict is ClaimVerdict.GAP]
    assert [item.number for item in lists] == [33, 36, 39, 45]
    assert all(len(item.places) >= 7 for item in lists)


SAID = {
    12: "It is gentler than other medicines.",
    14: "It gets better as the medicine builds up.",
    16: "It soon becomes routine.",
    21: "Let it warm for 15 to 30 minutes.",
    24: "If you see any specks, throw it away.",
    25: "With RA it is often for many years.",
    27: "You may go on as long as it helps.",
    29: "Never stop suddenly without your doctor.",
    30: "Your doctor may slowly lower the dose.",
    37: "This gets better once the body gets used to it.",
    50: "Generic versions may come.",
    63: "It is a better choice for people who cannot take methotrexate.",
    66: "It is safe for people with diabetes.",
    67: "It does not directly affect blood sugar.",
    71: "One overdose is rarely dangerous.",
    72: "Too much raises the risk of infection.",
    73: "Do not skip your next dose.",
    75: "Take it as soon as you remember.",
    78: "Missing a few doses is not usually dangerous.",
    82: "The dose can be slowly cut.",
    86: "You may need extra vaccines.",
}


@pytest.mark.parametrize("number", sorted(SAID))
def test_the_article_s_own_way_of_saying_it_is_found(content: Content, number: int) -> None:
    """Each claim that no longer stands is found in a plain wording of it."""
    claim = next(item for item in content.catalogue.claims.claims if item.number == number)
    assert repeats(claim.told, [normalise(SAID[number])])


def test_every_claim_that_must_not_return_is_tried(content: Content) -> None:
    """The wordings above cover each claim that is contradicted or unsupported."""
    catalogue: Catalogue = content.catalogue
    assert {item.number for item in catalogue.claims.claims if item.must_not_return} <= set(SAID)
