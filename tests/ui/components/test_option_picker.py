"""Two to four options of a condition, in one list of boxes."""

from explorer.domain.compare_url import Choice
from tests.ui.components.drawn import drawn, html, mounted, tell

FOUR = ("adalimumab", "anakinra", "methotrexate", "stay")


def pick() -> None:
    import streamlit as st

    from explorer.ui.components import option_picker
    from tests.shipped import shipped

    catalogue = shipped().catalogue
    option_picker.show_list(catalogue, catalogue.condition("ra"))
    st.text(",".join(option_picker.picked(catalogue, catalogue.condition("ra"))))


def held(*options: str) -> str:
    return Choice(condition="ra", options=options).model_dump_json()


def test_options_stand_in_groups_by_their_status() -> None:
    """One list for all; a group is a field set with its name, a box has its own label."""
    text = html(drawn(pick, compare__choice=held("anakinra", "stay")))
    assert text.count("data-ax-list") == 1
    assert "<legend>Approved in the US for this condition</legend>" in text
    assert "<legend>Without a new medicine</legend>" in text
    assert text.count("<fieldset>") == text.count("<legend>")
    assert text.count('<label class="ax-box"><input type="checkbox"') == text.count("data-ax-box")


def test_without_a_choice_the_preselected_ones_are_picked() -> None:
    """Those of the condition, in the order in which they are offered."""
    assert drawn(pick).text[0].value == "adalimumab,anakinra,methotrexate"


def test_held_options_are_ticked() -> None:
    """The script gets them, and the list's HTML stays the same whatever is ticked."""
    app = drawn(pick, compare__choice=held("anakinra", "methotrexate"))
    assert mounted(app)["explorer_presses"]["picked"] == ["anakinra", "methotrexate"]
    before = html(app).split("</div>")[0]
    tell(app, "compare.boxes", ["anakinra", "stay"])
    assert app.text[0].value == "anakinra,stay"
    assert html(app).split("</div>")[0] == before


def test_the_line_below_says_what_to_do() -> None:
    """How many are picked, that one more is needed, or that no more fit."""
    app = drawn(pick, compare__choice=held("anakinra", "stay"))
    assert "2 picked." in html(app)
    assert "Pick one more" in html(tell(app, "compare.boxes", ["anakinra"]))
    assert "Four are picked" in html(tell(app, "compare.boxes", list(FOUR)))


def test_more_than_four_at_once_are_four_and_the_rest_is_named() -> None:
    """What was compared before stays."""
    app = drawn(pick, compare__choice=held("stay", "anakinra"))
    tell(app, "compare.boxes", [*FOUR, "etanercept", "infliximab"])
    chosen = app.text[0].value.split(",")
    assert len(chosen) == 4
    assert {"anakinra", "stay"} < set(chosen)
    assert "Left out again, so that no more than four are picked:" in html(app)


def test_what_is_not_offered_cannot_be_picked() -> None:
    """An id that a stranger sends is left out, as is a medicine without a use here."""
    app = drawn(pick, compare__choice=held("anakinra", "stay"))
    tell(app, "compare.boxes", ["anakinra", "stay", "rilonacept", "<img>"])
    assert app.text[0].value == "anakinra,stay"
    assert "Rilonacept" in html(app)
