"""Who it is for, and what is taken now, in one list."""

from explorer.domain.compare_url import MOST_NOW, Choice
from tests.ui.components.drawn import drawn, html, mounted, tell


def ask() -> None:
    import streamlit as st

    from explorer.ui.components import about_you
    from explorer.ui.state import compare
    from tests.shipped import shipped

    catalogue = shipped().catalogue
    about_you.show_list(catalogue, catalogue.condition("ra"))
    about_you.hear(catalogue, catalogue.condition("ra"))
    st.text(compare.choice(catalogue).model_dump_json())


def held(**told: object) -> str:
    return (
        Choice(condition="ra", options=("anakinra", "methotrexate"))
        .evolve(**told)
        .model_dump_json()
    )


def test_one_person_is_ticked_and_the_list_stays_as_it_is() -> None:
    """An adult at first; a press changes no letter of the list."""
    app = drawn(ask, compare__choice=held())
    assert mounted(app)["explorer_presses"]["picked"] == ["who:adult"]
    before = html(app)
    tell(app, "compare.you", ["who:child-teen", "now:methotrexate"])
    assert html(app) == before
    now = Choice.model_validate_json(app.text[0].value)
    assert (now.who.value, now.now) == ("child-teen", ("methotrexate",))


def test_what_is_taken_makes_plans_of_the_preselected_options() -> None:
    """Staying on it comes first; the others are added where we hold facts on both together."""
    app = tell(drawn(ask, compare__choice=held()), "compare.you", ["now:methotrexate"])
    assert Choice.model_validate_json(app.text[0].value).options == (
        "stay",
        "add-adalimumab",
        "add-anakinra",
    )


def test_another_person_keeps_the_options() -> None:
    """Only what is taken makes other plans."""
    app = tell(drawn(ask, compare__choice=held()), "compare.you", ["who:teen"])
    assert Choice.model_validate_json(app.text[0].value).options == ("anakinra", "methotrexate")


def test_what_a_stranger_sends_is_bounded() -> None:
    """Unknown values are left out, and no more are kept than a plan can show."""
    many = ["adalimumab", "anakinra", "etanercept", "golimumab", "rilonacept", "<img>"]
    app = tell(
        drawn(ask, compare__choice=held()),
        "compare.you",
        ["who:king", *(f"now:{item}" for item in many)],
    )
    now = Choice.model_validate_json(app.text[0].value)
    assert now.who.value == "adult"
    assert len(now.now) == MOST_NOW
    assert "rilonacept" not in now.now
