"""Regimes as users name them: ids, paths and named lists, on a day, under readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.api import library as shelf
from comity.language.faults import ComityError, Fault
from comity.language.resolved import Library

NAMED = ("today", "encoded", "imfc")
"""Lists by name. `today` and `encoded` are the same texts, each among its parties of the day."""


@dataclass(frozen=True)
class Read:
    """A regime with the library it came from."""

    regime: Regime
    library: Library


def read_regime(
    words: str,
    *,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, int] | None = None,
) -> Read:
    """The regime that a user names: a comma-separated list of ids, paths and named lists.

    `bla_7` is a coded bilateral labour agreement, made from data (`bilateral_instruments`).
    A draft that is named is read as in force for the States that it is meant for, every host where it
    names none: it can only be asked what it would do. Raises ComityError (E450, E451, or the faults
    of a file).
    """
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if not parts:
        raise ComityError(
            Fault("E450", "no instrument is named", suggestion="comity list shows them")
        )
    paths = [Path(part) for part in parts if shelf.looks_like_path(part)]
    if paths:
        library, ids = shelf.with_files(paths)
        own = iter(ids)
    else:
        library, own = shelf.packaged(), iter(())
    if library.faults:
        raise ComityError(*library.faults)
    chosen: dict[str, Instrument] = {}
    for part in parts:
        if shelf.looks_like_path(part):
            name = next(own)
            chosen[name] = library.instruments[name]
            continue
        made = _from_data(part, library)
        if made is not None:
            chosen[made.id] = made
            continue
        for name in _named(part, library):
            chosen[name] = library.instruments[name]
    if not chosen.keys() <= library.instruments.keys():
        library = _with_data(library, chosen)
    held = _readings(readings or {}, library)
    return Read(_composed(words, chosen, library, held, parameters or {}), library)


def _from_data(part: str, library: Library) -> Instrument | None:
    """A coded bilateral agreement; the world's room is opened only where one is named."""
    if not part.lower().startswith("bla_"):
        return None
    from comity.api.bilateral_instruments import data_instrument

    return data_instrument(part, library.vocabulary)


def _with_data(library: Library, chosen: Mapping[str, Instrument]) -> Library:
    """The library with the bilateral agreements that were named, which are made from data."""
    wider = Library(library.vocabulary, faults=[])
    wider.instruments = {**library.instruments, **chosen}
    wider.documents = dict(library.documents)
    wider.outlines = dict(library.outlines)
    return wider


def named_regime(words: str, library: Library, readings: Mapping[str, str]) -> Regime:
    """The regime of a case that names one: a named list, or instruments of the library by id.

    readings: by `INSTRUMENT/QUESTION`. Raises ComityError (E450).
    """
    chosen = {n: library.instruments[n] for n in _named(words, library)}
    return _composed(words, chosen, library, readings, {})


def _composed(
    words: str,
    chosen: Mapping[str, Instrument],
    library: Library,
    readings: Mapping[str, str],
    parameters: Mapping[str, int],
) -> Regime:
    # A draft that says whom it is meant for is asked of those; one without parties of everybody.
    drafts = frozenset(i.id for i in chosen.values() if i.is_draft and not i.parties)
    return Regime(
        words,
        tuple(chosen.values()),
        library.vocabulary,
        library.instruments,
        drafts,
        dict(readings),
        dict(parameters),
    )


def _named(part: str, library: Library) -> Sequence[str]:
    name = shelf.instrument_id(part)
    encoded = [i.id for i in library.instruments.values() if not i.is_draft]
    if name in ("today", "encoded"):
        return encoded
    if name == "imfc":
        return [*encoded, "imfc"]
    if name in library.instruments:
        return [name]
    raise shelf.no_such(part, library, NAMED)


def _readings(readings: Mapping[str, str], library: Library) -> Mapping[str, str]:
    """Readings by `INSTRUMENT/QUESTION`, from `QUESTION=OPTION` or `INSTRUMENT/QUESTION=OPTION`."""
    regime = Regime("all", (), library.vocabulary, library.instruments)
    found: dict[str, str] = {}
    for question, option in readings.items():
        keys = [k for k in regime.questions if question in (k, k.partition("/")[2])]
        options = {o.name for k in keys for o in regime.questions[k].options}
        if not keys or option not in options:
            known = [f"{k}={o.name}" for k, q in regime.questions.items() for o in q.options]
            raise ComityError(
                Fault(
                    "E451",
                    f"no question has the reading `{question}={option}`",
                    possible=f"known: {', '.join(known)}" if known else "no question is open",
                )
            )
        for key in keys:
            if option in {o.name for o in regime.questions[key].options}:
                found[key] = option
    return found


def refuse_unheld(regime: Regime, day: date) -> None:
    """E451: a reading that was asked for and that nobody holds on the day is never passed over."""
    faults = []
    for question, option in regime.readings.items():
        held = [o.name for o in regime.options_on(question, day)]
        if question.partition("/")[0] in regime.by_id and option not in held:
            faults.append(
                Fault(
                    "E451",
                    f"the reading `{question}={option}` is not held on {day}",
                    possible=f"held on that day: {', '.join(held) or 'none'}",
                )
            )
    if faults:
        raise ComityError(*faults)


def own_regime(
    instrument: Instrument, library: Library, readings: Mapping[str, str] | None = None
) -> Regime:
    """What an instrument's own cases and proofs run under: itself and those of `with`, in force for
    every host."""
    beside = [library.instruments[n] for n in instrument.with_ if n in library.instruments]
    together = (instrument, *beside)
    return Regime(
        instrument.id,
        together,
        library.vocabulary,
        library.instruments,
        frozenset(i.id for i in together),
        dict(readings or {}),
    )
