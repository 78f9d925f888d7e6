"""One sign beside how fast help is needed: on every page with signs, on the sheet and on paper."""

import re

from explorer.domain.comparison import compare
from explorer.domain.guide import guide
from explorer.domain.profile import profile
from explorer.domain.visit import sheet_of
from explorer.domain.who import Who
from explorer.export import (
    comparison_screen,
    glance_icons,
    guide_html,
    medicine_html,
    red_flags_html,
    visit_html,
)
from tests.domain.test_visit import RA, a_visit
from tests.shipped import shipped

SHOWN = ["call", "phone"]
"""What stands first beside an emergency and first beside a call on the same day."""


def icons(html: str) -> list[str]:
    """Return the icons of a page in the order in which they are first met."""
    return list(dict.fromkeys(re.findall(r'gl-i gl-(call|phone)" aria-hidden="true"', html)))


def test_every_page_with_signs_has_the_icons_of_the_comparison() -> None:
    """Signs page, medicine page, safety line and sheet: a reader meets the same two pictures."""
    catalogue = shipped().catalogue
    made = compare(catalogue, "ra", RA, who=Who.ADULT)
    sheet = sheet_of(catalogue, "ra", RA, Who.ADULT, a_visit())
    pages = {
        "comparison": comparison_screen.pieces(made, catalogue)["signs"],
        "signs": guide_html.signs(guide(catalogue), catalogue),
        "medicine": "".join(
            medicine_html.pieces(profile(catalogue, "anakinra"), catalogue).values()
        ),
        "line": red_flags_html.line(catalogue),
        "sheet": visit_html.write(sheet, catalogue, "1"),
    }
    assert {name: icons(html) for name, html in pages.items()} == dict.fromkeys(pages, SHOWN)


def test_an_icon_stands_before_its_words_in_the_heading() -> None:
    """The heading of the emergency begins with its icon, and its words stay whole."""
    html = guide_html.signs(guide(shipped().catalogue), shipped().catalogue)
    heads = re.findall(r'<p class="ax-urgency ax-emergency">(.*?)</p>', html)
    assert heads
    for head in heads:
        assert head.startswith('<span class="gl-i gl-call"')
        assert re.sub(r"<[^>]+>", "", head).startswith("Call 911 now")


def test_paper_has_the_icons_too() -> None:
    """The PDF's engine is given both as drawings in a colour, none as an empty name."""
    drawn = glance_icons.drawn()
    assert all(drawn[name].startswith("<svg") for name in SHOWN)
