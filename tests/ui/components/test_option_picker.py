"""The list of options."""

import re

from explorer.content.load import Content
from explorer.ui.components import option_picker


def listed(content: Content, condition: str, *now: str) -> str:
    catalogue = content.catalogue
    return option_picker.list_html(catalogue, catalogue.condition(condition), now)


def test_a_box_is_seen_as_the_medicine_and_heard_as_the_plan(content: Content) -> None:
    """Below "Add" and "switch to" stands the medicine; a screen reader hears the whole plan."""
    html = listed(content, "ra", "methotrexate")
    seen = re.sub(r'<span class="ax-hidden">.*?</span>', "", html)
    assert seen.count("<b>Anakinra (Kineret)</b>") == 2
    heard = re.sub(r"<[^>]+>", "", html)
    assert "Methotrexate plus Anakinra (Kineret)" in heard
    assert "Switch to Anakinra (Kineret)" in heard


def test_where_nothing_can_be_added_the_list_says_so(content: Content) -> None:
    """Colchicine in pericarditis: no plan adds to it. Of methotrexate in RA there are many."""
    assert "Adding one to colchicine: we hold no facts" in listed(
        content, "pericarditis", "colchicine"
    )
    assert "we hold no facts" not in listed(content, "ra", "methotrexate")
    assert "we hold no facts" not in listed(content, "ra")
