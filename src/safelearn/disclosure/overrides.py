"""Who lifted a check, and why?

A check's name, a person and a reason go in; a record comes out that stands in the notes of every table it
touched and in the manifest. Most checks cannot be lifted at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from safelearn.errors import SafelearnError
from safelearn.language import t


@dataclass(frozen=True)
class Override:
    """A check that a named person has lifted, and why; listed in the table's notes and the manifest.

    Parameters
    ----------
    check : str
        "small counts" or "wording". Personal data and sensitive slices by area cannot be lifted.
    by, reason : str
        Who answers for it, and why.
    second : str
        A second person who agreed.
    """

    check: str
    by: str
    reason: str
    second: str = ""

    def __post_init__(self) -> None:
        if self.check not in ("small counts", "wording"):
            raise SafelearnError(
                t("The check `{check}` cannot be lifted.", check=self.check),
                remedy=t("Only “small counts” and “wording” can be."),
            )
        if not self.by.strip() or not self.reason.strip():
            raise SafelearnError(
                t("A check is lifted only by a named person and for a stated reason."),
                remedy=t("Give both: --by NAME and --reason TEXT."),
            )
