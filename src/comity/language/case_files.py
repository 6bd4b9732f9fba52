"""A person's record, YAML or JSON, to a case; and a case to a record.

The shape is described in `docs/reference/records.md`. Whatever a record does not say is unknown,
unless it says `everything_else: ordinary`. Everything wrong with it is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NoReturn

from comity.agreement.cases import Case
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Power
from comity.agreement.spans import Span
from comity.agreement.spells import History, Spell, SpellList, When, derived
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import SpellKind, Vocabulary
from comity.language.case_text import (
    UNKNOWN,
    ValueReader,
    at,
    implied_places,
    is_unknown,
    origins,
    person_lines,
    quoted,
    try_instead,
    written,
)
from comity.language.documents import decode
from comity.language.faults import ComityError, Fault, FaultFound, list_words
from comity.language.yaml_text import (
    Entry,
    Fields,
    Items,
    Source,
    Text,
    day,
    fields,
    items,
    read_json,
    read_yaml,
    text,
)

LARGEST_RECORD = 256 * 1024
"""Bytes that one person's record may have: years of daily spells fit in."""

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
    "elements",
    "acquired",
)
_OF_HOST = ("exercised ", "declared ", "adopted ")
_PERSONAL = re.compile(
    r"((first|last|given|family|full|maiden|middle|birth)_?)?names?|surname|.*_name|"
    r".*(passport|address|e_?mail|phone|mobile|street|post_?code|zip_?code|iban|fingerprint).*|"
    r"(.*_)?(id|ids|dob|ssn|visa_number|document_number|number|photo|signature)|id_.*|identity.*|"
    r"(date|day|place)_of_birth|birth_?(date|day|place)|(social_security|tax|case|file)_(no|nr|number)"
)
_TELLING = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()/-]{6,}\d|\d{7,}")
_KEY = re.compile(r"([A-Za-z][\w-]*)/([\w.]+)", re.ASCII)


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
    instruments: what `exercised`, `declared`, `elements` and `acquired` may name; None: anything.
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
        found = fields(_tree(normal, source), source, "a record")
    except FaultFound as fault:
        raise ComityError(fault.fault) from None
    return _Record(source, vocabulary, instruments).read(found, today, on)


def write_case(record: CaseRecord, vocabulary: Vocabulary) -> str:
    """A record in YAML that reads back to the same case: counters as numbers, not as spells."""
    case = record.case
    lines = [f"title: {quoted(record.title)}"] if record.title else []
    lines += [f"note: {quoted(record.note)}"] if record.note else []
    lines += ["invented: yes"] if record.invented else []
    lines += [f"on: {case.on.isoformat()}", *person_lines(case, vocabulary)]
    if case.sponsor is not None:
        sponsor = case.sponsor
        if "host" not in sponsor.facts:
            sponsor = sponsor.with_facts({"host": Options(None)})
        if _of_host(sponsor) == _of_host(case):
            same = {path for path in sponsor.facts if path == "host" or path.startswith(_OF_HOST)}
            kept = {path: said for path, said in sponsor.facts.items() if path not in same}
            sponsor = Case(sponsor.on, kept, sponsor.ordinary)
        inner = [f"  {line}" for line in person_lines(sponsor, vocabulary)]
        lines += ["sponsor:", *inner] if inner else ["sponsor: {}"]
    if case.ordinary:
        lines.append("everything_else: ordinary")
    return "\n".join(lines) + "\n"


def _of_host(case: Case) -> dict[str, Possible]:
    said = {p: known for p, known in case.facts.items() if p.startswith(_OF_HOST)}
    return {"host": case.host, **said}


def _tree(text: str, source: Source) -> Entry:
    """The record's tree. JSON is checked as JSON and then read as YAML, which knows the columns."""
    if not source.file.lower().endswith(".json"):
        tree = read_yaml(text, source)
        return Fields({}, {}, Span(source.file, 1, 1)) if tree is None else _checked(tree, source)
    try:
        said = read_json(text, source)
    except FaultFound as found:
        if found.fault.code == "E122":
            read_yaml(text, source)  # finds the same key with its line
        raise
    try:
        tree = read_yaml(text, source)
    except FaultFound:  # JSON that is no YAML: tabs at the beginning of a line
        tree = None
    placed = None if tree is None else _as_json(tree)
    same = placed is not None and _words(placed) == _words(said)
    return _checked(placed if placed is not None and same else said, source)


