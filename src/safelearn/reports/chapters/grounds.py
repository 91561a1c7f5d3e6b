"""How mature the data are, and who answers for which task: parts of the chapter on what a report rests on."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from safelearn.city.contracts import contract
from safelearn.language import NONE, listing, number, percent, t, tn
from safelearn.reports.evidence import Evidence
from safelearn.reports.inventory import Inventory
from safelearn.reports.page import prose
from safelearn.views import tables

#: Share of usable rows from which a table's quality is good.
GOOD = 0.95


def maturity_table(evidence: Evidence, names: Sequence[str]) -> Markup:
    """How far each table of the report has come, from 0 to 3 (draft:18, draft:25(d).0)."""
    held = {line.table: line for line in evidence.inventory}
    rows = []
    for name in names:
        line = held.get(name)
        level = maturity(line)
        rows.append(
            [
                t(contract(name)["title"]),
                number(level),
                percent(line.rows_used / line.rows_read)
                if line and line.rows_read
                else NONE,
                t("named") if line and line.source else NONE,
                _next_step(level, line),
            ]
        )
    heads = [
        t("Data"),
        t("Maturity, 0 to 3"),
        t("Rows used"),
        t("Source"),
        t("Next step"),
    ]
    return tables.text_table(
        heads, rows, caption=t("How mature the data are"), label=evidence.next_table(), numeric=heads[1:3],
        note=t(
            "0: not there. 1: there. 2: there, and its source is named. 3: as 2, and at least 95% of its rows could be "
            "used. Maturity says how well something is known and never whether it is good."
        ),
    )  # fmt: skip


def maturity(line: Inventory | None) -> int:
    """The level of one table, 0 to 3."""
    if line is None or not line.rows_used:
        return 0
    if not line.source:
        return 1
    return 3 if line.rows_used >= GOOD * line.rows_read else 2


def _next_step(level: int, line: Inventory | None) -> str:
    if level == 0:
        return t("Collect it: the section “Not measured yet” says how.")
    if level == 1:
        return t("Write its source and licence into the settings.")
    if level == 2:
        return t(
            "Mend the rows in the folder `review`, with whoever sent them."
        ).replace("`", "")
    return t("Repeat it in the next cycle, with the same definition.")


def tasks(evidence: Evidence) -> Markup:
    """Who answers for which task, and which tasks nobody answers for."""
    table = evidence.tables.get("tasks")
    if table is None:
        return Markup()
    funded = {
        "yes": t("yes"),
        "no": t("no"),
        "partly": t("partly"),
        "unknown": t("not known"),
        "": NONE,
    }
    nobody = {"": t("nobody")}
    columns = [
        tables.Column(t("Task"), "task"),
        tables.Column(t("Who answers for it"), "accountable", words=nobody),
        tables.Column(t("Who does it"), "responsible", words=nobody),
        tables.Column(t("Money for it"), "funded", words=funded),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Who answers for which task"),
        label=evidence.next_table(),
    )
    frame = table.frame
    without = list(frame.loc[frame["accountable"] == "", "task"])
    if not without:
        return shown
    return shown + prose(
        tn(
            "For {n} task nobody answers: {tasks}.",
            "For {n} tasks nobody answers: {tasks}.",
            len(without),
            tasks=listing([name.lower() for name in without]),
        )
    )
