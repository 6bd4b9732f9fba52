"""The packaged snapshot: compact CSV tables of derived facts, and where they come from.

Belongs here: the tables (`*.csv`), their attribution (`snapshot.json`), and the reader that
checks their hashes. Does not belong here: how they were made (`comity.world.build`), or a
figure computed from them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from comity.world.errors import SnapshotDamaged

__all__ = ["Snapshot", "packaged_snapshot"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder of tables and the document that attributes them."""

    folder: Traversable
    document: dict[str, Any]

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        """The rows of a table as text, in the order of the file. Raises SnapshotDamaged.

        table: name without `.csv`, one of `tables`.
        """
        if table not in self.document["tables"]:
            raise SnapshotDamaged(f"the snapshot has no table `{table}`")
        name = f"{table}.csv"
        try:
            raw = (self.folder / name).read_bytes()
        except OSError as cause:
            raise SnapshotDamaged(f"`{name}` is missing from the snapshot") from cause
        if hashlib.sha256(raw).hexdigest() != self.document["tables"][table]["sha256"]:
            raise SnapshotDamaged(f"`{name}` is not the table that snapshot.json declares")
        return csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self.document["tables"])

    @property
    def source_ids(self) -> frozenset[str]:
        """The sources from which the tables were made."""
        return frozenset(self.document["sources"])

    @property
    def bytes(self) -> int:
        """Size of all tables together."""
        return sum(int(table["bytes"]) for table in self.document["tables"].values())


def snapshot_in(folder: Traversable) -> Snapshot:
    """The snapshot that stands in a folder. Raises SnapshotDamaged."""
    try:
        document = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise SnapshotDamaged("`snapshot.json` cannot be read") from cause
    return Snapshot(folder, document)


@lru_cache(maxsize=1)
def packaged_snapshot() -> Snapshot:
    """The snapshot inside the package: needs no mirror and no network. Raises SnapshotDamaged."""
    return snapshot_in(files("comity.world") / "snapshot")
