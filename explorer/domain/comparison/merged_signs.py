"""The warning signs of all options that are compared: each once, with whose it is."""

from explorer.domain.base import Frozen
from explorer.domain.catalogue import Urgency
from explorer.domain.comparison.model import Column, ColumnFlag, Comparison


class MergedSign(Frozen):
    """A sign, and the options it belongs to where it is not a sign of all of them."""

    sign: str
    options: tuple[str, ...]
    references: tuple[int, ...]


class MergedAction(Frozen):
    """Signs for which the same is to be done; ``action`` is empty where the urgency says it."""

    action: str
    signs: tuple[MergedSign, ...]


class MergedLevel(Frozen):
    """Signs that need help equally fast."""

    urgency: Urgency
    actions: tuple[MergedAction, ...]

    @property
    def count(self) -> int:
        """How many signs there are."""
        return sum(len(action.signs) for action in self.actions)


def merged_signs(comparison: Comparison) -> tuple[MergedLevel, ...]:
    """Put the signs of all columns together.

    Two signs are one only where their words, their urgency and what to do are the same: nothing is
    shortened and nothing is left out.

    Args:
        comparison: what is compared, its references numbered.

    Returns:
        The levels, the most urgent first; signs of all medicines stand before those of some.
    """
    with_signs = [column for column in comparison.columns if column.red_flags]
    levels = []
    for urgency in Urgency:
        owners: dict[tuple[str, str], list[tuple[Column, ColumnFlag]]] = {}
        for column in with_signs:
            for flag in column.red_flags:
                if flag.urgency is urgency:
                    owners.setdefault((flag.action, flag.sign), []).append((column, flag))
        by_action: dict[str, list[MergedSign]] = {}
        for (action, sign), held in owners.items():
            names = tuple(dict.fromkeys(column.title for column, _ in held))
            numbers = dict.fromkeys(n for _, flag in held for n in flag.references)
            shared = len(names) == len(with_signs)
            by_action.setdefault(action, []).append(
                MergedSign(sign=sign, options=() if shared else names, references=tuple(numbers))
            )
        actions = tuple(
            MergedAction(
                action=action, signs=tuple(sorted(signs, key=lambda item: bool(item.options)))
            )
            for action, signs in by_action.items()
        )
        if actions:
            levels.append(MergedLevel(urgency=urgency, actions=actions))
    return tuple(levels)
