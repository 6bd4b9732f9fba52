"""The timeline: law by year against its slow definition, people against the reference evaluator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import numpy as np
import pytest

from comity.agreement.governance import Governed
from comity.agreement.instruments import article_of
from comity.agreement.nodes import Kind, Norm
from comity.agreement.values import Truth
from comity.api import timeline_kept, timeline_years
from comity.api.counting import Tally
from comity.api.people_counts import Held, PeopleCounts
from comity.api.schema_timeline import TimelineDocument, TimelinePointModel
from comity.api.timeline import timeline
from comity.api.timeline_governance import QUALITIES, governance_figures
from comity.api.timeline_kept import KeptYears
from comity.api.timeline_law import Figure, LawOfDay, law_figures
from comity.api.timeline_people import PeopleOfYear
from comity.api.timeline_places import NAMES, Place, places_of
from comity.api.timeline_years import regime_of_all, year_of, years_of
from comity.language.faults import ComityError
from comity.world.assumptions import NOTHING, ORDINARY
from comity.world.conflict import DangerReading
from comity.world.countries import members_of
from comity.world.history import overlap, population_of
from comity.world.population import Cell

PERSON = DangerReading.PERSON
HOSTS = frozenset({"SWE", "TUR", "KEN", "USA", "NRU"})
YEAR = 1996


@cache
def law(year: int = YEAR) -> LawOfDay:
    """The law of 1 July of a year."""
    return LawOfDay(regime_of_all(), date(year, 7, 1))


@cache
def some_cells() -> tuple[Cell, ...]:
    """A hundred and fifty cells of five hosts."""
    cells = [c for c in population_of(YEAR).cells if c.host in HOSTS]
    return tuple(Random("timeline").sample(cells, 150))


@cache
def of_year() -> PeopleOfYear:
    """The people of those cells under the law of their year."""
    counts = PeopleCounts(regime_of_all().vocabulary, date(YEAR, 7, 1), PERSON, cells=some_cells())
    return PeopleOfYear(counts.under(regime_of_all()), law())


def place(hosts: frozenset[str] = HOSTS) -> Place:
    """A place of some hosts."""
    return Place("five", "Five hosts", "", hosts)


@cache
def worked(year: int) -> timeline_kept.YearFigures:
    """A year, worked out once for these tests."""
    return year_of(year, PERSON)


@cache
def shelf() -> Path:
    """A cache folder in which some worked years are kept."""
    folder = Path(mkdtemp(prefix="timeline-"))
    for year in (1990, 1991, 2024):
        KeptYears(folder, PERSON).keep(worked(year))
    return folder


@cache
def short() -> TimelineDocument:
    """Two years for all places."""
    return timeline(first=1990, last=1991, cache=shelf(), processes=1)


# ---- places ----
def test_places_are_the_world_and_the_two_cases_whatever_their_order() -> None:
    vocabulary = regime_of_all().vocabulary
    world, europe, americas = places_of(("americas", "World", "europe"), vocabulary)
    assert NAMES == (world.id, europe.id, americas.id)
    assert {"DEU", "TUR", "UZB", "PAK"} <= europe.hosts < world.hosts
    assert {"USA", "MEX", "BRA"} <= americas.hosts < world.hosts
    assert not europe.hosts & americas.hosts


def test_what_is_no_place_and_no_year_is_refused() -> None:
    with pytest.raises(ComityError) as found:
        timeline(("erope",), first=1990, last=1990, processes=1)
    assert "E457" == found.value.faults[0].code
    assert "europe" in found.value.faults[0].suggestion
    for first, last in ((1950, 1960), (2000, 1990), (2020, 2027)):
        with pytest.raises(ComityError) as refused:
            timeline(first=first, last=last, processes=1)
        assert "E206" == refused.value.faults[0].code


# ---- law ----
def bound_by_definition(right: str, year: int, hosts: frozenset[str]) -> set[str]:
    """Hosts bound by a guarantee of a right, by reading every rule of every text."""
    day = date(year, 7, 1)
    found: set[str] = set()
    for instrument in regime_of_all().instruments:
        for node in instrument.holdings if instrument.force.binds else ():
            if (
                isinstance(node, Norm)
                and node.kind is Kind.GUARANTEE
                and not node.soft
                and right in {b.right for b in node.boundings}
                and node.frame.validity.on(day)
                and regime_of_all().is_read(node.frame.under, instrument.id, day)
            ):
                found |= instrument.binds_on(day, article_of(node.id)) & hosts
    return found


@pytest.mark.parametrize("year", [1953, 1975, 1996, 2026])
def test_states_by_right_are_those_that_each_rule_binds(year: int) -> None:
    for one in places_of(NAMES, regime_of_all().vocabulary):
        figures = dict(law_figures(law(year), one))
        for right in ("stay", "work", "shield", "family"):
            bound = bound_by_definition(right, year, one.hosts) & law(year).states(one)
            assert len(bound) == figures.get(f"right.{right}", Figure(0, 0, 0)).value, right


def test_a_guarantee_is_told_with_its_article_and_only_where_it_binds_somebody() -> None:
    figures = dict(law_figures(law(), place(frozenset({"USA", "MEX"}))))
    assert figures["right.stay"].articles
    assert all("/" in node for node in figures["right.stay"].articles)
    assert not any(node.startswith("eu_") for node in figures["right.stay"].articles)
    assert "puebla_rcm" in figures["texts.informal"].articles
    assert "budapest_process" not in figures["texts.informal"].articles


def test_informal_texts_bind_no_state() -> None:
    for one in places_of(NAMES, regime_of_all().vocabulary):
        for right in law().bound:
            for node in law().guarantees(right, one):
                assert regime_of_all().instrument_of(node).force.binds


def test_texts_by_force_add_up_to_the_texts_of_the_place() -> None:
    for year in (1960, 1996, 2026):
        figures = dict(law_figures(law(year), place()))
        several = [one for name, one in figures.items() if name.startswith("texts.")]
        assert {sum(int(one.value or 0) for one in several)} == {one.of for one in several}


# ---- governance ----
def test_what_a_text_does_not_state_counts_neither_way() -> None:
    one = places_of(("world",), regime_of_all().vocabulary)[0]
    figures = dict(governance_figures(law(2026), one))
    texts = law(2026).texts(one)
    for quality in QUALITIES:
        stating = [t for t in texts if quality.quality in t.governance_on(date(2026, 7, 1))]
        if stating:
            assert len(stating) == figures[quality.id].of
            assert 0 <= (figures[quality.id].value or 0) <= len(stating)
        else:
            assert quality.id not in figures


@pytest.mark.parametrize(
    ("figure", "quality", "values", "holds"),
    [
        ("governance.inward", "answers_to", ("own_courts", "funders"), True),
        ("governance.inward", "answers_to", ("other_executives",), False),
        ("governance.outward", "answers_to", ("own_courts", "funders"), True),
        ("governance.outward_only", "answers_to", ("own_courts", "funders"), False),
        ("governance.outward_only", "answers_to", ("other_executives", "funders"), True),
        ("governance.outward_only", "answers_to", ("other_executives", "regional_court"), False),
        ("governance.judged", "answers_to", ("treaty_body",), True),
        ("governance.watched", "monitor", ("officials",), False),
        ("governance.watched", "monitor", ("officials", "experts"), True),
        ("governance.complaint", "complaint", ("between_states",), False),
        ("governance.complaint", "complaint", ("committee",), True),
        ("governance.published", "published", ("conclusions",), False),
        ("governance.published", "published", ("full",), True),
        ("governance.debated", "debated", ("informed_after",), False),
        ("governance.debated", "debated", ("some_parliaments",), True),
    ],
)
def test_a_quality_holds_as_its_words_say(
    figure: str, quality: str, values: tuple[str, ...], holds: bool
) -> None:
    vocabulary = regime_of_all().vocabulary
    scales = {"complaint": "route", "published": "publicity", "debated": "debate"}
    said: tuple[bool | int | str, ...] = values
    if quality in scales:
        said = tuple(vocabulary.scales[scales[quality]].rank(value) for value in values)
    found = next(one for one in QUALITIES if one.id == figure)
    assert quality == found.quality
    assert holds == found.holds(vocabulary, Governed(quality, said, "evidence"))


# ---- people ----
def test_each_figure_of_people_is_what_the_reference_evaluator_finds() -> None:
    """Every cell's position from `explain`, added up by the words of the definitions."""
    regime = regime_of_all()
    tally = Tally(regime, of_year().under.of.tables.records)
    rights = regime.vocabulary.rights
    soft, sums = law().soft_hosts(place()), dict.fromkeys(_SUMS, 0)
    widths = dict.fromkeys(("low", "value", "high"), 0.0)
    persons = 0
    for cell in some_cells():
        counted = cell.persons if cell.is_certain else 0
        now, then = (tally.standing(cell, s).bounds for s in (NOTHING, ORDINARY))
        sure, maybe, assumed = (
            {right: getattr(of[right], end) for right in of}
            for of, end in ((now, "lower"), (now, "lower_possible"), (then, "lower"))
        )
        for name, ends, number in (
            ("low", sure, counted),
            ("high", maybe, cell.persons),
            ("value", assumed, counted),
        ):
            sums[f"people.anything {name}"] += number * any(ends.values())
            sums[f"people.stay {name}"] += number * (ends.get("stay", 0) >= 3)
        shielded = assumed.get("shield", 0) >= 2
        sums["people.shield_without_stay value"] += counted * (
            shielded and assumed.get("stay", 0) < 3
        )
        sums["people.soft_only low"] += counted * (cell.host in soft and not any(maybe.values()))
        persons += counted
        top = rights["stay"].top
        if "stay" in now:
            one, other = now["stay"], then["stay"]
            widths["low"] += counted * max(one.upper - one.lower_possible, 0)
            widths["high"] += counted * max(one.upper_possible - one.lower, 0)
            widths["value"] += counted * max(other.upper - other.lower, 0)
        else:
            for name in widths:
                widths[name] += counted * top
    figures = dict(of_year().figures(place()))
    for name, number in sums.items():
        figure, end = name.split()
        assert number == getattr(figures[figure], end), name
    for name, sum_of in widths.items():
        assert getattr(figures["width.stay"], name) == pytest.approx(sum_of / persons, abs=1e-4)


