"""Words explained at their first use on a page."""

import re
from typing import Any

import pytest
from jinja2 import DictLoader

from explorer.content.load import Content
from explorer.domain.catalogue import Term
from explorer.domain.comparison import compare
from explorer.domain.messages import Words
from explorer.export import comparison_pdf, pdf
from explorer.export.environment import environment
from explorer.export.glossary import Explainer, explained, found_in, terms_list

WORDS = Words(
    entries=(("glossary.here", "Words: {terms}"), ("glossary.on-page", "Words on this page"))
)
CAPS = Term(id="caps", term="CAPS", meaning="A rare illness.")
FLARE = Term(id="flare", term="flare", also=("flares",), meaning="A time when it gets worse.")
STILLS = Term(id="stills", term="Still's disease", meaning="A rare illness with <fever>.")


def page(template: str, *glossary: Term, **values: object) -> dict[str, str]:
    """Render a page from a template of its own, with our filters."""
    ours = environment().overlay(loader=DictLoader({"page": template}))

    def render(explainer: Explainer) -> dict[str, str]:
        return {"page": ours.get_template("page").render(values, explainer=explainer)}

    return explained(render, glossary, WORDS)


def visible(html: str) -> str:
    """Take out what is only shown after a press."""
    html = re.sub(r'<details class="ax-words">.*?</details>', "", html)
    return re.sub(r"<[^>]*>", "", html)


def test_only_the_first_use_is_marked() -> None:
    """The first use is marked, the second stays text, and no word is changed."""
    html = page("<p>{{ text | explain }}</p>", FLARE, text="A flare. Two flares.")
    assert html["page"].count('class="ax-term"') == 1
    assert ">flare</i>" in html["page"]
    assert visible(html["page"]) == "A flare. Two flares."
    assert "A time when it gets worse." in html["words"]


def test_the_meaning_stands_after_the_part_that_uses_it() -> None:
    """One fold names the terms since the last one; the mark in the text names the meaning's place."""
    part = "<p>{{ 'CAPS' | explain }} and {{ 'a flare' | explain }}.</p>{{ explainer.due() }}"
    html = page(part + "<p>after</p>{{ explainer.due() }}", CAPS, FLARE)
    sentence, _, after = html["page"].partition("</p>")
    assert re.sub(r"<[^>]*>", "", sentence) == "CAPS and a flare."
    assert 'data-ax-term="explained-caps"' in sentence
    assert after.startswith('<details class="ax-words"><summary>Words: CAPS, flare</summary>')
    assert after.count("<details") == 1
    assert 'id="explained-caps"><dt>CAPS</dt><dd>A rare illness.</dd>' in after
    assert "<details" not in html["words"]


def test_a_meaning_that_no_part_shows_comes_with_the_list() -> None:
    """A template that forgets its fold loses no meaning."""
    html = page("<p>{{ 'CAPS' | explain }}</p>", CAPS)
    assert 'id="explained-caps"' not in html["page"]
    assert 'id="explained-caps"' in html["words"]


@pytest.mark.parametrize("text", ["light-flare", "flared", "unflare"])
def test_parts_of_words_are_left_alone(text: str) -> None:
    """No mark stands in the middle of a word."""
    assert page("{{ text | explain }}", FLARE, text=text) == {"page": text, "words": ""}


def test_what_a_template_does_not_pass_through_the_filter_is_left_alone() -> None:
    """Links, headings and labels are explained nowhere, since their templates do not ask."""
    assert page("<h2>{{ text }}</h2>", FLARE, text="flare")["words"] == ""


def test_what_is_seen_comes_before_what_is_folded() -> None:
    """A use behind "more" is marked only where the page shows no other."""
    folded = "<details>{% call explainer.folded() %}{{ 'flare one' | explain }}{% endcall %}"
    both = page(folded + "</details>{{ 'flare two' | explain }}", FLARE)["page"]
    assert both.startswith("<details>flare one</details><i")
    alone = page(folded + "</details>", FLARE)
    assert "ax-term" in alone["page"]
    assert alone["page"].index("flare</i> one") < alone["page"].index('id="explained-flare"')
    assert "flare" in alone["words"]


def test_a_page_without_an_explainer_shows_plain_text() -> None:
    """The safety line of every page carries no marks, and still escapes."""
    ours = environment().overlay(loader=DictLoader({"page": "{{ 'a <flare>' | explain }}"}))
    assert ours.get_template("page").render() == "a &lt;flare&gt;"


def test_short_forms_are_met_as_they_are_written() -> None:
    """CAPS is a word to explain, caps are not."""
    assert page("{{ 'caps' | explain }}", CAPS)["words"] == ""


def test_apostrophes_and_angle_brackets_stay_text() -> None:
    """A name with an apostrophe is found; meanings and texts are escaped."""
    made = page("{{ text | explain }}", STILLS, text="<b>Still's disease</b>")
    assert "with &lt;fever&gt;." in made["words"]
    assert made["page"].startswith("&lt;b&gt;<i")


def test_print_gets_a_list_in_order() -> None:
    """The list for print holds each term with its meaning, by name."""
    html = terms_list((FLARE, CAPS), WORDS)
    assert html.index("CAPS") < html.index("flare")
    assert terms_list((), WORDS) == ""


def test_every_name_in_the_glossary_can_be_met(content: Content) -> None:
    """Each name of each shipped term is found where it stands alone."""
    for term in content.catalogue.glossary:
        for name in (term.term, *term.also):
            explainer = Explainer((term,), content.catalogue.words, frozenset())
            explainer.explain(f"The {name} is here.")
            assert explainer.explained == {term.id}, name


def test_a_file_lists_the_terms_that_it_uses() -> None:
    """Plain texts give the terms they use, once, by name; apostrophes are met."""
    texts = ("Two flares in Still's disease.", "Another flare.", "caps")
    assert found_in(texts, (STILLS, FLARE, CAPS)) == (FLARE, STILLS)


def test_the_comparison_on_paper_explains_the_words_of_every_part(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A term that stands only beside what is not compared, or in the figures, is explained too."""
    given: dict[str, Any] = {}

    def render(name: str, data: dict[str, Any], **options: object) -> bytes:
        given.update(data)
        return b""

    monkeypatch.setattr(pdf, "render", render)
    made = compare(content.catalogue, "ra", ["anakinra", "adalimumab", "methotrexate"])
    comparison_pdf.write(made, content.catalogue, "v")
    others = found_in([item.text for item in made.not_compared], content.catalogue.glossary)
    assert "JAK inhibitor" in {term.term for term in others}
    assert {term.term for term in others} <= {item["term"] for item in given["words"]}
