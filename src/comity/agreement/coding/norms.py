"""What the norms of a regime make of facts: holding, being effective, and the position that follows.

The same meaning as the reference evaluator's, for complete cases, as formulas that any reader can
ask about all cases at once. A rank may be a number that varies: then one formula stands for every
level of a right. `explain` has its own use of the same formulas (`explain/lifted`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from comity.agreement.coding.allowed import FAR, YES, Names, Numbers
from comity.agreement.coding.conditions import MeaningOfConditions
from comity.agreement.coding.earlier_law import is_before, standstills_of
from comity.agreement.coding.formulas import NEVER, SURELY, Formula, all_of, some_of
from comity.agreement.conditions import Condition, Constant, FactRef, Operand, ParameterRef
from comity.agreement.instruments import Holding, Instrument, article_of
from comity.agreement.latitude import may_be_reserved
from comity.agreement.nodes import Element, Kind, Norm, Power, Standstill
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Options
from comity.agreement.vocabulary import Right

_EVERY_RANK_UP_TO = 12


class MeaningOfNorms(MeaningOfConditions):
    """A regime on a day as formulas; each is made when it is first asked for.

    standstills: whether they count; not where it is asked what the rules of an earlier day gave.
    reservable: whether hosts may have made any reservation that the texts permit.
    """

    def __init__(
        self,
        regime: Regime,
        day: date,
        host: Options,
        *,
        standstills: bool = True,
        varying: frozenset[str] = frozenset(),
        reservable: bool = False,
    ) -> None:
        super().__init__(regime, day, host, varying)
        self.standstills, self.reservable = standstills, reservable
        self._nodes: dict[str, Formula] = {}
        self._effective: dict[Unit, Formula] = {}
        self._gives: dict[tuple[Unit, int | str], Formula] = {}
        self._units: dict[tuple[str, Kind], tuple[Unit, ...]] = {}
        self._earlier: dict[date, MeaningOfNorms] = {}
        self._written: MeaningOfNorms | None = None

    # ---- units ----
    def guarantees(self, right: str) -> tuple[Unit, ...]:
        """The guarantees of a right, and what standstills may preserve of it."""
        return self._of_kind(right, Kind.GUARANTEE)

    def limits(self, right: str) -> tuple[Unit, ...]:
        """The limits of a right."""
        return self._of_kind(right, Kind.LIMIT)

    def _of_kind(self, right: str, kind: Kind) -> tuple[Unit, ...]:
        if (right, kind) not in self._units:
            units = [u for u in self.regime.units_on(right, self.day) if u.kind is kind]
            if kind is Kind.GUARANTEE:
                units += self.preserved(right)
            self._units[right, kind] = tuple(units)
        return self._units[right, kind]

    def preserved(self, right: str) -> Iterator[Unit]:
        """What standstills may give of a right, a unit a rank."""
        if not self.standstills:
            return
        for instrument in self.regime.instruments:
            for key in map(instrument.key, standstills_of(instrument)):
                node = self.regime.node(key, self.day)
                if instrument.force.binds and isinstance(node, Standstill) and right in node.rights:
                    if node.moved and not self.is_moved:
                        continue  # it could only say again what the rules say
                    for rank in self.ranks_named(right):
                        yield Unit(key, Kind.GUARANTEE, right, rank)

    def ranks_named(self, name: str) -> list[int]:
        """The ranks that may matter: all of a scale; of many numbers, those that norms name."""
        right = self.regime.vocabulary.rights[name]
        levels = [unit.level for unit in self.regime.units[name]]
        if right.top <= _EVERY_RANK_UP_TO or not all(isinstance(lv, int) for lv in levels):
            return list(range(1, right.top + 1))
        return sorted({self.rank(level, right) for level in levels} - {0})

    def rank(self, level: int | FactRef | ParameterRef, right: Right) -> int:
        """The rank of a level of the text; 0 for one that is a fact."""
        if isinstance(level, FactRef):
            return 0
        if isinstance(level, ParameterRef):
            level = right.rank(self.regime.parameter(level.instrument, level.name, self.day))
        return min(right.top, max(0, level))

    # ---- positions ----
    def rank_of(self, right: str, name: str = "level") -> str:
        """The key of a rank of a right that may be any above the bottom."""
        return self.quantity(f"{name} {right}", 1, self.regime.vocabulary.rights[right].top)

    def guaranteed(self, right: str, rank: int | str) -> Formula:
        """The lower bound is at least a rank, or the number under a key."""
        if isinstance(rank, int) and rank <= 0:
            return SURELY
        return some_of(self.gives(unit, rank) for unit in self.guarantees(right))

    def left_open(self, right: str, rank: int | str) -> Formula:
        """The upper bound is at least a rank, or the number under a key."""
        return all_of(
            all_of((self._falls_short(unit, rank), self.effective(unit))).negated
            for unit in self.limits(right)
        )

    def _falls_short(self, unit: Unit, rank: int | str) -> Formula:
        return self.reaches(unit.level, self.regime.vocabulary.rights[unit.right], rank).negated

    def gives(self, unit: Unit, rank: int | str) -> Formula:
        """A guarantee is effective at a level of at least the rank."""
        if (unit, rank) not in self._gives:
            right = self.regime.vocabulary.rights[unit.right]
            reaches = self.reaches(unit.level, right, rank)
            self._gives[unit, rank] = all_of(
                reaches if n == 0 else self.effective(unit) for n in (0, 1)
            )
        return self._gives[unit, rank]

    def reaches(
        self, level: int | FactRef | ParameterRef, right: Right, rank: int | str
    ) -> Formula:
        """A level of the text is at least a rank, or the number under a key."""
        if isinstance(rank, int):
            return self.level(level, right, rank, right.top)
        source = self._number(level)
        if source is None:
            return self.record(rank, Numbers(((-FAR, self.rank(level, right)),)))
        # a number beyond the right's bounds counts as the bound, and no rank lies beyond that
        sign, start = (-1, right.top) if right.less_is_better else (1, 0)
        terms = {source: Fraction(sign), rank: Fraction(-1)}
        return self.sum(terms, Fraction(start), False, None)

    def _number(self, level: int | FactRef | ParameterRef) -> str | None:
        """The key of the fact or varying parameter that is a level; None where it is fixed."""
        if isinstance(level, FactRef):
            return level.path
        if isinstance(level, ParameterRef) and f"{level.instrument}/{level.name}" in self.varying:
            return self.parameter(level.instrument, level.name)
        return None

    def level(
        self, level: int | FactRef | ParameterRef, right: Right, low: int, high: int
    ) -> Formula:
        """A level lies between two ranks."""
        if low > high:
            return NEVER
        source = self._number(level)
        if source is None:
            return SURELY if low <= self.rank(level, right) <= high else NEVER
        least, most = sorted((right.amount(low), right.amount(high)))
        # A number beyond the right's bounds counts as the bound.
        return self.fact(source, Numbers(((least, FAR if most >= right.top else most),)))

    def effective(self, unit: Unit) -> Formula:
        """A unit holds, and no effective unit that crosses it prevails over it."""
        if unit not in self._effective:
            self._effective[unit] = self.defined(
                f"effective {unit.node} {unit.right} {unit.kind} {unit.level}",
                unit.node,
                lambda: all_of(self._parts(unit)),
            )
        return self._effective[unit]

    def _parts(self, unit: Unit) -> Iterator[Formula]:
        node = self.regime.node(unit.node, self.day)
        if isinstance(node, Standstill):
            yield self.before(unit, node)
        yield self.node(unit.node)
        yield from self.undefeated(unit)

    def undefeated(self, unit: Unit) -> Iterator[Formula]:
        """No effective unit that crosses it prevails over it."""
        if unit.kind is Kind.LIMIT:
            for guarantee in self.guarantees(unit.right):
                yield all_of(self._defeats(guarantee, unit, guarantee, unit)).negated
        else:
            for limit in self.limits(unit.right):
                yield all_of(self._defeats(limit, unit, unit, limit)).negated

    def _defeats(
        self, winner: Unit, loser: Unit, guarantee: Unit, limit: Unit
    ) -> Iterator[Formula]:
        ruling = self.regime.ruling(guarantee.node, limit.node)
        ours, theirs = ruling.for_guarantee, ruling.for_limit
        if winner is limit:
            ours, theirs = theirs, ours
        yield some_of(self.bound(clause) for clause in ours)
        yield some_of(self.bound(clause) for clause in theirs).negated
        yield self.crosses(guarantee, limit)
        yield self.effective(winner)

    def crosses(self, guarantee: Unit, limit: Unit) -> Formula:
        """A guarantee's level lies above a limit's."""
        right = self.regime.vocabulary.rights[guarantee.right]
        above, below = self._number(guarantee.level), self._number(limit.level)
        if below is None:
            return self.level(guarantee.level, right, self.rank(limit.level, right) + 1, right.top)
        if above is None:
            return self.level(limit.level, right, 0, self.rank(guarantee.level, right) - 1)
        sign = Fraction(-1 if right.less_is_better else 1)
        terms = {above: sign, below: -sign} if above != below else {}
        return all_of(  # two numbers beyond the right's bounds are both at the bound
            (
                self.level(guarantee.level, right, 1, right.top),
                self.level(limit.level, right, 0, right.top - 1),
                self.sum(terms, Fraction(0), True, None),
            )
        )

    # ---- standstills ----
    def before(self, unit: Unit, node: Standstill) -> Formula:
        """The rules valid on a standstill's day gave its level; the facts are those of the case."""
        assert isinstance(unit.level, int)
        if node.moved:
            if self._written is None:
                self._written = self.as_written()
            return self._written.guaranteed(unit.right, unit.level)
        if node.since is not None:
            return self.gave(node.since, unit.right, unit.level)
        joined: dict[date, set[str]] = {}
        for state, day in self._joined(self.regime.instrument_of(unit.node)).items():
            joined.setdefault(day, set()).add(state)
        return some_of(
            all_of(
                (
                    self.record("host", Names(frozenset(states))),
                    self.gave(day, unit.right, unit.level),
                )
            )
            for day, states in joined.items()
        )

    def _joined(self, instrument: Instrument) -> dict[str, date]:
        """The day on which each party of the day joined."""
        found: dict[str, date] = {}
        for member in instrument.parties:
            if member.on(self.day) and is_before(member, self.day):
                assert member.since is not None
                found[member.state] = max(member.since, found.get(member.state, member.since))
        return found

    def gave(self, day: date, right: str, rank: int) -> Formula:
        """What the rules of an earlier day guaranteed, standstills left out."""
        return NEVER if day > self.day else self.earlier(day).guaranteed(right, rank)

    def earlier(self, day: date) -> MeaningOfNorms:
        """The meaning of the rules of an earlier day."""
        if day not in self._earlier:
            self._earlier[day] = type(self)(
                self.regime,
                day,
                self.host,
                standstills=False,
                varying=self.varying,
                reservable=self.reservable,
            )
        return self._earlier[day]

    @property
    def is_moved(self) -> bool:
        """Whether some parameter may stand at another value than the text states."""
        return bool(self.regime.parameters or self.varying)

    def as_written(self) -> MeaningOfNorms:
        """The meaning of the same rules with every parameter as the text states it."""
        return type(self)(
            self.regime.as_written,
            self.day,
            self.host,
            standstills=False,
            reservable=self.reservable,
        )

    # ---- what holds ----
    def node(self, key: str) -> Formula:
        """A rule, exception, power, extension or standstill holds, whatever prevails."""
        if key not in self._nodes:
            self._nodes[key] = self.defined(f"holds {key}", key, lambda: all_of(self._node(key)))
        return self._nodes[key]

    def _node(self, key: str) -> Iterator[Formula]:
        node = self.regime.node(key, self.day)
        if node is None:
            yield NEVER
            return
        yield from self.stands(node, key)
        for line in node.when:
            yield self.condition(line)
        yield self.unexcepted(key)

    def stands(self, node: Holding, key: str) -> Iterator[Formula]:
        """The host is bound, the element operates, the power is exercised."""
        if key not in self.regime.travelling:
            yield self.bound(key)
        if isinstance(node, Norm) and node.element:
            yield self._operates(node, self.regime.instrument_of(key))
        if isinstance(node, Power):
            yield self.exercised(node, key)

    def unexcepted(self, key: str) -> Formula:
        """No exception or power that targets a node or definition holds."""
        exceptions = self.regime.exceptions_on(key, self.day)
        return all_of(self.node(exception).negated for exception in exceptions)

    def bound(self, key: str) -> Formula:
        """The host is bound by the node's instrument on the day, its article not reserved."""
        name, _, node_id = key.partition("/")
        if name not in self.regime.by_id:
            return NEVER
        article = article_of(node_id)
        free: Formula = SURELY
        if self.reservable and may_be_reserved(self.regime.by_id[name], article):
            free = self.record(f"reserved {name}/{article}", YES).negated
        if name in self.regime.for_every_host:
            return free
        states = self.regime.bound_states(name, article, self.day)
        return all_of((self.record("host", Names(states)), free))

    def _operates(self, node: Norm, instrument: Instrument) -> Formula:
        now = self.operating(instrument, node.element, ())
        if node.kind is not Kind.GUARANTEE:
            return now
        return some_of((now, self.record(f"acquired {instrument.id}/{node.element}", YES)))

    def operating(self, instrument: Instrument, name: str, above: tuple[str, ...]) -> Formula:
        """An element is in the largest set of adopted ones each of whose needs is met within it.

        Elements may need one another in a circle: then they operate together.
        """
        if name in above:
            return SURELY
        elements = (s for s in instrument.statements if isinstance(s, Element))
        element = next((e for e in elements if e.name == name), None)
        if element is None:
            return NEVER
        stated = instrument.elements.get(name)
        adopted: Formula = SURELY if stated == "adopted" else NEVER
        if stated is None:
            adopted = self.record(f"adopted {instrument.id}/{name}", YES)
        needs = (
            some_of(self.operating(instrument, other, (*above, name)) for other in alternatives)
            for alternatives in element.needs
        )
        return all_of((adopted, *needs))

    def exercised(self, node: Power, key: str) -> Formula:
        """A power counts once exercised, which is a fact of the host."""
        return self.record(f"exercised {key}", YES)

    def declared(self, instrument: str, name: str, atom: Condition) -> Formula:
        """The host has made a declaration, which is a fact of the host."""
        return self.record(f"declared {instrument}/{name}", YES, atom)

    def listed_as_exercising(self, node: Power, key: str) -> frozenset[str]:
        """The hosts of which the text says that they have exercised a power by the day."""
        return frozenset(
            e.spell.state
            for e in self.regime.instrument_of(key).exercised
            if e.power == node.id and e.spell.on(self.day)
        )

    def listed_as_declaring(self, instrument: str, name: str) -> frozenset[str]:
        """The hosts of which the text says that they have made a declaration by the day."""
        return frozenset(
            d.spell.state
            for d in self.regime.library[instrument].declarations
            if d.name == name and d.spell.on(self.day)
        )

    def lapsed(self, key: str, test: Condition) -> Formula:
        """The guarantee holds, and the clock of its right has passed its bound."""
        node = self.regime.node(key, self.day)
        clocks = []
        for bounding in node.boundings if isinstance(node, Norm) else ():
            right = self.regime.vocabulary.rights[bounding.right]
            if right.measured_by:
                bound: Operand = Constant(right.amount(self.rank(bounding.level, right)), "")
                if self._number(bounding.level) is not None:
                    assert not isinstance(bounding.level, int)
                    bound = bounding.level
                terms = {FactRef(right.measured_by): Fraction(1), bound: Fraction(-1)}
                clocks.append(self.linear(terms, True, "", test))
                # a bound beyond the right's own counts as that
                clocks.append(self.fact(right.measured_by, Numbers(((right.top + 1, FAR),)), test))
        return all_of((self.node(key), some_of(clocks)))
