"""What the tests of the language share: a tiny vocabulary, a neighbour, and how a text is read."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from comity.agreement.instruments import Instrument
from comity.agreement.vocabulary import Vocabulary
from comity.language.documents import Document, decode, read_document
from comity.language.faults import Fault, render
from comity.language.outline import outline
from comity.language.resolve import read_library
from comity.language.resolve_vocabulary import read_vocabulary
from comity.language.resolved import Library

HERE = Path(__file__).parent
_MARK = re.compile(r"(?:#|<!--) E(-\d+)?: (E\d{3}(?:, E\d{3})*)")


@cache
def vocabulary() -> Vocabulary:
    """The tiny vocabulary."""
    path = HERE / "vocabulary.md"
    document = read_document(path.read_text(encoding="utf-8"), path.name)
    found, faults = read_vocabulary([outline(document, "vocabulary")])
    assert not faults, "\n".join(map(render, faults))
    return found


@cache
def neighbour() -> Document:
    """The agreement that stands beside every one that is tested."""
    path = HERE / "neighbour.md"
    return read_document(path.read_text(encoding="utf-8"), path.name)


def read(raw: str | bytes, file: str = "text.md") -> Library | Fault:
    """A text read beside the neighbour; a fault if it is no text."""
    text = decode(raw if isinstance(raw, bytes) else raw.encode(), file)
    if isinstance(text, Fault):
        return text
    return read_library([neighbour(), read_document(text, file)], vocabulary())


def faults(raw: str | bytes, file: str = "text.md") -> list[Fault]:
    """Every fault of a text."""
    made = read(raw, file)
    return [made] if isinstance(made, Fault) else made.faults


def instrument(raw: str | bytes, file: str = "text.md") -> Instrument:
    """The agreement that a text is, which must have no fault."""
    made = read(raw, file)
    assert isinstance(made, Library), made
    assert not made.faults, "\n".join(map(render, made.faults))
    (found,) = (i for i in made.instruments.values() if i.id != "neighbour")
    return found


def expected(raw: bytes) -> set[tuple[int, str]]:
    """Line and code of every `# E: E202` and `<!-- E: E105 -->` of a file.

    `E-2:` speaks of the line two above: neither a table's row nor `---` can carry a comment.
    """
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    return {
        (number + int(above or 0), code)
        for number, line in enumerate(lines, 1)
        for above, codes in _MARK.findall(line.decode("utf-8", "replace"))
        for code in codes.split(", ")
    }


def paths(folder: str) -> list[Path]:
    """The Markdown files of a folder of these tests."""
    return sorted((HERE / folder).rglob("*.md"))


@cache
def packaged() -> dict[str, str]:
    """Every packaged Markdown file of instruments by name, the vocabulary's files among them."""
    folder = files("comity.instruments")
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".md")
    }
