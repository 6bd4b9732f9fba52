"""The JSON documents of `bilateral`: the study of agreements on labour, and one agreement."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document
from comity.api.schema_people import CountSourceModel


class BilateralShareModel(Document):
    """Agreements of one group that keep a bundle of clauses. Agreements are counted, not people."""

    group: str
    all: int = Field(description="agreements that keep every clause that the coding sees")
    some: int
    none: int
    not_observed: int = Field(description="a missing value decides")
    coded: int = Field(description="all, some and none")
    formed: int = Field(description="agreements of the group, coded or not")
    is_few: bool = Field(description="fewer than ten coded: told as a count, not as a share")
    share: float | None = Field(description="all, of coded; null of none")
    low: float = Field(description="Wilson, 95 per cent: chance alone")
    high: float
    least: float = Field(description="of those formed, were no other to keep the bundle")
    most: float = Field(description="of those formed, were every other one to keep it")


class BilateralPeopleModel(Document):
    """Migrants of mid-2024 between two States, both ways, by what the pair's agreements mention.

    Possible numbers, but for the reading of agreements in their stated term.
    """

    reading: str
    all: int | None = Field(description="null where fewer than ten people are hidden")
    some: int | None
    none: int | None
    beside: int | None = Field(
        description="of some and none: another agreement of the pair is not coded"
    )
    not_coded: int | None = Field(description="only agreements that nobody coded")
    over: int | None = Field(description="only agreements that are surely over")
    without: int | None = Field(description="no agreement in the data, or none that is read")
    everybody: int | None
    hidden: bool = Field(description="some number is hidden, and the sum with it")


class BilateralBundleModel(Document):
    """Clauses that must go together, and how many agreements keep them."""

    name: str
    title: str
    source: str
    clauses: tuple[str, ...]
    not_observed: tuple[str, ...] = Field(description="belongs to it, and the coding never asks")
    total: BilateralShareModel
    kept_by: tuple[str, ...] = Field(description="those that keep all: id, States, year")
    by_decade: tuple[BilateralShareModel, ...]
    by_regions: tuple[BilateralShareModel, ...]
    corridors: tuple[BilateralShareModel, ...] = Field(
        description="those with most coded agreements"
    )
    sensitivity: tuple[BilateralShareModel, ...] = Field(
        description="the total under other choices"
    )
    people: tuple[BilateralPeopleModel, ...]


class BilateralClauseModel(Document):
    """A topic of the coding: what it is read as, and how many coded agreements mention it."""

    name: str
    number: str = Field(description="in the ILO's list of good practices")
    title: str
    right: str = Field(description="of the vocabulary; empty where none fits")
    level: str
    doubt: str
    why_no_right: str
    present: int
    coded: int
    share: float | None
    low: float
    high: float


class BilateralCodedModel(Document):
    """Agreements of a group: formed, with a copy, coded. What selection may do to a share."""

    by: str
    group: str
    formed: int
    with_copy: int
    coded: int
    share: float | None


class BilateralDocument(Document):
    """`comity bilateral --json`."""

    decade: str = Field(description="empty: all")
    corridor: str = Field(description="empty: all")
    formed: int
    coded: int
    guarantees: int = Field(description="norms that the coded agreements give as instruments")
    bundles: tuple[BilateralBundleModel, ...]
    clauses: tuple[BilateralClauseModel, ...]
    coverage: tuple[BilateralCodedModel, ...]
    agreements: tuple[str, ...] = Field(description="ids of the coded ones, if a part is asked for")
    never_asked: tuple[str, ...]
    sources: tuple[CountSourceModel, ...]
    claim: str


class BilateralClauseOfModel(Document):
    """A clause of one agreement: present, absent, or not observed."""

    name: str
    number: str
    title: str
    value: str
    rule: str = Field(description="the guarantee that it becomes, if it is one")


class BilateralGuaranteeModel(Document):
    """A guarantee that an agreement gives as an instrument, in the language of the library."""

    rule: str
    right: str
    level: str
    doubt: str
    text: str


class BilateralNearModel(Document):
    """A text near to the agreement: clauses that one has and the other has not."""

    id: str
    title: str
    states: tuple[str, ...]
    year: int | None
    jaccard: float
    hamming: int
    of: int = Field(description="clauses observed of both")
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]


class BilateralAgreementDocument(Document):
    """`comity bilateral ID --json`."""

    id: str
    title: str
    states: tuple[str, str]
    names: tuple[str, str]
    regions: str
    year: int | None
    signed: str
    binds_from: str = Field(description="as an instrument; empty where it cannot be one")
    ends: str = Field(description="the first day on which it is over; empty: not observed")
    end_says: str
    term_ends: str = Field(description="the first day after its stated years; empty: none stated")
    ending: str = Field(
        description="the power by which either State may have ended it, once exercised; unknown else"
    )
    language: str
    has_copy: bool
    is_coded: bool
    amends: bool | None
    replaces: bool | None
    quota: bool | None
    recruiters: tuple[str, ...]
    clauses: tuple[BilateralClauseOfModel, ...]
    guarantees: tuple[BilateralGuaranteeModel, ...]
    bundles: dict[str, str]
    never_asked: tuple[str, ...]
    nearest: tuple[BilateralNearModel, ...]
    nearest_texts: tuple[BilateralNearModel, ...] = Field(
        description="of the library, on the rights that a clause can become"
    )
    people: int | None = Field(
        description="migrants of mid-2024 between the two, both ways; null: no two States of today, or "
        "hidden"
    )
    hidden: bool = Field(description="fewer than ten people are between the two")
    others: tuple[str, ...] = Field(description="other agreements of the pair")
    sources: tuple[CountSourceModel, ...]
    claim: str
