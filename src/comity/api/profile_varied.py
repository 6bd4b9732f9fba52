"""The people of a setting evaluated again with some facts said otherwise, all else as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from comity.agreement.many.circuit import Field, OfFact, OfHost
from comity.agreement.many.columns import Column, Table
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.many.fields import Coded
from comity.agreement.values import Possible


@dataclass(frozen=True, eq=False)
class Varied:
    """Records under one regime. What does not change between two evaluations is read once."""

    evaluator: Evaluator
    table: Table

    @cached_property
    def _read(self) -> Mapping[Field, Coded]:
        return {of: coder.read(self.table) for of, coder in self.evaluator.coders.items()}

    def as_it_is(self) -> Evaluated:
        """The records as the table has them."""
        return self.evaluator.evaluate_coded(self._read, self.table.size)

    def said(
        self, same: Mapping[str, Possible], columns: Mapping[str, Column] | None = None
    ) -> Evaluated:
        """The records with some facts alike for all, and with other columns for some.

        same, columns: by the key of the fact. Facts that no norm asks make no difference.
        """
        others = dict(columns or {})
        kept = {k: c for k, c in self.table.columns.items() if k not in same}
        table = replace(
            self.table, columns={**kept, **others}, shared={**self.table.shared, **same}
        )
        changed = same.keys() | others.keys()
        read = {
            of: coder.read(table) if changed & _keys(of) else self._read[of]
            for of, coder in self.evaluator.coders.items()
        }
        return self.evaluator.evaluate_coded(read, self.table.size)


def _keys(of: Field) -> frozenset[str]:
    """The facts of a field."""
    if isinstance(of, OfFact):
        return frozenset({of.key})
    if isinstance(of, OfHost):
        return frozenset({of.key, "host"})
    return frozenset(key for key, _ in of.terms)
