"""Mutants of an agreement: one norm dropped, weakened, negated, or a number in it moved by one.

- *dropped*: the node is gone, in every reading of it;
- *weakened*: a guarantee one rank lower, a limit one rank higher (a rank of a number is one month, day
  or per cent), right by right; the right left out where there is no such rank, and where the level is a
  fact of the record; of a standstill, one right the fewer; an exception or power without the last line
  of its conditions, so that it reaches further;
- *negated*: its conditions hold where they did not, and do not where they did;
- *moved*: one number of months or days in its conditions by one unit, against the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    EveryPlace,
    FactRef,
    Not,
    ParameterRef,
    Part,
    SomePlace,
    operands,
)
from comity.agreement.instruments import Holding, Instrument, Statement
from comity.agreement.nodes import (
    Bounding,
    Kind,
    Norm,
    NormException,
    Parameter,
    Power,
    Standstill,
    TermTarget,
)
from comity.agreement.regimes import Regime
from comity.agreement.vocabulary import NumberType
from comity.api.verdict_words import Task
from comity.language.printer import condition_text

UNITS = ("months", "days")

Change = Callable[[Holding], Holding | None]


class How(StrEnum):
    """What was done to a norm."""

    DROPPED = "dropped"
    WEAKENED = "weakened"
    NEGATED = "negated"
    MOVED = "moved"


@dataclass(frozen=True)
class Mutant:
    """A change of one node.

    node: its key. told: what was done, in words. right: the only right whose level changed; "" where
    it is the node's holding that changed.
    """

    node: str
    how: How
    told: str
    change: Change
    right: str = ""

    def __str__(self) -> str:
        return f"{self.node} {self.how}" + (f" ({self.told})" if self.told else "")


def mutants_of(regime: Regime, key: str, day: date) -> Iterator[Mutant]:
    """Every mutant of a node, each once: what comes to the same as dropping it is left out."""
    variants = regime.nodes[key]
    yield dropped(key)
    yield from _weakened(regime, key, day)
    if any(variant.when for variant in variants):
        yield Mutant(key, How.NEGATED, "", _negated)
    yield from _moved(regime, key, day)


def dropped(key: str) -> Mutant:
    """A node that is gone."""
    return Mutant(key, How.DROPPED, "", lambda _node: None)


# ---- a mutant in its texts ----
def mutated(instruments: Mapping[str, Instrument], mutant: Mutant) -> dict[str, Instrument]:
    """The texts with the one that has the node changed."""
    owner, _, node_id = mutant.node.partition("/")
    body: list[Statement] = []
    for statement in instruments[owner].statements:
        if isinstance(statement, Holding) and statement.id == node_id:
            changed = mutant.change(statement)
            if changed is not None:
                body.append(changed)
        else:
            body.append(statement)
    return {**instruments, owner: replace(instruments[owner], statements=tuple(body))}


def under(task: Task, mutants: Iterable[Mutant]) -> Task:
    """A task asked of changed texts."""
    texts = task.library.instruments
    for mutant in mutants:
        texts = mutated(texts, mutant)
    regime = replace(
        task.regime, instruments=tuple(texts[i.id] for i in task.regime.instruments), library=texts
    )
    owner = None if task.owner is None else texts[task.owner.id]
    return Task(task.proof, regime, owner, replace(task.library, instruments=texts))


# ---- for or against the person ----
def helps(regime: Regime, key: str) -> bool:
    """Whether a node's holding is on the person's side, as far as the text alone says it."""
    return all(_helps(regime, key, variant) for variant in regime.nodes[key])


def _helps(regime: Regime, key: str, node: Holding) -> bool:
    match node:
        case Norm(kind=kind):
            return kind is Kind.GUARANTEE
        case NormException(targets=targets) | Power(targets=targets):
            if any(isinstance(target, TermTarget) for target in targets):
                return False
            named = [k for target in targets for k in regime.targets_of(target)]
            return not any(k in regime.nodes and helps(regime, k) for k in named)
        case _:
            return True


# ---- weakened ----
def _weakened(regime: Regime, key: str, day: date) -> Iterator[Mutant]:
    node = regime.nodes[key][0]
    match node:
        case Norm(boundings=boundings):
            for right in dict.fromkeys(b.right for b in boundings):
                lower = _less_of(regime, key, right, day)
                if lower.change(node) is not None:  # else it is dropped
                    yield lower
        case Standstill(rights=rights) if len(rights) > 1:
            for right in rights:
                yield Mutant(
                    key, How.WEAKENED, f"without {right}", _without_right(right), right=right
                )
        case NormException(when=when) | Power(when=when, targets=(_, *_)) if when:
            yield Mutant(key, How.WEAKENED, "without its last line", _without_last_line)


def _less_of(regime: Regime, key: str, right: str, day: date) -> Mutant:
    """A guarantee of a right one rank lower, a limit one rank higher."""
    declared = regime.vocabulary.rights[right]

    def lower(bounding: Bounding, kind: Kind) -> Bounding | None:
        if bounding.right != right:
            return bounding
        level = bounding.level
        if isinstance(level, ParameterRef):
            amount = regime.parameter(level.instrument, level.name, day)
            level = min(declared.top, max(0, declared.rank(amount)))
        if isinstance(level, FactRef):
            return None
        level += -1 if kind is Kind.GUARANTEE else 1
        return replace(bounding, level=level) if 0 < level < declared.top else None

    def change(node: Holding) -> Holding | None:
        assert isinstance(node, Norm)
        found = tuple(b for old in node.boundings if (b := lower(old, node.kind)) is not None)
        return replace(node, boundings=found) if found else None

    first = regime.nodes[key][0]
    assert isinstance(first, Norm)
    old = next(b for b in first.boundings if b.right == right)
    new = lower(old, first.kind)
    now = declared.name_of(new.level) if new and isinstance(new.level, int) else "nothing"
    return Mutant(key, How.WEAKENED, f"{right} to {now}", change, right=right)


def _without_right(right: str) -> Change:
    def change(node: Holding) -> Holding:
        assert isinstance(node, Standstill)
        return replace(node, rights=tuple(r for r in node.rights if r != right))

    return change


def _without_last_line(node: Holding) -> Holding:
    return _with_lines(node, node.when[:-1])


def _negated(node: Holding) -> Holding | None:
    """A node without lines always holds, and its contrary never."""
    return _with_lines(node, (Not(AllOf(node.when)),)) if node.when else None


def _with_lines(node: Holding, lines: tuple[Condition, ...]) -> Holding:
    return replace(node, when=lines)


# ---- moved ----
def _moved(regime: Regime, key: str, day: date) -> Iterator[Mutant]:
    """One mutant for each number of months or days in the conditions of a node."""
    narrower = helps(regime, key)
    lines = regime.nodes[key][0].when
    for place, comparison in enumerate(_compared(lines)):
        unit = _unit(regime, comparison)
        if unit:
            owner = key.partition("/")[0]
            test = condition_text(comparison, regime.vocabulary, instrument=owner)
            told = f"`{test}`, by a {unit.removesuffix('s')}"
            yield Mutant(key, How.MOVED, told, _moving(place, unit, narrower))


def _moving(place: int, unit: str, narrower: bool) -> Change:
    def change(node: Holding) -> Holding:
        count = iter(range(10**6))

        def moved(condition: Condition, narrower: bool) -> Condition:
            match condition:
                case Not(inner):
                    return Not(moved(inner, not narrower))
                case AllOf(several) | AnyOf(several):
                    return replace(
                        condition, conditions=tuple(moved(one, narrower) for one in several)
                    )
                case EveryPlace(condition=inner) | SomePlace(condition=inner):
                    return replace(condition, condition=moved(inner, narrower))
                case Comparison() if next(count) == place:
                    return _by_one(condition, unit, narrower)
                case atom:
                    return atom

        return _with_lines(node, tuple(moved(line, narrower) for line in node.when))

    return change


def _by_one(comparison: Comparison, unit: str, narrower: bool) -> Comparison:
    """Fewer cases satisfy it, or more: its right-hand side is one unit further."""
    up = narrower == (comparison.relation in ("at least", "more than"))
    step = Part(Fraction(1 if up else -1), Constant(1, unit))
    right = comparison.right
    return replace(comparison, right=replace(right, parts=(*right.parts, step)))


def _compared(conditions: tuple[Condition, ...]) -> Iterator[Comparison]:
    """The comparisons in conditions, in the order in which they are walked through."""
    for condition in conditions:
        match condition:
            case Not(inner) | EveryPlace(condition=inner) | SomePlace(condition=inner):
                yield from _compared((inner,))
            case AllOf(several) | AnyOf(several):
                yield from _compared(several)
            case Comparison():
                yield condition


def _unit(regime: Regime, comparison: Comparison) -> str:
    """The unit of a number of the text that is compared with something; "" if it is no time."""
    has_number, unit = False, ""
    for operand in operands(comparison):
        match operand:
            case Constant(kind=kind):
                has_number, unit = True, unit or kind
            case ParameterRef(instrument, name):
                has_number, unit = True, unit or _unit_of_parameter(regime, instrument, name)
            case FactRef(path):
                declared = regime.vocabulary.fact(path)
                if declared is not None and isinstance(declared.type, NumberType):
                    unit = unit or declared.type.unit
    return unit if has_number and unit in UNITS else ""


def _unit_of_parameter(regime: Regime, instrument: str, name: str) -> str:
    statements = regime.library[instrument].statements
    return next(s.value.kind for s in statements if isinstance(s, Parameter) and s.name == name)
