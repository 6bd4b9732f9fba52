"""Small numbers hidden, and enough beside them that no hidden number can be worked out.

A cell of 1 to 9 people is hidden: with what a neighbour knows it may name somebody. Hiding it
alone is no use beside a total, so further cells are hidden until no hidden cell is determined
by what is left. Zero stays: it is nobody.

A table with its row and column totals is a network: rows and columns are junctions, each cell a
pipe, interior cells from row to column and totals the other way. A reader can compute a hidden
cell exactly when no loop of hidden pipes runs through it, along which people could be moved
without changing any number shown. So for each hidden cell we look for the cheapest such loop and
hide what lies on it.

Source: Fischetti and Salazar 1999, "Models and algorithms for the 2-dimensional cell suppression
problem"; Gusfield 1988 for the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import heappop, heappush
from typing import TypeAlias

from comity.brief.errors import TotalsDisagree

THRESHOLD = 10


class Withheld(Enum):
    """Why a number is not shown, in the words that are printed in its place."""

    FEW = "fewer than 10"
    BESIDE = "withheld"  # hidden so that a neighbour stays hidden


Shown: TypeAlias = int | Withheld
_Cell: TypeAlias = tuple[int, int]
_Junction: TypeAlias = tuple[str, int]
_Pipe: TypeAlias = tuple[_Junction, _Junction, _Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown: cells, totals of rows, totals of columns, and the grand total."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown


def suppress(cells: Sequence[Sequence[int]], *, also: Collection[_Cell] = ()) -> Table:
    """The table with its totals, cells under ten hidden so that none can be recomputed.

    cells: whole numbers of people, rows of equal length. Totals are computed, never changed.
    also: further cells (row, column) to hide, because another table would give them away.
    A reader is assumed to know the rules: a cell marked FEW is 1 to 9, one marked BESIDE is any
    number from zero. Each hidden cell then still has at least two possible values.
    Cost: one shortest path for each hidden cell, O(cells log cells) each.
    """
    grid = _with_totals(cells)
    rows, columns = len(grid), len(grid[0])
    places = [(i, j) for i in range(rows) for j in range(columns)]
    marks = {(i, j): Withheld.FEW for i, j in places if 0 < grid[i][j] < THRESHOLD}
    for cell in also:
        marks.setdefault(cell, Withheld.BESIDE)
    for place in sorted(marks):
        if any(_cheapest_loop(grid, marks, place, up, only_hidden=True) for up in (True, False)):
            continue
        loop = min(
            (
                found
                for up in (True, False)
                if (found := _cheapest_loop(grid, marks, place, up)) is not None
            ),
            key=lambda found: found[0],
            default=None,
        )
        hidden = places if loop is None else loop[1]  # a table without loops is hidden whole
        for cell in hidden:
            marks.setdefault(cell, Withheld.BESIDE)
    shown = [[marks.get((i, j), grid[i][j]) for j in range(columns)] for i in range(rows)]
    return Table(
        cells=tuple(tuple(row[:-1]) for row in shown[:-1]),
        row_totals=tuple(row[-1] for row in shown[:-1]),
        column_totals=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
    )


def suppress_list(
    numbers: Sequence[int], *, also: Collection[int] = ()
) -> tuple[tuple[Shown, ...], Shown]:
    """One list of numbers and its total, under the same promise."""
    if not numbers:
        return (), 0
    table = suppress([list(numbers)], also=[(0, place) for place in also])
    return table.cells[0], table.total


def _with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    if not cells or len({len(row) for row in cells}) != 1:
        raise TotalsDisagree("rows must be of one length, and at least one")
    grid = [[*row, sum(row)] for row in cells]
    if any(number < 0 for row in grid for number in row):
        raise TotalsDisagree("a number of people cannot be negative")
    return [*grid, [sum(column) for column in zip(*grid, strict=True)]]


def can_move(number: int, mark: Withheld | None, up: bool) -> bool:
    """Whether a reader must reckon with one more (or one fewer) in a cell once it is hidden."""
    if mark is Withheld.FEW:
        return number < THRESHOLD - 1 if up else number > 1
    return up or number > 0


def _cost(number: int, cell: _Cell, grid: Sequence[Sequence[int]], mark: Withheld | None) -> int:
    """What hiding a cell costs a reader: its people; totals far more, the grand total most."""
    if mark is not None:
        return 0
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    totals = (cell[0] == last_row) + (cell[1] == last_column)
    everyone = grid[-1][-1] + 1
    return (1 + number if number else everyone) + totals**3 * 100 * everyone


def _pipes(
    grid: Sequence[Sequence[int]], marks: dict[_Cell, Withheld], at: _Junction
) -> Iterator[_Pipe]:
    """The moves of one person that leave from a junction."""
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    side, n = at
    others = range(last_column + 1) if side == "row" else range(last_row + 1)
    for other in others:
        cell = (n, other) if side == "row" else (other, n)
        is_margin = (cell[0] == last_row) != (cell[1] == last_column)
        up = (side == "row") != is_margin
        if can_move(grid[cell[0]][cell[1]], marks.get(cell), up):
            yield at, ("column" if side == "row" else "row", other), cell


def _cheapest_loop(
    grid: Sequence[Sequence[int]],
    marks: dict[_Cell, Withheld],
    cell: _Cell,
    up: bool,
    *,
    only_hidden: bool = False,
) -> tuple[int, list[_Cell]] | None:
    """The cheapest loop on which this cell gains (or loses) one person (Dijkstra).

    only_hidden: look no further than the cells hidden already.
    """
    number = grid[cell[0]][cell[1]]
    if not can_move(number, marks.get(cell), up):
        return None
    is_margin = (cell[0] == len(grid) - 1) != (cell[1] == len(grid[0]) - 1)
    row, column = ("row", cell[0]), ("column", cell[1])
    start, goal = (column, row) if up != is_margin else (row, column)
    queue: list[tuple[int, _Junction, tuple[_Cell, ...]]] = [(0, start, ())]
    done: set[_Junction] = set()
    while queue:
        cost, here, path = heappop(queue)
        if here == goal:
            return cost, list(path)
        if here in done:
            continue
        done.add(here)
        for _, there, through in _pipes(grid, marks, here):
            if only_hidden and through not in marks:
                continue
            if through != cell and there not in done:
                added = _cost(grid[through[0]][through[1]], through, grid, marks.get(through))
                heappush(queue, (cost + added, there, (*path, through)))
    return None
