"""What people said: quotes beside the figures, and behind them the codebook and how far two coders agree."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from safelearn.city.contracts import labels
from safelearn.diagnosis.codebook import CODEBOOK
from safelearn.diagnosis.quotes import NAMES_A_PERSON, NAMES_A_PLACE, NO_CONSENT
from safelearn.language import lower_first, t, tn
from safelearn.reports import group_findings
from safelearn.reports.evidence import Evidence
from safelearn.reports.page import prose
from safelearn.views import tables

#: Voices that belong to no section of the chapter.
EVERYBODYS = ("everyone", "men", "other")


def voices(evidence: Evidence, groups: Collection[str]) -> Markup:
    """The quotes of these groups that may be shown; nothing if there is none."""
    table = evidence.tables.get("quotes")
    if table is None:
        return Markup()
    frame = table.where(group=list(groups)).frame
    group, setting, place = map(_words, ("group", "setting", "place_type"))
    said = []
    for row in frame.itertuples():
        parts = [group.get(row.group, row.group)]
        parts += [lower_first(setting[row.setting])] if row.setting in setting else []
        if row.place_type in place:
            parts.append(t("about: {place}", place=lower_first(place[row.place_type])))
        said.append(
            Markup("<li><q>{}</q> <span>{}</span></li>").format(
                row.quote, ", ".join(parts)
            )
        )
    if not said:
        return Markup()
    return Markup('<ul class="voices" aria-label="{}">{}</ul>').format(
        t("What people said"), Markup().join(said)
    )


def codebook(evidence: Evidence) -> Markup:
    """How the quotes were coded, what each theme means, and how many quotes are not shown."""
    found = evidence.results.get("groups", {})
    if "withheld" not in found:
        return Markup()
    head = Markup('<div class="prose"><h3>{}</h3></div>').format(
        t("How the quotes were read")
    )
    return (
        head + prose(_coders(found), _withheld(found["withheld"])) + _themes(evidence)
    )


def _coders(found: dict) -> str:
    agreed = found["agreement"]
    if agreed is None:
        return t(
            "Nobody can say whether a second reader would see the same themes. {why}",
            why=found["not_compared"],
        )
    return group_findings.agreement(
        agreed.kappa, agreed.lower, agreed.upper, agreed.agreed, agreed.n
    )


def _withheld(withheld: dict[str, int]) -> str:
    sentences = []
    if withheld[NO_CONSENT]:
        sentences.append(
            tn(
                "{n} quote is not shown because its speaker did not agree to publication.",
                "{n} quotes are not shown because their speakers did not agree to publication.",
                withheld[NO_CONSENT],
            )
        )
    if withheld[NAMES_A_PERSON]:
        sentences.append(
            tn(
                "{n} is withheld because its words may give a person away.",
                "{n} are withheld because their words may give a person away.",
                withheld[NAMES_A_PERSON],
            )
        )
    if withheld[NAMES_A_PLACE]:
        sentences.append(
            tn(
                "{n} is withheld because it names a neighbourhood.",
                "{n} are withheld because they name a neighbourhood.",
                withheld[NAMES_A_PLACE],
            )
        )
    sentences.append(t("No quote stands with the area it comes from."))
    return " ".join(sentences)


def _themes(evidence: Evidence) -> Markup:
    table = evidence.tables.get("quotes_by_theme")
    if table is None:
        return Markup()
    meanings = {theme: t(words) for theme, words in CODEBOOK.items()}
    table = table.labelled("meaning", "theme", meanings)
    columns = [
        tables.Column(t("Theme"), "theme", words=_words("theme")),
        tables.Column(t("Said by"), "group", words=_words("group")),
        tables.Column(t("Quotes shown"), "quotes", "count"),
        tables.Column(t("What belongs to it"), "meaning"),
    ]
    shown = tables.table(
        table, columns, caption=t("Themes of the quotes, with their definitions")
    )
    return Markup('<details class="numbers"><summary>{}</summary>{}</details>').format(
        t("Codebook and themes by group"), shown
    )


def _words(column: str) -> dict[str, str]:
    return {code: t(words) for code, words in labels("quotes", column).items()}
