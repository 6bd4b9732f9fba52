"""What resolving a statement needs: the vocabulary, the names of all documents, where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, TypeAlias

from lark import Token, Tree

from comity.agreement.spans import Span
from comity.agreement.vocabulary import Vocabulary
from comity.language.faults import (
    AlreadyReported,
    Fault,
    FaultFound,
    Place,
    did_you_mean,
    list_words,
    nearest,
)
from comity.language.outline import Declared, Outline, Parsed

Node: TypeAlias = Tree[Token] | Token


def children(tree: Tree[Token], kind: str) -> list[Tree[Token]]:
    """The children of a tree that are trees of one kind."""
    return [child for child in tree.children if isinstance(child, Tree) and child.data == kind]


def child(tree: Tree[Token], kind: str) -> Tree[Token] | None:
    """The first child tree of a kind, or None."""
    found = children(tree, kind)
    return found[0] if found else None


def tokens(tree: Tree[Token], kind: str) -> list[Token]:
    """The children of a tree that are tokens of one type."""
    return [c for c in tree.children if isinstance(c, Token) and c.type == kind]


def token(tree: Tree[Token], kind: str) -> Token | None:
    """The first token of a type, or None."""
    found = tokens(tree, kind)
    return found[0] if found else None


def need(tree: Tree[Token], kind: str) -> Token:
    """The first token of a type, which the grammar guarantees."""
    return tokens(tree, kind)[0]


def trees(tree: Tree[Token], *besides: str) -> list[Tree[Token]]:
    """The children of a tree that are trees, without those of some kinds."""
    return [c for c in tree.children if isinstance(c, Tree) and c.data not in besides]


def inner(tree: Tree[Token], *besides: str) -> Tree[Token]:
    """The first of `trees`, which the grammar guarantees."""
    return trees(tree, *besides)[0]


def need_child(tree: Tree[Token], kind: str) -> Tree[Token]:
    """The first child tree of a kind, which the grammar guarantees."""
    return children(tree, kind)[0]


def quotation(tree: Tree[Token]) -> str:
    """The first quoted text of a tree, "" if it has none."""
    found = token(tree, "STRING")
    return unquote(str(found)) if found is not None else ""


def dotted(ref: Tree[Token]) -> str:
    """A reference as written, `place.degree`."""
    return ".".join(str(part) for part in ref.children)


def unquote(text: str) -> str:
    """A quoted text without its quotation marks, line breaks folded."""
    return " ".join(text.strip('"').split())


def first_token(node: Node) -> Token | None:
    """The leftmost token of a node."""
    if isinstance(node, Token):
        return node
    for inner in node.children:
        found = first_token(inner)
        if found is not None:
            return found
    return None


def last_token(node: Node) -> Token | None:
    """The rightmost token of a node."""
    if isinstance(node, Token):
        return node
    for inner in reversed(node.children):
        found = last_token(inner)
        if found is not None:
            return found
    return None


@dataclass
class Context:
    """One statement of one document, with what may be looked up from it.

    outlines: of every document that may be named, by instrument id.
    in_place: a condition on `place.` is bound here. in_proof: rights may stand in conditions.
    """

    vocabulary: Vocabulary
    outlines: Mapping[str, Outline]
    own: Outline
    statement: Parsed
    in_place: bool = False
    in_proof: bool = False

    @property
    def instrument(self) -> str:
        """Id of the instrument in hand."""
        return self.own.id

    def span(self, node: Node | None) -> Span:
        """The place of a node in the file; the statement's beginning if there is no node."""
        heading = self.own.document.heading(self.statement.article)
        start = first_token(node) if node is not None else None
        if start is None or start.line is None or start.column is None:
            word = self.statement.piece.keyword
            return Span(self.own.document.file, self.statement.piece.line, 1, len(word), heading)
        end = last_token(node) if node is not None else None
        length = len(start)
        if end is not None and end.line == start.line and end.end_column and start.column:
            length = end.end_column - start.column
        line = self.statement.piece.line + start.line - 1
        return Span(self.own.document.file, line, start.column, max(1, length), heading)

    def fail(
        self,
        code: str,
        node: Node | None,
        message: str,
        *,
        possible: str = "",
        suggestion: str = "",
        others: tuple[Place, ...] = (),
    ) -> NoReturn:
        """Gives up the statement with a fault at a node."""
        span = self.span(node)
        excerpt = self.own.document.excerpt(span.line)
        raise FaultFound(Fault(code, message, span, excerpt, possible, suggestion, others))

    def unknown(self, node: Node, word: str, what: str, candidates: list[str]) -> NoReturn:
        """E201: a name that is not declared, with the nearest one that is."""
        guess = nearest(word, candidates)
        possible = "" if guess or len(candidates) > 12 else f"known: {list_words(candidates)}"
        self.fail(
            "E201",
            node,
            f"`{word}` is not {what}",
            possible=possible,
            suggestion=f"did you mean `{guess}`?" if guess else "",
        )

    def outline_of(self, name: str, node: Node) -> Outline:
        """The outline of another instrument. E304 if there is none of that id."""
        if name not in self.outlines:
            self.fail(
                "E304",
                node,
                f"there is no instrument `{name}`",
                suggestion=did_you_mean(
                    name, self.outlines, otherwise="name an instrument by its id"
                ),
            )
        return self.outlines[name]

    def declared(self, name: str, owner: Outline | None = None) -> Declared | None:
        """A name that a document declares. Gives up silently if its own statement is broken."""
        found = (owner or self.own).names.get(name)
        if found is not None and not found.parsed:
            raise AlreadyReported
        return found

    def written_as(self, keyword: str, name: str) -> Iterator[Tree[Token]]:
        """The trees of the statements that declare a name, as several options of one document may."""
        declared = self.own.names.get(name)
        owner = self.own if declared is None else self.outlines.get(declared.owner, self.own)
        for statement in owner.statements:
            if statement.tree is not None and statement.piece.keyword == keyword:
                tree = inner(statement.tree)
                if str(need(tree, "NAME")) == name:
                    yield tree

    def require_name(
        self, name: Node, word: str, what: str, keywords: tuple[str, ...], owner: Outline
    ) -> Declared:
        """The declaration of a name of some kinds. E201 if the document has none."""
        found = self.declared(word, owner)
        if found is None or found.keyword not in keywords:
            self.unknown(name, word, what, _of_kinds(owner, keywords))
        return found

    def require_term(self, name: Token, owner: Outline) -> str:
        """The name of a term of persons. E201 if the document has none, or it is of a place."""
        found = self.declared(str(name), owner)
        if found is None or found.keyword != "term" or found.of_place:
            terms = [n for n in _of_kinds(owner, ("term",)) if not owner.names[n].of_place]
            self.unknown(name, str(name), f"a term of `{owner.id}`", terms)
        return str(name)

    def require_element(self, name: Token) -> str:
        """The name of an element of this document. E201 if there is none."""
        return self.require_element_of(name, self.own).name

    def require_element_of(self, name: Token, owner: Outline) -> Declared:
        """The declaration of an element of a document. E201 if there is none."""
        return self.require_name(name, str(name), "an element", ("element",), owner)

    def require_declaration(self, name: Token, owner: Outline, what: str) -> str:
        """A declaration that the front matter names. E201 if it does not."""
        if str(name) not in owner.declarations:
            if not owner.is_identified:
                raise AlreadyReported
            self.unknown(name, str(name), what, sorted(owner.declarations))
        return str(name)

    def distinct(self, names: list[Token]) -> tuple[str, ...]:
        """The words of a list. E211 if one stands twice."""
        seen: set[str] = set()
        for name in names:
            if str(name) in seen:
                self.fail("E211", name, f"`{name}` stands twice here")
            seen.add(str(name))
        return tuple(str(name) for name in names)

    def node_key(self, tree: Tree[Token]) -> str:
        """Key of a node named in a condition or expectation (`own_id`, `foreign_id`)."""
        node_id = str(need(tree, "ID"))
        owner = self.own
        name = token(tree, "NAME")
        if name is not None:
            owner = self.outline_of(str(name), name)
        found = self.require_node(owner, node_id, need(tree, "ID"))
        return f"{found.owner}/{node_id}"

    def require_node(self, owner: Outline, node_id: str, node: Node) -> Declared:
        """The declaration of a numbered node. E301 if there is none."""
        found = owner.nodes.get(node_id)
        if found is None:
            self.fail(
                "E301",
                node,
                f"there is no rule `{node_id}` in {owner.called}",
                suggestion=did_you_mean(node_id, owner.nodes),
            )
        if not found.parsed:
            raise AlreadyReported
        return found

    def date(self, node: Token) -> date:
        """A day. E206 if the calendar has no such day."""
        try:
            return date.fromisoformat(str(node))
        except ValueError:
            self.fail(
                "E206",
                node,
                f"`{node}` is not a day of the calendar",
                suggestion="write year-month-day, such as 2015-02-28",
            )


def _of_kinds(owner: Outline, keywords: tuple[str, ...]) -> list[str]:
    return [name for name, declared in owner.names.items() if declared.keyword in keywords]
