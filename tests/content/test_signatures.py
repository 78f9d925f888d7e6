"""Signatures: bound to the text that was read, and told as they stand."""

from pathlib import Path

import pytest

from explorer.content.load import Content, load
from explorer.content.review_import import appended
from explorer.content.summary import summary
from explorer.domain.catalogue import Catalogue
from explorer.domain.review_lines import by_address, hash_of, review_lines
from explorer.domain.sign_off import EVERYTHING
from explorer.domain.signatures import ReviewerRole
from explorer.domain.signing import open_marks, with_sign_off
from tests.builders import check, edit, question_folder, small_catalogue, small_folder
from tests.reviewing import sign

MISTAKE = "alpha/mistake"
FLAG = "alpha/flags/alpha-flag-infection"
ALPHA = "medicines/alpha.toml"


def catalogue(folder: Path) -> Catalogue:
    return load(folder).catalogue


def test_the_shipped_content_has_no_signature(content: Content) -> None:
    """No signature of a person who does not exist is shipped, and the status line says so."""
    assert content.catalogue.reviews == ()
    assert content.catalogue.sign_off.signed == ()
    assert content.catalogue.words("frame.status").startswith("This is information")
    assert "No doctor, nurse or pharmacist has signed it off" in content.catalogue.words(
        "frame.status"
    )


def test_a_mark_that_says_right_signs_the_line(tmp_path: Path) -> None:
    """Role and day stand by the line; the other lines stay unsigned."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"})
    sign_off = catalogue(folder).sign_off
    signed = sign_off.of(MISTAKE)
    assert signed is not None
    assert (signed.role, str(signed.on)) == (ReviewerRole.PHARMACIST, "2026-11-23")
    assert sign_off.of(FLAG) is None
    count = sign_off.count("alpha")
    assert count is not None
    assert count.signed == 1
    assert count.lines == sum(line.part == "alpha" for line in review_lines(catalogue(folder)))
    assert sign_off.count("beta") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text = "Do not take two shots."', 'text = "Never take two shots."'),
        (
            '{ source = "label-one", place = "2", read_in',
            '{ source = "label-one", place = "3", read_in',
        ),
    ],
)
def test_a_changed_text_or_place_loses_its_signature(tmp_path: Path, old: str, new: str) -> None:
    """What was signed is the text with its place in the source, and nothing else is."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right", FLAG: "right"})
    edit(folder, ALPHA, old, new)
    sign_off = catalogue(folder).sign_off
    assert sign_off.of(MISTAKE) is None
    assert sign_off.of(FLAG) is not None


OTHERS = {
    "glossary/shot": ("glossary.toml", "put under the skin", "put into a muscle"),
    "signs/infection": ("signs.toml", 'urgency = "same-day"', 'urgency = "emergency"'),
    "contacts/us/flags/us-flag-breathing": ("contacts.toml", "Trouble breathing.", "No breath."),
    "contacts/us/nobody-answers": ("contacts.toml", "go to urgent care", "go to a hospital"),
    "conditions/ra/card/ra-card-1": ("conditions.toml", "makes joints sore", "makes joints stiff"),
    "conditions/ra/not-compared/ra-other-1": ("conditions.toml", "Steroids.", "Steroid tablets."),
    "conditions/ra/preselect": ("conditions.toml", "start with both", "start with the two"),
    "conditions/gout/flags/gout-flag-hot": ("conditions.toml", "A hot joint", "A red joint"),
    "options/ra/stay": ("conditions.toml", "You keep what you take.", "You go on."),
    "options/ra/stay/how-well": ("conditions.toml", "We found no study.", "No study was found."),
}
"""An address of no medicine, and a change of what stands there."""


@pytest.fixture
def worded(tmp_path: Path) -> Path:
    """Return a folder that explains a word."""
    folder = small_folder(tmp_path)
    term = '[shot]\nterm = "shot"\nmeaning = "Medicine put under the skin with a needle."\n'
    (folder / "glossary.toml").write_text(term, encoding="utf-8")
    return folder


