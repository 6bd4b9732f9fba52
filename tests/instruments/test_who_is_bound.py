"""Who is bound by what, since when and with which reservation: no agreement's own cases test this."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.api.regimes import read_regime
from comity.explain.answer import Answer, explain
from comity.explain.evaluate import Evaluation
from comity.language.case_files import read_case

CAT, ECHR = "cat_art3", "echr_3_8"
RETURNS, REFUGEES = "eu_returns_2008_115", "refugee_1951_1967"
EVERYTHING = (CAT, ECHR, RETURNS, REFUGEES)
NOW = "2026-11-24"


def regime() -> Regime:
    """The encoded instruments."""
    return read_regime("encoded").regime


def binds(instrument: str, article: str, host: str, day: str) -> bool:
    """Whether an article binds a host, by the evaluator and by the list of parties alike."""
    on = date.fromisoformat(day)
    case = read_case(f"host: {host}\n", "x.yaml", regime().vocabulary, today=on).case
    instruments = [n for n in regime().by_id[instrument].holdings if n.id.startswith(article)]
    assert instruments, f"{instrument} has no article {article}"
    found = {
        Evaluation(regime(), case).bound(f"{instrument}/{node.id}")
        for node in instruments
        if node.id.partition(".")[0] == article or node.id.startswith(f"{article}.")
    }
    listed = host in regime().bound_states(instrument, article, on)
    assert {Truth.of(listed)} == found
    return listed


@pytest.mark.parametrize(
    ("instrument", "article", "host", "day", "bound"),
    [
        # Protocol 4 was never ratified by four; the Convention itself binds them
        *((ECHR, "prot4.4", host, NOW, False) for host in ("GBR", "CHE", "TUR", "GRC")),
        *((ECHR, "prot4.4", host, "1990-01-01", False) for host in ("GBR", "CHE", "TUR", "GRC")),
        *((ECHR, "3", host, NOW, True) for host in ("GBR", "CHE", "TUR", "GRC")),
        (ECHR, "prot4.4", "DEU", NOW, True),
        (ECHR, "prot4.4", "AUT", "1969-09-17", False),
        (ECHR, "prot4.4", "AUT", "1969-09-18", True),
        # Russia left six months after it was expelled
        (ECHR, "3", "RUS", "2022-09-15", True),
        (ECHR, "3", "RUS", "2022-09-16", False),
        (ECHR, "prot4.4", "RUS", "2022-09-16", False),
        (CAT, "3", "RUS", NOW, True),
        (REFUGEES, "33", "RUS", NOW, True),
        # Greece was outside between denunciation and return
        (ECHR, "3", "GRC", "1970-06-12", True),
        (ECHR, "3", "GRC", "1970-06-13", False),
        (ECHR, "3", "GRC", "1974-11-28", True),
        # the Directive: never these two, Croatia from accession, none before transposition
        *((RETURNS, "6", "IRL", day, False) for day in ("2010-12-24", "2016-01-01", NOW)),
        *((RETURNS, "6", "GBR", day, False) for day in ("2010-12-24", "2016-01-01", NOW)),
        (RETURNS, "6", "HRV", "2013-06-30", False),
        (RETURNS, "6", "HRV", "2013-07-01", True),
        (RETURNS, "6", "DEU", "2010-12-23", False),
        (RETURNS, "6", "DEU", "2010-12-24", True),
        (RETURNS, "6", "CHE", NOW, True),
        (RETURNS, "6", "TUR", NOW, False),
        # India is a party to none of them
        *((name, article, "IND", NOW, False)
          for name, article in ((CAT, "3"), (ECHR, "3"), (RETURNS, "6"), (REFUGEES, "33"))),
        # reservations to an article leave the others
        (REFUGEES, "26", "MEX", NOW, False),
        (REFUGEES, "33", "MEX", NOW, True),
        (REFUGEES, "34", "PNG", NOW, False),
        (REFUGEES, "33", "PNG", NOW, True),
        (REFUGEES, "17", "IRN", NOW, False),
        (REFUGEES, "17", "DEU", NOW, True),
    ],
)  # fmt: skip
def test_a_host_is_bound_or_not(
    instrument: str, article: str, host: str, day: str, bound: bool
) -> None:
    assert bound is binds(instrument, article, host, day)


@pytest.mark.parametrize("name", EVERYTHING)
def test_no_article_on_return_to_persecution_is_reserved(name: str) -> None:
    barred = {REFUGEES: ("1", "3", "4", "16", "33"), CAT: ("3",), ECHR: ("3",)}.get(name, ())
    reserved = {a for r in regime().by_id[name].reservations for a in r.articles}
    assert set() == reserved & set(barred)


@pytest.mark.parametrize("name", EVERYTHING)
def test_whoever_is_bound_was_a_state_on_that_day(name: str) -> None:
    states = regime().vocabulary.states
    for day in (date(1955, 1, 1), date(1992, 6, 1), date(2006, 6, 4), date(2026, 11, 24)):
        for code in regime().by_id[name].parties_on(day):
            assert states[code].existed(day), (code, day)


def test_nobody_is_bound_before_an_instrument_is_in_force() -> None:
    for made in regime().instruments:
        if made.in_force is None:  # never in force, or a text that binds nobody anyhow
            assert not made.force.binds or (made.status == "not_in_force" and not made.parties)
            continue
        before = date.fromordinal(made.in_force.toordinal() - 1)
        assert frozenset() == made.parties_on(before)


PERSON = """\
host: {host}
on: {day}
nationalities: [{state}]
destination: origin
origins:
  - {{state: {state}, degree: danger_to_life, likelihood: real_risk, ground: religion,
      in_europe: {in_europe}, protects: no, alternative: no, actor: [state]}}
