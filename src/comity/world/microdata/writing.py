"""Microdata as Parquet: one file a host, streamed through DuckDB, and a manifest at the end.

A file is written beside its name (`DEU.parquet.part`) and renamed when it is whole; the manifest
comes last. A run that is killed leaves no file that looks complete, and a rerun with the same
seed keeps the whole ones. Memory does not grow with the host: one block and one row group.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from comity.world.errors import MicrodataUnwritten, UnknownCountry
from comity.world.microdata import shares as stated
from comity.world.microdata.arrow import BlockStream
from comity.world.microdata.columns import COLUMNS, Column, Kind
from comity.world.microdata.drawn import BLOCK, blocks, hosts, people_in
from comity.world.microdata.hosts import READING
from comity.world.microdata.tables import KEPT_A_YEAR, TAIL_MONTHS
from comity.world.snapshot import packaged_snapshot

FORMAT = 1
MANIFEST = "manifest.json"
SYNTHETIC = (
    "Synthetic: no row is a person. Counts by host, origin, category and sex are those of the "
    "sources; all else is drawn from the distributions named here, many of them stated by this "
    "project and measured by nobody. A count of these rows by age, stay or status is no finding."
)

Progress = Callable[[str, int], None]
"""Called with a host and its rows whenever a file is whole."""


@dataclass(frozen=True, slots=True)
class HostFile:
    """A host's file: its name in the folder, rows and bytes."""

    host: str
    rows: int
    bytes: int

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.host}.parquet"


@cache
def fingerprint(facts: tuple[str, ...] = tuple(COLUMNS)) -> str:
    """SHA-256 of all that decides what a seed writes: columns, stated shares, snapshot, block.

    facts: the columns that are written; what they hold hangs on all the others too.
    """
    made = hashlib.sha256(f"{FORMAT} {BLOCK} {KEPT_A_YEAR} {TAIL_MONTHS} {facts}".encode())
    for column in COLUMNS.values():
        made.update(repr(column).encode())
    for name, thing in sorted(vars(stated).items()):
        if isinstance(thing, np.ndarray):
            made.update(name.encode() + thing.tobytes())
    made.update(json.dumps(packaged_snapshot().document["tables"], sort_keys=True).encode())
    return made.hexdigest()


def write_microdata(
    folder: Path,
    seed: int,
    *,
    only: Iterable[str] | None = None,
    facts: Iterable[str] | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> Mapping[str, HostFile]:
    """Write the people of hosts into a folder, a file each, then `manifest.json`.

    seed: not negative. only: ISO3 codes; None: every host, 304.0 million rows.
    facts: the columns of `COLUMNS` to write beside the host; None: all. The values do not change.
    processes: how many hosts are written at once; 1: in this process.
    Returns the files by host, sorted. Raises UnknownCountry for a host without people and KeyError
    for a fact without a column (nothing is written), MicrodataUnwritten if a file cannot be written
    or a host's file of another run stands in the folder, and as `population` does.
    """
    chosen = sorted(set(hosts() if only is None else only))
    unknown = sorted(set(chosen) - set(hosts()))
    if unknown:
        raise UnknownCountry(f"nobody of the stock of 2024 is counted in `{unknown[0]}`")
    kept = _facts(facts)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = sorted({path.stem for path in folder.glob("*.parquet")} - set(chosen))
        if strange:
            raise MicrodataUnwritten(
                f"`{strange[0]}.parquet` stands in the folder and is not of this run"
            )
        (folder / MANIFEST).unlink(missing_ok=True)
        for left in folder.glob("*.parquet.part"):
            left.unlink()
    except OSError as cause:
        raise MicrodataUnwritten(f"the folder cannot be written: {cause.strerror}") from cause
    largest_first = sorted(chosen, key=people_in, reverse=True)
    found: dict[str, HostFile] = {}
    for made in _made(folder, seed, largest_first, kept, processes):
        found[made.host] = made
        if progress is not None:
            progress(made.host, made.rows)
    files = {host: found[host] for host in chosen}
    _write_manifest(folder, seed, files, kept)
    return files


def _facts(asked: Iterable[str] | None) -> tuple[str, ...]:
    """The facts that are written, in the order of `COLUMNS`; the host is always one."""
    wanted = {"host", *(COLUMNS if asked is None else asked)}
    missing = sorted(wanted - COLUMNS.keys())
    if missing:
        raise KeyError(missing[0])
    return tuple(fact for fact in COLUMNS if fact in wanted)


def _made(
    folder: Path, seed: int, chosen: list[str], facts: tuple[str, ...], processes: int
) -> Iterable[HostFile]:
    if processes == 1 or len(chosen) == 1:
        yield from (write_host(folder, seed, host, facts) for host in chosen)
        return
    # spawned, not forked: an engine's threads do not survive a fork
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(write_host, folder, seed, host, facts) for host in chosen]
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            pool.shutdown(cancel_futures=True)


