"""The profile as a whole: its subjects, its sections, and that every figure can be traced."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api import library as shelf
from comity.api.profile import SECTIONS, profile
from comity.api.profile_setting import subject_of
from comity.api.schema_profile import FigureModel, ProfileDocument
from comity.language.faults import ComityError
from comity.world.sources import SOURCES

DAY = date(2026, 11, 24)
VOCABULARY = shelf.packaged().vocabulary


@pytest.fixture(scope="module")
def today() -> ProfileDocument:
    """The law in force, every section."""
    return profile("today", on=DAY)


@pytest.fixture(scope="module")
def budapest() -> ProfileDocument:
    """An informal process, by the same measure."""
    return profile("budapest_process", on=DAY)


def figures_of(document: ProfileDocument) -> list[FigureModel]:
    return [f for s in document.sections for f in (*s.figures, *s.sensitivity)]


@pytest.mark.parametrize("name", ["today", "budapest"])
def test_every_section_says_something_or_why_not(name: str, request: pytest.FixtureRequest) -> None:
    document: ProfileDocument = request.getfixturevalue(name)
    assert tuple(SECTIONS) == tuple(s.id for s in document.sections)
    for section in document.sections:
        assert section.definition, section.id
        assert section.example, section.id
        assert section.figures or section.tables or section.not_observed, section.id
        for table in section.tables:
            assert table.rows, (section.id, table.id)
            assert all(len(row) == len(table.columns) for row in table.rows), table.id


@pytest.mark.parametrize("name", ["today", "budapest"])
def test_every_figure_leads_to_its_articles_and_sources(
    name: str, request: pytest.FixtureRequest
) -> None:
    document: ProfileDocument = request.getfixturevalue(name)
    library = shelf.packaged()
    known = set(SOURCES)
    for figure in figures_of(document):
        assert set(figure.sources) <= known, figure.id
        for key in figure.articles:
            assert key in document.articles, key
            owner, _, node = key.partition("/")
            assert owner in library.instruments, key
            assert node, key


def test_names_of_figures_are_told_apart(today: ProfileDocument) -> None:
    names = [f.id for f in figures_of(today)]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)[:5]


def test_numbers_of_people_are_intervals(today: ProfileDocument) -> None:
    for figure in figures_of(today):
        if figure.certain is not None and figure.possible is not None:
            assert figure.certain <= figure.possible, figure.id
        if figure.assumed is not None and figure.possible is not None:
            assert figure.assumed <= figure.possible, figure.id
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high, figure.id
        for number in (figure.certain, figure.possible, figure.assumed):
            assert number is None or number == 0 or number >= 10, figure.id


def test_an_informal_process_guarantees_nobody_anything(budapest: ProfileDocument) -> None:
    """What it leaves to States is the whole of each right."""
    discretion = next(s for s in budapest.sections if s.id == "discretion")
    stay = next(f for f in discretion.figures if f.id == "discretion.stay")
    assert (stay.low, stay.high) == (8.0, 8.0)


def test_a_subject_is_a_regime_a_state_a_region_or_a_group() -> None:
    assert subject_of("today", VOCABULARY, "", DAY).kind == "regime"
    germany = subject_of("DEU", VOCABULARY, "", DAY)
    assert (germany.kind, germany.hosts) == ("state", frozenset({"DEU"}))
    europe = subject_of("Europe", VOCABULARY, "", DAY)
    assert europe.kind == "region"
    assert europe.hosts is not None
    assert {"DEU", "RUS"} <= europe.hosts
    assert "TUR" not in europe.hosts
    within = subject_of("imfc", VOCABULARY, "puebla_rcm", DAY)
    assert within.hosts is not None
    assert len(within.hosts) == 11
    assert subject_of("puebla_rcm", VOCABULARY, "", DAY).kind == "regime"


def test_a_place_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(ComityError) as refused:
        subject_of("today", VOCABULARY, "Erope", DAY)
    assert refused.value.faults[0].code == "E457"
    assert "Europe" in str(refused.value.faults[0].suggestion)
    with pytest.raises(ComityError) as refused:
        profile("no_such_text", on=DAY)
    assert refused.value.faults[0].code == "E450"
    with pytest.raises(ComityError) as refused:
        profile("today", on=DAY, sections=("discreton",))
    assert refused.value.faults[0].code == "E490"


def test_a_state_is_profiled_by_its_own_people() -> None:
    """Sections can be asked for alone; the people are those of the hosts of the subject."""
    document = profile("DEU", on=DAY, sections=("discretion",))
    assert document.hosts == ("DEU",)
    assert 10_000_000 < document.people < 25_000_000
    assert "imfc" not in document.instruments
