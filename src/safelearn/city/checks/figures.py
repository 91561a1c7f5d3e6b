"""What import saw in the text and the canonical rows no longer show. In: counts by name. Out: problems.

A reader that meets one of these counts it in its ``figures`` (name -> rows, added up over pieces of a file and over
files); the record of the import keeps it, and here it becomes a sentence. Names without an entry here are the
reader's own and say nothing. The names, and who counts them:

- ``zero_coordinates``, ``outside``, ``swapped``, ``off_the_earth``, ``unreadable_coordinates``, ``middles`` (on the
  middle of an area, or one default point), ``city_middles`` (of the city or a district): rows (places);
- ``impossible_ages``: rows (incidents);
- ``zone_letter``: rows whose stamps end in Z or an offset; ``serial_dates``: as a spreadsheet counts days;
  ``epoch_dates``: as computers count seconds (`telltales`);
- ``words_for_missing``: rows with a word such as NULL; ``decimal_commas``; ``broken_letters``: rows with letters
  that a wrong encoding has broken (`telltales`); ``mended_letters``: those that were certain and were put right
  (formats);
- ``spaces_in_headers``: columns (`telltales`).

A figure may come with where its rows lie (``figures_by``: name -> by_offence and by_year -> rows), see `tallies`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from safelearn.city.checks.problems import Problem
from safelearn.language import t, tn

_TABLE = "incidents"
#: Share of rows from which letters broken on the way are more than a blemish.
_MANY_BROKEN = 0.01


@dataclass(frozen=True)
class Kind:
    """What a figure means: the problem's code, its sentence for a number of rows, and the remedy."""

    code: str
    sentence: Callable[[int], str]
    remedy: str


def figure_problems(
    figures: Mapping[str, int],
    rows: int,
    split: Callable[[str], Mapping[str, Any]] | None = None,
) -> list[Problem]:
    """The problems behind an import's figures.

    Parameters
    ----------
    figures : mapping of str to int
        Rows by the names above.
    rows : int
        Rows of the table.
    split : callable, optional
        Name -> ``by_offence`` and ``by_year``, where known.
    """
    found = []
    for name, kind in _kinds().items():
        n = int(figures.get(name, 0))
        if not n:
            continue
        much = name == "broken_letters" and n > _MANY_BROKEN * rows
        found.append(
            Problem(
                kind.code,
                "warning" if much else "note",
                _TABLE,
                n,
                kind.sentence(n),
                kind.remedy,
                **(split(name) if split else {}),
            )
        )
    return found


def figures_of(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The figures of several imports, added up."""
    total: dict[str, int] = {}
    for record in records:
        for name, n in record.get("figures", {}).items():
            total[name] = total.get(name, 0) + n
    return total


def figure_codes() -> dict[str, str]:
    """Name of a figure -> the code of its problem."""
    codes = {name: kind.code for name, kind in _kinds().items()}
    return codes | {"zone_letter": "zone letter"}


def _kinds() -> dict[str, Kind]:
    """In words of the moment's language, so never made at import."""
    return {
        "zero_coordinates": Kind(
            "zero coordinates",
            lambda n: tn(
                "{n} row had the coordinates 0/0, which mean that it has none.",
                "{n} rows had the coordinates 0/0, which mean that they have none.",
                n,
            ),
            t(
                "They count in every total. Ask the source why their places are missing."
            ),
        ),
        "unreadable_coordinates": Kind(
            "unreadable coordinates",
            lambda n: tn(
                "{n} row has coordinates that are no numbers.",
                "{n} rows have coordinates that are no numbers.",
                n,
            ),
            t(
                "They count in every total, without a point. Look at the lines in review/problems.csv."
            ),
        ),
        "off_the_earth": Kind(
            "off the earth",
            lambda n: tn(
                "{n} row has coordinates that are nowhere on Earth.",
                "{n} rows have coordinates that are nowhere on Earth.",
                n,
            ),
            t(
                "Ask in which coordinate system the points are, and import again with --crs CODE --replace."
            ),
        ),
        "outside": Kind(
            "outside",
            lambda n: tn(
                "{n} row has a point outside every area.",
                "{n} rows have points outside every area.",
                n,
            ),
            t(
                "Look at some of them on a map: the boundaries may miss a part of the city."
            ),
        ),
        "swapped": Kind(
            "swapped coordinates",
            lambda n: t(
                "Longitude and latitude stood in each other's columns and were swapped."
            ),
            t("Tell the source."),
        ),
        "middles": Kind(
            "middles of areas",
            lambda n: tn(
                "{n} row has the middle of an area, or one point used for many places, in place of its own.",
                "{n} rows have the middle of an area, or one point used for many places, in place of their own.",
                n,
            ),
            t("They count in their areas; a map of points would show hot spots there."),
        ),
        "city_middles": Kind(
            "middle of the city",
            lambda n: tn(
                "{n} row has the middle of the city or of a district in place of its own point.",
                "{n} rows have the middle of the city or of a district in place of their own points.",
                n,
            ),
            t(
                "They count in every total, and in an area only where the file names it. Ask for their places."
            ),
        ),
        "impossible_ages": Kind(
            "impossible ages",
            lambda n: tn(
                "{n} age was impossible (below 0 or above 120) and counts as not known.",
                "{n} ages were impossible (below 0 or above 120) and count as not known.",
                n,
            ),
            t("Ask the source which numbers stand for not known."),
        ),
        "serial_dates": Kind(
            "serial dates",
            lambda n: tn(
                "The date of {n} row was a spreadsheet's serial number, read as days since the end of 1899.",
                "The dates of {n} rows were a spreadsheet's serial numbers, read as days since the end of 1899.",
                n,
            ),
            t(
                "Compare one date with the source: workbooks of old Macs count from 1904."
            ),
        ),
        "epoch_dates": Kind(
            "epoch dates",
            lambda n: tn(
                "The time of {n} row was a computer's count of seconds since 1970, read as world time.",
                "The times of {n} rows were a computer's count of seconds since 1970, read as world time.",
                n,
            ),
            t(
                "Compare one hour with the source; import again with --zone NAME --replace if it is off."
            ),
        ),
        "words_for_missing": Kind(
            "words for missing",
            lambda n: tn(
                "In {n} row a cell says in letters that it is empty (NA, NULL or the like).",
                "In {n} rows a cell says in letters that it is empty (NA, NULL or the like).",
                n,
            ),
            t("Nothing: such a cell counts as not known."),
        ),
        "decimal_commas": Kind(
            "decimal commas",
            lambda n: tn(
                "In {n} row a coordinate has a decimal comma.",
                "In {n} rows coordinates have a decimal comma.",
                n,
            ),
            t("Nothing: it was read as a decimal point."),
        ),
        "mended_letters": Kind(
            "mended letters",
            lambda n: tn(
                "In {n} row letters were broken by a wrong encoding and were put right.",
                "In {n} rows letters were broken by a wrong encoding and were put right.",
                n,
            ),
            t("Look at some names, and ask the source for UTF-8."),
        ),
        "broken_letters": Kind(
            "broken letters",
            lambda n: tn(
                "In {n} row letters are broken: the text was read in a wrong encoding on its way.",
                "In {n} rows letters are broken: the text was read in a wrong encoding on its way.",
                n,
            ),
            t("Import again with --encoding NAME --replace, or ask for UTF-8."),
        ),
        "spaces_in_headers": Kind(
            "spaces in headers",
            lambda n: tn(
                "{n} column has a space at the end of its name, or a sign before it.",
                "{n} columns have a space at the end of their names, or a sign before them.",
                n,
            ),
            t("Nothing: columns are known without them."),
        ),
    }
