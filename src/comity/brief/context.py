"""What a dossier's page is made from: frozen values, filled from readers' results.

Nothing here computes a position or a count. What is checked here is that a page cannot say
something without its law, its date, its sources and its set of assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from comity.brief.errors import BriefError, TotalsDisagree
from comity.brief.numbers import share
from comity.brief.projection import LonLat

if TYPE_CHECKING:
    from comity.brief.covered import Covered
    from comity.brief.guarantees import Guarantees

Measure: TypeAlias = Literal["certain", "possible", "assumed"]
Law: TypeAlias = Literal["today", "draft"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number of people: certain and possible with nothing assumed, and under one set."""

    certain: int
    possible: int
    assumed: int

    def __post_init__(self) -> None:
        if not 0 <= self.certain <= self.assumed <= self.possible:
            raise BriefError(f"0 <= certain <= assumed <= possible does not hold for {self}")

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(
            self.certain + other.certain,
            self.possible + other.possible,
            self.assumed + other.assumed,
        )


@dataclass(frozen=True, slots=True)
class Assumptions:
    """A named set: what was taken for true of people of whom it is not known."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One source of numbers, as it was used."""

    id: str
    title: str
    publisher: str
    address: str
    licence: str
    period: str
    obtained: date | None
    sha256: str
    state: str  # "fetched and verified", "read from the mirror", "not verified ..."
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caveat:
    """A limit of what is said. A loud one stands in a box before the number, not after it."""

    text: str
    loud: bool = False
    heading: str = "Not counted"


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article that made a bound."""

    instrument: str
    article: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the main findings: a sentence, the number behind it, and where it stands."""

    sentence: str
    law: str  # "under today's encoded instruments", "under the draft Convention"
    bounds: Bounds | None
    unit: str
    detail: str
    see: str  # id of the section or figure that holds it


