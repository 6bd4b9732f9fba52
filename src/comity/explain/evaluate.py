"""The meaning of a regime for one case: what is effective, and what positions follow.

Three-valued (strong Kleene): a truth is unknown when a fact that decides it is unknown. This is
the reference evaluator; every other reader is tested against it. It stands in three modules, each
built on the one before: `conditions` (facts and definitions), `holdings` (what holds), and this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from comity.agreement.cases import Case
from comity.agreement.nodes import Kind, Standstill
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Options, Truth, conjunction, disjunction
from comity.explain.holdings import Holdings
from comity.explain.kleene import between, truth_of


class Evaluation(Holdings):
    """One case under one regime. Each question is answered once and remembered.

    without_standstills, on: used to ask what the rules valid on an earlier day gave.
    """

    def __init__(
        self,
        regime: Regime,
        case: Case,
        *,
        on: date | None = None,
        without_standstills: bool = False,
    ) -> None:
        super().__init__(regime, case, on or case.on)
        self.without_standstills = without_standstills
        self._holds = {}
        self._effective: dict[Unit, Truth] = {}
        self._earlier: dict[date, Evaluation] = {}

    @cached_property
    def sponsor(self) -> Evaluation | None:
        """The evaluation of the sponsor's own record; one level only."""
        return None if self.case.sponsor is None else Evaluation(self.regime, self.case.sponsor)

    def of_sponsor(self, right: str) -> Bounds | None:
        """The sponsor's own position; None without a sponsor's record."""
        return None if self.sponsor is None else self.sponsor.bounds(right)

    @cached_property
    def _units(self) -> dict[str, tuple[Unit, ...]]:
        units = dict(self.regime.units)
        if not self.without_standstills:
            for key, right, rank in self._standstill_levels():
                units[right] = (*units[right], Unit(key, Kind.GUARANTEE, right, rank))
        return units

    def units(self, right: str) -> tuple[Unit, ...]:
        """The bounding units of a right in this case, standstills included."""
        return self._units[right]

    def _standstill_levels(self) -> Iterable[tuple[str, str, int]]:
        for instrument in self.regime.instruments:
            for node in instrument.holdings:
                if isinstance(node, Standstill) and instrument.force.binds:
                    for right in node.rights:
                        for rank in range(1, self.regime.vocabulary.rights[right].top + 1):
                            key = instrument.key(node.id)
                            if self._gave_before(key, right, rank) is not Truth.FALSE:
                                yield key, right, rank

    def _gave_before(self, key: str, right: str, rank: int) -> Truth:
        """Whether the rules valid on the standstill's day gave at least this level."""
        node = self.regime.node(key, self.on)
        if not isinstance(node, Standstill):
            return Truth.FALSE
        day = node.since or self._joined(key)
        if day is None or day > self.on:
            return Truth.FALSE
        if day not in self._earlier:
            self._earlier[day] = Evaluation(
                self.regime, self.case, on=day, without_standstills=True
            )
        bounds = self._earlier[day].bounds(right)
        return between(bounds.lower, bounds.lower_possible, rank)

    def _joined(self, key: str) -> date | None:
        """The day on which the host joined the instrument; None if it never did, or is unknown."""
        instrument = self.regime.instrument_of(key)
        host = self.case.host
        assert isinstance(host, Options)
        if not host.is_known or host.names is None:
            return None
        spells = [
            m.since
            for m in instrument.parties
            if m.state in host.names and m.since is not None and m.on(self.on)
        ]
        return max(spells, default=None)

    def effective(self, unit: Unit) -> Truth:
        """A unit holds and no effective unit that crosses it prevails over it.

        Where it is unknown which of two prevails, they may wait for one another: both are unknown.
        """
        if unit not in self._effective:
            self._effective[unit] = Truth.UNKNOWN  # what a circle of unknown prevalence finds
            holds = self.holds(unit.node)
            if isinstance(self.regime.node(unit.node, self.on), Standstill):
                assert isinstance(unit.level, int)
                holds = min(holds, self._gave_before(unit.node, unit.right, unit.level))
            defeated = Truth.FALSE
            for other in self.units(unit.right) if holds is not Truth.FALSE else ():
                if other.kind is not unit.kind:
                    prevails = self.defeats(other, unit)
                    if prevails is not Truth.FALSE:
                        defeated = max(defeated, min(prevails, self.effective(other)))
            self._effective[unit] = min(holds, defeated.negated())
        return self._effective[unit]

    def defeats(self, winner: Unit, loser: Unit) -> Truth:
        """Whether the two cross and the first prevails, if both hold."""
        guarantee, limit = (winner, loser) if winner.kind is Kind.GUARANTEE else (loser, winner)
        crosses = self.crosses(guarantee, limit)
        if crosses is Truth.FALSE:
            return Truth.FALSE
        ruling = self.regime.ruling(guarantee.node, limit.node)
        ours, theirs = ruling.for_guarantee, ruling.for_limit
        if winner.kind is Kind.LIMIT:
            ours, theirs = theirs, ours
        spoken = disjunction(self._speaks(instrument) for instrument in ours)
        denied = disjunction(self._speaks(instrument) for instrument in theirs)
        return conjunction((crosses, spoken, denied.negated()))

    def _speaks(self, instrument: str) -> Truth:
        """An instrument's clauses count when it binds the host."""
        return self.bound(f"{instrument}/")

    def crosses(self, guarantee: Unit, limit: Unit) -> Truth:
        """Whether the guarantee's level lies above the limit's."""
        right = self.regime.vocabulary.rights[guarantee.right]
        above, below = self.level(guarantee.level, right), self.level(limit.level, right)
        return truth_of(above.low > below.high, above.high > below.low)

    # ---- positions ----
    def bounds(self, right: str) -> Bounds:
        """The position of a right: what is guaranteed, and what the host may not go beyond."""
        found = self.regime.vocabulary.rights[right]
        lower = lower_possible = 0
        upper = upper_possible = found.top
        for unit in self.units(right):
            effective = self.effective(unit)
            if effective is Truth.FALSE:
                continue
            level = self.level(unit.level, found)
            if unit.kind is Kind.GUARANTEE:
                lower_possible = max(lower_possible, level.high)
                if effective is Truth.TRUE:
                    lower = max(lower, level.low)
            else:
                upper = min(upper, level.low)
                if effective is Truth.TRUE:
                    upper_possible = min(upper_possible, level.high)
        return Bounds(lower, lower_possible, upper, upper_possible)

    def conflicts(self, right: str) -> list[tuple[Unit, Unit, Truth]]:
        """Pairs of an effective guarantee and an effective limit that cross: nothing settles them."""
        units = self.units(right)
        found: list[tuple[Unit, Unit, Truth]] = []
        for guarantee in units:
            for limit in units:
                if guarantee.kind is Kind.GUARANTEE and limit.kind is Kind.LIMIT:
                    both = conjunction(
                        (
                            self.crosses(guarantee, limit),
                            self.effective(guarantee),
                            self.effective(limit),
                        )
                    )
                    if both is not Truth.FALSE:
                        found.append((guarantee, limit, both))
        return found
