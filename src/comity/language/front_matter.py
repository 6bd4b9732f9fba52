"""The front matter of an agreement: what it is, its dates, parties and accountability."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

from comity.agreement.instruments import Declaration, Exercise, Force, Reservation
from comity.agreement.spans import Span
from comity.agreement.vocabulary import Member, Vocabulary
from comity.language.documents import Document
from comity.language.faults import Fault, FaultFound, did_you_mean, nearest
from comity.language.yaml_text import (
    Entry,
    Fields,
    Items,
    Source,
    Text,
    day,
    fields,
    items,
    only_keys,
    read_yaml,
    text,
    whole,
)

KEYS = (
    "id",
    "title",
    "force",
    "status",
    "citations",
    "adopted",
    "in_force",
    "ended",
    "parties",
    "reservations",
    "declarations",
    "exercised",
    "elements",
    "accountability",
    "with",
    "paragraphs",
    "counted_from",
    "lines",
    "vectors",
    "review_by",
    "contested",
)
LONGEST = 200_000
"""Characters of a front matter; the longest list of parties needs a tenth of them."""
STATUSES = ("in_force", "draft", "not_in_force", "lapsed")
CITATIONS = ("un_treaty", "celex", "ilo", "ets", "oj", "url", "ecli", "other")


@dataclass
class FrontMatter:
    """The values of the front matter, as keyword arguments of `Instrument`.

    keys: where each key stands. faults: of all keys; one never hides another.
    """

    id: str
    keys: Mapping[str, Span]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def identity(document: Document) -> tuple[str, frozenset[str]]:
    """Id and names of declarations, for the outline. Raises FaultFound."""
    found, source = _fields(document)
    if "id" not in found.entries:
        source.fail("E125", found.span, "the front matter has no `id`", suggestion="id: short_name")
    name = text(found.entries["id"], source, "`id`")
    plain = name.replace("_", "").replace("-", "")
    if not (plain.isascii() and plain.isalnum() and name[:1].isalpha()):
        source.fail(
            "E125",
            found.entries["id"].span,
            f"`{name[:40]}` cannot be an id",
            suggestion="letters, digits and `_`, a letter first",
        )
    declared = found.entries.get("declarations")
    names = frozenset(declared.entries) if isinstance(declared, Fields) else frozenset()
    return name.replace("-", "_"), names


def id_span(document: Document) -> Span:
    """Where the id of a document stands. Raises FaultFound as `identity` does."""
    found, _source = _fields(document)
    return found.entries["id"].span


@lru_cache(maxsize=128)
def _tree(text: str, file: str, first_line: int) -> Entry | None:
    """The front matter as a tree: it is asked for its id, its names and its values."""
    lines = ("",) * (first_line - 1) + tuple(text.split("\n"))
    return read_yaml(text, Source(file, lines, first_line))


def _fields(document: Document) -> tuple[Fields, Source]:
    source = Source(document.file, document.lines, document.front_matter_line)
    if not document.front_matter.strip():
        source.fail(
            "E125",
            Span(document.file, 1, 1),
            "the file has no front matter",
            suggestion="begin it with `---`, `id: ...`, `title: ...`, `force: ...`, `---`",
        )
    if len(document.front_matter) > LONGEST:
        source.fail(
            "E101",
            Span(document.file, document.front_matter_line, 1),
            f"the front matter has more than {LONGEST // 1000} thousand characters",
            suggestion="long lists of parties belong in a `group` of the vocabulary",
        )
    entry = _tree(document.front_matter, document.file, document.front_matter_line)
    if entry is None:
        source.fail("E125", Span(document.file, 1, 1), "the front matter is empty")
    return fields(entry, source, "the front matter"), source


def front_matter(document: Document, vocabulary: Vocabulary) -> FrontMatter:
    """The front matter with every value of its type, each key read alone.

    Raises FaultFound if it is no front matter at all.
    """
    found, source = _fields(document)
    made = FrontMatter("", found.keys)

    def attempt(step: Callable[[], None]) -> None:
        try:
            step()
        except FaultFound as fault:
            made.faults.append(fault.fault)

    attempt(partial(_named, made, document))
    for key in ("title", "force"):
        if key not in found.entries:
            attempt(partial(source.fail, "E125", found.span, f"the front matter has no `{key}`"))
    for key, entry in found.entries.items():
        alone = Fields({key: entry}, {key: found.keys[key]}, found.span)
        attempt(partial(_one_key, made, alone, source, vocabulary))
    attempt(partial(_in_order, made.values, found, source))
    made.values["span"] = found.span
    return made


def _named(made: FrontMatter, document: Document) -> None:
    made.id = identity(document)[0]


def _one_key(made: FrontMatter, alone: Fields, source: Source, vocabulary: Vocabulary) -> None:
    """Reads a front matter of a single key."""
    only_keys(alone, KEYS, source, "the front matter")
    for key, entry in alone.entries.items():
        if key == "title":
            made.values[key] = text(entry, source, "`title`")
        elif key == "force":
            made.values[key] = Force(_word(entry, tuple(Force), source, "`force`"))
        elif key == "status":
            made.values[key] = _word(entry, STATUSES, source, "`status`")
        elif key in ("adopted", "in_force", "ended", "review_by"):
            made.values[key] = day(entry, source, f"`{key}`")
    _texts(made, alone, source)
    _states(made, alone, source, vocabulary)


def _in_order(values: Mapping[str, Any], found: Fields, source: Source) -> None:
    order = [key for key in ("adopted", "in_force", "ended") if key in values]
    for first, second in pairwise(order):
        if values[second] < values[first]:
            source.fail(
                "E206",
                found.keys[second],
                f"`{second}` ({values[second]}) lies before `{first}` ({values[first]})",
            )


def _texts(made: FrontMatter, found: Fields, source: Source) -> None:
    get = found.entries.get
    for key in ("counted_from", "contested"):
        entry = get(key)
        if entry is not None:
            made.values[key] = text(entry, source, f"`{key}`")
    paragraphs = get("paragraphs")
    if paragraphs is not None and text(paragraphs, source, "`paragraphs`") != "unknown":
        made.values["paragraphs"] = whole(paragraphs, source, "`paragraphs`")
    for key in ("lines", "vectors"):
        entry = get(key)
        if entry is not None:
            made.values[key] = whole(entry, source, f"`{key}`")
    for key, known in (("citations", CITATIONS), ("accountability", None), ("elements", None)):
        entry = get(key)
        if entry is not None:
            inner = fields(entry, source, f"`{key}`")
            if known is not None:
                only_keys(inner, known, source, f"`{key}`")
            made.values[key] = {k: text(v, source, f"`{key}`") for k, v in inner.entries.items()}
    beside = get("with")
    if beside is not None:
        names = items(beside, source, "`with`")
        made.values["with_"] = tuple(text(n, source, "`with`").replace("-", "_") for n in names)


def _states(made: FrontMatter, found: Fields, source: Source, vocabulary: Vocabulary) -> None:
    get = found.entries.get
    parties = get("parties")
    if isinstance(parties, Text):
        made.values["party_group"], made.values["parties"] = _groups(parties, source, vocabulary)
    elif parties is not None:
        made.values["parties"] = tuple(
            _member(e, source, vocabulary) for e in items(parties, source, "`parties`")
        )
    reservations = get("reservations")
    if reservations is not None:
        made.values["reservations"] = tuple(
            _reservation(e, source, vocabulary)
            for e in items(reservations, source, "`reservations`")
        )
    declarations = get("declarations")
    if declarations is not None:
        made.values["declarations"] = tuple(
            Declaration(name, _member(e, source, vocabulary))
            for name, several in fields(declarations, source, "`declarations`").entries.items()
            for e in items(several, source, f"`{name}`")
        )
    exercised = get("exercised")
    if exercised is not None:
        made.values["exercised"] = tuple(
            Exercise(power, _member(e, source, vocabulary))
            for power, several in fields(exercised, source, "`exercised`").entries.items()
            for e in items(several, source, f"`{power}`")
        )


def _groups(entry: Text, source: Source, vocabulary: Vocabulary) -> tuple[str, tuple[Member, ...]]:
    """`eu` or `refugee_convention_1951 + refugee_protocol_1967`: a State may be in either."""
    members: list[Member] = []
    for name in (word.strip() for word in entry.text.split("+")):
        group = vocabulary.groups.get(name)
        if group is None:
            source.fail(
                "E201",
                entry.span,
                f"`{name}` is not a group of States",
                suggestion=did_you_mean(name, vocabulary.groups),
            )
        members += group.members
    return entry.text, tuple(members)


def _word(entry: Entry, known: tuple[str, ...], source: Source, what: str) -> str:
    word = text(entry, source, what)
    if word not in known:
        source.fail(
            "E123",
            entry.span,
            f"{what} is not `{word[:40]}`",
            possible=", ".join(known),
            suggestion=did_you_mean(word, known),
        )
    return word


def _member(entry: Entry, source: Source, vocabulary: Vocabulary) -> Member:
    """`SWE`, `SWE from 1954-10-26`, or `{state: SWE, from: ..., until: ...}`."""
    if isinstance(entry, Text):
        words = entry.text.split()
        since = until = None
        rest = words[1:]
        while len(rest) >= 2 and rest[0] in ("from", "until"):
            when = day(Text(rest[1], entry.span), source, "the day of a spell")
            since, until = (when, until) if rest[0] == "from" else (since, when)
            rest = rest[2:]
        if rest or not words:
            source.fail(
                "E123",
                entry.span,
                f"`{entry.text[:60]}` is no State with its dates",
                suggestion="SWE from 1954-10-26 until 2020-01-31",
            )
        return Member(*_spell(words[0], since, until, entry.span, source, vocabulary))
    inner = fields(entry, source, "a State")
    only_keys(inner, ("state", "from", "until", "articles"), source, "a State")
    if "state" not in inner.entries:
        source.fail("E123", inner.span, "a State needs its code", suggestion="state: SWE")
    first = inner.entries.get("from")
    last = inner.entries.get("until")
    return Member(
        *_spell(
            text(inner.entries["state"], source, "a State"),
            day(first, source, "`from`") if first is not None else None,
            day(last, source, "`until`") if last is not None else None,
            inner.span,
            source,
            vocabulary,
        )
    )


def _spell(
    code: str,
    since: date | None,
    until: date | None,
    span: Span,
    source: Source,
    vocabulary: Vocabulary,
) -> tuple[str, date | None, date | None]:
    if since is not None and until is not None and until <= since:
        source.fail(
            "E206", span, f"the spell of `{code}` ends ({until}) before it begins ({since})"
        )
    return state_code(code, span, source, vocabulary, since), since, until


def state_code(
    code: str, span: Span, source: Source, vocabulary: Vocabulary, on: date | None
) -> str:
    """A country code of three letters. E209 if unknown, E403 if it was no State on the day."""
    state = vocabulary.states.get(code)
    if vocabulary.states and state is None:
        short = {"NO": "NOR", "false": "NOR", "no": "NOR"}.get(code, "")
        guess = short or nearest(code.upper()[:3], vocabulary.states)
        source.fail(
            "E209",
            span,
            f"`{code[:20]}` is no country code of three letters",
            suggestion=f"did you mean `{guess}`?" if guess else "SWE for Sweden",
        )
    if state is not None and on is not None and not state.existed(on):
        source.fail("E403", span, f"`{code}` ({state.name}) was no State on {on}")
    return code


def _reservation(entry: Entry, source: Source, vocabulary: Vocabulary) -> Reservation:
    inner = fields(entry, source, "a reservation")
    spell = _member(inner, source, vocabulary)
    named = inner.entries.get("articles")
    if named is None:
        source.fail(
            "E123", inner.span, "a reservation names its articles", suggestion="articles: [17, 24]"
        )
    several = named.items if isinstance(named, Items) else (named,)
    return Reservation(spell, tuple(text(a, source, "`articles`") for a in several))