@dataclass(frozen=True, slots=True)
class RightBounds:
    """What the law leaves a host on one right of one person.

    lower, upper: levels of the scale, or numbers with their unit. lower_possible, upper_possible:
    what they could become once open questions are answered; equal to lower and upper if certain.
    """

    lower: str
    upper: str
    lower_possible: str
    upper_possible: str
    lower_by: tuple[ArticleRef, ...] = ()
    upper_by: tuple[ArticleRef, ...] = ()
    defeated: tuple[ArticleRef, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RightComparison:
    """One right under two laws.

    levels: from the least to the most for the person. Empty for a right that is a number; its
    bounds are then words with a unit (`6 months`), and "" where no text sets one.
    """

    right: str
    meaning: str
    levels: tuple[str, ...]
    today: RightBounds
    draft: RightBounds
    less_is_better: bool = False

    def __post_init__(self) -> None:
        for bounds in (self.today, self.draft) if self.levels else ():
            for level in (bounds.lower, bounds.upper, bounds.lower_possible, bounds.upper_possible):
                if level not in self.levels:
                    raise BriefError(f"`{level}` is not a level of `{self.right}`")

    def bottom(self) -> str | None:
        """The level that means that nothing is guaranteed."""
        return self.levels[0] if self.levels else None

    def sentence(self, bounds: RightBounds) -> str:
        """The bound in words; it never says that anybody is to be turned away."""
        if not self.levels:
            return self._number_sentence(bounds)
        if bounds.lower == self.bottom():
            return (
                "No guarantee found in the encoded texts; "
                f"the state may still grant up to {_words(bounds.upper)}."
            )
        if bounds.lower == bounds.upper:
            return f"Exactly {_words(bounds.lower)}: nothing is left to the state."
        if bounds.upper == self.levels[-1]:
            return f"At least {_words(bounds.lower)}; no limit found."
        return f"At least {_words(bounds.lower)}, at most {_words(bounds.upper)}."

    def _number_sentence(self, bounds: RightBounds) -> str:
        due, cap = ("at most", "at least") if self.less_is_better else ("at least", "at most")
        if not bounds.lower:
            return "No guarantee found in the encoded texts; the state may still grant more."
        limit = f"; the texts let the state give {cap} {bounds.upper}" if bounds.upper else ""
        return f"{due.capitalize()} {bounds.lower}{limit}."


def _words(level: str) -> str:
    return level.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Situation:
    """An invented person: a role and no name, a host, a date, and the rights under two laws."""

    id: str
    role: str
    story: str
    host: str
    on: date
    rights: tuple[RightComparison, ...]
    questions: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """People of one host or one origin (a code, and its name) under both laws."""

    code: str
    name: str
    today: Bounds
    draft: Bounds


@dataclass(frozen=True, slots=True)
class EstimateTable:
    """Counts by host or by origin. The total is the sum of the rows; every code is in it once."""

    id: str
    title: str
    by: str  # "host", "origin"
    unit: str
    rows: tuple[EstimateRow, ...]

    def __post_init__(self) -> None:
        codes = [row.code for row in self.rows]
        if not codes or len(set(codes)) != len(codes):
            raise TotalsDisagree(f"table `{self.id}` needs rows, each code once")

    def total(self, law: Law) -> Bounds:
        """The sum over all rows."""
        return sum((bounds_under(row, law) for row in self.rows), Bounds(0, 0, 0))


def bounds_under(row: EstimateRow, law: Law) -> Bounds:
    """A row's numbers under one of the two laws."""
    return row.today if law == "today" else row.draft


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A column of a table of hosts or origins on the world map."""

    id: str
    title: str
    description: str
    law: Law
    measure: Measure
    breaks: tuple[float, ...]
    dots: Mapping[str, LonLat]
    not_on_map: tuple[str, ...] = ()  # codes that are no place: stateless, unknown


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A table with its maps, bars, sources and caveats: one question answered."""

    heading: str
    lead: str
    table: EstimateTable
    maps: tuple[MapFigure, ...]
    bars: int  # how many of the largest rows are drawn; 0: none
    sources: tuple[str, ...]
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscretionRow:
    """How many steps of a right's scale the law leaves to the state, on average over people."""

    right: str
    meaning: str
    steps: int
    today_low: float
    today_high: float
    draft_low: float
    draft_high: float


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """A group within the scope of no encoded instrument, or not counted at all."""

    group: str
    bounds: Bounds | None  # None: no number is known
    why: str


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step from a published total to the number that is used."""

    label: str
    persons: int  # negative: taken away
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one total to another, step by step; it must add up."""

    title: str
    start: BridgeStep
    steps: tuple[BridgeStep, ...]
    end: BridgeStep

    def __post_init__(self) -> None:
        reached = self.start.persons + sum(step.persons for step in self.steps)
        if reached != self.end.persons:
            raise TotalsDisagree(
                f"bridge `{self.title}` reaches {reached:,}, not {self.end.persons:,}"
            )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an instrument is encoded. `paragraphs` None: never counted, so unknown."""

    id: str
    title: str
    force: str
    paragraphs: int | None
    encoded: int
    without_rule: int = 0  # looked at, and no rule to encode: preamble, institutions, open terms
    note: str = ""

    def share(self) -> str:
        """Share of paragraphs encoded, or `unknown`."""
        return share(self.encoded, self.paragraphs)


@dataclass(frozen=True, slots=True)
class Reading:
    """Which reading of a doubtful text was taken, and what else there is."""

    instrument: str
    point: str
    taken: str
    holder: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Convention:
    """What the draft is, for a reader who has never heard of it."""

    title: str
    paragraphs: tuple[str, ...]
    points: tuple[tuple[str, str], ...]  # (article, what it says)


@dataclass(frozen=True, slots=True)
class DossierContext:
    """Everything that the page says. Tuples keep the order in which it is shown."""

    title: str
    lead: str
    today: str  # what the first law is called: "today's encoded instruments"
    draft: str  # what the second is called: "the draft Convention"
    law_on: date
    run_on: date
    version: str
    assumptions: Assumptions
    convention: Convention
    findings: tuple[Finding, ...]
    situations: tuple[Situation, ...]
    figures: tuple[FigureBlock, ...]
    discretion: tuple[DiscretionRow, ...]
    out_of_scope: tuple[OutOfScope, ...]
    bridges: tuple[Bridge, ...]
    coverage: tuple[Coverage, ...]
    readings: tuple[Reading, ...]
    sources: tuple[SourceNote, ...]
    guarantees: Guarantees
    covered: Covered | None = None
    caveats: tuple[Caveat, ...] = ()
    made_up: bool = False  # test data: the page says so on top
