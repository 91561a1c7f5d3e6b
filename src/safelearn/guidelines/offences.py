"""Offences by the International Classification of Crime for Statistical Purposes (ICCS), version 1.0.

A code's length says where it stands: ``05`` a section, ``0502`` a division, ``05021`` a group, ``050211`` a
class. The list (``offences.toml``) holds levels 1 and 2 whole, and deeper codes where a crosswalk or an
indicator uses them; each is checked against a published list, or unverified and marked so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from safelearn.errors import SafelearnError
from safelearn.guidelines.reading import read, unknown
from safelearn.language import t

#: Digits of a code -> its level.
LEVELS = {2: 1, 4: 2, 5: 3, 6: 4}


@dataclass(frozen=True)
class Offence:
    """One code of the classification; `source` is where it was read, empty if it is unverified."""

    code: str
    english: str
    source: str = ""

    @property
    def name(self) -> str:
        return t(self.english)

    @property
    def checked(self) -> bool:
        return bool(self.source)


@dataclass(frozen=True)
class EnforcementDriven:
    """A code whose counts follow the work of the police, with the reason and what it rests on."""

    code: str
    english: str
    basis: str

    @property
    def why(self) -> str:
        return t(self.english)


@cache
def offences() -> dict[str, Offence]:
    """All known codes, in the order of the classification."""
    rows = read("offences")["offence"]
    return {
        code: Offence(code, row["name"], row.get("source", ""))
        for code, row in rows.items()
    }


def codes() -> tuple[str, ...]:
    """All known codes, in the order of the classification."""
    return tuple(offences())


def offence(code: str) -> Offence:
    """The offence of this code.

    Raises
    ------
    SafelearnError
        If the code is not in the list; the remedy names the nearest.
    """
    known = offences()
    if code not in known:
        raise _no_code(code)
    return known[code]


def name(code: str) -> str:
    """What the code stands for, in the reader's language."""
    return offence(code).name


def level(code: str) -> int:
    """1 for a section, 2 for a division, 3 for a group, 4 for a class."""
    return LEVELS[len(offence(code).code)]


def parent(code: str) -> str | None:
    """The code one level up; None for a section."""
    here = level(code)
    return None if here == 1 else code[: _digits(here - 1)]


def section(code: str) -> str:
    """The division (level 2) that the code belongs to; a section is its own."""
    return offence(code).code[: _digits(2)]


def is_sexual(code: str) -> bool:
    """Whether it is a sexual offence (section 03), which is published under stricter rules."""
    return offence(code).code.startswith("03")


def enforcement_driven(code: str) -> bool:
    """Whether the counts of this offence follow what the police do.

    Such offences are found by looking for them, so a change in their number says little about safety: they
    carry no verdict by themselves and stay out of measures of need. `enforcement_reason` says why.
    """
    return enforcement_reason(code) is not None


def enforcement_reason(code: str) -> EnforcementDriven | None:
    """Why the counts of this offence follow what the police do; None if they do not.

    Notes
    -----
    For drugs this rests on published work (Lum & Isaac 2016; Ensign et al. 2018), for the others, marked
    ``judgement``, on what this library holds to be so.
    """
    known = offence(code).code
    return next((e for e in _enforcement_driven() if known.startswith(e.code)), None)


@cache
def _enforcement_driven() -> tuple[EnforcementDriven, ...]:
    rows = read("offences")["enforcement_driven"]
    return tuple(
        EnforcementDriven(row["code"], row["why"], row["basis"]) for row in rows
    )


def _digits(level: int) -> int:
    return next(digits for digits, of in LEVELS.items() if of == level)


def _no_code(code: str) -> SafelearnError:
    what = t("{code} is not an offence code of the classification (ICCS).", code=code)
    # A code of the right family but too deep is the common case: its nearest known ancestor is the answer.
    above = [known for known in offences() if str(code).startswith(known)]
    if not above:
        return unknown(what, code, list(codes()))
    nearest = offences()[above[-1]]
    return SafelearnError(
        what,
        remedy=t(
            "The nearest known code is {code}, {name}.",
            code=nearest.code,
            name=nearest.name,
        ),
    )
