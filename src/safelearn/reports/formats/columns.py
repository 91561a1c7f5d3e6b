"""What the columns of released tables are called for readers, their units, and how their numbers are written.

Exported CSV files keep the plain English names that programs rely on; the workbook shows these words beside them.
A column that is not listed keeps its name, with spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from safelearn.language import mark, t, weekdays
from safelearn.reports.formats import column_words
from safelearn.reports.formats.column_words import Known
from safelearn.reports.formats.money_words import MONEY
from safelearn.reports.formats.register_words import REGISTERS

COLUMNS = MONEY | REGISTERS | column_words.COLUMNS

#: Kind of value -> number format of the workbook.
NUMBER_FORMATS = {
    "text": "@",
    "count": "#,##0",
    "weight": "#,##0.0",
    "rate": "#,##0.0",
    "ratio": "0.00",
    "index": "0.000",
    "share": "0.0%",
    "year": "0",
    "any": "#,##0",
}
#: Kind of value -> its unit, where a reader could wonder.
UNITS = {
    "rate": mark("per 100,000 residents a year"),
    "ratio": mark("ratio: 1 is no difference"),
    "share": mark("share"),
}
_BOUNDS = {
    "lower": mark("Lower end of its 95% interval"),
    "upper": mark("Upper end of its 95% interval"),
}
_BOUNDS_OF = {
    "lower": mark("{what}: lower end of the 95% interval"),
    "upper": mark("{what}: upper end of the 95% interval"),
}


#: Columns of one table that hold another kind than elsewhere.
IN_TABLE = {
    ("hours", "n"): "weight",
    ("hours_of_the_day", "n"): "weight",
    ("days_of_the_week", "n"): "weight",
}


@dataclass(frozen=True)
class Heading:
    """How one column of one table is shown.

    Attributes
    ----------
    name : str
        The column's name in the CSV files.
    title, unit : str
        In the reader's language.
    kind : str
        A key of `NUMBER_FORMATS`.
    words : callable, optional
        What a code of this column is called.
    """

    name: str
    title: str
    unit: str
    kind: str
    words: Callable[[str], str] | None = None

    def number_format(self, value: object) -> str:
        """How a workbook writes one of its numbers."""
        if self.kind != "any" or not isinstance(value, float) or value.is_integer():
            return NUMBER_FORMATS[self.kind]
        return NUMBER_FORMATS["index" if abs(value) < 1 else "weight"]


def headings(table: str, columns: Sequence[str]) -> list[Heading]:
    """The headings of a table, in the reader's language.

    The ends of an interval have the kind of the value that they stand beside.

    Examples
    --------
    >>> [h.title for h in headings("trend", ["month", "n", "n_lower"])]
    ['Month', 'Number', 'Number: lower end of the 95% interval']
    """
    made: list[Heading] = []
    for name in columns:
        stem, _, end = name.rpartition("_")
        kind = IN_TABLE.get((table, name))
        if name in _BOUNDS:
            before = next((h for h in reversed(made) if h.name not in _BOUNDS), None)
            kind = kind or (before.kind if before else "any")
            made.append(Heading(name, t(_BOUNDS[name]), _unit(kind), kind))
        elif end in _BOUNDS_OF and stem:
            of = _one(table, stem)
            kind = kind or of.kind
            # The interval of a count that has a share beside it is the interval of that share.
            if f"{stem}_share" in columns:
                of, kind = _one(table, f"{stem}_share"), "share"
            title = t(_BOUNDS_OF[end], what=of.title)
            made.append(Heading(name, title, _unit(kind), kind))
        else:
            made.append(_one(table, name))
    if "offence_name" not in columns:
        made = [_named(h) if h.name == "offence" else h for h in made]
    return made


def is_known(name: str) -> bool:
    """Whether a column has words of its own."""
    stem, _, end = name.rpartition("_")
    return (
        name in COLUMNS
        or name in _BOUNDS
        or (end in {*_BOUNDS_OF, "share"} and is_known(stem))
    )


def _one(table: str, name: str) -> Heading:
    stem, _, end = name.rpartition("_")
    if name not in COLUMNS and end == "share" and stem in COLUMNS:
        title = t("{what}: share", what=t(COLUMNS[stem].title))
        return Heading(name, title, "", "share")
    known = COLUMNS.get(name, Known(name.replace("_", " ").capitalize(), "any"))
    kind = IN_TABLE.get((table, name), known.kind)
    unit = t(known.unit) if known.unit else _unit(kind)
    return Heading(name, t(known.title), unit, kind, _words(name))


def _unit(kind: str) -> str:
    return t(UNITS[kind]) if kind in UNITS else ""


def _named(heading: Heading) -> Heading:
    """The code of an offence with its name, where no other column has it."""
    from safelearn.reports.names import offence_name

    def both(code: str) -> str:
        name = offence_name(code)
        return f"{code} {name}" if code[:1].isdigit() else name

    return replace(heading, title=t("Offence (with its code in ICCS)"), words=both)


def _words(name: str) -> Callable[[str], str] | None:
    from safelearn.views.tables import mark_words

    known = {
        "mark": mark_words,
        "sex": lambda: {
            "female": t("women and girls"),
            "male": t("men and boys"),
            "other": t("other"),
            "all": t("everybody"),
        },
        "verdict": lambda: {
            "up": t("more"),
            "down": t("fewer"),
            "no clear change": t("no clear change"),
            "refused": t("cannot say: it follows police work"),
            "recording changed": t("cannot say: recording changed in between"),
        },
        "against_city": lambda: {
            "above": t("above"),
            "below": t("below"),
            "same": t("cannot be told apart"),
        },
        "sensitive": lambda: {
            "domestic": t("Domestic violence"),
            "sexual": t("Sexual violence"),
        },
        "different": lambda: {"True": t("yes"), "False": t("no")},
        "weekday": lambda: {str(i): day for i, day in enumerate(weekdays("wide"))},
    }.get(name)
    if known is None:
        return None
    words = known()
    return lambda code: words.get(code, code)
