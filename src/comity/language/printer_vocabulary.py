"""Declarations of the vocabulary as text."""

from __future__ import annotations

from typing import TypeAlias

from comity.agreement.vocabulary import (
    Axiom,
    Counter,
    CountriesType,
    CountryType,
    DateType,
    Enumeration,
    EnumerationType,
    Event,
    Fact,
    FactType,
    Group,
    LevelType,
    Meaning,
    Member,
    NumberType,
    Place,
    Quality,
    Right,
    Scale,
    SpellKind,
    TruthType,
    Value,
)
from comity.language.printer_conditions import condition
from comity.language.printer_layout import Words, day, from_until, kept, names, plain, quoted

Declaration: TypeAlias = (
    Place
    | Scale
    | Enumeration
    | Group
    | Fact
    | Right
    | SpellKind
    | Event
    | Counter
    | Axiom
    | Quality
)


def declaration(words: Words, made: Declaration) -> str:
    """A declaration as one clause."""
    match made:
        case Place(name, count):
            several = f" {kept('up to')} {count}" if count > 1 else ""
            text = f"place {name}{several}"
        case Scale(name, levels):
            text = f"scale {name}: {kept(' < ').join(levels).replace(kept(' <'), ' <')}"
        case Enumeration(name, options):
            text = f"enum {name}: {names(options)}"
        case Group(name, members):
            return f"group {name}: {names(map(member, members))}"
        case Fact():
            text = _fact(words, made)
        case Right():
            text = _right(words, made)
        case SpellKind(name, tags):
            text = f"spell {name}: {names(tags)}"
        case Event(name):
            text = f"event {name}"
        case Counter(path, unit):
            text = f"counter {path} = {unit} {_span(words, made)}"
        case Axiom(stated):
            text = f"always {condition(words, stated)}"
        case Quality(name, kind, several):
            text = f"governance {name}: {'several ' if several else ''}{_type(words, kind)}"
    return text + _meaning(made.meaning)


def _meaning(made: Meaning | None) -> str:
    if made is None:
        return ""
    source = f" {kept('from ')}{quoted(made.source)}" if made.source else ""
    return f", {quoted(made.text)}{source}"


def member(made: Member) -> str:
    """`SWE from 1995-01-01 until 2020-02-01`."""
    return kept(made.state + from_until(made.since, made.until))


def _type(words: Words, made: FactType) -> str:
    match made:
        case TruthType():
            return "yes/no"
        case LevelType(scale):
            return scale.name
        case EnumerationType(enumeration):
            return enumeration.name
        case CountryType():
            return "country"
        case CountriesType():
            return "countries"
        case DateType():
            return "date"
        case NumberType(unit, high):
            return _number_type(words, unit, high)


def _number_type(words: Words, unit: str, high: int) -> str:
    number, _, own = plain(words.amount(high, unit)).partition(" ")
    if not own.startswith("year"):
        number, own = str(high), unit
    return kept(f"{own} up to {number}")


def _fact(words: Words, made: Fact) -> str:
    text = f"fact {made.path}: {_type(words, made.type)}"
    if made.ordinary is not None:
        text += f", {kept('ordinary ' + _ordinary(words, made.ordinary, made.type))}"
    if made.position_of:
        text += f", {kept(f'position of {made.position_of}')}"
    return text


def _ordinary(words: Words, made: Value, kind: FactType) -> str:
    if isinstance(kind, TruthType):
        return "yes" if made else "no"
    if isinstance(made, int):
        return ordered(words, made, kind)
    return str(made)


def ordered(words: Words, number: int, kind: FactType) -> str:
    """A rank, number or day of an ordered type."""
    match kind:
        case LevelType(scale):
            return scale.levels[number]
        case NumberType(unit):
            return words.amount(number, unit)
        case _:
            return day(number)


def _right(words: Words, made: Right) -> str:
    text = f"right {made.name}: {_type(words, made.type)}"
    if made.less_is_better:
        text += f", {kept('less is better')}"
    if made.measured_by:
        text += f", {kept(f'measured by {made.measured_by}')}"
    if made.absolute:
        text += f", {kept(f'absolute {made.absolute}')}"
    return text


def _span(words: Words, made: Counter) -> str:
    tags = f" {{{names(made.tags)}}}" if made.tags else ""
    match made.form:
        case "longest":
            return f"in longest {made.spells}{tags}"
        case "window":
            return f"in {made.spells}{tags} of last {words.amount(made.window, 'months')}"
        case "since":
            return f"since {made.first}"
        case "between":
            return f"from {made.first} to {made.second}"
        case _:
            return f"in {made.spells}{tags}"
