"""Writing what a user asked for, whole or not at all: E460 says what is in the way.

Where a folder of pages goes is found out before a minute of counting.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from comity.brief.dossier import MARK, write_texts
from comity.brief.errors import FolderInUse
from comity.language.faults import ComityError, Fault


def writable(folder: Path) -> Path:
    """The folder, if a dossier may be written there. Raises ComityError (E460)."""
    if folder.name in ("", ".."):
        folder = folder.resolve()
    if not folder.name:
        raise unwritable(folder, "it is the root of the disk")
    try:
        if folder.exists():
            if not folder.is_dir():
                raise unwritable(folder, "it is a file")
            if any(folder.iterdir()) and not (folder / MARK).is_file():
                raise ComityError(Fault("E460", str(FolderInUse(folder))))
        above = next(parent for parent in folder.absolute().parents if parent.exists())
        if not above.is_dir():
            raise unwritable(folder, f"`{above}` is a file")
        if not os.access(above, os.W_OK):
            raise unwritable(folder, f"`{above}` may not be written to")
    except OSError as cause:
        raise unwritable(folder, cause.strerror or str(cause)) from cause
    return folder


def unwritable(folder: Path, why: str) -> ComityError:
    """E460: no dossier can be written there."""
    return ComityError(
        Fault("E460", f"no dossier can be written to `{folder}`: {why}", suggestion="--to FOLDER")
    )


def write_folder(texts: Mapping[str, str], folder: Path) -> Path:
    """Writes files by their relative names, whole or not at all; the first page's path.

    folder: from `writable`. Raises ComityError (E460).
    """
    try:
        return write_texts(texts, folder)
    except FolderInUse as cause:
        raise ComityError(Fault("E460", str(cause))) from cause
    except OSError as cause:
        raise unwritable(folder, cause.strerror or str(cause)) from cause


def write_whole(path: Path, text: str) -> None:
    """Writes one file whole or not at all. Raises ComityError (E460)."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as cause:
        part.unlink(missing_ok=True)
        why = cause.strerror or cause
        raise ComityError(
            Fault("E460", f"`{path}` cannot be written: {why}", suggestion="name another place")
        ) from cause
