"""`safelearn --help` answers at once: what it need not import, it does not."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "IPython",
    "calamine",
    "fontTools",
    "folium",
    "geopandas",
    "jsonschema",
    "jupytext",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "nbgrader",
    "networkx",
    "numpy",
    "openpyxl",
    "pandas",
    "papermill",
    "pyarrow",
    "pydantic",
    "pyogrio",
    "pyproj",
    "rapidfuzz",
    "scipy",
    "shapely",
    "weasyprint",
}

LOADED = "import json, sys; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"

#: The smallest program with two commands. What typer itself needs is not ours to leave out.
BARE = """
import typer
app = typer.Typer()
@app.command()
def one(): "One."
@app.command()
def two(): "Two."
try:
    app(["--help"])
except SystemExit as end:
    assert not end.code
try:
    app(["one", "--help"])
except SystemExit as end:
    assert not end.code
"""


def loaded_by(code: str) -> set[str]:
    """The packages that a new Python has loaded when it has run `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def command(*words: str) -> str:
    return (
        "from safelearn.cli import main\n"
        f"try:\n    main({list(words)!r})\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


@pytest.mark.parametrize(
    "words",
    [("--help",), ("city", "--help"), ("diagnose", "--help"), ("course", "--help")],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(words):
    assert not (loaded_by(command(*words)) - loaded_by(BARE)) & HEAVY


def test_importing_safelearn_imports_nothing():
    assert not loaded_by("import safelearn") & (HEAVY | {"typer", "rich"})


def test_a_city_costs_no_more_than_pandas():
    more = loaded_by("from safelearn import City") - loaded_by("import pandas")
    # scipy, pyarrow and numpy may come with pandas; what else is heavy may not come at all.
    assert not more & HEAVY


def test_help_in_another_language_is_as_light():
    ours = loaded_by(command("--language", "es", "--help"))
    assert not (ours - loaded_by(BARE)) & HEAVY
