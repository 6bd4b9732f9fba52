"""The pages of the reading room: a page an instrument, an index, a search, versions side by side.

The context is the documents of `comity show --json` as plain values; nothing is computed here but
places and drawings. The pages need no network; only the search needs a script, its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from comity.brief.maps import DISCLAIMER, base_rules
from comity.brief.pages import environment
from comity.brief.reading_prose import plain_text, prose_html
from comity.brief.reading_years import bars_by_year
from comity.brief.tables import Cell, csv_text

Reading = Mapping[str, Any]
BOOKKEEPING = ("no rule", "paragraph", "line", "vector", "carried")
"""Kinds of statement that make no position and are told as a list."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """What the pages of one folder share.

    readings: documents by id. maps: of who is party, as SVG by id. regime: what the pages are of.
    home: address of the page that the folder belongs to, from a page of the folder; "" for none.
    """

    readings: Mapping[str, Reading]
    date: str
    version: str
    regime: str
    maps: Mapping[str, str] = field(default_factory=dict)
    home: str = ""
    home_title: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Prose, or statements of a block: rules in order, then what tests them and what has no rule."""

    prose: Markup
    rules: tuple[Mapping[str, Any], ...] = ()
    books: tuple[Mapping[str, Any], ...] = ()
    proofs: tuple[Mapping[str, Any], ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under one heading, with the place by which a link finds it."""

    anchor: str
    passage: Mapping[str, Any]
    blocks: tuple[Block, ...]


def anchor_of(key: str) -> str:
    """The place of an article (`X/14`) or an instrument (`X`) on its page, without `#`."""
    _, slash, article = key.partition("/")
    return f"article-{_plain(article)}" if slash else "top"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "-", name)


class Links:
    """Addresses within the folder, seen from the page of one instrument ("" for no instrument)."""

    def __init__(self, readings: Mapping[str, Reading], here: str) -> None:
        self.readings, self.here = readings, here

    def to(self, key: str) -> str:
        """Address of an article or instrument; "" where no page of the folder has it."""
        owner = key.partition("/")[0]
        if owner not in self.readings:
            return ""
        place = f"#{anchor_of(key)}"
        return place if owner == self.here else f"{owner}.html{place}"

    def name(self, key: str) -> str:
        """An article by its heading, with its instrument's title where that is another."""
        owner, slash, article = key.partition("/")
        reading = self.readings.get(owner)
        if reading is None:
            return key
        passages = reading["passages"]
        found = next((p["heading"] for p in passages if slash and p["id"] == article), "")
        title = reading["instrument"]["title"]
        if owner == self.here:
            return found or title
        return f"{title}, {found}" if found else title

    def rule(self, key: str) -> Markup:
        """A node's or definition's key, linked to its article where that is on a page."""
        owner, _, rest = key.partition("/")
        name = rest if owner == self.here else key
        reading = self.readings.get(owner)
        if reading is None:
            return Markup("<code>{}</code>").format(name)
        place = rule_anchor(key)
        page = "" if owner == self.here else f"{owner}.html"
        return Markup('<a href="{}#{}"><code>{}</code></a>').format(page, place, name)


def rule_anchor(key: str) -> str:
    """The place of a rule (`X/14.1`) or a definition (`X/term t`) on its page, without `#`."""
    rest = key.partition("/")[2]
    return _plain(rest.replace(" ", "-")) if " " in rest else f"rule-{_plain(rest)}"


def reading_texts(shelved: Shelved) -> dict[str, str]:
    """Every file of the folder by its relative name; nothing is written."""
    texts = {"index.html": _index(shelved), "reading.css": _style()}
    texts["search.html"] = _search(shelved)
    pairs: dict[str, Mapping[str, Any]] = {}
    for name, reading in shelved.readings.items():
        texts[f"{name}.html"] = instrument_page(name, reading, shelved)
        for version in reading["versions"]:
            if version["pairs"]:
                pairs[f"{version['old']}-{version['new']}"] = version
    for name, version in pairs.items():
        texts[f"versions-{name}.html"] = _render(
            "reading_versions.html", shelved, "", version=version
        )
    texts |= {f"maps/{name}.svg": svg for name, svg in shelved.maps.items()}
    texts["data/references.csv"] = csv_text(_references(shelved))
    texts["data/parties.csv"] = csv_text(_parties(shelved))
    return texts


def _render(template: str, shelved: Shelved, here: str, **more: object) -> str:
    links = Links(shelved.readings, here)
    return (
        environment()
        .get_template(template)
        .render(shelved=shelved, links=links, disclaimer=DISCLAIMER, anchor_of=anchor_of, **more)
    )


def _style() -> str:
    light, dark, rules = base_rules()
    return (
        environment()
        .get_template("reading.css")
        .render(light=Markup(light), dark=Markup(dark), map_rules=Markup(rules))
    )


# ---- one instrument ----
def instrument_page(name: str, reading: Reading, shelved: Shelved) -> str:
    """The page of an instrument: its text, article by article, then parties, versions, references."""
    env: dict[str, Any] = {}
    seen: set[str] = set()
    under = [
        _under(number, passage, env, seen) for number, passage in enumerate(reading["passages"])
    ]
    return _render(
        "reading.html",
        shelved,
        name,
        name=name,
        reading=reading,
        under=under,
        years=Markup(bars_by_year(reading["parties"]["years"], reading["instrument"]["title"])),
        moved=_moved(reading["parties"]["years"]),
        has_map=name in shelved.maps,
        outcomes=outcomes,
        verdicts=verdicts,
    )


def _moved(years: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The years in which somebody joined or left, and the last."""
    last = years[-1:] if years and not years[-1]["joined"] and not years[-1]["left"] else ()
    return [*(one for one in years if one["joined"] or one["left"]), *last]


def _under(number: int, passage: Mapping[str, Any], env: dict[str, Any], seen: set[str]) -> Under:
    article = passage["id"]
    anchor = f"article-{_plain(article)}" if article else f"part-{number}"
    blocks = tuple(_block(part, env, seen) for part in passage["parts"])
    return Under(anchor, passage, blocks)


def _block(part: Mapping[str, Any], env: dict[str, Any], seen: set[str]) -> Block:
    kinds: dict[str, list[Mapping[str, Any]]] = {"proof": [], "case": [], "": [], "book": []}
    for made in part["statements"]:
        kind = "book" if made["kind"] in BOOKKEEPING else made["kind"]
        kinds[kind if kind in kinds else ""].append({**made, "anchor": _unique(made["key"], seen)})
    prose = prose_html(part["prose"], env) if part["prose"] else Markup("")
    return Block(
        prose, tuple(kinds[""]), tuple(kinds["book"]), tuple(kinds["proof"]), tuple(kinds["case"])
    )


def _unique(key: str, seen: set[str]) -> str:
    """A place for a rule; the second variant of one, under another reading, has none."""
    anchor = rule_anchor(key) if key else ""
    if not anchor or anchor in seen:
        return ""
    seen.add(anchor)
    return anchor


def outcomes(cases: Sequence[Mapping[str, Any]]) -> str:
    """`18, all passed`, or how many failed or were not run."""
    counts = {
        word: sum(one["outcome"] == word for one in cases)
        for word in ("passed", "failed", "not run")
    }
    if counts["passed"] == len(cases):
        return f"{len(cases)}, all passed" if len(cases) > 1 else "1, passed"
    return ", ".join(f"{number} {word}" for word, number in counts.items() if number)


def verdicts(proofs: Sequence[Mapping[str, Any]]) -> str:
    """`9 stated as proved, 2 as refuted`."""
    refuted = sum(one["verdict"] == "refuted" for one in proofs)
    proved = len(proofs) - refuted
    parts = [f"{proved} stated as proved"] if proved else []
    return ", ".join([*parts, *([f"{refuted} stated as refuted"] if refuted else [])])


# ---- the whole folder ----
GROUPS = (
    ("binding", "Treaties, decisions and regulations"),
    ("directive", "Directives"),
    ("political", "Political commitments, which bind nobody"),
    ("informal", "Informal processes, which bind nobody"),
    ("draft", "Drafts, which are law nowhere"),
)


def _index(shelved: Shelved) -> str:
    found: dict[str, list[Reading]] = {kind: [] for kind, _ in GROUPS}
    for reading in shelved.readings.values():
        one = reading["instrument"]
        found["draft" if one["status"] == "draft" else one["force"]].append(reading)
    groups = [
        (kind, heading, sorted(found[kind], key=lambda r: str(r["instrument"]["title"])))
        for kind, heading in GROUPS
        if found[kind]
    ]
    return _render("reading_index.html", shelved, "", groups=groups)


def _search(shelved: Shelved) -> str:
    """The search page: what it looks through stands in the page itself, as JSON."""
    rows = [
        [name, reading["instrument"]["title"], passage["heading"], _place(number, passage),
         _words(passage)]
        for name, reading in shelved.readings.items()
        for number, passage in enumerate(reading["passages"])
    ]  # fmt: skip
    data = json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c")
    return _render("reading_search.html", shelved, "", data=Markup(data))


def _place(number: int, passage: Mapping[str, Any]) -> str:
    return f"article-{_plain(passage['id'])}" if passage["id"] else f"part-{number}"


def _words(passage: Mapping[str, Any]) -> str:
    """Prose and rules of a passage; cases and proofs by their titles."""
    words = []
    for part in passage["parts"]:
        words.append(plain_text(part["prose"]))
        for made in part["statements"]:
            is_test = made["kind"] in ("case", "proof")
            words.append(made["name"] if is_test else plain_text(made["text"]))
    return " ".join(words)


# ---- numbers as files ----
def _references(shelved: Shelved) -> list[list[Cell]]:
    heads = ("relation", "source", "source_article", "target", "target_article")
    rows = [
        [one[head] for head in heads]
        for reading in shelved.readings.values()
        for passage in reading["passages"]
        for one in passage["refers_to"]
    ]
    return [list(heads), *rows]


def _parties(shelved: Shelved) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["instrument", "state", "name", "from", "until", "kind", "what"]]
    for name, reading in shelved.readings.items():
        for kind in ("spells", "reservations", "declarations", "exercised"):
            rows += [
                [name, one["state"], one["name"], one["since"], one["until"], kind, one["what"]]
                for one in reading["parties"][kind]
            ]
    return rows
