"""A small register with everything in it that a column may hold, and what must come back of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.count.engines.columns import Kind, Values

TYPES: Mapping[str, Kind] = {
    "person": Kind.INTEGER,
    "outside_origin": Kind.BOOLEAN,
    "degree": Kind.SMALLINT,
    "days": Kind.BIGINT,
    "weight": Kind.DOUBLE,
    "origin1.state": Kind.TEXT,
    "arrived": Kind.DATE,
}

ROWS: tuple[tuple[Any, ...], ...] = (
    (1, True, -32768, -(2**63), 0.5, "SYR", date(1, 1, 1)),
    (2, False, 32767, 2**63 - 1, -1e300, "", date(9999, 12, 31)),
    (3, None, None, None, None, None, None),
    (4, True, 0, 0, 0.1, 'Côte d’Ivoire, "quoted"\t\\N\n\U0001f30d', date(2024, 2, 29)),
    (-(2**31), False, 1, 1, 1.0, "NULL", date(1970, 1, 1)),
    (2**31 - 1, None, 2, 2, 2.0, "null", date(1999, 12, 31)),
)
"""Edges of every type, a person of whom nothing is known, and texts that look like something else."""


def as_lists() -> dict[str, Values]:
    """The columns as Python's own lists, None where nothing is known."""
    columns: dict[str, Values] = {}
    for name, column in zip(TYPES, zip(*ROWS, strict=True), strict=True):
        columns[name] = list(column)
    return columns


def as_arrays() -> dict[str, Values]:
    """The columns as masked numpy arrays, dates as days."""
    dtypes = dict(zip(TYPES, ("i4", "?", "i2", "i8", "f8", "U60", "datetime64[D]"), strict=True))
    columns: dict[str, Values] = {}
    for (name, dtype), column in zip(dtypes.items(), zip(*ROWS, strict=True), strict=True):
        missing = np.array([value is None for value in column])
        plain: npt.NDArray[Any] = np.zeros(len(column), dtype=dtype)
        for at, value in enumerate(column):
            if value is not None:
                plain[at] = value
        columns[name] = np.ma.MaskedArray(plain, mask=missing)
    return columns


def names() -> str:
    """The columns in SQL that all three engines read the same way, but for the quotes."""
    return ", ".join(f'"{name}"' for name in TYPES)
