"""What of a city's tables may stand in a document?

The settings and tables of a city go in; tables for reading come out, with the names of offices and areas instead of
codes. A document goes from desk to desk, so it shows what a public page may show: no rating of an organisation, no
point on a map, no place of a shelter, no small group tied to a neighbourhood, no list without consent, and no count of
people below the city's threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.contracts import columns as columns_of
from safelearn.city.contracts import contract, empty, labels
from safelearn.disclosure.approval import HIDDEN, approve
from safelearn.disclosure.personal_data import check_text
from safelearn.language import NONE, day, number, t, tn
from safelearn.reports.documents import markdown
from safelearn.reports.documents.collection import NEVER
from safelearn.reports.documents.markdown import Written
from safelearn.stakeholders.register import look_through

if TYPE_CHECKING:
    from safelearn.city.settings import Settings

#: What raters said of organisations and of people at work, and what points to a place.
INTERNAL = {
    "stakeholders": frozenset(
        {"power", "power_lowest", "power_highest", "interest", "interest_lowest"}
        | {"interest_highest", "stance", "has_power", "has_legitimacy"}
        | {"has_urgency", "conflict_of_interest"}
    ),
    "skills": frozenset({"level", "staff", "assessed_by"}),
}
POINTS = frozenset({"longitude", "latitude", "place_id", "place_name"})
#: Counts of people, and the larger count of which each is a part.
PEOPLE = {
    "participants": "",
    "reached": "",
    "completed": "reached",
    "people_identified": "",
    "people_served": "people_identified",
    "supporters": "",
    "votes": "",
    "eligible": "",
    "women_seen": "",
    "men_seen": "",
    "children_seen": "",
    "traders_seen": "",
}
#: Groups that a document never ties to a neighbourhood.
NOT_BY_AREA = frozenset(
    {"refugees", "internally_displaced", "migrants", "indigenous_peoples", "homeless"}
    | {"persons_with_disabilities", "persons_with_mental_health_conditions"}
    | {"persons_with_addictions", "sexual_and_gender_minorities"}
    | {"ethnic_or_religious_minorities"}
)
CHILDREN = frozenset({"children", "girls", "youth"})
#: Services whose users are victims: few of them are hidden under the stricter threshold.
VICTIMS = frozenset({"victim_support", "shelter", "hotline", "legal_aid"})
_GROUPS = ("group", "led_by", "target_group")
#: Columns that hold a public number or address on purpose.
_PUBLIC = frozenset({"referral", "redress"})


class Registers:
    """A city's tables, as a document may use them.

    Parameters
    ----------
    settings : Settings
    tables : mapping of str to DataFrame or None
        Canonical tables by name; one that the city does not have may be missing.
    """

    def __init__(
        self, settings: Settings, tables: Mapping[str, pd.DataFrame | None]
    ) -> None:
        self.settings = settings
        self._tables = tables

    def has(self, name: str) -> bool:
        """Whether the city has rows of a table."""
        frame = self._tables.get(name)
        return frame is not None and len(frame) > 0

    def frame(self, name: str) -> pd.DataFrame:
        """A table with all its columns, for a calculation; without rows if the city does not have it."""
        frame = self._tables.get(name)
        if frame is None:
            return empty(name)
        return frame.reindex(columns=list(columns_of(name)))

    def rows(
        self,
        name: str,
        columns: Sequence[str],
        *,
        where: Mapping[str, Any] | None = None,
        sort: str = "",
        gaps: Sequence[str] = (),
        add: Sequence[str] = (),
        lines: int = 4,
        most: int = 30,
    ) -> Written:
        """Rows of a table, ready to read; a table to fill in by hand where there are none.

        Parameters
        ----------
        name : str
        columns : sequence of str
            Its columns, each with its own heading after a ``=`` if the contract's does not fit.
        where : mapping, optional
            Column -> the value, or the values, that it must hold; ``"*"`` means any value at all.
        sort : str
            The column to sort by; with a minus in front, the largest first.
        gaps : sequence of str
            Columns whose empty cells are marked as blanks.
        add : sequence of str
            Headings of more columns, to be filled in by hand.
        lines, most : int
            Empty lines of the form, and rows shown at most.
        """
        wanted = [column.partition("=")[0] for column in columns]
        heads = self._heads(name, columns) + list(add)
        frame = self.chosen(name, where)
        if sort:
            frame = frame.sort_values(
                sort.removeprefix("-"),
                ascending=not sort.startswith("-"),
                kind="stable",
                na_position="last",
            )
        if not len(frame):
            said = t(
                "The city's folder says nothing about this yet (table {table}).",
                table=name,
            )
            return Written(f"{said}\n{markdown.form(heads, lines)}")
        cells = self._cells(name, frame.head(most), wanted, frozenset(gaps))
        body = markdown.table(heads, [[*row, *[" "] * len(add)] for row in cells])
        left = len(frame) - most
        if left > 0:
            said = tn(
                "{n} more row stands in the table {table}.",
                "{n} more rows stand in the table {table}.",
                left,
                table=name,
            )
            body = Written(f"{body}\n{said}\n")
        return body

    def chosen(self, name: str, where: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The rows of a table that hold these values and may be listed at all."""
        frame = self.frame(name)
        keep = np.ones(len(frame), dtype=bool)
        if "consent" in frame:
            keep &= (frame["consent"].astype("str").fillna("") != "no").to_numpy()
        if name == "stakeholders":
            keep &= frame["stakeholder_id"].astype("str").isin(self._named).to_numpy()
        if name == "ties":
            keep &= (frame["tie"].astype("str") != "conflict").to_numpy()
        for column, value in (where or {}).items():
            if isinstance(value, str) and value == "*":
                keep &= frame[column].notna().to_numpy()
                continue
            values = [value] if isinstance(value, str) else list(value)
            keep &= frame[column].isin(values).to_numpy()
        return frame[keep]

    def protected(
        self, counts: pd.DataFrame, sensitive: Sequence[bool] | bool = False
    ) -> pd.DataFrame:
        """Counts of people as text, small ones hidden.

        Parameters
        ----------
        counts : DataFrame
            Columns of counts; those of `PEOPLE` that are part of another one are hidden with a small remainder too.
        sensitive : bool or one a row
            Whether the stricter threshold holds: victims and children.
        """
        limits = self.settings.disclosure
        strict = np.broadcast_to(np.asarray(sensitive, dtype=bool), len(counts))
        least = np.where(strict, limits.sensitive_threshold, limits.threshold)
        values = counts.apply(pd.to_numeric).reset_index(drop=True)
        hidden = (values.gt(0) & values.lt(least, axis=0)).fillna(False)
        for part in values:
            whole = PEOPLE.get(part, "")
            if whole in values:
                rest = values[whole] - values[part]
                small = (rest.gt(0) & rest.lt(least)).fillna(False)
                hidden[part] |= small | hidden[whole]
        frame = values.astype("Int64")
        shown = approve(
            "document",
            frame.assign(row=range(len(frame))),
            keys=["row"],
            measures=list(frame),
            hidden=hidden.astype(bool),
            derived={},
            least=limits.threshold,
            sensitive_least=limits.sensitive_threshold,
            police=False,
        )
        return shown.display()[list(frame)]

    def names(self, column: str) -> dict[str, str]:
        """The names behind the codes of a column; empty if the column holds no codes."""
        if column == "indicator_id":
            from safelearn.guidelines.catalogue import indicators

            return {one.id: one.name for one in indicators()}
        if column == "competency":
            from safelearn.guidelines.competencies import competencies

            return {one.id: f"{one.id} {one.name}" for one in competencies()}
        known = {
            "area_id": ("areas", "area_id", "area_name"),
            "stakeholder_id": ("stakeholders", "stakeholder_id", "name"),
            "partners": ("stakeholders", "stakeholder_id", "name"),
            "from_id": ("stakeholders", "stakeholder_id", "name"),
            "to_id": ("stakeholders", "stakeholder_id", "name"),
            "programme_id": ("programmes", "programme_id", "name"),
            "practice_id": ("practices", "practice_id", "name"),
            "measure_id": ("measures", "measure_id", "name"),
            "space_id": ("spaces", "space_id", "name"),
        }
        if column not in known:
            return {}
        table, code, name = known[column]
        frame = self.frame(table)
        said = dict(
            zip(frame[code].astype("str"), frame[name].astype("str"), strict=True)
        )
        if table == "stakeholders":
            return {c: n if c in self._named else t(HIDDEN) for c, n in said.items()}
        return said

    @cached_property
    def _named(self) -> frozenset[str]:
        """Organisations that may be named: not those that it could endanger, unless they say so themselves."""
        register = self._tables.get("stakeholders")
        if register is None or not len(register):
            return frozenset()
        return look_through(register, date(2000, 1, 1)).named

    def _heads(self, name: str, columns: Sequence[str]) -> list[str]:
        if name in NEVER or name == "ballots":  # papers are counted, never listed
            raise ValueError(f"a document does not show the table {name}")
        titles = {field["name"]: field["title"] for field in contract(name)["fields"]}
        heads = []
        for column in columns:
            code, _, own = column.partition("=")
            if code in INTERNAL.get(name, ()) or code in POINTS:
                raise ValueError(f"a document does not show {name}.{code}")
            heads.append(own or t(titles[code]))
        return heads

    def _cells(
        self, name: str, frame: pd.DataFrame, columns: list[str], gaps: frozenset[str]
    ) -> list[list[object]]:
        frame = frame.reset_index(drop=True)
        groups = [c for c in _GROUPS if c in frame]
        named = frame[groups].astype("str").agg(set, axis=1) if groups else None
        covered = np.zeros(len(frame), dtype=bool)
        if named is not None:
            covered |= named.map(lambda held: bool(held & NOT_BY_AREA)).to_numpy()
        secret = np.zeros(len(frame), dtype=bool)
        if "confidential" in frame:
            secret = (frame["confidential"].astype("str") == "yes").to_numpy()
        strict = np.zeros(len(frame), dtype=bool)
        if name == "services":
            strict |= frame["type"].astype("str").isin(VICTIMS).to_numpy()
        if named is not None:
            strict |= named.map(lambda held: bool(held & CHILDREN)).to_numpy()
        people = [c for c in frame if c in PEOPLE]
        counts = self.protected(frame[people], strict) if people else pd.DataFrame()
        out: list[list[object]] = [[] for _ in range(len(frame))]
        for column in columns:
            if column in people:
                texts = list(counts[column])
            else:
                words = self._words(name, column)
                texts = [self._text(v, column, words) for v in frame[column]]
            if column == "area_id":
                away = covered | secret
                texts = [
                    t(HIDDEN) if a else x for a, x in zip(away, texts, strict=True)
                ]
            if column in ("name", "referral", "opening_hours") and secret.any():
                kinds = [
                    self._text(v, "type", self._words(name, "type"))
                    for v in frame["type"]
                ]
                ask = t("Ask any service in this list.")
                way = {"name": kinds, "referral": [ask] * len(frame)}.get(column, texts)
                texts = [
                    w if s else x for s, w, x in zip(secret, way, texts, strict=True)
                ]
            for line, text, hush in zip(out, texts, secret, strict=True):
                missing = text == NONE and column in gaps and not hush
                line.append(markdown.blank() if missing else text)
        # Several secret places look alike, and nobody needs to know how many they are.
        seen: set[tuple[object, ...]] = set()
        kept = []
        for line, alone in zip(out, secret, strict=True):
            if not alone or tuple(line) not in seen:
                kept.append(line)
            if alone:
                seen.add(tuple(line))
        return kept

    def _words(self, name: str, column: str) -> dict[str, str]:
        coded = {code: t(label) for code, label in labels(name, column).items()}
        return self.names(column) or coded

    @staticmethod
    def _text(value: object, column: str, words: Mapping[str, str]) -> str:
        if pd.isna(value):
            return NONE
        if isinstance(value, pd.Timestamp) or hasattr(value, "isoformat"):
            return day(pd.Timestamp(value).date())
        if isinstance(value, int | float | np.number) and not isinstance(value, bool):
            year = column in ("year", "price_year")
            whole = float(value).is_integer()
            return str(int(value)) if year else number(value, 0 if whole else 1)
        text = str(value)
        if column == "partners":
            return ", ".join(words.get(code, code) for code in text.split())
        text = words.get(text, text)
        if column not in _PUBLIC and check_text(text):
            return t(HIDDEN)
        return text
