"""Whether a norm, exception or power holds: who is bound, which elements operate, what is excepted.

The second third of the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.agreement.conditions import FactRef, ParameterRef
from comity.agreement.instruments import Holding, Instrument, article_of
from comity.agreement.nodes import Element, Kind, Norm, Power
from comity.agreement.values import Options, Range, Truth, conjunction, disjunction
from comity.agreement.vocabulary import Right
from comity.explain.conditions import Conditions
from comity.explain.kleene import among, truth_of


class Holdings(Conditions):
    """One case under one regime, as far as what holds in it."""

    _holds: dict[str, Truth]

    # ---- what holds ----
    def holds(self, key: str) -> Truth:
        """Whether a rule, exception, power, extension or standstill holds, whatever prevails."""
        if key not in self._holds:
            self._holds[key] = self._node_holds(key)
        return self._holds[key]

    def _node_holds(self, key: str) -> Truth:
        node = self.regime.node(key, self.on)
        if node is None:
            return Truth.FALSE
        return conjunction(self._what_it_takes(node, key))

    def _what_it_takes(self, node: Holding, key: str) -> Iterator[Truth]:
        yield Truth.TRUE if key in self.regime.travelling else self.bound(key)
        yield self.operates(node, key)
        yield from (self.truth(line) for line in node.when)
        yield self.exercised(node, key)
        yield self.unexcepted(key)

    def unexcepted(self, key: str) -> Truth:
        """Whether no exception or power that targets a node or definition holds."""
        exceptions = self.regime.exceptions_on(key, self.on)
        return disjunction(self.holds(exception) for exception in exceptions).negated()

    def bound(self, key: str) -> Truth:
        """Whether the host is bound by the node's instrument on the day, its article not reserved."""
        name, _, node_id = key.partition("/")
        instrument = self.regime.by_id.get(name)
        if instrument is None:
            return Truth.FALSE
        article = article_of(node_id)
        reserved = self.case.facts.get(f"reserved {name}/{article}", Truth.FALSE)
        assert isinstance(reserved, Truth)
        if name in self.regime.for_every_host:
            return reserved.negated()
        return conjunction((self._is_party(instrument, article), reserved.negated()))

    def _is_party(self, instrument: Instrument, article: str) -> Truth:
        host = self.case.host
        assert isinstance(host, Options)
        return among(host, self.regime.bound_states(instrument.id, article, self.on))

    def operates(self, node: Holding, key: str) -> Truth:
        """A node of an element counts while the element operates; a guarantee also for those
        admitted while it did."""
        element = node.element if isinstance(node, Norm) else ""
        if not element:
            return Truth.TRUE
        instrument = self.regime.instrument_of(key)
        now = truth_of(
            element in self.operating(instrument, certain=True),
            element in self.operating(instrument, certain=False),
        )
        if isinstance(node, Norm) and node.kind is Kind.GUARANTEE:
            return max(now, self._stated(f"acquired {instrument.id}/{element}"))
        return now

    def operating(self, instrument: Instrument, *, certain: bool) -> frozenset[str]:
        """The largest set of adopted elements each of whose needs is met within the set."""
        wanted = Truth.TRUE if certain else Truth.UNKNOWN
        elements = [s for s in instrument.statements if isinstance(s, Element)]
        operating = {e.name for e in elements if self.adopted(instrument, e.name) >= wanted}
        while True:
            kept = {
                e.name
                for e in elements
                if e.name in operating and all(operating & set(need) for need in e.needs)
            }
            if kept == operating:
                return frozenset(kept)
            operating = kept

    def adopted(self, instrument: Instrument, element: str) -> Truth:
        """Whether an element is adopted, funded and not suspended."""
        stated = instrument.elements.get(element)
        if stated is not None:
            return Truth.of(stated == "adopted")
        return self._stated(f"adopted {instrument.id}/{element}")

    def _stated(self, path: str) -> Truth:
        """A fact about the law's operation: no, in an ordinary case that does not speak of it."""
        default = Truth.FALSE if self.case.ordinary else Truth.UNKNOWN
        found = self.case.facts.get(path, default)
        assert isinstance(found, Truth)
        return found

    def exercised(self, node: Holding, key: str) -> Truth:
        """A power counts only when the host has exercised it: unknown unless declared."""
        if not isinstance(node, Power):
            return Truth.TRUE
        found = self.case.facts.get(f"exercised {key}")
        if found is not None:
            assert isinstance(found, Truth)
            return found
        instrument = self.regime.instrument_of(key)
        declared = frozenset(
            e.spell.state
            for e in instrument.exercised
            if e.power == node.id and e.spell.on(self.on)
        )
        host = self.case.host
        assert isinstance(host, Options)
        return max(Truth.UNKNOWN, among(host, declared))

    def declared(self, instrument: str, name: str) -> Truth:
        """Whether the host has made the declaration: as the case says, else as the text lists it."""
        found = self.case.facts.get(f"declared {instrument}/{name}")
        if found is not None:
            assert isinstance(found, Truth)
            return found
        declarations = self.regime.library[instrument].declarations
        states = frozenset(
            d.spell.state for d in declarations if d.name == name and d.spell.on(self.on)
        )
        host = self.case.host
        assert isinstance(host, Options)
        return among(host, states)

    def lapsed(self, key: str) -> Truth:
        """The guarantee holds, and the clock of its right has passed its bound."""
        node = self.regime.node(key, self.on)
        passed = [Truth.FALSE]
        if isinstance(node, Norm):
            for bounding in node.boundings:
                right = self.regime.vocabulary.rights[bounding.right]
                if right.measured_by:
                    level = self.level(bounding.level, right)
                    clock = self.fact(right.measured_by)
                    assert isinstance(clock, Range)
                    least, most = sorted((right.amount(level.low), right.amount(level.high)))
                    passed.append(truth_of(clock.low > most, clock.high > least))
        return conjunction((self.holds(key), disjunction(passed)))

    def level(self, level: int | FactRef | ParameterRef, right: Right) -> Range:
        """The ranks that a bounding's level may have."""
        if isinstance(level, int):
            return Range(level, level)
        values = self.operand(level, "")
        assert isinstance(values, Range)
        ranks = sorted((right.rank(values.low), right.rank(values.high)))
        low, high = (min(right.top, max(0, rank)) for rank in ranks)
        return Range(low, high)
