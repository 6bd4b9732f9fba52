"""What is dated: kinds of spells, events, and the counters that measure them."""

from __future__ import annotations

from lark import Token, Tree

from comity.agreement.vocabulary import Counter, Event, NumberType, SpellKind
from comity.language.context import Context, child, dotted, inner, need, need_child, tokens
from comity.language.resolve_draft import Draft, meaning, new_name
from comity.language.resolve_values import months_of, normal_unit


def spell(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    names = tokens(tree, "NAME")
    name = new_name(context, names[0], str(names[0]), draft.spells)
    tags = context.distinct(names[1:])
    draft.spells[name] = SpellKind(name, tags, meaning(tree), context.span(names[0]))


def event(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    name = need(tree, "NAME")
    new_name(context, name, str(name), draft.events)
    draft.events[str(name)] = Event(str(name), meaning(tree), context.span(name))


def counter(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    ref = need_child(tree, "ref")
    path = new_name(context, ref, dotted(ref), draft.counters)
    fact = draft.facts.get(path)
    unit = normal_unit(str(need(tree, "UNIT")))
    if fact is None:
        context.unknown(ref, path, "a fact", list(draft.facts))
    if not isinstance(fact.type, NumberType) or fact.type.unit != unit:
        context.fail("E203", ref, f"`{path}` is not counted in {unit}")
    span = inner(tree, "ref", "meaning")
    spells, window, first, second = "", 0, "", ""
    tags: tuple[str, ...] = ()
    forms = {
        "in_spells": "in",
        "in_longest": "longest",
        "in_window": "window",
        "since_event": "since",
        "between_events": "between",
    }
    found = child(span, "spells")
    if found is not None:
        spells, tags = _spells_named(draft, context, found)
    if span.data == "in_window":
        window = months_of(context, span, "a window")
    if span.data in ("since_event", "between_events"):
        events = [_event_named(draft, context, t) for t in tokens(span, "NAME")]
        first, second = events[0], events[1] if len(events) > 1 else ""
    draft.counters[path] = Counter(
        path,
        unit,
        forms[str(span.data)],
        spells,
        tags,
        window,
        first,
        second,
        meaning(tree),
        context.span(ref),
    )


def _spells_named(draft: Draft, context: Context, tree: Tree[Token]) -> tuple[str, tuple[str, ...]]:
    names = tokens(tree, "NAME")
    kind = draft.spells.get(str(names[0]))
    if kind is None:
        context.unknown(names[0], str(names[0]), "a kind of spell", list(draft.spells))
    for tag in names[1:]:
        if str(tag) not in kind.tags:
            context.unknown(tag, str(tag), f"a tag of `{kind.name}`", list(kind.tags))
    return kind.name, tuple(str(tag) for tag in names[1:])


def _event_named(draft: Draft, context: Context, name: Token) -> str:
    if str(name) not in draft.events:
        context.unknown(name, str(name), "an event", list(draft.events))
    return str(name)


READ = {"spell": spell, "event": event, "counter": counter}
