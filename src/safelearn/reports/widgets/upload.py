"""A file that somebody brings in with buttons: the file itself, and what may be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

import ipywidgets

from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.widgets.pieces import STYLE, wide


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
            layout=wide(),
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
            layout=wide(),
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
            options=options, value="", description=text, style=STYLE, layout=wide()
        )

    @staticmethod
    def _text(text: str, example: str) -> ipywidgets.Text:
        return ipywidgets.Text(
            description=text, placeholder=example, style=STYLE, layout=wide()
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
