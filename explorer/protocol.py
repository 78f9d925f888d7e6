"""Streamlit's wire protocol, as far as the server in front of it reads it.

A visitor's socket may ask for a run of the page, for the end of a run, and for a file that a
button of ours offers. Streamlit takes more from anybody (empty all caches, watch files, take
uploads); nothing else comes through here, and what comes through is bounded in size. The messages
are protobuf: ``streamlit.proto.BackMsg`` from the browser, ``ForwardMsg`` to it.
"""

from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlparse

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from explorer.web import bounds
from explorer.web.visit_socket import Message, MessageVerdict, ServerMessage

COOKIE: Final = "_streamlit_xsrf"
"""The random value that Streamlit gives to each browser; its script sends it along."""

SMALL: Final = 16 * 1024
"""Bytes up to which a message to the browser is read: those that say where a run stands."""


def judge(data: bytes) -> Message:
    """Return whether a message from a browser may reach Streamlit.

    Args:
        data: the message, as it came.

    Returns:
        The verdict, and what the message holds of the bounds of a whole page.
    """
    if len(data) > bounds.MESSAGE:
        return Message(MessageVerdict.TOO_LARGE)
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return Message(MessageVerdict.GARBLED)
    message.DiscardUnknownFields()
    found = _judged(message)
    if found.verdict is not MessageVerdict.FINE:
        return found
    return replace(found, clean=message.SerializeToString())


def _judged(message: BackMsg) -> Message:
    match message.WhichOneof("type"):
        case "rerun_script":
            return _run(message.rerun_script)
        case "stop_script":
            return Message(MessageVerdict.FINE)
        case "backend_operation_request":
            return _file(message)
        case _:
            return Message(MessageVerdict.UNWANTED)


def said(data: bytes) -> ServerMessage:
    """Read from a message to the browser which page it belongs to, and whether a run ended.

    Args:
        data: the message.
    """
    if len(data) > SMALL:
        return ServerMessage()
    message = ForwardMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return ServerMessage()
    kind = message.WhichOneof("type")
    if kind == "new_session":
        return ServerMessage(session=message.new_session.initialize.session_id)
    return ServerMessage(ended=kind in {"script_finished", "backend_operation_response"})


def owner(cookies: dict[str, str]) -> bytes:
    """Return what only the browser of a page has, or nothing: the token in Streamlit's cookie.

    Args:
        cookies: of the request. The cookie's form changes with each answer, the token stays.
    """
    token, _ = decode_xsrf_token_string(cookies.get(COOKIE, ""))
    return token or b""


def is_own_origin(origin: str | None, host: str | None) -> bool:
    """Return whether a socket was opened by a page of ours: of the host that it asks.

    Streamlit's own rule goes on to ask a service outside for this machine's address, at each
    handshake and while everybody waits; what passes here has passed before that. So the comparison
    is Streamlit's first one, to the letter: browsers send both in small letters.

    Args:
        origin: the header Origin; only programs send none.
        host: the header Host.
    """
    if not is_host_allowed(host):
        return False
    if origin is None:
        return True
    try:
        return urlparse(origin).netloc == host
    except ValueError:
        return False


def _run(state: ClientState) -> Message:
    context = state.context_info
    texts = (
        (state.query_string, bounds.ADDRESS),
        (context.url, bounds.ADDRESS),
        (state.page_script_hash, bounds.NAME),
        (state.page_name, bounds.NAME),
        (state.fragment_id, bounds.NAME),
        (context.timezone, bounds.NAME),
        (context.locale, bounds.NAME),
        (context.color_scheme, bounds.NAME),
    )
    if any(len(text) > most for text, most in texts):
        return Message(MessageVerdict.TOO_LARGE)
    if len(state.cached_message_hashes) > bounds.HASHES:
        return Message(MessageVerdict.TOO_LARGE)
    widgets = state.widget_states.widgets
    if len(widgets) > bounds.WIDGETS:
        return Message(MessageVerdict.TOO_LARGE)
    sizes: dict[int, int] = {}
    for widget in widgets:
        verdict, entries = _value(widget)
        if verdict is not MessageVerdict.FINE:
            return Message(verdict)
        sizes[hash(widget.id)] = widget.ByteSize() + bounds.ENTRY * (entries + 2)
    part = bool(state.fragment_id)
    most = bounds.PART_CHARGE if part else bounds.RUN_CHARGE
    return Message(MessageVerdict.FINE, runs=True, part=part, most=most, sizes=sizes)


def _value(widget: WidgetState) -> tuple[MessageVerdict, int]:
    """Judge the value of one widget, and give how many entries it has."""
    if len(widget.id) > bounds.NAME:
        return MessageVerdict.TOO_LARGE, 0
    kind = widget.WhichOneof("value")
    value: Any = getattr(widget, kind) if kind else None
    match kind:
        case None | "trigger_value" | "bool_value" | "double_value" | "int_value":
            return MessageVerdict.FINE, 0
        case "string_value":
            return _bounded(len(value), bounds.TEXT)
        case "string_trigger_value":
            return _bounded(len(value.data), bounds.TEXT)
        case "json_value" | "json_trigger_value":
            if value.count("[") + value.count("{") > bounds.NESTING:
                return MessageVerdict.TOO_LARGE, 0
            return _bounded(len(value), bounds.JSON)
        case "double_array_value" | "int_array_value":
            if len(value.data) > bounds.ITEMS:
                return MessageVerdict.TOO_LARGE, 0
            return MessageVerdict.FINE, len(value.data)
        case "string_array_value":
            if len(value.data) > bounds.ITEMS:
                return MessageVerdict.TOO_LARGE, 0
            verdict, _ = _bounded(sum(len(item) for item in value.data), bounds.TEXT)
            return verdict, len(value.data)
        case _:  # tables, files, bytes, chats: no page of ours has one
            return MessageVerdict.UNWANTED, 0


def _bounded(size: int, most: int) -> tuple[MessageVerdict, int]:
    return (MessageVerdict.FINE if size <= most else MessageVerdict.TOO_LARGE), 0


def _file(message: BackMsg) -> Message:
    """Let through that a button's file is asked for, and no other operation."""
    request = message.backend_operation_request
    if request.WhichOneof("payload") != "deferred_file":
        return Message(MessageVerdict.UNWANTED)
    texts = (request.request_id, request.session_id, request.deferred_file.file_id)
    if any(len(text) > bounds.NAME for text in texts):
        return Message(MessageVerdict.TOO_LARGE)
    return Message(MessageVerdict.FINE, runs=True)
