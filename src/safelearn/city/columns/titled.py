"""Which offence does a file hold that has no column for it? In: its title lines and its name. Out: the offence.

Some police forces publish one file an offence and name it above the table, or only in the name of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from safelearn.city.columns.crosswalk import Crosswalk
from safelearn.city.files.headers import normalise


def offence_in(titles: Iterable[str], name: str, crosswalk: Crosswalk) -> str:
    """The offence that the titles of a file name, or else its own name.

    Of several, the longest is taken: "Hurto a personas" says more than "hurto".

    Parameters
    ----------
    titles : iterable of str
        Lines above the table.
    name : str
        Of the file; ``Hurto%20a%20personas_2023.xlsx`` is read as words too.
    crosswalk : Crosswalk
        Whose labels are looked for, as whole words.

    Returns
    -------
    str
        The offence in plain words; empty where none is named.
    """
    stem = unquote(PurePosixPath(name.split(": ")[0]).stem)
    for texts in (list(titles), [stem]):
        found = [label for text in texts for label in _labels_in(text, crosswalk)]
        if found:
            return max(found, key=len).capitalize()
    return ""


def _labels_in(text: str, crosswalk: Crosswalk) -> list[str]:
    words = f" {normalise(text)} "
    return [label for label in crosswalk.codes if f" {label} " in words]
