"""Moved to ``explorer.ui.safe_html``."""

from explorer.ui.safe_html import SafeHtml

Ready = SafeHtml
