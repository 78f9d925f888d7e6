"""Long texts on the screen: one study a paragraph, and no word changed."""

from explorer.domain.comparison import compare
from explorer.domain.who import Who
from explorer.export import comparison_screen
from explorer.export.document import DocumentPassage
from explorer.export.paragraphs import in_paragraphs, paragraphs
from tests.shipped import shipped


def test_another_study_begins_a_paragraph() -> None:
    """A review behind a trial has one of its own; what is said of the same study stays with it."""
    text = "It was 9 of 30. The study had 3 groups. A review of 106 RA studies found 6 of 1000."
    assert paragraphs(text, shipped().catalogue.words) == (
        "It was 9 of 30. The study had 3 groups.",
        "A review of 106 RA studies found 6 of 1000.",
    )


def test_no_word_of_any_text_is_changed() -> None:
    """The paragraphs of each detail of each cell, joined by blanks, are the detail."""
    catalogue = shipped().catalogue
    details = [
        cell.detail
        for medicine in catalogue.published
        for cells in medicine.cells
        for cell in (cells.default, *cells.variants)
    ]
    assert len(details) > 500
    for detail in details:
        assert " ".join(paragraphs(detail, catalogue.words)) == detail


def test_what_a_plan_keeps_begins_a_paragraph() -> None:
    """In the row that opens, the words of each medicine of a plan stand apart."""
    catalogue = shipped().catalogue
    plan = compare(catalogue, "ra", ["stay", "add-anakinra"], who=Who.ADULT, now=["methotrexate"])
    glance = comparison_screen.pieces(plan, catalogue)["glance"]
    assert glance.count("<p>Methotrexate, which you keep:") > 5


def test_a_lead_stays_first_and_sources_stay_last() -> None:
    """A number of a source stands behind the whole text and not behind its first part."""
    whole = DocumentPassage(
        text="It was so. A review of trials agrees.", lead="A:", references=(7,)
    )
    first, last = in_paragraphs([whole], shipped().catalogue.words)
    assert (first.lead, first.references) == ("A:", ())
    assert (last.lead, last.references) == ("", (7,))


def test_how_sure_we_are_stays_in_one_paragraph() -> None:
    """The level and its reason are read together, though the reason names a trial."""
    comparison = compare(catalogue := shipped().catalogue, "ra", ["adalimumab", "methotrexate"])
    glance = comparison_screen.pieces(comparison, catalogue)["glance"]
    assert '<p class="gl-note">How sure: not graded. One' in glance
