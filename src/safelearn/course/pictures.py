"""How a lesson shows a picture: in the report's own look, with words for those who cannot see it.

A lesson's ``pictures.py`` draws with matplotlib inside `drawing` and ends with `show`. Cells of the lesson stay
one line long, and the picture carries its description into every notebook, page and print made from it.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Inches; 720 px in a notebook.
WIDTH = 7.5
#: A lesson is read on a screen at arm's length: larger letters than in a report.
SIZE = 10.5


@contextmanager
def drawing(
    height: float, columns: int = 1, **options: Any
) -> Iterator[tuple[Figure, Any]]:
    """A figure of the report's look with its axes, as ``with drawing(3) as (figure, axes):``.

    Parameters
    ----------
    height : float
        In inches; the width is that of a notebook.
    columns : int
        Axes side by side.
    **options
        For ``Figure.subplots``, such as ``sharey`` or ``width_ratios``.
    """
    import matplotlib
    from matplotlib.figure import Figure

    from safelearn.views import style

    sizes = {"font.size": SIZE, "axes.labelsize": SIZE, "axes.titlesize": 11.5}
    sizes |= {"xtick.labelsize": SIZE - 1, "ytick.labelsize": SIZE - 1}
    with style.context(), matplotlib.rc_context(sizes):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        yield figure, figure.subplots(1, columns, **options)


def show(figure: Figure, description: str) -> None:
    """Show a figure; `description` is read aloud in its place."""
    from IPython.display import display

    file = io.BytesIO()
    figure.savefig(
        file, format="png", dpi=160, facecolor="white", metadata={"Software": None}
    )
    png = base64.b64encode(file.getvalue()).decode()
    image = (
        f'<img alt="{html.escape(description)}" src="data:image/png;base64,{png}" '
        f'style="width:min(100%, {96 * figure.get_figwidth():.0f}px)">'
    )
    display({"text/html": image, "image/png": png, "text/plain": description}, raw=True)
