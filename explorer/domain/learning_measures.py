"""Measures of learning as pure formulas: intervals, item statistics, reliability, and gain.

A value that is not defined, or that would rest on too few people, is None.
"""

import random
from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, variance
from typing import Final

from explorer.domain.base import Frozen

ENOUGH: Final = 30
"""Smallest number of people for a correlation or a reliability.

With ten people, the 95 % interval of a correlation of 0.30 runs from -0.41 to 0.78.
"""

RESAMPLES: Final = 2000
"""Resamples of the bootstrap."""

Z: Final = NormalDist().inv_cdf(0.975)
"""The 0.975 quantile of the standard normal distribution."""


class Interval(Frozen):
    """A 95 % confidence interval."""

    low: float
    high: float


def wilson_interval(right: int, n: int) -> Interval | None:
    """Return the Wilson score interval of a share.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson EB, J Am Stat Assoc
    1927;22:209-212.

    Args:
        right: number of right answers.
        n: number of people who were asked.

    Returns:
        The 95 % interval as shares, or None where nobody was asked.
    """
    if n == 0:
        return None
    share = right / n
    center = share + Z * Z / (2 * n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return Interval(low=max(0.0, (center - half) / scale), high=min(1.0, (center + half) / scale))


def item_rest_correlation(scores: Sequence[Sequence[float]], item: int) -> float | None:
    """Return the correlation of an item with the sum of the others.

    r = cov(x, T - x) / √(var x · var(T - x)). The item is left out of the total: with it included,
    a bad item looks good. Moodle's discrimination index is this times 100. Source: Moodle,
    question/classes/statistics/questions/calculator.php.

    Args:
        scores: one row for each person, one column for each item.
        item: index of the item.

    Returns:
        The correlation, or None where it is undefined (fewer than two people, or no variance).
    """
    if len(scores) < 2:
        return None
    own = [row[item] for row in scores]
    rest = [sum(row) - row[item] for row in scores]
    mean_own, mean_rest = fmean(own), fmean(rest)
    variances = variance(own) * variance(rest)
    if variances <= 0:
        return None
    products: float = sum((a - mean_own) * (b - mean_rest) for a, b in zip(own, rest, strict=True))
    return float(products / (len(scores) - 1) / sqrt(variances))


def cronbach_alpha(scores: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha over all items, constant ones included.

    k/(k-1) · (1 - Σ var(x) / var(T)), k items, all variances with n - 1. For items scored 0 or 1
    it equals KR-20. Source: Cronbach LJ, Psychometrika 1951;16:297-334.

    Args:
        scores: one row for each person, one column for each item.

    Returns:
        Alpha, or None where it is undefined (one item, fewer than two people, or equal totals).
    """
    if len(scores) < 2 or len(scores[0]) < 2:
        return None
    items = len(scores[0])
    of_totals = variance([sum(row) for row in scores])
    if of_totals <= 0:
        return None
    of_items = sum(variance([row[item] for row in scores]) for item in range(items))
    return items / (items - 1) * (1 - of_items / of_totals)


def paired_interval(differences: Sequence[float], *, seed: int = 1) -> Interval | None:
    """Return the 95 % interval of a mean paired difference.

    With 30 pairs or more, mean ± t · s/√n (Student's t, n - 1 degrees of freedom); with fewer, a
    percentile bootstrap of 2000 resamples with a fixed seed. Source: Efron B, Tibshirani R, An
    Introduction to the Bootstrap, 1993, chapter 13.

    Args:
        differences: after minus before, one for each person, in any unit.
        seed: seed of the bootstrap.

    Returns:
        The interval in the same unit, or None where all differences are equal: without variance
        there is no interval.
    """
    n = len(differences)
    if n < 2 or max(differences) == min(differences):
        return None
    if n >= ENOUGH:
        half = student_t(n - 1) * sqrt(variance(differences) / n)
        mean = fmean(differences)
        return Interval(low=mean - half, high=mean + half)
    generator = random.Random(seed)  # noqa: S311 - a seeded bootstrap, nothing secret
    means = sorted(fmean(generator.choices(differences, k=n)) for _ in range(RESAMPLES))
    tail = RESAMPLES * 25 // 1000
    return Interval(low=means[tail], high=means[RESAMPLES - 1 - tail])


def student_t(degrees: int) -> float:
    """Return the 0.975 quantile of Student's t, exact to four decimals from 20 degrees on.

    Source: Abramowitz M, Stegun IA, Handbook of Mathematical Functions, formula 26.7.5.

    Args:
        degrees: degrees of freedom.
    """
    z, v = Z, degrees
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def normalised_gain(before: float, after: float) -> float | None:
    """Return a group's gain as a share of the possible gain: (after - before) / (1 - before).

    Both are means of the same people. Source: Hake RR, Am J Phys 1998;66:64-74.

    Args:
        before: mean share right before, 0 to 1.
        after: mean share right after, 0 to 1.

    Returns:
        The gain, negative where the mean fell; None where all were right before.
    """
    return None if before >= 1 else (after - before) / (1 - before)
