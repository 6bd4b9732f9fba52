"""A person's record, YAML or JSON, to a case; and a case to a record.

The shape is described in `docs/reference/records.md`. Whatever a record does not say is unknown,
unless it says `everything_else: ordinary`. Everything wrong with it is reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument
from comity.agreement.spans import Span
from comity.agreement.values import Options, Possible
from comity.agreement.vocabulary import Vocabulary
from comity.language.case_notes import ABOUT, Notes, is_telling
from comity.language.case_person import PersonReader
from comity.language.case_text import ValueReader, at, is_unknown
from comity.language.case_writing import person_lines, quoted
from comity.language.documents import decode
from comity.language.faults import ComityError, Fault, FaultFound
from comity.language.yaml_text import Entry, Fields, Source, Text, day, fields, read_record, text

LARGEST_RECORD = 256 * 1024
"""Bytes that one person's record may have: years of daily spells fit in."""

_OF_HOST = ("exercised ", "declared ", "reserved ", "parameter ", "adopted ")


@dataclass(frozen=True)
class CaseRecord:
    """A case with what its record says about itself.

    title: who this is, by role ("a nurse with two children"). invented: marked as no real person.
    """

    case: Case
    title: str = ""
    note: str = ""
    invented: bool = False


def read_case(
    text: str,
    file: str,
    vocabulary: Vocabulary,
    *,
    today: date,
    on: date | None = None,
    instruments: Mapping[str, Instrument] | None = None,
) -> CaseRecord:
    """The case that a record describes.

    file: where the text came from; a name that ends in `.json` is read as JSON, others as YAML.
    today: the day of the case if the record names none. on: takes the place of the record's day.
    instruments: what `exercised`, `declared`, `reserved`, `parameters`, `elements` and `acquired`
    may name; None: anything.
    With them a list of elements means these and no others, without them the others stay unknown.
    Raises ComityError with every fault that was found.
    """
    normal = decode(text.encode("utf-8", "surrogatepass"), file)
    if isinstance(normal, Fault):
        raise ComityError(normal)
    source = Source(file, tuple(normal.split("\n")))
    try:
        if len(normal.encode()) > LARGEST_RECORD:
            source.fail(
                "E101",
                Span(file, 1, 1),
                "the record has more than "
                f"{LARGEST_RECORD // 1024} KB, and one person's record needs no more",
            )
        found = fields(read_record(normal, source), source, "a record")
    except FaultFound as fault:
        raise ComityError(fault.fault) from None
    notes = Notes(source, vocabulary, instruments)
    return _RecordReader(notes).read(found, today, on)


def write_case(
    record: CaseRecord,
    vocabulary: Vocabulary,
    *,
    instruments: Mapping[str, Instrument] | None = None,
) -> str:
    """A record in YAML that reads back to the same case: counters as numbers, not as spells.

    instruments: those that know the units in which parameters are counted, to write them too.
    """
    case = record.case
    lines = [f"title: {quoted(record.title)}"] if record.title else []
    lines += [f"note: {quoted(record.note)}"] if record.note else []
    lines += ["invented: yes"] if record.invented else []
    lines += [f"on: {case.on.isoformat()}", *person_lines(case, vocabulary, instruments)]
    if case.sponsor is not None:
        sponsor = case.sponsor
        if "host" not in sponsor.facts:
            sponsor = sponsor.with_facts({"host": Options(None)})
        if _of_host(sponsor) == _of_host(case):
            kept = {path: said for path, said in sponsor.facts.items() if not _is_shared(path)}
            sponsor = Case(sponsor.on, kept, sponsor.ordinary)
        inner = [f"  {line}" for line in person_lines(sponsor, vocabulary, instruments)]
        lines += ["sponsor:", *inner] if inner else ["sponsor: {}"]
    if case.ordinary:
        lines.append("everything_else: ordinary")
    return "\n".join(lines) + "\n"


def _of_host(case: Case) -> dict[str, Possible]:
    said = {path: known for path, known in case.facts.items() if _is_shared(path)}
    return {**said, "host": case.host}


def _is_shared(path: str) -> bool:
    """Whether a fact is of the State asked and its law: the same for a person and the sponsor."""
    return path == "host" or path.startswith(_OF_HOST)


@dataclass
class _RecordReader:
    """Reads a record into its case."""

    notes: Notes

    def read(self, found: Fields, today: date, instead: date | None) -> CaseRecord:
        self.notes.keys(found, (*ABOUT, *self.notes.of_person()), "a record")
        about = {"title": "", "note": ""}
        invented = ordinary = False
        on = today
        get = found.entries.get
        reader = ValueReader(self.notes.source, self.notes.vocabulary, on)
        for key in about:
            with self.notes.noting():
                about[key] = self._prose(get(key), key)
        with self.notes.noting():
            if "invented" in found.entries:
                invented = reader.yes_no(found.entries["invented"], "`invented`")
        with self.notes.noting():
            ordinary = self._is_ordinary(get("everything_else"))
        with self.notes.noting():
            if "on" in found.entries:
                on = day(found.entries["on"], self.notes.source, "`on`")
        on = instead or on
        if any(fault.code == "E206" for fault in self.notes.faults):
            raise ComityError(*self.notes.in_order())  # without its day the rest cannot be judged
        person = self._person_reader(on).read(found)
        sponsor = None
        with self.notes.noting():
            if "sponsor" in found.entries:
                sponsor = Case(on, self._sponsor(found.entries["sponsor"], person, on), ordinary)
        if self.notes.faults:
            raise ComityError(*self.notes.in_order())
        case = Case(on, person, ordinary, sponsor, about["title"])
        return CaseRecord(case, about["title"], about["note"], invented)

    def _person_reader(self, on: date) -> PersonReader:
        return PersonReader(self.notes, ValueReader(self.notes.source, self.notes.vocabulary, on))

    def _sponsor(self, entry: Entry, person: dict[str, Possible], on: date) -> dict[str, Possible]:
        inner = fields(entry, self.notes.source, "`sponsor`")
        self.notes.keys(inner, self.notes.of_person(), "a sponsor's record")
        facts = self._person_reader(on).read(inner)
        if "host" not in inner.entries:  # the same State is asked, and what it did is the same
            shared = {path: said for path, said in person.items() if _is_shared(path)}
            facts = {**shared, **facts}
        return facts

    def _prose(self, entry: Entry | None, key: str) -> str:
        if entry is None:
            return ""
        prose = text(entry, self.notes.source, f"`{key}`")
        hidden = next((c for c in prose if not c.isprintable() and c not in "\n\t"), None)
        if hidden is not None or (key == "title" and "\n" in prose):
            self.notes.source.fail(
                "E103" if hidden else "E123",
                at(entry),
                f"`{key}` has a hidden mark or a line break in it",
                suggestion="delete it",
            )
        if is_telling(prose):
            self.notes.personal(
                key,
                entry.span,
                f"`{key}` has an address or a number in it that may identify the person",
            )
        return prose

    def _is_ordinary(self, entry: Entry | None) -> bool:
        if entry is None or is_unknown(entry):
            return False
        if isinstance(entry, Text) and entry.text == "ordinary":
            return True
        self.notes.source.fail("E123", at(entry), "`everything_else` is `unknown` or `ordinary`")
