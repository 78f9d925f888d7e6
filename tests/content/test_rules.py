"""Each rule on content that obeys it and on content that breaks it in one place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import check, edit, small_folder

ALPHA = "medicines/alpha.toml"
BETA = "medicines/beta.toml"
CONDITIONS = "conditions.toml"

Case = tuple[str, str, str, str, str]

BROKEN: tuple[Case, ...] = (
    # rule, file, what stands there, what it becomes, what the line says
    ("toml", ALPHA, 'say = "AL-fa"\n', 'say = "AL-fa\n', "medicines/alpha.toml: line 3: error"),
    (
        "model",
        ALPHA,
        'say = "AL-fa"\n',
        'sya = "AL-fa"\n',
        "alpha.toml: sya: error: there is no such key",
    ),
    (
        "model",
        ALPHA,
        'kind = "stated"\ntext = "Alpha,',
        'kind = "state"\ntext = "Alpha,',
        "cells.names.kind: error",
    ),
    ("model", ALPHA, "checked = 2026-11-01", 'checked = "soon"', "alpha.toml: checked: error"),
    ("model", ALPHA, "every = 1", "every = 0", "cells.how-often.answer.phases.1.every: error"),
    ("model", ALPHA, "every = 1", 'every = "1"', "cells.how-often.answer.phases.1.every: error"),
    (
        "model",
        "rows.toml",
        'group = "harm"',
        'group = "Harm"',
        "rows.toml: rows.boxed-warning.group: error: string should match pattern",
    ),
    (
        "model",
        "rows.toml",
        'route = "route"',
        'rout = "route"',
        "rows.toml: roles.rout.id: error: input should be 'dose-schedule'",
    ),
    (
        "other-name",
        ALPHA,
        'brands_shown = ["Alphabrand"]',
        'brands_shown = ["Alphabrand"]\nalso = ["betabrand"]',
        "alpha.toml: also: error: 'betabrand' names 'beta' too: a reader would be lost",
    ),
    (
        "other-name",
        ALPHA,
        'brands_shown = ["Alphabrand"]',
        'brands_shown = ["Alphabrand"]\nalso = ["alphabrand"]',
        "alpha.toml: also: error: 'alphabrand' is the name or a brand already",
    ),
    (
        "unknown-id",
        "prompts.toml",
        'moves = ["switch"]',
        'conditions = ["gotu"]',
        "prompts.toml: switch-how.conditions: error: there is no 'gotu'",
    ),
    (
        "prompt-text",
        "prompts.toml",
        "{options} may work",
        "{medicine} may work",
        "prompts.toml: gap-how-well.text: error",
    ),
    (
        "concern-prompt",
        "prompts.toml",
        'concerns = ["how-often"]\n',
        "",
        "prompts.toml: how-often: error: no question",
    ),
    (
        "concern-row",
        "concerns.toml",
        'rows = ["how-often"]',
        'rows = ["route"]',
        "concerns.toml: how-often.rows: error: the line 'route'",
    ),
    (
        "unknown-row",
        ALPHA,
        "[cells.route]",
        "[cells.rout]",
        "cells.rout: error: there is no row 'rout'",
    ),
    (
        "missing-cell",
        ALPHA,
        "[cells.route]",
        "[cells.rout]",
        "cells.route: error: the cell is missing",
    ),
    (
        "unknown-source",
        ALPHA,
        'source = "label-one", place = "Title"',
        'source = "label-on", place = "Title"',
        "cells.names: error: there is no source 'label-on'",
    ),
    (
        "empty-place",
        ALPHA,
        'place = "Title"',
        'place = " "',
        "cells.names: error: say where in 'label-one'",
    ),
    (
        "no-source",
        ALPHA,
        'citations = [ { source = "label-one", place = "Title", read_in = "label" } ]',
        "citations = []",
        "cells.names: error: a stated fact needs",
    ),
    (
        "duplicate-id",
        ALPHA,
        'id = "alpha-flag-infection"',
        'id = "alpha-flag-breathing"',
        "the id 'alpha-flag-breathing' is used more than once",
    ),
    (
        "answer",
        ALPHA,
        'answer = { kind = "yes-no", value = "no" }',
        'answer = { kind = "year", value = 2001 }',
        "'year' is not an answer of a 'yes-no' row",
    ),
    (
        "answer",
        ALPHA,
        'answer = { kind = "yes-no", value = "no" }\n',
        "",
        "a stated cell of this row needs an answer",
    ),
    (
        "answer",
        ALPHA,
        'values = ["under-skin"]',
        'values = ["nose"]',
        "'nose' is not in the list of row 'route'",
    ),
    (
        "answer",
        ALPHA,
        'searched = "The label."\n\n[cells.boxed',
        'searched = "The label."\nanswer = { kind = "unknown" }\n\n[cells.boxed',
        "a cell that is 'not-found' has no answer",
    ),
    (
        "variant",
        ALPHA,
        'condition = "gout"\nage = "child"',
        'condition = "gout"',
        "this variant stands here twice",
    ),
    (
        "variant",
        ALPHA,
        'condition = "gout"\nage = "child"\n',
        "",
        "a variant names a condition or an age",
    ),
    (
        "variant",
        ALPHA,
        'condition = "gout"\nage = "child"',
        'condition = "goat"\nage = "child"',
        "there is no condition 'goat'",
    ),
    (
        "variant-names-other",
        ALPHA,
        "One shot for a flare of gout.",
        "One shot, as in RA.",
        "a variant for 'gout' names 'RA'",
    ),
    (
        "use",
        ALPHA,
        'condition = "gout"\nus =',
        'condition = "ra"\nus =',
        "uses.gout: error: the use is missing",
    ),
    (
        "use",
        BETA,
        'searched = "The label."\n\n[cells.names]',
        "\n[cells.names]",
        "where no use was found, say what was searched",
    ),
    (
        "unknown-id",
        ALPHA,
        'us = "not-approved"',
        'subtype = "mild"\nus = "not-approved"',
        "'gout' has no subtype 'mild'",
    ),
    (
        "searched",
        ALPHA,
        'text = "We found no study."\nsearched = "The label."',
        'text = "We found no study."',
        "a cell that is 'not-found' says what was searched",
    ),
    (
        "searched",
        ALPHA,
        'detail = "At the same time of day."',
        'searched = "The label."',
        "'searched' belongs to not-found",
    ),
    ("evidence", BETA, 'evidence = "low"\n', "", "a stated effect says how sure"),
    (
        "evidence",
        ALPHA,
        'text = "A shot under the skin."',
        'text = "A shot under the skin."\nevidence = "low"\nevidence_why = "x"',
        "this cell states no effect",
    ),
    (
        "red-flags",
        ALPHA,
        'urgency = "same-day"',
        'urgency = "next-visit"',
        "there is no red flag of urgency 'same-day'",
    ),
    (
        "upward-rule",
        ALPHA,
        'sign = "Fever or chills."',
        'sign = "Fever, or you feel faint."',
        "is an emergency, not 'same-day'",
    ),
    (
        "upward-rule",
        ALPHA,
        'sign = "Fever or chills."',
        'sign = "A peeling rash with fever."',
        "is an emergency, not 'same-day'",
    ),
    (
        "order-way",
        ALPHA,
        'sign = "Fever or chills."',
        'sign = "Fever or chills."\naction = "Swallow no more and call the same day."',
        "an order for mouth only, and the medicine is also given by under-skin",
    ),
    (
        "upward-rule",
        CONDITIONS,
        'urgency = "emergency"',
        'urgency = "same-day"',
        "red_flags.gout-flag-hot: error: 'A hot joint with fever and confusion.' is an emergency",
    ),
    (
        "duplicate-id",
        CONDITIONS,
        'id = "gout-flag-hot"',
        'id = "alpha-flag-breathing"',
        "the id 'alpha-flag-breathing' is used more than once",
    ),
    (
        "model",
        CONDITIONS,
        'sign = "A hot joint with fever and confusion."',
        'sign = "A hot joint with fever and confusion."\ncondition = "ra"',
        "red flag 'gout-flag-hot' stands in a condition and names none",
    ),
    (
        "condition",
        CONDITIONS,
        '  { id = "ra-card-3", text = "Adults get it most.", citations = [ { source = "label-one", place = "1", read_in = "label" } ] },\n',
        "",
        "the card has 2 sentences, not 3",
    ),
    (
        "condition",
        CONDITIONS,
        "[ra.no_new_medicine.stay.cells.how-well]",
        "[ra.no_new_medicine.stay.cells.names]",
        "ra.no_new_medicine.stay.cells.how-well: error: say what is known",
    ),
    (
        "everyday-name",
        CONDITIONS,
        'aliases = ["gout", "Gout"]',
        'aliases = ["gout", "Gout"]\nalso = ["podagra"]',
        "gout.also: error: 'podagra' is not one of the aliases",
    ),
    (
        "everyday-name",
        CONDITIONS,
        'aliases = ["gout", "Gout"]',
        'aliases = ["gout", "Gout", "RA"]\nalso = ["RA"]',
        "gout.also: error: 'RA' names 'ra' too",
    ),
    (
        "preselection",
        CONDITIONS,
        'options = ["alpha", "stay"]',
        'options = ["alpha", "beta"]',
        "'beta' has no stated use in this condition",
    ),
    (
        "preselection",
        CONDITIONS,
        'options = ["alpha", "stay"]',
        'options = ["alpha"]',
        "1 options are preselected, not 2 to 4",
    ),
    ("too-long", ALPHA, "No boxed warning.", "No, no. " * 23, "46 words, at most 45"),
    (
        "sentence-length",
        ALPHA,
        "No boxed warning.",
        "no " * 20 + "warning.",
        "a sentence of 21 words, at most 20",
    ),
    (
        "markup",
        ALPHA,
        "No boxed warning.",
        "No <b>boxed</b> warning.",
        "text is plain, without markup",
    ),
    (
        "control-character",
        ALPHA,
        "No boxed warning.",
        "No boxed\\u202e warning.",
        "control character U+202E",
    ),
    ("banned-word", ALPHA, "No boxed warning.", "It is the best one.", "'best' is not used here"),
    (
        "reading-grade",
        ALPHA,
        "Do not take two shots.",
        "Immunosuppressive polypharmacy necessitates multidisciplinary consideration preceding administration opportunities.",
        "the core text reads at grade",
    ),
    (
        "model",
        "sources.toml",
        'kind = "label"',
        'kind = "blog"',
        "sources.toml: label-one.kind: error",
    ),
)


@pytest.mark.parametrize(
    ("rule", "file", "old", "new", "line"),
    BROKEN,
    ids=[f"{c[0]}-{i}" for i, c in enumerate(BROKEN)],
)
def test_broken_content_gives_its_line(
    tmp_path: Path, rule: str, file: str, old: str, new: str, line: str
) -> None:
    """A folder broken in one place is an error of the right rule that names file, key, reason."""
    folder = small_folder(tmp_path)
    edit(folder, file, old, new)
    report = check(folder)
    found = [finding for finding in report.findings if finding.rule == rule]
    assert found, [str(finding) for finding in report.findings]
    assert any(line in str(finding) for finding in found), [str(item) for item in found]
    assert all(finding.level == "error" for finding in found)


def test_small_content_obeys_every_rule(tmp_path: Path) -> None:
    """The small folder, which every broken one starts from, has no finding at all."""
    assert [str(finding) for finding in check(small_folder(tmp_path)).findings] == []


def test_an_order_may_name_the_only_way(tmp_path: Path) -> None:
    """A medicine that is only a shot may say: inject no more."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "At the same time of day.", "With hives, inject no more.")
    assert "order-way" not in {item.rule for item in check(folder).findings}


