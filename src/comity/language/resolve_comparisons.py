"""Comparisons: linear forms of facts, tables, parameters and constants, and positions of rights."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from comity.agreement.conditions import (
    Comparison,
    Condition,
    Constant,
    DefinitionRef,
    FactRef,
    Guaranteed,
    LeftOpen,
    Not,
    Part,
    Relation,
    Sum,
)
from comity.agreement.vocabulary import DateType, FactType, LevelType, NumberType, Right
from comity.language.context import Context, dotted, inner, need, trees
from comity.language.resolve_values import (
    Found,
    constant_of,
    look_up,
    parameter_kind,
    rank_of_right,
)


def comparison(
    context: Context, tree: Tree[Token], relation: Relation, sides: list[Tree[Token]]
) -> tuple[Condition, bool]:
    """Two sides compared, and whether it is said of every origin (`origin.x`).

    In a proof a right may stand alone on the left, and is compared with a level.
    """
    right = _right_alone(context, sides[0])
    if right is not None:
        return _of_position(context, tree, right, relation, sides[1]), False
    left_type, left_implicit = _type_of(context, sides[0])
    right_type, right_implicit = _type_of(context, sides[1])
    wanted = left_type or right_type
    if wanted is None:
        context.fail("E207", tree, "neither side of the comparison is a fact, table or parameter")
    if left_implicit or right_implicit:
        _no_second_place(context, tree)
    left = _sum(context, sides[0], wanted)
    other = _sum(context, sides[1], wanted)
    return Comparison(left, relation, other), left_implicit or right_implicit


def _no_second_place(context: Context, tree: Tree[Token]) -> None:
    """E221 for `place.x at least origin.y`: two places in one comparison, and one name for both."""
    for ref in tree.find_data("ref"):
        if str(ref.children[0]) == "place" and len(ref.children) > 1:
            context.fail(
                "E221",
                ref,
                f"`{dotted(ref)}` and an origin stand in one comparison",
                suggestion="compare each with a level, or name one origin: `origin1.x`",
            )


def _right_alone(context: Context, side: Tree[Token]) -> Right | None:
    if not context.in_proof or len(side.children) != 1:
        return None
    mono = inner(side)
    return context.vocabulary.rights.get(dotted(inner(mono))) if mono.data == "reference" else None


def _of_position(
    context: Context, tree: Tree[Token], right: Right, relation: Relation, side: Tree[Token]
) -> Condition:
    if relation in ("more than", "less than") or len(side.children) != 1:
        context.fail("E225", tree, "a position is compared with one level, `at least` or `at most`")
    mono = inner(side)
    value = Tree("name", mono.children) if mono.data == "reference" else mono
    rank = rank_of_right(context, right, value)
    if (relation == "at least") is not right.less_is_better:
        return Guaranteed(right.name, rank)
    if rank == right.top:
        context.fail("E225", side, f"every position is `{relation}` that", suggestion="delete it")
    return Not(LeftOpen(right.name, rank + 1))


def _monos(side: Tree[Token]) -> list[tuple[int, Tree[Token]]]:
    sign, found = 1, []
    for part in trees(side):
        if part.data in ("plus", "minus"):
            sign = 1 if part.data == "plus" else -1
        else:
            found.append((sign, part))
    return found


def _type_of(context: Context, side: Tree[Token]) -> tuple[FactType | None, bool]:
    """The type that a side imposes on the other, from its facts, tables and parameters."""
    implicit = False
    found_type: FactType | None = None
    for _sign, mono in _monos(side):
        if mono.data not in ("reference", "half", "fraction_of"):
            continue
        ref = inner(mono)
        if mono.data == "reference" and _is_level_name(context, ref):
            continue
        found = look_up(context, ref)
        implicit = implicit or found.implicit_origin
        if found.term or found.right is not None:
            context.fail("E207", ref, f"`{dotted(ref)}` is no number and no level")
        own = found.type
        if own is None:
            unit = parameter_kind(context, dotted(ref))
            own = NumberType(unit, 10**9) if unit else None
        if isinstance(own, (LevelType, NumberType, DateType)):
            found_type = found_type or own
        elif own is not None:
            context.fail(
                "E207",
                ref,
                f"`{dotted(ref)}` has no order, so nothing is at least it",
                suggestion="write `is` or `in {...}`",
            )
    return found_type, implicit


def _is_level_name(context: Context, ref: Tree[Token]) -> bool:
    name = dotted(ref)
    if name in context.vocabulary.facts or name in context.own.names or "." in name:
        return False
    return any(name in scale.levels for scale in context.vocabulary.scales.values())


def _sum(context: Context, side: Tree[Token], wanted: FactType) -> Sum:
    parts = []
    monos = _monos(side)
    for sign, mono in monos:
        coefficient, operand = _mono(context, mono, wanted)
        parts.append(Part(sign * coefficient, operand))
    alone = len(parts) == 1 and parts[0].coefficient == 1
    if not isinstance(wanted, NumberType) and not alone:
        context.fail("E226", side, "levels and dates cannot be added or halved")
    return Sum(tuple(parts))


def _mono(
    context: Context, mono: Tree[Token], wanted: FactType
) -> tuple[Fraction, FactRef | DefinitionRef | Constant]:
    if mono.data in ("quantity", "number", "date"):
        value = constant_of(context, mono, _loose(wanted))
        return Fraction(1), value
    ref = inner(mono)
    coefficient = Fraction(1)
    if mono.data == "half":
        coefficient = Fraction(1, 2)
    elif mono.data == "fraction_of":
        numerator, _, denominator = str(need(mono, "FRACTION")).partition("/")
        if int(denominator) == 0:
            context.fail("E208", mono, "nothing can be divided by zero")
        coefficient = Fraction(int(numerator), int(denominator))
    name = dotted(ref)
    if (
        isinstance(wanted, LevelType)
        and "." not in name
        and name not in context.own.names
        and name not in context.vocabulary.facts
    ):
        return coefficient, constant_of(context, Tree("name", [ref]), wanted)
    found = look_up(context, ref)
    assert found.operand is not None
    _same_kind(context, ref, found, wanted)
    return coefficient, found.operand  # type: ignore[return-value]


def _loose(wanted: FactType) -> FactType:
    """Constants in a sum may exceed a single fact's bound (`sum at least 60 months`)."""
    return NumberType(wanted.unit, 10**9) if isinstance(wanted, NumberType) else wanted


def _same_kind(context: Context, ref: Tree[Token], found: Found, wanted: FactType) -> None:
    name = dotted(ref)
    if found.type is None:
        unit = parameter_kind(context, name)
        if isinstance(wanted, NumberType) and unit != wanted.unit:
            context.fail("E203", ref, f"`{name}` counts {unit}, the other side {wanted.unit}")
        return
    if isinstance(wanted, NumberType) and isinstance(found.type, NumberType):
        if found.type.unit != wanted.unit:
            context.fail(
                "E203",
                ref,
                f"`{name}` counts {found.type.unit}, the other side {wanted.unit}",
                suggestion="days and months never compare: count both in one unit",
            )
        return
    if isinstance(wanted, LevelType) and isinstance(found.type, LevelType):
        if found.type.scale != wanted.scale:
            context.fail(
                "E202",
                ref,
                f"`{name}` is a level of `{found.type.scale.name}`, not of `{wanted.scale.name}`",
            )
        return
    if type(wanted) is not type(found.type):
        context.fail("E207", ref, f"`{name}` cannot be compared with the other side")
