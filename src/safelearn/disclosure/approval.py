"""Which table may leave the building?

A protected frame goes in; an `Approved` table comes out, the only kind that charts, maps, exporters and
reports take. In it a hidden count has taken everything derived from it along (rate, interval, smoothed rate,
mark, map class, share): the numbers are not in the object at all. `approve` is the only way to make one, and
it refuses a table that still shows a small count, a column about a person, or a sensitive answer by area.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass

import numpy as np
import pandas as pd

from safelearn.disclosure.algorithm_cards import AlgorithmCard
from safelearn.disclosure.overrides import Override
from safelearn.errors import SafelearnError
from safelearn.language import NONE, listing, mark, number, t

#: What a hidden cell says, never blank. Exported tables hold these English words as data.
HIDDEN = mark("hidden to protect people")
#: Columns that a count does not decide: hiding the count leaves them as they are.
NOT_DERIVED = frozenset({"population", "exposure", "households", "dwellings", "year"})

_SEAL = object()


@dataclass(frozen=True, eq=False, repr=False)
class Approved:
    """A table that may be shown. Made by `approve` only; slices of it stay approved.

    Attributes
    ----------
    name : str
        File stem of its CSV.
    title : str
        What it shows, in the reader's language.
    keys, measures : tuple of str
        Columns that say which cell a row is, and columns of values.
    audience : {"public", "internal"}
    threshold : str
        A sentence on what was hidden and why.
    notes : tuple of str
        Sentences on what the figures leave out, overrides included.
    universe : str
        What its counts count. Tables of one universe add up to each other, so they are protected and attacked
        together. Empty if the table counts no events.
    counts : dict
        Count column -> columns derived from it.
    least : int, sensitive_least : int
        Smallest count shown, and for sexual offences and children.
    model : str
        The model it is a result of (`algorithm_cards.MODELS`); empty if it is none.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    measures: tuple[str, ...]
    audience: str
    threshold: str
    notes: tuple[str, ...]
    universe: str
    counts: Mapping[str, tuple[str, ...]]
    least: int
    sensitive_least: int
    model: str
    _frame: pd.DataFrame
    _hidden: pd.DataFrame
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(
                t(
                    "An approved table is made by `safelearn.disclosure.approval.approve` only."
                )
            )

    def __repr__(self) -> str:
        hidden = int(self._hidden.any(axis=1).sum())
        return f"<Approved {self.name}: {len(self)} rows, {hidden} with hidden cells, {self.audience}>"

    def __len__(self) -> int:
        return len(self._frame)

    @property
    def frame(self) -> pd.DataFrame:
        """The values; hidden ones are NA. A copy: changing it does not change the table."""
        return self._frame.copy()

    @property
    def hidden(self) -> pd.DataFrame:
        """True where a value is hidden; same rows and columns as `frame`."""
        return self._hidden.copy()

    def display(self, digits: int | Mapping[str, int] = 1) -> pd.DataFrame:
        """Text in the reader's language; hidden cells say so, never blank.

        Parameters
        ----------
        digits : int or mapping of column to int
            Decimals of columns that are not whole numbers.
        """
        shown = {}
        for column in self._frame:
            values = self._frame[column]
            places = digits.get(column, 1) if isinstance(digits, Mapping) else digits
            if not pd.api.types.is_numeric_dtype(values):
                text = [NONE if pd.isna(v) or v == "" else str(v) for v in values]
            elif pd.api.types.is_bool_dtype(values):
                text = [t("yes") if v else t("no") for v in values]
            else:
                whole = pd.api.types.is_integer_dtype(values)
                text = [
                    NONE if pd.isna(v) else number(v, 0 if whole else places)
                    for v in values
                ]
            covered = self._hidden[column].to_numpy()
            shown[column] = [
                t(HIDDEN) if h else v for h, v in zip(covered, text, strict=True)
            ]
        return pd.DataFrame(shown, index=self._frame.index, columns=self._frame.columns)

    def csv_frame(self) -> pd.DataFrame:
        """The table as exported: plain numbers, English words in hidden cells."""
        out = self.frame
        for column in out:
            covered = self._hidden[column]
            if covered.any():
                out[column] = out[column].astype(object).where(~covered, HIDDEN)
        return out

    def where(self, **values: object) -> Approved:
        """Only the rows whose columns hold these values; a list means any of them."""
        keep = np.ones(len(self), dtype=bool)
        for column, value in values.items():
            self._must_have([column])
            wanted = (
                value if isinstance(value, list | tuple | set | frozenset) else [value]
            )
            keep &= self._frame[column].isin(list(wanted)).to_numpy()
        return self._with(frame=self._frame[keep], hidden=self._hidden[keep])

    def columns(self, names: Sequence[str]) -> Approved:
        """Only these columns, in this order."""
        names = list(names)
        self._must_have(names)
        return self._with(
            frame=self._frame[names],
            hidden=self._hidden[names],
            keys=tuple(k for k in self.keys if k in names),
            measures=tuple(m for m in self.measures if m in names),
        )

    def sorted_by(self, columns: Sequence[str], *, ascending: bool = True) -> Approved:
        """The same rows in another order; rows with hidden values come last, in their present order."""
        columns = list(columns)
        self._must_have(columns)
        order = self._frame.reset_index(drop=True)
        order = order.sort_values(columns, ascending=ascending, kind="stable").index
        return self._with(
            frame=self._frame.iloc[order], hidden=self._hidden.iloc[order]
        )

    def labelled(
        self, column: str, source: str, names: Mapping[object, str]
    ) -> Approved:
        """The same with one more key column: names for the codes in `source` (area or offence names)."""
        self._must_have([source])
        frame, hidden = self.frame, self.hidden
        at = list(frame.columns).index(source) + 1
        label = frame[source].map(names).astype("str")
        frame.insert(
            at, column, label.where(label.notna(), frame[source].astype("str"))
        )
        hidden.insert(at, column, np.zeros(len(frame), dtype=bool))
        return self._with(frame=frame, hidden=hidden, keys=(*self.keys, column))

    def rename(self, name: str | None = None, title: str | None = None) -> Approved:
        """The same table under another name or title."""
        return self._with(
            name=self.name if name is None else _stem(name),
            title=self.title if title is None else title,
        )

    def _must_have(self, names: Iterable[str]) -> None:
        missing = [n for n in names if n not in self._frame]
        if missing:
            raise KeyError(f"{self.name} has no column {missing[0]}")

    def _with(self, **changes: object) -> Approved:
        fields = ["name", "title", "keys", "measures", "audience", "threshold", "notes"]
        fields += ["universe", "counts", "least", "sensitive_least", "model"]
        values = {f: changes.get(f, getattr(self, f)) for f in fields}
        values["_frame"] = changes.get("frame", self._frame)
        values["_hidden"] = changes.get("hidden", self._hidden)
        return Approved(**values, seal=_SEAL)


