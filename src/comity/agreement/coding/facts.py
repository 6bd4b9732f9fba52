"""What a test of single facts of the record is as a formula: their domains, places, sums.

A fact of the destination may be that of the origin; while that is unknown, both must do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor

from comity.agreement.coding.allowed import ANY, FAR, NONE, YES, Allowed, Names, Numbers, Sets
from comity.agreement.coding.formulas import (
    NEVER,
    SURELY,
    Fact,
    Formula,
    IsHost,
    Linear,
    all_of,
    either,
    some_of,
)
from comity.agreement.conditions import Condition
from comity.agreement.values import Options, Range
from comity.agreement.vocabulary import Vocabulary

SAME_PLACE = "destination.is_origin"


class MeaningOfFacts:
    """Tests of facts before a host; each formula is made once.

    edges: for each fact, the numbers at which some test of it changes.
    """

    def __init__(self, vocabulary: Vocabulary, host: Options) -> None:
        self.vocabulary, self.host = vocabulary, host
        self.edges: dict[str, set[int]] = {}
        self._facts: dict[tuple[str, Allowed, int], Formula] = {}
        self._domains: dict[str, Allowed | None] = {}
        self._hosts: dict[str, Formula] = {}

    def record(self, key: str, allowed: Allowed, test: Condition | None = None) -> Formula:
        """A fact of the record has one of some values."""
        asked = (key, allowed, id(test))
        if asked not in self._facts:
            found = self._facts[asked] = self.unnamed(key, allowed, test)
            if isinstance(found, Fact) and isinstance(found.allowed, Numbers):
                edges = self.edges.setdefault(key, set())
                edges.update(edge for low, high in found.allowed.spans for edge in (low, high + 1))
        return self._facts[asked]

    def unnamed(self, key: str, allowed: Allowed, test: Condition | None) -> Formula:
        """The same, not kept, of values that the text does not name."""
        if key == "host" and self.host.is_known:
            return SURELY if allowed.admits(self.host) else NEVER
        domain = self.domain(key)
        within: Allowed | None = allowed if domain is None else allowed.meet(domain)
        if within is None or within == NONE or (isinstance(within, Sets) and NONE in within.hits):
            return NEVER
        if within in (domain, ANY, Sets()):
            return SURELY
        denied: Allowed | None = within.complement()
        if domain is not None and denied is not None:
            denied = denied.meet(domain)
        assert denied is not None
        return Fact(key, within, denied, test)

    def quantity(self, key: str, low: int, high: int) -> str:
        """A number that is no fact of the record (a rank, a parameter) with its bounds; its key."""
        self._domains[key] = Numbers(((low, high),))
        return key

    def has_bounds(self, key: str) -> bool:
        """Whether the values that a number can have were said or asked for here."""
        return key in self._domains

    def domain(self, key: str) -> Allowed | None:
        """The values that a fact can have at all; None if there are no bounds to them."""
        if key not in self._domains:
            declared = self.vocabulary.fact(key)
            everything = None if declared is None else declared.type.everything()
            domain: Allowed | None = None
            if isinstance(everything, Range):
                domain = Numbers(((everything.low, everything.high),))
            elif isinstance(everything, Options):
                domain = None if everything.names is None else Names(everything.names)
            elif declared is None or everything is None or isinstance(everything, int):
                domain = Numbers(((0, 1),))
            self._domains[key] = domain
        return self._domains[key]

    def fact(self, path: str, allowed: Allowed, test: Condition | None = None) -> Formula:
        """A fact has one of some values: of the destination, the origin's where they are one."""
        origin = _of_origin(path)
        if origin == path:
            return self.record(path, allowed, test)
        if isinstance(allowed, Numbers):
            return within_spans(allowed, lambda half: self._of_either(path, half, test))
        return self._of_either(path, allowed, test)

    def _of_either(self, path: str, allowed: Allowed, test: Condition | None) -> Formula:
        origin = _of_origin(path)
        return either(
            self.record(SAME_PLACE, YES, test),
            self.record(origin, allowed, test),
            self.record(path, allowed, test),
        )

    def fact_is_host(self, path: str, test: Condition | None = None) -> Formula:
        """A country is the host, or a set of countries has it: of the destination, the origin's."""
        if path not in self._hosts:
            own, origin = IsHost(path, test), _of_origin(path)
            self._hosts[path] = own
            if origin != path:
                self._hosts[path] = either(
                    self.record(SAME_PLACE, YES, test), self.fact_is_host(origin, test), own
                )
        return self._hosts[path]

    def sum(
        self,
        facts: Mapping[str, Fraction],
        constant: Fraction,
        strict: bool,
        test: Condition | None,
    ) -> Formula:
        """A sum of facts times numbers, plus a number, is at least 0 (more, if strict)."""
        facts = {path: c for path, c in facts.items() if c}
        if not facts:
            return SURELY if constant > 0 or (constant == 0 and not strict) else NEVER
        if len(facts) == 1:
            [(path, c)] = facts.items()
            return self.fact(path, at_least(c, -constant, strict), test)
        own = Linear(facts, constant, strict, test)
        moved: dict[str, Fraction] = {}
        for path, c in facts.items():
            moved[_of_origin(path)] = moved.get(_of_origin(path), Fraction(0)) + c
        if moved.keys() == facts.keys():
            return own
        return either(
            self.record(SAME_PLACE, YES, test), self.sum(moved, constant, strict, test), own
        )


def at_least(coefficient: Fraction, least: Fraction, strictly: bool) -> Numbers:
    """Whole numbers x with coefficient * x at least (or more than) a number."""
    edge = least / coefficient
    if coefficient > 0:
        return Numbers(((floor(edge) + 1 if strictly else ceil(edge), FAR),))
    return Numbers(((-FAR, ceil(edge) - 1 if strictly else floor(edge)),))


def within_spans(allowed: Numbers, half: Callable[[Numbers], Formula]) -> Formula:
    """A number is in one of the spans: from its low end on, and up to its high end.

    By half-lines, since what is known of a joined place or of a table is a range, as in the
    evaluator: one number below a span and one above may not miss it for sure.
    """
    return some_of(
        all_of(half(Numbers((side,))) for side in ((low, FAR), (-FAR, high)))
        for low, high in allowed.spans
    )


def _of_origin(path: str) -> str:
    """The fact of the origin that stands for one of the destination where they are one place."""
    if path.startswith("destination.") and path != SAME_PLACE:
        return "origin1" + path.removeprefix("destination")
    return path


def sources_of(path: str) -> tuple[str, ...]:
    """The facts of the record from which a fact is read."""
    origin = _of_origin(path)
    return (path,) if origin == path else (SAME_PLACE, path, origin)
