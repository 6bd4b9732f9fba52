"""Counts of persons from their positions: cells by right, groups and level, with their totals.

certain: persons of whom the level is surely this one. possible: those of whom it may be. Persons of
whom it is not certain which level they are guaranteed have a cell of their own, so that the certain
numbers of a group add up to its persons. Without levels: persons who are guaranteed anything at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from comity.count.sql.atoms import column, number
from comity.count.sql.common import Stages, common
from comity.count.sql.positions import SqlPositions, band_name
from comity.count.sql.suppression import HIDDEN, OF_GROUPS, OF_LEVELS, hidden_stages

NOT_KNOWN = "not known"
"""The level of those of whom it hangs on unknown facts which level they are guaranteed."""
ANYTHING = "anything"
"""What stands for the level where levels are not told apart."""
ALL_LEVELS = "all levels"
WEIGHT = "weight"
"""How many persons a row of positions stands for."""
OUTPUT = ("right", "level", "certain", "possible", "suppressed", "total")
"""Columns of the answer beside the groups."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A cell of each group: which rows are certainly and possibly in it."""

    right: str
    right_number: int
    level: str
    level_number: int
    certain: exp.Expr
    possible: exp.Expr
    of_levels: bool = False


def lower_name(right: str) -> str:
    """The column of a right's certain lower bound among the positions."""
    return f"{right}_lower"


def possible_name(right: str) -> str:
    """The column of its possible lower bound."""
    return f"{right}_lower_possible"


def counted(positions: Sequence[SqlPositions], *, by_level: bool) -> list[Counted]:
    """The cells of every group, those of each right together."""
    found: list[Counted] = []
    for number_, one in enumerate(positions, start=1):
        name = one.right.name
        lower, possible = column(lower_name(name)), column(possible_name(name))
        if not by_level:
            anything = exp.GT(this=lower, expression=number(0))
            perhaps = exp.GT(this=possible, expression=number(0))
            found.append(Counted(name, number_, ANYTHING, 0, anything, perhaps))
            continue
        everybody = exp.true()
        found.append(
            Counted(name, number_, ALL_LEVELS, -1, everybody, everybody.copy(), of_levels=True)
        )
        found += _bands(one, number_)
    return found


def _bands(one: SqlPositions, right_number: int) -> list[Counted]:
    """The levels of a right, and last those of whom the level is not certain."""
    name, edges = one.right.name, one.edges
    lower, possible = column(lower_name(name)), column(possible_name(name))
    found: list[Counted] = []
    straddling: list[exp.Expr] = []
    for place, first in enumerate(edges):
        after = edges[place + 1] if place + 1 < len(edges) else None
        certain: list[exp.Expr] = []
        perhaps: list[exp.Expr] = []
        if first > 0:
            certain.append(exp.GTE(this=lower, expression=number(first)))
            perhaps.append(exp.GTE(this=possible, expression=number(first)))
        if after is not None:
            certain.append(exp.LT(this=possible, expression=number(after)))
            perhaps.append(exp.LT(this=lower, expression=number(after)))
            straddling.append(
                exp.and_(
                    exp.LT(this=lower, expression=number(after)),
                    exp.GTE(this=possible, expression=number(after)),
                )
            )
        level = band_name(one, place)
        found.append(Counted(name, right_number, level, place, _all_of(certain), _all_of(perhaps)))
    if straddling:
        # where each level has a number of its own, two bounds that differ are two levels
        is_exact = one.is_exact
        open_ = exp.NEQ(this=lower, expression=possible) if is_exact else exp.or_(*straddling)
        found.append(Counted(name, right_number, NOT_KNOWN, len(edges), open_, open_.copy()))
    return found


def _all_of(tests: Sequence[exp.Expr]) -> exp.Expr:
    return exp.and_(*tests) if tests else exp.true()


def _persons(test: exp.Expr) -> exp.Expr:
    """How many persons are in rows where a test holds, as BIGINT."""
    if isinstance(test, exp.Boolean):
        return _whole(exp.Sum(this=column(WEIGHT)))
    cases = exp.Case(ifs=[exp.If(this=test, true=column(WEIGHT))], default=number(0))
    return _whole(exp.Sum(this=cases))


def _whole(total: exp.Expr) -> exp.Expr:
    return exp.cast(exp.Coalesce(this=total, expressions=[number(0)]), exp.DType.BIGINT)


