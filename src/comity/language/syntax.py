"""The text of a statement or a property to a syntax tree, or a fault: what was expected there."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from comity.agreement.spans import Span
from comity.language.faults import Fault, did_you_mean, list_words, nearest
from comity.language.statements import Piece

STATEMENT, PROPERTY = "start", "stated"
"""What a text may be: the rules of the grammar with which it begins."""

DEEPEST = 40
"""Brackets that a condition may nest."""

LATER = {
    "body": "decision rules come with the institutions' reader",
    "chamber": "decision rules come with the institutions' reader",
    "decision": "decision rules come with the institutions' reader",
    "duty": "duties on measures come with monitoring",
    "measure": "duties on measures come with monitoring",
    "suspend": "duties on measures come with monitoring",
    "scenario": "scenarios come with the simulator",
    "in": "`in force` clauses come with the profile",
}
"""Keywords of statements whose reader does not exist yet: a coded error until it does."""

_WORDS = {
    "AT_LEAST": "at least",
    "AT_MOST": "at most",
    "MORE_THAN": "more than",
    "LESS_THAN": "less than",
    "IS_NOT": "is not",
    "DEPEND": "do not depend on",
    "THE_MORE_FAVOURABLE": "the more favourable",
    "LAPSE_OF": "lapse of",
    "MOVED": "before parameters move",
    "LABOUR_ALONE": "labour never travels alone",
    "ALL_ELSE_UNKNOWN": ", all else unknown",
    "LESS_IS_BETTER": ", less is better",
    "MEASURED_BY": "measured by",
    "UPTO": "up to",
    "YES_NO": "yes/no",
    "YES_OR_NO": "yes or no",
    "UNIT": "a unit (days, months, years, ...)",
    "COUNTRY": "a country code (SWE)",
    "LABEL": "a label",
    "ID": "a rule's number (14.1)",
    "INSTRUMENT": "the id of an instrument",
    "INT": "a number",
    "FRACTION": "a fraction (1/3)",
    "DATE": "a date (2015-09-01)",
    "NAME": "a name",
    "STRING": "a text in quotation marks",
    "OPTION_KIND": "reading or bracket",
    "NORM_KIND": "guarantee or limit",
    "VERDICT": "refuted or proved",
    "COLON": "`:`",
    "COMMA": "`,`",
    "SEMICOLON": "`;`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "LESSTHAN": "`<`",
    "EQUAL": "`=`",
    "SLASH": "`/`",
    "DOT": "`.`",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "$END": "the end",
}


@cache
def parser() -> Lark:
    """The LALR(1) parser of one statement, or of the property of a proof alone."""
    grammar = (files("comity.language") / "grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        start=[STATEMENT, PROPERTY],
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=False,
    )


@cache
def keywords() -> tuple[str, ...]:
    """Every word of the language, for suggestions and for the highlighters."""
    words: set[str] = set()
    for terminal in parser().terminals:
        text = str(terminal.pattern.value)
        if terminal.pattern.type == "str" and text.isalpha():
            words.add(text)
        elif "[" not in text and terminal.name not in ("UNIT", "YES_NO", "WS"):
            # `do(es)?\s+not` and `(?:reading|bracket)`: the words between the signs of the pattern
            words.update(
                re.findall(r"[a-z]+", re.sub(r"\\[a-z]", " ", text.replace("do(es)?", "do does")))
            )
    return tuple(sorted(words))


@cache
def statement_keywords() -> tuple[str, ...]:
    """The words with which a statement can begin."""
    interactive = parser().parse_interactive("", start=STATEMENT)
    return tuple(sorted(_word(name).strip("`") for name in interactive.accepts()))


def parse_statement(
    piece: Piece, file: str, article: str, lines: tuple[str, ...]
) -> Tree[Token] | Fault:
    """The tree of a statement. Positions in it count from the statement's own first line."""
    first = piece.keyword
    if piece.text[:1].isspace():
        return _at(
            piece,
            1,
            1,
            "E110",
            "an indented line continues no statement",
            file,
            article,
            lines,
            suggestion="begin a statement in column 0",
        )
    if first in LATER and first not in statement_keywords():
        return _at(
            piece,
            1,
            1,
            "E111",
            f"`{first}` is not read yet: {LATER[first]}",
            file,
            article,
            lines,
            length=len(first),
            suggestion="leave it to the prose, or say `no rule ...: not_yet`",
        )
    return _parsed(STATEMENT, piece, file, article, lines)


def parse_property(text: str, file: str) -> Tree[Token] | Fault:
    """The tree of a property that stands outside any document, with its guard and its range."""
    return _parsed(PROPERTY, Piece(text, 1), file, "", tuple(text.split("\n")))


@lru_cache(maxsize=16384)
def _tree(text: str, what: str) -> Tree[Token]:
    """The tree of a text, once: whoever reads a document again after an edit parses only the edit.

    INVARIANT: nobody changes a tree; positions in it count from the statement's own first line.
    """
    return _names_restored(parser().parse(text, start=what))


def _parsed(
    what: str, piece: Piece, file: str, article: str, lines: tuple[str, ...]
) -> Tree[Token] | Fault:
    depth = _depth(piece.text)
    if depth > DEEPEST:
        return _at(
            piece,
            1,
            1,
            "E112",
            f"{depth} brackets or `not` nest here, more than {DEEPEST}",
            file,
            article,
            lines,
            suggestion="name a part of the condition as a `term`",
        )
    try:
        return _tree(piece.text, what)
    except UnexpectedInput as cause:
        return _explain(cause, what, piece, file, article, lines)