def approve(
    name: str,
    frame: pd.DataFrame,
    *,
    keys: Sequence[str],
    measures: Sequence[str],
    hidden: pd.Series | pd.DataFrame | np.ndarray | None = None,
    derived: Mapping[str, Sequence[str]] | None = None,
    title: str = "",
    audience: str = "public",
    least: int = 5,
    sensitive_least: int = 10,
    universe: str = "",
    police: bool = True,
    notes: Sequence[str] = (),
    overrides: Sequence[Override] = (),
    model: str = "",
    card: AlgorithmCard | None = None,
) -> Approved:
    """Let a table out, or refuse. Serves draft:26(f)(ii).10.

    Parameters
    ----------
    name : str
        File stem of its CSV: lower-case letters, digits and underscores.
    frame : DataFrame
        Key and measure columns, nothing else. A missing count is a hidden one.
    keys, measures : sequence of str
        Columns that say which cell a row is, and columns of values.
    hidden : Series, DataFrame or array of bool, optional
        What is hidden besides missing counts: one value a row hides all counts of it, a frame hides cell by
        cell in the columns it has.
    derived : mapping of str to sequence of str, optional
        For each count column, the columns computed from it, which are hidden with it. Unless given, `n` is
        the count if it is a measure and every other measure but populations is derived from it.
    title : str
        What the table shows, translated.
    audience : {"public", "internal"}
        An internal table is held to the same rules: it only goes to named people.
    least, sensitive_least : int
        Smallest count shown, and for sexual offences, domestic violence and children.
    universe : str
        What the counts count, the same for tables that add up to each other (see `Approved`).
    police : bool
        Whether it comes from police records.
    notes : sequence of str
        Sentences to print with it.
    overrides : sequence of Override
        Checks that a named person lifted; each is added to the notes.
    model, card : str and AlgorithmCard
        For the results of a model: its name, and the card without which they do not leave.

    Returns
    -------
    Approved

    Raises
    ------
    SafelearnError
        If a small count is still visible, the table is cut finer than it may be, a column or a sentence looks
        like personal data, the title ranks or blames, or a model has no card.
    """
    from safelearn.disclosure.personal_data import check as check_people
    from safelearn.disclosure.personal_data import check_text
    from safelearn.disclosure.slices import check_slices, thresholds
    from safelearn.disclosure.wording import check as check_wording

    name = _stem(name)
    keys, measures = tuple(keys), tuple(measures)
    if audience not in ("public", "internal"):
        raise ValueError(f"audience is public or internal, not {audience}")
    missing = [c for c in (*keys, *measures) if c not in frame]
    stray = [c for c in frame if c not in (*keys, *measures)]
    if missing or stray:
        raise SafelearnError(
            t("The table `{name}` has other columns than it declares.", name=name),
            where=listing([str(c) for c in missing or stray]),
            remedy=t("Name each column as a key or a measure."),
        )
    if derived is None:
        others = [m for m in measures if m != "n" and m not in NOT_DERIVED]
        derived = {"n": others} if "n" in measures else {}
    derived = {count: tuple(columns) for count, columns in derived.items()}
    lifted = {o.check for o in overrides}
    touched = {"small counts"} if derived else set()

    if model and (card is None or card.model != model):
        raise SafelearnError(
            t(
                "The table `{name}` holds results of a model that has no card.",
                name=name,
            ),
            where=model,
            remedy=t("Make its card first: `disclosure.algorithm_cards.card`."),
        )
    check_slices(frame, police=police)
    _stop_at(name, check_people(frame))
    _stop_at(name, check_text(" ".join([title, *notes])))
    if title and (said := check_wording(title)):
        touched.add("wording")
        _stop_at(name, said if "wording" not in lifted else [])
    mask = _mask(frame, hidden, derived)
    values = frame[[*keys, *measures]].reset_index(drop=True).mask(mask)
    limit = thresholds(frame[list(keys)], least, sensitive_least)
    for count in derived:
        small = values[count].between(1, limit - 1).fillna(False).to_numpy(dtype=bool)
        # Weighted counts between 0 and 1 are small too.
        parts = values[count].between(0, 1, inclusive="neither").fillna(False)
        small = small | parts.to_numpy(dtype=bool)
        if small.any() and "small counts" not in lifted:
            row = frame.iloc[int(np.flatnonzero(small)[0])]
            raise SafelearnError(
                t("The table `{name}` still shows a small count.", name=name),
                where=", ".join(f"{k} {row[k]}" for k in keys),
                remedy=t(
                    "Pass its counts through `disclosure.suppression.protect` first."
                ),
            )
    lines = [*notes, *(o.sentence for o in overrides if o.check in touched)]
    return Approved(
        name=name,
        title=title,
        keys=keys,
        measures=measures,
        audience=audience,
        threshold=threshold_sentence(least, sensitive_least) if derived else "",
        notes=tuple(lines),
        universe=universe,
        counts=derived,
        least=least,
        sensitive_least=sensitive_least,
        model=model,
        _frame=values,
        _hidden=mask,
        seal=_SEAL,
    )


