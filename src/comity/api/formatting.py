"""`fmt`: reads a file, gives its canonical text, and writes it back whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
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
    """Replaces a file's text in one step, so that a killed run leaves the old or the new whole.

    Where `path` is a link, the file that it leads to is replaced; permissions stay.
    Raises ComityError (E460) if nothing can be written there.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        if not os.access(target, os.W_OK):  # replacing it would get round its protection
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except OSError as cause:
        temporary.unlink(missing_ok=True)
        raise ComityError(
            Fault("E460", f"`{path}` cannot be written: {cause.strerror or cause}")
        ) from cause
