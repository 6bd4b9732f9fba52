"""Canonical layout: how long a line may be and where it is broken; amounts as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.agreement.conditions import Constant
from comity.agreement.vocabulary import Vocabulary

WIDTH = 95
"""Columns that a line may have; a name or a quoted text that is longer stands whole."""

_KEPT = "\x00"
"""A space at which no line may end; it is a plain space in what is handed out."""

_JOINTS = ("and ", "or ", "implies ")
_SINGULAR = ("days", "months", "persons")
_AMOUNT = re.compile(r"(\d+)(?: ([a-z]+))?")

Spelled = Mapping[tuple[int, str], str]
"""How a statement's own text wrote an amount: (60, `months`) as `5 years`, (5, "") as `5`."""


@dataclass(frozen=True, slots=True)
class Words:
    """What printing needs: the vocabulary, the instrument in hand, its own spellings."""

    vocabulary: Vocabulary
    instrument: str = ""
    spelled: Spelled = field(default_factory=dict)

    def own(self, owner: str, name: str) -> str:
        """A name without its instrument where that is the one in hand."""
        return name if owner == self.instrument else f"{owner}/{name}"

    def node(self, key: str) -> str:
        """`INSTRUMENT/ID` as a text of the instrument in hand names it."""
        owner, _, node_id = key.partition("/")
        return self.own(owner, node_id)

    def amount(self, number: int, unit: str, written: str = "") -> str:
        """A number with its unit: as written if that says the same, else in the unit itself."""
        if written and reads_as(written, unit) == number:
            return kept(written)
        spelled = self.spelled.get((number, unit)) or self.spelled.get((number, ""))
        if spelled:
            return kept(spelled)
        return kept(f"{number} {unit[:-1] if number == 1 and unit in _SINGULAR else unit}")

    def level(self, scale: str, rank: int) -> str:
        """A rank of a scale by its level's name."""
        return self.vocabulary.scales[scale].levels[rank]

    def constant(self, constant: Constant) -> str:
        """A level by name, a day of the calendar, or a number with its unit."""
        if constant.kind in self.vocabulary.scales:
            return self.level(constant.kind, constant.value)
        if constant.kind == "date":
            return day(constant.value)
        return self.amount(constant.value, constant.kind, constant.written)


def day(ordinal: int) -> str:
    """A day by its ordinal: `2015-09-01`."""
    return date.fromordinal(ordinal).isoformat()


def from_until(since: date | None, until: date | None) -> str:
    """` from 2015-09-01 until 2016-03-01`, either end left out where there is none."""
    text = f" from {since.isoformat()}" if since is not None else ""
    return text + (f" until {until.isoformat()}" if until is not None else "")


def reads_as(written: str, unit: str) -> int | None:
    """The number of a unit that a written amount says (`5 years` is 60 months), None if none."""
    match = _AMOUNT.fullmatch(written)
    if match is None:
        return None
    number, own = int(match[1]), match[2] or unit
    if own.startswith("year"):
        return 12 * number if unit == "months" else None
    return number if own in (unit, unit.removesuffix("s")) else None


def kept(text: str) -> str:
    """A text that is never broken over lines."""
    return text.replace(" ", _KEPT)


def quoted(text: str) -> str:
    """A text in quotation marks, broken over lines only where no line could hold it."""
    marked = f'"{text}"'
    return marked if len(marked) > WIDTH - 6 else kept(marked)


def plain(text: str) -> str:
    """The text without marks of layout."""
    return text.replace(_KEPT, " ")


def names(several: Iterable[str]) -> str:
    """`a, b, c`."""
    return ", ".join(several)


def laid_out(text: str, indent: int = 0, deeper: int = 4) -> str:
    """One clause on as many lines as it needs.

    indent: of the first line. deeper: of the others, at least two more than the first.
    """
    lines: list[str] = []
    rest = " " * indent + text
    margin = " " * max(deeper, indent + 2)
    while len(rest) > WIDTH:
        cut = _where_to_break(rest)
        if cut is None:
            break
        lines.append(rest[:cut].rstrip())
        rest = margin + rest[cut:].lstrip()
    return plain("\n".join([*lines, rest]))


def _where_to_break(line: str) -> int | None:
    """After `;`, before `and` or `or`, after `,`, else at the last space that still fits."""
    start = len(line) - len(line.lstrip())
    spaces = [m.start() for m in re.finditer(" ", line) if m.start() > start]
    fitting = [space for space in spaces if space <= WIDTH]
    if not fitting:
        return spaces[0] if spaces else None
    useful = [space for space in fitting if space > start + 24]
    for good in (
        [space for space in useful if line[space - 1] == ";"],
        [space for space in useful if line.startswith(_JOINTS, space + 1)],
        [space for space in useful if line[space - 1] == ","],
    ):
        if good:
            return good[-1]
    return fitting[-1]


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], marks: Sequence[str] = ()
) -> list[str]:
    """A Markdown table with its columns aligned. marks: `:---` and the like of each column."""
    grid = [list(header), *(list(row) for row in rows)]
    columns = max(len(row) for row in grid)
    for row in grid:
        row += [""] * (columns - len(row))
    widths = [max(3, *(len(row[column]) for row in grid)) for column in range(columns)]
    rules = []
    for column, width in enumerate(widths):
        mark = marks[column] if column < len(marks) else ""
        left, right = mark.startswith(":"), mark.endswith(":")
        dashes = "-" * (width + 2 - left - right)
        rules.append(f"{':' if left else ''}{dashes}{':' if right else ''}")
    made = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) + " |" for r in grid
    ]
    return [made[0], f"|{'|'.join(rules)}|", *made[1:]]
