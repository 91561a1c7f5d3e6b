"""The brief laid out for a word processor: a table of findings, one picture of the report, and short lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safelearn.language import t
from safelearn.reports.formats.word_page import WordPage, picture

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

#: Sections whose first figure may stand for the whole, the best first.
PICTURED = ("where", "offences", "who", "city")
#: Room for the picture, in millimetres.
_WIDE, _TALL = 174, 105


def brief_page(brief: dict[str, Any], html: str) -> WordPage:
    """Two pages from the words of the brief and the report's page.

    Parameters
    ----------
    brief : dict
        As `reports.brief.brief` makes it.
    html : str
        The report's page, for its picture, stamp and language.
    """
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "html.parser")
    banner, marking = page.select_one("aside.banner"), page.select_one("p.marking")
    words = brief["words"]
    body = Markup().join(
        [
            _block("Banner", _text(banner)),
            _heading(words["known"]),
            _findings(brief["known"], words),
            _block("Unit", Markup("<br>").join(brief["meanings"])),
            _heading(words["unknown"]),
            _list(brief["unknown"]),
            _picture(page),
            _heading(words["actions"]),
            _actions(brief["actions"], words),
            _heading(words["notes"]),
            _list(brief["notes"]),
        ]
    )
    author = page.find("meta", attrs={"name": "author"})
    return WordPage(
        body=str(body),
        title=brief["title"],
        subtitle=brief["subtitle"],
        publisher=author.get("content", "") if author else "",
        language=page.html.get("lang", "en"),
        right_to_left=page.html.get("dir") == "rtl",
        stamp=banner.get("data-short", "") if banner else "",
        marking=_text(marking),
        contents="",
    )


def _text(part: Any) -> str:
    return " ".join(part.get_text(" ").split()) if part is not None else ""


def _block(style: str, words: str) -> Markup:
    if not words:
        return Markup()
    return Markup('<div data-custom-style="{}"><p>{}</p></div>').format(style, words)


def _heading(words: str) -> Markup:
    return Markup('<div data-custom-style="Brief Heading"><p>{}</p></div>').format(
        words
    )


def _findings(known: list[dict[str, str]], words: dict[str, str]) -> Markup:
    rows = Markup().join(
        Markup("<tr><th>{}{}{}</th><td>{}{}</td></tr>").format(
            _block("Finding Value", row["value"]),
            _block("Finding Unit", row["unit"]),
            _block("Finding Unit", f"{words['interval']} {row['interval']}")
            if row["interval"]
            else "",
            _block("Finding", row["sentence"]),
            Markup("<p><b>{}</b> {}</p>").format(row["sure"], row["why"]),
        )
        for row in known
    )
    return Markup(
        '<table><colgroup><col style="width: 32%"><col style="width: 68%"></colgroup>'
        "<thead><tr><th>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table>"
    ).format(words["number"], words["finding"], rows)


def _actions(actions: list[dict[str, str]], words: dict[str, str]) -> Markup:
    rows = Markup().join(
        Markup("<tr><th><b>{}</b></th><td>{}</td><td>{}</td></tr>").format(
            row["what"], row["who"], row["step"]
        )
        for row in actions
    )
    return Markup(
        '<table><colgroup><col style="width: 30%"><col style="width: 28%"><col style="width: 42%"></colgroup>'
        "<thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table>"
    ).format(t("To discuss"), words["who"], words["step"], rows)


def _list(sentences: list[str]) -> Markup:
    items = Markup().join(Markup("<li>{}</li>").format(words) for words in sentences)
    return Markup("<ul>{}</ul>").format(items)


def _picture(page: BeautifulSoup) -> Markup:
    """The first figure of the first section that has one, with its finding and its source."""
    for section in PICTURED:
        head = page.find("h2", id=section)
        figure = head.find_next("figure") if head is not None else None
        if figure is None or figure.find_previous("h2") is not head:
            continue
        image = figure.find("img")
        uri, wide = picture(image["src"], _WIDE, _TALL)
        return Markup(
            '{}{}<div data-custom-style="Figure"><img src="{}" alt="{}" width="{:.1f}mm"></div>{}'
        ).format(
            _block("Picture Title", _text(figure.select_one(".fig-title"))),
            _block("Unit", _text(figure.select_one(".fig-sub"))),
            uri,
            image["alt"],
            wide,
            _block("Source", Markup(figure.select_one(".fig-src").decode_contents())),
        )
    return Markup()
