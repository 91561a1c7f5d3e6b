"""Charts of a diagnosis: each takes approved tables and gives `draw(narrow) -> Figure`.

`trend` a count by month · `interrupted` the same around a start · `small_multiples` one panel an offence ·
`season` months of the year · `heat`
hour by weekday · `ranges` an interval an area, never ranked · `bars` an offence table · `pyramid` and
`population_pyramid` sex by age · `lorenz` concentration · `ranking` options by groups · `pairs` two groups side by
side · `missingness` what is not located or timed ·
`shrinkage` what smoothing does to small numbers · `planning` what one more answer buys ·
`quadrant` two figures a place with the uncertainty of both ·
`sdg_strip` which indicators of the global goals are measured · `theory_of_change` from causes to aims ·
`inclusion` who takes part over who lives here · `power_interest` and `ties`, for the city's own office.

Every interval that the table has is drawn; hidden values are named in words; nothing needs colour.
"""

from safelearn.views.charts.bars import bars
from safelearn.views.charts.heat import heat
from safelearn.views.charts.inclusion import inclusion
from safelearn.views.charts.interrupted import interrupted
from safelearn.views.charts.lorenz import lorenz
from safelearn.views.charts.missingness import Gap, missingness
from safelearn.views.charts.pairs import pairs
from safelearn.views.charts.panels import small_multiples
from safelearn.views.charts.planning import planning
from safelearn.views.charts.power_interest import power_interest
from safelearn.views.charts.pyramid import population_pyramid, pyramid
from safelearn.views.charts.quadrant import quadrant
from safelearn.views.charts.ranges import ranges
from safelearn.views.charts.ranking import ranking
from safelearn.views.charts.ratios import ratios
from safelearn.views.charts.repeat_bands import repeat_bands
from safelearn.views.charts.sdg_strip import sdg_strip
from safelearn.views.charts.season import season
from safelearn.views.charts.shrinkage import shrinkage
from safelearn.views.charts.theory_of_change import theory_of_change
from safelearn.views.charts.ties import ties
from safelearn.views.charts.trend import Point, trend

__all__ = [
    "Gap",
    "Point",
    "bars",
    "heat",
    "inclusion",
    "interrupted",
    "lorenz",
    "missingness",
    "pairs",
    "planning",
    "population_pyramid",
    "power_interest",
    "pyramid",
    "quadrant",
    "ranges",
    "ranking",
    "ratios",
    "repeat_bands",
    "sdg_strip",
    "season",
    "shrinkage",
    "small_multiples",
    "theory_of_change",
    "ties",
    "trend",
]
