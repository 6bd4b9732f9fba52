"""A regime as the solver sees it: the shared formulas, each node and definition under its name.

Ranges over complete cases that satisfy the vocabulary's axioms and every exercise of powers; where
asked, over parameters within their bounds, declarations and permitted reservations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.agreement.coding.allowed import YES, Names
from comity.agreement.coding.formulas import (
    Defined,
    Fact,
    Formula,
    IsHost,
    Linear,
    all_of,
    everything_in,
    some_of,
)
from comity.agreement.coding.norms import MeaningOfNorms
from comity.agreement.conditions import Condition
from comity.agreement.latitude import bounds_of, parameters_of
from comity.agreement.regimes import Regime
from comity.agreement.values import Options
from comity.agreement.vocabulary import Member


@dataclass(frozen=True, slots=True)
class Latitude:
    """What a proof ranges over besides cases."""

    parameters: bool = False
    reservations: bool = False


NONE = Latitude()


class Law(MeaningOfNorms):
    """The formulas of a regime on a day for every host at once.

    tag: tells the names of two regimes in one question apart.
    asked_on: the day whose parameters may vary, also in the rules of an earlier day.
    """

    def __init__(
        self,
        regime: Regime,
        day: date,
        *,
        tag: str = "",
        latitude: Latitude = NONE,
        standstills: bool = True,
        asked_on: date | None = None,
    ) -> None:
        self.asked_on = asked_on or day
        may_vary = latitude.parameters and not regime.is_fixed
        varied = dict(parameters_of(regime, self.asked_on)) if may_vary else {}
        super().__init__(
            regime,
            day,
            Options(None),
            standstills=standstills,
            varying=frozenset(varied),
            reservable=latitude.reservations,
        )
        self.tag, self.latitude = tag, latitude
        self._defined: dict[str, Defined] = {}
        for key, parameter in varied.items():  # also those that only an earlier day's rules name
            self.quantity(f"parameter {key}", *bounds_of(parameter))

    def parameter(self, instrument: str, name: str) -> str:
        """The key of a parameter that varies within its bounds of the day that is asked about."""
        return f"parameter {instrument}/{name}"

    def defined(self, name: str, label: str, make: Callable[[], Formula]) -> Formula:
        """What a definition or node says, under its name, so that a proof can say that it needs it."""
        name = f"{self.tag}{name}"
        if name not in self._defined:
            self._defined[name] = Defined(name, label, make)
        return self._defined[name]

    def earlier(self, day: date) -> MeaningOfNorms:
        """The meaning of the rules of an earlier day."""
        if day not in self._earlier:
            self._earlier[day] = Law(
                self.regime,
                day,
                tag=f"{self.tag}{day} ",
                latitude=self.latitude,
                standstills=False,
                asked_on=self.asked_on,
            )
        return self._earlier[day]

    def as_written(self) -> MeaningOfNorms:
        """The meaning of the same rules with every parameter as the text states it."""
        return Law(
            self.regime.as_written,
            self.day,
            tag=f"{self.tag}as written ",
            latitude=self.latitude,
            standstills=False,
            asked_on=self.asked_on,
        )

    def declared(self, instrument: str, name: str, atom: Condition) -> Formula:
        """The host has made a declaration: those that the text lists, or any host if so asked."""
        if self.latitude.reservations:
            return super().declared(instrument, name, atom)
        return self.record("host", Names(self.listed_as_declaring(instrument, name)), atom)

    # ---- worlds that can be ----
    def possible(self, formula: Formula) -> Formula:
        """The axioms and what the texts list of hosts, as far as a formula's facts hang on them."""
        asked = keys_of((formula,))
        return all_of((*self._axioms_on(asked), *self._listed(asked)))

    def _axioms_on(self, asked: set[str]) -> Iterator[Formula]:
        """The axioms that share a fact with what is asked, and those that share one with them.

        All others hold of the ordinary values that the facts they name then have.
        """
        left = dict(self._axioms)
        known, found = set(asked), True
        while found:
            found = False
            for name, (axiom, keys) in list(left.items()):
                if keys & known:
                    known |= keys
                    del left[name]
                    found = True
                    yield axiom

    @cached_property
    def _axioms(self) -> dict[int, tuple[Formula, set[str]]]:
        """The axioms with the facts that each names."""
        every = [self.condition(axiom.condition) for axiom in self.vocabulary.axioms]
        return {id(axiom): (axiom, keys_of((axiom,))) for axiom in every}

    def _listed(self, asked: set[str]) -> Iterator[Formula]:
        """A host that the text lists as having exercised a power or made a declaration has."""
        for key in sorted(asked):
            kind, _, rest = key.partition(" ")
            name, _, of = rest.partition("/")
            instrument = self.regime.library.get(name)
            if instrument is None or kind not in ("exercised", "declared"):
                continue
            spells: list[Member] = [
                *(e.spell for e in instrument.exercised if (kind, of) == ("exercised", e.power)),
                *(d.spell for d in instrument.declarations if (kind, of) == ("declared", d.name)),
            ]
            states = frozenset(s.state for s in spells if s.on(self.day))
            if states:
                listed = self.record("host", Names(states))
                yield some_of((listed.negated, self.record(key, YES)))

    def mentions(self, formulas: Iterable[Formula], keys: frozenset[str]) -> bool:
        """Whether some of the facts are named where the formulas come from."""
        return not keys_of(formulas).isdisjoint(keys)


def keys_of(formulas: Iterable[Formula]) -> set[str]:
    """The facts that formulas name, those of what they define included."""
    found: set[str] = set()
    for formula in everything_in(formulas):
        if isinstance(formula, (Fact, IsHost)):
            found |= formula.keys
        elif isinstance(formula, Linear):
            found |= formula.terms.keys()
    return found
