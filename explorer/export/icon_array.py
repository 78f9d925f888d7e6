"""One group of people as a picture: a grid of figures, filled from the bottom up, as SVG."""

from collections.abc import Iterator
from urllib.parse import quote

from explorer.domain.numbers import TrialArm

_PITCH = 12
_WIDE = 500
_BLOCK = 100
"""People of a block: in a carpet of a thousand dots nobody finds a hundred."""
_BLOCK_COLUMNS = 20
_BLOCK_ROWS = _BLOCK // _BLOCK_COLUMNS
_GAP = 8


def svg(group: TrialArm) -> str:
    """Draw a group, one figure a person; a large group in blocks of a hundred, two side by side.

    Filled figures are those it happened to; they are grouped from the bottom up, in rows. Filled
    and outlined differ in shape and size and not in colour alone, so that black and white print is
    enough. An outline is light, so that the filled ones are seen first.

    Args:
        group: how many of how many.

    Returns:
        The SVG as text; the same for the same group.
    """
    if group.of > _WIDE:
        floors = -(-group.of // (2 * _BLOCK))
        wide = 2 * _BLOCK_COLUMNS * _PITCH + _GAP
        high = floors * _BLOCK_ROWS * _PITCH + (floors - 1) * _GAP
    else:
        wide, high = 10 * _PITCH, -(-group.of // 10) * _PITCH
    filled = _dots(0, group.count, group.of, high)
    outlined = _dots(group.count, group.of, group.of, high)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" fill="none" stroke-linecap="round" '
        f'stroke-dasharray="0 {_PITCH}">'
        f'<path id="on" d="{filled}" stroke="#0b5cad" stroke-width="11"/>'
        f'<defs><path id="off" d="{outlined}"/></defs>'
        '<use href="#off" stroke="#7c8793" stroke-width="8"/>'
        '<use href="#off" stroke="#fff" stroke-width="5.5"/></svg>'
    )


def _dots(first: int, end: int, people: int, high: int) -> str:
    """Return the path of the figures from one to another: a dotted line for each row.

    A dot for itself would be seven characters, and a page holds thousands.
    """
    lines = []
    for start, columns, x, y in _rows(people):
        count = min(end, start + columns) - max(first, start)
        if count > 0:
            left = x + _PITCH * max(0, first - start) + _PITCH // 2
            # One unit longer than to the last dot, so that no rounding leaves it out.
            lines.append(f"M{left} {high - y - _PITCH // 2}h{_PITCH * (count - 1) + 1}")
    return "".join(lines)


def _rows(people: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield each row: its first person, its length, where it begins, how far from the bottom."""
    if people <= _WIDE:
        yield from ((row * 10, 10, 0, row * _PITCH) for row in range(-(-people // 10)))
        return
    for block in range(-(-people // _BLOCK)):
        floor, side = divmod(block, 2)
        for row in range(_BLOCK_ROWS):
            yield (
                block * _BLOCK + row * _BLOCK_COLUMNS,
                _BLOCK_COLUMNS,
                side * (_BLOCK_COLUMNS * _PITCH + _GAP),
                floor * (_BLOCK_ROWS * _PITCH + _GAP) + row * _PITCH,
            )


def data_address(group: TrialArm) -> str:
    """Return the picture as a ``data:`` address for an ``img``."""
    return "data:image/svg+xml," + quote(svg(group), safe="/:=' ,")
