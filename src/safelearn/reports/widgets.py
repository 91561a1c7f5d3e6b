"""The pieces of the guided notebook: sentences, tables and links as HTML, the choices about a file, the file itself.

Text goes in as text and comes out escaped, so that a name in a city's file can never be taken for markup.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import ipywidgets

from safelearn.errors import SafelearnError
from safelearn.language import t

WIDE = ipywidgets.Layout(width="100%", max_width="46rem")
STYLE = {"description_width": "13rem"}


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


class Choices:
    """What a person may say about a file that was not understood by itself.

    Attributes
    ----------
    box : widget
        To be shown; folded, because most files need none of it.
    """

    def __init__(self, folder: Path) -> None:
        from safelearn.city.columns.profiles import all_profiles
        from safelearn.city.contracts import table_names

        by_itself = (t("found by itself"), "")
        self._table = self._menu(
            t("Which table it fills"), [by_itself, *((n, n) for n in table_names())]
        )
        self._profile = self._menu(
            t("What kind of file it is"),
            [by_itself, *((t(p.title), p.name) for p in all_profiles(folder))],
        )
        self._offence = self._text(t("The offence it is about"), t("such as robbery"))
        self._zone = self._text(t("Time zone of its hours"), t("such as UTC or local"))
        self._crs = self._text(t("Coordinate system"), t("such as EPSG:27700"))
        self._replace = ipywidgets.Checkbox(
            description=t("It takes the place of the files this table had before"),
            indent=False,
            layout=WIDE,
        )
        self.box = ipywidgets.Accordion(
            [
                ipywidgets.VBox(
                    [
                        self._table,
                        self._profile,
                        self._offence,
                        self._zone,
                        self._crs,
                        self._replace,
                    ]
                )
            ],
            titles=[t("Say more about the file (only if it was not understood)")],
            selected_index=None,
            layout=WIDE,
        )

    def given(self) -> dict[str, Any]:
        """The choices, as `city.importing.import_file` takes them."""
        return {
            "table": self._table.value or None,
            "profile": self._profile.value or None,
            "offence": self._offence.value.strip() or None,
            "zone": self._zone.value.strip() or None,
            "crs": self._crs.value.strip() or None,
            "replace": self._replace.value,
        }

    def clear(self) -> None:
        """Back to "found by itself", for the next file."""
        for menu in (self._table, self._profile):
            menu.value = ""
        for field in (self._offence, self._zone, self._crs):
            field.value = ""
        self._replace.value = False

    @staticmethod
    def _menu(text: str, options: list[tuple[str, str]]) -> ipywidgets.Dropdown:
        return ipywidgets.Dropdown(
            options=options, value="", description=text, style=STYLE, layout=WIDE
        )

    @staticmethod
    def _text(text: str, example: str) -> ipywidgets.Text:
        return ipywidgets.Text(
            description=text, placeholder=example, style=STYLE, layout=WIDE
        )


@contextmanager
def received(upload: ipywidgets.FileUpload, place: str) -> Iterator[Path]:
    """The file that a person has chosen in the browser, or named by its place.

    Raises
    ------
    SafelearnError
        If there is none.
    """
    if upload.value:
        (file,) = upload.value
        with TemporaryDirectory(prefix="safelearn-") as folder:
            # The browser's name for the file, and no folder that it may carry.
            path = Path(folder) / PurePath(file["name"].replace("\\", "/")).name
            path.write_bytes(bytes(file["content"]))
            yield path
    elif place.strip():
        yield Path(place.strip().strip('"')).expanduser()
    else:
        raise SafelearnError(
            t("No file was chosen."),
            remedy=t("Click on “Choose a file”, or give the place of a file."),
        )
