"""The files behind the records: opened from a mirror, or fetched from the publisher.

A mirror's copy has a declared hash and is read only if it has it. A publisher's raw file has
another layout and another hash; as long as nobody has declared that hash, the file's state is
`not verified against the publisher` and it is never read in the place of the mirror's copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from comity.world.errors import NotVerified, SourceDiffers, SourceUnreadable, UnknownSource
from comity.world.sources.record import Source


class SourceState(StrEnum):
    """What is at hand of a source."""

    MIRROR = "read from the mirror (hash verified)"
    MIRROR_DIFFERS = "in the mirror, but its hash differs: not read"
    FETCHED = "fetched and verified"
    NOT_VERIFIED = "not verified against the publisher"
    SNAPSHOT = "packaged snapshot only"
    ABSENT = "absent"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as 64 lower-case hexadecimal digits. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Sources:
    """Opens sources; knows a mirror folder and a cache folder, and nothing else.

    mirror: folder laid out as `mirror_path` of the records says; None: there is none.
    cache: folder for what is fetched from publishers; made when something is fetched.
    records: the declared sources by id; usually `comity.world.sources.SOURCES`.
    packaged: ids of the sources from which the packaged snapshot was made.
    """

    mirror: Path | None
    cache: Path
    records: Mapping[str, Source] = field(kw_only=True)
    packaged: frozenset[str] = field(kw_only=True)

    def record(self, source_id: str) -> Source:
        """The record of a source. Raises UnknownSource."""
        if source_id not in self.records:
            near = get_close_matches(source_id, self.records, n=1)
            raise UnknownSource(f"`{source_id}` is no source", suggestion=near[0] if near else None)
        return self.records[source_id]

    def state_of(self, source_id: str) -> SourceState:
        """What is at hand of a source, the best first; hashes the files that are there.

        Raises UnknownSource, SourceUnreadable (a file that is there cannot be read).
        """
        source = self.record(source_id)
        in_mirror = self._in_mirror(source)
        if in_mirror is not None:
            same = self._hash(source, in_mirror) == source.sha256
            return SourceState.MIRROR if same else SourceState.MIRROR_DIFFERS
        fetched = self._fetched(source)
        if fetched.is_file():
            if source.publisher_sha256 is None:
                return SourceState.NOT_VERIFIED
            if self._hash(source, fetched) == source.publisher_sha256:
                return SourceState.FETCHED
            return SourceState.NOT_VERIFIED
        if source_id in self.packaged:
            return SourceState.SNAPSHOT
        return SourceState.ABSENT

    def path(self, source_id: str) -> Path:
        """The mirror's copy of a source, its hash checked.

        Raises UnknownSource; SourceDiffers if the copy is not the declared one; NotVerified if
        only the publisher's raw file is here; SourceUnreadable if there is nothing.
        """
        source = self.record(source_id)
        in_mirror = self._in_mirror(source)
        if in_mirror is not None:
            found = self._hash(source, in_mirror)
            if found != source.sha256:
                raise SourceDiffers(
                    f"the mirror's `{source.mirror_path}` has SHA-256 {found[:12]}..., "
                    f"declared is {source.sha256[:12]}..."
                )
            return in_mirror
        if self._fetched(source).is_file():
            raise NotVerified(
                f"`{source_id}` is here only as the publisher's raw file, "
                f"{SourceState.NOT_VERIFIED}"
            )
        where = "there is no mirror" if self.mirror is None else "the mirror does not hold it"
        raise SourceUnreadable(f"`{source_id}` cannot be read: {where}")

    def open(self, source_id: str) -> BinaryIO:
        """The mirror's copy as a binary stream; raises as `path` does."""
        path = self.path(source_id)
        try:
            return path.open("rb")
        except OSError as cause:
            raise SourceUnreadable(f"`{source_id}` cannot be opened: {cause.strerror}") from cause

    def fetch(self, source_id: str) -> Path:
        """Download the publisher's raw file into the cache and return where it is.

        Checked against `publisher_sha256` where one is declared; else the file's state is
        `not verified against the publisher`. This is the only call that uses the network.
        Raises UnknownSource, SourceUnreadable.
        """
        source = self.record(source_id)
        import pooch  # here, because it takes 0.1 s and only this call needs it
        from requests.exceptions import RequestException

        # its advice to declare the hash it has just seen would be a verification by nobody
        pooch.get_logger().setLevel("WARNING")
        known = None if source.publisher_sha256 is None else f"sha256:{source.publisher_sha256}"
        target = self._fetched(source)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            pooch.retrieve(
                source.download,
                known_hash=known,
                fname=target.name,
                path=target.parent,
                progressbar=False,
            )
        except (OSError, RequestException, ValueError) as cause:
            kind = type(cause).__name__
            raise SourceUnreadable(
                f"`{source_id}` could not be fetched from {source.download}: {kind}"
            ) from cause
        return target

    def _in_mirror(self, source: Source) -> Path | None:
        if self.mirror is None:
            return None
        path = self.mirror / source.mirror_path
        return path if path.is_file() else None

    def _fetched(self, source: Source) -> Path:
        return self.cache / f"{source.id}.publisher"

    def _hash(self, source: Source, path: Path) -> str:
        try:
            return sha256_of(path)
        except OSError as cause:
            raise SourceUnreadable(f"`{source.id}` cannot be read: {cause.strerror}") from cause
