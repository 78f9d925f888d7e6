"""Rules about sentences for parents: they say the same, to another reader, and none is missing."""

import re
from collections.abc import Iterator
from typing import Final

from explorer.content.context import Context, error
from explorer.content.findings import Finding
from explorer.content.rule import rule
from explorer.domain.cells import Cell
from explorer.domain.condition import NoNewMedicine
from explorer.domain.medicine import RedFlag, WorstMistake
from explorer.domain.parents import sentences_of
from explorer.domain.who import Who

FILE: Final = "parents.toml"

_PATIENT: Final = re.compile(
    r"\byou (?:also )?(?:feel|faint|took|take|had|are|see|think|cough|drink|breastfeed|get)\b"
    r"|\byour (?:own )?(?:eyes|skin|sight|bouts?|usual bouts|bowel|stool|illness|kidneys|liver"
    r"|blood|mood|body|immune|Still's|medicine's|life|TB)\b"
    r"|\btake no (?:more|further)\b|\bnew to you\b|\byou have (?:no fever|signs|an infection)\b",
    re.IGNORECASE,
)
"""Words that speak of the reader as the one who is ill."""

_FIGURE: Final = re.compile(r"\d[\d.,]*")


@rule("parent-missing")
def safety_is_worded_for_parents(context: Context) -> Iterator[Finding]:
    """A sign or careful line that a parent reads, and that speaks to the patient, has their words.

    Careful lines are those that could hurt most; of these the text in the table counts.
    """
    catalogue = context.catalogue
    if not catalogue.parents:
        return
    voice = catalogue.parent_voice
    careful = {
        row.id
        for row in catalogue.rows
        if row.careful and (row.fits(Who.CHILD) or row.fits(Who.CHILD_TEEN))
    }
    read: list[tuple[str, str, tuple[str, ...]]] = [
        (item.file, f"red_flags.{flag.id}", (flag.sign, flag.action))
        for item, flag in context.each(RedFlag)
        if flag.fits(Who.CHILD) or flag.fits(Who.CHILD_TEEN)
    ]
    read += [
        (file, f"{key}.text", (cell.text,))
        for file, key, row, cell in context.cells
        if row in careful
    ]
    told: set[str] = set()
    for file, key, texts in read:
        for sentence in sentences_of(texts):
            if sentence in told or not _PATIENT.search(sentence) or voice.entry_of(sentence):
                continue
            told.add(sentence)
            reason = (
                f"a parent reads {sentence!r}, which speaks of the reader: add it to {FILE} with "
                "the same sentence about the child"
            )
            yield error("parent-missing", file, key, reason)


@rule("parent-sentence", "parent-same", "parent-voice")
def sentences_for_parents_say_the_same(context: Context) -> Iterator[Finding]:
    """A sentence for parents belongs to one that stands there, and changes only who is meant."""
    catalogue = context.catalogue
    if not catalogue.parents:
        return
    standing = _standing(context)
    table = catalogue.signs
    for place, entry in enumerate(catalogue.parents):
        key = f"sentences.{place}"
        said, parent = entry.said, entry.parent
        if said not in standing:
            reason = f"no text says {said!r} any more: write what it says now, or take this out"
            yield error("parent-sentence", FILE, key, reason)
        figures = sorted(_FIGURE.findall(said)), sorted(_FIGURE.findall(parent))
        calls = table.told.urgency(said), table.told.urgency(parent)
        doses = table.told.action(said), table.told.action(parent)
        signs = [[sign.id for sign in table.told_in(text)] for text in (said, parent)]
        for what, (first, second) in (
            ("the figures", figures),
            ("how fast to act", calls),
            ("what happens to the medicine", doses),
            ("the signs", signs),
        ):
            if first != second:
                reason = (
                    f"{what} differ: {first} in {said!r}, and {second} in {parent!r}; say the "
                    "same of the child"
                )
                yield error("parent-same", FILE, key, reason)
        if found := _PATIENT.search(parent):
            reason = f"{found[0]!r} still speaks of the reader: say it of the child"
            yield error("parent-voice", FILE, key, reason)


def _standing(context: Context) -> frozenset[str]:
    """Return the entries that a sentence of a sign, mistake or cell leads to."""
    voice = context.catalogue.parent_voice
    texts = [text for _, flag in context.each(RedFlag) for text in (flag.sign, flag.action)]
    texts += [mistake.text for _, mistake in context.each(WorstMistake)]
    texts += [option.summary for _, option in context.each(NoNewMedicine)]
    for _, cell in context.each(Cell):
        texts += [cell.text, cell.detail, cell.note]
    emergency = context.catalogue.contact().emergency_words
    texts += [
        text
        for option in ("stay", "no-new-medicine")
        for text in (
            context.catalogue.words(f"option.{option}.flags", emergency=emergency),
            context.catalogue.words(f"option.{option}.not-applicable"),
        )
    ]
    return frozenset(filter(None, map(voice.entry_of, set(sentences_of(texts)))))
