"""Río Manso: a river town whose police keep a spreadsheet, with the names of neighbourhoods as people write them.

A seed goes in; out come a workbook with three lines of title above its header, no coordinates, dates with the
day first, neighbourhoods in every spelling, a total and a note at its foot; a list of neighbourhoods with codes
that begin with zeros; and a census table that is wide by sex and age.
"""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pandas as pd

from safelearn.simulation import contents
from safelearn.simulation.contents import Contents
from safelearn.simulation.people import AGE_GROUPS, population_table
from safelearn.simulation.records import write_down
from safelearn.simulation.small_towns import found_small_town, kinds, planted
from safelearn.simulation.sources import Sent
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

FOLDER, NAME, SEED = "rio-manso", "Río Manso", 18_100_720
NAMES = {
    "Centro": (
        "Centro Histórico", "San Agustín", "Las Mercedes", "El Puente", "La Ribera",
        "Santa Lucía", "El Tejar",
    ),
    "Occidente": (
        "Villa del Río", "El Bosque", "San José Obrero", "La Esperanza", "Los Naranjos",
        "Cañaveral",
    ),
    "Oriente": (
        "Altos de la Virgen", "Las Américas", "Nuevo Horizonte", "El Progreso",
        "La Floresta", "Santo Domingo", "María Auxiliadora",
    ),
    "Sur": (
        "La Estrella", "Prado Norte", "Prado Sur", "Simón Bolívar", "Los Fundadores",
        "El Mirador",
    ),
}  # fmt: skip
LABELS = {
    "homicide": "HOMICIDIO", "serious assault": "LESIONES PERSONALES GRAVES",
    "assault": "LESIONES PERSONALES", "domestic assault": "VIOLENCIA INTRAFAMILIAR",
    "threats": "AMENAZAS", "sexual assault": "DELITOS SEXUALES",
    "robbery": "HURTO CON VIOLENCIA", "residential burglary": "HURTO A RESIDENCIA",
    "other burglary": "HURTO A COMERCIO", "theft from person": "HURTO SIMPLE",
    "vehicle theft": "HURTO DE VEHÍCULO", "damage": "DAÑO EN BIEN AJENO",
    "drugs": "ESTUPEFACIENTES", "public order": "ALTERACIÓN DEL ORDEN",
    "fraud": "ESTAFA",
}  # fmt: skip
CODES = {
    "HOMICIDIO": "0101", "LESIONES PERSONALES GRAVES": "020111",
    "LESIONES PERSONALES": "020112", "VIOLENCIA INTRAFAMILIAR": "0201",
    "AMENAZAS": "02012", "DELITOS SEXUALES": "03", "HURTO CON VIOLENCIA": "0401",
    "HURTO A RESIDENCIA": "05012", "HURTO A COMERCIO": "05011", "HURTO SIMPLE": "0502",
    "HURTO DE VEHÍCULO": "05021", "DAÑO EN BIEN AJENO": "0504",
    "ESTUPEFACIENTES": "0601", "ALTERACIÓN DEL ORDEN": "0801", "ESTAFA": "0701",
}  # fmt: skip
WEAPON = {
    "firearm": "ARMA DE FUEGO", "sharp_object": "ARMA BLANCA",
    "blunt_object": "CONTUNDENTES", "bodily_force": "SIN EMPLEO DE ARMAS",
}  # fmt: skip
HEADER = (
    "N° denuncia", "Fecha del hecho", "Hora del hecho", "Delito", "Barrio",
    "Sexo víctima", "Edad víctima", "Arma o medio",
)  # fmt: skip
TITLE = (
    "POLICÍA DE RÍO MANSO (datos inventados)",
    "Denuncias recibidas, 2022 a 2024",
    "Cifras sujetas a revisión",
)
#: Spellings that lead to one neighbourhood without a person's help, and others that do not.
SHORT = {
    "Santa Lucía": "Sta. Lucia", "Santo Domingo": "Sto. Domingo",
    "San José Obrero": "S. José Obrero", "Villa del Río": "Vlla. del Rio",
    "María Auxiliadora": "Ma. Auxiliadora", "Nuevo Horizonte": "Nvo. Horizonte",
}  # fmt: skip
TYPED = {
    "Las Américas": "Las Amricas", "Cañaveral": "Canaberal",
    "San Agustín": "San Agustn", "Los Fundadores": "Los Fundaores",
    "La Esperanza": "La Esperansa", "El Mirador": "Mirador Alto",
    "Prado Norte": "Prado", "Prado Sur": "Prado",
}  # fmt: skip


def contents_of_the_city() -> Contents:
    """Everything that Río Manso's folder is made from."""
    codes = [f"{number:03d}" for number in range(1, 27)]
    town = found_small_town(
        SEED, NAMES, codes, population=148_000, recorded=9_000, start="2022-01-01"
    )
    rows, mess = denuncias(town)
    offices = {
        "areas": "Secretaría de Planeación",
        "population": "Oficina de Estadística, censo de 2023",
        "incidents": "Policía de Río Manso",
    }
    text = contents.settings(
        NAME,
        offices=offices,
        language='"es"',
        timezone='"America/Bogota"',
        unit='"barrio"',
        period="[2022-01-01, 2024-12-31]",
    )
    return Contents(
        settings=text,
        source=contents.source(
            NAME,
            SEED,
            what="A river town of 148,000 whose only record of crime is a spreadsheet. There is no map: what can be "
            "said is said by neighbourhood name.",
            traps=(
                "The workbook has three lines of title, so its header is on the fourth row; a total and a note "
                "stand below the last record.",
                "Neighbourhoods are written with and without accents, in capitals, with Barrio before them, "
                "shortened, and mistyped; some names could be two neighbourhoods.",
                "Dates are text, the day first; some hours are missing; ages are sometimes 999.",
                "Victims of sexual offences have no neighbourhood.",
                "Codes of neighbourhoods begin with zeros.",
            ),
        ),
        files=[
            Sent("barrios.csv", "areas", barrios(town)),
            Sent("poblacion_2023.xlsx", "population", poblacion(town)),
            Sent("denuncias_2022_2024.xlsx", "incidents", workbook(rows)),
        ],
        truth=planted(town) | {"police_file": mess},
        own={
            "crosswalks/generic.toml": "# What the police of Río Manso call each offence -> ICCS.\n"
            "format = 1\n[codes]\n"
            + "".join(f'"{label}" = "{code}"\n' for label, code in CODES.items())
        },
    )


