"""What would the data-protection authority ask, and what is the answer?

The evidence of a report goes in; a record of the processing comes out, for programs and as a page: what for, by what
right, who answers, whose data, who reads them, until when they are kept, how people are protected, whether the attack
found anything, and which checks were lifted by whom. What the city has not settled is said as missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safelearn.city.contracts import contract
from safelearn.disclosure.personal_data import refuse_personal
from safelearn.language import current, day, listing, number, t, tn

if TYPE_CHECKING:
    from safelearn.reports.evidence import Evidence

FILES = ("processing_record.json", "processing_record.html")
#: Tables that hold a row a person or an event that happened to one.
OF_PEOPLE = ("incidents", "survey", "audits", "quotes", "feedback")
#: What a city must have settled, and the setting that holds it.
SETTLED = ("purpose", "legal_basis", "controller", "contact")


def record(evidence: Evidence) -> dict[str, Any]:
    """The record for programs (serves draft:26(f)(ii).10).

    Parameters
    ----------
    evidence : Evidence
        What the report rests on.

    Returns
    -------
    dict
        ``missing`` names the settings that the city has left open.
    """
    settings = evidence.settings
    processing = settings.processing
    settled = {name: getattr(processing, name) for name in SETTLED}
    settled |= {"retention": settings.retention, "redress": settings.redress}
    disclosure = settings.disclosure
    return {
        "format": 1,
        "city": settings.name,
        **settled,
        "missing": [name for name, value in settled.items() if not value],
        "data": {
            line.table: {
                "rows_used": line.rows_used,
                "columns": [field["name"] for field in contract(line.table)["fields"]],
                "source": line.source,
            }
            for line in evidence.inventory
            if line.table in OF_PEOPLE
        },
        "audience": evidence.audience,
        "recipient": evidence.recipient,
        "protection": {
            "threshold": disclosure.threshold,
            "sensitive_threshold": disclosure.sensitive_threshold,
            "rule": evidence.rule,
            "tables_attacked": evidence.results.get("attack", 0),
            "hidden_counts_found": 0,
            "earlier_release": evidence.previous.name if evidence.previous else "",
            "known_totals": list(evidence.also),
        },
        "models": sorted(evidence.algorithm_cards),
        "overrides": [override.record() for override in evidence.overrides],
        "inputs": [
            {name: entry[name] for name in ("file", "table", "sha256") if name in entry}
            for entry in evidence.inputs
        ],
    }


def lines(evidence: Evidence) -> list[tuple[str, str]]:
    """The record as it is read: what each line is about, and its sentence."""
    settings = evidence.settings
    processing = settings.processing
    held = [
        tn("{table}: one row", "{table}: {n} rows", line.rows_used, table=line.table)
        for line in evidence.inventory
        if line.table in OF_PEOPLE
    ]
    cards = evidence.algorithm_cards.values()
    return [
        (t("Purpose"), processing.purpose or _open("processing.purpose")),
        (t("Legal basis"), processing.legal_basis or _open("processing.legal_basis")),
        (
            t("Who answers for it"),
            processing.controller or _open("processing.controller"),
        ),
        (t("Where people ask"), processing.contact or _open("processing.contact")),
        (t("Complaints and corrections"), settings.redress or _open("redress")),
        (
            t("Kept until"),
            day(settings.retention) if settings.retention else _open("retention"),
        ),
        (t("Data about people"), listing(held) or t("None.")),
        (t("Who reads the report"), _readers(evidence)),
        (
            t("Passed on"),
            t(
                "Tables of counts, rates and shares, and quotes whose authors agreed. No name, address, exact point or "
                "single record is in any output."
            ),
        ),
        (t("What is hidden"), evidence.rule),
        (t("Attack on the own tables"), _attack(evidence)),
        (
            t("Models"),
            listing([card.title for card in cards]) or t("None."),
        ),
        (
            t("Checks that were lifted"),
            " ".join(override.sentence for override in evidence.overrides)
            or t("None."),
        ),
    ]


def write_processing(evidence: Evidence, folder: Path) -> None:
    """Write the record beside the report.

    Raises
    ------
    SafelearnError
        If something in it looks like personal data.
    """
    import json

    settings = evidence.settings
    contacts = [settings.redress, settings.processing.contact]
    content = record(evidence)
    refuse_personal(content, FILES[0], contacts=contacts)
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (folder / FILES[0]).write_text(text + "\n", encoding="utf-8", newline="\n")
    page = _page(evidence)
    refuse_personal(str(page), FILES[1], contacts=contacts)
    (folder / FILES[1]).write_text(str(page), encoding="utf-8", newline="\n")


def _open(setting: str) -> str:
    return t(
        "Not settled yet: write `{setting}` into the city's settings.", setting=setting
    ).replace("`", "")


def _readers(evidence: Evidence) -> str:
    if evidence.audience == "internal":
        return t("Internal: {recipient}.", recipient=evidence.recipient)
    return t("The public, once it is published.")


def _attack(evidence: Evidence) -> str:
    attacked = evidence.results.get("attack", 0)
    return tn(
        "One table was attacked as an outsider would: no hidden count could be worked out.",
        "{n} tables were attacked together as an outsider would: no hidden count could be worked out.",
        attacked,
        n=number(attacked),
    )


def _page(evidence: Evidence) -> Markup:
    rows = Markup("\n").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(head, text)
        for head, text in lines(evidence)
    )
    title = t("Record of processing: {city}", city=evidence.settings.name)
    note = ""
    if evidence.settings.synthetic:
        note = t("Invented city: nothing in these tables ever happened. Do not cite.")
    return Markup(
        '<!doctype html>\n<html lang="{}">\n<meta charset="utf-8">\n<title>{}</title>\n'
        "<style>body {{ font: 1rem/1.5 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}"
        " dt {{ font-weight: bold; margin-top: 1rem; }} dd {{ margin: 0; }}</style>\n"
        "<main>\n<h1>{}</h1>\n<p>{}</p>\n<dl>\n{}\n</dl>\n</main>\n</html>\n"
    ).format(current().replace("_", "-"), title, title, note, rows)
