"""Templates copied out of the library, so that a city can make them its own.

A document goes out as its text and as a blank form, an instrument as its form with its source, a notebook with its
source. What lies there already is never written over.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from safelearn.city.settings import Settings
from safelearn.errors import SafelearnError
from safelearn.language import listing, t
from safelearn.reports.documents import collection, markdown
from safelearn.reports.documents.filling import Filled, fill
from safelearn.resources import templates

#: Folder of the templates -> endings of the files that belong to one template.
KINDS = {
    "documents": (".md",),
    "instruments": (".toml", ".xlsx"),
    "notebooks": (".py", ".ipynb"),
}


def available() -> dict[str, tuple[str, ...]]:
    """The names of all templates by kind: documents, instruments, notebooks."""
    return {
        kind: tuple(sorted(p.stem for p in (templates() / kind).glob(f"*{endings[0]}")))
        for kind, endings in KINDS.items()
    }


def copy(name: str, folder: Path) -> list[Path]:
    """Copy a template into a folder.

    Parameters
    ----------
    name : str
        Of `available`. A form and a notebook may share a name: both are copied.
    folder : Path
        Made if it is missing.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    SafelearnError
        If there is no such template, or if a file of that name is there already.
    """
    known = available()
    kinds = [kind for kind, names in known.items() if name in names]
    if not kinds:
        everything = sorted({n for names in known.values() for n in names})
        raise SafelearnError(
            t("There is no template called {name}.", name=name),
            remedy=t("The templates are: {names}.", names=listing(everything)),
        )
    sources = [
        templates() / kind / f"{name}{ending}"
        for kind in kinds
        for ending in KINDS[kind]
    ]
    targets = [folder / source.name for source in sources]
    if "documents" in kinds:
        targets.append(folder / f"{name}.docx")
    there = [target for target in targets if target.exists()]
    if there:
        raise SafelearnError(
            t("There is a file called {name} already.", name=there[0].name),
            where=str(folder),
            remedy=t("Choose another folder, or move the file away."),
        )
    folder.mkdir(parents=True, exist_ok=True)
    for source, target in zip(sources, targets, strict=False):
        shutil.copyfile(source, target)
    if "documents" in kinds:
        from safelearn.reports.documents.writing import write

        write(blank_form(name), targets[-1])
    return targets


def blank_form(name: str) -> Filled:
    """A document that knows nothing of any city."""
    # An invented name passes the settings' checks; the form shows a blank in its place.
    nowhere = Settings(name="-", timezone="UTC")
    settings = nowhere.model_copy(update={"name": markdown.blank(t("the city"))})
    return replace(fill(collection.document(name), settings, {}), city="")
