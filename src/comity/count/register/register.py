"""A register, read by its map: blocks of records that the evaluator takes, their weights and groups.

Memory does not grow with the rows: a block is read, handed on and forgotten. A register is checked
before its first block is handed on, and nothing of it is left out: what is at fault stops the count,
or is accepted by name and then counts as unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.columns import ListedColumn, Table
from comity.agreement.values import Options, Possible
from comity.agreement.vocabulary import NumberType, Vocabulary
from comity.count.register.arrow_reading import Arrays
from comity.count.register.columns import (
    Bools,
    CodesReader,
    Days,
    NumberReader,
    OnDayReader,
    Reader,
    TimeReader,
    Told,
)
from comity.count.register.data import Data, Given
from comity.count.register.faults import BadWeight, HostMissing, MapPersonal
from comity.count.register.impossible import blanked
from comity.count.register.nationalities import NationalitiesReader
from comity.count.register.schema import (
    MOST_GROUPS,
    Codes,
    Nationalities,
    Number,
    OnDay,
    Same,
    SchemaMap,
    Since,
    Source,
)
from comity.count.register.slots import NO_CODE, Slots, word_of
from comity.count.register.words import shown

MOST_ROWS, MOST_VALUES = 1 << 18, 1 << 23
"""Of a block, unless another size is asked for: fewer rows where the map names many columns."""

Weights: TypeAlias = NDArray[np.int64] | NDArray[np.float64]
Group: TypeAlias = tuple[NDArray[np.int32], tuple[str, ...]]
"""One column that people are counted by: the place of each row's name, and the names."""


@dataclass(frozen=True, eq=False)
class Block:
    """Some rows of a register, in its order.

    first: number of the first row, counted from 1 after any header. weights: persons that each row
    stands for, shape (rows,), int64 where all are whole. groups: by column.
    """

    first: int
    table: Table
    weights: Weights
    groups: Mapping[str, Group]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.table.size


