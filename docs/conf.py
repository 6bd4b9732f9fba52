"""Sphinx: plain CommonMark pages, one theme, no network."""

from __future__ import annotations

import comity

project = "comity"
author = "the comity contributors"
project_copyright = "the comity contributors; EUPL-1.2"
version = release = comity.__version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
# Headings can be linked by their text, as on any Markdown host.
myst_heading_anchors = 4

html_theme = "furo"
html_title = f"comity {release}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_show_sourcelink = False
html_show_sphinx = False
