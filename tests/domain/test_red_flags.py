"""Cards of warning signs: who they belong to, and that none is lost."""

from pathlib import Path

import pytest

from explorer.content.load import Content
from explorer.domain.catalogue import Age, Catalogue, RedFlag, UnknownId, Urgency
from explorer.domain.comparison import compare
from explorer.domain.red_flags import cards
from explorer.domain.who import Who
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


def test_a_danger_of_the_illness_stands_with_every_medicine(content: Content) -> None:
    """Each emergency of a condition is told in the column of each medicine, in some words."""
    catalogue = content.catalogue
    missing = []
    for condition in catalogue.conditions:
        for medicine in catalogue.medicines:
            if not medicine.is_used_in(condition.id):
                continue
            column = compare(catalogue, condition.id, [medicine.id]).columns[0]
            told = {flag.sign for flag in column.red_flags if flag.urgency is Urgency.EMERGENCY}
            for danger in condition.red_flags:
                worded = {danger.sign} | {
                    flag.sign
                    for flag in medicine.red_flags
                    if flag.condition == condition.id and flag.signs[0] == danger.signs[0]
                }
                if danger.urgency is Urgency.EMERGENCY and not told & worded:
                    missing.append((condition.id, medicine.id, danger.id))
    assert missing == []


def test_the_card_for_everyone_tells_how_a_child_shows_an_emergency(content: Content) -> None:
    """A child who is hard to wake or breathes fast stands beside the words for an adult."""
    everyone = cards(content.catalogue, [])[0]
    told = " ".join(sign.sign for sign in everyone.signs if sign.urgency is Urgency.EMERGENCY)
    wanted = [sign.child for sign in content.catalogue.signs.signs if sign.child]
    assert wanted
    assert "hard to wake" in told
    assert all(word in told for word in ("breathes fast or hard", "has a fit", "very ill"))


@pytest.mark.parametrize(("age", "is_told"), [(Age.ADULT, False), (Age.CHILD, True)])
def test_a_comparison_for_a_child_tells_every_option_how_a_child_shows_it(
    content: Content, age: Age, is_told: bool
) -> None:
    """Where the page asks for an age, a child's signs stand for a child, also without a medicine."""
    columns = compare(content.catalogue, "stills", ["anakinra", "stay"], age=age).columns
    found = [any("hard to wake" in flag.sign for flag in item.red_flags) for item in columns]
    assert found == [is_told, is_told]


@pytest.mark.parametrize(
    ("who", "is_told"), [(None, True), (Who.ADULT, False), (Who.TEEN, True), (Who.CHILD, True)]
)
def test_where_no_fact_depends_on_age_the_person_decides_on_the_signs_of_a_child(
    content: Content, who: Who | None, is_told: bool
) -> None:
    """An adult reads their own; where nobody was named, the signs of every age stand there."""
    comparison = compare(content.catalogue, "dira", ["anakinra", "stay"], who=who)
    assert not comparison.by_age
    for column in comparison.columns:
        assert any("hard to wake" in flag.sign for flag in column.red_flags) is is_told


@pytest.mark.parametrize("country", ["us", "other"])
def test_every_country_tells_the_signs_that_a_child_shows_otherwise(
    content: Content, country: str
) -> None:
    """A sign with words for a child in the table is named by a flag for a child everywhere."""
    contact = next(item for item in content.catalogue.contacts if item.id == country)
    told = {name for flag in contact.red_flags if flag.age is Age.CHILD for name in flag.signs}
    assert {sign.id for sign in content.catalogue.signs.signs if sign.child} <= told
