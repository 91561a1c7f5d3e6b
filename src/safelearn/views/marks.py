"""The small parts of a report that say how far a statement can be trusted, or why there is none.

Certainty marks, findings, refusals, cards for what is not measured yet or comes in a later version, and
the stamp on everything synthetic. Each takes finished sentences and gives HTML; which level or sentence is
right is decided by tested rules elsewhere. Never colour alone: bars, a word and a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from safelearn.language import mark, t
from safelearn.views import style

CANNOT_SAY, THIN, FAIR, STRONG = range(4)
_WORDS = {
    STRONG: mark("Strong evidence"),
    FAIR: mark("Fair evidence"),
    THIN: mark("Thin evidence"),
    CANNOT_SAY: mark("Cannot say"),
}
_MEANINGS = {
    STRONG: mark(
        "The estimate is precise, nearly all records are there, and the figure does not depend on "
        "who reports."
    ),
    FAIR: mark("One of the three is limited; the direction would hold."),
    THIN: mark(
        "Imprecise, incomplete, or changed by reporting. Use it to ask, not to decide."
    ),
    CANNOT_SAY: mark("The data that would answer this has not been collected."),
}


@dataclass(frozen=True)
class Stamp:
    """What is not real in a figure: words over it, and one word across it."""

    words: str
    across: str


#: The two kinds of stamp; texts are translated when they are shown.
SYNTHETIC = Stamp(mark("Synthetic data: do not cite"), mark("SYNTHETIC"))
ILLUSTRATIVE = Stamp(mark("Illustrative population: do not cite"), mark("ILLUSTRATIVE"))


def stamp(kind: Stamp | None) -> Markup:
    """The dashed tag over a figure or under a finding; nothing if there is nothing to say."""
    if kind is None:
        return Markup()
    return Markup('<p class="stamp">{}</p>').format(t(kind.words))


def certainty(level: int, reason: str = "") -> Markup:
    """Three rising bars, the word and the reason.

    Parameters
    ----------
    level : int
        3 strong, 2 fair, 1 thin, 0 cannot say.
    reason : str
        The weakest of precision, coverage and measurement, in a few words.
    """
    # Presentation attributes and not classes: the PDF maker ignores page styles inside an inline SVG.
    bars = Markup().join(
        Markup(
            '<rect x="{}" y="{}" width="4.4" height="{}" fill="{}" stroke="{}" stroke-width="1"/>'
        ).format(
            6 * i, 8 - 4 * i, 4 + 4 * i, style.INK if i < level else "none", style.INK
        )
        for i in range(3)
    )
    why = Markup(' <span class="why">{}</span>').format(reason) if reason else ""
    return Markup(
        '<span class="sure{}"><svg viewBox="-.6 -.6 17.6 13.2" width="20" height="15" '
        'aria-hidden="true">{}</svg><b>{}</b>{}</span>'
    ).format("" if reason else " short", bars, t(_WORDS[level]), why)


def level_words(level: int) -> str:
    """What a level of certainty is called."""
    return t(_WORDS[level])


@dataclass(frozen=True)
class Finding:
    """One row of the summary: the sentence, its number, its interval and how sure it is.

    Attributes
    ----------
    sentence, value, unit : str
        What was found; the figure that carries it ("+20%"); what that figure counts.
    interval : str
        The 95 % interval ("+6% to +35%"), or another remark if `interval_is_remark`.
    level, reason
        See `certainty`.
    link : str
        The id of the figure or section that shows it.
    """

    sentence: str
    value: str
    unit: str
    interval: str = ""
    level: int = CANNOT_SAY
    reason: str = ""
    link: str = ""
    stamp: Stamp | None = None
    interval_is_remark: bool = False


def findings(rows: Sequence[Finding]) -> Markup:
    """The summary's list of findings."""
    return Markup('<ol class="findings">{}</ol>').format(
        Markup().join(_finding(row) for row in rows)
    )


