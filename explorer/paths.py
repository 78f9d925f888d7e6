"""Where the parts of the product lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The package itself."""

_BUNDLED = PACKAGE / "_bundled"
_INSTALLED = _BUNDLED.is_dir()

ROOT = _BUNDLED if _INSTALLED else PACKAGE.parent
"""The folder that holds ``pages`` and ``data``."""

PAGES = ROOT / "pages"
"""One script for each page of the app."""

DATA = ROOT / "data"
"""The content that is shipped."""

CONFIG = (PACKAGE if _INSTALLED else ROOT) / ".streamlit" / "config.toml"
"""The one file of Streamlit's options."""
