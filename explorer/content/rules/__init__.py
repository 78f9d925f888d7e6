"""The rules of the content; each registers itself, so that importing this package lists them."""

import importlib
import pkgutil
from pathlib import Path

from explorer.content.context import Context as Context
from explorer.content.rule import registered

for _module in sorted(
    found.name for found in pkgutil.walk_packages([str(Path(__file__).parent)], f"{__name__}.")
):
    importlib.import_module(_module)

RULES = registered()
"""Every rule."""
