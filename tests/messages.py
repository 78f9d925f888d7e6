"""Where the code and the templates ask for interface words: keys, and the values they pass.

``python -m tests.messages`` writes the manifest that the rule over ``words.toml`` holds against a
content folder; ``tests/content/test_messages.py`` holds the manifest against the code.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from explorer import paths
from explorer.content.load import read_folder
from explorer.content.rules.messages import MANIFEST, names_in, texts_in

NAMES = frozenset({"words", "_words", "w"})
"""What a catalogue of words is called, in Python and in templates."""

ANY = ".+"
"""The pattern of a key that is worked out elsewhere."""


@dataclass(frozen=True)
class Use:
    """One call that asks for words."""

    place: str
    key: str
    """The key, or a regular expression where parts of it are worked out."""
    is_pattern: bool
    """True also for ``.+``, where the whole key is worked out elsewhere."""
    values: frozenset[str]

    def fits(self, key: str) -> bool:
        """Return whether the call can mean a key."""
        return bool(re.fullmatch(self.key, key)) if self.is_pattern else self.key == key


def uses() -> Iterator[Use]:
    """Yield every call in the package, the pages and the templates."""
    for folder in (paths.PACKAGE, paths.PAGES):
        for path in sorted(folder.rglob("*.py")):
            yield from _in_python(path)
        for path in sorted(folder.rglob("*.j2")):
            yield from _in_template(path)


def names() -> frozenset[str]:
    """Return every text in the code that may be a key, and regular expressions of those put together."""
    found: set[str] = set()
    for folder in (paths.PACKAGE, paths.PAGES):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(re.escape(node.value))
                elif isinstance(node, ast.JoinedStr) and re.match(
                    r"[a-z]+\\\.[a-z]", _pattern(node)
                ):
                    found.add(_pattern(node))
    return frozenset(found)


def _in_python(path: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in NAMES:
            continue
        values = frozenset(item.arg or "**" for item in node.keywords)
        for key, is_pattern in _keys(node.args[0]):
            yield Use(f"{_shown(path)}:{node.lineno}", key, is_pattern, values)


def _keys(node: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, False
    elif isinstance(node, ast.JoinedStr):
        yield _pattern(node), True
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
    else:
        yield ANY, True


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9 .-]+"
        for part in node.values
    )


def _in_template(path: Path) -> Iterator[Use]:
    tree = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.do"]).parse(
        path.read_text(encoding="utf-8")
    )
    for node in tree.find_all(nodes.Call):
        name = getattr(node.node, "name", getattr(node.node, "attr", ""))
        if name not in NAMES or not node.args:
            continue
        values = frozenset(item.key for item in node.kwargs)
        for key, is_pattern in _template_keys(node.args[0]):
            yield Use(f"{_shown(path)}:{node.lineno}", key, is_pattern, values)


def _template_keys(node: nodes.Node) -> Iterator[tuple[str, bool]]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value, False
    elif isinstance(node, nodes.Concat):
        parts = [
            re.escape(part.value) if isinstance(part, nodes.Const) else "[a-z0-9 .-]+"
            for part in node.nodes
        ]
        yield "".join(parts), True
    elif isinstance(node, nodes.CondExpr):
        yield from _template_keys(node.expr1)
        if node.expr2 is not None:
            yield from _template_keys(node.expr2)
    else:
        yield ANY, True


def _shown(path: Path) -> str:
    return path.relative_to(paths.ROOT).as_posix()


def written() -> str:
    """Write the manifest anew: keys of the shipped words, values that the code passes."""
    calls = list(uses())
    lines = []
    for key, text in texts_in(read_folder(paths.DATA)).items():
        needed = names_in(text)
        passed = [use.values for use in calls if not use.is_pattern and use.key == key]
        more = frozenset.intersection(*passed) - needed if passed else frozenset()
        lines.append("\t".join([key, *sorted(needed), *(f"?{name}" for name in sorted(more))]))
    return "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    MANIFEST.write_text(written(), encoding="utf-8")
