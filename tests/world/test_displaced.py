"""People displaced inside their own country: reproduced, and of no host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from comity.world import displaced
from comity.world.displaced import OUTSIDE_EVERY_DUTY, displaced_inside
from comity.world.errors import CountryLost, PopulationUnbalanced
from comity.world.population import population
from comity.world.published import published_totals


def test_unhcrs_total_is_reproduced_by_38_countries() -> None:
    records = displaced_inside()
    assert 68_131_711 == sum(one.persons for one in records) == published_totals()["idps"]
    assert 38 == len({one.country for one in records}) == len(records)
    assert all(one.persons >= 1 for one in records)


def test_they_are_said_to_be_outside_every_hosts_duty() -> None:
    sudan = next(one for one in displaced_inside() if one.country == "SDN")
    assert ("Sudan", OUTSIDE_EVERY_DUTY, ("unhcr_population",)) == (
        sudan.name,
        sudan.note,
        sudan.sources,
    )
    assert not hasattr(sudan, "host")


def test_they_are_in_no_sum_of_people_of_hosts() -> None:
    before = sum(cell.persons for cell in population())
    displaced_inside()
    assert before == sum(cell.persons for cell in population())
    assert displaced.CATEGORY not in {cell.category.value for cell in population()}


class Rows:
    """A snapshot with one row of UNHCR."""

    def __init__(self, origin: str, host: str) -> None:
        self.row = {"origin": origin, "host": host, "idps": "5"}

    def rows(self, _table: str) -> Iterator[dict[str, str]]:
        yield self.row


@pytest.mark.parametrize(
    ("origin", "host", "error"),
    [
        ("SYR", "TUR", CountryLost),
        ("UNK", "SYR", CountryLost),
        ("SYR", "SYR", PopulationUnbalanced),
    ],
)
def test_a_row_of_two_countries_or_a_total_that_is_missed_is_an_error(
    origin: str, host: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    displaced_inside.cache_clear()
    monkeypatch.setattr(displaced, "packaged_snapshot", lambda: Rows(origin, host))
    with pytest.raises(error):
        displaced_inside()
    displaced_inside.cache_clear()
