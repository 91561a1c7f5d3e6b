"""An executed notebook as one page: the report's own template, style sheet and letters inside it.

The notebook's cells bring figures and tables as HTML; this gives them the page round it, in the language
in use: a warning if anything is synthetic, title, contents, sections with ids, footer. The page asks the
network for nothing. The same page is what the PDF is made from.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from safelearn import language, resources
from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.views import fonts

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Page:
    """What stands round the sections of a report. All texts are finished sentences.

    Attributes
    ----------
    title, subtitle, kicker : str
        Its name, one sentence on what it covers, and what kind of report it is.
    facts : tuple of (str, str)
        Up to five, such as period and areas.
    footer : str
        Sources and licences.
    publisher : str
        Who made it, for the document's properties.
    warning, warning_tag, warning_short : str
        If something in it is synthetic: the sentence, its bold beginning, and a line for the head of every
        printed page.
    marking : str
        For whom it is, if not for everybody: on the page and in the foot of every printed page.
    """

    title: str
    subtitle: str
    kicker: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    publisher: str = ""
    warning: str = ""
    warning_tag: str = ""
    warning_short: str = ""
    marking: str = ""


def page(notebook: NotebookNode, about: Page) -> str:
    """The page as HTML.

    Parameters
    ----------
    notebook : NotebookNode
        Executed. A markdown cell that starts with ``## `` begins a section; sections get the ids ``s1``,
        ``s2`` and so on.
    about : Page

    Raises
    ------
    SafelearnError
        If a link inside the page leads nowhere.
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="safereport",
        extra_template_basedirs=[str(resources.templates() / "report")],
        exclude_anchor_links=True,
    )
    code = language.current()
    html, _ = exporter.from_notebook_node(
        notebook,
        {
            "safelearn": asdict(about)
            | {
                "lang": code.replace("_", "-"),
                "dir": "rtl" if language.is_right_to_left() else "ltr",
                "fonts": fonts.css(code),
                "words": _words(),
            }
        },
    )
    nowhere = broken_links(html)
    if nowhere:
        raise SafelearnError(
            t("The report has links that lead nowhere."), where=", ".join(nowhere)
        )
    return html


def for_print(html: str) -> str:
    """The page without what paper cannot show, and without its weight: interactive maps."""
    return re.sub(r"<iframe.*?</iframe>", "", html, flags=re.S)


def broken_links(html: str) -> list[str]:
    """Targets inside the page that do not exist, in order."""
    plain = re.sub(r'srcdoc="[^"]*"', "", html)
    ids = set(re.findall(r'\sid="([^"]+)"', plain))
    return sorted(set(re.findall(r'href="#([^"]+)"', plain)) - ids)


def _words() -> dict[str, str]:
    return {
        "skip": t("Skip to the report"),
        "contents": t("Contents"),
        "failed": t("This section could not be produced."),
    }
