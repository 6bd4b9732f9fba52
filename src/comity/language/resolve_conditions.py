"""Conditions as written to typed conditions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lark import Token, Tree

from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    Declared,
    DefinitionRef,
    EveryPlace,
    FactHolds,
    FactRef,
    Guaranteed,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Lapse,
    LeftOpen,
    Meets,
    NodeHolds,
    Not,
    Part,
    Relation,
    SomePlace,
    Sum,
    TermHolds,
)
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    Right,
    TruthType,
)
from comity.language.context import Context, dotted, need, token
from comity.language.faults import AlreadyReported, nearest
from comity.language.resolve_values import (
    Found,
    constant_of,
    country,
    look_up,
    name_of,
    parameter_kind,
    rank_of_right,
    right_of,
    yes_or_no,
)

_RELATIONS: dict[str, Relation] = {
    "ge": "at least",
    "le": "at most",
    "gt": "more than",
    "lt": "less than",
}
PARTIES = "parties"


def condition(context: Context, tree: Tree[Token]) -> Condition:
    """A condition's tree as a typed condition."""
    kind = str(tree.data)
    inner = [c for c in tree.children if isinstance(c, Tree)]
    if kind == "not_":
        return Not(condition(context, inner[0]))
    if kind == "all_of":
        return AllOf(tuple(condition(context, c) for c in inner))
    if kind == "any_of":
        return AnyOf(tuple(condition(context, c) for c in inner))
    if kind in ("every_place", "some_place"):
        return _quantified(context, tree, inner[0])
    atom, implicit = _atom(context, tree, kind, inner)
    return EveryPlace("origin", atom, implicit=True) if implicit else atom


def _quantified(context: Context, tree: Tree[Token], inner: Tree[Token]) -> Condition:
    name = need(tree, "NAME")
    place = context.vocabulary.places.get(str(name))
    kind = "every" if tree.data == "every_place" else "some"
    if place is None or (kind == "some") != (str(name) == "destination"):
        context.fail(
            "E222",
            name,
            f"`{kind} {name}` ranges over nothing",
            possible="`every origin (...)` and `some destination (...)` do",
        )
    bound = condition(replace(context, in_place=True), inner)
    if kind == "every":
        return EveryPlace(str(name), bound)
    return SomePlace(str(name), bound)


def _atom(
    context: Context, tree: Tree[Token], kind: str, inner: list[Tree[Token]]
) -> tuple[Condition, bool]:
    if kind in _RELATIONS:
        return _comparison(context, tree, _RELATIONS[kind], inner)
    if kind == "truth":
        return _truth(context, inner[0])
    if kind in ("is_", "is_not"):
        found = _subject(context, inner[0])
        equal = _equality(context, found, inner[1:2], inner[0])
        return (Not(equal) if kind == "is_not" else equal), found.implicit_origin
    if kind == "in_set":
        found = _subject(context, inner[0])
        return _equality(context, found, inner[1:], inner[0]), found.implicit_origin
    if kind in ("in_group", "meets", "includes", "is_empty"):
        return _of_countries(context, tree, kind, inner[0])
    if kind == "holds":
        return NodeHolds(context.node_key(inner[0])), False
    if kind == "lapse":
        return Lapse(context.node_key(inner[0])), False
    if kind == "declared":
        return _declared(context, tree), False
    if kind == "foreign_truth":
        return _foreign_term(context, tree), False
    if kind == "can_be":
        return _can_be(context, tree), False
    raise AssertionError(kind)


def _truth(context: Context, ref: Tree[Token]) -> tuple[Condition, bool]:
    found = look_up(context, ref)
    if found.term:
        return TermHolds(context.instrument, found.term, found.place), found.implicit_origin
    if isinstance(found.operand, FactRef) and isinstance(found.type, TruthType):
        return FactHolds(found.operand), found.implicit_origin
    context.fail(
        "E207",
        ref,
        f"`{dotted(ref)}` is not yes or no by itself",
        suggestion="compare it: `is`, `at least`, `in`",
    )


def _subject(context: Context, ref: Tree[Token]) -> Found:
    found = look_up(context, ref)
    if not isinstance(found.operand, (FactRef, DefinitionRef)):
        context.fail("E207", ref, f"`{dotted(ref)}` is neither a fact, a table nor a choice")
    return found


def _equality(
    context: Context, found: Found, values: list[Tree[Token]], ref: Tree[Token]
) -> Condition:
    operand = found.operand
    assert isinstance(operand, (FactRef, DefinitionRef))
    if isinstance(found.type, TruthType):
        assert isinstance(operand, FactRef)
        if len(values) > 1:
            context.fail(
                "E207",
                ref,
                f"`{dotted(ref)}` is yes or no, and the list says both",
                suggestion="say `is yes` or `is no`, or leave it out",
            )
        holds = FactHolds(operand)
        return holds if yes_or_no(context, values[0]) else Not(holds)
    if isinstance(found.type, (LevelType, NumberType, DateType)):
        return IsOneOf(operand, tuple(constant_of(context, v, found.type) for v in values))
    if isinstance(found.type, (EnumerationType, CountryType)):
        return IsOneOf(operand, tuple(name_of(context, v, found.type) for v in values))
    context.fail(
        "E207",
        ref,
        f"`{dotted(ref)}` is a set of countries",
        suggestion="write `includes SYR`, `meets eu` or `is empty`",
    )


