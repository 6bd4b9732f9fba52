"""Cells of the population as a table of records that the evaluator of many cases reads: a row a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.agreement.cases import Case
from comity.agreement.many.columns import Column, ListedColumn, Table, known_in
from comity.agreement.values import Possible
from comity.api.records import Records
from comity.world.assumptions import AssumptionSet
from comity.world.population import Cell

Codes = NDArray[np.int32]


def table_of_cells(
    records: Records, cells: Sequence[Cell], keys: Iterable[str], assumptions: AssumptionSet
) -> Table:
    """What is known or assumed of each cell's people. keys: the facts that matter.

    A record that several cells share is read once; what no record states is the same for all.
    """
    found = [records.facts(cell, assumptions) for cell in cells]
    listed = {id(facts): facts for facts in found}
    numbers = {one: number for number, one in enumerate(listed)}
    rows = np.fromiter((numbers[id(facts)] for facts in found), np.int32, len(found))
    distinct = [dict(facts) for facts in listed.values()]
    stated = dict.fromkeys(key for facts in distinct for key in facts)
    case = records.case((), assumptions)
    columns: dict[str, Column] = {}
    shared: dict[str, Possible] = {}
    for key in keys:
        if key in stated:
            columns[key] = _column(key, distinct, rows, case, records)
        else:
            shared[key] = known_in(case, key, records.vocabulary)
    return Table(len(cells), columns, shared)


def _column(
    key: str,
    distinct: Sequence[Mapping[str, Possible]],
    rows: Codes,
    case: Case,
    records: Records,
) -> Column:
    left_out = None if key == "host" else case.known(key, records.vocabulary)
    listed: dict[Possible, int] = {}
    codes = np.empty(len(distinct), dtype=np.int32)
    for number, facts in enumerate(distinct):
        known = facts.get(key, left_out)
        assert known is not None
        codes[number] = listed.setdefault(known, len(listed))
    return ListedColumn(codes[rows], tuple(listed))
