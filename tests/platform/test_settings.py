"""The settings, and that both ways to start give the same server."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer import logs, paths, server
from explorer.settings import SettingsError, load_settings

PROBE = """
import json, sys
from streamlit import config
from streamlit.web.server.starlette.starlette_server import UvicornRunner

def show(_self):
    print("OPTIONS", json.dumps({name: config.get_option(name) for name in json.loads(sys_names)}))

UvicornRunner.run = show
sys_names = sys.argv.pop(1)
if sys.argv[1] == "command":
    from explorer import runtime
    from explorer.cli import main
    runtime.start = lambda *_given, **_named: None  # no option comes from the content
    sys.exit(main(["run"]))
from streamlit.web.cli import main
main(["run", "explorer/asgi.py"])
"""

OPTIONS = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "logger.enableRich": False,
    "logger.hideWelcomeMessage": True,
    "logger.messageFormat": logs.LINE,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.address": "127.0.0.1",
    "server.disconnectedSessionTTL": 1800,
    "server.enableWebsocketCompression": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 1,
    "server.port": 8501,
    "theme.backgroundColor": "#ffffff",
    "theme.base": "light",
    "theme.baseFontSize": 18,
    "theme.font": "sans-serif",
    "theme.linkColor": "#0b5cad",
    "theme.primaryColor": "#0b5cad",
    "theme.secondaryBackgroundColor": "#eef3f8",
    "theme.textColor": "#111111",
}


def options_in_force(way: str, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(list(OPTIONS)), way],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("OPTIONS ")]
    assert lines, done.stderr
    found: dict[str, Any] = json.loads(lines[0].removeprefix("OPTIONS "))
    return found


@pytest.mark.server
def test_the_command_holds_the_options_from_any_folder(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Started from a folder with another project's options, it has every option of our file."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        '[client]\nshowErrorDetails = "full"\n', encoding="utf-8"
    )
    assert options_in_force("command", tmp_path, environment) == OPTIONS


@pytest.mark.server
def test_streamlit_run_holds_the_options_from_the_root(environment: dict[str, str]) -> None:
    """Started by ``streamlit run`` from the root, the app has the same options."""
    assert options_in_force("streamlit", paths.ROOT, environment) == OPTIONS


@pytest.mark.server
def test_the_settings_and_streamlits_own_variables_win_over_the_file(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Our settings name address and port; an operator can change any option of Streamlit's too."""
    changed = {
        "EXPLORER_HOST": "0.0.0.0",
        "EXPLORER_PORT": "8600",
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "7",
    }
    assert options_in_force("command", tmp_path, environment | changed) == OPTIONS | {
        "server.address": "0.0.0.0",
        "server.port": 8600,
        "server.maxUploadSize": 7,
    }


def test_the_file_holds_no_option_that_is_not_listed_here() -> None:
    """Every option of the file is one that the tests above look for."""
    flags = server.streamlit_flags(load_settings())
    assert {flag[2:].split("=")[0] for flag in flags} == set(OPTIONS)


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any setting: the shipped content, this machine only, port 8501."""
    for name in ("DATA", "HOST", "PORT"):
        monkeypatch.delenv(f"EXPLORER_{name}", raising=False)
    found = load_settings()
    assert (found.data, found.host, found.port) == (paths.DATA, "127.0.0.1", 8501)


def test_environment_and_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An argument of the command wins over the environment, which wins over the default."""
    monkeypatch.setenv("EXPLORER_DATA", str(tmp_path))
    monkeypatch.setenv("EXPLORER_PORT", "9000")
    found = load_settings(port="9001")
    assert (found.data, found.port) == (tmp_path.resolve(), 9001)


