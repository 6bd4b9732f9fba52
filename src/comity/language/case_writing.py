"""What is known of a person, written as a record that reads back to the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.agreement.cases import Case, places_of
from comity.agreement.instruments import Instrument
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import (
    NOBODY,
    CountryType,
    FactType,
    LevelType,
    NumberType,
    TruthType,
    Vocabulary,
)
from comity.language.case_text import UNKNOWN, origins
from comity.language.printer_layout import day
from comity.language.resolve_varied import variants_of


def written(possible: Possible, kind: FactType) -> str:
    """What is known of a fact, as `ValueReader.read` reads it back."""
    if possible == kind.everything():
        return UNKNOWN
    if isinstance(possible, Truth):
        return "yes" if possible is Truth.TRUE else "no"
    if isinstance(possible, Options):
        names = sorted(possible.names or ())
        return names[0] if len(names) == 1 else _list(names)
    if isinstance(possible, Members):
        if possible.is_known:
            return _list(sorted(possible.surely))
        perhaps = possible.perhaps
        more = UNKNOWN if perhaps is None else _list(sorted(perhaps - possible.surely))
        return f"{{surely: {_list(sorted(possible.surely))}, perhaps: {more}}}"
    low, high = _ordered_word(possible.low, kind), _ordered_word(possible.high, kind)
    return low if possible.is_known else f"{{at_least: {low}, at_most: {high}}}"


def _ordered_word(number: int, kind: FactType) -> str:
    if isinstance(kind, LevelType):
        return kind.scale.levels[number]
    if isinstance(kind, NumberType):
        return f"{number} {kind.unit}"
    return day(number)


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"


def quoted(text: str) -> str:
    """A text in double quotation marks, whatever is in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def person_lines(
    case: Case, vocabulary: Vocabulary, instruments: Mapping[str, Instrument] | None = None
) -> list[str]:
    """The lines of a record that say what is known of one person.

    instruments: those that know the units of parameters; without them numbers stand alone.
    """
    left = dict(case.facts)
    lines = []
    host = left.pop("host", None)
    if host is not None:
        lines.append(f"host: {written(host, CountryType())}")
    lines += _nationality_lines(case, left, vocabulary)
    sections: dict[str, list[str]] = {"facts": []}
    for path, possible in left.items():
        section, _, name = path.partition(" ")
        if section == "parameter" and isinstance(possible, Range):
            unit = _unit_of(name, instruments or {})
            sections.setdefault(section, []).append(f"  {name}: {possible.low}{unit}")
            continue
        if name:
            sections.setdefault(section, []).append(f"  {name}: {written(possible, TruthType())}")
            continue
        declared = vocabulary.fact(path)
        if declared is not None:
            sections["facts"].append(f"  {path}: {written(possible, declared.type)}")
    names = {"adopted": "elements", "parameter": "parameters"}
    for section, entries in sections.items():
        if entries:
            lines += [f"{names.get(section, section)}:", *entries]
    return lines


def _unit_of(parameter: str, instruments: Mapping[str, Instrument]) -> str:
    """` days` of a parameter `INSTRUMENT/NAME`; "" where it is not known, which reads the same."""
    owner, _, name = parameter.partition("/")
    variants = variants_of(instruments[owner], name) if owner in instruments else []
    return f" {variants[0].value.kind}" if variants else ""


def _nationality_lines(case: Case, left: dict[str, Possible], vocabulary: Vocabulary) -> list[str]:
    """Nationalities and habitual residence. What follows from them is taken out of `left`."""
    known = left.pop("nationality", None)
    if not isinstance(known, Members):
        return []
    instances = origins(vocabulary)
    states = [_single(left.get(f"{instance}.state")) for instance in instances]
    order = [state for state in states if state in known.surely]
    order += sorted(known.surely - set(order))
    text = _list(order)
    if not known.is_known:
        perhaps = known.perhaps
        more = UNKNOWN if perhaps is None else _list(sorted(perhaps - known.surely))
        text = f"{{surely: {text}, perhaps: {more}}}" if order or perhaps is not None else UNKNOWN
    lines = [f"nationalities: {text}"]
    implied = implied_places(known, tuple(order), vocabulary)
    if known.is_known and not order and states and states[0] not in ("", NOBODY):
        lines.append(f"habitual_residence: {states[0]}")
        implied[f"{instances[0]}.state"] = exactly(states[0])
    for path, possible in implied.items():
        if left.get(path) == possible:
            del left[path]
        elif path not in left:
            left[path] = case.known(path, vocabulary)
    return lines


def implied_places(
    known: Members, order: tuple[str, ...], vocabulary: Vocabulary
) -> dict[str, Possible]:
    """What nationalities say of origins: each that is sure is one; if all are, no more exist."""
    implied = places_of(order, vocabulary)
    if known.is_known:
        return implied
    return {path: said for path, said in implied.items() if said is not Truth.FALSE}


def _single(possible: Possible | None) -> str:
    if isinstance(possible, Options) and possible.names is not None and len(possible.names) == 1:
        return next(iter(possible.names))
    return ""
