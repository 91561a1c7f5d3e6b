"""Maps of a city's areas: no basemap, no ranking, and what is not known drawn as plainly as what is.

`pair` smoothed rates beside raw ones · `single` one measure (population density) · `kinds` areas of a few kinds ·
`interactive` the same areas on a screen, with nothing fetched · `breaks` the round limits of the classes · `shapes`
boundaries made ready for drawing.
"""

from safelearn.views.maps.cells import cells
from safelearn.views.maps.classes import breaks
from safelearn.views.maps.interactive import interactive
from safelearn.views.maps.kinds import Kind, kinds
from safelearn.views.maps.pair import pair
from safelearn.views.maps.shapes import Shapes, shapes
from safelearn.views.maps.single import single

__all__ = [
    "Kind",
    "Shapes",
    "breaks",
    "cells",
    "interactive",
    "kinds",
    "pair",
    "shapes",
    "single",
]
