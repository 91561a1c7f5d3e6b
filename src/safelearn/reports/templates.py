"""Notebook templates: from the text that people edit to the notebook that papermill runs, always the same bytes.

A template is a report of its own: the diagnosis, or a page that goes deeper into one part of it. Each has its file
names, its measuring parts (`reports.measuring.PARTS`) and its notebook; the guide is no report and is not listed.
"""

from __future__ import annotations

from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import listing, mark, t
from safelearn.resources import templates

#: The reports that can be made of a city, and what is said when one is ready.
DIAGNOSIS = "diagnosis"
TEMPLATES = {
    DIAGNOSIS: mark("The diagnosis of {city} is ready. Open the report in a browser:"),
    "stakeholders": mark(
        "The report on the stakeholders of {city} is ready. Open it in a browser:"
    ),
    "evaluation": mark("The evaluation of {city} is ready. Open it in a browser:"),
    "scenarios": mark(
        "The papers for a scenario workshop in {city} are ready. Open them in a browser:"
    ),
}

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def check_template(name: str) -> None:
    """Refuse a report that there is no template of.

    Raises
    ------
    SafelearnError
    """
    if name in TEMPLATES:
        return
    raise SafelearnError(
        t("There is no template called {name}.", name=name),
        remedy=t("Templates: {names}.", names=listing(list(TEMPLATES))),
    )


def build_templates(folder: Path | None = None) -> dict[Path, str]:
    """What the notebooks beside the templates' sources must hold, by file.

    Parameters
    ----------
    folder : Path, optional
        The folder with the sources, by default ``templates/notebooks``.
    """
    import jupytext
    import nbformat

    folder = folder or templates() / "notebooks"
    built = {}
    for path in sorted(folder.glob("*.py")):
        source = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
        for number, cell in enumerate(source.cells):
            code = cell.cell_type == "code"
            make = nbformat.v4.new_code_cell if code else nbformat.v4.new_markdown_cell
            made = make(cell.source, id=f"{path.stem}-{number}")
            tags = cell.metadata.get("tags", [])
            if tags:
                made.metadata["tags"] = tags
            if "steps" in tags:
                # Buttons are for people who do not program: the line that shows them is folded away.
                made.metadata["jupyter"] = {"source_hidden": True}
            notebook.cells.append(made)
        nbformat.validate(notebook)
        built[path.with_suffix(".ipynb")] = nbformat.writes(notebook) + "\n"
    return built
