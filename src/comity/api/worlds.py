"""`world`: sources with their state, downloads, the snapshot, as documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from comity.api.schema import (
    MicrodataDocument,
    SourceModel,
    WorldBuildDocument,
    WorldFetchDocument,
    WorldListDocument,
)
from comity.language.faults import ComityError, Fault
from comity.world.listing import build_world, fetch_source, list_sources, sources_at
from comity.world.microdata.writing import write_microdata


def world_list(mirror: Path | None, cache: Path) -> WorldListDocument:
    """Every source with its licence, state and defects. Raises WorldError."""
    return WorldListDocument(
        sources=tuple(
            SourceModel(
                id=s.id,
                title=s.title,
                publisher=s.publisher,
                licence=s.licence,
                redistribution=str(s.redistribution.value),
                state=str(s.state.value),
                bytes=s.bytes,
                in_snapshot=s.in_snapshot,
                defects=tuple(f"{d.reason}; {d.effect}" for d in s.defects),
            )
            for s in list_sources(sources_at(mirror, cache))
        )
    )


def world_fetch(source: str, mirror: Path | None, cache: Path) -> WorldFetchDocument:
    """Fetches one source from its publisher. Raises WorldError."""
    fetched = fetch_source(sources_at(mirror, cache), source)
    return WorldFetchDocument(
        id=fetched.id, state=str(fetched.state.value), path=str(fetched.path), sha256=fetched.sha256
    )


def world_build(mirror: Path | None, snapshot: Path, instruments: Path) -> WorldBuildDocument:
    """Builds the snapshot and the lists of States. Raises WorldError, and E460 without a mirror."""
    if mirror is None:
        raise ComityError(
            Fault(
                "E460",
                "the snapshot is built from a mirror of the sources, and none is named",
                suggestion="set COMITY_MIRROR to the folder of the mirror",
            )
        )
    built = build_world(mirror, snapshot, instruments)
    return WorldBuildDocument(files={p.name: p.stat().st_size for p in built.files})


def world_microdata(
    folder: Path,
    seed: int,
    *,
    hosts: Sequence[str] = (),
    processes: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> MicrodataDocument:
    """Writes invented people, a row each, in the published numbers. Raises WorldError."""
    files = write_microdata(
        folder, seed, only=hosts or None, processes=processes, progress=progress
    )
    rows = {host: one.rows for host, one in files.items()}
    return MicrodataDocument(folder=str(folder), seed=seed, rows=sum(rows.values()), hosts=rows)
