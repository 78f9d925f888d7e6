"""What a reader entered, made to fit again: the nearest valid visit, and no typed text lost.

A kept visit may not fit any more: another version of the site wrote it, or two boxes changed at
once. Each part is taken as far as it fits. A typed text that finds no place is handed back as a
spare text, for the page to show.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from pydantic import TypeAdapter

from explorer.domain.base import Frozen, Slug
from explorer.domain.catalogue import Move
from explorer.domain.compare_url import Choice
from explorer.domain.letters import STAND_IN
from explorer.domain.visit import (
    LONG,
    MOST_CONCERNS,
    SHORT,
    OwnPoint,
    Picked,
    Sure,
    Ticked,
    Visit,
    Weight,
)

_SLUG: Final[TypeAdapter[str]] = TypeAdapter(Slug)

_Word = TypeVar("_Word", bound=StrEnum)
_Item = TypeVar("_Item")


class Kept(Frozen):
    """What the browser's tab holds of a visit; ``spare`` are typed texts without a place."""

    choice: Choice = Choice()
    visit: Visit = Visit()
    spare: tuple[str, ...] = ()


class Repaired(Frozen):
    """A visit that fits, the typed texts that found no place in it, and whether it changed."""

    visit: Visit
    spare: tuple[str, ...] = ()
    changed: bool = False


def surplus(
    picked: Sequence[Picked], *, own: int, held: Collection[str] = ()
) -> tuple[Picked, ...]:
    """Choose the concerns that go where more were picked than are allowed.

    Args:
        picked: the concerns, in the order of the page.
        own: how many own points were typed; they count, and they never go.
        held: ids of the concerns that were picked before the last change.

    Returns:
        What goes, in the order of the page: first what is new, then what has no typed reason, of
        equals the last ones.
    """
    most = max(0, MOST_CONCERNS - own)
    places = range(len(picked))
    first_to_stay = sorted(
        places,
        key=lambda at: (picked[at].concern not in held, not picked[at].why.strip(), at),
    )
    gone = set(first_to_stay[most:])
    return tuple(picked[at] for at in places if at in gone)


def repair(text: str) -> Repaired:
    """Read a visit that was kept as JSON text, and make it fit.

    Args:
        text: any text.

    Returns:
        The visit as it is, where it validates; else the nearest one, with the spare texts.
    """
    try:
        return Repaired(visit=Visit.model_validate_json(text))
    except ValueError:
        return _repaired(_parsed(text))


def repair_kept(text: str) -> tuple[Kept, bool]:
    """Read what the browser's tab held, and make it fit.

    Args:
        text: any text.

    Returns:
        Choice, visit and spare texts, and whether any of it had to change.
    """
    raw = _mapping(_parsed(text))
    found = repair(_as_text(raw.get("visit", {})))
    is_whole = not found.changed
    try:
        choice = Choice.model_validate_json(_as_text(_named_anew(raw.get("choice", {}))))
    except ValueError:
        choice, is_whole = Choice(), False
    # What is taken now was told later than the options once, and stood with the rest.
    told = tuple(_slugs(_mapping(raw.get("visit")).get("now")))
    if told and choice.condition is not None and not choice.now:
        choice = choice.evolve(now=told)
    spare = tuple(dict.fromkeys((*_texts(raw.get("spare")), *found.spare)))
    return Kept(choice=choice, visit=found.visit, spare=spare), not is_whole


def _named_anew(raw: object) -> object:
    """Name the person of a choice that an older tab held: it told an age alone."""
    held = _mapping(raw)
    if "age" not in held or "who" in held:
        return raw
    return {("who" if name == "age" else name): value for name, value in held.items()}


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _as_text(raw: object) -> str:
    try:
        return json.dumps(raw)
    except RecursionError:
        return ""


def _repaired(raw: object) -> Repaired:
    held = _mapping(raw)
    spare: list[str] = []
    own = tuple(_own_points(held, spare))
    spare += [item.text for item in own[MOST_CONCERNS:]]
    own = own[:MOST_CONCERNS]
    picked = _once(_picked(held.get("picked"), spare), lambda item: item.concern, spare)
    gone = surplus(picked, own=len(own))
    spare += [item.why for item in gone]
    visit = Visit(
        move=_word(Move, held.get("move")),
        picked=tuple(item for item in picked if item not in gone),
        own_points=own,
        ticked=tuple(_once(_ticked(held.get("ticked"), spare), lambda item: item.prompt, spare)),
        own_questions=_short(held.get("own_questions"), LONG, spare),
        notes=_short(held.get("notes"), LONG, spare),
        sure=tuple(_sure(held.get("sure"))),
    )
    left = tuple(dict.fromkeys(text for text in spare if text.strip()))
    return Repaired(visit=visit, spare=left, changed=True)


