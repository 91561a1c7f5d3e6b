"""Tables that are handed out as files, and come back exactly as they were drawn."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.modules import OPENED
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    import pandas as pd

#: The folder of the tables beside the notebook.
DATA = "data"


def read_opened(folder: Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """What the folder of an opened exam says of itself, and the trainee's own data in it.

    Raises
    ------
    SafelearnError
        If it holds none, or not whole.
    """
    try:
        about = json.loads((Path(folder) / OPENED).read_text(encoding="utf-8"))
        tables = {
            path.stem: thawed(path, about["objects"].get(path.stem, ()))
            for path in sorted((Path(folder) / DATA).glob("*.feather"))
        }
        for name in ("exam", "trainee", "fingerprint"):
            about[name] = str(about[name])
        return about, tables
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SafelearnError(
            t("The data of the exam are not beside the notebook."),
            where=str(folder),
            remedy=t(
                "Open the file that you were given with `safelearn course exam open`, and work in the folder "
                "that it makes."
            ),
        ) from error


def frozen(frame: pd.DataFrame, table: str) -> bytes:
    """A table as bytes from which exactly the same one is read."""
    import pandas as pd

    buffer = io.BytesIO()
    try:
        if not table.isidentifier():
            raise ValueError(table)
        frame.to_feather(buffer)
        pd.testing.assert_frame_equal(
            thawed(io.BytesIO(buffer.getvalue()), objects_of(frame)), frame
        )
    except (ValueError, TypeError, AssertionError, OSError) as error:
        raise SafelearnError(
            t("The table {name} cannot be handed out as it is.", name=table),
            where=(str(error).splitlines() or [""])[0],
            remedy=t(
                "Let `draw` in variant.py give tables with plain columns and numbered rows (reset_index)."
            ),
        ) from error
    return buffer.getvalue()


def thawed(file: Any, objects: Iterable[str]) -> pd.DataFrame:
    """A table as it was drawn."""
    import pandas as pd

    frame = pd.read_feather(file)
    for name in objects:
        column = frame[name].astype(object)
        frame[name] = column.where(column.notna(), None)
    return frame


def objects_of(frame: pd.DataFrame) -> list[str]:
    """Columns of Python's own values, such as texts and None, which a file would give back as another kind."""
    return [str(name) for name in frame.columns if frame[name].dtype == object]
