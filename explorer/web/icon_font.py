"""Streamlit's icon font, cut down to the icons that its own controls can show.

The whole font holds 4,000 icons and was a third of all bytes of a first visit; a page of ours shows
three or four. Which icons there are stands in ``ICONS``; ``python -m tests.icon_font`` makes the
file anew from the installed Streamlit, and a test says when that is due. A browser that asks for a
font of another version gets Streamlit's own, so that no icon is ever missing.
"""

import re
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.web.compressed_static import CACHE_CONTROL

NAME: Final = "MaterialSymbols-Rounded.nEdyypZU.woff2"
"""The font that was cut down; its name changes with its content."""

FILE: Final = Path(__file__).with_name("static") / "icons.woff2"

ICONS: Final = frozenset(
    [
        "123",
        "1k",
        "access_time",
        "add",
        "area_chart",
        "arrow_downward",
        "arrow_drop_down_circle",
        "arrow_upward",
        "arrows_outward",
        "attach_money",
        "audio_file",
        "auto_awesome",
        "bar_chart",
        "calendar_month",
        "calendar_today",
        "check",
        "check_box",
        "check_circle",
        "checklist",
        "chevron_left",
        "chevron_right",
        "circle",
        "close",
        "code_blocks",
        "commit",
        "content_copy",
        "contrast",
        "currency_yen",
        "dark_mode",
        "data_object",
        "error",
        "euro",
        "expand_less",
        "expand_more",
        "experiment",
        "face",
        "finance_chip",
        "format_list_numbered",
        "image",
        "info",
        "keep",
        "keep_off",
        "keyboard_arrow_down",
        "keyboard_arrow_right",
        "keyboard_double_arrow_left",
        "keyboard_double_arrow_right",
        "light_mode",
        "link",
        "list",
        "markdown",
        "menu",
        "more_horiz",
        "more_vert",
        "notes",
        "percent",
        "schedule",
        "search_activity",
        "sentiment_dissatisfied",
        "sentiment_neutral",
        "sentiment_sad",
        "sentiment_satisfied",
        "sentiment_very_satisfied",
        "show_chart",
        "smart_button",
        "smart_toy",
        "speed_1_75",
        "star",
        "tag",
        "thumb_down",
        "thumb_up",
        "timelapse",
        "today",
        "translate",
        "upload",
        "video_file",
        "visibility",
        "visibility_off",
    ]
)
"""Names of the icons, as Streamlit's scripts write them after ``:material/``."""

NAMED: Final = re.compile(r":material/([a-z0-9_]+)")
"""An icon's name in a script."""


class IconFont:
    """Middleware that answers a request for the icon font with the small one.

    Args:
        app: the application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._font = FILE.read_bytes()
        self._tag = f'"icons-{len(self._font)}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if (
            scope["type"] != "http"
            or scope["method"] not in {"GET", "HEAD"}
            or scope["path"] != f"/static/media/{NAME}"
        ):
            await self._app(scope, receive, send)
            return
        headers = {"Cache-Control": CACHE_CONTROL, "ETag": self._tag}
        if Headers(scope=scope).get("if-none-match") == self._tag:
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        response = Response(self._font, headers=headers, media_type="font/woff2")
        if scope["method"] == "HEAD":
            response.body = b""  # the length in its header stays
        await response(scope, receive, send)
