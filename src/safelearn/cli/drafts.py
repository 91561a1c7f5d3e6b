"""What ``safelearn city import --new-profile`` shows: each column, what it was taken for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelearn.cli.screen import say, table
from safelearn.language import percent, t, tn

if TYPE_CHECKING:
    from safelearn.city.columns.profile_drafting import Draft

#: So many labels are shown; the crosswalk lists all.
_MOST = 20


def say_draft(draft: Draft) -> None:
    """What each column was taken for, which offences nobody knows, and where that was written."""
    from safelearn.city.columns.profile_drafting import unknown_rows

    head = [t("Column"), t("First values"), t("Taken for"), t("Why"), t("Filled")]
    rows = [
        [g.column, g.values, g.meaning, g.why, percent(g.filled)] for g in draft.guesses
    ]
    table(head, rows, numeric=(4,))
    for note in draft.notes:
        say(f"- {note}")
    if draft.unknown:
        say()
        say(
            tn(
                "{n} label of an offence is not known:",
                "{n} labels of offences are not known, the most frequent first:",
                len(draft.unknown),
            )
        )
        head = [t("Label"), t("Rows"), t("Most like"), t("Offence")]
        table(head, unknown_rows(draft.unknown[:_MOST]), numeric=(1,))
    say()
    say(t("Wrote what was understood of the file to {profile}.", profile=draft.profile))
    if draft.crosswalk:
        say(
            t(
                "Say which offence each label is in {file}: each line has a suggestion.",
                file=draft.crosswalk,
            )
        )
    say(t("Look it over in a text editor, then bring the file in:"))
