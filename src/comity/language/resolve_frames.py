"""What every node carries: its number, title, doubt, days, option and conditions."""

from __future__ import annotations

from lark import Token, Tree

from comity.agreement.conditions import Condition
from comity.agreement.instruments import article_of
from comity.agreement.nodes import PLAIN, Frame, Under, Validity
from comity.language.context import Context, child, children, inner, need, quotation, tokens
from comity.language.resolve_conditions import condition


def frame(context: Context, tree: Tree[Token]) -> Frame:
    """Title, doubt, dates and option of a node."""
    doubt = child(tree, "doubt")
    made = Frame(
        quotation(tree),
        quotation(doubt) if doubt is not None else "",
        validity(context, tree),
        under(context, tree),
    )
    return PLAIN if made == PLAIN else made


def validity(context: Context, tree: Tree[Token]) -> Validity:
    """The days of a node; E206 if they end before they begin."""
    found = child(tree, "validity")
    if found is not None:
        days = [context.date(day) for day in tokens(found, "DATE")]
        if len(days) > 1 and days[1] <= days[0]:
            context.fail("E206", found, f"it ends ({days[1]}) before it begins ({days[0]})")
        return Validity(days[0], days[1] if len(days) > 1 else None)
    only_until = child(tree, "validity_until")
    if only_until is not None:
        return Validity(None, context.date(need(only_until, "DATE")))
    return Validity()


def under(context: Context, tree: Tree[Token]) -> Under | None:
    """The option of a question to which a node belongs. E201 if there is none of that name."""
    found = child(tree, "under")
    return option_named(context, found) if found is not None else None


def option_named(context: Context, tree: Tree[Token]) -> Under:
    """`QUESTION.OPTION` of this document."""
    question, option = tokens(tree, "NAME")
    what = "a question on which readings part"
    context.require_name(question, str(question), what, ("alternative",), context.own)
    declared = next(context.written_as("alternative", str(question)), None)
    options = [str(need(o, "NAME")) for o in children(declared, "option")] if declared else []
    if str(option) not in options:
        context.unknown(option, str(option), f"an option of `{question}`", options)
    return Under(str(question), str(option))


def when(context: Context, tree: Tree[Token]) -> tuple[Condition, ...]:
    """The `when` lines, each a condition of its own."""
    return tuple(condition(context, inner(line)) for line in children(tree, "when"))


def numbered(context: Context, tree: Tree[Token]) -> str:
    """The id of a node. E302 if it does not begin with the article it stands under."""
    node = need(tree, "ID")
    here = context.statement.article
    if here and article_of(str(node)) != here:
        context.fail(
            "E302",
            node,
            f"`{node}` stands under {context.own.document.heading(here)}, so its number "
            f"begins with `{here}`",
            suggestion=f"{here}.1, or move it under its own article",
        )
    if not here:
        context.fail(
            "E302",
            node,
            f"`{node}` stands under no article",
            suggestion=f"put it under a heading `## Article {article_of(str(node))}. ...`",
        )
    return str(node)