def test_what_belongs_to_no_medicine_is_signed_and_loses_it_by_a_change(worded: Path) -> None:
    """A word, a sign, a flag, a statement, an option and its cell: each its own line."""
    sign(worded, dict.fromkeys(OTHERS, "right"))
    assert {line.ref for line in catalogue(worded).sign_off.signed} == set(OTHERS)
    count = catalogue(worded).sign_off.count("options/ra")
    assert count is not None
    assert (count.signed, count.lines) == (2, 4)
    assert not any(item.file == "signatures.toml" for item in check(worded).findings)
    for part in (0, 1):
        for file, old, new in list(OTHERS.values())[part::2]:
            path = worded / file
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        left = {line.ref for line in catalogue(worded).sign_off.signed}
        assert left == (set() if part else set(list(OTHERS)[1::2]))


def test_what_only_a_rule_reads_leaves_the_signature_of_a_sign(worded: Path) -> None:
    """Patterns that find a sign in a text, and kinds that have it, are read by nobody."""
    sign(worded, {"signs/infection": "right"})
    edit(worded, "signs.toml", r"'\bfever\b', ", "")
    edit(worded, "signs.toml", '["il1-blocker", "tnf-blocker"]', '["il1-blocker"]')
    assert catalogue(worded).sign_off.of("signs/infection") is not None
    edit(worded, "signs.toml", "under_months = 3", "under_months = 2")
    assert catalogue(worded).sign_off.of("signs/infection") is None


def test_a_text_that_is_put_back_has_its_signature_again(tmp_path: Path) -> None:
    """The signature is of the text, not of a time."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"})
    edit(folder, ALPHA, "two shots", "three shots")
    edit(folder, ALPHA, "three shots", "two shots")
    assert catalogue(folder).sign_off.of(MISTAKE) is not None


@pytest.mark.parametrize("key", ["checked = 2026-11-01", 'say = "AL-fa"'])
def test_what_is_no_statement_leaves_the_signature(tmp_path: Path, key: str) -> None:
    """A day of our own records, or how a name is said, is no part of a signed line."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right", "alpha/route": "right"})
    edit(folder, ALPHA, key, key.replace("01", "02").replace("AL-fa", "AL-fah"))
    assert len(catalogue(folder).sign_off.signed) == 2


def test_the_hash_is_the_one_of_earlier_releases(tmp_path: Path) -> None:
    """A change of the code may not take away every signature: this value only changes with intent."""
    found = by_address(small_catalogue(tmp_path))
    assert hash_of(found[MISTAKE]) == "bd8b638a3c3b890f"


@pytest.mark.parametrize("later", ["wrong", "unclear"])
def test_the_latest_mark_counts(tmp_path: Path, later: str) -> None:
    """A later doubt takes the signature away, and a still later "right" gives it back."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"}, on="2026-11-20")
    sign(folder, {MISTAKE: later}, on="2026-11-21", why="See 2.3.")
    assert catalogue(folder).sign_off.of(MISTAKE) is None
    assert [mark.line.why for mark in open_marks(catalogue(folder))] == ["See 2.3."]
    sign(folder, {MISTAKE: "right"}, on="2026-11-22")
    assert catalogue(folder).sign_off.of(MISTAKE) is not None
    assert list(open_marks(catalogue(folder))) == []


def test_of_one_day_the_graver_mark_counts(tmp_path: Path) -> None:
    """Two who read on one day and disagree leave the line unsigned, in either order."""
    for number, marks in enumerate((("right", "wrong"), ("wrong", "right"))):
        (tmp_path / str(number)).mkdir()
        folder = small_folder(tmp_path / str(number))
        for role, mark in zip(("nurse", "doctor"), marks, strict=True):
            sign(folder, {MISTAKE: mark}, role=role)
        assert catalogue(folder).sign_off.of(MISTAKE) is None


def test_a_program_signs_nothing(tmp_path: Path) -> None:
    """Its mark stands on the next sheet, and no page counts it."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right", FLAG: "wrong"}, role="automated-reader", why="Place 5.1.")
    held = catalogue(folder)
    assert held.sign_off.signed == ()
    assert held.words("frame.status") == small_catalogue_words(tmp_path)
    said = {line.ref: line.readers for line in review_lines(held)}
    assert said[FLAG] == ("2026-11-23, automated reader: wrong. Place 5.1.",)
    assert list(open_marks(held)) == []


