"""Where the city lies: land, river, streets, blocks, and neighbourhoods whose borders follow the streets.

A seed goes in, a `Geography` comes out: some four thousand blocks, each in a neighbourhood, and the
neighbourhoods as polygons that share every border exactly. Neighbourhoods are unions of blocks, because real
ones are: a border that cuts through a block is the mark of an invented map.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from safelearn.simulation.drawing import (
    AVENUES,
    BASIN,
    COAST,
    LIMIT,
    ORIGIN,
    RIVER,
    ZONES,
    Zone,
)
from safelearn.simulation.streams import stream


@dataclass(frozen=True, eq=False)
class Geography:
    """Blocks and neighbourhoods, in metres on the sheet.

    Attributes
    ----------
    blocks : array of polygons
    block_area : array of int
        The neighbourhood of each block.
    areas : array of polygons
        Neighbourhoods: a valid coverage, the river and the sea left out.
    zone : array of str
        The zone of each neighbourhood.
    fronts : array of rings
        Where the doors of each block can be: a little inside it.
    """

    blocks: np.ndarray
    block_area: np.ndarray
    areas: np.ndarray
    zone: np.ndarray
    fronts: np.ndarray


@lru_cache(maxsize=4)
def lay_out(seed: int = 0) -> Geography:
    """Draw streets and neighbourhoods on the drawing board's land.

    Parameters
    ----------
    seed : int
        Moves coast, bends and streets a little; the plan of the city stays.
    """
    rng = stream(seed, "geography")
    land = _land(rng)
    avenues = [_smooth(np.array(line) * 1000) for line in AVENUES.values()]
    lines = shapely.union_all(
        [land.boundary, *(shapely.linestrings(a) for a in avenues)]
    )
    faces = _faces(lines, land)
    zone_of_face = _zones(faces)
    plans = [ZONES[name] for name in zone_of_face]
    grids = {
        name: _grid(rng, face, ZONES[name])
        for face, name in zip(faces, zone_of_face, strict=True)
    }
    streets = [
        _streets(rng, face, plan, grids[name])
        for face, plan, name in zip(faces, plans, zone_of_face, strict=True)
    ]
    blocks = _faces(shapely.union_all([lines, *streets], grid_size=0.05), land)
    middle = shapely.point_on_surface(blocks)
    tree = shapely.STRtree(faces)
    block, face = tree.query(middle, predicate="within")
    zone_of_block = np.empty(len(blocks), dtype=object)
    zone_of_block[block] = np.array(zone_of_face, dtype=object)[face]

    block_area = np.full(len(blocks), -1)
    zone = []
    for name, plan in ZONES.items():
        inside = np.flatnonzero(zone_of_block == name)
        part = _split(rng, blocks[inside], plan, grids[name])
        block_area[inside] = part + len(zone)
        zone += [name] * plan.areas
    block_area = _mend(blocks, block_area)
    areas = _dissolve(blocks, block_area, len(zone))
    zones = np.array(zone, dtype=object)
    return Geography(blocks, block_area, areas, zones, _fronts(blocks))


def to_degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of points on the sheet (WGS 84, true to 0.1 % over the city)."""
    east, north = _metres_per_degree()
    return ORIGIN[0] + np.asarray(x) / east, ORIGIN[1] + np.asarray(y) / north


def to_metres(longitude: np.ndarray, latitude: np.ndarray) -> tuple:
    """Points on the sheet from longitude and latitude: the inverse of `to_degrees`."""
    east, north = _metres_per_degree()
    x = (np.asarray(longitude) - ORIGIN[0]) * east
    return x, (np.asarray(latitude) - ORIGIN[1]) * north


def _metres_per_degree() -> tuple[float, float]:
    latitude = np.radians(ORIGIN[1] + 0.065)
    axis, square = 6_378_137.0, 0.00669437999014
    bent = 1 - square * np.sin(latitude) ** 2
    north = np.radians(axis * (1 - square) / bent**1.5)
    return float(np.radians(axis * np.cos(latitude) / bent**0.5)), float(north)


def _fronts(blocks: np.ndarray) -> np.ndarray:
    """A ring as far inside each block as leaves it whole: never the street's middle line, where borders run."""
    inner = blocks
    for depth in (-2.0, -9.0):
        shrunk = shapely.buffer(blocks, depth, quad_segs=1)
        whole = (shapely.get_type_id(shrunk) == 3) & ~shapely.is_empty(shrunk)
        inner = np.where(whole, shrunk, inner)
    return shapely.get_exterior_ring(inner)


