"""Small numbers are hidden, and no hidden one follows from the total of its line."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from comity.count.suppression import MIN_CELL, hidden

Rows = dict[tuple[str, ...], int]


def test_nothing_small_hides_nothing_and_zero_is_nobody() -> None:
    assert frozenset() == hidden({("a",): 0, ("b",): 10, ("c",): 4000})
    assert frozenset() == hidden({})


def test_a_single_small_number_takes_the_smallest_beside_it_along() -> None:
    assert {("a",), ("c",)} == hidden({("a",): 3, ("b",): 900, ("c",): 40, ("d",): 0})


def test_two_that_can_only_be_ones_take_a_third_along() -> None:
    assert {("a",), ("b",), ("c",)} == hidden({("a",): 1, ("b",): 1, ("c",): 50, ("d",): 60})
    assert {("a",), ("b",), ("c",)} == hidden({("a",): 9, ("b",): 9, ("c",): 50, ("d",): 60})
    assert {("a",), ("b",)} == hidden({("a",): 1, ("b",): 2, ("c",): 50})


def test_the_least_cell_can_be_larger() -> None:
    rows = {("a",): 15, ("b",): 60, ("c",): 100}
    assert frozenset() == hidden(rows)
    assert {("a",), ("b",)} == hidden(rows, 20)


@pytest.mark.parametrize("seed", range(40))
def test_no_line_of_a_table_gives_a_hidden_number_away(seed: int) -> None:
    rng = Random(seed)
    rows: Rows = {
        key: rng.choice((0, 0, 1, 2, 5, 9, 10, 30, 700))
        for key in product("abcd", "xyz", "mn")
        if rng.random() < 0.9
    }
    out = hidden(rows)
    assert {key for key, number in rows.items() if 0 < number < MIN_CELL} <= out
    for place in range(3):
        for line in {key[:place] + key[place + 1 :] for key in rows}:
            of_line = [k for k in rows if k[:place] + k[place + 1 :] == line and rows[k]]
            shown = [k for k in of_line if k not in out]
            assert len([k for k in of_line if k in out]) != 1 or not shown


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="different fields"):
        hidden({("a",): 1, ("a", "b"): 2})
    with pytest.raises(ValueError, match="at least 1"):
        hidden({("a",): 1}, 0)
