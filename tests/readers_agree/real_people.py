"""Random persons before real agreements: mostly ordinary, near the numbers of the law, much unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from comity.agreement.cases import Case
from comity.agreement.many.circuit import OfFact, OfSum
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly

SHARES = ((0.0, 0.75), (0.1, 0.6), (0.3, 0.4), (0.7, 0.2), (0.97, 0.02))
"""How much of a person is hidden, and how much of the rest is ordinary."""


class RealPeople:
    """Draws persons of whom an evaluator's law asks something."""

    def __init__(self, evaluator: Evaluator, rng: Random) -> None:
        self.evaluator, self.rng = evaluator, rng
        self.vocabulary = evaluator.regime.vocabulary
        self.edges: dict[str, set[int]] = {}
        for of, coder in evaluator.coders.items():
            if isinstance(of, OfFact):
                self.edges.setdefault(of.key, set()).update(coder.edges)
            elif isinstance(of, OfSum):
                for key, _ in of.terms:
                    self.edges.setdefault(key, set()).update(coder.edges)
        regime = evaluator.regime
        bound = {m.state for i in regime.instruments for m in i.parties}
        self.hosts = sorted(bound) or list(self.vocabulary.states)
        self.states = sorted(self.vocabulary.states)

    def draw(self, count: int, on: date) -> Iterator[Case]:
        """So many persons; every tenth host is bound by nothing that lists its parties."""
        for _ in range(count):
            hide, usual = self.rng.choice(SHARES)
            facts: dict[str, Possible] = {"host": exactly(self._host())}
            for key in self.evaluator.keys:
                if key == "host" or self.rng.random() < hide:
                    continue
                facts[key] = self._value(key, usual)
            yield Case(on, {k: v for k, v in facts.items() if v is not Truth.UNKNOWN})

    def _host(self) -> str:
        return self.rng.choice(self.hosts if self.rng.random() < 0.9 else self.states)

    def _value(self, key: str, usual: float) -> Possible:
        declared = self.vocabulary.fact(key)
        if declared is None:
            return Truth.of(self.rng.random() < 0.5)
        if declared.ordinary is not None and self.rng.random() < usual:
            return exactly(declared.ordinary)
        everything = declared.type.everything()
        match everything:
            case Range(low, high):
                return self._range(key, low, high)
            case Options(names):
                return self._options(sorted(names) if names else self.states)
            case Members():
                return self._members()
            case _:
                return Truth.of(self.rng.random() < 0.5)

    def _range(self, key: str, low: int, high: int) -> Range:
        near = [e + d for e in self.edges.get(key, ()) for d in (-1, 0, 1) if low <= e + d <= high]

        def number() -> int:
            if near and self.rng.random() < 0.8:
                return self.rng.choice(near)
            return self.rng.randint(low, high)

        ends = sorted((number(), number()))
        return Range(*ends) if self.rng.random() < 0.2 else Range(ends[0], ends[0])

    def _options(self, names: list[str]) -> Options:
        most = 3 if self.rng.random() < 0.2 else 1
        return Options(frozenset(self.rng.choices(names, k=most)))

    def _members(self) -> Members:
        surely = frozenset(self.rng.choices(self.states, k=self.rng.choice((0, 1, 1, 2))))
        chance = self.rng.random()
        if chance < 0.6:
            return Members(surely, surely)
        if chance < 0.8:
            return Members(surely, None)
        return Members(surely, surely | frozenset(self.rng.choices(self.states, k=2)))
