"""Small agreements, one for each fault of the meaning that was found and mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.values import exactly
from comity.api import library as shelf
from comity.api.checking import check
from comity.explain.evaluate import Evaluation
from comity.language.faults import render

FOLDER = Path(__file__).parent / "agreements"
ON = date(2026, 11, 24)


def test_every_case_of_the_mended_faults_passes() -> None:
    paths = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
    library, ids = shelf.with_files(paths)
    checked = check(library, ids, on=ON)
    assert [] == [render(fault) for fault in checked.faults]
    assert len(paths) == len(ids)
    assert len(checked.runs) >= 6


def test_a_borrowed_definition_brings_its_exclusions_although_the_host_is_no_party() -> None:
    library, _ids = shelf.with_files([FOLDER / "borrowed_definition.md"])
    regime = Regime("unb", (library.instruments["unb"],), library.vocabulary, library.instruments)
    facts = {
        "host": exactly("IND"),
        "nationality": exactly({"RWA"}),
        "agency": exactly("ceased"),
        "conduct.excluded": exactly(True),
    }
    evaluation = Evaluation(regime, Case(ON, facts, ordinary=True))
    assert 0 == evaluation.bounds("stay").lower_possible
    allowed = Case(ON, {**facts, "conduct.excluded": exactly(False)}, ordinary=True)
    assert 5 == Evaluation(regime, allowed).bounds("stay").lower
