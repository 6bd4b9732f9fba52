"""Blocks of columns as an Arrow C stream, so that an engine reads them without a copy.

The Arrow C data interface is three small structures; anything that accepts an object with
`__arrow_c_stream__` (DuckDB, Polars, and others) reads numpy's memory through them, and no Arrow
library is imported. Columns are of four kinds: whole numbers, yes/no (packed to bits), and codes
of a list of words (dictionaries); -1 is null where a column may be unknown.
"""

from __future__ import annotations

import ctypes
import errno
from collections.abc import Iterable, Iterator, Mapping
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from itertools import count
from typing import Any, Protocol

import numpy as np


class Described(Protocol):
    """What a column must say of itself to be streamed."""

    @property
    def fact(self) -> str:
        """Its name."""

    @property
    def dtype(self) -> str:
        """numpy's name of its type: `int8` or `int16`."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the codes mean; empty: numbers, or yes/no."""

    @property
    def is_yes_no(self) -> bool:
        """Whether 1 is yes and 0 is no."""

    @property
    def may_be_unknown(self) -> bool:
        """Whether -1 stands for an unknown value."""


class _Schema(ctypes.Structure):
    """`struct ArrowSchema` of the C data interface."""


class _Array(ctypes.Structure):
    """`struct ArrowArray` of the C data interface."""


class _Stream(ctypes.Structure):
    """`struct ArrowArrayStream` of the C stream interface."""


_ReleaseSchema = CFUNCTYPE(None, POINTER(_Schema))
_ReleaseArray = CFUNCTYPE(None, POINTER(_Array))
_GetSchema = CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Schema))
_GetNext = CFUNCTYPE(c_int, POINTER(_Stream), POINTER(_Array))
_GetError = CFUNCTYPE(c_void_p, POINTER(_Stream))
_ReleaseStream = CFUNCTYPE(None, POINTER(_Stream))

_Schema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_char_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", POINTER(POINTER(_Schema))),
    ("dictionary", POINTER(_Schema)),
    ("release", _ReleaseSchema),
    ("private_data", c_void_p),
]
_Array._fields_ = [
    ("length", c_int64),
    ("null_count", c_int64),
    ("offset", c_int64),
    ("n_buffers", c_int64),
    ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)),
    ("children", POINTER(POINTER(_Array))),
    ("dictionary", POINTER(_Array)),
    ("release", _ReleaseArray),
    ("private_data", c_void_p),
]
_Stream._fields_ = [
    ("get_schema", _GetSchema),
    ("get_next", _GetNext),
    ("get_last_error", _GetError),
    ("release", _ReleaseStream),
    ("private_data", c_void_p),
]

_NULLABLE = 2
_FORMATS = {"int8": b"c", "int16": b"s", "int32": b"i"}
_KEPT: dict[int, Any] = {}  # what a structure points to lives until its consumer releases it
_KEYS = count(1)


def _keep(*things: Any) -> int:
    key = next(_KEYS)
    _KEPT[key] = things
    return key


def _release(pointer: Any) -> None:
    """Give back a structure of either kind: its parts first, then what it points to."""
    structure = pointer.contents
    for at in range(structure.n_children):
        child = structure.children[at]
        if child.contents.release:
            child.contents.release(child)
    if structure.dictionary and structure.dictionary.contents.release:
        structure.dictionary.contents.release(structure.dictionary)
    _KEPT.pop(structure.private_data, None)
    # a null pointer is how the interface says "released"
    released = type(structure.release)()
    structure.release = released


_release_schema = _ReleaseSchema(_release)
_release_array = _ReleaseArray(_release)


def _pointers(kind: Any, structures: list[Any]) -> Any:
    """A C array of pointers to structures."""
    return (POINTER(kind) * len(structures))(*(ctypes.pointer(one) for one in structures))


def _schema(
    into: Any,
    form: bytes,
    name: bytes,
    flags: int = 0,
    children: list[Any] | None = None,
    words: Any = None,
) -> Any:
    parts = children or []
    pointers = _pointers(_Schema, parts)
    into.format, into.name, into.metadata, into.flags = form, name, None, flags
    into.n_children = len(parts)
    into.children = ctypes.cast(pointers, POINTER(POINTER(_Schema)))
    into.dictionary = POINTER(_Schema)() if words is None else ctypes.pointer(words)
    into.release = _release_schema
    into.private_data = _keep(form, name, pointers, parts, words)
    return into


