"""What stands above every query: the law, its day and readings, what the numbers mean and do not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.agreement.many.evaluator import Evaluator
from comity.count.sql.words import plain

WIDEST = 100


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a caller knows of the texts. coverage: one line an instrument. readings: question and option.

    law_hash: SHA-256 of the texts, so that an office can tell which law its number is of.
    """

    coverage: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    law_hash: str = ""
    cautions: tuple[str, ...] = ()
    version: str = ""


CLAIMS = (
    "lower: what the encoded texts surely guarantee. lower_possible: what they may guarantee, if what is"
    " unknown turns out so.",
    "upper: what they surely leave open to the State. upper_possible: what they may leave open.",
    "A bottom level means that no guarantee was found in the encoded texts. It does not say refuse: the"
    " State may still grant up to upper. Texts that are not encoded may give more.",
    "Unknown is not false: NULL stays unknown, and each answer is given as certain and as possible.",
)
OF_COUNTS = (
    "certain: persons of whom it is sure. possible: persons of whom it may be, those included.",
    "Numbers of 1 to 9 persons are hidden (NULL, suppressed is true), with enough beside them that none"
    " can be worked out along a row or column of this table. Other tables of the same persons may still"
    " give them away: look at all that you publish.",
    "total: none (a cell), levels (a sum over levels), groups (a sum over groups), all. The level `not known`"
    " counts those of whom the level hangs on unknown facts.",
)
OF_ROWS = (
    "One row a person, which is personal data. Asked for, and to be used, for this purpose only:",
)


def header(
    evaluator: Evaluator,
    stamp: Stamp,
    *,
    missing: Sequence[str],
    unused: Sequence[str],
    table: str,
    purpose: str | None,
    strategy: str,
) -> str:
    """The head of a query: block comments, one a line."""
    regime = evaluator.regime
    found: list[str] = [
        f"comity{f' {stamp.version}' if stamp.version else ''}: positions under {regime.name}"
        f" on {evaluator.day.isoformat()}, over the table {table}",
    ]
    for instrument in regime.instruments:
        every = (
            " (taken as in force for every host)" if instrument.id in regime.for_every_host else ""
        )
        found.append(f"  {instrument.id}: {instrument.title}{every}")
    found += [f"  coverage: {line}" for line in stamp.coverage]
    found += [f"  reading: {line}" for line in stamp.readings]
    found += [f"  caution: {line}" for line in stamp.cautions]
    if stamp.law_hash:
        found.append(f"law texts: sha256 {stamp.law_hash}")
    if purpose is not None:
        found += [*OF_ROWS, f"  {purpose}"]
        found += CLAIMS
    else:
        found += [*OF_COUNTS, *CLAIMS]
    if missing:
        found.append(f"Not in the table, so unknown of everybody: {', '.join(missing)}")
    if unused:
        found.append(f"Not read, though the schema has them: {', '.join(unused)}")
    found.append(f"gates are {strategy}; Kleene's strong logic, in columns that are never NULL")
    return "".join(f"/* {line} */\n" for text in found for line in _wrapped(text))


def _wrapped(text: str) -> Iterable[str]:
    """Lines of a comment, with nothing in them that could end it, and no mark that is not shown."""
    shown = plain(text)
    indent = " " * (len(shown) - len(shown.lstrip()))
    line = ""
    for word in shown.split(" "):
        if line.strip() and len(line) + 1 + len(word) > WIDEST:
            yield line
            line = f"{indent}  {word}"
        else:
            line = f"{line} {word}" if line or not word else word
    yield line