_SUMS = (
    *(f"people.{f} {e}" for f in ("anything", "stay") for e in ("low", "value", "high")),
    "people.shield_without_stay value",
    "people.soft_only low",
)


def test_few_people_are_not_told_nor_all_but_a_few() -> None:
    everyone = np.ones(len(some_cells()), dtype=bool)
    one = of_year()
    few = [n for n, cell in enumerate(some_cells()) if cell.persons < 10 and cell.is_certain]
    assert few
    mask = np.zeros(len(some_cells()), dtype=bool)
    mask[few[0]] = True
    for held in (mask, ~mask):
        told = one._persons(Held(held, held, held), everyone, ())
        assert told.hidden
        assert (None, None, None) == (told.value, told.low, told.high)


def points(document: TimelineDocument) -> Iterator[tuple[str, TimelinePointModel]]:
    """Every point with its figure."""
    for series in document.series:
        for point in series.points:
            yield series.figure, point


def test_an_interval_holds_its_value_and_a_part_its_whole() -> None:
    for figure, point in points(short()):
        if point.value is None:
            assert point.hidden
            continue
        assert point.low is not None and point.high is not None
        assert point.low <= point.value <= point.high or figure.startswith("people."), figure
        assert point.low <= point.high, figure
        if point.of is not None and not figure.startswith("width."):
            assert 0 <= point.low <= point.of
            assert point.high <= (point.of_high or point.of)
        if figure == "width.stay":
            assert 0 <= point.low <= point.high <= 8