def _array(
    into: Any,
    length: int,
    nulls: int,
    buffers: list[np.ndarray | None],
    children: list[Any] | None = None,
    words: Any = None,
) -> Any:
    parts = children or []
    pointers = _pointers(_Array, parts)
    addresses = (c_void_p * len(buffers))(
        *(None if buffer is None else buffer.ctypes.data for buffer in buffers)
    )
    into.length, into.null_count, into.offset = length, nulls, 0
    into.n_buffers, into.n_children = len(buffers), len(parts)
    into.buffers = ctypes.cast(addresses, POINTER(c_void_p))
    into.children = ctypes.cast(pointers, POINTER(POINTER(_Array)))
    into.dictionary = POINTER(_Array)() if words is None else ctypes.pointer(words)
    into.release = _release_array
    into.private_data = _keep(addresses, buffers, pointers, parts, words)
    return into


def _words(labels: tuple[str, ...]) -> Any:
    """The words of a dictionary as an array of text."""
    encoded = [label.encode("utf-8") for label in labels]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    text = np.frombuffer(b"".join(encoded) or b"\0", dtype=np.uint8)
    return _array(_Array(), len(encoded), 0, [None, ends, text])


def _bits(flags: np.ndarray) -> np.ndarray:
    return np.packbits(flags, bitorder="little")


def _column(column: Described, values: np.ndarray, has_words: bool) -> Any:
    """One column of a block as an array; raises ValueError if its type is not the declared one."""
    if values.dtype != np.dtype(column.dtype):
        raise ValueError(f"`{column.fact}` is {values.dtype}, not {column.dtype}")
    data = np.ascontiguousarray(values)
    known, nulls = None, 0
    if column.may_be_unknown:
        is_known = data >= 0
        nulls = len(data) - int(np.count_nonzero(is_known))
        known = _bits(is_known) if nulls else None
    if column.is_yes_no:
        return _array(_Array(), len(data), nulls, [known, _bits(data == 1)])
    words = _words(column.labels) if has_words else None
    return _array(_Array(), len(data), nulls, [known, data], words=words)


def _declared(column: Described, has_words: bool) -> Any:
    flags = _NULLABLE if column.may_be_unknown else 0
    name = column.fact.encode("utf-8")
    if column.is_yes_no:
        return _schema(_Schema(), b"b", name, flags)
    words = _schema(_Schema(), b"u", b"") if has_words else None
    return _schema(_Schema(), _FORMATS[column.dtype], name, flags, words=words)


class BlockStream:
    """Blocks that an engine may read once through `__arrow_c_stream__`.

    columns: in the order of the stream. blocks: each has every column, all of one length.
    worded: the columns whose codes are streamed as words; None: all that have words.
    fault: what the blocks raised while they were read; the engine only says that reading failed.
    """

    def __init__(
        self,
        columns: Iterable[Described],
        blocks: Iterable[Mapping[str, np.ndarray]],
        worded: frozenset[str] | None = None,
    ) -> None:
        self._columns = tuple(
            (column, bool(column.labels) and (worded is None or column.fact in worded))
            for column in columns
        )
        self._blocks: Iterator[Mapping[str, np.ndarray]] = iter(blocks)
        self.fault: BaseException | None = None
        self._message = ctypes.create_string_buffer(1)
        self._streams: list[_Stream] = []
        self._reader: int | None = None

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A capsule with the stream; an engine may ask for several to see the columns.

        The blocks go to the first that reads one; another that tries gets an error.
        """
        number = len(self._streams)
        stream = _Stream(
            _GetSchema(self._get_schema),
            _GetNext(lambda _stream, into: self._get_next(number, into)),
            _GetError(lambda _stream: ctypes.addressof(self._message)),
            _ReleaseStream(_end),
            None,
        )
        self._streams.append(stream)
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [c_void_p, c_char_p, c_void_p]
        capsule: object = new(ctypes.addressof(stream), b"arrow_array_stream", None)
        return capsule

    def _failed(self, fault: BaseException) -> int:
        self.fault = fault
        self._message = ctypes.create_string_buffer(str(fault).encode("utf-8", "replace"))
        return errno.EIO

    def _get_schema(self, _stream: Any, into: Any) -> int:
        try:
            parts = [_declared(column, has_words) for column, has_words in self._columns]
            _schema(into.contents, b"+s", b"", children=parts)
        except Exception as fault:  # no exception may cross into C
            return self._failed(fault)
        return 0

    def _get_next(self, number: int, into: Any) -> int:
        try:
            if self._reader not in (None, number):
                raise ValueError("the blocks of a stream can be read only once")
            self._reader = number
            block = next(self._blocks, None)
            if block is None:
                into.contents.release = _ReleaseArray()
                return 0
            parts = [
                _column(column, block[column.fact], has_words)
                for column, has_words in self._columns
            ]
            _array(into.contents, parts[0].length, 0, [None], children=parts)
        except Exception as fault:  # no exception may cross into C
            return self._failed(fault)
        return 0


def _end(stream: Any) -> None:
    stream.contents.release = _ReleaseStream()