class Register:
    """The rows of a user's own data as records. Use as a context.

    given: a Parquet or CSV file, a folder of Parquet, numpy columns by name, or whatever offers an
    Arrow stream. memory: the embedded database's limit, such as `2GB`; threads: None takes all cores.
    Raises RegisterError (E482, E483) where map and data do not fit, EngineError (E473 to E479) where
    the data cannot be read. Nothing is sent anywhere, and nothing is written.
    """

    def __init__(
        self,
        given: Given,
        schema: SchemaMap,
        vocabulary: Vocabulary,
        *,
        memory: str | None = None,
        threads: int | None = None,
    ) -> None:
        self.schema, self.vocabulary = schema, vocabulary
        self.data = Data(given, delimiter=schema.delimiter, memory=memory, threads=threads)
        try:
            self._prepare()
        except BaseException:
            self.data.close()
            raise

    def _prepare(self) -> None:
        schema = self.schema
        for name in schema.columns:
            Slots(self.data, schema.lines, schema.file).column(name)
        self.slots = Slots(self.data, schema.lines, schema.file)
        self.shared: dict[str, Possible] = {}
        self.readers: list[Reader] = []
        for key, source in schema.facts.items():
            if isinstance(source, Same):
                self.shared[key] = source.known
            else:
                self.readers.append(self._reader(key, source))
        self.readers += self._derived()
        self._weight = self.slots.weight(schema.weight) if schema.weight else ""
        self._groups = {name: self._group(name) for name in schema.groups}
        self.identity = self.slots.identity(schema.id) if schema.id else None
        self.are_whole = True

    def _reader(self, key: str, source: Source) -> Reader:
        match source:
            case Codes():
                return CodesReader(key, source, self.vocabulary, self.slots)
            case Number():
                return NumberReader(key, source, self.vocabulary, self.slots)
            case Nationalities():
                given = self.schema.keys
                return NationalitiesReader(key, source, self.vocabulary, self.slots, given)
            case OnDay():
                return OnDayReader(key, source, self.slots)
            case Since(start):
                kind = self._number(key)
                days = Days(key, start, self.schema.day, self.slots)
                return TimeReader(key, kind.unit, kind.high, self._day, days)
        raise AssertionError(f"`{key}` has no column")

    def _derived(self) -> Iterator[Reader]:
        days = {
            name: Days(f"event {name}", dated, self.schema.day, self.slots)
            for name, dated in self.schema.events.items()
        }
        for key, counter in self.schema.derived.items():
            second = days[counter.second] if counter.form == "between" else None
            top = self._number(key).high
            yield TimeReader(key, counter.unit, top, self._day, days[counter.first], second)

    def _number(self, key: str) -> NumberType:
        declared = self.vocabulary.fact(key)
        assert declared is not None
        assert isinstance(declared.type, NumberType)
        return declared.type

    @property
    def _day(self) -> date:
        assert self.schema.day is not None  # INVARIANT: no map counts days without it
        return self.schema.day

    def _group(self, name: str) -> tuple[str, tuple[str, ...], NDArray[np.int32]]:
        """Where the places of a column's names are, the names, and the place of each number."""
        column = self.slots.column(name)
        word = word_of(column)
        found = self.data.rows(
            f"SELECT DISTINCT {word} FROM register WHERE {column.sql} IS NOT NULL "
            f"ORDER BY 1 LIMIT {MOST_GROUPS + 1}"
        )
        words = [str(row[0]) for row in found]
        if len(words) > MOST_GROUPS:
            raise MapPersonal(
                f"column `{shown(name)}` has more than {MOST_GROUPS} different values: counting by "
                "it would single people out",
                suggestion="count by a coarser column",
            )
        names = ("unknown", *(shown(one) for one in words))
        places = np.array([0, 0, *range(1, len(words) + 1)], dtype=np.int32)
        return self.slots.place(name, words), names, places

    @property
    def keys(self) -> frozenset[str]:
        """The facts of which the register says something, by itself or by what it says of others."""
        return self.schema.keys | self.with_implied(self.schema.keys)

    def with_implied(self, keys: Collection[str]) -> frozenset[str]:
        """Facts, with those that are known only through them."""
        found = set(keys)
        for reader in self.readers:
            if isinstance(reader, NationalitiesReader) and reader.key in found:
                found.update(path for path, _ in reader.implied)
        return frozenset(found)

    @property
    def block_rows(self) -> int:
        """Rows of a block, so that memory does not grow with the columns either."""
        return max(1, min(MOST_ROWS, MOST_VALUES // max(1, len(self.slots.asked))))

    # ---- blocks ----
    def raw(self, *, size: int, identity: bool = False) -> Iterator[tuple[int, Arrays]]:
        """The numbers behind each block, with its first row."""
        asked = dict(self.slots.asked)
        if self.identity is not None and not identity:
            for slot in self.identity:
                asked.pop(slot)
        asked = asked or {"s": "CAST(0 AS TINYINT)"}
        waiting: list[Arrays] = []
        rows, first = 0, 1
        for arrays in self.data.blocks(asked):
            waiting.append(arrays)
            rows += _rows(arrays)
            while rows >= size:
                whole = _joined(waiting)
                yield first, {name: values[:size] for name, values in whole.items()}
                first, rows = first + size, rows - size
                waiting = [{name: values[size:] for name, values in whole.items()}]
        if rows:
            yield first, _joined(waiting)

    def told(self, arrays: Arrays) -> Told:
        """What a block says of its facts, and which rows are at fault."""
        told = Told()
        for reader in self.readers:
            reader.read(arrays, told)
        host = told.columns.get("host")
        if isinstance(host, ListedColumn):
            known = np.array([isinstance(v, Options) and v.is_known for v in host.values])
            source = self.schema.facts["host"]
            column = source.column if isinstance(source, Codes) else "host"
            told.note(HostMissing.code, column, "host", ~known[host.codes])
        return told

    def weights(self, arrays: Arrays, told: Told | None = None) -> Weights:
        """Persons that each row stands for; one, where the map names no weight."""
        if not self._weight:
            return np.ones(_rows(arrays), dtype=np.int64)
        found: NDArray[np.float64] = arrays[self._weight]
        if told is not None:
            told.note(BadWeight.code, self.schema.weight, "weight", found < 0)
        return found.astype(np.int64) if self.are_whole else found

    def groups(self, arrays: Arrays) -> dict[str, Group]:
        """The groups of each row."""
        return {
            name: (places[arrays[slot] - NO_CODE], names)
            for name, (slot, names, places) in self._groups.items()
        }

    def block(self, first: int, arrays: Arrays, told: Told, keys: Collection[str] | None) -> Block:
        """A block as the evaluator reads it. keys: the facts that matter; None: all."""
        columns = {k: c for k, c in told.columns.items() if keys is None or k in keys}
        shared = {k: v for k, v in self.shared.items() if keys is None or k in keys}
        table = Table(_rows(arrays), columns, shared)
        return Block(first, table, self.weights(arrays), self.groups(arrays))

    def close(self) -> None:
        """Forgets whatever was copied."""
        self.data.close()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def without(block: Block, keys: Collection[str], rows: Bools, vocabulary: Vocabulary) -> Block:
    """A block in which some facts of some rows are unknown."""
    columns = dict(block.table.columns)
    shared = dict(block.table.shared)
    for key in keys:
        columns[key] = blanked(key, columns.get(key), shared.pop(key, None), rows, vocabulary)
    return replace(block, table=Table(block.table.size, columns, shared))


def _rows(arrays: Arrays) -> int:
    return int(next(iter(arrays.values())).size)


def _joined(parts: list[Arrays]) -> Arrays:
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
