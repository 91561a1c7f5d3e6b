"""The pieces that a notebook's steps and exercises are made of: sentences, tables, pictures and links as HTML, buttons.

Text goes in as text and comes out escaped, so that a name in a city's file can never be taken for markup. A notebook
has no style sheet of ours, so each piece carries its own style.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import ipywidgets

from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from safelearn.disclosure.approval import Approved
    from safelearn.views.figures import Draw
    from safelearn.views.marks import Stamp
    from safelearn.views.tables import Column

STYLE = {"description_width": "13rem"}


def wide() -> ipywidgets.Layout:
    """As wide as a line of text; each control has its own, so that one can be put away alone."""
    return ipywidgets.Layout(width="100%", max_width="46rem")


def lines(sentences: Iterable[str]) -> str:
    """Sentences one below the other, as the command prints them."""
    return "".join(
        f'<div style="line-height:1.5;max-width:46rem">{escape(s)}</div>'
        for s in sentences
    )


def error(problem: SafelearnError) -> str:
    """What went wrong, where, and what to do now."""
    parts = [p for p in (problem.what, problem.where, problem.remedy) if p]
    first, *rest = parts
    more = "".join(f"<div>{escape(p)}</div>" for p in rest)
    return (
        '<div role="alert" style="border-left:4px solid #b3371a;padding:.4rem .8rem;line-height:1.5;'
        f'max-width:44rem"><strong>{escape(first)}</strong>{more}</div>'
    )


def title(text: str) -> str:
    """The heading of a list or table."""
    return f'<div style="font-weight:600;margin:.9rem 0 .3rem">{escape(text)}</div>'


def bullets(sentences: Iterable[str]) -> str:
    """A list of sentences."""
    items = "".join(f"<li>{escape(s)}</li>" for s in sentences)
    return f'<ul style="line-height:1.5;max-width:46rem;margin:0">{items}</ul>'


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()
) -> str:
    """A table; the columns at `numeric` are numbers."""

    def cell(tag: str, i: int, text: str) -> str:
        side = "right" if i in numeric else "left"
        return (
            f'<{tag} style="text-align:{side};vertical-align:top;padding:.2rem 1rem .2rem 0;white-space:normal">'
            f"{escape(text)}</{tag}>"
        )

    top = "".join(cell("th", i, h) for i, h in enumerate(head))
    body = "".join(
        f"<tr>{''.join(cell('td', i, c) for i, c in enumerate(row))}</tr>"
        for row in rows
    )
    return (
        '<table style="max-width:60rem;line-height:1.4;border-collapse:collapse">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def link(path: Path, text: str) -> str:
    """A link that opens a file in a new tab, by the server that shows the notebook; without one, its place."""
    root = os.environ.get("SAFELEARN_LAB_ROOT")
    path = path.resolve()
    if not root or Path(root) not in path.parents:
        return lines([str(path)])
    inside = quote(path.relative_to(root).as_posix())
    address = f"{os.environ.get('JUPYTERHUB_SERVICE_PREFIX', '/')}files/{inside}"
    return (
        f'<p><a href="{escape(address)}" target="_blank" rel="noopener" '
        f'style="font-weight:600">{escape(text)}</a></p>'
    )


def unexpected(problem: Exception) -> str:
    """What a person is told when something broke that is none of their doing."""
    return error(
        SafelearnError(
            t(
                "safelearn met something it did not expect: {error}",
                error=repr(problem),
            ),
            remedy=t("This is a defect of safelearn, not of your files."),
        )
    )


def button(text: str, style: str = "") -> ipywidgets.Button:
    """A button as wide as its words."""
    layout = ipywidgets.Layout(width="auto")
    return ipywidgets.Button(description=text, button_style=style, layout=layout)


def note(text: str) -> str:
    """A line in small letters."""
    return (
        '<div style="font-size:.86em;line-height:1.45;max-width:46rem;opacity:.85">'
        f"{escape(text)}</div>"
    )


def finding(text: str) -> str:
    """The sentence that an answer begins with."""
    return (
        '<div style="font-size:1.15em;font-weight:600;line-height:1.4;max-width:44rem;'
        f'margin:.7rem 0 .3rem">{escape(text)}</div>'
    )


def picture(draw: Draw, alt: str, stamp: Stamp | None = None) -> str:
    """A figure of the report as an image; white, since a notebook may be dark."""
    from safelearn.views.figures import picture as drawn

    made = drawn(draw, False, stamp)
    return (
        f'<img src="{made.uri}" alt="{escape(alt)}" width="{made.width}" height="{made.height}" '
        'style="max-width:100%;height:auto;background:#fff;padding:6px;box-sizing:border-box">'
    )


def folded(text: str, content: str) -> str:
    """What only some readers want to see, behind a line that says what it is."""
    return (
        f'<details style="margin:.5rem 0"><summary style="cursor:pointer">{escape(text)}</summary>'
        f"{content}</details>"
    )


def cells(approved: Approved, columns: Sequence[Column]) -> str:
    """A released table, every value as the report writes it."""
    from safelearn.views.tables import column_text

    by_column = [column_text(approved, column) for column in columns]
    numeric = [i for i, column in enumerate(columns) if column.kind != "text"]
    return table(
        [column.title for column in columns], zip(*by_column, strict=True), numeric
    )
