"""A start takes the verdict over only for the same bytes and the same rules; else the gate runs."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from explorer import paths, runtime
from explorer.content import check as content_check
from explorer.content import stamp
from explorer.content.check import check_folder
from explorer.content.checked import read_checked
from explorer.content.findings import ContentError, Report
from explorer.content.load import Folder, build, read_folder
from explorer.content.stamp import Stamp
from explorer.settings import load_settings
from tests import built
from tests.builders import TODAY, edit, small_folder

pytestmark = pytest.mark.slow

WORDING = ("words.toml", "Compare options", "Anakinra is the best choice")
"""An error that only a rule finds: the content can be read and fits the model."""


def stamped(folder: Path) -> Stamp:
    """Put a stamp in force for a folder as it is now, whatever it says."""
    made = stamp.of(read_folder(folder))
    stamp.STAMP.write_text(made.text, encoding="utf-8")
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a sound folder, and a stamp in force for it."""
    monkeypatch.setattr(stamp, "STAMP", tmp_path / "checked.toml")
    made = small_folder(tmp_path)
    stamped(made)
    return made


@pytest.fixture
def gated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the digest of every folder to which the gate would be applied; it finds nothing."""
    seen: list[str] = []

    def noting(read: Folder, *_: object) -> Report:
        seen.append(read.digest)
        return Report(findings=())

    monkeypatch.setattr(content_check, "gate", noting)
    return seen


def test_the_shipped_stamp_is_true() -> None:
    """The whole gate passes what is shipped, and the stamp names these bytes and these rules."""
    made, kept = built.checked(), stamp.kept_stamp()
    assert kept is not None, "run: python -m tests.built"
    stale = "content or rules changed since the stamp was built; run: python -m tests.built"
    lines = [line for line in made.splitlines() if not line.startswith("versions")]
    assert kept.text.splitlines()[:3] == lines, stale
    pinned = (paths.ROOT / "constraints.txt").read_text(encoding="utf-8")
    for name in ("pydantic", "tomli"):
        (version,) = re.findall(rf"(?m)^{name}==(\S+)$", pinned)
        assert f"{name} {version}" in kept.versions, stale


def test_the_gate_is_milder_on_later_days() -> None:
    """What passed on the day of the content is no error on any later one: time stops no start."""
    read = read_folder(paths.DATA)
    catalogue = build(read)
    later = catalogue.review.content_date + timedelta(days=20_000)
    assert content_check.gate(read, catalogue, later).errors == 0


def test_the_same_bytes_are_not_checked_twice(folder: Path, gated: list[str]) -> None:
    """The verdict is taken over; what is served is the same, and says so in a line at the start."""
    taken = read_checked(folder, TODAY)
    assert (taken.from_stamp, gated) == (True, [])
    stamp.STAMP.unlink()
    whole = read_checked(folder, TODAY)
    assert (whole.from_stamp, len(gated)) == (False, 1)
    assert whole == taken.evolve(from_stamp=False)


@pytest.mark.parametrize(
    ("from_stamp", "line"), [(True, runtime.FROM_STAMP), (False, runtime.JUST_CHECKED)]
)
def test_one_line_at_the_start_says_which(folder: Path, from_stamp: bool, line: str) -> None:
    """An operator sees whether the rules were applied."""
    if not from_stamp:
        stamp.STAMP.unlink()
    made = runtime.make(load_settings(data=str(folder), database="memory"))
    assert {runtime.FROM_STAMP, runtime.JUST_CHECKED} & set(made.lines) == {line}


def test_a_changed_byte_in_any_file_means_the_gate(folder: Path, gated: list[str]) -> None:
    """Each file of the folder, its document too: one byte more, and the rules are applied."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(files) > 20
    for number, path in enumerate(files, 1):
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert not read_checked(folder, TODAY).from_stamp, path
        assert len(gated) == number, path
        path.write_bytes(before)
    assert read_checked(folder, TODAY).from_stamp


def test_a_file_more_less_or_renamed_means_the_gate(folder: Path, gated: list[str]) -> None:
    """Names count as bytes do."""
    stray = folder / "stray.toml"
    stray.write_text("", encoding="utf-8")
    assert not read_checked(folder, TODAY).from_stamp
    stamped(folder)
    stray.rename(folder / "other.toml")
    assert not read_checked(folder, TODAY).from_stamp
    stamped(folder)
    (folder / "other.toml").unlink()
    assert not read_checked(folder, TODAY).from_stamp
    assert len(set(gated)) == 3


