"""Every sentence of an evaluation, printed for a reader and held to what its comparison allows.

Run with ``pytest -s`` to read them all.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from safelearn.disclosure.wording import check
from safelearn.errors import Refused
from safelearn.evaluation.assessment import assess
from safelearn.evaluation.interventions import Intervention
from safelearn.evaluation.money import CostPerCase
from safelearn.reports import evaluation_findings as findings
from safelearn.reports import evaluation_grounds as grounds
from safelearn.reports.measuring.evaluated import Evaluated, Spent
from safelearn.views import marks

MONTHS = [str(m) for m in pd.period_range("2021-01", "2025-12", freq="M")]
START = MONTHS.index("2024-01")
ALONE = {"treated": ("a", "b")}
COMPARED = ALONE | {"control": ("c", "d")}
EVERY = COMPARED | {"treated_buffer": ("e",), "control_buffer": ("f",)}


def made(areas=COMPARED, *, peak: float = 1.0, more=None, **levels) -> Evaluated:
    """An evaluation of steady counts, ten a month in each area unless said otherwise."""
    rows = []
    for area in (area for codes in areas.values() for area in codes):
        before, after = levels.get(area, (10, 10))
        for k, month in enumerate(MONTHS):
            n = after if k >= START else before
            if peak != 1 and area in "ab" and 24 <= k < START:
                n = round(n * peak)
            rows.append({"area_id": area, "month": month, "n": n})
    one = Intervention(
        "I01", "Lamps", pd.Timestamp("2024-01-01"), None, areas, (), "by_need",
        **(more or {}),
    )  # fmt: skip
    return Evaluated(one, ("0401",), found=assess(one, pd.DataFrame(rows), MONTHS))


FEWER = made(a=(10, 6), b=(10, 6))
MORE = made(a=(10, 15), b=(10, 15))
UNCLEAR = made()
NOTHING_BESIDE = made(ALONE, a=(10, 4), b=(10, 4))
PEAK = made(peak=1.6)
MOVED = made(EVERY, a=(10, 5), b=(10, 5), e=(10, 17))
SPREAD = made(EVERY, a=(10, 5), b=(10, 5), e=(10, 4))
OPEN = made(EVERY, a=(10, 5), b=(10, 5))
REFUSED = Evaluated(FEWER.intervention, refused=Refused("Too early."))
MIXED = replace(
    FEWER,
    found=replace(
        FEWER.found,
        mix=SimpleNamespace(
            ratio=0.7, lower=0.5, upper=0.9, placebos=199, p_value=0.02
        ),
    ),
)
TOLD = made(
    a=(10, 6), b=(10, 6), more={"planned": 120, "delivered": 90, "unit": "lamps"}
)


def paid(case: CostPerCase | None) -> Evaluated:
    return replace(FEWER, spent=Spent(90_000, "XTS", (2024, 2025), case))


SENTENCES = {
    "fewer": findings.answer(FEWER),
    "more": findings.answer(MORE),
    "unclear": findings.answer(UNCLEAR),
    "nothing beside": findings.answer(NOTHING_BESIDE),
    "refused": findings.finding(REFUSED).sentence,
    "moved": findings.neighbours(MOVED),
    "spread": findings.neighbours(SPREAD),
    "open next door": findings.neighbours(OPEN),
    "no neighbours": findings.neighbours(FEWER),
    "small neighbours": findings.neighbours(replace(FEWER, without_neighbours=True)),
    "together": findings.together(MOVED),
    "quotient": findings.quotient(MOVED),
    "no quotient": findings.quotient(made(EVERY)),
    "counted": findings.counted(FEWER, {"0401": "robbery"}),
    "counted all": findings.counted(replace(FEWER, named=False), {"0401": "robbery"}),
    "counted without": findings.counted(
        replace(FEWER, changed=("0701",)), {"0401": "robbery", "0701": "fraud"}
    ),
    "level": grounds.level(FEWER),
    "level without comparison": grounds.level(NOTHING_BESIDE),
    "mix": grounds.mix(MIXED),
    "chosen": grounds.chosen(FEWER),
    "chosen at a peak": grounds.chosen(PEAK),
    "areas alone": grounds.areas_alone(FEWER),
    "parallel": grounds.parallel(FEWER),
    "seen": grounds.seen(FEWER),
    "delivered": grounds.delivered(TOLD),
    "not written down": grounds.delivered(FEWER),
    "no cost": findings.cost(FEWER)[0],
    "cost": " ".join(findings.cost(paid(CostPerCase(469.0, 300.0, 900.0)))),
    "cost without end": " ".join(
        findings.cost(paid(CostPerCase(469.0, 300.0, float("inf"))))
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_blames_ranks_or_promises(name):
    said = SENTENCES[name]
    print(f"{name}: {said}")
    assert said
    assert not check(said)
    for word in ("proves", "safer", "success of", "nan", "inf "):
        assert word not in said.lower()


def test_a_fall_without_comparison_is_never_called_an_effect():
    row = findings.finding(NOTHING_BESIDE)
    assert row.level == marks.CANNOT_SAY
    assert "cannot be told" in row.sentence
    assert row.unit.endswith("after against before")


def test_records_are_fair_evidence_at_best_and_each_doubt_takes_a_step():
    assert findings.certainty(FEWER)[0] == marks.FAIR
    assert findings.certainty(UNCLEAR)[0] == marks.THIN
    level, reason = findings.certainty(made(a=(10, 4), b=(10, 4), peak=1.6))
    assert level == marks.THIN
    assert "peak" in reason


def test_the_number_on_page_one_is_that_of_the_comparison():
    row = findings.finding(FEWER)
    # From 10 to 6 beside areas that stayed as they were: 40% fewer.
    assert row.value == "−40%"
    assert row.level == marks.FAIR


def test_placebos_are_counted_without_the_treated_areas_themselves():
    # 0.02 of 200 are four: the treated areas and three of the 199 others.
    assert "Of 199 groups" in SENTENCES["mix"]
    assert "3 show a gap as large" in SENTENCES["mix"]


def test_what_moved_next_door_is_counted():
    # 24 months with seven cases more in one area.
    assert "168 cases more" in SENTENCES["moved"]
    assert "144 cases fewer" in SENTENCES["spread"]
