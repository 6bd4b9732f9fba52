"""A map to fill in: every fact that a regime asks, with what it means and what it may be.

Lines that begin `##` explain; those that begin `#` are the map's own, and count once the `#` is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from comity.agreement.vocabulary import (
    Counter,
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    TruthType,
    Vocabulary,
)
from comity.count.register.reading_fact import UNITS

_WIDTH = 96
_HEAD = """\
## The map of a register: which column says which fact. Made for {name}.
##
## Lines with two signs explain. Lines with one are the map's own: take the sign away from those for
## which the register has a column, write the column's name, and delete or leave the others. What no
## line says is unknown of everybody, never assumed. NULL is unknown everywhere.
##
## Never name a column of names, document numbers or addresses as a fact: no rule asks for them.

## The register's own day: months and days are counted to it.
# day: 2024-12-31
## Words that stand for unknown in every column, beside NULL: in columns of numbers too. Of one fact
## alone, `unknown` stands beside its column.
# unknown: ["", "NA"]
## A column that names each row, only to find copies; it is never printed. And how many persons a row
## stands for, and columns that people may be counted by (`--by`).
# id: row_number_in_the_register
# weight: persons
# groups: [region]
## Of a CSV file whose fields are not parted by commas: ";", "|" or tab.
# delimiter: ";"
"""


def template(keys: Iterable[str], vocabulary: Vocabulary, *, name: str = "this regime") -> str:
    """A commented map. keys: the facts that the regime asks (`Evaluator.keys`), in its order.

    It reads as it stands, with the host alone; and so does each of its facts, uncommented.
    """
    asked = list(dict.fromkeys(key for key in keys if key != "host"))
    lines = [_HEAD.format(name=name), "facts:"]
    lines += _told("The State that each row asks. If all rows have one: {value: SWE}.", "  ")
    lines += ["  host: {column: host, standard: iso3}"]
    for key in asked:
        lines += ["", *_fact(key, vocabulary)]
    return "\n".join([*lines, *_events(asked, vocabulary)]) + "\n"


def _told(text: str, indent: str) -> list[str]:
    return [f"{indent}## {line}" for line in wrap(" ".join(text.split()), _WIDTH - len(indent))]


def _fact(key: str, vocabulary: Vocabulary) -> Iterator[str]:
    declared = vocabulary.fact(key)
    kind: FactType = TruthType() if declared is None else declared.type
    meaning = _of_the_law(key) if declared is None else key
    if declared is not None and declared.meaning is not None:
        meaning = f"{key}: {declared.meaning.text}"
    if declared is not None and declared.position_of:
        meaning += "; worked out beforehand, as the sponsor's own position"
    yield from _told(f"{meaning}. {_possible(kind)}", "  ")
    counter = vocabulary.counters.get(key)
    if counter is not None and not counter.spells:
        yield from _told(f"Or counted, {_from(counter)}: see `events`.", "  ")
    elif isinstance(kind, NumberType) and kind.unit in UNITS:
        yield from _told(
            "Or the day since which it has run unbroken: since: COLUMN, form: day.", "  "
        )
    name = key if re.fullmatch(r"[\w.]+", key) else f'"{key}"'
    yield f"  # {name}: {{{_example(key, kind)}}}"


def _of_the_law(key: str) -> str:
    word, _, node = key.partition(" ")
    return {
        "exercised": f"{key}: the host has exercised the power {node}",
        "declared": f"{key}: the host has made the declaration {node}",
        "adopted": f"{key}: the element {node} operates for the host",
        "acquired": f"{key}: the element {node} operated on the day of admission",
    }.get(word, key)


def _possible(kind: FactType) -> str:
    """What the fact may be, in a sentence."""
    match kind:
        case TruthType():
            return "Yes or no; without `codes`, the column holds yes, no, true or false."
        case LevelType(scale):
            return f"Lowest first: {', '.join(scale.levels)}."
        case EnumerationType(enumeration):
            return f"One of {', '.join(enumeration.options)}."
        case CountryType():
            return "A country, or nobody. Standards: iso3, iso2, m49."
        case CountriesType():
            return (
                "Countries, a column each. Standards: iso3, iso2, m49. complete: whether nobody has "
                "another one than these."
            )
        case NumberType(unit, high):
            several = UNITS.get(unit)
            if several is None:
                return f"In {unit}, 0 to {high}."
            if unit == "months":
                return (
                    f"In months, 0 to {high}; unit: {', '.join(several)}. A number of years is full "
                    "years, so the months beyond are open; `exact: yes` says that there are none."
                )
            return f"In {unit}, 0 to {high}; unit: {', '.join(several)}."
        case DateType():
            return "A day; form: day, compact, month, year."


def _example(key: str, kind: FactType) -> str:
    column = f"column: {re.sub(r'[^a-z0-9]+', '_', key.lower())}"
    match kind:
        case TruthType():
            return f"{column}, codes: {{1: yes, 0: no}}"
        case LevelType(scale):
            return f"{column}, codes: {{{_codes(scale.levels)}, 99: unknown}}"
        case EnumerationType(enumeration):
            return f"{column}, codes: {{{_codes(enumeration.options)}, 99: unknown}}"
        case CountryType():
            return f"{column}, standard: iso3"
        case CountriesType():
            first = column.removeprefix("column: ")
            named = f"columns: [{first}_1, {first}_2]"
            return f"{named}, standard: iso3, complete: yes, stateless: [XXA]"
        case NumberType(unit):
            several = UNITS.get(unit)
            return column if several is None else f"{column}, unit: {unit}"
        case DateType():
            return f"{column}, form: day"


def _codes(words: tuple[str, ...]) -> str:
    return ", ".join(f"{at}: {word}" for at, word in enumerate(words, start=1))


def _from(counter: Counter) -> str:
    if counter.form == "between":
        return f"from {counter.first} to {counter.second}"
    return f"since {counter.first}"


def _events(asked: list[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The days from which some of the facts can be counted."""
    counted: dict[str, list[str]] = {}
    for key in asked:
        counter = vocabulary.counters.get(key)
        if counter is not None and not counter.spells:
            for name in (counter.first, counter.second):
                if name:
                    counted.setdefault(name, []).append(key)
    if not counted:
        return
    yield ""
    yield from _told(
        "Days, in place of the facts that are counted from them. form: day (2015-03-31, or a column of "
        "dates), compact (20150331), month (2015-03), year (2015). A month or a year leaves open which "
        "of its days it was.",
        "",
    )
    yield "# events:"
    for name, facts in counted.items():
        event = vocabulary.events.get(name)
        meaning = event.meaning.text if event is not None and event.meaning is not None else name
        yield from _told(f"{name}: {meaning}. For {', '.join(facts)}.", "  ")
        yield f"  # {name}: {{column: {name}, form: day}}"
