"""What a city says about itself: its name, its time zone, what may be published and until when.

In goes the folder of a city, out come its `Settings`, read from ``city.toml`` (and from the country folder
that it inherits from), or one sentence that names the line to mend. Writing keeps the comments of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from safelearn.city.contracts import table_names
from safelearn.city.inheritance import settings_file
from safelearn.city.settings_errors import Layer, mendable, nearest, where
from safelearn.city.writing import whole
from safelearn.errors import SafelearnError
from safelearn.language import t

FORMAT = 1
FILE = "city.toml"
Text = Annotated[str, Field(strict=True, min_length=1)]


def _table_exists(name: str) -> str:
    if name not in table_names():
        near = nearest(name, table_names())
        raise ValueError(
            t("There is no table called `{name}`.", name=name),
            t("Did you mean `{name}`?", name=near) if near else "",
        )
    return name


TableName = Annotated[str, AfterValidator(_table_exists)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Disclosure(_Strict):
    """Below how many events a cell is hidden."""

    threshold: Annotated[int, Field(strict=True, ge=3)] = 5
    sensitive_threshold: Annotated[int, Field(strict=True, ge=3)] = 10

    @model_validator(mode="after")
    def _sensitive_is_stricter(self) -> Disclosure:
        if self.sensitive_threshold < self.threshold:
            raise ValueError(
                t("`sensitive_threshold` must not be smaller than `threshold`.")
            )
        return self


class Processing(_Strict):
    """What a data-protection authority asks first: for what, by what right, and who answers for it."""

    purpose: Annotated[str, Field(strict=True)] = ""
    legal_basis: Annotated[str, Field(strict=True)] = ""
    controller: Annotated[str, Field(strict=True)] = ""
    contact: Annotated[str, Field(strict=True)] = ""


class Consent(_Strict):
    """Which community agreed that answers about it are shown, and when; empty: not shown."""

    indigenous: Annotated[str, Field(strict=True)] = ""


class RecordingChange(_Strict):
    """A day from which an offence is recorded in another way, so that before and after do not compare."""

    date: date
    offence: Annotated[str, Field(strict=True, pattern=r"^(\d{2,6})?$")] = ""
    note: Text


class TableNote(_Strict):
    """Where a table comes from and on what terms."""

    source: Annotated[str, Field(strict=True)] = ""
    licence: Annotated[str, Field(strict=True)] = ""
    note: Annotated[str, Field(strict=True)] = ""


class Settings(_Strict):
    """The settings of a city, as ``city.toml`` has them."""

    format: Annotated[int, Field(strict=True)] = FORMAT
    inherits: Annotated[str, Field(strict=True)] = ""
    name: Text
    country: Annotated[str, Field(strict=True, pattern=r"^([A-Z]{2})?$")] = ""
    language: Annotated[
        str, Field(strict=True, pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")
    ] = "en"
    timezone: Text
    unit: Text = "area"
    period: tuple[date, date] | None = None
    synthetic: Annotated[bool, Field(strict=True)] = False
    retention: date | None = None
    redress: Annotated[str, Field(strict=True)] = ""
    cycle: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    disclosure: Disclosure = Disclosure()
    processing: Processing = Processing()
    consent: Consent = Consent()
    recording_changes: tuple[RecordingChange, ...] = ()
    tables: dict[TableName, TableNote] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone, ready for use."""
        return ZoneInfo(self.timezone)

    @field_validator("timezone")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        if value not in available_timezones():
            near = nearest(value, available_timezones())
            raise ValueError(
                t("The time zone `{zone}` is not known.", zone=value),
                t("Did you mean `{name}`?", name=near)
                if near
                else t("Time zones are written like this: `America/Lima`."),
            )
        return value

    @field_validator("period")
    @classmethod
    def _period_runs_forward(cls, value: Any) -> Any:
        if value is not None and value[0] > value[1]:
            raise ValueError(t("The period ends before it begins."))
        return value


def read_settings(folder: Path) -> Settings:
    """Read the settings of a city, those it inherits first.

    Parameters
    ----------
    folder : Path
        The city's folder.

    Raises
    ------
    SafelearnError
        If there is no ``city.toml``, if it cannot be read, or if a setting is unknown or wrong; the error
        names the line.
    """
    return _validated(_layers(Path(folder)))