def test_stray_file_is_named(tmp_path: Path) -> None:
    """A file that does not belong in the folder is an error."""
    folder = small_folder(tmp_path)
    (folder / "medicines" / "alpha.txt").write_text("x", encoding="utf-8")
    lines = [str(finding) for finding in check(folder).findings]
    (line,) = lines
    assert line.startswith("medicines/alpha.txt: -: error: this file does not belong in the data")
    assert line.endswith("Move it out, or correct its name")


def test_bad_encoding_names_the_line(tmp_path: Path) -> None:
    """A file in another encoding is an error that names the line."""
    folder = small_folder(tmp_path)
    path = folder / "medicines" / "beta.toml"
    path.write_bytes(path.read_bytes().replace(b"BAY-ta", b"B\xe9ta"))
    lines = [str(finding) for finding in check(folder).findings]
    assert lines == [
        "medicines/beta.toml: line 3: error: the file is not UTF-8 text; save it with that encoding"
    ]


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A file that must be there and is not is an error that says what it holds."""
    folder = small_folder(tmp_path)
    (folder / "rows.toml").unlink()
    assert str(check(folder).findings[0]) == (
        "rows.toml: -: error: the file is missing; it holds the lines of the comparison"
    )


def test_unused_source_is_told(tmp_path: Path) -> None:
    """A source that nothing cites is an error."""
    folder = small_folder(tmp_path)
    path = folder / "sources.toml"
    spare = path.read_text(encoding="utf-8").split("\n\n")[0].replace("label-one", "label-six")
    path.write_text(path.read_text(encoding="utf-8") + "\n" + spare + "\n", encoding="utf-8")
    lines = [str(finding) for finding in check(folder).findings]
    assert lines == [
        "sources.toml: label-six: error: no fact cites this source; remove it or cite it"
    ]


def test_same_key_twice_is_refused(tmp_path: Path) -> None:
    """The same key twice in a file is an error, never silently the last one."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, 'say = "AL-fa"\n', 'say = "AL-fa"\nsay = "al-FA"\n')
    found = check(folder).findings
    assert [(finding.file, finding.key, finding.rule) for finding in found] == [
        (ALPHA, "line 4", "toml")
    ]


