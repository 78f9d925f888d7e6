"""Every registered rule stands in the document, is obeyed by sound content, and finds its fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explorer import paths
from explorer.content.context import Context, error, warning
from explorer.content.findings import Finding, Level
from explorer.content.load import build, read_folder
from explorer.content.rule import Rule, Stage, UndeclaredFinding, registered, run
from tests.builders import INFECTIONS, TODAY, check, edit, question_folder, small_folder
from tests.content import test_question_rules as questions
from tests.content import test_rules as rules
from tests.content.test_fairness_rules import append, drawn, guided, planned
from tests.content.test_measure_rules import differing, measured
from tests.content.test_same_fact import placed
from tests.content.test_self_audit_rules import audit
from tests.content.test_signs_rules import BREATHING, DETAIL, INFECTION, STOP, guide
from tests.reviewing import sign

ALPHA = "medicines/alpha.toml"
BETA = "medicines/beta.toml"
CONDITIONS = "conditions.toml"

Broken = Callable[[Path], Path]
"""Makes a folder in which a rule finds something."""


def small(file: str, old: str, new: str) -> Broken:
    """Break the small folder in one place."""

    def make(target: Path) -> Path:
        folder = small_folder(target)
        edit(folder, file, old, new)
        return folder

    return make


def asked(old: str, new: str, file: str = INFECTIONS) -> Broken:
    """Break the small folder with questions in one place."""

    def make(target: Path) -> Path:
        folder = question_folder(target)
        edit(folder, file, old, new)
        return folder

    return make


def then(make: Broken, file: str, old: str, new: str) -> Broken:
    """Break what another one made in one more place."""

    def both(target: Path) -> Path:
        folder = make(target)
        edit(folder, file, old, new)
        return folder

    return both


def written(make: Broken, file: str, text: str) -> Broken:
    """Write a file into what another one made."""

    def both(target: Path) -> Path:
        folder = make(target)
        (folder / file).write_text(text, encoding="utf-8")
        return folder

    return both


def _only_first(target: Path) -> Path:
    folder = question_folder(target)
    edit(folder, INFECTIONS, 'parallel_of = "infection-1"\n', "")
    path = folder / INFECTIONS
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(questions.SECOND)], encoding="utf-8")
    return folder


def _released(target: Path) -> Path:
    folder = question_folder(target)
    questions.release(folder, "infection-9", 1)
    return folder


def _countries(target: Path) -> Path:
    folder = small_folder(target)
    text = (folder / "contacts.toml").read_text(encoding="utf-8")
    other = text.replace("us", "eu").replace('"breathing"', '"chest"')
    (folder / "contacts.toml").write_text(text + other, encoding="utf-8")
    return folder


def _repeated(target: Path) -> Path:
    folder = small_folder(target)
    edit(folder, "words.toml", 'title = "Compare options"', 'title = "Works after a week"')
    return folder


def _unused(target: Path) -> Path:
    folder = small_folder(target)
    spare = (folder / "sources.toml").read_text(encoding="utf-8").split("\n\n")[0]
    append(folder, "sources.toml", "\n" + spare.replace("label-one", "label-six") + "\n")
    return folder


def _own_grade(target: Path) -> Path:
    folder = drawn(target, "none-found")
    edit(folder, "numbers/beta.toml", '"One trial."', '"One trial. Low, as we judge it."')
    return folder


def _audit(target: Path) -> Path:
    folder = small_folder(target)
    audit(folder, leave_out="i7")
    return folder


def _no_main_result(target: Path) -> Path:
    folder = drawn(target, "none-found")
    edit(folder, "numbers/beta.toml", 'primary = "yes"', 'primary = "no"')
    return folder


def _unmeasured(target: Path) -> Path:
    folder = measured(target)
    edit(folder, BETA, 'measure = "half"\n', "")
    return folder


def _numbers(target: Path) -> Path:
    folder = question_folder(target)
    rest = 'text = "Rest and take the dose."'
    for old, text in ((questions.CALL, "2 days"), (questions.WAIT, "1 day"), (rest, "3 days")):
        edit(folder, INFECTIONS, old, f'text = "{text}"')
    return folder


def _answered(target: Path) -> Path:
    folder = question_folder(target)
    edit(folder, INFECTIONS, questions.CALL, 'text = "Call her team this very day."')
    edit(
        folder,
        INFECTIONS,
        'concept = "c1-infection"\ncritical = true\naudience = "both"\nlevel = "apply"\nstem = "How',
        'audience = "both"\nlevel = "apply"\nstem = "Call her team this very day. How',
    )
    return folder


LEVEL = '[first]\ntitle = "First"\nwhy = "It harms."\nrows = ["route"]\n'


def signed(*, on: str = "2026-11-20", mark: str = "right") -> Broken:
    """Sign the mistake of alpha."""

    def make(target: Path) -> Path:
        folder = small_folder(target)
        sign(folder, {"alpha/mistake": mark}, on=on)
        return folder

    return make


ROW_SAYS = (
    '[rows.boxed-warning.definition]\nfirst = "Yes or no."\nalso = ["box"]\nalso_why = "say"\n'
)

SHORT = '["sheet.steroid"]\nrests_on = [{ ref = "signs/none", hash = "00000000" }]\n'
DRAWING = (
    '[belly]\ntitle = "2 inches away"\nalternative = "A belly."\n'
    'supported_by = [ { ref = "guide/ill/nothing", hash = "00000000" } ]\n'
)

_FOR_PARENTS = written(
    small(ALPHA, 'sign = "Fever or chills."', 'sign = "You feel ill, with fever."'),
    "parents.toml",
    '[[sentences]]\nsaid = "No text says this."\nparent = "You feel it for 2 days."\n',
)
"""A sign that speaks to a patient, and a sentence for parents that breaks all that it can."""

BY_HAND: dict[str, Broken] = {
    "parent-missing": _FOR_PARENTS,
    "parent-sentence": _FOR_PARENTS,
    "parent-same": _FOR_PARENTS,
    "parent-voice": _FOR_PARENTS,
    "advice": small(
        BETA, 'searched = "The label."', 'searched = "x"\nlimits = "The label advises against it."'
    ),
    "answer-words": small(BETA, "Yes, on infections.", "No, only on infections."),
    "audit": _audit,
    "change": written(
        small_folder,
        "changes.toml",
        '[[changes]]\non = 2026-11-20\nref = "alpha/colour"\nwhat = "New."\nwhy = "A label."\n',
    ),
    "answer-figure": small(ALPHA, "every = 1, unit", "every = 3, unit"),
    "brand": small(ALPHA, '["Alphabrand"]', '["Betabrand"]'),
    "change-missing": written(
        small_folder,
        "facts.toml",
        'on = 2026-11-20\n[facts]\n"alpha/how-often" = { hash = "00000000" }\n',
    ),
    "checked-later": small(ALPHA, "checked = 2026-11-01", "checked = 2026-12-01"),
    "drawing-support": written(small_folder, "drawings.toml", DRAWING),
    "drawing-number": written(small_folder, "drawings.toml", DRAWING),
    "drawing-unknown": asked('kind = "single"\n', 'kind = "single"\ndrawing = "belly"\n'),
    "days-a-year": then(
        small("rows.toml", 'test-schedule = ""', 'test-schedule = "how-often"'),
        "rows.toml",
        'help = "Its names."',
        'help = "Its names."\nyearly = true',
    ),
    "dropping": written(small_folder, "medicines/.DS_Store", "x"),
    "listed-twice": small(CONDITIONS, 'text = "Steroids."', 'text = "Alpha (shots)."'),
    "name-by-hand": small(ALPHA, "Alpha, sold as Alphabrand.", "Alpha (Oldbrand)."),
    "number-by-hand": small(ALPHA, DETAIL, 'detail = "If it is bad, call 911."\n'),
    "option-name": small(CONDITIONS, 'name = "No new medicine"', 'name = "Nothing new"'),
    "row-main": small("rows.toml", "main = 2", "main = 1"),
    "former-name": small(ALPHA, 'kind = "', 'formerly = ["same time"]\nkind = "'),
    "place-figure": lambda target: placed(target, "Section 2 (16 weeks)"),
    "superseded": small(
        "sources.toml", 'kind = "label"\n', 'kind = "label"\nsuperseded_by = "label-two"\n'
    ),
    "to-write": small(ALPHA, DETAIL, 'detail = "TO WRITE"\n'),
    "figure-says": lambda target: _figure(target),
    "says": lambda target: _says(target),
    "claim-fate": small("claims.toml", 'fate = "left-out"', 'fate = "kept"'),
    "claim-missing": small("claims.toml", "claims = 2", "claims = 3"),
    "claim-place": small("claims.toml", '["alpha/how-often"]', "[]"),
    "claim-repeated": _repeated,
    "contact": small("contacts.toml", 'emergency = "', 'report_address = "x"\nemergency = "'),
    "exception": written(
        small_folder,
        "exceptions.toml",
        '[[exceptions]]\nrule = "banned-word"\nfile = "none.toml"\nkey = "a"\nreason = "b"\n',
    ),
    "guideline-word": lambda target: guided(target, "The US guideline allows it."),
    "harm-of-kind": small(BETA, 'kind = "tnf-blocker"', 'kind = "il1-blocker"'),
    "harm-told": small(ALPHA, 'values = ["under-skin"]', 'values = ["mouth"]'),
    "harm-unknown": small("harms.toml", "alpha =", "gamma ="),
    "importance": written(small_folder, "importance.toml", LEVEL.replace('"route"', '"rout"')),
    "importance-left": written(small_folder, "importance.toml", LEVEL),
    "sign-off": small("review.toml", "content_date", 'clinician_sign_off = "x"\ncontent_date'),
    "short-form": written(small_folder, "short.toml", SHORT),
    "short-missing": written(small_folder, "short.toml", SHORT),
    "signature": signed(on="2027-01-01"),
    "signature-open": signed(mark="wrong"),
    "kept-grade": written(
        small_folder, "grades.toml", '["guide/x"]\ncore = 1.0\ntext = "' + "0" * 16 + '"\n'
    ),
    "measure": _unmeasured,
    "measure-differs": differing,
    "no-picture": drawn,
    "off-label-plan": planned,
    "own-grade": _own_grade,
    "q14-numbers": _numbers,
    "q16-answers": _answered,
    "q20-hash": asked("351da1be", "00000000"),
    "q23-concept": _only_first,
    "q24-blueprint": question_folder,
    "q30-released": _released,
    "primary": lambda target: _no_main_result(target),
    "glance-row": small("rows.toml", "[glance.route]", "[glance.rout]"),
    "glance-words": small(ALPHA, 'short = "Taking two shots"', 'short = ""'),
    "person-text": small("prompts.toml", 'parent = "How do we fit the doses into our week?"\n', ""),
    "other-condition": small(BETA, "One shot every week.", "One shot every week, also off-label."),
    "added-to": lambda target: _added(target),
    "row-role": small("rows.toml", 'route = "route"', 'route = "rout"'),
    "row-says": lambda target: _row_says(target),
    "sign-countries": _countries,
    "sign-dose": lambda target: guide(
        small_folder(target), "Signs: call the same day", "With a fever call the same day."
    ),
    "sign-higher": small(
        ALPHA, DETAIL, 'detail = "With a fever call {emergency}."\nsigns = ["infection"]\n'
    ),
    "sign-lower": small(ALPHA, BREATHING, BREATHING.replace("emergency", "same-day")),
    "sign-medicine": small(ALPHA, INFECTION, INFECTION + 'medicine = "go-on"\n'),
    "sign-missing": small(ALPHA, 'signs = ["infection"]\nurgency', "urgency"),
    "sign-of-kind": small("signs.toml", "spotted_by = ['chest pain']", "kinds = ['il1-blocker']"),
    "sign-silent": then(
        small(ALPHA, INFECTION, INFECTION + STOP),
        ALPHA,
        DETAIL,
        'detail = "With a fever call the same day."\nsigns = ["infection"]\n',
    ),
    "sign-told": lambda target: guide(small_folder(target), "At the next visit", "Fever."),
    "sign-unknown": small(ALPHA, 'signs = ["breathing"]\n', 'signs = ["breathing", "breath"]\n'),
    "sign-unnamed": small(ALPHA, DETAIL, 'detail = "With a fever call the same day."\n'),
    "sign-unused": small("signs.toml", "[signs.chest]", "[signs.chest-two]"),
    "sign-why": small(ALPHA, INFECTION, INFECTION + 'why = "No reason."\n'),
    "stray-file": written(small_folder, "medicines/alpha.txt", "x"),
    "unequal-length": then(
        small(ALPHA, "No boxed warning.", "No, it has no box. " * 9),
        BETA,
        "Yes, on infections.",
        "Yes.",
    ),
    "words-missing": small("words.toml", 'title = "Compare options"\n', ""),
    "words-unused": small("words.toml", "[words.compare]\n", '[words.compare]\nleft-over = "x"\n'),
    "words-values": small("words.toml", "{version}, {day}.", "{version}, {date}."),
    "mirror-address": small(
        "sources.toml", "https://example.org/alpha", "https://www.docslib.org/alpha"
    ),
    "address": small("sources.toml", "https://example.org/alpha", "javascript:alert(1)"),
    "mixed-script": small(ALPHA, "No boxed warning.", "No b\u043exed warning."),
    "hidden-sign": small(ALPHA, "No boxed warning.", "No boxed\ue000 warning."),
    "long-word": small(ALPHA, "No boxed warning.", "No b" + "o" * 40 + "xed warning."),
    "not-come-yet": small("review.toml", "2026-11-23", "2026-12-23"),
    "unknown-kind": small(ALPHA, 'kind = "il1-blocker"', 'kind = "il2-blocker"'),
    "unused-source": _unused,
}
"""A broken folder for each rule that the tables of the other tests do not break."""


def _row_says(target: Path) -> Path:
    folder = small_folder(target)
    append(folder, "rows.toml", "\n" + ROW_SAYS)
    edit(folder, BETA, "Yes, on infections.", "Yes.")
    return folder


def _added(target: Path) -> Path:
    folder = drawn(target, "none-found")
    edit(folder, "numbers/beta.toml", 'on = "it"', 'on = "it with alpha"')
    return folder


def _says(target: Path) -> Path:
    folder = guide(small_folder(target), "Each day", "Take it every 3 days.")
    edit(folder, "guide/ill.toml", "signs = ", 'says = ["alpha/how-often"]\nsigns = ')
    return folder


def _figure(target: Path) -> Path:
    folder = drawn(target, "none-found")
    edit(folder, "numbers/beta.toml", '"One trial."', '"A trial."')
    return folder


def examples() -> dict[str, list[Broken]]:
    """Gather the broken folders by the id of the rule that finds them."""
    found: dict[str, list[Broken]] = {rule: [make] for rule, make in BY_HAND.items()}
    for rule, file, old, new, _ in rules.BROKEN:
        found.setdefault(rule, []).append(small(file, old, new))
    for rule, _, old, new, _, line in questions.BROKEN:
        prepare = questions.PREPARE.get((rule, line))
        if prepare is None:
            found.setdefault(rule, []).append(asked(old, new))
    return found


BY_HELPER = {
    *("q07-length-cue", "q15-true-false", "q25-levels"),
    *(
        "q23-clinician",
        "q24-sections",
        "q24-medicines",
        "q35-act-missing",
        "q36-act-cue",
        "q37-form-cue",
        "q38-place",
    ),
    *("q39-guessing", "q40-extreme", "q41-standard-dose", "q42-group-words"),
}
"""Rules on a whole bank, or on a question beside other content; ``test_question_rules`` and
``test_guessing_rules`` break and obey them with banks made in code."""

IDS = sorted({rule_id for rule in registered() for rule_id in rule.ids})


@pytest.mark.slow
@pytest.mark.parametrize("rule_id", [item for item in IDS if item not in BY_HELPER])
def test_every_rule_finds_its_fault(tmp_path: Path, rule_id: str) -> None:
    """For each id there is content in which a finding of that id, and no exception, is the result."""
    makes = examples().get(rule_id, [])
    assert makes, f"no example of '{rule_id}': add one to BROKEN or BY_HAND"
    context = _context(makes[0](tmp_path))
    own = [rule for rule in registered() if rule_id in rule.ids]
    assert rule_id in {finding.rule for rule in own for finding in rule.apply(context)}


def test_sound_content_obeys_every_rule(tmp_path: Path) -> None:
    """The two folders that the examples start from break nothing but the plan of the whole bank."""
    (tmp_path / "a").mkdir()
    assert check(small_folder(tmp_path / "a")).findings == ()
    (tmp_path / "b").mkdir()
    assert {item.rule for item in check(question_folder(tmp_path / "b")).findings} == {
        "q24-blueprint",
        "q24-medicines",
    }


def test_every_rule_stands_in_the_document() -> None:
    """The data folder's README has a row for each id, with the level that its findings may have."""
    document = (paths.DATA / "README.md").read_text(encoding="utf-8")
    rows = [line for line in document.splitlines() if line.startswith("| `")]
    for rule in registered():
        for rule_id in rule.ids:
            own = [line.split("|") for line in rows if f"`{rule_id}`" in line.split("|")[1]]
            assert own, f"'{rule_id}' has no row in data/README.md"
            levels = " ".join(cells[2] for cells in own)
            assert str(rule.level) in levels, f"'{rule_id}' is {rule.level}, the row says {levels}"


