"""Files of data before an engine reads them: whole, of their kind, with the declared columns.

Engines differ in what they forgive. One passes over an empty file of a folder without a word, one
guesses at a text in another code, one takes a quote that is never closed for the rest of the file. So
a file is looked at here first, in the same way for all.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Mapping
from pathlib import Path

from comity.count.engines.columns import Kind
from comity.count.engines.faults import (
    FileDamaged,
    FileNotReadHere,
    NoSuchTable,
    WrongType,
    in_one_line,
)


def kind_of_file(path: Path) -> str:
    """`parquet` or `csv`; a folder holds Parquet.

    Raises E479 for what is not there or is neither, E473 for Parquet without its beginning or end:
    an engine may pass over an empty file without a word, and people would be missing.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.parquet"))
        if not files:
            raise FileNotReadHere(f"the folder `{path.name}` holds no .parquet file")
        for file in files:
            _refuse_damaged(file)
        return "parquet"
    if not path.is_file():
        raise FileNotReadHere(f"there is no file `{path.name}`")
    kind = path.suffix.casefold().lstrip(".")
    if kind not in ("parquet", "csv"):
        raise FileNotReadHere(f"`{path.name}` is neither .parquet nor .csv")
    if kind == "parquet":
        _refuse_damaged(path)
    else:
        _refuse_other_texts(path)
    return kind


def _refuse_other_texts(path: Path) -> None:
    """A CSV file is UTF-8 throughout and closes its quotes: one engine would stop, one guess on."""
    if path.stat().st_size == 0:
        raise FileDamaged(f"`{path.name}` is empty")
    decoder, before, marks = codecs.getincrementaldecoder("utf-8")(), 0, 0
    with path.open("rb") as file:
        while True:
            part = file.read(1 << 20)
            try:
                text = decoder.decode(part, final=not part)
            except UnicodeDecodeError as error:
                raise FileDamaged(
                    f"`{path.name}` is not UTF-8 at byte {before + error.start + 1}",
                    suggestion="export it again as `CSV UTF-8`",
                ) from None
            if "\0" in text:
                raise FileDamaged(f"`{path.name}` is no text: it holds the character NUL")
            marks += text.count('"')
            if not part:
                break
            before += len(part)
    if marks % 2:
        raise FileDamaged(f"in `{path.name}` a quotation mark is opened and never closed")


def _head_of_csv(path: Path, delimiter: str) -> tuple[str, ...]:
    """The names in the first line of a CSV file. Raises E473 where two are the same."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter), [])
    if twice := [name for name in names if names.count(name) > 1]:
        raise FileDamaged(f"`{path.name}` has two columns `{twice[0]}`")
    return tuple(names)


_MARK = b"PAR1"


def _refuse_damaged(path: Path) -> None:
    """Parquet begins and ends with its mark; before the last one stands the length of the footer."""
    with path.open("rb") as file:
        first = file.read(4)
        size = file.seek(0, 2)
        file.seek(max(0, size - 8))
        last = file.read(8)
    whole = first == _MARK and last[4:] == _MARK and size >= 12
    if not whole or int.from_bytes(last[:4], "little") > size - 12:
        raise FileDamaged(f"`{path.name}` is no whole Parquet file: {size} bytes are there")


_FAMILY: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOOLEAN: ("BOOLEAN",),
    Kind.SMALLINT: ("UTINYINT", "TINYINT", "SMALLINT"),
    Kind.INTEGER: ("UTINYINT", "TINYINT", "USMALLINT", "SMALLINT", "INTEGER"),
    Kind.BIGINT: ("UTINYINT", "TINYINT", "USMALLINT", "SMALLINT", "UINTEGER", "INTEGER", "BIGINT"),
    Kind.DOUBLE: ("FLOAT", "DOUBLE"),
    Kind.TEXT: ("VARCHAR",),
    Kind.DATE: ("DATE",),
}
"""Types of a Parquet column, in DuckDB's words, that become the declared one without any loss."""


def refuse_other_columns(path: Path, types: Mapping[str, Kind]) -> None:
    """Every Parquet file has every declared column, of a type that fits, the same in all.

    Raises E473, E474, E476. The files' own descriptions are read, by DuckDB, and none of their rows.
    """
    import duckdb

    before: dict[str, str] = {}
    with duckdb.connect(config={"autoload_known_extensions": False}) as connection:
        for file in sorted(path.rglob("*.parquet")) if path.is_dir() else [path]:
            try:
                described = connection.execute(
                    "DESCRIBE SELECT * FROM read_parquet($file)", {"file": str(file)}
                ).fetchall()
            except duckdb.Error as error:
                raise FileDamaged(f"cannot read `{file.name}`: {in_one_line(error)}") from None
            there = {str(row[0]): str(row[1]) for row in described}
            for column, kind in types.items():
                where = f"column `{column}` of `{file.name}`"
                if column not in there:
                    raise NoSuchTable(f"`{file.name}` has no column `{column}`")
                if there[column] not in _FAMILY[kind]:
                    raise WrongType(f"{where} is declared {kind} and holds {there[column]}")
                if before.setdefault(column, there[column]) != there[column]:
                    raise WrongType(
                        f"{where} holds {there[column]}, and {before[column]} elsewhere"
                    )


def refuse_other_head(path: Path, types: Mapping[str, Kind], delimiter: str) -> tuple[str, ...]:
    """The columns of a CSV file, every declared one among them. Raises E473, E476."""
    head = _head_of_csv(path, delimiter)
    for column in types:
        if column not in head:
            raise NoSuchTable(f"`{path.name}` has no column `{column}`")
    return head
