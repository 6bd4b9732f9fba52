"""The record of a source: who publishes it, under which licence, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Redistribution(StrEnum):
    """Whether the file may be passed on in an openly licensed package.

    Only `YES` may enter the packaged snapshot; doubt counts as no.
    """

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence that a publisher states: its short name and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Defect:
    """A known fault of a source, printed next to every figure that rests on it.

    id: unique among the defects of one source, kebab-case.
    years: first and last year that it touches; None: all of them.
    reason: what is wrong.
    effect: what it does to a figure, and what the builder does about it.
    """

    id: str
    years: tuple[int, int] | None
    reason: str
    effect: str


@dataclass(frozen=True, slots=True)
class Source:
    """Everything needed to cite a file, to fetch it, and to know that it is the right one.

    download: the publisher's address; what it gives is the publisher's raw file, whose
      layout and hash differ from the mirror's trimmed copy.
    mirror_path: place inside a mirror folder, `folder/file`.
    sha256, bytes: of the mirror's copy.
    publisher_sha256: of the publisher's raw file; None: nobody has verified one yet.
    accessed: ISO date on which the copy was described.
    """

    id: str
    title: str
    publisher: str
    citation: str
    landing_page: str
    download: str
    version: str
    accessed: str
    licence: Licence
    redistribution: Redistribution
    mirror_path: str
    sha256: str
    bytes: int
    publisher_sha256: str | None
    defects: tuple[Defect, ...]