def _as_json(entry: Entry) -> Entry:
    """A tree read as YAML with the words that `read_json` has for true, false and null."""
    if isinstance(entry, Text):
        words = {"true": "yes", "false": "no", "null": ""} if entry.plain else {}
        return replace(entry, text=words.get(entry.text, entry.text))
    if isinstance(entry, Items):
        return replace(entry, items=tuple(_as_json(item) for item in entry.items))
    return replace(entry, entries={key: _as_json(item) for key, item in entry.entries.items()})


def _words(entry: Entry) -> object:
    """What a tree says, without where it says it."""
    if isinstance(entry, Text):
        return entry.text
    if isinstance(entry, Items):
        return [_words(item) for item in entry.items]
    return {key: _words(item) for key, item in entry.entries.items()}


def _checked(entry: Entry, source: Source) -> Entry:
    """The same tree. E102 if an escape in it is half a character, which nobody could print."""
    words = [entry.text] if isinstance(entry, Text) else []
    inner: Iterable[Entry] = entry.items if isinstance(entry, Items) else ()
    if isinstance(entry, Fields):
        words, inner = list(entry.keys), entry.entries.values()
    if any("\ud800" <= character <= "\udfff" for word in words for character in word):
        source.fail("E102", entry.span, "an escape here stands for half a character")
    for one in inner:
        _checked(one, source)
    return entry


