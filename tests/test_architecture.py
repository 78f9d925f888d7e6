"""The architecture is law: who may import what, and what a page may hold."""

import ast
import importlib
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
    "content": frozenset(
        {"pydantic", "explorer.domain", "explorer.content", "openpyxl", "textstat", "tomli"}
    ),
    "store": frozenset({"pydantic", "explorer.domain", "explorer.store", "sqlalchemy", "psycopg"}),
    "classes": frozenset({"explorer.domain", "explorer.store.port", "explorer.classes"}),
    "editing": frozenset(
        {
            "pydantic",
            *(f"explorer.{part}" for part in ("domain", "content", "editing")),
            "explorer.files",
        }
    ),
    "runtime": frozenset(
        {
            *(f"explorer.{part}" for part in ("classes", "content", "output", "settings")),
            *(f"explorer.{part}" for part in ("store", "editing.preview")),
        }
    ),
    "web": frozenset(
        {
            *(f"explorer.{part}" for part in ("classes", "domain", "web")),
            "cachetools",
            "starlette",
            "jinja2",
            "brotli",
            "prometheus_client",
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
            "segno",
            "typst",
            "xlsxwriter",
        }
    ),
    "measuring": frozenset(
        {"starlette", *(f"explorer.{part}" for part in ("domain", "runtime", "ui", "web"))}
    ),
    "quiz_import": frozenset({"explorer.domain", "explorer.quiz_import"}),
    "reading": frozenset(
        {f"explorer.{part}" for part in ("content", "domain", "export", "files", "web")}
    ),
    "api": frozenset(
        {
            *(f"explorer.{part}" for part in ("domain", "content", "export", "settings")),
            *(f"explorer.{part}" for part in ("classes", "store")),
            "pandas",
        }
    ),
    "protocol": frozenset({"streamlit", "google.protobuf", "explorer.web"}),
    "logs": frozenset(),
    "memory": frozenset(),
    "page_store": frozenset({"streamlit", "explorer.memory"}),
    "files": frozenset(),
    "output": frozenset({"explorer.domain"}),
    "settings": frozenset({"pydantic", "pydantic_settings", "explorer.paths"}),
    "paths": frozenset(),
    "ui": frozenset(
        {
            "streamlit",
            "cachetools",
            *(f"explorer.{part}" for part in ("domain", "content", "export", "ui")),
            *(f"explorer.{part}" for part in ("classes", "runtime", "store.port", "web")),
            "explorer.quiz_import",
            "explorer.classes.service",
            "explorer.settings",
            "explorer.paths",
        }
    ),
    "app": frozenset({"streamlit", "explorer.ui", "explorer.content.findings", "explorer.paths"}),
    "pages": frozenset(
        {
            "streamlit",
            *(f"explorer.{part}" for part in ("classes", "domain", "export", "ui")),
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


def test_imports_keep_to_the_table() -> None:
    """Every module imports only what the architecture table permits it."""
    files = list(parts())
    assert len(files) > 100
    offenders = [
        f"{path.relative_to(ROOT)} imports {module}"
        for part, path in files
        for module in imports(path)
        if not allowed(module, ALLOWED[part])
    ]
    assert offenders == []


@pytest.mark.parametrize(
    ("module", "kept"),
    [("json", True), ("explorer.domain.base", True), ("streamlit", False), ("explorer.ui", False)],
)
def test_an_import_past_the_table_is_seen(module: str, kept: bool) -> None:
    """The domain may use the standard library and itself, and nothing above it."""
    assert allowed(module, ALLOWED["domain"]) is kept


def test_every_module_has_a_place_in_the_table() -> None:
    """Each module directly in the package is in the table or is an entry point."""
    entry_points = {"__init__", "cli", "commands", "asgi", "server"}
    entry_points |= {
        "backup_command",
        "editor_commands",
        "export_commands",
        "quiz_commands",
        "record_commands",
        "review_commands",
        "session_commands",
        "stub_commands",
    }
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


def test_a_value_changes_through_validation_only() -> None:
    """``evolve`` is the one way to change a frozen value; pydantic's unchecked ways are not used."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("model_copy", "model_construct", "__setattr__")
    ]
    assert found == []


def test_a_class_name_means_one_thing() -> None:
    """No two public classes have the same name, so that a name can be searched for."""
    places: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_every_name_that_a_package_offers_exists() -> None:
    """``from package import *`` works, and a renamed class leaves no old name behind."""
    missing = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [
            item.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and any(isinstance(to, ast.Name) and to.id == "__all__" for to in node.targets)
            and isinstance(node.value, ast.List | ast.Tuple)
            for item in node.value.elts
            if isinstance(item, ast.Constant)
        ]
        if not named:
            continue
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(dotted)
        missing += [f"{dotted}.{name}" for name in named if not hasattr(module, name)]
    assert missing == []
