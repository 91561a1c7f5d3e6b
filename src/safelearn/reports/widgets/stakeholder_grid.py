"""Who can move what, and who wants to? The power-interest grid, changed in the room and written to the city's folder.

Scores are opinions about organisations, for the city's own office: what stands in the notebook when nobody works in it
says how many were rated, and nothing about any of them. Organisations that speak for people who can be endangered are
never offered. Writing goes the way of an import (`city.editing`), so it can be taken back. (draft:25(b), draft:15)
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd
from markupsafe import Markup

from safelearn import language
from safelearn.city.editing import edit, state
from safelearn.city.folder import City
from safelearn.city.imports.history import records, undo
from safelearn.disclosure.approval import approve
from safelearn.errors import Refused, SafelearnError
from safelearn.language import NONE, number, t, tn
from safelearn.reports.codes import words
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice
from safelearn.resources import datasets
from safelearn.stakeholders.position import CUT, FIELD_NAMES, Grid, grid
from safelearn.stakeholders.register import exposed, usable

TABLE = "stakeholders"
SCORES = ("power", "power_lowest", "power_highest", "interest", "interest_lowest", "interest_highest")  # fmt: skip
#: The value of a control that says nothing.
UNSAID = ""


def stakeholder_grid(city: str | Path) -> GridEditor:
    """Change power, interest and stance of organisations, see where they stand, and write it down.

    Parameters
    ----------
    city : path
        The city's folder. A bundled city is only looked at: copy it to work in it.

    Returns
    -------
    GridEditor
        Controls `organisation` (its code), the scores, `stance` and `assessed_on`; buttons `write` and `back`.

    Raises
    ------
    Refused
        If the city has no register, or none of its organisations may be rated.
    """
    return GridEditor(Path(city))


class GridEditor(Board):
    """The grid with its controls.

    Attributes
    ----------
    drafts : dict
        Code of an organisation -> column -> value that is not written yet.
    write, back : Button
    """

    def __init__(self, folder: Path) -> None:
        self.folder = City.open(folder).folder
        self.drafts: dict[str, dict[str, Any]] = {}
        self._read()
        codes = [c for c in self._rows.index if c not in self._never]
        if not codes:
            raise Refused(
                t("The register holds no organisation that may be rated."),
                remedy=t("Write organisations into the table stakeholders, never persons."),
            )  # fmt: skip
        self.write = pieces.button(t("Write to the city's folder"), "primary")
        self.back = pieces.button(t("Take the last change back"))
        named = [(f"{c} {self._rows.loc[c, 'name']}", c) for c in codes]
        controls = {"organisation": choice(t("Organisation"), named)}
        controls |= {c: choice(text, self._scores(c)) for c, text in _titles().items()}
        stances = [(t("not said"), UNSAID), *((v, k) for k, v in words(TABLE, "stance").items())]  # fmt: skip
        controls["stance"] = choice(t("Stance"), stances)
        controls["assessed_on"] = ipywidgets.DatePicker(
            value=date.today(), description=t("Assessed on"), style=pieces.STYLE,
            layout=ipywidgets.Layout(width="24rem"),
        )  # fmt: skip
        for name, value in self._held(codes[0]).items():
            controls[name].value = value
        super().__init__(
            self._shown,
            controls,
            follows={"organisation": self._held},
            buttons=[self.write, self.back],
        )
        self.does(self.write, self._write)
        self.does(self.back, self._back)

    def static(self, *, audience: str = "public", **setting: Any) -> Markup:
        """The grid for a setting as HTML.

        Parameters
        ----------
        audience : {"public", "internal"}
            In public, only how many organisations were rated.
        **setting
            Values of controls.
        """
        if audience == "internal":
            return super().static(**setting)
        with language.use(self._language):
            try:
                told = pieces.finding(_rated(grid(usable(self._register))))
            except Refused as refused:
                told = pieces.error(refused)
            return Markup('<div class="safelearn-static">{}{}</div>').format(
                Markup(told), Markup(pieces.note(_for_the_office()))
            )

    # -- what is held, and what is drafted ----------------------------------------------------------------

    def _read(self) -> None:
        self._seen = state(self.folder, TABLE)
        register = City.open(self.folder).table(TABLE)
        if register is None or not len(register):
            raise Refused(
                t("The city has no register of organisations."),
                remedy=t("Write organisations into the table stakeholders, never persons."),
            )  # fmt: skip
        codes = register["stakeholder_id"].astype("str")
        self._register = register
        self._rows = register.set_index(codes)
        self._never = set(codes[exposed(register)])

    def _scores(self, column: str) -> list[tuple[str, Any]]:
        """Full points, halves for the middle of several raters, and whatever the register holds."""
        steps = {float(v) for v in range(1, 6)}
        if column in ("power", "interest"):
            steps |= {v + 0.5 for v in range(1, 5)}
        if column in self._rows:
            steps |= set(self._rows[column].dropna().astype(float))
        written = [(number(v, 0 if v.is_integer() else 1), v) for v in sorted(steps)]
        return [(t("not scored"), UNSAID), *written]

    def _held(self, organisation: str) -> dict[str, Any]:
        """What the register says of an organisation, with what was drafted for it."""
        row = self._rows.loc[organisation]
        held: dict[str, Any] = {}
        for column in (*SCORES, "stance"):
            value = row.get(column)
            known = value is not None and not pd.isna(value)
            kind = str if column == "stance" else float
            held[column] = kind(value) if known else UNSAID
        return held | self.drafts.get(organisation, {})

    def _draft(self, setting: dict[str, Any]) -> dict[str, Any]:
        """Where a setting differs from the register."""
        code = setting["organisation"]
        kept = self.drafts.pop(code, None)
        held = self._held(code)
        if kept is not None:
            self.drafts[code] = kept
        return {c: setting[c] for c in held if setting[c] != held[c]}

    def _moved(self, change: Any) -> None:
        if not self._held_still(change):
            code = self.setting["organisation"]
            draft = self._draft(self.setting)
            self.drafts.pop(code, None)
            if draft:
                self.drafts[code] = draft
        super()._moved(change)

    def _held_still(self, change: Any) -> bool:
        """Whether it was the organisation or the day that moved: neither is a score."""
        own = ("organisation", "assessed_on")
        return any(change["owner"] is self.controls[name] for name in own)

    # -- what is shown ------------------------------------------------------------------------------------

    def _shown(self, organisation: str, **setting: Any) -> str:
        from safelearn.views import charts
        from safelearn.views.marks import SYNTHETIC

        whole = {"organisation": organisation, **setting}
        drafts = {k: v for k, v in self.drafts.items() if k != organisation}
        if draft := self._draft(whole):
            drafts[organisation] = draft
        _check(setting)
        found = grid(usable(_with(self._register, drafts)))
        place = found.actors.set_index("stakeholder_id")
        name = str(self._rows.loc[organisation, "name"])
        if organisation in place.index:
            row = place.loc[organisation]
            finding = f"{name}: {t(FIELD_NAMES[row['field']])}."
            if not row["sure"]:
                finding += " " + t("Raters lie on both sides of the line.")
        else:
            finding = t("{name} has no score yet.", name=name)
        frame = found.actors.assign(sure=found.actors["sure"].map({True: "yes", False: "no"}))  # fmt: skip
        table = approve(
            "positions",
            frame,
            keys=["stakeholder_id"],
            measures=[c for c in frame if c != "stakeholder_id"],
            derived={},
            police=False,
            audience="internal",
        )
        fields = {k: t(v) for k, v in FIELD_NAMES.items()}
        draw = charts.power_interest(
            table, cut=CUT,
            fields=tuple(fields[k] for k in ("win_over", "work_closely", "look_again", "keep_informed")),
            axes_words=(t("Interest, 1 to 5"), t("Power, 1 to 5")), chosen=organisation,
        )  # fmt: skip
        stamp = SYNTHETIC if City.open(self.folder).settings.synthetic else None
        parts = [pieces.finding(finding), pieces.note(_rated(found))]
        if drafts:
            parts.append(pieces.title(t("Not written yet:")))
            parts.append(pieces.bullets(self._differences(drafts)))
        parts.append(pieces.picture(draw, finding, stamp))
        parts.append(pieces.note(_for_the_office()))
        if self._never:
            parts.append(
                pieces.note(
                    tn(
                        "{n} organisation speaks for people who can be endangered, so nobody rates it.",
                        "{n} organisations speak for people who can be endangered, so nobody rates them.",
                        len(self._never),
                    )
                )
            )
        return "".join(parts)

    def _differences(self, drafts: dict[str, dict[str, Any]]) -> list[str]:
        kept, self.drafts = self.drafts, {}
        try:
            return [
                t(
                    "{name}: {what} {before} → {after}",
                    name=str(self._rows.loc[code, "name"]),
                    what=_titles().get(column, t("Stance")).lower(),
                    before=_written(column, self._held(code)[column]),
                    after=_written(column, value),
                )
                for code, values in drafts.items()
                for column, value in values.items()
            ]
        finally:
            self.drafts = kept

    # -- what is written ----------------------------------------------------------------------------------

    def _write(self) -> list[str]:
        if datasets() in self.folder.resolve().parents:
            raise SafelearnError(
                t("This city came with safelearn, and stays as it is."),
                where=str(self.folder),
                remedy=t("Copy its folder, and open the grid on the copy."),
            )
        if not self.drafts:
            raise SafelearnError(t("Nothing was changed, so nothing is written."))
        for code in self.drafts:
            _check(self._held(code))
        day = self.controls["assessed_on"].value
        changes = {
            code: {c: None if v == UNSAID else v for c, v in values.items()}
            | ({"assessed_on": day.isoformat()} if day else {})
            for code, values in self.drafts.items()
        }
        told = self._differences(self.drafts)
        edit(self.folder, TABLE, changes, seen=self._seen)
        self._again()
        return [t("Written to {file}:", file=f"{TABLE}.csv"), *told]

    def _back(self) -> list[str]:
        known = records(self.folder)
        last = max(known, key=lambda r: r["id"], default=None)
        if last is None or last["file"] != f"edited-{TABLE}.csv":
            raise SafelearnError(
                t("The last thing that was written to this folder is not a change of the grid."),
                where=str(self.folder),
                remedy=t("Take imports back where they were made: `safelearn city undo`."),
            )  # fmt: skip
        told = undo(self.folder).sentences()
        self._again()
        return told

    def _again(self) -> None:
        """Read the register anew and show where everybody stands now."""
        self.drafts = {}
        self._read()
        self.move(**self._held(self.setting["organisation"]))


def _titles() -> dict[str, str]:
    return {
        "power": t("Power"),
        "power_lowest": t("Power, lowest score"),
        "power_highest": t("Power, highest score"),
        "interest": t("Interest"),
        "interest_lowest": t("Interest, lowest score"),
        "interest_highest": t("Interest, highest score"),
    }


def _written(column: str, value: Any) -> str:
    if value == UNSAID:
        return NONE
    if column == "stance":
        return words(TABLE, "stance").get(value, value)
    return number(value, 0 if float(value).is_integer() else 1)


def _check(scores: dict[str, Any]) -> None:
    """Raise if a middle lies outside its own span, or a score has no middle."""
    for axis in ("power", "interest"):
        low, middle, high = (scores[f"{axis}{end}"] for end in ("_lowest", "", "_highest"))  # fmt: skip
        if middle == UNSAID and UNSAID in (low, high) and low == high:
            continue
        known = [v for v in (low, middle, high) if v != UNSAID]
        if middle == UNSAID or known != sorted(known):
            raise SafelearnError(
                t("The middle score lies between the lowest and the highest."),
                where=_titles()[axis],
                remedy=t("Change one of the three."),
            )


def _with(register: pd.DataFrame, drafts: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The register as it would be."""
    out = register.copy()
    codes = out["stakeholder_id"].astype("str")
    for code, values in drafts.items():
        for column, value in values.items():
            if column == "stance":
                continue  # it moves nobody on the grid
            if column not in out:
                out[column] = float("nan")
            out[column] = out[column].astype(float)
            out.loc[codes == code, column] = float("nan") if value == UNSAID else value
    return out


def _rated(found: Grid) -> str:
    return t(
        "{rated} organisations were rated. For {unsure} of them, raters lie on both sides of the line between little "
        "and much.",
        rated=number(len(found.actors)),
        unsure=number(found.unsure),
    )


def _for_the_office() -> str:
    return t(
        "Who stands where is for the city's own office: ratings are opinions about partners."
    )
