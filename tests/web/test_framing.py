"""Who may show our pages in a frame."""

import pytest

from explorer.settings import SettingsError, load_settings
from explorer.web.security_headers import headers_for, script_source

PORTAL = "https://portal.example.org"


@pytest.mark.parametrize("path", ["/", "/compare", "/join", "/join/answer"])
def test_nobody_frames_us_unless_it_is_set(path: str) -> None:
    """Both headers refuse: the policy, and the older one."""
    found = headers_for(path)
    assert found["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert found["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("host", "sockets"),
    [
        ("class.example.org", " ws://class.example.org wss://class.example.org"),
        ("[::1]:8501", " ws://[::1]:8501 wss://[::1]:8501"),
        ("", ""),
        ("a; script-src *", ""),
        ("a b", ""),
        ("*", ""),
    ],
)
def test_sockets_go_to_the_host_that_was_asked_only(host: str, sockets: str) -> None:
    """A script that got in could send to nobody else; a header that is no host adds nothing."""
    policy = headers_for("/compare", host=host)["Content-Security-Policy"]
    assert f"; connect-src 'self'{sockets}; " in policy
    assert " ws: " not in policy
    assert " ws://" not in headers_for("/join", host=host)["Content-Security-Policy"]


def test_of_scripts_in_a_page_only_those_that_are_named_run() -> None:
    """The policy holds their hashes and no `unsafe-inline`; pages of our own hold no script."""
    named = [script_source(script) for script in ("a()", "c")]
    policy = headers_for("/compare", scripts=named)["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["script-src"] == f"'self' {' '.join(named)} 'wasm-unsafe-eval' blob:"
    assert "sha256" not in headers_for("/join", scripts=named)["Content-Security-Policy"]
    # of the example in CSP 3, section 8.4, in which the script is alert('Hello, world.');
    assert (
        script_source("alert('Hello, world.');")
        == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    )


@pytest.mark.parametrize("path", ["/", "/compare", "/join"])
def test_only_what_is_named_frames_us(path: str) -> None:
    """The older header knows no list, and would refuse the portal too: it is left out."""
    found = headers_for(path, f"{PORTAL} https://ward.example.org:8443")
    ancestors = found["Content-Security-Policy"].rpartition("; ")[2]
    assert ancestors == f"frame-ancestors {PORTAL} https://ward.example.org:8443"
    assert "X-Frame-Options" not in found


@pytest.mark.parametrize(
    "wrong",
    ["*", "'self'", "portal.example.org", f"{PORTAL}/page", f"{PORTAL}; script-src *", "data:"],
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    """The line names the setting and shows what it may be."""
    monkeypatch.setenv("EXPLORER_FRAME_ANCESTORS", wrong)
    with pytest.raises(SettingsError, match=r"EXPLORER_FRAME_ANCESTORS.*https://portal"):
        load_settings()


@pytest.mark.parametrize("wrong", ["anakinra", "/anakinra/", "/a b", "//x", "/a?b", "https://x"])
def test_what_is_no_path_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    """A path starts with a slash and ends without one."""
    monkeypatch.setenv("EXPLORER_BASE_PATH", wrong)
    with pytest.raises(SettingsError, match="EXPLORER_BASE_PATH"):
        load_settings()


def test_the_path_comes_from_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """One setting is enough where both say the same."""
    monkeypatch.setenv("EXPLORER_PUBLIC_URL", "https://portal.example.org/anakinra/")
    assert load_settings().path == "/anakinra"
    monkeypatch.setenv("EXPLORER_BASE_PATH", "/kin")
    assert load_settings().path == "/kin"


def test_the_setting_of_streamlit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With it the pages would move and the phones' page would not."""
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "anakinra")
    with pytest.raises(SettingsError, match="EXPLORER_BASE_PATH"):
        load_settings()