def test_the_document_says_what_each_year_and_figure_is() -> None:
    document = short()
    assert ["published", "interpolated"] == [y.basis for y in document.years]
    defined = {one.id for one in document.definitions}
    assert {s.figure for s in document.series} == defined
    assert {1990} == set(document.breaks)
    assert {"informal", "outward", "selective"} == {c.id for c in document.claims}
    for claim in document.claims:
        assert claim.does_not_show
        assert set(claim.figures) <= defined
    nodes = {node for s in document.series for node in s.articles if "/" in node}
    assert nodes == document.articles.keys()
    stay = next(s for s in document.series if (s.place, s.figure) == ("europe", "people.stay"))
    assert "eu_free_movement_2004_38" in {node.partition("/")[0] for node in stay.articles}
    for spells in stay.articles.values():
        assert all(1990 <= first <= last <= 1991 for first, last in spells)


def test_law_has_years_that_people_have_not() -> None:
    document = timeline(("world",), first=2024, last=2026, cache=shelf(), processes=1)
    years = {s.figure: [p.year for p in s.points] for s in document.series if "." in s.figure}
    assert [2024, 2025, 2026] == years["texts.binding"]
    assert [2024] == years["people.stay"]
    assert ["published", "none", "none"] == [y.basis for y in document.years]


# ---- kept years ----
def test_a_year_is_worked_out_once_and_comes_back_as_it_was(tmp_path: Path) -> None:
    found, computed = years_of([1951, 1952], PERSON, cache=tmp_path)
    again, none = years_of([1951, 1952], PERSON, cache=tmp_path)
    assert (2, 0) == (computed, none)
    assert found == again
    assert worked(1990) == KeptYears(shelf(), PERSON).load(1990)


