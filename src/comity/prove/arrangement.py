"""What a question says, in order: each formula after what it is made of, of each person meant.

A formula that says the same of two persons is said once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.agreement.coding.formulas import (
    Defined,
    Fact,
    Formula,
    IsHost,
    Linear,
    Opposite,
    everything_in,
)
from comity.prove.variants import Of, Variant

Pair = tuple[Formula, Variant | None]
"""A formula and of whom it is said; None for the first person."""
PairKey = tuple[int, int]


def key_of(pair: Pair) -> PairKey:
    """A pair as the key of a table."""
    formula, variant = pair
    return id(formula), id(variant) if variant else 0


class Arrangement:
    """The formulas of a question with whom they are said of.

    order: each after those of which it is made. uses: how often each is needed.
    declared: names of the definitions that are needed before their text is there.
    """

    def __init__(self, roots: Sequence[Formula]) -> None:
        self.roots = roots
        self.order: list[Pair] = []
        self.uses: dict[PairKey, int] = {}
        self.declared: dict[PairKey, str] = {}
        self._touched = _touched(roots)
        begun: set[PairKey] = set()
        done: set[PairKey] = set()
        for formula in roots:
            self._arrange(self.pair(formula, None), begun, done)

    def pair(self, formula: Formula, variant: Variant | None) -> Pair:
        """A formula and of whom it is really said: of the first person where that is the same."""
        if isinstance(formula, Of):
            return self.pair(formula.of, formula.variant)
        if variant is not None and id(formula) not in self._touched[id(variant)]:
            return formula, None
        return formula, variant

    def declare(self, pair: Pair) -> str:
        """The name of a definition that is needed before its text is there."""
        formula, variant = pair
        if isinstance(formula, Opposite):
            return f"(not {self.declare(self.pair(formula.of, variant))})"
        assert isinstance(formula, Defined)
        return self.declared.setdefault(key_of(pair), f"d{len(self.declared)}")

    def _below(self, pair: Pair) -> Iterator[Pair]:
        formula, variant = pair
        below = (formula.body,) if isinstance(formula, Defined) else formula.below
        return (self.pair(part, variant) for part in below)

    def _arrange(self, first: Pair, begun: set[PairKey], done: set[PairKey]) -> None:
        self.uses[key_of(first)] = self.uses.get(key_of(first), 0) + 1
        if key_of(first) in begun:
            return
        begun.add(key_of(first))
        stack = [(first, self._below(first))]
        while stack:
            pair, parts = stack[-1]
            for part in parts:
                key = key_of(part)
                self.uses[key] = self.uses.get(key, 0) + 1
                if key not in begun:
                    begun.add(key)
                    stack.append((part, self._below(part)))
                    break
                if key not in done:  # it waits for itself: on every host one of the two is settled
                    self.declare(part)
            else:
                stack.pop()
                done.add(key_of(pair))
                self.order.append(pair)


def _touched(roots: Sequence[Formula]) -> dict[int, set[int]]:
    """For each variant, the formulas that may mean something else of it than of the first person."""
    every = list(everything_in(roots))
    variants = {id(f.variant): f.variant for f in every if isinstance(f, Of)}
    if not variants:
        return {}
    above: dict[int, list[int]] = {}
    atoms: dict[str, list[int]] = {}
    for formula in every:
        below = (formula.body,) if isinstance(formula, Defined) else formula.below
        for part in below:
            above.setdefault(id(part), []).append(id(formula))
        for key in formula.keys if isinstance(formula, (Fact, IsHost, Linear)) else ():
            atoms.setdefault(key, []).append(id(formula))
    touched: dict[int, set[int]] = {}
    for name, variant in variants.items():
        found = touched[name] = set()
        waiting = [atom for key in variant.touched for atom in atoms.get(key, ())]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += above.get(one, ())
    return touched
