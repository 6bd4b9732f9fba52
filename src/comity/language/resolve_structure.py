"""How an instrument is built: what prevails, its elements and scope, what has no rule and why."""

from __future__ import annotations

from lark import Token, Tree

from comity.agreement.instruments import Statement, article_of, paragraph_of
from comity.agreement.nodes import (
    NO_RULE_REASONS,
    Clause,
    Element,
    Favour,
    NoRule,
    Over,
    Paragraph,
    Prevalence,
    Scope,
    Side,
    Unreservable,
)
from comity.language.context import Context, children, need, need_child, quotation, tokens, trees
from comity.language.faults import did_you_mean
from comity.language.resolve_frames import frame, numbered, when


def prevalence(context: Context, tree: Tree[Token]) -> Statement:
    clauses: list[Clause] = []
    for clause in trees(tree):
        if clause.data == "favour":
            clauses.append(Favour())
        elif clause.data in ("over", "yields"):
            sides = [_side(context, party) for party in trees(clause)]
            if clause.data == "over":
                clauses.append(Over(sides[0], tuple(sides[1:])))
            else:
                this = Side(context.instrument)
                clauses += [Over(side, (this,)) for side in sides]
    return Prevalence(
        numbered(context, tree),
        tuple(clauses),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def _side(context: Context, tree: Tree[Token]) -> Side:
    if tree.data == "this_instrument":
        return Side(context.instrument)
    if tree.data == "other_instrument":
        name = need(tree, "NAME")
        return Side(context.outline_of(str(name), name).id)
    node = need(tree, "ID")
    if tree.data == "own_article":
        return Side(context.instrument, article=str(node))
    context.require_node(context.own, str(node), node)
    return Side(context.instrument, node=str(node))


def element(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    needs = tuple(
        tuple(context.require_element(option) for option in tokens(each, "NAME"))
        for each in children(tree, "need")
    )
    return Element(str(name), quotation(tree), needs, context.span(name))


def scope(context: Context, tree: Tree[Token]) -> Statement:
    return Scope(when(context, tree), context.span(None))


def unreservable(context: Context, tree: Tree[Token]) -> Statement:
    ids = tokens(tree, "ID")
    known = {article.id for article in context.own.document.articles}
    for node in ids:
        if str(node) not in known:
            context.fail("E305", node, f"there is no article `{node}` in this file")
    return Unreservable(tuple(str(node) for node in ids), context.span(None))


def norule(context: Context, tree: Tree[Token]) -> Statement:
    reason = need(tree, "NAME")
    if str(reason) not in NO_RULE_REASONS:
        context.fail(
            "E306",
            reason,
            f"`{reason}` is not a reason for having no rule",
            possible=f"reasons: {', '.join(NO_RULE_REASONS)}",
            suggestion=did_you_mean(str(reason), NO_RULE_REASONS),
        )
    return NoRule(_paragraphs(context, tree), str(reason), quotation(tree), context.span(None))


def _paragraphs(context: Context, tree: Tree[Token]) -> tuple[str, ...]:
    here = context.statement.article
    ids = tokens(tree, "ID")
    for node in ids:
        if here and article_of(str(node)) != here:
            context.fail(
                "E302", node, f"`{node}` is not a paragraph of {context.own.document.heading(here)}"
            )
    return tuple(paragraph_of(str(node)) for node in ids)


def paragraph(context: Context, tree: Tree[Token]) -> Statement:
    by = []
    for name in tokens(need_child(tree, "names"), "NAME"):
        if context.declared(str(name)) is None:
            context.unknown(name, str(name), "a definition of this file", list(context.own.names))
        by.append(str(name))
    return Paragraph(_paragraphs(context, tree), tuple(by), context.span(None))


READ = {
    "prevalence": prevalence,
    "element": element,
    "scope": scope,
    "unreservable": unreservable,
    "norule": norule,
    "paragraph": paragraph,
}
