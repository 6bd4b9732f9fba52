"""A user's columns made plain: seven types, missing values apart, and nothing converted silently.

A column that does not hold what it declares is refused before any engine sees it, so that the three
engines cannot differ in what they would have made of it. Messages name rows, never values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from comity.count.engines.faults import NoSuchTable, WrongType

Values: TypeAlias = npt.NDArray[Any] | Sequence[Any]
"""What a user may hand over as one column."""


class Kind(StrEnum):
    """The types that an input schema may declare. Fractions of people are the only use of double."""

    BOOLEAN = "boolean"
    SMALLINT = "smallint"
    INTEGER = "integer"
    BIGINT = "bigint"
    DOUBLE = "double"
    TEXT = "text"
    DATE = "date"


_DTYPE: Mapping[Kind, Any] = {
    Kind.BOOLEAN: np.dtype(np.bool_),
    Kind.SMALLINT: np.dtype(np.int16),
    Kind.INTEGER: np.dtype(np.int32),
    Kind.BIGINT: np.dtype(np.int64),
    Kind.DOUBLE: np.dtype(np.float64),
    Kind.TEXT: np.dtype(np.object_),
    Kind.DATE: np.dtype(np.int32),
}
WHOLE = (Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT)

WRITTEN: Mapping[Kind, str] = {
    Kind.BOOLEAN: "true|false",
    Kind.DOUBLE: "[-+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]+)?",
    Kind.DATE: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
} | dict.fromkeys(WHOLE, "[-+]?[0-9]+")
"""How a value of a CSV file is written; anything else is refused (some engines would round `2.5`)."""


def complaint(column: str, kind: Kind) -> str:
    """What is said of a CSV column that holds something else; no value is named."""
    return f"column `{column}` is declared {kind} and holds something else"


_FIRST_DAY, _LAST_DAY = (
    np.datetime64(day, "D").astype(np.int64) for day in ("0001-01-01", "9999-12-31")
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column, plain.

    values: one element a row; integers and double of their own width, text as str objects, a date
    as days since 1970-01-01 (int32). missing: True where nothing is known, None if nowhere; what
    stands in `values` there means nothing.
    """

    name: str
    kind: Kind
    values: npt.NDArray[Any]
    missing: npt.NDArray[np.bool_] | None

    def __len__(self) -> int:
        return len(self.values)

    def part(self, start: int, stop: int) -> Column:
        """The rows from `start` up to `stop`."""
        missing = None if self.missing is None else self.missing[start:stop]
        return Column(self.name, self.kind, self.values[start:stop], missing)


def plain_columns(
    table: str, columns: Mapping[str, Values], types: Mapping[str, Kind]
) -> tuple[Column, ...]:
    """Every column of a table, checked. Raises WrongType (E474), NoSuchTable (E476)."""
    if undeclared := [name for name in columns if name not in types]:
        raise NoSuchTable(f"`{table}` has a column `{undeclared[0]}` that no type declares")
    if absent := [name for name in types if name not in columns]:
        raise NoSuchTable(f"`{table}` has no column `{absent[0]}`")
    if not columns:
        raise NoSuchTable(f"`{table}` has no column at all")
    found = tuple(_plain(table, name, columns[name], Kind(types[name])) for name in types)
    lengths = {len(column) for column in found}
    if len(lengths) > 1:
        said = ", ".join(f"`{column.name}` {len(column)}" for column in found[:6])
        raise WrongType(f"the columns of `{table}` are not of one length: {said}")
    return found


def _plain(table: str, name: str, given: Values, kind: Kind) -> Column:
    where = f"column `{name}` of `{table}`"
    missing: npt.NDArray[np.bool_] | None = None
    if isinstance(given, np.ma.MaskedArray):
        missing = np.ma.getmaskarray(given)
        given = given.data
    array = given if isinstance(given, np.ndarray) else _objects(given)
    if array.ndim != 1:
        raise WrongType(f"{where} is no list: it has {array.ndim} dimensions")
    if array.dtype.kind == "M":
        values, missing = _days(where, array, kind, missing)
    elif array.dtype.kind == "O":
        values, missing = _from_objects(where, array, kind, missing)
    else:
        values = _from_numpy(where, array, kind, missing)
    if missing is not None and not missing.any():
        missing = None
    return Column(name, kind, np.ascontiguousarray(values), missing)


def _objects(given: Sequence[Any]) -> npt.NDArray[Any]:
    array = np.empty(len(given), dtype=object)
    array[:] = given
    return array


def _refuse(where: str, kind: Kind, bad: npt.NDArray[np.bool_], what: str) -> None:
    """E474 with the first rows at fault (counted from 1) and their number."""
    at = np.flatnonzero(bad)
    if at.size:
        rows = ", ".join(str(row + 1) for row in at[:5]) + (", ..." if at.size > 5 else "")
        raise WrongType(f"{where} is declared {kind} and has {what} in {at.size} rows: {rows}")


