"""A case for a lesson, drawn until it shows what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Case = TypeVar("Case")


#: Cases beyond the first; if none holds, the whole city is drawn anew (`safelearn.course.variants`).
MOST = 80


def drawn_until(holds: Callable[[Case], bool], make: Callable[[], Case]) -> Case:
    """Draw one case of an assignment anew until it shows its own trap: all cases together would hardly ever do.

    Parameters
    ----------
    holds : callable
        Whether a case shows it.
    make : callable
        Draws a case. If none of many holds, the last is given back.

    Examples
    --------
    >>> numbers = iter([3, 5, 8, 9])
    >>> drawn_until(lambda n: n % 2 == 0, lambda: next(numbers))
    8
    """
    case = make()
    for _ in range(MOST):
        if holds(case):
            break
        case = make()
    return case
