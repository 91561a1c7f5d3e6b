"""Markdown to HTML for the site: headings with anchors, code with colours, links from file to page."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import Any

import mistune
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.style import Style
from pygments.token import Comment, Generic, Keyword, Name, Number, String
from pygments.util import ClassNotFound


class _Ink(Style):
    """Few colours, all of them dark enough to read on the panel."""

    background_color = "#F3F6F8"
    styles = {  # noqa: RUF012 (pygments' own form)
        Comment: "italic #4A5965",
        Keyword: "bold #085B87",
        Name.Builtin: "#085B87",
        String: "#A8431B",
        Number: "#7D460B",
        Generic.Prompt: "#4A5965",
        Generic.Output: "#4A5965",
    }


_FORMATTER = HtmlFormatter(style=_Ink, nowrap=True)


def highlight_css() -> str:
    """The colours of code."""
    return HtmlFormatter(style=_Ink).get_style_defs("pre code")


def anchor_of(words: str) -> str:
    """The id of a heading, as code hosts make it."""
    kept = re.sub(r"[^\w\- ]", "", words.lower())
    return kept.replace(" ", "-")


class Markdown:
    """Renders the texts of one page, and remembers its headings.

    Parameters
    ----------
    source : Path
        The file, from which its links are resolved.
    targets : dict of Path to str
        Which page each file of the project becomes.
    root : Path
        The checkout.
    """

    def __init__(self, source: Path, targets: dict[Path, str], root: Path) -> None:
        self.source, self.targets, self.root = source, targets, root
        self.headings: list[tuple[int, str, str]] = []
        self._render = mistune.create_markdown(
            renderer=_Renderer(self), plugins=["table", "def_list", "strikethrough"]
        )

    def page(self, text: str) -> str:
        """HTML of a Markdown text."""
        return str(self._render(text))

    def code(self, text: str, language: str = "") -> str:
        """A block of code."""
        try:
            lexer = get_lexer_by_name(language or "text", ensurenl=False)
        except ClassNotFound:
            lexer = get_lexer_by_name("text", ensurenl=False)
        inside = highlight(text.rstrip("\n"), lexer, _FORMATTER)
        return f'<pre tabindex="0"><code>{inside}</code></pre>\n'

    def heading(self, words: str, inner: str, level: int) -> str:
        """A heading that can be linked to."""
        plain = html.unescape(re.sub(r"<[^>]+>", "", words))
        anchor = anchor_of(plain)
        taken = sum(
            a == anchor or a.startswith(f"{anchor}--") for _, _, a in self.headings
        )
        anchor = f"{anchor}--{taken}" if taken else anchor
        self.headings.append((level, plain, anchor))
        return f'<h{level} id="{anchor}">{inner}</h{level}>\n'

    def link(self, url: str) -> str | None:
        """Where a link leads on the site; None if the file is in the checkout and has no page."""
        if re.match(r"[a-z]+:", url) or url.startswith("#"):
            return url
        path, hash_, fragment = url.partition("#")
        if path.endswith(".html"):
            return url
        target = Path(os.path.normpath(self.source.parent / path))
        if target in self.targets:
            return f"{self.targets[target]}{hash_}{fragment}"
        pictures = self.root / "docs" / "pictures"
        if pictures in target.parents:
            return f"pictures/{target.relative_to(pictures).as_posix()}"
        # A file that is not there keeps its link, which the check of the site then reports.
        return None if target.exists() else url


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, markdown: Markdown) -> None:
        super().__init__(escape=False)
        self.markdown = markdown

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return self.markdown.heading(text, text, level)

    def block_code(self, code: str, info: str | None = None) -> str:
        words = (info or "").split()
        language = words[0] if words else ""
        if not language and code.lstrip().startswith(">>> "):
            language = "pycon"
        return self.markdown.code(code, language)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        target = self.markdown.link(url)
        if target is None:
            return f"<code>{text}</code>" if not text.startswith("<code>") else text
        return f'<a href="{html.escape(target, quote=True)}">{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        target = self.markdown.link(url) or url
        alt = html.escape(html.unescape(re.sub(r"<[^>]+>", "", text)), quote=True)
        return f'<img src="{html.escape(target, quote=True)}" alt="{alt}">'

    def table(self, text: str) -> str:
        return f'<div class="wide" tabindex="0"><table>{text}</table></div>\n'
