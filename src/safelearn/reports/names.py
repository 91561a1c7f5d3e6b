"""What the report calls an offence, and which counts follow what police look for."""

from __future__ import annotations

from safelearn.city.cube import UNCLASSIFIED
from safelearn.disclosure.slices import ALL
from safelearn.guidelines import offences
from safelearn.language import t
from safelearn.reports.release import OTHER


def offence_name(code: str) -> str:
    """What an offence is called in the report."""
    if code == ALL:
        return t("All recorded offences")
    if code == OTHER:
        return t("Other offences, few by area")
    if code == UNCLASSIFIED:
        return t("Not classified")
    return offences.name(code)


def is_by_police(code: str) -> bool:
    """Whether a count follows what police look for."""
    return code in offences.codes() and offences.enforcement_driven(code)
