"""The presenter's remote."""

import pytest

from tests.ui.components.drawn import drawn, mounted


def listen(on: bool) -> None:
    from explorer.ui.components import presenter_keys

    presenter_keys.listen(on=on, key="k")


@pytest.mark.parametrize("on", [True, False])
def test_the_browser_is_told_whether_to_listen(on: bool) -> None:
    """Without a remote, the two keys scroll the page as always."""
    assert mounted(drawn(listen, on))["explorer_presenter_keys"] == {"on": on}
