"""Where things are in this repository, for the tests that read the tree itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "comity"

# What the commands make; everything else in the tree is somebody's work.
MADE = {
    ".git",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "dossier",
    "_build",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
}


def tracked_or_new_files() -> tuple[Path, ...]:
    """Files that are in git or could be added to it; without git, the files of the tree."""
    try:
        listed = subprocess.run(
            # The clone may belong to another user than the one who tests it.
            ["git", "-c", "safe.directory=*", "ls-files", "-coz", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return tuple(sorted(_walk()))
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def _walk() -> list[Path]:
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        found.extend(Path(folder) / name for name in names)
    return found


def modules() -> tuple[Path, ...]:
    """Every Python file of the package."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


def rooms() -> tuple[Path, ...]:
    """Folders of the package, at any depth, that hold Python."""
    return tuple(sorted({module.parent for module in modules()} - {PACKAGE}))


def named(path: Path) -> str:
    """A path as a reader of the failure knows it."""
    return path.relative_to(ROOT).as_posix()
