"""The wording rules of the bank as advice for an educator's own question."""

from pathlib import Path

from explorer.content.own_wording import advice
from explorer.domain.own_questions import OwnDraft, OwnDraftOption, finished
from tests.builders import small_catalogue


def _draft(stem: str, *texts: str) -> OwnDraft:
    return OwnDraft(
        stem=stem,
        options=tuple(OwnDraftOption(text=text, key=not place) for place, text in enumerate(texts)),
    )


def test_advice_names_the_field_and_the_words(tmp_path: Path) -> None:
    """A negative stem, a banned word and an option that speaks of the others are found."""
    catalogue = small_catalogue(tmp_path)
    asked = _draft("Which of these should you not do today?", "Rest at home.", "All of the above")
    banned = catalogue.banned[0].word
    found = advice(finished(asked.evolve(reason=f"It is {banned} here.")), catalogue)
    rules = {(item.field, item.rule) for item in found}
    assert ("options.1", "q04-names-options") in rules
    assert any(field == "stem" and rule == "q05-negative" for field, rule in rules)
    assert any(rule == "banned-word" for _, rule in rules)


def test_a_plain_question_gets_no_advice(tmp_path: Path) -> None:
    """A short positive question with options alike is left alone."""
    asked = _draft("Where do you keep your medicine at home?", "In the fridge.", "On the shelf.")
    assert advice(finished(asked), small_catalogue(tmp_path)) == ()
