"""Do these rows keep the contract of their table?

In go a frame, as text or with types, and a contract; out come the same rows with the contract's columns and
types, and one `Problem` for each value that does not fit, worded for the person who typed it: which row,
which column, what is wrong, what to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

if TYPE_CHECKING:
    import pandas as pd

#: The first row under the header, as a spreadsheet counts.
FIRST_ROW = 2
#: Name of an index that holds the row numbers of a sheet.
ROW = "row"
#: Problems of one kind in one column that are written out; a wrong column has as many as it has rows.
_WRITTEN_OUT = 1000


@dataclass(frozen=True)
class Problem:
    """One thing that breaks a table's contract.

    Attributes
    ----------
    table, column : str
        Where it is; `column` is empty if the whole row or table is meant.
    row : int or None
        The row as a spreadsheet counts (the header is row 1); None if the whole column is meant.
    code : str
        ``missing column``, ``unknown column``, ``type``, ``required``, ``unique``, ``range``, ``pattern``,
        ``value`` or ``reference``.
    sentence, remedy : str
        What is wrong and what to do, ready to be shown.
    """

    table: str
    column: str
    row: int | None
    code: str
    sentence: str
    remedy: str


def convert(
    frame: pd.DataFrame,
    contract: Mapping[str, Any],
    known: Mapping[str, Collection[str]] | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Give `frame` the columns and types of `contract`; see `contracts.canonical`."""
    import pandas as pd

    names = [field["name"] for field in contract["fields"]]
    problems = list(_strange_columns(frame, contract, names))
    # Sheets with blank rows between filled ones bring their own row numbers.
    numbered = frame.index.name == ROW
    rows = frame.index if numbered else pd.RangeIndex(len(frame)) + FIRST_ROW
    done: dict[str, pd.Series] = {}
    for field in contract["fields"]:
        column = field["name"]
        if column in frame:
            given = frame[column].set_axis(rows)
        else:
            given = pd.Series(None, index=rows, dtype="str")
            if field.get("constraints", {}).get("required"):
                problems.append(_missing_column(contract, field))
                field = field | {"constraints": {}}
        done[column], found = _column(given, field, contract["name"])
        problems += found
    result = pd.DataFrame(done, columns=names, index=rows)
    problems += _repeated_keys(result, contract)
    problems += _dangling(result, contract, known or {})
    return result.reset_index(drop=True), problems


def summary(problems: list[Problem], path: Path) -> SafelearnError:
    """One error that names the first problem of a file and says how many more there are."""
    first = problems[0]
    if first.row is None:
        where = str(path)
    else:
        where = t(
            "{file}, row {row}, column {column}",
            file=path,
            row=first.row,
            column=first.column or "–",
        )
    remedy = first.remedy
    if len(problems) > 1:
        more = tn(
            "The file has one more problem: see `safelearn city check`.",
            "The file has {n} more problems: see `safelearn city check`.",
            len(problems) - 1,
        )
        remedy = f"{remedy}\n{more}"
    return SafelearnError(first.sentence, where=where, remedy=remedy)


def _strange_columns(
    frame: pd.DataFrame, contract: Mapping[str, Any], names: list[str]
) -> Iterator[Problem]:
    from difflib import get_close_matches

    for column in frame.columns:
        if column in names:
            continue
        near = get_close_matches(str(column), names, n=1)
        yield Problem(
            contract["name"],
            str(column),
            None,
            "unknown column",
            t(
                "The table `{table}` has no column called `{column}`.",
                table=contract["name"],
                column=column,
            ),
            t("Did you mean `{name}`?", name=near[0])
            if near
            else t("Take the column out, or keep it in a file of your own."),
        )


def _missing_column(contract: Mapping[str, Any], field: Mapping[str, Any]) -> Problem:
    return Problem(
        contract["name"],
        field["name"],
        None,
        "missing column",
        t(
            "The table `{table}` needs a column called `{column}`.",
            table=contract["name"],
            column=field["name"],
        ),
        t(
            "Add it: {description} An example: {example}.",
            description=t(field["description"]),
            example=field["example"],
        ),
    )


