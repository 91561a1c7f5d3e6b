"""Exercises with controls, for the lessons and for a city's own workshop.

`map_explorer` a map by offence, group and year · `smoothing` what becomes of small numbers · `disclosure_attack` hide
counts and be attacked · `stakeholder_grid` who can move what, written back to the city's folder · `sample_planner` how
many answers, how large an effect · `ballot` rank and count · `budget` what the votes buy. Each gives a `board.Board`:
controls that are moved by keys, an answer that follows, and ``static(...)``, the same answer as HTML for a page without
a kernel. All work is done by the measures of the library.
"""

from safelearn.reports.widgets.ballot import ballot
from safelearn.reports.widgets.budget import budget
from safelearn.reports.widgets.disclosure_attack import disclosure_attack
from safelearn.reports.widgets.map_explorer import map_explorer
from safelearn.reports.widgets.sample_planner import sample_planner
from safelearn.reports.widgets.smoothing import smoothing
from safelearn.reports.widgets.stakeholder_grid import stakeholder_grid

__all__ = [
    "ballot",
    "budget",
    "disclosure_attack",
    "map_explorer",
    "sample_planner",
    "smoothing",
    "stakeholder_grid",
]
