"""`count` for a user: from a regime's name to people by group, right, level and article."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from comity.agreement.regimes import Regime
from comity.api.brief_counts import dots_of
from comity.api.brief_folder import write_whole
from comity.api.cautions import warnings_of
from comity.api.count_questions import Asked, refuse_fields
from comity.api.count_readings import partings
from comity.api.count_rows import Counting, Key, everybody
from comity.api.counting import Count, assumptions_in_words
from comity.api.explaining import coverage_model
from comity.api.people_counts import PeopleCounts
from comity.api.regimes import read_regime, refuse_unheld
from comity.api.schema_people import CountDocument, CountRowModel, OutsideModel
from comity.api.source_models import source_models
from comity.api.telling import article_model
from comity.api.verdict_words import open_questions
from comity.api.where import refuse_unknown_rights
from comity.brief.maps import choropleth
from comity.brief.suppression import Withheld
from comity.count.engines.engine import Engine
from comity.count.suppression import between_levels, hidden
from comity.world.conflict import SOURCE_ID, danger_reading
from comity.world.displaced import displaced_inside
from comity.world.population import Cell

Progress = Callable[[str, int, int], None]


def count(
    words: str,
    asked: Asked,
    *,
    on: date,
    mirror: Path | None = None,
    cache: Path | None = None,
    cells: Sequence[Cell] | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> CountDocument:
    """The people of the population under a regime, or for whom a property fails or a right changes.

    words: ids, paths and named lists, separated by commas. cells: other people than the world's.
    engine: who finds the positions, by the query that `comity sql` writes; None: comity itself.
    Raises ComityError (E490 for a field, E491 for a right, E492 for a property that cannot be asked).
    """
    began = time.perf_counter()
    refuse_fields(asked)
    read = read_regime(words, readings=asked.readings)
    refuse_unheld(read.regime, on)
    refuse_unknown_rights(read.regime, asked.rights)
    counts = PeopleCounts(
        read.regime.vocabulary,
        on,
        danger_reading(asked.danger),
        cells=cells,
        engine=engine,
        progress=progress,
    )
    table = Counting(read, asked, counts)
    found = dict(table.rows())
    total = next((found for _, found in counts.counted(everybody(counts))), Count())
    regime = read.regime
    rows = tuple(shown_rows(found, table.fields, asked.min_cell, regime))
    return CountDocument(
        regime=words,
        against=asked.against,
        date=on.isoformat(),
        by=table.fields,
        where=asked.where,
        unit="persons",
        means=table.means,
        rows=rows,
        total=CountRowModel(
            key={}, certain=total.certain, possible=total.possible, assumed=total.assumed
        ),
        min_cell=asked.min_cell,
        suppressed=sum(row.hidden for row in rows),
        engine="comity" if engine is None else engine.dialect,
        assumptions=assumptions_in_words(danger_reading(asked.danger)),
        outside=tuple(_outside()),
        reading={q: regime.reading_of(q, on) for q in open_questions(regime)},
        partings=partings(read, asked, on, progress) if asked.part else (),
        coverage={i.title: coverage_model(i.coverage) for i in regime.instruments},
        sources=() if cache is None else tuple(source_models(mirror, cache, _used(counts))),
        warnings=warnings_of(regime, on),
        claim="Counted of this encoding, on this day, with these sources. It says what the encoded "
        "texts guarantee, not what an officer does; a State may grant more.",
        seconds=time.perf_counter() - began,
    )


_NUMBERS = ("certain", "possible", "assumed")


def shown_rows(
    found: Mapping[Key, Count], fields: Sequence[str], min_cell: int, regime: Regime
) -> Iterator[CountRowModel]:
    """Rows with small numbers hidden, and enough beside them: in each of the three numbers."""
    out: set[Key] = set()
    for name in _NUMBERS:
        numbers = {key: int(getattr(one, name)) for key, one in found.items()}
        out |= hidden(numbers, min_cell)
        if "level" in fields and "article" not in fields:
            out |= between_levels(numbers, fields.index("level"), min_cell, out)
    for key, one in found.items():
        named = dict(zip(fields, key, strict=True))
        is_hidden = key in out
        yield CountRowModel(
            key=named,
            title=article_model(named["article"], regime).article if "article" in named else "",
            certain=None if is_hidden else one.certain,
            possible=None if is_hidden else one.possible,
            assumed=None if is_hidden else one.assumed,
            hidden=is_hidden,
        )


def _outside() -> Iterator[OutsideModel]:
    """People whom no host owes anything in these counts."""
    inside = sum(one.persons for one in displaced_inside())
    yield OutsideModel(
        who="displaced inside their own country",
        persons=inside,
        why="they crossed no border: outside every host's duty (UNHCR's own column)",
    )


def _used(counts: PeopleCounts) -> set[str]:
    """The sources of the people and of the danger at their origins."""
    return {SOURCE_ID, *(source for cell in counts.tables.cells for source in cell.sources)}


# ---- the map ----
BREAKS = (10_000.0, 50_000.0, 200_000.0, 1_000_000.0, 3_000_000.0)


def map_of(document: CountDocument) -> str:
    """The rows by host on the world map, under the set `ordinary`, as SVG."""
    values = {row.key["host"]: float(row.assumed or 0) for row in document.rows if not row.hidden}
    withheld = {row.key["host"]: Withheld.FEW for row in document.rows if row.hidden}
    return choropleth(
        {**values, **dict.fromkeys(withheld, 0.0)},
        breaks=BREAKS,
        title=document.means,
        description=f"World map of {document.means} by host, under the set ordinary.",
        unit="people",
        figure="count",
        dots=dots_of({row.key["host"] for row in document.rows}),
        withheld=withheld,
    )


def write_map(path: Path, svg: str) -> None:
    """Writes a map whole or not at all. Raises ComityError (E460)."""
    write_whole(path, svg)
