"""Dated spells and events of a record, and what is counted from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.agreement.spells import History, Spell, SpellList, When, derived
from comity.agreement.values import Range
from comity.agreement.vocabulary import SpellKind
from comity.language.case_notes import Notes, is_personal
from comity.language.case_text import ValueReader, at, is_unknown
from comity.language.faults import did_you_mean, list_words
from comity.language.yaml_text import Entry, Fields, Items, Text, fields, items, text


@dataclass
class HistoryReader:
    """Reads what a record dates; faults are noted in the record."""

    notes: Notes
    values: ValueReader

    def counted(self, found: Fields) -> Mapping[str, Range]:
        """What the dates of a record say of counted facts, by path; nothing if they have a fault."""
        spells: dict[str, SpellList] = {}
        events: dict[str, When] = {}
        before = len(self.notes.faults)
        for kind in self.notes.vocabulary.spells.values():
            entry = found.entries.get(kind.name)
            if entry is not None and not is_unknown(entry):
                with self.notes.noting():
                    spells[kind.name] = self._spells(entry, kind)
        if "events" in found.entries:
            with self.notes.noting():
                events = self._events(found.entries["events"])
        if len(self.notes.faults) > before:
            return {}
        return derived(self.notes.vocabulary, History(spells, events), on=self.values.on)

    def _spells(self, entry: Entry, kind: SpellKind) -> SpellList:
        listed, is_complete = entry, True
        if isinstance(entry, Fields):
            self.notes.keys(entry, ("spells", "complete"), f"`{kind.name}`")
            listed = entry.entries.get("spells", Items((), entry.span))
            if "complete" in entry.entries:
                is_complete = self.values.yes_no(entry.entries["complete"], "`complete`")
        made = []
        for item in items(listed, self.notes.source, f"`{kind.name}`"):
            with self.notes.noting():
                made.append(self._spell(item, kind))
        return SpellList(tuple(made), is_complete)

    def _spell(self, entry: Entry, kind: SpellKind) -> Spell:
        inner = fields(entry, self.notes.source, f"a spell of `{kind.name}`")
        self.notes.keys(inner, ("from", "until", "as"), f"a spell of `{kind.name}`")
        if "from" not in inner.entries:
            self.notes.source.fail(
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
            self.notes.source.fail(
                "E421",
                at(inner.entries["from"]),
                f"the spell begins after the day of the case, {on}",
                suggestion="leave it out, or set `on:` later",
            )
        if last is not None and last.latest <= first.earliest:
            self.notes.source.fail(
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
        several = (entry,) if isinstance(entry, Text) else items(entry, self.notes.source, "`as`")
        for one in several:
            if text(one, self.notes.source, "`as`") not in kind.tags:
                word = text(one, self.notes.source, "`as`")
                self.notes.source.fail(
                    "E421",
                    at(one),
                    f"a spell of `{kind.name}` cannot be `{word[:40]}`",
                    possible=f"it is {list_words(kind.tags)}, or unknown",
                    suggestion=did_you_mean(word, kind.tags),
                )
        return frozenset(one.text for one in several if isinstance(one, Text))

    def _events(self, entry: Entry) -> dict[str, When]:
        inner = fields(entry, self.notes.source, "`events`")
        made: dict[str, When] = {}
        known = tuple(self.notes.vocabulary.events)
        for key, value in inner.entries.items():
            with self.notes.noting():
                if is_personal(key) and key not in known:
                    self.notes.unknown_key(key, inner.keys[key], known, "`events`")
                if key not in known:
                    self.notes.source.fail(
                        "E420",
                        inner.keys[key],
                        f"there is no event `{key[:40]}`",
                        possible=f"events: {list_words(known, most=30)}",
                        suggestion=did_you_mean(key, known),
                    )
                when = self.values.when(value, f"`{key}`")
                if when.earliest > self.values.on and not self._may_lie_ahead(key):
                    self.notes.source.fail(
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
        return all(event != counter.first for counter in self.notes.vocabulary.counters.values())

    def _in_order(self, events: Mapping[str, When], inner: Fields) -> None:
        for counter in self.notes.vocabulary.counters.values():
            first, second = events.get(counter.first), events.get(counter.second)
            if first is not None and second is not None and second.latest < first.earliest:
                with self.notes.noting():
                    self.notes.source.fail(
                        "E421",
                        inner.keys[counter.second],
                        f"`{counter.second}` lies before "
                        f"`{counter.first}`, and `{counter.fact}` is counted from the one to "
                        "the other",
                        suggestion=f"leave one out and state `{counter.fact}` under `facts`",
                    )
