"""The bounds of a right as ordered CASEs over planes: the best level first, as the evaluator has them.

Everything is in ranks, which count upwards in the person's favour; `named` gives a rank its word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from comity.agreement.conditions import FactRef
from comity.agreement.many.circuit import Literal
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.many.program import ALL, NONE, Plane
from comity.agreement.nodes import Standstill
from comity.agreement.regimes import Unit
from comity.agreement.values import Range
from comity.agreement.vocabulary import LevelType, Right
from comity.count.sql.asking import Asked
from comity.count.sql.atoms import Columns, first_of, number
from comity.count.sql.schema import fact_type
from comity.count.sql.stages import Layout
from comity.count.sql.words import nodes_words


@dataclass(frozen=True, slots=True)
class Branch:
    """A level that holds in a plane, by some nodes."""

    plane: Plane
    rank: int
    nodes: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A level that is a fact, where the plane holds.

    otherwise: the amount where no column says it. levels: the words of its scale, if it has one.
    """

    plane: Plane
    key: str
    columns: Columns
    otherwise: int
    node: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SqlBound:
    """One bound of one right.

    base: the rank where no branch holds. branches: the first that holds decides. deciders: by whom,
    where it is asked.
    """

    right: Right
    is_lower: bool
    base: int
    branches: tuple[Branch, ...]
    reads: tuple[Read, ...]
    deciders: tuple[Branch, ...]

    def roots(self, *, deciding: bool) -> Iterator[Plane]:
        """The planes that its text names, each as often as it does."""
        times = 1 + (2 * len(self.reads) if deciding else 0)
        for _ in range(times):
            yield from (branch.plane for branch in self.branches)
            yield from (one.plane for one in self.reads)
        if deciding:
            yield from (branch.plane for branch in self.deciders)

    @property
    def ranks(self) -> set[int]:
        """The ranks that the text fixes."""
        return {self.base, *(branch.rank for branch in self.branches)}


@dataclass(frozen=True)
class SqlPositions:
    """The four bounds of a right, as `Positions` has them."""

    right: Right
    lower: SqlBound
    lower_possible: SqlBound
    upper: SqlBound
    upper_possible: SqlBound
    edges: tuple[int, ...]

    @property
    def is_exact(self) -> bool:
        """Whether no two ranks that the lower bounds can have are counted together."""
        if self.lower_possible.reads or self.lower.reads:
            return len(self.edges) == self.right.top + 1
        return self.lower.ranks | self.lower_possible.ranks <= set(self.edges)

    def bounds(self) -> tuple[tuple[str, SqlBound], ...]:
        """The bounds with what they are called."""
        return (
            ("lower", self.lower),
            ("lower_possible", self.lower_possible),
            ("upper", self.upper),
            ("upper_possible", self.upper_possible),
        )


MOST_BANDS = 24
"""Levels of a right that are counted one by one; of more, some are counted together."""


def positions_of(evaluator: Evaluator, name: str, asked: Asked) -> SqlPositions:
    """The bounds of a right over the planes asked."""
    right = evaluator.regime.vocabulary.rights[name]
    rules = evaluator.rules
    guarantees, limits = rules.guarantees(name), rules.limits(name)
    made = []
    for units, possibly, best in (
        (guarantees, False, False),
        (guarantees, True, True),
        (limits, True, False),
        (limits, False, True),
    ):
        literals = evaluator.circuit.literals([rules.effective(unit) for unit in units])
        pairs = list(zip(units, literals, strict=True))
        made.append(
            _bound(
                evaluator, right, pairs, asked, units is guarantees, possibly=possibly, best=best
            )
        )
    lower, lower_possible, upper, upper_possible = made
    edges = _edges(evaluator, right, lower, lower_possible)
    return SqlPositions(right, lower, lower_possible, upper, upper_possible, edges)


def _bound(
    evaluator: Evaluator,
    right: Right,
    units: Sequence[tuple[Unit, Literal]],
    asked: Asked,
    is_lower: bool,
    *,
    possibly: bool,
    best: bool,
) -> SqlBound:
    given: dict[int, list[tuple[Plane, str]]] = {}
    reads: list[Read] = []
    for unit, literal in units:
        plane = asked.possibly(literal) if possibly else asked.surely(literal)
        if plane == NONE:
            continue
        if isinstance(unit.level, FactRef):
            reads.append(_read(unit.level.path, unit.node, plane, right, asked, best=best))
            continue
        rank = evaluator.rules.rank(unit.level, right)
        if (rank > 0) if is_lower else (rank < right.top):
            given.setdefault(rank, []).append((plane, unit.node))
    base = 0 if is_lower else right.top
    branches: list[Branch] = []
    deciders: list[Branch] = []
    for rank in sorted(given, reverse=is_lower):
        several = given[rank]
        deciders += [Branch(plane, rank, (node,)) for plane, node in several]
        joined = asked.program.some_of([plane for plane, _ in several])
        if joined == ALL:
            base = rank
            break
        nodes = tuple(node for _, node in several)
        branches.append(Branch(joined, rank, nodes, nodes_words(evaluator.regime, nodes)))
    return SqlBound(right, is_lower, base, tuple(branches), tuple(reads), tuple(deciders))


def _read(key: str, node: str, plane: Plane, right: Right, asked: Asked, *, best: bool) -> Read:
    is_high = best is not right.less_is_better
    domain = fact_type(key, asked.vocabulary).everything()
    assert isinstance(domain, Range)
    columns = asked.available.high(key) if is_high else asked.available.low(key)
    kind = fact_type(key, asked.vocabulary)
    levels = kind.scale.levels if isinstance(kind, LevelType) else ()
    return Read(plane, key, columns, domain.high if is_high else domain.low, node, levels)


