"""The JSON documents of `lot`: a draw, the file in which it is kept, and what a check of it found."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document


class LotChanceModel(Document):
    """A probability, exact and as a number."""

    exact: str = Field(description="such as 32/1000: panels of the list, a person's share of them")
    value: float


class LotGroupModel(Document):
    """The people with one value of a feature. How many they are in the pool is not told."""

    feature: str
    value: str
    min: int
    max: int
    drawn: int | None = Field(description="on the panel that was drawn; null before a draw")
    least: LotChanceModel | None = Field(description="null where nobody of the pool has the value")
    most: LotChanceModel | None


class LotDocument(Document):
    """`comity lot POOL --quotas QUOTAS --seats N --json`."""

    seats: int
    people: int = Field(description="in the pool")
    kinds: int = Field(description="of people: alike in every feature of the quotas")
    panels: int = Field(description="in the list, each equally likely")
    seed: str = Field(description="empty: the list is made and nothing is drawn yet")
    number: int | None = Field(description="of the panel drawn, from 1")
    drawn: tuple[str, ...] = Field(description="ids, sorted")
    least: LotChanceModel = Field(description="of whoever is least likely to be drawn")
    most: LotChanceModel
    bound: float = Field(description="what no lottery under these quotas can exceed for the least")
    columns: float | None = Field(
        description="the least of the best lottery over panels of any probability, where it was made"
    )
    made: str
    groups: tuple[LotGroupModel, ...]
    not_read: tuple[str, ...] = Field(description="columns of the pool that no quota names")
    pool_sha256: str
    quotas_sha256: str
    list_sha256: str
    version: str
    rerun: str
    claim: str


class LotQuotaModel(Document):
    """One row of the quotas."""

    feature: str
    value: str
    min: int
    max: int


class LotKindModel(Document):
    """People who are alike in every feature of the quotas; ids sorted."""

    values: tuple[str, ...]
    ids: tuple[str, ...]


class LotFile(Document):
    """The file of a draw: all that it takes to draw again, without the solver."""

    format: str
    document: LotDocument
    features: tuple[str, ...]
    quotas: tuple[LotQuotaModel, ...]
    kinds: tuple[LotKindModel, ...]
    listed: tuple[tuple[int, ...], ...] = Field(description="panels as kinds, by place from 0")


class LotCheckModel(Document):
    """One thing that was checked of a saved draw."""

    what: str
    holds: bool


class LotVerifyDocument(Document):
    """`comity lot --verify FILE --json`."""

    file: str
    same: bool
    checks: tuple[LotCheckModel, ...]
