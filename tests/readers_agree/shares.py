"""How often what a draw holds occurs, is active, and decides: measured by taking it away.

    .venv/bin/python -m tests.readers_agree.shares [AGREEMENTS] [PEOPLE] [SEED]

A feature *occurs* where the text has it, is *active* where it holds in the case, and *matters*
where some bound of some right is another once it is taken away or turned into its contrary. All
shares are of pairs of an agreement and a case.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition, EveryPlace, Not, SomePlace
from comity.agreement.instruments import Statement
from comity.agreement.nodes import (
    Extension,
    Norm,
    NormException,
    Power,
    Standstill,
    Term,
)
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.explain.evaluate import Evaluation
from tests.readers_agree.agreements import DEPTH
from tests.readers_agree.changes import FEATURES
from tests.readers_agree.draws import CASES, Draw, draws, less_known
from tests.readers_agree.generator import without_node
from tests.readers_agree.people import PATHS, broken_axioms
from tests.readers_agree.words import BEFORE, RIGHTS, drawn_value

HEADLINES = (
    "exception of depth three",
    "prevalence",
    "power exercised",
    "power not exercised",
    "unknown fact",
    "several origins",
)
"""What issue 4 asks of at least one draw in ten."""


@dataclass(frozen=True)
class Share:
    """Shares in which a feature occurs, is active, and matters; active None: not told apart."""

    occurs: float
    active: float | None
    matters: float


@dataclass(frozen=True)
class Shares:
    """What was measured.

    pairs: of an agreement and a case.
    hang_on_one: pairs that change if some one node is removed that holds in them.
    removals: removals of a node that holds that change a position, of all such removals.
    holding: nodes that hold in a pair, in the mean.
    conflicts: pairs with a crossing that no clause settles.
    """

    pairs: int
    hang_on_one: float
    removals: float
    holding: float
    conflicts: float
    features: Mapping[str, Share]


def shares(
    rng: Random, agreements: int, *, cases: int = CASES, features: Iterable[str] = FEATURES
) -> Shares:
    """The shares over so many agreements with so many people each.

    features: which of `FEATURES` are measured besides the headlines; each costs an evaluation.
    """
    count: Counter[str] = Counter()
    wanted = {name: FEATURES[name] for name in features} | {"prevalence": FEATURES["prevalence"]}
    names = dict.fromkeys((*HEADLINES, *wanted))
    for draw in draws(rng, agreements, cases=cases):
        changed = Changed(draw.regime)
        for case in draw.cases:
            count.update(Measured(rng, draw, changed, case).found(wanted))
    pairs = agreements * cases
    return Shares(
        pairs,
        count["hangs on one"] / pairs,
        count["removals that change"] / max(1, count["removals"]),
        count["removals"] / pairs,
        count["conflict"] / pairs,
        {name: _share(name, count, pairs) for name in names},
    )


def _share(name: str, count: Counter[str], pairs: int) -> Share:
    active = count[f"{name}: active"] / pairs if name in HEADLINES else None
    return Share(count[f"{name}: occurs"] / pairs, active, count[f"{name}: matters"] / pairs)


def shut_out(rng: Random, people: int) -> float:
    """The share of people drawn without regard to the axioms whom the axioms shut out."""
    drawn = (Case(BEFORE, {p: drawn_value(rng, p) for p in PATHS}) for _ in range(people))
    return sum(bool(broken_axioms(case)) for case in drawn) / people


# ---- of one agreement ----
class Changed:
    """An agreement and its changed texts, each made once."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self._without: dict[str, Regime] = {}
        self._features: dict[str, tuple[Regime, ...]] = {}

    def without(self, key: str) -> Regime:
        """The text without a node."""
        if key not in self._without:
            self._without[key] = without_node(self.regime, key)
        return self._without[key]

    def by(self, name: str) -> tuple[Regime, ...]:
        """The texts in which a feature is taken away or turned round; none if it has none."""
        if name not in self._features:
            made = (change(self.regime) for change in FEATURES[name])
            self._features[name] = tuple(r for r in made if r != self.regime)
        return self._features[name]

    @cached_property
    def deep(self) -> frozenset[str]:
        """Exceptions to exceptions of exceptions to what bounds or defines, or deeper."""
        level = {key for key in self.regime.exceptions_to if not self._is_exception(key)}
        for _ in range(DEPTH):
            level = {x for key in level for x in self.regime.exceptions_to.get(key, ())}
        return frozenset(level)

    def _is_exception(self, key: str) -> bool:
        return isinstance(self.regime.nodes.get(key, (None,))[0], (NormException, Power))

    @cached_property
    def powers(self) -> tuple[str, ...]:
        """Powers to set something aside."""
        nodes = self.regime.nodes.items()
        return tuple(k for k, (node, *_) in nodes if isinstance(node, Power) and node.targets)

    @cached_property
    def ranges_over_origins(self) -> bool:
        """Whether some line speaks of every origin."""
        statements = (s for i in self.regime.instruments for s in i.statements)
        return any(_of_origins(line) for s in statements for line in _lines(s))


def _lines(statement: Statement) -> tuple[Condition, ...]:
    has_lines = isinstance(statement, (Norm, NormException, Power, Extension, Standstill, Term))
    return statement.when if has_lines else ()  # type: ignore[union-attr]


