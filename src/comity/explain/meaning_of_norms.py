"""What the norms of a regime make of facts: holding, being effective, giving a level.

The same meaning as the evaluator's, as formulas over facts, so that one can ask which facts would
have to be otherwise. The tests hold the two against one another. A formula names `node KEY` where
a limit, exception or power may be out of the way, or a guarantee be taken as bound and operating.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from comity.agreement.conditions import Condition, Constant, FactRef, Operand, ParameterRef
from comity.agreement.instruments import Holding, Instrument, article_of
from comity.agreement.nodes import Element, Kind, Norm, NormException, Power, Standstill
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Options, Range
from comity.agreement.vocabulary import Member, Right
from comity.explain.allowed import FAR, NO, YES, Names, Numbers
from comity.explain.formulas import NEVER, SURELY, UNSETTLED, Formula, all_of, some_of
from comity.explain.meaning_of_conditions import MeaningOfConditions

_EVERY_RANK_UP_TO = 12
_MEANINGS_KEPT = 24


def meaning_of(
    regime: Regime, day: date, host: Options, stated: frozenset[str], *, standstills: bool = True
) -> Meaning:
    """The meaning of a regime on a day before a host, kept with the regime."""
    kept: dict[object, Meaning] = vars(regime).setdefault("_meanings", {})
    asked = (day, host, stated, standstills)
    if asked not in kept:
        if len(kept) >= _MEANINGS_KEPT:
            del kept[next(iter(kept))]
        kept[asked] = Meaning(regime, day, host, stated, standstills)
    return kept[asked]


class Meaning(MeaningOfConditions):
    """A regime on a day before a host, as formulas; each is made when it is first asked for."""

    def __init__(
        self, regime: Regime, day: date, host: Options, stated: frozenset[str], standstills: bool
    ) -> None:
        super().__init__(regime, day, host, stated)
        self.standstills = standstills
        self._nodes: dict[str, Formula] = {}
        self._effective: dict[Unit, Formula] = {}
        self._gives: dict[tuple[Unit, int], Formula] = {}
        self._guarantees: dict[str, tuple[Unit, ...]] = {}
        self._limits: dict[str, tuple[Unit, ...]] = {}
        self._units: dict[str, tuple[tuple[Unit, Formula, int], ...]] = {}

    # ---- units ----
    def guarantees(self, right: str) -> tuple[Unit, ...]:
        """Every guarantee of a right, bound or not, soft ones too; and what standstills may give."""
        if right not in self._guarantees:
            norms = dict.fromkeys(self._norms(right))
            self._guarantees[right] = (*norms, *self._preserved(right))
        return self._guarantees[right]

    def limits(self, right: str) -> tuple[Unit, ...]:
        """The limits of a right."""
        if right not in self._limits:
            units = self.regime.units_on(right, self.day)
            self._limits[right] = tuple(u for u in units if u.kind is Kind.LIMIT)
        return self._limits[right]

    def units(self, right: str) -> tuple[tuple[Unit, Formula, int], ...]:
        """What bounds a right: each unit, its being effective, and its rank unless it is a fact."""
        if right not in self._units:
            found = self.regime.vocabulary.rights[right]
            self._units[right] = tuple(
                (unit, self.effective(unit), self.rank(unit.level, found))
                for unit in (*self.guarantees(right), *self.limits(right))
            )
        return self._units[right]

    def _norms(self, right: str) -> Iterator[Unit]:
        for key in self._keys_of(right):
            norm = self.liftable(key)
            for bounding in norm.boundings if norm is not None else ():
                if bounding.right == right:
                    yield Unit(key, Kind.GUARANTEE, right, bounding.level)

    def _keys_of(self, right: str) -> tuple[str, ...]:
        """Keys of the guarantees some variant of which speaks of a right, in the order of the text."""
        kept: dict[str, dict[str, None]] = vars(self.regime).setdefault("_guarantees_of", {})
        if not kept:
            kept.update({name: {} for name in self.regime.vocabulary.rights})
            for instrument in self.regime.instruments:
                for node in instrument.holdings:
                    if is_guarantee(node):
                        for bounding in node.boundings:  # type: ignore[union-attr]
                            kept[bounding.right][instrument.key(node.id)] = None
        return tuple(kept[right])

    def _preserved(self, right: str) -> Iterator[Unit]:
        if not self.standstills:
            return
        for instrument in self.regime.instruments:
            for key in map(instrument.key, _standstills(instrument)):
                node = self.regime.node(key, self.day)
                if instrument.force.binds and isinstance(node, Standstill) and right in node.rights:
                    for rank in self._ranks_named(right):
                        yield Unit(key, Kind.GUARANTEE, right, rank)

    def _ranks_named(self, name: str) -> list[int]:
        """The ranks that may matter: all of a scale; of many numbers, those that norms name."""
        right = self.regime.vocabulary.rights[name]
        if right.top <= _EVERY_RANK_UP_TO:
            return list(range(1, right.top + 1))
        ranks = {self.rank(u.level, right) for u in (*self._norms(name), *self.limits(name))}
        return sorted(rank for rank in ranks if rank)

    def rank(self, level: int | FactRef | ParameterRef, right: Right) -> int:
        """The rank of a level of the text; 0 for one that is a fact."""
        if isinstance(level, FactRef):
            return 0
        if isinstance(level, ParameterRef):
            level = right.rank(self.regime.parameter(level.instrument, level.name, self.day))
        return min(right.top, max(0, level))

    def liftable(self, key: str) -> Norm | None:
        """The guarantee of that key as read: the one valid on the day, if there is one."""
        node = self.regime.node(key, self.day)
        owner = key.partition("/")[0]
        if node is None:
            variants = self.regime.nodes.get(key, ())
            read = (v for v in variants if self.regime.is_read(v.frame.under, owner, self.day))
            node = next(read, None)
        return node if isinstance(node, Norm) and is_guarantee(node) else None

    # ---- positions ----
    def gives(self, unit: Unit, rank: int) -> Formula:
        """A guarantee is effective at a level of at least the rank."""
        if (unit, rank) not in self._gives:
            right = self.regime.vocabulary.rights[unit.right]
            level = self.level(unit.level, right, rank, right.top)
            self._gives[unit, rank] = all_of(
                level if n == 0 else self.effective(unit) for n in (0, 1)
            )
        return self._gives[unit, rank]

    def effective(self, unit: Unit) -> Formula:
        """A unit holds, and no effective unit that crosses it prevails over it."""
        if unit not in self._effective:
            self._effective[unit] = UNSETTLED  # what a circle of unknown prevalence finds
            self._effective[unit] = all_of(self._parts(unit))
        return self._effective[unit]

    def _parts(self, unit: Unit) -> Iterator[Formula]:
        node = self.regime.node(unit.node, self.day)
        if isinstance(node, Standstill):
            yield self._before(unit, node)
        elif unit not in self.regime.units_on(unit.right, self.day):
            yield self.record(f"node {unit.node}", NO)
        yield self.node(unit.node)
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
        yield self._crosses(guarantee, limit)
        yield self.effective(winner)

    def _crosses(self, guarantee: Unit, limit: Unit) -> Formula:
        right = self.regime.vocabulary.rights[guarantee.right]
        if not isinstance(limit.level, FactRef):
            return self.level(guarantee.level, right, self.rank(limit.level, right) + 1, right.top)
        if not isinstance(guarantee.level, FactRef):
            return self.level(limit.level, right, 0, self.rank(guarantee.level, right) - 1)
        sign = Fraction(-1 if right.less_is_better else 1)
        return self.linear({guarantee.level: sign, limit.level: -sign}, True, "", None)

    def level(
        self, level: int | FactRef | ParameterRef, right: Right, low: int, high: int
    ) -> Formula:
        """A level lies between two ranks."""
        if low > high:
            return NEVER
        if not isinstance(level, FactRef):
            return SURELY if low <= self.rank(level, right) <= high else NEVER
        least, most = sorted((right.amount(low), right.amount(high)))
        # A number beyond the right's bounds counts as the bound.
        return self.fact(level.path, Numbers(((least, FAR if most >= right.top else most),)))

    def _before(self, unit: Unit, node: Standstill) -> Formula:
        """The rules valid on a standstill's day gave its level; the facts are those of the case."""
        assert isinstance(unit.level, int)
        instrument = self.regime.instrument_of(unit.node)
        if node.since is not None:
            return self._gave(node.since, unit.right, unit.level)
        members = [m for m in instrument.parties if m.on(self.day)]
        if self.host.names is not None:
            members = [m for m in members if m.state in self.host.names]
        if not members:
            return NEVER
        if self.host.is_known:
            day = max((m.since for m in members if _is_before(m, self.day)), default=None)  # type: ignore[type-var]
            return NEVER if day is None else self._gave(day, unit.right, unit.level)
        days = dict.fromkeys(m.since for m in members if m.since is not None)
        joined = {day: frozenset(m.state for m in members if m.since == day) for day in days}
        known = (
            all_of((self.record("host", Names(states)), self._gave(day, unit.right, unit.level)))
            for day, states in joined.items()
        )
        any_member = Names(frozenset(m.state for m in members))
        return some_of((*known, all_of((self.record("host", any_member), UNSETTLED))))

    def _gave(self, day: date, right: str, rank: int) -> Formula:
        if day > self.day:
            return NEVER
        earlier = meaning_of(self.regime, day, self.host, self.stated, standstills=False)
        return some_of(earlier.gives(unit, rank) for unit in earlier.guarantees(right))

    # ---- what holds ----
    def node(self, key: str) -> Formula:
        """A rule, exception, power, extension or standstill holds, whatever prevails."""
        if key not in self._nodes:
            self._nodes[key] = all_of(self._node(key))
        return self._nodes[key]

    def _node(self, key: str) -> Iterator[Formula]:
        node, lifted = self.regime.node(key, self.day), self.liftable(key)
        body = node or lifted
        if body is None:
            yield NEVER
            return
        stands = NEVER if node is None else all_of(self._stands(node, key))
        yield stands if lifted is None else some_of((stands, self.record(f"node {key}", NO)))
        for line in body.when:
            yield self.condition(line)
        yield self.unexcepted(key)

    def _stands(self, node: Holding, key: str) -> Iterator[Formula]:
        if key not in self.regime.travelling:
            yield self.bound(key)
        if isinstance(node, Norm) and node.element:
            yield self._operates(node, self.regime.instrument_of(key))
        if isinstance(node, Power):
            yield self._exercised(node, key)
        if isinstance(node, (NormException, Power)) or (
            isinstance(node, Norm) and not is_guarantee(node)
        ):
            yield self.record(f"node {key}", YES)

    def unexcepted(self, key: str) -> Formula:
        """No exception or power that targets a node or definition holds."""
        exceptions = self.regime.exceptions_on(key, self.day)
        return all_of(self.node(exception).negated for exception in exceptions)

    def bound(self, key: str) -> Formula:
        """The host is bound by the node's instrument on the day, its article not reserved."""
        name, _, node_id = key.partition("/")
        if name not in self.regime.by_id:
            return NEVER
        if name in self.regime.for_every_host:
            return SURELY
        states = self.regime.bound_states(name, article_of(node_id), self.day)
        return self.record("host", Names(states))

    def _operates(self, node: Norm, instrument: Instrument) -> Formula:
        now = self._element(instrument, node.element, ())
        if not is_guarantee(node):
            return now
        return some_of((now, self.record(f"acquired {instrument.id}/{node.element}", YES)))

    def _element(self, instrument: Instrument, name: str, above: tuple[str, ...]) -> Formula:
        """Elements may need one another in a circle: then they operate together."""
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
            some_of(self._element(instrument, other, (*above, name)) for other in alternatives)
            for alternatives in element.needs
        )
        return all_of((adopted, *needs))

    def _exercised(self, node: Power, key: str) -> Formula:
        """A power counts once exercised: as the case says, as the text lists it, else unknown."""
        path = f"exercised {key}"
        states = frozenset(
            e.spell.state
            for e in self.regime.instrument_of(key).exercised
            if e.power == node.id and e.spell.on(self.day)
        )
        if path in self.stated or not states:
            return self.record(path, YES)
        listed = self.record("host", Names(states))
        if self.host.is_known:
            return some_of((listed, self.record(path, YES)))
        return some_of((listed, UNSETTLED))  # which host it is comes first

    def lapsed(self, key: str, test: Condition) -> Formula:
        """The guarantee holds, and the clock of its right has passed its bound."""
        node = self.regime.node(key, self.day)
        clocks = []
        for bounding in node.boundings if isinstance(node, Norm) else ():
            right = self.regime.vocabulary.rights[bounding.right]
            if right.measured_by:
                bound: Operand = Constant(right.amount(self.rank(bounding.level, right)), "")
                if isinstance(bounding.level, FactRef):
                    bound = bounding.level
                terms = {FactRef(right.measured_by): Fraction(1), bound: Fraction(-1)}
                clocks.append(self.linear(terms, True, "", test))
        return all_of((self.node(key), some_of(clocks)))


def is_guarantee(node: Holding) -> bool:
    """Whether a node is a norm in the person's favour."""
    return isinstance(node, Norm) and node.kind is Kind.GUARANTEE


def _standstills(instrument: Instrument) -> list[str]:
    return list(dict.fromkeys(n.id for n in instrument.holdings if isinstance(n, Standstill)))


def _is_before(member: Member, day: date) -> bool:
    return member.since is not None and member.since <= day


def level_range(level: Range, right: Right) -> Range:
    """The ranks of amounts, within the right's bounds."""
    ranks = sorted(min(right.top, max(0, right.rank(end))) for end in (level.low, level.high))
    return Range(ranks[0], ranks[1])
