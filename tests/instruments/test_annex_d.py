"""Annex D of the Convention, row by row: each gap is a stated refutation beside its articles."""

from __future__ import annotations

import re

import pytest

from comity.agreement.conditions import Condition, TermHolds, atoms
from comity.agreement.instruments import Instrument
from comity.agreement.statements import (
    AgainstInstrument,
    Implies,
    NoGap,
    OperatesOnlyWith,
    Proof,
)
from comity.api import library as shelf

ROWS = {
    "1951 and 1967": ("refugee_1951_1967",),
    "Directive 2011/95": ("eu_qd_2011_95",),
    "Directive 2001/55": ("eu_tpd_2001_55",),
    "Dublin III": ("eu_dublin_604_2013",),
    "Directive 2008/115": ("eu_returns_2008_115",),
    "Directive 2003/109": ("eu_ltr_2003_109",),
    "Directive 2003/86": ("eu_famreun_2003_86",),
    "Decision 1/80": ("eu_ankara_1_80",),
    "Europe Agreements": ("eu_europe_agreements",),
    "GATS mode 4, NAFTA 16, MAI, FTAA": ("gats_mode4", "nafta_ch16", "mai_1998", "ftaa"),
    "ILO Conventions 97 and 143": ("ilo_c97", "ilo_c143"),
    "ICRMW": ("icrmw",),
    "ECOWAS, MERCOSUR residence, EEA": ("ecowas", "mercosur_residence", "eea"),
    "Budapest, Puebla": ("budapest_process", "puebla_rcm"),
}
BY_ELEMENTS = {"eu_europe_agreements"}
"""Their gap is of elements: those that never operate for want of companions."""


def rows() -> list[str]:
    """The first cells of the table in the Convention's own file."""
    annex = shelf.packaged().instruments["imfc"].article("annexD")
    assert annex is not None
    table = annex.text.partition("# Lines of the sheet")[0]
    cells = re.findall(r"^\| ([^|]+?) \|", table, re.M)
    return [cell for cell in cells if cell != "instrument" and not cell.startswith("---")]


def measures_a_gap(proof: Proof) -> bool:
    """Against the Convention, or a gap in what is due."""
    match proof.property:
        case AgainstInstrument(instrument="imfc") | NoGap():
            return True
        case Implies(premise, conclusion):
            return "imfc" in named(premise) | named(conclusion)
        case _:
            return False


def named(condition: Condition) -> set[str]:
    """The instruments whose terms a condition names."""
    return {atom.instrument for atom in atoms(condition) if isinstance(atom, TermHolds)}


def proofs(instrument: Instrument) -> list[Proof]:
    """The proofs that a text states."""
    return [s for s in instrument.statements if isinstance(s, Proof)]


def test_every_row_is_here_and_no_other() -> None:
    assert list(ROWS) == rows()


@pytest.mark.parametrize("name", sorted({n for names in ROWS.values() for n in names}))
def test_a_row_is_a_stated_refutation(name: str) -> None:
    """That each verdict is the stated one, test_packaged_proofs asks."""
    stated = proofs(shelf.packaged().instruments[name])
    if name in BY_ELEMENTS:
        assert any(isinstance(p.property, OperatesOnlyWith) for p in stated)
        return
    assert any(p.refuted and measures_a_gap(p) for p in stated)


@pytest.mark.parametrize("name", ROWS["Budapest, Puebla"])
def test_informal_processes_answer_to_officials_alone(name: str) -> None:
    """Articles 31, 36 and 37: no force, no parliament, no complaint of a person."""
    made = shelf.packaged().instruments[name]
    assert not made.force.binds
    assert made.accountability["complaint"].startswith("none")
    assert "parliament" in made.accountability or "answers_to" in made.accountability
