"""What can go wrong in this room: one registry of codes, one class of error a code.

The registry is the only place where a code, its name and its meaning are written, so that the
page of error codes in the documentation can be generated from it. Exceptions of libraries
(pooch, requests, OSError) are mapped to these at the boundary and never leak.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A code of this room: `W101`, its kebab-case name, what it means, what to try."""

    code: str
    name: str
    meaning: str
    help: str


_CODES = (
    ErrorCode(
        "W101",
        "unknown-source",
        "The identifier is not that of a declared source.",
        "`comity world list` prints the identifiers.",
    ),
    ErrorCode(
        "W102",
        "source-unreadable",
        "The file of a source could not be opened, or its download failed.",
        "Set COMITY_MIRROR to a folder that holds it, or run `comity world fetch ID`.",
    ),
    ErrorCode(
        "W103",
        "source-differs",
        "A mirror file does not have the SHA-256 that is declared for it, so nothing is read.",
        "Restore the file, or declare the new hash after looking at what changed.",
    ),
    ErrorCode(
        "W104",
        "not-verified",
        "Only the publisher's raw file is here; it has no declared hash and another layout.",
        "Read the mirror copy; the raw file is for comparison by hand.",
    ),
    ErrorCode(
        "W110",
        "redistribution-refused",
        "The snapshot may hold only what the source's own entry allows to pass on.",
        "Read the source from the mirror at run time instead of shipping it.",
    ),
    ErrorCode(
        "W111",
        "snapshot-damaged",
        "A packaged table is missing or does not have the hash that the snapshot declares.",
        "Reinstall the package, or rebuild with `comity world build`.",
    ),
    ErrorCode(
        "W112",
        "input-unexpected",
        "An input of the snapshot has a value that the builder does not know how to read.",
        "Look at the rows named; add a decision for them, never a default.",
    ),
    ErrorCode(
        "W120",
        "unknown-country",
        "The code is not in the country table.",
        "Use an ISO 3166-1 alpha-3 code; XKX is Kosovo.",
    ),
    ErrorCode(
        "W121",
        "country-lost",
        "A join would drop a country that one of its sides has.",
        "Name the countries that may be missing, or decide what becomes of each.",
    ),
    ErrorCode(
        "W122",
        "unknown-group",
        "There is no group of countries of this name in the country table.",
        "Use a group that the message lists.",
    ),
    ErrorCode(
        "W130",
        "unknown-reading",
        "Danger at origin has two readings; this is none of them.",
        "Use `situation` or `person`.",
    ),
    ErrorCode(
        "W131",
        "unknown-assumptions",
        "There is no set of assumptions of this name.",
        "Use `nothing` or `ordinary`.",
    ),
    ErrorCode(
        "W132",
        "assumptions-unreadable",
        "A file of assumptions is no TOML, or says something that no set may say.",
        "Compare it with `ordinary.toml` in the package.",
    ),
    ErrorCode(
        "W140",
        "population-unbalanced",
        "The cells do not add up to the total that the source publishes.",
        "This is a fault of the program: report it with the figures named.",
    ),
    ErrorCode(
        "W150",
        "microdata-unwritten",
        "A file of the microdata could not be written; none that is half written is left.",
        "Make room or choose another folder, then run the same again: whole files are kept.",
    ),
)

ERROR_CODES = MappingProxyType({entry.code: entry for entry in _CODES})


class WorldError(Exception):
    """Anything this room refuses to do; `message` says what, `help` what to try.

    message: one sentence, the user's word in back-ticks.
    suggestion: the nearest word that would have been right, if there is one.
    """

    code = ""

    def __init__(self, message: str, *, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion

    @property
    def name(self) -> str:
        """The kebab-case name of the code."""
        return ERROR_CODES[self.code].name

    @property
    def help(self) -> str:
        """What to try."""
        if self.suggestion is not None:
            return f"did you mean `{self.suggestion}`? {ERROR_CODES[self.code].help}"
        return ERROR_CODES[self.code].help

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {self.message}"


class UnknownSource(WorldError):
    """No source has this identifier."""

    code = "W101"


class SourceUnreadable(WorldError):
    """The file of a source cannot be opened or fetched."""

    code = "W102"


class SourceDiffers(WorldError):
    """A mirror file is not the one that was declared."""

    code = "W103"


class NotVerified(WorldError):
    """Only a publisher's file without a declared hash is here."""

    code = "W104"


class RedistributionRefused(WorldError):
    """A source that may not be passed on was to enter the snapshot."""

    code = "W110"


class SnapshotDamaged(WorldError):
    """A packaged table is missing or changed."""

    code = "W111"


class InputUnexpected(WorldError):
    """The builder met a value for which no decision has been taken."""

    code = "W112"


class UnknownCountry(WorldError):
    """The country table has no such code."""

    code = "W120"


class CountryLost(WorldError):
    """A join would have dropped a country."""

    code = "W121"


class UnknownGroup(WorldError):
    """The country table has no such group."""

    code = "W122"


class UnknownReading(WorldError):
    """Danger at origin has no such reading."""

    code = "W130"


class UnknownAssumptions(WorldError):
    """No set of assumptions has this name."""

    code = "W131"


class AssumptionsUnreadable(WorldError):
    """A file of assumptions cannot be read as a set."""

    code = "W132"


class PopulationUnbalanced(WorldError):
    """Cells and published totals disagree."""

    code = "W140"


class MicrodataUnwritten(WorldError):
    """A file of the microdata could not be written."""

    code = "W150"
