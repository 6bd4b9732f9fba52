"""Rules in the words of comments: the key of a node, and the heading of its article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comity.agreement.instruments import article_of
from comity.agreement.many.program import Plane
from comity.agreement.regimes import Regime
from comity.count.sql.asking import Atoms
from comity.count.sql.stages import operands

MOST = 3
"""Nodes that a comment names; of more, it says how many."""


def plain(text: str) -> str:
    """A text that can stand in a comment: nothing in it ends the comment, nothing is hidden."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown.replace("*/", "* /").replace("/*", "/ *")


def node_words(regime: Regime, key: str) -> str:
    """`imfc/16.1 (Article 16. Protection)`."""
    instrument, _, node = key.partition("/")
    wanted = article_of(node)
    for article in regime.library[instrument].articles:
        if article.id == wanted:
            return plain(f"{key} ({article.heading})")
    return plain(key)


def nodes_words(regime: Regime, keys: Sequence[str]) -> str:
    """The first of several nodes, each with its article."""
    several = list(dict.fromkeys(keys))
    words = ", ".join(node_words(regime, key) for key in several[:MOST])
    return f"{words} and {len(several) - MOST} more" if len(several) > MOST else words


def nodes_above(
    program: Atoms, planes: Iterable[Plane], of: Mapping[Plane, Sequence[str]]
) -> Mapping[Plane, tuple[str, ...]]:
    """The nodes that hang on each plane. of: the nodes that a plane itself makes effective."""
    nodes = list(dict.fromkeys(node for several in of.values() for node in several))
    numbers = {node: number for number, node in enumerate(nodes)}
    masks: dict[Plane, int] = {
        plane: sum(1 << numbers[node] for node in set(several)) for plane, several in of.items()
    }
    for plane in range(max(masks, default=-1), -1, -1):
        if mask := masks.get(plane):
            for below in operands(program, plane):
                if below >= 0:
                    masks[below] = masks.get(below, 0) | mask
    return {
        plane: tuple(node for number, node in enumerate(nodes) if masks.get(plane, 0) >> number & 1)
        for plane in planes
    }
