"""What can be asked of the population: fields, rights, a property, another regime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from comity.api.population_table import OF_CELLS
from comity.count.suppression import MIN_CELL
from comity.language.faults import ComityError, Fault, nearest

FIELDS = (*OF_CELLS, "right", "level", "article")
"""The fields by which people can be counted."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the population. by: fields of a row. where: a property for whom it fails.

    rights: those counted; none: all that some norm bounds. against: a regime to compare with.
    min_cell: the least number that is shown. part: also under every other reading.
    """

    by: tuple[str, ...] = ("right", "level")
    rights: tuple[str, ...] = ()
    where: str = ""
    against: str = ""
    min_cell: int = MIN_CELL
    danger: str = "person"
    readings: Mapping[str, str] = field(default_factory=dict)
    part: bool = False


def refuse_fields(asked: Asked) -> None:
    """E490: a field by which people cannot be counted, or one that is named twice."""
    for name in asked.by:
        refuse_field(name, FIELDS)
    if len(set(asked.by)) < len(asked.by):
        raise ComityError(Fault("E490", "a field is named twice", possible=", ".join(FIELDS)))


def refuse_field(name: str, known: Sequence[str]) -> None:
    """E490: a field that is none of those by which these people can be counted."""
    if name not in known:
        guess = nearest(name, known)
        raise ComityError(
            Fault(
                "E490",
                f"people cannot be counted by `{name[:60]}`",
                possible=", ".join(known),
                suggestion=f"did you mean `{guess}`?" if guess else "",
            )
        )


def refuse_on_engine(asked: Asked) -> None:
    """E490: what only comity itself counts; an engine is asked for positions."""
    if asked.where or "article" in asked.by:
        raise ComityError(
            Fault(
                "E490",
                "an engine counts rights and levels; properties and articles are counted by comity",
                possible="--by host,origin,sex,category,right,level and --against",
                suggestion="leave out --engine",
            )
        )
