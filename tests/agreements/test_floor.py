"""The floor: what the language was tried on, in this repository and in working order.

Every agreement beside this file is read together with the packaged library, its cases are run, and
the numbers of cases and proofs never fall below those of the trial. README.md says which is where.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement, Proof
from comity.agreement.values import Possible, exactly
from comity.api import library as shelf
from comity.api.checking import Checked, check
from comity.explain.evaluate import Evaluation
from comity.language.documents import read_document
from comity.language.faults import render
from comity.language.formatter import format_document
from comity.language.resolved import Library

HERE = Path(__file__).parent
AGREEMENTS = tuple(sorted(path for path in HERE.glob("*.md") if path.name != "README.md"))
TODAY = date(2026, 11, 24)
CASES_OF_THE_TRIAL = 43
PROOFS_OF_THE_TRIAL = 39


@cache
def library() -> tuple[Library, tuple[str, ...]]:
    return shelf.with_files(AGREEMENTS)


@cache
def checked() -> Checked:
    read, own = library()
    return check(read, own, on=TODAY)


def count(kind: type[CaseStatement] | type[Proof], instruments: Mapping[str, Instrument]) -> int:
    return sum(
        isinstance(statement, kind) for i in instruments.values() for statement in i.statements
    )


def test_every_agreement_here_is_read_without_a_fault() -> None:
    read, own = library()
    assert [] == [render(fault) for fault in read.faults]
    assert len(AGREEMENTS) == len(own)
    assert set(own) <= set(read.instruments)


def test_every_case_here_gives_what_it_expects() -> None:
    assert [] == [render(fault) for fault in checked().faults]
    assert 0 == checked().failed


def test_every_agreement_here_has_a_case() -> None:
    read, own = library()
    without = {name for name in own if not count(CaseStatement, {name: read.instruments[name]})}
    assert {"prevalence_rival", "sponsor_host_law"} == without  # they only stand beside others


def test_the_repository_holds_no_fewer_cases_and_proofs_than_the_trial() -> None:
    instruments = dict(library()[0].instruments)
    del instruments["imfc_draft_1"]  # the same cases as `imfc`
    assert CASES_OF_THE_TRIAL <= count(CaseStatement, instruments)
    assert PROOFS_OF_THE_TRIAL <= count(Proof, instruments)


def named_in_readme(heading: str) -> list[tuple[str, str]]:
    """File and name of each row of the table under a heading of README.md."""
    _, _, rest = (HERE / "README.md").read_text("utf-8").partition(f"## {heading}\n")
    rows = [
        line.split("|")[1:-1] for line in rest.partition("\n## ")[0].splitlines() if "|" in line
    ]
    return [(row[1].strip(" `"), row[2].strip()) for row in rows[2:]]


def stated(file: str, kind: type[CaseStatement] | type[Proof]) -> set[str]:
    """Titles of the cases, or labels of the proofs, of a file."""
    label = str(HERE / file) if (HERE / file).exists() else f"instruments/{file}"
    name = next(n for n, d in library()[0].documents.items() if d.file == label)
    statements = library()[0].instruments[name].statements
    return {
        s.title if isinstance(s, CaseStatement) else s.label
        for s in statements
        if isinstance(s, kind) and isinstance(s, (CaseStatement, Proof))
    }


def test_the_readme_names_cases_and_proofs_that_exist() -> None:
    cases, proofs = named_in_readme("Cases"), named_in_readme("Proofs")
    assert CASES_OF_THE_TRIAL <= len(cases)
    assert PROOFS_OF_THE_TRIAL <= len(proofs)
    assert [] == [row for row in cases if row[1] not in stated(row[0], CaseStatement)]
    assert [] == [row for row in proofs if row[1] not in stated(row[0], Proof)]


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_every_agreement_here_stands_in_canonical_layout(path: Path) -> None:
    beside = [*shelf.packaged().documents.values()]
    beside += [read_document(p.read_text("utf-8"), p.name) for p in AGREEMENTS if p != path]
    text = path.read_text("utf-8")
    assert text == format_document(text, path.name, shelf.vocabulary(), beside=beside)


# ---- what a case of an agreement cannot say: it takes the agreement as in force for every host ----
def position(
    name: str, host: str, on: date, **facts: bool | int | str | tuple[str, ...]
) -> Evaluation:
    """An ordinary person before a host, under one agreement with its real parties."""
    read = library()[0]
    regime = Regime(name, (read.instruments[name],), read.vocabulary, read.instruments)
    known: dict[str, Possible] = {"host": exactly(host)}
    known |= {path.replace("__", "."): exactly(value) for path, value in facts.items()}
    return Evaluation(regime, Case(on, known, ordinary=True))


def rank(right: str, level: str) -> int:
    found = shelf.vocabulary().rights[right]
    return next(r for r in range(found.top + 1) if found.name_of(r) == level)


def pay(host: str, on: date) -> int:
    lawfully = shelf.vocabulary().scales["attachment"].rank("lawfully_in")
    return (
        position("floor_c97", host, on, attachment=lawfully, work__kind="worker")
        .bounds("pay")
        .lower
    )


def test_outside_the_parties_and_before_its_force_nothing_is_owed() -> None:
    as_nationals = rank("pay", "as_nationals")
    assert as_nationals == pay("ITA", date(2015, 6, 1))
    assert 0 == pay("USA", date(2015, 6, 1))
    assert 0 == pay("ITA", date(1952, 1, 21))  # a day before the Convention is in force
    assert 0 == pay("ITA", date(1952, 10, 21))  # a day before Italy is a party


def test_a_state_that_takes_no_part_owes_nothing() -> None:
    long_term = rank("stay", "long_term")
    held = {"status__held": long_term}
    assert long_term == position("floor_ltr", "DEU", TODAY, **held).bounds("stay").lower
    assert 0 == position("floor_ltr", "DNK", TODAY, **held).bounds("stay").lower


def test_an_informal_process_bounds_nothing_among_its_members_either() -> None:
    before_hungary = position("floor_budapest", "HUN", TODAY, illegal_stay=True)
    top = shelf.vocabulary().rights["stay"].top
    bounds = before_hungary.bounds("stay")
    assert (0, top) == (bounds.lower_possible, bounds.upper)
