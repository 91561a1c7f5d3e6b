"""Records that are known to the year: they count in their year, and in no month, day or hour."""

from __future__ import annotations

import pytest

from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.reports.evidence import gather


@pytest.fixture
def city(tmp_path):
    """A city of three areas, and a way to bring records in."""
    folder = tmp_path / "villa"
    new_city(folder, name="Villa")
    _bring(folder, "areas.csv", ["area_id,area_name", "01,Alto", "02,Bajo", "03,Cima"])

    def bring(*lines):
        _bring(folder, "crimes.csv", lines)
        return folder

    return bring


def _bring(folder, name, lines):
    path = folder.parent / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_file(folder, path)


def by_year(first, last, n=40):
    return [
        f"{y},{area},Robbery,{n + y % 7}"
        for y in range(first, last + 1)
        for area in ("01", "02", "03")
    ]


def test_a_city_whose_records_know_only_years_is_reported_by_year(city):
    evidence = gather(city("year,area_id,offence,count", *by_year(2019, 2023)))
    assert evidence.period.focus == ("2023",)
    counts = evidence.tables["counts_by_offence"].frame.set_index("offence")
    # Three areas with 40 and the rest of 2023 (or 2022) by seven.
    assert counts.loc["all", "n"] == 3 * (40 + 2023 % 7)
    assert counts.loc["all", "before"] == 3 * (40 + 2022 % 7)
    assert counts.loc["all", "verdict"] == "", "no series tells how much counts vary"
    assert "trend" not in evidence.tables and "hours" not in evidence.tables


def test_records_without_a_month_are_counted_beside_the_monthly_series(city):
    months = [
        f"2023-{m:02d},{area},Robbery,30" for m in range(1, 13) for area in ("01", "02")
    ]
    rows = [*months, "2023,03,Robbery,50"]
    evidence = gather(city("date,area_id,offence,count", *rows))
    trend = evidence.tables["trend"].frame
    assert trend["n"].tolist() == [60] * 12
    assert evidence.results["undated"] == 50
    unknown = evidence.tables["missingness_by_offence"].frame
    assert unknown["n"].max() == 720, "nor do they count as records of January"
