"""One group of people as a picture: a grid of figures, filled from the bottom up, as SVG."""

from urllib.parse import quote

from explorer.domain.numbers import TrialArm

_PITCH = 12
_WIDE = 500


def svg(group: TrialArm, *, narrow: bool = False) -> str:
    """Draw a group, one figure a person.

    Filled figures are those it happened to; they are grouped from the bottom up, in rows. Filled
    and outlined differ in shape and not in colour alone, so that black and white print is enough.

    Args:
        group: how many of how many.
        narrow: draw a large group as a tall grid, so that two fit side by side on a phone.

    Returns:
        The SVG as text; the same for the same group.
    """
    columns = (25 if narrow else 40) if group.of > _WIDE else 10
    rows = -(-group.of // columns)
    dots = [
        f"M{_PITCH * (index % columns) + _PITCH // 2} "
        f"{_PITCH * (rows - 1 - index // columns) + _PITCH // 2}h0"
        for index in range(group.of)
    ]
    filled, outlined = "".join(dots[: group.count]), "".join(dots[group.count :])
    wide, high = columns * _PITCH, rows * _PITCH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" fill="none" stroke-linecap="round">'
        f'<path id="on" d="{filled}" stroke="#0b5cad" stroke-width="10"/>'
        f'<defs><path id="off" d="{outlined}"/></defs>'
        '<use href="#off" stroke="#555" stroke-width="8"/>'
        '<use href="#off" stroke="#fff" stroke-width="6"/></svg>'
    )


def data_address(group: TrialArm, *, narrow: bool = False) -> str:
    """Return the picture as a ``data:`` address for an ``img``."""
    return "data:image/svg+xml," + quote(svg(group, narrow=narrow), safe="/:=' ,")