def threshold_sentence(least: int = 5, sensitive_least: int = 10) -> str:
    """What readers are told about hidden cells."""
    if least <= 1:
        return t(
            "Counts from 1 to {sensitive} of sexual offences, domestic violence and children are hidden to "
            "protect people. Other small counts are shown, because this check was lifted.",
            sensitive=number(sensitive_least - 1),
        )
    return t(
        "Counts from 1 to {most} are hidden to protect people, from 1 to {sensitive} for sexual offences, "
        "domestic violence and children, and so are other counts and figures that would give them away.",
        most=number(least - 1),
        sensitive=number(sensitive_least - 1),
    )


def _mask(
    frame: pd.DataFrame,
    hidden: pd.Series | pd.DataFrame | np.ndarray | None,
    derived: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Which cells are hidden, once each count has taken along what is derived from it."""
    mask = pd.DataFrame(False, index=range(len(frame)), columns=frame.columns)
    for count in derived:
        mask[count] |= frame[count].isna().to_numpy()
    if isinstance(hidden, pd.DataFrame):
        for column in hidden:
            mask[column] |= hidden[column].to_numpy(dtype=bool)
    elif hidden is not None:
        for count in derived:
            mask[count] |= np.asarray(hidden, dtype=bool)
    for count, columns in derived.items():
        for column in columns:
            mask[column] |= mask[count]
    return mask


def _stem(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(
            f"{name!r} is no file stem: lower-case letters, digits, underscores"
        )
    return name


def _stop_at(name: str, problems: Sequence[object]) -> None:
    for problem in problems:
        raise SafelearnError(
            problem.sentence, where=f"{name}: {problem.where}", remedy=problem.remedy
        )
