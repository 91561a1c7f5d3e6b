"""What a design of evaluation cannot say, in whole sentences.

Each result names its limits by these sentences, so that a report can print them beside the number. They are
few on purpose: the same limit has the same words whichever design has it.
"""

from __future__ import annotations

from safelearn.language import mark, t, tn

NEEDS: frozenset[str] = frozenset()

NO_COMPARISON = mark(
    "With no areas to compare with, it cannot tell the measure's work from what changed everywhere."
)
SAME_TIME = mark(
    "Anything else that changed at the same time, and only there, would look the same."
)
RECORDED = mark(
    "Where the counts are of recorded cases, more or less reporting moves them as more or less danger would."
)
CHOSEN_HIGH = mark(
    "Areas chosen because their count was high tend to fall by themselves, and this looks like success."
)
BEYOND_BUFFER = mark(
    "It cannot see harm that moved past the neighbouring areas, to other hours or to other offences."
)
NO_BUFFER = mark(
    "Without counts from the neighbouring areas, it cannot see whether harm moved there."
)
CHANCE_ALONE = mark(
    "The interval allows for pure chance alone; recorded crime varies more than that, so it is too narrow."
)
SAME_NUMBER = mark(
    "It expects treated and compared areas to change by the same number of cases, so areas of unlike size mislead it."
)
SAME_RATIO = mark(
    "It expects that, untreated, all areas would have changed in the same proportion."
)
SAME_STEP = mark(
    "It expects that, untreated, all areas would have changed by the same amount."
)
TREND_GOES_ON = mark("It expects that the earlier trend and season would have gone on.")
LIKE_THE_MIX = mark(
    "It expects that the areas which matched before would have gone on matching after."
)
NOT_WHY = mark("It says how much changed, not which part of the work changed it.")


def sentences(*limits: str) -> tuple[str, ...]:
    """The limits in the reader's language, each once, in the order given."""
    return tuple(t(limit) for limit in dict.fromkeys(limits))


def smallest_p(placebos: int) -> str:
    """What so many placebos, each of as many untreated areas as were treated, can at best show."""
    return tn(
        "With {n} comparison where nothing was done, no p value can be smaller than {smallest}.",
        "With {n} comparisons where nothing was done, no p value can be smaller than {smallest}.",
        placebos,
        smallest=f"1/{placebos + 1}",
    )
