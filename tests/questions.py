"""A small bank of questions, made in code."""

from datetime import date
from typing import Any

from explorer.domain.questions import (
    Audience,
    Bank,
    CognitiveLevel,
    Concept,
    Question,
    QuestionKind,
    Topic,
)

DUE = date(2027, 11, 23)


def option(option_id: str, **more: Any) -> dict[str, Any]:
    """Give an option's fields."""
    return {"id": option_id, "text": f"Text {option_id}.", "rationale": f"Why {option_id}."} | more


def question(question_id: str, kind: QuestionKind = QuestionKind.SINGLE, **more: Any) -> Question:
    """Make a question of a kind, with sensible parts."""
    parts: dict[QuestionKind, dict[str, Any]] = {
        QuestionKind.SINGLE: {"options": [option("a", key=True), option("b"), option("c")]},
        QuestionKind.TRUE_FALSE: {"options": [option("true", key=True), option("false")]},
        QuestionKind.SEVERAL: {
            "options": [option("a", key=True), option("b", key=True), option("c"), option("d")]
        },
        QuestionKind.ORDER: {"options": [option("a"), option("b"), option("c")]},
        QuestionKind.SORT: {
            "groups": [{"id": "now", "label": "Now"}, {"id": "later", "label": "Later"}],
            "options": [
                option("a", group="now"),
                option("b", group="later"),
                option("c", group="now"),
            ],
        },
        QuestionKind.NUMBER: {
            "number": {"value": 100, "unit": "mg", "tolerance": 0, "rationale": "r", "action": "a"}
        },
    }
    fields: dict[str, Any] = {
        "id": question_id,
        "version": 1,
        "kind": kind.value,
        "audience": Audience.BOTH.value,
        "level": CognitiveLevel.APPLY.value,
        "stem": f"What about {question_id}?",
        "supported_by": [{"ref": "alpha/route", "hash": "00000000"}],
        "due": DUE,
    }
    return Question.model_validate(fields | parts[kind] | more)


def bank(concepts: int = 10, plain: int = 24) -> Bank:
    """Make a bank: concepts with two parallel questions each, and plain ones in four topics.

    The last two concepts and a quarter of the plain questions are for nurses only.
    """
    critical: list[Question] = []
    for number in range(1, concepts + 1):
        audience = Audience.NURSE if number > concepts - 2 else Audience.BOTH
        for twin in ("x", "y"):
            critical.append(
                question(
                    f"c{number}-{twin}",
                    concept=f"concept-{number}",
                    critical=True,
                    audience=audience.value,
                )
            )
    others = [
        question(
            f"q{number}", audience=(Audience.NURSE if number % 4 == 0 else Audience.BOTH).value
        )
        for number in range(plain)
    ]
    topics = [Topic(id="critical", order=0, title="Critical", questions=tuple(critical))]
    topics += [
        Topic(
            id=f"topic-{place}",
            order=place + 1,
            title=f"Topic {place}",
            questions=tuple(others[place::4]),
        )
        for place in range(4)
    ]
    return Bank(
        topics=tuple(topics),
        concepts=tuple(
            Concept(
                id=f"concept-{number}",
                label=f"Concept {number}",
                audience=Audience.NURSE if number > concepts - 2 else Audience.BOTH,
                card=f"Do {number}.",
            )
            for number in range(1, concepts + 1)
        ),
    )
