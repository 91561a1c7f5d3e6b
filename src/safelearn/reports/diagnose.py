"""From a city's folder to its report: one notebook, executed, rendered, exported.

The folder is only read. Everything is first made in a temporary folder beside the target and moved there when it
is complete: a diagnosis that fails or is stopped leaves nothing behind.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.folder import City
from safelearn.disclosure.overrides import Override
from safelearn.errors import SafelearnError
from safelearn.language import listing, mark, spoken, t, use
from safelearn.reports.fingerprint import content_of, fingerprint, is_finished
from safelearn.reports.manifest import MANIFEST, seal
from safelearn.reports.templates import DIAGNOSIS, TEMPLATES, check_template
from safelearn.resources import templates

if TYPE_CHECKING:
    from safelearn.city.settings import Settings

FORMATS = ("pdf", "docx")
AUDIENCES = ("public", "internal")
#: What lies beside the page, in the order in which people ask for it; the template gives some its name.
FILES = {
    "{template}.pdf": mark("the report for printing"),
    "{template}.docx": mark("the report for Word and LibreOffice, to be edited"),
    "brief.docx": mark("two pages for the mayor and the council"),
    "workbook.xlsx": mark("every table, a sheet each"),
    "tables": mark("the same tables for programs"),
    "indicators.csv": mark("the indicators"),
    "areas.gpkg": mark("areas and rates for QGIS, with the colours of the report"),
    "processing_record.html": mark("the record for the data-protection authority"),
    "{template}.ipynb": mark("how every figure was made"),
    MANIFEST: mark("what went in, with which versions, and what was refused"),
}


@dataclass(frozen=True)
class Diagnosis:
    """Where a diagnosis lies, what it is called, in which language it is and was wanted, and what is not made.

    Attributes
    ----------
    not_made : tuple of SafelearnError
        Formats that were asked for and that this machine cannot make; the rest is there.
    unchanged : bool
        The report was there already, and nothing that it is made of has changed.
    """

    folder: Path
    city: str
    report: Path
    language: str
    wanted: str
    not_made: tuple[SafelearnError, ...] = ()
    template: str = DIAGNOSIS
    unchanged: bool = False

    def sentences(self) -> list[str]:
        """What the command prints."""
        said = []
        if self.unchanged:
            said.append(
                t(
                    "Nothing has changed since this report was made, so it is left as it is."
                )
            )
        if self.language != self.wanted:
            said.append(
                t(
                    "There is no translation into {language} yet: the report is in English.",
                    language=self.wanted,
                )
            )
        return [
            *said,
            t(TEMPLATES[self.template], city=self.city),
            f"  {self.report}",
            t("Beside it lie:"),
            *self._beside(),
        ]

    def _beside(self) -> list[str]:
        files = {k.format(template=self.template): words for k, words in FILES.items()}
        there = [name for name in files if (self.folder / name).exists()]
        wide = max(len(name) for name in files)
        return [f"  {name:<{wide}}  {t(files[name])}" for name in there]


def diagnose(
    city: Path | str,
    out: Path | str | None = None,
    *,
    template: str = DIAGNOSIS,
    formats: Sequence[str] = (),
    language: str | None = None,
    audience: str = "public",
    recipient: str = "",
    previous: Path | str | None = None,
    also: Sequence[Path | str] = (),
    overrides: Sequence[Override] = (),
    parameters: Mapping[str, Any] | None = None,
    again: bool = True,
    progress: Callable[..., None] | None = None,
) -> Diagnosis:
    """Diagnose one city: the assessment that policy should rest on (draft:18).

    Parameters
    ----------
    city : path
        The city's folder; it is never written to.
    out : path, optional
        The folder for the outputs, by default ``NAME-TEMPLATE`` in the current folder. A former report of the same
        template there is replaced.
    template : str
        Which report: see `reports.templates.TEMPLATES`.
    formats : sequence of str
        Formats beside HTML: ``pdf``, ``docx`` (with the brief). One that this machine cannot make is named in
        `Diagnosis.not_made`; the others are made.
    language : str, optional
        Language of the report; by default the city's own.
    audience : {"public", "internal"}
        Who may read it. An internal report names its recipient on every page.
    recipient : str
        Who an internal report is for.
    previous : path, optional
        A former diagnosis or a release to compare with; by default the newest in the city's ``releases/``.
    also : sequence of path
        Files with totals that others publish: hidden counts must not follow from them.
    overrides : sequence of Override
        Checks that two people lift; listed in the report and the manifest.
    parameters : mapping, optional
        Further parameters of the notebook.
    again : bool
        False to leave a report as it is that would come out the same.
    progress : callable, optional
        Called as ``progress(done, total, what)``.

    Returns
    -------
    Diagnosis

    Raises
    ------
    SafelearnError
        If the city cannot be read, an option is not known, or the target is not a former diagnosis.
    """
    check_template(template)
    opened = City.open(Path(city))
    wanted = language or opened.settings.language
    language = spoken(wanted)
    _check_options(formats, audience, recipient)
    target = (
        Path(out) if out is not None else Path(f"{opened.slug}-{template}")
    ).resolve()
    _check_target(target, opened, template)
    options = {
        "template": template,
        "formats": sorted(formats),
        "language": language,
        "audience": audience,
        "recipient": recipient,
        "previous": content_of(Path(previous) / MANIFEST) if previous else "",
        "also": [content_of(Path(file)) for file in also],
        "overrides": list(overrides),
        "parameters": dict(parameters or {}),
    }
    mark_of = fingerprint(opened.folder, options)
    if not again and is_finished(target, mark_of):
        return Diagnosis(
            target,
            opened.settings.name,
            target / f"{template}.html",
            language,
            wanted,
            template=template,
            unchanged=True,
        )
    step = progress or (lambda *_: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=".safelearn-", dir=target.parent
    ) as temporary:
        work = Path(temporary) / target.name
        work.mkdir()
        values = {
            "city": str(opened.folder.resolve()),
            "out": str(work),
            "language": language,
        }
        values |= {"audience": audience, "recipient": recipient, **(parameters or {})}
        values |= _compared_with(previous, also, overrides)
        _execute(work, template, values, step)
        with use(language):
            addresses = contacts(opened.settings)
            not_made = make_pages(work, formats, step, addresses, template)
        # One that lacks a format is not finished: it is tried again.
        seal(work, fingerprint="" if not_made else mark_of)
        _replace(work, target)
    return Diagnosis(
        target,
        opened.settings.name,
        target / f"{template}.html",
        language,
        wanted,
        tuple(not_made),
        template,
    )


def _check_options(formats: Sequence[str], audience: str, recipient: str) -> None:
    for name in formats:
        if name not in FORMATS:
            raise SafelearnError(
                t("The report cannot be made as {name}.", name=name),
                remedy=t("Formats beside HTML: {names}.", names=listing(list(FORMATS))),
            )
    if audience not in AUDIENCES:
        raise SafelearnError(
            t("The audience {name} is not known.", name=audience),
            remedy=t("It is public or internal."),
        )
    if audience == "internal" and not recipient:
        raise SafelearnError(
            t("An internal report must say who it is for."),
            remedy=t(
                "Name the office or role with --recipient, for example “Safety council”."
            ),
        )


def _check_target(target: Path, city: City, template: str) -> None:
    inside = target == city.folder.resolve() or city.folder.resolve() in target.parents
    if inside:
        raise SafelearnError(
            t(
                "The report would lie inside the city's folder, which is never written to."
            ),
            where=str(target),
            remedy=t("Choose another folder with --out."),
        )
    if target.exists() and not target.is_dir():
        raise SafelearnError(
            t("There is a file where the report's folder should be."),
            where=str(target),
            remedy=t("Choose another folder with --out."),
        )
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise SafelearnError(
            t(
                "This folder holds other files and no former diagnosis, so it is left alone."
            ),
            where=str(target),
            remedy=t("Choose an empty or new folder with --out."),
        )
    other = template_of(target) if (target / MANIFEST).is_file() else template
    if other != template:
        raise SafelearnError(
            t(
                "This folder holds a report of the template {name}, which would be lost.",
                name=other,
            ),
            where=str(target),
            remedy=t("Choose an empty or new folder with --out."),
        )


def template_of(folder: Path) -> str:
    """Which template a finished report was made of; those before templates had names are diagnoses."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return DIAGNOSIS
    return content.get("template", DIAGNOSIS)