def update_settings(folder: Path, changes: Mapping[str, Any]) -> Settings:
    """Change some settings of a city and keep the rest of the file, comments included.

    Parameters
    ----------
    folder : Path
        The city's folder.
    changes : mapping
        New values by name; a mapping inside (``{"disclosure": {"threshold": 8}}``) changes only the names
        that it holds, and None takes a setting out.

    Returns
    -------
    Settings
        As they are now. A wrong value raises before anything is written.
    """
    import tomlkit

    path = Path(folder) / FILE
    document = tomlkit.parse(_layers(Path(folder))[-1].text)
    _change(document, changes)
    text = tomlkit.dumps(document)
    below = _layers(Path(folder))[:-1]
    settings = _validated([*below, Layer(path, text, document.unwrap())])
    with whole(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return settings


def _change(document: Any, changes: Mapping[str, Any]) -> None:
    import tomlkit

    for name, value in changes.items():
        if value is None:
            document.pop(name, None)
        elif isinstance(value, Mapping):
            if name not in document:
                document[name] = tomlkit.table()
            _change(document[name], value)
        else:
            document[name] = list(value) if isinstance(value, tuple) else value


def _layers(folder: Path, seen: tuple[Path, ...] = ()) -> list[Layer]:
    """The settings files from the topmost folder down to the city's own."""
    import tomlkit
    from tomlkit.exceptions import ParseError

    # A country's settings may also be called country.toml.
    path = settings_file(folder) if seen else folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SafelearnError(
            t("There is no city.toml in this folder."),
            where=str(folder),
            remedy=t(
                "Make a city folder with `safelearn city new {folder}`.", folder=folder
            ),
        ) from error
    except UnicodeDecodeError as error:
        raise SafelearnError(
            t("The settings are not written in UTF-8."),
            where=str(path),
            remedy=t("Save the file again with the encoding UTF-8."),
        ) from error
    try:
        values = tomlkit.parse(text).unwrap()
    except ParseError as error:
        raise SafelearnError(
            t("This line of the settings cannot be read."),
            where=t("{file}, line {line}", file=path, line=error.line),
            remedy=t('Settings are written like this: `name = "Puerto Sereno"`.'),
        ) from error
    parent = values.get("inherits")
    if not isinstance(parent, str) or not parent:
        return [Layer(path, text, values)]
    above = (folder / parent).resolve()
    if above in (*seen, folder.resolve()):
        raise SafelearnError(
            t("The settings inherit from each other in a circle."), where=str(path)
        )
    if not settings_file(above).is_file():
        raise SafelearnError(
            t(
                "The folder that the settings inherit from has no country.toml and no city.toml."
            ),
            where=where([Layer(path, text, values)], ("inherits",)),
            remedy=t("Correct the path after `inherits`, or take the line out."),
        )
    return [*_layers(above, (*seen, folder.resolve())), Layer(path, text, values)]


def _validated(layers: list[Layer]) -> Settings:
    merged: dict[str, Any] = {}
    for layer in layers:
        # A country's changes in recording hold in its cities too, so lists of them add up.
        changes = merged.get("recording_changes", [])
        own = layer.values.get("recording_changes", [])
        merged = _merge(merged, layer.values)
        if isinstance(own, list) and (changes or own):
            merged["recording_changes"] = [*changes, *own]
    newest = merged.get("format", FORMAT)
    if isinstance(newest, int) and newest > FORMAT:
        raise SafelearnError(
            t(
                "This city folder has format {found}; this safelearn knows formats up to {known}.",
                found=newest,
                known=FORMAT,
            ),
            where=where(layers, ("format",)),
            remedy=t("Install the newest safelearn."),
        )
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise mendable(error, layers, names_beside) from error


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(name), dict):
            value = _merge(merged[name], value)
        merged[name] = value
    return merged


def names_beside(path: tuple[str | int, ...]) -> list[str]:
    """The settings that may stand beside the one at `path`."""
    if not path:
        return list(Settings.model_fields)
    rooms = {
        "disclosure": Disclosure,
        "processing": Processing,
        "consent": Consent,
        "recording_changes": RecordingChange,
        "tables": TableNote,
    }
    return list(rooms[str(path[0])].model_fields) if path[0] in rooms else []
