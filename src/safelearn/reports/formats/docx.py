"""The report as a Word document: real headings, real tables, pictures with their words, ready to be edited.

The page is first rewritten (`word_page`), then pandoc makes the document with the styles of ``reference.docx``; at
last the running lines are filled in and everything that would differ between two runs is taken out.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from html import escape
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.formats import reference
from safelearn.reports.formats.word_page import MANY, WordPage, word_page

_CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:creator>{creator}</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"
)


def to_docx(html: str) -> bytes:
    """The report's page as a Word document.

    Parameters
    ----------
    html : str
        The page, as `reports.render.to_html` makes it.

    Raises
    ------
    SafelearnError
        If pandoc or the package that draws pictures is missing, or pandoc stopped.
    """
    return document(word_page(html), contents=True)


def to_brief(brief: dict[str, Any], html: str) -> bytes:
    """The two pages for the mayor, as a Word document.

    Parameters
    ----------
    brief : dict
        Its words, as `reports.brief.brief` makes them.
    html : str
        The report's page, for the picture.
    """
    from safelearn.reports.formats.brief_page import brief_page

    return document(brief_page(brief, html), contents=False)


def document(page: WordPage, *, contents: bool) -> bytes:
    """A Word document of a page that is ready for one, with a table of contents if it is long."""
    pandoc = _pandoc()
    options = [f"--reference-doc={reference.reference_path()}"]
    said = {"title": page.title, "subtitle": page.subtitle, "lang": page.language}
    if page.right_to_left:
        said["dir"] = "rtl"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.docx"
        for name, value in said.items():
            # A file and not an option: on some systems options cannot hold every letter.
            options.append(f"--metadata={name}={value}") if value else None
        try:
            pandoc.convert_text(
                page.body,
                "docx",
                format="html-auto_identifiers",
                outputfile=str(target),
                extra_args=options,
            )
        except (RuntimeError, OSError) as error:
            raise SafelearnError(
                t("The Word document could not be made: {reason}", reason=str(error)),
                remedy=t("Open the HTML report in the word processor instead."),
            ) from error
        with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    return reference.zipped(_finished(parts, page, contents))


def from_markdown(text: str, markdown: str) -> str:
    """Markdown, of the kind that pandoc calls by this name, as HTML."""
    return _pandoc().convert_text(text, "html", format=markdown)


def _pandoc() -> Any:
    try:
        import pypandoc

        pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise SafelearnError(
            t("This machine cannot make a Word document: pandoc is missing."),
            remedy=t(
                "Install safelearn[report], which brings pandoc along, or open the HTML report in the "
                "word processor."
            ),
        ) from error
    return pypandoc


def _finished(
    parts: dict[str, bytes], page: WordPage, contents: bool
) -> dict[str, bytes]:
    """Fill in the running lines and the properties, and give tables their style."""
    fill = {
        reference.STAMP: page.stamp,
        reference.MARKING: page.marking,
        reference.TITLE: page.title,
    }
    done = {}
    for name, content in parts.items():
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            text = content.decode("utf-8")
            for token, words in fill.items():
                text = text.replace(token, escape(words))
            content = text.encode("utf-8")
        elif name == "word/document.xml":
            text = _tables(content.decode("utf-8"))
            if contents:
                text = _with_contents(text, page.contents)
            content = text.encode("utf-8")
        done[name] = content
    done["docProps/core.xml"] = _CORE.format(
        title=escape(page.title),
        creator=escape(page.publisher),
        language=escape(page.language),
    ).encode("utf-8")
    done.pop("docProps/custom.xml", None)
    return done


def _tables(text: str) -> str:
    """Rows that stay whole, and the small letters of tables."""

    def table(found: re.Match[str]) -> str:
        many = found[0].count("<w:gridCol ") > MANY
        inner = re.sub(
            r'<w:pStyle w:val="(?:Compact|BodyText|FirstParagraph)" ?/>',
            f'<w:pStyle w:val="{"TableTextSmall" if many else "TableText"}"/>',
            found[0],
        )
        return re.sub(
            r"<w:tr>(?!<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", inner
        )

    return re.sub(r"<w:tbl>.*?</w:tbl>", table, text, flags=re.DOTALL)


def _with_contents(text: str, words: str) -> str:
    """A list of the sections before the second one; Word keeps it in step with the headings.

    It shows no page numbers: only a word processor knows them, and it would have to ask before it counts them.
    """
    heads = re.findall(
        r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)" />\s*<w:p><w:pPr><w:pStyle w:val="Heading1" />'
        r"</w:pPr>(.*?)</w:p>",
        text,
        flags=re.DOTALL,
    )
    if len(heads) < 2:
        return text
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = (
        field.format("begin")
        + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\n </w:instrText></w:r>'
        + field.format("separate")
    )
    lines = []
    for i, (name, runs) in enumerate(heads):
        title = "".join(re.findall(r"<w:t[ >][^<]*</w:t>", runs))
        lines.append(
            '<w:p><w:pPr><w:pStyle w:val="toc1"/></w:pPr>'
            + (begin if i == 0 else "")
            + f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r>{title}</w:r></w:hyperlink>'
            + (field.format("end") if i == len(heads) - 1 else "")
            + "</w:p>"
        )
    head = (
        '<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r>'
        f"<w:t>{escape(words)}</w:t></w:r></w:p>"
    )
    second = re.search(rf'<w:bookmarkStart w:id="\d+" w:name="{heads[1][0]}" />', text)
    return text[: second.start()] + head + "".join(lines) + text[second.start() :]
