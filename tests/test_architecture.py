"""The architecture is law: who may import what, and what a page may hold."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer import paths

ROOT = paths.ROOT
PACKAGE = paths.PACKAGE

OURS = "explorer"

ALLOWED: dict[str, frozenset[str]] = {
    "domain": frozenset({"pydantic", "explorer.domain"}),
    "content": frozenset({"pydantic", "explorer.domain", "explorer.content", "textstat"}),
    "store": frozenset({"pydantic", "explorer.domain", "explorer.store", "sqlalchemy"}),
    "classes": frozenset({"explorer.domain", "explorer.store.port", "explorer.classes"}),
    "teaching": frozenset({"explorer.classes"}),
    "live": frozenset(
        {"explorer.settings", "explorer.store", "explorer.classes", "explorer.teaching"}
    ),
    "web": frozenset(
        {
            *(f"explorer.{part}" for part in ("classes", "domain", "web")),
            "starlette",
            "jinja2",
            "brotli",
            "uvicorn",
            "websockets",
        }
    ),
    "export": frozenset(
        {
            "explorer.domain",
            "explorer.export",
            "icalendar",
            "jinja2",
            "markupsafe",
            "pandas",
            "segno",
            "typst",
            "xlsxwriter",
        }
    ),
    "protocol": frozenset({"streamlit", "google.protobuf", "explorer.web"}),
    "logs": frozenset(),
    "memory": frozenset(),
    "page_store": frozenset({"streamlit", "explorer.memory"}),
    "output": frozenset({"explorer.domain"}),
    "settings": frozenset({"pydantic", "pydantic_settings", "explorer.paths"}),
    "paths": frozenset(),
    "ui": frozenset(
        {
            "streamlit",
            "cachetools",
            *(f"explorer.{part}" for part in ("domain", "content", "export", "ui")),
            *(f"explorer.{part}" for part in ("classes", "live", "store.port", "teaching", "web")),
            "explorer.settings",
            "explorer.paths",
        }
    ),
    "app": frozenset({"streamlit", "explorer.ui", "explorer.content.findings", "explorer.paths"}),
    "pages": frozenset(
        {
            "streamlit",
            *(f"explorer.{part}" for part in ("domain", "export", "teaching", "ui")),
        }
    ),
}
"""What each part may import beside the standard library; ``brotli`` is web's format library."""

FORBIDDEN_IN_PAGES = ("st.cache", "session_state", "query_params", "tomllib", "sqlalchemy")


def parts() -> Iterator[tuple[str, Path]]:
    """Yield every file of ours with the part that it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        part = inside.parts[0].removesuffix(".py")
        if part in ALLOWED:
            yield part, path
    for path in sorted((ROOT / "pages").glob("*.py")):
        yield "pages", path


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            if module == OURS or module in {"explorer.ui", "explorer.export", "explorer.content"}:
                yield from (f"{module}.{name.name}" for name in node.names)
            else:
                yield module


def allowed(module: str, permitted: frozenset[str]) -> bool:
    """Tell whether a module is of the standard library or permitted."""
    top = module.split(".")[0]
    if top in sys.stdlib_module_names:
        return True
    return any(module == item or module.startswith(f"{item}.") for item in permitted)


@pytest.mark.parametrize(
    ("part", "path"), list(parts()), ids=[path.relative_to(ROOT).as_posix() for _, path in parts()]
)
def test_imports_keep_to_the_table(part: str, path: Path) -> None:
    """A module imports only what the architecture table permits it."""
    wrong = [module for module in imports(path) if not allowed(module, ALLOWED[part])]
    assert wrong == []


def test_every_module_has_a_place_in_the_table() -> None:
    """Each module directly in the package is in the table or is an entry point."""
    entry_points = {"__init__", "cli", "asgi", "startup"}
    found = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()
    }
    assert found - entry_points <= set(ALLOWED)


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_pages_are_thin(path: Path) -> None:
    """A page has no function, class or loop, no state and no cache, and about sixty lines."""
    text = path.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.While)
    assert [node for node in nodes if isinstance(node, banned)] == []
    assert [word for word in FORBIDDEN_IN_PAGES if word in text] == []
    assert len(text.splitlines()) <= 60


def test_caches_and_state_have_one_place_each() -> None:
    """Session state and the address stand in state only, and nothing in Streamlit's caches.

    Those are emptied for everybody by a message that any page can send.
    """
    places: dict[str, set[str]] = {
        "st.cache_": set(),
        "st.session_state": set(),
        "st.query_params": set(),
    }
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word, files in places.items():
            if re.search(rf"\b{re.escape(word)}", text):
                files.add(path.relative_to(PACKAGE).as_posix())
    assert places["st.cache_"] == set()
    for word in ("st.session_state", "st.query_params"):
        assert places[word]
        assert {name for name in places[word] if not name.startswith("ui/state/")} == set()


def test_domain_has_no_clock_and_no_chance() -> None:
    """Nothing in the domain reads the time or an unseeded random number."""
    for path in (PACKAGE / "domain").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\b(now|today|utcnow|time)\(\)|random\.(?!Random\b)|random\.Random\(\)|secrets", text
        ), path


def test_no_module_bears_a_standard_name() -> None:
    """The package's folder may come first on the path, so no module hides a standard one."""
    names = {path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    assert names & sys.stdlib_module_names == set()
    assert not (PACKAGE / "pages").exists()


def test_raw_html_goes_through_the_sanitiser_only() -> None:
    """No text is ever drawn by Markdown with raw HTML, and no table by the canvas grid."""
    for folder in (PACKAGE, ROOT / "pages"):
        for path in folder.rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "unsafe_allow" not in text, path
            assert "st.dataframe" not in text, path


def test_every_word_key_in_use_exists_and_every_key_is_used() -> None:
    """Interface words are in the catalogue of words, and nothing stale stands there."""
    from explorer.content.load import load

    keys = {key for key, _ in load(paths.DATA).catalogue.words.entries}
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in (PACKAGE, ROOT / "pages")
        for pattern in ("*.py", "*.j2")
        for path in folder.rglob(pattern)
    )
    used = set(re.findall(r"""(?:\bw|words)\(\s*f?["']([a-z0-9.-]+)["'][,)\s]""", text))
    assert {key for key in used if not key.endswith((".", "-")) and key not in keys} == set()
    literal = {key for key in keys if f'"{key}"' in text or f"'{key}'" in text}
    prefixes = tuple(re.findall(r"""["']([a-z-]+\.(?:[a-z-]*[.-])?)(?:\{|["'] ~)""", text))
    stale = {key for key in keys - literal if not key.startswith(prefixes)}
    assert stale == set()


def test_a_value_changes_through_validation_only() -> None:
    """``evolve`` is the one way to change a frozen value; pydantic's unchecked ways are not used."""
    unchecked = re.compile(r"\bmodel_copy\b|\bmodel_construct\b|object\.__setattr__")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "explorer").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if unchecked.search(line) and "``" not in line
    ]
    assert found == []
