"""What do residents' answers say on the global goals, counted as the goals' own definitions count?

The table ``survey`` goes in; each function gives the answers of one SDG indicator as 1, 0 or missing, one a
respondent, from which `from_survey` makes shares with design-based intervals. The denominator of each is written
where it is decided: most wrong figures in circulation come from a denominator, not from a numerator.

The editions of the metadata stand in ``guidelines/indicators.toml`` (``version``). Serves draft:11 and draft:26(e).4.
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.indicators.answers import (
    RECENT,
    aged,
    among,
    either,
    said,
    sex_is,
)
from safelearn.language import t

#: The answers of SDG 16.1.4 that count as feeling safe.
SAFE = ("very_safe", "safe")
#: Bodies that count as an authority or another recognised mechanism in SDG 16.3.1.
TOLD = ("police", "other_authority")
#: What SDG 16.3.1 counts as each form of violence; the three rates are never added.
FORMS = {
    "physical": (("assault", "assault_told"), ("robbery", "robbery_told")),
    "sexual": (("sexual_violence", "sexual_violence_told"),),
    "psychological": (("threat", "threat_told"),),
}
PARTNER_FORMS = ("partner_physical", "partner_sexual", "partner_psychological")
HELPED = ("court", "police", "mediation", "community_or_religious_leader", "other")


def feels_safe_after_dark(
    *,
    very_safe: float,
    safe: float,
    unsafe: float,
    very_unsafe: float,
    never_goes_out: float = 0,
    dont_know: float = 0,
) -> float:
    """Share who feel safe walking alone in their neighbourhood after dark (SDG 16.1.4), from counted answers.

    Parameters
    ----------
    very_safe, safe, unsafe, very_unsafe, never_goes_out, dont_know : float
        People, or weights, that gave each of the six answers.

    Returns
    -------
    float
        (very safe + safe) / all six, from 0 to 1.

    Raises
    ------
    Refused
        If nobody answered.

    Notes
    -----
    Metadata of 2021-12-06: the denominator is all respondents. People who never go out alone after dark stay in it,
    often because they are afraid; leaving them out makes an unsafe city look safer (0.568 instead of 0.50 below).

    Examples
    --------
    >>> feels_safe_after_dark(very_safe=180, safe=320, unsafe=250, very_unsafe=130, never_goes_out=90, dont_know=30)
    0.5
    """
    everybody = very_safe + safe + unsafe + very_unsafe + never_goes_out + dont_know
    if everybody <= 0:
        raise Refused(
            t("Nobody answered how safe they feel."),
            remedy=t("Ask the question on walking alone after dark in the survey."),
        )
    return (very_safe + safe) / everybody


def safe_after_dark(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.1.4: adults who feel very safe or safe walking alone in their neighbourhood after dark.

    Denominator: all adults who were asked, with those who never go out alone and those who do not know. Not counted:
    the answer to the follow-up question how safe one would feel if one went out.
    """
    return among(said(frame, "walk_dark", *SAFE), aged(frame, 18))


