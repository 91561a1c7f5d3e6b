"""The drawing board of Puerto Sereno: the lines that a hand drew before the computer filled in the streets.

Nothing is computed here. All coordinates are kilometres east and north of the south-west corner of the
sheet. The sheet is laid on the open Pacific, some ninety kilometres off any shore, so that no invented
incident can be looked up as somebody's street.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Longitude and latitude of the sheet's south-west corner.
ORIGIN = (-77.62, -13.44)

COAST = [
    (2.35, 15.3), (2.3, 14.6), (1.95, 13.9), (1.6, 13.2), (1.05, 12.55), (0.55, 11.9),
    (0.42, 11.35), (0.95, 11.0), (1.75, 11.12), (2.45, 11.0), (3.05, 10.55),
    (3.42, 10.05), (3.6, 9.55), (3.68, 9.0), (3.6, 8.4), (3.35, 7.75), (2.9, 7.1),
    (2.35, 6.62), (1.95, 6.25), (1.98, 5.7), (2.4, 5.1), (2.95, 4.45), (3.4, 3.7),
    (3.95, 2.7), (4.35, 1.7), (4.75, 0.6), (4.9, -0.1),
]  # fmt: skip
LIMIT = [
    (4.9, -0.1), (6.3, 0.25), (7.9, 0.05), (9.1, 0.75), (10.5, 0.7), (11.2, 1.75),
    (12.2, 2.6), (12.1, 3.9), (12.95, 4.9), (12.75, 6.2), (13.5, 7.1), (13.45, 8.6),
    (12.9, 9.6), (12.3, 10.15), (11.5, 11.25), (10.45, 11.7), (9.7, 12.75),
    (8.4, 13.05), (7.3, 13.95), (5.9, 14.1), (4.4, 14.95), (2.35, 15.3),
]  # fmt: skip
#: The river, from the hills to the bay, with its width in kilometres.
RIVER = [
    (14.2, 8.35, 0.05), (13.3, 8.05, 0.05), (12.4, 8.5, 0.055), (11.5, 8.35, 0.06),
    (10.7, 8.85, 0.06), (9.9, 9.5, 0.065), (9.1, 9.35, 0.07), (8.3, 9.0, 0.075),
    (7.5, 9.15, 0.08), (6.8, 9.6, 0.085), (6.0, 9.75, 0.09), (5.2, 9.45, 0.1),
    (4.5, 9.35, 0.12), (3.9, 9.55, 0.17), (3.2, 9.72, 0.26),
]  # fmt: skip
#: The port's basin, dredged out of the bay's northern shore.
BASIN = [(1.5, 11.42), (1.35, 10.7), (2.75, 10.5), (2.62, 11.1), (1.95, 11.62)]

AVENUES = {
    "Panamericana": [
        (6.4, 14.6), (6.05, 13.0), (5.7, 11.8), (5.75, 10.6), (6.15, 9.3), (6.0, 8.2),
        (5.75, 7.2), (6.0, 5.8), (6.7, 4.4), (7.0, 3.0), (7.5, 1.4), (7.4, -0.4),
    ],
    "Circunvalación": [
        (8.7, 13.6), (8.25, 12.3), (8.6, 10.9), (8.95, 9.4), (8.6, 8.1), (8.1, 6.9),
        (8.45, 5.5), (9.1, 4.3), (9.3, 2.9), (10.0, 1.8), (10.2, 0.2),
    ],
    "Bolívar": [
        (2.2, 6.95), (3.3, 6.9), (4.6, 7.25), (5.75, 7.2), (7.0, 7.35), (8.15, 6.95),
        (9.6, 6.6), (10.8, 7.0), (12.2, 6.8), (13.6, 7.3),
    ],
    "del Sur": [
        (2.6, 4.0), (3.9, 4.2), (5.2, 3.85), (6.75, 4.15), (8.0, 4.0), (9.15, 4.05),
        (10.4, 3.5), (11.6, 3.6), (12.6, 3.1),
    ],
    "del Norte": [
        (0.2, 12.1), (1.6, 12.0), (3.0, 12.35), (4.4, 12.1), (5.72, 12.05), (7.0, 11.6),
        (8.4, 11.7), (9.8, 11.2), (11.2, 11.7),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Zone:
    """A part of the city built at one time, with one kind of street.

    Parameters
    ----------
    at : (float, float)
        Any point inside, in kilometres.
    district : int
        Position in `DISTRICTS`.
    areas : int
        How many neighbourhoods it has.
    angle : float
        Direction of its first streets, degrees from east.
    block : (float, float)
        Length and depth of a block in metres.
    bend : float
        How far streets stray from straight lines, in metres.
    density : float
        Residents a hectare.
    """

    at: tuple[float, float]
    district: int
    areas: int
    angle: float
    block: tuple[float, float]
    bend: float
    density: float


DISTRICTS = (
    ("D1", "Cercado"),
    ("D2", "Puerto Viejo"),
    ("D3", "La Costanera"),
    ("D4", "El Ensanche"),
    ("D5", "Ribera Norte"),
    ("D6", "Las Lomas"),
)

ZONES = {
    "old town": Zone((4.8, 8.2), 0, 10, 78, (105, 105), 4, 150),
    "port": Zone((3.6, 11.3), 1, 5, 24, (170, 120), 10, 62),
    "north coast": Zone((3.6, 13.4), 1, 3, -18, (260, 180), 35, 20),
    "sea front": Zone((4.2, 5.6), 2, 7, 38, (150, 110), 12, 66),
    "south beach": Zone((5.5, 2.2), 2, 2, 62, (260, 190), 30, 17),
    "extension": Zone((7.2, 8.3), 3, 4, 6, (125, 115), 5, 120),
    "south extension": Zone((7.2, 5.6), 3, 4, -12, (140, 115), 8, 96),
    "plain": Zone((8.3, 2.2), 3, 3, 14, (240, 180), 25, 34),
    "north bank": Zone((7.1, 10.6), 4, 5, 12, (130, 110), 14, 105),
    "north hills": Zone((7.1, 12.7), 4, 2, -35, (150, 105), 60, 40),
    "north edge": Zone((9.1, 12.1), 4, 1, 30, (150, 105), 60, 32),
    "upper valley": Zone((10.7, 10.0), 4, 3, -32, (150, 100), 50, 46),
    "lower hills": Zone((10.5, 7.6), 5, 3, 28, (125, 85), 50, 84),
    "hillside": Zone((10.5, 5.2), 5, 6, -24, (100, 70), 70, 98),
    "quarries": Zone((10.8, 2.4), 5, 2, 40, (160, 110), 65, 26),
}
