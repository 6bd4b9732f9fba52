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
from comity.agreement.instruments import article_of
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
        self._before: dict[tuple[str, str], Bounds] = {}
        self._bounds: dict[str, Bounds] = {}

    @cached_property
    def sponsor(self) -> Evaluation | None:
        """The evaluation of the sponsor's own record; one level only."""
        if self.case.sponsor is None:
            return None
        earlier = (
            self.on if self.on != self.case.on else None
        )  # a standstill's day is the sponsor's too
        return Evaluation(
            self.regime,
            self.case.sponsor,
            on=earlier,
            without_standstills=self.without_standstills,
        )

    def of_sponsor(self, right: str) -> Bounds | None:
        """The sponsor's own position; None without a sponsor's record."""
        return None if self.sponsor is None else self.sponsor.bounds(right)

    @cached_property
    def _units(self) -> dict[str, tuple[Unit, ...]]:
        units = {r: self.regime.units_on(r, self.on) for r in self.regime.vocabulary.rights}
        if not self.without_standstills:
            for key, right, rank in self._standstill_levels():
                units[right] = (*units[right], Unit(key, Kind.GUARANTEE, right, rank))
        return units

    def units(self, right: str) -> tuple[Unit, ...]:
        """The bounding units of a right in this case, standstills included."""
        return self._units[right]

    def _standstill_levels(self) -> Iterable[tuple[str, str, int]]:
        for instrument in self.regime.instruments:
            if not instrument.force.binds:
                continue
            for node in instrument.holdings:
                if isinstance(node, Standstill):
                    key = instrument.key(node.id)
                    for right in node.rights:
                        for rank in range(1, self._gave_before(key, right).lower_possible + 1):
                            yield key, right, rank

    def _gave_before(self, key: str, right: str) -> Bounds:
        """What the rules valid on the standstill's day gave; the facts are those of the case.

        Where it is unknown which State the host is, it is unknown since when it must stand still.
        A draft has no day of ratification: earlier law then enters as a fact (`earlier.stay`).
        """
        if (key, right) not in self._before:
            self._before[key, right] = self._work_out_before(key, right)
        return self._before[key, right]

    def _work_out_before(self, key: str, right: str) -> Bounds:
        top = self.regime.vocabulary.rights[right].top
        node = self.regime.node(key, self.on)
        if isinstance(node, Standstill) and node.moved:
            return self._written.bounds(right) if self.regime.parameters else Bounds(0, 0, top, top)
        if self._standstill_days(key) is None:
            return Bounds(0, top, 0, top)
        day = self.standstill_day(key)
        if day is None:
            return Bounds(0, 0, top, top)
        if day not in self._earlier:
            self._earlier[day] = Evaluation(
                self.regime, self.case, on=day, without_standstills=True
            )
        return self._earlier[day].bounds(right)

    @cached_property
    def _written(self) -> Evaluation:
        """The same case where every parameter stands at the value that its text states."""
        written = self.regime.as_written
        return Evaluation(written, self.case, on=self.on, without_standstills=True)

    def standstill_day(self, key: str) -> date | None:
        """The day whose rules a standstill preserves; None if there is none yet, or it is unknown."""
        days = self._standstill_days(key) or set()
        return max((day for day in days if day is not None and day <= self.on), default=None)

    def _standstill_days(self, key: str) -> set[date | None] | None:
        """The day named, or that on which the host joined; None if the host is unknown and may have."""
        node = self.regime.node(key, self.on)
        if not isinstance(node, Standstill) or node.moved:
            return set()
        if node.since is not None:
            return {node.since}
        instrument = self.regime.instrument_of(key)
        host = self.case.host
        assert isinstance(host, Options)
        spells = [m for m in instrument.parties if m.on(self.on)]
        if instrument.id in self.regime.for_every_host and not spells:
            return set()
        possible = [m for m in spells if host.names is None or m.state in host.names]
        if not possible:
            return set()
        return {m.since for m in possible} if host.is_known else None

    def effective(self, unit: Unit) -> Truth:
        """A unit holds and no effective unit that crosses it prevails over it.

        Where it is unknown which of two prevails, they may wait for one another: both are unknown.
        """
        if unit not in self._effective:
            self._effective[unit] = Truth.UNKNOWN  # what a circle of unknown prevalence finds
            holds = self.holds(unit.node)
            if isinstance(self.regime.node(unit.node, self.on), Standstill):
                assert isinstance(unit.level, int)
                before = self._gave_before(unit.node, unit.right)
                holds = min(holds, between(before.lower, before.lower_possible, unit.level))
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
        spoken = disjunction(self._speaks(clause) for clause in ours)
        denied = disjunction(self._speaks(clause) for clause in theirs)
        return conjunction((crosses, spoken, denied.negated()))

    def _settled(self, guarantee: Unit, limit: Unit) -> bool:
        """Whether a clause of one of the two instruments decides the pair whenever both hold.

        Asked where truths are unknown: the pair then looks like a possible conflict, and no completion
        of the case has one. A clause that may be reserved settles nothing beforehand.
        """
        ruling = self.regime.ruling(guarantee.node, limit.node)
        if bool(ruling.for_guarantee) is bool(ruling.for_limit):
            return False
        owners = {unit.node.partition("/")[0] for unit in (guarantee, limit)}
        for clause in ruling.for_guarantee or ruling.for_limit:
            owner, _, node_id = clause.partition("/")
            article = article_of(node_id)
            reserved = any(
                article in r.articles for r in self.regime.library[owner].reservations
            ) or self.case.facts.get(f"reserved {owner}/{article}")
            if owner in owners and not reserved:
                return True
        return False

    def _speaks(self, clause: str) -> Truth:
        """A clause counts when its instrument binds the host, and the host has not reserved it."""
        return self.bound(clause)

    def crosses(self, guarantee: Unit, limit: Unit) -> Truth:
        """Whether the guarantee's level lies above the limit's."""
        right = self.regime.vocabulary.rights[guarantee.right]
        above, below = self.level(guarantee.level, right), self.level(limit.level, right)
        return truth_of(above.low > below.high, above.high > below.low)

    # ---- positions ----
    def bounds(self, right: str) -> Bounds:
        """The position of a right: what is guaranteed, and what the host may not go beyond."""
        if right not in self._bounds:
            self._bounds[right] = self._position(right)
        return self._bounds[right]

    def _position(self, right: str) -> Bounds:
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
                    if self._settled(guarantee, limit):
                        continue
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