def safe_by_day(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.1.4 by day, a breakdown of the indicator; the denominator is the same."""
    return among(said(frame, "walk_day", *SAFE), aged(frame, 18))


def physical_violence(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.1.3, physical violence in the last 12 months: assault, in the sense of ICCS 02011.

    Denominator: all adults who were asked. Not counted: robbery (an offence of its own) and what happened earlier.
    """
    return among(said(frame, "assault", *RECENT), aged(frame, 18))


def sexual_violence(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.1.3, sexual violence in the last 12 months (ICCS 0301).

    Denominator: adults who were asked. The question is asked only where nobody else can hear, so people who were not
    alone are out of the base; they are not known to have been spared.
    """
    return among(said(frame, "sexual_violence", *RECENT), aged(frame, 18))


def psychological_violence(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.1.3, psychological violence in the last 12 months, measured as threats that really frightened.

    Denominator: all adults who were asked. No international standard exists; limiting it to threats is the practical
    option that the metadata name.
    """
    return among(said(frame, "threat", *RECENT), aged(frame, 18))


def reported(frame: pd.DataFrame, form: str) -> pd.Series:
    """SDG 16.3.1 for one form of violence: victims of the last 12 months who told an authority.

    Parameters
    ----------
    frame : DataFrame
        The table ``survey``.
    form : {"physical", "sexual", "psychological"}
        Physical violence covers assault and robbery here; the rates of the three forms are computed apart and never
        added.

    Notes
    -----
    Denominator: adult victims of the last 12 months, each person once. Numerator: of these, who told the police or
    another recognised body of the latest event (of either kind, for victims of both). Not counted: victims of earlier
    years. A victim who does not answer whether anybody was told stays in the denominator.
    """
    pairs = [
        (said(frame, happened, *RECENT), said(frame, told, *TOLD))
        for happened, told in FORMS[form]
        if happened in frame and told in frame
    ]
    victim = either(*(happened for happened, _ in pairs)).eq(1)
    told = either(*(told.where(happened.eq(1)) for happened, told in pairs)).fillna(0)
    return among(told, victim & aged(frame, 18))


def sexual_harassment(frame: pd.DataFrame) -> pd.Series:
    """SDG 11.7.2, sexual harassment in the last 12 months. Denominator: all adults who were asked.

    The question goes back three years; only people whose latest event lies in the last 12 months count.
    """
    return among(said(frame, "harassed_sexual", *RECENT), aged(frame, 18))


def other_harassment(frame: pd.DataFrame) -> pd.Series:
    """SDG 11.7.2, harassment that was not sexual, in the last 12 months. Denominator: all adults who were asked."""
    return among(said(frame, "harassed_other", *RECENT), aged(frame, 18))


def any_harassment(frame: pd.DataFrame) -> pd.Series:
    """SDG 11.7.2: adults harassed in either way in the last 12 months, each person once.

    The union of persons and not the sum of the two shares, which would count people with both forms twice.
    """
    return either(sexual_harassment(frame), other_harassment(frame))


def harassed_at(frame: pd.DataFrame, place: str) -> pd.Series:
    """SDG 11.7.2 by place: adults whose latest harassment of either kind in the last 12 months happened there.

    Denominator: all adults who were asked, as for the whole. Only the place of the latest event of each kind is
    known, so the shares of the places are lower bounds; a person with both kinds can count in two places.
    """
    parts = []
    for question in ("harassed_sexual", "harassed_other"):
        here = said(frame, question, *RECENT)
        where = frame[f"{question}_place"].astype("object").eq(place)
        parts.append(here * where)
    return among(either(*parts), aged(frame, 18))


def partner_violence(frame: pd.DataFrame) -> pd.Series:
    """SDG 5.2.1: physical, sexual or psychological violence by a present or former partner in the last 12 months.

    Denominator: women and girls of 15 and over who ever had a partner and were asked (alone, and with their
    agreement). Not counted: men, women who never had a partner, and what happened earlier.
    """
    asked = [c for c in PARTNER_FORMS if c in frame]
    found = either(*(said(frame, c, *RECENT) for c in asked))
    partnered = frame["ever_partnered"].astype("object").eq("yes")
    return among(found, _women(frame) & partnered)


def non_partner_sexual_violence(frame: pd.DataFrame) -> pd.Series:
    """SDG 5.2.2: sexual violence by somebody other than a partner in the last 12 months.

    Denominator: all women and girls of 15 and over who were asked, with or without a partner.
    """
    return among(said(frame, "nonpartner_sexual", *RECENT), _women(frame))


def childhood_sexual_violence(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.2.3: sexual violence suffered before the age of 18.

    Denominator: people of 18 to 29 who were asked; a person whose age is not known is out. The global indicator is
    given for women and men apart.
    """
    return among(
        said(frame, "childhood_sexual", "yes"), aged(frame, 18, 29, unknown=False)
    )


def bribery(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.5.1: paid a bribe to a public official, or was asked for one, in the last 12 months.

    Denominator: adults with at least one contact with a public official, who alone could meet a bribe.
    """
    contact = frame["official_contact"].astype("object").eq("yes")
    return among(said(frame, "bribe", "paid", "asked"), contact & aged(frame, 18))


def dispute_helped(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.3.3: used a formal or informal way of settling a dispute of the last two years.

    Denominator: people with a dispute, less those who wanted no help. Who looked for help and found none is in it.
    """
    needed = frame["dispute"].astype("object").eq("yes")
    needed &= ~frame["dispute_help"].astype("object").eq("none_wanted")
    return among(said(frame, "dispute_help", *HELPED), needed & aged(frame, 18))


def discriminated(frame: pd.DataFrame) -> pd.Series:
    """SDG 10.3.1 and 16.b.1: felt treated worse because of who they are, in the last 12 months.

    Denominator: all adults who were asked. The share on one ground is of everybody, not of the people concerned.
    """
    return among(said(frame, "discriminated", *RECENT), aged(frame, 18))


def has_a_say(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.7.2, its first half: people like the respondent have some say, a lot, or a great deal.

    Denominator: all adults who were asked, with those who do not know. The second question of the definition, whether
    decisions respond, is not in the survey, so the figure is for having a say only.
    """
    return among(
        said(frame, "has_say", "some", "a_lot", "a_great_deal"), aged(frame, 18)
    )


def satisfied(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.6.2: satisfied or very satisfied with the last experience of a public service.

    Denominator: adults who used one in the last 12 months; those who do not know stay in. The global indicator covers
    health, schools and civil registration; here it is the service that was used last.
    """
    used = frame["service_used"].astype("object")
    users = used.notna() & used.ne("none")
    found = said(frame, "service_satisfied", "very_satisfied", "satisfied")
    return among(found, users & aged(frame, 18))


def secure_tenure(frame: pd.DataFrame) -> pd.Series:
    """SDG 1.4.2, its second half: adults who feel secure from being made to leave their home.

    Denominator: all adults who were asked, with those who do not know. The first half, documents, is a question for
    the land registry and is reported apart.
    """
    return among(said(frame, "tenure", "yes"), aged(frame, 18))


def _women(frame: pd.DataFrame) -> pd.Series:
    return sex_is(frame, "female") & aged(frame, 15)