facts: {{claims: yes, outside_origin: yes, attachment: present}}
everything_else: ordinary
"""


def answer(
    host: str, *, in_europe: bool, state: str = "SYR", day: str = "2024-01-01", more: str = ""
) -> Answer:
    """A refugee in all but the place of the events, under the Convention of 1951 alone."""
    text = PERSON.format(host=host, state=state, day=day, in_europe="yes" if in_europe else "no")
    made = read_regime(REFUGEES).regime
    read = read_case(text + more, "x.yaml", made.vocabulary, today=date(2024, 1, 1))
    found = explain(made, read.case, why_not=False, part=False)
    assert () == found.impossible
    return found


def test_turkiye_owes_refugee_status_for_events_in_europe_only() -> None:
    assert 0 == answer("TUR", in_europe=False).right("shield").bounds.lower_possible
    assert answer("TUR", in_europe=True, state="UKR").right("shield").bounds.lower > 0


@pytest.mark.parametrize("host", ["DEU", "KEN", "MEX"])
def test_others_owe_it_wherever_the_events_were(host: str) -> None:
    assert answer(host, in_europe=False).right("shield").bounds.lower > 0


def test_turkiye_without_its_declaration_would_owe_it_to_all() -> None:
    without = f"declared: {{{REFUGEES}/europe_only: no}}\n"
    assert answer("TUR", in_europe=False, more=without).right("shield").bounds.lower > 0


def test_in_india_no_encoded_instrument_gives_anything() -> None:
    found = answer("IND", in_europe=False)
    assert {Truth.FALSE} == {truth for _name, truth in found.bound_by}
    assert [] == [a.right.name for a in found.rights if a.bounds.lower_possible > 0]


def test_a_draft_binds_every_host_in_its_regime_and_no_other_draft_comes_with_it() -> None:
    made = read_regime("imfc").regime
    assert frozenset({"imfc"}) == made.for_every_host
    case = read_case("host: IND\n", "x.yaml", made.vocabulary, today=date(2026, 11, 24)).case
    assert Truth.TRUE is Evaluation(made, case).bound("imfc/")
    assert Truth.FALSE is Evaluation(made, case).bound(f"{CAT}/")
