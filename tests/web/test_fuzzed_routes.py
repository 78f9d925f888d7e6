"""Random paths, parameters, headers and forms on our own routes: an answer in our words, never an error of ours."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from explorer.domain.sessions import PlannedQuestion, TeachingPhase
from explorer.reading import reading_pages
from explorer.web.closed_routes import ClosedRoutes
from explorer.web.join import join_routes
from explorer.web.readiness import readiness_route
from explorer.web.reading import reading_routes
from explorer.web.security_headers import SecurityHeaders
from tests.questions import question
from tests.shipped import shipped
from tests.web.live_class import CODE, LiveClass

MARK = "<b id=zq>"

WORD = st.one_of(
    st.sampled_from(
        [
            MARK,
            f"{CODE}",
            "ra",
            "anakinra,methotrexate",
            "..",
            "%2e%2e/",
            "\x00",
            "a" * 3_000,
            "'\"`",
        ]
    ),
    st.text(max_size=30),
)
"""What stands in an address: what is right, what is odd, and anything."""

PATHS = (
    *("/read", "/read/", "/read/files/", "/read/files-of-questions/", "/read/compare/"),
    *("/join", "/join/now", "/join/events", "/join/take-home", "/join/answer", "/join/leave"),
    *("/read/medicine/", "/read/guide/", "/read/quiz/", "/readyz"),
)

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Serve our own routes with our own headers, and a class that can be joined."""
    held = LiveClass((PlannedQuestion(question=question("q"), phase=TeachingPhase.FREE),))
    content = shipped()
    app = Starlette(
        routes=[
            readiness_route(content.version),
            *join_routes(lambda: content.catalogue, lambda: held.service, days=30),
            *reading_routes(reading_pages(content)),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(ClosedRoutes)],
    )
    with TestClient(app, follow_redirects=False) as found:
        yield found


def _is_sound(status: int, headers: dict[str, str], text: str) -> None:
    assert status < 500
    assert MARK not in text
    assert all("\r" not in value and "\n" not in value for value in headers.values())
    assert headers["x-content-type-options"] == "nosniff"


@FEW
@given(path=st.sampled_from(PATHS), rest=WORD, name=WORD, value=WORD, cookie=WORD)
def test_any_address_is_answered(
    client: TestClient, path: str, rest: str, name: str, value: str, cookie: str
) -> None:
    """No error, nothing repeated as markup, no header split, whatever stands in the address."""
    tail = quote(rest, safe="%/.") if path.endswith("/") else ""
    query = "&".join(
        f"{quote(key)}={quote(value)}" for key in ("m", "a", "now", "code", "id", name)
    )
    answer = client.get(
        f"{path}{tail}?{query}",
        headers={"Cookie": f"participant={quote(cookie)}", "If-None-Match": quote(value)},
    )
    _is_sound(answer.status_code, dict(answer.headers), answer.text)


@FEW
@given(
    path=st.sampled_from(("/join", "/join/answer", "/join/leave")),
    fields=st.dictionaries(
        st.one_of(st.sampled_from(["code", "step", "given", "sure"]), WORD), WORD
    ),
    raw=st.binary(max_size=40),
    kind=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""]
    ),
)
def test_any_form_is_answered(
    client: TestClient, path: str, fields: dict[str, str], raw: bytes, kind: str
) -> None:
    """Forms that no page of ours sends, with bytes that are no text behind them."""
    body = "&".join(f"{quote(key)}={quote(text)}" for key, text in fields.items()).encode() + raw
    answer = client.post(path, content=body, headers={"Content-Type": kind})
    _is_sound(answer.status_code, dict(answer.headers), answer.text)