def test_what_was_finished_before_a_stop_is_not_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def stopped(year: int, danger: DangerReading) -> timeline_kept.YearFigures:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(year)
        return year_of(year, danger)

    monkeypatch.setattr(timeline_years, "year_of", stopped)
    with pytest.raises(KeyboardInterrupt):
        years_of([1951, 1952, 1953, 1954], PERSON, cache=tmp_path)
    monkeypatch.undo()
    found, computed = years_of([1951, 1952, 1953, 1954], PERSON, cache=tmp_path)
    assert (4, 2) == (len(found), computed)
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"year": 1951}', '{"places": {"world": 1}}'])
def test_a_damaged_year_is_worked_out_again(tmp_path: Path, text: str) -> None:
    years_of([1951], PERSON, cache=tmp_path)
    folder = KeptYears(tmp_path, PERSON).folder
    assert folder is not None
    whole = (folder / "1951.json").read_text(encoding="utf-8")
    (folder / "1951.json").write_text(text, encoding="utf-8")
    assert 1 == years_of([1951], PERSON, cache=tmp_path)[1]
    assert json.loads(whole) == json.loads((folder / "1951.json").read_text(encoding="utf-8"))


def test_another_reading_is_kept_apart_and_no_folder_keeps_nothing(tmp_path: Path) -> None:
    years_of([1951], PERSON, cache=tmp_path)
    assert 1 == years_of([1951], DangerReading.SITUATION, cache=tmp_path)[1]
    assert 1 == years_of([1951], PERSON, cache=None)[1]
    unwritable = tmp_path / "file"
    unwritable.write_text("", encoding="utf-8")
    assert 1 == years_of([1951], PERSON, cache=unwritable)[1]


def test_two_processes_find_what_one_finds_and_tell_their_progress(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    years = [*range(1951, 1957), 2026]
    both, computed = years_of(
        years,
        PERSON,
        cache=tmp_path,
        processes=2,
        progress=lambda _what, done, whole: told.append((done, whole)),
    )
    assert 7 == computed
    assert years_of(years, PERSON, cache=None)[0] == both
    assert [(n, 7) for n in range(8)] == told


def test_people_of_both_cases_stand_in_the_world() -> None:
    figures = worked(1990).places
    whole = figures["world"]["people.all"].value or 0
    parts = [figures[name]["people.all"].value or 0 for name in ("europe", "americas")]
    assert 0 < sum(parts) < whole
    cells = population_of(1990).cells
    certain = sum(c.persons for c in cells if c.presence is Truth.TRUE and c.is_certain)
    assert certain == whole


# ---- the page of the documentation ----
PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "timeline.md"


def rows_of(head: str) -> list[list[str]]:
    """The rows of the page's table that begins with a head."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines[lines.index(head) + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_the_page_tells_how_far_the_two_sources_part() -> None:
    rows = rows_of("| year | place | World Bank | UN DESA |")
    assert 6 == len(rows)
    for year, name, *told in rows:
        one = places_of((name,), regime_of_all().vocabulary)[0]
        bound = law(int(year)).bound_hosts(one)
        shares = [
            (getattr(here, source), getattr(whole, source))
            for source in ("world_bank", "un_desa")
            for here, whole in zip(overlap(bound), overlap(one.hosts), strict=True)
            if here.year == int(year)
        ]
        assert told == [f"{100 * part / whole:.1f} %" for part, whole in shares]


def test_the_page_tells_what_europe_hangs_on() -> None:
    vocabulary = regime_of_all().vocabulary
    people = population_of(1996)
    counts = PeopleCounts(vocabulary, date(1996, 7, 1), PERSON, cells=people.cells)
    found = PeopleOfYear(counts.under(regime_of_all()), law(1996))
    region, process = members_of("Europe"), vocabulary.groups["budapest_process"]
    hosts = {
        "in every year": places_of(("europe",), vocabulary)[0].hosts,
        "of that year": region | process.on(date(1996, 7, 1)),
        "region alone": region,
    }
    shares = ("people.anything", "people.stay", "people.shield_without_stay", "people.soft_only")
    rows = rows_of(
        "| hosts | something | stay | shielded, no status | soft texts alone | steps over stay |"
    )
    assert set(hosts) == {name for name, *_ in rows}
    for name, *told in rows:
        figures = dict(found.figures(place(hosts[name])))
        made = [figures[one] for one in shares]
        assert told == [
            *(f"{100 * (one.value or 0) / (one.of or 1):.1f} %" for one in made),
            f"{figures['width.stay'].value:.2f}",
        ]


def test_the_reading_of_conflict_moves_none_of_the_shares_that_the_page_names() -> None:
    told = ("people.anything", "people.stay", "people.shield_without_stay", "people.soft_only")
    one, other = (
        found.places["europe"] for found in (worked(1990), year_of(1990, DangerReading.SITUATION))
    )
    assert [one[name].value for name in told] == [other[name].value for name in told]
