"""The areas with their published rates as a GeoPackage that QGIS opens as the report draws it.

One layer an offence. The style of each lies in the table ``layer_styles`` beside it, where QGIS looks for it and takes
it as the layer's own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from safelearn.disclosure.approval import HIDDEN, Approved
from safelearn.language import t
from safelearn.reports.formats import map_style
from safelearn.views.maps.classes import breaks
from safelearn.views.released import released, values

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

#: Time stamp of files that are made the same way each time.
FIXED_TIME = "2000-01-01T00:00:00.000Z"
#: The column that the report's maps show.
MAPPED = "eb"
_STYLES = """CREATE TABLE layer_styles (
 id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
 f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
 useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
 update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
_CONTENTS = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
    "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)"
)
_ROW = (
    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
    "styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
    "VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, '', '', ?)"
)


def write_map_layer(
    boundaries: GeoDataFrame,
    rates: Approved,
    path: Path,
    *,
    name_of: Callable[[str], str] = str,
    note: str = "",
) -> None:
    """Write one layer an offence, each with its style.

    Hidden values are empty there and the column ``mark`` says so: a layer's number column cannot hold words.

    Parameters
    ----------
    boundaries : GeoDataFrame
        Areas with ``area_id``.
    rates : Approved
        The table ``rates_by_area``.
    path : path
        The file to make.
    name_of : callable
        What an offence is called.
    note : str
        What a user must know of every layer, such as that the city is invented.
    """
    rates = released(rates)
    styles = []
    # GDAL stamps the file with the time it is made, unless it is told one.
    os.environ["OGR_CURRENT_DATE"] = FIXED_TIME
    try:
        for offence in dict.fromkeys(rates.frame["offence"]):
            part = rates.where(offence=offence)
            layer = f"rates_{offence}"
            title = t("{offence}: rates by area", offence=name_of(str(offence)))
            about = " ".join(filter(None, (note, rates.threshold)))
            frame = boundaries[["area_id", "geometry"]].merge(
                _marked(part), on="area_id", how="left"
            )
            frame.to_file(
                path,
                layer=layer,
                driver="GPKG",
                engine="pyogrio",
                layer_options={"IDENTIFIER": title, "DESCRIPTION": about},
            )
            made = map_style.rules(MAPPED, breaks(values(part, MAPPED)))
            styles.append((layer, title, made, about))
    finally:
        del os.environ["OGR_CURRENT_DATE"]
    _keep_styles(path, styles)


def _marked(part: Approved) -> pd.DataFrame:
    """The rows of one offence; the mark of a hidden one says that it is hidden."""
    frame = part.frame
    covered = part.hidden[MAPPED].to_numpy(dtype=bool)
    frame["mark"] = frame["mark"].astype(object).mask(covered, HIDDEN)
    return frame


def _keep_styles(path: Path, styles: list[tuple]) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(_STYLES)
        # Without a line in the list of contents QGIS does not find the table.
        base.execute(_CONTENTS, (FIXED_TIME,))
        for layer, title, made, about in styles:
            base.execute(
                _ROW,
                (
                    layer,
                    str(title)[:30],
                    map_style.qml(made),
                    map_style.sld(layer, made),
                    about,
                    FIXED_TIME,
                ),
            )
