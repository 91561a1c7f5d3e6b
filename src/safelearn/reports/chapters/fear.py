"""Fear beside recorded harm: where the two part, with the uncertainty of both, and what the figure is not for."""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.fear_risk import (
    FEARED_HARMED,
    FEARED_ONLY,
    HARMED_ONLY,
    NEITHER,
    QUADRANTS,
    UNCLEAR,
    UNKNOWN,
)
from safelearn.language import listing, lower_first, t
from safelearn.reports.evidence import Evidence
from safelearn.reports.names import offence_name
from safelearn.reports.page import figure, prose
from safelearn.views import charts, marks, tables


def fear_beside_harm(evidence: Evidence) -> Markup:
    """The plane of fear and recorded harm, or why it cannot be drawn."""
    table = evidence.tables.get("fear_and_risk")
    if table is None:
        return marks.refusal(
            t("Where fear and harm part, area by area."),
            evidence.refused("fear_risk"),
        )
    found = evidence.results["fear_and_risk"]
    by_area = found["level"] == "area"
    name, code = ("area_name", "area_id") if by_area else ("parent", "parent")
    words = quadrant_words()
    kinds = listing(
        [lower_first(offence_name(c)) for c in evidence.results["risk_offences"]]
    )
    columns = [
        *([tables.Column(t("Code"), "area_id")] if by_area else []),
        tables.Column(t("Area") if by_area else t("District"), name),
        tables.Column(t("Do not feel safe"), "fear", "share"),
        tables.Column(t("95% interval"), ("fear_lower", "fear_upper"), "share"),
        tables.Column(t("Recorded harm per 1,000"), "risk", "rate"),
        tables.Column(t("95% interval"), ("risk_lower", "risk_upper"), "rate"),
        tables.Column(t("Against the city"), "quadrant", words=words),
        tables.Column(t("Fear less harm"), "gap", "rate"),
        tables.Column(t("95% interval"), ("gap_lower", "gap_upper"), "rate"),
        tables.Column(t("Answers"), "n", "count"),
        tables.Column(t("Care"), "mark", words=tables.mark_words()),
    ]
    drawn = figure(
        evidence,
        charts.quadrant(
            table,
            across=("risk", "risk_lower", "risk_upper"),
            up=("fear", "fear_lower", "fear_upper"),
            city=(found["city_risk"], found["city_fear"]),
            across_unit=t(
                "Recorded violence and robbery per 1,000 residents a year, put right for reporting (half and "
                "double weigh the same)"
            ),
            up_unit=t("Adults who do not feel safe walking alone after dark"),
            corners=(
                words[FEARED_ONLY],
                words[FEARED_HARMED],
                words[NEITHER],
                words[HARMED_ONLY],
            ),
            city_words=(t("city"), t("city")),
            place="quadrant",
            placed=QUADRANTS,
            name=name,
            code=code,
        ),
        title=evidence.sentences["fear_and_risk"],
        source="survey",
        unit=t(
            "Each cross: a place, its arms the 95% intervals. Dark and named: both intervals lie on one side of the "
            "city's value (black lines). Grey: cannot be told apart. Harm is taken from records ({kinds}, without "
            "domestic violence), because too few of those asked were harmed to tell places apart.",
            kinds=kinds,
        ),
        period=evidence.period.name(),
        n=t("places with at least 30 answers"),
        denominator=evidence.residents(int(evidence.period.focus[-1][:4])),
        how_to_read=t(
            "For prevention and services: light, repair, company, help for those harmed. Not for patrol allocation, "
            "stops, eviction, lending or insurance. A place above the level line and left of the upright one is feared "
            "more than its records explain; ask there what people fear."
        ),
        numbers=tables.table(
            table,
            columns,
            caption=t("Fear after dark beside recorded harm, in the order of codes"),
            note=t(
                "“Fear less harm” is measured in standard deviations between places (indicator 33). Where formal and "
                "informal areas tell the police differently, records are put right by what victims say; where too few "
                "were asked, harm is not known. Where a count is hidden, the interval holds every value that it can "
                "have."
            ),
            stack=False,
        ),
    )
    return drawn + prose(*_named(evidence))


def quadrant_words() -> dict[str, str]:
    """What the quadrants are called."""
    return {
        FEARED_HARMED: t("more fear, more harm"),
        FEARED_ONLY: t("more fear, less harm"),
        HARMED_ONLY: t("less fear, more harm"),
        NEITHER: t("less fear, less harm"),
        UNCLEAR: t("cannot be told apart"),
        UNKNOWN: t("not known"),
    }


def _named(evidence: Evidence) -> list[str]:
    """The places where fear and harm part, in the order of their codes."""
    frame = evidence.tables["fear_and_risk"].frame
    name = "area_name" if "area_name" in frame else "parent"
    lines = []
    feared = frame.loc[frame["quadrant"] == FEARED_ONLY, name].astype("str")
    harmed = frame.loc[frame["quadrant"] == HARMED_ONLY, name].astype("str")
    if len(feared):
        lines.append(
            t("More fear than the city, less recorded harm: {places}.", places=listing(list(feared)))
        )  # fmt: skip
    if len(harmed):
        lines.append(
            t("Less fear than the city, more recorded harm: {places}.", places=listing(list(harmed)))
        )  # fmt: skip
    return lines
