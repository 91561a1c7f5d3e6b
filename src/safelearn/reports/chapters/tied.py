"""Who works with whom: organisations that connect, departments that do not talk, police and justice with residents.

Serves draft:25(b), draft:24(d) and draft:26(e).0. In public there are counts of ties without conflict; the net itself,
with every tie, is drawn for the city's own office only.
"""

from __future__ import annotations

from markupsafe import Markup

from safelearn.language import listing, number, t
from safelearn.reports import actors_findings as said
from safelearn.reports.codes import words
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import figure, fold, heading, prose
from safelearn.stakeholders.position import SALIENCE_NAMES
from safelearn.views import charts, marks, tables

#: So many of those that connect most are shown; the others stand in the list of all.
MOST = 8


def tied(evidence: Evidence) -> Markup:
    """The section "Who works with whom"; empty without ties."""
    parts = [connect(evidence), _net(evidence), departments(evidence), security(evidence)]  # fmt: skip
    if not any(parts):
        return Markup()
    lead = t(
        "Safety is made between offices and organisations. Who passes on what is asked in interviews, so ties that "
        "nobody mentioned are missing."
    )
    return heading("tied", lead) + Markup().join([*parts, _everybody(evidence)])


def connections(evidence: Evidence) -> Markup:
    """What the ties say, in sentences."""
    refused = evidence.refused_here.get("network")
    if refused:
        return marks.refusal(t("Who works with whom."), str(refused))
    found = evidence.results.get("network")
    if found is None:
        return Markup()
    lines = [said.broker(found["brokers"], found["first"]), said.alone(found["alone"])]
    together = evidence.results.get("coordination")
    if together is not None:
        silent = len(together["silent"])
        lines.append(said.departments(silent, together["pairs"], together["apart"]))
    return prose(" ".join(lines))


def connect(evidence: Evidence, most: int = MOST) -> Markup:
    """Sentences on the ties, and those who connect most."""
    return connections(evidence) + table_of(evidence, most)


def table_of(evidence: Evidence, most: int) -> Markup:
    """The organisations that connect most."""
    table = evidence.tables.get("organisations")
    if table is None:
        return Markup()
    ordered = table.sorted_by(["between", "partners"], ascending=False)
    shown = ordered.where(stakeholder_id=list(ordered.frame["stakeholder_id"][:most]))
    found = evidence.results["network"]
    columns = [
        tables.Column(t("Organisation"), "organisation"),
        tables.Column(t("Type"), "type", words=words("stakeholders", "type")),
        tables.Column(t("Partners"), "partners", "count"),
        tables.Column(t("Pairs that it connects"), "between", "rate"),
        tables.Column(t("Most of all, in draws"), "first_share", "share"),
    ]
    return tables.table(
        shown,
        columns,
        caption=t("Organisations that connect others"),
        label=evidence.next_table(),
        note=t(
            "{ties} ties without conflict, {written} of them laid down in an agreement. Betweenness: pairs of others "
            "whose shortest way leads through it, parts of pairs where there are several ways. Draws: the ties with a "
            "tenth left out by lot, 100 times.",
            ties=number(found["ties"]),
            written=number(found["written"]),
        ),
    )


def _everybody(evidence: Evidence) -> Markup:
    """All organisations that may be named, folded."""
    table = evidence.tables.get("organisations")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Code"), "stakeholder_id"),
        tables.Column(t("Organisation"), "organisation"),
        tables.Column(t("Level"), "level", words=words("stakeholders", "level") | {"": "–"}),
        tables.Column(t("Speaks for"), "group", words=words("stakeholders", "group") | {"": "–"}),
    ]  # fmt: skip
    if "salience" in table.measures:
        kinds = {key: t(name) for key, name in SALIENCE_NAMES.items()} | {"": "–"}
        columns.append(tables.Column(t("Its part so far"), "salience", words=kinds))
    columns += [
        tables.Column(t("Gives to"), "gives", "count"),
        tables.Column(t("Gets from"), "gets", "count"),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Organisations that may be listed"),
        label=evidence.next_table(),
        stack=False,
        note=t(
            "Organisations that speak for a group to which it can be dangerous to be known to belong, and those that "
            "did not agree, are not named."
        ),
    )
    return fold(t("All organisations that may be listed"), shown)


