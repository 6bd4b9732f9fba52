"""Typed conditions as text."""

from __future__ import annotations

from fractions import Fraction

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
    Operand,
    ParameterRef,
    Part,
    SomePlace,
    Sum,
    TermHolds,
)
from comity.agreement.vocabulary import LevelType
from comity.language.printer_layout import Words, kept, names

_BOUND = "place"


def condition(words: Words, made: Condition) -> str:
    """A condition where one may stand without brackets round it."""
    match made:
        case AllOf(several):
            return _joined(words, several, "and", "all of")
        case AnyOf(several):
            return _joined(words, several, "or", "any of")
        case _:
            return _unit(words, made)


def _joined(words: Words, several: tuple[Condition, ...], joint: str, listed: str) -> str:
    """`a or b` for two single conditions, `any of (a; b; c)` for more or for nested ones."""
    if len(several) == 2 and not any(isinstance(one, (AllOf, AnyOf)) for one in several):
        first, second = (_unit(words, one) for one in several)
        return f"{first} {joint} {second}"
    inner = "; ".join(condition(words, one) for one in several)
    return f"{kept(listed)} ({inner})"


def _unit(words: Words, made: Condition, place: str = _BOUND) -> str:
    """A condition that stands as a whole beside `and`, `or` and `not`."""
    match made:
        case AllOf() | AnyOf():
            text = condition(words, made)
            return text if text.startswith((kept("all of"), kept("any of"))) else f"({text})"
        case Not(IsOneOf(subject, (value,))):
            return f"{_operand(words, subject, place)} {kept('is not')} {_value(words, value)}"
        case Not(LeftOpen(right, rank)) if rank > 0:
            return _position(words, right, rank - 1, in_favour=False)
        case Not(inner):
            return f"not {_unit(words, inner, place)}"
        case EveryPlace(kind, inner, True) if _is_atom(inner):
            return _of_each(words, kind, inner)
        case EveryPlace(kind, inner):
            return f"every {kind} ({condition(words, inner)})"
        case SomePlace(kind, inner):
            return f"some {kind} ({condition(words, inner)})"
        case _:
            return _atom(words, made, place)


def _is_atom(made: Condition) -> bool:
    """Whether `origin.x` can say it: one atom, or what `is no` and `is not` make of one."""
    match made:
        case Not(Not(FactHolds())) | Not(FactHolds()) | Not(IsOneOf(values=(_,))):
            return True
        case Not() | AllOf() | AnyOf() | EveryPlace() | SomePlace():
            return False
        case _:
            return True


def _of_each(words: Words, kind: str, made: Condition) -> str:
    """`origin.x is no` says no of every origin; `not origin.x` would deny it of one."""
    match made:
        case Not(Not(FactHolds(fact))):
            return f"{_operand(words, fact, kind)} {kept('is not')} no"
        case Not(FactHolds(fact)):
            return f"{_operand(words, fact, kind)} is no"
        case _:
            return _unit(words, made, kind)


def _atom(words: Words, made: Condition, place: str) -> str:
    match made:
        case Comparison(left, relation, right):
            return f"{_sum(words, left, place)} {kept(relation)} {_sum(words, right, place)}"
        case IsOneOf(subject, (value,)):
            return f"{_operand(words, subject, place)} is {_value(words, value)}"
        case IsOneOf(subject, values):
            listed = names(_value(words, value) for value in values)
            return f"{_operand(words, subject, place)} in {{{listed}}}"
        case InGroup(subject, group):
            return f"{_operand(words, subject, place)} in {group}"
        case Meets(subject, group):
            return f"{_operand(words, subject, place)} meets {group}"
        case Includes(subject, country):
            return f"{_operand(words, subject, place)} includes {country}"
        case IsEmpty(subject):
            return f"{_operand(words, subject, place)} is empty"
        case FactHolds(fact):
            return _operand(words, fact, place)
        case TermHolds(owner, name, at):
            return f"{_at(at, place)}.{name}" if at else _term(words, owner, name)
        case NodeHolds(node):
            return f"{words.node(node)} holds"
        case Lapse(node):
            return f"{kept('lapse of')} {words.node(node)}"
        case Declared(_, name):
            return f"reservation {name}"
        case Guaranteed(right, rank):
            return _position(words, right, rank, in_favour=True)
        case LeftOpen(right, rank):
            return f"{right} {kept('can be')} {level(words, right, rank)}"
    raise AssertionError(made)


def _term(words: Words, owner: str, name: str) -> str:
    """A term by its name alone, unless a fact has the same one."""
    return f"{owner}/{name}" if name in words.vocabulary.facts else words.own(owner, name)


def level(words: Words, right: str, rank: int, written: str = "") -> str:
    """A rank of a right as its level or amount: for a burden, ranks are turned back."""
    declared = words.vocabulary.rights[right]
    kind = declared.type
    if isinstance(kind, LevelType):
        return declared.name_of(rank)
    return words.amount(declared.amount(rank), kind.unit, written)


def relation(words: Words, right: str, *, in_favour: bool) -> str:
    """`at least` on the person's side, `at most` on the other; the reverse where less is better."""
    at_least = in_favour is not words.vocabulary.rights[right].less_is_better
    return kept("at least" if at_least else "at most")


def _position(words: Words, right: str, rank: int, *, in_favour: bool) -> str:
    return f"{right} {relation(words, right, in_favour=in_favour)} {level(words, right, rank)}"


def _value(words: Words, value: Constant | str) -> str:
    return value if isinstance(value, str) else words.constant(value)


# ---- linear forms ----
def _sum(words: Words, made: Sum, place: str) -> str:
    text = ""
    for number, part in enumerate(made.parts):
        sign = "- " if part.coefficient < 0 else "+ " if number else ""
        text += f"{' ' if number else ''}{sign}{_part(words, part, place)}"
    return text


def _part(words: Words, part: Part, place: str) -> str:
    share = abs(part.coefficient)
    operand = _operand(words, part.operand, place)
    if share == 1:
        return operand
    if share == Fraction(1, 2):
        return kept(f"half of {operand}")
    return kept(f"{share.numerator}/{share.denominator} of {operand}")


def _operand(words: Words, operand: Operand, place: str) -> str:
    match operand:
        case FactRef(path):
            head, _, rest = path.partition(".")
            return f"{_at(head, place)}.{rest}" if rest else path
        case ParameterRef(_, name):
            return name
        case DefinitionRef(_, name, at):
            return f"{_at(at, place)}.{name}" if at else name
        case Constant():
            return words.constant(operand)


def _at(head: str, place: str) -> str:
    """The bound place by the word that binds it: `place`, or `origin` for each origin."""
    return place if head == _BOUND else head
