"""Questions of QTI 1.2, as Canvas and others write them."""

from collections.abc import Iterator
from decimal import Decimal
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
from explorer.quiz_import.html_text import of_html


def items(root: Element) -> Iterator[Element]:
    """Yield the items of a file.

    Args:
        root: the element ``questestinterop``.
    """
    yield from root.iter("item")


def read(place: str, item: Element) -> FoundQuestion:
    """Return the question of an item.

    Args:
        place: where it stands.
        item: the element ``item``.

    Raises:
        Untaken: it is of another kind, or holds what is not read.
    """
    name = plain(item.get("title") or item.get("ident") or "")
    asks = [
        node
        for node in item.iter()
        if node.tag.startswith("response_") and node.tag != "response_label"
    ]
    if len(asks) != 1:
        raise Untaken(f"it asks {len(asks)} things at once, such as pairs to match; one is read")
    ask = asks[0]
    stem = _stem(item, ask)
    feedback = _feedback(item)
    if ask.tag == "response_lid":
        return _choice(place, name, stem, item, ask, feedback)
    blank = ask.find("render_fib")
    is_judged = any(node.tag.startswith("var") for node in item.iter())
    if ask.tag == "response_str" and blank is not None and not is_judged:
        said = joined(feedback.values())
        return FoundQuestion(place, name, FoundKind.TEXT, asked(stem), reason=said)
    kinds = {_field(item, "question_type"), "" if blank is None else blank.get("fibtype", "")}
    if kinds & {"numerical_question", "Decimal", "Integer"}:
        return _number(place, name, asked(stem), item, feedback)
    raise Untaken(
        "it asks for a word to type that is then judged; own questions have options, a number or "
        "free words"
    )


def _field(item: Element, label: str) -> str:
    for node in item.iter("qtimetadatafield"):
        if (node.findtext("fieldlabel") or "").strip() == label:
            return (node.findtext("fieldentry") or "").strip()
    return ""


def _material(node: Element) -> str:
    """Return the texts of the materials in an element."""
    said = []
    for material in node.iter("material"):
        for part in material:
            if part.tag == "matbreak":
                continue
            if part.tag != "mattext":
                raise Untaken(f"it holds <{shown(part.tag)}>; only text is read")
            if part.get("uri"):
                raise Untaken("its text lies in another file; nothing is read from there")
            text = "".join(part.itertext())
            html = part.get("texttype", "text/plain").lower() == "text/html"
            said.append(of_html(text) if html else plain(text))
    return joined(said)


def _stem(item: Element, ask: Element) -> str:
    """Return what stands in the presentation outside of the options."""
    presentation = item.find("presentation")
    if presentation is None:
        raise Untaken("it has no presentation")
    parts: list[str] = []

    def walk(node: Element) -> None:
        for inside in node:
            if inside.tag == "material":
                parts.append(_material_of(inside))
            elif not inside.tag.startswith("render_"):
                walk(inside)

    walk(presentation)
    return joined(parts)


def _material_of(material: Element) -> str:
    holder = Element("held")
    holder.append(material)
    return _material(holder)


def _feedback(item: Element) -> dict[str, str]:
    return {
        node.get("ident", ""): _material(node)
        for node in item.findall("itemfeedback")
        if node.find(".//material") is not None
    }


def _conditions(item: Element) -> Iterator[tuple[Element, Element]]:
    for node in item.iter("respcondition"):
        variables = node.find("conditionvar")
        if variables is not None:
            yield node, variables


def _points(condition: Element) -> Decimal:
    """Return what a condition brings; the last value that it sets."""
    points = Decimal(0)
    for node in condition.findall("setvar"):
        points = number(node.text or "0")
    return points


def _chosen(variables: Element) -> set[str]:
    """Return the options that a condition wants chosen."""
    banned = {
        (node.text or "").strip()
        for part in variables.iter("not")
        for node in part.iter("varequal")
    }
    return {(node.text or "").strip() for node in variables.iter("varequal")} - banned


def _choice(
    place: str, name: str, stem: str, item: Element, ask: Element, feedback: dict[str, str]
) -> FoundQuestion:
    several = ask.get("rcardinality", "Single") == "Multiple"
    worth: dict[str, Decimal] = {}
    reasons: dict[str, str] = {}
    for condition, variables in _conditions(item):
        chosen = _chosen(variables)
        points = _points(condition)
        if points > 0:
            if len(chosen) > 1 and not several:
                raise Untaken("its rule of scoring is not read")
            for key in chosen:
                worth[key] = max(points, worth.get(key, Decimal(0)))
        for node in condition.findall("displayfeedback"):
            link = node.get("linkrefid", "")
            if len(chosen) == 1 and link in feedback and points <= 0:
                reasons[next(iter(chosen))] = feedback[link]
    most = max(worth.values(), default=Decimal(0))
    right = {key for key, points in worth.items() if several or points == most}
    notes = ["an option that was partly right counts as wrong here"] if set(worth) - right else []
    labels = ((label.get("ident", ""), label) for label in ask.iter("response_label"))
    options = keyed(((key, _material(label), reasons.get(key, "")) for key, label in labels), right)
    used = set(reasons.values())
    general = joined(text for text in feedback.values() if text not in used)
    return choice(place, name, stem, options, several=several, reason=general, notes=notes)


def _number(
    place: str, name: str, stem: str, item: Element, feedback: dict[str, str]
) -> FoundQuestion:
    scored = [variables for condition, variables in _conditions(item) if _points(condition) > 0]
    if len(scored) != 1:
        raise Untaken(f"{len(scored)} numbers are right; one with its tolerance is read")
    exact, least, most = (
        [number(node.text or "") for node in scored[0].iter(tag)]
        for tag in ("varequal", "vargte", "varlte")
    )
    if max(len(exact), len(least), len(most)) > 1 or len(least) != len(most):
        raise Untaken("its range of right numbers is not read")
    if least:
        value = exact[0] if exact else (least[0] + most[0]) / 2
        off = most[0] - value
        if off < 0 or value - least[0] != off:
            raise Untaken("its tolerance is not the same on both sides")
    elif exact:
        value, off = exact[0], Decimal(0)
    else:
        raise Untaken("no number is marked as right")
    said = joined(feedback.values())
    return FoundQuestion(
        place, name, FoundKind.NUMBER, stem, value=value, tolerance=off, reason=said
    )
