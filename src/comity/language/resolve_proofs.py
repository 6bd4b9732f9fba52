"""Proofs as written to typed properties."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from lark import Token, Tree

from comity.agreement.conditions import FactRef
from comity.agreement.instruments import Statement
from comity.agreement.nodes import Bounding, Kind
from comity.agreement.statements import (
    AgainstInstrument,
    Decommodified,
    EqualFooting,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NeverStuck,
    NoConflict,
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Proof,
    Property,
    Reachable,
    TableComplete,
    Varied,
)
from comity.agreement.vocabulary import NumberType
from comity.language.context import (
    Context,
    child,
    children,
    dotted,
    inner,
    need,
    need_child,
    token,
    tokens,
    trees,
)
from comity.language.resolve_conditions import condition
from comity.language.resolve_norms import bounding
from comity.language.resolve_values import look_up, months_of, rights_of


def proof(context: Context, tree: Tree[Token]) -> Statement:
    verdict = token(tree, "VERDICT")
    label = need(tree, "LABEL")
    made = stated(context, need_child(tree, "stated"))
    return replace(
        made,
        label=" ".join(label.split()),
        refuted=verdict is not None and verdict == "refuted",
        span=context.span(label),
    )


def stated(context: Context, tree: Tree[Token]) -> Proof:
    """A property with its guard and what it ranges over, under no label yet."""
    inside = replace(context, in_proof=True)
    parts = trees(tree, "range")
    guard = condition(inside, parts[1]) if len(parts) > 1 else None
    return Proof("", property_(inside, parts[0]), guard=guard, over=_over(context, tree))


def _over(context: Context, tree: Tree[Token]) -> frozenset[Varied]:
    """What a proof ranges over. E211 if one of the words stands twice."""
    found = child(tree, "range")
    if found is None:
        return frozenset()
    words = context.distinct([word for word in found.children if isinstance(word, Token)])
    return frozenset(word for word in get_args(Varied) if word in words)


def property_(context: Context, tree: Tree[Token]) -> Property:
    """The property of a proof."""
    names = child(tree, "names")
    match str(tree.data):
        case "no_gap":
            return NoGap(rights_of(context, names))
        case "no_conflict":
            return NoConflict(rights_of(context, names))
        case "no_dead_text":
            return NoDeadText()
        case "table_complete":
            return TableComplete()
        case "equal_footing":
            return EqualFooting(rights_of(context, names), _facts(context, children(tree, "ref")))
        case "monotone":
            return Monotone(rights_of(context, names), _facts(context, children(tree, "ref"))[0])
        case "conforms" | "compatible" | "stands_still" as kind:
            name = need(tree, "INSTRUMENT")
            relation = {
                "conforms": "conforms to",
                "compatible": "compatible with",
                "stands_still": "stands still against",
            }[kind]
            owner = context.outline_of(name.replace("-", "_"), name).id
            return AgainstInstrument(relation, owner, rights_of(context, names))  # type: ignore[arg-type]
        case "labour_never_alone":
            return LabourNeverAlone()
        case "decommodified":
            return Decommodified()
        case "reachable":
            goal, start = _way(context, tree, *_levels(context, tree))
            months = months_of(context, tree, "a life")
            return Reachable(months, goal, start, _counters(context, tree))
        case "never_stuck":
            if not trees(tree):
                return NeverStuck()
            start, goal = _levels(context, tree)
            return NeverStuck(*_way(context, tree, goal, start), _counters(context, tree))
        case "implies":
            first, second = (condition(context, c) for c in trees(tree))
            return Implies(first, second)
        case "never":
            return Never(condition(context, inner(tree)))
        case "possible":
            return PossibleCase(condition(context, inner(tree)))
        case "operates_only_with":
            element = context.require_element_of(need(tree, "NAME"), context.own)
            home = context.outlines[element.owner]
            companions = tuple(
                context.require_element_of(name, home).name
                for name in tokens(need_child(tree, "names"), "NAME")
            )
            return OperatesOnlyWith(element.name, companions, home.id)
    raise AssertionError(tree.data)


def _facts(context: Context, refs: list[Tree[Token]]) -> tuple[FactRef, ...]:
    found = []
    for ref in refs:
        operand = look_up(context, ref).operand
        if not isinstance(operand, FactRef):
            context.fail("E207", ref, f"`{dotted(ref)}` is not a fact")
        # `origin.role` is kept as the fact of every origin
        path = dotted(ref) if operand.path.startswith("place.") else operand.path
        found.append(FactRef(path))
    return tuple(found)


def _levels(context: Context, tree: Tree[Token]) -> tuple[Bounding, Bounding]:
    """The two levels of a life, as written."""
    first, second = (
        bounding(context, c, Kind.GUARANTEE)
        for c in trees(tree)
        if c.data in ("at_least", "at_most")
    )
    return first, second


def _way(
    context: Context, tree: Tree[Token], goal: Bounding, start: Bounding
) -> tuple[Bounding, Bounding]:
    """Goal and start. E228 if whoever has the start has the goal already."""
    if (
        goal.right == start.right
        and isinstance(goal.level, int)
        and isinstance(start.level, int)
        and goal.level <= start.level
    ):
        context.fail("E228", tree, "whoever is at the start has the goal already")
    return goal, start


def _counters(context: Context, tree: Tree[Token]) -> tuple[FactRef, ...]:
    """The facts that grow along a life. E207 for one that is no number."""
    refs = children(tree, "ref")
    for ref in refs:
        found = look_up(context, ref)
        if isinstance(found.operand, FactRef) and not isinstance(found.type, NumberType):
            context.fail("E207", ref, f"`{dotted(ref)}` does not grow along a life")
    return _facts(context, refs)


READ = {"proof": proof}
