"""Show a trainee's notebook to other people without running anything in their browser.

nbgrader's formgrader and feedback turn a notebook into a web page and let all HTML in it through: of the text cells,
which the trainee wrote, and of the outputs, which the trainee's code made. On the instructor's page a script in it
could give itself marks. `Harmless` and `markdown` stand before that: text, tables and pictures stay, whatever could
run goes, and a map keeps its scripts inside a frame that reaches nothing outside it.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor

from safelearn.language import t

#: Most tags, attributes and letters of one piece, and most frames: the parser's time can grow with their square.
TAGS, LETTERS, FRAMES = 6000, 300_000, 20
_ALLOWED = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup"),
    *("dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p"),
    *("pre", "q", "s", "small", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
_PLAIN = {
    *("align", "alt", "border", "class", "colspan", "height", "rowspan"),
    *("scope", "start", "style", "title", "width"),
}
_PICTURES = ("image/png", "image/jpeg")
_DATA = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_HIDDEN = re.compile(r"<(script|style)\b.{0,20000}?</\1\s*>", re.S | re.I)
_FRAME = re.compile(r'<iframe\b[^>]{0,2000}?\bsrcdoc="([^"]*)"[^>]{0,2000}>', re.I)


class Harmless(Preprocessor):
    """For nbconvert's HTML exporter: cells and outputs of a stranger, made safe to look at."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Clean the outputs of a code cell; text is cleaned when it has become HTML, by `markdown`."""
        for output in cell.outputs if cell.cell_type == "code" else ():
            if output.output_type not in ("display_data", "execute_result"):
                continue
            output.metadata = {}
            for kind in list(output.data):
                if kind == "text/html":
                    output.data[kind] = clean_html(_joined(output.data[kind]))
                elif kind in _PICTURES:
                    if not _picture(output.data[kind]):
                        del output.data[kind]
                elif kind not in ("text/plain", "text/latex", "text/markdown"):
                    del output.data[kind]
        return cell, resources


@pass_context
def markdown(context: Any, source: str) -> str:
    """A text cell as harmless HTML, in place of nbconvert's own filter of the name ``markdown2html``."""
    pasted = {
        name: {kind: data for kind, data in kinds.items() if kind in _PICTURES}
        for name, kinds in context.get("cell", {}).get("attachments", {}).items()
    }
    writer = IPythonRenderer(
        escape=False, attachments=pasted, exclude_anchor_links=True
    )
    return clean_html(MarkdownWithMath(renderer=writer).render(source))


def clean_html(text: str) -> str:
    """HTML without anything that runs in the page of whoever looks at it."""
    from bleach.css_sanitizer import CSSSanitizer
    from bleach.sanitizer import Cleaner

    large = html.escape(t("This output is too large to be shown here."))
    if text.count("<") > TAGS:
        return large
    frames, rest = _FRAME.findall(text)[:FRAMES], _FRAME.sub("", text)
    if len(rest) > LETTERS or rest.count("=") > TAGS:
        return large
    cleaner = Cleaner(
        tags=_ALLOWED,
        attributes=_attribute,
        protocols=frozenset({"http", "https", "mailto", "data"}),
        strip=True,
        css_sanitizer=CSSSanitizer(),
    )
    try:
        clean = cleaner.clean(_HIDDEN.sub("", rest))
    except RecursionError:
        return large
    # What is in such a frame has no origin of its own, and so none of the page's marks, cookies or files.
    return clean + "".join(
        f'<iframe sandbox="allow-scripts" srcdoc="{html.escape(html.unescape(frame))}" '
        'style="width: 100%; height: 420px; border: 0"></iframe>'
        for frame in frames
    )


def _attribute(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return name == "title" or (
            name == "href" and value.startswith(("#", "http://", "https://", "mailto:"))
        )
    if tag == "img" and name == "src":
        return _DATA.fullmatch(value) is not None
    return name in _PLAIN


def _joined(value: Any) -> str:
    return value if isinstance(value, str) else "".join(map(str, value))


def _picture(value: Any) -> bool:
    try:
        base64.b64decode("".join(_joined(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
