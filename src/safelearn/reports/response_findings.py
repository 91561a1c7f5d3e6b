"""Sentences by rule on what was tried and what was spent: none says more than the accounts and designs can carry."""

from __future__ import annotations

from safelearn.evaluation import sensitivity
from safelearn.evaluation.allocation import ALIKE, LESS, MORE
from safelearn.language import mark, number, percent, t, tn

#: What the evaluation of a programme can carry (`strategy.stocktake`).
VERDICTS = {
    "not evaluated": mark("Not evaluated"),
    "says so, cannot show it": mark("Its design cannot show it"),
    "no result given": mark("No result given"),
    "worked": mark("Worked"),
    "mixed": mark("Mixed"),
    "no_effect": mark("No effect found"),
    "harmed": mark("Did harm"),
}
#: What is known of a kind of answer.
STATES = {
    "known here": mark("Known here"),
    "known elsewhere": mark("Elsewhere"),
    "tried, not known": mark("Tried only"),
    "nothing": mark("Nothing"),
}


def amount(value: float, currency: str, digits: int = 0) -> str:
    """Money as a reader writes it: the currency's three letters, then the number.

    Examples
    --------
    >>> amount(43.524, "XTS", 2).replace(chr(160), " ")
    'XTS 43.52'
    """
    said = number(value, digits)
    return f"{currency}\u00a0{said}" if currency else said


def tried(programmes: int, evaluated: int, never: int) -> str:
    """How many programmes there are, and how many can say what they did."""
    known = tn(
        "The city has written down {n} programme.",
        "The city has written down {n} programmes.",
        programmes,
    )
    if not evaluated:
        sure = t("None was evaluated in a way that can show what it changed.")
    elif evaluated == programmes:
        sure = t("All were evaluated in a way that can show what they changed.")
    else:
        sure = tn(
            "{n} of them was evaluated in a way that can show what it changed.",
            "{n} of them were evaluated in a way that can show what they changed.",
            evaluated,
        )
    if not never:
        return f"{known} {sure}"
    left = tn("{n} was not evaluated at all.", "{n} were not evaluated at all.", never)
    return f"{known} {sure} {left}"


def followed(verdict: str, hardest: str, easiest: str) -> str:
    """Whether money goes where living is harder."""
    if verdict == LESS:
        return t(
            "Where living conditions are hardest, {hard} a resident is spent by area; where they are easiest, {easy}",
            hard=hardest,
            easy=easiest,
        )
    if verdict == MORE:
        return t(
            "More is spent by area where living is harder: {hard} a resident, and {easy} where it is easiest",
            hard=hardest,
            easy=easiest,
        )
    assert verdict == ALIKE
    return t("Spending by area follows no clear pattern of living conditions")


def slope(ratio: float, lower: float, upper: float) -> str:
    """The same with its interval, in words."""
    return t(
        "From one area to another whose living conditions are one standard deviation harder, spending a resident "
        "changes by {change} (95% interval {lower} to {upper}).",
        change=percent(ratio - 1, sign=True),
        lower=percent(lower - 1, sign=True),
        upper=percent(upper - 1, sign=True),
    )


def accounts(
    execution: float, gap: str, share: float, years: int, year: int
) -> list[str]:
    """What was spent of what was approved, and what is missing."""
    said = []
    if execution == execution:
        said.append(
            t(
                "Of the money approved for {year}, {share} was spent.",
                year=str(year),
                share=percent(execution),
            )
        )
    if share > 0:
        said.append(
            t(
                "The plan needed {gap} more than was approved, {share} of what it asked for.",
                gap=gap,
                share=percent(share),
            )
        )
        if years > 1:
            said.append(
                t(
                    "Money has been missing in {n} years: a gap that returns is not closed by one grant.",
                    n=number(years),
                )
            )
    return said


def practitioner(cost: str) -> str:
    """What training costs for each person who works without help."""
    return t(
        "That is {cost} of training for each person who works without help in all that the role asks: an average, and "
        "not the price of training one more.",
        cost=cost,
    )


def learning(share: float) -> str:
    """What part of the money goes into people who learn."""
    if share == 0:
        return t("Nothing was spent on training.")
    return t(
        "Of all spending on safety, {share} went into training.",
        share=percent(share, 2 if share < 0.01 else 0),
    )


#: What moves a ratio of benefits to costs.
DRIVERS = {
    sensitivity.EFFECT: mark("how many cases were averted"),
    sensitivity.PRICES: mark("what a case costs"),
    sensitivity.COST: mark("what was spent"),
}


def worth(found) -> list[str]:
    """Benefits over costs (`measuring.worth.Worth`), never without the interval."""
    drawn, currency = found.found, found.currency
    most = drawn.drivers.sort_values("share").iloc[-1]
    said = [
        t(
            "For each {currency} spent on {name}, recorded harm worth {ratio} {currency} was averted (95% of draws: "
            "{lower} to {upper}).",
            currency=currency,
            name=found.name,
            ratio=number(drawn.ratio, 2),
            lower=number(drawn.lower, 2),
            upper=number(drawn.upper, 2),
        ),
        t(
            "In {share} of {draws} draws more was averted than spent; what moves it most is {input}.",
            share=percent(drawn.share_above_one),
            draws=number(drawn.draws),
            input=t(DRIVERS[most["input"]]),
        ),
        t(
            "In prices of {year}, unit costs of version {version}. Fear, trust and the freedom to move have no price "
            "here.",
            year=str(found.price_year),
            version=found.version,
        ),
    ]
    if found.neighbours:
        said.append(t("What moved to the neighbouring areas is counted."))
    return [" ".join(said)]
