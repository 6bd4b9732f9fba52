"""The prose of an agreement as HTML: Markdown with its tables in frames, no markup of its own.

Links keep their text alone unless they lead to the web: a page of the reading room opens no file
that it was not written with.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup


class _Frames(RendererHTML):
    """Tables stand in a frame that scrolls by itself; each has a name of its own on the page."""

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The frame, numbered through the page."""
        env["tables"] = env.get("tables", 0) + 1
        label = escape(f"Table {env['tables']}, scrolls sideways")
        return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Out of the frame again."""
        return "</table></div>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The head of a column; an empty corner is no head."""
        if not tokens[idx + 1].content.strip():
            return "<td>"
        return '<th scope="col">'

    def th_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of what `th_open` began."""
        return "</td>\n" if not tokens[idx - 1].content.strip() else "</th>\n"

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """An address of the web stays an address; any other is dropped, its words stay."""
        href = str(tokens[idx].attrGet("href") or "")
        if not href.startswith(("http://", "https://")):
            return "<span>"
        return f'<a rel="noreferrer" href="{escape(href)}">'

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """The end of what `link_open` began."""
        depth = 0
        for token in reversed(tokens[:idx]):
            depth += {"link_close": 1, "link_open": -1}.get(token.type, 0)
            if depth < 0:
                href = str(token.attrGet("href") or "")
                return "</a>" if href.startswith(("http://", "https://")) else "</span>"
        return "</span>"


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Frames).enable("table")
    return made.disable("image")


_HEAD = re.compile(r"<(/?)h[1-6]>")


def prose_html(text: str, env: MutableMapping[str, Any], *, head: int = 4) -> Markup:
    """Markdown as HTML. env: one mapping for a page, which numbers its tables.

    head: the level of every heading within the prose, one below the heading that it stands under.
    """
    made = _markdown().render(text, env)
    return Markup(_HEAD.sub(lambda found: f"<{found[1]}h{head}>", made))


def plain_text(text: str) -> str:
    """The words of a Markdown text on one line, for a search."""
    without_rules = re.sub(r"^[-:| ]+$", " ", text, flags=re.MULTILINE)
    return " ".join(re.sub(r"[*`|#>]", " ", without_rules).split())
