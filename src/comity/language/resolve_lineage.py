"""Lines and vectors of fact sheets, and what a conclusion was carried into."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lark import Token, Tree

from comity.agreement.instruments import Instrument, Statement
from comity.agreement.lineage import LINE_REASONS, Carried, SheetLine, Vector
from comity.agreement.nodes import NO_RULE_REASONS
from comity.agreement.spans import Span
from comity.language.context import (
    Context,
    child,
    inner,
    need,
    quotation,
    tokens,
    trees,
    unquote,
)
from comity.language.faults import did_you_mean
from comity.language.outline import Outline
from comity.language.resolve_values import country

REASON_MEANINGS = {**NO_RULE_REASONS, **LINE_REASONS}
"""Why a line or vector has no rule or case, in words."""


def line(context: Context, tree: Tree[Token]) -> Statement:
    """A line of the sheet. E301 or E201 if a node or name is not in this file, E306 a reason."""
    number = str(need(tree, "NAME"))
    reason, note = _unencoded(context, tree)
    found = []
    for at in trees(tree, "unencoded"):
        if at.data == "at_node":
            node = need(at, "ID")
            found.append(context.require_node(context.own, str(node), node).name)
        else:
            name = need(at, "NAME")
            if context.declared(str(name)) is None:
                context.unknown(name, str(name), "a definition of this file", [*context.own.names])
            found.append(str(name))
    return SheetLine(number, tuple(found), reason, note, context.span(need(tree, "NAME")))


def vector(context: Context, tree: Tree[Token]) -> Statement:
    """A test vector. E201 if no case of this file has the title."""
    titles = _case_titles(context)
    reason, note = _unencoded(context, tree)
    cases = []
    for written in tokens(tree, "STRING"):
        title = unquote(str(written))
        if title not in titles:
            context.unknown(written, title, "the title of a case of this file", titles)
        cases.append(title)
    return Vector(
        str(need(tree, "NAME")), tuple(cases), reason, note, context.span(need(tree, "NAME"))
    )


def _case_titles(context: Context) -> list[str]:
    return [
        quotation(inner(parsed.tree))
        for parsed in context.own.statements
        if parsed.tree is not None and parsed.piece.keyword == "case"
    ]


def _unencoded(context: Context, tree: Tree[Token]) -> tuple[str, str]:
    found = child(tree, "unencoded")
    if found is None:
        return "", ""
    reason = need(found, "NAME")
    if str(reason) not in REASON_MEANINGS:
        context.fail(
            "E306",
            reason,
            f"`{reason}` is not a reason for having no rule",
            possible=f"reasons: {', '.join(REASON_MEANINGS)}",
            suggestion=did_you_mean(str(reason), REASON_MEANINGS),
        )
    return str(reason), quotation(found)


def carried(context: Context, tree: Tree[Token]) -> Statement:
    """What a conclusion became. E301 or E304 if a node named is not there."""
    source, target = trees(tree)[:2]
    doubt = child(tree, "doubt")
    key, words, states = "", "", tuple[str, ...]()
    if target.data == "foreign_id":
        key = context.node_key(target)
    else:
        words = quotation(target)
        states = tuple(country(context, code) for code in tokens(target, "COUNTRY"))
    return Carried(
        context.node_key(source),
        key,
        words,
        states,
        context.date(need(tree, "DATE")),
        quotation(tree),
        quotation(doubt) if doubt is not None else "",
        context.span(None),
    )


READ: dict[str, Callable[[Context, Tree[Token]], Statement]] = {
    "line": line,
    "vector": vector,
    "carried": carried,
}


def unaccounted(
    instrument: Instrument,
    own: Outline,
    keys: Mapping[str, Span],
    fault: Callable[[str, Span, str, str], None],
) -> None:
    """E311: a numbered line or vector of the sheet that nothing answers, or one beyond the count."""
    for letter, key, count, kind in (
        ("R", "lines", instrument.lines, SheetLine),
        ("V", "vectors", instrument.vectors, Vector),
    ):
        stated = [s for s in instrument.statements if isinstance(s, kind)]
        expected = [f"{letter}{number}" for number in range(1, (count or 0) + 1)]
        for statement in stated:
            if statement.number not in expected:
                fault(
                    "E311",
                    statement.span,
                    f"`{statement.number}` is not among the {len(expected)} {key} that the front "
                    "matter counts",
                    f"write `{key}: N` in the front matter, N as the sheet has",
                )
        # A broken statement has its own report: its line is not missing as well.
        pieces = (p.piece for p in own.statements if p.piece.keyword == key.removesuffix("s"))
        there = {
            piece.text.split()[1].rstrip(":") for piece in pieces if len(piece.text.split()) > 1
        }
        missing = [number for number in expected if number not in there]
        if missing:
            fault(
                "E311",
                keys[key],
                f"nothing says where {', '.join(missing)} of the {key} are encoded, or why not",
                f'{key[:-1]} {missing[0]}: ..., or {key[:-1]} {missing[0]}: no rule REASON "why"',
            )
