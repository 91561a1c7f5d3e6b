"""The styles of every Word document: written here as a table, built into ``templates/report/reference.docx``.

A document takes its letters, sizes, colours, page and running lines from that file; a city that wants its own look
edits a copy of it. It is made from this text alone, so that it is the same on every machine.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from safelearn.resources import templates

#: The letters of the report, with what stands in for them where they are not installed.
FONT, STAND_IN = "Noto Sans", "Segoe UI"
INK, INK2, RULE, PANEL, BLUE, ORANGE, WARNING = (
    "1B2730",
    "4A5965",
    "C9D2D8",
    "F3F6F8",
    "085B87",
    "A8431B",
    "FBF0E6",
)
#: What the running lines hold until a document fills them in.
STAMP, MARKING, TITLE = "[stamp]", "[marking]", "[title]"
#: Files in a document have a date; this one is the same everywhere.
FIXED = (2000, 1, 1, 0, 0, 0)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: Width of the text on A4 with margins of 18 mm, in twentieths of a point.
_TEXT = 9866


@dataclass(frozen=True)
class Style:
    """One paragraph style: sizes in points, spaces before and after in points."""

    name: str
    based_on: str = "Normal"
    size: float = 0
    bold: bool = False
    colour: str = ""
    before: float | None = None
    after: float | None = None
    level: int | None = None
    keep: bool = False
    fill: str = ""
    border: str = ""

    @property
    def id(self) -> str:
        """The name without spaces, as pandoc looks for it."""
        return self.name.replace(" ", "")


PARAGRAPHS = (
    Style("Body Text", before=0, after=6),
    Style("First Paragraph", "Body Text"),
    Style("Compact", "Body Text", before=1, after=1),
    Style("Table Text", size=8.5, before=1, after=1),
    Style("Table Text Small", "Table Text", size=6.5),
    Style("Title", size=23, bold=True, before=0, after=4, keep=True),
    Style("Subtitle", size=11.5, after=8),
    Style("Author", "Subtitle"),
    Style("Date", "Subtitle"),
    Style("Abstract", "Body Text"),
    Style(
        "Heading 1",
        size=16,
        bold=True,
        before=18,
        after=6,
        level=0,
        keep=True,
        border="top",
    ),
    Style("Brief Heading", "Heading 1", size=12.5, before=10, after=3, keep=True),
    Style("Heading 2", size=11, bold=True, before=10, after=2, level=1, keep=True),
    Style("Heading 3", size=10, bold=True, before=8, after=2, level=2, keep=True),
    Style("Heading 4", "Heading 3", level=3),
    Style("TOC Heading", size=13, bold=True, before=12, after=4, keep=True),
    Style("toc 1", before=1, after=1),
    Style("Block Text", "Body Text"),
    Style("Figure Number", size=8.5, colour=INK2, before=12, after=0, keep=True),
    Style("Unit", size=8.5, colour=INK2, after=3, keep=True),
    Style("Figure", before=4, after=4, keep=True),
    Style("Captioned Figure", "Figure"),
    Style("Source", size=7.5, colour=INK2, before=3, after=10),
    Style("Caption", size=10, bold=True, before=12, after=4, keep=True),
    Style("Table Caption", "Caption"),
    Style("Image Caption", "Source"),
    Style("Stamp", size=8.5, bold=True, colour=ORANGE, before=1, after=1, keep=True),
    Style("Banner", "Stamp", fill=WARNING, before=3, after=6),
    Style("Lead", "Body Text", keep=True),
    Style("After Table", "Body Text", before=8),
    Style("Finding", size=10, bold=True, before=2),
    Style("Picture Title", "Finding", before=12, keep=True),
    Style("Finding Value", size=15, bold=True, colour=BLUE, before=2),
    Style("Finding Unit", size=8),
    Style("Panel Title", size=9, bold=True, fill=PANEL, before=12, keep=True),
    Style("Panel", "Body Text", size=9, fill=PANEL, before=2, after=2),
    Style("Definition Term", size=9, bold=True, before=4, after=0, keep=True),
    Style("Definition", size=9, after=3),
    Style("header", size=8, bold=True, colour=ORANGE, after=0),
    Style("footer", size=8, colour=INK2, after=0),
    Style("Footnote Text", size=8),
)


def reference_docx() -> bytes:
    """The document whose styles, page and running lines every other takes over."""
    return zipped(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                ("officeDocument", "word/document.xml"),
                ("extended-properties", "docProps/app.xml"),
            ),
            "docProps/app.xml": _HEAD
            + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'extended-properties"><Application>safelearn</Application></Properties>',
            "word/document.xml": _document(),
            "word/_rels/document.xml.rels": _relations(
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("fontTable", "fontTable.xml"),
                ("header", "header1.xml"),
                ("footer", "footer1.xml"),
            ),
            "word/styles.xml": _styles(),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": _fonts(),
            "word/header1.xml": _running("hdr", "header", STAMP, MARKING, INK),
            "word/footer1.xml": _running("ftr", "footer", TITLE, None, INK2),
        },
        # Not every machine packs to the same bytes.
        zipfile.ZIP_STORED,
    )


def build_reference() -> bool:
    """Write the file that is committed; say whether it changed."""
    path, made = reference_path(), reference_docx()
    if path.is_file() and path.read_bytes() == made:
        return False
    path.write_bytes(made)
    return True


def reference_path() -> Path:
    """Where the styles lie."""
    return templates() / "report" / "reference.docx"


def zipped(parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Files as an archive that is the same on every run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = packing
            info.create_system = 3
            archive.writestr(info, content)
    return buffer.getvalue()


def _style(style: Style) -> str:
    about = []
    if style.keep:
        about.append("<w:keepNext/><w:keepLines/>")
    if style.border:
        about.append(
            f'<w:pBdr><w:top w:val="single" w:sz="12" w:space="6" w:color="{INK}"/></w:pBdr>'
        )
    if style.fill:
        about.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>')
    spaces = [
        f'w:{side}="{round(20 * points)}"'
        for side, points in (("before", style.before), ("after", style.after))
        if points is not None
    ]
    if spaces:
        about.append(f"<w:spacing {' '.join(spaces)}/>")
    if style.level is not None:
        about.append(f'<w:outlineLvl w:val="{style.level}"/>')
    letters = ""
    if style.bold:
        letters += "<w:b/><w:bCs/>"
    if style.colour:
        letters += f'<w:color w:val="{style.colour}"/>'
    if style.size:
        half = round(2 * style.size)
        letters += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on.replace(" ", "")}"/><w:qFormat/>'
        f"<w:pPr>{''.join(about)}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _styles() -> str:
    paragraphs = "".join(_style(style) for style in PARAGRAPHS)
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        '<w:lang w:val="en" w:eastAsia="en" w:bidi="ar"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{paragraphs}{_table_style()}"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{BLUE}"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
    )


def _table_style() -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    thick = f'w:val="single" w:sz="12" w:space="0" w:color="{INK}"'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"<w:bottom {line}/><w:insideH {line}/></w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f"<w:bottom {thick}/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )


def _document() -> str:
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body><w:p/><w:sectPr>'
        '<w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1020" w:bottom="1020" '
        'w:left="1020" w:header="567" w:footer="510" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _running(root: str, style: str, start: str, end: str | None, colour: str) -> str:
    """A line over or under every page: words at its start, words or the page number at its end."""
    last = (
        f'<w:r><w:rPr><w:color w:val="{colour}"/></w:rPr><w:t>{end}</w:t></w:r>'
        if end
        else f'{_number("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{_number("NUMPAGES")}'
    )
    return (
        f'{_HEAD}<w:{root} xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs>'
        f'<w:tab w:val="right" w:pos="{_TEXT}"/></w:tabs></w:pPr><w:r><w:t>{start}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{last}</w:p></w:{root}>"
    )


def _number(what: str) -> str:
    kinds = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inner}'
        for kind, inner in (
            (
                "begin",
                f'<w:r><w:instrText xml:space="preserve"> {what} </w:instrText></w:r>',
            ),
            ("separate", "<w:r><w:t>1</w:t></w:r>"),
            ("end", ""),
        )
    )
    return kinds


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _fonts() -> str:
    return (
        f'{_HEAD}<w:fonts xmlns:w="{_W}"><w:font w:name="{FONT}"><w:altName w:val="{STAND_IN}"/>'
        '<w:panose1 w:val="020B0502040504020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _relations(*pairs: tuple[str, str]) -> str:
    # Word knows the file's own properties under the same root as its parts.
    root = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = "".join(
        f'<Relationship Id="rId{i}" Type="{root}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(pairs, start=1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{lines}</Relationships>"
    )


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/word/header1.xml": f"{word}.header+xml",
        "/word/footer1.xml": f"{word}.footer+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    lines = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )
