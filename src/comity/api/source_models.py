"""The sources of numbers as documents tell them: date, hash, state and known defects."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from comity.api.brief_notes import sources_of
from comity.api.schema_people import CountSourceModel


def source_models(
    mirror: Path | None, cache: Path, used: Collection[str]
) -> Iterator[CountSourceModel]:
    """Those sources whose ids are used, in the order of `comity world list`."""
    for one in sources_of(mirror, cache, also=used):
        if one.id not in used:
            continue
        yield CountSourceModel(
            id=one.id,
            title=one.title,
            publisher=one.publisher,
            licence=one.licence,
            version=one.period,
            accessed="" if one.obtained is None else one.obtained.isoformat(),
            sha256=one.sha256,
            state=one.state,
            defects=one.defects,
        )
