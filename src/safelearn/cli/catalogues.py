"""``make build``, for translators: the messages of the library, their catalogues, and what is wrong with them.

Messages are read from the code and from the tables of words beside it (offences, indicators, contracts). A catalogue
is a PO file for people; the MO file beside it is what the program reads, built from it and committed with it.
"""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from safelearn.guidelines import catalogue, clauses, competencies, offences
from safelearn.resources import templates
from safelearn.strategy.visions import rights

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGES = ("es", "fr", "pt")
DOMAIN = "safelearn"
PACKAGE = Path(__file__).resolve().parents[1]
#: What marks a message in code; `tn` has two forms.
KEYWORDS = {"t": None, "mark": None, "tn": (1, 2)}


def messages() -> Catalog:
    """Every message that a reader may see, with the modules it stands in."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_file

    # Without dates and without line numbers a catalogue changes only where a message does.
    found = Catalog(project=DOMAIN, charset="utf-8", fuzzy=False)
    sources = [*sorted(PACKAGE.rglob("*.py"))]
    sources += sorted((templates() / "notebooks").glob("*.py"))
    for path in sources:
        where = path.relative_to(PACKAGE.parents[1]).as_posix()
        for _, text, notes, _ in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            found.add(text, locations=[(where, None)], auto_comments=notes)
        for text in _inside_texts(path):
            found.add(text, locations=[(where, None)])
    for where, text in _words():
        found.add(text, locations=[(where, None)])
    return found


def _inside_texts(path: Path) -> Iterator[str]:
    """Messages inside an f-string, where the extractor looks only from Python 3.12 on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    for node in (inner for text in texts for inner in ast.walk(text)):
        match node:
            case ast.Call(ast.Name("t"), [ast.Constant(str(message)), *_]):
                yield message


def _words() -> Iterator[tuple[str, str]]:
    """Texts that are data: names and descriptions that are translated when they are shown."""
    from safelearn.city.contracts import contract, table_names
    from safelearn.city.instruments import read_instrument

    yield from (("offences.toml", o.english) for o in offences.offences().values())
    reasons = (offences.enforcement_reason(code) for code in offences.codes())
    yield from (("offences.toml", r.english) for r in reasons if r)
    for indicator in catalogue.indicators():
        yield "indicators.toml", indicator.english
        yield "indicators.toml", indicator.english_caveat
    for clause in clauses.clauses():
        yield "clauses.toml", clause.text
    for right in rights():
        yield "rights.toml", right.name
        yield "rights.toml", right.question
    for level in competencies.levels():
        yield "competencies.toml", level.english
        yield "competencies.toml", level.english_meaning
    for competency in competencies.competencies():
        yield "competencies.toml", competency.english
        yield from (("competencies.toml", text) for text in competency.english_levels)
    yield from (("competencies.toml", role.english) for role in competencies.roles())
    for path in sorted((templates() / "instruments").glob("*.toml")):
        yield from ((path.name, text) for text in read_instrument(path).texts())
    for name in table_names():
        table = contract(name)
        for key in ("title", "description", "how_to_collect"):
            if table.get(key):
                yield f"{name}.json", table[key]
        for field in table["fields"]:
            yield f"{name}.json", field["title"]
            yield f"{name}.json", field["description"]


def path_of(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return templates() / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it lies in the folder."""
    from babel.messages.pofile import read_po

    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def updated(language: str, found: Catalog) -> str:
    """The catalogue with today's messages: translations kept, new messages empty, dropped ones gone."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    known = read(language) if path_of(language).is_file() else Catalog(locale=language)
    out = Catalog(locale=language, project=DOMAIN, charset="utf-8", fuzzy=False)
    for message in found:
        if message.id:
            said = known.get(message.id)
            text = said.string if said and said.id == message.id else None
            out.add(
                message.id,
                text or (("", "") if message.pluralizable else ""),
                locations=message.locations,
                auto_comments=message.auto_comments,
            )
    text = io.BytesIO()
    write_po(
        text, out, omit_header=True, width=0, sort_output=True, include_lineno=False
    )
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {out.plural_forms}\\n"\n\n'
    )
    return head + text.getvalue().decode("utf-8")


def compiled(language: str) -> bytes:
    """What the program reads, made from the catalogue."""
    from babel.messages.mofile import write_mo

    out, catalog = io.BytesIO(), read(language)
    # The library writes the moment of reading into the file; what is built must be the same tomorrow.
    catalog.creation_date = datetime(2000, 1, 1, tzinfo=UTC)
    write_mo(out, catalog)
    return out.getvalue()


def faults(language: str) -> list[str]:
    """What a translator still has to do: messages without words, and translations that lost a value or a mark."""
    found = []
    for message in read(language):
        if not message.id:
            continue
        said = (
            message.string
            if isinstance(message.string, tuple | list)
            else (message.string,)
        )
        asked = message.id if isinstance(message.id, tuple | list) else (message.id,)
        if not all(said):
            found.append(f"not translated: {asked[0]}")
        found += [
            f"other values: {asked[-1]} -> {text}"
            for text in said
            if text and not _same_values(asked, text)
        ]
    return found


def _same_values(asked: tuple[str, ...], said: str) -> bool:
    """Whether a translation holds the values, tags and code of its message; a singular may leave its number out."""
    wanted = [_parts(text) for text in asked]
    return _parts(said) in wanted


def _parts(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    values = frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
    return values, tuple(sorted(re.findall(r"</?\w+[^<>]*>|`[^`]*`", text)))


def main() -> None:
    """Take today's messages into every catalogue."""
    found = messages()
    for language in LANGUAGES:
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(updated(language, found), encoding="utf-8", newline="\n")
        path.with_suffix(".mo").write_bytes(compiled(language))


if __name__ == "__main__":
    main()
