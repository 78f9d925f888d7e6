"""The page of the architecture, printed from the table that the tests hold."""

import ast
from collections.abc import Mapping
from pathlib import Path

from explorer import paths
from tests.test_architecture import ALLOWED, OURS


def page() -> str:
    """Write the page: layers from the lowest to the highest, and what each may import."""
    lines = [
        f"| `{part}` | {purpose(part)} | {_listed(ours(part))} | {_listed(packages(part))} |"
        for part in sorted(ALLOWED, key=lambda part: (layer(part), part))
    ]
    table = "\n".join(lines)
    return f"""# Architecture

A page asks a widget or a view in `ui`; that builds a value of `domain` from the checked content, and
`export` writes it as HTML or as a file. Live classes go through the service to the store; phones come
in by `web`, which needs no Streamlit page. Nothing below knows anything above.

The table is law: `tests/test_architecture.py` holds it, and `python -m tests.built` prints it here. A
part may import the standard library, itself, and what stands beside it, nothing else. The lowest
layer comes first. `asgi` and `cli` put the parts together and may import all of them.

| part | what it is | may import of ours | packages |
|---|---|---|---|
{table}

Beside the package: `data/` is the content ([data/README.md](../data/README.md) is its model), `pages/`
holds one short script for each page, `tests/` mirrors the package.

Rules that other tests hold: the domain has no clock and no chance; a frozen value changes through
`evolve` only; session state and the address have one place; nothing is kept in Streamlit's
caches; raw HTML goes through one sanitiser; no sentence for a reader stands in the code.
"""


def ours(part: str) -> set[str]:
    """Return the other parts that a part may import."""
    inside = {name.split(".")[1] for name in ALLOWED[part] if name.startswith(f"{OURS}.")}
    return inside - {part}


def packages(part: str) -> set[str]:
    """Return the packages of others that a part may import."""
    return {name for name in ALLOWED[part] if name.split(".")[0] != OURS}


def layer(part: str, allowed: Mapping[str, object] = ALLOWED) -> int:
    """Return the layer of a part: 0 imports none of ours, n only from layers below n.

    Raises:
        RecursionError: two parts import each other.
    """
    return 1 + max((layer(other) for other in ours(part) if other in allowed), default=-1)


def purpose(part: str) -> str:
    """Return the first sentence of a part's docstring."""
    if part == "pages":
        return "One short script for each page."
    place = paths.PACKAGE / part
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return _first_line(file)


def _first_line(file: Path) -> str:
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0]


def _listed(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "none"
