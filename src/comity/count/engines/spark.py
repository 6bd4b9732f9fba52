"""Spark, by a session: for data that one machine does not hold.

The engine takes a session of its own within the context that it is given: its views and settings are
seen by nobody else and end with it. Arithmetic is ANSI's, so that an overflow stops the query as it
does elsewhere.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from comity.count.engines.columns import (
    WRITTEN,
    Column,
    Kind,
    Values,
    complaint,
    plain_columns,
)
from comity.count.engines.duck import DuckDB
from comity.count.engines.engine import (
    ROWS,
    Block,
    Progress,
    Row,
    with_whole_numbers,
)
from comity.count.engines.faults import (
    EngineError,
    EngineLost,
    EngineMissing,
    EngineUnreachable,
    FileDamaged,
    NoRoom,
    NoSuchTable,
    QueryRefused,
    QueryStopped,
    WrongType,
    about_a_value,
    in_one_line,
)
from comity.count.engines.files import kind_of_file, refuse_other_columns, refuse_other_head

_TYPE: Mapping[Kind, str] = {kind: str(kind) for kind in Kind} | {
    Kind.INTEGER: "int",
    Kind.TEXT: "string",
}
_OWN_SESSION: Mapping[str, str] = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    # or a row with too few fields is not noticed by a query that needs none of the lost ones
    "spark.sql.csv.parser.columnPruning.enabled": "false",
}
_OF_THIS_MACHINE: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}
"""For a context that runs on this machine: no page, and no port but to this machine."""

_LOST = (
    "SparkContext was shut down",
    "stopped SparkContext",
    "JAVA_GATEWAY",
    "Answer from Java side",
)


_EMPTY = "\0quoted and empty"
"""What Spark is told to read for `""`, which it would otherwise take for unknown as well."""


_CSV: Mapping[str, Any] = {
    "header": True,
    "inferSchema": False,
    "quote": '"',
    "escape": '"',
    "nullValue": "",
    "emptyValue": _EMPTY,
    "multiLine": True,
    "encoding": "UTF-8",
    "mode": "FAILFAST",
}


class Spark:
    """A session with Spark. Keeps to the protocol Engine.

    session: a SparkSession of the user's; it is left as it was. Without one, a context is started:
    master is where (`local[2]` is two cores of this machine). Needs Java 17 or later.
    """

    dialect = "spark"

    def __init__(
        self,
        session: Any = None,
        *,
        master: str = "local[*]",
        settings: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        try:
            pyspark = import_module("pyspark")
        except ImportError:
            raise EngineMissing('Spark is not installed: pip install "comity[spark]"') from None
        # pyspark logs every failed query, the values of its data included, to standard error
        logging.getLogger("SQLQueryContextLogger").disabled = True
        self.progress = progress
        self._folders: list[Path] = []
        self._views: list[str] = []
        self._closed = False
        # a context that is there already is somebody's: it is used, and left as it was
        self._started = session is None and pyspark.SparkContext._active_spark_context is None
        parent = _started(master, settings or {}) if session is None else session
        self._parent = parent
        with _mapped():
            self._session = parent.newSession()
            for setting, value in _OWN_SESSION.items():
                self._session.conf.set(setting, value)

    def load(self, name: str, columns: Mapping[str, Values], types: Mapping[str, Kind]) -> None:
        """A view of the columns: by a file in the context's own folder where Spark runs on this
        machine, else row by row (which is slow: on a cluster, attach Parquet)."""
        plain = plain_columns(name, columns, types)
        folder = self._folder()
        with _mapped():
            if folder is not None:
                path = folder / "table.parquet"
                with DuckDB() as writer:
                    writer.load(name, columns, types)
                    writer.write_parquet(name, path)
                frame = self._session.read.parquet(path.as_uri())
            else:
                schema = ", ".join(f"{_quoted(c.name)} {_TYPE[c.kind]}" for c in plain)
                values = [_objects(column) for column in plain]
                frame = self._session.createDataFrame(list(zip(*values, strict=True)), schema)
            self._named(name, frame)
        if self.progress is not None:
            self.progress(f"loading {name}", len(plain[0]), len(plain[0]))

    @property
    def session(self) -> Any:
        """The SparkSession in which queries are asked."""
        return self._session

    def _folder(self) -> Path | None:
        """A private folder that Spark itself deletes when it ends, even if this process is killed."""
        context = getattr(self._session, "sparkContext", None)
        if context is None or not str(context.master).startswith("local"):
            return None
        folder = Path(tempfile.mkdtemp(prefix="comity-", dir=context._temp_dir))
        self._folders.append(folder)
        return folder

    def attach(
        self, name: str, path: Path, types: Mapping[str, Kind], *, delimiter: str = ","
    ) -> None:
        """A view over the file or the folder, which every worker must be able to see."""
        functions = import_module("pyspark.sql.functions")
        is_text = kind_of_file(path) == "csv"
        if is_text:
            refuse_other_head(path, types, delimiter)
        else:
            refuse_other_columns(path, types)
        place = path.absolute().as_uri()
        with _mapped(path.name):
            if is_text:
                frame = self._session.read.csv(place, sep=delimiter, **_CSV)
            else:
                frame = self._session.read.option("recursiveFileLookup", "true").parquet(place)
            chosen = []
            for column, kind in types.items():
                value = functions.col(_quoted(column))
                if is_text:
                    value = _read(functions, value, column, kind)
                chosen.append(value.cast(_TYPE[kind]).alias(column))
            self._named(name, frame.select(*chosen))

    def _named(self, name: str, frame: Any) -> None:
        frame.createOrReplaceTempView(_quoted(name))
        self._views.append(name)

    def rows(self, sql: str) -> tuple[tuple[str, ...], list[Row]]:
        """The names of the answer's columns, and all its rows."""
        with self._asked(sql) as frame:
            return tuple(frame.columns), with_whole_numbers(
                [tuple(row) for row in frame.collect()], _decimals(frame)
            )

    def stream(self, sql: str, *, size: int = ROWS) -> Iterator[Block]:
        """The answer in blocks; a partition at a time is held here."""
        with self._asked(sql) as frame:
            names, decimals = tuple(frame.columns), _decimals(frame)
            incoming = frame.toLocalIterator()
            done, first = 0, True
            while True:
                rows = [tuple(row) for row in islice(incoming, size)]
                if not rows and not first:
                    return
                yield Block(names, with_whole_numbers(rows, decimals))
                done, first = done + len(rows), False
                if self.progress is not None:
                    self.progress("reading", done, None)

    @contextmanager
    def _asked(self, sql: str) -> Iterator[Any]:
        """The query as a frame; whoever gives up on it (Ctrl-C) stops its jobs."""
        tag = f"comity-{uuid4()}"
        with _mapped():
            self._session.addTag(tag)
            try:
                yield self._session.sql(sql)
            except BaseException:
                with _quietly():
                    self._session.interruptTag(tag)
                raise
            finally:
                with _quietly():
                    self._session.removeTag(tag)

    def close(self) -> None:
        """Drops what was handed over; ends the context if this engine started it."""
        if self._closed:
            return
        self._closed = True
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        with _quietly():
            if self._started:
                self._parent.stop()
            else:
                for view in self._views:
                    self._session.sql(f"DROP VIEW IF EXISTS {_quoted(view)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _started(master: str, settings: Mapping[str, str]) -> Any:
    """A Spark context of our own. Raises E470 without Java, E471 where no cluster answers."""
    java = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (java and (Path(java) / "bin" / "java").exists()):
        raise EngineMissing(
            "Spark needs Java 17 or later: install a JRE, such as openjdk-17-jre-headless"
        )
    given = {"spark.app.name": "comity"}
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        given |= _OF_THIS_MACHINE
    builder = import_module("pyspark.sql").SparkSession.builder.master(master)
    for setting, value in {**given, **settings}.items():
        builder = builder.config(setting, value)
    try:
        session = builder.getOrCreate()
        # a log could hold values of somebody's register; errors come back as exceptions
        session.sparkContext.setLogLevel("OFF")
    except Exception as error:
        raise EngineUnreachable(f"Spark at `{master}`: {in_one_line(error)}") from None
    return session


def _quoted(name: str) -> str:
    """A name as Spark's SQL writes it; a dot in it is part of the name."""
    doubled = name.replace("`", "``")
    return f"`{doubled}`"


_EPOCH = date(1970, 1, 1)


def _objects(column: Column) -> list[Any]:
    """A column as Python's own objects, None where nothing is known."""
    values: list[Any] = column.values.tolist()
    if column.kind is Kind.DATE:
        values = [_EPOCH + timedelta(days=value) for value in values]
    if column.missing is None:
        return values
    return [None if m else v for v, m in zip(values, column.missing, strict=True)]


def _read(functions: Any, value: Any, column: str, kind: Kind) -> Any:
    """A CSV field as its declared type, or an error that names the column and not the value."""
    if kind is Kind.TEXT:
        return functions.when(value == _EMPTY, functions.lit("")).otherwise(value)
    fits = value.rlike(rf"\A(?:{WRITTEN[kind]})\z") & value.try_cast(_TYPE[kind]).isNotNull()
    refused = functions.raise_error(functions.lit(complaint(column, kind)))
    return (
        functions.when(value.isNull(), functions.lit(None))
        .when(fits, value.try_cast(_TYPE[kind]))
        .otherwise(refused)
    )


def _decimals(frame: Any) -> list[int]:
    fields = enumerate(frame.schema.fields)
    return [at for at, field in fields if field.dataType.simpleString().startswith("decimal")]


@contextmanager
def _quietly() -> Iterator[None]:
    """For tidying up after an error: a second error must not hide the first."""
    try:
        yield
    except Exception as error:
        logging.getLogger(__name__).debug("Spark, while tidying up: %s", type(error).__name__)


@contextmanager
def _mapped(file: str = "") -> Iterator[None]:
    """Turns the errors of Spark, of its bridge and of its Java into coded ones."""
    errors = import_module("pyspark.errors")
    bridge = import_module("py4j.protocol")
    try:
        yield
    except (errors.PySparkException, bridge.Py4JError, ConnectionError) as error:
        raise _fault(error, file) from None


def _fault(error: Exception, file: str) -> EngineError:
    bridge = import_module("py4j.protocol")
    asked = getattr(error, "getCondition", None)
    condition = str(asked() or "") if asked is not None else ""
    asked = getattr(error, "getSqlState", None)
    state = str(asked() or "") if asked is not None else ""
    whole = str(error)
    said = f"Spark: {in_one_line(whole)}"
    if isinstance(error, bridge.Py4JNetworkError | ConnectionError) or _holds(whole, _LOST):
        return EngineLost("Spark went away in the middle of a query")
    if _holds(whole, ("No space left on device", "OutOfMemoryError", "Not enough memory")):
        return NoRoom("Spark has no room left, on disk or in memory")
    if _holds(whole, ("cancelled", "canceled", "OPERATION_CANCELED")):
        return QueryStopped("Spark: the query was cancelled")
    if "holds something else" in whole and "is declared" in whole:
        at = whole.index("column `")
        return WrongType(
            whole[at : whole.index("holds something else", at)] + "holds something else"
        )
    if _holds(whole, ("FAILED_READ_FILE", "MALFORMED_CSV", "MALFORMED_RECORD")) or file:
        return FileDamaged(
            f"Spark cannot read `{file}`" if file else "Spark cannot read a file of the data"
        )
    if state in ("42P01", "42703"):
        return NoSuchTable(said)
    if state.startswith("22"):
        return about_a_value("Spark", state)
    if state in ("42K09", "42846") or condition.startswith("DATATYPE_MISMATCH"):
        return WrongType(said)
    return QueryRefused(said)


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
