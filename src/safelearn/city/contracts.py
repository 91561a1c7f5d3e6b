"""What each table of a city holds: which columns, of which kind, with which values allowed.

In goes the name of a table (``population``), out comes its contract: a Frictionless Table Schema whose words
also make the blank workbook, the questionnaires and the documentation. A file or frame goes in to be read
with the right types, or to be told, row by row, what is wrong with it. Titles and descriptions are kept in
English here; whoever shows one passes it through `language.t`.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.tables.validation import Problem, convert, summary
from safelearn.city.writing import whole
from safelearn.errors import SafelearnError
from safelearn.language import mark, t

if TYPE_CHECKING:
    import pandas as pd


_FOLDER = Path(__file__).with_name("contracts")
#: Order in which tables are shown: what a city begins with comes first.
_ORDER = (  # noqa: SIM905 (one word a line would read worse)
    "areas population incidents survey audits stakeholders ties assets participation "
    "ballots demands quotes programmes budget interventions targets services decisions "
    "harms mandates skills initiatives feedback justice practices measures unit_costs "
    "technology reviews spaces streets statistics"
).split()

#: What a measure can ask of the data, and how a reader is told that it is missing.
NEEDS: dict[str, str] = {
    "time:month": mark("The month of each event."),
    "time:day": mark("The day of each event."),
    "time:hour": mark("The hour of each event."),
    "time:interval": mark("The earliest and the latest moment of each event."),
    "place:area": mark("The area of each event."),
    "place:exact": mark("Exact points that the source has not moved."),
    "boundaries": mark("The boundaries of the areas."),
    "population": mark("The number of residents of each area."),
    "population:sex_age": mark("The number of residents by sex and age group."),
    "victim:sex": mark("The sex of each victim."),
    "victim:age": mark("The age of each victim."),
    "offence": mark("The kind of each offence."),
    "identifier": mark("A number that tells one event from another."),
    "survey": mark("A survey of residents, with weights."),
    "table:audits": mark("Audits of places."),
    "table:stakeholders": mark("A register of organisations."),
    "table:ties": mark("The ties between organisations."),
    "table:assets": mark("A list of community assets."),
    "table:participation": mark("A record of who took part in what."),
    "table:ballots": mark("Ballots or rankings of priorities."),
    "table:demands": mark("The demands of residents, by area."),
    "table:quotes": mark("Quotes of residents, with their consent."),
    "table:programmes": mark("A list of the programmes so far."),
    "table:budget": mark("Budget lines, approved and spent."),
    "table:interventions": mark("A record of what was done where and when."),
    "table:targets": mark("Targets with baseline, date and owner."),
    "table:services": mark("A list of services."),
    "table:decisions": mark("A log of decisions."),
    "table:harms": mark("A register of harms."),
    "table:mandates": mark("A list of mandates."),
    "table:skills": mark("The skills of the team, by post."),
    "table:initiatives": mark("A register of community initiatives."),
    "table:feedback": mark("Residents' feedback, with the answers."),
    "table:justice": mark("Figures of the police and the courts."),
    "table:practices": mark("An inventory of practices."),
    "table:measures": mark("The measures of the strategy."),
    "table:unit_costs": mark("What an offence costs society."),
    "table:technology": mark("A register of technology."),
    "table:reviews": mark("A calendar of reviews."),
    "table:spaces": mark("A list of public spaces."),
    "table:streets": mark("A list of street segments."),
    "table:statistics": mark("Figures of other offices."),
}


def table_names() -> tuple[str, ...]:
    """The tables that a city folder can hold, those to begin with first."""
    return tuple(_ORDER)


def file_name(name: str) -> str:
    """The file that holds a table: ``incidents.parquet``, otherwise ``NAME.csv``."""
    _known(name)
    return f"{name}.parquet" if name == "incidents" else f"{name}.csv"


def contract(name: str) -> dict[str, Any]:
    """The contract of a table, a Frictionless Table Schema.

    Beside the standard's own words, the table has `how_to_collect` and `clauses`, and a field may have
    `question` (its wording in a survey) and `categories` (each allowed value with its label).

    Raises
    ------
    SafelearnError
        If there is no such table.
    """
    return json.loads(_text(_known(name)))


def columns(name: str) -> tuple[str, ...]:
    """The columns of a table, in their order."""
    return tuple(field["name"] for field in contract(name)["fields"])


def labels(name: str, column: str) -> dict[str, str]:
    """The allowed values of a column and what each is called (English; show it through `t`)."""
    for field in contract(name)["fields"]:
        if field["name"] == column:
            return {c["value"]: c["label"] for c in field.get("categories", [])}
    raise KeyError(f"the table {name} has no column {column}")


def empty(name: str) -> pd.DataFrame:
    """A table without rows, each column of its canonical type."""
    import pandas as pd

    frame, _ = convert(pd.DataFrame(columns=list(columns(name))), contract(name))
    return frame


def canonical(
    frame: pd.DataFrame,
    name: str,
    *,
    known: Mapping[str, Collection[str]] | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Give a frame the table's columns and types, and say what did not fit.

    Parameters
    ----------
    frame : DataFrame
        Text as it stands in a file, or values that already have a type. Codes must be text.
    name : str
        The table.
    known : mapping, optional
        Codes that exist in other tables (``{"areas": {"0101", ...}}``); codes that refer to a table
        named here must be among them.

    Returns
    -------
    frame : DataFrame
        All columns of the contract in its order, with its types; a value that does not fit is empty.
        Columns that the contract does not know are left out.
    problems : list of Problem
        Rows are counted as in the file, so that the first row under the header is row 2.
    """
    return convert(frame, contract(name), known)


