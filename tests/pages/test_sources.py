"""The pages of sources and of words under AppTest."""

from explorer.content.load import Content
from tests.pages.drawn import html, opened


def test_every_source_is_listed(content: Content) -> None:
    """Each source has its place, and links that leave the site say so."""
    drawn = html(opened("sources"))
    for source in content.catalogue.sources:
        assert f'id="source-{source.id}"' in drawn
    assert drawn.count("(leaves this site)") == len(content.catalogue.sources)
    assert drawn.count('target="_blank"') == len(content.catalogue.sources)


def test_a_filter_says_how_many_are_left(content: Content) -> None:
    """Choosing a kind shows only that kind and announces the number."""
    app = opened("sources")
    app.selectbox(key="sources.kind").set_value("guideline").run()
    drawn = html(app)
    count = sum(source.kind == "guideline" for source in content.catalogue.sources)
    assert f"Sources shown: {count} of {len(content.catalogue.sources)}." in drawn
    assert drawn.count('id="source-') == count


def test_every_word_is_explained(content: Content) -> None:
    """Each term of the glossary and each medicine's name stands on the page, once."""
    drawn = html(opened("glossary"))
    for term in content.catalogue.glossary:
        assert drawn.count(f'id="word-{term.id}"') == 1
    for medicine in content.catalogue.published:
        assert f'id="name-{medicine.id}"' in drawn
        assert medicine.say in drawn