def test_an_error_that_came_after_the_stamp_stops_the_start(folder: Path) -> None:
    """A stamp of before is none for what stands there now."""
    edit(folder, *WORDING)
    with pytest.raises(ContentError):
        read_checked(folder, TODAY)


def test_a_stamp_for_broken_content_is_not_built(folder: Path) -> None:
    """The command that makes stamps applies the gate, and the test of the shipped one is it."""
    assert built.checked(folder) == stamp.STAMP.read_text(encoding="utf-8")
    edit(folder, *WORDING)
    with pytest.raises(built.Unfit, match="best"):
        built.checked(folder)


def test_check_never_looks_at_a_stamp(folder: Path) -> None:
    """A stamp that somebody forged for broken content hides nothing from ``check``."""
    edit(folder, *WORDING)
    stamped(folder)
    assert check_folder(folder, TODAY, measure=False).errors > 0


STAMPS: dict[str, Callable[[Stamp], str]] = {
    "of other content": lambda made: made.text.replace(made.content, "0" * 64),
    "of other rules": lambda made: made.text.replace(made.code, "0" * 64),
    "of another pydantic": lambda made: made.text.replace("pydantic ", "pydantic 1"),
    "of no rules": lambda made: made.text.replace(made.code, ""),
    "with a key more": lambda made: made.text + 'sure = "yes"\n',
    "with a key less": lambda made: made.text.partition("versions")[0],
    "in conflict": lambda made: f"<<<<<<< ours\n{made.text}=======\n{made.text}>>>>>>>\n",
    "empty": lambda _: "",
    "of numbers": lambda _: "content = 1\ncode = 2\nversions = 3\n",
}
"""Stamps that were edited by hand, merged or cut off."""


@pytest.mark.parametrize("edited", STAMPS.values(), ids=STAMPS.keys())
def test_any_other_stamp_means_the_gate(
    folder: Path, gated: list[str], edited: Callable[[Stamp], str]
) -> None:
    """Nothing in the stamp can be wrong and still count."""
    stamp.STAMP.write_text(edited(stamp.of(read_folder(folder))), encoding="utf-8")
    assert not read_checked(folder, TODAY).from_stamp
    assert len(gated) == 1


def test_before_the_day_of_the_content_the_gate_runs(folder: Path, gated: list[str]) -> None:
    """A clock that is behind: the verdict holds from the day for which it was made."""
    day = build(read_folder(folder)).review.content_date
    assert read_checked(folder, day).from_stamp
    assert not read_checked(folder, day - timedelta(days=1)).from_stamp
    assert len(gated) == 1


def test_a_clinics_own_folder_means_the_gate(folder: Path, gated: list[str]) -> None:
    """Local data is checked with all rules, and so is what stands beside it."""
    own = folder.parent / "own"
    own.mkdir()
    (own / "README.md").write_text("Ours.", encoding="utf-8")
    assert not read_checked(folder, TODAY, local=own).from_stamp
    assert len(gated) == 2


def test_a_changed_byte_in_any_rule_is_another_code(tmp_path: Path) -> None:
    """Rules, their manifest, readers and model count; caches and the stamp itself do not."""
    package = tmp_path / "explorer"
    names = ("content/load.py", "content/rules/a.py", "content/messages.txt", "domain/deep/b.py")
    for name in (*names, "content/checked.toml", "content/__pycache__/load.pyc", "web/c.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("x", encoding="utf-8")
    seen = {stamp.code_digest(package)}
    for name in names:
        (package / name).write_text("y", encoding="utf-8")
        seen.add(stamp.code_digest(package))
    (package / "content/load.py").rename(package / "content/loaded.py")
    seen.add(stamp.code_digest(package))
    assert len(seen) == len(names) + 2
    for name in ("content/checked.toml", "content/__pycache__/load.pyc", "web/c.py"):
        (package / name).write_text("y", encoding="utf-8")
        seen.add(stamp.code_digest(package))
    assert len(seen) == len(names) + 2


def test_code_that_cannot_be_read_has_no_stamp(
    folder: Path, gated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a source is missing, as in a package of compiled files, the gate runs."""
    monkeypatch.setattr(stamp, "code_digest", lambda _: "")
    assert not read_checked(folder, TODAY).from_stamp
    assert len(gated) == 1
