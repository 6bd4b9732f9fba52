"""A register checked in one pass, and then counted block by block.

Every row is looked at: codes, numbers, days, hosts, weights, identifiers, and whether its facts can
go together at all. What is found has a code, a count and the first rows; what is not accepted by
name stops the count before it begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.count.engines.duck import literal
from comity.count.engines.faults import FileDamaged
from comity.count.register.columns import Bad, Bools, distinct
from comity.count.register.faults import OF_ROWS, BadCode, BadWeight, Impossible, SameId
from comity.count.register.impossible import Axioms
from comity.count.register.register import Block, Register, without
from comity.count.register.report import FIRST_ROWS, Finding, OfFact, Report
from comity.count.register.schema import Codes, Nationalities, columns_of
from comity.count.register.slots import word_of
from comity.count.register.standards import standard_of
from comity.count.register.words import is_telling, shown

Progress: TypeAlias = Callable[[str, int], None]
"""Told what is being done, and how many rows are done."""

_MOST_SHOWN = 5
_MOST_CODES = 20
_MOST_LOOKED_AT = 500


@dataclass
class _Rows:
    """Rows at fault so far."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, rows: Bools, first: int) -> None:
        self.count += int(np.count_nonzero(rows))
        if len(self.first) < FIRST_ROWS:
            places = np.flatnonzero(rows)[: FIRST_ROWS - len(self.first)]
            self.first += [first + int(place) for place in places]


def validate(
    register: Register,
    *,
    day: date,
    accept: Collection[str] = (),
    progress: Progress | None = None,
    size: int | None = None,
) -> Report:
    """Looks at every row once. day: of the law, for the axioms. accept: codes that stop nothing.

    Raises EngineError (E472 to E475) if the data cannot be read to their end, ValueError for a code
    that cannot be accepted. Memory: a block, and 8 bytes a row where the map names an `id`.
    """
    found = _Validation(register, day).run(progress, size or register.block_rows)
    return found.accepting(accept)


