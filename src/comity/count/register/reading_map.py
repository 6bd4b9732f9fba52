"""From the text of a map to what it means, every word of it checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from comity.agreement.vocabulary import Counter, FactType, NumberType, TruthType, Vocabulary
from comity.count.register.faults import MapPersonal, MapUnreadable, MapWrong, RegisterError
from comity.count.register.reading_fact import KEYS, FactReader, form_of, only, text, texts
from comity.count.register.schema import OF_THE_LAW, Dated, SchemaMap, Source
from comity.count.register.tree import Entry, Keyed, Word, read_tree
from comity.count.register.words import is_personal, shown

TOP = ("day", "delimiter", "unknown", "id", "weight", "groups", "facts", "events")


def read_map_file(path: Path, vocabulary: Vocabulary, keys: Iterable[str] = ()) -> SchemaMap:
    """The map in a file. Raises as `read_map`, and MapUnreadable (E480) if there is no such text."""
    try:
        text_of_file = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MapUnreadable(f"`{path.name}` is not UTF-8") from None
    except OSError as cause:
        raise MapUnreadable(
            f"`{path.name}` cannot be opened: {cause.strerror}", suggestion="check the path"
        ) from None
    return read_map(text_of_file, vocabulary, keys, file=path.name)


def read_map(
    text_of_map: str, vocabulary: Vocabulary, keys: Iterable[str] = (), *, file: str = "map"
) -> SchemaMap:
    """The map in a text.

    keys: those of the regime (`Evaluator.keys`), which may name powers, elements and declarations.
    Raises MapUnreadable, MapWrong, MapPersonal (E480 to E482), each with its line.
    """
    try:
        return _MapReader(read_tree(text_of_map), vocabulary, frozenset(keys), file).read()
    except RegisterError as fault:
        if fault.line:
            fault.message = f"{file}, line {fault.line}: {fault.message}"
            fault.args = (fault.message,)
        raise


class _MapReader:
    def __init__(
        self, tree: Keyed, vocabulary: Vocabulary, keys: frozenset[str], file: str
    ) -> None:
        self.tree, self.vocabulary, self.keys, self.file = tree, vocabulary, keys, file
        self.lines: dict[str, int] = {}

    def read(self) -> SchemaMap:
        """Everything, in the order in which a reader would want to know of faults."""
        for key, line in self.tree.lines.items():
            if key not in TOP:
                self._no_key(key, line)
        unknown = frozenset(texts(self.tree.entries.get("unknown"), "unknown"))
        facts = self._facts(unknown)
        events = dict(self._events(unknown))
        derived = self._derived(facts, events)
        day = self._day()
        if day is None and (events or any(_needs_day(one) for one in self._sources())):
            raise MapWrong(
                "days are counted to the register's own day, and the map does not say it",
                suggestion="write `day: 2024-12-31`",
                line=self.tree.line,
            )
        if "host" not in facts:
            raise MapWrong(
                "the map does not say the host: which State each row asks",
                suggestion="write `host: {column: ..., standard: iso3}`, or `host: {value: SWE}`",
                line=self.tree.line,
            )
        return SchemaMap(
            self.file,
            facts,
            events,
            derived,
            day,
            self._column("id"),
            self._column("weight"),
            self._groups(),
            self._delimiter(),
            self.lines,
        )

    def _no_key(self, key: str, line: int) -> NoReturn:
        if self.vocabulary.fact(key) is not None:
            hint = f"indent `{key}` beneath `facts:`"
        elif key in KEYS:
            hint = f"indent `{key}` beneath its fact"
        else:
            hint = _nearest(key, TOP)
        if is_personal(key):
            raise MapPersonal(f"`{shown(key)}` would identify the person", line=line)
        raise MapWrong(
            f"a map has no `{shown(key)}`; its keys are {', '.join(TOP)}",
            suggestion=hint,
            line=line,
        )

    # ---- facts ----
    def _facts(self, unknown: frozenset[str]) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for key, entry in self._keyed("facts"):
            kind = self._type(key, self._line("facts", key))
            if not isinstance(entry, Keyed):
                raise MapWrong(
                    f"`{key}` says no column",
                    suggestion=f"indent `column` beneath it, or write `{key}: {{column: ...}}`",
                    line=self._line("facts", key),
                )
            reader = FactReader(key, kind, entry, self.vocabulary, unknown)
            found[key] = reader.read()
            for name, line in reader.columns.items():
                self._note(name, line)
        return found

    def _type(self, key: str, line: int) -> FactType:
        declared = self.vocabulary.fact(key)
        if declared is not None and not key.startswith("place."):
            return declared.type
        if key in self.keys and key.startswith(OF_THE_LAW):
            return TruthType()
        if any(is_personal(part) for part in key.split(".")):
            raise MapPersonal(f"`{shown(key)}` would identify the person", line=line)
        hint = ""
        if key in KEYS:
            hint = f"indent `{key}` beneath its fact"
        elif key in self.vocabulary.events:
            hint = f"`{key}` is an event: it stands under `events`"
        elif key in self.vocabulary.rights:
            hint = f"`{key}` is a right, which is an answer and not a fact"
        elif (numbered := f"{key.partition('.')[0]}1.{key.partition('.')[2]}") and (
            self.vocabulary.fact(numbered) is not None
        ):
            hint = f"write `{numbered}`: the first of several"
        raise MapWrong(
            f"there is no fact `{shown(key)}`",
            suggestion=hint or _nearest(key, (*self.vocabulary.concrete_paths(), *self.keys)),
            line=line,
        )

    # ---- events ----
    def _events(self, unknown: frozenset[str]) -> Iterator[tuple[str, Dated]]:
        for name, entry in self._keyed("events"):
            line = self._line("events", name)
            if name not in self.vocabulary.events:
                raise MapWrong(
                    f"there is no event `{shown(name)}`",
                    suggestion=_nearest(name, self.vocabulary.events),
                    line=line,
                )
            if not isinstance(entry, Keyed):
                raise MapWrong(
                    f"`{name}` says no column",
                    suggestion=f"write `{name}: {{column: ..., form: day}}`",
                    line=entry.line,
                )
            only(entry, ("column", "form", "unknown"), f"the event `{name}`")
            column = text(entry, "column", f"the event `{name}`")
            self._note(column, entry.lines["column"])
            own = frozenset(texts(entry.entries.get("unknown"), "unknown"))
            yield name, Dated(column, form_of(entry, name), unknown | own)

    def _derived(
        self, facts: Mapping[str, Source], events: Mapping[str, Dated]
    ) -> dict[str, Counter]:
        """The facts that are counted from days. Raises MapWrong if one is said twice."""
        found: dict[str, Counter] = {}
        for path, counter in self.vocabulary.counters.items():
            declared = self.vocabulary.fact(path)
            needed = [counter.first, *([counter.second] if counter.second else [])]
            if counter.spells or not all(name in events for name in needed):
                continue
            assert declared is not None
            assert isinstance(declared.type, NumberType)
            if path in facts:
                raise MapWrong(
                    f"`{path}` is given, and counted from {' and '.join(needed)} too",
                    suggestion="keep one",
                    line=self._line("facts", path),
                )
            found[path] = counter
        if events and not found:
            raise MapWrong(
                f"nothing is counted from {', '.join(f'`{name}`' for name in events)} alone",
                suggestion="`comity list facts` says what is counted from which events",
                line=self.tree.lines["events"],
            )
        return found

    # ---- the rest ----
    def _sources(self) -> Iterator[Keyed]:
        for _, entry in self._keyed("facts"):
            if isinstance(entry, Keyed):
                yield entry

    def _day(self) -> date | None:
        entry = self.tree.entries.get("day")
        if entry is None:
            return None
        word = entry.text if isinstance(entry, Word) else ""
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise MapWrong(
                f"`{shown(word)}` is not a day of the calendar",
                suggestion="write year-month-day, such as 2024-12-31",
                line=entry.line,
            ) from None

    def _column(self, key: str) -> str:
        if key not in self.tree.entries:
            return ""
        name = text(self.tree, key, "the map")
        self._note(name, self.tree.lines[key])
        return name

    def _groups(self) -> tuple[str, ...]:
        entry = self.tree.entries.get("groups")
        names = texts(entry, "groups")
        for name in names:
            assert entry is not None
            # `municipality_id` is no person's; a column with too many values is refused later
            if is_personal(name) and not name.casefold().endswith("id"):
                raise MapPersonal(
                    f"counting by `{shown(name)}` would single people out", line=entry.line
                )
            self._note(name, entry.line)
        return tuple(dict.fromkeys(names))

    def _delimiter(self) -> str:
        if "delimiter" not in self.tree.entries:
            return ","
        word = text(self.tree, "delimiter", "the map")
        mark = {"tab": "\t", "\\t": "\t"}.get(word, word)
        if len(mark) != 1 or mark in '"\r\n' or mark.isalnum():
            raise MapWrong(
                "a delimiter is one mark, or the word tab",
                suggestion='write `delimiter: ";"`',
                line=self.tree.lines["delimiter"],
            )
        return mark

    def _keyed(self, key: str) -> Sequence[tuple[str, Entry]]:
        entry = self.tree.entries.get(key)
        if entry is None or (isinstance(entry, Word) and not entry.text):
            return []
        if not isinstance(entry, Keyed):
            raise MapWrong(f"`{key}` is a list of `name: ...` lines", line=entry.line)
        return list(entry.entries.items())

    def _line(self, key: str, name: str) -> int:
        entry = self.tree.entries[key]
        return entry.lines[name] if isinstance(entry, Keyed) else entry.line

    def _note(self, column: str, line: int) -> None:
        self.lines.setdefault(column, line)


def _needs_day(entry: Keyed) -> bool:
    return "since" in entry.entries


def _nearest(word: str, candidates: Collection[str] | Iterable[str]) -> str:
    found = get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return f"did you mean `{found[0]}`?" if found else ""
