"""Signs of several options, merged: each once, and none lost."""

import pytest

from explorer.domain.catalogue import Urgency
from explorer.domain.comparison import compare, merged_signs
from tests.shipped import conditions, shipped


@pytest.mark.parametrize("condition", conditions())
def test_no_sign_is_lost_and_none_stands_twice(condition: str) -> None:
    """Every sign of every column is there once, as urgent, with the same to do and its sources."""
    catalogue = shipped().catalogue
    comparison = compare(catalogue, condition, catalogue.condition(condition).preselect.options)
    wanted = {
        (flag.urgency, flag.action, flag.sign): flag.references
        for column in comparison.columns
        for flag in column.red_flags
    }
    found = [
        (level.urgency, action.action, sign.sign)
        for level in merged_signs(comparison)
        for action in level.actions
        for sign in action.signs
    ]
    assert len(found) == len(set(found))
    assert set(found) == set(wanted)
    for level in merged_signs(comparison):
        for action in level.actions:
            for sign in action.signs:
                held = wanted[(level.urgency, action.action, sign.sign)]
                assert set(held) <= set(sign.references)


def test_a_sign_of_one_option_says_whose_it_is() -> None:
    """What is special to methotrexate is marked; what all share is not."""
    catalogue = shipped().catalogue
    levels = merged_signs(compare(catalogue, "ra", ["anakinra", "methotrexate"]))
    now = next(level for level in levels if level.urgency is Urgency.EMERGENCY)
    signs = {sign.sign: sign.options for action in now.actions for sign in action.signs}
    daily = next(text for text in signs if text.startswith("You took it every day"))
    shared = next(text for text in signs if text.startswith("Trouble breathing, blue lips"))
    assert signs[daily] == ("Methotrexate (Trexall, Otrexup)",)
    assert signs[shared] == ()


@pytest.mark.parametrize("condition", conditions())
def test_no_emergency_asks_to_stop_without_a_word_on_steroids(condition: str) -> None:
    """One wording over all signs: who takes a steroid never reads "take no more" alone."""
    catalogue = shipped().catalogue
    options = catalogue.condition(condition).preselect.options
    flags = [flag for contact in catalogue.contacts for flag in contact.red_flags]
    flags += catalogue.condition(condition).red_flags
    said = {flag.action for flag in flags if flag.urgency is Urgency.EMERGENCY}
    for level in merged_signs(compare(catalogue, condition, options)):
        if level.urgency is Urgency.EMERGENCY:
            said |= {item.action for item in level.actions}
    stops = {action for action in said if "no more until" in action}
    assert stops
    assert [action for action in stops if "Do not stop a steroid" not in action] == []
    assert len({action.partition(" no more")[0] for action in stops}) == len(stops)


def test_the_most_urgent_stand_first() -> None:
    """Levels are in the order of how fast to act."""
    catalogue = shipped().catalogue
    levels = merged_signs(compare(catalogue, "ra", ["anakinra", "methotrexate"]))
    assert [level.urgency for level in levels] == list(Urgency)


@pytest.mark.parametrize("condition", conditions())
def test_a_sign_without_an_action_never_stands_under_one(condition: str) -> None:
    """Signs for which the urgency says it all come before those with more to do."""
    catalogue = shipped().catalogue
    options = catalogue.condition(condition).preselect.options
    for level in merged_signs(compare(catalogue, condition, options)):
        said = [bool(action.action) for action in level.actions]
        assert said == sorted(said)