def write_host(
    folder: Path, seed: int, host: str, facts: tuple[str, ...] = tuple(COLUMNS)
) -> HostFile:
    """Write one host's file, or keep it if it is whole and of this seed and fingerprint.

    facts: the columns, the host among them, in the order of `COLUMNS`.
    Raises MicrodataUnwritten, UnknownCountry, and as `population` does.
    """
    import duckdb  # here, because it takes 0.1 s to import

    rows = people_in(host)
    target = folder / f"{host}.parquet"
    unfinished = folder / f"{host}.parquet.part"
    meaning = {"comity_seed": str(seed), "comity_fingerprint": fingerprint(facts)}
    # the host is one word for the whole file
    columns = tuple(COLUMNS[fact] for fact in facts if fact != "host")
    stream = BlockStream(columns, blocks(host, seed), worded=frozenset())
    try:
        with duckdb.connect() as engine:
            engine.execute("set threads = 1")
            if target.exists() and _is_whole(engine, target, rows, meaning):
                return HostFile(host, rows, target.stat().st_size)
            for column in columns:
                if column.labels:
                    engine.execute(f"create type {_type(column)} as enum ({_words(column)})")
            engine.register("people", stream)
            said = ", ".join(f"{key}: '{value}'" for key, value in meaning.items())
            engine.execute(
                f"copy (select {_selected(host, columns)} from people) to '{_quoted(unfinished)}' "
                "(format parquet, compression snappy, use_tmp_file false, write_bloom_filter false, "
                f"kv_metadata {{synthetic: '{_quoted(SYNTHETIC)}', {said}}})"
            )
        unfinished.replace(target)
        return HostFile(host, rows, target.stat().st_size)
    except (duckdb.Error, OSError) as cause:
        unfinished.unlink(missing_ok=True)
        if isinstance(stream.fault, Exception):
            raise stream.fault from cause
        raise MicrodataUnwritten(
            f"`{target.name}` could not be written: {_short(cause)}"
        ) from cause


def _short(cause: Exception) -> str:
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause).splitlines()[0]


def _is_whole(engine: Any, path: Path, rows: int, meaning: Mapping[str, str]) -> bool:
    """Whether a file that stands there was drawn from the same, to the last row."""
    import duckdb

    try:
        count = engine.execute(
            "select num_rows from parquet_file_metadata(?)", [path.as_posix()]
        ).fetchone()
        said = engine.execute(
            "select decode(key), decode(value) from parquet_kv_metadata(?)", [path.as_posix()]
        ).fetchall()
    except duckdb.Error:
        return False  # no Parquet file, or a torn one: it is written again
    return count == (rows,) and meaning.items() <= dict(said).items()


def _quoted(thing: object) -> str:
    return str(thing).replace("'", "''")


def _words(column: Column) -> str:
    return ", ".join(f"'{_quoted(word)}'" for word in column.labels)


def _type(column: Column) -> str:
    return f'"type of {column.fact}"'


def _selected(host: str, columns: Iterable[Column]) -> str:
    """The columns as SQL: codes become words of an enumeration, which Parquet keeps once."""
    parts = [f"'{host}' as host"]
    for column in columns:
        name = f'"{column.fact}"'
        parts.append(f"{_worded(column, name)} as {name}" if column.labels else name)
    return ", ".join(parts)


def _worded(column: Column, name: str) -> str:
    if column.kind in (Kind.COUNTRY, Kind.COUNTRIES):
        return _halved(column, name, 0, len(column.labels))
    lines = " ".join(
        f"when {code} then '{_quoted(word)}'::{_type(column)}"
        for code, word in enumerate(column.labels)
    )
    return f"case {name} {lines} end"


def _halved(column: Column, name: str, low: int, high: int) -> str:
    """A search by halves: people of one origin stand together, so that one side is empty."""
    if high - low == 1:
        return f"'{_quoted(column.labels[low])}'::{_type(column)}"
    middle = (low + high) // 2
    lower, upper = (_halved(column, name, *span) for span in ((low, middle), (middle, high)))
    found = f"case when {name} < {middle} then {lower} else {upper} end"
    return (
        found
        if high - low < len(column.labels)
        else f"case when {name} is not null then {found} end"
    )


def _write_manifest(
    folder: Path, seed: int, files: Mapping[str, HostFile], facts: tuple[str, ...]
) -> None:
    document = {
        "format": FORMAT,
        "synthetic": SYNTHETIC,
        "seed": seed,
        "fingerprint": fingerprint(facts),
        "danger_reading": READING.value,
        "assumptions": "ordinary",
        "rows": sum(one.rows for one in files.values()),
        "hosts": {
            host: {"file": one.name, "rows": one.rows, "bytes": one.bytes}
            for host, one in files.items()
        },
        "columns": [
            {
                "name": column.fact,
                "kind": column.kind.value,
                "words": list(column.labels) if len(column.labels) < 100 else "ISO 3166-1 alpha-3",
                "may_be_unknown": column.may_be_unknown,
                "sources": list(column.sources),
                "distribution": column.distribution,
            }
            for column in map(COLUMNS.__getitem__, facts)
        ],
        "sources": packaged_snapshot().document["sources"],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    unfinished = folder / f"{MANIFEST}.part"
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(folder / MANIFEST)
    except OSError as cause:
        raise MicrodataUnwritten(f"`{MANIFEST}`: {cause.strerror}") from cause
