"""Commodification by definition, on positions written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from comity.agreement.many.evaluator import Evaluated, Positions
from comity.api.regimes import read_regime
from comity.profile.commodification import (
    Guaranteed,
    emancipated,
    falls,
    forbidden,
    held,
    labour_alone,
    level_falls,
    not_guaranteed,
    rank_of,
)

TOPS = {"work": 4, "stay": 8, "shield": 2, "family": 3, "remedy": 3, "vote": 3}


def levels(
    *lower: int, possibly: tuple[int, ...] = (), upper: tuple[int, ...] = (), top: int = 4
) -> Positions:
    """Positions of several records."""
    low = np.array(lower, dtype=np.uint16)
    high = np.array(possibly or lower, dtype=np.uint16)
    open_to = np.array(upper or [top] * len(lower), dtype=np.uint16)
    return Positions(low, high, open_to, open_to)


def guaranteed(**rights: Positions) -> Guaranteed:
    """What several records have."""
    records = len(next(iter(rights.values())).lower)
    return Guaranteed(Evaluated(rights), records, TOPS)


def test_labour_is_alone_where_one_companion_is_missing() -> None:
    of = guaranteed(work=levels(0, 1, 1, 4), family=levels(0, 0, 1, 1), remedy=levels(0, 1, 1, 0))
    assert [False, True, False, True] == labour_alone(of, 1, ["family", "remedy"]).tolist()
    assert [False, False, False, True] == labour_alone(of, 4, ["family", "remedy"]).tolist()
    assert not labour_alone(of, 1, []).any()


def test_what_may_be_guaranteed_is_not_surely_missing() -> None:
    of = guaranteed(work=levels(1, 0, possibly=(1, 1)), family=levels(0, 0, possibly=(1, 0)))
    assert [False, False] == labour_alone(of, 1, ["family"]).tolist()
    assert [True, True] == labour_alone(of, 1, ["family"], possibly=True).tolist()


def test_a_right_that_nobody_bounds_is_not_held_and_not_forbidden() -> None:
    of = guaranteed(stay=levels(3, 0, top=8))
    assert [True, False] == held(of, ["stay", "shield"]).tolist()
    assert [True, True] == not_guaranteed(of).tolist()
    assert not forbidden(of).any()


def test_forbidden_and_not_guaranteed_never_hold_of_one_person() -> None:
    of = guaranteed(work=levels(0, 0, 1, 0, upper=(0, 4, 4, 1)))
    assert [True, False, False, False] == forbidden(of).tolist()
    assert [False, True, False, True] == not_guaranteed(of).tolist()


def test_a_fall_is_sure_only_where_no_answer_undoes_it() -> None:
    before = guaranteed(stay=levels(3, 3, 0, possibly=(3, 3, 3), top=8))
    after = guaranteed(stay=levels(0, 0, 0, possibly=(0, 3, 3), top=8))
    assert [True, False, False] == falls(before, after, "stay").tolist()
    assert [True, True, True] == falls(before, after, "stay", possibly=True).tolist()
    assert [True, True, False] == level_falls(before, after, "stay").tolist()


def test_emancipation_asks_for_every_part() -> None:
    of = guaranteed(
        work=levels(4, 4, 3), family=levels(1, 0, 1), stay=levels(6, 6, 6), vote=levels(2, 2, 2)
    )
    ranks = {"work": 4, "stay": 6, "vote": 2}
    assert [True, False, False] == emancipated(of, ranks, ["family"]).tolist()


def test_ranks_are_those_of_the_vocabulary() -> None:
    vocabulary = read_regime("imfc").regime.vocabulary
    assert (1, 4) == (
        rank_of(vocabulary, "work", "same_employer"),
        rank_of(vocabulary, "work", "any"),
    )
    with pytest.raises(ValueError, match="permit"):
        rank_of(vocabulary, "permit", "any")
