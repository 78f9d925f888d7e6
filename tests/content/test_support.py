"""What settles a question, and the document behind it."""

from explorer.content.load import Content
from explorer.content.support import supporting_source, supporting_text


def test_a_guide_line_names_its_document_and_place(content: Content) -> None:
    """The first document that a guide line cites, with the section in it."""
    ref = "guide/injecting/inject-training"
    assert str(supporting_text(content.catalogue, ref)).startswith("You or a helper may give")
    assert supporting_source(content.catalogue, ref) == (
        "Kineret package leaflet (European Union): 3 Injecting Kineret yourself"
    )


def test_common_practice_names_no_document(content: Content) -> None:
    """A line that rests on practice has no document, and none is made up."""
    assert supporting_source(content.catalogue, "guide/injecting/inject-show-nurse") == ""
    assert supporting_source(content.catalogue, "guide/injecting/none") == ""


def test_every_question_has_a_document_behind_it(content: Content) -> None:
    """At the reveal of each question at least one document is named."""
    catalogue = content.catalogue
    without = [
        question.id
        for question in catalogue.bank.questions
        if not any(supporting_source(catalogue, item.ref) for item in question.supported_by[:2])
    ]
    assert without == []
