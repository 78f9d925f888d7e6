"""The classes that a browser keeps: what it is told, and what is taken from its answer."""

from types import SimpleNamespace

import pytest

from explorer.domain.class_links import ClassKeys
from explorer.ui.components import kept_classes
from tests.ui.components.drawn import drawn, mounted


def sync(tell: bool) -> None:
    import streamlit as st

    from explorer.ui.components import kept_classes

    found = kept_classes.sync(keep="console=c.p.r", drop=("b", "a"), tell=tell, key="k")
    st.text(repr([keys.console for keys in found]))


def test_the_browser_is_told_what_to_keep_and_what_to_drop() -> None:
    """And to say nothing where nothing is offered."""
    data = mounted(drawn(sync, False))["explorer_kept_classes"]
    assert (data["keep"], data["drop"], data["tell"]) == ("console=c.p.r", ["a", "b"], False)


@pytest.mark.parametrize(
    ("told", "consoles"),
    [
        ("", "[]"),
        ('["console=c.p.r", "report=r", 7, "x"]', "['c']"),
        ("{", "[]"),
        ('{"a": 1}', "[]"),
    ],
)
def test_only_links_to_consoles_are_taken_from_the_answer(
    monkeypatch: pytest.MonkeyPatch, told: str, consoles: str
) -> None:
    """Anybody may have written it."""
    monkeypatch.setattr(kept_classes, "_component", lambda **_: SimpleNamespace(found=told))
    assert drawn(sync, True).text[0].value == consoles


def test_no_more_than_a_few_are_taken() -> None:
    """However many the browser tells."""
    link = ClassKeys(console="c").fragment
    assert len(kept_classes._parsed(str([link] * 50).replace("'", '"'))) == kept_classes.MOST
