"""Rows whose facts go together in no possible world: each axiom of the vocabulary, on every row.

An axiom is evaluated by the evaluator of many cases, three-valued: a row is at fault only where the
axiom is surely false. What is not known breaks nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import numpy as np

from comity.agreement.many.circuit import OfHost
from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.many.fields import unknown
from comity.agreement.regimes import Regime
from comity.agreement.values import Options, Possible, Range, exactly
from comity.agreement.vocabulary import Axiom, Vocabulary
from comity.count.register.columns import Bools


class Axioms:
    """The axioms of which a register says something. keys: the facts of which it does."""

    def __init__(self, vocabulary: Vocabulary, keys: Collection[str], day: date) -> None:
        self.vocabulary = vocabulary
        regime = Regime("axioms", (), vocabulary, {})
        self.axioms: list[Axiom] = []
        self.keys: list[tuple[str, ...]] = []
        self._of_host: list[bool] = []
        for axiom in vocabulary.axioms:
            alone = Evaluator(regime, day, rights=(), conditions=(axiom.condition,))
            facts = tuple(key for key in alone.keys if key != "host" and key in keys)
            if facts:
                self.axioms.append(axiom)
                self.keys.append(facts)
                self._of_host.append(any(isinstance(f, OfHost) for f in alone.circuit.fields))
        conditions = tuple(axiom.condition for axiom in self.axioms)
        self._evaluator = Evaluator(regime, day, rights=(), conditions=conditions)

    def broken(self, table: Table) -> Iterator[tuple[int, Bools]]:
        """The number of each axiom that some row breaks, and those rows, shape (rows,)."""
        if not self.axioms or not table.size:
            return
        hosted, are_hosted = self._with_hosts(table)
        found = self._evaluator.evaluate(hosted)
        for number, possibly in enumerate(found.possibly):
            rows = ~np.asarray(possibly, dtype=bool)
            if self._of_host[number]:
                rows &= are_hosted
            if rows.any():
                yield number, rows

    def _with_hosts(self, table: Table) -> tuple[Table, Bools]:
        """The table with some State in place of a host that is not known, and where it is known."""
        column, everywhere = table.columns.get("host"), np.ones(table.size, dtype=bool)
        if not isinstance(column, ListedColumn):
            return table, everywhere
        known = [isinstance(v, Options) and v.is_known for v in column.values]
        if all(known):
            return table, everywhere
        some = next(iter(sorted(self.vocabulary.states)), "none")
        values = tuple(
            v if is_known else exactly(some)
            for v, is_known in zip(column.values, known, strict=True)
        )
        hosted = ListedColumn(column.codes, values)
        columns = {**table.columns, "host": hosted}
        return Table(table.size, columns, table.shared), np.array(known)[column.codes]


def blanked(
    key: str, column: Column | None, same: Possible | None, rows: Bools, vocabulary: Vocabulary
) -> Column:
    """A column in which nothing is known of some rows. rows: shape (rows,)."""
    nothing = unknown(key, vocabulary)
    if column is None:
        known = nothing if same is None else same
        return ListedColumn(rows.astype(np.int32), (known, nothing))
    if isinstance(column, NumberColumn):
        assert isinstance(nothing, Range)
        low, high = column.low.astype(np.int64), column.high.astype(np.int64)
        return NumberColumn(np.where(rows, nothing.low, low), np.where(rows, nothing.high, high))
    codes = np.where(rows, len(column.values), column.codes)
    return ListedColumn(codes, (*column.values, nothing))
