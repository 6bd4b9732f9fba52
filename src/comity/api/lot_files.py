"""The two files of a draw by lot as text: a pool of people without names, and quotas.

Belongs here: reading them, and every fault in them with its line. Does not belong here: what a lottery
is (`assembly.lottery`).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from comity.agreement.spans import Span
from comity.assembly.panels import Quota, Seating
from comity.count.register.words import is_personal, shown
from comity.language.faults import MOST, ComityError, Fault, did_you_mean, list_words

ID = "id"
QUOTA_COLUMNS = ("feature", "value", "min", "max")
BYTES = 50_000_000
OTHER_TONGUES = re.compile(
    r"(vor|nach|familien)name|strasse|telefon|geburtsdatum|ausweis|nom|prenom|adresse|courriel|rue|"
    r"nombres?|apellidos?|direccion|correo|telefono|pasaporte|nome|cognome|sobrenome|indirizzo|endereco|"
    r"telefone|tel|contact|birthda(te|y)|birth_date|date_of_birth|dob|naissance|nacimiento"
)
"""Words for names, addresses and days of birth in other languages, beside those of `is_personal`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """People who are alike in every feature of the quotas. ids: sorted."""

    values: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lot:
    """A pool under quotas. kinds: sorted by value. not_read: columns that no quota names."""

    features: tuple[str, ...]
    quotas: tuple[Quota, ...]
    kinds: tuple[Kind, ...]
    not_read: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many people are in the pool."""
        return sum(len(kind.ids) for kind in self.kinds)

    def seating(self, seats: int) -> Seating:
        """What every panel must be."""
        at = {feature: n for n, feature in enumerate(self.features)}
        member = np.array(
            [[kind.values[at[q.feature]] == q.value for kind in self.kinds] for q in self.quotas],
            dtype=np.float64,
        )
        sizes = np.array([len(kind.ids) for kind in self.kinds], dtype=np.int64)
        return Seating(sizes, member, self.quotas, seats)


def read_lot(pool: Path, quotas: Path) -> Lot:
    """A pool and its quotas. Raises ComityError (E460 for a file, E500 to E502)."""
    rules = _quotas(quotas)
    features = tuple(dict.fromkeys(quota.feature for quota in rules))
    columns, people = _pool(pool, features)
    _refuse_values_without_quota(rules, people, features, quotas)
    kinds: dict[tuple[str, ...], list[str]] = {}
    for one, values in people.items():
        kinds.setdefault(values, []).append(one)
    return Lot(
        features,
        rules,
        tuple(Kind(values, tuple(sorted(ids))) for values, ids in sorted(kinds.items())),
        tuple(name for name in columns if name != ID and name not in features),
    )


# ---- quotas ----
def _quotas(path: Path) -> tuple[Quota, ...]:
    columns, rows = _table(path, "E502")
    lacking = [name for name in QUOTA_COLUMNS if name not in columns]
    if lacking:
        raise ComityError(
            Fault(
                "E502",
                f"the quotas have no column {list_words(f'`{name}`' for name in lacking)}",
                Span(path.as_posix(), 1, 1),
                possible=f"columns are {', '.join(QUOTA_COLUMNS)}",
            )
        )
    found: dict[tuple[str, str], Quota] = {}
    faults = []
    for line, row in rows:
        try:
            quota = Quota(row["feature"], row["value"], int(row["min"]), int(row["max"]))
        except ValueError:
            faults.append(_at("E502", "min and max are whole numbers", path, line))
            continue
        words = f"`{shown(quota.feature)}: {shown(quota.value)}`"
        if not quota.feature or not quota.value:
            faults.append(_at("E502", "a quota names a feature and a value", path, line))
        elif not 0 <= quota.least <= quota.most:
            why = f"{words} has at least {quota.least} and at most {quota.most}"
            faults.append(_at("E502", why, path, line))
        elif (quota.feature, quota.value) in found:
            faults.append(_at("E502", f"{words} has two quotas", path, line))
        else:
            found[quota.feature, quota.value] = quota
    if not found and not faults:
        faults.append(_at("E502", "the file has no quota", path, 1))
    if faults:
        raise ComityError(*faults[:MOST])
    return tuple(found.values())


def _refuse_values_without_quota(
    rules: Sequence[Quota],
    people: Mapping[str, tuple[str, ...]],
    features: Sequence[str],
    path: Path,
) -> None:
    known = {(quota.feature, quota.value) for quota in rules}
    pairs = {pair for values in people.values() for pair in zip(features, values, strict=True)}
    faults = [
        Fault(
            "E502",
            f"people of the pool have `{shown(feature)}: {shown(value)}`, which has no quota",
            Span(path.as_posix(), 1, 1),
            suggestion=did_you_mean(
                value,
                [quota.value for quota in rules if quota.feature == feature],
                otherwise=f"{feature},{value},0,N lets any number sit",
            ),
        )
        for feature, value in sorted(pairs - known)
    ]
    if faults:
        raise ComityError(*faults[:MOST])


# ---- the pool ----
def _pool(
    path: Path, features: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Columns, and the values of each person by id."""
    columns, rows = _table(path, "E500")
    telling = [name for name in columns if name != ID and _identifies(name)]
    if telling:
        raise ComityError(
            Fault(
                "E501",
                f"{list_words(f'`{shown(name)}`' for name in telling)} would identify people",
                Span(path.as_posix(), 1, 1),
                suggestion="delete the column; if it is a feature of a quota, call it something else",
            )
        )
    if ID not in columns:
        raise ComityError(_at("E500", "the pool has no column `id`", path, 1))
    for feature in features:
        if feature not in columns:
            raise ComityError(
                Fault(
                    "E500",
                    f"the quotas name `{shown(feature)}`, which is no column of the pool",
                    Span(path.as_posix(), 1, 1),
                    suggestion=did_you_mean(feature, columns),
                )
            )
    people: dict[str, tuple[str, ...]] = {}
    faults = []
    for line, row in rows:
        one = row[ID]
        if any("@" in value for value in row.values()):
            faults.append(_at("E501", "a field holds an address of e-mail", path, line))
        elif not one or any(not row[feature] for feature in features):
            faults.append(_at("E500", "an id or a feature is empty", path, line))
        elif one in people:
            faults.append(_at("E500", "an id stands twice", path, line))
        else:
            people[one] = tuple(row[feature] for feature in features)
    if not people and not faults:
        faults.append(_at("E500", "nobody is in the pool", path, 1))
    if faults:
        raise ComityError(*faults[:MOST])
    return columns, people


