"""Two parts of the chapter on groups: where groups overlap, and the norms and trust that all of them live with.

Serves draft:10.2 and draft:11.2 (norms, tolerance, trust, bribery) and draft:26(c).6 (intersections).
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.diagnosis.groups import CROSSED, EVERYBODY, LEAST_ANSWERS
from safelearn.language import listing, number, sentence, t
from safelearn.reports import group_findings
from safelearn.reports.codes import group_name, words
from safelearn.reports.evidence import Evidence
from safelearn.reports.group_items import BY_KEY as ITEM
from safelearn.reports.group_items import CROSSED_ITEMS
from safelearn.reports.page import figure, prose
from safelearn.stakeholders.participation import PHASES
from safelearn.views import charts, tables


def overlaps(evidence: Evidence) -> Markup:
    """People who belong to two groups at once; nothing where the survey has none."""
    table = evidence.tables.get("group_intersections")
    if table is None:
        return Markup()
    names = {" and ".join(pair): sentence(t(name)) for pair, name in CROSSED.items()}
    names[EVERYBODY] = t("Everybody asked")
    table = table.labelled("overlap_name", "overlap", names)
    labels = {key: t(ITEM[key].label) for key in CROSSED_ITEMS}
    columns = [
        tables.Column(t("Who"), "overlap_name"),
        tables.Column(t("What was asked"), "item", words=labels),
        tables.Column(t("Share"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
    ]
    head = Markup('<div class="prose"><h3 id="overlaps">{}</h3></div>').format(
        t("Where groups overlap")
    )
    text = prose(
        t(
            "Somebody can be a woman, older and living with a disability. Where fewer than {least} people answered, "
            "nothing is shown: that is a gap in the sample and not a sign that all is well.",
            least=number(LEAST_ANSWERS),
        )
    )
    drawn = figure(
        evidence,
        charts.pairs(
            table,
            sides=tuple(labels.items()),
            unit=t("Share of adults"),
            label="overlap_name",
            side="item",
        ),
        title=_overlaps_title(table.frame),
        source="survey",
        unit=t("Shares of people who belong to two groups, with 95% intervals."),
        period=str(evidence.results["groups"]["year"]),
        n=t("{n} answers of everybody", n=number(table.frame["n"].max())),
        denominator=t("adults of both groups who were asked"),
        numbers=tables.table(
            table, columns, caption=t("People who belong to two groups"), stack=False
        ),
    )  # fmt: skip
    return head + text + drawn


def taking_part(evidence: Evidence) -> Markup:
    """Which groups took part in which phase (draft:26(c).0); nothing without a record of activities."""
    table = evidence.tables.get("participation_by_phase")
    if table is None:
        return Markup()
    frame = table.frame
    absent = [group_name(g) for g in frame.loc[frame["evaluation"] == "none", "group"]]
    named = table.labelled(
        "group_name", "group", {g: group_name(g) for g in frame["group"]}
    )
    levels = words("participation", "actual_level") | {"none": t("nobody")}
    heads = words("participation", "phase")
    columns = [tables.Column(t("Group"), "group_name")]
    columns += [tables.Column(heads[phase], phase, words=levels) for phase in PHASES]
    head = Markup('<div class="prose"><h3 id="taking-part">{}</h3></div>').format(
        t("Who took part, and when")
    )
    said = (
        t(
            "When results are judged, these groups are missing: {groups}.",
            groups=listing(absent),
        )
        if absent
        else t("All groups that took part were also there when results were judged.")
    )
    told = t(
        "Each cell is the largest part that the group had in that phase, as it saw it itself."
    )
    caption = t("Who took part in which phase of the work")
    shown = tables.table(
        named, columns, caption=caption, label=evidence.next_table(), stack=False
    )
    never = [group_name(g) for g in evidence.results["never_there"]]
    missing = never and t(
        "Of these groups nobody took part in anything, or nobody wrote it down: {groups}.",
        groups=listing(never),
    )
    return head + prose(said, missing or "", told) + shown


def _overlaps_title(frame) -> str:
    harassed = frame[frame["item"] == "harassed"].set_index("overlap")
    lines = harassed.drop(index=EVERYBODY, errors="ignore")
    known = lines.dropna(subset=["value"])
    more = []
    if EVERYBODY in harassed.index:
        above = known["lower"] > harassed.loc[EVERYBODY, "upper"]
        words = {" and ".join(pair): t(name) for pair, name in CROSSED.items()}
        more = [words[overlap] for overlap in known.index[above]]
    return group_findings.overlaps(more, len(known), len(lines) - len(known))


def norms(evidence: Evidence) -> Markup:
    """What people hold to be right, whom they trust, and who met a bribe."""
    table = evidence.tables.get("norms")
    if table is None:
        return Markup()
    names = {key: t(item.label) for key, item in ITEM.items()}
    table = table.labelled("item_name", "item", names)
    words = {"female": t("Women"), "male": t("Men"), "all": t("Everybody")}
    columns = [
        tables.Column(t("What was asked"), "item_name"),
        tables.Column(t("Who"), "sex", words=words),
        tables.Column(t("Share"), "value", "share"),
        tables.Column(t("95% interval"), ("lower", "upper"), "share"),
        tables.Column(t("Answers"), "n", "count"),
    ]
    frame = table.frame.set_index(["item", "sex"])
    head = Markup('<div class="prose"><h3 id="norms">{}</h3></div>').format(
        t("Norms and living together")
    )
    text = prose(
        t(
            "What people hold to be right, whom they trust and whether they are treated fairly can be changed, and "
            "changes how safe others are. These answers describe the whole city and no group in it."
        )
    )
    drawn = figure(
        evidence,
        charts.pairs(
            table,
            sides=(("female", words["female"]), ("male", words["male"])),
            unit=t("Share of adults"),
            side="sex",
        ),
        title=_norms_title(frame),
        source="survey",
        unit=t("Shares of women and of men with 95% intervals."),
        period=str(evidence.results["groups"]["year"]),
        n=t("{n} answers", n=number(table.where(sex="all").frame["n"].max())),
        denominator=t("adults who were asked; for bribes, those who met an official"),
        numbers=tables.table(
            table, columns, caption=t("Norms, living together, trust and bribery"), stack=False
        ),
        how_to_read=_bribes(frame),
    )  # fmt: skip
    return head + text + drawn


def _norms_title(frame) -> str:
    key = "no_partner_violence"
    if (key, "all") not in frame.index or frame.loc[(key, "all"), "value"] != frame.loc[
        (key, "all"), "value"
    ]:
        return t("What people hold to be right, and whom they trust")
    everyone = frame.loc[(key, "all")]
    women = None
    if {(key, "female"), (key, "male")} <= set(frame.index):
        female, male = frame.loc[(key, "female")], frame.loc[(key, "male")]
        if female["lower"] > male["upper"]:
            women = True
        elif male["lower"] > female["upper"]:
            women = False
    return group_findings.norms(
        everyone["value"], everyone["lower"], everyone["upper"], women
    )


def _bribes(frame) -> str:
    if ("bribe", "all") not in frame.index:
        return ""
    row = frame.loc[("bribe", "all")]
    if row["value"] != row["value"]:
        return ""
    return group_findings.bribery(row["value"], row["lower"], row["upper"])
