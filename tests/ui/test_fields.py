"""A group of input widgets: filled once, held across pages, forgotten together."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from explorer.ui.state.fields import Fields

    fields = Fields("group")
    if st.session_state.get("is-away"):
        return
    fields.seed(fields.key("text"), "first")
    fields.seed(fields.key("box"), True)
    key = fields.key("text")
    st.text_input("text", key=key, on_change=fields.hold_typed, args=(key,))
    st.checkbox("box", key=fields.key("box"))
    st.checkbox("other", key="group.text-like")
    st.button("forget", on_click=lambda: (fields.forget(), fields.forget_typed()))


def drawn() -> AppTest:
    app = AppTest.from_function(page).run()
    assert not app.exception
    return app


def test_a_field_is_filled_once() -> None:
    """What a reader changes is not overwritten by the next run."""
    app = drawn()
    assert app.text_input[0].value == "first"
    app.text_input[0].input("changed").run()
    app.run()
    assert app.text_input[0].value == "changed"


def test_what_was_typed_last_comes_back_after_another_page() -> None:
    """Streamlit drops the widget's value there; a box that was not typed into is filled anew."""
    app = drawn()
    app.text_input[0].input("changed").run()
    app.session_state["is-away"] = True
    app.run()
    app.session_state["is-away"] = False
    app.run()
    assert app.text_input[0].value == "changed"


def test_forgetting_takes_the_group_and_no_widget_with_a_similar_name() -> None:
    """Keys are known, not guessed from how they begin."""
    app = drawn()
    app.checkbox(key="group.box").uncheck()
    app.checkbox(key="group.text-like").check().run()
    app.button[0].click().run()
    assert app.checkbox(key="group.box").value is True
    assert app.checkbox(key="group.text-like").value is True


def test_a_message_from_before_the_clearing_brings_nothing_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The browser sent it with the old box before it drew the page without: nothing is held."""
    app = drawn()
    app.text_input[0].input("secret")
    late = WidgetStates()  # as a browser sends them: no button that was not pressed
    for state in app._tree.get_widget_states().widgets:
        if state.WhichOneof("value") != "trigger_value":
            late.widgets.add().CopyFrom(state)
    app.session_state["is-away"] = True
    app.button[0].click().run()
    with monkeypatch.context() as patch:
        patch.setattr(type(app._tree), "get_widget_states", lambda _tree: late)
        app.run()
    assert "group.typed" not in app.session_state
    app.session_state["is-away"] = False
    app.run()
    assert app.text_input[0].value == "first"