def small_catalogue_words(tmp_path: Path) -> str:
    (tmp_path / "plain").mkdir()
    return small_catalogue(tmp_path / "plain").words("frame.status")


def test_what_a_program_said_is_not_told_of_another_text(tmp_path: Path) -> None:
    """After a change, the next reader is not told what a program said of the old words."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "wrong"}, role="automated-reader")
    edit(folder, ALPHA, "two shots", "three shots")
    assert (
        next(line for line in review_lines(catalogue(folder)) if line.ref == MISTAKE).readers == ()
    )


def test_the_status_lines_follow(tmp_path: Path) -> None:
    """They name the roles and the number, and that nobody signed the rest."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"}, role="pharmacist")
    sign(folder, {FLAG: "right"}, role="nurse")
    held = catalogue(folder)
    count = held.sign_off.count(EVERYTHING)
    assert count is not None
    status = held.words("frame.status")
    assert f"A pharmacist and a nurse marked 2 of {count.lines} lines as right." in status
    assert "Nobody has signed off the others yet. Nobody outside the team" in status
    assert held.words("frame.short-status", day="2026-11-23") == (
        f"Information, not medical advice. 2 of {count.lines} lines checked by a clinician. "
        "Content of 2026-11-23."
    )
    assert "No doctor" not in held.words("about.status-text")


def test_where_all_is_signed_no_rest_is_named(tmp_path: Path) -> None:
    """Nobody reads that others are unsigned where there are none."""
    folder = small_folder(tmp_path)
    sign(folder, {line.ref: "right" for line in review_lines(catalogue(folder))})
    assert "the others" not in catalogue(folder).words("frame.status")


def test_an_outside_review_is_not_denied(tmp_path: Path) -> None:
    """Where review.toml names somebody outside the team, the status line does not say nobody."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"})
    edit(folder, "review.toml", "content_date", 'outside_review = "A reader."\ncontent_date')
    assert "Nobody outside" not in catalogue(folder).words("frame.status")


def test_a_signed_folder_has_no_finding(tmp_path: Path) -> None:
    """A right mark is no work for anybody."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"}, name="A. Reader")
    edit(folder, "review.toml", "content_date", 'clinician_sign_off = "x"\ncontent_date')
    assert check(folder).findings == ()


@pytest.mark.parametrize(
    ("marks", "values", "said"),
    [
        ({MISTAKE: "right"}, {"on": "2026-11-25"}, "has not come yet"),
        ({MISTAKE: "right"}, {"role": "automated-reader", "name": "R2"}, "a program has no name"),
        ({"guide/x": "right"}, {}, "'guide/x' is no address of a line"),
        ({MISTAKE: "wrong"}, {"why": "See 2."}, "alpha/mistake was marked wrong on 2026-11-23"),
        (
            {MISTAKE: "unclear"},
            {},
            "was marked unclear on 2026-11-23 (pharmacist), without a reason",
        ),
    ],
)
def test_what_is_not_sound_is_a_finding(
    tmp_path: Path, marks: dict[str, str], values: dict[str, str], said: str
) -> None:
    """A mark from nowhere stops the app; an open doubt is a warning."""
    folder = small_folder(tmp_path)
    sign(folder, marks, **values)  # type: ignore[arg-type]
    (finding,) = check(folder).findings
    assert said in finding.reason
    assert finding.file == "signatures.toml"


