"""Proofs as written to typed properties."""

from __future__ import annotations

from dataclasses import replace

from lark import Token, Tree

from comity.agreement.conditions import FactRef
from comity.agreement.instruments import Statement
from comity.agreement.nodes import Kind
from comity.agreement.statements import (
    AgainstInstrument,
    Decommodified,
    EqualFooting,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NoConflict,
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    PossibleCase,
    Proof,
    Property,
    Reachable,
)
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
    inside = replace(context, in_proof=True)
    parts = trees(tree)
    stated = token(tree, "VERDICT")
    guard = condition(inside, parts[1]) if len(parts) > 1 else None
    label = need(tree, "LABEL")
    return Proof(
        str(label).strip(),
        property_(inside, parts[0]),
        stated is not None and stated == "refuted",
        guard,
        context.span(label),
    )


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
        case "equal_footing":
            return EqualFooting(rights_of(context, names), _facts(context, children(tree, "ref")))
        case "monotone":
            return Monotone(rights_of(context, names), _facts(context, children(tree, "ref"))[0])
        case "conforms" | "compatible" | "stands_still" as kind:
            name = need(tree, "NAME")
            relation = {
                "conforms": "conforms to",
                "compatible": "compatible with",
                "stands_still": "stands still against",
            }[kind]
            owner = context.outline_of(str(name), name).id
            return AgainstInstrument(relation, owner, rights_of(context, names))  # type: ignore[arg-type]
        case "labour_never_alone":
            return LabourNeverAlone()
        case "decommodified":
            return Decommodified()
        case "reachable":
            return _reachable(context, tree)
        case "implies":
            first, second = (condition(context, c) for c in trees(tree))
            return Implies(first, second)
        case "never":
            return Never(condition(context, inner(tree)))
        case "possible":
            return PossibleCase(condition(context, inner(tree)))
        case "operates_only_with":
            every = [need(tree, "NAME"), *tokens(need_child(tree, "names"), "NAME")]
            element, *companions = (context.require_element(name) for name in every)
            return OperatesOnlyWith(element, tuple(companions))
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


def _reachable(context: Context, tree: Tree[Token]) -> Property:
    months = months_of(context, tree, "a life")
    goal, start = (
        bounding(context, c, Kind.GUARANTEE)
        for c in trees(tree)
        if c.data in ("at_least", "at_most")
    )
    return Reachable(months, goal, start, _facts(context, children(tree, "ref")))


READ = {"proof": proof}
