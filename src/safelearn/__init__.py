"""safelearn: learn, and then do, what a city's safety team is asked to do.

Five ideas carry the library.

City
    A folder with a city's own files (`City`): its settings, areas, incidents, people, surveys. Import
    copies a file unchanged, accounts for every row, and writes one canonical table.
Cube
    One pass over the incidents counts them by area, offence, month, sex and age (`count_cube`). Cubes add.
Measure
    A function from plain pandas frames to a frozen result with an interval. It never reads, prints or
    draws, and it refuses, in a sentence, what the data cannot say.
Approved
    What disclosure control has released. Views, exports and reports take nothing else.
Report
    A notebook that reads as a report: finding, picture, numbers, how to read them (`diagnose`).

Names are loaded when they are first used, so that ``import safelearn`` costs nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

# Workbooks are written by the same XML library on every machine, so that the same inputs give the same bytes.
os.environ.setdefault("OPENPYXL_LXML", "False")

__version__ = "0.1.0"

_NAMES = {
    "City": "safelearn.city.folder",
    "import_file": "safelearn.city.importing",
    "count_cube": "safelearn.city.cube",
    "byar_interval": "safelearn.estimates.intervals",
    "wilson_interval": "safelearn.estimates.intervals",
    "empirical_bayes": "safelearn.estimates.rates",
    "rates_by_area": "safelearn.estimates.rates",
    "diagnose": "safelearn.reports.diagnose",
    "check": "safelearn.course.answers",
}
__all__ = ["__version__", *sorted(_NAMES)]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'safelearn' has no attribute {name!r}")
    value = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
