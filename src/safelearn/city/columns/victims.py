"""Who was the victim? In: columns as published. Out: canonical codes, with impossible values made unknown.

Words come in many languages, and M is male in one and mujer in the next: a column is read as a whole before
any of its values is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from safelearn.city.columns.profile import NO_PERSON, Profile
from safelearn.city.contracts import labels
from safelearn.city.files.headers import normalise
from safelearn.city.files.numerals import Numerals, as_floats
from safelearn.language import tn

SEXES = ("female", "male", "other")
_FEMALE = (  # noqa: SIM905
    "f fem female femenino femenina feminino feminina femme feminin mujer mujeres "
    "mulher woman women girl nina w weiblich frau d femina vrouw"
).split()
_MALE = (  # noqa: SIM905
    "m masc male masculino masculin homme hombre hombres homem h man men boy nino "
    "mannlich maennlich mann"
).split()
_OTHER = (  # noqa: SIM905
    "x|other|otro|otra|outro|autre|diverse|divers|nonbinary|non binary|no binario|"
    "trans|transgender|transgenero|lgbti|intersex"
).split("|")
_YES = "y yes true t 1 s si sim oui ja verdadero".split()  # noqa: SIM905
_NO = "n no false f 0 nao non nein falso".split()  # noqa: SIM905
OLDEST = 120
#: 25-44, <18, 65+, 18 a 25.
_AGE_GROUP = (
    r"\s*(?:[<>≤≥]=?\s*\d{1,3}|\d{1,3}\s*\+|\d{1,3}\s*(?:[-–]|a|to)\s*\d{1,3})\s*"
)
#: Texts that mean "not known" in a column of codes, normalised.
NOT_KNOWN = frozenset(
    (  # noqa: SIM905
        "|na|n a|nan|null|none|n d|nd|s d|sd|sin dato|sin datos|sin informacion|"
        "sin definir|no reporta|no reportado|no resportado|no registra|no aplica|"
        "por establecer|unknown|unk|desconocido|ignorado|nao informado|inconnu|"
        "unbekannt|not specified|not known|not stated|nsa|missing"
    ).split("|")
)
_NOT_A_LABEL = frozenset({"", "na", "nan", "null", "none", "n a", "s d", "sin dato"})


#: A word of so many rows and at most so many letters is an office's own, and may be named.
_OFTEN, _SHORT = 10, 40


def as_category(text: pd.Series) -> pd.Series:
    """Labels as a category, stripped, with every way to write "not known" as missing."""
    codes, kinds = pd.factorize(text)
    clean = pd.Series(kinds, dtype="str").str.strip()
    known = ~clean.map(normalise).isin(_NOT_A_LABEL)
    order = sorted(clean[known].unique())
    position = {label: i for i, label in enumerate(order)}
    lookup = np.array(
        [position[c] if k else -1 for c, k in zip(clean, known, strict=True)] + [-1]
    )
    return pd.Series(
        pd.Categorical.from_codes(
            lookup[codes], categories=pd.Index(order, dtype="str")
        ),
        index=text.index,
    )


def settle_sexes(
    sample: pd.Series, codes: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What M means in a column of victims' sex, and a profile's own words, which stand above it.

    Parameters
    ----------
    sample : Series of str
        The column, or enough of it.
    codes : mapping, optional
        A profile's own words, normalised -> code.
    """
    words = {normalise(k) for k in as_category(sample).cat.categories}
    # Hombre and mujer: where H stands beside it, M is a woman.
    m = "female" if {"h", "m"} <= words else "male"
    return {"m": m, **(codes or {})}


def read_sex(text: pd.Series, codes: Mapping[str, str] | None = None) -> pd.Series:
    """Victims' sex as a category of female, male, other; NA where the file does not say.

    Parameters
    ----------
    text : Series of str
    codes : mapping, optional
        From `settle_sexes`; without it, the column itself settles what M means.
    """
    known = dict.fromkeys(_FEMALE, "female") | dict.fromkeys(_MALE, "male")
    known |= dict.fromkeys(_OTHER, "other")
    own = settle_sexes(text, codes) if codes is None or "m" not in codes else codes
    return _coded(as_category(text), known | dict(own), SEXES)


def read_age(
    text: pd.Series, numerals: Numerals | None = None
) -> tuple[pd.Series, np.ndarray]:
    """Victims' ages in whole years (Int16), and which were impossible.

    An age below 0 or above 120 is a code for "unknown" or a typing error: it becomes missing. Age groups and
    words become missing too.

    Parameters
    ----------
    numerals : Numerals, optional
        How the column writes its numbers; without it, the column itself settles that.
    """
    values = numerals.read(text) if numerals else as_floats(text)
    impossible = (values < 0) | (values > OLDEST)
    good = ~np.isnan(values) & ~impossible
    ages = pd.Series(
        pd.arrays.IntegerArray(
            np.where(good, np.floor(np.where(good, values, 0)), 0).astype("int16"),
            ~good,
        ),
        index=text.index,
    )
    return ages, impossible


