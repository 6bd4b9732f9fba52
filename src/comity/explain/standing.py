"""A case held against formulas: what is known of each fact, and what follows from it.

A standing with some facts changed looks again only at what names them. Its positions are those of
`Evaluation` (the tests hold the two against one another); it exists because the search for what
stands in the way, and for what to ask, changes hundreds of facts in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.agreement.cases import Case
from comity.agreement.coding.formulas import All, Fact, Formula, Linear, Some
from comity.agreement.conditions import FactRef
from comity.agreement.latitude import as_varied
from comity.agreement.nodes import Kind
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Options, Possible, Range, Truth, is_known
from comity.explain.evaluate import Evaluation
from comity.explain.kleene import truth_of
from comity.explain.lifted import level_range, meaning_of

OF_THE_LAW = ("exercised ", "declared ", "reserved ")
"""How the facts begin of which a case may speak although the text says them too."""


class Standing:
    """What is known of the facts of one case, and the truth of formulas in it.

    changed: the facts and nodes that are otherwise than in the case.
    """

    def __init__(
        self,
        regime: Regime,
        case: Case,
        on: date,
        *,
        standstills: bool = True,
        changed: Mapping[str, Possible] | None = None,
    ) -> None:
        self.regime, self.case = as_varied(regime, case), case
        self.on, self.standstills = on, standstills
        self.changed = changed or {}
        self._base: Standing | None = None
        self._refines = False
        self._present: dict[str, Possible] = {}
        self._truths: dict[int, Truth] = {}
        host = self.present("host")
        assert isinstance(host, Options)
        stated = frozenset(path for path in case.facts if path.startswith(OF_THE_LAW))
        self.meaning = meaning_of(self.regime, on, host, stated, standstills=standstills)

    @staticmethod
    def of(evaluation: Evaluation) -> Standing:
        """The standing of the case that is evaluated."""
        return Standing(
            evaluation.regime,
            evaluation.case,
            evaluation.on,
            standstills=not evaluation.without_standstills,
        )

    def with_facts(self, changed: Mapping[str, Possible], *, refines: bool = False) -> Standing:
        """The same with facts changed or nodes out of the way.

        refines: what is changed was unknown, so that what was certain stays certain.
        """
        if "host" in changed:
            together = {**self.changed, **changed}
            return Standing(
                self.regime, self.case, self.on, standstills=self.standstills, changed=together
            )
        other = Standing.__new__(Standing)
        other.regime, other.case, other.on = self.regime, self.case, self.on
        other.standstills, other.meaning = self.standstills, self.meaning
        other.changed, other._base, other._refines = changed, self, refines
        other._present, other._truths = {}, {}
        return other

    # ---- facts ----
    def present(self, key: str) -> Possible:
        """What is known of a fact of the record; of a node, that it is left as it is."""
        if key in self.changed:
            return self.changed[key]
        if self._base is not None:
            return self._base.present(key)
        if key == "host":
            return self.case.host
        if key not in self._present:
            self._present[key] = self._own(key)
        return self._present[key]

    def _own(self, key: str) -> Possible:
        case, vocabulary = self.case, self.regime.vocabulary
        if key.startswith("node "):
            return Truth.TRUE
        declared = vocabulary.fact(key)
        if declared is None:
            ordinary = case.ordinary and key.startswith(("adopted ", "acquired "))
            return case.facts.get(key, Truth.FALSE if ordinary else Truth.UNKNOWN)
        if declared.position_of and key not in case.facts and case.sponsor is not None:
            on = case.sponsor.on if self.on == case.on else self.on
            sponsor = Standing(self.regime, case.sponsor, on, standstills=self.standstills)
            right = vocabulary.rights[declared.position_of]
            bounds = sponsor.bounds(right.name)
            ends = sorted((right.amount(bounds.lower), right.amount(bounds.lower_possible)))
            return Range(ends[0], ends[1])
        return case.known(key, vocabulary)

    def range(self, key: str) -> Range:
        """What is known of a number."""
        found = self.present(key)
        assert isinstance(found, Range)
        return found

    # ---- truths ----
    def truth(self, formula: Formula) -> Truth:
        """Whether a formula holds."""
        found = self._truths.get(id(formula))
        if found is None:
            found = self._truths[id(formula)] = self._looked_up(formula)
        return found

    def _looked_up(self, formula: Formula) -> Truth:
        base = self._base
        if base is not None:
            if formula.keys.isdisjoint(self.changed):
                return base.truth(formula)
            if self._refines and (before := base.truth(formula)) is not Truth.UNKNOWN:
                return before
        return self._truth(formula)

    def _truth(self, formula: Formula) -> Truth:
        if isinstance(formula, All):
            return self._least(formula.parts)
        if isinstance(formula, Some):
            return self._most(formula.parts)
        if isinstance(formula, Fact):
            known = self.present(formula.key)
            if formula.allowed.admits(known):
                return Truth.TRUE
            return Truth.UNKNOWN if formula.allowed.may_be(known) else Truth.FALSE
        if isinstance(formula, Linear):
            low, high = formula.ends({key: self.range(key) for key in formula.terms})
            return truth_of(formula.holds_at(low), formula.holds_at(high))
        return Truth.UNKNOWN

    def _least(self, parts: tuple[Formula, ...]) -> Truth:
        found = Truth.TRUE
        for part in parts:
            truth = self.truth(part)
            if truth is Truth.FALSE:
                return truth
            found = min(found, truth)
        return found

    def _most(self, parts: tuple[Formula, ...]) -> Truth:
        found = Truth.FALSE
        for part in parts:
            truth = self.truth(part)
            if truth is Truth.TRUE:
                return truth
            found = max(found, truth)
        return found

    # ---- positions ----
    def effective(self, unit: Unit) -> Truth:
        """Whether a unit is effective."""
        return self.truth(self.meaning.effective(unit))

    def level(self, unit: Unit) -> Range:
        """The ranks that a unit's level may have."""
        right = self.regime.vocabulary.rights[unit.right]
        if not isinstance(unit.level, FactRef):
            rank = self.meaning.rank(unit.level, right)
            return Range(rank, rank)
        return level_range(self._joined(unit.level.path), right)

    def _joined(self, path: str) -> Range:
        """A number of the destination may be that of the origin."""
        place, _, rest = path.partition(".")
        same = self.present("destination.is_origin") if place == "destination" else Truth.FALSE
        if same is Truth.FALSE:
            return self.range(path)
        origin = self.range(f"origin1.{rest}")
        if same is Truth.TRUE:
            return origin
        own = self.range(path)
        return Range(min(own.low, origin.low), max(own.high, origin.high))

    def bounds(self, name: str) -> Bounds:
        """The position of a right."""
        lower = lower_possible = 0
        upper = upper_possible = self.regime.vocabulary.rights[name].top
        for unit, formula, rank in self.meaning.units(name):
            effective = self.truth(formula)
            if effective is Truth.FALSE:
                continue
            low = high = rank
            if isinstance(unit.level, FactRef):
                level = self.level(unit)
                low, high = level.low, level.high
            if unit.kind is Kind.GUARANTEE:
                lower_possible = max(lower_possible, high)
                lower = max(lower, low) if effective is Truth.TRUE else lower
            else:
                upper = min(upper, low)
                if effective is Truth.TRUE:
                    upper_possible = min(upper_possible, high)
        return Bounds(lower, lower_possible, upper, upper_possible)

    def is_open(self, key: str) -> bool:
        """Whether a fact is not fully known."""
        return not is_known(self.present(key))
