"""Cards of warning signs: who they belong to, how they merge, and that none is lost."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.domain.catalogue import Catalogue, UnknownId, Urgency
from explorer.domain.red_flags import Card, Level, Sign, cards, merged
from tests.builders import small_catalogue


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(tmp_path_factory.mktemp("small"))


def sign(text: str, urgency: Urgency, *options: str, conditions: tuple[str, ...] = ()) -> Sign:
    return Sign(
        id="a-sign",
        urgency=urgency,
        sign=text,
        action="",
        options=options,
        conditions=conditions,
        citations=(),
    )


def card(name: str, *signs: Sign) -> Card:
    levels = tuple(Level(urgency=item.urgency, signs=(item,)) for item in signs)
    return Card(id=name, title=name, mistakes=(), levels=levels, nobody_answers="Urgent care.")


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


def test_merging_loses_no_sign(content: Content) -> None:
    """Every sign and every mistake of every published medicine is on the merged card."""
    found = cards(content.catalogue, [item.id for item in content.catalogue.published])
    one = merged(found)
    assert {item.sign for card in found for item in card.signs} == {s.sign for s in one.signs}
    assert len(one.mistakes) == len(content.catalogue.published)
    for medicine in content.catalogue.published:
        for flag in medicine.red_flags:
            shown = next(item for item in one.signs if item.sign == flag.sign)
            assert list(Urgency).index(shown.urgency) <= list(Urgency).index(flag.urgency)


def test_the_same_sign_stands_once_with_both_medicines() -> None:
    """Two medicines with the same words share a line that names both."""
    first = card("Alpha", sign("Fever.", Urgency.SAME_DAY, "Alpha"))
    second = card("Beta", sign("fever.", Urgency.SAME_DAY, "Beta"))
    assert [item.options for item in merged([first, second]).signs] == [("Alpha", "Beta")]


def test_shipped_cards_do_not_double_a_sign_when_merged(content: Content) -> None:
    """All medicines and the card for everyone together tell a bad rash once, for everyone."""
    everyone = cards(content.catalogue, [item.id for item in content.catalogue.published])
    rashes = [item for item in merged(everyone).signs if item.sign.startswith("A widespread")]
    assert [item.options for item in rashes] == [()]


def test_a_sign_for_everyone_stays_one_for_everyone() -> None:
    """A sign that counts whatever the medicine is not narrowed down by one of them."""
    first = card("Everyone", sign("Fever.", Urgency.SAME_DAY))
    second = card("Beta", sign("Fever.", Urgency.SAME_DAY, "Beta"))
    assert [item.options for item in merged([first, second]).signs] == [()]


def test_a_merged_sign_goes_upward() -> None:
    """Placed differently by two medicines, a sign stands where help comes soonest."""
    first = card("Alpha", sign("A rash.", Urgency.NEXT_VISIT, "Alpha"))
    second = card("Beta", sign("A rash.", Urgency.EMERGENCY, "Beta"))
    assert [level.urgency for level in merged([first, second]).levels] == [Urgency.EMERGENCY]


def test_a_sign_without_a_limit_keeps_none() -> None:
    """A sign of one condition for one medicine, and of all for another, is told without limit."""
    first = card("Alpha", sign("Fever.", Urgency.SAME_DAY, "Alpha", conditions=("RA",)))
    second = card("Beta", sign("Fever.", Urgency.SAME_DAY, "Beta"))
    assert [item.conditions for item in merged([first, second]).signs] == [()]


def test_what_to_do_when_nobody_answers_is_kept(tmp_path: Path) -> None:
    """The merged card still says where to go at night."""
    assert merged(cards(small_catalogue(tmp_path), ["alpha"])).nobody_answers == (
        "If nobody answers, go to urgent care."
    )
