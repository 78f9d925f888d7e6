"""While other processes apply the rules, the first one goes on; what they find is the same."""

import multiprocessing
import os
from pathlib import Path

import pytest

from explorer.content import check as content_check
from explorer.content.checked import read_checked
from explorer.content.findings import ContentError
from explorer.content.load import build, read_folder
from tests.builders import TODAY, edit, small_folder

pytestmark = pytest.mark.slow


@pytest.fixture
def meanwhile() -> list[int]:
    """Collect the processes in which something was done meanwhile."""
    return []


def test_the_rules_run_in_other_processes(
    tmp_path: Path, meanwhile: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first process applies no rule, and serves what it read itself."""
    before = read_checked(small_folder(tmp_path), TODAY)
    whole = content_check.run
    here = os.getpid()

    def elsewhere(*given: object, **named: object) -> object:
        assert os.getpid() != here
        return whole(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(content_check, "run", elsewhere)
    found = read_checked(tmp_path / "data", TODAY, meanwhile=lambda: meanwhile.append(os.getpid()))
    assert meanwhile == [here]
    assert found == before


def test_an_error_that_is_found_beside_stops_the_start(
    tmp_path: Path, meanwhile: list[int]
) -> None:
    """What other processes find is raised here, with its place, and once."""
    folder = small_folder(tmp_path)
    edit(folder, "words.toml", "Compare options", "Anakinra is the best choice")
    with pytest.raises(ContentError) as beside:
        read_checked(folder, TODAY, meanwhile=lambda: meanwhile.append(1))
    with pytest.raises(ContentError) as alone:
        read_checked(folder, TODAY)
    assert beside.value.findings == alone.value.findings
    assert meanwhile == [1]


def test_a_process_that_dies_leaves_the_check_to_the_first(
    tmp_path: Path, meanwhile: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed for want of memory or not: nothing is served unchecked."""
    folder = small_folder(tmp_path)
    edit(folder, "words.toml", "Compare options", "Anakinra is the best choice")
    monkeypatch.setattr(content_check, "_send", lambda *_: os._exit(9))
    with pytest.raises(ContentError):
        read_checked(folder, TODAY, meanwhile=lambda: meanwhile.append(1))
    assert meanwhile == [1]


def test_without_fork_the_rules_run_afterwards(
    tmp_path: Path, meanwhile: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that cannot fork checks in its own process."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    folder = small_folder(tmp_path)
    edit(folder, "words.toml", "Compare options", "Anakinra is the best choice")
    with pytest.raises(ContentError):
        read_checked(folder, TODAY, meanwhile=lambda: meanwhile.append(1))
    assert meanwhile == [1]


def test_a_whole_check_finds_the_same_in_two_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grades are measured beside the other rules; where that process dies, they are measured here."""
    folder = small_folder(tmp_path)
    edit(folder, "words.toml", "Compare options", "Anakinra is the best choice")
    hard = "Immunosuppressive pharmacotherapy necessitates meticulous individualisation. " * 4
    edit(folder, "medicines/alpha.toml", "No boxed warning.", hard)
    read = read_folder(folder)
    catalogue = build(read)
    alone = content_check.check(read, catalogue, TODAY)
    assert {"banned-word", "reading-grade"} <= {item.rule for item in alone.findings}
    assert content_check.check_whole(read, catalogue, TODAY, measure=True) == alone
    monkeypatch.setattr(content_check, "_send", lambda *_: os._exit(9))
    assert content_check.check_whole(read, catalogue, TODAY, measure=True) == alone
    without = content_check.check_whole(read, catalogue, TODAY, measure=False)
    assert without == content_check.check(read, catalogue, TODAY, measure=False)