def age_notes(impossible: int, example: str) -> tuple[str, ...]:
    """The sentence about ages that none can have."""
    if not impossible:
        return ()
    return (
        tn(
            "{n} age is impossible ({example}): it counts as not known.",
            "{n} ages are impossible (such as {example}): they count as not known.",
            impossible,
            example=example,
        ),
    )


def victim_figures(
    frame: pd.DataFrame, columns: Mapping[str, str], profile: Profile
) -> dict[str, int]:
    """What columns of victims hold that no canonical column can, counted; adds up over the pieces of a file.

    ``no_person``: victims that are a business or the State. ``age_groups``: ages given as a group, such as
    25-44. A group that does not lie within five years cannot be counted by age, and an age made up from its
    middle would be an invention: it counts as not known.
    """
    figures = {}
    sex, age = columns.get("victim_sex"), columns.get("victim_age")
    if sex and NO_PERSON in profile.values.get("victim_sex", {}).values():
        kinds = as_category(frame[sex])
        codes = profile.values["victim_sex"]
        none = [codes.get(normalise(k)) == NO_PERSON for k in kinds.cat.categories]
        figures["no_person"] = int(np.array([*none, False])[kinds.cat.codes].sum())
    if age:
        codes, words = pd.factorize(frame[age])
        groups = pd.Series(words, dtype="str").str.fullmatch(_AGE_GROUP).to_numpy(bool)
        figures["age_groups"] = int(groups[codes].sum())
    return figures


def victim_notes(figures: Mapping[str, int]) -> tuple[str, ...]:
    """Sentences about what `victim_figures` counted."""
    notes = []
    if figures.get("no_person"):
        notes.append(
            tn(
                "{n} row has a victim that is no person (a business or the State): no sex is known.",
                "{n} rows have a victim that is no person (a business or the State): no sex is known.",
                figures["no_person"],
            )
        )
    if figures.get("age_groups"):
        notes.append(
            tn(
                "{n} age is given as a group of several years: no age is known.",
                "{n} ages are given as groups of several years: no age is known.",
                figures["age_groups"],
            )
        )
    return tuple(notes)


def read_yes_no(text: pd.Series, codes: Mapping[str, str] | None = None) -> pd.Series:
    """A category of yes, no, unknown; `codes` are a profile's own words, normalised -> code."""
    known = dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "no") | dict(codes or {})
    return _coded(as_category(text), known, ("yes", "no", "unknown")).fillna("unknown")


def read_coded(
    text: pd.Series, column: str, codes: Mapping[str, str]
) -> tuple[pd.Series, tuple[str, ...]]:
    """A column with a fixed list of codes (mechanism, relation, place_type), and what was left over.

    A word that the profile does not know becomes ``other``; NA where the file says nothing.
    """
    allowed = tuple(labels("incidents", column))
    kinds = as_category(text)
    known = {normalise(code): code for code in allowed} | dict(codes)
    strange = []
    for kind in kinds.cat.categories:
        word = normalise(kind)
        if word in NOT_KNOWN:
            known[word] = "unknown"
        elif word not in known:
            known[word] = "other"
            strange.append(kind)
    if not strange:
        return _coded(kinds, known, allowed), ()
    # Words that few rows share may be a clerk's free text, and these sentences are published.
    rows = kinds.value_counts()
    often = [k for k in strange if rows[k] >= _OFTEN and len(k) <= _SHORT]
    if often:
        said = tn(
            "{n} word in the column {column} is not known and counts as other: {example}.",
            "{n} words in the column {column} are not known and count as other, such as {example}.",
            len(strange),
            column=str(text.name),
            example=max(often, key=lambda k: (rows[k], k)),
        )
    else:
        said = tn(
            "{n} word in the column {column} is not known and counts as other.",
            "{n} words in the column {column} are not known and count as other.",
            len(strange),
            column=str(text.name),
        )
    return _coded(kinds, known, allowed), (said,)


def _coded(
    kinds: pd.Series, known: Mapping[str, str], allowed: tuple[str, ...]
) -> pd.Series:
    position = {code: i for i, code in enumerate(allowed)}
    words = [normalise(k) for k in kinds.cat.categories]
    lookup = np.array([position.get(known.get(w, ""), -1) for w in words] + [-1])
    return pd.Series(
        pd.Categorical.from_codes(
            lookup[kinds.cat.codes.to_numpy()],
            categories=pd.Index(allowed, dtype="str"),
        ),
        index=kinds.index,
    )