def test_unequal_room_is_only_a_warning(tmp_path: Path) -> None:
    """Far more words for one option than for the others is told, not refused."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "No boxed warning.", "No, it has no box. " * 9)
    edit(folder, BETA, "Yes, on infections.", "Yes.")
    report = check(folder)
    assert [finding.rule for finding in report.findings if finding.level == "error"] == []
    assert "unequal-length" in {finding.rule for finding in report.findings}


def test_overdue_review_is_only_a_warning(tmp_path: Path) -> None:
    """Time alone never turns the check red."""
    folder = small_folder(tmp_path)
    edit(folder, "review.toml", "next_due = 2027-11-23", "next_due = 2026-11-22")
    report = check(folder)
    assert report.errors == 0
    assert [str(finding) for finding in report.findings] == [
        "review.toml: next_due: warning: the review was due on 2026-11-22"
    ]


def test_draft_may_have_gaps(tmp_path: Path) -> None:
    """A medicine without a cell is an error while it is published, and none while it is a draft."""
    folder = small_folder(tmp_path)
    path = folder / BETA
    text = path.read_text(encoding="utf-8")
    start = text.index("[cells.boxed-warning]")
    rest = text[start:].partition("\n[")
    path.write_text(text[:start] + (f"[{rest[2]}" if rest[1] else ""), encoding="utf-8")
    edit(folder, CONDITIONS, 'options = ["alpha", "beta"]', 'options = ["alpha", "stay"]')
    assert [(finding.rule, finding.key) for finding in check(folder).findings] == [
        ("missing-cell", "cells.boxed-warning")
    ]
    edit(folder, BETA, 'status = "published"', 'status = "draft"')
    assert check(folder).findings == ()


def test_exception_is_granted_by_data(tmp_path: Path) -> None:
    """A line in the exceptions lets one text pass one rule, and only that one."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "No boxed warning.", "It is the best one.")
    path = folder / "exceptions.toml"
    path.write_text(
        '[[exceptions]]\nrule = "banned-word"\nfile = "medicines/alpha.toml"\n'
        'key = "cells.boxed-warning.text"\nreason = "a name"\n',
        encoding="utf-8",
    )
    assert check(folder).errors == 0


