"""Small numbers hidden within the query, and enough beside them that none can be worked out.

A cell of 1 to 9 persons is hidden, zero stays: it is nobody. A *line* is a row of cells that add up
to a total that is shown: the levels of one group, the groups of one level. Where a line has one hidden
number only, or hidden ones that are fewer than ten together, its next smallest is hidden too, and all
that are as small. Lines are walked in turn; a right of which some line is still open at the end
shows its totals alone. A cell is hidden with both its numbers.

Other than the dossier's tables (Fischetti and Salazar 1999), no loop is sought: SQL has no search. So more
may be hidden here than there, and never a number changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from comity.count.sql.atoms import column, number
from comity.count.sql.common import Stages, common

THRESHOLD = 10
ROUNDS = 2
HIDDEN, OF_GROUPS, OF_LEVELS = "is_hidden", "of_groups", "of_levels"
"""Columns of every stage: hidden, a sum over the groups, a sum over the levels."""


@dataclass(frozen=True, slots=True)
class Line:
    """Cells alike in `fixed`, which add up. total: the column that marks their sum. of: the number."""

    fixed: tuple[str, ...]
    total: str
    of: str


def lines(groups: Sequence[str], *, by_level: bool) -> tuple[Line, ...]:
    """The lines of a table of counts by right, by groups and by level."""
    found: list[Line] = []
    if by_level:
        found.append(Line(("right_number", *groups, OF_GROUPS), OF_LEVELS, "certain"))
    if groups:
        for of in ("certain", "possible"):
            found.append(Line(("right_number", "level_number"), OF_GROUPS, of))
    return tuple(found)


def hidden_stages(stages: Stages, groups: Sequence[str], *, by_level: bool) -> None:
    """Adds the stages that hide: first the small cells, then what stands beside them."""
    small = exp.or_(
        *(
            exp.Between(this=column(of), low=number(1), high=number(THRESHOLD - 1))
            for of in ("certain", "possible")
        )
    )
    stages.add(
        "small",
        exp.select(exp.Star())
        .from_(common(stages.last))
        .select(exp.alias_(small, HIDDEN, quoted=True)),
    )
    several = lines(groups, by_level=by_level)
    for turn in range(1, ROUNDS + 1):
        for place, line in enumerate(several, start=1):
            _beside(stages, line, f"beside_{turn}_{place}")
        if by_level:
            _alike(stages, groups, f"alike_{turn}")
    if several:
        _close(stages, several, groups, by_level=by_level)


def _count(test: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=test, true=number(1))], default=number(0))


def _sum_over(value: exp.Expr, fixed: Sequence[str]) -> exp.Expr:
    return exp.Window(this=exp.Sum(this=value), partition_by=[column(name) for name in fixed])


def _open(line: Line) -> exp.Expr:
    """Whether a hidden number of the line can be worked out, or nearly: fewer than ten together."""
    is_there = exp.GT(this=column(line.of), expression=number(0))
    hidden = exp.And(this=column(HIDDEN), expression=is_there)
    alone = exp.EQ(this=_sum_over(_count(hidden), line.fixed), expression=number(1))
    part = exp.and_(column(HIDDEN), exp.Not(this=column(line.total)))
    parts = exp.Case(ifs=[exp.If(this=part, true=column(line.of))], default=number(0))
    total = exp.And(this=column(HIDDEN), expression=column(line.total))
    few = exp.and_(
        exp.EQ(this=_sum_over(_count(total), line.fixed), expression=number(0)),
        exp.Between(this=_sum_over(parts, line.fixed), low=number(1), high=number(THRESHOLD - 1)),
    )
    return exp.or_(alone, few)


def _beside(stages: Stages, line: Line, name: str) -> None:
    """Hides the next smallest numbers of each open line; its total only where nothing else is left."""
    is_there = exp.GT(this=column(line.of), expression=number(0))
    shown = exp.and_(exp.Not(this=column(HIDDEN)), is_there)
    order = exp.Order(
        expressions=[
            exp.Ordered(this=_count(column(line.total)), nulls_first=False),
            exp.Ordered(this=column(line.of), nulls_first=False),
        ]
    )
    place = exp.Window(
        this=exp.Anonymous(this="RANK"),
        partition_by=[*(column(one) for one in line.fixed), _count(shown)],
        order=order,
    )
    before = stages.last
    looked = (
        exp.select(exp.Star())
        .from_(common(before))
        .select(
            exp.alias_(_open(line), "is_open", quoted=True),
            exp.alias_(
                exp.and_(shown.copy(), exp.EQ(this=place, expression=number(1))),
                "is_next",
                quoted=True,
            ),
        )
    )
    stages.add(f"{name}_seen", looked)
    _hide(stages, name, exp.and_(column("is_open"), column("is_next")))


def _hide(stages: Stages, name: str, test: exp.Expr) -> None:
    """A stage with what it hides; the columns are those of the first one."""
    hidden = exp.or_(column(HIDDEN), test)
    names = _kept(stages)
    select = exp.select(*(column(one) for one in names)).from_(common(stages.last))
    stages.add(name, select.select(exp.alias_(hidden, HIDDEN, quoted=True)))


def _kept(stages: Stages) -> list[str]:
    cells = dict(stages.select)["cells"]
    return [one.alias_or_name for one in cells.selects]


def _alike(stages: Stages, groups: Sequence[str], name: str) -> None:
    """A sum over the levels is one number for every right: hidden of one, it is hidden of all."""
    hidden = exp.Window(
        this=exp.Max(this=_count(column(HIDDEN))),
        partition_by=[*(column(one) for one in groups), column(OF_GROUPS), column(OF_LEVELS)],
    )
    of_all = exp.and_(column(OF_LEVELS), exp.EQ(this=hidden, expression=number(1)))
    _hide(stages, name, of_all)


def _close(
    stages: Stages, several: Sequence[Line], groups: Sequence[str], *, by_level: bool
) -> None:
    """A right of which some line is open still: all but its sums over the levels are hidden."""
    is_open = exp.or_(*(_open(line) for line in several))
    stages.add(
        "left_open",
        exp.select(exp.Star())
        .from_(common(stages.last))
        .select(exp.alias_(_count(is_open), "is_open", quoted=True)),
    )
    any_open = exp.Window(
        this=exp.Max(this=column("is_open")), partition_by=[column("right_number")]
    )
    inner: exp.Expr = exp.EQ(this=any_open, expression=number(1))
    if by_level:
        inner = exp.and_(inner, exp.Not(this=column(OF_LEVELS)))
    _hide(stages, "hidden", inner)
