"""The page on paper: A4, tagged PDF/UA-1 with bookmarks, laid out so that no page is left mostly white."""

from __future__ import annotations

import io
import logging
import re
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.formats.fitting import fitted


def to_pdf(html: str, *, attached: Mapping[str, str] | None = None) -> bytes:
    """Print a report's page.

    Parameters
    ----------
    html : str
        The page, as `reports.render.to_html` makes it.
    attached : mapping, optional
        Texts that go with it as files, by name.

    Returns
    -------
    bytes
        A PDF with a structure tree, its language, and the alternative text of every picture.

    Raises
    ------
    SafelearnError
        If the PDF maker or its system library is missing, or it could not print this page.
    """
    maker = _maker()
    # The interactive map is for screens; its static twin stands beside it.
    printed = re.sub(r"<iframe\b.*?</iframe>", "", html, flags=re.DOTALL)
    # On paper a drawing cannot be hidden from those who hear the page, so the bars beside a word say what they are.
    words = escape(t("Bars that show how sure this is, as the words beside them say"))
    printed = re.sub(
        r'(<svg\b[^>]*aria-hidden="true"[^>]*>)', rf"\1<title>{words}</title>", printed
    )
    try:
        document = fitted(printed, lambda page: maker.HTML(string=page).render())
        # From a file, whose name it then has: not every version can be told a name.
        with tempfile.TemporaryDirectory(prefix="sl-") as folder:
            files = []
            for name, text in (attached or {}).items():
                path = Path(folder) / name
                path.write_text(text, encoding="utf-8", newline="\n")
                files.append(maker.Attachment(filename=path, description=name))
            return document.write_pdf(pdf_variant="pdf/ua-1", attachments=files)
    except Exception as error:
        raise SafelearnError(
            t("The PDF could not be made: {reason}", reason=_reason(error)),
            remedy=t("Print the HTML report from a browser."),
        ) from error


def _maker() -> Any:
    """The PDF maker, or a sentence that says which of its two halves is missing."""
    try:
        # Without pango it prints a page of advice for programmers before it fails.
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            import weasyprint
    except ImportError as error:
        raise SafelearnError(
            t("This machine cannot make a PDF: weasyprint is missing."),
            remedy=t(
                "Install safelearn[report], or print the HTML report from a browser."
            ),
        ) from error
    except OSError as error:
        raise SafelearnError(
            t("This machine cannot make a PDF: the system library pango is missing."),
            where=_reason(error),
            remedy=t(
                "Install pango (see the README), or print the HTML report from a browser."
            ),
        ) from error
    # It names the empty namespace for the whole process, after which openpyxl writes workbooks that nothing opens.
    ElementTree._namespace_map.pop("", None)
    # It remarks on rules that are for screens only; a city cannot act on that.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def _reason(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
