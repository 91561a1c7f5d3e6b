"""An executed notebook as a page for screen, phone and paper.

The notebook's first output says what the report is (title, period, language, banner); headings in its outputs make
the contents. The page carries its letters, styles and pictures in itself and asks no network for anything.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.resources import templates

#: The output that carries the report's title, language, period and banner.
FRONT = "application/vnd.safelearn.front+json"

_HEADING = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>', re.DOTALL)
_LINK = re.compile(r'href="#([\w-]+)"')
_ID = re.compile(r'\bid="([\w-]+)"')


def to_html(notebook: Path) -> str:
    """Render an executed notebook with the report's template.

    Raises
    ------
    SafelearnError
        If the notebook was not made by a safelearn template, or a link in it has no target.
    """
    import nbformat
    from nbconvert import HTMLExporter

    from safelearn.views import fonts

    read = nbformat.read(notebook, as_version=4)
    front = _front(read, notebook)
    exporter = HTMLExporter(
        template_name="safereport",
        extra_template_basedirs=[str(templates() / "report")],
        exclude_anchor_links=True,
    )
    contents = [
        (name, re.sub(r"<[^>]+>", "", words))
        for name, words in _HEADING.findall(_outputs(read))
    ]
    page = front | {"fonts": fonts.css(front["lang"]), "contents": contents}
    html, _ = exporter.from_notebook_node(read, {"safelearn": page})
    missing = sorted(set(_LINK.findall(html)) - set(_ID.findall(html)))
    if missing:
        raise SafelearnError(
            t(
                "The report links to places that it does not have: {names}.",
                names=", ".join(missing),
            ),
            where=notebook.name,
            remedy=t("Give each linked figure or section its id."),
        )
    return html


def front_of(notebook: Path) -> dict[str, Any]:
    """What an executed notebook says of its report: title, language, banner and the words of the brief."""
    import nbformat

    return _front(nbformat.read(notebook, as_version=4), notebook)


def _front(notebook: Any, path: Path) -> dict[str, Any]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if FRONT in output.get("data", {}):
                return output["data"][FRONT]
    raise SafelearnError(
        t(
            "This notebook does not say what it reports on, so no page can be made of it."
        ),
        where=path.name,
        remedy=t(
            "Start from a safelearn template; its first cell shows the report's front."
        ),
    )


def _outputs(notebook: Any) -> str:
    return "\n".join(
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    )