def _net(evidence: Evidence) -> Markup:
    """The net, for the city's own office."""
    edges, actors = evidence.tables.get("ties"), evidence.tables.get("organisations")
    if edges is None or actors is None:
        return Markup()
    codes = actors.frame.set_index("organisation")["stakeholder_id"]
    middle = [codes[name] for name in evidence.results["network"]["brokers"] if name in codes][:1]  # fmt: skip
    columns = [
        tables.Column(t("From"), "giver"),
        tables.Column(t("What flows"), "tie", words=words("ties", "tie")),
        tables.Column(t("To"), "receiver"),
    ]
    return figure(
        evidence,
        charts.ties(
            edges,
            actors,
            words=(
                t("information, referral, cooperation"),
                t("orders, money"),
                t("conflict"),
            ),
            alone=t("No tie:"),
            bold=middle,
        ),
        title=t("The net of ties, as it was told in interviews"),
        source="ties",
        unit=t("One point an organisation, one line a tie. Near means nothing but that ties pull points together."),
        period="",
        n=t("{n} ties", n=number(len(edges))),
        denominator=t("none: ties that were reported"),
        numbers=tables.table(
            edges, columns, caption=t("Ties between organisations, one by one"), stack=False
        ),
    )  # fmt: skip


def departments(evidence: Evidence) -> Markup:
    """With how many others each department works (draft:24(d))."""
    table = evidence.tables.get("departments")
    if table is None:
        return Markup()
    columns = [
        tables.Column(t("Department"), "organisation"),
        tables.Column(t("Works with departments"), "departments", "count"),
        tables.Column(t("with other public bodies"), "public_bodies", "count"),
        tables.Column(t("with others"), "others", "count"),
        tables.Column(t("Only orders or money"), "orders_or_money", "count"),
    ]
    shown = tables.table(
        table,
        columns,
        caption=t("Departments, and with how many others each works"),
        label=evidence.next_table(),
    )
    silent = evidence.results["coordination"]["silent"]
    if not silent:
        return shown
    rows = {}
    for first, second in silent:
        rows.setdefault(first, []).append(second)
    pairs = tables.text_table(
        [t("Department"), t("Nothing but orders or money, or nothing at all, with")],
        [[name, listing(others)] for name, others in rows.items()],
        caption=t("Pairs of departments that do not work together"),
        label=evidence.next_table(),
        note=t("Each pair stands once."),
    )
    return shown + fold(t("Pairs of departments that do not work together"), pairs)


def security(evidence: Evidence) -> Markup:
    """Police and justice as partners of residents (draft:26(e).0)."""
    table = evidence.tables.get("security_partners")
    found = evidence.results.get("partnerships")
    if table is None or found is None:
        return Markup()
    columns = [
        tables.Column(t("Office"), "organisation"),
        tables.Column(t("Partners among residents"), "partners", "count"),
        tables.Column(t("In both directions"), "both_ways", "count"),
        tables.Column(t("Laid down"), "written", "count"),
    ]
    if "conflicts" in table.measures:
        columns.append(tables.Column(t("Ties of conflict"), "conflicts", "count"))
    shown = tables.table(
        table,
        columns,
        caption=t("Offices of police and justice, and their partners among residents"),
        label=evidence.next_table(),
    )
    text = said.security(*(found[k] for k in ("share", "lower", "upper", "community")))
    log = evidence.tables.get("security_meetings")
    if log is None:
        none = t("No meeting that one of these offices held with residents is on record.")  # fmt: skip
        return prose(f"{text} {none}") + shown
    meetings = tables.table(
        log,
        [
            tables.Column(t("Meeting"), "activity"),
            tables.Column(t("Held by"), "organisation"),
            tables.Column(t("Day"), "held_on"),
            tables.Column(t("Proposals"), "proposals", "count"),
            tables.Column(t("Taken up"), "taken_up", "count"),
        ],
        caption=t("Meetings that police and justice held with residents"),
        label=evidence.next_table(),
    )
    return prose(text) + shown + meetings
