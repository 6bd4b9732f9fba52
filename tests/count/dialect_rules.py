"""The part of SQL that means the same on three engines, as a check of any query.

Each rule is one that the probes show to be needed. Give `broken_rules` a query of the compiler's, as
a tree or as text, and it says where the query leaves that part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types

NUMBERS = exp.DataType.NUMERIC_TYPES
TEXTS = exp.DataType.TEXT_TYPES
WHOLE = exp.DataType.INTEGER_TYPES
BOOLEAN = {exp.DataType.Type.BOOLEAN}
DATE = {exp.DataType.Type.DATE}
DOUBLE = {exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT}
FRACTION = NUMBERS - WHOLE

NEVER: dict[type[exp.Expr], str] = {
    exp.Div: "no true division: both sides are multiplied",
    exp.Avg: "no AVG: a sum and a count",
    exp.BitwiseLeftShift: "masks are written as numbers",
    exp.Upper: "texts are not changed",
    exp.Lower: "texts are not changed",
    exp.Substring: "texts are not cut",
    exp.TryCast: "text becomes a number at the edge",
    exp.ArrayAgg: "no lists",
    exp.Array: "no lists",
    exp.GroupingSets: "a total is a query of its own",
    exp.Rollup: "a total is a query of its own",
    exp.Cube: "a total is a query of its own",
    exp.Qualify: "no QUALIFY: a subquery",
    exp.Rand: "nothing depends on chance",
    exp.CurrentDate: "nothing depends on the clock",
    exp.CurrentTimestamp: "nothing depends on the clock",
}

Rule = Callable[[exp.Expr], str]
"""What a node breaks, or an empty text."""


def _is(node: exp.Expr | None, kinds: Collection[Any]) -> bool:
    return node is not None and node.type is not None and node.type.this in kinds


def _difference(node: exp.Expr) -> str:
    if isinstance(node, exp.DateDiff) and str(node.args.get("unit") or "DAY").upper() != "DAY":
        return "no difference in months or years"
    if isinstance(node, exp.Sub) and _is(node.left, DATE) and _is(node.right, DATE):
        return "days between dates by DATE_DIFF"
    return ""


def _cast(node: exp.Expr) -> str:
    if not isinstance(node, exp.Cast) or node.to.this not in NUMBERS:
        return ""
    rounded = isinstance(node.this.unnest(), exp.Floor | exp.Ceil | exp.Round)
    if node.to.this in WHOLE and _is(node.this, FRACTION) and not rounded:
        return "a fraction is floored or rounded before it becomes an integer"
    return "text becomes a number at the edge" if _is(node.this, TEXTS) else ""


def _rounding(node: exp.Expr) -> str:
    broken = isinstance(node, exp.Round) and _is(node.this, DOUBLE)
    return "doubles are not rounded in SQL" if broken else ""


def _divisor(node: exp.Expr) -> str:
    if not isinstance(node, exp.IntDiv | exp.Mod):
        return ""
    by = node.expression.unnest()
    safe = isinstance(by, exp.Nullif) or (isinstance(by, exp.Literal) and float(by.name) != 0)
    return "" if safe else "a divisor stands in NULLIF(b, 0)"


def _comparison(node: exp.Expr) -> str:
    if not isinstance(node, exp.Predicate) or not isinstance(node, exp.Binary):
        return ""
    left, right = node.left, node.right
    if any(_is(a, BOOLEAN) and _is(b, NUMBERS) for a, b in ((left, right), (right, left))):
        return "a boolean is only asked"
    if isinstance(node, exp.LT | exp.LTE | exp.GT | exp.GTE) and _is(left, TEXTS):
        return "texts are compared for equality alone"
    if isinstance(node, exp.Like) and not isinstance(node.parent, exp.Escape):
        return "no LIKE without ESCAPE"
    return ""


def _branches(node: exp.Expr) -> str:
    if isinstance(node, exp.Case) and node.args.get("default") is None:
        return "ELSE is always written"
    if isinstance(node, exp.Greatest | exp.Least):
        parts = [node.this, *node.expressions]
        if not all(isinstance(part, exp.Coalesce | exp.Literal) for part in parts):
            return "each argument of GREATEST and LEAST stands in COALESCE"
    return ""


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Identifier) and node.name != node.name.lower():
        return "names are in lower case"
    if not isinstance(node, exp.Column) or node.table:
        return ""
    select = node.parent_select
    if not isinstance(select, exp.Select):
        return ""
    for projection in select.expressions:
        if any(part is node for part in projection.walk()):
            return ""
        if projection.alias == node.name and isinstance(projection, exp.Alias):
            # only what stands in a later projection: ORDER BY may use an alias
            inside = any(part is node for later in select.expressions for part in later.walk())
            return "a stage uses the names of the stage before it only" if inside else ""
    return ""


RULES: tuple[Rule, ...] = (
    lambda node: NEVER.get(type(node), ""),
    _difference,
    _cast,
    _rounding,
    _divisor,
    _comparison,
    _branches,
    _name,
)


def broken_rules(query: exp.Expr | str) -> list[str]:
    """Every rule that a query (in DuckDB's words, if it is text) breaks, with the place."""
    tree = sqlglot.parse_one(query, read="duckdb") if isinstance(query, str) else query.copy()
    return list(_broken(annotate_types(tree, dialect="duckdb")))


def _broken(tree: exp.Expr) -> Iterator[str]:
    for node in tree.walk():
        for rule in RULES:
            if what := rule(node):
                yield f"{what}: {node.sql(dialect='duckdb')}"
