"""The population as a table of records that the evaluator of many cases reads: a row a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.columns import Table
from comity.agreement.vocabulary import Vocabulary
from comity.api.records import Records
from comity.api.tables_of_cells import table_of_cells
from comity.world.assumptions import AssumptionSet
from comity.world.conflict import DangerReading
from comity.world.population import Cell

Codes = NDArray[np.int32]
Persons = NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """One field by which people are counted. codes: of each cell, (cells,). names: of each code."""

    codes: Codes
    names: tuple[str, ...]


class PopulationTables:
    """The cells of the population on one day under one reading of conflict data, as tables.

    persons: all of each cell, (cells,). counted: those whom a sum of persons may count as certain.
    """

    def __init__(
        self, vocabulary: Vocabulary, day: date, reading: DangerReading, cells: Sequence[Cell]
    ) -> None:
        self.cells = tuple(cells)
        self.records = Records(vocabulary, day, reading)
        self.persons: Persons = np.array([c.persons for c in self.cells], dtype=np.int64)
        self._tables: dict[tuple[tuple[str, ...], str], Table] = {}

    @cached_property
    def counted(self) -> Persons:
        """Persons of the cells that a sum may count as certain; of the others, none."""
        return np.array([c.persons if c.is_certain else 0 for c in self.cells], dtype=np.int64)

    def table(self, keys: Iterable[str], assumptions: AssumptionSet) -> Table:
        """The cells under a set of assumptions. keys: the facts that matter."""
        asked = tuple(keys)
        if (asked, assumptions.name) not in self._tables:
            made = table_of_cells(self.records, self.cells, asked, assumptions)
            self._tables[asked, assumptions.name] = made
        return self._tables[asked, assumptions.name]

    # ---- fields by which people are counted ----
    def groups(self, field: str) -> Groups:
        """People by `host`, `origin`, `sex` or `category`; what is unknown is named so."""
        said = _SAID[field]
        listed: dict[str, int] = {}
        codes = np.fromiter(
            (listed.setdefault(said(cell), len(listed)) for cell in self.cells),
            np.int32,
            len(self.cells),
        )
        return Groups(codes, tuple(listed))


_SAID: Mapping[str, Callable[[Cell], str]] = {
    "host": lambda cell: cell.host,
    "origin": lambda cell: cell.origin or "unknown",
    "sex": lambda cell: cell.sex or "unknown",
    "category": lambda cell: cell.category.value,
}
OF_CELLS = tuple(_SAID)
"""Fields of the record itself by which people can be counted."""
