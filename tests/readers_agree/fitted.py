"""An agreement in the making whose lines are *fitted*, so that most clauses decide something.

Drawn as the generator draws; but a line is kept if some of a small pool of random people meet it
and others do not. Exceptions of exceptions are then reached, powers hit norms that hold, and
clauses of prevalence settle crossings that happen. Fitting looks at single lines only; it never
asks for a position, so that it cannot favour what a reader finds easy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from comity.agreement.conditions import (
    Condition,
    Constant,
    DefinitionRef,
    EveryPlace,
    FactRef,
    InGroup,
    IsOneOf,
    Lapse,
    NodeHolds,
    Not,
    ParameterRef,
    Relation,
    SomePlace,
    TermHolds,
)
from comity.agreement.nodes import (
    Bounding,
    Frame,
    Kind,
    NodeTarget,
    Norm,
    NormException,
    Under,
    Validity,
)
from comity.agreement.values import Truth
from comity.explain.evaluate import Evaluation
from tests.readers_agree import generator
from tests.readers_agree.generator import CHANGE, KIND
from tests.readers_agree.words import ARRIVALS, SPONSOR, WORDS, compare

POOL = 8
"""How many random people a line is fitted to."""
TRIES = 4
"""How many lines are drawn at most until one fits."""

Drawn: TypeAlias = tuple[str, Kind, str, int | None]
"""A rule's key, its side, a right that it bounds, and at which rank, unless a fact says it."""