def _column(
    given: pd.Series, field: Mapping[str, Any], table: str
) -> tuple[pd.Series, list[Problem]]:
    limits = field.get("constraints", {})
    if (ready := _coded(given, field)) is not None:
        return ready, []
    values, unreadable = _typed(given, field)
    problems: list[Problem] = []

    def note(rows: pd.Series, code: str, sentence: str, remedy: str) -> None:
        wrong = rows[rows].index[:_WRITTEN_OUT]
        for i in wrong:
            said = sentence.replace("\0", str(given[i]))
            row = int(i)
            problems.append(Problem(table, field["name"], row, code, said, remedy))

    example = t("Write it like this: {example}.", example=field["example"])
    if unreadable.any():
        note(unreadable, "type", _type_sentence(field["type"]), example)
    present = values.notna()
    if limits.get("required"):
        remedy = t("Fill it in, or take the row out.")
        note(~present & ~unreadable, "required", t("The value is missing."), remedy)
    if "enum" in limits:
        allowed = limits["enum"]
        wrong = present & ~values.isin(allowed)
        remedy = t("Write one of these: {values}.", values=", ".join(allowed))
        note(wrong, "value", t("“{value}” is not allowed here.", value="\0"), remedy)
        values = values.where(~wrong)
    if "pattern" in limits:
        wrong = present & ~values.astype("str").str.fullmatch(limits["pattern"])
        wrong = wrong.fillna(False).astype(bool)
        sentence = t("“{value}” is not written as it should be.", value="\0")
        note(wrong, "pattern", sentence, example)
        values = values.where(~wrong)
    if "minimum" in limits:
        low = limits["minimum"]
        wrong = (present & (values < low)).fillna(False).astype(bool)
        sentence = t("{value} is too small: the least is {low}.", value="\0", low=low)
        note(wrong, "range", sentence, example)
        values = values.where(~wrong)
    if "maximum" in limits:
        high = limits["maximum"]
        wrong = (present & (values > high)).fillna(False).astype(bool)
        sentence = t("{value} is too large: the most is {high}.", value="\0", high=high)
        note(wrong, "range", sentence, example)
        values = values.where(~wrong)
    if limits.get("unique"):
        again = values.duplicated() & present
        sentence = t("“{value}” stands in an earlier row already.", value="\0")
        note(again, "unique", sentence, t("Give each row a code of its own."))
    return _stored(values, field), problems


def _coded(given: pd.Series, field: Mapping[str, Any]) -> pd.Series | None:
    """A column of categories all of which are right: a million incidents need no second look, value by value."""
    import pandas as pd

    limits = field.get("constraints", {})
    if not isinstance(given.dtype, pd.CategoricalDtype) or "dtype" not in field:
        return None
    if field["dtype"] != "category" or (limits.get("required") and given.hasnans):
        return None
    categories = given.cat.categories.to_series()
    values, _ = _typed(categories, field)
    fits = values.notna() & (values == categories.astype("str"))
    if "enum" in limits:
        fits &= values.isin(limits["enum"])
    if "pattern" in limits:
        fits &= values.str.fullmatch(limits["pattern"]).fillna(False).astype(bool)
    if not fits.all():
        return None
    order = limits.get("enum") or sorted(
        given.cat.remove_unused_categories().cat.categories
    )
    return given.cat.set_categories(pd.Index(order, dtype="str"), ordered=False)


def _type_sentence(kind: str) -> str:
    if kind == "integer":
        return t("“{value}” is not a whole number.", value="\0")
    if kind == "number":
        return t("“{value}” is not a number.", value="\0")
    return t("“{value}” is not a date written year-month-day.", value="\0")


