"""Words and numbers as the reader's language writes them.

Every sentence a user sees goes through `t` (or `tn` where a number decides the form) at the moment it is
shown, never when a module is imported. Whole sentences only: translators cannot mend glued fragments.
`mark` names a sentence that stands in a table or constant and is translated later.

The language is a context variable, so that two reports in two languages can be made side by side. The
pseudo-language ``qps`` writes every translated sentence with accents and brackets: what stays plain in a
page made with it was forgotten.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache

PSEUDO = "qps"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur"})
#: What a table shows where there is no value.
NONE = "–"

_current: ContextVar[str] = ContextVar("language", default="en")
_PLAIN = "AaCcDdEeGgHhIiKkLlNnOoRrSsTtUuWwYyZz"
_ACCENTED = "ÀàĆćĎďÉéĜĝĤĥÎîĶķĹĺŃńÕõŔŕŜŝŢţÛûŴŵÝýŽž"
_PSEUDO_TABLE = str.maketrans(_PLAIN, _ACCENTED)


def mark(message: str) -> str:
    """Name a sentence for translators without translating it yet."""
    return message


def current() -> str:
    """The language in use, as a short code such as ``en`` or ``pt_BR``."""
    return _current.get()


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak `language` inside this block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def set_language(language: str) -> None:
    """Speak `language` from now on (a notebook's first cell, a command's first line)."""
    _current.set(language)


def is_right_to_left() -> bool:
    """Whether the language in use is written from right to left."""
    return current().split("_")[0] in RIGHT_TO_LEFT


def t(message: str, /, **values: object) -> str:
    """Translate `message` and fill in ``{named}`` values (already formatted, or plain text)."""
    return _fill(_translate(message), values)


def tn(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Translate by number: `n` chooses the form and is also the value ``{n}`` unless one is given."""
    if current() == PSEUDO:
        message = _pseudo(singular if n == 1 else plural)
    else:
        message = _catalogue(current()).ngettext(singular, plural, n)
    return _fill(message, {"n": number(n)} | values)


def number(value: float | None, digits: int = 0) -> str:
    """A number by the rules of the language: 1,234 or 1.234, a true minus, an en dash for no value."""
    if value is None or value != value:
        return NONE
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(round(float(value), digits), format=pattern, locale=locale())
    return _isolate(text.replace("-", "−"), when=value < 0)


def percent(
    share: float | None, digits: int | None = None, *, sign: bool = False
) -> str:
    """A share (0.25) as a percentage (25%); `sign` writes the plus too.

    Without `digits`, none are printed unless the share is under 10 %.
    """
    if share is None or share != share:
        return NONE
    from babel.numbers import format_percent

    if digits is None:
        digits = 1 if 0 < abs(share) < 0.095 else 0
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    text = format_percent(
        round(float(share), digits + 2), format=pattern, locale=locale()
    )
    plus = "+" if sign and round(float(share), digits + 2) > 0 else ""
    return _isolate(plus + text.replace("-", "−"))


def between(lower: str, upper: str) -> str:
    """An interval inside a sentence: "546 to 643"."""
    return t("{lower} to {upper}", lower=lower, upper=upper)


def span(lower: str, upper: str) -> str:
    """An interval in a table or label: "546–643", or "to" where a bound is negative."""
    if "−" in lower or "−" in upper or "+" in lower:
        return between(lower, upper)
    return _isolate(f"{lower}–{upper}")


def day(value: date, *, style: str = "long") -> str:
    """A date: "22 November 2026"."""
    from babel.dates import format_date

    pattern = "d MMMM y" if style == "long" and locale() == "en" else style
    return format_date(value, pattern, locale=locale())


def months(style: str = "abbreviated") -> list[str]:
    """The twelve month names; `style` is wide, abbreviated or narrow."""
    from babel.dates import get_month_names

    names = get_month_names(style, context="stand-alone", locale=locale())
    return [names[i] for i in range(1, 13)]


def weekdays(style: str = "abbreviated") -> list[str]:
    """The seven days of the week, Monday first."""
    from babel.dates import get_day_names

    names = get_day_names(style, context="stand-alone", locale=locale())
    return [names[i] for i in range(7)]


def listing(items: list[str]) -> str:
    """Names in a sentence: "a, b and c"."""
    from babel.lists import format_list

    return format_list(items, locale=locale(), style="standard")


def words(n: int) -> str:
    """Small whole numbers as words in a title (zero to nine), larger ones as figures."""
    small = [
        t("no"),
        t("one"),
        t("two"),
        t("three"),
        t("four"),
        t("five"),
        t("six"),
        t("seven"),
        t("eight"),
        t("nine"),
    ]
    return small[n] if 0 <= n < len(small) else number(n)


def sentence(text: str) -> str:
    """The same text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The same text to follow a colon: its first letter small, unless the first word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def available() -> list[str]:
    """Languages that have a catalogue, English first."""
    from safelearn.resources import templates

    folder = templates() / "locale"
    found = sorted(p.parent.name for p in folder.glob("*/LC_MESSAGES"))
    return ["en", *[name for name in found if name != "en"]]


def spoken(language: str) -> str:
    """`language` if there is a translation into it, else English.

    Numbers written one way within sentences written another would mislead: 9.107 is nine in English.
    """
    known = {*available(), PSEUDO}
    base = language.split("_")[0]
    return next((name for name in (language, base) if name in known), "en")


def locale() -> str:
    """The CLDR locale in which numbers and dates are written."""
    # The pseudo-language counts in English, so that a page made with it can be compared number by number.
    return "en" if current() in ("en", PSEUDO) else current()


def _translate(message: str) -> str:
    if current() == PSEUDO:
        return _pseudo(message)
    return _catalogue(current()).gettext(message)


@lru_cache(maxsize=16)
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    from safelearn.resources import templates

    folder = templates() / "locale"
    return gettext.translation("safelearn", folder, languages=[language], fallback=True)


def _pseudo(message: str) -> str:
    parts = re.split(r"(\{[^{}]*\}|<[^<>]*>|&\w+;|`[^`]*`)", message)
    plain = "".join(
        p if i % 2 else p.translate(_PSEUDO_TABLE) for i, p in enumerate(parts)
    )
    return f"⟦{plain}⟧"


def _fill(message: str, values: dict[str, object]) -> str:
    return message.format(**values) if values else message


def _isolate(text: str, when: bool = True) -> str:
    """Keep a sign, a percentage or a range in order inside right-to-left text (LRI ... PDI)."""
    return f"\u2066{text}\u2069" if when and is_right_to_left() else text
