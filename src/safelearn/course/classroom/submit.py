"""Hand in through nbgrader's exchange, into a folder that only the trainee and the instructor can enter.

nbgrader opens what was handed in to everybody and hides its name. A name can come out, in a message or over a
shoulder; then anybody could read the work, or empty it.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default.submit import ExchangeSubmit


class Submit(ExchangeSubmit):
    """nbgrader's own, with a door."""

    def copy_files(self) -> None:
        """Copy as nbgrader does, then close the folder for all but its owner and the instructor's group."""
        super().copy_files()
        inbound = Path(self.inbound_path)
        handed_in = inbound / self.assignment_filename
        # The exchange gives what is made in it the instructor's group (see exchange.py); another has not.
        shared = handed_in.stat().st_gid == inbound.stat().st_gid
        handed_in.chmod(0o750 if shared else 0o755)