def barrios(town: Town) -> bytes:
    """The list of neighbourhoods, as the planning office keeps it."""
    rows = town.conditions.sort_values("area_id")
    frame = pd.DataFrame(
        {
            "Código": rows["area_id"],
            "Barrio": rows["area_name"],
            "Comuna": rows["parent"],
        }
    )
    return frame.to_csv(index=False, sep=";", lineterminator="\n").encode("cp1252")


def poblacion(town: Town) -> bytes:
    """Residents, one row a neighbourhood, one column a sex and age group."""
    people = population_table(town.residents, town.conditions, 2023)
    wide = people.pivot_table(
        index="area_id", columns=["sex", "age_group"], values="population"
    )
    names = town.conditions.set_index("area_id")["area_name"]
    heads = [
        f"{letter} {group}" for letter in ("Mujeres", "Hombres") for group in AGE_GROUPS
    ]
    sexes = ("female", "male")
    cells = [
        [code, names[code]]
        + [int(wide.loc[code, (sex, g)]) for sex in sexes for g in AGE_GROUPS]
        for code in sorted(wide.index)
    ]
    total = ["", "Total"] + [sum(row[i] for row in cells) for i in range(2, 38)]
    title = [["Población por barrio, sexo y grupo de edad, 2023 (datos inventados)"]]
    return _book("Población", [*title, [], ["Código", "Barrio", *heads], *cells, total])


def denuncias(town: Town) -> tuple[list[list], dict[str, int]]:
    """The rows of the police's workbook below its header, and what was done to them."""
    rng = stream(town.plan.seed, "office")
    records = write_down(town)
    kind = kinds(town, records)
    names = town.conditions.set_index("area_id")["area_name"]
    n = len(records)
    barrio = names.loc[records["area_id"].astype("str")].to_numpy(dtype=object)
    barrio, mess = _misspelt(rng, barrio)
    hidden = (kind == "sexual assault") | (rng.random(n) < 0.03)
    barrio[hidden] = "SIN INFORMACIÓN"
    timed = (records["time_precision"] == "minute").to_numpy()
    hour = records["occurred_from"].dt.strftime("%H:%M").where(timed, "")
    age = records["victim_age"].astype("object").where(records["victim_age"].notna())
    age = np.array(age, dtype=object)
    wrong = np.flatnonzero(pd.isna(age))[::9]
    age[wrong] = 999
    sex = records["victim_sex"].map({"female": "MUJER", "male": "HOMBRE"})
    weapon = records["mechanism"].map(WEAPON).astype("object")
    rows = [
        list(row)
        for row in zip(
            records["incident_id"],
            records["occurred_from"].dt.strftime("%d/%m/%Y"),
            hour,
            [LABELS[k] for k in kind],
            barrio,
            sex.astype("object").where(sex.notna(), "NO REPORTA"),
            [None if pd.isna(a) else int(a) for a in age],
            weapon.where(weapon.notna(), "NO REPORTA"),
            strict=True,
        )
    ]
    mess |= {
        "rows": n,
        "rows without a neighbourhood": int(hidden.sum()),
        "rows without an hour": int((~timed).sum()),
        "ages written as 999": len(wrong),
    }
    return rows, mess


def _misspelt(
    rng: np.random.Generator, names: np.ndarray
) -> tuple[np.ndarray, dict[str, int]]:
    """Neighbourhoods as different clerks write them."""
    from safelearn.city.files.headers import normalise

    way = rng.choice(6, len(names), p=[0.52, 0.16, 0.12, 0.08, 0.06, 0.06])
    out = names.copy()
    plain = {name: normalise(name).title() for name in set(names)}
    for i, name in enumerate(names):
        if way[i] == 1:
            out[i] = name.upper()
        elif way[i] == 2:
            out[i] = plain[name]
        elif way[i] == 3:
            out[i] = f"Barrio {name}"
        elif way[i] == 4:
            out[i] = SHORT.get(name, name)
        elif way[i] == 5:
            out[i] = TYPED.get(name, name)
    typed = np.array([o in TYPED.values() for o in out])
    short = np.array([o in SHORT.values() for o in out])
    return out, {
        "neighbourhoods shortened": int(short.sum()),
        "neighbourhoods mistyped": int(typed.sum()),
    }


def workbook(rows: list[list]) -> bytes:
    """The police's workbook: titles, header on the fourth row, records, a total and a note."""
    foot = [
        ["Total de denuncias", None, None, None, None, None, None, len(rows)],
        ["Fuente: Policía de Río Manso (datos inventados)."],
    ]
    return _book("Denuncias", [*([line] for line in TITLE), HEADER, *rows, *foot])


def _book(sheet: str, rows: list) -> bytes:
    from openpyxl import Workbook

    from safelearn.city.workbook import same_bytes

    book = Workbook()
    book.properties.created = dt.datetime(2000, 1, 1)
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return io.BytesIO(same_bytes(book)).getvalue()
