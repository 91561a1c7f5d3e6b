"""What ``safelearn city check`` prints: the account, what to know, what the data can and cannot say.

For a person who is good at Excel and reads a terminal of eighty columns: whole sentences, the gravest first, and
after each what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.review.lines import PROBLEMS
from safelearn.cli.screen import paragraph, say, table
from safelearn.errors import SafelearnError
from safelearn.language import listing, number, percent, t, tn

if TYPE_CHECKING:
    from safelearn.city.checks.problems import Problem
    from safelearn.city.quality import CityCheck
    from safelearn.reports.sections import Sayable

#: Offences of a problem that are named, those with the greatest share first.
_NAMED = 6


def say_check(result: CityCheck, lines: Sequence[Sayable], folder: Path) -> None:
    """Print the whole check of a city."""
    say(t("City: {name}", name=result.city))
    _account(result)
    say()
    if result.problems:
        n = len(result.problems)
        say(tn("{n} thing to know:", "{n} things to know:", n))
    for problem in result.problems:
        _problem(problem)
    if (folder / PROBLEMS).is_file():
        say(t("Lines to look at, a few of each file, are in {file}.", file=PROBLEMS))
    say()
    say_sayable(lines)
    say()
    verdicts = (
        t("Fit for use."),
        t("Usable, with the problems above."),
        t("Not usable yet."),
    )
    say(verdicts[result.fit])
    if "incidents" in result.cards:
        say(t("More about one table:"))
        say(f"  safelearn city check {folder} --table incidents")


def say_sayable(lines: Sequence[Sayable]) -> None:
    """Print what the data can and cannot say: parts with the same answer and reason together."""
    say(t("What these data can and cannot say:"))
    groups: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        groups.setdefault((line.verdict, line.reason, line.remedy), []).append(
            line.title
        )
    order = [line.verdict for line in sorted(lines, key=_rank)]
    keys = sorted(groups, key=lambda key: order.index(key[0]))
    for verdict, some in groupby(keys, key=lambda key: key[0]):
        say()
        say(f"  {verdict}")
        for key in some:
            for title in groups[key]:
                paragraph(title, "      ", "    - ")
            _, reason, remedy = key
            if reason:
                paragraph(reason, "      ")
            if remedy:
                paragraph(t("What helps: {remedy}", remedy=remedy), "      ")


def say_card(result: CityCheck, name: str) -> None:
    """Print the data card of one table, and where its problems lie."""
    if name not in result.cards:
        raise SafelearnError(
            t("The city has no table called `{name}`.", name=name),
            remedy=t("It has: {names}.", names=", ".join(result.cards)),
        )
    card = result.cards[name]
    say(card.title)
    for head, said in card.lines():
        say()
        say(f"  {head}")
        for line in said:
            paragraph(line, "      ", "    - " if len(said) > 1 else "    ")
    split = [p for p in card.problems if p.by_offence or p.by_year]
    if split:
        say()
        say(t("Where its problems lie (share of the rows):"))
    for problem in split:
        say(f"  {problem.code}")
        for shares in (problem.by_offence, problem.by_year):
            if shares:
                paragraph(_shares(shares), "      ", "    ")


def part_json(line: Sayable) -> dict[str, Any]:
    """One part of the report, as ``city check --json`` prints it."""
    answer = "no" if not line.can else "care" if line.care else "yes"
    return {
        "measure": line.measure,
        "answer": answer,
        "later": line.later,
        "problems": list(line.problems),
        "reason": line.reason,
        "remedy": line.remedy,
    }


def _account(result: CityCheck) -> None:
    head = [t("Table"), t("Rows read"), t("Rows used"), t("Set aside"), t("Profile")]
    rows = []
    for name, part in result.tables.items():
        aside = sum(part["set_aside"].values())
        cells = [number(part["rows_read"]), number(part["rows_used"]), number(aside)]
        rows.append([name, *cells, str(part["profile"])])
    table(head, rows, numeric=(1, 2, 3))


def _problem(problem: Problem) -> None:
    sentence = f"[{t(problem.severity)}] {problem.table}: {problem.sentence}"
    paragraph(sentence, "  ", "- ")
    if problem.remedy:
        paragraph(problem.remedy, "  ")


def _rank(line: Sayable) -> int:
    """Yes, with care, no, later."""
    return 3 if line.can and line.later else 2 if not line.can else int(line.care)


def _shares(shares: Any) -> str:
    order = sorted(shares, key=lambda name: (-shares[name], name))
    if all(name.isdigit() for name in order):
        order = sorted(order)
        return listing([f"{name} {percent(shares[name])}" for name in order])
    named = [f"{name} {percent(shares[name])}" for name in order[:_NAMED]]
    if len(order) > _NAMED:
        named.append(tn("{n} more", "{n} more", len(order) - _NAMED))
    return listing(named)
