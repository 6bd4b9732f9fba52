"""What `comity world list`, `fetch` and `build` print, as values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.world.snapshot import packaged_snapshot
from comity.world.sources import SOURCES, Defect, Redistribution, Sources, SourceState
from comity.world.sources.files import sha256_of


@dataclass(frozen=True, slots=True)
class SourceListing:
    """One source as the list shows it.

    bytes: of the mirror's copy. in_snapshot: whether packaged tables were made from it.
    """

    id: str
    title: str
    publisher: str
    version: str
    licence: str
    licence_address: str
    redistribution: Redistribution
    landing_page: str
    state: SourceState
    bytes: int
    in_snapshot: bool
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A download: what it is, where it lies, what may be said of it.

    sha256: of the publisher's raw file as it came; compare it with what others got.
    """

    id: str
    path: Path
    bytes: int
    sha256: str
    state: SourceState


@dataclass(frozen=True, slots=True)
class Built:
    """The files that a build wrote, and the size of the packaged tables together."""

    files: tuple[Path, ...]
    bytes: int


def sources_at(mirror: Path | None, cache: Path) -> Sources:
    """The declared sources over a mirror folder (None: there is none) and a cache folder.

    A missing or damaged snapshot is an error already here. Raises SnapshotDamaged.
    """
    packaged = packaged_snapshot().source_ids
    return Sources(mirror, cache, records=SOURCES, packaged=packaged)


def list_sources(sources: Sources) -> tuple[SourceListing, ...]:
    """Every declared source with its state, sorted by id. Raises SourceUnreadable."""
    return tuple(
        SourceListing(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            version=source.version,
            licence=source.licence.name,
            licence_address=source.licence.address,
            redistribution=source.redistribution,
            landing_page=source.landing_page,
            state=sources.state_of(source.id),
            bytes=source.bytes,
            in_snapshot=source.id in sources.packaged,
            defects=source.defects,
        )
        for source in sorted(sources.records.values(), key=lambda entry: entry.id)
    )


def fetch_source(sources: Sources, source_id: str) -> Fetched:
    """Download one source from its publisher; uses the network.

    Raises UnknownSource, SourceUnreadable.
    """
    path = sources.fetch(source_id)
    return Fetched(
        source_id, path, path.stat().st_size, sha256_of(path), sources.state_of(source_id)
    )


def build_world(mirror: Path, snapshot: Path, instruments: Path) -> Built:
    """Rebuild the snapshot and the two lists of states from a mirror.

    Needs no snapshot to be there. Raises what `comity.world.build` raises.
    """
    from comity.world.build import build_instrument_lists, build_snapshot

    sources = Sources(mirror, snapshot, records=SOURCES, packaged=frozenset())
    tables = build_snapshot(sources, snapshot)
    lists = build_instrument_lists(sources, instruments)
    return Built(tables + lists, sum(path.stat().st_size for path in tables))
