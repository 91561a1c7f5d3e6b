"""What a trainee wrote or drew is shown to an instructor, and nothing of it runs on the instructor's page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)
from traitlets.config import Config

from safelearn.execution.harmless import Harmless, clean_html, markdown

EVIL = (
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    "<svg onload=evil()><script>evil()</script></svg>",
    '<a href="javascript:evil()">x</a>',
    '<a href="JaVa\tscript:evil()">x</a>',
    "[x](javascript:evil())",
    "[x](java&#115;cript:evil())",
    "[x][y]\n\n[y]: javascript:evil()",
    "![x](javascript:evil())",
    '<iframe src="javascript:evil()"></iframe>',
    '<iframe srcdoc="<script>evil()</script>" sandbox="allow-same-origin"></iframe>',
    '<a title="<iframe srcdoc="x" onload=evil()>">x</a>',
    "<math><mi xlink:href='data:x,<script>evil()</script>'>",
    "<form action='https://x'><input autofocus onfocus=evil()></form>",
    "<base href='https://x/'><meta http-equiv=refresh content='0;https://x'>",
    "<b onmouseover=evil()>x</b><details open ontoggle=evil()>x</details>",
    "<div style='background:url(javascript:evil())'>x</div>",
    "<style>@import 'https://x';</style>",
    "<!--<img src=x onerror=evil()>--><noscript><p title='</noscript><img src=x onerror=evil()>'>",
)


class Page(HTMLParser):
    """Finds what would run or fetch."""

    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in (
            "script",
            "svg",
            "math",
            "form",
            "input",
            "base",
            "meta",
            "object",
            "embed",
            "link",
            "style",
        ):
            self.bad.append(tag)
        self.bad += [name for name in values if name.startswith("on")]
        for name in ("href", "src"):
            # As a browser does, which takes no notice of blanks in a scheme.
            value = re.sub(r"\s", "", values.get(name, "")).lower()
            if value and not value.startswith(
                ("#", "https://", "data:image/png", "mailto:")
            ):
                self.bad.append(value)
        if tag == "iframe" and values.get("sandbox") != "allow-scripts":
            self.bad.append("open frame")
        if "url" in values.get("style", ""):
            self.bad.append(values["style"])


def found(html):
    page = Page()
    page.feed(html)
    return page.bad


def shown(*cells):
    config = Config()
    config.HTMLExporter.preprocessors = [Harmless]
    config.HTMLExporter.filters = {"markdown2html": markdown}
    page, _ = HTMLExporter(config=config).from_notebook_node(
        new_notebook(cells=[*cells])
    )
    return page[page.index("<main>") : page.index("</main>")]


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_runs_wherever_it_stands(evil):
    assert found(clean_html(evil)) == []
    output = new_output("display_data", {"text/html": evil, "text/markdown": evil})
    other = new_output("display_data", {"text/markdown": evil, "image/svg+xml": evil})
    cell = new_code_cell("1", outputs=[output, other])
    assert found(shown(new_markdown_cell(evil), new_raw_cell(evil), cell)) == []


def test_what_is_no_picture_is_not_shown_as_one():
    evil = {"image/png": 'x" onerror="evil()', "application/javascript": "evil()"}
    about = {"image/png": {"width": "1 onload=evil()"}}
    output = new_output("display_data", evil, metadata=about)
    good = new_output("display_data", {"image/png": "AAAA\n"}, metadata=about)
    page = shown(new_code_cell("1", outputs=[output, good]))
    assert "evil" not in page and "data:image/png;base64,AAAA" in page


def test_an_essay_looks_as_it_was_written():
    text = "## Three ideas\n\n> Quoted.\n\n*One* & **two**, 3 < 4, `a<b>`\n\n"
    text += "|a|b|\n|-|-|\n|1|2|\n\n![p](attachment:p.png)"
    pasted = {"p.png": {"image/png": "AAAA", "text/html": "<b>"}}
    page = shown(new_markdown_cell(text, attachments=pasted))
    for part in (
        *("<h2>Three ideas</h2>", "<blockquote>", "<em>One</em> &amp; <strong>two"),
        *("3 &lt; 4", "<code>a&lt;b&gt;</code>", "<td>1</td>", "base64,AAAA"),
    ):
        assert part in page


def test_a_table_of_pandas_stays_a_table():
    import pandas as pd

    html = clean_html(pd.DataFrame({"a": [1], "b": ["<script>"]})._repr_html_())
    assert html.count("<td>") == 2 and "dataframe" in html
    assert "vertical-align" not in html  # its style sheet is no text of the trainee's


def test_a_map_keeps_its_scripts_in_a_frame_without_an_origin():
    import folium

    html = clean_html(folium.Map([0, 0])._repr_html_())
    (frame,) = re.findall("<iframe[^>]*>", html)
    assert 'sandbox="allow-scripts"' in frame and "leaflet" in frame
    assert found(html) == []


@pytest.mark.parametrize(
    "large",
    ["<div>" * 9000, "<b><i>" * 9000, "x" * 400_000, "<a " + "x=1 " * 9000 + ">"],
)
def test_what_would_take_long_to_look_through_is_left_out_and_said(large):
    assert "too large" in clean_html(large)
