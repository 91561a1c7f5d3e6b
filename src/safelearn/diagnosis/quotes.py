"""What do people say in their own words, and what of it may be shown?

The table of quotes goes in; the quotes that may be published, what they speak of by group, how far two coders agree
and how many quotes stay here, and why, come out (draft:25(d).4, draft:26(c).6). A quote leaves only if the person
said so, and only if its words give nobody and no neighbourhood away. No area stands beside a quote: words, group and
neighbourhood together are a person to the people next door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from safelearn.city.columns.personal import VALUES
from safelearn.diagnosis.agreement import Agreement, cohen_kappa
from safelearn.errors import Refused

NEEDS = frozenset({"table:quotes"})

#: The one consent with which a quote leaves.
PUBLISH = "publish"
#: What of a quote may be shown; never its area, its day or its number.
SHOWN = ("group", "theme", "tone", "place_type", "setting", "quote")
#: Why a quote is withheld, in the order in which it is looked at.
NO_CONSENT, NAMES_A_PERSON, NAMES_A_PLACE = "consent", "person", "place"
#: A shorter name of an area is an ordinary word too often.
_SHORTEST_NAME = 4
#: Two words with capitals within a sentence, or one after a form of address: most likely a name.
_NAMES = (
    re.compile(
        r"(?<=[\w,;] )(?!I\b)[A-ZÀ-ÖØ-Þ][\w'’-]+ (?:d[aeo]s? |von |van |al-)?[A-ZÀ-ÖØ-Þ][\w'’-]+"
    ),
    re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|Don|Doña|Dona|Señor|Señora|Señorita|Sr|Sra|Srta|Senhor|Senhora|Seu|Monsieur|"
        r"Madame|Mme|Officer|Sergeant|Constable|Sargento|Agente|Cabo|Padre|Father|Sister|Hermana|Pastor|Profesora?|"
        r"Professora?|don|doña|dona|seu)\.? [A-ZÀ-ÖØ-Þ][\w'’-]+"
    ),
    re.compile(
        r"\b(?:my name is|called|named|me llamo|se llama|meu nome é|chama-se|je m['’]appelle|s['’]appelle) "
        r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
    ),
)  # fmt: skip


@dataclass(frozen=True)
class QuoteBank:
    """What may be shown of the quotes, and what of the rest.

    Attributes
    ----------
    shown : DataFrame
        The columns `SHOWN`, in the order of groups and themes of the table.
    themes : DataFrame
        ``theme, group, quotes``: how many of the quotes shown speak of what, by the first coder.
    withheld : dict of str to int
        Reason (`NO_CONSENT`, `NAMES_A_PERSON`, `NAMES_A_PLACE`) -> quotes that stay here.
    agreement : Agreement or None
        Of the two coders, over all quotes that both coded and whose speakers let them be used at all; None where
        there are too few.
    not_compared : str
        Why there is no agreement; empty if there is one.
    """

    shown: pd.DataFrame
    themes: pd.DataFrame
    withheld: dict[str, int]
    agreement: Agreement | None
    not_compared: str


def quote_bank(
    quotes: pd.DataFrame,
    places: Iterable[str] = (),
    withhold: Callable[[str], bool] | None = None,
) -> QuoteBank:
    """Sort quotes into those that may be shown and those that stay here.

    Parameters
    ----------
    quotes : DataFrame
        The table ``quotes``, one row a quote.
    places : iterable of str
        Names of the city's areas: a quote with one of them is withheld.
    withhold : callable, optional
        One more look at a quote that may give a person away, such as `disclosure.personal_data.check`.

    Returns
    -------
    QuoteBank

    Notes
    -----
    The search for names errs to the safe side: a quote about "the Avenida Central" is withheld too. It is a net and
    no proof; whoever notes a quote leaves names out, and a person reads the report before it is published.
    """
    frame = quotes.reset_index(drop=True)
    consented = frame["consent"] == PUBLISH
    person = frame["quote"].map(names_a_person).astype(bool)
    if withhold is not None:
        person |= frame["quote"].map(withhold).astype(bool)
    place = frame["quote"].map(_names_of(places)).astype(bool)
    why = pd.Series("", index=frame.index).mask(place, NAMES_A_PLACE)
    why = why.mask(person, NAMES_A_PERSON).mask(~consented, NO_CONSENT)
    shown = frame[why == ""].reindex(columns=list(SHOWN)).reset_index(drop=True)
    counted = shown.groupby(["theme", "group"], observed=True, sort=False).size()
    agreement, not_compared = _agreement(frame[frame["consent"] != "none"])
    return QuoteBank(
        shown=shown,
        themes=counted.rename("quotes").reset_index(),
        withheld={
            reason: int((why == reason).sum())
            for reason in (NO_CONSENT, NAMES_A_PERSON, NAMES_A_PLACE)
        },
        agreement=agreement,
        not_compared=not_compared,
    )


def names_a_person(text: str) -> bool:
    """Whether a text holds what looks like a name, a telephone, an address of any kind or a number plate.

    Examples
    --------
    >>> names_a_person("Ask Rosa Quispe at the stall.")
    True
    >>> names_a_person("After ten no bus climbs the hill.")
    False
    """
    found = any(pattern.search(text) for _, pattern in VALUES)
    return found or any(pattern.search(text) for pattern in _NAMES)


def _names_of(places: Iterable[str]):
    names = sorted({p.strip() for p in places if len(p.strip()) >= _SHORTEST_NAME})
    if not names:
        return lambda text: False
    found = re.compile(
        r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE
    )
    return lambda text: bool(found.search(text))


def _agreement(coded: pd.DataFrame) -> tuple[Agreement | None, str]:
    if "theme_second" not in coded:
        coded = coded.assign(theme_second=None)
    try:
        return cohen_kappa(coded["theme"], coded["theme_second"]), ""
    except Refused as refused:
        return None, " ".join(filter(None, (refused.what, refused.remedy)))
