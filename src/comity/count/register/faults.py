"""What can be wrong with a register or its map: one class of error a code, E480 to E489.

No message repeats a value of the register, unless its column is a list of codes (`report.shown`).
Damaged files, wrong types and full disks have the engines' codes, E470 to E479.
"""

from __future__ import annotations


class RegisterError(Exception):
    """Anything for which a register is not read; `message` says what, `help` what to try.

    line: of the map, from 1; 0 where it is not about a line.
    """

    code = ""
    name = ""
    help = ""

    def __init__(self, message: str, *, suggestion: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion or self.help
        self.line = line

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {self.message}"


class MapUnreadable(RegisterError):
    """The map is no YAML, or uses more of YAML than a map needs."""

    code = "E480"
    name = "map-unreadable"
    help = "start from `comity count REGIME --template`; indent with spaces"


class MapWrong(RegisterError):
    """The map names a fact, a level, a unit or a way of reading that does not exist."""

    code = "E481"
    name = "map-wrong"
    help = "`comity count REGIME --template` writes the facts with their types and levels"


class MapPersonal(RegisterError):
    """The map asks for what identifies a person."""

    code = "E482"
    name = "map-personal"
    help = "delete it: no rule asks for a name, a document number or an address"


class ColumnNotThere(RegisterError):
    """The map names a column that the data do not have."""

    code = "E483"
    name = "column-not-there"
    help = "write the column's name as the data have it, capital letters included"


class BadCode(RegisterError):
    """A column of codes has a value that the map, the type or the standard does not list."""

    code = "E484"
    name = "bad-code"
    help = "add the value to `codes`, or to `unknown`; --accept E484 counts it as unknown"


class BadNumber(RegisterError):
    """A number or date cannot be read, or lies outside what its fact may be."""

    code = "E485"
    name = "bad-number"
    help = "correct the unit or the form; --accept E485 counts such values as unknown"


class HostMissing(RegisterError):
    """A row does not say which State is asked, so no rule can be applied to it."""

    code = "E486"
    name = "host-missing"
    help = "give every row its host, or write `host: {value: SWE}` if all have the same"


class SameId(RegisterError):
    """Rows share an identifier that should name one row each."""

    code = "E487"
    name = "same-id"
    help = "remove the copies, or the map's `id`; --accept E487 counts every row"


class Impossible(RegisterError):
    """Facts of a row go together in no possible world: an axiom of the vocabulary is broken."""

    code = "E488"
    name = "impossible-row"
    help = "correct the rows or the map; --accept E488 counts the facts concerned as unknown"


class BadWeight(RegisterError):
    """A weight is missing, negative or no number, so the row would vanish from every count."""

    code = "E489"
    name = "bad-weight"
    help = "give every row its weight, 0 or more"


ERRORS: tuple[type[RegisterError], ...] = (
    MapUnreadable,
    MapWrong,
    MapPersonal,
    ColumnNotThere,
    BadCode,
    BadNumber,
    HostMissing,
    SameId,
    Impossible,
    BadWeight,
)

OF_ROWS: dict[str, type[RegisterError]] = {
    kind.code: kind for kind in (BadCode, BadNumber, HostMissing, SameId, Impossible, BadWeight)
}
"""What rows may be found with."""

ACCEPTED = (BadCode.code, BadNumber.code, SameId.code, Impossible.code)
"""What `--accept` may name: without a host or a weight, a row has no place in any count."""
