"""Microdata: counts of the population, facts of the vocabulary, reproducible, possible people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import numpy as np
import pytest

from comity.agreement.many.columns import NumberColumn, Table
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    LevelType,
    NumberType,
    TruthType,
)
from comity.api.library import vocabulary
from comity.world.errors import UnknownCountry
from comity.world.microdata import BLOCK, COLUMNS, Kind, blocks, hosts, people_in
from comity.world.microdata.records import as_table, meanings
from comity.world.population import Cell, population
from comity.world.sources import SOURCES

SEED = 20241231
SMALL = ("NRU", "CUB", "PNG", "ERI", "URY", "TTO")  # UNHCR's people, none of them, and few


@cache
def drawn(host: str) -> Mapping[str, np.ndarray]:
    """All people of a host, column by column."""
    parts = list(blocks(host, SEED))
    return {fact: np.concatenate([part[fact] for part in parts]) for fact in COLUMNS}


def words(host: str, fact: str) -> np.ndarray:
    column = COLUMNS[fact]
    found: np.ndarray = np.array([*column.labels, "unknown"])[drawn(host)[fact]]
    return found


def test_the_hosts_and_their_rows_are_those_of_the_stock() -> None:
    expected: Counter[str] = Counter()
    for cell in population():
        if cell.in_stock is Truth.TRUE:
            expected[cell.host] += cell.persons
    assert expected == {host: people_in(host) for host in hosts()}
    assert 304_021_813 == sum(map(people_in, hosts()))


@pytest.mark.parametrize("host", SMALL)
def test_rows_by_origin_and_sex_are_those_of_the_cells(host: str) -> None:
    found = Counter(zip(words(host, "origin1.state"), words(host, "sex"), strict=True))
    expected: Counter[tuple[str, str | None]] = Counter()
    for cell in cells_of(host):
        expected[cell.origin or "unknown", cell.sex] += cell.persons
    assert expected == found
    assert people_in(host) == len(drawn(host)["age"])


def cells_of(host: str) -> list[Cell]:
    return [cell for cell in population() if cell.host == host and cell.in_stock is Truth.TRUE]


def test_every_asylum_seeker_of_the_cells_claims_and_is_an_applicant() -> None:
    seekers = sum(c.persons for c in cells_of("URY") if c.category.value == "asylum_seeker")
    assert seekers > 1000
    applicants = words("URY", "status.held") == "applicant"
    assert seekers <= np.count_nonzero(applicants)
    assert np.all(drawn("URY")["claims"][applicants] == 1)


@pytest.mark.parametrize("fact", COLUMNS)
def test_a_column_is_a_fact_of_the_vocabulary_with_its_type_and_its_words(fact: str) -> None:
    column, declared = COLUMNS[fact], vocabulary().fact(fact)
    assert declared is not None
    kinds = {
        Kind.NUMBER: NumberType,
        Kind.YES_NO: TruthType,
        Kind.LEVEL: LevelType,
        Kind.OPTION: EnumerationType,
        Kind.COUNTRY: CountryType,
        Kind.COUNTRIES: CountriesType,
    }
    assert isinstance(declared.type, kinds[column.kind])
    if isinstance(declared.type, LevelType):
        assert declared.type.scale.levels == column.labels
    if isinstance(declared.type, NumberType) and column.may_be_unknown:
        assert declared.type.high == column.most
    if isinstance(declared.type, EnumerationType):
        assert declared.type.enumeration.options[: len(column.labels)] == column.labels
    assert column.distribution
    assert all(source == "stated" or source in SOURCES for source in column.sources)


@pytest.mark.parametrize("host", SMALL)
def test_every_value_is_legal_and_typed_as_its_column_says(host: str) -> None:
    for fact, values in drawn(host).items():
        column, declared = COLUMNS[fact], vocabulary().fact(fact)
        assert np.dtype(column.dtype) == values.dtype
        least, most = int(values.min()), int(values.max())
        assert least >= (-1 if column.may_be_unknown else 0), fact
        assert declared is not None
        if isinstance(declared.type, NumberType):
            assert most <= declared.type.high, fact
        else:
            assert most < (len(column.labels) or 2), fact


def with_unknown(table: Table, keys: Iterable[str]) -> Table:
    """The same records; what no column says is unknown of all of them."""
    shared = dict(table.shared)
    for key in keys:
        declared = vocabulary().fact(key)
        if declared is not None and key not in table.columns:
            shared.setdefault(key, declared.type.everything())
    return Table(table.size, table.columns, shared)


def broken(host: str) -> dict[str, int]:
    """How many people surely break an axiom of the vocabulary, by its meaning."""
    regime = Regime("no law", (), vocabulary(), {})
    axioms = vocabulary().axioms
    evaluator = Evaluator(regime, date(2024, 7, 1), conditions=tuple(a.condition for a in axioms))
    found: Counter[str] = Counter()
    for block in blocks(host, SEED):
        evaluated = evaluator.evaluate(with_unknown(as_table(block), evaluator.keys))
        for axiom, possibly in zip(axioms, evaluated.possibly, strict=True):
            found[str(axiom.meaning)] += int(np.count_nonzero(~np.asarray(possibly)))
    return {meaning: people for meaning, people in found.items() if people}


@pytest.mark.parametrize("host", [*SMALL, "TCD"])
def test_nobody_breaks_an_axiom_of_the_vocabulary(host: str) -> None:
    assert {} == broken(host)


def test_the_test_of_axioms_finds_a_broken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    block = dict(next(blocks("PNG", SEED)))
    block["arrived_age"] = block["age"] + np.int16(1)
    monkeypatch.setitem(globals(), "blocks", lambda *_: [block])
    assert any("arrives older" in meaning for meaning in broken("PNG"))


def test_the_same_seed_draws_the_same_people_and_another_does_not() -> None:
    first, again, other = (next(blocks("PNG", seed)) for seed in (7, 7, 8))
    for fact in COLUMNS:
        assert np.array_equal(first[fact], again[fact]), fact
    assert not np.array_equal(first["age"], other["age"])
    assert np.array_equal(first["sex"], other["sex"])


def test_a_host_does_not_depend_on_who_was_drawn_before() -> None:
    alone = next(blocks("URY", SEED))
    next(blocks("PNG", SEED))
    assert np.array_equal(alone["residence.lawful"], next(blocks("URY", SEED))["residence.lawful"])


def test_blocks_are_of_one_size_but_for_the_last() -> None:
    sizes = [len(block["age"]) for block in blocks("NOR", SEED)]
    assert {BLOCK} == set(sizes[:-1])
    assert people_in("NOR") == sum(sizes)


def test_two_blocks_of_one_host_are_not_the_same_people() -> None:
    found = blocks("NOR", SEED)
    assert not np.array_equal(next(found)["age"], next(found)["age"])


def test_of_a_million_people_nearly_all_are_distinct() -> None:
    """Of 304 million rows 50 million are to be distinct: one in six, where 19 in 20 are found."""
    rows = np.column_stack([values for _, values in sorted(drawn("NOR").items())])
    assert people_in("NOR") == len(rows) > 900_000
    assert len(np.unique(np.ascontiguousarray(rows).view(f"V{rows.itemsize * rows.shape[1]}"))) > (
        0.95 * len(rows)
    )


def test_an_unknown_host_and_a_negative_seed_are_refused() -> None:
    with pytest.raises(UnknownCountry, match="`XXX`"):
        next(blocks("XXX", SEED))
    with pytest.raises(UnknownCountry):
        people_in("XXX")
    with pytest.raises(ValueError, match="negative"):
        next(blocks("PNG", -1))


def test_an_unknown_number_may_be_any() -> None:
    block = next(blocks("PNG", SEED))
    found = as_table(block).columns["origin1.personal_factors"]
    assert isinstance(found, NumberColumn)
    is_known = block["origin1.degree"] >= 0
    assert 0 < np.count_nonzero(is_known) < len(is_known)
    assert np.all(found.low[is_known] == found.high[is_known])
    assert {(0, 10)} == set(zip(found.low[~is_known], found.high[~is_known], strict=True))
    assert np.all(block["origin1.role"][~is_known] == -1)


def test_codes_mean_what_the_words_say() -> None:
    assert (Truth.UNKNOWN, Truth.FALSE, Truth.TRUE) == meanings(COLUMNS["origin1.protects"])
    assert (Truth.FALSE, Truth.TRUE) == meanings(COLUMNS["claims"])
    with pytest.raises(ValueError, match="`age` is a number"):
        meanings(COLUMNS["age"])
