"""Registers that tests make up: nobody in them lives or lived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from comity.agreement.many.columns import Column, ListedColumn, NumberColumn
from comity.agreement.values import Possible, Range
from comity.agreement.vocabulary import Vocabulary
from comity.api import library
from comity.count.engines.columns import Values
from comity.count.register.data import Data, Given
from comity.count.register.reading_map import read_map
from comity.count.register.register import Block, Register
from comity.count.register.report import Report
from comity.count.register.validation import blocks, validate

DAY = date(2024, 12, 31)


@cache
def vocabulary() -> Vocabulary:
    """The packaged words, read once a process."""
    return library.packaged().vocabulary


def written(folder: Path, *rows: str, name: str = "register.csv") -> Path:
    """A CSV file of some lines, the head first."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def as_parquet(columns: Mapping[str, Values], path: Path) -> Path:
    """Columns as a Parquet file."""
    with Data(columns) as data:
        data.engine.write_parquet("register", path)
    return path


def opened(given: Given, text: str) -> Register:
    """A register under a map's text."""
    return Register(given, read_map(text, vocabulary()), vocabulary(), threads=2)


def checked(given: Given, text: str, *, accept: Iterable[str] = ()) -> Report:
    """The report on a register."""
    with opened(given, text) as register:
        return validate(register, day=DAY, accept=tuple(accept))


def counted(
    given: Given, text: str, *, accept: Iterable[str] = (), size: int = 1_000_000
) -> list[Block]:
    """The blocks of a register."""
    with opened(given, text) as register:
        report = validate(register, day=DAY, accept=tuple(accept))
        return list(blocks(register, report, day=DAY, size=size))


def known(block: Block, key: str) -> list[Possible]:
    """What a block knows of a fact, row by row."""
    column: Column | None = block.table.columns.get(key)
    if column is None:
        return [block.table.shared[key]] * block.rows
    if isinstance(column, NumberColumn):
        ends = zip(column.low.tolist(), column.high.tolist(), strict=True)
        return [Range(low, high) for low, high in ends]
    assert isinstance(column, ListedColumn)
    return [column.values[code] for code in column.codes.tolist()]


def found(report: Report, *, in_order: bool = False) -> list[tuple[str, str, int, tuple[int, ...]]]:
    """The findings of a report, without their words. in_order: the facts of an axiom by name."""
    return [
        (
            one.code,
            ", ".join(sorted(one.fact.split(", "))) if in_order else one.fact,
            one.count,
            one.rows,
        )
        for one in report.findings
    ]