def _own_points(held: Mapping[str, object], spare: list[str]) -> Iterator[OwnPoint]:
    """Yield the points in own words; an older visit held one, under another name."""
    for item in map(_mapping, _items(held.get("own_points"))):
        text = _short(item.get("text"), SHORT, spare)
        if text.strip():
            yield OwnPoint(text=text, weight=_word(Weight, item.get("weight")) or Weight.SOME)
    if _items(held.get("own_points")) == [] and held.get("own_points") is not None:
        spare += _texts(held.get("own_points"))
    older = _short(held.get("own"), SHORT, spare)
    if older.strip():
        yield OwnPoint(text=older, weight=_word(Weight, held.get("own_weight")) or Weight.SOME)


def _picked(raw: object, spare: list[str]) -> Iterator[Picked]:
    for item in map(_mapping, _items(raw)):
        why = _short(item.get("why"), SHORT, spare)
        concern = item.get("concern")
        if isinstance(concern, str) and _is_slug(concern):
            weight = _word(Weight, item.get("weight")) or Weight.SOME
            yield Picked(concern=concern, weight=weight, why=why)
        else:
            spare.append(why)


def _ticked(raw: object, spare: list[str]) -> Iterator[Ticked]:
    for item in map(_mapping, _items(raw)):
        text = _short(item.get("text"), SHORT, spare)
        prompt = item.get("prompt")
        if isinstance(prompt, str) and _is_slug(prompt):
            yield Ticked(prompt=prompt, text=text)
        else:
            spare.append(text)


def _sure(raw: object) -> Iterator[tuple[Sure, bool]]:
    found: dict[Sure, bool] = {}
    for item in _items(raw):
        pair = _items(item)
        if len(pair) == 2 and isinstance(pair[1], bool):
            named = _word(Sure, pair[0])
            if named is not None:
                found.setdefault(named, pair[1])
    return iter(found.items())


def _once(
    items: Iterable[_Item], name: Callable[[_Item], str], spare: list[str]
) -> tuple[_Item, ...]:
    """Keep the first of each name; the typed texts of the others are spare."""
    found: dict[str, _Item] = {}
    for item in items:
        if found.setdefault(name(item), item) is not item:
            spare += [item.why] if isinstance(item, Picked) else []
            spare += [item.text] if isinstance(item, Ticked) else []
    return tuple(found.values())


def _short(raw: object, most: int, spare: list[str]) -> str:
    """Return a typed text that fits; a longer one is cut here and spare as a whole."""
    texts = list(_texts(raw))
    text = texts[0] if len(texts) == 1 and isinstance(raw, str) else ""
    if not isinstance(raw, str):
        spare += texts
    if len(text) > most:
        spare.append(text)
    return text[:most]


def _texts(raw: object, depth: int = 100) -> Iterator[str]:
    """Yield each text in a value, with a stand-in for halves of characters."""
    if depth == 0:
        return
    if isinstance(raw, str):
        if raw.strip():
            yield "".join(STAND_IN if "\ud800" <= part <= "\udfff" else part for part in raw)
    elif isinstance(raw, Mapping):
        for item in raw.values():
            yield from _texts(item, depth - 1)
    elif isinstance(raw, list):
        for item in raw:
            yield from _texts(item, depth - 1)


def _items(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []


def _mapping(raw: object) -> Mapping[str, object]:
    return raw if isinstance(raw, dict) else {}


def _slugs(raw: object) -> Iterable[str]:
    return dict.fromkeys(item for item in _items(raw) if isinstance(item, str) and _is_slug(item))


def _is_slug(raw: str) -> bool:
    try:
        _SLUG.validate_python(raw)
    except ValueError:
        return False
    return True


def _word(words: type[_Word], raw: object) -> _Word | None:
    return next((word for word in words if word == raw), None)
