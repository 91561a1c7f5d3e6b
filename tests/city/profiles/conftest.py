"""A scratch city with areas, and files in the layout in which portals publish them. All values are made up."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pandas as pd
import pytest
from shapely import box

from safelearn.city.folder import City
from safelearn.city.importing import ImportResult, import_file
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings


@dataclass(frozen=True)
class Scratch:
    """A city that a file can be imported into."""

    folder: Path

    def take(self, file: Path, **how) -> tuple[ImportResult, pd.DataFrame]:
        """Import a file; the result, and the incidents that came of it, None where nothing is known."""
        result = import_file(self.folder, file, **how)
        assert result.rows_read == result.rows_used + sum(result.set_aside.values())
        incidents = City.open(self.folder).incidents()
        return result, incidents.astype(object).where(incidents.notna(), None)


@pytest.fixture
def city(tmp_path):
    """Make a city: its name, time zone, areas (code -> name) and, if it has any, their boxes or districts."""

    def make(name, *, timezone="UTC", areas=None, boxes=None, parents=None):
        folder = new_city(tmp_path / "city", name=name).folder
        update_settings(folder, {"timezone": timezone})
        if not areas:
            return Scratch(folder)
        table = pd.DataFrame(
            {"area_id": list(areas), "area_name": list(areas.values())}
        )
        if parents:
            table["parent"] = [parents[code] for code in areas]
        if boxes:
            shapes = [box(*boxes[code]) for code in areas]
            path = tmp_path / "areas.gpkg"
            geopandas.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(path)
        else:
            path = tmp_path / "areas.csv"
            table.to_csv(path, index=False)
        import_file(folder, path, table="areas")
        return Scratch(folder)

    return make


@pytest.fixture
def csv(tmp_path):
    """Write a text file."""

    def write(name, *lines, encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook: sheet -> rows of cells."""
    from openpyxl import Workbook

    def write(name, sheets):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def saved_as(tmp_path):
    """Save a workbook as another kind, as LibreOffice does it."""

    def save(path, kind):
        target = tmp_path / "saved"
        home = (target / "profile").resolve().as_uri()
        command = ["soffice", f"-env:UserInstallation={home}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(target), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target / f"{path.stem}.{kind}"

    return save