def test_an_empty_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database set to nothing is not silently the file at home, nor a host the whole network."""
    monkeypatch.setenv("EXPLORER_HOST", "")
    with pytest.raises(
        SettingsError, match=r"EXPLORER_HOST: it is set to nothing; set it or leave"
    ):
        load_settings()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("http", "Input should be a valid integer, unable to parse string as an integer"),
        ("0", "Input should be greater than or equal to 1"),
        ("65536", "Input should be less than or equal to 65535"),
    ],
)
def test_a_bad_port_is_named(monkeypatch: pytest.MonkeyPatch, value: str, reason: str) -> None:
    """A value that cannot be used gives one line with the setting, the reason and the value."""
    monkeypatch.setenv("EXPLORER_PORT", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == (
        f"port (EXPLORER_PORT): {reason}, got '{value}'; "
        "it is: Port that the server listens on (default 8501)"
    )


def test_a_public_address_without_its_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that a phone could not open is named with its setting."""
    monkeypatch.setenv("EXPLORER_PUBLIC_URL", "class.example.org")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith("public_url (EXPLORER_PUBLIC_URL): ")
    assert "Value error" not in str(caught.value)
    monkeypatch.setenv("EXPLORER_PUBLIC_URL", "https://class.example.org/rooms")
    assert load_settings().public_url == "https://class.example.org/rooms"


def test_the_passphrase_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the settings, as a log may do, does not show the words."""
    monkeypatch.setenv("EXPLORER_TEACH_PASSPHRASE", "green apples at noon")
    assert "green apples" not in repr(load_settings())
    assert load_settings().teach_passphrase.get_secret_value() == "green apples at noon"


SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' {scripts} 'wasm-unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def expected(base: str) -> dict[str, str]:
    """Return the headers of a server: its policy names its own host and the scripts in its pages.

    A page is read for its scripts, and those are hashed here.
    """
    host = base.partition("://")[2]
    found: dict[str, None] = {}
    with urllib.request.urlopen(base + "/") as answer:
        for script in re.findall(r"<script>(.*?)</script>", answer.read().decode(), re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            found[f"'sha256-{digest}'"] = None
    assert len(found) == 2
    scripts = " ".join(found)
    return {
        name: value.replace("{host}", host).replace("{scripts}", scripts)
        for name, value in SECURITY_HEADERS.items()
    }


@pytest.fixture(scope="module")
def streamlit_server(start_server: Any) -> Iterator[str]:
    """Start the app by ``streamlit run`` from the root."""
    with start_server(
        [sys.executable, "-m", "streamlit", "run", "explorer/asgi.py", "--server.port={port}"],
        folder=paths.ROOT,
    ) as base:
        yield base


@pytest.mark.server
@pytest.mark.parametrize("way", ["server", "streamlit_server"])
@pytest.mark.parametrize("path", ["/", "/compare", "/readyz", "/_stcore/health", "/favicon.png"])
def test_every_answer_has_the_headers(request: pytest.FixtureRequest, way: str, path: str) -> None:
    """Pages, routes and files carry the security headers, whichever way the app was started."""
    with urllib.request.urlopen(request.getfixturevalue(way) + path) as answer:
        found = {name.lower(): value for name, value in answer.headers.items()}
    assert {name: found.get(name) for name in SECURITY_HEADERS} == expected(
        request.getfixturevalue(way)
    )


@pytest.mark.server
@pytest.mark.parametrize("way", ["server", "streamlit_server"])
def test_a_missing_file_has_the_headers(request: pytest.FixtureRequest, way: str) -> None:
    """An answer of 404 carries the security headers as well."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request.getfixturevalue(way) + "/component/none/x.js")
    found = {name.lower(): value for name, value in caught.value.headers.items()}
    caught.value.close()
    assert {name: found.get(name) for name in SECURITY_HEADERS} == expected(
        request.getfixturevalue(way)
    )


@pytest.mark.server
@pytest.mark.parametrize("way", ["server", "streamlit_server"])
def test_readiness_names_the_content(
    request: pytest.FixtureRequest, way: str, content: Any
) -> None:
    """The readiness check says "ready" and gives the version of the shipped content."""
    with urllib.request.urlopen(request.getfixturevalue(way) + "/readyz") as answer:
        body = json.load(answer)
    assert body == {"status": "ready", "content_version": content.version}