def _of_countries(
    context: Context, tree: Tree[Token], kind: str, ref: Tree[Token]
) -> tuple[Condition, bool]:
    found = _subject(context, ref)
    wanted = CountryType if kind == "in_group" else CountriesType
    if not isinstance(found.type, wanted):
        what = "a country" if kind == "in_group" else "a set of countries"
        context.fail("E207", ref, f"`{dotted(ref)}` is not {what}")
    operand = found.operand
    assert isinstance(operand, (FactRef, DefinitionRef))
    if kind == "in_group":
        group = _group(context, need(tree, "NAME"))
        return InGroup(operand, group, context.instrument if group == PARTIES else ""), (
            found.implicit_origin
        )
    assert isinstance(operand, FactRef)
    if kind == "meets":
        group = _group(context, need(tree, "NAME"))
        own = context.instrument if group == PARTIES else ""
        return Meets(operand, group, own), found.implicit_origin
    if kind == "includes":
        code = token(tree, "COUNTRY")
        named = country(context, code) if code is not None else "host"
        return Includes(operand, named), found.implicit_origin
    return IsEmpty(operand), found.implicit_origin


def _group(context: Context, name: Token) -> str:
    if str(name) != PARTIES and str(name) not in context.vocabulary.groups:
        context.unknown(name, str(name), "a group of States", [*context.vocabulary.groups, PARTIES])
    return str(name)


def _declared(context: Context, tree: Tree[Token]) -> Condition:
    name = need(tree, "NAME")
    if str(name) not in context.own.declarations:
        if not context.own.is_identified:
            raise AlreadyReported
        context.unknown(
            name,
            str(name),
            "a declaration named in the front matter",
            sorted(context.own.declarations),
        )
    return Declared(context.instrument, str(name))


def _foreign_term(context: Context, tree: Tree[Token]) -> Condition:
    owner_name, term = (t for t in tree.children if isinstance(t, Token))
    owner = context.outline_of(str(owner_name), owner_name)
    declared = context.declared(str(term), owner)
    if declared is None or declared.keyword != "term" or declared.of_place:
        terms = [n for n, d in owner.names.items() if d.keyword == "term" and not d.of_place]
        context.unknown(term, str(term), f"a term of `{owner.id}`", terms)
    return TermHolds(owner.id, str(term))


# ---- linear forms ----
def _comparison(
    context: Context, tree: Tree[Token], relation: Relation, sides: list[Tree[Token]]
) -> tuple[Condition, bool]:
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
    mono = side.children[0]
    if not isinstance(mono, Tree) or mono.data != "reference":
        return None
    return context.vocabulary.rights.get(dotted(mono.children[0]))  # type: ignore[arg-type]


def _of_position(
    context: Context, tree: Tree[Token], right: Right, relation: Relation, side: Tree[Token]
) -> Condition:
    if relation in ("more than", "less than") or len(side.children) != 1:
        context.fail("E225", tree, "a position is compared with one level, `at least` or `at most`")
    mono = side.children[0]
    assert isinstance(mono, Tree)
    value = Tree("name", mono.children) if mono.data == "reference" else mono
    rank = rank_of_right(context, right, value)
    if (relation == "at least") is not right.less_is_better:
        return Guaranteed(right.name, rank)
    if rank == right.top:
        context.fail("E225", side, f"every position is `{relation}` that", suggestion="delete it")
    return Not(LeftOpen(right.name, rank + 1))


def _can_be(context: Context, tree: Tree[Token]) -> Condition:
    name, level = (t for t in tree.children if isinstance(t, Token))
    right = right_of(context, name)
    if not context.in_proof:
        context.fail("E224", name, f"`{name}` is a right, and a condition may depend on facts only")
    ref: Tree[Token] = Tree("ref", [level])
    value: Tree[Token] = Tree("name", [ref])
    return LeftOpen(right.name, rank_of_right(context, right, value))


def _monos(side: Tree[Token]) -> list[tuple[int, Tree[Token]]]:
    sign, found = 1, []
    for part in side.children:
        assert isinstance(part, Tree)
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
        ref = next(c for c in mono.children if isinstance(c, Tree))
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
    ref = next(c for c in mono.children if isinstance(c, Tree))
    coefficient = Fraction(1)
    if mono.data == "half":
        coefficient = Fraction(1, 2)
    elif mono.data == "fraction_of":
        numerator, _, denominator = str(need(mono, "FRACTION")).partition("/")
        if int(denominator) == 0:
            context.fail("E208", mono, "nothing can be divided by zero")
        coefficient = Fraction(int(numerator), int(denominator))
    name = dotted(ref)
    if isinstance(wanted, LevelType) and _is_level_name(context, ref):
        return coefficient, constant_of(context, Tree("name", [ref]), wanted)
    if (
        isinstance(wanted, LevelType)
        and "." not in name
        and name not in context.own.names
        and (name not in context.vocabulary.facts)
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


def suggest(word: str, candidates: list[str]) -> str:
    """`did you mean ...?` or nothing."""
    guess = nearest(word, candidates)
    return f"did you mean `{guess}`?" if guess else ""
