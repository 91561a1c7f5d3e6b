"""Who lifted a check, who agreed, and why?

A check's name, two people and a reason go in; a record comes out that stands in the notes of every table it touched,
in the report, in the manifest and in the processing record. Most checks cannot be lifted at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safelearn.errors import SafelearnError
from safelearn.language import t

#: All that can be lifted. Personal data, exact points, sensitive slices by area and cards of models cannot.
CHECKS = ("small counts", "wording")


@dataclass(frozen=True)
class Override:
    """A check that two named people have lifted; listed in the tables' notes and the manifest.

    Parameters
    ----------
    check : str
        "small counts" or "wording".
    by, second : str
        Who answers for it, and who else agreed: two people, or two offices.
    reason : str

    Examples
    --------
    >>> Override("wording", "Head of statistics", "Ombudsman", "The title quotes a by-law.").sentence
    'Head of statistics lifted the check “wording”, and Ombudsman agreed: The title quotes a by-law.'
    """

    check: str
    by: str
    second: str
    reason: str

    def __post_init__(self) -> None:
        if self.check not in CHECKS:
            raise SafelearnError(
                t("The check `{check}` cannot be lifted.", check=self.check),
                remedy=t("Only “small counts” and “wording” can be."),
            )
        if not self.by.strip() or not self.reason.strip():
            raise SafelearnError(
                t("A check is lifted only by a named person and for a stated reason."),
                remedy=t("Give both: --by NAME and --reason TEXT."),
            )
        if not self.second.strip() or _same(self.by, self.second):
            raise SafelearnError(
                t("A check is lifted only if a second person agrees."),
                where=self.check,
                remedy=t("Name somebody else with --second NAME."),
            )

    @property
    def sentence(self) -> str:
        """The record in a sentence."""
        return t(
            "{name} lifted the check “{check}”, and {second} agreed: {reason}",
            name=self.by,
            check=self.check,
            second=self.second,
            reason=self.reason,
        )

    def record(self) -> dict[str, str]:
        """The record for the manifest."""
        return {
            "check": self.check,
            "by": self.by,
            "second": self.second,
            "reason": self.reason,
        }


def lifted(check: str, overrides: Iterable[Override]) -> bool:
    """Whether a check has been lifted."""
    return any(override.check == check for override in overrides)


def must_be_internal(overrides: Iterable[Override], audience: str) -> None:
    """Refuse to show small counts to the public, whoever agrees."""
    if audience != "internal" and lifted("small counts", overrides):
        raise SafelearnError(
            t("Small counts are never shown to the public."),
            where="small counts",
            remedy=t("Make an internal report: --audience internal --recipient NAME."),
        )


def _same(one: str, other: str) -> bool:
    return "".join(one.casefold().split()) == "".join(other.casefold().split())
