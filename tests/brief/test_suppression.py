"""No hidden cell can be worked out: checked by asking a solver for every table that fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.brief.errors import TotalsDisagree
from comity.brief.joint_suppression import suppress_together
from comity.brief.suppression import (
    Shown,
    Table,
    Withheld,
    suppress,
    suppress_list,
)

people = st.one_of(st.integers(0, 12), st.integers(0, 5_000))
tables = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(people, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def _grid(table: Table) -> list[list[Shown]]:
    rows = [[*row, total] for row, total in zip(table.cells, table.row_totals, strict=True)]
    return [*rows, [*table.column_totals, table.total]]


def _fits(solver: z3.Solver, cell: z3.ArithRef, shown: Shown) -> None:
    """What a reader knows of a cell from what is printed in it."""
    if shown is Withheld.FEW:
        solver.add(cell >= 1, cell <= 9)
    elif shown is Withheld.BESIDE:
        solver.add(cell >= 0)
    else:
        solver.add(cell == shown)


def recomputable(table: Table) -> list[tuple[int, int]]:
    """Hidden cells that have one value only in all tables that fit what is shown."""
    grid = _grid(table)
    cells = [[z3.Int(f"c_{i}_{j}") for j in range(len(grid[0]))] for i in range(len(grid))]
    solver = z3.Solver()
    for variables, row in zip(cells, grid, strict=True):
        solver.add(z3.Sum(variables[:-1]) == variables[-1])
        for variable, shown in zip(variables, row, strict=True):
            _fits(solver, variable, shown)
    for column in zip(*cells, strict=True):
        solver.add(z3.Sum(column[:-1]) == column[-1])
    assert solver.check() == z3.sat
    found = []
    for i, row in enumerate(grid):
        for j, shown in enumerate(row):
            if isinstance(shown, Withheld):
                assert solver.check() == z3.sat
                value = solver.model().eval(cells[i][j], model_completion=True)
                solver.push()
                solver.add(cells[i][j] != value)
                if solver.check() != z3.sat:
                    found.append((i, j))
                solver.pop()
    return found


@given(tables)
@settings(max_examples=60)
def test_no_hidden_cell_can_be_recomputed_from_what_is_shown(cells: list[list[int]]) -> None:
    assert recomputable(suppress(cells)) == []


@given(tables)
def test_what_is_shown_is_right_and_what_is_small_is_not_shown(cells: list[list[int]]) -> None:
    table = suppress(cells)
    whole = [[*row, sum(row)] for row in cells]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    for numbers, row in zip(whole, _grid(table), strict=True):
        for number, shown in zip(numbers, row, strict=True):
            assert (shown is Withheld.FEW) == (0 < number < 10)
            assert isinstance(shown, Withheld) or shown == number


def test_a_table_hidden_naively_can_be_recomputed_so_the_solver_would_see_it() -> None:
    naive = Table(((Withheld.FEW, 20),), (25,), (Withheld.FEW, 20), 25)
    assert (0, 0) in recomputable(naive)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert suppress([[10, 0], [300, 4_000]]) == Table(
        ((10, 0), (300, 4_000)), (10, 4_300), (310, 4_000), 4_310
    )


def test_the_cheapest_neighbour_is_hidden_and_the_total_stays() -> None:
    assert suppress_list([5, 1_000, 30, 0]) == (
        (Withheld.FEW, 1_000, Withheld.BESIDE, 0),
        1_035,
    )


def _free_jointly(columns: list[list[int]]) -> bool:
    """Whether each hidden number has two values in lists that fit all that is shown, together."""
    lists = suppress_together(columns)
    solver = z3.Solver()
    cells = [[z3.Int(f"c_{i}_{j}") for j in range(len(c))] for i, c in enumerate(columns)]
    for variables, (numbers, total) in zip(cells, lists, strict=True):
        for variable, number in zip(variables, numbers, strict=True):
            _fits(solver, variable, number)
        _fits(solver, z3.Sum(variables), total)
    for low, high in pairwise(cells):
        solver.add([a <= b for a, b in zip(low, high, strict=True)])
    for variables, column, (numbers, _) in zip(cells, columns, lists, strict=True):
        for variable, true, number in zip(variables, column, numbers, strict=True):
            if isinstance(number, Withheld) and solver.check(variable != true) != z3.sat:
                return False
    return True


@given(st.lists(st.tuples(people, people, people).map(sorted), min_size=1, max_size=7))
@settings(max_examples=200)
def test_lists_that_bound_one_another_give_nothing_away_together(rows: list[list[int]]) -> None:
    assert _free_jointly([list(column) for column in zip(*rows, strict=True)])


def test_a_small_number_hides_no_large_one_of_its_row() -> None:
    certain, possible = suppress_together([[5, 90, 40], [5_000, 90, 800]])
    assert certain == ((Withheld.FEW, 90, Withheld.BESIDE), 135)
    assert possible == ((5_000, 90, 800), 5_890)


def test_lists_that_do_not_rise_are_refused() -> None:
    with pytest.raises(TotalsDisagree):
        suppress_together([[5, 9], [4, 9]])