def validate(
    frame: pd.DataFrame,
    name: str,
    *,
    known: Mapping[str, Collection[str]] | None = None,
) -> list[Problem]:
    """What in a frame breaks the contract of a table (see `canonical`); empty if nothing does."""
    return canonical(frame, name, known=known)[1]


def read_raw(path: Path) -> pd.DataFrame:
    """A CSV file of a city folder as text, nothing guessed: zeros in front stay, ``NA`` is a word."""
    import pandas as pd

    path = Path(path)
    again = t("Import the file again with `safelearn city import`.")
    try:
        with warnings.catch_warnings():
            # Rows longer than the header would lose values with no more than a warning.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                path,
                dtype=str,
                index_col=False,
                keep_default_na=False,
                na_values=[""],
                encoding="utf-8-sig",
            )
    except UnicodeDecodeError as error:
        what = t("The file is not written in UTF-8; a spreadsheet may have changed it.")
        raise SafelearnError(what, where=str(path), remedy=again) from error
    except pd.errors.EmptyDataError as error:
        what = t("The file is empty.")
        raise SafelearnError(what, where=str(path), remedy=again) from error
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError) as error:
        what = t("The file is no table: some rows have more values than the header.")
        raise SafelearnError(what, where=str(path), remedy=again) from error
    if len(frame.columns) == 1 and ";" in frame.columns[0]:
        what = t("The values are separated by semicolons, where commas are expected.")
        raise SafelearnError(what, where=str(path), remedy=again)
    return frame


def read_table(path: Path, name: str) -> pd.DataFrame:
    """Read a canonical table, CSV or parquet, with the contract's columns and types.

    Raises
    ------
    SafelearnError
        If the file is missing, cannot be read, or holds a value that breaks the contract.
    """
    import pandas as pd

    path = Path(path)
    if not path.is_file():
        raise SafelearnError(
            t("The file is missing."),
            where=str(path),
            remedy=t("Import the table with `safelearn city import`."),
        )
    if path.suffix == ".parquet":
        try:
            # Column by column, so that a large table is not in memory twice.
            each = {"split_blocks": True, "self_destruct": True}
            raw = pd.read_parquet(path, to_pandas_kwargs=each)
        except (OSError, ValueError) as error:
            raise SafelearnError(
                t("The file is damaged and cannot be read."),
                where=str(path),
                remedy=t("Import the file again with `safelearn city import`."),
            ) from error
    else:
        raw = read_raw(path)
    frame, problems = canonical(raw, name)
    if problems:
        raise summary(problems, path)
    return frame


def write_table(frame: pd.DataFrame, path: Path, name: str) -> None:
    """Write a canonical table, whole or not at all; optional columns without any value are left out.

    Raises
    ------
    SafelearnError
        If a value breaks the contract, so that nothing is written that could not be read.
    """
    path = Path(path)
    frame, problems = canonical(frame, name)
    if problems:
        raise summary(problems, path)
    required = {
        field["name"]
        for field in contract(name)["fields"]
        if field.get("constraints", {}).get("required")
    }
    kept = [c for c in frame if c in required or frame[c].notna().any()]
    with whole(path) as part:
        if path.suffix == ".parquet":
            frame.to_parquet(part, index=False)
        else:
            frame[kept].to_csv(part, index=False, lineterminator="\n")


def _known(name: str) -> str:
    if name not in _ORDER:
        from difflib import get_close_matches

        near = get_close_matches(name, _ORDER, n=1)
        remedy = (
            t("Did you mean `{name}`?", name=near[0])
            if near
            else t("The tables are: {names}.", names=", ".join(_ORDER))
        )
        raise SafelearnError(
            t("There is no table called `{name}`.", name=name), remedy=remedy
        )
    return name


@lru_cache(maxsize=64)
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
