"""What may cross, and which side prevails: decided from the text alone, before any case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from comity.agreement.conditions import FactRef, ParameterRef
from comity.agreement.instruments import Instrument, article_of
from comity.agreement.nodes import Favour, Kind, Over, Side


@dataclass(frozen=True, slots=True)
class Unit:
    """One right bounded by one norm: what can cross, prevail and be defeated.

    level: a rank, a parameter of the text, or the fact whose level it is.
    """

    node: str
    kind: Kind
    right: str
    level: int | FactRef | ParameterRef


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the clauses say of a crossing pair: the keys of those that decide for each side."""

    for_guarantee: tuple[str, ...]
    for_limit: tuple[str, ...]


def first_clause(speaker: Instrument, guarantee: str, limit: str) -> tuple[Kind, str] | None:
    """The side for which an instrument's first clause that covers the pair decides, and its key."""
    for statement in speaker.prevalences:
        key = speaker.key(statement.id)
        for clause in statement.clauses:
            match clause:
                case Favour():
                    owners = {guarantee.partition("/")[0], limit.partition("/")[0]}
                    if speaker.id in owners:
                        return Kind.GUARANTEE, key
                case Over(winner, losers):
                    if any(_is_on(winner, guarantee) and _is_on(loser, limit) for loser in losers):
                        return Kind.GUARANTEE, key
                    if any(_is_on(winner, limit) and _is_on(loser, guarantee) for loser in losers):
                        return Kind.LIMIT, key
    return None


def _is_on(side: Side, key: str) -> bool:
    instrument, _, node_id = key.partition("/")
    if side.instrument != instrument:
        return False
    if side.node:
        return side.node == node_id
    return not side.article or side.article == article_of(node_id)


def may_cross(guarantee: Unit, limit: Unit) -> bool:
    """Whether the guarantee may lie above the limit: decided from the levels where both are fixed."""
    if isinstance(guarantee.level, int) and isinstance(limit.level, int):
        return guarantee.level > limit.level
    return True


def prevalence_circle(
    units: Iterable[Unit], ruling: Callable[[str, str], Ruling]
) -> tuple[str, ...]:
    """A circle in what prevails over what on one right; empty if there is none."""
    every = tuple(units)
    beats: dict[str, list[str]] = defaultdict(list)
    for guarantee in every:
        for limit in every:
            if guarantee.kind is not Kind.GUARANTEE or limit.kind is not Kind.LIMIT:
                continue
            if not may_cross(guarantee, limit):
                continue
            decided = ruling(guarantee.node, limit.node)
            if decided.for_guarantee and not decided.for_limit:
                beats[guarantee.node].append(limit.node)
            elif decided.for_limit and not decided.for_guarantee:
                beats[limit.node].append(guarantee.node)
    return circle_in(beats)


def circle_in(beats: Mapping[str, list[str]]) -> tuple[str, ...]:
    """A circle in what beats what, its first member named again at the end; empty: there is none."""
    done: set[str] = set()
    path: list[str] = []

    def visit(key: str) -> tuple[str, ...]:
        if key in path:
            return (*path[path.index(key) :], key)
        if key in done:
            return ()
        path.append(key)
        for other in beats.get(key, ()):
            found = visit(other)
            if found:
                return found
        path.pop()
        done.add(key)
        return ()

    for key in list(beats):
        found = visit(key)
        if found:
            return found
    return ()
