"""Ballots of an invented town, and those of the bundled city."""

from __future__ import annotations

import pandas as pd
import pytest


def _exercise(papers, **fixed) -> pd.DataFrame:
    """A table of ballots from (paper, group, area, "best > next = next") lines."""
    rows = []
    for number, (group, area, order) in enumerate(papers, start=1):
        for rank, tied in enumerate(order.split(" > "), start=1):
            for option in tied.split(" = "):
                rows.append((f"p{number:03d}", group, area, option, rank))
    table = pd.DataFrame(
        rows, columns=["paper_id", "group", "area_id", "option_id", "rank"]
    )
    first = {"ballot_id": "R1", "kind": "priorities", "held_on": "2025-05-01"}
    table = table.assign(**(first | fixed))
    return table.assign(option="About " + table["option_id"], votes=1)


@pytest.fixture(scope="session")
def exercise():
    """Makes a table of ballots (see `_exercise`)."""
    return _exercise


@pytest.fixture(scope="session")
def puerto_sereno():
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    return City.open(bundled_city("puerto-sereno"))


@pytest.fixture(scope="session")
def truth(puerto_sereno):
    """What was planted there."""
    import json

    path = puerto_sereno.folder / "truth.json"
    return json.loads(path.read_text(encoding="utf-8"))
