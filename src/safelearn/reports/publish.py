"""What a city has published: a diagnosis becomes a release, recorded in the city's folder.

A draft goes in; the same report comes out without the mark, and ``releases/DATE/`` of the city holds its tables,
indicators, manifest and a record of who published it and when. The next diagnosis is protected against these tables
and opens with what has changed since. What was changed by hand after disclosure control looked is not published.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from safelearn.city.folder import City
from safelearn.disclosure.personal_data import refuse_personal
from safelearn.errors import SafelearnError
from safelearn.language import day, listing, t, use
from safelearn.reports.diagnose import FORMATS, contacts, make_pages, template_of
from safelearn.reports.manifest import MANIFEST, checksums, seal
from safelearn.reports.previous import RECORD, RELEASES, releases
from safelearn.reports.templates import DIAGNOSIS

#: What a release keeps, beside its tables.
KEPT = ("indicators.csv", "processing_record.json")
PUBLISHED = "published"


@dataclass(frozen=True)
class Published:
    """A release: where it is recorded, and the report that may go out."""

    folder: Path
    report: Path
    new: bool

    def sentences(self) -> list[str]:
        """What the command prints."""
        if not self.new:
            return [
                t(
                    "This diagnosis was published before, as {name}: nothing was done.",
                    name=self.folder.name,
                )
            ]
        return [
            t("Published. The report no longer says draft:"),
            f"  {self.report}",
            t("The release is recorded in {folder}.", folder=self.folder),
        ]


def publish(
    city: str | Path,
    out: str | Path,
    *,
    by: str = "",
    progress: Callable[..., None] | None = None,
) -> Published:
    """Record a public release of a diagnosis (draft:25(d).7).

    Parameters
    ----------
    city : path
        The city's folder.
    out : path
        The diagnosis, as `diagnose` left it.
    by : str
        The office that publishes; by default the one that answers for the data (``processing.controller``).
    progress : callable, optional
        Called as ``progress(done, total, what)``.

    Raises
    ------
    SafelearnError
        If it is no diagnosis of this city, was made for internal use, holds tables that were changed afterwards,
        or a model for which no office answers; or if the data should have been deleted.
    """
    opened, folder = City.open(city), Path(out)
    manifest = _manifest(folder)
    _of_this_city(manifest, opened, folder)
    for name, known in _recorded(opened.folder):
        if _tables(known["outputs"]) == _tables(manifest["outputs"]):
            return Published(opened.folder / RELEASES / name, folder, new=False)
    who = by.strip() or opened.settings.processing.controller
    _may_leave(manifest, opened, folder, who)
    today = date.today()
    with use(manifest["parameters"]["language"]):
        sealed = _take_the_mark_off(folder, opened, who, today, progress)
        release = _record(opened, folder, sealed)
    return Published(release, folder / f"{_template(manifest)}.html", new=True)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest["outputs"][f"{_template(manifest)}.ipynb"]
        manifest["parameters"]["language"]
    except (OSError, ValueError, KeyError) as error:
        raise SafelearnError(
            t("This folder holds no diagnosis that can be published."),
            where=str(folder),
            remedy=t("Make one first: safelearn diagnose CITY --out FOLDER"),
        ) from error
    return manifest


def _template(manifest: dict[str, Any]) -> str:
    return manifest.get("template", DIAGNOSIS)


def _of_this_city(manifest: dict[str, Any], city: City, folder: Path) -> None:
    if manifest["city"] != city.settings.name:
        raise SafelearnError(
            t(
                "This diagnosis is of {other} and not of {city}.",
                other=manifest["city"],
                city=city.settings.name,
            ),
            where=str(folder),
            remedy=t("Name the folder of the city that it was made from."),
        )


def _may_leave(manifest: dict[str, Any], city: City, folder: Path, who: str) -> None:
    disclosure = manifest["disclosure"]
    if disclosure["audience"] != "public":
        raise SafelearnError(
            t("This diagnosis was made for internal use, so it is not published."),
            where=str(folder),
            remedy=t("Make a public one: leave --audience and --recipient out."),
        )
    if not who:
        raise SafelearnError(
            t("Nobody is named who publishes this."),
            where="city.toml: processing.controller",
            remedy=t("Name the office there, or with --by OFFICE."),
        )
    retention = city.settings.retention
    if retention and date.today() > retention:
        raise SafelearnError(
            t(
                "The data of this city should have been deleted by {date}.",
                date=day(retention),
            ),
            where="city.toml: retention",
            remedy=t("Delete them with `safelearn city purge`."),
        )
    unanswered = [
        card["title"] for card in manifest["models"].values() if not card["complete"]
    ]
    if unanswered:
        raise SafelearnError(
            t(
                "No office answers for these models, or nobody hears objections: {names}.",
                names=listing(unanswered),
            ),
            where="city.toml: processing.controller, redress",
            remedy=t("Write both into the settings and make the diagnosis again."),
        )
    now = checksums(folder)
    changed = [
        name
        for name in sorted({*now, *manifest["outputs"]})
        if now.get(name) != manifest["outputs"].get(name)
    ]
    if changed:
        raise SafelearnError(
            t(
                "These files were changed after disclosure control had looked at them: {names}.",
                names=listing(changed),
            ),
            where=str(folder),
            remedy=t("Make the diagnosis again and publish it as it is."),
        )


def _take_the_mark_off(
    folder: Path,
    city: City,
    who: str,
    today: date,
    progress: Callable[..., None] | None,
) -> dict[str, Any]:
    """Make the report anew from its notebook, with who published it and when in the place of the mark."""
    from safelearn.reports.render import FRONT

    refuse_personal(who, "--by", contacts=contacts(city.settings))
    said = t("Published by {who}, {date}", who=who, date=day(today))
    with tempfile.TemporaryDirectory(prefix=".safelearn-", dir=folder.parent) as made:
        work = Path(made) / folder.name
        shutil.copytree(folder, work)
        template = template_of(folder)
        path = work / f"{template}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                if FRONT in output.get("data", {}):
                    output["data"][FRONT] |= {"marking": said, "status": PUBLISHED}
        text = json.dumps(notebook, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
        formats = [f for f in FORMATS if (folder / f"{template}.{f}").exists()]
        step = progress or (lambda *_: None)
        addresses = contacts(city.settings)
        for error in make_pages(work, formats, step, addresses, template):
            raise error
        when = {"date": today.isoformat(), "by": who}
        sealed = seal(work, status=PUBLISHED, published=when)
        for path in sorted(work.iterdir()):
            if path.is_file():
                path.replace(folder / path.name)
    return sealed


def _record(city: City, folder: Path, manifest: dict[str, Any]) -> Path:
    """Copy what was published into the city's releases, whole or not at all."""
    room = city.folder / RELEASES
    room.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=room) as made:
        work = Path(made) / "release"
        shutil.copytree(folder / "tables", work / "tables")
        for name in (*KEPT, MANIFEST):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, work / name)
        content = {
            "format": 1,
            **manifest["published"],
            "synthetic": manifest["synthetic"],
            "period": manifest["period"],
            "outputs": manifest["outputs"],
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (work / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")
        target = _free(room, manifest["published"]["date"])
        work.replace(target)
    return target


def _free(room: Path, day: str) -> Path:
    """A name that sorts by day, and within a day by order."""
    name, n = day, 1
    while (room / name).exists():
        n += 1
        name = f"{day}-{n:02d}"
    return room / name


def _recorded(city: Path) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in releases(city):
        text = (path / RECORD).read_text(encoding="utf-8")
        found.append((path.name, json.loads(text)))
    return found


def _tables(outputs: dict[str, str]) -> dict[str, str]:
    """The checksums of the tables: the notebook beside them remembers the minute it ran."""
    return {name: value for name, value in outputs.items() if name.endswith(".csv")}
