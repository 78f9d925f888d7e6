"""Every place that tells a sign is held to the one table of signs."""

from pathlib import Path

import pytest

from explorer.content.load import load
from explorer.content.signs_table import as_text
from tests.builders import INFECTIONS, check, edit, question_folder, small_folder

ALPHA = "medicines/alpha.toml"
TABLE = "signs.toml"
BREATHING = 'signs = ["breathing"]\nurgency = "emergency"\nsign = "Trouble breathing."\n'
INFECTION = 'signs = ["infection"]\nurgency = "same-day"\nsign = "Fever or chills."\n'
DETAIL = 'detail = "At the same time of day."\n'

SECTION = """
order = 1
question = "What if I feel ill?"
[summary]
id = "ill-summary"
text = "Ask your team."
basis = "practice"
[[blocks]]
kind = "list"
heading = "{heading}"
[[blocks.statements]]
id = "ill-sign"
text = "{text}"
signs = [{names}]
basis = "practice"
"""


def found(folder: Path) -> list[str]:
    """Give the lines on signs that a check prints."""
    return [str(item) for item in check(folder).findings if item.rule.startswith("sign-")]


def guide(folder: Path, heading: str, text: str, names: str = '"infection"') -> Path:
    """Add a guide of one statement."""
    (folder / "guide").mkdir()
    section = SECTION.format(heading=heading, text=text, names=names)
    (folder / "guide/ill.toml").write_text(section, encoding="utf-8")
    return folder


def test_the_small_folder_obeys(tmp_path: Path) -> None:
    """Flags that name their signs and say as much as the table give no finding."""
    assert found(small_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'signs = ["infection"]\nurgency = "same-day"\n',
            'urgency = "same-day"\n',
            "red_flags.alpha-flag-infection: error: it names no sign; write signs",
        ),
        (
            'sign = "Fever or chills."\n',
            'sign = "Fever or chills, with confusion."\n',
            "it tells 'confusion' (signs.toml signs.confusion); add it to signs",
        ),
        (
            'signs = ["breathing"]\n',
            'signs = ["breathing", "breath"]\n',
            "red_flags.alpha-flag-breathing: error: there is no sign 'breath' in signs.toml",
        ),
        (
            BREATHING,
            BREATHING.replace("emergency", "same-day"),
            "'same-day' is lower than 'emergency' of signs.toml signs.breathing; raise it",
        ),
        (
            INFECTION,
            INFECTION + 'medicine = "go-on"\n',
            "medicine = 'go-on' is weaker than 'hold' of signs.toml signs.infection",
        ),
        (
            INFECTION,
            INFECTION + 'medicine = "stop"\nwhy = "It harms blood cells."\n',
            "its signs ask to take no more of the medicine, and action does not say so",
        ),
        (
            INFECTION,
            INFECTION + 'medicine = "stop"\naction = "Take no more."\n',
            "infection 'same-day' 'hold'; give the reason in why, with citations",
        ),
        (
            INFECTION,
            INFECTION.replace("same-day", "emergency"),
            "it asks for 'emergency', medicine 'hold', and signs.toml has infection 'same-day'",
        ),
        (
            INFECTION,
            INFECTION + 'why = "No reason."\n',
            "it asks for no more than signs.toml (infection 'same-day' 'hold'); remove why",
        ),
        (
            'sign = "Fever or chills."\n',
            'sign = "A baby under 3 months with a fever."\n',
            "lower than 'emergency' below 3 months of signs.toml signs.infection",
        ),
        (
            DETAIL,
            'detail = "Tell your team of a fever at the next visit."\nsigns = ["infection"]\n',
            "tells 'infection' as 'next-visit', and signs.toml signs.infection says 'same-day'",
        ),
        (
            DETAIL,
            'detail = "With a fever call the same day."\n',
            'cells.how-often.detail: error: it says how fast to act on signs of signs.toml; add "inf',
        ),
        (
            DETAIL,
            'detail = "With sweats call the same day."\nsigns = ["breathing"]\n',
            "it says 'same-day' of 'breathing', and signs.toml signs.breathing says 'emergency'",
        ),
        (
            DETAIL,
            'detail = "With a fever call 911."\nsigns = ["infection"]\n',
            "tells 'infection' as 'emergency', and signs.toml signs.infection says 'same-day'; give",
        ),
    ],
)
def test_what_departs_from_the_table_is_told(tmp_path: Path, old: str, new: str, line: str) -> None:
    """A place that is lower, weaker, silent or raised without a reason gives a line that says so."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, old, new)
    lines = found(folder)
    assert any(line in item for item in lines), lines


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            INFECTION,
            INFECTION + 'medicine = "stop"\naction = "Take no more."\nwhy = "It harms cells."\n',
        ),
        (INFECTION, INFECTION.replace("same-day", "emergency") + 'why = "It gets worse fast."\n'),
        (
            DETAIL,
            'detail = "With a fever call today, before the next dose."\nsigns = ["infection"]\n',
        ),
        (DETAIL, 'detail = "A fever is common."\n'),
        (DETAIL, 'detail = "Tell your team of a sore arm at the next visit."\n'),
    ],
)
def test_what_follows_the_table_or_says_why_is_left_alone(
    tmp_path: Path, old: str, new: str
) -> None:
    """A raised flag with a reason, a text as urgent as the table, and a text without an urgency."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, old, new)
    assert found(folder) == []