def _from_numpy(
    where: str, array: npt.NDArray[Any], kind: Kind, missing: npt.NDArray[np.bool_] | None
) -> npt.NDArray[Any]:
    """An array of numpy's own types; its family must be the declared one."""
    family = array.dtype.kind
    fits = {"b": {Kind.BOOLEAN}, "i": {*WHOLE, Kind.DOUBLE}, "u": {*WHOLE, Kind.DOUBLE}}
    fits |= {"f": {Kind.DOUBLE}, "U": {Kind.TEXT}}
    if kind not in fits.get(family, set()):
        raise WrongType(f"{where} is declared {kind} and holds {array.dtype}")
    present = np.ones(len(array), dtype=bool) if missing is None else ~missing
    if kind in WHOLE:
        room = np.iinfo(_DTYPE[kind])
        outside = (array < room.min) | (array > room.max)
        _refuse(where, kind, outside & present, "a number that does not fit")
    if kind is Kind.DOUBLE:
        # a double that is no number is refused, not taken for unknown: it may be a broken division
        _refuse(where, kind, ~np.isfinite(array) & present, "what is not a number")
    if kind is Kind.TEXT:
        return _text(where, array.astype(object), present)
    return array.astype(_DTYPE[kind], copy=False)


def _text(where: str, array: npt.NDArray[Any], present: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """Texts that every engine can hold: no character NUL, no half of a surrogate pair."""
    # a register has millions of texts and few different ones
    worse = {text for text in set(array[present].tolist()) if not _is_storable(text)}
    if worse:
        bad = np.fromiter((text in worse for text in array), dtype=bool, count=len(array))
        _refuse(where, Kind.TEXT, bad & present, "a character that no database stores")
    return array


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


_CLASSES: Mapping[Kind, tuple[type, ...]] = {
    Kind.BOOLEAN: (bool, np.bool_),
    Kind.SMALLINT: (int, np.integer),
    Kind.INTEGER: (int, np.integer),
    Kind.BIGINT: (int, np.integer),
    Kind.DOUBLE: (int, float, np.integer, np.floating),
    Kind.TEXT: (str,),
    Kind.DATE: (date, np.datetime64),
}
_NEVER: Mapping[Kind, tuple[type, ...]] = {Kind.DATE: (datetime,), Kind.BOOLEAN: ()}
"""What Python counts among the above and no reader would: True is no number, a time is no day."""


def _is_allowed(one: type, kind: Kind) -> bool:
    return issubclass(one, _CLASSES[kind]) and not issubclass(
        one, _NEVER.get(kind, (bool, np.bool_))
    )


def _from_objects(
    where: str, array: npt.NDArray[Any], kind: Kind, missing: npt.NDArray[np.bool_] | None
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """Python's own objects; None is missing. Every element's class is looked at."""
    classes = set(map(type, array))
    absent = np.zeros(len(array), dtype=bool)
    if type(None) in classes:
        absent = np.fromiter((value is None for value in array), dtype=bool, count=len(array))
    if missing is not None:
        absent |= missing
    wrong = tuple(one for one in classes if not _is_allowed(one, kind))
    if wrong:
        bad = np.fromiter((type(value) in wrong for value in array), dtype=bool, count=len(array))
        _refuse(where, kind, bad & ~absent, "something else")
    if kind is Kind.TEXT:
        return _text(where, array, ~absent), absent
    filler: Any = np.datetime64(0, "D") if kind is Kind.DATE else 0
    filled = np.where(absent, filler, array)
    if kind is Kind.DATE:
        days, _ = _days(where, filled.astype("datetime64[D]"), kind, None)
        return days, absent
    if kind is Kind.BOOLEAN:
        return filled.astype(bool), absent
    try:
        numbers = filled.astype(np.int64 if kind in WHOLE else np.float64)
    except OverflowError:
        raise WrongType(f"{where} is declared {kind} and has a number that does not fit") from None
    return _from_numpy(where, numbers, kind, absent), absent


def _days(
    where: str, array: npt.NDArray[Any], kind: Kind, missing: npt.NDArray[np.bool_] | None
) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    """Days since 1970-01-01 of an array of dates; NaT, numpy's only missing date, is missing."""
    if kind is not Kind.DATE:
        raise WrongType(f"{where} is declared {kind} and holds dates")
    absent = np.isnat(array)
    if missing is not None:
        absent = absent | missing
    days = array.astype("datetime64[D]")
    _refuse(where, kind, (days != array) & ~absent, "a time of day")
    numbers = np.where(absent, 0, days.astype(np.int64))
    outside = (numbers < _FIRST_DAY) | (numbers > _LAST_DAY)
    _refuse(where, kind, outside, "a day outside the years 1 to 9999")
    return numbers.astype(np.int32), absent
