"""`fmt`: reads a file, gives its canonical text, and writes it back whole or not at all."""

from __future__ import annotations

from pathlib import Path

from comity.api import library as shelf
from comity.language.faults import ComityError, Fault
from comity.language.formatter import format_document


def formatted(path: Path) -> tuple[str, str]:
    """A file's text as it is (line ends normalised) and in canonical layout.

    Raises ComityError if the file has faults: what cannot be read cannot be laid out.
    """
    read = shelf.read_file(path)
    if isinstance(read, Fault):
        raise ComityError(read)
    beside = shelf.packaged().documents.values()
    text, label = read
    return text, format_document(text, label, shelf.vocabulary(), beside=beside)


def write_over(path: Path, text: str) -> None:
    """Replaces a file's text in one step, so that a killed run leaves the old or the new whole."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