def test_a_sign_that_nothing_names_is_told(tmp_path: Path) -> None:
    """The table holds no sign that no flag uses."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, "[signs.chest]", "[signs.chest-two]")
    assert (
        "signs.toml: signs.chest-two: error: no flag of a medicine, condition or contact names "
        "this sign; use or remove it"
    ) in found(folder)


def test_a_kind_of_medicine_tells_its_sign_throughout(tmp_path: Path) -> None:
    """A sign of a kind is told by each medicine of it, and the line names the one that lacks it."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, 'child = "A child with a fever."\n', "")
    assert found(folder) == []
    edit(folder, TABLE, "spotted_by = ['chest pain']", "kinds = ['il1-blocker']")
    assert any(
        item.startswith("medicines/alpha.toml: red_flags: error: signs.toml signs.chest belongs")
        for item in found(folder)
    )


def test_an_unknown_kind_is_told(tmp_path: Path) -> None:
    """A slip in the name of a kind would switch the rule off."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, "spotted_by = ['chest pain']", "kinds = ['il-1']")
    assert any("there is no kind 'il-1'; the kinds are" in item for item in found(folder))


def test_countries_do_not_differ(tmp_path: Path) -> None:
    """A card of another country with another urgency is told, one with the same is not."""
    folder = small_folder(tmp_path)
    path = folder / "contacts.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.replace("us", "eu"), encoding="utf-8")
    assert found(folder) == []
    path.write_text(
        text + text.replace("us", "eu").replace('"breathing"', '"chest"'), encoding="utf-8"
    )
    assert any("'breathing' stands otherwise here than in us.red_flags" in x for x in found(folder))


@pytest.mark.parametrize(
    ("heading", "text", "rule"),
    [
        ("At the next visit", "Fever.", "tells 'infection' as 'next-visit'"),
        ("Call the same day", "A baby under 3 months with a fever.", "'infection' as 'same-day'"),
    ],
)
def test_a_heading_speaks_for_what_stands_under_it(
    tmp_path: Path, heading: str, text: str, rule: str
) -> None:
    """A sign is judged by the heading where its own sentence does not say how fast."""
    assert any(rule in item for item in found(guide(small_folder(tmp_path), heading, text)))


def test_a_statement_that_names_its_sign_is_left_alone(tmp_path: Path) -> None:
    """The heading says how fast, the line names the sign."""
    assert found(guide(small_folder(tmp_path), "Call the same day", "Fever or chills.")) == []


STOP = 'medicine = "stop"\naction = "Take no more."\nwhy = "It harms cells."\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("On alpha, with a fever call the same day, before the next dose.", 1),
        ("On alpha, with a fever call the same day, and take no more.", 0),
        ("On beta, with a fever call the same day, before the next dose.", 0),
    ],
)
def test_a_dose_does_not_go_on_where_the_flag_says_stop(
    tmp_path: Path, text: str, lines: int
) -> None:
    """A text on a medicine is as careful as the medicine's own flag."""
    folder = guide(small_folder(tmp_path), "Signs", text)
    edit(folder, ALPHA, INFECTION, INFECTION + STOP)
    told = [item for item in found(folder) if "lets 'infection' wait until the next dose" in item]
    assert len(told) == lines


