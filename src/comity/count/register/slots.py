"""What is asked of the data, row by row, as numbers: the place of a code, a number, a day.

The embedded database turns every value into a number without a null, so that blocks of arrays are
all that leaves it: a value that is not known and one that cannot be read have numbers of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from comity.count.engines.duck import literal, quoted
from comity.count.engines.faults import WrongType
from comity.count.register.data import DAYS, REAL, WHOLE, Data, DataColumn
from comity.count.register.faults import ColumnNotThere
from comity.count.register.schema import Form
from comity.count.register.words import shown

NULL, NO_CODE = -1, -2
"""In place of a code's number: nothing stands there; something that is not listed."""

MISSING, UNREADABLE = -(2**63), -(2**63) + 1
"""In place of a number or a day: it is not known; it cannot be read."""

_PLAIN = ("VARCHAR", "BOOLEAN", *WHOLE, *REAL, *DAYS)


class Slots:
    """The questions put to the data, each once. lines: of the map, by column, for messages."""

    def __init__(self, data: Data, lines: Mapping[str, int], file: str) -> None:
        self.data, self.lines, self.file = data, lines, file
        self.asked: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._types: dict[tuple[str, ...], str] = {}

    def column(self, name: str) -> DataColumn:
        """A column of the data. Raises ColumnNotThere (E483), WrongType (E474)."""
        found = self.data.columns.get(name)
        if found is None:
            raise self._not_there(name)
        if found.type not in (*_PLAIN, "UUID"):
            raise WrongType(
                f"column `{shown(name)}` holds {found.type}, from which no fact is read"
            )
        return found

    def _not_there(self, name: str) -> ColumnNotThere:
        there = list(self.data.columns)
        alike = [one for one in there if one.strip().casefold() == name.strip().casefold()]
        near = (alike or get_close_matches(name, there, n=1))[:1]
        hint = f"did you mean `{shown(near[0])}`?" if near else ""
        if len(there) == 1 and any(mark in there[0] for mark in ";\t|"):
            hint = "another mark parts its fields: write `delimiter:`"
        line = self.lines.get(name, 0)
        where = f"{self.file}, line {line}: " if line else ""
        return ColumnNotThere(
            f"{where}{self.data.name} has no column `{shown(name)}`", suggestion=hint, line=line
        )

    def _ask(self, sql: str) -> str:
        if sql not in self._names:
            self._names[sql] = f"s{len(self._names)}"
            self.asked[self._names[sql]] = sql
        return self._names[sql]

    # ---- questions ----
    def place(self, name: str, words: Sequence[str]) -> str:
        """The place of the value in a list of words, `NULL` or `NO_CODE`; int32."""
        column = self.column(name)
        listed = tuple(words) or ("",)
        if listed not in self._types:
            self._types[listed] = f"list {len(self._types)}"
            self.data.words(self._types[listed], listed)
        kind = quoted(self._types[listed])
        found = f"coalesce(CAST(enum_code(TRY_CAST({word_of(column)} AS {kind})) AS INTEGER), {NO_CODE})"
        return self._ask(f"CASE WHEN {column.sql} IS NULL THEN {NULL} ELSE {found} END")

    def number(self, name: str, unknown: Collection[str]) -> str:
        """A whole number, `MISSING` or `UNREADABLE`; int64. `34.0` is one, `34.5` is none."""
        column = self.column(name)
        word = word_of(column)
        if column.type in WHOLE:
            found = f"TRY_CAST({column.sql} AS BIGINT)"
        elif column.type in REAL:
            whole = f"isfinite(CAST({column.sql} AS DOUBLE)) AND {column.sql} = trunc({column.sql})"
            found = f"CASE WHEN {whole} THEN TRY_CAST({column.sql} AS BIGINT) END"
        elif column.type == "VARCHAR":
            found = _matching(word, "[-+]?[0-9]{1,18}([.]0*)?", f"TRY_CAST({word} AS BIGINT)")
        else:
            raise WrongType(
                f"column `{shown(name)}` is a number in the map and holds {column.type}"
            )
        return self._known(column, unknown, found)

    def day(self, name: str, form: Form, unknown: Collection[str]) -> str:
        """Days since 1970-01-01, months since the year 0, or a year, by the form; as `number`."""
        column = self.column(name)
        if column.type in DAYS:
            day = f"TRY_CAST({column.sql} AS DATE)"
            is_day = f"isfinite({column.sql})"
        elif column.type == "VARCHAR" or (column.type in WHOLE and form is not Form.DAY):
            word = word_of(column)
            patterns = {
                Form.DAY: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
                Form.COMPACT: "[0-9]{8}",
                Form.MONTH: "[0-9]{4}-?[0-9]{2}",
                Form.YEAR: "[0-9]{4}",
            }
            plain = f"replace({word}, '-', '')"
            month = {Form.YEAR: "'01'"}.get(form, f"substr({plain}, 5, 2)")
            date = {Form.YEAR: "'01'", Form.MONTH: "'01'"}.get(form, f"substr({plain}, 7, 2)")
            day = f"TRY_CAST(substr({plain}, 1, 4) || '-' || {month} || '-' || {date} AS DATE)"
            is_day = f"regexp_full_match({word}, {literal(patterns[form])})"
        else:
            raise WrongType(f"column `{shown(name)}` is a day in the map and holds {column.type}")
        number = {
            Form.MONTH: f"12 * year({day}) + month({day}) - 1",
            Form.YEAR: f"year({day})",
        }.get(form, f"{day} - DATE '1970-01-01'")
        # a day of the year 0 is none of the calendar that agreements are dated in
        good = f"{is_day} AND year({day}) BETWEEN 1 AND 9999"
        return self._known(column, unknown, f"CASE WHEN {good} THEN {number} END")

    def _known(self, column: DataColumn, unknown: Collection[str], found: str) -> str:
        listed = ", ".join(literal(word) for word in sorted(unknown))
        is_missing = f"{column.sql} IS NULL"
        if listed:
            is_missing += f" OR {word_of(column)} IN ({listed})"
        return self._ask(
            f"CASE WHEN {is_missing} THEN CAST({MISSING + 1} AS BIGINT) - 1 "
            f"ELSE coalesce(CAST({found} AS BIGINT), {UNREADABLE}) END"
        )

    def weight(self, name: str) -> str:
        """A weight, negative where it is none; float64."""
        column = self.column(name)
        if column.type not in (*WHOLE, *REAL, "VARCHAR"):
            raise WrongType(f"column `{shown(name)}` is the weight and holds {column.type}")
        number = f"TRY_CAST({column.sql} AS DOUBLE)"
        if column.type == "VARCHAR":
            number = _matching(column.sql, "[+]?([0-9]+([.][0-9]*)?|[.][0-9]+)", number)
        return self._ask(f"coalesce(CASE WHEN isfinite({number}) THEN {number} END, -1.0)")

    def identity(self, name: str) -> tuple[str, str]:
        """A number of 64 bits that equal identifiers share, and whether there is one (int8)."""
        column = self.column(name)
        word = f"CAST({column.sql} AS VARCHAR)"
        return (
            self._ask(f"CAST(coalesce(hash({word}), 0) AS UBIGINT)"),
            self._ask(f"CAST(({column.sql} IS NOT NULL) AS TINYINT)"),
        )


def _matching(word: str, pattern: str, then: str) -> str:
    return f"CASE WHEN regexp_full_match({word}, {literal(pattern)}) THEN {then} END"


def word_of(column: DataColumn) -> str:
    """A value as the map writes it: whole numbers without a point, days as 2015-03-31."""
    word = f"CAST({column.sql} AS VARCHAR)"
    if column.type in REAL:
        # a column of codes with gaps often comes as 1.0, 2.0
        whole = f"abs({column.sql}) < 1e15 AND {column.sql} = trunc({column.sql})"
        return (
            f"CASE WHEN {whole} THEN CAST(CAST({column.sql} AS BIGINT) AS VARCHAR) ELSE {word} END"
        )
    return word
