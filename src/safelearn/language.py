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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Any

PSEUDO = "qps"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur"})
#: What a table shows where there is no value.
NONE = "–"

_current: ContextVar[str] = ContextVar("language", default="en")
_PLAIN = "AaCcDdEeGgHhIiKkLlNnOoRrSsTtUuWwYyZz"
_ACCENTED = "ÀàĆćĎďÉéĜĝĤĥÎîĶķĹĺŃńÕõŔŕŜŝŢţÛûŴŵÝýŽž"
_PSEUDO_TABLE = str.maketrans(_PLAIN, _ACCENTED)


class Said(str):
    """A text in the reader's language that knows how it was said, so that it can be said in another one.

    What is stored today may be read in another language tomorrow: `recipe` gives what to store, `again` says it.
    """

    how: list[Any]

    def __new__(cls, text: str, *how: Any) -> Said:
        said = super().__new__(cls, text)
        said.how = list(how)
        return said


def recipe(text: object) -> Any:
    """How to say a text again, as JSON; a text that nobody translated stays as it is."""
    if isinstance(text, Said):
        return {text.how[0]: [recipe(part) for part in text.how[1:]]}
    if isinstance(text, Mapping):
        return {"values": {name: recipe(value) for name, value in text.items()}}
    if isinstance(text, list | tuple):
        return {"items": [recipe(item) for item in text]}
    if text is None or isinstance(text, bool | int | float | str):
        return text
    # A numpy number is a plain one to JSON; anything else is shown as it would be printed.
    return text.item() if hasattr(text, "item") else str(text)


def again(stored: Any) -> Any:
    """Say what `recipe` stored, in the language in use now."""
    if not isinstance(stored, Mapping):
        return stored
    ((kind, parts),) = stored.items()
    if kind == "values":
        return {name: again(value) for name, value in parts.items()}
    if kind == "items":
        return [again(item) for item in parts]
    said = [again(part) for part in parts]
    if kind == "day":
        return day(date.fromisoformat(said[0]), style=said[1])
    if kind == "percent":
        return percent(said[0], said[1], sign=said[2])
    if kind in ("t", "tn"):
        *message, values = said
        return (t if kind == "t" else tn)(*message, **values)
    ways = {
        "number": number,
        "span": span,
        "listing": listing,
        "sentence": sentence,
        "lower_first": lower_first,
    }
    return ways[kind](*said)


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
    return Said(_fill(_translate(message), values), "t", message, values)


def tn(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Translate by number: `n` chooses the form and is also the value ``{n}`` unless one is given."""
    if current() == PSEUDO:
        message = _pseudo(singular if n == 1 else plural)
    else:
        message = _catalogue(current()).ngettext(singular, plural, n)
    text = _fill(message, {"n": number(n)} | values)
    return Said(text, "tn", singular, plural, n, values)


def number(value: float | None, digits: int = 0) -> str:
    """A number by the rules of the language: 1,234 or 1.234, a true minus, an en dash for no value."""
    if value is None or value != value:
        return NONE
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(round(float(value), digits), format=pattern, locale=locale())
    text = _isolate(text.replace("-", "−"), when=value < 0)
    return Said(text, "number", value, digits)


def percent(
    share: float | None, digits: int | None = None, *, sign: bool = False
) -> str:
    """A share (0.25) as a percentage (25%); `sign` writes the plus too.

    Without `digits`, none are printed unless the share is under 10 %.
    """
    if share is None or share != share:
        return NONE
    from babel import Locale
    from babel.numbers import format_percent

    places = digits
    if places is None:
        places = 1 if 0 < abs(share) < 0.095 else 0
    # The sign stands where the language puts it: 12% in English, 12 % in Spanish.
    usual = Locale.parse(locale()).percent_formats[None].pattern.split(";")[0]
    pattern = usual.replace("0", "0" + ("." + "0" * places if places else ""), 1)
    text = format_percent(
        round(float(share), places + 2), format=pattern, locale=locale()
    )
    plus = "+" if sign and round(float(share), places + 2) > 0 else ""
    text = _isolate(plus + text.replace("-", "−"))
    return Said(text, "percent", share, digits, sign)


def between(lower: str, upper: str) -> str:
    """An interval inside a sentence: "546 to 643"."""
    return t("{lower} to {upper}", lower=lower, upper=upper)


def span(lower: str, upper: str) -> str:
    """An interval in a table or label: "546–643", or "to" where a bound is negative."""
    if "−" in lower or "−" in upper or "+" in lower:
        return between(lower, upper)
    return Said(_isolate(f"{lower}–{upper}"), "span", lower, upper)


def day(value: date, *, style: str = "long") -> str:
    """A date: "22 November 2026"."""
    from babel.dates import format_date

    pattern = "d MMMM y" if style == "long" and locale() == "en" else style
    text = format_date(value, pattern, locale=locale())
    return Said(text, "day", value.isoformat()[:10], style)


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

    text = format_list(items, locale=locale(), style="standard")
    return Said(text, "listing", items)


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
    return Said(text[:1].upper() + text[1:], "sentence", text)


def lower_first(text: str) -> str:
    """The same text to follow a colon: its first letter small, unless the first word is an abbreviation."""
    lower = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return Said(lower, "lower_first", text)


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