@dataclass
class _Record:
    """A record while it is read: its faults so far."""

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

    def read(self, found: Fields, today: date, instead: date | None) -> CaseRecord:
        self.keys(found, (*ABOUT, *self.of_person()), "a record")
        about = {"title": "", "note": ""}
        invented = ordinary = False
        on = today
        get = found.entries.get
        reader = ValueReader(self.source, self.vocabulary, on)
        for key in about:
            with self.noting():
                about[key] = self._prose(get(key), key)
        with self.noting():
            if "invented" in found.entries:
                invented = reader.yes_no(found.entries["invented"], "`invented`")
        with self.noting():
            ordinary = self._is_ordinary(get("everything_else"))
        with self.noting():
            if "on" in found.entries:
                on = day(found.entries["on"], self.source, "`on`")
        on = instead or on
        if any(fault.code == "E206" for fault in self.faults):
            raise ComityError(*self._in_order())  # without its day the rest cannot be judged
        person = _Person(self, ValueReader(self.source, self.vocabulary, on)).read(found)
        sponsor = None
        with self.noting():
            if "sponsor" in found.entries:
                sponsor = Case(on, self._sponsor(found.entries["sponsor"], person, on), ordinary)
        if self.faults:
            raise ComityError(*self._in_order())
        case = Case(on, person, ordinary, sponsor, about["title"])
        return CaseRecord(case, about["title"], about["note"], invented)

    def _in_order(self) -> list[Fault]:
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

    def _sponsor(self, entry: Entry, person: dict[str, Possible], on: date) -> dict[str, Possible]:
        inner = fields(entry, self.source, "`sponsor`")
        self.keys(inner, self.of_person(), "a sponsor's record")
        facts = _Person(self, ValueReader(self.source, self.vocabulary, on)).read(inner)
        if "host" not in inner.entries:  # the same State is asked, and what it did is the same
            shared = {p: s for p, s in person.items() if p == "host" or p.startswith(_OF_HOST)}
            facts = {**shared, **facts}
        return facts

    def _prose(self, entry: Entry | None, key: str) -> str:
        if entry is None:
            return ""
        prose = text(entry, self.source, f"`{key}`")
        hidden = next((c for c in prose if not c.isprintable() and c not in "\n\t"), None)
        if hidden is not None or (key == "title" and "\n" in prose):
            self.source.fail(
                "E103" if hidden else "E123",
                at(entry),
                f"`{key}` has a hidden mark or a line break in it",
                suggestion="delete it",
            )
        if _TELLING.search(prose):
            self.personal(
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
        self.source.fail("E123", at(entry), "`everything_else` is `unknown` or `ordinary`")

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
        hint = try_instead(key, known)
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


def is_personal(key: str) -> bool:
    """Whether a key asks for what identifies a person: a name, a number, an address."""
    return _PERSONAL.fullmatch(re.sub(r"[^a-z0-9]+", "_", key.casefold()).strip("_")) is not None


@dataclass
class _Person:
    """What a record says of one person: facts by path, and where each was said."""

    record: _Record
    values: ValueReader
    facts: dict[str, Possible] = field(default_factory=dict)
    said_at: dict[str, Span] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        return self.record.source

    @property
    def vocabulary(self) -> Vocabulary:
        return self.record.vocabulary

    def read(self, found: Fields) -> dict[str, Possible]:
        """Everything that the record says of the person; faults are noted in the record."""
        known = self.record.of_person()
        here = {key: entry for key, entry in found.entries.items() if key in known}
        found = Fields(here, found.keys, found.span)
        implied: dict[str, Possible] = {}
        order: tuple[str, ...] | None = None
        noting = self.record.noting
        if "host" in found.entries:
            with noting():
                self._host(found.entries["host"])
        with noting():
            order = self._nationalities(found, implied)
        readers: dict[str, Callable[[Entry], None]] = {
            "origins": lambda entry: self._origins(entry, order, implied),
            "onward": self._onward,
            "facts": lambda entry: self._nested(entry, "", "`facts`"),
            "exercised": lambda entry: self._of_instruments(entry, "exercised"),
            "declared": lambda entry: self._of_instruments(entry, "declared"),
            "elements": lambda entry: self._of_instruments(entry, "adopted"),
            "acquired": lambda entry: self._of_instruments(entry, "acquired"),
        }
        for key, read in readers.items():
            if key in found.entries:
                with noting():
                    read(found.entries[key])
        self.facts = {**implied, **self.facts}  # what is said of a place stands before what follows
        if "destination" in found.entries:
            with noting():
                self._destination(found.entries["destination"])
        self._counters(found)
        return self.facts

    def say(self, path: str, possible: Possible, span: Span) -> None:
        """Keeps what is said of a fact. E402 if it was said before."""
        if path in self.said_at:
            before = self.said_at[path].line
            self.source.fail("E402", span, f"`{path}` is given twice (first on line {before})")
        self.said_at[path] = span
        self.facts[path] = possible

    def _host(self, entry: Entry) -> None:
        if is_unknown(entry):
            self.facts["host"] = Options(None)
            return
        several = entry.items if isinstance(entry, Items) and entry.items else (entry,)
        self.facts["host"] = Options(frozenset(self.values.country(one) for one in several))

    def _nationalities(self, found: Fields, implied: dict[str, Possible]) -> tuple[str, ...] | None:
        """The nationalities in order, None if not known; each is an origin."""
        entry = found.entries.get("nationalities")
        habitual = found.entries.get("habitual_residence")
        known = Members(frozenset(), None)
        order: tuple[str, ...] = ()
        if entry is not None:
            known, order = self.values.countries(entry, "nationalities")
            self.facts["nationality"] = known
            most = len(origins(self.vocabulary))
            if len(order) > most:
                self.source.fail("E404", entry.span, f"a case has {most} nationalities at most")
            implied.update(implied_places(known, order, self.vocabulary))
        if habitual is not None:
            if known.perhaps is None or known.perhaps:
                self.source.fail(
                    "E420",
                    found.keys["habitual_residence"],
                    "`habitual_residence` is read of a stateless person only: others have the "
                    "countries of their nationalities as origins",
                    suggestion="write `nationalities: []`, or leave it out",
                )
            if not is_unknown(habitual):
                state = self.values.country(habitual, past=True)
                implied[self._first_state()] = exactly(state)
                return (state,)
        return order if known.is_known else None

    # ---- places ----
    def _first_state(self) -> str:
        return "".join(f"{instance}.state" for instance in origins(self.vocabulary)[:1])

    def _origins(
        self, entry: Entry, order: tuple[str, ...] | None, implied: dict[str, Possible]
    ) -> None:
        """What is said of each origin: found by its state, else by its place in the list."""
        instances = origins(self.vocabulary)
        listed = items(entry, self.source, "`origins`")
        if len(listed) > len(instances):
            self.source.fail("E404", entry.span, f"a case has {len(instances)} origins at most")
        for number, item in enumerate(listed):
            with self.record.noting():
                inner = fields(item, self.source, "an origin")
                place = number
                named = inner.entries.get("state")
                if order is not None and isinstance(named, Text) and not is_unknown(named):
                    if named.text not in order:
                        self.source.fail(
                            "E420",
                            at(named),
                            f"`{named.text[:20]}` is not among the "
                            "nationalities, and each origin is one",
                            suggestion=try_instead(named.text, order),
                        )
                    place = order.index(named.text)
                elif order is not None and place >= max(1, len(order)):
                    self.source.fail("E420", item.span, "there are more origins than nationalities")
                if place:
                    implied.setdefault(f"{instances[place]}.exists", Truth.TRUE)
                self._nested(inner, f"{instances[place]}.", "an origin")

    def _destination(self, entry: Entry) -> None:
        same = "destination.is_origin"
        if isinstance(entry, Text):
            if entry.text not in ("origin", UNKNOWN):
                self.source.fail(
                    "E420",
                    at(entry),
                    f"`destination` is not `{entry.text[:20]}`",
                    possible="origin, unknown, or {state: TUR, ...}",
                )
            self.say(same, Truth.UNKNOWN if is_unknown(entry) else Truth.TRUE, at(entry))
            return
        self._nested(fields(entry, self.source, "`destination`"), "destination.", "`destination`")
        if same in self.said_at:
            return
        there = self.facts.get("destination.state", Options(None))
        first = self.facts.get(self._first_state(), Options(None))
        assert isinstance(there, Options)
        assert isinstance(first, Options)
        if there.is_known and there == first:
            self.source.fail(
                "E420",
                entry.span,
                "this destination is the first origin",
                suggestion="write `destination: origin`; what threatens there stands "
                "under `origins`",
            )
        apart = there.names and first.names and not there.names & first.names
        self.facts[same] = Truth.FALSE if apart else Truth.UNKNOWN

    def _onward(self, entry: Entry) -> None:
        if isinstance(entry, Text):
            known = self.values.read(entry, self.vocabulary.facts["onward.exists"], "onward")
            self.say("onward.exists", known, at(entry))
            return
        self.say("onward.exists", Truth.TRUE, entry.span)
        self._nested(fields(entry, self.source, "`onward`"), "onward.", "`onward`")

    # ---- facts ----
    def _nested(self, entry: Entry, prefix: str, what: str) -> None:
        """Facts, dotted or nested: `procedure.final: yes` or `procedure: {final: yes}`."""
        inner = fields(entry, self.source, what)
        for key, value in inner.entries.items():
            with self.record.noting():
                path = prefix + key
                first = origins(self.vocabulary)
                if path.startswith("origin.") and first:
                    path = first[0] + path.removeprefix("origin")
                declared = self.vocabulary.fact(path)
                if declared is None and self._leads_on(path) and isinstance(value, Fields):
                    self._nested(value, f"{path}.", f"`{path}`")
                    continue
                if declared is None or path in ("host", "nationality") or path.startswith("place."):
                    self._no_fact(path, key, inner.keys[key])
                self.say(path, self.values.read(value, declared, path), inner.keys[key])

    def _leads_on(self, path: str) -> bool:
        return any(fact.startswith(f"{path}.") for fact in self.vocabulary.concrete_paths())

    def _no_fact(self, path: str, key: str, span: Span) -> NoReturn:
        """E420 with the nearest fact, E422 if the key would identify the person."""
        for part in key.split("."):
            if is_personal(part):
                self.record.personal(key, span, f"`{part[:40]}` would identify the person")
        guess = try_instead(path, self.vocabulary.concrete_paths())
        beside = {"host": "host: SWE", "nationality": "nationalities: [SYR]"}
        if path in beside:
            guess = f"`{beside[path]}` stands beside `facts`"
        elif path in self.vocabulary.rights:
            guess = f"`{path}` is a right, which is an answer and not a fact of a record"
        elif path in self.vocabulary.events or path in self.vocabulary.spells:
            guess = f"`{path}` is dated: it stands beside `facts`, see `events` and spells"
        elif self._leads_on(path):
            several = [f for f in self.vocabulary.concrete_paths() if f.startswith(f"{path}.")]
            guess = f"facts: {list_words(several, most=6)}"
        self.source.fail("E420", span, f"there is no fact `{path[:60]}`", suggestion=guess)

    # ---- what the host did, how the law operates ----
    def _of_instruments(self, entry: Entry, section: str) -> None:
        """`INSTRUMENT/NAME: yes`; for elements also `INSTRUMENT: [E1, E2]`."""
        inner = fields(entry, self.source, "this")
        for key, value in inner.entries.items():
            with self.record.noting():
                span = inner.keys[key]
                if section in ("adopted", "acquired") and "/" not in key:
                    self._elements(key, value, section, span)
                    continue
                match = _KEY.fullmatch(key)
                if match is None:
                    self.source.fail(
                        "E420",
                        span,
                        f"`{key[:60]}` names nothing in an instrument",
                        suggestion="write eu_returns_2008_115/6.4: yes",
                    )
                owner = self._instrument(match[1], span)
                self._known_there(owner, match[2], section, span)
                said = Truth.UNKNOWN
                if not is_unknown(value):
                    said = Truth.of(self.values.yes_no(value, f"`{key}`"))
                self.say(f"{section} {_id(match[1])}/{match[2]}", said, span)

    def _elements(self, key: str, value: Entry, section: str, span: Span) -> None:
        owner = self._instrument(key, span)
        named = [text(one, self.source, "an element") for one in items(value, self.source, key)]
        for name in named:
            self._known_there(owner, name, section, value.span)
        every = named if owner is None else owner.elements_declared
        for name in dict.fromkeys([*every, *named]):
            self.say(f"{section} {_id(key)}/{name}", Truth.of(name in named), span)

    def _instrument(self, name: str, span: Span) -> Instrument | None:
        known = self.record.instruments
        if known is None:
            return None
        if _id(name) not in known:
            self.source.fail(
                "E304",
                span,
                f"there is no instrument `{name[:40]}`",
                suggestion=try_instead(_id(name), known),
            )
        return known[_id(name)]

    def _known_there(self, owner: Instrument | None, name: str, section: str, span: Span) -> None:
        if owner is None or section == "declared":
            return
        known: list[str] = list(owner.elements_declared)
        if section == "exercised":
            known = [node.id for node in owner.holdings if isinstance(node, Power)]
        if name not in known:
            what = "power" if section == "exercised" else "element"
            self.source.fail(
                "E301",
                span,
                f"`{owner.id}` has no {what} `{name[:40]}`",
                possible=f"known: {list_words(known)}" if known else "",
                suggestion=try_instead(name, known),
            )

    # ---- dated spells and events ----
    def _counters(self, found: Fields) -> None:
        spells: dict[str, SpellList] = {}
        events: dict[str, When] = {}
        before = len(self.record.faults)
        for kind in self.vocabulary.spells.values():
            entry = found.entries.get(kind.name)
            if entry is not None and not is_unknown(entry):
                with self.record.noting():
                    spells[kind.name] = self._spells(entry, kind)
        if "events" in found.entries:
            with self.record.noting():
                events = self._events(found.entries["events"])
        if len(self.record.faults) > before:
            return
        counted = derived(self.vocabulary, History(spells, events), on=self.values.on)
        for path, shown in counted.items():
            with self.record.noting():
                self._agrees(path, shown)

    def _agrees(self, path: str, shown: Range) -> None:
        """What is stated and what is derived are both true; E423 if they cannot be."""
        stated = self.facts.get(path)
        if isinstance(stated, Range):
            low, high = max(stated.low, shown.low), min(stated.high, shown.high)
            if low > high:
                declared = self.vocabulary.facts[path].type
                self.source.fail(
                    "E423",
                    self.said_at[path],
                    f"`{path}` is given as {written(stated, declared)}, and what is dated "
                    f"makes it {written(shown, declared)}",
                    suggestion="leave the number out, or correct the dates",
                )
            shown = Range(low, high)
        self.facts[path] = shown

    def _spells(self, entry: Entry, kind: SpellKind) -> SpellList:
        listed, is_complete = entry, True
        if isinstance(entry, Fields):
            self.record.keys(entry, ("spells", "complete"), f"`{kind.name}`")
            listed = entry.entries.get("spells", Items((), entry.span))
            if "complete" in entry.entries:
                is_complete = self.values.yes_no(entry.entries["complete"], "`complete`")
        made = []
        for item in items(listed, self.source, f"`{kind.name}`"):
            with self.record.noting():
                made.append(self._spell(item, kind))
        return SpellList(tuple(made), is_complete)

    def _spell(self, entry: Entry, kind: SpellKind) -> Spell:
        inner = fields(entry, self.source, f"a spell of `{kind.name}`")
        self.record.keys(inner, ("from", "until", "as"), f"a spell of `{kind.name}`")
        if "from" not in inner.entries:
            self.source.fail(
                "E421",
                inner.span,
                f"a spell of `{kind.name}` has no first day",
                suggestion="from: 2019-03-01, or from: unknown",
            )
        first, on = self.values.when(inner.entries["from"], "`from`"), self.values.on
        last = None
        if "until" in inner.entries:
            last = self.values.when(inner.entries["until"], "`until`")
        if first.earliest > on:
            self.source.fail(
                "E421",
                at(inner.entries["from"]),
                f"the spell begins after the day of the case, {on}",
                suggestion="leave it out, or set `on:` later",
            )
        if last is not None and last.latest <= first.earliest:
            self.source.fail(
                "E421",
                at(inner.entries["until"]),
                f"the spell ends ({last.latest}) before its first day ({first.earliest}) is over",
                suggestion="`until` is the first day no longer in it",
            )
        return Spell(first, last, self._tags(inner.entries.get("as"), kind))

    def _tags(self, entry: Entry | None, kind: SpellKind) -> frozenset[str] | None:
        """The tags of a spell; None, not known, where the record says nothing of them."""
        if entry is None or is_unknown(entry):
            return None
        several = (entry,) if isinstance(entry, Text) else items(entry, self.source, "`as`")
        for one in several:
            if text(one, self.source, "`as`") not in kind.tags:
                word = text(one, self.source, "`as`")
                self.source.fail(
                    "E421",
                    at(one),
                    f"a spell of `{kind.name}` cannot be `{word[:40]}`",
                    possible=f"it is {list_words(kind.tags)}, or unknown",
                    suggestion=try_instead(word, kind.tags),
                )
        return frozenset(one.text for one in several if isinstance(one, Text))

    def _events(self, entry: Entry) -> dict[str, When]:
        inner = fields(entry, self.source, "`events`")
        made: dict[str, When] = {}
        known = tuple(self.vocabulary.events)
        for key, value in inner.entries.items():
            with self.record.noting():
                if is_personal(key) and key not in known:
                    self.record.unknown_key(key, inner.keys[key], known, "`events`")
                if key not in known:
                    self.source.fail(
                        "E420",
                        inner.keys[key],
                        f"there is no event `{key[:40]}`",
                        possible=f"events: {list_words(known, most=30)}",
                        suggestion=try_instead(key, known),
                    )
                when = self.values.when(value, f"`{key}`")
                if when.earliest > self.values.on and not self._may_lie_ahead(key):
                    self.source.fail(
                        "E421",
                        at(value),
                        f"`{key}` lies after the day of the case, {self.values.on}",
                    )
                if not is_unknown(value):
                    made[key] = when
        self._in_order(made, inner)
        return made

    def _may_lie_ahead(self, event: str) -> bool:
        """Whether the vocabulary only ever counts up to the event, as to the end of a permit."""
        return all(event != counter.first for counter in self.vocabulary.counters.values())

    def _in_order(self, events: Mapping[str, When], inner: Fields) -> None:
        for counter in self.vocabulary.counters.values():
            first, second = events.get(counter.first), events.get(counter.second)
            if first is not None and second is not None and second.latest < first.earliest:
                with self.record.noting():
                    self.source.fail(
                        "E421",
                        inner.keys[counter.second],
                        f"`{counter.second}` lies before "
                        f"`{counter.first}`, and `{counter.fact}` is counted from the one to "
                        "the other",
                        suggestion=f"leave one out and state `{counter.fact}` under `facts`",
                    )


def _id(name: str) -> str:
    return name.replace("-", "_")
