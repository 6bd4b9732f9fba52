"""`compare`'s verdict on two versions of one text, and where it is kept: asking takes minutes.

Each version is read alone, with what its own `with` names, in force before every host: as its cases
and proofs are. So a text that has ended can be set against the one that took its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from comity.agreement.nodes import Power, Validity
from comity.agreement.regimes import Regime
from comity.api import kept
from comity.api.reading_versions import Descent
from comity.api.regimes import own_regime
from comity.api.schema_compare import CompareDocument, ComparedRightModel
from comity.api.schema_reading import PersonOfCompareModel, VerdictModel
from comity.language.resolved import Library

NOTE = (
    "Each version is read as in force before every host, alone with the instruments that its own "
    "cases name: what the two texts say, not whom they bind on a day."
)
UNUSED = (
    "No host has used a power that either of the two gives it; the rules side by side show them."
)
NEVER = Validity(until=date.min)
MOST_REGIONS = 24
"""Groups of people told of one comparison; the command prints all."""
Progress = Callable[[str, int, int], None]


def verdict_of(pair: Descent, library: Library, folder: Path | None) -> VerdictModel:
    """The verdict as it was kept; where none is, how to ask for it. folder: the user's cache."""
    found = _kept(_file(pair, library, folder))
    if found is None:
        return VerdictModel(
            run=False,
            note=f"`compare` was not asked of these two texts: comity show {pair.new} --compare "
            "asks (seconds to minutes) and keeps the answer",
        )
    return _model(found)


def asked(
    pair: Descent, library: Library, folder: Path | None, *, on: date, progress: Progress | None
) -> VerdictModel:
    """Asks, keeps the answer in the user's cache, and returns it. Raises ComityError."""
    from comity.api.comparing import compare_sides  # a solver, only where it is asked
    from comity.prove.comparison import versions

    old, new = (own_regime(library.instruments[name], library) for name in (pair.old, pair.new))
    note = NOTE
    if not versions(old, new):
        # A power of one is not that of the other: used in one alone, it would be all that differs.
        old, new, note = _unused(old, pair.old), _unused(new, pair.new), f"{NOTE} {UNUSED}"
    document = compare_sides(old, new, on=on, note=note, progress=progress)
    path = _file(pair, library, folder)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_text(document.model_dump_json(), encoding="utf-8")
            part.replace(path)
        except OSError:
            pass  # where nothing may be written it is asked again the next time
    return _model(document)


def _unused(regime: Regime, name: str) -> Regime:
    """The regime with the powers of one instrument used by nobody."""
    own = regime.library[name]
    statements = tuple(
        replace(made, frame=replace(made.frame, validity=NEVER))
        if isinstance(made, Power)
        else made
        for made in own.statements
    )
    changed = replace(own, statements=statements)
    return replace(
        regime,
        instruments=tuple(changed if i.id == name else i for i in regime.instruments),
        library={**regime.library, name: changed},
    )


def _kept(path: Path | None) -> CompareDocument | None:
    if path is None:
        return None
    try:
        return CompareDocument.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError):
        return None


def _file(pair: Descent, library: Library, folder: Path | None) -> Path | None:
    """Named by the texts read, and by the code that reads and proves: a change asks anew."""
    if folder is None:
        return None
    texts = []
    for name in (pair.old, pair.new):
        own = library.instruments[name]
        texts += [(n, "\n".join(library.documents[n].lines).encode()) for n in (name, *own.with_)]
    key = sha256((kept.key_of(texts) + repr(library.vocabulary)).encode() + _prover()).hexdigest()
    return folder / "compared" / f"{pair.old}-{pair.new}-{key[:16]}.json"


@cache
def _prover() -> bytes:
    digest = sha256()
    for path in sorted((Path(__file__).resolve().parent.parent / "prove").rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()


# ---- in short ----
def _model(found: CompareDocument) -> VerdictModel:
    spoken = [one for one in found.rights if not one.by_absence]
    return VerdictModel(
        run=True,
        note=f"{found.notes[0] if found.notes else NOTE} Asked on {found.date}, in {found.seconds:.0f} s, by "
        f"{' and '.join(found.engines)}; no people were counted.",
        worse=found.worse,
        better=found.better,
        both=found.both,
        rights={one.right: _word(one) for one in spoken},
        regions=tuple(_regions(spoken)[:MOST_REGIONS]),
        claim=found.claim,
    )


def _word(right: ComparedRightModel) -> str:
    """One word for a right: to somebody worse, better, both, proved the same, or not known."""
    if right.limit or "unknown" in (right.worse, right.better):
        return "unknown"
    words = [word for word in ("worse", "better") if getattr(right, word) == "some"]
    if len(words) == 1:
        return words[0]
    if words:
        return "worse for some, better for others"
    return "same" if right.same else "guarantees the same, room differs"


def _regions(rights: Sequence[ComparedRightModel]) -> list[PersonOfCompareModel]:
    """For whom: those for whom it is worse first."""
    every = [
        PersonOfCompareModel(right=right.right, change=one.change, text=one.text, norm=one.norm.key)
        for right in rights
        for one in right.regions
        if one.change in ("worse", "better")
    ]
    return sorted(every, key=lambda one: one.change != "worse")