def _land(rng: np.random.Generator) -> shapely.Polygon:
    coast = _rough(rng, _smooth(np.array(COAST) * 1000), 65)
    limit = _rough(rng, _along(np.array(LIMIT) * 1000), 75)[1:-1]
    land = shapely.make_valid(shapely.Polygon(np.vstack([coast, limit])))
    centre = _smooth(np.array(RIVER) * 1000, 25)
    line = _rough(rng, centre[:, :2], 30)
    along = np.gradient(line, axis=0)
    across = np.column_stack([-along[:, 1], along[:, 0]])
    across *= (centre[:, 2] / 2 / np.hypot(*along.T))[:, None]
    river = shapely.Polygon(np.vstack([line + across, (line - across)[::-1]]))
    basin = shapely.Polygon(np.array(BASIN) * 1000)
    land = land.difference(shapely.union_all([river.buffer(0), basin]))
    parts = [p for p in shapely.get_parts(land) if p.area > 500_000]
    return shapely.MultiPolygon(parts)


def _smooth(points: np.ndarray, step: float = 60.0) -> np.ndarray:
    """A Catmull-Rom curve through `points`, one vertex every `step` metres."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    out = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        n = max(2, round(np.hypot(*(c - b)[:2]) / step))
        t = np.arange(n)[:, None] / n
        out.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return np.vstack([*out, points[-1:]])


def _along(points: np.ndarray, step: float = 120.0) -> np.ndarray:
    """The straight line through `points`, with a vertex every `step` metres."""
    line = shapely.segmentize(shapely.linestrings(points), step)
    return shapely.get_coordinates(line)


def _rough(rng: np.random.Generator, line: np.ndarray, size: float) -> np.ndarray:
    """Bays and spits on several scales; the two ends stay where they are."""
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    shift = np.zeros_like(line)
    for octave in range(4):
        knots = np.linspace(0, along[-1], 8 * 2**octave)
        for axis in (0, 1):
            noise = rng.normal(0, size / 2**octave, len(knots))
            shift[:, axis] += np.interp(along, knots, noise)
    ends = np.minimum(along, along[-1] - along)
    return line + shift * np.clip(ends / 300, 0, 1)[:, None]


def _faces(lines: shapely.Geometry, land: shapely.Geometry) -> np.ndarray:
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    shapely.prepare(land)
    faces = faces[shapely.contains(land, shapely.point_on_surface(faces))]
    # In an order of their own: the geometry library's may change from one version to the next.
    x, y = shapely.get_coordinates(shapely.centroid(faces)).round(1).T
    return shapely.normalize(faces[np.lexsort((x, y))])


def _zones(faces: np.ndarray) -> list[str]:
    """Each face belongs to the zone drawn in it; a scrap between avenues goes to the nearest zone."""
    names = list(ZONES)
    at = shapely.points([np.array(z.at) * 1000 for z in ZONES.values()])
    held = {}
    for zone, face in zip(*shapely.STRtree(faces).query(at, "within"), strict=True):
        held[int(face)] = names[zone]
    known = np.array(sorted(held))
    out = []
    for number, face in enumerate(faces):
        if number not in held:
            near = known[np.argmin(shapely.distance(faces[known], face))]
            held[number] = held[int(near)]
        out.append(held[number])
    return out


@dataclass(frozen=True, eq=False)
class _Grid:
    """Streets of one face: straight in its own coordinates, bent on the sheet."""

    middle: np.ndarray
    turn: np.ndarray
    waves: np.ndarray
    bend: float

    def bent(self, flat: np.ndarray) -> np.ndarray:
        return self.middle + (flat + self._shift(flat)) @ self.turn.T

    def flat(self, at: np.ndarray) -> np.ndarray:
        """The inverse of `bent`, by a few rounds of correction."""
        sheet = (at - self.middle) @ self.turn
        out = sheet
        for _ in range(6):
            out = sheet - self._shift(out)
        return out

    def _shift(self, flat: np.ndarray) -> np.ndarray:
        shift = np.zeros_like(flat)
        for octave, length in enumerate((1900.0, 830.0, 410.0)):
            for axis in (0, 1):
                other = flat[:, 1 - axis] + 0.6 * flat[:, axis]
                wave = np.sin(2 * np.pi * other / length + self.waves[axis, octave])
                shift[:, axis] += wave / (1 + octave)
        return self.bend * shift


def _grid(rng: np.random.Generator, face: shapely.Geometry, plan: Zone) -> _Grid:
    angle = np.radians(plan.angle)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(face.centroid.coords[0])
    return _Grid(middle, turn, rng.uniform(0, 2 * np.pi, (2, 3)), plan.bend)


def _streets(
    rng: np.random.Generator, face: shapely.Geometry, plan: Zone, grid: _Grid
) -> shapely.Geometry:
    """Two families of streets across a face, bent together so that they never tangle."""
    corners = (shapely.get_coordinates(face) - grid.middle) @ grid.turn
    low, high = corners.min(axis=0) - 400, corners.max(axis=0) + 400
    lines = []
    for across in (0, 1):
        size = plan.block[across]
        n = int((high[across] - low[across]) / size) + 1
        steps = size * rng.uniform(0.8, 1.2, n)
        along = np.arange(low[1 - across], high[1 - across], 45.0)
        for place in low[across] + np.cumsum(steps):
            line = np.empty((len(along), 2))
            line[:, across], line[:, 1 - across] = place, along
            lines.append(shapely.linestrings(grid.bent(line)))
    return shapely.intersection(shapely.multilinestrings(lines), face)


def _split(
    rng: np.random.Generator, blocks: np.ndarray, plan: Zone, grid: _Grid
) -> np.ndarray:
    """Share a zone's blocks out among its neighbourhoods.

    Planned quarters are cut along one street after the other; hillside settlements grew from where their
    first families stopped.
    """
    at = grid.flat(shapely.get_coordinates(shapely.centroid(blocks)))
    size = shapely.area(blocks)
    if plan.bend >= 45:
        return _grow(rng, at, size, plan.areas)
    part = np.zeros(len(blocks), dtype=int)
    shares = rng.lognormal(0, 0.38, plan.areas)

    def cut(members: np.ndarray, first: int, last: int) -> None:
        if last - first == 1:
            part[members] = first
            return
        middle = (first + last) // 2
        share = shares[first:middle].sum() / shares[first:last].sum()
        spread = [np.ptp(at[members, axis]) for axis in (0, 1)]
        place = at[members, int(np.argmax(spread))]
        order = np.argsort(place, kind="stable")
        reached = np.cumsum(size[members][order]) / size[members].sum()
        gap = np.diff(place[order], append=place[order][-1])
        near = np.flatnonzero(np.abs(reached - share) < 0.08)
        last_one = near[np.argmax(gap[near])]
        cut(members[order[: last_one + 1]], first, middle)
        cut(members[order[last_one + 1 :]], middle, last)

    cut(np.arange(len(blocks)), 0, plan.areas)
    return part


def _grow(
    rng: np.random.Generator, at: np.ndarray, size: np.ndarray, areas: int
) -> np.ndarray:
    """Lloyd's algorithm with unequal reach, stopped early so that shapes stay uneven."""
    centre = at[rng.choice(len(at), areas, replace=False, p=size / size.sum())]
    reach = rng.uniform(0.85, 1.3, areas)
    for _ in range(6):
        away = np.abs(at[:, None] - centre[None])
        away = ((away**5).sum(axis=2)) ** 0.2 / reach  # nearly square: along the lanes
        part = np.argmin(away, axis=1)
        for number in range(areas):
            if (part == number).any():
                centre[number] = np.average(
                    at[part == number], axis=0, weights=size[part == number]
                )
    return part


