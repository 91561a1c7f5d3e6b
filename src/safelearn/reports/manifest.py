"""How a diagnosis came about: inputs with their checksums, versions, parameters, accounting, refusals, disclosure.

With the manifest, somebody else can make the same tables from the same files, and a city remembers, years later, on
what its decisions rested. It holds no machine path and no user name.
"""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from safelearn.disclosure.approval import threshold_sentence
from safelearn.reports.evidence import Evidence

#: Packages whose version can change a figure.
PACKAGES = (
    "safelearn",
    "numpy",
    "pandas",
    "scipy",
    "shapely",
    "pyarrow",
    "matplotlib",
    "babel",
)


def manifest(evidence: Evidence, parameters: dict[str, Any]) -> dict[str, Any]:
    """The content of ``manifest.json`` (serves draft:25(o).1).

    Parameters
    ----------
    evidence : Evidence
        What the report rests on.
    parameters : dict
        What the notebook was run with, without paths.
    """
    period = evidence.period
    return {
        "format": 1,
        "city": evidence.settings.name,
        "folder": evidence.slug,
        "synthetic": evidence.settings.synthetic,
        "parameters": parameters,
        "period": {
            "months": [period.months[0], period.months[-1]],
            "focus": [period.focus[0], period.focus[-1]],
            "before": [period.before[0], period.before[-1]] if period.before else [],
            "partial": list(period.partial),
        }
        if period
        else None,
        "inputs": evidence.inputs,
        "accounting": {
            line.table: {
                "rows_read": line.rows_read,
                "rows_used": line.rows_used,
                "set_aside": dict(line.set_aside),
            }
            for line in evidence.inventory
        },
        "refusals": evidence.refusals,
        "disclosure": {
            "audience": evidence.audience,
            "recipient": evidence.recipient,
            "rule": threshold_sentence(
                evidence.settings.disclosure.threshold,
                evidence.settings.disclosure.sensitive_threshold,
            ),
            "hidden_rows": {
                name: int(table.hidden.to_numpy().any(axis=1).sum())
                for name, table in evidence.tables.items()
            },
            "attack": evidence.results.get("attack", ""),
            "notes": {
                name: list(table.notes)
                for name, table in evidence.tables.items()
                if table.notes
            },
        },
        "tables": list(evidence.tables),
        "versions": {name: _version(name) for name in PACKAGES}
        | {"python": platform.python_version()},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
