"""Mathematics as MathML, and what the theme leaves out for those who read with a keyboard or by ear.

Formulas need no network and no script. Pictures of the course are told in the words that `plots` writes into them, what scrolls
sideways can be reached with the Tab key, headings and landmarks say which they are, and names of claims may be broken
into lines after a slash or an underscore, so that tables fit a phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from latex2mathml.converter import convert
from markupsafe import escape
from sphinx import addnodes

from focal_symbolic.prose import prose

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PICTURE = re.compile(r'<img alt="(?P<path>[^"]+\.svg)" src="(?P=path)" ?/>')
"""A picture whose text is its address: it was given none."""
WORD = re.compile(r'<span class="pre">([^<]+)</span>')
"""A word of code in a sentence or a table."""
BREAK = re.compile(r"(?<=\w[/_=])(?=\w)|(?<=[a-z])(?=[A-Z])")
"""Where a word of code may be broken into lines."""
TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)
AS_TYPED = (
    addnodes.desc_signature,
    nodes.classifier,
    nodes.doctest_block,
    nodes.emphasis,
    nodes.literal,
    nodes.literal_block,
    nodes.strong,
    nodes.title_reference,
)
"""What names and code stand in."""
MENDS = {
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    '<noscript>\n<div class="admonition error">': '<h1>Search</h1>\n<noscript>\n<div class="admonition error">',
    "<pre>": '<pre tabindex="0">',
    '<div class="math-wrapper': '<div tabindex="0" class="math-wrapper',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
}


def formula(writer: Any, node: nodes.math | nodes.math_block) -> None:
    """Write mathematics as MathML, with a space between ln and what it is of, which the converter leaves out."""
    written = node.astext().replace("\\ln ", "\\ln\\,")
    writer.body.append(convert(written, display="block" if isinstance(node, nodes.math_block) else "inline"))
    raise nodes.SkipNode


def in_letters(app: Sphinx, tree: nodes.document, page: str) -> None:
    """Write the sentences of docstrings, which are typed in ASCII, with γ and ≤; names of arguments and code stay."""
    if page.startswith("api/"):
        for text in [*tree.findall(nodes.Text)]:
            if not any(isinstance(above, AS_TYPED) for above in _above(text)):
                text.parent.replace(text, nodes.Text(prose(text.astext())))


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    """What a node stands in, from the nearest on."""
    while (node := node.parent) is not None:
        yield node


def mended(text: str, place: Path) -> str:
    """A page with the words of its pictures and with what the theme leaves out; `place` is its folder."""
    for old, new in MENDS.items():
        text = text.replace(old, new)

    def told(found: re.Match[str]) -> str:
        words = TITLE.search((place / found["path"]).read_text(encoding="utf-8"))
        return (
            f'<div class="picture" tabindex="0"><img alt="{escape(words[1]) if words else ""}" src="{found["path"]}" /></div>'
        )

    def breaking(found: re.Match[str]) -> str:
        word = BREAK.sub("<wbr>", found[1])
        return f'<span class="pre{" option" if word.startswith("-") else ""}">{word}</span>'

    return PICTURE.sub(told, WORD.sub(breaking, text))


def mend(app: Sphinx, exception: Exception | None) -> None:
    """Mend every page that was built."""
    if exception is None and app.builder.format == "html":
        for path in Path(app.outdir).rglob("*.html"):
            path.write_text(mended(path.read_text(encoding="utf-8"), path.parent), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of it."""
    app.add_html_math_renderer("mathml", (formula, None), (formula, None))
    app.connect("doctree-resolved", in_letters)
    app.connect("build-finished", mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
