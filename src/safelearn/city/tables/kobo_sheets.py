"""Is this an export of a server for forms, and which of its sheets has the forms? In: titles. Out: yes or no."""

from __future__ import annotations

from collections.abc import Iterable

#: Columns that only such a server adds.
_SURE = frozenset(
    (  # noqa: SIM905
        "_id _uuid _submission_time _validation_status __version__ _submitted_by _xform_id_string formhub/uuid "
        "meta/instanceid"
    ).split()
)
_REPEAT = frozenset({"_parent_index", "_parent_table_name", "_submission__uuid"})


def is_kobo(columns: Iterable[str]) -> bool:
    """Whether these are the columns of an export: at least two that only a server for forms adds."""
    return len({str(c).strip().casefold() for c in columns} & _SURE) >= 2


def is_repeat(columns: Iterable[str]) -> bool:
    """Whether these are the columns of a group that was repeated within a form, on a sheet of its own."""
    return len({str(c).strip().casefold() for c in columns} & _REPEAT) >= 2