def test_every_rule_says_why() -> None:
    """A rule is a function with a docstring, registered once."""
    names = [rule.name for rule in registered()]
    assert len(names) == len(set(names)) > 90
    assert [rule.name for rule in registered() if not rule.check.__doc__] == []


def _context(folder: Path) -> Context:
    read = read_folder(folder)
    return Context(catalogue=build(read), folder=read, today=TODAY)


def test_a_stage_runs_its_own_rules_only(tmp_path: Path) -> None:
    """At a start a wrong source stops the app, and a long sentence does not."""
    folder = small_folder(tmp_path)
    edit(folder, ALPHA, "No boxed warning.", "No, no, " * 12 + "none.")
    edit(folder, ALPHA, 'source = "label-one", place = "2.3"', 'source = "label-x", place = "2.3"')
    context = _context(folder)
    gate = {finding.rule for finding in run(context, stage=Stage.GATE)}
    lint = {finding.rule for finding in run(context, stage=Stage.LINT)}
    assert gate == {"unknown-source"}
    assert {"sentence-length", "too-long"} & lint
    assert {finding.rule for finding in run(context)} == gate | lint


def test_an_exception_silences_only_a_rule_that_allows_it(tmp_path: Path) -> None:
    """The registry handles exceptions: by rule, file and key, and only where the rule says so."""
    folder = small_folder(tmp_path)
    (folder / "exceptions.toml").write_text(
        '[[exceptions]]\nrule = "x"\nfile = "a.toml"\nkey = "k"\nreason = "r"\n', encoding="utf-8"
    )
    context = _context(folder)

    def check_one(_: Context) -> Iterator[Finding]:
        """Report two places."""
        yield error("x", "a.toml", "k", "first")
        yield error("x", "a.toml", "other", "second")

    def keys(excepted: bool) -> list[str]:
        rule = Rule(("x",), Level.ERROR, Stage.GATE, excepted, False, check_one)
        return [finding.key for finding in rule.apply(context)]

    assert keys(True) == ["other"]
    assert keys(False) == ["k", "other"]


