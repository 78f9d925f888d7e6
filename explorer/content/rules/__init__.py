"""The rules of the content; each registers itself, so that importing this package lists them."""

import importlib
from pathlib import Path

from explorer.content.context import Context as Context
from explorer.content.rule import registered

_HERE = Path(__file__).parent

for _path in sorted(_HERE.rglob("*.py")):
    if _path.stem != "__init__":
        _parts = _path.relative_to(_HERE).with_suffix("").parts
        importlib.import_module(".".join((__name__, *_parts)))

RULES = registered()
"""Every rule."""
