"""The report's one way to disclosure control: protect counts together, then let tables out.

Tables that count the same events share their totals, so they are protected with each other in mind: nothing hidden in
one can be worked out from another. `Release` collects what was let out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from safelearn.disclosure.algorithm_cards import AlgorithmCard, GroupError, card
from safelearn.disclosure.approval import Approved, approve
from safelearn.disclosure.overrides import Override, lifted
from safelearn.disclosure.parts import protect_parts
from safelearn.disclosure.slices import ALL, DOMESTIC, NO_AREA, NOT_LOCATED, SEXUAL
from safelearn.disclosure.suppression import Protected, protect
from safelearn.errors import SafelearnError
from safelearn.language import t
from safelearn.reports.known_before import (
    BEFORE,
    FOCUS,
    OTHER,
    KnownBefore,
    known_by_definition,
)
from safelearn.reports.period import Period

if TYPE_CHECKING:
    from safelearn.city.settings import Disclosure
    from safelearn.disclosure.clues import Clue
    from safelearn.disclosure.matrices import Cut
    from safelearn.reports.known_before import Repeated

#: A universe beside the years: tables of one count the same events, so they add up to each other.
VICTIMS = "victims"
#: Fewest events an area, on average, for an offence to be shown by area on its own.
FEWEST_BY_AREA = 5


@dataclass
class Release:
    """What has been let out so far.

    Attributes
    ----------
    disclosure : Disclosure
        The city's thresholds.
    audience : str
        Who the report is for.
    tables : dict of str to Approved
        By file stem, in the order they were let out.
    shared : dict of str to DataFrame
        Protected counts that several tables are made of; hidden counts are missing in them.
    results : dict
        What was computed from protected counts only.
    sentences : dict of str to str
        Titles by rule.
    owner, appeal : str
        The office that answers for the city's models, and where to object to them.
    cards : dict of str to AlgorithmCard
        The card of each model whose results were let out.
    overrides : tuple of Override
        Checks that two people lifted.
    known : KnownBefore
        What an earlier release and others have told.
    told : dict of str to list of str
        The months of each universe.
    """

    disclosure: Disclosure
    audience: str
    tables: dict[str, Approved] = field(default_factory=dict)
    shared: dict[str, pd.DataFrame] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    appeal: str = ""
    cards: dict[str, AlgorithmCard] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    known: KnownBefore = field(default_factory=KnownBefore)
    told: dict[str, list[str]] = field(default_factory=dict)

    @property
    def least(self) -> int:
        """The smallest count that is shown."""
        return (
            1 if lifted("small counts", self.overrides) else self.disclosure.threshold
        )

    def approve(
        self,
        name: str,
        frame: pd.DataFrame,
        *,
        keys: Sequence[str],
        measures: Sequence[str],
        model: str = "",
        **rest,
    ) -> Approved:
        """Let a table out under the city's thresholds; results of a `model` after `card` only."""
        table = approve(
            name,
            frame.reset_index(drop=True),
            keys=keys,
            measures=measures,
            audience=self.audience,
            least=self.least,
            sensitive_least=self.disclosure.sensitive_threshold,
            model=model,
            card=self.cards.get(model),
            overrides=self.overrides,
            **rest,
        )
        self.tables[name] = table
        return table

    def card(self, model: str, errors: Sequence[GroupError] = ()) -> AlgorithmCard:
        """Write the card of a model, with its error in each group where that was measured.

        Then ``approve(..., model=model)`` lets its results out.
        """
        made = card(model, errors=errors, owner=self.owner, appeal=self.appeal)
        self.cards[model] = made
        return made

    def approve_estimates(
        self,
        name: str,
        frame: pd.DataFrame,
        *,
        keys: Sequence[str],
        within: Sequence[str] | None = None,
        sensitive: bool | Sequence[bool] = False,
        measures: Sequence[str] = ("value", "lower", "upper"),
        notes: Sequence[str] = (),
        title: str = "",
    ) -> Approved:
        """Let estimates from a survey out: columns `keys`, `measures`, ``n`` and ``mark`` (`disclosure.samples`)."""
        from safelearn.disclosure.samples import TOO_FEW, sample_sentence, showable

        shown = showable(
            frame, keys=keys, within=within, sensitive=sensitive, measures=measures
        )
        covered = (shown["mark"] == TOO_FEW).to_numpy()
        numbers = [*measures, "n"]
        table = approve(
            name,
            shown,
            keys=keys,
            measures=[*numbers, "mark"],
            hidden=pd.DataFrame(dict.fromkeys(numbers, covered)),
            derived={},
            police=False,
            title=title,
            notes=[sample_sentence(), *notes],
            audience=self.audience,
            least=self.least,
            sensitive_least=self.disclosure.sensitive_threshold,
        )
        self.tables[name] = table
        return table

    def protect(self, counts: Any, **axes: Any) -> Protected:
        """Hide what must be hidden, under the city's thresholds."""
        return protect(
            counts,
            least=self.least,
            sensitive_least=self.disclosure.sensitive_threshold,
            **axes,
        )

    def share_counts(
        self, by_month: pd.DataFrame, by_area: pd.DataFrame, period: Period
    ) -> None:
        """Protect offences by month and by area, and keep them with their totals.

        Each year is protected on its own; no sum over several years is published, so years cannot be used against
        each other. By area, offences with fewer than five events an area on average stand together as `OTHER`:
        nearly all of their cells would be hidden, and would take the city's totals along.

        Notes
        -----
        Both tables show the totals by offence. As long as all of these are shown, a reader learns nothing from one
        table about the other: what differs inside a table leaves the totals as they are. So a total that the
        months need hidden belongs to `OTHER` by area, and `OTHER` grows until the areas need no total hidden.
        """
        months, years = [], []
        least = (self.least, self.disclosure.sensitive_threshold)
        for name, part in _blocks(by_month, period):
            here = by_area if name == FOCUS else None
            again = self.known.repeats(name, part, here, least)
            self.told[name] = list(part["month"].unique())
            if again is not None and self._is_safe(again):
                months.append(again.by_month.assign(universe=name))
                if again.by_offence is not None and name in (FOCUS, BEFORE):
                    years.append(again.by_offence.assign(period=name))
                if name == FOCUS:
                    self.shared["by_area"] = again.by_area
                continue
            cuts = self.known.cuts(self.told[name])
            found = self.protect({"month": part[["month", "offence", "n"]]}, known=cuts)
            months.append(_with_totals(found, "month", "month").assign(universe=name))
            if name in (FOCUS, BEFORE):
                years.append(_by_offence(found).assign(period=name))
            if name == FOCUS:
                self._share_areas(by_area, found, cuts)
        order = ["month", "offence"]
        self.shared["by_month"] = pd.concat(months).sort_values(
            order, ignore_index=True
        )
        self.shared["by_year"] = pd.concat(years, ignore_index=True)

    def _share_areas(
        self, by_area: pd.DataFrame, months: Protected, known: set[Cut]
    ) -> None:
        totals = months.totals["offence"].set_index("offence")["n"]
        known = known | known_by_definition(totals)
        by_place = by_area[~by_area["area_id"].isin(NO_AREA)]
        located = by_place.groupby("offence")["n"].sum()
        enough = FEWEST_BY_AREA * by_place["area_id"].nunique()
        kept = [code for code in located.sort_values().index if located[code] >= enough]
        kept = [
            code
            for code in kept
            if pd.notna(totals.get(code)) and not code.startswith("03")
        ]
        while True:
            pooled = by_area.assign(
                offence=by_area["offence"].where(by_area["offence"].isin(kept), OTHER)
            )
            pooled = pooled.groupby(["area_id", "offence"], as_index=False)["n"].sum()
            found = self.protect({"area": pooled}, known=known)
            by_offence = found.totals["offence"]
            hidden = set(by_offence.loc[by_offence["hidden"], "offence"])
            if not hidden or not kept or months.total is None:
                break
            # The least frequent kind goes to the others; then the areas are protected anew.
            kept.pop(0)
        self.shared["by_area"] = _with_totals(found, "area", "area_id")

    def attack(self, also: Sequence[Clue] = ()) -> int:
        """Attack everything that was let out, as an outsider would, and say how many tables that were.

        Parameters
        ----------
        also : sequence of Clue
            What another report tells beside it.

        Raises
        ------
        SafelearnError
            If a hidden count can be narrowed down. Then nothing is published.
        """
        from safelearn.disclosure.attack import ELSEWHERE, attack

        tables = [table for table in self.tables.values() if table.universe]
        if "by_month" in self.shared:
            tables += self._by_universe()
        told = self._told()
        told[ELSEWHERE] = [*told.get(ELSEWHERE, []), *also]
        breaches = attack(tables, told=told)
        if breaches:
            raise SafelearnError(
                t(
                    "Disclosure control found that hidden counts could be worked out, so nothing is shown."
                ),
                where=" ".join(breach.sentence for breach in breaches[:3]),
                remedy=t(
                    "Choose a longer period, or raise the threshold in city.toml."
                ),
            )
        return len(tables)

    def _is_safe(self, again: Repeated) -> bool:
        """Whether a year of an earlier release can be shown again: it may come from another hand."""
        from safelearn.disclosure.attack import attack

        parts = {
            "months": (again.by_month, ["month", "offence"]),
            "offences": (again.by_offence, ["offence"]),
            "areas": (again.by_area, ["area_id", "offence"]),
        }
        tables = [
            self._approved(name, frame[[*keys, "n"]], keys, "again")
            for name, (frame, keys) in parts.items()
            if frame is not None
        ]
        return not attack(tables)

    def _told(self) -> dict[str, list[Clue]]:
        """What readers have from the earlier release and from others, for the attack."""
        from safelearn.disclosure.attack import EARLIER, ELSEWHERE, SUMS
        from safelearn.disclosure.clues import Clue

        codes = self.shared["by_month"]["offence"].unique() if self.told else ()
        told: dict[str, list[Clue]] = {EARLIER: [], ELSEWHERE: []}
        for name, months in self.told.items():
            earlier, elsewhere = self.known.clues(name, months, codes)
            told[EARLIER] += earlier
            told[ELSEWHERE] += elsewhere
        if "by_year" in self.shared:
            years = self.shared["by_year"]
            focus = years[years["period"] == FOCUS].set_index("offence")["n"]
            n = int(
                focus[[str(c).startswith("03") for c in focus.index]].fillna(0).sum()
            )
            told[SUMS] = [
                Clue(((FOCUS, "n", cut),), n, n) for cut in known_by_definition(focus)
            ]
        return told

    def _by_universe(self) -> list[Approved]:
        """The monthly counts and the totals by offence again, year by year, as each year adds up."""
        months, years = self.shared["by_month"], self.shared["by_year"]
        parts = [
            self._approved(
                f"months_of_{name}",
                part[["month", "offence", "n"]],
                ["month", "offence"],
                name,
            )
            for name, part in months.groupby("universe")
        ]
        parts += [
            self._approved(
                f"offences_of_{name}", part[["offence", "n"]], ["offence"], name
            )
            for name, part in years.groupby("period")
        ]
        return parts

    def _approved(
        self, name: str, frame: pd.DataFrame, keys: Sequence[str], universe: str
    ) -> Approved:
        return approve(
            name,
            frame.reset_index(drop=True),
            keys=keys,
            measures=["n"],
            universe=universe,
            least=self.least,
            sensitive_least=self.disclosure.sensitive_threshold,
        )

    def protect_parts(
        self, counts: pd.DataFrame, totals: pd.DataFrame, within: str
    ) -> pd.DataFrame:
        """Hide parts of totals that were settled before (see `disclosure.parts`)."""
        return protect_parts(
            counts,
            totals,
            within=within,
            least=self.least,
            sensitive_least=self.disclosure.sensitive_threshold,
        )

    def shows_not_located(self, offence: str) -> bool:
        """Whether the events of an offence that have no area are shown by area."""
        return bool(self._cells(offence, NOT_LOCATED).notna().all())

    def holds_sensitive(self, offence: str) -> bool:
        """Whether the tables by area do not rule sexual and domestic violence out for an offence."""
        return bool((self._cells(offence, SEXUAL, DOMESTIC).fillna(1) > 0).any())

    def _cells(self, offence: str, *areas: str) -> pd.Series:
        """The counts of an offence, or of the line that holds it, in the rows of these names."""
        frame = self.shared["by_area"]
        line = offence if (frame["offence"] == offence).any() else OTHER
        return frame.loc[frame["area_id"].isin(areas) & (frame["offence"] == line), "n"]


def _blocks(by_month: pd.DataFrame, period: Period) -> list[tuple[str, pd.DataFrame]]:
    """The covered months in parts that are protected apart: the year, the year before, each other year."""
    focus = by_month["month"].isin(period.focus)
    before = by_month["month"].isin(period.before)
    blocks = [(FOCUS, by_month[focus])]
    if before.any():
        blocks.append((BEFORE, by_month[before]))
    for year, part in by_month[~focus & ~before].groupby("year"):
        blocks.append((str(year), part))
    return blocks


def _with_totals(found: Protected, table: str, key: str) -> pd.DataFrame:
    """Cells of one table with a row for all offences together."""
    cells = found.tables[table][[key, "offence", "n"]]
    totals = found.totals[key][[key, "n"]].assign(offence=ALL)
    return pd.concat([totals[[key, "offence", "n"]], cells], ignore_index=True)


def _by_offence(found: Protected) -> pd.DataFrame:
    totals = found.totals["offence"][["offence", "n"]]
    whole = pd.DataFrame(
        {"offence": [ALL], "n": pd.array([found.total], dtype="Int64")}
    )
    return pd.concat([whole, totals], ignore_index=True)