def test_a_finding_that_is_not_declared_is_a_fault_of_the_rule(tmp_path: Path) -> None:
    """A rule may report only the ids and levels of its decorator."""
    context = _context(small_folder(tmp_path))

    def other(_: Context) -> Iterator[Finding]:
        """Report another id."""
        yield error("y", "a.toml", "k", "r")

    def worse(_: Context) -> Iterator[Finding]:
        """Report an error."""
        yield error("x", "a.toml", "k", "r")

    def milder(_: Context) -> Iterator[Finding]:
        """Report a warning."""
        yield warning("x", "a.toml", "k", "r")

    def apply(check_one: Callable[[Context], Iterator[Finding]], level: Level) -> int:
        rule = Rule(("x",), level, Stage.LINT, False, False, check_one)
        return len(list(rule.apply(context)))

    with pytest.raises(UndeclaredFinding, match="reports 'y'"):
        apply(other, Level.ERROR)
    with pytest.raises(UndeclaredFinding, match="as error"):
        apply(worse, Level.WARNING)
    assert apply(milder, Level.ERROR) == 1


def test_an_exception_from_a_rule_that_allows_none_is_reported(tmp_path: Path) -> None:
    """A source cannot be excepted away: the line does nothing and is named."""
    folder = small_folder(tmp_path)
    (folder / "exceptions.toml").write_text(
        f'[[exceptions]]\nrule = "no-source"\nfile = "{ALPHA}"\nkey = "mistake"\nreason = "r"\n',
        encoding="utf-8",
    )
    assert [str(item) for item in check(folder).findings] == [
        "exceptions.toml: mistake: warning: no rule 'no-source' can be silenced; take the line out"
    ]
