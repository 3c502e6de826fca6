"""Works that are cited: a page of references.bib, and a link to it from each [key] of the guides and of the docstrings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.backends.markdown import Backend
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

SOURCE = Path(__file__).with_name("references.bib")
KEY = r"[a-z]+\d{4}"
CITED = re.compile(rf"\[{KEY}(?:; {KEY})*\]")


def markdown() -> str:
    """The page: an entry a work, in the order of their keys, each a place to link to."""
    style, written = find_plugin("pybtex.style.formatting", "plain")(), Backend()
    lines = ["# References", "", "What the pages cite, as it stands in [references.bib](references.bib).", ""]
    for one in sorted(style.format_bibliography(parse_file(str(SOURCE))), key=lambda one: one.key):
        told = " ".join(one.text.render(written).split())
        lines += [f"({one.key})=", f"**{one.key}** {told}", ""]
    return "\n".join(lines)


def linked(text: str, page: str) -> Iterator[nodes.Node]:
    """A text with links for the keys in it; `page` is the address of the references."""
    at = 0
    for found in CITED.finditer(text):
        for key in re.finditer(KEY, found[0]):
            start = found.start() + key.start()
            yield nodes.Text(text[at:start])
            yield nodes.reference("", key[0], refuri=f"{page}#{key[0]}", internal=True)
            at = start + len(key[0])
    yield nodes.Text(text[at:])


def link(app: Sphinx, tree: nodes.document, page: str) -> None:
    """Link every key that a page cites."""
    for text in [*tree.findall(nodes.Text)]:
        if CITED.search(text) and not isinstance(text.parent, nodes.reference | nodes.literal | nodes.literal_block):
            text.parent.replace(text, [*linked(text.astext(), app.builder.get_relative_uri(page, "references"))])


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx of it."""
    app.connect("doctree-resolved", link)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
