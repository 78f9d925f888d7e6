"""One group of people as a picture: a grid of figures, filled from the bottom up, as SVG."""

from urllib.parse import quote

from explorer.domain.numbers import TrialArm

_PITCH = 12
_WIDE = 500


def svg(group: TrialArm) -> str:
    """Draw a group, one figure a person.

    Filled figures are those it happened to; they are grouped from the bottom up, in rows. Filled
    and outlined differ in shape and not in colour alone, so that black and white print is enough.

    Args:
        group: how many of how many.

    Returns:
        The SVG as text; the same for the same group.
    """
    columns = 40 if group.of > _WIDE else 10
    rows = -(-group.of // columns)
    filled = _dots(0, group.count, columns, rows)
    outlined = _dots(group.count, group.of, columns, rows)
    wide, high = columns * _PITCH, rows * _PITCH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" fill="none" stroke-linecap="round" '
        f'stroke-dasharray="0 {_PITCH}">'
        f'<path id="on" d="{filled}" stroke="#0b5cad" stroke-width="10"/>'
        f'<defs><path id="off" d="{outlined}"/></defs>'
        '<use href="#off" stroke="#555" stroke-width="8"/>'
        '<use href="#off" stroke="#fff" stroke-width="6"/></svg>'
    )


def _dots(first: int, end: int, columns: int, rows: int) -> str:
    """Return the path of the figures from one to another: a dotted line for each row.

    A dot for itself would be seven characters, and a page holds thousands.
    """
    lines = []
    while first < end:
        row, column = divmod(first, columns)
        count = min(end - first, columns - column)
        x, y = (_PITCH * place + _PITCH // 2 for place in (column, rows - 1 - row))
        # One unit longer than to the last dot, so that no rounding leaves it out.
        lines.append(f"M{x} {y}h{_PITCH * (count - 1) + 1}")
        first += count
    return "".join(lines)


def data_address(group: TrialArm) -> str:
    """Return the picture as a ``data:`` address for an ``img``."""
    return "data:image/svg+xml," + quote(svg(group), safe="/:=' ,")
