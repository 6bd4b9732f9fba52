"""Small numbers hidden in lists that bound one another: certain <= assumed <= possible.

Each list alone is safe (see `suppression`), yet a reader who holds them side by side could work
out a number between two others. So every hidden number must come with a witness: one person more
or fewer there, and changes of one elsewhere among hidden numbers, that keep every printed number,
every total and the order of the lists. Where no witness is found, a further row is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from comity.brief.errors import TotalsDisagree
from comity.brief.suppression import THRESHOLD, Shown, Withheld, can_move, suppress_list

ShownList: TypeAlias = tuple[tuple[Shown, ...], Shown]
_Change: TypeAlias = dict[tuple[int, int], int]

# Steps of one search for a witness. Out of steps counts as none: a row more is hidden, never less.
PATIENCE = 300


def suppress_together(columns: Sequence[Sequence[int]]) -> tuple[ShownList, ...]:
    """The lists as shown; `columns` rise: no number exceeds its neighbour in the next list.

    Beside a hidden number, every number of its row that is close to it (less than ten away) is
    hidden too. Numbers further away stay: they leave room for one person more or less.
    Raises TotalsDisagree if the lists do not rise.
    """
    if any(list(row) != sorted(row) for row in zip(*columns, strict=True)):
        raise TotalsDisagree("lists that bound one another are handed in from least to most")
    also: list[set[int]] = [set() for _ in columns]
    while True:
        shown = [suppress_list(column, also=also[i]) for i, column in enumerate(columns)]
        wanted = [_close_to_hidden(i, columns, shown) | also[i] for i in range(len(columns))]
        if wanted == also:
            row = _row_to_add(columns, shown)
            if row is None:
                return tuple(shown)
            wanted = [hidden | {row} for hidden in also]
        also = wanted


def _close_to_hidden(
    of: int, columns: Sequence[Sequence[int]], shown: Sequence[ShownList]
) -> set[int]:
    """Rows of one list that another list's hidden number, being close, would be read from."""
    return {
        row
        for row, number in enumerate(columns[of])
        if any(
            isinstance(cells[row], Withheld)
            and abs(column[row] - number) < THRESHOLD
            and (number > 0 or column[row] == 0)  # a shown zero bounds nothing but a hidden zero
            for column, (cells, _) in zip(columns, shown, strict=True)
        )
    }


def _row_to_add(columns: Sequence[Sequence[int]], shown: Sequence[ShownList]) -> int | None:
    """The cheapest row to hide in all lists, if some hidden number has no witness yet."""
    lists = _Lists(columns, shown)
    if all(lists.has_witness(i, row) for i, row in lists.hidden()):
        return None
    open_rows = [
        row
        for row in range(len(columns[0]))
        if any(not isinstance(cells[row], Withheld) for cells, _ in shown)
    ]
    # zeros cannot be lowered, so rows with people in every list help most
    by_cost = sorted(open_rows, key=lambda row: (columns[0][row] == 0, columns[-1][row], row))
    return by_cost[0] if by_cost else None


class _Lists:
    """The lists with what is hidden, and the search for changes that a reader cannot rule out."""

    def __init__(self, columns: Sequence[Sequence[int]], shown: Sequence[ShownList]) -> None:
        self.columns = columns
        self.shown = shown
        self.steps = 0
        # the largest first: they have room, so that a witness is found at once or hardly ever
        self.rows = [
            sorted(
                (row for row, cell in enumerate(cells) if isinstance(cell, Withheld)),
                key=lambda row, column=column: -column[row],  # type: ignore[misc]
            )
            for column, (cells, _) in zip(columns, shown, strict=True)
        ]

    def hidden(self) -> list[tuple[int, int]]:
        """Places (list, row) that are not shown."""
        return [(i, row) for i, rows in enumerate(self.rows) for row in rows]

    def has_witness(self, of: int, row: int) -> bool:
        """Whether this number could be one more, or one fewer, for all that is shown."""
        self.steps = 0
        return any(self._settles(self._changed({}, of, row, step)) for step in (1, -1))

    def _changed(self, change: _Change, of: int, row: int, step: int) -> _Change | None:
        """The change with one more step, and what the order of the lists then asks of the row."""
        mark = self.shown[of][0][row]
        if not isinstance(mark, Withheld) or (of, row) in change:
            return None
        if not can_move(self.columns[of][row], mark, step > 0):
            return None
        changed: _Change | None = {**change, (of, row): step}
        following = of + step  # up pushes the next list, down pulls the one before
        if changed is not None and 0 <= following < len(self.columns):
            gap = abs(self.columns[following][row] - self.columns[of][row])
            if gap == 0 and changed.get((following, row)) != step:
                changed = self._changed(changed, following, row, step)
        return changed if changed is None or self._is_ordered(changed, row) else None

    def _is_ordered(self, change: _Change, row: int) -> bool:
        numbers = [column[row] + change.get((i, row), 0) for i, column in enumerate(self.columns)]
        return numbers == sorted(numbers)

    def _settles(self, change: _Change | None) -> bool:
        """Whether totals can be brought back to what is shown by changes in further rows."""
        self.steps += 1
        if change is None or self.steps > PATIENCE:
            return False
        for i, (_, total) in enumerate(self.shown):
            surplus = sum(step for (of, _), step in change.items() if of == i)
            if surplus == 0 or self._absorbs(i, total, surplus):
                continue
            step = -1 if surplus > 0 else 1
            return any(self._settles(self._changed(change, i, row, step)) for row in self.rows[i])
        return True

    def _absorbs(self, of: int, total: Shown, surplus: int) -> bool:
        """A total that is itself hidden may move too."""
        true = sum(self.columns[of])
        if not isinstance(total, Withheld):
            return False
        low, high = (1, THRESHOLD - 1) if total is Withheld.FEW else (0, true + 1)
        return low <= true + surplus <= high
