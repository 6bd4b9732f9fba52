"""Conditions as written to typed conditions."""

from __future__ import annotations

from dataclasses import replace

from lark import Token, Tree

from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Declared,
    DefinitionRef,
    EveryPlace,
    FactHolds,
    FactRef,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Lapse,
    LeftOpen,
    Meets,
    NodeHolds,
    Not,
    Relation,
    SomePlace,
    TermHolds,
)
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    LevelType,
    NumberType,
    TruthType,
)
from comity.language.context import Context, dotted, inner, need, token, trees
from comity.language.resolve_comparisons import comparison
from comity.language.resolve_values import (
    Found,
    constant_of,
    country,
    look_up,
    name_of,
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
    parts = trees(tree)
    if kind == "not_":
        return Not(condition(context, parts[0]))
    if kind == "all_of":
        return AllOf(tuple(condition(context, c) for c in parts))
    if kind == "any_of":
        return AnyOf(tuple(condition(context, c) for c in parts))
    if kind in ("every_place", "some_place"):
        return _quantified(context, tree, parts[0])
    atom, implicit = _atom(context, tree, kind, parts)
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
    context: Context, tree: Tree[Token], kind: str, parts: list[Tree[Token]]
) -> tuple[Condition, bool]:
    if kind in _RELATIONS:
        return comparison(context, tree, _RELATIONS[kind], parts)
    if kind == "truth":
        return _truth(context, parts[0])
    if kind in ("is_", "is_not"):
        found = _subject(context, parts[0])
        equal = _equality(context, found, parts[1:2], parts[0])
        return (Not(equal) if kind == "is_not" else equal), found.implicit_origin
    if kind == "in_set":
        found = _subject(context, parts[0])
        return _equality(context, found, parts[1:], parts[0]), found.implicit_origin
    if kind in ("in_group", "meets", "includes", "is_empty"):
        return _of_countries(context, tree, kind, parts[0])
    if kind == "holds":
        return NodeHolds(context.node_key(parts[0])), False
    if kind == "lapse":
        return Lapse(context.node_key(parts[0])), False
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
        return TermHolds(found.owner, found.term, found.place), found.implicit_origin
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
    what = "a declaration named in the front matter"
    name = context.require_declaration(need(tree, "NAME"), context.own, what)
    return Declared(context.own.declarations[name], name)


def _foreign_term(context: Context, tree: Tree[Token]) -> Condition:
    owner_name, term = (t for t in tree.children if isinstance(t, Token))
    owner = context.outline_of(str(owner_name), owner_name)
    return TermHolds(owner.id, context.require_term(term, owner))


def _can_be(context: Context, tree: Tree[Token]) -> Condition:
    name = need(tree, "NAME")
    right = right_of(context, name)
    if not context.in_proof:
        context.fail("E224", name, f"`{name}` is a right, and a condition may depend on facts only")
    return LeftOpen(right.name, rank_of_right(context, right, inner(tree)))