def _compared_with(
    previous: Path | str | None,
    also: Sequence[Path | str],
    overrides: Sequence[Override],
) -> dict[str, Any]:
    """What the notebook is told of other figures and of lifted checks; it runs in another folder."""
    return {
        "previous": str(Path(previous).resolve()) if previous else "",
        "also": [str(Path(file).resolve()) for file in also],
        "overrides": [[o.check, o.by, o.second, o.reason] for o in overrides],
    }


def _execute(
    work: Path, template: str, values: dict[str, Any], step: Callable[..., None]
) -> None:
    from safelearn.execution.notebook import run

    source = templates() / "notebooks" / f"{template}.ipynb"
    target = work / f"{template}.ipynb"
    run(
        source,
        target,
        values,
        cwd=work,
        on_cell=lambda done, n: step(done, n + 3, t("analysis")),
    )
    paths = [values["out"], values["city"], values["previous"], *values["also"]]
    _forget_paths(target, [path for path in paths if path])


def _forget_paths(notebook: Path, folders: list[str]) -> None:
    """Keep the machine's folders out of a notebook that is published."""
    import nbformat

    text = notebook.read_text(encoding="utf-8")
    for folder in folders:
        for written in (folder, folder.replace("\\", "\\\\")):
            text = text.replace(written, Path(folder).name)
    nbformat.reads(text, as_version=4)
    notebook.write_text(text, encoding="utf-8", newline="\n")


