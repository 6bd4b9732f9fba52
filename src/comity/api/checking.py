"""`check`: the faults of agreements and the cases that they state."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement
from comity.api import library as shelf
from comity.api.regimes import named_regime, own_regime
from comity.explain.expectations import CaseRun, run_case
from comity.language.faults import ComityError, Fault
from comity.language.resolved import Library

CIRCULAR = {"E112", "E310", "E320"}
"""Faults of texts whose rules go round or too deep: no case can be run under them."""


@dataclass
class Checked:
    """What came of checking: faults of the texts, and a fault for each case that failed.

    runs: the cases that were run now. cases: how many each instrument has; they are known to pass
    where they were not run, since nothing that decides them has changed.
    """

    faults: list[Fault] = field(default_factory=list)
    runs: list[CaseRun] = field(default_factory=list)
    cases: dict[str, int] = field(default_factory=dict)

    @property
    def instruments(self) -> list[str]:
        """The instruments that could be read."""
        return list(self.cases)

    @property
    def run(self) -> int:
        """All cases."""
        return sum(self.cases.values())

    @property
    def failed(self) -> int:
        """Cases that do not give what they expect."""
        return sum(not run.passed for run in self.runs)

    @property
    def passed(self) -> bool:
        """No fault and no failed case."""
        return not self.faults and not self.failed


def check(library: Library, ids: Sequence[str], *, on: date) -> Checked:
    """Runs the cases of instruments that were read; `on` is the day of cases that name none."""
    checked = Checked(list(library.faults))
    regimes: dict[Hashable, Regime] = {}
    is_circular = any(fault.code in CIRCULAR for fault in library.faults)
    for name in ids:
        instrument = library.instruments.get(name)
        if instrument is None:
            continue  # its faults say why it could not be read
        checked.cases[name] = 0
        document = library.documents[name]
        for statement in instrument.statements:
            if not isinstance(statement, CaseStatement) or is_circular:
                continue
            readings = {f"{name}/{u.question}": u.option for u in statement.readings}
            key = (statement.regime or name, *sorted(readings.items()))
            # What a text alone decides is worked out once, not for each case.
            if key not in regimes:
                try:
                    regimes[key] = _regime_of(statement, instrument, library, readings)
                except ComityError as unknown:
                    excerpt = document.excerpt(statement.span.line)
                    checked.faults += [
                        replace(f, span=statement.span, excerpt=excerpt) for f in unknown.faults
                    ]
                    continue
            run = run_case(statement, instrument, regimes[key], on=on)
            checked.runs.append(run)
            checked.cases[name] += 1
            checked.faults += _faults(run, document.excerpt)
    return checked


def check_packaged(*, on: date) -> Checked:
    """The packaged agreements; what is known to pass on the day is not run again."""
    library = shelf.packaged()
    passed = shelf.all_cases_passed(on)
    if passed is not None:
        return Checked(cases=passed)
    checked = check(library, list(library.instruments), on=on)
    if checked.passed:
        shelf.note_all_passed(on, checked.cases)
    return checked


def _regime_of(
    case: CaseStatement, instrument: Instrument, library: Library, readings: Mapping[str, str]
) -> Regime:
    if case.regime:
        return named_regime(case.regime, library, readings)
    return own_regime(instrument, library, readings)


def _faults(run: CaseRun, excerpt: object) -> list[Fault]:
    assert callable(excerpt)
    faults = [
        Fault(
            "E410",
            f"the case `{run.case.title}` gives: {outcome.gives}",
            outcome.expectation.span,
            excerpt(outcome.expectation.span.line),
        )
        for outcome in run.outcomes
        if not outcome.met
    ]
    for axiom in run.impossible:
        why = axiom.meaning.text if axiom.meaning else "an axiom of the vocabulary"
        faults.append(
            Fault(
                "E440",
                f"the facts of `{run.case.title}` go together in no possible world: {why}",
                run.case.span,
                excerpt(run.case.span.line),
            )
        )
    return faults
