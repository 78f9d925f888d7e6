"""The address that phones in the room are given."""

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from explorer.content.load import Content
from explorer.web.addresses import join_base, only_this_machine
from explorer.web.reached import HEADER, Reached
from tests.hostile.tab import Tab, run, tab


@pytest.mark.parametrize(
    ("public", "host", "lan", "expected"),
    [
        ("https://teach.example.org/", "127.0.0.1", "192.168.1.5", "https://teach.example.org"),
        ("", "0.0.0.0", "192.168.1.5", "http://192.168.1.5:8501"),
        ("", "0.0.0.0", None, "http://localhost:8501"),
        ("", "127.0.0.1", "192.168.1.5", "http://127.0.0.1:8501"),
        ("", "fd00::5", None, "http://[fd00::5]:8501"),
    ],
)
def test_where_the_address_comes_from(
    public: str, host: str, lan: str | None, expected: str
) -> None:
    """The operator's address wins; then the local network, only if the server listens there."""
    assert join_base(public, host, 8501, lan) == expected


@pytest.mark.parametrize(
    ("public", "base", "expected"),
    [
        ("", "/anakinra", "http://127.0.0.1:8501/anakinra"),
        ("https://portal.example.org", "/anakinra", "https://portal.example.org/anakinra"),
        ("https://portal.example.org/kin", "/anakinra", "https://portal.example.org/kin"),
    ],
)
def test_the_path_is_in_the_address(public: str, base: str, expected: str) -> None:
    """Phones get the path too; an address of the operator's that has one wins."""
    assert join_base(public, "127.0.0.1", 8501, base=base) == expected


@pytest.mark.parametrize(
    ("base", "only"),
    [
        ("http://localhost:8501", True),
        ("http://127.0.0.1:8501", True),
        ("http://[::1]:8501", True),
        ("http://192.168.1.5:8501", False),
        ("https://teach.example.org", False),
    ],
)
def test_an_address_for_this_machine_only_is_known(base: str, only: bool) -> None:
    """A phone cannot reach localhost, so the educator must be warned."""
    assert only_this_machine(base) is only


HOST = (b"host", b"class.example.org")
TLS = (b"x-forwarded-proto", b"https")
FOR = (b"x-forwarded-for", b"203.0.113.9")
OWN = (b"x-explorer-reached", b"https://evil.example")


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    [
        ("127.0.0.1", [HOST, TLS, FOR], "https://class.example.org"),
        ("127.0.0.1", [HOST, FOR], "http://class.example.org"),
        (
            "127.0.0.1",
            [(b"host", b"Class.example.org:8443"), TLS],
            "https://class.example.org:8443",
        ),
        ("127.0.0.1", [HOST, OWN], ""),
        ("203.0.113.9", [HOST, TLS, FOR, OWN], ""),
        ("127.0.0.1", [(b"host", b"a b"), TLS], ""),
        ("127.0.0.1", [HOST, HOST, TLS], ""),
    ],
)
def test_only_a_trusted_proxy_says_how_a_page_was_reached(
    peer: str, headers: list[tuple[bytes, bytes]], expected: str
) -> None:
    """Scheme and host come from a proxy that is believed; a visitor's own header is dropped."""
    seen: list[tuple[bytes, bytes]] = []

    async def page(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.extend(item for item in scope["headers"] if item[0] == HEADER.encode())

    async def nothing(_message: Message | None = None) -> Message:
        return {}

    scope: Scope = {"type": "websocket", "scheme": "ws", "client": (peer, 5000), "headers": headers}
    app = ProxyHeadersMiddleware(Reached(page), trusted_hosts="127.0.0.1")  # type: ignore[arg-type]
    run(app(scope, nothing, nothing))
    assert b"".join(value for _, value in seen).decode() == expected


def test_the_origin_that_was_asked_for_comes_after_the_operators() -> None:
    """Phones get the browser's own origin with the path; a public address wins."""
    reached = "https://class.example.org"
    assert join_base("", "127.0.0.1", 8501, base="/kin", reached=reached) == f"{reached}/kin"
    assert join_base("https://a.example", "127.0.0.1", 8501, reached=reached) == "https://a.example"


def _component(found: Tab, key: str) -> str:
    """Return the id under which the page's script knows a component."""
    for data in found.texts:
        message = ForwardMsg()
        message.ParseFromString(data)
        if key in message.delta.new_element.bidi_component.id:
            return message.delta.new_element.bidi_component.id
    raise AssertionError(key)


@pytest.mark.server
def test_behind_tls_the_console_warns_only_where_phones_cannot_come(
    server: str, content: Content
) -> None:
    """Behind a proxy on this machine the page of classes has no warning; without one it has."""
    warning = content.catalogue.words("teach.local-title").encode()

    async def warned(named: str = "", **others: str) -> bool:
        async with tab(server, named=named, others=others) as found:
            await found.look("teach", "")
            keys = WidgetState(
                id=_component(found, "teach.link-keys"), json_value='{"found":"none"}'
            )
            await found.rerun("teach", "", [keys])
            await found.finished()
            return warning in b"".join(found.texts)

    assert run(warned())
    assert run(warned("class.example.org"))
    assert not run(warned("class.example.org", **{"X-Forwarded-Proto": "https"}))
