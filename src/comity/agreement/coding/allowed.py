"""Sets of values of a fact: those that a test of the law allows.

Three kinds: numbers (ranks, days, and yes/no as 1/0), names, and sets of countries. Each can be
met with another, complemented, and held against what is known of a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import NOBODY

FAR = 10**9
"""Beyond every number that a fact may have."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whole numbers, as disjoint spans in order."""

    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def of(numbers: Iterable[int]) -> Numbers:
        """Exactly these."""
        spans: list[tuple[int, int]] = []
        for number in sorted(set(numbers)):
            if spans and spans[-1][1] + 1 == number:
                spans[-1] = (spans[-1][0], number)
            else:
                spans.append((number, number))
        return Numbers(tuple(spans))

    def meet(self, other: Allowed) -> Numbers | None:
        """The numbers in both; None if there are none."""
        assert isinstance(other, Numbers)
        spans = tuple(
            (max(a, c), min(b, d))
            for a, b in self.spans
            for c, d in other.spans
            if max(a, c) <= min(b, d)
        )
        return Numbers(spans) if spans else None

    def complement(self) -> Numbers:
        """All other numbers."""
        edges = [-FAR - 1, *(edge for span in self.spans for edge in span), FAR + 1]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        return Numbers(tuple((low + 1, high - 1) for low, high in gaps if low + 1 <= high - 1))

    def admits(self, known: Possible) -> bool:
        """Whether every number that a fact may have is one of these."""
        least, most = _ends(known)
        return any(low <= least and most <= high for low, high in self.spans)

    def may_be(self, known: Possible) -> bool:
        """Whether some number that a fact may have is one of these."""
        least, most = _ends(known)
        return any(low <= most and least <= high for low, high in self.spans)

    def includes(self, other: Allowed) -> bool:
        """Whether all of the others are among these."""
        return self.meet(other) == other

    def values(self, known: Possible, _states: Sequence[str]) -> list[Possible]:
        """Known values that would do, the nearest to what is known first."""
        if isinstance(known, Truth):
            return [t for t in (Truth.TRUE, Truth.FALSE) if self.admits(t)]
        ends: dict[int, None] = {}
        for low, high in self._by_distance(known):
            ends |= {min(max(_ends(known)[0], low), high): None, low: None, high: None}
        return [Range(number, number) for number in ends]

    def needed(self, known: Possible, states: Sequence[str]) -> Possible:
        """The span nearest to what is known; a truth, if it is one."""
        if isinstance(known, Truth):
            several = self.values(known, states)
            return several[0] if len(several) == 1 else Truth.UNKNOWN
        return Range(*self._by_distance(known)[0])

    def _by_distance(self, known: Possible) -> list[tuple[int, int]]:
        least, most = _ends(known)
        return sorted(self.spans, key=lambda span: max(span[0] - most, least - span[1], 0))


def _ends(known: Possible) -> tuple[int, int]:
    if isinstance(known, Range):
        return known.low, known.high
    assert isinstance(known, Truth)
    return (0, 1) if known is Truth.UNKNOWN else (known // 2, known // 2)


YES, NO = Numbers(((1, 1),)), Numbers(((0, 0),))


@dataclass(frozen=True, slots=True)
class Names:
    """These names, or every name but these."""

    names: frozenset[str]
    others: bool = False

    def meet(self, other: Allowed) -> Names | None:
        """The names in both; None if there are none."""
        assert isinstance(other, Names)
        if self.others and other.others:
            return Names(self.names | other.names, True)
        if self.others:
            return other.meet(self)
        names = frozenset(name for name in self.names if other.has(name))
        return Names(names) if names else None

    def complement(self) -> Names:
        """All other names."""
        return Names(self.names, not self.others)

    def has(self, name: str) -> bool:
        """Whether a name is among these."""
        return (name in self.names) is not self.others

    def admits(self, known: Possible) -> bool:
        """Whether every name that a fact may have is one of these."""
        assert isinstance(known, Options)
        if known.names is None:
            return self.others and not self.names
        return all(self.has(name) for name in known.names)

    def may_be(self, known: Possible) -> bool:
        """Whether some name that a fact may have is one of these."""
        assert isinstance(known, Options)
        if known.names is None:
            return self.others or bool(self.names)
        return any(self.has(name) for name in known.names)

    def includes(self, other: Allowed) -> bool:
        """Whether all of the others are among these."""
        return self.meet(other) == other

    def values(self, known: Possible, states: Sequence[str]) -> list[Possible]:
        """Known values that would do; of all but some, the first state."""
        if not self.others:
            return [exactly(name) for name in sorted(self.names)]
        return [exactly(next((state for state in states if self.has(state)), NOBODY))]

    def needed(self, known: Possible, states: Sequence[str]) -> Possible:
        """The names that would do."""
        if not self.others:
            return Options(self.names)
        return Options(frozenset(filter(self.has, states)) or frozenset({NOBODY}))


NONE, ANY = Names(frozenset()), Names(frozenset(), True)


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of countries with a member in each of `hits` and none in `avoids`."""

    hits: frozenset[Names] = frozenset()
    avoids: Names = NONE

    def meet(self, other: Allowed) -> Sets | None:
        """The sets in both; None if there are none."""
        assert isinstance(other, Sets)
        kept = self.avoids.complement().meet(other.avoids.complement())
        avoids = ANY if kept is None else kept.complement()
        hits = self.hits | other.hits
        return None if any(_left(hit, avoids) is None for hit in hits) else Sets(hits, avoids)

    def complement(self) -> Sets:
        """All other sets: of a single test only, a hit or what is avoided."""
        if self.hits:
            (hit,) = self.hits
            return Sets(avoids=hit)
        return Sets(frozenset({self.avoids}))

    def admits(self, known: Possible) -> bool:
        """Whether every set that a fact may be is one of these."""
        assert isinstance(known, Members)
        avoided = not self.avoids.may_be(Options(known.perhaps))
        return avoided and all(any(map(hit.has, known.surely)) for hit in self.hits)

    def may_be(self, known: Possible) -> bool:
        """Whether some set that a fact may be is one of these."""
        assert isinstance(known, Members)
        if any(map(self.avoids.has, known.surely)):
            return False
        left = [_left(hit, self.avoids) for hit in self.hits]
        return all(hit is not None and hit.may_be(Options(known.perhaps)) for hit in left)

    def includes(self, other: Allowed) -> bool:
        """Whether all of the others are surely among these."""
        assert isinstance(other, Sets)
        if not all(any(hit.includes(narrow) for narrow in other.hits) for hit in self.hits):
            return False
        return self.avoids == NONE or other.avoids.includes(self.avoids)

    def values(self, known: Possible, states: Sequence[str]) -> list[Possible]:
        """One set near to the known one: what may stay stays, and what is missing comes in."""
        assert isinstance(known, Members)
        names = {name for name in known.surely if not self.avoids.has(name)}
        perhaps = known.perhaps or frozenset()
        for hit in sorted(self.hits, key=lambda hit: (hit.others, sorted(hit.names))):
            if not any(map(hit.has, names)):
                left = _left(hit, self.avoids)
                assert left is not None
                pool = [*sorted(perhaps), *sorted(left.names), *states, NOBODY]
                names.add(next(name for name in pool if left.has(name)))
        return [exactly(names)]

    def needed(self, known: Possible, states: Sequence[str]) -> Possible:
        """One such set."""
        return self.values(known, states)[0]


def _left(hit: Names, avoids: Names) -> Names | None:
    return hit.meet(avoids.complement())


Allowed: TypeAlias = Numbers | Names | Sets
