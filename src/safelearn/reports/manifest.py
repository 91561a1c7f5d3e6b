"""How a diagnosis came about: inputs with their checksums, versions, parameters, accounting, refusals, disclosure.

With the manifest, somebody else can make the same tables from the same files, and a city remembers, years later, on
what its decisions rested. It holds no machine path and no user name.
"""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.imports.history import sha256
from safelearn.disclosure.personal_data import refuse_personal

if TYPE_CHECKING:
    from safelearn.reports.evidence import Evidence

MANIFEST = "manifest.json"
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

    Raises
    ------
    SafelearnError
        If something in it looks like personal data or a path of this machine.
    """
    period = evidence.period
    content = {
        "format": 1,
        "template": evidence.template,
        "status": "draft",
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
            "rule": evidence.rule,
            "hidden_rows": {
                name: int(table.hidden.to_numpy().any(axis=1).sum())
                for name, table in evidence.tables.items()
            },
            "attack": evidence.results.get("attack", ""),
            "overrides": [override.record() for override in evidence.overrides],
            "previous": evidence.previous.name if evidence.previous else "",
            "repeated": list(evidence.results.get("repeated", [])),
            "known_totals": list(evidence.also),
            "notes": {
                name: list(table.notes)
                for name, table in evidence.tables.items()
                if table.notes
            },
        },
        "models": {
            name: card.record() for name, card in evidence.algorithm_cards.items()
        },
        "retention": evidence.settings.retention,
        "redress": evidence.settings.redress,
        "tables": list(evidence.tables),
        "outputs": {},
        "versions": {name: version_of(name) for name in PACKAGES}
        | {"python": platform.python_version()},
    }
    refuse_personal(content, "manifest.json", contacts=[evidence.settings.redress])
    return content


def checksums(folder: Path) -> dict[str, str]:
    """The checksum of every file of a diagnosis but the manifest itself."""
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in kept
        if path.name != MANIFEST
    }


def seal(folder: Path, **changes: Any) -> dict[str, Any]:
    """Write the checksums of the finished files into the manifest: what is changed later is seen.

    Parameters
    ----------
    folder : Path
        A diagnosis.
    changes
        Other entries of the manifest to set.
    """
    path = folder / MANIFEST
    content = json.loads(path.read_text(encoding="utf-8")) | changes
    content["outputs"] = checksums(folder)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return content


def version_of(name: str) -> str:
    """The installed version of a package; empty if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
