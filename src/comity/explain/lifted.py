"""What would have to be otherwise: the formulas of the text, with articles that may be lifted.

The same meaning as the evaluator's, as formulas over facts, so that one can ask which facts would
have to be otherwise. The tests hold the two against one another. A formula names `node KEY` where
a limit, exception or power may be out of the way, or a guarantee be taken as bound and operating.
While the host is unknown, what hangs on which it is is unsettled, as in the evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.agreement.coding.allowed import ANY, NO, YES, Names, Sets
from comity.agreement.coding.conditions import at_place
from comity.agreement.coding.formulas import NEVER, UNSETTLED, Formula, all_of, some_of
from comity.agreement.coding.norms import MeaningOfNorms
from comity.agreement.conditions import Condition, DefinitionRef, FactRef, Includes
from comity.agreement.instruments import Holding, article_of
from comity.agreement.nodes import Kind, Norm, NormException, Power, Standstill
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Options, Range
from comity.agreement.vocabulary import Right

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
        kept[asked] = Meaning(regime, day, host, stated, standstills=standstills)
    return kept[asked]


class Meaning(MeaningOfNorms):
    """A regime on a day before a host, with articles that may be lifted.

    stated: the powers, declarations and reservations of which the case itself speaks.
    like_host: facts that are compared with the host while it is unknown.
    """

    def __init__(
        self,
        regime: Regime,
        day: date,
        host: Options,
        stated: frozenset[str],
        *,
        standstills: bool = True,
    ) -> None:
        super().__init__(regime, day, host, standstills=standstills)
        self.stated = stated
        self.like_host: set[str] = set()
        self._bounding: dict[str, tuple[tuple[Unit, Formula, int], ...]] = {}
        self._all_guarantees: dict[str, tuple[Unit, ...]] = {}

    # ---- units ----
    def guarantees(self, right: str) -> tuple[Unit, ...]:
        """Every guarantee of a right, bound or not, soft ones too; and what standstills may give."""
        if right not in self._all_guarantees:
            norms = dict.fromkeys(self._norms(right))
            self._all_guarantees[right] = (*norms, *self.preserved(right))
        return self._all_guarantees[right]

    def units(self, right: str) -> tuple[tuple[Unit, Formula, int], ...]:
        """What bounds a right: each unit, its being effective, and its rank unless it is a fact."""
        if right not in self._bounding:
            found = self.regime.vocabulary.rights[right]
            self._bounding[right] = tuple(
                (unit, self.effective(unit), self.rank(unit.level, found))
                for unit in (*self.guarantees(right), *self.limits(right))
            )
        return self._bounding[right]

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
    def effective(self, unit: Unit) -> Formula:
        """A unit holds, and no effective unit that crosses it prevails over it."""
        if unit not in self._effective:
            self._effective[unit] = UNSETTLED  # what a circle of unknown prevalence finds
            self._effective[unit] = all_of(self._bounds(unit))
        return self._effective[unit]

    def _bounds(self, unit: Unit) -> Iterator[Formula]:
        node = self.regime.node(unit.node, self.day)
        if isinstance(node, Standstill):
            yield self.before(unit, node)
        elif unit not in self.regime.units_on(unit.right, self.day):
            yield self.record(f"node {unit.node}", NO)
        yield self.node(unit.node)
        yield from self.undefeated(unit)

    def before(self, unit: Unit, node: Standstill) -> Formula:
        """What the rules of a standstill's day gave; unsettled where the host may have joined."""
        known = super().before(unit, node)
        members = [m for m in self.regime.instrument_of(unit.node).parties if m.on(self.day)]
        if node.moved or node.since is not None or self.host.is_known or not members:
            return known
        any_member = Names(frozenset(m.state for m in members))
        return some_of((known, all_of((self.record("host", any_member), UNSETTLED))))

    def earlier(self, day: date) -> MeaningOfNorms:
        """The meaning of the rules of an earlier day."""
        return meaning_of(self.regime, day, self.host, self.stated, standstills=False)

    def as_written(self) -> MeaningOfNorms:
        """The meaning of the same rules with every parameter as the text states it."""
        written = self.regime.as_written
        return meaning_of(written, self.day, self.host, self.stated, standstills=False)

    # ---- what holds ----
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
        yield from self.stands(node, key)
        if isinstance(node, (NormException, Power)) or (
            isinstance(node, Norm) and not is_guarantee(node)
        ):
            yield self.record(f"node {key}", YES)

    def bound(self, key: str) -> Formula:
        """The host is bound, and has not reserved the article where the case says that it has."""
        name, _, node_id = key.partition("/")
        path = f"reserved {name}/{article_of(node_id)}"
        found = super().bound(key)
        return all_of((found, self.record(path, NO))) if path in self.stated else found

    def exercised(self, node: Power, key: str) -> Formula:
        """A power counts once exercised: as the case says, as the text lists it, else unknown."""
        path = f"exercised {key}"
        states = self.listed_as_exercising(node, key)
        if path in self.stated or not states:
            return self.record(path, YES)
        listed = self.record("host", Names(states))
        if self.host.is_known:
            return some_of((listed, self.record(path, YES)))
        return some_of((listed, UNSETTLED))  # which host it is comes first

    def declared(self, instrument: str, name: str, atom: Condition) -> Formula:
        """The host has made a declaration: as the case says, else as the text lists it."""
        path = f"declared {instrument}/{name}"
        if path in self.stated:
            return self.record(path, YES, atom)
        return self.record("host", Names(self.listed_as_declaring(instrument, name)), atom)

    def is_host(self, subject: FactRef | DefinitionRef, place: str, atom: Condition) -> Formula:
        """What can be surely false, but not surely true while the host is unknown."""
        if isinstance(atom, Includes):
            assert isinstance(subject, FactRef)
            may_be = self.fact(at_place(subject, place), Sets(frozenset({ANY})), atom)
        else:
            hosts = ANY if self.host.names is None else Names(self.host.names)
            may_be = self._among(subject, hosts, place, atom)
        self.like_host |= may_be.keys
        if isinstance(subject, FactRef):
            self.like_host.add(at_place(subject, place))
        return all_of((may_be, UNSETTLED))


def is_guarantee(node: Holding) -> bool:
    """Whether a node is a norm in the person's favour."""
    return isinstance(node, Norm) and node.kind is Kind.GUARANTEE


def level_range(level: Range, right: Right) -> Range:
    """The ranks of amounts, within the right's bounds."""
    ranks = sorted(min(right.top, max(0, right.rank(end))) for end in (level.low, level.high))
    return Range(ranks[0], ranks[1])
