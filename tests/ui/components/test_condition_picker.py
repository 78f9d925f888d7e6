"""The list of conditions, and the names by which it is searched."""

import re

from explorer.content.load import Content
from explorer.ui.components import condition_picker


def names(html: str) -> dict[str, str]:
    """Give what the field searches, by condition."""
    found = re.findall(r'data-ax-words="([^"]*)"><a href="compare\?c=([^"]*)"', html)
    return {condition: text.casefold() for text, condition in found}


def test_each_condition_is_a_link_in_the_order_of_the_alphabet(content: Content) -> None:
    """A link works without a script too; nobody has to know our order."""
    html = condition_picker.list_html(content.catalogue)
    titles = re.findall(r'data-ax-go="condition:[^>]*><b>(.*?)</b>', html)
    assert len(titles) == len(content.catalogue.conditions)
    assert titles == sorted(titles, key=str.casefold)
    assert 'data-ax-go="condition:ra"' in html


def test_everyday_names_find_a_condition(content: Content) -> None:
    """Words that patients use lead to the condition, and to no other."""
    searched = names(condition_picker.list_html(content.catalogue))
    for typed, expected in (
        ("systemic jia", "stills"),
        ("sjia", "stills"),
        ("muckle-wells", "caps"),
        ("nomid", "caps"),
        ("gout", "gout-flares"),
        ("swollen, painful joints", "ra"),
    ):
        assert [item for item, text in searched.items() if typed in text] == [expected]


def test_a_short_form_that_says_the_same_is_left_out(content: Content) -> None:
    """``Still's disease (Still's)`` says it twice; ``(RA)`` is another word."""
    catalogue = content.catalogue
    assert condition_picker.title(catalogue, catalogue.condition("stills")) == "Still's disease"
    ra = condition_picker.title(catalogue, catalogue.condition("ra"))
    assert ra == "Rheumatoid arthritis (RA)"


def test_who_does_not_know_the_name_is_told_whom_to_ask(content: Content) -> None:
    """Plain words and a way on, and the line that the page cannot tell what somebody has."""
    html = condition_picker.list_html(content.catalogue)
    fold = html.partition("I do not know its name")[2]
    assert "We cannot tell what you have." in fold
    assert "sudden, painful gout flares" in fold
    assert 'data-ax-go="page:medicine"' in fold


def test_the_chosen_condition_is_marked(content: Content) -> None:
    """For eyes and for ears."""
    html = condition_picker.list_html(content.catalogue, "ra")
    assert html.count('aria-current="true"') == 1
