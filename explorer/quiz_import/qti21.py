"""A question of QTI 2.1: one item with one interaction."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from explorer.quiz_import.found import (
    FoundKind,
    FoundQuestion,
    Untaken,
    asked,
    choice,
    joined,
    keyed,
    number,
    plain,
    shown,
)
from explorer.quiz_import.html_text import of_node

_INTERACTION: Final = "Interaction"
_FEEDBACK: Final = frozenset({"feedbackInline", "feedbackBlock"})
_PARTS: Final = frozenset({"rubricBlock", "prompt", *_FEEDBACK})


def read(place: str, item: Element) -> FoundQuestion:
    """Return the question of an item.

    Args:
        place: where it stands.
        item: the element ``assessmentItem``.

    Raises:
        Untaken: it is of another kind, or holds what is not read.
    """
    name = plain(item.get("title") or item.get("identifier") or "")
    body = item.find("itemBody")
    if body is None:
        raise Untaken("it has no itemBody")
    asks = [node for node in body.iter() if node.tag.endswith(_INTERACTION)]
    if len(asks) != 1:
        raise Untaken(f"it asks {len(asks)} things at once; one is read")
    ask = asks[0]
    answer = ask.get("responseIdentifier", "")
    declared = _one(item.findall("responseDeclaration"), answer)
    stem = _stem(body, ask)
    if ask.tag == "choiceInteraction":
        return _choice(place, name, stem, item, ask, declared)
    if ask.tag == "extendedTextInteraction":
        return FoundQuestion(
            place, name, FoundKind.TEXT, asked(stem), reason=joined(_feedback(item).values())
        )
    if ask.tag == "textEntryInteraction" and declared.get("baseType") in ("float", "integer"):
        return _number(place, name, asked(stem), item, declared)
    raise Untaken(
        f"it asks by {shown(ask.tag)}; own questions have options, a number or free words"
    )


def _one(found: Iterable[Element], name: str) -> Element:
    fitting = [node for node in found if node.get("identifier") == name]
    if len(fitting) != 1:
        raise Untaken(f"there is no one responseDeclaration '{shown(name)}'")
    return fitting[0]


def _stem(body: Element, ask: Element) -> str:
    said = of_node(body, lambda tag: tag.endswith(_INTERACTION) or tag in _PARTS)
    prompt = ask.find("prompt")
    return joined((said, "" if prompt is None else of_node(prompt)))


def _feedback(item: Element) -> dict[str, str]:
    """Return what is shown after an answer, by the identifier that shows it."""
    shown_after: dict[str, str] = {}
    for node in item.findall("modalFeedback"):
        name = node.get("identifier", "")
        shown_after[name] = joined((shown_after.get(name, ""), of_node(node)))
    return shown_after


def _values(declared: Element) -> list[str]:
    return [(node.text or "").strip() for node in declared.findall("correctResponse/value")]


def _choice(
    place: str, name: str, stem: str, item: Element, ask: Element, declared: Element
) -> FoundQuestion:
    several = declared.get("cardinality") == "multiple" and ask.get("maxChoices") != "1"
    weights = {
        node.get("mapKey", ""): number(node.get("mappedValue", "0"))
        for node in declared.findall("mapping/mapEntry")
    }
    right = set(_values(declared)) or {key for key, worth in weights.items() if worth > 0}
    notes = []
    if len({worth for worth in weights.values() if worth > 0}) > 1:
        notes.append("the right options have different weights; here each counts the same")
    feedback = _feedback(item)
    found: list[tuple[str, str, str]] = []
    for node in ask.findall("simpleChoice"):
        key = node.get("identifier", "")
        inline = [of_node(part) for part in node.iter() if part.tag in _FEEDBACK]
        why = joined((feedback.pop(key, ""), *inline))
        found.append((key, of_node(node, lambda tag: tag in _FEEDBACK), why))
    options = keyed(found, right)
    general = joined(feedback.values())
    return choice(place, name, stem, options, several=several, reason=general, notes=notes)


def _number(place: str, name: str, stem: str, item: Element, declared: Element) -> FoundQuestion:
    values = _values(declared)
    if len(values) != 1:
        raise Untaken(f"{len(values)} numbers are right; one with its tolerance is read")
    off = Decimal(0)
    for node in item.iter("equal"):
        mode = node.get("toleranceMode", "exact")
        sides = [number(side) for side in node.get("tolerance", "0").split()]
        if mode not in ("exact", "absolute") or len(set(sides)) > 1:
            raise Untaken("its tolerance is relative, or not the same on both sides")
        off = max(off, *sides) if mode == "absolute" else off
    if off < 0:
        raise Untaken("the tolerance is below zero")
    reason = joined(_feedback(item).values())
    value = number(values[0])
    return FoundQuestion(
        place, name, FoundKind.NUMBER, stem, value=value, tolerance=off, reason=reason
    )