@dataclass
class Fitted(generator.Drafting):
    """An agreement in the making whose lines are fitted to a pool of people.

    units: what each rule bounds, with its rank (None: the level of a fact or a parameter).
    met: of each rule, how many of the pool meet its lines; of one that is mostly not in force, less.
    hit: rules that some exception names.
    other_nodes: extensions and standstills of `b`.
    """

    pool: list[Evaluation] = field(default_factory=list)
    units: list[Drawn] = field(default_factory=list)
    met: dict[str, float] = field(default_factory=dict)
    hit: set[str] = field(default_factory=set)
    owner: str = "a"
    has_sort: bool = False
    other_nodes: list[str] = field(default_factory=list)

    # ---- conditions ----
    def line(
        self, low: float, high: float, depth: int = 1, place: str = "", terms: int | None = None
    ) -> Condition:
        """A condition that a share of the pool between two shares meets, if one is soon found."""
        for _ in range(TRIES):
            condition = self.condition(depth, place, terms)
            at = "origin1" if place else ""
            met = sum(person.truth(condition, at) is Truth.TRUE for person in self.pool)
            if low * POOL <= met <= high * POOL:
                break
        return condition

    def lines(
        self, most: int, low: float, high: float, place: str = "", terms: int | None = None
    ) -> tuple[Condition, ...]:
        """The lines of a node: mostly one."""
        count = 1 if self.rng.random() < 0.7 else most
        return tuple(self.line(low, high, 1, place, terms) for _ in range(count))

    def atom(self, place: str, terms: int | None = None) -> Condition:
        """One test of facts: those of the generator, and what only the wider words can say."""
        rng = self.rng
        if place or rng.random() < 0.7:
            return super().atom(place, terms)
        match rng.randrange(9):
            case 0:
                return IsOneOf(FactRef("host"), (rng.choice(("SWE", "DEU")),))
            case 1:
                return InGroup(FactRef("host"), "union")
            case 2:
                day = Constant(rng.choice(ARRIVALS[1:]).toordinal(), "date")
                return compare(FactRef("arrived"), self.relation(), day)
            case 3:
                rank = Constant(rng.randint(1, 3), "stay_level")
                return compare(FactRef(SPONSOR), self.relation(), rank)
            case 4:
                one = rng.choice(("destination.degree", "origin1.degree", "onward.degree"))
                return compare(FactRef(one), self.relation(), Constant(1, "degree"))
            case 5 if self.has_table:
                tier = DefinitionRef("a", "tier", rng.choice(("destination", "origin1")))
                return compare(tier, self.relation(), Constant(rng.randint(1, 2), "tier"))
            case 6 if self.has_sort:
                return IsOneOf(DefinitionRef("a", "sort"), (rng.choice(KIND.options),))
            case 7 if ("a", "t1", True) in self.terms[:terms]:
                return TermHolds("a", "t1", rng.choice(("destination", "origin1", "onward")))
            case _:
                return EveryPlace("origin", super().atom("place", terms), implicit=True)

    def relation(self) -> Relation:
        """How two sides are compared."""
        return self.rng.choice(("at least", "more than", "at most", "less than"))

    def condition(self, depth: int = 1, place: str = "", terms: int | None = None) -> Condition:
        """A condition, somewhat more often of every origin or of some."""
        if place or self.rng.random() > 0.25:
            return super().condition(depth, place, terms)
        quantifier = self.rng.choice((EveryPlace, SomePlace))
        return quantifier("origin", super().condition(0, "place", terms))

    # ---- frames ----
    def frame(self, earlier: float = 0.08) -> Frame:
        """Mostly valid at all times and in every reading; earlier: the chance of one that ended."""
        draw = self.rng.random()
        if draw < earlier:
            return Frame(validity=Validity(until=CHANGE))
        if draw < earlier + 0.08:
            return Frame(validity=Validity(since=CHANGE))
        if draw < earlier + 0.16:
            return Frame(under=Under("q", self.rng.choice("xy")))
        return Frame()

    def variants(self, node: Norm | NormException) -> Iterator[Norm | NormException]:
        """The node, or now and then two versions of it: of two times, or of two readings."""
        if node.frame != Frame() or self.rng.random() > 0.15:
            yield node
            return
        frames = (Frame(validity=Validity(until=CHANGE)), Frame(validity=Validity(since=CHANGE)))
        if self.rng.random() < 0.5:
            frames = (Frame(under=Under("q", "x")), Frame(under=Under("q", "y")))
        yield replace(node, frame=frames[0])
        other = replace(node, frame=frames[1], when=self.lines(1, 0.3, 0.9, terms=0))
        if isinstance(other, Norm) and self.rng.random() < 0.5:
            rights = [b.right for b in node.boundings] if isinstance(node, Norm) else []
            other = replace(other, boundings=tuple(self.bounding_of(r, other.kind) for r in rights))
        yield other

    # ---- norms ----
    def bounding_of(self, right: str, kind: Kind) -> Bounding:
        """A right at a level that leaves room: not its bottom, for a limit not its top."""
        rng, draw = self.rng, self.rng.random()
        top = WORDS.rights[right].top
        if right == "stay" and draw < 0.15:
            return Bounding(right, FactRef(rng.choice(("status", SPONSOR))))
        if right in ("wait", "permit") and draw < 0.2:
            return Bounding(right, FactRef(rng.choice(("absence", "residence"))))
        if right in ("wait", "permit") and draw < 0.4:
            return Bounding(right, ParameterRef(self.owner, "P_x"))
        # Guarantees reach high and limits low, so that they cross.
        high = rng.random() < 0.7
        if kind is Kind.GUARANTEE:
            return Bounding(right, rng.randint((top + 1) // 2 if high else 1, top))
        return Bounding(right, rng.randint(0, (top - 1) // 2 if high else top - 1))

    def rule(self, instrument: str, number: int) -> Norm:
        """A guarantee or a limit of one right or two."""
        rng = self.rng
        kind = Kind.GUARANTEE if rng.random() < 0.55 else Kind.LIMIT
        rights = rng.sample(tuple(WORDS.rights), 2 if rng.random() < 0.2 else 1)
        if self.clocks(instrument) == [] and rng.random() < 0.3:
            kind, rights = Kind.GUARANTEE, ["wait"]
        lines = self.lines(2, 0.5, 0.95) if rng.random() < 0.85 else ()
        met = sum(all(p.truth(x) is Truth.TRUE for x in lines) for p in self.pool)
        of_others = tuple(self.of_other_nodes(instrument))
        element = rng.choice(("e1", "e2", "e3")) if instrument == "b" and rng.random() < 0.4 else ""
        node_id = f"{rng.randint(1, 2)}.{number}"
        boundings = tuple(self.bounding_of(right, kind) for right in rights)
        self.rules += [(instrument, node_id, kind, right) for right in rights]
        for bound in boundings:
            rank = bound.level if isinstance(bound.level, int) else None
            self.units.append((f"{instrument}/{node_id}", kind, bound.right, rank))
        soft = rng.random() < 0.04
        frame = self.frame(0.16 if kind is Kind.GUARANTEE else 0.06)
        doubts = (of_others != (), element != "", soft, frame != Frame())
        self.met[f"{instrument}/{node_id}"] = met * 0.25 ** sum(doubts)
        return Norm(node_id, kind, boundings, lines + of_others, element, soft, frame)

    def clocks(self, instrument: str) -> list[str]:
        """The guarantees so far of a right with a clock."""
        return [
            f"{owner}/{node_id}"
            for owner, node_id, kind, right in self.rules
            if kind is Kind.GUARANTEE and right == "wait" and owner <= instrument
        ]

    def of_other_nodes(self, instrument: str) -> Iterator[Condition]:
        """Now and then that another rule holds, does not, or has lapsed."""
        rng, clocks = self.rng, self.clocks(instrument)
        if clocks and rng.random() < 0.3:
            lapse = Lapse(rng.choice(clocks))
            yield lapse if rng.random() < 0.6 else Not(lapse)
        elif self.rules and rng.random() < 0.15:
            owner, node_id, _kind, _right = rng.choice(self.rules)
            holds = NodeHolds(f"{owner}/{node_id}")
            yield rng.choice((holds, Not(holds)))

    # ---- what an exception hits ----
    def telling_rule(self, instrument: str) -> NodeTarget:
        """A rule, mostly of the instrument itself, that many meet and that no other goes beyond.

        Mostly one that no exception names yet, for where two hold one alone decides nothing.
        """
        own = [u for u in self.units if u[0].startswith(f"{instrument}/")]
        units = own if self.rng.random() < 0.7 else self.units
        weights = [
            (self.met[u[0]] ** 2 + 0.1)
            * (4 if self._is_extreme(u) else 1)
            * (0.05 if u[0] in self.hit else 1)
            for u in units
        ]
        [(key, *_)] = self.rng.choices(units, weights)
        self.hit.add(key)
        return NodeTarget(*key.split("/"))

    def _is_extreme(self, unit: Drawn) -> bool:
        _key, kind, right, level = unit
        sign = 1 if kind is Kind.GUARANTEE else -1
        others = [u[3] for u in self.units if u[1] is kind and u[2] == right]
        return level is not None and all(x is None or sign * x <= sign * level for x in others)

    def some_rule(self) -> NodeTarget:
        """Any rule."""
        owner, node_id, _kind, _right = self.rng.choice(self.rules)
        return NodeTarget(owner, node_id)

    def crossing_pair(self) -> tuple[str, str] | None:
        """A guarantee and a limit that may cross, in either order; mostly such as many meet."""
        pairs = [
            (one, other)
            for one, kind, right, level in self.units
            for other, against, same, bound in self.units
            if (kind, against) == (Kind.GUARANTEE, Kind.LIMIT) and right == same
            if level is None or bound is None or level > bound
        ]
        if not pairs:
            return None
        weights = [(self.met[one] + 0.2) * (self.met[other] + 0.2) for one, other in pairs]
        [(one, other)] = self.rng.choices(pairs, weights)
        return (one, other) if self.rng.random() < 0.5 else (other, one)
