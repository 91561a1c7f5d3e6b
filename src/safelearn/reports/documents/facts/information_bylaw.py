"""The city's own thresholds and periods, for its by-law on safety information (draft:26(f)(ii).12)."""

from __future__ import annotations

from typing import Any

from safelearn.language import number
from safelearn.reports.documents.facts.wording import amount, date_of, text
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    settings = registers.settings
    limits = settings.disclosure
    rows = registers.frame("technology")
    rows = rows[rows["retention_days"].notna()]
    return {
        "hidden_to": number(limits.threshold - 1),
        "hidden_to_sensitive": number(limits.sensitive_threshold - 1),
        "retention": date_of(settings.retention) if settings.retention else "",
        "systems": [
            [text(row["name"]), text(row["data_kept"]), amount(row["retention_days"])]
            for row in rows.to_dict("records")
        ],
    }
