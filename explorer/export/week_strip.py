"""Eight weeks as a picture: a box a week, a mark a time, the same scale for every medicine."""

from urllib.parse import quote

from explorer.domain.week import WEEKS, Strip, StripKind

_BOX = 40
_GAP = 4
_PITCH = 9
_ROW = 4
_RADIUS = 3.5


def svg(strip: Strip, kind: StripKind) -> str:
    """Draw a strip.

    The three kinds differ in shape, and what is sure is filled while what may come is outlined,
    so that black and white print is enough.

    Args:
        strip: what comes in each week.
        kind: what is counted.

    Returns:
        The SVG as text; the same for the same strip and kind.
    """
    wide = WEEKS * _BOX + (WEEKS - 1) * _GAP + 2
    high = _BOX + 16
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="-1 -1 {wide} {high}" font-family="sans-serif" font-size="11" '
        'text-anchor="middle">'
    )
    parts = [head]
    for week, (sure, maybe) in enumerate(zip(strip.sure, strip.maybe, strict=True)):
        left = week * (_BOX + _GAP)
        parts.append(
            f'<rect x="{left}" y="0" width="{_BOX}" height="{_BOX}" rx="3" fill="#fff" '
            'stroke="#8a94a0"/>'
            f'<text x="{left + _BOX / 2:g}" y="{_BOX + 12}" fill="#3a4450">{week + 1}</text>'
        )
        parts += _marks(left, sure, maybe, kind)
    return "".join(parts) + "</svg>"


def data_address(strip: Strip, kind: StripKind) -> str:
    """Return the picture as a ``data:`` address for an ``img``."""
    return "data:image/svg+xml," + quote(svg(strip, kind), safe="/:=' ,")


def _marks(left: int, sure: int, maybe: int, kind: StripKind) -> list[str]:
    """Draw the marks of a week, in rows of four, in the middle of its box."""
    count = sure + maybe
    columns, rows = min(_ROW, count), -(-count // _ROW)
    size = 2.0 if count == 1 else 1.0
    parts: list[str] = []
    for index in range(count):
        x = left + _BOX / 2 + _PITCH * (index % _ROW - (columns - 1) / 2)
        y = _BOX / 2 + _PITCH * (index // _ROW - (rows - 1) / 2)
        look = 'class="sure" fill="#0b5cad"' if index < sure else 'class="maybe" fill="#fff"'
        parts.append(_mark(x, y, _RADIUS * size, kind, f'{look} stroke="#0b5cad"'))
    return parts


def _mark(x: float, y: float, radius: float, kind: StripKind, look: str) -> str:
    match kind:
        case StripKind.DOSE:
            return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {look}/>'
        case StripKind.VISIT:
            side = 2 * radius
            return (
                f'<rect x="{x - radius:g}" y="{y - radius:g}" width="{side:g}" '
                f'height="{side:g}" {look}/>'
            )
        case StripKind.TEST:
            step = f"{radius:g} {radius:g} {-radius:g} {radius:g} {-radius:g} {-radius:g}"
            return f'<path d="M{x:g} {y - radius:g}l{step}z" {look}/>'
