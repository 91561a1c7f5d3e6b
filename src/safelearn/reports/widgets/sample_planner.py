"""How many answers, how many cases, how many areas: what would a plan be able to see?

A question is chosen and a plan put together; `evaluation.power` says what it takes, or how strong an effect must be to
be seen at all. Asked before the work begins, because afterwards nothing can be done about it. (draft:25(o).2)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import numpy as np
import pandas as pd

from safelearn.disclosure.approval import approve
from safelearn.errors import SafelearnError
from safelearn.evaluation import power as plans
from safelearn.language import number, percent, t
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice, whole_number

SHARE, CHANGE, COUNTS, AREAS, SERIES = "share", "change", "counts", "areas", "series"
#: Which controls belong to which question.
USED = {
    SHARE: ("question", "margin", "expected", "people", "design_effect", "answering"),
    CHANGE: ("question", "answers", "expected", "design_effect", "power"),
    COUNTS: ("question", "cases", "compared", "dispersion", "power"),
    AREAS: ("question", "treated", "control", "spread", "power"),
    SERIES: ("question", "monthly", "before", "after", "dispersion", "power"),
}
#: Simulated series for each fall that is tried: few enough to answer at once.
_DRAWS = 100
#: A fall to nothing is no result: there are too few cases to see any.
_WHOLE = 0.995


def sample_planner(question: str = SHARE) -> Board:
    """Sample sizes and minimum detectable effects (draft:25(o).2).

    Parameters
    ----------
    question : str
        `SHARE` (a survey), `CHANGE` (two surveys), `COUNTS` (before and after), `AREAS` (changes of two groups of
        areas) or `SERIES` (many months).

    Returns
    -------
    Board
        Control `question`, and those of `USED`.
    """
    return Board(_result, _controls(question), used=lambda s: USED[s["question"]])


def _controls(question: str) -> dict[str, ipywidgets.ValueWidget]:
    return {
        "question": choice(
            t("What is planned"),
            [
                (t("A survey, to know a share"), SHARE),
                (t("Two surveys, to see a change"), CHANGE),
                (t("Counts before and after"), COUNTS),
                (t("Areas with the measure, and areas without"), AREAS),
                (t("A series of months"), SERIES),
            ],
            question,
        ),
        "margin": whole_number(t("Percentage points, either way"), 5, 1, 20),
        "answers": whole_number(t("Answers in each survey"), 400, 20, 20_000, 20),
        "expected": whole_number(t("Share that is expected, in percent"), 50, 1, 99),
        "people": whole_number(t("People there are (0: very many)"), 0, 0, 10_000_000, 100),
        "design_effect": choice(
            t("Design effect of clusters"),
            [(number(v, 2), v) for v in (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)],
            1.5,
        ),
        "answering": whole_number(t("Of those asked, answer (percent)"), 80, 5, 100, 5),
        "cases": whole_number(t("Cases expected in each period"), 200, 5, 100_000, 10),
        "compared": whole_number(t("The same where nothing is done (0: no such place)"), 200, 0, 100_000, 10),
        "monthly": whole_number(t("Cases a month"), 40, 2, 10_000, 5),
        "before": whole_number(t("Months before"), 36, 12, 120, 6),
        "after": whole_number(t("Months after"), 24, 6, 120, 6),
        "treated": whole_number(t("Areas with the measure"), 10, 2, 500),
        "control": whole_number(t("Areas without it"), 10, 2, 500),
        "spread": choice(
            t("How differently areas change by themselves"),
            [(percent(v), v) for v in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6)],
            0.2,
        ),
        "dispersion": choice(
            t("Counts swing more than by chance (1: no)"),
            [(number(v, 1), v) for v in (1.0, 1.5, 2.0, 3.0, 5.0, 8.0)],
            1.5,
        ),
        "power": choice(
            t("An effect that is there should be seen"),
            [(t("in 8 of 10 cases"), 0.8), (t("in 9 of 10 cases"), 0.9)],
            0.8,
        ),
    }  # fmt: skip


def _result(question: str, **plan: Any) -> str:
    answers = {
        SHARE: _share,
        CHANGE: _change,
        COUNTS: _counts,
        AREAS: _areas,
        SERIES: _series,
    }
    return answers[question](plan)


def _share(plan: Mapping[str, Any]) -> str:
    def needed(margin: float) -> float:
        return plans.sample_size_proportion(
            margin / 100,
            share=plan["expected"] / 100,
            population=plan["people"] or None,
            design_effect=plan["design_effect"],
            response_rate=plan["answering"] / 100,
        )

    n = np.ceil(needed(plan["margin"]))
    if plan["people"] and n > plan["people"]:
        raise SafelearnError(
            t("This takes more people than there are."),
            remedy=t("Ask everybody, or be content with a wider margin."),
        )
    finding = t(
        "Ask {n} people: then the share is known within {margin} percentage points, in 95 of 100 such surveys.",
        n=number(n),
        margin=number(plan["margin"]),
    )
    note = t("Half the margin takes four times the people.")
    margins = np.linspace(max(1.0, plan["margin"] / 2), 15, 60)
    draw = _curve(
        margins, needed, plan["margin"],
        across=t("Percentage points, either way"), up=t("People to ask"), words=number(n),
    )  # fmt: skip
    return _told(finding, note, draw)


def _change(plan: Mapping[str, Any]) -> str:
    def seen(answers: float) -> float:
        return plans.detectable_difference_in_shares(
            answers,
            share=plan["expected"] / 100,
            design_effect=plan["design_effect"],
            power=plan["power"],
        )

    found = seen(plan["answers"])
    if not np.isfinite(found):
        finding = t("So few answers would see no change at all.")
    else:
        finding = t(
            "A change from {share} by {points} percentage points or more would be seen; a smaller one may well be "
            "missed.",
            share=percent(plan["expected"] / 100, 0),
            points=number(found * 100, 1),
        )
    draw = _curve(
        np.linspace(20, max(2.5 * plan["answers"], 400), 60), seen, plan["answers"],
        across=t("Answers in each survey"), up=t("Weakest change that would be seen"), share=True,
        words=percent(found) if np.isfinite(found) else "",
    )  # fmt: skip
    return _told(finding, "", draw)


def _counts(plan: Mapping[str, Any]) -> str:
    compared = plan["compared"] or None

    def seen(cases: float) -> float:
        grown = None if compared is None else compared * cases / plan["cases"]
        fall = 1 - plans.detectable_ratio(
            cases, cases, control_before=grown, control_after=grown,
            dispersion=plan["dispersion"], power=plan["power"],
        )  # fmt: skip
        return fall if fall < _WHOLE else np.nan

    found = seen(plan["cases"])
    note = (
        t("Without a place to compare with, what would have happened anyway counts as an effect.")
        if compared is None
        else t("The place to compare with moves along in the picture, case by case.")
    )  # fmt: skip
    draw = _curve(
        np.geomspace(10, max(2.5 * plan["cases"], 400), 24), seen, plan["cases"],
        across=t("Cases expected in each period"), up=t("Weakest fall that would be seen"), share=True,
        words=percent(found),
    )  # fmt: skip
    return _told(_fall(found), note, draw)


def _areas(plan: Mapping[str, Any]) -> str:
    def seen(treated: float) -> float:
        part = plan["control"] / plan["treated"]
        return 1 - np.exp(
            -plans.detectable_difference_in_differences(
                plan["spread"], round(treated), max(2, round(treated * part)), power=plan["power"]
            )
        )  # fmt: skip

    found = 1 - np.exp(
        -plans.detectable_difference_in_differences(
            plan["spread"], plan["treated"], plan["control"], power=plan["power"]
        )
    )  # fmt: skip
    note = t("The spread of changes is measured on two earlier periods in which nothing was done.")  # fmt: skip
    draw = _curve(
        np.arange(2, max(3 * plan["treated"], 30)), seen, plan["treated"],
        across=t("Areas with the measure"), up=t("Weakest fall that would be seen"), share=True,
        words=percent(found),
    )  # fmt: skip
    return _told(_fall(float(found)), note, draw)


def _series(plan: Mapping[str, Any]) -> str:
    planned = plans.PlannedSeries(
        float(plan["monthly"]), plan["before"], plan["after"], plan["dispersion"]
    )
    found = plans.detectable_step(planned, power=plan["power"], draws=_DRAWS)
    if np.isnan(found.ratio):
        finding = t("Not even a fall by nine tenths would be seen often enough.")
    else:
        finding = _fall(1 - found.ratio)
    note = t(
        "Found by simulating {n} series for each fall that is tried: another draw would say between {low} and {high}.",
        n=number(found.draws),
        low=percent(1 - found.upper),
        high=percent(1 - found.lower),
    )
    return _told(finding, note, None)


def _fall(found: float) -> str:
    if np.isnan(found):
        return t("No fall would be seen: there are too few cases.")
    return t(
        "A fall by {share} or more would be seen; a weaker effect may well be missed.",
        share=percent(found, 0),
    )


def _curve(
    x: np.ndarray, of: Callable[[float], float], plan: float, *, words: str,
    share: bool = False, across: str, up: str,
) -> Callable:  # fmt: skip
    """The plan among its neighbours."""
    from safelearn.views import charts

    at = np.unique(np.append(np.asarray(x, dtype=float), float(plan)))
    y = np.array([of(float(v)) for v in at])
    table = approve(
        "plan",
        pd.DataFrame({"x": at, "y": y, "chosen": np.where(at == plan, "yes", "no")}),
        keys=["x"],
        measures=["y", "chosen"],
        derived={},
        police=False,
    )
    return charts.planning(table, across=across, up=up, share=share, words=words)


def _told(finding: str, note: str, draw: Callable | None) -> str:
    parts = [pieces.finding(finding)]
    if draw is not None:
        parts.append(pieces.picture(draw, finding))
    if note:
        parts.append(pieces.note(note))
    return "".join(parts)
