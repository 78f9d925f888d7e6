"""Cards of warning signs as HTML."""

from html import unescape
from pathlib import Path

from explorer.content.load import Content, load
from explorer.domain.red_flags import cards
from explorer.export import red_flags_html
from tests.builders import edit, small_catalogue, small_folder


def test_every_page_carries_anakinra_in_full(content: Content) -> None:
    """The safety line opens to all signs of anakinra, and to those for everyone."""
    html = unescape(red_flags_html.line(content.catalogue))
    for flag in (
        *content.catalogue.medicine("anakinra").red_flags,
        *content.catalogue.contact().red_flags,
    ):
        assert flag.sign in html
    assert 'href="tel:+18002221222"' in html


def test_a_parent_reads_of_the_child(content: Content) -> None:
    """For a parent the same signs speak of the child, and say to give no more."""
    catalogue = content.catalogue
    patient = unescape(red_flags_html.line(catalogue))
    parent = unescape(red_flags_html.line(catalogue, for_parent=True))
    assert "Take no more until" in patient
    assert "Your child" not in patient
    assert "Give no more until" in parent
    for spoken in (
        "Take no more",
        "You feel very ill",
        "if you took too much",
        "medicine you take",
    ):
        assert spoken not in parent
    assert "if your child took too much" in parent
    assert parent.count("<li") == patient.count("<li")


def test_emergencies_stand_above_calls(content: Content) -> None:
    """On every card, 911 comes before the call to the team, and that before the next visit."""
    for found in cards(content.catalogue, ["anakinra", "methotrexate"]):
        html = red_flags_html.card(found, content.catalogue)
        places = [
            html.index(title)
            for title in (
                "Call 911 now for",
                "Call your team the same day, before the next dose, for",
                "Tell your team at the next visit",
            )
            if title in html
        ]
        assert len(places) >= 2
        assert places == sorted(places)


def test_what_to_do_for_many_signs_is_said_once_above_them(content: Content) -> None:
    """Nine times the same two sentences hid the signs; what one sign alone asks for stays there."""
    catalogue = content.catalogue
    html = red_flags_html.card(cards(catalogue, ["methotrexate"])[1], catalogue)
    assert html.count("Take no more until a doctor says so.") == 1
    assert html.index("Take no more until a doctor says so.") < html.index("Trouble breathing")
    assert html.index("And for:") < html.index("You took it every day")


def test_where_to_go_stands_under_the_signs_to_call_about(content: Content) -> None:
    """Nobody answers: the sentence follows the list of the same day."""
    found = cards(content.catalogue, ["infliximab"], "ra")[1]
    html = red_flags_html.card(found, content.catalogue)
    assert html.index("the same day, before the next dose, for") < html.index("If nobody answers")


def test_where_to_go_is_said_without_signs_to_call_about(tmp_path: Path) -> None:
    """A card of emergencies only still says what to do when nobody answers."""
    catalogue = small_catalogue(tmp_path)
    html = red_flags_html.card(cards(catalogue, [])[0], catalogue)
    assert "the same day, before the next dose, for" not in html
    assert html.count("If nobody answers") == 1


def test_text_is_escaped(tmp_path: Path) -> None:
    """What stands in the content is text, never markup."""
    folder = small_folder(tmp_path)
    edit(folder, "contacts.toml", "Trouble breathing.", "Trouble <b>breathing</b>.")
    catalogue = load(folder).catalogue
    html = red_flags_html.card(cards(catalogue, [])[0], catalogue)
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_without_a_guide_nothing_points_at_it(tmp_path: Path) -> None:
    """The link to the other medicines' signs is there only where its page is."""
    assert "guide#" not in red_flags_html.line(load(small_folder(tmp_path)).catalogue)
