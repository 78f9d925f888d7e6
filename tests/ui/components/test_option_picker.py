"""Two to four options of a condition."""

from explorer.domain.compare_url import Choice
from tests.ui.components.drawn import drawn, html


def pick(held: str) -> None:
    import streamlit as st

    from explorer.domain.compare_url import Choice
    from explorer.ui.components import option_picker
    from tests.shipped import shipped

    catalogue = shipped().catalogue
    choice = Choice.model_validate_json(held)
    found = option_picker.show(catalogue, catalogue.condition("ra"), choice)
    st.text(",".join(found))


def held(*options: str) -> str:
    return Choice(condition="ra", options=options).model_dump_json()


def test_without_options_the_preselected_ones_are_ticked() -> None:
    """And the reason for them stands there."""
    app = drawn(pick, held())
    assert len(app.text[0].value.split(",")) >= 2
    assert any("Picked at first" in item.value for item in app.markdown)


def test_held_options_are_ticked() -> None:
    """In the order in which they are offered."""
    app = drawn(pick, held("anakinra", "methotrexate"))
    assert set(app.text[0].value.split(",")) == {"anakinra", "methotrexate"}


def test_at_four_the_others_are_closed() -> None:
    """And the page says why."""
    app = drawn(pick, held("anakinra", "methotrexate", "adalimumab", "stay"))
    assert "four at most" in html(app)
    assert {box.disabled for box in app.checkbox if not box.value} == {True}


def test_more_than_four_at_once_are_four_and_the_rest_is_named() -> None:
    """What was compared before stays."""
    app = drawn(pick, held("anakinra", "stay"))
    for box in app.checkbox:
        box.check()
    app.run()
    assert not app.exception
    chosen = app.text[0].value.split(",")
    assert len(chosen) == 4
    assert {"anakinra", "stay"} < set(chosen)
    assert sum(box.value for box in app.checkbox) == 4
    assert "Left out again, so that no more than four are picked:" in html(app)
