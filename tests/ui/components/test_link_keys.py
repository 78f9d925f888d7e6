"""The keys of a class in the address."""

from types import SimpleNamespace

import pytest

from explorer.domain.class_links import ClassKeys
from explorer.ui.components import link_keys
from tests.ui.components.drawn import drawn, mounted

KEYS = ClassKeys(console="c", projector="p", report="r")


def read(report_only: bool) -> None:
    import streamlit as st

    from explorer.ui.components import link_keys

    keys, was_read = link_keys.keys(report_only=report_only)
    st.text(f"{keys.fragment if keys else None} {was_read}")


def test_before_the_browser_answers_nothing_is_known() -> None:
    """There are no keys, and the address was not read."""
    app = drawn(read, False)
    assert app.text[0].value == "None False"
    assert mounted(app)["explorer_link_keys"] == {"write": "", "clear": False, "none": "none"}


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("none", "None True"),
        ("console=c.p.r", "console=c.p.r True"),
        ("report=r", "report=r True"),
        ("row-dose", "None True"),
    ],
)
def test_what_the_address_holds_is_taken_up(
    monkeypatch: pytest.MonkeyPatch, fragment: str, said: str
) -> None:
    """Keys are; the place of an ordinary link is not."""
    monkeypatch.setattr(link_keys, "_component", lambda **_: SimpleNamespace(found=fragment))
    assert drawn(read, False).text[0].value == said


@pytest.mark.parametrize(("report_only", "link"), [(False, KEYS.fragment), (True, KEYS.for_report)])
def test_the_keys_of_the_tab_go_into_the_address(report_only: bool, link: str) -> None:
    """On the report's page no more than the report's key, since people share that address."""
    app = drawn(read, report_only, teach__keys=KEYS.model_dump_json())
    assert mounted(app)["explorer_link_keys"]["write"] == link


def test_a_class_that_was_left_is_cleared_from_the_address() -> None:
    """Else a reload would open it again."""
    app = drawn(read, False, teach__left=True)
    assert mounted(app)["explorer_link_keys"]["clear"] is True


def test_held_keys_that_do_not_validate_are_none() -> None:
    """Half a key opens nothing, and stops no page."""
    assert drawn(read, False, teach__keys='{"console": 3}').text[0].value == "None False"
