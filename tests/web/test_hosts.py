"""Whose word about a visitor's address is taken, and under which names the server answers."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from explorer.settings import SettingsError, load_settings
from explorer.web.hosts import KnownHosts, known_hosts

PROXIES = "10.0.0.5 10.1.0.0/24 fd00::/8"


async def _who(request: Request) -> PlainTextResponse:
    assert request.client is not None
    return PlainTextResponse(f"{request.url.scheme} {request.client.host}")


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("10.0.0.5", "https 198.51.100.7"),
        ("10.1.0.77", "https 198.51.100.7"),
        ("fd00::3", "https 198.51.100.7"),
        ("10.0.0.6", "http 10.0.0.6"),
        ("198.51.100.9", "http 198.51.100.9"),
    ],
)
def test_only_a_proxy_that_is_named_is_believed(
    monkeypatch: pytest.MonkeyPatch, peer: str, expected: str
) -> None:
    """A stranger who sends the same headers keeps their own address."""
    monkeypatch.setenv("EXPLORER_TRUSTED_PROXIES", PROXIES)
    trusted = load_settings().trusted_proxies.split()
    app = Starlette(
        routes=[Route("/", _who)],
        middleware=[Middleware(ProxyHeadersMiddleware, trusted_hosts=trusted)],
    )
    sent = {"X-Forwarded-For": "203.0.113.1, 198.51.100.7", "X-Forwarded-Proto": "https"}
    assert TestClient(app, client=(peer, 5000)).get("/", headers=sent).text == expected


@pytest.mark.parametrize(
    "wrong", ["*", "0.0.0.0/0", "::/0", "proxy.example.org", "10.0.0.5,10.0.0.6", "10.0.0.1/24"]
)
def test_what_is_no_address_of_a_proxy_is_refused(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """Neither names, nor everybody, nor an address with bits beyond its network."""
    monkeypatch.setenv("EXPLORER_TRUSTED_PROXIES", wrong)
    with pytest.raises(SettingsError, match=r"EXPLORER_TRUSTED_PROXIES.*10\.0\.0\.5"):
        load_settings()


def test_the_servers_own_list_of_proxies_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would believe everybody with ``*``, past our setting."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    with pytest.raises(SettingsError, match="EXPLORER_TRUSTED_PROXIES"):
        load_settings()


def _status(host: str, path: str = "/", public: str = "https://class.example.org") -> int:
    app = Starlette(
        routes=[Route("/", _who), Route("/readyz", _who)],
        middleware=[Middleware(KnownHosts, known=known_hosts(public, "192.0.2.4"))],
    )
    return TestClient(app).get(path, headers={"Host": host}).status_code


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("class.example.org", 200),
        ("CLASS.example.org:8443", 200),
        ("192.0.2.4:8501", 200),
        ("localhost:8501", 200),
        ("[::1]:8501", 200),
        ("evil.example", 421),
        ("class.example.org.evil.example", 421),
        ("evil.example@class.example.org", 421),
        ("class.example.org/evil", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_only_the_public_name_and_this_machine_are_served(host: str, status: int) -> None:
    """A name of somebody else's that resolves to this server gets nothing."""
    assert _status(host) == status


def test_probes_and_a_server_without_a_public_name_answer_to_all() -> None:
    """A balancer asks by address; without the setting no name is known to be right."""
    assert _status("10.2.3.4", "/readyz") == 200
    assert _status("evil.example", public="") == 200


def test_a_socket_of_another_name_is_closed() -> None:
    """The pages live on sockets, so they are refused as well."""
    app = KnownHosts(Starlette(), known_hosts("https://class.example.org", "127.0.0.1"))
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        TestClient(app).websocket_connect("/_stcore/stream", headers={"Host": "evil.example"}),
    ):
        pass
    assert closed.value.code == 1008
