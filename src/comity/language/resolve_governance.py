"""Qualities of how an instrument is governed: their declarations, and what an agreement states."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from lark import Token, Tree

from comity.agreement.governance import NOTHING, Governed
from comity.agreement.instruments import Statement
from comity.agreement.vocabulary import (
    EnumerationType,
    LevelType,
    Quality,
    QualityType,
    TruthType,
)
from comity.language.context import Context, child, dotted, inner, need, quotation, trees
from comity.language.resolve_draft import Draft, meaning, new_name
from comity.language.resolve_frames import validity
from comity.language.resolve_values import constant_of, name_of, number_type, yes_or_no


# ---- the vocabulary ----
def quality(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    """A declaration. E201 if its type is not declared, E207 if an instrument cannot have it."""
    name = need(tree, "NAME")
    new_name(context, name, str(name), draft.qualities)
    written = inner(tree, "meaning")
    made = Quality(
        str(name),
        _type(draft, context, written),
        written.data == "type_several",
        meaning(tree),
        context.span(name),
    )
    draft.qualities[made.name] = made


def _type(draft: Draft, context: Context, tree: Tree[Token]) -> QualityType:
    match str(tree.data):
        case "type_truth":
            return TruthType()
        case "type_number":
            return number_type(tree)
        case "type_several":
            name = need(tree, "NAME")
            if str(name) not in draft.enumerations:
                context.unknown(name, str(name), "an enumeration", list(draft.enumerations))
            return EnumerationType(draft.enumerations[str(name)])
        case "name":
            word = dotted(inner(tree))
            if word in draft.scales:
                return LevelType(draft.scales[word])
            if word in draft.enumerations:
                return EnumerationType(draft.enumerations[word])
            known = [*draft.scales, *draft.enumerations]
            context.unknown(tree, word, "a scale or an enumeration", known)
        case _:
            context.fail(
                "E207",
                tree,
                "this is no type that a quality can have",
                possible="a scale, an enumeration, `several ENUM`, `yes/no`, `months up to 600`",
            )


# ---- agreements ----
def governed(context: Context, tree: Tree[Token]) -> Statement:
    """What an instrument says of a quality.

    E201 if there is no such quality, E202, E203, E207 or E208 if a value is not of its type, E211
    if a value stands twice, E312 if no evidence is given, E313 if it cannot have so many values.
    """
    name = need(tree, "NAME")
    declared = _declared(context, name)
    written = trees(tree, "doubt", "validity", "validity_until")
    values = tuple(_value(context, declared.type, value) for value in written)
    _number_of(context, declared, written, values)
    evidence = quotation(tree)
    if not evidence:
        _no_evidence(context, need(tree, "STRING"))
    doubt = child(tree, "doubt")
    return Governed(
        declared.name,
        values,
        evidence,
        quotation(doubt) if doubt is not None else "",
        validity(context, tree),
        context.statement.article,
        context.span(name),
    )


def without_evidence(context: Context, tree: Tree[Token]) -> Statement:
    """The form of a declaration, in an agreement: a statement that lacks its evidence. E312."""
    _declared(context, need(tree, "NAME"))
    _no_evidence(context, inner(tree, "meaning"))


def _declared(context: Context, name: Token) -> Quality:
    declared = context.vocabulary.qualities.get(str(name))
    if declared is None:
        known = list(context.vocabulary.qualities)
        context.unknown(name, str(name), "a quality of how an instrument is governed", known)
    return declared


def _value(context: Context, kind: QualityType, tree: Tree[Token]) -> bool | int | str:
    if isinstance(kind, TruthType):
        return yes_or_no(context, tree)
    if isinstance(kind, EnumerationType):
        return name_of(context, tree, kind)
    return constant_of(context, tree, kind).value


def _number_of(
    context: Context,
    declared: Quality,
    written: list[Tree[Token]],
    values: tuple[bool | int | str, ...],
) -> None:
    if len(values) < 2:
        return
    if not declared.several:
        context.fail(
            "E313",
            written[1],
            f"`{declared.name}` has one value at a time",
            suggestion="keep one, or give each its days: `from 2001-01-01 until 2004-05-01`",
        )
    for place, value in enumerate(values):
        if value in values[:place]:
            context.fail("E211", written[place], f"`{value}` stands twice here")
        if value in NOTHING:
            context.fail(
                "E313",
                written[place],
                f"`{value}` says that there is none, and another value stands beside it",
                suggestion="keep one of the two",
            )


def _no_evidence(context: Context, node: Token | Tree[Token]) -> NoReturn:
    context.fail(
        "E312",
        node,
        "nothing shows that this is so",
        suggestion='end with the article, document or date: `"Article 38(2)"`',
    )


READ: dict[str, Callable[[Context, Tree[Token]], Statement]] = {
    "governance": governed,
    "quality": without_evidence,
}
