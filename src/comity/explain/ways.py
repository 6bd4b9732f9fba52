"""Ways to make a formula true: which facts would have to be otherwise, and which values would do.

A conjunction intersects ways, a disjunction collects them; what is dearer than the size sought, or
asks more than another way, is dropped. What holds already is taken to stay so, unless it names a
fact that is *watched*: then its demands on that fact are listed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from comity.agreement.coding.allowed import Allowed
from comity.agreement.coding.facts import at_least
from comity.agreement.coding.formulas import SURELY, All, Fact, Formula, Linear, Some
from comity.agreement.conditions import Condition
from comity.agreement.values import Truth
from comity.explain.standing import Standing

_MOST_WAYS = 60
_EVERY_NUMBER_UP_TO = 12
IMPOSSIBLE = 10**6


@dataclass(frozen=True, slots=True)
class Way:
    """Facts with the values that would do; those among them that are not so now.

    failing: the test that each changed fact fails.
    """

    needs: Mapping[str, Allowed] = field(default_factory=dict)
    changes: frozenset[str] = frozenset()
    failing: Mapping[str, Condition] = field(default_factory=dict)

    def asks_no_more_than(self, other: Way) -> bool:
        """Whether whatever is a way by the other is one by this."""
        return self.changes <= other.changes and all(
            key in other.needs and allowed.includes(other.needs[key])
            for key, allowed in self.needs.items()
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """Ways, the smallest first.

    is_cut: there may be ways of more changes. is_capped: some of this size may have been left out.
    """

    ways: tuple[Way, ...]
    is_cut: bool = False
    is_capped: bool = False


ALREADY = Way()
DONE, NO_WAY, TOO_DEAR = Listed((ALREADY,)), Listed(()), Listed((), is_cut=True)


class Ways:
    """The ways to make formulas true in one case; what was listed is kept."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._costs: dict[int, int] = {}
        self._listed: dict[tuple[int, int, frozenset[str]], Listed] = {}
        self._against: dict[tuple[str, Allowed], bool] = {}

    def rank(self, way: Way) -> tuple[int, int, int]:
        """What makes one way smaller than another: size, articles, facts known to be otherwise."""
        articles = sum(key.startswith("node ") for key in way.changes)
        contrary = sum(self._is_against(key, way.needs[key]) for key in way.changes)
        return len(way.changes), articles, contrary

    def _is_against(self, key: str, allowed: Allowed) -> bool:
        if key.startswith("node "):
            return False
        if (key, allowed) not in self._against:
            self._against[key, allowed] = not allowed.may_be(self.standing.present(key))
        return self._against[key, allowed]

    def cost(self, formula: Formula) -> int:
        """At least so many facts would have to be otherwise."""
        found = self._costs.get(id(formula))
        if found is None:
            found = self._costs[id(formula)] = self._cost(formula)
        return found

    def _cost(self, formula: Formula) -> int:
        if isinstance(formula, All):
            costs = [self.cost(part) for part in formula.parts]
            single = {
                part.key
                for part, cost in zip(formula.parts, costs, strict=True)
                if cost and isinstance(part, Fact)
            }
            return max((*costs, len(single)))
        if isinstance(formula, Some):
            return min((self.cost(part) for part in formula.parts), default=IMPOSSIBLE)
        if isinstance(formula, (Fact, Linear)):
            return 0 if self.standing.truth(formula) is Truth.TRUE else 1
        return IMPOSSIBLE

    # ---- listing ----
    def to(self, formula: Formula, budget: int, watched: frozenset[str]) -> Listed:
        """The ways of at most `budget` changes to make a formula true."""
        here = watched & formula.keys
        cost = self.cost(formula)
        if cost == 0 and not here:
            return DONE
        if cost > budget:
            return NO_WAY if cost >= IMPOSSIBLE else TOO_DEAR
        asked = (id(formula), budget, here)
        if asked not in self._listed:
            self._listed[asked] = self._to(formula, budget, here)
        return self._listed[asked]

    def _to(self, formula: Formula, budget: int, watched: frozenset[str]) -> Listed:
        if isinstance(formula, All):
            return self._every((self.to(part, budget, watched) for part in formula.parts), budget)
        if isinstance(formula, Some):
            return self._some(self.to(part, budget, watched) for part in formula.parts)
        if isinstance(formula, Linear):
            return self._linear(formula, budget, watched)
        return self._single(formula, budget, watched)

    def _single(self, formula: Formula, budget: int, watched: frozenset[str]) -> Listed:
        if not isinstance(formula, Fact):
            return DONE if formula is SURELY else NO_WAY
        key, allowed = formula.key, formula.allowed
        if allowed.admits(self.standing.present(key)):
            return Listed((Way({key: allowed}),)) if key in watched else DONE
        if budget < 1:
            return TOO_DEAR
        failing = {key: formula.test} if formula.test else {}
        return Listed((Way({key: allowed}, frozenset({key}), failing),))

    def _every(self, parts: Iterable[Listed], budget: int) -> Listed:
        """Ways to have all of several things."""
        several = []
        for listed in parts:
            if not listed.ways:
                return listed
            if listed is not DONE:
                several.append(listed)
        if not several:
            return DONE
        cut, capped = any(e.is_cut for e in several), any(e.is_capped for e in several)
        several.sort(key=lambda listed: len(listed.ways))
        ways = several[0].ways
        for listed in several[1:]:
            both: list[Way] = []
            for one in ways:
                for other in listed.ways:
                    way = self._both(one, other)
                    if way is not None and len(way.changes) <= budget:
                        both.append(way)
                    cut = cut or (way is not None and len(way.changes) > budget)
            ways, left_out = self._prune(both)
            capped = capped or left_out
        return Listed(ways, cut, capped)

    def _some(self, several: Iterable[Listed]) -> Listed:
        """Ways to have one of several things."""
        ways: list[Way] = []
        cut = capped = False
        for listed in several:
            if ALREADY in listed.ways:
                return DONE
            ways += listed.ways
            cut, capped = cut or listed.is_cut, capped or listed.is_capped
        pruned, left_out = self._prune(ways)
        return Listed(pruned, cut, capped or left_out)

    def _both(self, one: Way, other: Way) -> Way | None:
        if not one.needs or not other.needs:
            return other if not one.needs else one
        changes = one.changes | other.changes
        needs = dict(one.needs)
        for key, allowed in other.needs.items():
            before = needs.get(key)
            met = allowed if before is None else before.meet(allowed)
            if met is None:
                return None
            needs[key] = met
            # Each alone may hold of a partly known fact, and both together not.
            is_both = before is not None and key not in changes
            if is_both and not met.admits(self.standing.present(key)):
                changes |= {key}
        return Way(needs, changes, {**other.failing, **one.failing})

    def _prune(self, ways: Iterable[Way]) -> tuple[tuple[Way, ...], bool]:
        kept: list[Way] = []
        for way in sorted(ways, key=self.rank):
            if not any(better.asks_no_more_than(way) for better in kept):
                kept.append(way)
                if len(kept) > _MOST_WAYS:
                    return tuple(kept[:_MOST_WAYS]), True
        return tuple(kept), False

    # ---- linear forms ----
    def _linear(self, form: Linear, budget: int, watched: frozenset[str]) -> Listed:
        """One fact makes up for the others, of which a second one is bounded at some point."""
        known = {key: self.standing.range(key) for key in form.terms}
        worst = {k: min(c * known[k].low, c * known[k].high) for k, c in form.terms.items()}

        made: dict[object, Listed] = {}

        def bounded(key: str, least: Fraction, strictly: bool) -> Listed:
            asked = (key, least, strictly)
            if asked not in made:
                allowed = at_least(form.terms[key], least, strictly)
                fact = self.standing.meaning.unnamed(key, allowed, form.test)
                made[asked] = self._single(fact, budget, watched)
            return made[asked]

        several = []
        for one in form.terms:
            for other in form.terms.keys() - {one}:
                others = sorted(form.terms.keys() - {one, other})
                fixed = sum((worst[key] for key in others), form.constant)
                for number in self._points(other, budget > 1 or bool(watched)):
                    point = form.terms[other] * number
                    parts = (
                        bounded(one, -fixed - point, form.strict),
                        bounded(other, point, False),
                        *(bounded(key, worst[key], False) for key in others),
                    )
                    several.append(self._every(parts, budget))
        listed = self._some(several)
        # three facts are not all changed together
        capped = listed.is_capped or (len(form.terms) > 2 and budget > 2)
        return Listed(listed.ways, listed.is_cut or budget < 2, capped)

    def _points(self, key: str, may_change: bool) -> list[int]:
        """The numbers at which a fact may be bounded: as known, and where the law may care."""
        known = self.standing.range(key)
        numbers = {known.low, known.high}
        declared = self.standing.regime.vocabulary.fact(key)
        if may_change and declared is not None:
            every = declared.type.everything()
            low, high = every.low, every.high  # type: ignore[union-attr]
            if high - low <= _EVERY_NUMBER_UP_TO:
                numbers |= set(range(low, high + 1))
            else:
                edges = self.standing.meaning.edges.get(key, set())
                near = {n for edge in edges for n in (edge - 1, edge)}
                numbers |= {low, high} | {n for n in near if low <= n <= high}
        return sorted(numbers)
