"""Builds the packaged snapshot and the two lists of states, byte for byte the same each time.

Only files whose own entry in the mirror's `datapackage.json` says `redistribution: yes` are
read; any other is refused. Nothing here looks at a clock, and no path of a machine is written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.world import (
    tables,
    tables_admissions,
    tables_bilateral,
    tables_economy,
    tables_history,
    tables_people,
)
from comity.world.errors import RedistributionRefused, SourceUnreadable
from comity.world.parties import parties_document
from comity.world.sources import Redistribution, Source, Sources
from comity.world.states import states_document

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the snapshot: what it is called, from which source, how it is made."""

    name: str
    source_id: str
    columns: tuple[str, ...]
    make: Callable[[Path], tables.Rows]


TABLES = (
    Table(
        "admissions_permanent",
        "oecd_imd_permanent",
        ("host", "year", *tables_admissions.PERMANENT),
        tables_admissions.permanent,
    ),
    Table(
        "admissions_temporary",
        "oecd_imd_temporary",
        ("host", "year", *tables_admissions.TEMPORARY),
        tables_admissions.temporary,
    ),
    Table(
        "age_structure",
        "un_wpp_age_2024",
        ("iso3", "sex", *(str(age) for age in tables_people.FIVE_YEAR_GROUPS)),
        tables_people.age_structure,
    ),
    Table("bilateral_coded", "bla_provisions", tables_bilateral.CODED, tables_bilateral.coded),
    Table("bilateral_formed", "bla_formation", tables_bilateral.FORMED, tables_bilateral.formed),
    Table(
        "conflict",
        "ucdp_prio_acd",
        ("iso3", "last_year", "intensity", "type", "conflict_ids"),
        tables.conflict,
    ),
    Table(
        "conflict_years",
        "ucdp_prio_acd",
        ("iso3", "year", "intensity", "conflict_ids"),
        tables_history.conflict_years,
    ),
    Table(
        "countries",
        "countries",
        (
            "iso3",
            "iso2",
            "m49",
            "name",
            "region",
            "subregion",
            "un_member",
            "ldc",
            "lldc",
            "sids",
            "latitude",
            "longitude",
            "coordinates_from",
        ),
        tables.country_table,
    ),
    Table(
        "decisions",
        "unhcr_asylum_decisions",
        ("origin", "host", "level", "unit", "recognized", "other", "rejected", "closed"),
        tables.decisions,
    ),
    Table(
        "demographics",
        "unhcr_demographics",
        ("origin", "host", "kind", *tables_people.DEMOGRAPHIC_COLUMNS, "total"),
        tables_people.demographics,
    ),
    Table(
        "economy",
        "world_bank_wdi",
        ("iso3", "year", "population", "gdp_usd"),
        tables_economy.economy,
    ),
    Table(
        "immigrants",
        "wdr_2023_education",
        ("host", "sex", "0_14", "15", "tertiary"),
        tables_people.immigrants,
    ),
    Table("stock", "un_desa_stock_2024", ("origin", "host", "female", "male"), tables.stock),
    Table(
        "stock_data_type",
        "un_desa_data_type_2024",
        ("host", "by_birth", "by_citizenship", "refugees_added", "imputed"),
        tables.data_type,
    ),
    Table(
        "stock_ended",
        "un_desa_stock_2024",
        ("origin", "host", *(str(year) for year in tables_people.ROUNDS)),
        tables_history.stock_ended,
    ),
    Table(
        "stock_past",
        "world_bank_gbmd",
        ("origin", "host", *(str(year) for year in tables_history.PAST_ROUNDS)),
        tables_history.stock_past,
    ),
    Table(
        "stock_past_hosts",
        "world_bank_gbmd",
        (
            "host",
            *(str(y) for y in (*tables_history.PAST_ROUNDS, *tables_history.OVERLAP_ROUNDS)),
        ),
        tables_history.stock_past_hosts,
    ),
    Table(
        "stock_rounds",
        "un_desa_stock_2024",
        ("origin", "host", *(str(year) for year in tables_people.ROUNDS)),
        tables_people.stock_rounds,
    ),
    Table("stock_totals", "un_desa_stock_2024", ("year", "persons"), tables_history.stock_totals),
    Table("unhcr", "unhcr_population", ("origin", "host", *tables.UNHCR_COLUMNS), tables.unhcr),
    Table(
        "unhcr_totals",
        "unhcr_population",
        ("year", *tables.UNHCR_COLUMNS),
        tables.unhcr_totals,
    ),
    Table(
        "unhcr_year_totals",
        "unhcr_population",
        ("year", *tables_history.UNHCR_KINDS),
        tables_history.unhcr_year_totals,
    ),
    Table(
        "unhcr_years",
        "unhcr_population",
        ("origin", "host", "kind", "first_year", "persons"),
        tables_history.unhcr_years,
    ),
)


