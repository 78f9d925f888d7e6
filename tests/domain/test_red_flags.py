"""Cards of warning signs: who they belong to, and that none is lost."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.domain.catalogue import Catalogue, RedFlag, UnknownId, Urgency
from explorer.domain.red_flags import cards
from tests.builders import small_catalogue


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(tmp_path_factory.mktemp("small"))


def test_everyone_comes_first_and_then_each_medicine_in_the_given_order(small: Catalogue) -> None:
    """The signs that count whatever the medicine are never left out."""
    assert [item.id for item in cards(small, ["beta", "alpha"])] == ["everyone", "beta", "alpha"]


def test_a_medicine_named_twice_has_one_card(small: Catalogue) -> None:
    """Doubled ids do not double a card."""
    assert [item.id for item in cards(small, ["alpha", "alpha"])] == ["everyone", "alpha"]


def test_options_without_a_medicine_have_only_the_card_for_everyone(content: Content) -> None:
    """To stay on what one takes, or to start nothing, adds no card."""
    found = cards(content.catalogue, ["stay", "no-new-medicine"], "ra")
    assert [item.id for item in found] == ["everyone"]


def test_an_unknown_medicine_is_refused(small: Catalogue) -> None:
    """A wrong id is an error, not a card with nothing on it."""
    with pytest.raises(UnknownId):
        cards(small, ["gamma"])


def test_an_unknown_condition_is_refused(small: Catalogue) -> None:
    """A wrong condition is an error, not a card with signs left out."""
    with pytest.raises(UnknownId):
        cards(small, ["alpha"], "measles")


def test_signs_of_another_condition_are_left_out(content: Content) -> None:
    """In gout nobody reads that their Still's disease gets worse."""
    found = cards(content.catalogue, ["canakinumab"], "gout-flares")[1]
    assert not any("Still" in item.sign for item in found.signs)


def test_without_a_condition_each_sign_names_its_own(content: Content) -> None:
    """Where no condition is chosen, a sign of one condition says which, and stands once."""
    found = cards(content.catalogue, ["canakinumab"])[1]
    fever = [item for item in found.signs if "macrophage" in item.sign]
    assert [item.conditions for item in fever] == [
        ("Still's disease", "Mevalonate kinase deficiency")
    ]


def test_anakinra_has_signs_of_each_urgency_and_its_mistake(content: Content) -> None:
    """Emergency now, call today, tell at the next visit; and the mistake that harms most."""
    found = cards(content.catalogue, ["anakinra"], "ra")[1]
    assert [level.urgency for level in found.levels] == list(Urgency)
    assert "TNF blocker" in found.mistakes[0].text


def test_a_card_loses_no_sign(content: Content) -> None:
    """Every sign of every published medicine is on its card, at its own urgency, with its sources."""
    catalogue = content.catalogue
    for medicine in catalogue.published:
        card = cards(catalogue, [medicine.id])[1]
        shown = {(item.urgency, item.sign, item.action): item for item in card.signs}
        assert len(card.mistakes) == 1
        for flag in medicine.red_flags:
            found = shown[flag.urgency, flag.sign, flag.action]
            assert set(flag.citations) <= set(found.citations)


def test_one_sign_of_two_conditions_stands_once(tmp_path: Path) -> None:
    """Two flags with the same words share a line that names both conditions; one for all, none."""
    catalogue = small_catalogue(tmp_path)
    alpha = catalogue.medicine("alpha")
    (flag,) = [item for item in alpha.red_flags if item.id == "alpha-flag-infection"]
    both = [flag.evolve(id=f"f-{name}", condition=name) for name in ("ra", "gout")]

    def conditions(*flags: RedFlag) -> list[tuple[str, ...]]:
        medicine = alpha.evolve(red_flags=flags)
        others = tuple(item for item in catalogue.medicines if item.id != "alpha")
        changed = catalogue.evolve(medicines=(medicine, *others))
        return [item.conditions for item in cards(changed, ["alpha"])[1].signs]

    names = tuple(catalogue.condition(name).name for name in ("ra", "gout"))
    assert conditions(*both) == [names]
    assert conditions(*both, flag) == [()]


def test_what_to_do_when_nobody_answers_is_on_each_card(tmp_path: Path) -> None:
    """Every card says where to go at night."""
    for card in cards(small_catalogue(tmp_path), ["alpha"]):
        assert card.nobody_answers == "If nobody answers, go to urgent care."
