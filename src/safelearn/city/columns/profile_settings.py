"""What can a profile say of a kind of file? In: its TOML text. Out: a `Profile`, or what is wrong with the text.

A profile is data, not code, and people write it by hand: a part, a setting or a kind of value that does not
exist is refused by name, with those that do. `docs/profiles.md` says what each setting means.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from safelearn.city.columns.profile import (
    FIELDS,
    NO_PERSON,
    CountedElsewhere,
    Derived,
    LeftOut,
    Profile,
)
from safelearn.city.contracts import labels
from safelearn.city.files.headers import normalise
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

_TOP = {"format", "name", "title", "table", "crosswalk", "notes"}
#: Part -> setting -> how its value is checked.
PARTS: dict[str, dict[str, str]] = {
    "match": {"must": "groups", "any": "names", "signature": "names"},
    "columns": dict.fromkeys(FIELDS, "names"),
    "compose": dict.fromkeys(
        ("incident_id", "area_id", "area_name", "address"), "groups"
    ),
    "missing": {"words": "names", **dict.fromkeys(FIELDS, "names")},
    "time": {
        "zone": "text",
        "local": "text",
        "precision": "text",
        "format": "names",
        "unknown_hours": "names",
        "year_begins": "count",
    },
    "place": {
        "crs": "text",
        "precision": "text",
        "not_a_place": "points",
        "addresses_name_areas": "flag",
        "code_digits": "count",
        "code_keep": "count",
    },
    "jurisdiction": {"column": "names", "aliases": "groups", "elsewhere": "names"},
    "rows": {"one_row": "one_row"},
    "offence": {
        "label": "text",
        "if_column": "text",
        "if_values": "names",
        "detail": "names",
        "detail_of": "names",
        "details": "names",
        "leaves_out": "names",
        "titled": "flag",
    },
    "masked": {"column": "text", "value": "text", "hides": "names"},
    "read": {
        "encoding": "text",
        "separator": "text",
        "sheet": "text",
    },
    "wide": {"year_begins": "count"},
}
#: Parts that can stand several times -> their settings.
LISTS = {
    "derive": {"field", "column", "values", "within", "always"},
    "leave_out": {"column", "words"},
    "counted_elsewhere": {"column", "words", "beside", "same_as"},
}
#: Fields whose words have fixed codes -> those codes.
_CODED = ("victim_sex", "mechanism", "relation", "place_type", "domestic")
_ONE_ROW = ("event", "victim", "offence")


def parse_profile(text: str, *, where: str, own: bool = False) -> Profile:
    """A profile from its TOML text.

    Parameters
    ----------
    where : str
        The file, for messages.
    own : bool
        Whether it is a city's own.

    Raises
    ------
    SafelearnError
        If it is no TOML, or names a part, a column, a setting or a code that does not exist.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SafelearnError(
            t("The profile cannot be read: {why}.", why=error), where=where
        ) from error
    _check(table, where)

    def part(name: str) -> dict[str, Any]:
        return dict(table.get(name, {}))

    match, time, place, offence = (
        part(n) for n in ("match", "time", "place", "offence")
    )
    masked, columns = part("masked"), part("columns")
    return Profile(
        name=str(table["name"]),
        title=str(table.get("title", table["name"])),
        crosswalk=str(table.get("crosswalk", "generic")),
        must=_groups(match.get("must", ())),
        any=_norm(match.get("any", ())),
        signature=_norm(match["signature"])
        if "signature" in match
        # A city's own profile need not say how it is recognised: by all the columns that it names.
        else _norm(name for names in columns.values() for name in names),
        columns={k: _norm(v) for k, v in columns.items()},
        values={
            k: {normalise(label): code for label, code in v.items()}
            for k, v in part("values").items()
        },
        compose={k: _groups(v) for k, v in part("compose").items()},
        derive=tuple(_derived(d) for d in table.get("derive", ())),
        leave_out=tuple(
            LeftOut(_norm(e.get("column", ())), frozenset(_norm(e.get("words", ()))))
            for e in table.get("leave_out", ())
        ),
        counted_elsewhere=tuple(
            _counted_elsewhere(e) for e in table.get("counted_elsewhere", ())
        ),
        city_column=_norm(part("jurisdiction").get("column", ())),
        city_aliases=_groups(part("jurisdiction").get("aliases", ())),
        city_elsewhere=frozenset(_norm(part("jurisdiction").get("elsewhere", ()))),
        missing={
            k: frozenset(w.strip().casefold() for w in v)
            for k, v in part("missing").items()
        },
        zone=str(time.get("zone", "")),
        local_zone=str(time.get("local", "")),
        time_precision=str(time.get("precision", "")),
        time_formats=tuple(_texts(time.get("format", ()))),
        unknown_hours=frozenset(
            _minute(h, where) for h in time.get("unknown_hours", ())
        ),
        year_begins=int(time.get("year_begins", 0)),
        crs=str(place.get("crs", "")),
        place_precision=str(place.get("precision", "")),
        addresses_name_areas=bool(place.get("addresses_name_areas", False)),
        not_a_place=tuple(
            (float(x), float(y)) for x, y in place.get("not_a_place", ())
        ),
        code_digits=int(place.get("code_digits", 0)),
        code_keep=int(place.get("code_keep", 0)),
        one_row=str(part("rows").get("one_row", "event")),
        offence=str(offence.get("label", "")),
        offence_if=(
            normalise(offence.get("if_column", "")),
            frozenset(_norm(offence.get("if_values", ()))),
        ),
        offence_detail=_norm(offence.get("detail", ())),
        offence_detail_of=frozenset(_norm(offence.get("detail_of", ()))),
        offence_details=frozenset(_norm(offence.get("details", ()))),
        leaves_out=tuple(offence.get("leaves_out", ())),
        titled=bool(offence.get("titled", False)),
        masked=(
            normalise(masked.get("column", "")),
            normalise(masked.get("value", "")),
            frozenset(masked.get("hides", ())),
        ),
        read={k: str(v) for k, v in part("read").items()},
        wide=part("wide"),
        notes=tuple(_texts(table.get("notes", ()))),
        own=own,
    )


