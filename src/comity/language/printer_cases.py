"""Proofs and cases as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from comity.agreement.conditions import FactRef
from comity.agreement.nodes import Bounding
from comity.agreement.statements import (
    AgainstInstrument,
    CaseStatement,
    Decommodified,
    EqualFooting,
    Expectation,
    Given,
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
from comity.agreement.values import Members, Options, Range, Truth
from comity.agreement.vocabulary import FactType
from comity.language.printer_conditions import condition, level, relation
from comity.language.printer_layout import Words, kept, names, quoted
from comity.language.printer_vocabulary import ordered


# ---- proofs ----
def proof(words: Words, made: Proof) -> Iterator[str]:
    """The head of a proof, then its lines."""
    verdict = ", refuted" if made.refuted else ""
    head, *lines = stated(words, made)
    yield f"prove {kept(made.label)}{verdict}: {head}"
    yield from lines


def stated(words: Words, made: Proof) -> Iterator[str]:
    """The property of a proof, then its guard and what it ranges over."""
    yield _property(words, made.property)
    if made.guard is not None:
        yield f"when {condition(words, made.guard)}"
    if made.over:
        yield f"over {names(word for word in get_args(Varied) if word in made.over)}"


def _property(words: Words, made: Property) -> str:
    match made:
        case NoGap(rights):
            return f"no gap{_on(rights)}"
        case NoConflict(rights):
            return f"no conflict{_on(rights)}"
        case NoDeadText():
            return "no dead text"
        case TableComplete():
            return "table complete"
        case EqualFooting(rights, facts):
            verb = kept("do not depend on" if len(rights) > 1 else "does not depend on")
            return f"{names(rights)} {verb} {names(fact.path for fact in facts)}"
        case Monotone(rights, FactRef(path)):
            falls = kept("never fall as" if len(rights) > 1 else "never falls as")
            return f"{names(rights)} {falls} {path} grows"
        case AgainstInstrument(how, instrument, rights):
            return f"{kept(how)} {instrument}{_on(rights)}"
        case LabourNeverAlone():
            return "labour never travels alone"
        case Decommodified():
            return "decommodified"
        case Reachable(months, goal, start, by):
            return (
                f"within {words.amount(months, 'months')} {bounding(words, goal)} is reached "
                f"from {bounding(words, start)} by {_together(by)}"
            )
        case NeverStuck(Bounding() as goal, Bounding() as start, by):
            between = f"{bounding(words, start)} and {bounding(words, goal)}"
            return f"{kept('never stuck')} between {between} by {_together(by)}"
        case NeverStuck():
            return "never stuck"
        case Implies(premise, conclusion):
            return f"{condition(words, premise)} implies {condition(words, conclusion)}"
        case Never(stated):
            return f"never {condition(words, stated)}"
        case PossibleCase(stated):
            return f"possible {condition(words, stated)}"
        case OperatesOnlyWith(element, companions):
            return f"{element} {kept('operates only with')} {names(companions)}"


def _together(counters: tuple[FactRef, ...]) -> str:
    return " + ".join(counter.path for counter in counters)


def _on(rights: tuple[str, ...]) -> str:
    return f" on {names(rights)}" if rights else ""


def bounding(words: Words, made: Bounding, *, in_favour: bool = True) -> str:
    """A right at a level: `stay at least temporary`."""
    if isinstance(made.level, int):
        what = level(words, made.right, made.level, made.written)
    else:
        what = made.level.path if isinstance(made.level, FactRef) else made.level.name
    return f"{made.right} {relation(words, made.right, in_favour=in_favour)} {what}"


# ---- cases ----
def case(words: Words, made: CaseStatement) -> Iterator[str]:
    """The head of a case, then its lines."""
    head = f"case {quoted(made.title)}"
    if made.host:
        head += f" in {made.host}"
    if made.on is not None:
        head += f" on {made.on.isoformat()}"
    if made.regime:
        head += f" of {made.regime}"
    if made.readings:
        head += f" {names(f'under {u.question}.{u.option}' for u in made.readings)}"
    yield head + (f", {kept('all else unknown')}" if made.all_else_unknown else "")
    for who, given in (("given", made.given), ("other", made.other), ("sponsor", made.sponsor)):
        for one in given:
            yield f"{who} {_given(words, one)}"
    for expectation in made.expectations:
        yield f"expect {_expectation(words, expectation)}"


def _given(words: Words, made: Given) -> str:
    word, _, named = made.path.partition(" ")
    if made.path in ("adopted", "acquired"):
        return f"{'elements' if made.path == 'adopted' else made.path} {names(made.order)}"
    if word == "parameter":
        assert isinstance(made.possible, Range)
        return f"parameter {words.node(named)} {words.amount(made.possible.low, made.unit)}"
    if named:
        return f"{word} {words.node(named)} {'yes' if made.possible is Truth.TRUE else 'no'}"
    fact = words.vocabulary.fact(made.path)
    if fact is None:
        raise KeyError(made.path)
    return f"{_path(words, made.path)} {_known(words, made, fact.type)}"


def _path(words: Words, path: str) -> str:
    """`origin1.x` of a case is written `origin.x`."""
    head, _, rest = path.partition(".")
    for place in words.vocabulary.places.values():
        if rest and place.count > 1 and head == place.instances[0]:
            return f"{place.name}.{rest}"
    return path


def _known(words: Words, made: Given, kind: FactType) -> str:
    match made.possible:
        case Truth() as truth:
            return {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "unknown"}[truth]
        case Range(low, high) if low == high:
            return ordered(words, low, kind)
        case Range(low, high) as span if span != kind.everything():
            return f"between {ordered(words, low, kind)} and {ordered(words, high, kind)}"
        case Options(found) if found is not None and len(found) == 1:
            return next(iter(found))
        case Members(surely, perhaps) if perhaps == surely:
            return f"{{{names(made.order or sorted(surely))}}}"
        case _:
            return "unknown"


def _expectation(words: Words, made: Expectation) -> str:
    if made.right:
        return _of_right(words, made)
    match made.kind:
        case "same":
            return f"same {names(made.names)}"
        case "no conflict":
            return "no conflict"
        case "term" | "not term" | "unknown term":
            return f"{made.kind} {words.node(made.names[0])}"
        case "holds":
            return f"{words.node(made.names[0])} holds"
        case "not holds":
            return f"not {words.node(made.names[0])} holds"
        case "defeats":
            return f"{words.node(made.names[0])} defeats {words.node(made.names[1])}"
        case "is":
            key, at = made.names
            name = words.node(key)
            return f"{_path(words, f'{at}.{name}' if at else name)} is {made.value}"
        case _:
            return f"ask {_asked(words, made.names[0])}"


def _asked(words: Words, path: str) -> str:
    word, _, node = path.partition(" ")
    return f"{word} {words.node(node)}" if node else _path(words, path)


def _of_right(words: Words, made: Expectation) -> str:
    right = made.right
    match made.kind:
        case "bottom":
            return f"no {right}" if made.person == "self" else f"{made.person} no {right}"
        case "conflict":
            return f"conflict on {right}"
        case "can be" | "cannot be":
            return f"{right} {made.kind} {level(words, right, made.rank)}"
    head = {"not at least": "not ", "possible": "possible "}.get(made.kind, "")
    if made.person != "self":
        head = f"{made.person} "
    says = relation(words, right, in_favour=made.kind != "at most")
    by = f" by {words.node(made.by)}" if made.by else ""
    return f"{head}{right} {says} {level(words, right, made.rank)}{by}"
