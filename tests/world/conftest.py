"""The mirror for the tests that rebuild: COMITY_MIRROR, or ../shared/data beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.world.sources import SOURCES, Sources

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The mirror's folder; without one the test is skipped, and fails where CI=true."""
    named = os.environ.get("COMITY_MIRROR")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if (folder / "datapackage.json").is_file():
        return folder
    reason = "no mirror: set COMITY_MIRROR to a folder with datapackage.json"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def sources(mirror: Path, tmp_path: Path) -> Sources:
    """The declared sources over the mirror, with an empty cache."""
    return Sources(mirror, tmp_path / "cache", records=SOURCES, packaged=frozenset())
