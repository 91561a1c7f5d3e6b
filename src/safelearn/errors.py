"""What safelearn says when it cannot go on: what was wrong, where, and what to do now.

Every error that a user can meet is a `SafelearnError`; the command line prints its sentences and never a
traceback. The sentences are ready to be shown: whoever raises one has passed them through `language.t`.
"""

from __future__ import annotations


class SafelearnError(Exception):
    """Something a user can mend.

    Parameters
    ----------
    what : str
        One sentence: what is wrong.
    where : str, optional
        The file, line, column or setting that it concerns.
    remedy : str, optional
        One sentence: what to do now.
    """

    #: Exit status of a command that ends with this error (see the list of commands in the README).
    exit_status = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = str(where)
        self.remedy = remedy

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentences, as the command line would print them."""
        return [f"✗ {self}"]

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.where, self.remedy) if part)


class Refused(SafelearnError):
    """A figure that these data cannot support: a clear sentence instead of a number.

    Measures raise it, reports print it in the figure's place, and the manifest lists it.
    """
