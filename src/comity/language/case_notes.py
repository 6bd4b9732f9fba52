"""Notes on a record while it is read: which keys it may have, and every fault so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from comity.agreement.instruments import Instrument
from comity.agreement.spans import Span
from comity.agreement.vocabulary import Vocabulary
from comity.language.case_text import origins
from comity.language.faults import Fault, FaultFound, did_you_mean, list_words
from comity.language.yaml_text import Fields, Source

ABOUT = ("title", "note", "invented", "on", "everything_else", "sponsor")
PERSON = (
    "host",
    "nationalities",
    "habitual_residence",
    "origins",
    "destination",
    "onward",
    "facts",
    "events",
    "exercised",
    "declared",
    "reserved",
    "parameters",
    "elements",
    "acquired",
)
_PERSONAL = re.compile(
    r"((first|last|given|family|full|maiden|middle|birth)_?)?names?|surname|.*_name|"
    r".*(passport|address|e_?mail|phone|mobile|street|post_?code|zip_?code|iban|fingerprint).*|"
    r"(.*_)?(id|ids|dob|ssn|visa_number|document_number|number|photo|signature)|id_.*|identity.*|"
    r"(date|day|place)_of_birth|birth_?(date|day|place)|(social_security|tax|case|file)_(no|nr|number)"
)
_TELLING = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()/-]{6,}\d|\d{7,}")


@dataclass
class Notes:
    """A record while it is read: what it may say, and its faults so far."""

    source: Source
    vocabulary: Vocabulary
    instruments: Mapping[str, Instrument] | None
    faults: list[Fault] = field(default_factory=list)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Notes a fault instead of giving up: what stands beside it is read all the same."""
        try:
            yield
        except FaultFound as found:
            self.faults.append(found.fault)

    def in_order(self) -> list[Fault]:
        """The faults by place; no excerpt shows a line in which something identifies the person."""
        private = {fault.span.line for fault in self.faults if fault.code == "E422"}
        shown = [
            replace(fault, excerpt="")
            if fault.span.line in private and fault.code != "E422"
            else fault
            for fault in self.faults
        ]
        return sorted(shown, key=lambda fault: (fault.span.line, fault.span.column))

    def of_person(self) -> tuple[str, ...]:
        """The keys that may speak of a person under this vocabulary."""
        words = self.vocabulary
        lacking = set() if origins(words) else {"origins", "habitual_residence"}
        lacking |= set() if "destination.is_origin" in words.facts else {"destination"}
        lacking |= set() if "onward.exists" in words.facts else {"onward"}
        return (*(key for key in PERSON if key not in lacking), *words.spells)

    def keys(self, found: Fields, known: tuple[str, ...], what: str) -> None:
        """Notes every key that has no business there."""
        for key, span in found.keys.items():
            if key not in known:
                with self.noting():
                    self.unknown_key(key, span, known, what)

    def unknown_key(self, key: str, span: Span, known: tuple[str, ...], what: str) -> None:
        """E422 for a key that would identify the person, else E124."""
        if is_personal(key):
            self.personal(key, span, f"`{key[:40]}` would identify the person")
        hint = did_you_mean(key, known)
        if key == "sponsor":
            hint = "one level only: a sponsor's record has no sponsor of its own"
        elif key == "to" and "until" in known:
            hint = "until: the first day no longer in the spell"
        elif key in self.vocabulary.events:
            hint = f"events: {{{key}: ...}}"
        elif any(path == key or path.startswith(f"{key}.") for path in self.vocabulary.facts):
            hint = f"facts: {{{key}: ...}}"
        self.source.fail(
            "E124",
            span,
            f"{what} has no `{key[:60]}`",
            possible=f"keys: {list_words(known, most=30)}",
            suggestion=hint,
        )

    def personal(self, key: str, span: Span, message: str) -> None:
        """E422. The excerpt shows the key and not what stands beside it."""
        excerpt = " " * (span.column - 1) + f"{key}: ..."
        raise FaultFound(
            Fault(
                "E422",
                message,
                span,
                excerpt,
                suggestion="delete it; `title` says who this is, by role",
            )
        )


def is_telling(prose: str) -> bool:
    """Whether a text has an address or a number in it that may identify a person."""
    return _TELLING.search(prose) is not None


def is_personal(key: str) -> bool:
    """Whether a key asks for what identifies a person: a name, a number, an address."""
    return _PERSONAL.fullmatch(re.sub(r"[^a-z0-9]+", "_", key.casefold()).strip("_")) is not None