def neighbours(polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of polygons of a coverage that share a border, and how long it is (metres).

    Found by matching edges, which a valid coverage shares to the last bit.
    """
    at, owner = shapely.get_coordinates(polygons, return_index=True)
    _, corner = np.unique(at, axis=0, return_inverse=True)
    inside = owner[1:] == owner[:-1]
    edge = np.sort(np.column_stack([corner[:-1], corner[1:]]), axis=1)[inside]
    long = np.hypot(*np.diff(at, axis=0).T)[inside]
    owner = owner[:-1][inside]
    order = np.lexsort(edge.T)
    edge, long, owner = edge[order], long[order], owner[order]
    same = (edge[1:] == edge[:-1]).all(axis=1)
    pair = np.sort(np.column_stack([owner[:-1], owner[1:]])[same], axis=1)
    pairs, where = np.unique(pair, axis=0, return_inverse=True)
    return pairs[:, 0], pairs[:, 1], np.bincount(where, long[:-1][same])


def _mend(blocks: np.ndarray, area: np.ndarray) -> np.ndarray:
    """Give each block cut off from its neighbourhood to the one it shares most border with."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    left, right, long = neighbours(blocks)
    size = shapely.area(blocks)
    area = area.copy()
    for _ in range(10):
        same = area[left] == area[right]
        graph = coo_array(
            (np.ones(same.sum()), (left[same], right[same])), shape=(len(blocks),) * 2
        )
        piece = connected_components(graph, directed=False)[1]
        weight = np.bincount(piece, size)
        main = {}
        for number in np.argsort(-weight, kind="stable"):
            main.setdefault(area[np.argmax(piece == number)], number)
        loose = piece != np.array([main[a] for a in area])
        if not loose.any():
            return area
        best: dict[int, tuple[float, int]] = {}
        for a, b in ((left, right), (right, left)):
            for block, other, border in zip(a, b, long, strict=True):
                if loose[block] and not loose[other]:
                    best[block] = max(best.get(block, (0, -1)), (border, area[other]))
        for block, (_, to) in best.items():
            area[block] = to
    return np.where(loose, -1, area)


def _dissolve(blocks: np.ndarray, area: np.ndarray, n: int) -> np.ndarray:
    whole = [shapely.coverage_union_all(blocks[area == number]) for number in range(n)]
    at = shapely.coverage_simplify(np.array(whole), 2.0)
    return shapely.transform(at, _to_the_decimetre)


def _to_the_decimetre(at: np.ndarray) -> np.ndarray:
    """Where the sixth decimal of a degree puts the points: files hold no more."""
    degrees = np.column_stack(to_degrees(at[:, 0], at[:, 1])).round(6)
    return np.column_stack(to_metres(degrees[:, 0], degrees[:, 1]))
