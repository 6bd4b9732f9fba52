"""The library of agreements: packaged files, a user's own files, and what came of reading them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from comity.agreement.instruments import Instrument
from comity.agreement.spans import Span
from comity.agreement.vocabulary import Vocabulary
from comity.api import kept
from comity.language.documents import LARGEST, Document, decode, read_document
from comity.language.faults import ComityError, Fault, nearest
from comity.language.outline import outline
from comity.language.resolve import read_library
from comity.language.resolve_vocabulary import read_vocabulary
from comity.language.resolved import Library

VOCABULARY_FILES = ("vocabulary.md", "states.md", "parties.md")


@dataclass(frozen=True)
class Named:
    """An instrument that a user named, by id or by path."""

    instrument: Instrument
    library: Library


def read_file(path: Path) -> tuple[str, str] | Fault:
    """Text and label of a file. A fault (E460, E101, E102, E103) if it cannot be read as text."""
    label = str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return Fault(
                "E101",
                f"the file has {size / 1048576:.1f} MB, more than the 5 MB that a text may have",
                Span(label, 1, 1),
            )
        with path.open("rb") as file:  # a pipe or a device has no size beforehand
            raw = file.read(LARGEST + 1)
    except OSError as cause:
        return Fault(
            "E460",
            f"`{path}` cannot be opened: {cause.strerror or cause}",
            suggestion="check the path",
        )
    text = decode(raw, label)
    return text if isinstance(text, Fault) else (text, label)


@cache
def _raw() -> tuple[tuple[str, bytes], ...]:
    """The packaged texts by file name: the vocabulary's files first, then the agreements."""
    folder = files("comity.instruments")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".md"))
    names = [*VOCABULARY_FILES, *(name for name in names if name not in VOCABULARY_FILES)]
    return tuple((name, (folder / name).read_bytes()) for name in names)


@cache
def _key() -> str:
    return kept.key_of(_raw())


@cache
def _kept() -> Library | None:
    return kept.load(_key())


def _document(name: str, raw: bytes) -> Document:
    text = decode(raw, f"instruments/{name}")
    if isinstance(text, Fault):
        raise ComityError(text)
    return read_document(text, f"instruments/{name}")


@cache
def vocabulary() -> Vocabulary:
    """The packaged vocabulary. Raises ComityError if its own files are at fault."""
    was_kept = _kept()
    if was_kept is not None:
        return was_kept.vocabulary
    outlines = [
        outline(_document(name, raw), name.removesuffix(".md"))
        for name, raw in _raw()
        if name in VOCABULARY_FILES
    ]
    outlines.sort(key=lambda made: made.id != "states")  # other files name States
    found, faults = read_vocabulary(outlines)
    if faults:
        raise ComityError(*faults)
    return found


def packaged_documents() -> list[Document]:
    """The documents of the packaged agreements, in the order of their file names."""
    return [_document(name, raw) for name, raw in _raw() if name not in VOCABULARY_FILES]


@cache
def packaged() -> Library:
    """The packaged agreements. Their faults, if any, are in the result."""
    was_kept = _kept()
    if was_kept is not None:
        return was_kept
    library = read_library(packaged_documents(), vocabulary())
    kept.keep(_key(), library)
    return library


def all_cases_passed(day: date) -> dict[str, int] | None:
    """Cases of each packaged agreement if all are known to pass on that day, else None."""
    return kept.checked(_key(), day.isoformat())


def note_all_passed(day: date, cases: dict[str, int]) -> None:
    """Keeps that every case of the packaged agreements passed on a day."""
    kept.keep_checked(_key(), day.isoformat(), cases)


def with_files(paths: Iterable[Path]) -> tuple[Library, tuple[str, ...]]:
    """The packaged library with a user's own files beside it, and the ids of those files.

    A file that has the id of a packaged agreement takes its place. Faults are in the result.
    """
    own: list[Document] = []
    unread: list[Fault] = []
    for path in paths:
        read = read_file(path)
        if isinstance(read, Fault):
            unread.append(read)
        else:
            own.append(read_document(*read))
    if not own:
        library = Library(vocabulary(), faults=unread)
        base = packaged()
        library.instruments = dict(base.instruments)
        library.documents = dict(base.documents)
        return library, ()
    from comity.language.faults import FaultFound
    from comity.language.front_matter import identity

    ids = []
    for document in own:
        try:
            ids.append(identity(document)[0])
        except FaultFound:
            continue  # reported when the document is read
    base = packaged()
    if base.faults or any(name in base.instruments for name in ids):
        others = [d for name, d in base.documents.items() if name not in ids]
        library = read_library([*others, *own], vocabulary())
    else:
        library = read_library(own, vocabulary(), beside=base)
    # Faults of packaged files are told too: an own file may have taken the place of what they need.
    library.faults = unread + list(library.faults)
    return library, tuple(ids)


def instrument_id(word: str) -> str:
    """An id as users write it: `imfc-draft-1` is `imfc_draft_1`."""
    return word.strip().replace("-", "_")


def looks_like_path(word: str) -> bool:
    """Whether a word names a file rather than an instrument."""
    return word.endswith(".md") or "/" in word or "\\" in word


def no_such(word: str, library: Library, others: Iterable[str] = ()) -> ComityError:
    """E450 for a regime's part that is neither an instrument, a file nor a named list."""
    known = list(dict.fromkeys([*library.instruments, *others]))
    guess = nearest(instrument_id(word), known)
    return ComityError(
        Fault(
            "E450",
            f"`{word[:60]}` is neither an instrument, a file nor a named list",
            possible=f"known: {', '.join(known)}",
            suggestion=f"did you mean `{guess}`?" if guess else "comity list shows them all",
        )
    )
