"""A document filled from a city's folder.

In go a document and the city's tables, out comes Markdown: what the tables know is written in, what they do not is a
marked blank. It is a pure function; nothing is read here but the document, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn, use
from safelearn.reports.documents import markdown
from safelearn.reports.documents.collection import Document
from safelearn.reports.documents.markdown import MARK, Written
from safelearn.reports.documents.reading_ease import verdict
from safelearn.reports.documents.registers import Registers

if TYPE_CHECKING:
    import pandas as pd

    from safelearn.city.folder import City
    from safelearn.city.settings import Settings

#: Read for their names only: the codes of offices and areas mean nothing to a reader.
_NAMES = ("areas", "stakeholders")


@dataclass(frozen=True)
class Filled:
    """A document of a city.

    Attributes
    ----------
    title, city, language : str
    markdown : str
        The whole document, from its title on.
    blanks : int
        How many blanks are left to fill in.
    used, missing : tuple of str
        The tables that it was filled from, and those that the city does not have yet.
    stamp : str
        What stands over every page; empty for a real city.
    """

    title: str
    city: str
    language: str
    markdown: str
    blanks: int
    used: tuple[str, ...]
    missing: tuple[str, ...]
    stamp: str


def tables_of(city: City, document: Document) -> dict[str, pd.DataFrame | None]:
    """The tables that a document is filled from, as a city's folder has them."""
    wanted = dict.fromkeys((*document.fills, *_NAMES)) if document.fills else {}
    return {name: city.table(name) if city.has(name) else None for name in wanted}


def fill(
    document: Document,
    settings: Settings,
    tables: Mapping[str, pd.DataFrame | None],
) -> Filled:
    """Fill a document.

    Parameters
    ----------
    document : Document
    settings : Settings
        What the city says of itself.
    tables : mapping of str to DataFrame or None
        Its canonical tables by name (see `tables_of`).

    Raises
    ------
    SafelearnError
        If the text of a copy that the city changed cannot be understood.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    with use(document.language):
        registers = Registers(settings, tables)
        environment = SandboxedEnvironment(
            undefined=StrictUndefined,
            finalize=markdown.plain,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals = {
            "city": settings.name,
            "unit": settings.unit,
            "redress": settings.redress or markdown.blank(t("where people complain")),
            "fill_in": markdown.blank,
            "form": markdown.form,
            "table": markdown.table,
            "rows": _declared(document, registers),
            "has": registers.has,
            "facts": facts(document, registers),
        }
        try:
            body = environment.from_string(document.body).render()
        except TemplateError as error:
            raise SafelearnError(
                t(
                    "The text of this document cannot be filled in: {reason}",
                    reason=error,
                ),
                where=str(document.path),
                remedy=t(
                    "Copy the document again with `safelearn template copy` and change only the text below its header."
                ),
            ) from error
        used = tuple(name for name in document.fills if registers.has(name))
        missing = tuple(name for name in document.fills if name not in used)
        head = _head(document, settings, used, missing, body)
        if document.easy_to_read:
            # A leaflet begins with what it says; what the office must know comes last.
            last = t("For the office, not for print")
            ease = verdict(body, document.language)
            text = f"# {document.title}\n\n{body}\n\n## {last}\n\n{ease}\n{head}"
        else:
            text = f"# {document.title}\n\n{head}\n{body}"
        return Filled(
            title=document.title,
            city=settings.name,
            language=document.language,
            markdown=re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n",
            blanks=max(blanks_in(text) - 1, 0),
            used=used,
            missing=missing,
            stamp=t(
                "Invented city: nothing in these tables ever happened. Do not cite."
            )
            if settings.synthetic
            else "",
        )


def facts(document: Document, registers: Registers) -> dict[str, Any]:
    """What is calculated for a document: by the module of its name in `facts`, if there is one."""
    module = f"{__package__}.facts.{document.name.replace('-', '_')}"
    if find_spec(module) is None:
        return {}
    return import_module(module).facts(registers)


def blanks_in(text: str) -> int:
    """How many marked blanks a text holds."""
    return text.count(MARK) // 2


def _declared(document: Document, registers: Registers) -> Any:
    """Rows of those tables only that the document's header names."""

    def rows(name: str, *columns: Any, **options: Any) -> Written:
        if name not in document.fills:
            raise ValueError(f"{document.name} does not say that it uses {name}")
        return registers.rows(name, *columns, **options)

    return rows


def _head(
    document: Document,
    settings: Settings,
    used: tuple[str, ...],
    missing: tuple[str, ...],
    body: str,
) -> str:
    lines = [
        (t("City"), markdown.plain(settings.name)),
        (t("What it is for"), document.purpose),
        (t("Who fills it in"), document.filled_by),
        (t("Clauses of the draft Guidelines"), ", ".join(document.clauses)),
    ]
    if used:
        parts = [f"{document.fills[name]} ({name})" for name in used]
        lines.append((t("Filled from the city's folder"), "; ".join(parts)))
    if missing:
        lines.append((t("Not in the city's folder yet"), listing(list(missing))))
    n = blanks_in(body) + sum(blanks_in(words) for _, words in lines)
    lines.append(
        (
            t("Still to do"),
            tn(
                "{n} blank is marked like {this}.",
                "{n} blanks are marked like {this}.",
                n,
                this=markdown.blank(),
            )
            if n
            else t("Read it through and sign it."),
        )
    )
    text = markdown.table(
        [t("This document"), " "], [[k, Written(v)] for k, v in lines]
    )
    if document.legal:
        said = t(
            "This is a model. A lawyer of the city checks it against national law before anybody adopts it."
        )
        text = Written(f"{text}\n**{said}**\n")
    return text
