"""Has anybody asked whom a measure could hurt, and which departments have no part in the strategy?

Two screens. The screen for rights (draft:10, draft:12): a measure whose rights checklist was not filled in, or whose
known harm nobody does anything about, may not go out with a strategy; `cleared` is the gate, and it refuses. The screen
for departments (draft:16.2, draft:17): measures by department, departments that have none, and the questions that each
department puts to its own plans.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import listing, mark, t, tn

NEEDS = frozenset({"table:measures"})
#: What keeps a measure back.
UNANSWERED, UNTENDED, HAPPENED = "unanswered", "untended harm", "harm that happened"
#: The checklist behind the column ``rights_screened``, to be answered with those concerned.
RIGHTS = (
    mark("Which rights does the measure touch, and by which law is that allowed?"),
    mark("Who could be hurt by it, stopped, filmed, moved away or left out?"),
    mark("Were these people asked, and what did they say?"),
    mark("Is there a milder way to reach the same aim?"),
    mark("Which data on people does it need, who sees them and when are they deleted?"),
    mark("Where can somebody complain, and who must answer?"),
    mark("How and when will unwanted effects be looked for, and who can stop it?"),
)
#: What a department asks of its own plan (draft:17), whatever its field.
DEPARTMENT = (
    mark("Which places, hours and groups of the diagnosis does this plan touch?"),
    mark("What in it could make somebody safer, and what less safe?"),
    mark(
        "What do women, children, older persons and persons with disabilities say of it?"
    ),
    mark("Which measure of the safety strategy does it carry, with which money?"),
    mark("With which other department must it be agreed, and who does that?"),
    mark("Which indicator will show it, and when is it looked at?"),
)


@dataclass(frozen=True)
class Screen:
    """The screen of each measure for rights.

    Attributes
    ----------
    measures : DataFrame
        One row a measure: `measure_id`, `name`, `answered` (bool), `harms` (known, not closed), `open` (of them open),
        `gravest` (likelihood times severity of the gravest open one, 0 without), `held_back` (why it may not go out;
        empty if it may).
    """

    measures: pd.DataFrame

    @property
    def cleared(self) -> tuple[str, ...]:
        """Codes of the measures that may go out."""
        rows = self.measures
        return tuple(rows.loc[rows["held_back"] == "", "measure_id"])

    @property
    def held_back(self) -> tuple[str, ...]:
        """Codes of the measures that may not."""
        rows = self.measures
        return tuple(rows.loc[rows["held_back"] != "", "measure_id"])


def screen(measures: pd.DataFrame, harms: pd.DataFrame | None = None) -> Screen:
    """Screen each measure for rights. Serves draft:10.

    Parameters
    ----------
    measures : DataFrame
        `measure_id`, `name`, `rights_screened` (``yes`` once the checklist `RIGHTS` was filled in).
    harms : DataFrame, optional
        The register: rows with `subject` ``measure`` and the measure's code in `subject_id`; `likelihood`, `severity`,
        `mitigation`, `owner`, `status`.

    Notes
    -----
    A measure is held back if the checklist is not answered, if a harm of it is open and nobody does anything about it
    or answers for it, or if a harm has happened and is not closed. That a harm is known and tended holds nothing back:
    a register without harms would be the less honest one.
    """
    lines = []
    known = _of_measures(harms)
    by_measure = dict(tuple(known.groupby("subject_id")))
    answers = measures.reindex(columns=["measure_id", "name", "rights_screened"])
    for row in answers.to_dict("records"):
        here = by_measure.get(row["measure_id"], known.iloc[:0])
        open_ones = here[here["status"] == "open"]
        untended = (open_ones["mitigation"] == "") | (open_ones["owner"] == "")
        answered = row["rights_screened"] == "yes"
        weight = open_ones["likelihood"] * open_ones["severity"]
        held = ""
        if not answered:
            held = UNANSWERED
        elif here["status"].eq("happened").any():
            held = HAPPENED
        elif untended.any():
            held = UNTENDED
        lines.append(
            {
                "measure_id": str(row["measure_id"]),
                "name": str(row["name"]),
                "answered": answered,
                "harms": len(here),
                "open": len(open_ones),
                "gravest": int(weight.max()) if len(weight) else 0,
                "held_back": held,
            }
        )
    columns = [
        "measure_id",
        "name",
        "answered",
        "harms",
        "open",
        "gravest",
        "held_back",
    ]
    return Screen(pd.DataFrame(lines, columns=columns))


def cleared(measures: pd.DataFrame, harms: pd.DataFrame | None = None) -> pd.DataFrame:
    """The strategy's measures, if it may go out: the gate before every export of a strategy. Serves draft:10.

    Raises
    ------
    Refused
        If the screen for rights keeps a measure back; its sentence names them.

    Examples
    --------
    >>> plan = pd.DataFrame({"measure_id": ["M1"], "name": ["Lamps"], "rights_screened": ["no"]})
    >>> cleared(plan)
    Traceback (most recent call last):
        ...
    safelearn.errors.Refused: The strategy is not exported: the screen for rights keeps back Lamps.
    Answer the checklist with those concerned, and say for each harm what is done and who answers for it.
    """
    found = screen(measures, harms)
    back = found.measures[found.measures["held_back"] != ""]
    if len(back):
        raise Refused(
            t(
                "The strategy is not exported: the screen for rights keeps back {measures}.",
                measures=listing(list(back["name"])),
            ),
            remedy=t(
                "Answer the checklist with those concerned, and say for each harm what is done and who answers for it."
            ),
        )
    return measures


def departments(
    measures: pd.DataFrame, departments: list[str] | None = None
) -> pd.DataFrame:
    """Measures by department, with the departments that have none. Serves draft:16.2.

    Parameters
    ----------
    measures : DataFrame
        `measure_id` and `department`.
    departments : list of str, optional
        All departments of the city; those of the table come first.

    Returns
    -------
    DataFrame
        Departments in rows (column `department`), a column a measure with True where it leads, `measures` (how many).
    """
    plan = measures.reindex(columns=["measure_id", "department"])
    names = list(dict.fromkeys(plan["department"].dropna().astype(str)))
    names += [d for d in departments or [] if d not in names]
    ids = list(plan["measure_id"].astype(str))
    rows = [
        {
            "department": name,
            **dict(zip(ids, plan["department"].eq(name), strict=True)),
        }
        for name in names
    ]
    frame = pd.DataFrame(rows, columns=["department", *ids])
    frame["measures"] = frame[ids].sum(axis=1).astype(int)
    return frame


def without_measure(
    measures: pd.DataFrame, stakeholders: pd.DataFrame
) -> list[tuple[str, str]]:
    """City departments of the register that lead no measure and are no partner of one: code and name (draft:16.2)."""
    plan = measures.reindex(columns=["stakeholder_id", "partners"])
    busy = set(plan["stakeholder_id"].dropna().astype(str))
    for partners in plan["partners"].dropna().astype(str):
        busy |= set(partners.split())
    register = stakeholders[stakeholders["type"] == "city_department"]
    return [
        (str(code), str(name))
        for code, name in zip(register["stakeholder_id"], register["name"], strict=True)
        if str(code) not in busy
    ]


def department_sheet(
    department: str, measures: pd.DataFrame, mandates: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The sheet on which a department screens its own plan for safety. Serves draft:17.

    Parameters
    ----------
    department : str
        As the table ``measures`` names it.
    measures : DataFrame
    mandates : DataFrame, optional
        Rows of this department's organisation only: its tasks are filled in too.

    Returns
    -------
    DataFrame
        `question`, translated, and `known`: what the tables answer already, empty where the department must.
    """
    led = measures[measures.reindex(columns=["department"])["department"] == department]
    names = list(led["name"].astype(str))
    known = dict.fromkeys(range(len(DEPARTMENT)), "")
    if names:
        known[3] = listing(names)
        groups = led.reindex(columns=["indicator_id"])["indicator_id"].dropna()
        known[5] = ", ".join(dict.fromkeys(groups.astype(str)))
        partners = led.reindex(columns=["partners"])["partners"].dropna().astype(str)
        known[4] = " ".join(dict.fromkeys(" ".join(partners).split()))
    if mandates is not None and len(mandates):
        tasks = mandates["task"].dropna().astype(str).unique()
        known[0] = tn(
            "{n} task of the strategy: {tasks}",
            "{n} tasks of the strategy: {tasks}",
            len(tasks),
            tasks=listing(list(tasks)),
        )
    return pd.DataFrame(
        {"question": [t(q) for q in DEPARTMENT], "known": list(known.values())}
    )


def _of_measures(harms: pd.DataFrame | None) -> pd.DataFrame:
    columns = [
        "subject",
        "subject_id",
        "likelihood",
        "severity",
        "mitigation",
        "owner",
        "status",
    ]
    if harms is None:
        return pd.DataFrame(columns=columns)
    rows = harms.reindex(columns=columns)
    rows = rows[(rows["subject"] == "measure") & (rows["status"] != "closed")].copy()
    for column in ("mitigation", "owner"):
        rows[column] = rows[column].astype("str").where(rows[column].notna(), "")
    return rows
