"""What a proof gives: one of three verdicts, with the articles or the person that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from comity.agreement.cases import Case
from comity.agreement.statements import Property


class Verdict(StrEnum):
    """Proved of this encoding, refuted by a person, or unknown for a limit that was hit."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the solver found of one property.

    by_absence: proved since no article on which the rights depend mentions the fact.
    vacuous: proved since nobody can be in the situation that the property presupposes.
    person, other: the person who refutes it (or shows that it is possible), and a second one.
    month: in a life, months after the first.
    needs: the nodes and definitions without which the proof fails, `INSTRUMENT/ID`.
    dead: the nodes that decide nothing; the cells of a table that nobody reaches.
    limit: what stood in the way, where the verdict is unknown.
    reason: a short word where the verdict says more than usual (`excluded from work`).
    readings, parameters: under which the person was found.
    engines: the solvers that gave the verdict.
    """

    verdict: Verdict
    seconds: float = 0.0
    building: float = 0.0
    by_absence: bool = False
    vacuous: bool = False
    person: Case | None = None
    other: Case | None = None
    month: int | None = None
    life: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    limit: str = ""
    reason: str = ""
    about: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)
    engines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proved:
    """A stated or named property with what was found of it."""

    label: str
    asked: Property
    finding: Finding
    stated: Verdict = Verdict.PROVED

    @property
    def as_stated(self) -> bool:
        """The verdict is the one that the text states."""
        return self.finding.verdict is self.stated
