"""Every command within the process runs on one day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.running import TODAY


@pytest.fixture(autouse=True)
def _pinned_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """`date.today()` of the command line is the pinned day, so that no review date passes meanwhile."""

    class Pinned(date):
        @classmethod
        def today(cls) -> Pinned:
            return cls.fromisoformat(TODAY)

    monkeypatch.setattr("comity.cli.output.date", Pinned)
    for name in ("COMITY_MIRROR", "COMITY_CACHE"):
        monkeypatch.delenv(name, raising=False)