def _finding(row: Finding) -> Markup:
    interval = Markup()
    if row.interval and row.interval_is_remark:
        interval = Markup('<p class="f-int">{}</p>').format(row.interval)
    elif row.interval:
        interval = Markup(
            '<p class="f-int">{} <span class="f-range">{}</span></p>'
        ).format(t("95% interval"), row.interval)
    sentence = escape(row.sentence)
    if row.link:
        sentence = Markup('<a href="#{}">{}</a>').format(row.link, row.sentence)
    return Markup(
        '<li class="finding"><div class="f-num"><p class="f-value{}">{}</p>'
        '<p class="f-unit">{}</p>{}</div><div class="f-text"><p class="f-head">{}</p>'
        "<p>{}</p>{}</div></li>"
    ).format(
        " long" if len(row.value) > 8 else "",
        row.value,
        row.unit,
        interval,
        sentence,
        certainty(row.level, row.reason),
        stamp(row.stamp),
    )


def refusal(sentence: str, remedy: str = "") -> Markup:
    """What stands in the place of a figure that these data cannot support."""
    return Markup('<p class="refusal">{} {}</p>').format(
        certainty(CANNOT_SAY),
        Markup(" ").join(escape(s) for s in (sentence, remedy) if s),
    )


def not_measured(
    what: str, why: str, how: str, then: str, instrument: str = "", reference: str = ""
) -> Markup:
    """A card for a gap: what is missing, why it matters, how to collect it, what it would say."""
    return _card(
        t("Not measured yet"),
        what,
        [
            (t("Why it matters"), why),
            (t("How to collect it"), how),
            (t("Then this report can say"), then),
        ],
        instrument,
        reference,
    )


def comes_later(
    what: str, then: str, meanwhile: str = "", reference: str = ""
) -> Markup:
    """A card for a section that a later version of the report will bring."""
    rows = [(t("It will say"), then)]
    if meanwhile:
        rows.append((t("Until then"), meanwhile))
    return _card(t("Comes in a later version"), what, rows, "", reference)


def cards(parts: Sequence[Markup]) -> Markup:
    """Cards side by side where there is room."""
    return Markup('<div class="gaps">{}</div>').format(Markup().join(parts))


def _card(
    tag: str, what: str, rows: list[tuple[str, str]], instrument: str, reference: str
) -> Markup:
    items = Markup().join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, text) for name, text in rows
    )
    end = Markup()
    if instrument or reference:
        end = Markup('<p class="gap-ref"><b>{}</b> <span>{}</span></p>').format(
            instrument, reference
        )
    return Markup(
        '<article class="gap"><p class="gap-tag">{}</p><h3>{}</h3><dl>{}</dl>{}</article>'
    ).format(tag, what, items, end)


def key() -> Markup:
    """The panel that explains the four marks and what an interval is."""
    rows = Markup().join(
        Markup("<li>{}. {}</li>").format(certainty(level), t(_MEANINGS[level]))
        for level in (STRONG, FAIR, THIN, CANNOT_SAY)
    )
    return Markup('<div class="key"><h3>{}</h3><ul>{}</ul><p>{}</p></div>').format(
        t("How sure are we?"),
        rows,
        t(
            "The mark is set by rule, from the weakest of precision, coverage and measurement. An "
            "interval is the range that a repeated measurement would be expected to cover 19 times "
            "in 20."
        ),
    )


def joint_test(p_value: float, clear: bool) -> str:
    """Whether the twelve months, taken together, are a season: the sentence under its title."""
    from safelearn.language import number

    shown = "< 0.001" if p_value < 0.001 else number(p_value, 3)
    if clear:
        return t(
            "Tested together, the twelve months differ more than chance would make them (p = {p}).",
            p=shown,
        ).replace("= <", "<")
    return t(
        "Tested together, the twelve months do not differ more than chance would make them "
        "(p = {p}): no month is marked.",
        p=shown,
    ).replace("= <", "<")
