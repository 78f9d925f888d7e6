"""The line drawings: one family, in words too, safe in every output."""

import re
from xml.etree import ElementTree as ET

import pytest

from explorer.domain.drawings import Sketch
from explorer.domain.guide import guide
from explorer.export import class_html, guide_html, line_drawings, quiz_html
from tests.shipped import shipped

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = frozenset({"svg", "g", "rect", "path", "circle", "ellipse", "text"})
COLOURS = frozenset({"none", *(f"var(--{name})" for name in line_drawings.PALETTE)})


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours of the palette."""
    a, b = (luminance(line_drawings.PALETTE[name]) + 0.05 for name in (one, other))
    return max(a, b) / min(a, b)


def test_each_drawing_is_a_file_and_has_words() -> None:
    """No drawing without a title and an alternative, and no file that nothing names."""
    files = {path.stem for path in line_drawings.FOLDER.glob("*.svg")}
    assert files == {item.value for item in Sketch}
    assert files == {item.id.value for item in shipped().catalogue.drawings}


@pytest.mark.parametrize("sketch", Sketch)
def test_a_drawing_keeps_to_the_family(sketch: Sketch) -> None:
    """Well-formed shapes only, one stroke weight, named colours, letters of 11 pt, no outside."""
    root = ET.fromstring(line_drawings.source(sketch))
    seen = list(root.iter())
    assert {item.tag.removeprefix(SVG) for item in seen} <= DRAWN
    values = [(name, value) for item in seen for name, value in item.attrib.items()]
    assert not [name for name, _ in values if name.startswith("on") or "href" in name]
    assert not [value for _, value in values if "url(" in value or "http" in value]
    assert {value for name, value in values if name in ("fill", "stroke")} <= COLOURS
    assert {value for name, value in values if name == "stroke-width"} <= {"2.5", "8"}
    assert all(float(value) >= 16 for name, value in values if name == "font-size")
    assert line_drawings.size(sketch)[0] <= 346
    assert len(line_drawings.svg(sketch)) < 13_000


@pytest.mark.parametrize("sketch", Sketch)
def test_numbers_in_a_drawing_are_its_labels(sketch: Sketch) -> None:
    """Marks count from 1 to the number of labels; other figures stand in what it rests on."""
    words = shipped().catalogue
    drawing = words.drawing(sketch)
    assert drawing is not None
    texts = list(ET.fromstring(line_drawings.source(sketch)).iter(f"{SVG}text"))
    marks = {item.text for item in texts if item.get("fill") == "var(--paper)"}
    assert marks == {str(place) for place in range(1, len(drawing.labels) + 1)}
    refs = {item.ref.rpartition("/")[2] for item in drawing.supported_by}
    said = " ".join(
        line.text for section in words.guide for line in section.statements if line.id in refs
    )
    others = " ".join(item.text or "" for item in texts if item.get("fill") != "var(--paper)")
    assert set(re.findall(r"\d+", others)) <= set(re.findall(r"\d+", said))


def holders(part: str) -> set[str]:
    """Return the drawings that have this in their file."""
    return {item.value for item in Sketch if part in line_drawings.source(item)}


def test_each_fill_has_one_meaning() -> None:
    """The wash is where to inject and the safe cold, the flush is red or swollen skin."""
    assert holders("var(--wash)") == {"places", "belly", "rotate", "pinch", "fridge"}
    ill = {"skin-usual", "skin-spreads", "hives", "bad-rash", "swollen-face"}
    assert holders("var(--flush)") == ill


def test_a_dashed_ring_means_no_shot_here() -> None:
    """Only the skin around the navel has one; skin after the shot must not look like a target."""
    ring = re.compile(r"<(?:circle|ellipse)[^>]*stroke-dasharray")
    ringed = {item.value for item in Sketch if ring.search(line_drawings.source(item))}
    assert ringed == {"belly", "rotate"}


def test_one_sign_says_emergency() -> None:
    """The same filled sign stands in all drawings of an emergency; a call has an open one."""
    handset = "M272 134c3 -4"
    assert holders(handset) == {"skin-spreads", "swollen-face", "hives", "bad-rash"}
    filled = f'<path d="{handset}'
    signs = {
        re.sub(r'^.*(<path d="M272[^>]*>).*$', r"\1", line)
        for item in ("swollen-face", "hives", "bad-rash")
        for line in line_drawings.source(item).splitlines()
        if filled in line
    }
    assert len(signs) == 1
    assert 'fill="var(--paper)"' in signs.pop()
    assert not re.search(r'd="M272[^>]*fill=', line_drawings.source("skin-spreads"))
    for item in ("swollen-face", "hives", "bad-rash"):
        drawing = shipped().catalogue.drawing(Sketch(item))
        assert drawing is not None
        assert drawing.alternative.endswith("says: emergency.")


def test_lines_and_letters_have_contrast() -> None:
    """Ink and accent stand out from the grounds; so do numbers on the accent."""
    assert min(contrast(line, on) for line in ("ink", "accent") for on in ("paper", "wash")) >= 4.5
    assert contrast("ink", "flush") >= 4.5
    assert contrast("accent", "flush") >= 3


def test_without_colours_nothing_is_left_to_fill_in() -> None:
    """A drawing that stands alone has no name of a colour left."""
    assert "var(" not in "".join(line_drawings.svg(sketch) for sketch in Sketch)


def test_the_guide_shows_each_drawing_once_with_its_words() -> None:
    """Every drawing stands in the guide with its alternative; labels are cited or practice."""
    catalogue = shipped().catalogue
    html = guide_html.pieces(guide(catalogue), catalogue)["sections"]
    for drawing in catalogue.drawings:
        figure = re.findall(f'<figure[^>]*id="drawing-{drawing.id}".*?</figure>', html)
        assert len(figure) == 1
        assert f'alt="{drawing.alternative}"' in figure[0]
        assert figure[0].count("<li>") == len(drawing.labels)
        told = len(re.findall("ax-refs|ax-tag", figure[0]))
        assert told == len(drawing.labels)


def test_a_question_shows_its_drawing_with_the_reasons() -> None:
    """The drawing is there for a reader alone and in the room, and not before the answer."""
    catalogue = shipped().catalogue
    question = catalogue.bank.question("storing-flight")
    order = tuple(option.id for option in question.options)
    alone = quiz_html.feedback(question, None, order, (), catalogue)
    room = class_html.reveal(question, (), catalogue)
    assert alone.count("<figure") == room.count("<figure") == 1
    assert "<figure" not in class_html.ask(question, "", catalogue, reading=False)
    plain = catalogue.bank.question("injecting-cloudy-syringe")
    assert "<figure" not in class_html.reveal(plain, (), catalogue)


def test_the_whole_guide_of_the_edition_leads_to_the_drawings() -> None:
    """One page of everything stays small: it names each drawing and links to its section."""
    catalogue = shipped().catalogue
    html = guide_html.pieces(guide(catalogue), catalogue, linked=True)["sections"]
    assert "<figure" not in html
    assert html.count('href="read:guide/') == len(Sketch)


def in_sight(html: str) -> list[str]:
    """Return the drawings of each section that stand before anything that is folded."""
    parts = re.split(r'<section class="ax-section"', html)[1:]
    seen = [part.partition('<details class="ax-part"')[0] for part in parts]
    return re.findall(r'<figure[^>]*id="drawing-([a-z-]+)"', "".join(seen))


def test_the_spots_stand_in_sight_beside_a_new_spot_each_day() -> None:
    """In the app's guide and on the section's own page the drawing follows the sentence, unfolded."""
    catalogue = shipped().catalogue
    made = guide(catalogue)
    whole = guide_html.pieces(made, catalogue)["sections"]
    assert in_sight(whole) == ["rotate"]
    section = next(item for item in made.sections if item.id == "injecting")
    assert "a new spot each day" in section.summary.text
    assert in_sight(guide_html.one_section(made, section, catalogue)) == ["rotate"]


def test_a_page_of_its_own_still_shows_a_first_drawing() -> None:
    """A section whose summary has no drawing shows the first of its drawings at once."""
    catalogue = shipped().catalogue
    made = guide(catalogue)
    section = next(item for item in made.sections if item.id == "storing")
    assert in_sight(guide_html.one_section(made, section, catalogue)) == ["fridge"]


@pytest.mark.parametrize("sketch", Sketch)
def test_letters_of_a_printed_drawing_can_be_read(sketch: Sketch) -> None:
    """At the width that paper gives a drawing, its smallest letters have 7 pt or more."""
    width = re.search(
        r"@media print\{.*\.ax-drawing img\{width:(\d+)mm\}", guide_html.style(), re.S
    )
    assert width is not None
    points = int(width[1]) / 25.4 * 72
    units = [float(n) for n in re.findall(r'font-size="([\d.]+)"', line_drawings.source(sketch))]
    scale = points / line_drawings.size(sketch)[0]
    assert min(units, default=99.0) * scale >= 7
