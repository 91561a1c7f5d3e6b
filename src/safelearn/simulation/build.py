"""Make simulated cities city folders: files sent by offices, imported as any city imports them.

A folder and a seed go in; settings, tables, ``source/``, SOURCE.md and the truth file come out, the same bytes
each time. Nothing is written round the import: what it cannot read, the bundled city does not have. ``make
build`` calls `build_bundled`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from safelearn.simulation import kharwell, northmoor, police_file, rio_manso, words
from safelearn.simulation.contents import Contents
from safelearn.simulation.feelings import feel
from safelearn.simulation.sources import sent_files
from safelearn.simulation.tables import all_tables
from safelearn.simulation.town import found_town
from safelearn.simulation.truth import truth

SEED = 20_190_531
BUNDLED, NAME = "puerto-sereno", "Puerto Sereno"
# The smaller cities, each with files of another kind.
SMALLER = (rio_manso, kharwell, northmoor)
#: When the bundled files were imported. The real moment would differ in each build.
IMPORTED_AT = "2026-01-15T09:00:00+00:00"


def build_bundled(datasets: Path) -> list[Path]:
    """Build the cities that the project ships into its folder of datasets."""
    datasets = Path(datasets)
    made = [build_city(datasets / BUNDLED, SEED, name=NAME)]
    made += [build_smaller(datasets / city.FOLDER) for city in SMALLER]
    return made


def build_city(folder: Path, seed: int, *, name: str = NAME, **size: int) -> Path:
    """Write the city of `seed` to `folder`, in place of what was there.

    Parameters
    ----------
    size
        What `town.found_town` may be told: ``population``, ``recorded``, ``years``.

    Returns
    -------
    Path
        The folder. It is replaced only when the new one is whole.
    """
    town = found_town(seed, **size)
    tables = all_tables(town)
    files, mess = sent_files(town, tables)
    own = "puerto-sereno-police.toml"
    return _assemble(
        Path(folder),
        Contents(
            settings=words.settings(town, name),
            source=words.source(town, name),
            files=files,
            truth=truth(town, feel(town), mess),
            own={
                f"profiles/{own}": police_file.profile(),
                f"crosswalks/{own}": police_file.crosswalk(tables["incidents"]),
            },
        ),
    )


def build_smaller(folder: Path) -> Path:
    """Write one of the smaller cities, known by the folder's name, in place of what was there."""
    city = next(c for c in SMALLER if folder.name == c.FOLDER)
    return _assemble(folder, city.contents_of_the_city())


def _assemble(folder: Path, contents: Contents) -> Path:
    from safelearn.city.datapackage import datapackage
    from safelearn.city.folder import City
    from safelearn.city.importing import import_file

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=folder.parent) as work:
        made, received = Path(work) / folder.name, Path(work) / "received"
        received.mkdir()
        _write(made / "city.toml", contents.settings)
        _write(made / "SOURCE.md", contents.source)
        for place, text in contents.own.items():
            _write(made / place, text)
        for file in contents.files:
            path = received / file.name
            path.write_bytes(file.content)
            import_file(made, path, table=file.table)
        _settle(made)
        _write(made / "truth.json", _json(contents.truth))
        datapackage(City.open(made))
        if folder.exists():
            folder.replace(Path(work) / "former")
        made.replace(folder)
    return folder


def _settle(made: Path) -> None:
    """Take out what belongs to one import on one day: its moment, its journal, its notes for people."""
    path = made / "source" / "imports.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    for record in records:
        record["imported_at"] = IMPORTED_AT
    _write(path, _json(records))
    for folder in (made / "source" / "former", made / "review"):
        shutil.rmtree(folder, ignore_errors=True)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