def contacts(settings: Settings) -> list[str]:
    """Addresses of offices that may stand in a report."""
    return [settings.redress, settings.processing.contact]


def make_pages(
    work: Path,
    formats: Sequence[str],
    step: Callable[..., None],
    contacts: Sequence[str] = (),
    template: str = DIAGNOSIS,
) -> list[SafelearnError]:
    """Make the page, then each further format; what cannot be made here is returned and stops nothing.

    Raises
    ------
    SafelearnError
        If a sentence, caption or alternative text of the page looks like personal data.
    """
    from safelearn.disclosure.personal_data import check_page
    from safelearn.reports.render import to_html

    step(1, 3, t("report"))
    html = to_html(work / f"{template}.ipynb")
    for problem in check_page(html, contacts=contacts):
        raise SafelearnError(
            problem.sentence, where=f"{template}.html", remedy=problem.remedy
        )
    (work / f"{template}.html").write_text(html, encoding="utf-8", newline="\n")
    makers = {"pdf": (_pdf, t("PDF")), "docx": (_docx, t("Word document"))}
    not_made = []
    for name in dict.fromkeys(formats):
        make, words = makers[name]
        step(2, 3, words)
        try:
            make(work, html, template)
        except SafelearnError as error:
            not_made.append(error)
    return not_made


def _pdf(work: Path, html: str, template: str) -> None:
    from safelearn.reports.formats.pdf import to_pdf

    (work / f"{template}.pdf").write_bytes(to_pdf(html))


def _docx(work: Path, html: str, template: str) -> None:
    from safelearn.reports.formats.docx import to_brief, to_docx
    from safelearn.reports.render import front_of

    (work / f"{template}.docx").write_bytes(to_docx(html))
    words = front_of(work / f"{template}.ipynb").get("brief")
    if words:
        (work / "brief.docx").write_bytes(to_brief(words, html))


def _replace(work: Path, target: Path) -> None:
    """Put the finished folder in the target's place; the former one goes only when the new one is there."""
    if target.is_dir():
        former = work.parent / "former"
        target.replace(former)
        try:
            work.replace(target)
        except OSError:
            former.replace(target)
            raise
        shutil.rmtree(former, ignore_errors=True)
    else:
        work.replace(target)
