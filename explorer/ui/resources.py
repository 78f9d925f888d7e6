"""Rendered HTML and services shared by all reruns, cached by ids and content version.

None of it is in a cache of Streamlit's: those are emptied for everybody by a message that any page
can send. The cache of what depends on a reader's choice is bounded by size and evicts the least
frequently used, so that nobody can push out what others read by choosing what nobody chooses. What
many ask for at once is rendered once: the others wait for the first (no cache stampede).
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Condition, Lock
from typing import Final, ParamSpec, TypeVar

import streamlit as st
from cachetools import LFUCache, LRUCache, TTLCache, cached

from explorer import runtime
from explorer.classes.service import ClassService
from explorer.content.grades import medicine_grades, section_grades
from explorer.content.load import Content
from explorer.domain.compare_url import Choice
from explorer.domain.comparison import Comparison, compare
from explorer.domain.guide import guide
from explorer.domain.keeping import Keeping
from explorer.domain.messages import Words
from explorer.domain.profile import profile
from explorer.domain.sessions import Refused
from explorer.domain.source_register import Register, SourceAge, register
from explorer.domain.sources import SourceKind
from explorer.domain.who import Who
from explorer.export import (
    comparison_html,
    comparison_screen,
    guide_html,
    medicine_html,
    pages_html,
    red_flags_html,
    visit_html,
)
from explorer.export.environment import TEMPLATES
from explorer.settings import Settings
from explorer.ui import navigation, page_push
from explorer.ui.components import downloads
from explorer.ui.state import browser
from explorer.web.addresses import join_base, lan_address
from explorer.web.bounds import ENDED, LEFT
from explorer.web.throttle import Passphrase

COMPARISONS: Final = 24_000_000
"""Characters of all comparisons that are kept: the preselected ones of all conditions, and more."""

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Pieces = tuple[Comparison, dict[str, str]]


def _size(pieces: _Pieces) -> int:
    return sum(map(len, pieces[1].values()))


def _key(choice: Choice, *, differences_only: bool) -> tuple[str, Choice, bool]:
    return content().version, choice, differences_only


_lock = Lock()


def _rendered(most: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Keep what a function renders: by its arguments, the ``most`` that were asked for last."""
    return cached(LRUCache(most), condition=Condition())


def content() -> Content:
    """Return the content that was checked at the start, or that of a preview as it is now."""
    return runtime.current().shown


def preview() -> "runtime.Preview | None":
    """Return the preview of drafts, where the server was started for one."""
    return runtime.current().preview


def settings() -> Settings:
    """Return the settings in force."""
    return runtime.current().settings


def words() -> Words:
    """Return the interface words."""
    return content().catalogue.words


@cached(LFUCache(COMPARISONS, _size), key=_key, condition=Condition())
def screen(choice: Choice, *, differences_only: bool) -> _Pieces:
    """Compare and render for the screen.

    Args:
        choice: condition, options, lines and age group.
        differences_only: show of the facts the lines that differ, and name the others.

    Returns:
        The comparison with all its lines, and its HTML by name.
    """
    catalogue = content().catalogue
    whole = comparison(choice.evolve(rows=()))
    return whole, comparison_screen.pieces(
        whole, catalogue, rows=choice.rows, differences_only=differences_only
    )


def comparison(choice: Choice) -> Comparison:
    """Return the comparison of the lines that a reader chose, for files."""
    return compare(
        content().catalogue,
        choice.condition or "",
        choice.options,
        choice.rows or None,
        who=choice.who,
        now=choice.now,
    )


def safety_line(who: Who) -> str:
    """Return the safety line of every page as HTML, in the words of the one who reads."""
    return _safety_line(content().version, for_parent=who.is_own_child)


@_rendered(4)
def _safety_line(version: str, *, for_parent: bool) -> str:
    return red_flags_html.line(content().catalogue, for_parent=for_parent)


def guide_pieces() -> dict[str, str]:
    """Return the guide's HTML by name."""
    return _guide(content().version)


def medicine_pieces(medicine: str) -> dict[str, str]:
    """Return a medicine's HTML by name. Raises UnknownId."""
    return _medicine(content().version, medicine)


def register_html(kind: str, medicine: str, age: str) -> tuple[Register, str]:
    """Return the register of sources and its HTML; each argument may be empty for all."""
    return _register(content().version, kind, medicine, age)


