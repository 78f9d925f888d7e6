"""Exact tests of a feature of options: is it a feature of the key more often than chance has it?

Were the key drawn among the options of each question, it would have the feature in a share of them
that is known, question by question. The number of keys with it then follows the Poisson binomial
distribution (Hong 2013, doi 10.1016/j.csda.2012.10.006): the sum of draws whose chances differ.
Each draw is one from a small lot, so this is also the exact conditional (hypergeometric) test over
strata. Questions in which all or none of the options have the feature say nothing and are left out.
"""

from collections.abc import Callable, Iterable, Sequence

from explorer.domain.base import Frozen
from explorer.domain.questions import AnswerOption, Question

Feature = Callable[[AnswerOption], bool]


class FeatureCount(Frozen):
    """How often the key has a feature, and how likely so many or so few are by chance."""

    items: int
    keys: int
    expected: float
    p_more: float
    p_fewer: float


def feature_count(questions: Iterable[Question], has: Feature) -> FeatureCount:
    """Count the questions in which some options have a feature, and those in which the key has it.

    Args:
        questions: those with one key.
        has: whether an option has the feature.

    Returns:
        The counts with both exact chances.
    """
    chances: list[float] = []
    keys = 0
    for question in questions:
        having = [option for option in question.options if has(option)]
        if 0 < len(having) < len(question.options):
            chances.append(len(having) / len(question.options))
            keys += any(option.key for option in having)
    of_keys = poisson_binomial(chances)
    return FeatureCount(
        items=len(chances),
        keys=keys,
        expected=sum(chances),
        p_more=min(1.0, sum(of_keys[keys:])),
        p_fewer=min(1.0, sum(of_keys[: keys + 1])),
    )


def poisson_binomial(chances: Sequence[float]) -> list[float]:
    """Return the chance of each number of successes, from none to all.

    Args:
        chances: the chance of a success in each independent draw.
    """
    found = [1.0]
    for chance in chances:
        missed = [value * (1 - chance) for value in (*found, 0.0)]
        hit = [value * chance for value in (0.0, *found)]
        found = [no + yes for no, yes in zip(missed, hit, strict=True)]
    return found