def redistribution_of(sources: Sources, source: Source) -> Redistribution:
    """What the mirror's own `datapackage.json` says of a source's file.

    Raises RedistributionRefused if it has no entry for it, SourceUnreadable without a mirror.
    """
    if sources.mirror is None:
        raise SourceUnreadable("there is no mirror, so nothing can be built")
    try:
        text = (sources.mirror / "datapackage.json").read_text(encoding="utf-8")
        entries = {entry["path"]: entry for entry in json.loads(text)["resources"]}
    except (OSError, ValueError, KeyError) as cause:
        raise SourceUnreadable("the mirror's `datapackage.json` cannot be read") from cause
    if source.mirror_path not in entries:
        raise RedistributionRefused(f"`{source.mirror_path}` has no entry in datapackage.json")
    return Redistribution(entries[source.mirror_path]["redistribution"])


def shippable_path(sources: Sources, source_id: str) -> Path:
    """The checked mirror copy of a source that may be passed on.

    Raises RedistributionRefused unless both the record and the mirror's entry say yes, and what
    `Sources.path` raises.
    """
    source = sources.record(source_id)
    for where, said in (
        ("its record", source.redistribution),
        ("datapackage.json", redistribution_of(sources, source)),
    ):
        if said is not Redistribution.YES:
            raise RedistributionRefused(f"`{source_id}`: {where} says redistribution `{said}`")
    return sources.path(source_id)


def _csv_bytes(columns: tuple[str, ...], rows: tables.Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _attribution(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "citation": source.citation,
        "landing_page": source.landing_page,
        "version": source.version,
        "accessed": source.accessed,
        "licence": {"name": source.licence.name, "address": source.licence.address},
        "redistribution": source.redistribution.value,
        "file": source.mirror_path,
        "sha256": source.sha256,
        "defects": [defect.id for defect in source.defects],
    }


def build_snapshot(sources: Sources, folder: Path) -> tuple[Path, ...]:
    """Write the tables and `snapshot.json` into a folder; returns the files, sorted by name.

    sources: with a mirror that holds every file of `TABLES`.
    Raises RedistributionRefused, SourceDiffers, SourceUnreadable, InputUnexpected; nothing is
    written unless every table could be made.
    """
    made: dict[str, bytes] = {}
    described: dict[str, Any] = {}
    for table in TABLES:
        path = shippable_path(sources, table.source_id)
        rows = table.make(path)
        raw = _csv_bytes(table.columns, rows)
        made[f"{table.name}.csv"] = raw
        described[table.name] = {
            "source": table.source_id,
            "columns": list(table.columns),
            "rows": len(rows),
            "bytes": len(raw),
            "sha256": hashlib.sha256(raw).hexdigest(),
        }
    document = {
        "format": FORMAT,
        "built_by": "comity.world.build.build_snapshot",
        "changes": "selected, summed and re-coded from the sources; see comity.world.tables",
        "tables": described,
        "sources": {
            source_id: _attribution(sources.record(source_id))
            for source_id in sorted({table.source_id for table in TABLES})
        },
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    made["snapshot.json"] = text.encode("utf-8")
    return _written(made, folder)


def build_instrument_lists(sources: Sources, folder: Path) -> tuple[Path, ...]:
    """Write `parties.md` and `states.md` into a folder; returns the two files.

    Raises what `shippable_path` raises; nothing is written unless both could be made.
    """
    spells = shippable_path(sources, "regime_spells")
    deposits = shippable_path(sources, "un_treaty_status_2015")
    named = shippable_path(sources, "countries")
    made = {
        "parties.md": parties_document(spells, deposits).encode("utf-8"),
        "states.md": states_document(tables.country_table(named)).encode("utf-8"),
    }
    return _written(made, folder)


def _written(made: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, raw in made.items():
            (folder / name).write_bytes(raw)
    except OSError as cause:
        raise SourceUnreadable(f"the folder cannot be written: {cause.strerror}") from cause
    return tuple(folder / name for name in sorted(made))
