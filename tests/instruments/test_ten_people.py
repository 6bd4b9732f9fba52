"""Ten people under all that binds on a day: each meets what binds there and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.cases import case_of
from comity.agreement.instruments import Instrument
from comity.agreement.statements import CaseStatement
from comity.agreement.values import Truth
from comity.api import library as shelf
from comity.api.checking import check
from comity.api.regimes import named_regime
from comity.explain.evaluate import Evaluation

ON = date(2026, 11, 30)
MEETS: dict[str, set[str]] = {
    "A Turkish worker in Germany in 1996, under all that binds": {
        "cat_art3", "echr_3_8", "eu_ankara_1_80", "iccpr_6_7_13", "ilo_c97",
    },
    "A Pole in London on the last day before accession": {"cat_art3", "iccpr_6_7_13"},
    "A Pole in London on the day of accession": {
        "cat_art3", "eu_free_movement_2004_38", "iccpr_6_7_13",
    },
    "A Syrian in Turkey, under all that binds": {"cat_art3", "echr_3_8", "iccpr_6_7_13"},
    "A Nigerian in Ghana for sixty days, under all that binds": {
        "cat_art3", "ecowas", "iccpr_6_7_13",
    },
    "A Bolivian in Argentina without leave, under all that binds": {
        "cat_art3", "iccpr_6_7_13", "mercosur_residence",
    },
    "A Tongan in seasonal work in New Zealand, under all that binds": {
        "cat_art3", "iccpr_6_7_13", "ilo_c97",
    },
    "A Canadian management consultant in Mexico, under all that binds": {
        "cat_art3", "iccpr_6_7_13", "icrmw", "usmca_ch16",
    },
    "An Eritrean in Israel, under all that binds": {
        "cat_art3", "iccpr_6_7_13", "refugee_1951_1967",
    },
    "A Rohingya in Bangladesh, under all that binds": {"cat_art3", "iccpr_6_7_13"},
}  # fmt: skip
"""The instruments of which some norm bounds, or may bound, a right of that person."""


def stated() -> dict[str, tuple[Instrument, CaseStatement]]:
    """The packaged cases under `today`, by title."""
    return {
        case.title: (instrument, case)
        for instrument in shelf.packaged().instruments.values()
        for case in instrument.all_of(CaseStatement)
        if isinstance(case, CaseStatement) and case.regime == "today"
    }


def test_the_ten_people_are_cases_under_today() -> None:
    assert set(MEETS) <= set(stated())


@pytest.mark.parametrize("title", MEETS)
def test_each_meets_what_binds_there_and_nothing_else(title: str) -> None:
    instrument, case = stated()[title]
    regime = named_regime("today", shelf.packaged(), {})
    person = Evaluation(regime, case_of(case, instrument, regime.vocabulary, on=ON))
    met = {
        unit.node.partition("/")[0]
        for right in regime.vocabulary.rights
        for unit in person.units(right)
        if person.effective(unit) is not Truth.FALSE
    }
    assert MEETS[title] == met


def test_they_pass() -> None:
    names = sorted({instrument.id for instrument, _ in stated().values()})
    checked = check(shelf.packaged(), names, on=ON)
    assert [] == [r.case.title for r in checked.runs if r.case.regime and not r.passed]


def test_informal_texts_bind_nobody_and_press() -> None:
    """Budapest and the compacts are there, as pressure: no norm of theirs bounds anything."""
    regime = named_regime("today", shelf.packaged(), {})
    soft = [i.id for i in regime.instruments if not i.force.binds]
    assert {"budapest_process", "puebla_rcm", "gcm_gcr_2018", "cartagena_1984"} <= set(soft)
    for units in regime.units.values():
        assert not {unit.node.partition("/")[0] for unit in units} & set(soft)
