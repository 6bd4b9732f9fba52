"""The packaged library as read, kept beside Python's own compiled code.

Reading forty agreements takes seconds, and their text changes only with the package. What was read
is therefore kept in the `__pycache__` folder beside the texts, as Python keeps its compiled
modules, under a name made from the texts, the code that reads them and the version of Python: a
change of any of these makes another name. Only packaged texts are kept; a user's own files, records
and answers never are. Where nothing may be written (PYTHONDONTWRITEBYTECODE, a folder that is not
ours) everything is read anew, which is slower and changes nothing else.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.language.documents import Document
from comity.language.front_matter import identity
from comity.language.outline import Outline
from comity.language.resolve import outlined
from comity.language.resolved import Library

READERS = ("language", "agreement", "explain", "api")
"""Packages whose code decides what a text is read as, and what its cases give."""


def _folder() -> Path | None:
    """Where it is kept; None where the package is no plain folder."""
    folder = files("comity.instruments")
    return folder / "__pycache__" if isinstance(folder, Path) else None


@cache
def _code() -> bytes:
    """A digest of the code that reads."""
    digest = sha256(sys.version.encode())
    root = Path(__file__).resolve().parent.parent
    for package in READERS:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".lark"):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()


def key_of(texts: Iterable[tuple[str, bytes]]) -> str:
    """The name under which what was read from these files is kept."""
    digest = sha256(_code())
    for name, raw in texts:
        digest.update(f"{name} {len(raw)}\n".encode() + raw)
    return digest.hexdigest()[:24]


class _Outlines(Mapping[str, Outline]):
    """The outlines of a kept library, read when somebody asks for one."""

    def __init__(self, key: str, documents: Mapping[str, Document]) -> None:
        self._key, self._documents = key, documents

    @cached_property
    def _found(self) -> Mapping[str, Outline]:
        found = _read(f"outlines-{self._key}.pickle")
        if isinstance(found, dict):
            return found
        return {
            name: outlined(document, *identity(document))
            for name, document in self._documents.items()
        }

    def __getitem__(self, name: str) -> Outline:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def load(key: str) -> Library | None:
    """The library of that key as it was kept; None if it is not."""
    found = _read(f"library-{key}.pickle")
    if not isinstance(found, Library):
        return None
    return replace(found, outlines=_Outlines(key, found.documents))


def keep(key: str, library: Library) -> None:
    """Keeps a library that has no fault. What was kept under other keys goes."""
    if library.faults:
        return
    for name in ("library", "outlines", "checked"):
        _forget(name, key)
    _write(f"outlines-{key}.pickle", pickle.dumps(dict(library.outlines), protocol=5))
    _write(f"library-{key}.pickle", pickle.dumps(replace(library, outlines={}), protocol=5))


def checked(key: str, day: str) -> dict[str, int] | None:
    """Cases of each instrument, if all of them passed on that day; None if that is not known."""
    folder = _folder()
    try:
        text = (folder / f"checked-{key}.json").read_text("utf-8") if folder else ""
    except OSError:
        return None
    found: dict[str, dict[str, int]] = json.loads(text) if text else {}
    return found.get(day)


def keep_checked(key: str, day: str, cases: dict[str, int]) -> None:
    """Keeps that every case passed. Of other days nothing stays."""
    _write(f"checked-{key}.json", json.dumps({day: cases}).encode())


def _read(name: str) -> Any:
    folder = _folder()
    if folder is None:
        return None
    was_on = gc.isenabled()
    gc.disable()  # many small values are made and none is dropped
    try:
        with (folder / name).open("rb") as stream:
            return pickle.load(stream)
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError):
        return None  # not there, cut short, or of other code: it is read anew
    finally:
        if was_on:
            gc.enable()


def _write(name: str, raw: bytes) -> None:
    folder = _folder()
    if folder is None or sys.dont_write_bytecode:
        return
    half = folder / f"{name}.{id(raw):x}.part"
    try:
        folder.mkdir(exist_ok=True)
        half.write_bytes(raw)
        half.replace(folder / name)  # whole or not at all, whoever else writes
    except OSError:
        return  # a folder that is not ours: next time it is read anew


def _forget(name: str, key: str) -> None:
    folder = _folder()
    if folder is None or sys.dont_write_bytecode:
        return
    for path in folder.glob(f"{name}-*"):
        if key not in path.name:
            path.unlink(missing_ok=True)
