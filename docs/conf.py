"""Sphinx: guides, the course as it is committed, and the public names. `python -m sphinx -W docs build/docs` builds it."""

import shutil
import sys
from importlib import import_module
from pathlib import Path

from focal_symbolic import __version__
from focal_symbolic.claims.rulebook import markdown

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parent / "notebooks"
COURSE = HERE / "course"
sys.path.append(str(HERE))  # where `accessible` and `cited` are
ELSEWHERE = {
    "(../docs/calibration.md)": "(../calibration.md)",
    "(../CONTRIBUTING.md)": "(../prove.md)",
    "(../experiments)": "(../index.md)",
}
"""Links of the notebooks to files of the repository, and where they lead here."""

project, author, release = "focal-symbolic", "The focal-symbolic founders", __version__
extensions = ["accessible", "cited", "myst_nb", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["course/solutions/*"]
html_theme = "furo"
html_title = f"focal-symbolic {release}"
html_copy_source = False
html_static_path = ["style"]
html_css_files = ["narrow.css"]
html_show_copyright = False
html_math_renderer = "mathml"  # read without a network and without a script
nb_execution_mode = "off"  # what is committed is shown; notebooks/build.py executes it
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the sections say it in words
numpydoc_show_class_members = False


def course() -> None:
    """Put the committed notebooks where Sphinx looks for pages, links to the repository turned to what is here."""
    shutil.rmtree(COURSE, ignore_errors=True)
    shutil.copytree(NOTEBOOKS / "solutions", COURSE / "solutions")
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        for old, new in ELSEWHERE.items():
            text = text.replace(old, new)
        (COURSE / path.name).write_text(text, encoding="utf-8")


course()
(HERE / "rules.md").write_text(markdown(), encoding="utf-8")
(HERE / "references.md").write_text(import_module("cited").markdown(), encoding="utf-8")
