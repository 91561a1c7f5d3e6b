"""Is this number somebody's? Numbers of identity, health, tax, bank and card, told by their check digits.

A text goes in; the kinds of numbers that are written in it and whose check digit is right come out. A check digit
makes the difference between a count of eleven digits and a person: one in a hundred numbers has a right one by
accident, all numbers of persons have. Kinds without a check digit are told by their shape alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safelearn.language import mark

_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
# Digits are worth what the first ten letters are.
_FISCAL_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16)
_FISCAL_ODD += (10, 22, 25, 24, 23)
# Verhoeff 1969: the multiplication of the dihedral group of ten elements, and a permutation of it.
_TIMES = [
    [(a + b) % 5 if a < 5 and b < 5 else
     5 + (a + b) % 5 if a < 5 else
     5 + (a - b) % 5 if b < 5 else
     (a - b) % 5 for b in range(10)]
    for a in range(10)
]  # fmt: skip
_SHIFT = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def luhn(digits: str) -> bool:
    """Cards, and the numbers of South Africa, Canada and the Dominican Republic (ISO/IEC 7812-1)."""
    total = 0
    for k, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + k % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def verhoeff(digits: str) -> bool:
    """Aadhaar (India).

    Examples
    --------
    >>> verhoeff("2363")
    True
    """
    row = list(range(10))
    check = 0
    for k, digit in enumerate(reversed(digits)):
        if k:
            row = [row[_SHIFT[n]] for n in range(10)]
        check = _TIMES[check][row[int(digit)]]
    return check == 0


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11


def cpf(digits: str) -> bool:
    """Brazil. The same digit eleven times has right check digits and is nobody's."""
    if len(set(digits)) == 1:
        return False
    for n in (9, 10):
        rest = _weighted(digits[:n], range(n + 1, 1, -1))
        if int(digits[n]) != (0 if rest < 2 else 11 - rest):
            return False
    return True


def rut(text: str) -> bool:
    """Chile."""
    digits, check = text[:-1], text[-1]
    rest = (
        11 - sum(int(d) * (2 + k % 6) for k, d in enumerate(reversed(digits))) % 11
    ) % 11
    return check == ("K" if rest == 10 else str(rest))


def dni(text: str) -> bool:
    """Spain: DNI, and NIE of foreigners, whose first letter stands for a digit."""
    number = text[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return text[-1] == _LETTERS[int(number) % 23]


def nhs(digits: str) -> bool:
    """Health number of England and Wales."""
    check = 11 - _weighted(digits[:9], range(10, 1, -1))
    return check != 10 and int(digits[9]) == check % 11


def curp(text: str) -> bool:
    """Mexico, the population register."""
    total = sum(_CURP.index(c) * (18 - k) for k, c in enumerate(text[:17]))
    return text[17] == str(-total % 10)


def rfc(text: str) -> bool:
    """Mexico, the taxes of a person."""
    total = sum(_RFC.index(c) * (13 - k) for k, c in enumerate(text[:12]))
    check = (11 - total % 11) % 11
    return text[12] == ("A" if check == 10 else str(check))


def cuil(digits: str) -> bool:
    """Argentina."""
    check = (11 - _weighted(digits[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))) % 11
    return check != 10 and int(digits[10]) == check


def cedula_ecuador(digits: str) -> bool:
    """Ecuador: a province from 1 to 24, or 30 for those born abroad."""
    province = int(digits[:2])
    return (1 <= province <= 24 or province == 30) and digits[2] < "6" and luhn(digits)


def cedula_uruguay(digits: str) -> bool:
    """Uruguay."""
    weights = (2, 9, 8, 7, 6, 3, 4)
    full = digits.zfill(8)
    total = sum(int(d) * w for d, w in zip(full[:7], weights, strict=True))
    return int(full[7]) == -total % 10


def nir(text: str) -> bool:
    """France, social security."""
    body = text[:13].replace("2A", "19").replace("2B", "18")
    return int(text[13:]) == 97 - int(body) % 97


def codice_fiscale(text: str) -> bool:
    """Italy."""
    total = 0
    for k, c in enumerate(text[:15]):
        even = int(c) if c.isdigit() else ord(c) - ord("A")
        total += even if k % 2 else _FISCAL_ODD[even]
    return text[15] == chr(ord("A") + total % 26)


def iban(text: str) -> bool:
    """Bank accounts (ISO 13616)."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def south_african(digits: str) -> bool:
    """South Africa: a birthday, then the check digit."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and 1 <= day <= 31 and luhn(digits)


@dataclass(frozen=True)
class Kind:
    """A kind of number: what it is called, how it is written, and whether its check digit is right."""

    name: str
    pattern: re.Pattern[str]
    right: Callable[[str], bool]


def _kind(name: str, pattern: str, right: Callable[[str], bool]) -> Kind:
    # No digit or letter may touch it: checksums of files are long and full of digits.
    return Kind(name, re.compile(rf"(?<![\w.,/-]){pattern}(?![\w/-]|[.,]\d)"), right)


KINDS = (
    _kind(
        mark("payment card"),
        r"(?:[3-6]\d{12,18}|[3-6]\d{3}(?:[ -]\d{4}){3})",
        luhn,
    ),
    _kind(
        mark("bank account (IBAN)"),
        r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?",
        iban,
    ),
    _kind("CPF", r"(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11})", cpf),
    _kind("RUT", r"(?:\d{1,2}\.\d{3}\.\d{3}|\d{7,8})-[\dKk]", rut),
    _kind("DNI / NIE", r"(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]", dni),
    _kind("NHS number", r"\d{3}[ -]?\d{3}[ -]?\d{4}", nhs),
    _kind("Aadhaar", r"[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}", verhoeff),
    _kind("CURP", r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z\d]\d", curp),
    _kind("RFC", r"[A-ZÑ&]{4} ?\d{6} ?[A-Z\d]{2}[\dA]", rfc),
    _kind("CUIL / CUIT", r"(?:20|2[3-7]|3[0346])-?\d{8}-?\d", cuil),
    _kind("cédula (EC)", r"\d{9}-?\d", cedula_ecuador),
    _kind("cédula (UY)", r"\d\.?\d{3}\.?\d{3}-\d", cedula_uruguay),
    _kind("cédula (DO)", r"\d{3}-\d{7}-\d", luhn),
    _kind("ID (ZA)", r"\d{6} ?\d{4} ?[01]\d{2}", south_african),
    _kind("SIN (CA)", r"\d{3}-\d{3}-\d{3}", luhn),
    _kind(
        "NIR",
        r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}",
        nir,
    ),
    _kind(
        "codice fiscale",
        r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",
        codice_fiscale,
    ),
    _kind(
        "SSN (US)",
        r"(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}",
        lambda _: True,
    ),
    _kind(
        "National Insurance (UK)",
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
        lambda _: True,
    ),
)


def find(text: str) -> list[str]:
    """The kinds of personal numbers in a text, none of the numbers.

    Examples
    --------
    >>> find("Paid by 4111 1111 1111 1111, of whom 1,234 were late.")
    ['payment card']
    >>> find("4111 1111 1111 1112 events")
    []
    """
    found = []
    for kind in KINDS:
        for hit in kind.pattern.finditer(text):
            if kind.right(re.sub(r"[ .-]", "", hit[0]).upper()):
                found.append(kind.name)
                break
    return found
