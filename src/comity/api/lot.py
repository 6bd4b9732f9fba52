"""`lot` for a user: a fair draw of a panel under quotas, kept so that anyone can draw it again.

Belongs here: the list of panels, the draw from it, the file of a draw and its check. Does not belong
here: how the list is made (`assembly.lottery`), the two files as text (`lot_files`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from comity import __version__
from comity.api.brief_folder import write_whole
from comity.api.lot_files import Kind, Lot, read_lot
from comity.api.schema_lot import (
    LotChanceModel,
    LotCheckModel,
    LotDocument,
    LotFile,
    LotGroupModel,
    LotKindModel,
    LotQuotaModel,
    LotVerifyDocument,
)
from comity.assembly.lottery import (
    Lottery,
    LotteryUnsolved,
    Made,
    NeverSeated,
    QuotasUnmet,
    draw,
    fair_lottery,
)
from comity.assembly.panels import Quota, Relaxed, Seating, bound
from comity.language.faults import ComityError, Fault, list_words

FORMAT = "comity lot 1"
CLOSE = 1e-6
"""How far apart two solvers may put the same bound."""
RERUN = (
    "The text `comity lot 1`, the hash of the list and the seed, one a line, give the panel and, where "
    "more people of a kind are in the pool than sit, who of them: see `comity.assembly.draws`. "
    "comity lot --verify FILE draws again."
)
CLAIM = (
    "Fair to the people of this pool under these quotas: it says nothing of who never came into the pool, "
    "and nothing of whether the quotas are just."
)

Told = Callable[[str, int, int], None]


def list_panels(
    pool: Path, quotas: Path, *, seats: int, panels: int, told: Told = lambda *_: None
) -> LotFile:
    """The list of equally likely panels, with nothing drawn. Raises ComityError (E460, E500 to E506)."""
    lot = read_lot(pool, quotas)
    lottery = _lottery(lot, seats, panels, told)
    return _file(lot, lottery, seats)


def draw_from(file: LotFile, seed: str) -> LotFile:
    """The file with a panel drawn by a public text. Raises ComityError (E505)."""
    lot, lottery = _lot(file), _listed(file)
    number, drawn = draw(lottery, [kind.ids for kind in lot.kinds], _text(file, seed))
    on_panel = lottery.panels[number]
    counted = Counter(
        (feature, value)
        for at in on_panel.tolist()
        for feature, value in zip(lot.features, lot.kinds[at].values, strict=True)
    )
    groups = tuple(
        group.model_copy(update={"drawn": counted[group.feature, group.value]})
        for group in file.document.groups
    )
    document = file.document.model_copy(
        update={
            "seed": seed,
            "number": number + 1,
            "drawn": tuple(sorted(drawn)),
            "groups": groups,
        }
    )
    return file.model_copy(update={"document": document})


def verify(
    path: Path, *, pool: Path | None = None, quotas: Path | None = None
) -> LotVerifyDocument:
    """A saved draw drawn again, and everything that it says held to what it holds.

    pool, quotas: where given, whether they are those of the draw. Raises ComityError (E460, E505).
    """
    file = read_file(path)
    said, lot, lottery = file.document, _lot(file), _listed(file)
    seating = lot.seating(said.seats)
    again = _file(lot, lottery, said.seats).document
    checks = {
        "the pool has the hash that is stated": again.pool_sha256 == said.pool_sha256,
        "the quotas have the hash that is stated": again.quotas_sha256 == said.quotas_sha256,
        "the list has the hash that is stated": again.list_sha256 == said.list_sha256,
        "every panel of the list keeps every quota": all(
            seating.keeps(np.bincount(one, minlength=seating.types)) for one in lottery.panels
        ),
        "the probabilities are those of the list": all(
            getattr(again, name) == getattr(said, name)
            for name in ("least", "most", "people", "kinds", "panels")
        )
        and [_undrawn(group) for group in again.groups]
        == [_undrawn(group) for group in said.groups],
        "the bound is no higher than can be, and no lower than what is reached": said.least.value
        <= said.bound + CLOSE
        and said.bound <= _bound(seating) + CLOSE,
    }
    if said.seed:
        drawn = draw_from(file, said.seed).document
        checks["the seed draws the same people"] = (said.number, said.drawn, said.groups) == (
            drawn.number,
            drawn.drawn,
            drawn.groups,
        )
    if pool is not None and quotas is not None:
        given = read_lot(pool, quotas)
        checks["the pool is that of the draw"] = said.pool_sha256 == _hash_of_pool(given)
        checks["the quotas are those of the draw"] = said.quotas_sha256 == _hash_of_quotas(given)
    return LotVerifyDocument(
        file=path.as_posix(),
        same=all(checks.values()),
        checks=tuple(LotCheckModel(what=what, holds=holds) for what, holds in checks.items()),
    )


# ---- files ----
def read_file(path: Path) -> LotFile:
    """A saved draw. Raises ComityError (E460, E505)."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as cause:
        raise ComityError(
            Fault("E460", f"`{path}` cannot be read: {cause.strerror or cause}")
        ) from cause
    except UnicodeDecodeError as cause:
        raise ComityError(Fault("E505", f"`{path}` is no saved draw")) from cause
    try:
        file = LotFile.model_validate_json(text)
    except ValidationError as cause:
        raise ComityError(Fault("E505", f"`{path}` is no saved draw")) from cause
    if file.format != FORMAT or not _is_sound(file):
        raise ComityError(
            Fault("E505", f"`{path}` is no draw of the format `{FORMAT}`, or is damaged")
        )
    return file


