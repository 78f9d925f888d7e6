"""A report of an error carries the id of the fact."""

from explorer.content.load import Content
from explorer.domain.catalogue import Catalogue
from explorer.domain.comparison import compare
from explorer.domain.profile import profile
from explorer.export import comparison_html, medicine_html


def with_address(catalogue: Catalogue, address: str) -> Catalogue:
    """Set the address for reports."""
    contacts = tuple(item.evolve(report_address=address) for item in catalogue.contacts)
    return catalogue.evolve(contacts=contacts)


def test_an_email_names_the_fact(content: Content) -> None:
    """On the comparison, each opened cell has a link whose subject is its id."""
    catalogue = with_address(content.catalogue, "errors@clinic.example")
    html = comparison_html.pieces(compare(catalogue, "ra", ["anakinra"]), catalogue)["table"]
    assert 'href="mailto:errors@clinic.example?subject=Error%20in%20anakinra/how-often"' in html


def test_a_form_gets_the_fact(content: Content) -> None:
    """On a medicine's page a form receives the id, with condition and age where they differ."""
    catalogue = with_address(content.catalogue, "https://clinic.example/new?title={id}")
    html = medicine_html.pieces(profile(catalogue, "canakinumab"), catalogue)["cells"]
    assert 'href="https://clinic.example/new?title=canakinumab%2Fhow-often%2Fcaps"' in html


def test_without_an_address_there_is_no_link(content: Content) -> None:
    """Nothing is shown that leads nowhere."""
    catalogue = with_address(content.catalogue, "")
    html = comparison_html.pieces(compare(catalogue, "ra", ["anakinra"]), catalogue)["table"]
    assert "Report an error" not in html
