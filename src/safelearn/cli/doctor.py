"""``safelearn doctor``: what this machine can do, and what would be needed for the rest."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Annotated

import typer

from safelearn.cli.screen import say, say_json, table
from safelearn.language import mark, t

PACKAGES = (
    "safelearn",
    "pandas",
    "numpy",
    "scipy",
    "geopandas",
    "folium",
    "ipywidgets",
    "jupyterlab",
    "nbgrader",
    "papermill",
    "matplotlib",
)
#: Program -> what safelearn does with it. One of the names in a row is enough.
TOOLS = {
    ("chromium", "chromium-browser", "google-chrome"): mark(
        "browser tests of reports and notebooks"
    ),
    ("pdftoppm",): mark("pictures of a PDF, in tests"),
    ("soffice",): mark("counting the pages of Word documents, in tests"),
    ("bwrap",): mark("isolating a trainee's notebook while it is graded"),
    ("unshare",): mark("proving that nothing needs a network"),
}


def doctor(
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
) -> None:
    found = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "packages": {name: _version(name) for name in PACKAGES},
        "tools": {names[0]: any(map(shutil.which, names)) for names in TOOLS},
        "fonts": _fonts(),
        "pdf": _pdf(),
        "docx": all(find_spec(name) for name in ("pypandoc", "resvg_py")),
        "sandbox": False,
    }
    if json:
        say_json(found)
        return
    say(
        t(
            "Python {version} on {system}.",
            version=found["python"],
            system=found["system"],
        )
    )
    table(
        [t("Package"), t("Version")],
        [[name, text or t("missing")] for name, text in found["packages"].items()],
    )
    say()
    rows = [
        [names[0], t("yes") if found["tools"][names[0]] else t("no"), t(use)]
        for names, use in TOOLS.items()
    ]
    table([t("System tool"), t("Found"), t("What it is for")], rows)
    say()
    say(t("Letters of the report: {family}.", family=found["fonts"]))
    say(
        t("PDF reports: yes.")
        if found["pdf"]
        else t(
            "PDF reports: no. Install safelearn[report] and, on Linux, the system library pango."
        )
    )
    say(
        t("Word documents: yes.")
        if found["docx"]
        else t("Word documents: no. Install safelearn[report].")
    )
    say(
        t(
            "Sandbox for grading: none in this version. Submissions run as ordinary programs, and "
            "each mark says so: grade only notebooks of people you trust."
        )
    )


doctor.__doc__ = mark(
    "Say what this machine can do: packages, tools, letters, PDF, Word, sandbox."
)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fonts() -> str:
    from safelearn.views.fonts import letters

    return letters().source


def _pdf() -> bool:
    if find_spec("weasyprint") is None:
        return False
    try:
        import weasyprint  # noqa: F401
    except OSError:  # the Python package is there, the system library pango is not
        return False
    return True
