"""What the report's words mean, which clauses it serves, where the questionnaires are, and which files went in."""

from __future__ import annotations

from markupsafe import Markup

from safelearn import __version__
from safelearn.city.contracts import contract
from safelearn.city.review.answers import TABLE as ANSWERS
from safelearn.guidelines.clauses import clauses
from safelearn.language import NONE, number, t
from safelearn.reports.definitions import GLOSSARY, MEASURES, SERVES
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import TITLES, fold, heading, prose
from safelearn.views import tables

#: Sections that say "not measured yet" where a table is missing: what each cannot do without.
NEEDED = {
    "offences": ("incidents",),
    "where": ("incidents",),
    "who": ("incidents",),
    "city": ("population",),
    "perception": ("survey",),
    "reporting": ("survey",),
    "groups": ("survey", "audits", "quotes"),
    "places": ("audits", "spaces", "streets", "services"),
    "causes": ("statistics",),
    "priorities": ("ballots", "demands", "statistics"),
    "harm": ("harms", "technology"),
    "validation": ("feedback", "reviews", "decisions"),
}


def annex(evidence: Evidence) -> Markup:
    """The section "Annex": definitions, clauses, glossary, instruments, inputs."""
    lead = t(
        "How each figure is computed, what the words mean, and from which files the report was made."
    )
    parts = [
        fold(t("How each figure is computed"), _definitions(evidence)),
        fold(t("What the words mean"), _glossary(evidence)),
        fold(
            t("Which clauses of the Guidelines are served, and where"),
            _clauses(evidence),
        ),
        _instruments(),
        fold(t("Files that went in, with their checksums"), _inputs(evidence)),
    ]
    return heading("annex", lead) + Markup().join(parts)


def _definitions(evidence: Evidence) -> Markup:
    rows = [
        [t(d.name), t(d.how), t(d.source)]
        for d in MEASURES
        if any(name in evidence.tables for name in d.tables)
    ]
    if not rows:
        return Markup()
    return tables.text_table(
        [t("Measure"), t("How it is computed"), t("Described by")], rows,
        caption=t("Definitions of the measures used"), label=evidence.next_table(),
        note=t("safelearn {version}. Formulas and limits are in its documentation.", version=__version__),
    )  # fmt: skip


def _glossary(evidence: Evidence) -> Markup:
    return tables.text_table(
        [t("Word"), t("What it means here")],
        [[t(word), t(meaning)] for word, meaning in GLOSSARY],
        caption=t("Words of this report"),
        label=evidence.next_table(),
    )


def _clauses(evidence: Evidence) -> Markup:
    """Each clause that a section serves, and whether the city's tables let it."""
    sections: dict[str, list[str]] = {}
    for section, ids in SERVES.items():
        for clause_id in ids:
            sections.setdefault(clause_id, []).append(section)
    rows = []
    for known in clauses():
        if known.id not in sections:
            continue
        here = sections[known.id]
        linked = Markup("<br>").join(_link(evidence, section) for section in here)
        served = any(_served(evidence, section) for section in here)
        said = t("yes") if served else t("not measured yet")
        rows.append([known.id, known.paraphrase, linked, said])
    return tables.text_table(
        [t("Clause"), t("What it asks"), t("Section"), t("Served here")], rows,
        caption=t("Clauses of the Guidelines that this report serves"), label=evidence.next_table(),
        note=t(
            "Numbers follow the draft of the system-wide Guidelines on Safer Cities and Human Settlements; "
            "sub-numbers are counted by sentence and are not official."
        ),
    )  # fmt: skip


def _shown(evidence: Evidence) -> frozenset[str]:
    """Sections whose heading is in the page whatever the city's tables: only these are linked."""
    always = {"basis", "city", "offences", "care", "harm", "validation"}
    return frozenset(always | ({"where"} if evidence.period is not None else set()))


def _link(evidence: Evidence, section: str) -> Markup:
    title = t(TITLES[section])
    if section not in _shown(evidence):
        return Markup("{}").format(title)
    return Markup('<a href="#{}">{}</a>').format(section, title)


def _served(evidence: Evidence, section: str) -> bool:
    """Whether the city's folder holds what a section cannot do without."""
    if section == "changed":
        return evidence.previous is not None
    needed = NEEDED.get(section, ())
    return not needed or any(evidence.has.get(name) for name in needed)


def _instruments() -> Markup:
    return prose(
        t(
            "The questionnaires behind the tables of survey, audits, stakeholders and demands come with safelearn, "
            "in the folder templates/instruments, as forms for a telephone and on paper."
        )
    )


def _inputs(evidence: Evidence) -> Markup:
    rows = [
        [
            str(record.get("file", NONE)),
            _what(record.get("table", "")),
            number(record["rows_read"]) if "rows_read" in record else NONE,
            str(record.get("sha256", ""))[:16] or NONE,
        ]
        for record in evidence.inputs
    ]
    if not rows:
        return Markup()
    heads = [
        t("File"),
        t("Data"),
        t("Rows read"),
        t("Checksum (SHA-256, first 16 digits)"),
    ]
    return tables.text_table(
        heads, rows, caption=t("Files that went in"), label=evidence.next_table(), numeric=[heads[2]],
        note=t("The manifest beside this page holds the whole checksums."),
    )  # fmt: skip


def _what(table: str) -> str:
    """What a file that went in holds."""
    if table == ANSWERS:
        return t("Answers to what an import asked")
    return t(contract(table)["title"]) if table else NONE