class _Validation:
    def __init__(self, register: Register, day: date) -> None:
        self.register = register
        self.axioms = Axioms(register.vocabulary, register.keys, day)
        self.found: dict[tuple[str, str, str], _Rows] = defaultdict(_Rows)
        self.missing: dict[str, int] = defaultdict(int)
        self.capped: dict[str, int] = defaultdict(int)
        self.identities: list[NDArray[np.uint64]] = []
        self.rows = 0

    def run(self, progress: Progress | None, size: int) -> Report:
        """Every block, then what can only be said of all."""
        register, persons = self.register, 0.0
        register.are_whole = False
        are_whole = True
        for first, arrays in register.raw(size=size, identity=True):
            told = register.told(arrays)
            weights = register.weights(arrays, told)
            are_whole = are_whole and bool(np.all(weights == np.floor(weights)))
            persons += float(weights[weights > 0].sum())
            for one in distinct(told.bad):
                self._add(one, first)
            block = register.block(first, arrays, told, None)
            for number, broken in self.axioms.broken(block.table):
                self.found[Impossible.code, "", f"#{number}"].add(broken, first)
            for key, count in told.missing.items():
                self.missing[key] += count
            for key, count in told.capped.items():
                self.capped[key] += count
            if register.identity is not None:
                number_of, is_there = (arrays[slot] for slot in register.identity)
                self.identities.append(number_of[is_there != 0])
                self.missing["id"] += int(np.count_nonzero(is_there == 0))
            self.rows += block.rows
            if progress is not None:
                progress("checking", self.rows)
        register.are_whole = are_whole
        self._same_ids()
        return Report(
            register.data.name,
            self.rows,
            persons,
            tuple(self._finding(*key, found) for key, found in sorted(self.found.items())),
            tuple(n for n in register.data.columns if n not in register.schema.columns),
            tuple(self._of_facts()),
        )

    def _add(self, one: Bad, first: int) -> None:
        self.found[one.code, one.column, one.fact].add(one.rows, first)

    def _of_facts(self) -> Iterator[OfFact]:
        schema = self.register.schema
        if schema.id:
            yield OfFact("id", (schema.id,), self.missing["id"])
        for key in (*schema.facts, *schema.derived):
            yield self._of_fact(key)

    def _of_fact(self, key: str) -> OfFact:
        schema = self.register.schema
        if key in schema.facts:
            columns = tuple(columns_of(schema.facts[key]))
        else:
            counter = schema.derived[key]
            names = (counter.first, counter.second)
            columns = tuple(schema.events[name].column for name in names if name)
        return OfFact(key, columns, self.missing[key], self.capped[key])

    # ---- identifiers ----
    def _same_ids(self) -> None:
        """Rows whose identifier another row has. Equal numbers are only a reason to look."""
        if not self.identities:
            return
        numbers = np.concatenate(self.identities)
        self.identities.clear()
        numbers.sort()
        twice = np.unique(numbers[1:][numbers[1:] == numbers[:-1]])
        if not twice.size:
            return
        column = self.register.slots.column(self.register.schema.id)
        word = f"CAST({column.sql} AS VARCHAR)"
        few = twice[:_MOST_LOOKED_AT].tolist() if twice.size <= _MOST_LOOKED_AT else None
        among = "" if few is None else f" AND hash({word}) IN ({', '.join(map(str, few))})"
        numbered = (
            f"SELECT {word} AS id, row_number() OVER () AS n, {column.sql} IS NOT NULL AS known "
            "FROM register"
        )
        wanted = among.replace(word, "id") if among else ""
        shared = (
            f"SELECT n, count(*) OVER (PARTITION BY id) AS times FROM ({numbered}) "
            f"WHERE known{wanted}"
        )
        total = self.register.data.rows(f"SELECT count(*) FROM ({shared}) WHERE times > 1")[0][0]
        if total:
            first = self.register.data.rows(
                f"SELECT n FROM ({shared}) WHERE times > 1 ORDER BY n LIMIT {FIRST_ROWS}"
            )
            key = (SameId.code, self.register.schema.id, "id")
            self.found[key] = _Rows(int(total), [int(row[0]) for row in first])

    # ---- words ----
    def _finding(self, code: str, column: str, fact: str, found: _Rows) -> Finding:
        kind = OF_ROWS[code]
        suggestion = kind.help
        if fact.startswith("#"):
            axiom = self.axioms.axioms[int(fact[1:])]
            fact = ", ".join(self.axioms.keys[int(fact[1:])])
            said = axiom.meaning.text if axiom.meaning else "an axiom of the vocabulary"
            message = f"{fact}: {said}"
        elif code == BadCode.code:
            message, suggestion = self._of_code(column, fact, found.count)
        elif code == Impossible.code:
            message = f"{fact}: the columns `{shown(column, most=150)}` contradict each other"
        elif code == BadWeight.code:
            message = f"column `{shown(column)}` is no weight"
        elif code == SameId.code:
            message = f"column `{shown(column)}` has the same identifier in several rows"
        else:
            words = {"E485": "is outside what it may be, or cannot be read", "E486": "is not known"}
            message = f"{fact}: column `{shown(column)}` {words[code]}"
        return Finding(code, column, fact, found.count, tuple(found.first), message, suggestion)

    def _of_code(self, name: str, fact: str, count: int) -> tuple[str, str]:
        """Which values are not listed, if the map itself lists codes; which standard they look like."""
        source = self.register.schema.facts[fact]
        assert isinstance(source, (Codes, Nationalities))
        word = word_of(self.register.slots.column(name))
        listed = ", ".join(literal(one) for one in source.known) or "''"
        different = self.register.data.rows(
            f"SELECT {word}, count(*) FROM register WHERE {word} NOT IN ({listed}) "
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST_LOOKED_AT}"
        )
        values = [str(row[0]) for row in different]
        message = f"{fact}: column `{shown(name)}` has values that are not listed"
        # a column with many different values is no column of codes, whatever the map says
        if source.is_own and len(values) <= _MOST_CODES:
            fit = [f"`{shown(one)}`" for one in values if not is_telling(one)][:_MOST_SHOWN]
            if fit:
                message += f": {', '.join(fit)}{', ...' if len(values) > len(fit) else ''}"
        if source.standard:
            states = frozenset(self.register.vocabulary.states)
            other = standard_of(values, states, but=(source.standard,))
            message += f"; its standard is {source.standard}"
            if other:
                is_most = 2 * count > self.rows - self.missing[fact] + count
                told = f"write `standard: {other}`" if is_most else "write these rows as the others"
                return f"{message}, and they look like {other}", told
        return message, BadCode.help


def blocks(
    register: Register,
    report: Report,
    *,
    day: date,
    keys: Collection[str] | None = None,
    size: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Block]:
    """The register's rows for the evaluator, all of them, in order.

    report: of this register, with what was accepted. keys: the facts that matter; None: all.
    Raises RegisterFaulty if something was found that is not accepted, FileDamaged (E473) if the
    data are no longer those that were checked.
    """
    report.refuse()
    axioms = None
    if any(one.code == Impossible.code for one in report.findings):
        axioms = Axioms(register.vocabulary, register.keys, day)
    rows, bad = 0, 0
    for first, arrays in register.raw(size=size or register.block_rows):
        told = register.told(arrays)
        bad += sum(int(np.count_nonzero(one.rows)) for one in distinct(told.bad))
        block = register.block(first, arrays, told, None if axioms is not None else keys)
        if axioms is not None:
            for number, broken in list(axioms.broken(block.table)):
                bad += int(np.count_nonzero(broken))
                facts = register.with_implied(axioms.keys[number])
                block = without(block, facts, broken, register.vocabulary)
        rows += block.rows
        yield block
        if progress is not None:
            progress("counting", rows)
    checked = sum(one.count for one in report.findings if one.code not in _ONCE)
    if (rows, bad) != (report.rows, checked):
        raise FileDamaged(
            f"`{register.data.name}` is not what it was when it was checked",
            suggestion="run it again, and let nobody write to it meanwhile",
        )


_ONCE = (SameId.code, BadWeight.code)
