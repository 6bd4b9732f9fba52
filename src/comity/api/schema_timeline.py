"""The JSON document of `timeline`: series by place and figure, a point a year."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document
from comity.api.schema_people import CountSourceModel


class TimelineOverlapModel(Document):
    """One year that both sources of stocks have: how far they part."""

    year: int
    world_bank: int = Field(description="persons, by the source that ends")
    un_desa: int = Field(description="persons, by the source that begins")


class TimelinePlaceModel(Document):
    """A place whose figures are told: the hosts are the same ones in every year."""

    id: str = Field(description="world, europe or americas")
    title: str
    definition: str
    hosts: tuple[str, ...]
    overlap: tuple[TimelineOverlapModel, ...]


class TimelineDefinitionModel(Document):
    """What a figure is, in words that a reader could count by."""

    id: str
    title: str
    unit: str = Field(description="texts, States, persons or steps")
    weight: str = Field(description="law: texts and States; people: weighted by people")
    definition: str


class TimelinePointModel(Document):
    """One figure of one place in one year.

    For persons: low is certain and high possible with nothing assumed, value the number under the set
    `ordinary`. For steps: the same, as averages. For texts and States all three are the same.
    """

    year: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    of: int | None = Field(default=None, description="out of how many texts, States or persons")
    of_high: int | None = Field(default=None, description="persons, those who may stand twice too")
    hidden: bool = Field(default=False, description="few persons stand in it, or all but few")


class TimelineSeriesModel(Document):
    """One figure of one place through the years. A year that was not observed has no point."""

    place: str
    figure: str
    points: tuple[TimelinePointModel, ...]
    articles: dict[str, tuple[tuple[int, int], ...]] = Field(
        default_factory=dict,
        description="nodes INSTRUMENT/ID that it rests on, and the years of each: first and last",
    )


class TimelineYearModel(Document):
    """What the people of one year are counted from."""

    year: int
    basis: str = Field(
        description="published, interpolated, interpolated across the break; none: law alone"
    )
    between: tuple[int, ...]
    stock: int | None = Field(default=None, description="the world's stock of migrants, persons")
    inside_one_state: int | None = Field(
        default=None, description="of these, who moved inside one State of the time: kept apart"
    )
    host_unknown: int | None = Field(
        default=None, description="people of UNHCR without a published country of asylum"
    )


class TimelineClaimModel(Document):
    """A claim of the paper beside the figures that bear on it."""

    id: str
    claim: str
    figures: tuple[str, ...]
    shows: tuple[str, ...]
    does_not_show: tuple[str, ...]


class TimelineDocument(Document):
    """`comity timeline --json`. Law is read on 1 July of each year. No composite index, no rank."""

    regime: str
    first: int
    last: int
    people_first: int
    people_last: int
    places: tuple[TimelinePlaceModel, ...]
    definitions: tuple[TimelineDefinitionModel, ...]
    series: tuple[TimelineSeriesModel, ...]
    years: tuple[TimelineYearModel, ...]
    breaks: dict[int, str] = Field(
        description="years at which a series changes its source or sense"
    )
    claims: tuple[TimelineClaimModel, ...]
    articles: dict[str, str] = Field(
        description="of each node: the instrument's title, its article"
    )
    assumptions: str
    coverage: dict[str, str]
    defects: tuple[str, ...]
    sources: tuple[CountSourceModel, ...]
    claim: str
    computed: int = Field(description="years that were worked out now; the others were kept")
    folder: str = ""
    files: tuple[str, ...] = ()
    seconds: float