def _check(table: Mapping[str, Any], where: str) -> None:
    parts = {*PARTS, "values", *LISTS}
    for name in table:
        if name not in _TOP | parts:
            raise SafelearnError(
                t("A profile has no part {name}.", name=name),
                where=where,
                remedy=t("It can have: {names}.", names=listing(sorted(_TOP | parts))),
            )
    if not isinstance(table.get("name"), str) or not table["name"]:
        raise SafelearnError(t("The profile has no name."), where=where)
    if not _is_names(table.get("notes", [])):
        raise _no_setting("notes", "", sorted(_TOP), where)
    for part, allowed in PARTS.items():
        for key, value in _table(table.get(part, {}), part, where).items():
            if key not in allowed:
                raise _no_setting(key, part, sorted(allowed), where)
            if not _KINDS[allowed[key]](value):
                raise SafelearnError(
                    t(
                        "The setting {key} in [{part}] cannot be {value}.",
                        key=key,
                        part=part,
                        value=value,
                    ),
                    where=where,
                    remedy=_must_be(allowed[key]),
                )
    for field, words in _table(table.get("values", {}), "values", where).items():
        if field not in _CODED:
            raise _no_setting(field, "values", sorted(_CODED), where)
        for word, code in _table(words, f"values.{field}", where).items():
            _must_be_a_code(code, word, field, where)
    for part, allowed in LISTS.items():
        _check_list(table.get(part, []), part, allowed, where)
    for entry in table.get("derive", []):
        if entry.get("field") not in (*_CODED, "offence_label"):
            name = str(entry.get("field", ""))
            allowed = sorted((*_CODED, "offence_label"))
            raise _no_setting(name, "derive", allowed, where)
        for word, code in _table(entry.get("values", {}), "derive", where).items():
            if entry["field"] in _CODED:
                _must_be_a_code(code, word, entry["field"], where)


