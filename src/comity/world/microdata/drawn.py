"""The people of a host, block by block: what a kernel reads without a file between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from comity.world.microdata.drawing import Bits, draw
from comity.world.microdata.hosts import cells_by_host, cells_of, tables_of

BLOCK = 65_536
"""People in a block, but for the last of a host: its arrays stay in a processor's cache."""


def hosts() -> tuple[str, ...]:
    """ISO3 codes of the hosts that have people, sorted. Raises as `population` does."""
    return tuple(sorted(cells_by_host()))


def people_in(host: str) -> int:
    """Rows of a host. Raises UnknownCountry if it has none, and as `population` does."""
    return sum(cell.persons for cell in cells_of(host))


def blocks(host: str, seed: int) -> Iterator[Mapping[str, np.ndarray]]:
    """The people of a host, in blocks of `BLOCK`: a column each by the path of its fact.

    host: ISO3. seed: not negative; the same seed gives the same people, whatever else is drawn.
    Each array is typed as `COLUMNS` says and fresh, so that the reader may keep or change it.
    Raises ValueError for a negative seed, UnknownCountry, and as `population` does.
    """
    if seed < 0:
        raise ValueError(f"a seed is not negative: {seed}")
    tables = tables_of(host)
    for number, first in enumerate(range(0, tables.people, BLOCK)):
        people = min(BLOCK, tables.people - first)
        yield draw(tables, first, people, Bits(seed, host, number, people))
