"""``safelearn clauses``: what the Guidelines ask, and what in this library answers each clause."""

from __future__ import annotations

from typing import Annotated

import typer

from safelearn.cli.screen import say, say_json, table
from safelearn.language import listing, mark, number, t


def clauses(
    json: Annotated[
        bool, typer.Option("--json", help=mark("Print it for a program."))
    ] = False,
) -> None:
    from safelearn.guidelines.clauses import clauses as all_clauses

    known = all_clauses()
    if json:
        say_json(
            {
                "clauses": [
                    {
                        "id": c.id,
                        "served_by": list(c.served_by),
                        "planned": c.plan or None,
                        "form_only": c.form_only,
                    }
                    for c in known
                ]
            }
        )
        return
    table(
        [t("Clause"), t("What it asks"), t("Served by"), t("Still to come")],
        [
            [
                c.id,
                c.paraphrase,
                listing(list(c.served_by)) if c.served_by else "–",
                c.planned,
            ]
            for c in known
        ],
    )
    say()
    say(
        t(
            "{served} of {all} clauses are served, in part at least. "
            "The clauses are those of the draft, in this library's own words.",
            served=number(sum(bool(c.served_by) for c in known)),
            all=number(len(known)),
        )
    )


clauses.__doc__ = mark(
    "List the clauses of the Guidelines and what serves each of them."
)
