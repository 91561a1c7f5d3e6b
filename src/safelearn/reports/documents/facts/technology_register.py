"""What each system lacks, and the cards of those that judge (draft:26(f)(ii).9)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.reports.documents.facts.wording import text
from safelearn.reports.documents.registers import Registers

#: Systems that sort, recognise or predict: these need a card whatever the table says.
JUDGING = ("prediction", "face_recognition", "plate_reader")


def facts(registers: Registers) -> dict[str, Any]:
    rows = registers.frame("technology").to_dict("records")
    names = registers.names("stakeholder_id")
    lacking = [
        {
            "name": text(row["name"]),
            "gaps": gaps,
            "off": bool({"law", "card"} & set(gaps)),
        }
        for row in rows
        if (gaps := _gaps(row))
    ]
    return {
        "lacking": lacking,
        "cards": [
            {
                "name": text(row["name"]),
                "purpose": _said(row["purpose"]),
                "law": _said(row["legal_basis"]),
                "data": _said(row["data_kept"]),
                "errors": _said(row["error_by_group"]),
                "owner": names.get(str(row["stakeholder_id"]), ""),
                "redress": _said(row["redress"]),
            }
            for row in rows
            if _judges(row)
        ],
    }


def _judges(row: dict[str, Any]) -> bool:
    return row["type"] in JUDGING or str(row["algorithm_card"]) in ("no", "yes")


def _gaps(row: dict[str, Any]) -> list[str]:
    missing = {
        "law": pd.isna(row["legal_basis"]),
        "card": _judges(row) and row["algorithm_card"] != "yes",
        "assessment": row["impact_assessed"] != "yes",
        "days": pd.isna(row["retention_days"]),
        "access": pd.isna(row["access"]),
        "redress": pd.isna(row["redress"]),
        "review": pd.isna(row["review_on"]),
    }
    return [gap for gap, missed in missing.items() if missed]


def _said(value: object) -> str:
    return "" if pd.isna(value) else text(value)
