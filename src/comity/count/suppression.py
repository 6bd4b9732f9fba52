"""Small numbers of a list of rows hidden, and enough beside them that none can be worked out.

A number from 1 to just under the least cell is hidden. Along every line of rows that differ in one
field only, a single hidden row would follow from the total of its line: so a second is hidden, the
smallest first; and a third where the two could only be all ones, or all as large as can be. Zero
stays: it is nobody. Source: design, section 6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

Key: TypeAlias = tuple[str, ...]

MIN_CELL = 10


def hidden(rows: Mapping[Key, int], min_cell: int = MIN_CELL) -> frozenset[Key]:
    """The rows whose number is not shown. Keys have one length: a name for each field.

    min_cell: the least number that is shown. Raises ValueError for keys of different lengths, or a
    least cell below 1.
    """
    if min_cell < 1:
        raise ValueError("the least cell is at least 1")
    if len({len(key) for key in rows}) > 1:
        raise ValueError("rows of different fields")
    found = {key for key, number in rows.items() if 0 < number < min_cell}
    if not found:
        return frozenset()
    lines = list(_lines(list(rows)))
    is_changed = True
    while is_changed:
        is_changed = False
        for line in lines:
            is_changed |= _hide_beside(line, rows, found, min_cell)
    return frozenset(found)


def _lines(keys: Sequence[Key]) -> Iterator[list[Key]]:
    """Rows that differ in one field only; all rows, where there is one field or none."""
    for place in range(len(keys[0])):
        of_line: dict[Key, list[Key]] = defaultdict(list)
        for key in keys:
            of_line[key[:place] + key[place + 1 :]].append(key)
        yield from of_line.values()


def _hide_beside(
    line: Sequence[Key], rows: Mapping[Key, int], found: set[Key], min_cell: int
) -> bool:
    out = [key for key in line if key in found and rows[key]]
    if not out or not _gives_away([rows[key] for key in out], min_cell):
        return False
    left = sorted((rows[key], key) for key in line if key not in found and rows[key])
    if not left:
        return False
    found.add(left[0][1])
    return True


def _gives_away(numbers: Sequence[int], min_cell: int) -> bool:
    """Whether hidden numbers follow from their sum and from each being small."""
    if len(numbers) == 1:
        return True
    total, most = sum(numbers), len(numbers) * (min_cell - 1)
    is_each_small = all(number < min_cell for number in numbers)
    return is_each_small and total in (len(numbers), most)


def between_levels(
    rows: Mapping[Key, int], place: int, min_cell: int, out: Collection[Key] = ()
) -> frozenset[Key]:
    """Levels from which, with the one before, the few people between the two could be worked out.

    Levels are counted as *at least*, so that each is part of the one before; rows come from the
    lowest level up. place: of the level in the keys. out: rows that are hidden already.
    """
    found: set[Key] = set()
    before: dict[Key, int] = {}
    for key, number in rows.items():
        line = key[:place] + key[place + 1 :]
        if key in out:
            continue
        if line in before and 0 < before[line] - number < min_cell:
            found.add(key)
        else:
            before[line] = number
    return frozenset(found)
