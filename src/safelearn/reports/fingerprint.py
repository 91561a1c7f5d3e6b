"""Would a diagnosis come out the same again? One number for all that it is made of.

The files of a city's folder, the options and the versions go in; twelve characters come out, which a finished
report keeps in its manifest. What is only kept for the record (`source`, `review`) does not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safelearn.city.imports.history import sha256
from safelearn.reports.manifest import MANIFEST, PACKAGES, checksums, version_of

#: Folders of a city that no figure is made of.
_KEPT = ("source", "review")


def fingerprint(folder: Path, options: Mapping[str, Any]) -> str:
    """Of a city's folder, the options of its diagnosis and the versions that would make it."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and name.parts[0] not in _KEPT and not hidden:
            digest.update(f"{name.as_posix()} {sha256(path)}\n".encode())
    digest.update(json.dumps(dict(options), sort_keys=True, default=str).encode())
    digest.update(json.dumps({name: version_of(name) for name in PACKAGES}).encode())
    return digest.hexdigest()[:12]


def content_of(file: Path) -> str:
    """The checksum of a file that goes in; whether it is there is judged where it is read."""
    return sha256(file) if file.is_file() else ""


def is_finished(report: Path, wanted: str) -> bool:
    """Whether `report` is the complete and untouched diagnosis of this fingerprint."""
    try:
        content = json.loads((report / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return (
        content.get("fingerprint") == wanted
        and bool(content.get("outputs"))
        and checksums(report) == content["outputs"]
    )
