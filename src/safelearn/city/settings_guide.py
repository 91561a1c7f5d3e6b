"""What each setting means, in the words that city.toml, city.xlsx and error messages share."""

from __future__ import annotations

from dataclasses import dataclass

from safelearn.language import mark


@dataclass(frozen=True)
class Guide:
    """One setting.

    Attributes
    ----------
    name : str
        As in ``city.toml``, with the name of its section in front (``disclosure.threshold``).
    example : str
        A value, as TOML writes it.
    words : str
        What it means; show it through `language.t`.
    """

    name: str
    example: str
    words: str

    @property
    def line(self) -> str:
        """A line of ``city.toml`` that sets it."""
        return f"{self.name.rpartition('.')[2]} = {self.example}"


GUIDES = (
    Guide("name", '"Puerto Sereno"', mark("The name of the city.")),
    Guide("country", '"PE"', mark("The country, by its two letters (ISO 3166).")),
    Guide("language", '"es"', mark("The language of the reports, by its letters.")),
    Guide(
        "timezone",
        '"America/Lima"',
        mark(
            "The time zone of the city. The hour of every event is read with it: "
            "a wrong one moves the evening into the night."
        ),
    ),
    Guide(
        "unit",
        '"neighbourhood"',
        mark("What the lowest administrative unit is called, as one would say it."),
    ),
    Guide(
        "period",
        "[2021-01-01, 2025-12-31]",
        mark(
            "The first and the last day that the diagnosis covers. Without it, all days."
        ),
    ),
    Guide(
        "inherits",
        '"../country"',
        mark(
            "The folder of the country, if there is one. What its settings say holds here too, "
            "unless this file says otherwise; its profiles, codes and residents are used as well."
        ),
    ),
    Guide(
        "synthetic",
        "false",
        mark("Whether the data are invented. Every page then says so."),
    ),
    Guide(
        "retention",
        "2030-12-31",
        mark(
            "Until when the records may be kept. "
            "After that day nothing is published before they are deleted."
        ),
    ),
    Guide(
        "redress",
        '"Office for citizens, safety@city.example"',
        mark(
            "Where residents can complain or have something corrected: "
            "an office, never a person."
        ),
    ),
    Guide(
        "cycle",
        "12",
        mark(
            "After how many months the diagnosis is made again. "
            "A report that is older says so on its first page."
        ),
    ),
    Guide(
        "disclosure.threshold",
        "5",
        mark("Numbers below this are hidden in all that is published. Never under 3."),
    ),
    Guide(
        "disclosure.sensitive_threshold",
        "10",
        mark("The same for sexual offences and for children."),
    ),
    Guide(
        "processing.purpose",
        '"Prevention of violence and services for those harmed"',
        mark("What the data are processed for. The data-protection authority asks it."),
    ),
    Guide(
        "processing.legal_basis",
        '"Municipal ordinance 12/2024, article 3"',
        mark("By what right the city processes them: law and article."),
    ),
    Guide(
        "processing.controller",
        '"Department for urban safety"',
        mark(
            "The office that answers for the data and for every model: never a person."
        ),
    ),
    Guide(
        "processing.contact",
        '"Data protection office, data@city.example"',
        mark("Where people ask what is held about them: an office, never a person."),
    ),
    Guide(
        "consent.indigenous",
        '"Council of the community, assembly of 2 March 2025"',
        mark(
            "Who of the indigenous communities agreed that answers about them are shown, and when. "
            "Without it they are not shown."
        ),
    ),
    Guide(
        "recording_changes.date",
        "2023-01-01",
        mark(
            "A day from which an offence is recorded in another way: "
            "before and after it do not compare."
        ),
    ),
    Guide(
        "recording_changes.offence",
        '"0401"',
        mark("The ICCS code of that offence; empty if all are concerned."),
    ),
    Guide(
        "recording_changes.note",
        '"New system of the police"',
        mark("What changed."),
    ),
    Guide(
        "tables.source",
        '"City police, open data portal"',
        mark("Where the table comes from."),
    ),
    Guide("tables.licence", '"CC BY 4.0"', mark("On what terms it may be used.")),
    Guide(
        "tables.note", '"Thefts only since 2022"', mark("What a reader should know.")
    ),
)


def guide(name: str) -> Guide | None:
    """The guide of a setting (``tables.incidents.source`` finds that of ``tables.source``)."""
    short = f"{name.partition('.')[0]}.{name.rpartition('.')[2]}"
    for one in GUIDES:
        if one.name in (name, short):
            return one
    return None