def test_a_doubt_is_closed_by_a_change(tmp_path: Path) -> None:
    """The list for the editor holds only texts that still stand as they were read."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "wrong"})
    edit(folder, ALPHA, "two shots", "two shots at once")
    assert check(folder).findings == ()


def test_the_summary_counts_what_stands_and_what_is_gone(tmp_path: Path) -> None:
    """``check`` tells how many lines stand signed, and how many marks a change has taken."""
    folder = small_folder(tmp_path)
    assert not any("signed" in line for line in summary(folder))
    sign(folder, {MISTAKE: "right", FLAG: "right"})
    edit(folder, ALPHA, "two shots", "three shots")
    (said,) = (line for line in summary(folder) if "signed" in line)
    assert said.startswith("lines that stand signed: 1 of ")
    assert said.endswith("; marks of texts that changed since: 1")


def test_two_marks_of_one_line_in_one_record_are_a_finding(tmp_path: Path) -> None:
    """A record that says two things of one line says nothing."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"})
    path = folder / "signatures.toml"
    line = next(item for item in path.read_text().splitlines() if "mistake" in item)
    edit(folder, "signatures.toml", line, f"{line}\n{line}")
    assert ["2 marks" in finding.reason for finding in check(folder).findings] == [True]


def test_records_are_only_added(tmp_path: Path) -> None:
    """What stood in the file stays to the byte, comments too, and is read again as it was given."""
    folder = small_folder(tmp_path)
    (folder / "signatures.toml").write_text("# a remark\n", encoding="utf-8")
    odd = 'A "quote", a \\ and a\nline, 5 \N{MICRO SIGN}g'
    sign(folder, {MISTAKE: "wrong"}, why=odd)
    first = (folder / "signatures.toml").read_text(encoding="utf-8")
    sign(folder, {FLAG: "right"})
    assert (folder / "signatures.toml").read_text(encoding="utf-8").startswith(first)
    records = catalogue(folder).reviews
    assert records[0].lines[0].why == odd
    assert appended("", records[1]) in (folder / "signatures.toml").read_text(encoding="utf-8")


def test_a_question_is_signed_with_its_case(tmp_path: Path) -> None:
    """The story that a question is told with is a part of what was read; its review day is not."""
    folder = question_folder(tmp_path)
    ref = "quiz/infections/infection-1"
    sign(folder, {ref: "right"})
    edit(folder, "questions/infections.toml", "due = 2027-11-23", "due = 2027-11-24")
    assert catalogue(folder).sign_off.of(ref) is not None
    edit(folder, "questions/infections.toml", "Ana takes one shot a day.", "Ana takes one a day.")
    assert catalogue(folder).sign_off.of(ref) is None


def test_signing_is_worked_out_once(tmp_path: Path) -> None:
    """What was worked out is the same however often it is asked for."""
    folder = small_folder(tmp_path)
    sign(folder, {MISTAKE: "right"})
    held = catalogue(folder)
    assert with_sign_off(held).sign_off == held.sign_off


def test_a_kind_that_no_list_names_is_told(tmp_path: Path) -> None:
    """An order that forgets a part of the site would leave its lines for the last."""
    folder = small_folder(tmp_path)
    level = '[first]\ntitle = "First"\nwhy = "It harms."\nkinds = ["signs"]\n'
    (folder / "importance.toml").write_text(level, encoding="utf-8")
    left = {item.reason.split("'")[1] for item in check(folder).findings if item.key == "kinds"}
    assert {"glossary", "contacts", "conditions", "options", "concepts", "mistake"} <= left
    assert "signs" not in left


@pytest.mark.parametrize("name", ["signs", "guide"])
def test_no_medicine_has_the_address_of_another_part(tmp_path: Path, name: str) -> None:
    """Its lines would be signed as those of the table of signs or of the guide."""
    folder = small_folder(tmp_path)
    (folder / ALPHA).rename(folder / f"medicines/{name}.toml")
    said = [item.reason for item in check(folder).findings if item.rule == "duplicate-id"]
    assert f"addresses that begin with '{name}' lead elsewhere; take another id" in said