def write_file(file: LotFile, path: Path) -> None:
    """A draw into a new file, which appears when it is whole.

    A file that is there is not written over: it may be a draw that somebody does not like. Raises
    ComityError (E460).
    """
    if path.exists():
        raise ComityError(
            Fault("E460", f"`{path}` is there already", suggestion="--out with another name")
        )
    write_whole(path, file.model_dump_json() + "\n")


def _is_sound(file: LotFile) -> bool:
    """Whether the parts fit together so that they can be read at all; if rightly, `verify` says."""
    kinds = len(file.kinds)
    return (
        bool(file.kinds and file.listed and file.quotas and file.features)
        and all(len(kind.values) == len(file.features) and kind.ids for kind in file.kinds)
        and all(quota.feature in file.features for quota in file.quotas)
        and all(len(one) == file.document.seats > 0 for one in file.listed)
        and all(0 <= at < kinds for one in file.listed for at in one)
        and all(
            count <= len(file.kinds[at].ids)
            for one in file.listed
            for at, count in Counter(one).items()
        )
    )


def _lot(file: LotFile) -> Lot:
    return Lot(
        file.features,
        tuple(Quota(q.feature, q.value, q.min, q.max) for q in file.quotas),
        tuple(Kind(kind.values, kind.ids) for kind in file.kinds),
        file.document.not_read,
    )


def _listed(file: LotFile) -> Lottery:
    sizes = np.array([len(kind.ids) for kind in file.kinds], dtype=np.int64)
    said = file.document
    listed = np.array(file.listed, dtype=np.int64)
    made = next((made for made in Made if made.value == said.made), Made.DEALT)
    return Lottery(listed, sizes, said.bound, made, said.columns)


# ---- the lottery ----
def _lottery(lot: Lot, seats: int, panels: int, told: Told) -> Lottery:
    try:
        return fair_lottery(lot.seating(seats), panels, told)
    except QuotasUnmet as cause:
        raise ComityError(*_unmet(lot, seats, cause.relaxed)) from cause
    except NeverSeated as cause:
        ids = [lot.kinds[at].ids[0] for at in cause.types]
        raise ComityError(
            Fault(
                "E504",
                f"no panel that keeps the quotas can have people like {list_words(ids)}",
                suggestion="widen a quota, or tell these people and take them out of the pool",
            )
        ) from cause
    except LotteryUnsolved as cause:
        raise ComityError(Fault("E506", str(cause))) from cause


