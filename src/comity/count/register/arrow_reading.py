"""An Arrow C stream as blocks of numpy columns; no Arrow library is imported.

Only columns of numbers without nulls are read: the register's queries ask for nothing else.
"""

from __future__ import annotations

import ctypes
from collections.abc import Generator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.world.microdata.arrow import _Array, _Schema, _Stream

Arrays = dict[str, NDArray[Any]]

_TYPES = {b"c": np.int8, b"i": np.int32, b"l": np.int64, b"L": np.uint64, b"g": np.float64}


class StreamBroken(Exception):
    """The stream ended before its rows did; the message is the producer's."""


def read_stream(capsule: object) -> Generator[Arrays, None, None]:
    """The blocks of a stream, as the producer cuts them, each copied out of its memory.

    Raises StreamBroken, and TypeError for a column that is not of numbers.
    """
    # the capsule owns the stream's memory: it must live as long as this reads
    stream = _Stream.from_address(_address(capsule))
    here = ctypes.pointer(stream)
    schema = _Schema()
    _asked(stream.get_schema(here, ctypes.pointer(schema)), stream)
    fields = [schema.children[at].contents for at in range(schema.n_children)]
    columns = [(field.name.decode("utf-8"), _type(field.format)) for field in fields]
    schema.release(ctypes.pointer(schema))
    try:
        while True:
            array = _Array()
            _asked(stream.get_next(here, ctypes.pointer(array)), stream)
            if not array.release:
                return
            try:
                block = {
                    name: _values(array.children[at].contents, kind)
                    for at, (name, kind) in enumerate(columns)
                }
            finally:
                array.release(ctypes.pointer(array))
            yield block
    finally:
        stream.release(here)
        del capsule


def _address(capsule: object) -> int:
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    found: int = get(capsule, b"arrow_array_stream")
    return found


def _asked(code: int, stream: Any) -> None:
    if code:
        said = stream.get_last_error(ctypes.pointer(stream))
        text = ctypes.string_at(said).decode("utf-8", "replace") if said else "no reason given"
        raise StreamBroken(text)


def _type(form: bytes) -> type[Any]:
    if form not in _TYPES:
        raise TypeError(f"a stream of numbers has a column of the Arrow type {form!r}")
    return _TYPES[form]


def _values(array: Any, kind: type[Any]) -> NDArray[Any]:
    if array.null_count > 0:
        raise TypeError("a stream of numbers has nulls")
    if array.length == 0:
        return np.empty(0, dtype=kind)
    size = np.dtype(kind).itemsize
    raw = (ctypes.c_char * (size * array.length)).from_address(
        array.buffers[1] + size * array.offset
    )
    return np.frombuffer(raw, dtype=kind).copy()
