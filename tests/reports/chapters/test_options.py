"""Section 15: what could be done, why it should work, and how it will be judged."""

from __future__ import annotations

import re
from itertools import count
from types import SimpleNamespace

import pytest

from safelearn.city.folder import City
from safelearn.disclosure.wording import check
from safelearn.indicators.targets import progress
from safelearn.language import use
from safelearn.reports import options_findings as findings
from safelearn.reports.chapters.options import options
from safelearn.reports.measuring.indicator_list import _targets
from safelearn.reports.measuring.options import options as measure
from safelearn.reports.release import Release
from safelearn.resources import bundled_city
from safelearn.strategy import evaluation_plan, roles
from safelearn.strategy.response_mix import ASKED
from safelearn.views.marks import SYNTHETIC


@pytest.fixture(scope="module")
def city() -> City:
    return City.open(bundled_city("puerto-sereno"))


def section(city: City, leave_out: tuple[str, ...] = ()) -> str:
    """The chapter from the city's registers alone: no record and no answer is read."""
    release = Release(city.settings.disclosure, "public")
    registers = {
        "measures",
        "targets",
        "harms",
        "mandates",
        "programmes",
        "stakeholders",
    }
    scope = SimpleNamespace(
        release=release,
        refused={},
        table=lambda n: city.table(n) if n in registers - set(leave_out) else None,
    )
    found = SimpleNamespace(progress=progress(scope.table("targets"), ()), figures=())
    _targets(scope, found)
    release.results["indicators"] = found
    measure(scope)
    figures, tables = count(1), count(1)
    return str(
        options(
            SimpleNamespace(
                tables=release.tables,
                results=release.results,
                refused_here=scope.refused,
                stamp=SYNTHETIC,
                source=lambda name: name,
                next_figure=lambda: next(figures),
                next_table=lambda: next(tables),
            )
        )
    )


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(scope="module")
def shown(city) -> str:
    with use("en"):
        return section(city)


@pytest.mark.clause("draft:25(m)", "draft:9")
def test_the_ways_to_the_aims_are_drawn_and_written(shown):
    assert shown.count("<figure") == 1 and "data:image/svg+xml" in shown
    text = words(shown)
    assert "For six of 12 measures the way to an aim breaks off" in text
    # The table behind the drawing says what the drawing shows.
    assert "Stops lie in the dark" in text and "no target for its indicator" in text


@pytest.mark.clause("draft:10")
def test_the_measure_that_nobody_screened_is_named_once_and_shown_nowhere(shown):
    assert "the screen for rights keeps back Mediators in every district" in words(
        shown
    )
    assert shown.count("Mediators in every district") == 1
    assert "Courts are far" not in shown


@pytest.mark.clause("draft:13")
def test_the_task_that_nobody_answers_for_is_said(shown):
    assert "Of 10 tasks, nobody answers for 1: Make bus stops and buses safe." in words(shown)  # fmt: skip


@pytest.mark.clause("draft:7")
def test_kinds_of_answers_that_are_missing_are_asked_about(shown):
    assert "of these kinds: planning, reintegration after prison, and intolerance" in words(shown)  # fmt: skip


def test_money_aims_and_departments_without_a_part_are_said(shown):
    text = words(shown)
    # By hand from the table: 5,240,000 less the 160,000 of the measure held back; 2,125,000 of it secured.
    assert "cost 5,080,000 XTS in all their years, and 42% of that is secured" in text
    assert "1 measure has no money at all" in text
    assert "these 6 aims: Fewer people are killed; Fewer robberies" in text
    assert "Department of Finance and Department of Parks and Public Space" in text


@pytest.mark.clause("draft:24(c)")
def test_measures_stand_under_the_aim_they_serve_and_the_others_at_the_end(shown):
    text = words(shown)
    aim, serving = text.rindex("Lamps work Working"), text.rindex("→ Light the way")
    assert aim < serving < text.rindex("→ Repairs within a week")
    assert "→ Hall of clear aisles" not in text
    assert "Goal: not written down yet" in text


def test_only_one_drawing_and_one_table_stand_open(shown):
    opened = re.sub(r"<details.*?</details>", "", shown, flags=re.S)
    assert opened.count("<table") == 1 and opened.count("<figure") == 1
    assert shown.count("print-keep") == 4


def test_without_a_strategy_the_tasks_are_still_there_and_without_both_nothing(city):
    text = words(section(city, ("measures", "targets")))
    assert "nobody answers for 1" in text and "Smallest change" not in text
    assert section(city, ("measures", "mandates")) == ""


@pytest.mark.filterwarnings("ignore:Glyph")
def test_no_sentence_is_left_in_english(city):
    with use("qps"):
        page = section(city)
    assert "nobody answers" not in page
    heads = re.findall(r"<(?:h2|h3|summary|caption)[^>]*>(?:<[^>]+>)*([^<]+)", page)
    assert heads and all(not re.search(r"\b[a-z]{4,} [a-z]{4,}", h) for h in heads)


def test_every_code_has_its_words():
    assert set(findings.FAULTS) == {
        roles.NOBODY_ANSWERS, roles.SEVERAL_ANSWER, roles.NOBODY_DOES, roles.NO_LAW, roles.UNFUNDED,
        roles.PASSED_DOWN, roles.SEVERAL_LEVELS, roles.TOO_MANY_ASKED,
    }  # fmt: skip
    assert set(findings.DESIGNS) == set(evaluation_plan.LEVELS)
    assert set(findings.KINDS) <= set(ASKED["response"])


@pytest.mark.parametrize(
    "said",
    [
        findings.reaching(1, 0),
        findings.reaching(5, 0),
        findings.reaching(5, 1),
        findings.reaching(12, 6),
        findings.judged(["yes", "no", "cannot be told"]),
        findings.judged(["cannot be told"]),
        findings.money(100.0, "XTS", 0.5, 0),
        findings.money(100.0, "XTS", 0.5, 2),
        findings.left_out([]),
        findings.left_out(["planning"]),
        findings.idle_aims(["Calm"]),
        findings.idle_departments(["Parks"]),
        findings.nobody_answers([], 9),
        findings.nobody_answers(["Buses"], 9),
        findings.passing(1, 4),
        findings.passing(0, 4),
    ],
)
def test_every_sentence_is_whole_and_blames_nobody(said):
    assert said[0].isupper() and not check(said)
    assert "{" not in said
