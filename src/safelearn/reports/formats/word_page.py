"""The page as a word processor wants it: headings, paragraphs, tables and PNG pictures, and nothing that folds.

What is cards, marks and drawings on a screen becomes text with a named style; the styles themselves stand in
``templates/report/reference.docx``. Blocks of a kind that is not known here stay as they are.
"""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

#: Widest picture and tallest, in millimetres: two tall ones with their words fill an A4 page.
WIDE, TALL = 174, 96
#: Letters across a page in a table, and in one of many columns, whose letters are smaller.
LETTERS, LETTERS_SMALL, MANY = 100, 128, 8
#: Dots per inch of pictures.
DENSITY = 200
_MM = 25.4
_PIXEL = _MM / 96
_SVG = "data:image/svg+xml;base64,"
#: Class of the page -> style in the document.
STYLES = {
    "fig-no": "Figure Number",
    "fig-sub": "Unit",
    "fig-read": "Unit",
    "fig-src": "Source",
    "stamp": "Stamp",
    "marking": "Stamp",
    "refusal": "Panel",
    "kicker": "Unit",
    "gap-tag": "Figure Number",
    "gap-ref": "Source",
    "f-value": "Finding Value",
    "f-unit": "Finding Unit",
    "f-int": "Finding Unit",
    "f-head": "Finding",
    "key-head": "Panel Title",
    "meanings": "Finding Unit",
    "hid": "",
}


@dataclass(frozen=True)
class WordPage:
    """A page for pandoc, and what the document says of itself.

    Attributes
    ----------
    body : str
        HTML with headings from 1, whose pictures are PNG.
    title, subtitle, publisher, language : str
    right_to_left : bool
    stamp, marking : str
        What stands over every page: that the city is invented, who an internal report is for.
    contents : str
        The heading of the table of contents.
    """

    body: str
    title: str
    subtitle: str
    publisher: str
    language: str
    right_to_left: bool
    stamp: str
    marking: str
    contents: str


def word_page(html: str) -> WordPage:
    """Turn a report's page into one for a word processor."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "html.parser")
    root, main, banner = page.html, page.find("main"), page.select_one("aside.banner")
    marking = page.select_one("p.marking")
    lede = page.select_one("header .lede")
    whole = page.new_tag("div")
    for part in (banner, page.select_one("dl.facts")):
        if part is not None:
            whole.append(part.extract())
    for part in list(main.children):
        whole.append(part.extract())
    end = page.select_one("footer.end p")
    if end is not None:
        end["class"] = ["fig-src"]
        whole.append(end.extract())
    _tidy(page, whole)
    contents = page.select_one(".toc summary")
    return WordPage(
        body=whole.decode_contents(),
        title=page.title.get_text(),
        subtitle=lede.get_text() if lede else "",
        publisher=_said(page, "author"),
        language=root.get("lang", "en"),
        right_to_left=root.get("dir") == "rtl",
        stamp=banner.get("data-short", "") if banner else "",
        marking=marking.get_text() if marking else "",
        contents=contents.get_text() if contents else "",
    )


def picture(uri: str, wide: float = WIDE, tall: float = TALL) -> tuple[str, float]:
    """An SVG picture of the page as PNG, and its width in millimetres.

    Parameters
    ----------
    uri : str
        Its data URI.
    wide, tall : float
        The room for it, in millimetres.

    Raises
    ------
    SafelearnError
        If the package that draws SVG is missing.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise SafelearnError(
            t("This machine cannot make a Word document: resvg-py is missing."),
            remedy=t("Install safelearn[report]."),
        ) from error
    drawing = base64.b64decode(uri.removeprefix(_SVG)).decode("utf-8")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    width, height = (float(side) / 72 * _MM for side in box.groups())
    shown = min(width, wide, width * tall / height)
    head = re.sub(r' (?:width|height)="[^"]*"', "", drawing[: drawing.index(">")])
    pixels = round(shown / _MM * DENSITY)
    sized = f'{head} width="{pixels}" height="{round(pixels * height / width)}"'
    png = resvg_py.svg_to_bytes(
        svg_string=sized + drawing[drawing.index(">") :], background="white"
    )
    data = base64.b64encode(_light(bytes(png))).decode("ascii")
    return f"data:image/png;base64,{data}", shown


def _light(png: bytes) -> bytes:
    """The same picture in the few colours that a drawing has: a document that can be sent by mail."""
    from PIL import Image

    few = Image.open(io.BytesIO(png)).convert("RGB")
    few = few.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    saved = io.BytesIO()
    few.save(saved, "png", optimize=True)
    return saved.getvalue()


def _tidy(page: BeautifulSoup, whole: Tag) -> None:
    for gone in whole.select(
        "iframe, script, style, svg, .screen-only, .toc-print, details.numbers:not(.print-keep)"
    ):
        gone.decompose()
    for bold in whole.select(".banner, dl.facts"):
        _paragraphs(page, bold)
    for finding in whole.select("ol.findings"):
        _findings(page, finding)
    for figure in whole.select("figure"):
        _figure(figure)
    for key in whole.select(".key"):
        for head in key.find_all("h3"):
            head.name = "p"
            head["class"] = ["key-head"]
            key.insert_before(head.extract())
        _style(page, key, "Panel")
    for details in whole.find_all("details"):
        summary = details.find("summary")
        if summary is not None and "print-keep" in details.get("class", []):
            summary.decompose()
        elif summary is not None:
            summary.name = "p"
        details.unwrap()
    for table in whole.find_all("table"):
        lay_out_table(page, table)
    for css, style in STYLES.items():
        for part in whole.select(f".{css}"):
            if style:
                _style(page, part, style)
            else:
                part.unwrap()
    for lead in whole.select(".section-head > p:last-child"):
        _style(page, lead, "Lead")
    # The report's title has a style of its own, so that sections are of the first level.
    for level in (2, 3, 4, 5):
        for head in whole.find_all(f"h{level}"):
            head.name = f"h{level - 1}"


