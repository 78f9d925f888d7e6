"""The order in which signs are told."""

from explorer.domain.catalogue import Urgency
from explorer.domain.comparison import ColumnFlag
from explorer.domain.flag_order import in_telling_order, shared_actions


def flag(sign: str, action: str, urgency: Urgency = Urgency.EMERGENCY) -> ColumnFlag:
    return ColumnFlag(urgency=urgency, sign=sign, action=action, citations=())


SIGNS = (
    flag("low mood", "Call the lifeline."),
    flag("rash", "Take no more."),
    flag("a cough", "", Urgency.SAME_DAY),
    flag("hives", "Take no more."),
    flag("a fit", "Take no more."),
)


def test_signs_with_one_thing_to_do_stand_together_and_none_is_lost() -> None:
    """Three that share it come first, by urgency; the others keep their order."""
    told = in_telling_order(SIGNS)
    assert [item.sign for item in told] == ["rash", "hives", "a fit", "low mood", "a cough"]


def test_two_are_no_list() -> None:
    """What only two signs ask for is said with each of them."""
    assert shared_actions(SIGNS[:4]) == ()
    assert shared_actions(SIGNS) == ("Take no more.",)
