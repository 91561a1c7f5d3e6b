"""Read the class from a file: a table of one's own, or the list of participants that Moodle gives.

A csv or xlsx file goes in, people come out. Columns are known by their names in English, Spanish, French and
Portuguese, as Moodle writes them. Every line that cannot be read is named; none is left out in silence.
"""

from __future__ import annotations

from pathlib import Path

from safelearn.city.files.headers import normalise
from safelearn.course.classroom.roster import Person
from safelearn.course.variants import checked
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: The id is the first of these that a file has and fills.
IDS = (
    ("id", "trainee", "trainee id", "student id", "student"),
    ("username", "Nombre de usuario", "Usuario", "Nom d'utilisateur", "Nome de usuário", "Identificação de utilizador"),
    ("ID number", "Número de ID", "Numéro d'identification", "Número de identificação", "idnumber"),
    ("Email address", "email", "e-mail", "Dirección de correo", "Dirección Email", "Correo", "Correo electrónico",
     "Adresse de courriel", "Courriel", "Endereço de email", "Endereço de e-mail"),
)  # fmt: skip
EMAIL = IDS[-1]
_FIRST = ("First name", "firstname", "Given name", "Nombre", "Nombres", "Prénom")
_LAST = (
    "Last name", "lastname", "Surname", "Family name", "Apellido(s)", "Apellido", "Apellidos", "Sobrenome", "Apelido",
)  # fmt: skip
#: The last name in French, the first in Portuguese: the other column tells.
_EITHER = ("Nom", "Nome")
WHOLE = ("Name", "Full name", "Nombre completo", "Nom complet", "Nome completo")
_PATH = ("path", "role path")


def people_in(path: Path) -> list[Person]:
    """The people of a file.

    Parameters
    ----------
    path : Path
        csv or xlsx, with an id, a user name, an ID number or an e-mail address in each line; ``first name``,
        ``last name``, ``email`` and ``path`` (such as ``planner``) where there are any.

    Raises
    ------
    SafelearnError
        If it has no such column, or lines whose id is missing, is there twice, or cannot name a folder.
    """
    from safelearn.city.files.formats import read_source

    frame = read_source(path).frame
    columns = {normalise(str(c)): c for c in frame.columns}
    ids = [c for names in IDS if (c := column(columns, names)) is not None]
    if not ids:
        raise SafelearnError(
            t("No column of the file says who is who."),
            where=f"{Path(path).name}: {listing([str(c) for c in frame.columns])}",
            remedy=t(
                "Name one of them id. A list of participants from Moodle has Username or Email address."
            ),
        )
    email, role = column(columns, EMAIL), column(columns, _PATH)
    first, last = _names(columns)
    found: dict[str, Person] = {}
    wrong = []
    for line, row in enumerate(frame.to_dict("records"), start=2):
        cells = {k: str(v).strip() for k, v in row.items()}
        if not any(cells.values()):
            continue
        person = next((cells[c] for c in ids if cells[c]), "")
        try:
            checked(person)
        except SafelearnError:
            wrong.append(
                t("line {line}: {id} cannot be an id", line=line, id=repr(person))
            )
            continue
        if person.lower() in {i.lower() for i in found}:
            wrong.append(t("line {line}: {id} is there twice", line=line, id=person))
            continue
        found[person] = Person(
            person,
            cells.get(first, "") if first else "",
            cells.get(last, "") if last else "",
            cells.get(email, "") if email else "",
            cells.get(role, "") if role else "",
        )
    if wrong or not found:
        raise SafelearnError(
            t("The list of the class cannot be used as it is.")
            if wrong
            else t("Nobody is in the list."),
            where=Path(path).name,
            remedy="\n".join(
                [
                    *wrong,
                    t(
                        "An id has letters, digits, and . _ @ - after the first character."
                    ),
                ]
            ),
        )
    return list(found.values())


def column(columns: dict[str, str], names: tuple[str, ...]) -> str | None:
    """The column that has one of these names, in any spelling."""
    return next((columns[n] for n in map(normalise, names) if n in columns), None)


def _names(columns: dict[str, str]) -> tuple[str | None, str | None]:
    """The columns of first and last name."""
    first, last = column(columns, _FIRST), column(columns, _LAST)
    either = column(columns, _EITHER)
    if first is None:
        first = either or column(columns, WHOLE)
    elif last is None:
        last = either
    return first, last
