"""Where a dossier is written, found out before a minute of counting: E460 says what is in the way."""

from __future__ import annotations

import os
from pathlib import Path

from comity.brief.dossier import MARK
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
