"""The matrix of docs/exchange.md: what each format keeps of each field, and who read it.

What is lost is taken from the code's own list, which every writer tells of its file; so the page
cannot promise what the file does not hold. ``python -m tests.built`` writes the page.
"""

from explorer import paths
from explorer.domain.questions import QuestionKind
from explorer.export.quiz_exchange.losses import ExchangeFormat, losses
from tests.exchange import of

PAGE = paths.ROOT / "docs" / "exchange.md"

BEGIN, END = "<!-- matrix: built by tests/exchange_matrix.py -->\n", "<!-- end of the matrix -->\n"

TITLES = {
    ExchangeFormat.MOODLE: "Moodle XML",
    ExchangeFormat.GIFT: "GIFT",
    ExchangeFormat.QTI21: "QTI 2.1",
    ExchangeFormat.QTI12: "QTI 1.2",
    ExchangeFormat.APKG: "Anki .apkg",
    ExchangeFormat.ANKI: "Anki text",
    ExchangeFormat.H5P: "H5P",
    ExchangeFormat.OLX: "OLX",
    ExchangeFormat.SCORM12: "SCORM 1.2",
    ExchangeFormat.SCORM2004: "SCORM 2004",
    ExchangeFormat.CMI5: "cmi5",
    ExchangeFormat.AIKEN: "Aiken",
}

FOREIGN = {
    ExchangeFormat.MOODLE: "Moodle 4.5",
    ExchangeFormat.GIFT: "Moodle 4.5, gift-pegjs",
    ExchangeFormat.QTI21: "onyx2moodle",
    ExchangeFormat.QTI12: "Canvas's first step",
    ExchangeFormat.APKG: "Anki's library",
    ExchangeFormat.ANKI: "Anki's library",
    ExchangeFormat.H5P: "H5P's core",
    ExchangeFormat.OLX: "olxcleaner, form only",
    ExchangeFormat.SCORM12: "Moodle 4.5",
    ExchangeFormat.SCORM2004: "Moodle 4.5",
    ExchangeFormat.CMI5: "mod_cmi5",
    ExchangeFormat.AIKEN: "Moodle 4.5",
}
"""Which program of others reads the file in ``make foreign``."""

FIELDS: dict[str, dict[str, str]] = {
    "question, options, key": {},
    "single choice": {"not-judged": "you judge"},
    "several right": {
        "aiken-kind": "left out",
        "all-or-nothing": "all or nothing",
        "each-choice": "each choice counts",
        "all-right": "all or nothing",
        "not-judged": "you judge",
    },
    "putting in order": {
        "aiken-kind": "left out",
        "h5p-kind": "left out",
        "order-as-places": "as places",
        "order-all-or-nothing": "all or nothing",
        "ordering-type": "type *ordering*",
        "all-right": "all or nothing",
        "not-judged": "you judge",
    },
    "sorting": {
        "aiken-kind": "left out",
        "h5p-kind": "left out",
        "all-right": "all or nothing",
        "not-judged": "you judge",
    },
    "number": {
        "aiken-kind": "left out",
        "h5p-number": "listed numbers",
        "not-judged": "you judge",
    },
    "reason for each option": {"no-reasons": "lost"},
    "reasons of order and sorting": {
        "no-reasons": "lost",
        "aiken-kind": "left out",
        "h5p-kind": "left out",
        "reasons-together": "together",
    },
    "topic": {"no-topic": "lost"},
    "id and version": {"aiken-kind": "lost"},
    "point, audience, level": {"no-topic": "lost", "no-tags": "lost", "no-topic-marks": "lost"},
    "drawing": {"drawing": "lost"},
    "how sure": {"confidence": "lost"},
}
"""Each field, and what a loss of the code means for it, the first that fits."""

KINDS = {
    "several right": QuestionKind.SEVERAL,
    "putting in order": QuestionKind.ORDER,
    "sorting": QuestionKind.SORT,
    "number": QuestionKind.NUMBER,
}


def cell(target: ExchangeFormat, field: str) -> str:
    """Say what a format keeps of a field, by what the code tells of its losses."""
    found = of("torture", target).found
    kind = KINDS.get(field)
    asked = [entry for entry in found if kind is None or entry.question.kind is kind]
    told = {loss.reason for loss in losses(target, asked)}
    return next((said for reason, said in FIELDS[field].items() if reason in told), "kept")


def matrix() -> str:
    """Return the table."""
    lines = [
        "| | " + " | ".join(TITLES.values()) + " |",
        "| --- |" + " --- |" * len(TITLES),
        *(
            f"| {field} | " + " | ".join(cell(target, field) for target in TITLES) + " |"
            for field in FIELDS
        ),
        "| read by a program of others | " + " | ".join(FOREIGN[name] for name in TITLES) + " |",
    ]
    return "\n".join(lines) + "\n"


def page() -> str:
    """Return the page with the table as it is now."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{matrix()}{END}{after}"
