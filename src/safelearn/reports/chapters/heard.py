"""Who takes part compared with who lives here, how far they were heard, and what was decided with them.

Serves draft:25(d).5, draft:26(c).0, draft:20, draft:19, draft:15.2 and draft:26(f)(ii).4. Who came is counted; who was
heard is told by what became of proposals, never by how many chairs were filled.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from safelearn.diagnosis.groups import BY_KEY
from safelearn.language import NONE, number, t
from safelearn.reports import actors_findings as said
from safelearn.reports.codes import group_name, words
from safelearn.reports.evidence import Evidence
from safelearn.reports.measuring.taking_part import DISPLACED
from safelearn.reports.page import figure, fold, heading, prose
from safelearn.stakeholders.participation import NAMED, PHASES
from safelearn.views import charts, marks, tables


def heard(evidence: Evidence) -> Markup:
    """The section "Who takes part, and how far"; empty without a record of activities."""
    parts = [
        inclusion(evidence),
        seats(evidence),
        young(evidence),
        promises(evidence),
        decisions(evidence),
        feedback(evidence),
    ]
    if not any(parts):
        return Markup()
    lead = t(
        "A coalition is as good as those who are missing from it. Each group's part in the work stands beside its part "
        "of the city, and what was promised beside what came of it."
    )
    return heading("heard", lead) + Markup().join(parts)


def name_of(group: str) -> str:
    """What a group of the audit is called."""
    return t(BY_KEY[DISPLACED].title) if group == DISPLACED else group_name(group)


def inclusion(evidence: Evidence) -> Markup:
    """The inclusion audit, as a figure."""
    table = evidence.tables.get("inclusion")
    if table is None:
        refused = evidence.refused_here.get("inclusion_in_meetings")
        return marks.refusal(t("Who takes part."), str(refused)) if refused else Markup()  # fmt: skip
    meetings = table.where(where="meetings")
    frame = meetings.frame.set_index("group")
    hidden = meetings.hidden["representation"].to_numpy()
    chairs = evidence.tables.get("seat_shares")
    seated = set()
    if chairs is not None:
        seated = set(chairs.frame.dropna(subset=["representation"])["group"])
    drawn = [
        g
        for g, ratio, away in zip(
            frame.index, frame["representation"], hidden, strict=True
        )
        if ratio == ratio or away or g in seated
    ]
    names = {g: name_of(g) for g in frame.index}
    known = frame["population_share"] > 0
    missing = [names[g] for g in frame.index[known & (frame["found"] == "no_record")]]
    fewer = [names[g] for g in frame.index[frame["found"] == "fewer"]]
    shown = table.labelled("group_name", "group", names)
    places = {"meetings": t("Meetings"), "walks": t("Safety walks")}
    columns = [
        tables.Column(t("Where"), "where", words=places),
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Came"), "n", "count"),
        tables.Column(t("Share of those who came"), "share", "share"),
        tables.Column(t("Share of residents"), "population_share", "share"),
        tables.Column(t("Ratio"), "representation", "ratio"),
        tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
        tables.Column(t("Finding"), "found", words={k: t(v) for k, v in said.FOUND_NAMES.items()}),
    ]  # fmt: skip
    unknown = [names[g] for g in frame.index[~known & (frame["found"] == "no_record")]]
    read = t(
        "At 1 as many come as live here; in the shaded part, under 0.8, clearly too few if the whole line lies there. "
        "Coming is not being heard: what became of proposals is another question."
    )
    if unknown:
        read += " " + t(
            "Of these groups nobody is on record, and nobody knows how many live here: {groups}.",
            groups=said.group_names(unknown),
        )
    return figure(
        evidence,
        charts.inclusion(
            meetings,
            chairs,
            drawn,
            names,
            unit=t("Share of those who take part, divided by the share of residents"),
            words=(t("Meetings, with the 95% interval"), t("Seats on the committee")),
        ),
        title=said.inclusion(missing, fewer, len(unknown)),
        source="participation",
        unit=t(
            "How large each group's share is among those who came to meetings, or sit on the committee, compared with "
            "its share of the city. Groups overlap."
        ),
        period="",
        n=t("{n} women and men in meetings", n=number(frame.reindex(["women", "men"])["n"].sum())),
        denominator=t("residents by the census; groups that it cannot tell, by the survey"),
        numbers=tables.table(shown, columns, caption=t("Who takes part, compared with who lives here")),
        how_to_read=read,
    )  # fmt: skip


def seats(evidence: Evidence) -> Markup:
    """Seats in the body that decides (draft:26(f)(ii).4)."""
    table = evidence.tables.get("seat_shares")
    if table is None:
        return Markup()
    frame = table.frame
    empty = without_seat(frame)
    shown_too = (frame["seats"] > 0) | frame["group"].isin(empty["group"])
    held = table.where(group=list(frame.loc[shown_too, "group"]))
    held = held.labelled("group_name", "group", {g: name_of(g) for g in frame["group"]})
    columns = [
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Seats"), "seats", "count"),
        tables.Column(t("Share of the seats"), "share", "share"),
        tables.Column(t("Share of residents"), "population_share", "share"),
        tables.Column(t("Ratio"), "representation", "ratio"),
        tables.Column(t("95% interval"), ("lower", "upper"), "ratio"),
    ]
    shown = tables.table(
        held,
        columns,
        caption=t("Seats on the committee, compared with who lives here"),
        label=evidence.next_table(),
        note=t(
            "So few seats differ by chance too: the interval holds the ratios under which as many seats, drawn by lot, "
            "could have given this one. A by-law need not leave it to chance."
        ),
    )
    return prose(said.seats([name_of(g) for g in empty["group"]])) + shown


def without_seat(frame: pd.DataFrame) -> pd.DataFrame:
    """Groups without a seat: those whose size is known, or where none is, those that the Guidelines name."""
    empty = frame[~(frame["seats"] > 0)]
    known = empty[empty["population_share"] > 0]
    return known if len(known) else empty[empty["group"].isin([*NAMED, DISPLACED])]


def young(evidence: Evidence) -> Markup:
    """Children and young people in each phase (draft:20)."""
    table = evidence.tables.get("youth_by_phase")
    if table is None:
        return Markup()
    frame = table.frame
    phases = words("participation", "phase")
    levels = words("participation", "actual_level") | {"none": t("nobody")}
    gone = [phases[p] for p in frame.loc[frame["with_young"] == 0, "phase"]]
    columns = [
        tables.Column(t("Phase"), "phase", words=phases),
        tables.Column(t("Activities"), "activities", "count"),
        tables.Column(t("With young people"), "with_young", "count"),
        tables.Column(t("Young people"), "participants", "count"),
        tables.Column(t("Their proposals"), "proposals", "count"),
        tables.Column(t("Taken up"), "taken_up", "count"),
        tables.Column(t("Their largest part"), "actual", words=levels),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Children and young people in each phase of the work"),
        label=evidence.next_table(),
        stack=False,
    )
    text = said.young(gone, int(frame["proposals"].sum()), int(frame["taken_up"].sum()))
    return prose(text) + shown


def promises(evidence: Evidence) -> Markup:
    """What was promised, what it was, and what the record bears out."""
    table = evidence.tables.get("promises_by_group")
    found = evidence.results.get("promises")
    if table is None or found is None:
        return Markup()
    names = {g: group_name(g) for g in table.frame["group"]}
    columns = [
        tables.Column(t("Group"), "group_name"),
        tables.Column(t("Activities"), "activities", "count"),
        tables.Column(t("Promise kept"), "share", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Proposals"), "proposals", "count"),
        tables.Column(t("Taken up"), "taken_share", "share"),
        tables.Column(t("95% interval"), ("taken_lower", "taken_upper"), "share"),
    ]
    kept = tables.table(
        table.labelled("group_name", "group", names),
        columns,
        caption=t("Promises to each group, and what became of its proposals"),
        label=evidence.next_table(),
        note=t(
            "A promise is kept where the group's part, as it saw it, was at least the part that it was told of."
        ),
    )
    return prose(said.promises(found["unsupported"], found["rows"])) + kept + _phases(evidence)  # fmt: skip


def _phases(evidence: Evidence) -> Markup:
    """Promised and borne-out parts, group by phase, folded."""
    table = evidence.tables.get("promises_by_phase")
    if table is None:
        return Markup()
    frame = table.frame.set_index(["group", "phase"])
    levels = words("participation", "actual_level") | {"none": t("nobody")}
    phases = words("participation", "phase")
    rows = []
    for group in dict.fromkeys(table.frame["group"]):
        row = [group_name(group)]
        for phase in PHASES:
            if (group, phase) not in frame.index:
                row.append(NONE)
                continue
            here = frame.loc[(group, phase)]
            row.append(
                t(
                    "{promised}, then {actual}",
                    promised=levels[here["promised"]],
                    actual=levels[here["borne_out"]].lower(),
                )
            )
        rows.append(row)
    shown = tables.text_table(
        [t("Group"), *(phases[p] for p in PHASES)],
        rows,
        caption=t("The part that was promised, then the part that the record bears out"),
        label=evidence.next_table(),
        stack=False,
        note=t("The middle of the phase's activities."),
    )  # fmt: skip
    return fold(t("Promised and actual parts in each phase"), shown)


def decisions(evidence: Evidence) -> Markup:
    """The log of decisions, phase by phase (draft:25(o).1)."""
    table = evidence.tables.get("decisions_by_phase")
    found = evidence.results.get("decision_log")
    if table is None or found is None:
        return Markup()
    text = said.decisions(*(found[k] for k in ("decisions", "share", "lower", "upper")))
    again = ""
    if found["overdue"] or found["without_review"]:
        again = t(
            "{overdue} should have been looked at again by now, and for {never} no day is set.",
            overdue=number(found["overdue"]),
            never=number(found["without_review"]),
        )
    columns = [
        tables.Column(t("Phase"), "phase", words=words("decisions", "phase")),
        tables.Column(t("Decisions"), "decisions", "count"),
        tables.Column(t("Shaped by residents"), "shaped", "count"),
        tables.Column(t("Says what changed because of them"), "changed", "count"),
        tables.Column(t("With dissent written down"), "dissent", "count"),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Decisions in each phase, and who shaped them"),
        label=evidence.next_table(),
    )
    return prose(f"{text} {again}".strip()) + shown


def feedback(evidence: Evidence) -> Markup:
    """Rounds of feedback (draft:15.2)."""
    table = evidence.tables.get("feedback_rounds")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Round"), "round"),
        tables.Column(t("Answers"), "n", "count"),
        tables.Column(t("Answered by the city"), "answered", "count"),
        tables.Column(t("Days until then, in the middle"), "days", "rate"),
        tables.Column(t("Changed something"), "share", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Still open"), "still_open", "count"),
    ]
    return tables.table(
        table,
        columns,
        caption=t("Rounds of feedback, and what they changed"),
        label=evidence.next_table(),
        note=t("The words of the answers stay with the city."),
    )
