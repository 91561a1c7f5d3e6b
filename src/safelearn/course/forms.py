"""Has an answer the form that was asked for? Any Python value goes in, plain JSON or a hint comes out.

Nothing here knows what the right answer is, so nothing here can be used to search for it. Each kind of answer
has one reader; a hint says in a sentence what is the matter and what to look at, for somebody who began to
program last week.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import t


class Hint(SafelearnError):
    """A sentence for a trainee. A notebook shows it without a traceback."""

    def _render_traceback_(
        self,
    ) -> list[str]:  # IPython asks an exception how it wants to be shown
        return [f"✗ {self}"]


def read(name: str, value: Any, form: dict[str, Any]) -> Any:
    """Read an answer into plain JSON, or raise a `Hint`.

    Parameters
    ----------
    name : str
        What the answer is called.
    value : object
        What the trainee wrote.
    form : dict
        As in module.toml: kind, and what the kind knows (unit, min, max, options, keys, columns).
    """
    name = f"`{name}`"
    if value is ...:
        raise Hint(
            t(
                "{name} still holds the three dots. Put your answer in their place.",
                name=name,
            )
        )
    return _READERS[form["kind"]](name, value, form)


def _read_number(name: str, value: Any, form: dict[str, Any]) -> float:
    _refuse_what_is_not_one_number(name, value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise Hint(
            t(
                "{name} is of type {kind}. A number is asked for.",
                name=name,
                kind=f"`{type(value).__name__}`",
            )
        ) from None
    if not math.isfinite(number):
        raise Hint(
            t(
                "{name} is not a number (nan or infinity): something was divided by zero or by nothing.",
                name=name,
            )
        )
    low, high = form.get("min", -math.inf), form.get("max", math.inf)
    if not low <= number <= high:
        raise Hint(_outside(name, number, low, high, form.get("unit", "")))
    if form.get("unit") == "%" and 0 < abs(number) < 1 and not form.get("small"):
        raise Hint(
            t(
                "{name} is {number}. In per cent that is less than one in a hundred: is × 100 missing?",
                name=name,
                number=f"{number:.3g}",
            )
        )
    return number


def _refuse_what_is_not_one_number(name: str, value: Any) -> None:
    if value is None:
        raise Hint(
            t(
                "{name} is empty (None). Printing shows a value but does not keep it: write name = value.",
                name=name,
            )
        )
    if isinstance(value, str):
        raise Hint(
            t("{name} is text. Write the number without quotation marks.", name=name)
        )
    if hasattr(value, "rate") and hasattr(value, "lower"):
        raise Hint(
            t(
                "{name} is a whole estimate, and one number is asked for: add .rate, .lower or .upper.",
                name=name,
            )
        )
    if hasattr(value, "ratio") and hasattr(value, "lower"):
        raise Hint(
            t(
                "{name} is a whole comparison, and one number is asked for: add .ratio, .lower or .upper.",
                name=name,
            )
        )
    if getattr(value, "ndim", 0) or isinstance(value, list | tuple | dict | set):
        raise Hint(
            t(
                "{name} holds many numbers ({n}); one is asked for. Is a .sum() or .mean() missing?",
                name=name,
                n=len(value),
            )
        )
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        raise Hint(t("{name} is True or False. A number is asked for.", name=name))


def _outside(name: str, number: float, low: float, high: float, unit: str) -> str:
    shown, least, most = (f"{x:g} {unit}".strip() for x in (number, low, high))
    if high == math.inf:
        return t(
            "{name} is {number}. It cannot be below {low}.",
            name=name,
            number=shown,
            low=least,
        )
    return t(
        "{name} is {number}. It must lie between {low} and {high}.",
        name=name,
        number=shown,
        low=least,
        high=most,
    )


def _read_interval(name: str, value: Any, form: dict[str, Any]) -> list[float]:
    # Text has methods of these names, a RateInterval has numbers.
    if hasattr(value, "lower") and not callable(value.lower):
        value = (value.lower, value.upper)
    if (
        isinstance(value, str | bytes | dict | set)
        or not hasattr(value, "__len__")
        or len(value) != 2
    ):
        raise Hint(
            t("{name} must be two numbers in round brackets: (low, high).", name=name)
        )
    low, high = (_read_number(name, end, {**form, "small": True}) for end in value)
    if low >= high:
        raise Hint(t("{name} has its low end above its high end.", name=name))
    if form.get("unit") == "%" and 0 < high < 1:
        raise Hint(
            t(
                "{name} goes from {low} to {high}. In per cent that is hardly anything: is × 100 missing?",
                name=name,
                low=f"{low:.3g}",
                high=f"{high:.3g}",
            )
        )
    return [low, high]


def _read_table(name: str, value: Any, form: dict[str, Any]) -> list[dict[str, Any]]:
    keys, columns = form["keys"], form["columns"]
    wanted = [*keys, *columns]
    if not hasattr(value, "columns"):
        raise Hint(
            t(
                "{name} must be a table with the columns {names}.",
                name=name,
                names=", ".join(wanted),
            )
        )
    if not set(keys) <= set(value.columns):
        value = value.reset_index()
    missing = [name for name in wanted if name not in value.columns]
    if missing:
        raise Hint(
            t(
                "{name} has no column {names}. Its columns are: {found}.",
                name=name,
                names=", ".join(missing),
                found=", ".join(map(str, value.columns)),
            )
        )
    if value.duplicated(keys).any():
        raise Hint(
            t(
                "{name} has more than one row for the same {names}.",
                name=name,
                names=", ".join(keys),
            )
        )
    rows = []
    for record in value[wanted].to_dict("records"):
        row: dict[str, Any] = {key: str(record[key]).strip() for key in keys}
        place = " ".join(row.values())
        for column, inner in columns.items():
            cell = t(
                "In {table}, the column {column} of the row {row}",
                table=name,
                column=f"`{column}`",
                row=place,
            )
            row[column] = _read_number(cell, record[column], inner)
        rows.append(row)
    return rows


def _read_names(name: str, value: Any, form: dict[str, Any]) -> list[str]:
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise Hint(t("{name} must be a list of names in square brackets.", name=name))
    names = [str(name).strip() for name in value]
    if "options" in form:
        known = {option.casefold(): option for option in form["options"]}
        names = [known.get(name.casefold(), name) for name in names]
        unknown = [name for name in names if name not in form["options"]]
        if unknown:
            raise Hint(
                t(
                    "{name} has an entry that is not among those asked about: {entry}. They are: {known}.",
                    name=name,
                    entry=unknown[0],
                    known=", ".join(form["options"]),
                )
            )
    if len(set(names)) < len(names):
        raise Hint(t("{name} has the same name twice.", name=name))
    if form["kind"] == "set":
        return sorted(names)
    length = form.get("length", len(form.get("options", ())))
    if len(names) != length:
        raise Hint(
            t(
                "{name} has {n} names; {length} are asked for.",
                name=name,
                n=len(names),
                length=length,
            )
        )
    return names


def _read_choice(name: str, value: Any, form: dict[str, Any]) -> str:
    if not isinstance(value, str) or value.strip().upper() not in form["options"]:
        raise Hint(
            t(
                "{name} must be one of {options}, in quotation marks.",
                name=name,
                options=", ".join(form["options"]),
            )
        )
    return value.strip().upper()


_READERS: dict[str, Callable[[str, Any, dict[str, Any]], Any]] = {
    "number": _read_number,
    "interval": _read_interval,
    "table": _read_table,
    "set": _read_names,
    "ranking": _read_names,
    "choice": _read_choice,
}
