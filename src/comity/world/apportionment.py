"""Whole persons shared out in proportion, so that no one is lost or made up by rounding."""

from __future__ import annotations

from collections.abc import Iterable


def apportioned(total: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Whole shares of `total` in proportion to `weights`, by largest remainder.

    Ties go to the earlier place. Returns one share a weight, none above its weight as long as
    total <= sum(weights). Raises ValueError if the weights sum to nothing and total is not 0.
    """
    whole = sum(weights)
    if whole == 0:
        if total:
            raise ValueError(f"cannot share {total} among weights that sum to 0")
        return tuple(0 for _ in weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return tuple(shares)


def split_by_sex(counts: Iterable[int], female: int, male: int) -> tuple[tuple[int, int], ...]:
    """(female, male) of each count, by the shares of the stock; columns add up exactly.

    counts: persons of each category, summing to female + male.
    The running total is rounded (half up), so no count is negative and no person is lost.
    """
    whole = female + male
    running = women = 0
    pairs = []
    for count in counts:
        running += count
        upto = (2 * running * female + whole) // (2 * whole) if whole else 0
        pairs.append((upto - women, count - (upto - women)))
        women = upto
    return tuple(pairs)
