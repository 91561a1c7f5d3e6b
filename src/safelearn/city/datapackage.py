"""Which files does a city consist of, for other programs? In: a city. Out: its ``datapackage.json`` (Frictionless)."""

from __future__ import annotations

import json
import re
from typing import Any

from safelearn.city.contracts import contract, file_name, table_names
from safelearn.city.folder import City
from safelearn.city.writing import whole


def datapackage(city: City) -> dict[str, Any]:
    """Describe the tables that a city has in ``datapackage.json``, and return what was written.

    CSV tables carry their schema, cut down to the columns that the file has; the incidents (parquet) and the
    boundaries are listed as files.
    """
    present = [
        name for name in table_names() if (city.folder / file_name(name)).is_file()
    ]
    resources = [_resource(city, name, present) for name in present]
    if (city.folder / "areas.geojson").is_file():
        resources.append(
            {
                "name": "boundaries",
                "type": "file",
                "title": "Boundaries of the areas",
                "path": "areas.geojson",
                "format": "geojson",
                "mediatype": "application/geo+json",
            }
        )
    package: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", city.slug.lower()),
        "title": city.settings.name,
        "resources": resources,
    }
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    with whole(city.folder / "datapackage.json") as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return package


def _resource(city: City, name: str, present: list[str]) -> dict[str, Any]:
    agreed = contract(name)
    file = file_name(name)
    resource: dict[str, Any] = {
        "name": name,
        "type": "table",
        "title": agreed["title"],
        "description": agreed["description"],
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    about = city.settings.tables.get(name)
    if about and about.source:
        resource["sources"] = [{"title": about.source}]
    if about and about.licence:
        name_of_licence = re.sub(r"[^\w.-]+", "-", about.licence)
        resource["licenses"] = [{"name": name_of_licence, "title": about.licence}]
    if name == "incidents":
        # Frictionless reads parquet only with a second engine; as a file it is still listed and checked.
        parquet = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
        del resource["encoding"]
        return resource | parquet | {"type": "file"}
    with (city.folder / file).open(encoding="utf-8-sig") as lines:
        header = lines.readline().rstrip("\r\n").split(",")
    fields = {field["name"]: field for field in agreed["fields"]}
    schema = {
        "fields": [fields[c] for c in header if c in fields],
        "missingValues": agreed["missingValues"],
    }
    if "primaryKey" in agreed:
        schema["primaryKey"] = agreed["primaryKey"]
    links = [
        link
        for link in agreed.get("foreignKeys", [])
        if link["reference"]["resource"] in present and link["fields"][0] in header
    ]
    if links:
        schema["foreignKeys"] = links
    return resource | {"schema": schema}
