"""What a record says of one person: countries, places, facts, what the host did."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Parameter, Power
from comity.agreement.spans import Span
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import Vocabulary
from comity.language.case_history import HistoryReader
from comity.language.case_notes import Notes, is_personal
from comity.language.case_text import UNKNOWN, ValueReader, at, is_unknown, origins
from comity.language.case_writing import implied_places, written
from comity.language.faults import did_you_mean, list_words
from comity.language.resolve_varied import barred, beyond, variants_of
from comity.language.yaml_text import Entry, Fields, Items, Source, Text, fields, items, text

_EXAMPLES = {
    "exercised": "eu_returns_2008_115/6.4: yes",
    "declared": "refugee_1951_1967/europe_only: yes",
    "reserved": "refugee_1951_1967/17: yes",
    "parameter": "imfc/P_limbo: 120 days",
}
_KEY = re.compile(r"([A-Za-z][\w-]*)/([\w.]+)", re.ASCII)


@dataclass
class PersonReader:
    """What a record says of one person: facts by path, and where each was said."""

    notes: Notes
    values: ValueReader
    facts: dict[str, Possible] = field(default_factory=dict)
    said_at: dict[str, Span] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        return self.notes.source

    @property
    def vocabulary(self) -> Vocabulary:
        return self.notes.vocabulary

    def read(self, found: Fields) -> dict[str, Possible]:
        """Everything that the record says of the person; faults are noted in the record."""
        known = self.notes.of_person()
        here = {key: entry for key, entry in found.entries.items() if key in known}
        found = Fields(here, found.keys, found.span)
        implied: dict[str, Possible] = {}
        order: tuple[str, ...] | None = None
        noting = self.notes.noting
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
            "reserved": lambda entry: self._of_instruments(entry, "reserved"),
            "parameters": lambda entry: self._of_instruments(entry, "parameter"),
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
        for path, shown in HistoryReader(self.notes, self.values).counted(found).items():
            with noting():
                self._agrees(path, shown)
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
            with self.notes.noting():
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
                            suggestion=did_you_mean(named.text, order),
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
            with self.notes.noting():
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
                self.notes.personal(key, span, f"`{part[:40]}` would identify the person")
        guess = did_you_mean(path, self.vocabulary.concrete_paths())
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

    # ---- what the host did, how the law operates ----
    def _of_instruments(self, entry: Entry, section: str) -> None:
        """`INSTRUMENT/NAME: yes`, of a parameter `120 days`; for elements `INSTRUMENT: [E1, E2]` too."""
        inner = fields(entry, self.source, "this")
        for key, value in inner.entries.items():
            with self.notes.noting():
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
                        suggestion=f"write {_EXAMPLES.get(section, 'imfc/E1: yes')}",
                    )
                owner = self._instrument(match[1], span)
                self._known_there(owner, match[2], section, span)
                said = self._said(owner, match[2], section, value)
                self.say(f"{section} {_id(match[1])}/{match[2]}", said, span)

    def _said(self, owner: Instrument | None, name: str, section: str, value: Entry) -> Possible:
        if section == "parameter":
            return self._parameter(owner, name, value)
        if is_unknown(value):
            return Truth.UNKNOWN
        said = self.values.yes_no(value, f"`{name}`")
        if section == "reserved" and said and owner is not None and (why := barred(owner, name)):
            self.source.fail("E307", at(value), why)
        return Truth.of(said)

    def _parameter(self, owner: Instrument | None, name: str, value: Entry) -> Possible:
        """A number in the parameter's own unit. E227 if the text does not allow it."""
        variants = [] if owner is None else variants_of(owner, name)
        unit = variants[0].value.kind if variants else ""
        number = self.values.amount(value, unit, name)
        outside = beyond(variants, number) if variants else None
        if outside is not None:
            code, message, possible = outside
            self.source.fail(code, at(value), message, possible=possible)
        return exactly(number)

    def _elements(self, key: str, value: Entry, section: str, span: Span) -> None:
        owner = self._instrument(key, span)
        named = [text(one, self.source, "an element") for one in items(value, self.source, key)]
        for name in named:
            self._known_there(owner, name, section, value.span)
        every = named if owner is None else owner.elements_declared
        for name in dict.fromkeys([*every, *named]):
            self.say(f"{section} {_id(key)}/{name}", Truth.of(name in named), span)

    def _instrument(self, name: str, span: Span) -> Instrument | None:
        known = self.notes.instruments
        if known is None:
            return None
        if _id(name) not in known:
            self.source.fail(
                "E304",
                span,
                f"there is no instrument `{name[:40]}`",
                suggestion=did_you_mean(_id(name), known),
            )
        return known[_id(name)]

    def _known_there(self, owner: Instrument | None, name: str, section: str, span: Span) -> None:
        if owner is None or section == "declared":
            return
        what, code, known = _named_by(owner, section)
        if name not in known:
            self.source.fail(
                code,
                span,
                f"`{owner.id}` has no {what} `{name[:40]}`",
                possible=f"known: {list_words(known)}" if known else "",
                suggestion=did_you_mean(name, known),
            )


def _named_by(owner: Instrument, section: str) -> tuple[str, str, list[str]]:
    """What a section names in an instrument, the code if it has none such, and those it has."""
    if section == "exercised":
        powers = [node.id for node in owner.holdings if isinstance(node, Power)]
        return "power", "E301", powers
    if section == "reserved":
        return "article", "E305", [article.id for article in owner.articles]
    if section == "parameter":
        parameters = [s.name for s in owner.statements if isinstance(s, Parameter)]
        return "parameter", "E201", list(dict.fromkeys(parameters))
    return "element", "E301", list(owner.elements_declared)


def _id(name: str) -> str:
    return name.replace("-", "_")