def _edges(evaluator: Evaluator, right: Right, lower: SqlBound, bound: SqlBound) -> tuple[int, ...]:
    """The first rank of each band that is counted: each level, or those that a norm itself fixes."""
    if isinstance(right.type, LevelType) and right.top < MOST_BANDS:
        return (
            tuple(range(right.top + 1))
            if bound.reads
            else tuple(sorted({0, *lower.ranks, *bound.ranks}))
        )
    ranks = {0, *lower.ranks, *bound.ranks}
    if len(ranks) > MOST_BANDS or bound.reads:
        ranks = {0}
        for branch in bound.branches:
            nodes = [evaluator.regime.node(node, evaluator.day) for node in branch.nodes]
            if not all(isinstance(node, Standstill) for node in nodes):
                ranks.add(branch.rank)
    ordered = sorted(ranks)
    step = -(-len(ordered) // MOST_BANDS)
    return tuple(ordered[::step])


def band_name(positions: SqlPositions, number_: int) -> str:
    """A band in words: a level, or the first and last of several."""
    right, edges = positions.right, positions.edges
    first = edges[number_]
    last = edges[number_ + 1] - 1 if number_ + 1 < len(edges) else right.top
    bound = positions.lower_possible
    reached = [rank for rank in {*bound.ranks, *positions.lower.ranks} if first < rank <= last]
    if first == last or not (bound.reads or reached):
        return right.name_of(first)
    return f"{right.name_of(first)} to {right.name_of(last)}"


# ---- in SQL ----
def rank_of(bound: SqlBound, layout: Layout) -> exp.Expr:
    """The bound's rank, never NULL."""
    fixed = _fixed(bound, layout)
    if not bound.reads:
        return fixed
    reads = [_where_it_holds(bound, one, layout) for one in bound.reads]
    kind = exp.Greatest if bound.is_lower else exp.Least
    return kind(this=fixed, expressions=reads, ignore_nulls=True)  # none is NULL


def _fixed(bound: SqlBound, layout: Layout) -> exp.Expr:
    if not bound.branches:
        return number(bound.base)
    ifs = []
    for branch in bound.branches:
        value = number(branch.rank)
        value.add_comments([f" {bound.right.name_of(branch.rank)}: {branch.words} "])
        ifs.append(exp.If(this=layout.plane(branch.plane), true=value))
    return exp.Case(ifs=ifs, default=number(bound.base))


def _where_it_holds(bound: SqlBound, one: Read, layout: Layout) -> exp.Expr:
    worst = number(0 if bound.is_lower else bound.right.top)
    rank = _rank_read(bound.right, one)
    if one.plane == ALL:
        return rank
    rank.add_comments([f" the level of {one.key}: {one.node} "])
    return exp.Case(ifs=[exp.If(this=layout.plane(one.plane), true=rank)], default=worst)


def _rank_read(right: Right, one: Read) -> exp.Expr:
    if not one.columns:
        return number(min(right.top, max(0, right.rank(one.otherwise))))
    if one.levels:
        ifs = [
            exp.If(
                this=exp.EQ(this=first_of(one.columns), expression=exp.Literal.string(level)),
                true=number(min(right.top, max(0, right.rank(rank)))),
            )
            for rank, level in enumerate(one.levels)
        ]
        least = min(right.top, max(0, right.rank(one.otherwise)))
        return exp.Case(ifs=ifs, default=number(least))
    amount: exp.Expr = exp.Coalesce(this=first_of(one.columns), expressions=[number(one.otherwise)])
    if right.less_is_better:
        amount = exp.Sub(this=number(right.top), expression=amount)
    raised = exp.Greatest(this=amount, expressions=[number(0)], ignore_nulls=True)
    return exp.Least(this=raised, expressions=[number(right.top)], ignore_nulls=True)


def decided_by(bound: SqlBound, layout: Layout) -> exp.Expr:
    """The key of the norm by which the bound is reached, the first of the regime; NULL if by none."""
    ifs: list[exp.If] = []
    for one in bound.reads:
        rank = _where_it_holds(bound, one, layout)
        beats = exp.GT if bound.is_lower else exp.LT
        best = exp.And(
            this=exp.EQ(this=rank, expression=rank_of(bound, layout)),
            expression=beats(this=rank.copy(), expression=_fixed(bound, layout)),
        )
        ifs.append(
            exp.If(
                this=exp.and_(layout.plane(one.plane), best),
                true=exp.Literal.string(one.node),
            )
        )
    for branch in bound.deciders:
        ifs.append(
            exp.If(this=layout.plane(branch.plane), true=exp.Literal.string(branch.nodes[0]))
        )
    nothing = exp.cast(exp.null(), exp.DType.TEXT)
    return exp.Case(ifs=ifs, default=nothing) if ifs else nothing


def named(right: Right, rank: exp.Expr, ranks: Sequence[int]) -> exp.Expr:
    """A rank as the level's name, or as the number with the right's own direction."""
    if not isinstance(right.type, LevelType):
        if right.less_is_better:
            return exp.Sub(this=number(right.top), expression=rank)
        return rank
    ifs = [
        exp.If(this=number(one), true=exp.Literal.string(right.name_of(one))) for one in ranks[:-1]
    ]
    last = exp.Literal.string(right.name_of(ranks[-1]))
    return exp.Case(this=rank, ifs=ifs, default=last) if ifs else last
