"""What was found in a register: as data, and as text. Rows by number, values only where they are codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from comity.count.register.faults import ACCEPTED, OF_ROWS, RegisterError
from comity.count.register.words import shown

FIRST_ROWS = 10
"""Rows that a finding names; all are counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows with one fault in one column. rows: the first of them, counted from 1 after any header.

    column: as the data have it, several joined by commas, "" where an axiom reads several facts.
    """

    code: str
    column: str
    fact: str
    count: int
    rows: tuple[int, ...]
    message: str
    suggestion: str

    @property
    def name(self) -> str:
        """The code in words."""
        return OF_ROWS[self.code].name


@dataclass(frozen=True, slots=True)
class OfFact:
    """What a register says of one fact. unknown: rows in which nothing is known; capped: too long."""

    fact: str
    columns: tuple[str, ...]
    unknown: int
    capped: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A register, checked.

    unnamed: columns of the data that the map does not name; nothing is read from them. facts: those
    of the map, in its order, the `id` first. accepted: codes that do not stop the count. persons: the
    sum of weights.
    """

    name: str
    rows: int
    persons: float
    findings: tuple[Finding, ...]
    unnamed: tuple[str, ...]
    facts: tuple[OfFact, ...]
    accepted: frozenset[str] = frozenset()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the count."""
        return tuple(one for one in self.findings if one.code not in self.accepted)

    def accepting(self, codes: Collection[str]) -> Report:
        """The same with codes accepted. Raises ValueError for a code that cannot be."""
        wrong = sorted(set(codes) - set(ACCEPTED))
        if wrong:
            raise ValueError(f"{wrong[0]} cannot be accepted; {', '.join(ACCEPTED)} can")
        accepted = frozenset(codes)
        return Report(
            self.name, self.rows, self.persons, self.findings, self.unnamed, self.facts, accepted
        )

    def refuse(self) -> None:
        """Raises RegisterFaulty if something is found that was not accepted."""
        if self.errors:
            raise RegisterFaulty(self)

    def document(self) -> dict[str, object]:
        """The report as a document for a program."""
        return {
            "rows": self.rows,
            "persons": self.persons,
            "findings": [
                {
                    "code": one.code,
                    "name": one.name,
                    "column": shown(one.column, most=200),
                    "fact": one.fact,
                    "count": one.count,
                    "rows": list(one.rows),
                    "message": one.message,
                    "suggestion": one.suggestion,
                    "accepted": one.code in self.accepted,
                }
                for one in self.findings
            ],
            "unnamed_columns": [shown(name) for name in self.unnamed],
            "facts": {
                one.fact: {
                    "columns": [shown(name) for name in one.columns],
                    "unknown": one.unknown,
                    "capped": one.capped,
                }
                for one in self.facts
            },
        }


class RegisterFaulty(RegisterError):
    """The count is stopped: rows are at fault. It has the code of its first finding, and the report."""

    def __init__(self, report: Report) -> None:
        first = report.errors[0]
        self.code, self.name = first.code, first.name
        self.report = report
        more = len(report.errors) - 1
        others = f" (and {more} more)" if more else ""
        super().__init__(f"{first.message}{others}", suggestion=first.suggestion)


def told(report: Report) -> str:
    """The report for a person, a line a thing."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterable[str]:
    persons = (
        "" if report.persons == report.rows else f", {_number(report.persons)} persons by weight"
    )
    yield f"{shown(report.name)}: {_rows(report.rows)}{persons}"
    if not report.rows:
        yield "there is nobody to count"
    for one in report.findings:
        is_accepted = one.code in report.accepted
        yield f"{one.code} {one.name}{' (accepted)' if is_accepted else ''}: {one.message}"
        more = ", ..." if one.count > len(one.rows) else ""
        yield f"  {_rows(one.count)}: {', '.join(map(_number, one.rows))}{more}"
        if is_accepted:
            yield f"  {_accepted(one)}"
        elif one.suggestion:
            yield f"  try: {one.suggestion}"
    yield from _unknown(report)
    if report.unnamed:
        names = ", ".join(f"`{shown(name)}`" for name in report.unnamed)
        yield f"columns that the map does not name, and that are not read: {names}"
    stopped = sum(one.count for one in report.errors)
    if stopped:
        several = "finding" if len(report.errors) == 1 else "findings"
        yield f"nothing was counted: {len(report.errors)} {several} in {_rows(stopped)}"


def _accepted(one: Finding) -> str:
    if one.code == "E487":
        return f"every one of the {_rows(one.count)} is counted"
    return f"{one.fact}: counted as unknown in {_rows(one.count)}"


def _unknown(report: Report) -> Iterable[str]:
    known: Mapping[str, OfFact] = {one.fact: one for one in report.facts if report.rows}
    for key, one in known.items():
        if one.unknown:
            yield f"{key}: unknown in {_rows(one.unknown)} ({_share(one.unknown, report.rows)})"
        if one.capped:
            yield f"{key}: {_rows(one.capped)} longer than the fact can say, counted as its highest"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if part * 1000 >= whole else "under 0.1 %"


def _rows(count: int) -> str:
    return f"{_number(count)} {'row' if count == 1 else 'rows'}"


def _number(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
