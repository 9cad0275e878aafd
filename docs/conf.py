"""How the pages in this folder become the documentation site: `make docs`.

The site loads nothing from anywhere else: `nothing_from_elsewhere` fails the build if it would.
"""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # the adapters import Haystack

# Autodoc would import them with TYPE_CHECKING set, which other people's libraries do not survive.
for adapter in ("gradio", "haystack", "langchain", "llama_index", "wsgi"):
    import_module(f"qa.adapters.{adapter}")

project = "pullquote"
author = "the authors of pullquote"
project_copyright = "the authors of pullquote"
release = version = version_of("pullquote")
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "nothing_from_elsewhere",
]
exclude_patterns = ["README.md"]
source_suffix = {".md": "markdown"}

myst_enable_extensions = ["attrs_block", "colon_fence", "html_image"]
myst_heading_anchors = 3
myst_links_external_new_tab = False

default_role = "py:obj"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True, "undoc-members": True}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
napoleon_numpy_docstring = False
napoleon_use_admonition_for_examples = False
toc_object_entries = False

html_theme = "furo"
html_title = "pullquote"
html_favicon = "../qa/interfaces/web/static/favicon.svg"
html_static_path = ["_static", "../qa/interfaces/web/static/fonts"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = True
html_domain_indices = False
pygments_style = "friendly"
pygments_dark_style = "monokai"
html_theme_options = {
    "navigation_with_keys": True,
    "light_css_variables": {
        "color-background-primary": "#fffdf8",
        "color-background-secondary": "#faf7f0",
        "color-foreground-primary": "#1d1b18",
        "color-foreground-secondary": "#5d574d",
        "color-brand-primary": "#8a1c1c",
        "color-brand-content": "#8a1c1c",
        "color-brand-visited": "#6d3b52",
    },
    "dark_css_variables": {
        "color-background-primary": "#171613",
        "color-background-secondary": "#1e1c18",
        "color-foreground-primary": "#ece7db",
        "color-foreground-secondary": "#b3ab9b",
        "color-brand-primary": "#f0a29a",
        "color-brand-content": "#f0a29a",
        "color-brand-visited": "#d3a5bd",
    },
}


_LEADS_OUT = re.compile(r"\[([^\]]+)\]\(\.\./([^)#\s]+)\)")


def name_what_is_no_page(app: Any, name: str, source: list[str]) -> None:
    """Name files and folders beside docs/ instead of linking them; programs can be fetched."""

    def named(link: re.Match[str]) -> str:
        text, path = link[1], link[2]
        plain = text.strip("`")
        if path.endswith(".py"):
            return link[0]
        return f"`{path}`" if plain == path else f"{text} (`{path}`)"

    source[0] = _LEADS_OUT.sub(named, source[0])


def setup(app: Any) -> None:
    """Tell Sphinx what is done to every page."""
    app.connect("source-read", name_what_is_no_page)