def _paragraphs(page: BeautifulSoup, block: Tag) -> None:
    """The head's facts, and the banner, as plain paragraphs."""
    if block.name == "dl":
        facts = page.new_tag("p")
        for pair in block.find_all("div"):
            name, fact = pair.dt.get_text(), pair.dd.get_text()
            if facts.contents:
                facts.append(page.new_tag("br"))
            strong = page.new_tag("b")
            strong.string = fact
            facts.extend([f"{name}: ", strong])
        block.replace_with(facts)
        _style(page, facts, "Unit")
    else:
        block.name = "div"
        _style(page, block, "Banner")


def _findings(page: BeautifulSoup, listed: Tag) -> None:
    """The summary's findings as a table that can be edited: the number, the sentence and how sure it is."""
    table = page.new_tag("table")
    head, body = page.new_tag("thead"), page.new_tag("tbody")
    table.extend([head, body])
    first = page.new_tag("tr")
    for words in (t("Number"), t("Finding, and how sure it is")):
        cell = page.new_tag("th")
        cell.string = words
        first.append(cell)
    head.append(first)
    for finding in listed.select("li.finding"):
        row = page.new_tag("tr")
        for css, tag in (("f-num", "th"), ("f-text", "td")):
            cell = page.new_tag(tag)
            part = finding.select_one(f".{css}")
            for link in part.find_all("a"):
                link.unwrap()
            cell.extend(list(part.contents))
            row.append(cell)
        body.append(row)
    listed.replace_with(table)
    table["data-shares"] = "0.36 0.64"


def _figure(figure: Tag) -> None:
    for caption in figure.find_all("figcaption"):
        caption.unwrap()
    for drawn in figure.find_all("picture"):
        image = drawn.find("img")
        image.extract()
        drawn.replace_with(image)
    for image in figure.find_all("img"):
        if image["src"].startswith(_SVG):
            image["src"], wide = picture(image["src"])
            image.attrs.pop("height", None)
            image["width"] = f"{wide:.1f}mm"
        image.wrap(_new("div")).attrs["data-custom-style"] = "Figure"
    figure.name = "div"


def lay_out_table(page: BeautifulSoup, table: Tag) -> None:
    """Plain cells, numbers at the end, and columns as wide as what stands in them."""
    table.attrs.pop("class", None)
    given = [float(share) for share in table.attrs.pop("data-shares", "").split()]
    for cell in table.find_all(["th", "td"]):
        numeric = "num" in cell.get("class", [])
        cell.attrs = {k: v for k, v in cell.attrs.items() if k in ("colspan", "scope")}
        if numeric:
            cell["style"] = "text-align: right"
        for span in cell.find_all("span"):
            span.unwrap()
    rows = [row.find_all(["th", "td"], recursive=False) for row in table.find_all("tr")]
    if rows and all(len(row) == len(rows[0]) for row in rows):
        group = page.new_tag("colgroup")
        texts = [[c.get_text(" ") for c in row] for row in rows]
        for share in given or _shares(texts):
            group.append(page.new_tag("col", style=f"width: {share:.1%}"))
        caption = table.find("caption")
        caption.insert_after(group) if caption else table.insert(0, group)


def _shares(texts: list[list[str]]) -> list[float]:
    """Shares of the width: every word fits on its line, and long text gets more of what is left, not in proportion.

    Examples
    --------
    >>> wide, narrow = _shares([["A sentence that goes on for quite a while", "5"]])
    >>> wide > 4 * narrow
    True
    """
    columns = list(zip(*texts, strict=True))
    least = [
        max(len(w) for text in c for w in [*text.split(), ""]) + 3 for c in columns
    ]
    wanted = [
        max(low, min(len(max(c, key=len)), low + 3 * len(max(c, key=len)) ** 0.5))
        for c, low in zip(columns, least, strict=True)
    ]
    letters = LETTERS_SMALL if len(columns) > MANY else LETTERS
    left = letters - sum(least)
    spread = sum(wanted) - sum(least)
    if left <= 0 or spread <= 0:
        return [low / sum(least) for low in least]
    part = min(1.0, left / spread)
    widths = [low + part * (w - low) for low, w in zip(least, wanted, strict=True)]
    return [width / sum(widths) for width in widths]


def _style(page: BeautifulSoup, part: Tag, style: str) -> None:
    """Give a block a style of the document; pandoc reads it from the block around it."""
    if part.name == "p":
        part.wrap(page.new_tag("div", attrs={"data-custom-style": style}))
    else:
        part["data-custom-style"] = style
        if not part.find(["p", "ul", "ol", "table"]):
            inner = page.new_tag("p")
            inner.extend(list(part.contents))
            part.append(inner)


def _new(name: str) -> Tag:
    from bs4 import BeautifulSoup

    return BeautifulSoup("", "html.parser").new_tag(name)


def _said(page: BeautifulSoup, name: str) -> str:
    meta = page.find("meta", attrs={"name": name})
    return meta.get("content", "") if meta else ""
