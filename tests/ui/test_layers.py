"""Widgets, page bodies and state keep apart, and the session's keys stand in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from explorer import paths
from tests.test_architecture import imports

UI = paths.PACKAGE / "ui"
STATE = sorted((UI / "state").glob("*.py"))
COMPONENTS = sorted((UI / "components").glob("*.py"))
OTHERS = [*COMPONENTS, *sorted((UI / "views").glob("*.py")), *sorted(paths.PAGES.glob("*.py"))]
NO_COMPONENT = {"__init__", "assets"}


def texts(path: Path) -> Iterator[str]:
    """Yield every literal text of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_state_draws_nothing_and_needs_no_widget() -> None:
    """State imports neither components nor views, and components no views and no content."""
    for path in STATE:
        wrong = re.compile(r"explorer\.(ui\.(components|views|resources)|export|content)")
        assert [name for name in imports(path) if wrong.match(name)] == [], path
    for path in COMPONENTS:
        wrong = re.compile(r"explorer\.(ui\.(views|resources)|content)")
        assert [name for name in imports(path) if wrong.match(name)] == [], path


def test_keys_of_the_session_stand_in_state_only() -> None:
    """A key that state reads or deletes is written nowhere else: others use state's constants."""
    keys = {
        text
        for path in STATE
        for text in texts(path)
        if re.fullmatch(r"(compare|visit|quiz|teach|browser)(\.[a-z-]+)+", text)
    }
    assert {"compare.find", "visit.state", "quiz.state", "teach.keys"} <= keys
    found = {(path.name, text) for path in OTHERS for text in texts(path) if text in keys}
    words = set(re.findall(r'words\(\s*"([a-z.-]+)"', _source(OTHERS)))
    assert {(name, text) for name, text in found if text not in words} == set()


def test_no_key_of_the_session_is_found_by_its_beginning() -> None:
    """State deletes the keys that it knows: a widget with a similar name is not caught by chance."""
    assert "startswith" not in _source(STATE)
    assert ".keys()" not in _source(STATE)


def test_each_component_has_a_test_of_its_own() -> None:
    """One file of tests for each, drawn without a page."""
    tests = {path.stem for path in Path(__file__).with_name("components").glob("test_*.py")}
    names = {path.stem for path in COMPONENTS} - NO_COMPONENT
    assert {f"test_{name}" for name in names} - tests == set()


def _source(files: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
