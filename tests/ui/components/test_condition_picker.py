"""The condition, first as buttons, then as a list."""

from tests.ui.components.drawn import drawn, html


def pick() -> None:
    import streamlit as st

    from explorer.ui.components import condition_picker
    from explorer.ui.state import compare
    from tests.shipped import shipped

    catalogue = shipped().catalogue
    found = condition_picker.show(catalogue, compare.choice(catalogue).condition)
    st.text(str(found and found.id))


def test_at_first_each_condition_is_a_button() -> None:
    """A press chooses it; its card stands there, and it can be changed in a list."""
    app = drawn(pick)
    assert app.text[0].value == "None"
    assert len(app.button) == 9
    app.button(key="compare.choose.ra").click().run()
    assert not app.exception
    assert app.text[0].value == "ra"
    assert 'class="ax-card"' in html(app)
    other = app.selectbox(key="compare.condition")
    other.set_value(other.options[-1]).run()
    assert not app.exception
    assert app.text[0].value not in ("ra", "None")
