"""What the tests of components share: a page that draws one component, and what it drew."""

import json
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest


def drawn(script: Callable[..., None], *args: Any, **state: Any) -> AppTest:
    """Draw a component; ``state`` sets the session first, with ``__`` for dots in names."""
    app = AppTest.from_function(script, default_timeout=30, args=args)
    for name, value in state.items():
        app.session_state[name.replace("__", ".")] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """Join everything that was drawn as HTML."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def mounted(app: AppTest) -> dict[str, dict[str, Any]]:
    """Give the data of each component with a script, by the component's name."""
    found = {}
    for element in app.get("bidi_component"):
        assert "export default function" in element.proto.js_content
        text = element.proto.json
        found[element.proto.component_name] = json.loads(text) if text else {}
    return found


def tell(app: AppTest, key: str, value: Any) -> AppTest:
    """Report a press on our own HTML, as the script of a component does, and run the page.

    Args:
        app: a page that mounts ``presses`` with this key.
        key: key of the widget, or its beginning.
        value: what is reported.
    """
    mount = next(
        element.proto for element in app.get("bidi_component") if f"-{key}" in element.proto.id
    )
    states = app._tree.get_widget_states()
    state = states.widgets.add()
    state.id = f"$$STREAMLIT_INTERNAL_KEY_{mount.id}__events"
    state.json_trigger_value = json.dumps([{"event": "told", "value": value}])
    return app._run(states)