def count_stages(
    stages: Stages, positions: Sequence[SqlPositions], by: Mapping[str, str], *, by_level: bool
) -> exp.Select:
    """Adds the stages that count and hide; returns the last select, without its order of columns.

    by: the grouping columns among the positions, with the names that the answer gives them. The last
    stage before has the positions of every row.
    """
    groups = tuple(by)
    several = counted(positions, by_level=by_level)
    grouped = exp.select(*(column(one) for one in groups)).from_(common(stages.last))
    sums: list[str] = []
    for place, cell in enumerate(several, start=1):
        for letter, test in (("c", cell.certain), ("p", cell.possible)):
            sums.append(f"{letter}{place}")
            total = exp.alias_(_persons(test), sums[-1], quoted=True)
            grouped = grouped.select(total, copy=False)
    if groups:
        grouped = grouped.group_by(*(column(one) for one in groups))
    stages.add("counts", grouped)
    stages.add("counts_and_sums", _with_sums(groups, sums))
    stages.add("every_cell", _cells(groups, several))
    kept = [one.alias_or_name for one in stages.select[-1][1].selects]
    of_somebody = exp.GT(this=column("possible"), expression=number(0))
    stages.add(
        "cells", exp.select(*map(column, kept)).from_(common("every_cell")).where(of_somebody)
    )
    hidden_stages(stages, groups, by_level=by_level)
    return _answer(stages, by)


def _with_sums(groups: Sequence[str], sums: Sequence[str]) -> exp.Query:
    """The counts of each group; below them those of all, which no group of NULL can be taken for."""
    own = exp.select(*(column(one) for one in groups)).from_(common("counts"))
    own = own.select(exp.alias_(exp.false(), OF_GROUPS, quoted=True), *map(column, sums))
    if not groups:
        return own
    all_ = exp.select(*(exp.alias_(exp.null(), one, quoted=True) for one in groups))
    all_ = all_.from_(common("counts")).select(exp.alias_(exp.true(), OF_GROUPS, quoted=True))
    for one in sums:
        total = exp.alias_(_whole(exp.Sum(this=column(one))), one, quoted=True)
        all_ = all_.select(total, copy=False)
    return exp.union(own, all_, distinct=False, copy=False)


def _cells(groups: Sequence[str], several: Sequence[Counted]) -> exp.Select:
    """One row a group and cell, from one row a group; cells of nobody are left out."""
    rows = [
        exp.Tuple(
            expressions=[
                number(place),
                exp.Literal.string(cell.right),
                number(cell.right_number),
                exp.Literal.string(cell.level),
                number(cell.level_number),
                exp.Boolean(this=cell.of_levels),
            ]
        )
        for place, cell in enumerate(several, start=1)
    ]
    names = ("cell_number", "right_name", "right_number", "level_name", "level_number", OF_LEVELS)
    listed = exp.Values(
        expressions=rows,
        alias=exp.TableAlias(
            this=exp.to_identifier("listed", quoted=True),
            columns=[exp.to_identifier(name, quoted=True) for name in names],
        ),
    )
    picked = {}
    for letter in "cp":
        ifs = [
            exp.If(this=number(place), true=column(f"{letter}{place}"))
            for place in range(1, len(several) + 1)
        ]
        picked[letter] = exp.Case(this=column("cell_number"), ifs=ifs, default=number(0))
    inner = exp.select(
        *(column(one) for one in groups),
        column(OF_GROUPS),
        *(column(name) for name in names[1:]),
        exp.alias_(picked["c"], "certain", quoted=True),
        exp.alias_(picked["p"], "possible", quoted=True),
    ).from_(common("counts_and_sums"))
    return inner.join(listed, join_type="cross")


def _answer(stages: Stages, by: Mapping[str, str]) -> exp.Select:
    def shown(name: str) -> exp.Expr:
        made = exp.Case(
            ifs=[exp.If(this=exp.Not(this=column(HIDDEN)), true=column(name))],
            default=exp.null(),
        )
        return exp.alias_(made, name, quoted=True)

    total = exp.Case(
        ifs=[
            exp.If(
                this=exp.and_(column(OF_GROUPS), column(OF_LEVELS)),
                true=exp.Literal.string("all"),
            ),
            exp.If(this=column(OF_GROUPS), true=exp.Literal.string("groups")),
            exp.If(this=column(OF_LEVELS), true=exp.Literal.string("levels")),
        ],
        default=exp.Literal.string("none"),
    )
    select = exp.select(exp.alias_(column("right_name"), "right", quoted=True))
    select = select.select(
        *(exp.alias_(column(one), name, quoted=True) for one, name in by.items()),
        exp.alias_(column("level_name"), "level", quoted=True),
        shown("certain"),
        shown("possible"),
        exp.alias_(column(HIDDEN), "suppressed", quoted=True),
        exp.alias_(total, "total", quoted=True),
    )
    return select.from_(common(stages.last)).order_by(
        column("right_number"),
        column(OF_GROUPS),
        column("level_number"),
    )
