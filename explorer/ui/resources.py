"""What is kept between reruns. The only place of Streamlit's caches, all keyed by ids."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import streamlit as st

from explorer.content.grades import medicine_grades, section_grades
from explorer.content.load import Content, load
from explorer.domain.catalogue import Age
from explorer.domain.comparison import Comparison, compare
from explorer.domain.guide import guide
from explorer.domain.links import Choice
from explorer.domain.profile import profile
from explorer.domain.register import Register, SourceAge, register
from explorer.domain.sources import SourceKind
from explorer.domain.words import Words
from explorer.export import (
    comparison_html,
    guide_html,
    medicine_html,
    pages_html,
    red_flags_html,
    visit_html,
)
from explorer.live import teaching
from explorer.settings import PREFIX, Settings, load_settings
from explorer.teaching import Teaching
from explorer.ui.components import downloads
from explorer.ui.gate import Gate
from explorer.web.addresses import join_base, lan_address


def content() -> Content:
    """Give the content, read once for each folder.

    Raises:
        ContentError: the folder does not fit the model.
    """
    return _content(os.environ.get(f"{PREFIX}DATA", ""))


def settings() -> Settings:
    """Give the settings, read once."""
    return _settings()


def words() -> Words:
    """Give the interface words."""
    return content().catalogue.words


def pieces(
    choice: Choice, *, differences_only: bool, find: str
) -> tuple[Comparison, dict[str, str]]:
    """Compare and render.

    What a reader typed into the search box is never put into a cache, since caches are shared
    between readers.

    Args:
        choice: condition, options, lines and age group.
        differences_only: leave out lines that are the same.
        find: a word to search for, or nothing.

    Returns:
        The comparison and its HTML by name.
    """
    if find.strip():
        return _render(choice, differences_only, find)
    return _cached(content().version, choice, differences_only)


def safety_line() -> str:
    """Give the safety line of every page, ready to be shown."""
    return _safety_line(content().version)


@st.cache_resource(show_spinner=False, max_entries=4)
def _safety_line(version: str) -> str:
    return red_flags_html.line(content().catalogue)


def guide_pieces() -> dict[str, str]:
    """Give the guide's HTML by name."""
    return _guide(content().version)


def medicine_pieces(medicine: str) -> dict[str, str]:
    """Give a medicine's HTML by name. Raises UnknownId."""
    return _medicine(content().version, medicine)


def register_html(kind: str, medicine: str, age: str) -> tuple[Register, str]:
    """Give the register of sources and its HTML; each argument may be empty for all."""
    return _register(content().version, kind, medicine, age)


def glossary_html() -> str:
    """Give the glossary's HTML."""
    return _glossary(content().version)


def about_html() -> str:
    """Give the account of the site as HTML; what depends on the day is worked out each day."""
    return _about(content().version, datetime.now(tz=UTC).date())


@st.cache_resource(show_spinner=False, max_entries=4)
def _about(version: str, today: date) -> str:
    catalogue = content().catalogue
    return pages_html.about(
        catalogue,
        version,
        today=today,
        medicines=medicine_grades(catalogue),
        sections=section_grades(catalogue),
    )


@st.cache_resource(show_spinner=False, max_entries=256)
def _register(version: str, kind: str, medicine: str, age: str) -> tuple[Register, str]:
    catalogue = content().catalogue
    found = register(
        catalogue,
        kind=SourceKind(kind) if kind else None,
        medicine=medicine,
        age=SourceAge(age) if age else None,
    )
    return found, pages_html.sources(found, catalogue)


@st.cache_resource(show_spinner=False, max_entries=4)
def _glossary(version: str) -> str:
    return pages_html.glossary(content().catalogue)


@st.cache_resource(show_spinner=False, max_entries=64)
def _medicine(version: str, medicine: str) -> dict[str, str]:
    catalogue = content().catalogue
    return medicine_html.pieces(profile(catalogue, medicine), catalogue)


def classes() -> Teaching:
    """Give the service of live classes, the same one that the phones' page uses."""
    return teaching()


def keep_days() -> int:
    """Give the days that a class is kept after it was last used."""
    return settings().class_days


def gate() -> Gate:
    """Give what asks for the passphrase, one for all tabs."""
    return _gate()


def join_address() -> str:
    """Give the address that people in a room open, without the code.

    It is looked up again after a minute: a laptop may have gone from one Wi-Fi to another.
    """
    return _join_address()


@st.cache_resource(show_spinner=False)
def _gate() -> Gate:
    return Gate(settings().teach_passphrase.get_secret_value())


@st.cache_resource(show_spinner=False, ttl=60)
def _join_address() -> str:
    host = str(st.get_option("server.address") or "")
    port = int(st.get_option("server.port"))
    return f"{join_base(settings().public_url, host, port, lan_address())}/join"


@st.cache_resource(show_spinner=False, max_entries=4)
def _guide(version: str) -> dict[str, str]:
    catalogue = content().catalogue
    return guide_html.pieces(guide(catalogue), catalogue)


@st.cache_resource(show_spinner=False, max_entries=4)
def _content(given: str) -> Content:
    """Load the content; ``given`` is the setting as it stands in the environment."""
    return load(load_settings(data=given or None).data)


@st.cache_resource(show_spinner=False)
def _settings() -> Settings:
    return load_settings()


@st.cache_resource(
    show_spinner=False, max_entries=256, hash_funcs={Choice: lambda item: item.model_dump_json()}
)
def _cached(
    version: str, choice: Choice, differences_only: bool
) -> tuple[Comparison, dict[str, str]]:
    return _render(choice, differences_only, "")


def _render(choice: Choice, differences_only: bool, find: str) -> tuple[Comparison, dict[str, str]]:
    catalogue = content().catalogue
    comparison = compare(
        catalogue,
        choice.condition or "",
        choice.options,
        choice.rows or None,
        age=Age(choice.age),
        differences_only=differences_only,
        find=find,
    )
    return comparison, comparison_html.pieces(comparison, catalogue)


@st.cache_resource(show_spinner=False)
def style() -> str:
    """Give the stylesheets of the frame and of what the pages show, read once."""
    frame = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
    pages = (comparison_html.TEMPLATES / "pages.css").read_text(encoding="utf-8")
    flags = red_flags_html.style() + guide_html.style()
    visit = visit_html.style() + downloads.style(content().catalogue.words)
    return f"<style>{frame}{comparison_html.style()}{pages}{flags}{visit}</style>"
