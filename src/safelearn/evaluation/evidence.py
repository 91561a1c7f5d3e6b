"""How much can an evaluation made in this way show, whatever it found?

How areas were chosen, what was counted and with what it was compared go in; a level on a named scale, its
reason in words and what would raise it come out. The level belongs to the design: a strong result from a weak
design stays weak evidence (draft:25(o).2).
"""

from __future__ import annotations

from dataclasses import dataclass

from safelearn.errors import SafelearnError
from safelearn.language import mark, t

NEEDS = frozenset({"table:interventions"})

#: Another scale circulates under the same name, in which before and after alone is level 1.
SCALE = "Maryland Scientific Methods Scale, Sherman and others 1997"
LEVELS = {
    0: mark("not evaluated"),
    1: mark("goes together with, at one moment"),
    2: mark("before and after, nothing to compare with"),
    3: mark("before and after, with a comparable place or group"),
    4: mark("several units compared, other factors controlled"),
    5: mark("drawn by lot"),
}
ASSIGNMENTS = ("by_lot", "matched", "by_need", "by_chance", "unknown")
#: Areas on each side from which on a lot, or several units, can even out what is not known of them.
SEVERAL = 5

_NOTHING_AFTER = mark("Nothing was counted after the start, so there is no evaluation.")
_NOTHING_BEFORE = mark(
    "Nothing was counted before the start: areas that differ now may always have differed."
)
_RECORDED_ANEW = mark(
    "The way of recording changed, and there are no compared areas in which it would have shown."
)
_ALONE = mark("There are no areas to compare with.")
_NOT_COMPARABLE = mark(
    "The compared areas were not chosen as alike, and their earlier counts were not shown to run alike."
)
_FEW_BY_LOT = mark(
    "Areas were drawn by lot, but they are too few for a lot to make both sides alike."
)
_COMPARABLE = mark(
    "Counted before and after, against areas that were chosen as alike or ran alike before."
)
_SEVERAL_HELD = mark(
    "Several areas on each side, alike before, or with other causes held in the comparison."
)
_BY_LOT = mark("Drawn by lot among enough areas to make both sides alike.")

_COUNT_AFTER = mark("Count after the start as it was counted before.")
_NAME_OTHERS = mark(
    "Name similar areas where nothing was begun, and count there too, before and after."
)
_CHOOSE_ALIKE = mark("Compare with areas whose earlier counts ran alike.")
_DRAW = mark("Begin in areas drawn by lot among all that need it.")
_MORE_AREAS = mark("Take five areas or more on each side.")
_REPEAT = mark("Repeat it elsewhere: one study is one study.")


@dataclass(frozen=True)
class Design:
    """How an evaluation was made.

    Attributes
    ----------
    treated_areas, control_areas : int
    assignment : str
        How the treated areas were chosen: by_lot, matched, by_need, by_chance or unknown.
    counted_before, counted_after : bool
    parallel_before : bool or None
        Whether earlier counts of both ran alike (`trends_before`); None if not looked at.
    adjusted : bool
        Whether other causes of change were measured and held in the comparison.
    recording_changed : bool
        Whether the way of recording changed between before and after.
    """

    treated_areas: int
    control_areas: int = 0
    assignment: str = "unknown"
    counted_before: bool = True
    counted_after: bool = True
    parallel_before: bool | None = None
    adjusted: bool = False
    recording_changed: bool = False


@dataclass(frozen=True)
class Grade:
    """What a design can show.

    Attributes
    ----------
    level : int
        0 to 5.
    scale : str
        Its name and edition.
    """

    level: int
    scale: str
    _reason: str
    _raised_by: str

    @property
    def name(self) -> str:
        """What the level is, in the reader's language."""
        return t(LEVELS[self.level])

    @property
    def reason(self) -> str:
        """Why it is this level, in the reader's language."""
        return t(self._reason)

    @property
    def raised_by(self) -> str:
        """What would raise it, in the reader's language."""
        return t(self._raised_by)


def grade(design: Design) -> Grade:
    """The level of evidence that a design carries, never more.

    Parameters
    ----------
    design : Design

    Returns
    -------
    Grade

    Raises
    ------
    SafelearnError
        If the way of choosing is none of those known.

    Notes
    -----
    Sherman, L. W. and others (1997), Preventing Crime: What Works, What Doesn't, What's Promising, chapter 2: 1
    correlation, 2 before and after or a comparison not shown to be comparable, 3 before and after with comparable
    units, 4 several units with other factors held or only minor differences, 5 several units drawn by lot. It
    leaves open how many are several; here five on each side. A lot among fewer counts as a comparison of level 3.

    Examples
    --------
    >>> grade(Design(treated_areas=3)).level
    2
    >>> grade(Design(treated_areas=3, control_areas=3, assignment="by_need")).level
    2
    >>> grade(Design(3, 3, "by_need", parallel_before=True)).level
    3
    """
    if design.assignment not in ASSIGNMENTS:
        raise SafelearnError(
            t(
                "`{name}` is none of {choices}.",
                name="assignment",
                choices=", ".join(ASSIGNMENTS),
            )
        )
    return Grade(*_graded(design))


def _graded(design: Design) -> tuple[int, str, str, str]:
    compared = design.control_areas > 0
    several = min(design.treated_areas, design.control_areas) >= SEVERAL
    by_lot = design.assignment == "by_lot"
    alike = design.assignment == "matched" and design.parallel_before is not False
    if not design.counted_after or design.treated_areas < 1:
        return 0, SCALE, _NOTHING_AFTER, _COUNT_AFTER
    if by_lot and several:
        return 5, SCALE, _BY_LOT, _REPEAT
    if not design.counted_before:
        return 1, SCALE, _NOTHING_BEFORE, _NAME_OTHERS
    if not compared and design.recording_changed:
        return 1, SCALE, _RECORDED_ANEW, _NAME_OTHERS
    if not compared:
        return 2, SCALE, _ALONE, _NAME_OTHERS
    if by_lot:
        return 3, SCALE, _FEW_BY_LOT, _MORE_AREAS
    if not (alike or design.parallel_before):
        return 2, SCALE, _NOT_COMPARABLE, _CHOOSE_ALIKE
    if several and (alike or design.adjusted):
        return 4, SCALE, _SEVERAL_HELD, _DRAW
    return 3, SCALE, _COMPARABLE, _DRAW if several else _MORE_AREAS
