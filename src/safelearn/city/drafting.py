"""Which areas does a city have that has not said so yet? In: codes and names in a file of incidents. Out: areas.

A list drafted so is enough to count by area; a real list or boundaries take its place as soon as they come.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from safelearn.city import contracts
from safelearn.city.headers import normalise
from safelearn.city.victims import as_category

#: More different values than this, or nearly one a row, are addresses and not areas.
_MOST = 5000


def draft_areas(
    frame: pd.DataFrame, columns: Mapping[str, str], before: pd.DataFrame | None = None
) -> pd.DataFrame | None:
    """Areas from the codes, or else the names, that incidents carry; None where they carry neither.

    Parameters
    ----------
    columns : mapping
        Field -> column.
    before : DataFrame, optional
        Areas drafted from earlier files, which stay.
    """
    code, name = columns.get("area_id"), columns.get("area_name")
    if code:
        kinds = as_category(frame[code])
        ids = list(kinds.cat.categories)
        called = dict(zip(ids, ids, strict=True))
        if name:
            pairs = frame[[code, name]].apply(lambda c: c.str.strip()).drop_duplicates()
            pairs = pairs[(pairs[code] != "") & (pairs[name] != "")]
            called |= dict(pairs.drop_duplicates(code).itertuples(index=False))
    elif name:
        kinds = as_category(frame[name])
        called = {}
        for label in kinds.cat.categories:
            called.setdefault(normalise(label).replace(" ", "-"), label)
    else:
        return None
    n = int(kinds.notna().sum())
    if not called or len(called) > _MOST or len(called) > max(0.5 * n, 20):
        return None
    rows = pd.DataFrame({"area_id": list(called), "area_name": list(called.values())})
    if before is not None:
        rows = pd.concat([before, rows]).drop_duplicates("area_id")
    drafted, _ = contracts.canonical(rows, "areas")
    return drafted.sort_values("area_id", ignore_index=True)
