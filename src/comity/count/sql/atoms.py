"""Tests of columns that are true or false and never NULL, as values that can be compared and kept.

`maybe` is the possible side of a test: it holds where the column is NULL. Words that a column may
not hold count as unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlglot import exp

from comity.count.engines.columns import Kind
from comity.count.sql.schema import quoted

Columns: TypeAlias = tuple[str, ...]
"""Columns of which the first that is not NULL counts."""


@dataclass(frozen=True, slots=True)
class IsTruth:
    """A yes or no is what is asked."""

    columns: Columns
    wanted: bool
    maybe: bool


@dataclass(frozen=True, slots=True)
class Between:
    """A number or day (by its ordinal) is within two ends; None: there is no such end."""

    columns: Columns
    kind: Kind
    low: int | None
    high: int | None
    maybe: bool


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text is one of several, or (negated) none of them. among: all words that it may be, if few."""

    columns: Columns
    texts: tuple[str, ...]
    negated: bool
    maybe: bool
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IsThere:
    """A column is not NULL."""

    columns: Columns


@dataclass(frozen=True, slots=True)
class Equals:
    """Two texts are the same."""

    columns: Columns
    other: str
    maybe: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A number times another; where no column says it, `otherwise` (an end of what it may be)."""

    times: int
    columns: Columns
    otherwise: int


@dataclass(frozen=True, slots=True)
class SumAtLeast:
    """A sum is at least a number."""

    terms: tuple[Term, ...]
    least: int


Atom: TypeAlias = IsTruth | Between | OneOf | IsThere | Equals | SumAtLeast


def column(name: str) -> exp.Expr:
    """A column by its name."""
    return exp.Column(this=quoted(name))


def first_of(columns: Columns) -> exp.Expr:
    """The first of some columns that is not NULL."""
    several = [column(name) for name in columns]
    return (
        several[0] if len(several) == 1 else exp.Coalesce(this=several[0], expressions=several[1:])
    )


def written(atom: Atom) -> exp.Expr:
    """The test in SQL, in brackets or as one word. Never NULL."""
    match atom:
        case IsTruth(columns, wanted, maybe):
            return _is(first_of(columns), wanted if not maybe else not wanted, negated=maybe)
        case Between():
            return _settled(_between(atom), maybe=atom.maybe)
        case OneOf(columns, texts, negated, maybe, _):
            # `NOT (x IN (...)) IS TRUE` holds where x is NULL or none of them
            test = exp.Paren(this=_one_of(columns, texts))
            return _is(test, maybe is negated, negated=maybe)
        case IsThere(columns):
            return exp.Not(this=exp.Is(this=first_of(columns), expression=exp.null()))
        case Equals(columns, other, maybe):
            return _settled(exp.EQ(this=first_of(columns), expression=column(other)), maybe=maybe)
        case SumAtLeast(terms, least):
            total = term(terms[0])
            for one in terms[1:]:
                total = exp.Add(this=total, expression=term(one))
            return exp.GTE(this=total, expression=exp.Literal.number(least))


def term(one: Term) -> exp.Expr:
    """One term of a sum, as BIGINT and never NULL."""
    value = exp.Coalesce(
        this=column(one.columns[0]),
        expressions=[*map(column, one.columns[1:]), exp.Literal.number(one.otherwise)],
    )
    wide = exp.cast(value, exp.DType.BIGINT)
    return wide if one.times == 1 else exp.Mul(this=wide, expression=number(one.times))


def number(value: int) -> exp.Expr:
    """A whole number."""
    found = exp.Literal.number(abs(value))
    return exp.Paren(this=exp.Neg(this=found)) if value < 0 else found


def _is(test: exp.Expr, truth: bool, *, negated: bool) -> exp.Expr:
    made = exp.Is(this=test, expression=exp.Boolean(this=truth))
    return exp.Not(this=made) if negated else made


def _settled(test: exp.Expr, *, maybe: bool) -> exp.Expr:
    """A comparison that may be NULL as one that is not."""
    return _is(exp.Paren(this=test), not maybe, negated=maybe)


def _between(atom: Between) -> exp.Expr:
    def literal(value: int) -> exp.Expr:
        if atom.kind is Kind.DATE:
            text = exp.Literal.string(date.fromordinal(value).isoformat())
            return exp.cast(text, exp.DType.DATE)
        return number(value)

    if atom.low == atom.high and atom.low is not None:
        return exp.EQ(this=first_of(atom.columns), expression=literal(atom.low))
    sides: list[exp.Expr] = []
    if atom.low is not None:
        sides.append(exp.GTE(this=first_of(atom.columns), expression=literal(atom.low)))
    if atom.high is not None:
        sides.append(exp.LTE(this=first_of(atom.columns), expression=literal(atom.high)))
    return sides[0] if len(sides) == 1 else exp.And(this=sides[0], expression=sides[1])


def _one_of(columns: Columns, texts: Sequence[str]) -> exp.Expr:
    literals: list[exp.Expr] = [exp.Literal.string(text) for text in texts]
    if len(literals) == 1:
        return exp.EQ(this=first_of(columns), expression=literals[0])
    return exp.In(this=first_of(columns), expressions=literals)


def place_of(columns: Columns, among: Sequence[str]) -> exp.Expr:
    """A word as its place among all that it may be, from 0; -1 where it is NULL or none of them."""
    ifs = [
        exp.If(this=exp.Literal.string(word), true=number(place))
        for place, word in enumerate(among)
    ]
    return exp.Case(this=first_of(columns), ifs=ifs, default=number(-1))


def by_place(atom: OneOf, name: str) -> exp.Expr:
    """A test of a word as one of its place, which is never NULL: the unknown is at -1."""
    places = sorted(atom.among.index(word) for word in atom.texts)
    first, last, top = places[0], places[-1], len(atom.among) - 1
    test: exp.Expr
    if first == last:
        test = exp.EQ(this=column(name), expression=number(first))
    elif last - first + 1 != len(places):
        test = exp.In(this=column(name), expressions=[number(place) for place in places])
    elif last == top:
        test = exp.GTE(this=column(name), expression=number(first))
    else:
        test = exp.Between(this=column(name), low=number(first), high=number(last))
    return exp.Not(this=exp.Paren(this=test)) if atom.negated else exp.Paren(this=test)


def size_of(atom: Atom) -> int:
    """About how much work a test is, a yes or no being 1."""
    match atom:
        case IsTruth() | IsThere():
            return 1
        case Between(low=low, high=high):
            return 2 + (low is not None and high is not None)
        case OneOf(texts=texts):
            return 3 + len(texts) // 4
        case Equals():
            return 3
        case SumAtLeast(terms=terms):
            return 3 * len(terms)


def columns_of(atom: Atom) -> frozenset[str]:
    """The columns that a test reads."""
    match atom:
        case SumAtLeast(terms=terms):
            return frozenset(name for one in terms for name in one.columns)
        case Equals(columns=columns, other=other):
            return frozenset((*columns, other))
        case _:
            return frozenset(atom.columns)
