"""Random cities are diagnosed, and a reader of all their published files asks after every hidden count.

The reader (``tests/disclosure/reader.py``) shares no line of code with the library: it opens tables, workbook and map,
for some cities the page, and asks by linear programmes over all cells at once (at most 8 x 4 x 6 x 2 x 3: area, kind,
month, sex, age) what each hidden count can be. The bundled cities, whose cells are too many for that, are attacked by
blocks that meet in their totals, with page, map and Word document.
"""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.reports.diagnose import diagnose
from safelearn.resources import bundled_city

BUNDLED = ("puerto-sereno", "rio-manso", "kharwell", "northmoor")
#: These cities gave counts away once: by records without a place, by ages not known, by sexual violence.
BETRAYED = (6, 14, 33, 61, 86, 97, 206)
#: For one in so many cities the page is drawn and read as well.
PAGES = 10


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Publish and attack `size` random cities, those that gave something away once, and the bundled ones."""
    whole, published = _beside("whole_city"), _beside("published_city")
    failed: list[str] = []
    tried = {"cities": 0, "bundled_cities": 0, "hidden_counts": 0}
    seeds = sorted({*range(size), *BETRAYED})
    for done, seed in enumerate(seeds, 1):
        cells, x, people = whole.drawn(seed)
        with tempfile.TemporaryDirectory() as room:
            city, out = Path(room) / "city", Path(room) / "out"
            whole.made(city, cells, x, people)
            try:
                whole.published(city, out, pages=seed % PAGES == 0)
                problems, hidden = whole.found(cells, x, people, out)
            except (SafelearnError, AssertionError) as error:
                problems, hidden = [str(error)], 0
        tried["cities"] += 1
        tried["hidden_counts"] += hidden
        failed += [f"City {seed}: {problem}" for problem in problems]
        progress(done, len(seeds) + len(BUNDLED))
    for k, name in enumerate(BUNDLED, 1):
        with tempfile.TemporaryDirectory() as room:
            made = diagnose(bundled_city(name), Path(room) / name, formats=["docx"])
            problems, hidden = published.found(bundled_city(name), made.folder)
        tried["bundled_cities"] += 1
        tried["hidden_counts"] += hidden
        failed += [f"{name}: {problem}" for problem in problems]
        progress(len(seeds) + k, len(seeds) + len(BUNDLED))
    return {"tried": tried, "failed": failed}


def _beside(name: str) -> Any:
    path = Path(__file__).resolve().parents[1] / "disclosure" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"proof_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
