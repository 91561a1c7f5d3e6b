"""How Sphinx makes the site: from what `build.py` has laid out, without a network, the same each time."""

from __future__ import annotations

from safelearn import __version__

project = "safelearn"
version = release = __version__
language = "en"
html_title = "safelearn"
html_theme = "furo"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# Lessons are shown as `make proof` left them; nothing runs while the site is built.
nb_execution_mode = "off"
nb_merge_streams = True
# What a browser would fetch from elsewhere: programs for widgets.
nb_ipywidgets_js: dict[str, object] = {}
myst_enable_extensions: list[str] = []
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_preserve_defaults = True
autodoc_class_signature = "separated"
add_module_names = False
toc_object_entries = False
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
napoleon_use_param = False

html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_last_updated_fmt = None
templates_path: list[str] = []
pygments_style = "friendly"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#085B87",
        "color-brand-content": "#085B87",
        "color-foreground-primary": "#1B2730",
        "color-foreground-secondary": "#4A5965",
        "color-background-secondary": "#F3F6F8",
        "color-background-border": "#C9D2D8",
    },
    "navigation_with_keys": False,
}
suppress_warnings = [
    # An output may have kinds that a page cannot show beside those that it can.
    "mystnb.unknown_mime_type",
    # A type in a docstring is a short name, which several modules may have.
    "ref.python",
]
