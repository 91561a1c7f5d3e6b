"""The map layer: QGIS finds a style for each layer, and it paints what the report's map paints."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from xml.etree import ElementTree

import pandas as pd
import pyogrio
import pytest

from safelearn.disclosure.approval import HIDDEN
from safelearn.language import span
from safelearn.reports.formats import map_style
from safelearn.reports.formats.map_layer import write_map_layer
from safelearn.views import style
from safelearn.views.maps.classes import breaks, paint


@pytest.fixture(scope="module")
def layers(found, tmp_path_factory):
    path = tmp_path_factory.mktemp("layers") / "areas.gpkg"
    write_map_layer(found.boundaries, found.tables["rates_by_area"], path, note="Note.")
    return path


@pytest.fixture(scope="module")
def styles(layers) -> dict[str, dict]:
    with closing(sqlite3.connect(layers)) as base:
        base.row_factory = sqlite3.Row
        rows = base.execute("SELECT * FROM layer_styles").fetchall()
    return {row["f_table_name"]: dict(row) for row in rows}


def test_there_is_a_layer_for_each_offence_with_every_area(layers, found):
    offences = found.tables["rates_by_area"].frame["offence"].unique()
    names = [name for name, kind in pyogrio.list_layers(layers) if kind]
    assert names == [f"rates_{code}" for code in offences]
    for name in names:
        assert len(pyogrio.read_dataframe(layers, layer=name)) == len(found.boundaries)


def test_each_layer_has_one_style_that_qgis_takes_as_its_own(layers, styles):
    with closing(sqlite3.connect(layers)) as base:
        spatial = dict(
            base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        )
        contents = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents"))
    assert {n: s["f_geometry_column"] for n, s in styles.items()} == spatial
    assert {s["useAsDefault"] for s in styles.values()} == {1}
    assert contents["layer_styles"] == "attributes"
    assert all(len(s["styleName"]) <= 30 for s in styles.values())


def test_both_styles_are_well_formed(styles):
    for row in styles.values():
        assert row["styleQML"].startswith("<!DOCTYPE qgis")
        root = ElementTree.fromstring(row["styleQML"])
        symbols = {s.get("name") for s in root.findall("renderer-v2/symbols/symbol")}
        assert {r.get("symbol") for r in root.iter("rule")} == symbols
        assert (
            ElementTree.fromstring(row["styleSLD"]).tag
            == "{http://www.opengis.net/sld}StyledLayerDescriptor"
        )


def painted_by_rules(rows: pd.DataFrame, made) -> dict[str, tuple[str, bool]]:
    """Each area's ground and whether its class is hatched, by the rules, as QGIS would evaluate them."""
    out = {}
    for row in rows.itertuples():
        meets = []
        for rule in made:
            value = row.eb
            if rule.missing:
                fits = pd.isna(value) and (row.mark == HIDDEN) == bool(rule.mark)
            else:
                fits = (
                    pd.notna(value)
                    and (rule.lower is None or value >= rule.lower)
                    and (rule.upper is None or value < rule.upper)
                    and (not rule.mark or row.mark == rule.mark)
                )
            if fits:
                meets.append(rule)
        grounds = [rule.fill for rule in meets if rule.fill]
        assert len(grounds) == 1, f"{row.area_id} is painted {len(grounds)} times"
        out[row.area_id] = (grounds[0], any(not rule.fill for rule in meets))
    return out


@pytest.mark.parametrize("offence", ["all", "0401"])
def test_the_style_paints_each_area_as_the_reports_map_does(layers, found, offence):
    table = found.tables["smoothed_rates_by_area"].where(offence=offence)
    limits = breaks(table.frame["eb"].dropna().to_numpy(dtype=float))
    drawn = paint(table, found.boundaries["area_id"].tolist(), "eb", limits)
    expected = {
        area: (colour, bool(unstable))
        for area, colour, unstable in zip(
            found.boundaries["area_id"], drawn.colour, drawn.unstable, strict=True
        )
    }
    rows = pyogrio.read_dataframe(layers, layer=f"rates_{offence}")
    assert painted_by_rules(rows, map_style.rules("eb", limits)) == expected


def test_the_rules_of_the_file_are_those_rules(styles):
    made = map_style.rules("eb", [300.0, 500.0])
    root = ElementTree.fromstring(map_style.qml(made))
    labels = [r.get("label") for r in root.iter("rule")]
    assert labels[:3] == ["below 300", span("300", "500"), "500 and more"]
    filters = [r.get("filter") for r in root.iter("rule")]
    assert filters[1] == '"eb" IS NOT NULL AND "eb" >= 300 AND "eb" < 500'
    assert filters[-1].endswith(f"= '{HIDDEN}'")
    colours = re.findall(r'k="color" v="([\d,]+)"', map_style.qml(made))
    light = ",".join(str(int(style.SEQUENTIAL[0][i : i + 2], 16)) for i in (1, 3, 5))
    assert colours[0] == f"{light},255"


def test_hidden_values_are_empty_and_say_why(layers):
    rows = pyogrio.read_dataframe(layers, layer="rates_0401")
    hidden = rows[rows["mark"] == HIDDEN]
    assert len(hidden) > 0
    assert hidden[["n", "rate", "lower", "upper", "eb"]].isna().all(axis=None)


def test_a_city_without_differences_has_one_class():
    made = map_style.rules("eb", [])
    assert [rule.label for rule in made][:1] == ["all areas"]
    ElementTree.fromstring(map_style.qml(made))


def test_the_same_rates_give_the_same_bytes(layers, found, tmp_path):
    again = tmp_path / "areas.gpkg"
    write_map_layer(
        found.boundaries, found.tables["rates_by_area"], again, note="Note."
    )
    assert again.read_bytes() == layers.read_bytes()
