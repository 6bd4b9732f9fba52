"""Width left to the State, held against the definition done position by position."""

from __future__ import annotations

import numpy as np
import pytest

from comity.agreement.many.evaluator import Positions
from comity.agreement.positions import Bounds
from comity.profile.discretion import deciding, mean_of_hosts, mean_width, width, widths

TOP = 4
CASES = (
    Bounds(1, 1, 4, 4),
    Bounds(3, 3, 3, 3),
    Bounds(1, 2, 4, 4),
    Bounds(0, 0, 4, 4),
    Bounds(3, 4, 1, 2),
    Bounds(0, 4, 0, 4),
)


def positions(cases: tuple[Bounds, ...]) -> Positions:
    """The positions of several records."""
    columns = (
        [c.lower for c in cases],
        [c.lower_possible for c in cases],
        [c.upper for c in cases],
        [c.upper_possible for c in cases],
    )
    return Positions(*(np.array(column, dtype=np.uint16) for column in columns))


def test_the_width_of_many_is_that_of_each_alone() -> None:
    found = widths(positions(CASES), TOP, len(CASES))
    alone = [width(case) for case in CASES]
    assert [(3, 3), (0, 0), (2, 3), (4, 4), (0, 0), (0, 4)] == alone
    assert alone == list(zip(found.least.tolist(), found.greatest.tolist(), strict=True))
    assert [True, True, True, False, True, False] == found.bounded.tolist()
    assert [False, False, False, True, False, False] == found.everything_surely.tolist()


def test_the_worked_example_of_the_docs() -> None:
    persons = np.array([300, 100])
    mean = mean_width(widths(positions(CASES[:2]), TOP, 2), persons)
    assert mean is not None
    assert (2.25, 2.25, 400, 4) == (mean.least, mean.greatest, mean.persons, mean.top)
    assert mean.shares == (0.5625, 0.5625)
    unknown = mean_width(widths(positions((CASES[2], CASES[1])), TOP, 2), persons)
    assert unknown is not None
    assert (1.5, 2.25) == (unknown.least, unknown.greatest)


def test_a_right_that_nobody_bounds_leaves_all_its_steps() -> None:
    of = widths(None, 7, 3)
    mean = mean_width(of, np.array([5, 0, 2]))
    assert mean is not None and (mean.least, mean.greatest, mean.persons) == (7, 7, 7)
    assert not of.bounded.any()
    assert mean_width(of, np.array([5, 0, 2]), of.bounded) is None


def test_nobody_has_no_mean() -> None:
    of = widths(None, 7, 2)
    assert mean_width(of, np.array([0, 0])) is None
    assert mean_of_hosts(of, np.array([0, 0]), np.array([0, 1], dtype=np.int32)) is None


def test_each_host_counts_once_whatever_its_people() -> None:
    of = widths(positions(CASES[:2]), TOP, 2)
    mean = mean_of_hosts(of, np.array([300, 100]), np.array([0, 1], dtype=np.int32))
    assert mean is not None and mean.least == pytest.approx(1.5)


def test_who_decides_is_counted_in_persons_most_first() -> None:
    codes = np.array([0, 2, 1, 2], dtype=np.uint16)
    found = deciding(codes, np.array([9, 10, 5, 1]), ("one/1", "one/2"))
    assert [("one/2", 11), ("one/1", 5)] == list(found.items())
    assert not deciding(None, np.array([9, 10, 5, 1]), ("one/1",))