def _of_origins(condition: Condition) -> bool:
    match condition:
        case EveryPlace(kind="origin") | SomePlace(kind="origin"):
            return True
        case Not(inner):
            return _of_origins(inner)
        case _:
            return any(map(_of_origins, getattr(condition, "conditions", ())))


# ---- of one pair ----
class Measured:
    """An agreement and a case: what occurs, is active and matters in it."""

    def __init__(self, rng: Random, draw: Draw, changed: Changed, case: Case) -> None:
        self.rng, self.regime, self.changed, self.case = rng, draw.regime, changed, case
        self.evaluation = Evaluation(draw.regime, case)
        self.position = _position(self.evaluation)

    def found(self, features: Iterable[str]) -> Iterator[str]:
        """What is to be counted of it."""
        yield from self._removals()
        yield from self._powers()
        yield from self._prevalence()
        yield from self._origins()
        yield from self._unknown()
        for name in features:
            texts = self.changed.by(name)
            yield from _said(name, occurs=bool(texts), matters=any(map(self._differs, texts)))

    def _differs(self, text: Regime) -> bool:
        return self.position != _position(Evaluation(text, self.case))

    def _differs_if(self, path: str, value: Truth) -> bool:
        other = Evaluation(self.regime, self.case.with_facts({path: value}))
        return self.position != _position(other)

    def _holds(self, key: str) -> bool:
        return self.evaluation.holds(key) is Truth.TRUE

    def _removals(self) -> Iterator[str]:
        holding = [key for key in self.regime.nodes if self._holds(key)]
        deciding = {key for key in holding if self._differs(self.changed.without(key))}
        yield from ["removals"] * len(holding)
        yield from ["removals that change"] * len(deciding)
        if deciding:
            yield "hangs on one"
        for name, keys in (
            ("exception of depth three", self.changed.deep),
            ("power exercised", frozenset(self.changed.powers)),
        ):
            active, matters = not keys.isdisjoint(holding), not keys.isdisjoint(deciding)
            yield from _said(name, occurs=bool(keys), active=active, matters=matters)

    def _powers(self) -> Iterator[str]:
        """Powers that the host has not exercised and that would hold if it had."""
        idle = [f"exercised {key}" for key in self.changed.powers]
        idle = [path for path in idle if self.case.facts[path] is Truth.FALSE]
        ready = [p for p in idle if self._would_hold(p)]
        matters = any(self._differs_if(path, Truth.TRUE) for path in ready)
        yield from _said(
            "power not exercised", occurs=bool(idle), active=bool(ready), matters=matters
        )

    def _would_hold(self, path: str) -> bool:
        other = Evaluation(self.regime, self.case.with_facts({path: Truth.TRUE}))
        return other.holds(path.removeprefix("exercised ")) is Truth.TRUE

    def _prevalence(self) -> Iterator[str]:
        """A pair that holds, crosses and is decided; a conflict is one that is not."""
        e = self.evaluation
        for right in RIGHTS:
            units = [u for u in e.units(right) if e.holds(u.node) is Truth.TRUE]
            if any(
                one.kind is not other.kind
                and e.effective(one) is Truth.TRUE
                and e.defeats(one, other) is Truth.TRUE
                for one in units
                for other in units
            ):
                yield "prevalence: active"
                break
        if any(e.conflicts(right) for right in RIGHTS):
            yield "conflict"

    def _origins(self) -> Iterator[str]:
        occurs = self.changed.ranges_over_origins
        active = occurs and self.case.facts["origin2.exists"] is Truth.TRUE
        matters = active and self._differs_if("origin2.exists", Truth.FALSE)
        yield from _said("several origins", occurs=occurs, active=active, matters=matters)

    def _unknown(self) -> Iterator[str]:
        """A version of the case with facts hidden; it matters where some bound is then uncertain."""
        case = less_known(self.rng, self.case)
        active = len(case.facts) < len(self.case.facts)
        uncertain = any(
            b.lower < b.lower_possible or b.upper < b.upper_possible
            for b in _position(Evaluation(self.regime, case))
        )
        yield from _said("unknown fact", occurs=active, active=active, matters=uncertain)


def _said(name: str, *, occurs: bool, matters: bool, active: bool = False) -> Iterator[str]:
    for what, is_so in (("occurs", occurs), ("active", active), ("matters", matters)):
        if is_so:
            yield f"{name}: {what}"


def _position(evaluation: Evaluation) -> tuple[Bounds, ...]:
    return tuple(evaluation.bounds(right) for right in RIGHTS)


# ---- for a person to read ----
def table(found: Shares) -> str:
    """The shares in percent, one feature a line."""
    lines = [
        f"{found.pairs} pairs of an agreement and a case; {found.holding:.1f} nodes hold in one",
        f"hang on one node {found.hang_on_one:7.1%}",
        f"removals that change {found.removals:.1%}, crossings left open {found.conflicts:.1%}",
        f"{'':35}{'occurs':>8}{'active':>8}{'matters':>8}",
    ]
    for name, share in found.features.items():
        active = "" if share.active is None else f"{share.active:.1%}"
        lines.append(f"{name:35}{share.occurs:8.1%}{active:>8}{share.matters:8.1%}")
    return "\n".join(lines)


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]] + [100, 5, 1][len(sys.argv) - 1 :]
    print(table(shares(Random(asked[2]), asked[0], cases=asked[1])))
    print(f"the axioms shut out {shut_out(Random(asked[2]), 2000):.1%} of random people")