def _identifies(name: str) -> bool:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return is_personal(name) or bool(OTHER_TONGUES.fullmatch(plain.strip().replace(" ", "_")))


# ---- text ----
def _table(path: Path, code: str) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Columns, and rows with their line; fields without spaces around them."""
    try:
        raw = path.read_bytes()
    except OSError as cause:
        raise ComityError(
            Fault("E460", f"`{path}` cannot be read: {cause.strerror or cause}")
        ) from cause
    if len(raw) > BYTES:
        raise ComityError(_at(code, f"the file has more than {BYTES:,} bytes", path, 1))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise ComityError(_at(code, "the file is not text in UTF-8", path, 1)) from cause
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = tuple(name.strip() for name in next(reader, []))
        if len(set(header)) < len(header):
            raise ComityError(_at(code, "a column stands twice", path, 1))
        for row in reader:
            if not any(field.strip() for field in row):
                continue
            if len(row) != len(header):
                why = f"{len(row)} fields under {len(header)} columns"
                raise ComityError(_at(code, why, path, reader.line_num))
            fields = dict(zip(header, (field.strip() for field in row), strict=True))
            rows.append((reader.line_num, fields))
    except csv.Error as cause:
        raise ComityError(_at(code, f"no table: {cause}", path, reader.line_num)) from cause
    return header, rows


def _at(code: str, message: str, path: Path, line: int) -> Fault:
    return Fault(code, message, Span(path.as_posix(), line, 1))
