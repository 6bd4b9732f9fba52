"""What a node or definition names, and circles in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.agreement.conditions import (
    Condition,
    DefinitionRef,
    Lapse,
    NodeHolds,
    TermHolds,
    atoms,
    operands,
)
from comity.agreement.instruments import Definition, Instrument, article_of
from comity.agreement.nodes import (
    ArticleTarget,
    Choice,
    EveryTarget,
    NodeTarget,
    Norm,
    Standstill,
    Table,
    Target,
    Term,
    TermTarget,
)


class Cycle(Exception):
    """References, exceptions or prevalence run in a circle; `path` names the nodes in order."""

    def __init__(self, what: str, path: tuple[str, ...]) -> None:
        super().__init__(f"{what}: {' -> '.join(path)}")
        self.what = what
        self.path = path


def conditions_of(definition: Definition) -> list[Condition]:
    """The conditions of a definition; a table has none."""
    match definition:
        case Term(when=when):
            return list(when)
        case Choice(picks=picks):
            return [condition for pick in picks for condition in pick.when]
        case Table():
            return []


def references(condition: Condition) -> Iterator[str]:
    """Keys of the nodes and definitions that a condition names."""
    for atom in atoms(condition):
        match atom:
            case TermHolds(instrument, name):
                yield f"{instrument}/term {name}"
            case NodeHolds(node) | Lapse(node):
                yield node
        for operand in operands(atom):
            if isinstance(operand, DefinitionRef):
                yield f"{operand.instrument}/term {operand.name}"


def travels(instrument: Instrument, target: Target, travelling: set[str]) -> bool:
    """Whether a target is part of a definition of the instrument itself."""
    match target:
        case TermTarget(owner):
            return owner == instrument.id
        case NodeTarget(owner, node_id):
            return f"{owner}/{node_id}" in travelling and owner == instrument.id
        case _:
            return False


def named_by(target: Target, library: Mapping[str, Instrument]) -> tuple[str, ...]:
    """Keys of the nodes and definitions (`INSTRUMENT/term NAME`) that a target names."""
    match target:
        case NodeTarget(owner, node_id):
            return (f"{owner}/{node_id}",)
        case TermTarget(owner, name):
            return (f"{owner}/term {name}",)
        case ArticleTarget(owner, article):
            found = [
                node.id
                for node in library[owner].holdings
                if isinstance(node, (Norm, Standstill)) and article_of(node.id) == article
            ]
        case EveryTarget(owner, kind):
            found = [
                node.id
                for node in library[owner].holdings
                if isinstance(node, Norm) and node.kind is kind
            ]
    return tuple(f"{owner}/{name}" for name in dict.fromkeys(found))