def _unmet(lot: Lot, seats: int, relaxed: Sequence[Relaxed]) -> list[Fault]:
    if not relaxed:
        return [Fault("E503", f"the pool has {lot.people:,} people for {seats:,} seats")]
    faults = []
    for one in relaxed:
        quota = one.quota
        where = f"`{quota.feature}: {quota.value}`"
        change = []
        if one.least < quota.least:
            change.append(f"at least {one.least} instead of {quota.least}")
        if one.most > quota.most:
            change.append(f"at most {one.most} instead of {quota.most}")
        faults.append(
            Fault(
                "E503",
                f"{where} cannot be {quota.least} to {quota.most} of {seats} beside the other quotas",
                suggestion=f"{' and '.join(change)}; with all changes named here a panel can be had",
            )
        )
    return faults


def _file(lot: Lot, lottery: Lottery, seats: int) -> LotFile:
    chances = lottery.chances()
    listed = tuple(tuple(int(at) for at in one) for one in lottery.panels)
    pool, quotas = _hash_of_pool(lot), _hash_of_quotas(lot)
    panels = len(listed)
    document = LotDocument(
        seats=seats,
        people=lot.people,
        kinds=len(lot.kinds),
        panels=panels,
        seed="",
        number=None,
        drawn=(),
        least=_chance(min(chances), panels),
        most=_chance(max(chances), panels),
        bound=lottery.bound,
        columns=lottery.columns,
        made=lottery.made.value,
        groups=tuple(_group(lot, quota, chances, panels) for quota in lot.quotas),
        not_read=lot.not_read,
        pool_sha256=pool,
        quotas_sha256=quotas,
        list_sha256=_hash([pool, quotas, seats, listed]),
        version=__version__,
        rerun=RERUN,
        claim=CLAIM,
    )
    return LotFile(
        format=FORMAT,
        document=document,
        features=lot.features,
        quotas=tuple(
            LotQuotaModel(feature=q.feature, value=q.value, min=q.least, max=q.most)
            for q in lot.quotas
        ),
        kinds=tuple(LotKindModel(values=kind.values, ids=kind.ids) for kind in lot.kinds),
        listed=listed,
    )


def _group(lot: Lot, quota: Quota, chances: Sequence[Fraction], panels: int) -> LotGroupModel:
    at = lot.features.index(quota.feature)
    of = [c for kind, c in zip(lot.kinds, chances, strict=True) if kind.values[at] == quota.value]
    return LotGroupModel(
        feature=quota.feature,
        value=quota.value,
        min=quota.least,
        max=quota.most,
        drawn=None,
        least=_chance(min(of), panels) if of else None,
        most=_chance(max(of), panels) if of else None,
    )


def _undrawn(group: LotGroupModel) -> LotGroupModel:
    return group.model_copy(update={"drawn": None})


def _chance(chance: Fraction, panels: int) -> LotChanceModel:
    """Over the number of panels where that is whole: so people count themselves in the list."""
    whole = chance * panels
    exact = f"{whole}/{panels}" if whole.denominator == 1 else f"{chance}"
    return LotChanceModel(exact=exact, value=float(chance))


def _bound(seating: Seating) -> float:
    try:
        return bound(seating)
    except LotteryUnsolved:
        return 0.0


# ---- hashes ----
def _text(file: LotFile, seed: str) -> str:
    """The text from which a draw follows."""
    return f"{FORMAT}\n{file.document.list_sha256}\n{seed}"


def _hash_of_pool(lot: Lot) -> str:
    return _hash([lot.features, [[kind.values, kind.ids] for kind in lot.kinds]])


def _hash_of_quotas(lot: Lot) -> str:
    return _hash(sorted([q.feature, q.value, q.least, q.most] for q in lot.quotas))


def _hash(value: object) -> str:
    """SHA-256 of a value as JSON without spaces, letters as they are, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


__all__ = ["draw_from", "list_panels", "read_file", "verify", "write_file"]
