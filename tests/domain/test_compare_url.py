"""The address of a comparison: what is read, what is dropped, what is never in it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.content.load import Content
from explorer.domain.catalogue import Catalogue
from explorer.domain.compare_url import PARAMETERS, Choice, Dropped, page_of, read, title_of, write
from explorer.domain.who import Who
from tests.builders import small_catalogue


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(Path(tmp_path_factory.mktemp("links")))


def test_a_link_restores_the_choice(small: Catalogue) -> None:
    """Reading what was written gives the same choice and drops nothing."""
    choice = Choice(condition="gout", options=("alpha", "stay"), rows=("route",), who=Who.CHILD)
    assert read(small, write(choice)) == (choice, Dropped())


def test_condition_alone_starts_from_the_preselection(small: Catalogue) -> None:
    """A link with a condition and no options opens what the data preselects."""
    assert read(small, {"c": "ra"})[0].options == ("alpha", "beta")


def test_unknown_ids_are_dropped_and_listed(small: Catalogue) -> None:
    """What does not exist is left out and named; what exists stays."""
    choice, dropped = read(small, {"c": "ra", "m": "alpha,omega,beta", "rows": "route,colour"})
    assert choice.options == ("alpha", "beta")
    assert choice.rows == ("route",)
    assert (dropped.options, dropped.rows) == (("omega",), ("colour",))


def test_medicine_without_use_is_dropped(small: Catalogue) -> None:
    """A medicine without a use in the condition is left out and named apart."""
    choice, dropped = read(small, {"c": "gout", "m": "alpha,beta"})
    assert (choice.options, dropped.unused) == (("alpha",), ("beta",))


def test_unknown_condition_asks_again(small: Catalogue) -> None:
    """An unknown condition leaves nothing chosen."""
    assert read(small, {"c": "flu", "m": "alpha"}) == (Choice(), Dropped(conditions=("flu",)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=60)))
def test_no_address_breaks_it(small: Catalogue, parameters: dict[str, str]) -> None:
    """Whatever stands in the address, only known ids come out."""
    choice, _ = read(small, parameters)
    assert choice.condition in (None, "ra", "gout")
    assert set(choice.options) <= {"alpha", "beta", "stay", "no-new-medicine"}


@pytest.mark.parametrize(
    ("ref", "page", "title"),
    [
        (
            "anakinra/how-often/caps",
            "medicine?m=anakinra#row-how-often",
            "Anakinra (Kineret): How often",
        ),
        (
            "anakinra/flags/anakinra-flag-skin",
            "medicine?m=anakinra#red-flags",
            "Anakinra (Kineret): When to get help",
        ),
        ("anakinra", "medicine?m=anakinra", "Anakinra (Kineret)"),
        ("guide/how-long", "guide#how-long", "Guide: How long will I take it?"),
    ],
)
def test_a_ref_has_a_page_and_a_name(content: Content, ref: str, page: str, title: str) -> None:
    """What a change or a claim points at is named in words and can be opened."""
    assert page_of(ref) == page
    assert title_of(content.catalogue, ref) == title
