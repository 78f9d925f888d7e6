"""The button that copies or prints."""

from tests.ui.components.drawn import drawn, mounted


def copy() -> None:
    from explorer.ui.components import clipboard

    clipboard.copy("A <b>", label="Copy", done="Copied", failed="By hand", key="copy")


def print_page() -> None:
    from explorer.ui.components import clipboard

    clipboard.print_page(label="Print", key="print")


def test_the_text_and_both_announcements_are_sent() -> None:
    """The script sets them as text, so nothing is escaped before."""
    assert mounted(drawn(copy))["explorer_clipboard"] == {
        "action": "copy",
        "text": "A <b>",
        "label": "Copy",
        "done": "Copied",
        "failed": "By hand",
    }


def test_the_button_has_a_status_line_beside_it() -> None:
    """A screen reader hears what became of the press."""
    (element,) = drawn(copy).get("bidi_component")
    assert element.proto.html_content.count("<button") == 1
    assert 'role="status"' in element.proto.html_content
    assert "focus-visible" in element.proto.css_content


def test_printing_needs_a_label_only() -> None:
    """The same button, another action."""
    assert mounted(drawn(print_page))["explorer_clipboard"] == {"action": "print", "label": "Print"}


def mail() -> None:
    from explorer.ui.components import clipboard

    clipboard.mail("A link", label="Mail", subject="My class", key="mail")


def test_a_mail_is_opened_in_the_readers_own_program() -> None:
    """The script is told subject and text; nothing is sent by us."""
    data = mounted(drawn(mail))["explorer_clipboard"]
    assert data == {"action": "mail", "text": "A link", "label": "Mail", "subject": "My class"}
