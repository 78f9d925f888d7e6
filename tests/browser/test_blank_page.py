"""An error in Streamlit's own script blanks its page: it comes back by itself, with what was entered."""

from typing import TYPE_CHECKING

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.journey import settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocketRoute


AGAIN = 10_000
"""Milliseconds that a page stands at least before it is loaded again: never in a loop."""


def nowhere() -> bytes:
    """Return a message for a place of the page that is not drawn, as after a line that was cut."""
    message = ForwardMsg(hash="nowhere")
    message.metadata.delta_path.extend((0, 90, 7, 1))
    message.delta.new_element.text.body = "For nobody"
    return message.SerializeToString()


@pytest.fixture
def lines() -> "list[WebSocketRoute]":
    """Collect the sockets of the page, oldest first."""
    return []


@pytest.fixture
def page(chromium: "Browser", lines: "list[WebSocketRoute]") -> "Page":
    """Return a page whose sockets can be written to."""

    def join(line: "WebSocketRoute") -> None:
        line.connect_to_server()
        lines.append(line)

    made = chromium.new_context().new_page()
    made.route_web_socket("**/_stcore/stream", join)
    return made


def test_a_page_that_went_blank_comes_back(
    page: "Page", server: str, lines: "list[WebSocketRoute]"
) -> None:
    """It is said, the page is loaded again, and the choice is the same."""
    page.clock.install()
    page.goto(f"{server}/compare?c=ra&m=anakinra,methotrexate")
    page.locator("#first").wait_for(state="detached")
    settled(page)
    lines[-1].send(nowhere())
    page.get_by_role("alert").get_by_text("What you picked is kept. Trying again.").wait_for()
    assert page.locator("[data-testid=stApp]").count() == 0
    page.clock.fast_forward(AGAIN)
    page.locator("[data-testid=stMain] table.gl-table").wait_for()
    page.locator("#first").wait_for(state="detached")
    assert page.locator("#ax-col-anakinra").count() == 1
    page.context.close()