def test_findings_never_carry_a_traceback(tmp_path: Path) -> None:
    """Whatever is broken, each finding is one line."""
    make: list[Callable[[Path], None]] = [
        lambda folder: (folder / "words.toml").write_text("banned = 3", encoding="utf-8") and None,
        lambda folder: (folder / "contacts.toml").write_text("us = 1", encoding="utf-8") and None,
        lambda folder: (
            (folder / "medicines/alpha.toml").write_text("cells = 1", encoding="utf-8") and None
        ),
    ]
    for number, break_it in enumerate(make):
        (tmp_path / str(number)).mkdir()
        folder = small_folder(tmp_path / str(number))
        break_it(folder)
        lines = [str(finding) for finding in check(folder).findings]
        assert lines
        assert all("\n" not in line and "Traceback" not in line for line in lines)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It helps 1 in 5 people.", ["1 in"]),
        ("It blocks IL-1 in the body.", []),
        ("Second-best of all.", ["best"]),
        ("It\u2019s the BEST, just try it.", ["best", "just"]),
        ("Asbestos is something else.", []),
    ],
)
def test_a_banned_word_is_found_as_a_word(tmp_path: Path, text: str, found: list[str]) -> None:
    """Case and curly marks hide nothing; a number in a name, or a part of a word, is no such word."""
    folder = small_folder(tmp_path)
    edit(folder, "rows.toml", 'help = "Its names."', f'help = "{text}"')
    named = [
        item.reason.split("'")[1] for item in check(folder).findings if item.rule == "banned-word"
    ]
    assert sorted(named) == found
