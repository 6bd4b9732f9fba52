"""Norms: rules and what they bound, exceptions, powers, extensions and standstills."""

from __future__ import annotations

from datetime import date

from lark import Token, Tree

from comity.agreement.conditions import FactRef, ParameterRef
from comity.agreement.instruments import Statement, article_of
from comity.agreement.nodes import (
    ArticleTarget,
    Bounding,
    EveryTarget,
    Extension,
    Kind,
    NodeTarget,
    Norm,
    NormException,
    Power,
    Standstill,
    Target,
    TermTarget,
)
from comity.agreement.vocabulary import LevelType, NumberType, Right
from comity.language.context import (
    Context,
    child,
    dotted,
    inner,
    need,
    need_child,
    token,
    tokens,
    trees,
)
from comity.language.resolve_frames import frame, numbered, when
from comity.language.resolve_values import constant_of, parameter_kind, rank_of, right_of, rights_of


def bounding(context: Context, tree: Tree[Token], kind: Kind) -> Bounding:
    """A right at a level. E205 if the direction is not that of a guarantee or a limit."""
    right = right_of(context, need(tree, "NAME"))
    relation = "at least" if tree.data == "at_least" else "at most"
    wanted = "at least" if (kind is Kind.GUARANTEE) is not right.less_is_better else "at most"
    if relation != wanted:
        why = (
            f"less is better for `{right.name}`"
            if right.less_is_better
            else (f"more is better for `{right.name}`")
        )
        context.fail(
            "E205",
            tree,
            f"a {kind} on `{right.name}` says `{wanted}`, for {why}",
            suggestion=f"{right.name} {wanted} ...",
        )
    value = inner(tree)
    level, written = _level_of(context, value, right)
    if level == 0 and kind is Kind.GUARANTEE:
        context.fail("E228", value, f"a guarantee of `{right.name_of(0)}` guarantees nothing")
    if level == right.top and kind is Kind.LIMIT:
        context.fail("E228", value, f"a limit at `{right.name_of(right.top)}` limits nothing")
    return Bounding(right.name, level, written)


def _level_of(
    context: Context, value: Tree[Token], right: Right
) -> tuple[int | FactRef | ParameterRef, str]:
    if value.data == "name":
        ref = inner(value)
        word = dotted(ref)
        declared = context.declared(word)
        if declared is not None and declared.keyword == "parameter":
            unit = parameter_kind(context, word)
            if not isinstance(right.type, NumberType) or unit != right.type.unit:
                context.fail("E203", ref, f"`{word}` does not count what `{right.name}` counts")
            return ParameterRef(declared.owner, word), ""
        fact = context.vocabulary.facts.get(word)
        if fact is not None:
            if fact.type != right.type and not (
                isinstance(fact.type, NumberType)
                and isinstance(right.type, NumberType)
                and fact.type.unit == right.type.unit
            ):
                context.fail("E202", ref, f"`{word}` is not on the scale of `{right.name}`")
            return FactRef(word), ""
        if isinstance(right.type, LevelType):
            return rank_of(context, ref, word, right.type), ""
    constant = constant_of(context, value, right.type)
    return right.rank(constant.value), constant.written


def rule(context: Context, tree: Tree[Token]) -> Statement:
    kind = Kind(str(need(tree, "NORM_KIND")))
    boundings = tuple(
        bounding(context, c, kind) for c in trees(tree) if c.data in ("at_least", "at_most")
    )
    rights = [b.right for b in boundings]
    if len(set(rights)) < len(rights):
        context.fail("E211", need(tree, "ID"), "the same right stands twice in one rule")
    tag = child(tree, "in_element")
    element = context.require_element(need(tag, "NAME")) if tag is not None else ""
    node_id = numbered(context, tree)
    return Norm(
        node_id,
        kind,
        boundings,
        when(context, tree),
        element,
        token(tree, "SOFT") is not None,
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def target(context: Context, tree: Tree[Token]) -> Target:
    """What an exception or power is directed at."""
    kind = str(tree.data)
    owner = context.own
    names = tokens(tree, "NAME")
    if kind.startswith("foreign"):
        owner = context.outline_of(str(names[0]), names[0])
        names = names[1:]
    if kind.endswith("node"):
        node = need(tree, "ID")
        context.require_node(owner, str(node), node)
        return NodeTarget(owner.id, str(node))
    if kind.endswith("term"):
        what = f"a term of `{owner.id}`"
        found = context.require_name(names[0], str(names[0]), what, ("term",), owner)
        return TermTarget(owner.id, found.name)
    if kind.endswith("article"):
        node = need(tree, "ID")
        if not any(article_of(known) == str(node) for known in owner.nodes):
            context.fail("E301", node, f"`{owner.id}` has no rule under article `{node}`")
        return ArticleTarget(owner.id, str(node))
    return EveryTarget(owner.id, Kind(str(need(tree, "NORM_KIND"))))


def exception(context: Context, tree: Tree[Token]) -> Statement:
    targets = tuple(target(context, c) for c in _targets(tree))
    node_id = numbered(context, tree)
    if NodeTarget(context.instrument, node_id) in targets:
        context.fail("E310", need(tree, "ID"), f"`{node_id}` excepts itself")
    own_terms = [isinstance(t, TermTarget) and t.instrument == context.instrument for t in targets]
    if any(own_terms) and not all(own_terms):
        context.fail(
            "E309",
            need(tree, "ID"),
            f"`{node_id}` excepts a definition and something else",
            suggestion="write two exceptions",
        )
    return NormException(
        node_id, targets, when(context, tree), frame(context, tree), context.span(need(tree, "ID"))
    )


def _targets(tree: Tree[Token]) -> list[Tree[Token]]:
    return [c for c in trees(tree) if str(c.data).startswith(("target_", "foreign_"))]


def power(context: Context, tree: Tree[Token]) -> Statement:
    lift, grant = child(tree, "lift"), child(tree, "grant")
    node_id = numbered(context, tree)
    targets: tuple[Target, ...] = ()
    grants = None
    if lift is not None:
        targets = tuple(target(context, c) for c in _targets(lift))
    if grant is not None:
        grants = bounding(context, inner(grant), Kind.GUARANTEE)
    return Power(
        node_id,
        targets,
        grants,
        when(context, tree),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def extension(context: Context, tree: Tree[Token]) -> Statement:
    owner_name, term_name = tokens(tree, "NAME")
    owner = context.outline_of(str(owner_name), owner_name)
    term = context.require_term(term_name, owner)
    return Extension(
        numbered(context, tree),
        owner.id,
        term,
        when(context, tree),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def standstill(context: Context, tree: Tree[Token]) -> Statement:
    rights = rights_of(context, need_child(tree, "names"))
    day = token(tree, "DATE")
    since: date | None = context.date(day) if day is not None else None
    return Standstill(
        numbered(context, tree),
        rights,
        since,
        when(context, tree),
        frame(context, tree),
        context.span(need(tree, "ID")),
        moved=token(tree, "MOVED") is not None,
    )


READ = {
    "rule": rule,
    "exception": exception,
    "power": power,
    "extension": extension,
    "standstill": standstill,
}