def _check_list(entries: Any, part: str, allowed: set[str], where: str) -> None:
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise SafelearnError(
            t("The part [{part}] is written wrongly.", part=part),
            where=where,
            remedy=t(
                "Write [[{part}]], with two brackets, above each of them.", part=part
            ),
        )
    for entry in entries:
        for key in entry:
            if key not in allowed:
                raise _no_setting(key, part, sorted(allowed), where)


def _table(value: Any, part: str, where: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise SafelearnError(
        t("The part [{part}] is written wrongly.", part=part),
        where=where,
        remedy=t(
            "Write [{part}] on a line of its own, and its settings below it.", part=part
        ),
    )


def _no_setting(key: str, part: str, allowed: list[str], where: str) -> SafelearnError:
    return SafelearnError(
        t("A profile has no setting {key} in [{part}].", key=key, part=part),
        where=where,
        remedy=t("It can have: {names}.", names=listing(allowed)),
    )


def _must_be_a_code(code: Any, word: str, field: str, where: str) -> None:
    allowed = list(labels("incidents", field))
    if field == "victim_sex":
        allowed += ["unknown", NO_PERSON]
    if code not in allowed:
        raise SafelearnError(
            t(
                "{word} cannot mean {code}: {field} has no such code.",
                word=word,
                code=code,
                field=field,
            ),
            where=where,
            remedy=t("Its codes are: {names}.", names=listing(allowed)),
        )


def _is_names(value: Any) -> bool:
    texts = [value] if isinstance(value, str) else value
    return isinstance(texts, list) and all(isinstance(v, str) for v in texts)


def _is_groups(value: Any) -> bool:
    return isinstance(value, list) and all(_is_names(v) for v in value)


def _is_points(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(p, list)
        and len(p) == 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in p)
        for p in value
    )


_KINDS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "names": _is_names,
    "groups": _is_groups,
    "points": _is_points,
    "count": lambda value: type(value) is int and value >= 0,
    "flag": lambda value: isinstance(value, bool),
    "one_row": lambda value: value in _ONE_ROW,
}


def _must_be(kind: str) -> str:
    return {
        "text": t("It is a text, in quotation marks."),
        "names": t('It is a list of texts, such as ["fecha", "fecha del hecho"].'),
        "groups": t('It is a list of names, such as ["fecha", "delito"].'),
        "points": t("It is a list of points, such as [[0.0, 0.0]]."),
        "count": t("It is a whole number."),
        "flag": t("It is true or false."),
        "one_row": t("It can be: {names}.", names=listing(list(_ONE_ROW))),
    }[kind]


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _norm(names: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise(name) for name in _texts(names))


def _groups(names: Iterable[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(_norm(name) for name in names)


def _counted_elsewhere(entry: Mapping[str, Any]) -> CountedElsewhere:
    return CountedElsewhere(
        column=_norm(entry.get("column", ())),
        words=frozenset(_norm(entry.get("words", ()))),
        beside=frozenset(_norm(entry.get("beside", ()))),
        same_as=_norm(entry.get("same_as", ())),
    )


def _derived(entry: Mapping[str, Any]) -> Derived:
    return Derived(
        field=entry["field"],
        column=_norm(entry.get("column", ())),
        values={normalise(w): c for w, c in entry.get("values", {}).items()},
        within=bool(entry.get("within", False)),
        always=str(entry.get("always", "")),
    )


def _minute(text: str, where: str) -> int:
    """The minute of the day of "00:00" or "12:01 AM"."""
    found = re.fullmatch(r"(\d{1,2}):(\d\d)\s*([AaPp])?[Mm]?", text.strip())
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        raise SafelearnError(
            t("{text} is no time of day.", text=text),
            where=where,
            remedy=t("Write it as 00:00 or as 12:01 AM."),
        )
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3] in "pP" else 0)
    return hour % 24 * 60 + int(found[2])