@pytest.mark.parametrize(
    ("detail", "lines"),
    [
        ("With a fever call the same day.", 1),
        ("With a fever take no more and call the same day.", 0),
        ("A fever is common.", 0),
    ],
)
def test_a_cell_says_stop_where_its_flag_does(tmp_path: Path, detail: str, lines: int) -> None:
    """A call without a word on the medicine is less than the flag says."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, INFECTION, INFECTION + STOP)
    edit(folder, ALPHA, DETAIL, f'detail = "{detail}"\nsigns = ["infection"]\n')
    told = [item for item in found(folder) if "tells 'infection' and not to stop" in item]
    assert len(told) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("With a fever call the same day.", 1),
        ("With a fever call the same day, before the next dose.", 0),
        ("With a fever take no more, and call the same day.", 0),
        ("Fever.", 0),
    ],
)
def test_a_call_the_same_day_says_what_happens_to_the_dose(
    tmp_path: Path, text: str, lines: int
) -> None:
    """A call that can come after the next dose is told; a heading may speak for its lines."""
    folder = guide(small_folder(tmp_path), "Signs: call the same day", text)
    told = [item for item in found(folder) if "does not say what happens to the next dose" in item]
    assert len(told) == lines
    if lines:
        assert told[0].startswith("guide/ill.toml: ill-sign: error: it calls for the same day")


def test_a_flag_that_stops_for_one_sign_leaves_another_to_its_own_flag(tmp_path: Path) -> None:
    """Where a sign has a flag that waits with the dose, a text on it may wait too."""
    folder = small_folder(tmp_path)
    edit(
        folder,
        ALPHA,
        DETAIL,
        'detail = "With chills call today, before the next dose."\nsigns = ["infection"]\n',
    )
    path = folder / ALPHA
    text = path.read_text(encoding="utf-8")
    start = text.index("[[red_flags]]", text.index('id = "alpha-flag-breathing"'))
    block = text[start : text.index("\n\n", start) + 2]
    other = block.replace("alpha-flag-infection", "alpha-flag-other")
    path.write_text(
        text.replace(block, block + other.replace(INFECTION, INFECTION + STOP)), encoding="utf-8"
    )
    assert [item for item in found(folder) if "lets 'infection' wait" in item] == []
    edit(folder, ALPHA, INFECTION, INFECTION + STOP)
    assert any("lets 'infection' wait" in item for item in found(folder))


def test_the_printed_table_has_texts_that_only_name_a_sign(tmp_path: Path) -> None:
    """A text that names a sign and says it in other words stands in the table, with its urgency."""
    folder = guide(small_folder(tmp_path), "Call the same day", "You shiver.")
    lines = as_text(load(folder).catalogue).splitlines()
    assert "  same-day | (not said) | guide/ill.toml: ill-sign | You shiver." in lines
    guide_file = folder / "guide/ill.toml"
    guide_file.write_text(
        SECTION.format(heading="Signs", text="You shiver.", names='"infection"'), encoding="utf-8"
    )
    assert "  (not said) | (not said) | guide/ill.toml: ill-sign | You shiver." in as_text(
        load(folder).catalogue
    )


def test_a_right_answer_may_not_be_lower_than_the_table(tmp_path: Path) -> None:
    """The quiz is held to the table too, by the group that a sign is sorted into."""
    folder = question_folder(tmp_path)
    assert found(folder) == []
    edit(folder, INFECTIONS, 'text = "Chills", group = "today"', 'text = "Chills", group = "visit"')
    edit(folder, INFECTIONS, 'label = "Tell at the visit"', 'label = "Tell at the next visit"')
    assert any(
        "infection-2.chills.text" in item and "'next-visit'" in item for item in found(folder)
    )


def test_an_exception_lets_one_text_pass(tmp_path: Path) -> None:
    """A text that only seems to tell a sign is granted an exception with its reason."""
    folder = guide(small_folder(tmp_path), "Next visit", "Fever.")
    (folder / "guide/ill.toml").write_text(
        SECTION.format(heading="At the next visit", text="Hay fever.", names=""), encoding="utf-8"
    )
    (folder / "exceptions.toml").write_text(
        "".join(
            f'[[exceptions]]\nrule = "{rule}"\nfile = "guide/ill.toml"\nkey = "ill-sign"\n'
            'reason = "hay fever is no sign of infection"\n'
            for rule in ("sign-told", "sign-unnamed")
        ),
        encoding="utf-8",
    )
    assert found(folder) == []


def test_a_broken_pattern_is_told_with_its_place(tmp_path: Path) -> None:
    """A pattern that is no regular expression names itself, and nothing falls over."""
    folder = small_folder(tmp_path)
    edit(folder, TABLE, "['chest pain']", "['chest (pain']")
    lines = [str(item) for item in check(folder).findings]
    assert any(
        item.startswith("signs.toml: signs.chest: error: 'chest (pain' is no pattern")
        for item in lines
    ), lines
