"""Which model is behind a figure, who answers for it, for whom is it wrong more often, and who hears a complaint?

A model's name goes in, with what was measured of its errors in each group and the offices that answer for it; a card
comes out that the report shows and the manifest keeps. No table of a model's results is approved without its card
(`approval.approve`), and there is none for scores of persons: these are not computed at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import listing, mark, number, t

_NOT_FOR = mark(
    "Planning patrols or stops, evictions, lending, insurance, or any decision about a person."
)


@dataclass(frozen=True)
class Model:
    """What is true of a model in every city: marked sentences, translated when they are shown."""

    title: str
    purpose: str
    data: str
    method: str
    source: str
    errs: str
    not_for: str = _NOT_FOR


#: Every model whose results may leave.
MODELS = {
    "hot_spots": Model(
        mark("Small places where offences gather"),
        mark(
            "To ask with residents what a place lacks, and to place prevention and services."
        ),
        mark("Recorded offences with an exact place, counted in cells or areas."),
        mark(
            "Local statistics of Getis and Ord and of Moran, with the share of false finds held down."
        ),
        mark(
            "Getis and Ord 1992; Anselin 1995; Benjamini and Hochberg 1995; Caldas de Castro and Singer 2006."
        ),
        mark(
            "Places where people report less, or where police look less, are missed; places where police "
            "look more are found too often."
        ),
    ),
    "near_repeat": Model(
        mark("Whether offences repeat near each other"),
        mark("To warn and help those who live near, soon after an offence."),
        mark("Recorded offences with an exact place and a day."),
        mark("Knox's count of pairs that are near in space and time, against chance."),
        mark("Knox 1964; Barton and David 1966; Townsley, Homel and Chaseling 2003."),
        mark(
            "Who does not report a second offence is not found; several victims of one event look like repeats."
        ),
    ),
    "need_score": Model(
        mark("Where services are needed first"),
        mark("To share out prevention and services by need."),
        mark(
            "Recorded violence and property offences, victims and fear from a survey, and conditions of life, by "
            "area; no offence that police find by looking for it."
        ),
        mark(
            "The mean of the sources' standard scores, drawn again many times within their errors and with other "
            "weights; a class is stated only where nine in ten draws agree."
        ),
        mark("Goldstein and Spiegelhalter 1996; Saisana, Saltelli and Tarantola 2005."),
        mark(
            "Areas where people report less, or where few were asked, seem to need less; the weights are a choice "
            "of people."
        ),
    ),
    "area_typology": Model(
        mark("Kinds of areas, by the services that would fit them"),
        mark("To try in one area what helped in a similar one."),
        mark("The same sources as for need, by area."),
        mark(
            "Fixed rules: whether harm, conditions of life or fear lie clearly above the rest of the city, each "
            "drawn again many times within its error."
        ),
        mark("Hubert and Arabie 1985, for how steady the kinds are."),
        mark(
            "Areas with little data lie between kinds; a kind is a likeness of figures, not of people."
        ),
    ),
    "risk_factors": Model(
        mark("What goes together with harm"),
        mark("To choose conditions worth asking about and changing."),
        mark(
            "Recorded offences by area, residents, and figures of other offices by area."
        ),
        mark(
            "Regression of counts with the number of residents, over-dispersion and the neighbours' exposure."
        ),
        mark(
            "Cameron and Trivedi, Regression Analysis of Count Data, 2013; Robinson 1950 on areas and people."
        ),
        mark(
            "What holds for areas need not hold for people in them; where reporting differs, it looks like risk."
        ),
    ),
}


@dataclass(frozen=True)
class GroupError:
    """How often a model is wrong for one group.

    Parameters
    ----------
    group : str
        In the reader's language: women, an age group, areas with few records.
    measure : str
        What was measured: a sentence part such as "hot spots found that were none the year after".
    value : float
        Share of cases, 0 to 1.
    n : int
        Cases it rests on.
    """

    group: str
    measure: str
    value: float
    n: int

    @property
    def sentence(self) -> str:
        return t(
            "{group}: {measure} {share} (n = {n}).",
            group=self.group,
            measure=self.measure,
            share=number(self.value, 2),
            n=number(self.n),
        )


@dataclass(frozen=True)
class AlgorithmCard:
    """The card of one model in one city.

    Attributes
    ----------
    model : str
        One of `MODELS`.
    errors : tuple of GroupError
        What was measured; without any, the card says that nobody has.
    owner, appeal : str
        The office that answers for its use, and where to object; empty if the city has not named them.
    """

    model: str
    errors: tuple[GroupError, ...] = ()
    owner: str = ""
    appeal: str = ""

    @property
    def title(self) -> str:
        return t(MODELS[self.model].title)

    @property
    def complete(self) -> bool:
        """Whether an office answers for it and an office hears objections: needed for publication."""
        return bool(self.owner and self.appeal)

    def lines(self) -> list[tuple[str, str]]:
        """The card as it is shown: what each line is about, and its sentence, in the reader's language."""
        model = MODELS[self.model]
        measured = " ".join(error.sentence for error in self.errors)
        unmeasured = t("The error in each group has not been measured.")
        nobody = t("Nobody yet: write it into the city's settings before you publish.")
        return [
            (t("What it is for"), t(model.purpose)),
            (t("What it is not for"), t(model.not_for)),
            (t("What it reads"), t(model.data)),
            (t("How it works"), t(model.method)),
            (t("Who described the method"), t(model.source)),
            (t("For whom it errs"), t(model.errs)),
            (t("How often it errs"), measured or unmeasured),
            (t("Who answers for it"), self.owner or nobody),
            (t("Where to object"), self.appeal or nobody),
        ]

    def record(self) -> dict[str, Any]:
        """The card for the manifest."""
        return {
            "title": self.title,
            "complete": self.complete,
            "lines": dict(self.lines()),
        }


def card(
    model: str,
    *,
    errors: Sequence[GroupError] = (),
    owner: str = "",
    appeal: str = "",
) -> AlgorithmCard:
    """The card that a model's results need before they leave (draft:26(f)(ii).9).

    Parameters
    ----------
    model : str
        One of `MODELS`. Others, scores of persons among them, have none.
    errors : sequence of GroupError
        The model's error in each group, where it was measured.
    owner, appeal : str
        Offices, never persons.

    Raises
    ------
    SafelearnError
        If the model is not known.

    Examples
    --------
    >>> card("hot_spots").complete
    False
    >>> dict(card("need_score", appeal="Ombudsman").lines())["Where to object"]
    'Ombudsman'
    """
    if model not in MODELS:
        raise SafelearnError(
            t(
                "There is no card for the model `{model}`, so its results stay here.",
                model=model,
            ),
            remedy=t("Models with a card: {names}.", names=listing(list(MODELS))),
        )
    return AlgorithmCard(model, tuple(errors), owner.strip(), appeal.strip())
