"""The warning where phones cannot come in."""

from tests.ui.components.drawn import drawn, html


def warn(address: str, folded: bool) -> None:
    from explorer.ui.components import join_warning
    from tests.shipped import shipped

    join_warning.show(shipped().catalogue.words, address, folded=folded)


def test_an_address_of_this_computer_is_warned_of() -> None:
    """With what to do; folded, the title opens to it."""
    assert "--host 0.0.0.0" in html(drawn(warn, "http://localhost:8501/join", False))
    assert "<details" in html(drawn(warn, "http://localhost:8501/join", True))


def test_a_public_address_needs_no_warning() -> None:
    """Nothing is drawn."""
    assert html(drawn(warn, "https://class.example.org/join", False)) == ""