def _names_restored(tree: Tree[Token]) -> Tree[Token]:
    """`other` is a keyword of cases and an option of enumerations: as a value it is a name."""
    for found in tree.find_data("other_word"):
        word = found.children[0]
        found.data = "name"
        found.children = [Tree("ref", [word])]
    return tree


def span_of(piece: Piece, file: str, article: str, line: int, column: int, length: int) -> Span:
    """A place within a statement as a place in the file."""
    return Span(file, piece.line + line - 1, column, max(1, length), article)


def _at(
    piece: Piece,
    line: int,
    column: int,
    code: str,
    message: str,
    file: str,
    article: str,
    lines: tuple[str, ...],
    *,
    length: int = 1,
    possible: str = "",
    suggestion: str = "",
) -> Fault:
    span = span_of(piece, file, article, line, column, length)
    excerpt = lines[span.line - 1] if 0 < span.line <= len(lines) else ""
    return Fault(code, message, span, excerpt, possible, suggestion)


def _explain(
    cause: UnexpectedInput,
    what: str,
    piece: Piece,
    file: str,
    article: str,
    lines: tuple[str, ...],
) -> Fault:
    accepted = _accepted(cause)
    words = [_word(name) for name in accepted]
    if isinstance(cause, UnexpectedToken) and cause.token.type != "$END":
        found, line, column = str(cause.token), cause.token.line or 1, cause.token.column or 1
    elif isinstance(cause, UnexpectedCharacters):
        line, column = cause.line, cause.column
        rest = piece.text.split("\n")[line - 1][column - 1 :]
        match = re.match(r"[\w./-]+|.", rest)
        found = match.group() if match else ""
    else:
        return _end(what, piece, words, file, article, lines)
    if what == STATEMENT and line == 1 and column == 1:
        return _at(
            piece,
            1,
            1,
            "E113",
            f"no statement begins with `{_short(found)}`",
            file,
            article,
            lines,
            length=len(found),
            possible=f"a statement begins with: {list_words(statement_keywords(), most=40)}",
            suggestion=did_you_mean(found[:40], statement_keywords()),
        )
    plain = [word for word in words if word.replace(" ", "").isalpha()]
    if cause_is_mixed(piece.text, found, accepted):
        return _at(
            piece,
            line,
            column,
            "E114",
            "`and` and `or` stand side by side without brackets",
            file,
            article,
            lines,
            length=len(found),
            suggestion="put brackets round one part, or use `any of (...; ...)`",
        )
    words_there = piece.text.split("\n")[line - 1][column - 1 :].split()
    guess = nearest(" ".join(words_there[:2])[:40], [word for word in plain if " " in word])
    if not guess and found not in plain:
        guess = nearest(found.split(".")[0][:40], plain)
    message = f"expected {_either(words)}; got `{_short(found)}`"
    return _at(
        piece,
        line,
        column,
        "E100",
        message,
        file,
        article,
        lines,
        length=len(found),
        suggestion=f"did you mean `{guess}`?" if guess else "",
    )


def _short(word: str) -> str:
    """A word of the text as a message shows it: on one line, sixty characters at most."""
    return " ".join(word[:60].split())


def cause_is_mixed(text: str, found: str, accepted: list[str]) -> bool:
    """Whether the fault is an `and` after an `or` at the same depth, or the other way round."""
    other = {"and": "OR", "or": "AND"}.get(found)
    return other is not None and other in accepted


def _end(
    what: str,
    piece: Piece,
    words: list[str],
    file: str,
    article: str,
    lines: tuple[str, ...],
) -> Fault:
    text_lines = piece.text.split("\n")
    cut_short = "statement" if what == STATEMENT else "property"
    return _at(
        piece,
        len(text_lines),
        len(text_lines[-1]) + 1,
        "E100",
        f"the {cut_short} ends too early: expected {_either(words)}",
        file,
        article,
        lines,
    )


def _accepted(cause: UnexpectedInput) -> list[str]:
    if isinstance(cause, UnexpectedToken):
        return sorted(cause.accepts or cause.expected or ())
    if isinstance(cause, UnexpectedCharacters):
        return sorted(cause.allowed or ())
    return sorted(getattr(cause, "expected", ()) or ())


def _word(terminal: str) -> str:
    if terminal in _WORDS:
        return _WORDS[terminal]
    for known in parser().terminals:
        if known.name == terminal and known.pattern.type == "str":
            return str(known.pattern.value)
    return terminal.lower().replace("_", " ")


def _either(words: list[str]) -> str:
    shown = sorted(set(words), key=lambda word: (not word.isalpha(), word))
    shown = [word for word in shown if word != "ws"]
    return list_words(
        [word if word.startswith(("`", "a ", "the ")) else f"`{word}`" for word in shown], most=10
    )


def _depth(text: str) -> int:
    """How deep brackets and runs of `not` nest, those in quoted texts left out."""
    deepest = depth = negations = 0
    opened: list[int] = []
    for part in re.findall(r'"[^"]*"|[()]|[^\s()"]+|"', text):
        if part == "not":
            negations += 1
        elif part == "(":
            opened.append(1 + negations)
            depth += 1 + negations
            negations = 0
        else:
            if part == ")" and opened:
                depth -= opened.pop()
            negations = 0
        deepest = max(deepest, depth + negations)
    return deepest
