"""Windows of a browser are used again by the next test, which finds nothing of the one before."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPTIONS = {"viewport": {"width": 391, "height": 845}}
"""No other test opens a window of this size, so both windows here are one."""

LEAVE = """() => {
  sessionStorage.setItem('held', 'x');
  localStorage.setItem('held', 'x');
  document.cookie = 'held=x';
  console.error('first');
}"""

FOUND = """() => [
  sessionStorage.length, localStorage.length, document.cookie,
  matchMedia('print').matches, innerWidth,
]"""


def test_a_window_that_is_used_again_holds_nothing(chromium: "Browser", server: str) -> None:
    """No tab's or origin's storage, cookie, listener, medium or size of the test before."""
    heard: list[str] = []
    context = chromium.new_context(base_url=server, **OPTIONS)
    first = context.new_page()
    first.on("console", lambda message: heard.append(message.text))
    first.goto("/read/glossary")
    first.evaluate(LEAVE)
    first.emulate_media(media="print")
    first.set_viewport_size({"width": 800, "height": 600})
    context.new_page()
    context.close()
    again = chromium.new_context(base_url=server, **OPTIONS)
    second = again.new_page()
    assert second == first
    assert again.pages == [second]
    second.goto("/read/glossary")
    second.evaluate("console.error('second')")
    assert second.evaluate(FOUND) == [0, 0, "", False, 391]
    assert "first" in heard
    assert "second" not in heard
    again.close()


def test_a_window_with_a_script_is_not_used_again(chromium: "Browser", server: str) -> None:
    """What a test put into a window or its context for good ends with it."""
    for leave in ("window", "context"):
        context = chromium.new_context(base_url=server, **OPTIONS)
        page = context.new_page()
        (page if leave == "window" else context).add_init_script("window.left = true;")
        context.close()
        again = chromium.new_context(base_url=server, **OPTIONS)
        fresh = again.new_page()
        assert fresh != page
        fresh.goto("/read/glossary")
        assert fresh.evaluate("window.left") is None
        again.close()
