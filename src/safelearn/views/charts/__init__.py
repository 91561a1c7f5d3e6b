"""Charts of a diagnosis: each takes approved tables and gives `draw(narrow) -> Figure`.


Every interval that the table has is drawn; hidden values are named in words; nothing needs colour.
"""

from safelearn.views.charts.ranges import ranges
from safelearn.views.charts.trend import Point, trend

__all__ = [
    "Point",
    "ranges",
    "trend",
]
