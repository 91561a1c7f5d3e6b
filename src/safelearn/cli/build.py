"""``make build``: everything that is built from a source in the checkout, and nothing else.

Notebook templates, the curriculum's notebooks, the styles of Word documents and the bundled cities. Sources are
text and seeds; what is built is committed so that people can open it, and the checks fail if it differs from its
source.
"""

from __future__ import annotations

from pathlib import Path

from safelearn.city.instruments import LANGUAGES, read_instrument, xlsform
from safelearn.cli import catalogues
from safelearn.cli.screen import say
from safelearn.course.authoring.build import build as build_module
from safelearn.language import available, t
from safelearn.reports.formats.reference import build_reference
from safelearn.reports.templates import build_templates
from safelearn.resources import curriculum, datasets, templates


def notebooks() -> dict[Path, str]:
    """What every built notebook must hold, by file."""
    built = build_templates()
    for source in sorted(curriculum().glob("*/module.toml")):
        built |= build_module(source.parent)
    return built


def forms() -> dict[Path, bytes]:
    """What every built questionnaire and form must hold, by file."""
    found = sorted((templates() / "instruments").glob("*.toml"))
    languages = [code for code in available() if code in LANGUAGES]
    return {
        path.with_suffix(".xlsx"): xlsform(read_instrument(path), languages)
        for path in found
    }


def main() -> None:
    """Build all of it and say what changed."""
    from safelearn.simulation.build import build_bundled

    catalogues.main()
    for path, text in notebooks().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            say(t("Built {file}.", file=path.name))
    if build_reference():
        say(t("Built {file}.", file="reference.docx"))
    for path, content in forms().items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
            say(t("Built {file}.", file=path.name))
    for folder in build_bundled(datasets()):
        say(t("Built the city in {folder}.", folder=folder))


if __name__ == "__main__":
    main()
