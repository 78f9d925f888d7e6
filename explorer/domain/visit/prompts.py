"""The ready questions that fit a reader."""

from collections.abc import Sequence

from explorer.domain.answer_words import join
from explorer.domain.base import Frozen, Slug
from explorer.domain.catalogue import Age, Catalogue, Cell, CellKind, Medicine, Prompt
from explorer.domain.comparison import ADD
from explorer.domain.visit.model import Visit, in_order
from explorer.domain.who import Who


class Offered(Frozen):
    """A ready question as it is offered, and under which heading."""

    id: Slug
    heading: str
    text: str


def prompts_for(
    catalogue: Catalogue,
    condition_id: str,
    option_ids: Sequence[str],
    who: Who,
    visit: Visit,
    now: Sequence[str] = (),
) -> tuple[Offered, ...]:
    """Choose the ready questions that fit a reader.

    Args:
        catalogue: the content.
        condition_id: the condition.
        option_ids: the options that are compared.
        who: for whom.
        visit: what the reader entered.
        now: ids of the medicines that are taken now.

    Returns:
        The questions: on the reader's concerns first, in the concerns' order; then on what was
        not found or not studied; on these options and this condition; and for any visit. The
        headings are ``concern:<id>``, ``unknown``, ``options`` and ``any``.
    """
    named = {*now, *(option_id.removeprefix(ADD) for option_id in option_ids)}
    medicines = [item for item in catalogue.published if item.id in named]
    picked = [item.concern for item in in_order(catalogue, visit, who)]
    found: list[Offered] = []
    for prompt in catalogue.prompts:
        fits = _fitting(catalogue, prompt, condition_id, medicines, who.age)
        if not fits or not prompt.fits(who) or (prompt.moves and visit.move not in prompt.moves):
            continue
        if prompt.concerns and not set(prompt.concerns) & set(picked):
            continue
        titles = join([medicine.title for medicine in fits], catalogue.words)
        found.append(
            Offered(
                id=prompt.id,
                heading=_heading(prompt, picked),
                text=_capital(prompt.said_to(who).format(options=titles)),
            )
        )
    order = [f"concern:{concern}" for concern in picked] + ["unknown", "options", "any"]
    return tuple(sorted(found, key=lambda item: order.index(item.heading)))


def _fitting(
    catalogue: Catalogue,
    prompt: Prompt,
    condition_id: str,
    medicines: Sequence[Medicine],
    age: Age,
) -> list[Medicine]:
    """Return the medicines that a prompt is about; none where it does not fit."""
    if prompt.conditions and condition_id not in prompt.conditions:
        return []
    return [
        medicine
        for medicine in medicines
        if (not prompt.options or medicine.id in prompt.options)
        and (not prompt.kinds or medicine.kind in prompt.kinds)
        and (
            not prompt.unknown
            or any(_is_gap(catalogue, medicine, row, condition_id, age) for row in prompt.unknown)
        )
    ]


def _is_gap(
    catalogue: Catalogue, medicine: Medicine, row_id: str, condition_id: str, age: Age
) -> bool:
    cells = medicine.cells_of(catalogue.row(row_id).id)
    cell: Cell | None = None if cells is None else cells.resolve(condition_id, age)
    return cell is not None and cell.kind in (CellKind.NOT_FOUND, CellKind.NOT_STUDIED)


def _heading(prompt: Prompt, picked: Sequence[str]) -> str:
    if prompt.concerns:
        first = next(concern for concern in picked if concern in prompt.concerns)
        return f"concern:{first}"
    if prompt.unknown:
        return "unknown"
    if prompt.options or prompt.kinds or prompt.conditions or prompt.moves or prompt.who:
        return "options"
    return "any"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
