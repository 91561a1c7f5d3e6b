"""``safelearn doctor``: what this machine can do, and what would be needed for the rest."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Annotated

import typer

from safelearn.cli.screen import say, say_json, table
from safelearn.errors import SafelearnError
from safelearn.language import mark, number, t

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
    sandbox: Annotated[
        bool,
        typer.Option(
            "--sandbox",
            help=mark("Open a sandbox too, and try from inside what must not succeed."),
        ),
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
        "sandbox": _sandbox(sandbox),
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
    say(_said(found["sandbox"]))


doctor.__doc__ = mark(
    "Say what this machine can do: packages, tools, letters, PDF, Word, sandbox."
)


def _sandbox(tried: bool) -> dict[str, object]:
    """What keeps trainees' notebooks from this machine's files and network, and, if tried, whether it holds."""
    from safelearn.execution.sandbox.walls import missing, open_sandbox

    lacks = missing()
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    # `holds` stays None until it was seen.
    found: dict[str, object] = {"lacks": lacks, "as_root": root, "holds": None}
    if lacks:
        return {**found, "holds": False}
    if not tried:
        return found
    try:
        with open_sandbox() as worker:
            return {**found, "holds": True, "seconds": round(worker.start_seconds, 1)}
    except SafelearnError as error:
        return {**found, "holds": False, "why": error.where}


def _said(found: dict[str, object]) -> str:
    if found["lacks"]:
        return t("Sandbox for grading: no. {why}", why=" ".join(found["lacks"]))
    if found["holds"] is None:
        return t(
            "Sandbox for grading: all that it needs is here. "
            "`safelearn doctor --sandbox` tries whether it holds."
        )
    if not found["holds"]:
        return t("Sandbox for grading: no, it does not hold. {why}", why=found["why"])
    who = (
        t("as root, who becomes nobody inside")
        if found["as_root"]
        else t("as an ordinary user")
    )
    return t(
        "Sandbox for grading: yes, {who}. Its walls were tried from inside and hold; it opens in {n} seconds.",
        who=who,
        n=number(found["seconds"], 1),
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
