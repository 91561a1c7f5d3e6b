"""Which columns of a received table name people? In: a table as text. Out: which, and what was taken out of the rest.

Rosters carry names, telephones and numbers of identity papers. They are counted and never stored: a table of a city
has no column for them, and what slipped into a text is taken out of it. The file itself stays in ``source/`` as it
was received, and whoever sent it is told so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from safelearn.city.columns.personal import VALUES, column_kind, value_kind
from safelearn.city.files.headers import normalise
from safelearn.language import listing, tn

#: What an import keeps out; a point or a record is no person by itself.
_OF_PEOPLE = frozenset({"name", "birth", "email", "phone", "plate"})
_PAPERS = frozenset(
    (  # noqa: SIM905
        "cedula|cedula de ciudadania|no cedula|documento|numero de documento|no documento|doc identidad|documento de "
        "identidad|identificacion|numero de identificacion|dni|curp|cpf|rg|rut|ruc|cc|nui|id number|identity number|"
        "national id|passport|pasaporte|carnet|ci|firma|signature|assinatura|huella|telefono|tel|celular|cel|movil|"
        "whatsapp|correo|correo electronico|email|e mail|mail|phone|mobile|contacto|contact|contact person|"
        "nombre y apellido|nombres y apellidos|nombre completo|full name|nome completo|nom et prenom|direccion|"
        "domicilio|endereco|adresse|address|fecha de nacimiento|date of birth|nacimiento|apellido|apellidos|nombres|"
        "surname|sobrenome|prenom"
    ).split("|")
)
#: In a list of people a column called so holds their names.
_NAME = frozenset("nombre|name|nome|nom|asistente|participante|attendee|votante|voter|elector".split("|"))  # fmt: skip  # noqa: SIM905
_TEXTS = frozenset({"email", "phone"})


def columns_of_people(frame: pd.DataFrame, *, roster: bool = False) -> list[str]:
    """Titles of the columns that name people, by their titles or their values.

    Parameters
    ----------
    frame : DataFrame of str
    roster : bool
        Whether each row is a person, so that "name" is a person's.
    """
    return [c for c in frame.columns if _is_of_people(str(c), frame[c], roster)]


def _is_of_people(title: str, cells: pd.Series, roster: bool) -> bool:
    # Questionnaires name a question by its path.
    title = title.rsplit("/", 1)[-1]
    plain = normalise(title)
    if plain in _PAPERS or (roster and plain in _NAME):
        return True
    if column_kind(title) in _OF_PEOPLE and plain not in _NAME:
        return True
    filled = cells[cells != ""]
    return bool(len(filled)) and value_kind(filled, title) in _OF_PEOPLE


def is_roster(columns: Iterable[str]) -> bool:
    """Whether each row of a table is a person: at least a number of a paper, a telephone or a full name."""
    titles = {normalise(c) for c in columns}
    papers = titles & (_PAPERS - {"contacto", "contact", "contact person"})
    return bool(papers) and bool(papers & _SURE or titles & _NAME)


_SURE = frozenset(
    (  # noqa: SIM905
        "cedula|cedula de ciudadania|documento|numero de documento|documento de identidad|dni|curp|cpf|firma|"
        "signature|nombre y apellido|nombres y apellidos|nombre completo|full name|nome completo|apellidos|apellido|"
        "surname|identificacion|numero de identificacion|id number|national id|nombres"
    ).split("|")
)


def without_contacts(cells: pd.Series) -> tuple[pd.Series, int]:
    """Texts without the telephones and e-mail addresses in them, and how many cells had one."""
    changed = cells
    for kind, pattern in VALUES:
        if kind in _TEXTS:
            changed = changed.str.replace(pattern, "…", regex=True)
    return changed, int((changed != cells).sum())


def said_of_people(columns: Collection[str]) -> tuple[str, ...]:
    """What to tell whoever imports a file with columns of people."""
    if not columns:
        return ()
    return (
        tn(
            "The column {names} is about single people and was not taken into the table. The file as received stays in "
            "source/: take the column out of it before anybody else gets the folder.",
            "The columns {names} are about single people and were not taken into the table. The file as received stays "
            "in source/: take the columns out of it before anybody else gets the folder.",
            len(columns),
            names=listing(sorted(columns)),
        ),
    )


def said_of_contacts(n: int, column: str) -> str:
    """What to tell about telephones and addresses taken out of a text."""
    return tn(
        "In the column {column}, {n} cell held a telephone number or an e-mail address, which was taken out.",
        "In the column {column}, {n} cells held telephone numbers or e-mail addresses, which were taken out.",
        n,
        column=column,
    )