def _typed(given: pd.Series, field: Mapping[str, Any]) -> tuple[pd.Series, pd.Series]:
    """Values of the field's kind (all nullable), and which of them could not be read."""
    import pandas as pd
    from pandas.api import types

    kind = field["type"]
    if kind == "string":
        if isinstance(given.dtype, pd.CategoricalDtype) or given.dtype == "str":
            text = given.astype("str")
        else:
            text = given.astype("object").map(_as_text, na_action="ignore")
            text = text.astype("str")
        text = text.str.strip()
        text = text.where(text != "")
        return text, pd.Series(False, index=given.index)
    if kind in ("date", "datetime"):
        if types.is_datetime64_any_dtype(given.dtype):
            return given, pd.Series(False, index=given.index)
        text = given.astype("object").map(str, na_action="ignore").astype("str")
        text = text.str.strip()
        text = text.where(text != "")
        read = pd.to_datetime(text, format="ISO8601", errors="coerce")
        return read, read.isna() & text.notna()
    if types.is_bool_dtype(given.dtype):
        given = given.astype("str")
    if types.is_numeric_dtype(given.dtype):
        numbers, wrong = given, pd.Series(False, index=given.index)
    else:
        text = given.astype("object").map(str, na_action="ignore").astype("str")
        text = text.str.strip()
        text = text.where(text != "")
        numbers = pd.to_numeric(text, errors="coerce")
        wrong = numbers.isna() & text.notna()
    numbers = numbers.astype("Float64")
    if kind == "integer":
        broken = (numbers % 1 != 0).fillna(False).astype(bool)
        wrong |= broken
        numbers = numbers.where(~broken)
    return numbers, wrong


def _as_text(value: object) -> str:
    # A code that came as 101.0 was a whole number in a spreadsheet cell.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _stored(values: pd.Series, field: Mapping[str, Any]) -> pd.Series:
    import pandas as pd

    kind, limits = field["type"], field.get("constraints", {})
    if kind == "string":
        if field.get("dtype") != "category":
            return values.astype("str")
        order = limits.get("enum")
        if order is None:
            order = sorted(values.dropna().unique())
        return values.astype(pd.CategoricalDtype(pd.Index(order, dtype="str")))
    if kind in ("date", "datetime"):
        return values.astype("datetime64[s]")
    if kind == "number":
        return values.astype("float64")
    whole = values.astype("Int64")
    if field.get("dtype"):
        fits = field["dtype"]
        if not fits.startswith("I") and whole.isna().any():
            return whole
        return whole.astype(fits)
    if limits.get("required") and not whole.isna().any():
        return whole.astype("int64")
    return whole


def _repeated_keys(
    frame: pd.DataFrame, contract: Mapping[str, Any]
) -> Iterator[Problem]:
    key = contract.get("primaryKey", [])
    if len(key) < 2:  # a single key column is marked unique and checked with it
        return
    complete = frame[key].notna().all(axis=1)
    again = frame[key].duplicated() & complete
    for i in again[again].index[:_WRITTEN_OUT]:
        said = listing([str(value) for value in frame.loc[i, key]])
        yield Problem(
            contract["name"],
            key[-1],
            int(i),
            "unique",
            t("There is already a row for {key}.", key=said),
            t("Keep one of the two rows."),
        )


def _dangling(
    frame: pd.DataFrame,
    contract: Mapping[str, Any],
    known: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    for link in contract.get("foreignKeys", []):
        column, other = link["fields"][0], link["reference"]["resource"]
        if other not in known:
            continue
        codes = frame[column].astype("str")
        wrong = codes.notna() & ~codes.isin(list(known[other]))
        for i in wrong[wrong].index[:_WRITTEN_OUT]:
            yield Problem(
                contract["name"],
                column,
                int(i),
                "reference",
                t(
                    "The code “{value}” does not stand in the table `{table}`.",
                    value=codes[i],
                    table=other,
                ),
                t("Correct the code, or add it to the table `{table}`.", table=other),
            )