def labels_html() -> str:
    """Return the table of the labels that were read as HTML."""
    return _labels(content().version)


def glossary_html() -> str:
    """Return the glossary's HTML."""
    return _glossary(content().version)


def about_html() -> str:
    """Return the About page as HTML; what depends on the day is computed each day."""
    return _about(content().version, datetime.now(tz=UTC).date())


@_rendered(4)
def _about(version: str, today: date) -> str:
    catalogue = content().catalogue
    return pages_html.about(
        catalogue,
        version,
        today=today,
        medicines=medicine_grades(catalogue),
        sections=section_grades(catalogue),
        keeping=keeping(),
    )


@_rendered(256)
def _register(version: str, kind: str, medicine: str, age: str) -> tuple[Register, str]:
    catalogue = content().catalogue
    found = register(
        catalogue,
        kind=SourceKind(kind) if kind else None,
        medicine=medicine,
        age=SourceAge(age) if age else None,
    )
    return found, pages_html.sources(found, catalogue)


@_rendered(4)
def _labels(version: str) -> str:
    return pages_html.labels(content().catalogue)


@_rendered(4)
def _glossary(version: str) -> str:
    return pages_html.glossary(content().catalogue)


@_rendered(64)
def _medicine(version: str, medicine: str) -> dict[str, str]:
    catalogue = content().catalogue
    return medicine_html.pieces(profile(catalogue, medicine), catalogue)


def classes() -> ClassService:
    """Return the service of live classes, the same one that the phones' page uses."""
    return runtime.current().classes


def follow_class(key: str, *, for_host: bool) -> None:
    """Draw the fragment that calls this again at each change of a class.

    Where that is refused, since the store is away, the fragment's timer goes on alone.

    Args:
        key: the console's key, or the projector's.
        for_host: whether it is the console's.
    """
    with suppress(Refused):
        page_push.follow(lambda heard: classes().listen(key, for_host=for_host, heard=heard))


def keeping() -> Keeping:
    """Return what this server keeps, as its settings say."""
    held = settings()
    return Keeping(
        class_days=held.class_days,
        in_memory=held.database.get_secret_value() == "memory",
        figures=bool(held.metrics_token.get_secret_value()),
        left=round(LEFT / 60),
        ended=round(ENDED / 60),
        lost=round(int(st.get_option("server.disconnectedSessionTTL")) / 60),
    )


def keep_days() -> int:
    """Return after how many days without use a class is deleted."""
    return settings().class_days


def gate() -> Passphrase:
    """Return what asks for the passphrase, one for all tabs: it counts the wrong words."""
    with _lock:
        return _gate(settings().teach_passphrase.get_secret_value())


def join_address() -> str:
    """Return the address that people in a room open, without the code.

    It is the operator's address; else the one by which a trusted proxy was asked for this page;
    else this machine's in the local network, which is looked up again after a minute: a laptop
    may have gone from one Wi-Fi to another.
    """
    host = str(st.get_option("server.address") or "")
    held = settings()
    port = int(st.get_option("server.port"))
    reached = "" if held.public_url else browser.reached_by()
    if reached:
        return f"{join_base('', host, port, base=held.base_path, reached=reached)}/join"
    return _join_address(held.public_url, host, port, held.base_path)


@lru_cache(maxsize=1)
def _gate(passphrase: str) -> Passphrase:
    return Passphrase(passphrase)


@cached(TTLCache(maxsize=1, ttl=60), lock=Lock())
def _join_address(public_url: str, host: str, port: int, base: str) -> str:
    return f"{join_base(public_url, host, port, lan_address(), base)}/join"


@_rendered(4)
def _guide(version: str) -> dict[str, str]:
    catalogue = content().catalogue
    return guide_html.pieces(guide(catalogue), catalogue)


@lru_cache(maxsize=1)
def style() -> str:
    """Return the stylesheets of the frame and of what the pages show, read once."""
    frame = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
    pages = (TEMPLATES / "pages.css").read_text(encoding="utf-8")
    flags = red_flags_html.style() + guide_html.style()
    visit = visit_html.style() + downloads.style(words()) + navigation.style(words())
    compared = comparison_html.style() + comparison_screen.style()
    return f"<style>{frame}{compared}{pages}{flags}{visit}</style>"
