"""The formulas of a regime for a table of records: whatever is asked of one host is asked of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from comity.agreement.coding.allowed import YES, Names
from comity.agreement.coding.formulas import Defined, Formula, some_of
from comity.agreement.coding.norms import MeaningOfNorms
from comity.agreement.conditions import Condition, FactRef
from comity.agreement.nodes import Power
from comity.agreement.regimes import Regime
from comity.agreement.values import Options


class Rules(MeaningOfNorms):
    """A regime on a day, each node and definition under its name; every record names its host.

    stated: powers exercised and declarations made (`exercised NODE`, `declared ID/NAME`) of which the
    table speaks itself. Of others holds what the text lists of the host; a power that it does not
    list may have been exercised, a declaration has not been made.
    """

    def __init__(
        self,
        regime: Regime,
        day: date,
        *,
        stated: frozenset[str] = frozenset(),
        standstills: bool = True,
    ) -> None:
        super().__init__(regime, day, Options(None), standstills=standstills)
        self.stated = stated
        self._defined: dict[str, Defined] = {}

    def defined(self, name: str, label: str, make: Callable[[], Formula]) -> Formula:
        """What a definition or node says, under its name: many name it, and it is worked out once."""
        if name not in self._defined:
            self._defined[name] = Defined(name, label, make)
        return self._defined[name]

    def earlier(self, day: date) -> MeaningOfNorms:
        """The meaning of the rules of an earlier day."""
        if day not in self._earlier:
            self._earlier[day] = Rules(self.regime, day, stated=self.stated, standstills=False)
        return self._earlier[day]

    def as_written(self) -> MeaningOfNorms:
        """The meaning of the same rules with every parameter as the text states it."""
        written = self.regime.as_written
        return Rules(written, self.day, stated=self.stated, standstills=False)

    def ranks_named(self, name: str) -> list[int]:
        """The ranks that the text fixes for a right; all of them where a fact may be a level."""
        right = self.regime.vocabulary.rights[name]
        levels = [unit.level for unit in self.regime.units[name]]
        if any(isinstance(level, FactRef) for level in levels):
            return list(range(1, right.top + 1))
        return sorted({self.rank(level, right) for level in levels} - {0})

    def exercised(self, node: Power, key: str) -> Formula:
        """A power counts once exercised: as the record says, as the text lists it, else unknown."""
        said = self.record(f"exercised {key}", YES)
        states = self.listed_as_exercising(node, key)
        if f"exercised {key}" in self.stated or not states:
            return said
        return some_of((self.record("host", Names(states)), said))

    def declared(self, instrument: str, name: str, atom: Condition) -> Formula:
        """The host has made a declaration: as the record says, else as the text lists it."""
        if f"declared {instrument}/{name}" in self.stated:
            return self.record(f"declared {instrument}/{name}", YES, atom)
        return self.record("host", Names(self.listed_as_declaring(instrument, name)), atom)
