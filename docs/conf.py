"""The configuration of Sphinx: `make docs`."""

from __future__ import annotations

import os
from importlib.metadata import version as version_of

project = "dimse-primitives"
version = release = version_of("dimse-primitives")
project_copyright = "the contributors to dimse-primitives"

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.intersphinx",
    "numpydoc",
    "sphinx_design",
    "sphinxarg.ext",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "ci"]
html_theme = "furo"
html_title = "dimse-primitives"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_js_files = ["tables.js"]
html_extra_path = ["reference/explorer.html"]
html_copy_source = False
html_show_sphinx = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"  # properties say their types in their annotation only
maximum_signature_line_length = 88
autosummary_generate = False
numpydoc_show_class_members = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

# Links to other projects need the network, so they are made when asked for: DOCS_INTERSPHINX=1.
intersphinx_mapping = (
    {
        "python": ("https://docs.python.org/3", None),
        "pydicom": ("https://pydicom.github.io/pydicom/stable", None),
    }
    if os.environ.get("DOCS_INTERSPHINX")
    else {}
)
