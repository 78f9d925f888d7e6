"""What the bank as a whole owes: questions on each medicine, and readers who did not write them."""

from datetime import date

from explorer.content.context import Context
from explorer.content.rules.questions.bank import each_medicine_is_asked_about
from explorer.content.rules.questions.report import bank_report, readers_of
from explorer.domain.questions import Bank, Question
from tests.shipped import shipped

DAY = date(2026, 11, 28)


def read_by(*names: str) -> Question:
    """Return a shipped question with other readers."""
    reads = tuple({"on": DAY, "by": name, "human": False} for name in names)
    return shipped().catalogue.bank.questions[0].evolve(reads=reads)


def without(medicine: str) -> Bank:
    """Return the shipped bank without the questions that rest on a medicine."""
    bank = shipped().catalogue.bank
    topics = (
        topic.evolve(
            questions=tuple(
                item
                for item in topic.questions
                if not any(place.ref.startswith(f"{medicine}/") for place in item.supported_by)
            )
        )
        for topic in bank.topics
    )
    return bank.evolve(topics=tuple(topics))


def test_each_medicine_has_the_planned_questions_for_patients() -> None:
    """A medicine with fewer questions than planned is named; the shipped ones have them (Q24)."""
    held = Context.model_construct(catalogue=shipped().catalogue)
    assert list(each_medicine_is_asked_about(held)) == []
    fewer = Context.model_construct(
        catalogue=shipped().catalogue.evolve(bank=without("colchicine"))
    )
    (found,) = each_medicine_is_asked_about(fewer)
    least = shipped().catalogue.blueprint.for_each_medicine
    assert least >= 4
    assert found.file == "medicines/colchicine.toml"
    assert f"questions for patients on it: 0, blueprint.toml plans {least}" in found.reason


def test_neither_the_writer_nor_a_reader_of_older_words_counts_as_a_reader() -> None:
    """Only who read a question as it is now, and did not write it, is counted."""
    question = read_by(
        "automated reader, against the texts",
        "automated second reader; changed after it",
        "its automated writer, in a second pass against the texts",
    )
    assert readers_of(question) == {"automated reader, against the texts"}


def test_bank_is_counted_by_its_readers() -> None:
    """The numbers of questions with two readers or more, with one and with none are the bank."""
    report = bank_report(shipped().catalogue.bank)
    assert [who for who, _ in report.by_readers] == ["two or more", "one", "none"]
    assert sum(count for _, count in report.by_readers) == report.items
