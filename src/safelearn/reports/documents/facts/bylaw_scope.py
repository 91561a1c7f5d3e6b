"""Which justice and security institutions the city has, and with whom they are bound by an agreement.

Serves draft:26(f)(ii).2. Ties of conflict are never read.
"""

from __future__ import annotations

from typing import Any

from safelearn.language import NONE, listing
from safelearn.reports.documents.registers import Registers

_JUSTICE = ("police", "justice")
#: Who could sit on the committee. Media watch it; those who sell could gain from what it decides.
_OFFICES = (
    *_JUSTICE, "city_department", "district_office", "health", "education", "social_services", "emergency_services",
    "transport_operator",
)  # fmt: skip
_GROUPS = (
    "ngo", "womens_organisation", "youth_organisation", "older_persons_organisation", "disability_organisation",
    "indigenous_organisation", "migrant_organisation", "residents_association", "informal_traders",
)  # fmt: skip


def facts(registers: Registers) -> dict[str, Any]:
    offices = registers.frame("stakeholders")
    names = registers.names("stakeholder_id")
    chosen = offices[offices["type"].isin(_JUSTICE)]
    inside = set(chosen["stakeholder_id"].astype("str"))
    ties = registers.chosen("ties")
    pairs = [
        (here, there, str(formal) == "yes")
        for first, second, formal in zip(
            ties["from_id"].astype("str"),
            ties["to_id"].astype("str"),
            ties["formal"],
            strict=True,
        )
        for here, there in ((first, second), (second, first))
        if here in inside and there in names and there not in inside
    ]
    lines, loose = [], []
    for code in chosen["stakeholder_id"].astype("str"):
        partners = list(dict.fromkeys(b for a, b, _ in pairs if a == code))
        agreed = list(
            dict.fromkeys(b for a, b, written in pairs if a == code and written)
        )
        said = [listing([names.get(c, c) for c in who]) or NONE for who in (partners, agreed)]  # fmt: skip
        lines.append([names[code], *said])
        if not agreed:
            loose.append(names[code])
    return {
        "members": bool(offices["type"].isin([*_OFFICES, *_GROUPS]).any()),
        "offices": list(_OFFICES),
        "groups": list(_GROUPS),
        "institutions": lines if len(ties) else [],
        "loose": listing(loose) if loose else "",
    }
