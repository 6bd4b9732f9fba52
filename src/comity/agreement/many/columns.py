"""Tables of records: a column a fact, numbers as they are, all else by the list of what may be known.

A fact for which a table has no column is unknown of all its records, unless the table says that all
share a value. Every record names its host.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from comity.agreement.cases import Case
from comity.agreement.many.uncoded import Whole
from comity.agreement.values import Possible, Range, Truth
from comity.agreement.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """Whole numbers (ranks of a scale, days, counters), each between two ends, both possible.

    low, high: shape (records,), integers; the same array where every number is known.
    """

    low: Whole
    high: Whole

    def __post_init__(self) -> None:
        for ends in (self.low, self.high):
            if ends.ndim != 1 or ends.dtype.kind not in "iu":
                raise TypeError(f"a column of numbers has one axis of integers, not {ends.dtype}")
        if self.low.shape != self.high.shape:
            raise ValueError(f"{self.low.size} lower and {self.high.size} upper ends")

    def __len__(self) -> int:
        return int(self.low.size)

    def part(self, rows: slice) -> NumberColumn:
        """Some of the records."""
        low = self.low[rows]
        return NumberColumn(low, low if self.high is self.low else self.high[rows])


@dataclass(frozen=True, slots=True, eq=False)
class ListedColumn:
    """What is known of each record by its place in a list.

    codes: shape (records,), integers from 0. values: what may be known, in order.
    """

    codes: Whole
    values: tuple[Possible, ...]

    def __post_init__(self) -> None:
        if self.codes.ndim != 1 or self.codes.dtype.kind not in "iu":
            raise TypeError(f"a column of codes has one axis of integers, not {self.codes.dtype}")
        # seen without a sign, a code below 0 is a large one
        seen = self.codes.view(f"u{self.codes.dtype.itemsize}")
        if self.codes.size and int(seen.max()) >= len(self.values):
            raise ValueError(f"a code is not among the {len(self.values)} values of its column")

    def __len__(self) -> int:
        return int(self.codes.size)

    def part(self, rows: slice) -> ListedColumn:
        """Some of the records."""
        return ListedColumn(self.codes[rows], self.values)


Column: TypeAlias = NumberColumn | ListedColumn


@dataclass(frozen=True, eq=False)
class Table:
    """Records with one host each.

    columns: by the key of the fact. shared: what is known alike of every record.
    """

    size: int
    columns: Mapping[str, Column]
    shared: Mapping[str, Possible] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, column in self.columns.items():
            if len(column) != self.size:
                raise ValueError(f"`{key}` has {len(column)} of {self.size} records")

    def part(self, rows: slice) -> Table:
        """Some of the records, without a copy."""
        columns = {key: column.part(rows) for key, column in self.columns.items()}
        return Table(len(range(*rows.indices(self.size))), columns, self.shared)


def known_in(case: Case, key: str, vocabulary: Vocabulary) -> Possible:
    """What a case knows of a fact of the record, or of the law's operation."""
    if vocabulary.fact(key) is not None:
        return case.known(key, vocabulary)
    is_ordinary = case.ordinary and key.startswith(("adopted ", "acquired "))
    return case.facts.get(key, Truth.FALSE if is_ordinary else Truth.UNKNOWN)


def column_of(known: Sequence[Possible]) -> Column:
    """What is known of a fact, record by record."""
    if known and all(isinstance(one, Range) for one in known):
        low = np.array([one.low for one in known if isinstance(one, Range)], dtype=np.int64)
        high = np.array([one.high for one in known if isinstance(one, Range)], dtype=np.int64)
        return NumberColumn(low, low if np.array_equal(low, high) else high)
    listed = {one: number for number, one in enumerate(dict.fromkeys(known))}
    codes = np.fromiter((listed[one] for one in known), dtype=np.int32, count=len(known))
    return ListedColumn(codes, tuple(listed))
