"""Colours for the language: a Pygments lexer, and the same rules as a TextMate grammar for editors.

Keywords come from the grammar, so that a new word of the language is coloured the day it is read.
"""

from __future__ import annotations

from typing import Any, ClassVar

# pygments has no types of its own
from pygments.lexer import RegexLexer, bygroups  # type: ignore[import-untyped]
from pygments.token import (  # type: ignore[import-untyped]
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Whitespace,
)

from comity.language.syntax import LATER, keywords, statement_keywords

UNIT = r"(?:days?|months?|years?|persons?|percent|points|cents)\b"
DATE = r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
RULE = (
    r"\b(?:annex|prot)[0-9A-Z]*(?:\.[0-9A-Za-z]+)+\b"
    r"|\b[0-9]+[A-Za-z]*(?:\.[0-9A-Za-z]+)+\b|\b[0-9]+[A-Za-z][0-9A-Za-z]*\b"
)
FRACTION = r"\b[0-9]+/[0-9]+\b"
COUNTRY = r"\b[A-Z]{3}\b"
NAME = r"\b[A-Za-z][A-Za-z0-9_]*\b"
PROOF = r"^(prove)(\s+)([a-z][a-z0-9 _'-]*)(?=[:,])"
_TRUTHS = ("yes", "no")
_JOINTS = ("and", "or", "not", "all", "any", "every", "each", "some", "implies")


def _openers() -> tuple[str, ...]:
    return tuple(sorted({*statement_keywords(), *LATER} - {"in"}))


def _one_of(words: tuple[str, ...]) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


def opener_pattern() -> str:
    """A word that begins a statement, in column 0."""
    return rf"^{_one_of(_openers())}"


def keyword_pattern() -> str:
    """Every other word of the language; a name that merely contains one is left alone."""
    return _one_of(keywords())


class ComityLexer(RegexLexer):  # type: ignore[misc]
    """Statements of agreements, as in the `comity` blocks of a Markdown file."""

    name = "comity"
    url = "https://comity.invalid/reference/language"
    aliases: ClassVar[list[str]] = ["comity"]
    filenames: ClassVar[list[str]] = ["*.comity"]
    version_added = ""

    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"\s+", Whitespace),
            (r"#.*", Comment.Single),
            (r'"[^"]*"', String.Double),
            (PROOF, bygroups(Keyword.Declaration, Whitespace, Name.Function)),
            (DATE, Literal.Date),
            (r"\byes/no\b", Keyword.Type),
            (FRACTION, Number),
            (rf"\b([0-9]+)(\s+)({UNIT})", bygroups(Number.Integer, Whitespace, Keyword.Type)),
            (RULE, Name.Label),
            (r"\b[0-9]+\b", Number.Integer),
            (rf"\b{UNIT}", Keyword.Type),
            (opener_pattern(), Keyword.Declaration),
            (_one_of(_TRUTHS), Keyword.Constant),
            (_one_of(_JOINTS), Operator.Word),
            (keyword_pattern(), Keyword),
            (COUNTRY, Name.Constant),
            (NAME, Name),
            (r"[:;,.(){}=<+/'-]", Punctuation),
        ]
    }


# ---- the same for editors ----
def textmate_grammar() -> dict[str, Any]:
    """The TextMate grammar; `comity.tmLanguage.json` is this, and a test compares the two."""
    rules = [
        ("comment.line.number-sign.comity", r"#.*$"),
        ("constant.other.date.comity", DATE),
        ("support.type.comity", r"\byes/no\b"),
        ("constant.numeric.fraction.comity", FRACTION),
        ("constant.numeric.amount.comity", rf"\b[0-9]+\s+{UNIT}"),
        ("entity.name.label.rule.comity", RULE),
        ("constant.numeric.comity", r"\b[0-9]+\b"),
        ("support.type.unit.comity", rf"\b{UNIT}"),
        ("keyword.other.statement.comity", opener_pattern()),
        ("constant.language.comity", _one_of(_TRUTHS)),
        ("keyword.operator.word.comity", _one_of(_JOINTS)),
        ("keyword.control.comity", keyword_pattern()),
        ("constant.other.country.comity", COUNTRY),
        ("variable.other.comity", NAME),
    ]
    label = {
        "match": PROOF,
        "captures": {
            "1": {"name": "keyword.other.statement.comity"},
            "3": {"name": "entity.name.function.proof.comity"},
        },
    }
    text = {"name": "string.quoted.double.comity", "begin": '"', "end": '"'}
    return {
        "name": "comity",
        "scopeName": "source.comity",
        "fileTypes": ["comity"],
        "patterns": [text, label, *({"name": name, "match": match} for name, match in rules)],
    }


def textmate_injection() -> dict[str, Any]:
    """The grammar that colours `comity` blocks within Markdown."""
    return {
        "name": "comity in Markdown",
        "scopeName": "markdown.comity.codeblock",
        "injectionSelector": "L:text.html.markdown",
        "patterns": [
            {
                "name": "markup.fenced_code.block.markdown",
                "begin": r"(^|\G)(\s*)(`{3,}|~{3,})\s*(comity)(?=\s|$)[^`]*$",
                "end": r"(^|\G)(\2|\s{0,3})(\3)\s*$",
                "beginCaptures": {
                    "3": {"name": "punctuation.definition.markdown"},
                    "4": {"name": "fenced_code.block.language.markdown"},
                },
                "endCaptures": {"3": {"name": "punctuation.definition.markdown"}},
                "contentName": "meta.embedded.block.comity",
                "patterns": [{"include": "source.comity"}],
            }
        ],
    }
