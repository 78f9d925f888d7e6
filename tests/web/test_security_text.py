"""The file that says whom to tell about a hole."""

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.settings import SettingsError, load_settings
from explorer.web.security_text import PATH, security_text_routes

CONTACT = "mailto:security@clinic.example"


def _asked(contact: str, site: str = "") -> TestClient:
    now = datetime(2027, 1, 31, 12, 0, 5, 7, tzinfo=UTC)
    return TestClient(Starlette(routes=security_text_routes(contact, site, lambda: now)))


def test_it_has_what_the_standard_asks_for() -> None:
    """A contact, and an end that lies less than a year ahead; its address under TLS only."""
    answer = _asked(CONTACT, "https://class.example.org").get(PATH)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        f"Contact: {CONTACT}",
        "Expires: 2027-05-01T12:00:05Z",
        f"Canonical: https://class.example.org{PATH}",
        "Preferred-Languages: en",
    ]
    assert "Canonical" not in _asked(CONTACT, "http://class.example.org").get(PATH).text


def test_without_a_contact_there_is_no_such_file() -> None:
    """The standard knows no file without one."""
    assert _asked("").get(PATH).status_code == 404


@pytest.mark.parametrize(
    "wrong", ["security@clinic.example", "mailto:nobody", "javascript:alert(1)", "https://a b"]
)
def test_what_is_no_contact_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    """The line names the setting."""
    monkeypatch.setenv("EXPLORER_SECURITY_CONTACT", wrong)
    with pytest.raises(SettingsError, match="EXPLORER_SECURITY_CONTACT"):
        load_settings()
