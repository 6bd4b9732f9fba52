"""Part of `benchmarks.count`: the query that travels, in DuckDB and in Spark on the same two cores.

comity's own SQL for the twenty rules (counts by right and level, surely and possibly, small numbers
hidden) over one Parquet file in the documented input schema, asked by comity's own engines. Each is a
process that takes its turns; Spark's time and memory are those of its Java process as well. Starting
Spark is not in its turns.

Run by the benchmark: `python -m benchmarks.count_databases ENGINE FILE`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import count_law
from benchmarks.count_serving import Engine as Process
from benchmarks.count_serving import Sums, peak_here, serve
from benchmarks.harness import Contestant, Measurement, Sample, alternate, machine, ratios

ENGINES = {"duckdb": "DuckDB, two threads", "spark": "Spark, local[2]"}
CHUNK = 1_000_000
TICK = 100
"""Parts of a second in which Linux counts a process's time."""


def write_persons(path: Path, size: int) -> None:
    """The population of the twenty rules as Parquet, in the words of the input schema."""
    import duckdb

    vocabulary = count_law.regime().vocabulary
    chosen = []
    for field in count_law.FIELDS:
        if field in count_law.LEVELS:
            kind: Any = vocabulary.facts[field].type
            chosen.append(_worded(field, kind.scale.levels))
        elif field == "ground":
            chosen.append(_worded(field, count_law.GROUNDS))
        elif field in ("origin", "transit"):
            chosen.append(_worded(field, count_law.countries()))
        elif field in count_law.YES_NO:
            chosen.append(f"{field} = 1 as {field}")
        else:
            chosen.append(f"{field}::integer as {field}")
    connection = duckdb.connect(config={"threads": 1})
    for start in range(0, size, CHUNK):
        given = count_law.population(min(CHUNK, size - start), seed=1 + start // CHUNK)
        connection.register("given", given)
        how = "insert into persons" if start else "create table persons as"
        connection.execute(
            f"{how} select '{count_law.HOST}' as host, {', '.join(chosen)} from given"
        )
        connection.unregister("given")
    connection.execute(f"copy persons to '{path}' (format parquet)")
    connection.close()


def _worded(field: str, words: Sequence[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"list_extract([{listed}], {field} + 1) as {field}"


# ---- an engine ----
def asked(dialect: str) -> tuple[str, Any]:
    """The query in a dialect, and the types of the columns that it reads."""
    from comity.agreement.many.evaluator import Evaluator
    from comity.count.sql.query import Request, make_query
    from comity.count.sql.schema import schema_of

    evaluator = Evaluator(count_law.regime(), count_law.TODAY)
    schema = schema_of(evaluator)
    query = make_query(evaluator, Request(columns=schema.plain), dialect)
    return query.text, schema.types(query.reads)


def take_turns(name: str, path: Path) -> None:
    """Attach the file and answer the query as often as asked."""
    from comity.count.engines.duck import DuckDB
    from comity.count.engines.spark import Spark

    engine = DuckDB(threads=2) if name == "duckdb" else Spark(master="local[2]")
    text, types = asked(name)
    with engine:
        engine.attach("persons", path, types)

        def sums(found: Any) -> Sums:
            names, rows = found
            certain, possible = (names.index(column) for column in ("certain", "possible"))
            return (
                sum(row[certain] or 0 for row in rows),
                sum(row[possible] or 0 for row in rows),
            )

        def run() -> Any:
            return engine.rows(text)

        run()
        if name == "duckdb":
            serve(run, sums, lambda: None)
        else:
            java = java_of(engine)
            serve(
                run,
                sums,
                lambda: None,
                clock=lambda: time.process_time() + seconds_of(java),
                peak=lambda: peak_here() + peak_of(java),
            )


def java_of(engine: Any) -> int:
    """The process in which Spark works."""
    return int(engine.session.sparkContext._jvm.java.lang.ProcessHandle.current().pid())


def seconds_of(process: int) -> float:
    """Seconds of processor of another process, user and system."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def peak_of(process: int) -> float:
    """The highest memory of another process, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


# ---- the table ----
def missing(name: str) -> str:
    """Why an engine cannot be had here; empty if it can."""
    if name != "spark":
        return ""
    if find_spec("pyspark") is None:
        return "pyspark is not installed"
    return "" if which("java") else "Java is not installed"


def compare(
    rows: int, rounds: int, names: Sequence[str] = tuple(ENGINES)
) -> tuple[tuple[Measurement, ...], set[Sums]]:
    """The engines in alternation on one file, and what they answered."""
    sums: set[Sums] = set()
    root = Path(__file__).parent.parent
    with TemporaryDirectory() as made, ExitStack() as open_engines:
        path = Path(made) / "persons.parquet"
        write_persons(path, rows)
        contestants = []
        for name in names:
            if missing(name):
                continue
            argv = [sys.executable, "-m", "benchmarks.count_databases", name, str(path)]
            process = Process(name, argv, cwd=root)
            open_engines.callback(process.close)
            contestants.append(_contestant(process, sums))
        return alternate(contestants, rounds=rounds), sums


def _contestant(process: Process, sums: set[Sums]) -> Contestant:
    def run() -> Sample:
        said = process.turn()
        sums.add((int(said["sums"][0]), int(said["sums"][1])))
        return Sample(said["wall"], said["cpu"], said["peak_mb"])

    return Contestant(ENGINES[process.name], run)


def databases_section(rows: int, rounds: int) -> tuple[str, bool]:
    """The comparison as a Markdown section, and whether both engines answer the same."""
    from benchmarks.harness import Spread

    measured, sums = compare(rows, rounds)
    lines = [
        f"## Count, the query in DuckDB and in Spark, {rows:,} persons",
        "",
        f"{machine()}. The twenty rules as comity's own SQL over one Parquet file, two cores each; {rounds} "
        "rounds in alternation after 1 dropped; median (least to most). Spark is running before; its "
        "time and memory are those of its Java process as well.",
        "",
        "| engine | wall, s | processor, s | million persons a second | peak memory, MB |",
        "|---|---|---|---|---|",
    ]
    for one in measured:
        wall, cpu = (Spread.of([getattr(s, part) for s in one.samples]) for part in ("wall", "cpu"))
        peak = max(sample.peak_mb for sample in one.samples)
        lines.append(
            f"| {one.name} | {wall} | {cpu} | {rows / wall.median / 1e6:.2f} | {peak:.0f} |"
        )
    for name, title in ENGINES.items():
        if why := missing(name):
            lines.append(f"| {title} | **not run**: {why} | | | |")
    same = len(sums) == 1
    lines += ["", f"Both give {'the same counts' if same else '**NOT the same counts**'}."]
    if len(measured) == 2:
        spark, duck = measured[1], measured[0]
        lines += ["", f"{spark.name} / {duck.name}: {ratios(spark, duck)} times the wall time."]
    return "\n".join(lines) + "\n", same


if __name__ == "__main__":
    take_turns(sys.argv[1], Path(sys.argv[2]))
