"""What can be wrong with a page's contents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class BriefError(ValueError):
    """A page or a figure cannot be made from what was handed in."""


class HostWithoutPlace(BriefError):
    """A code has a number, but neither a shape nor a dot: its people would vanish from the map."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(sorted(codes))
        named = ", ".join(f"`{code}`" for code in self.codes)
        super().__init__(f"no shape and no dot for {named}; give each a place in `dots`")


class TotalsDisagree(BriefError):
    """The steps of a bridge, or the rows of a table, do not add up to the total they state."""


class UnknownReference(BriefError):
    """A figure or finding names a source, figure or set of assumptions that the page lacks."""


class FolderInUse(BriefError):
    """The folder holds something that is not a dossier; it is left as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"`{folder}` is not empty and holds no dossier; name another folder")
