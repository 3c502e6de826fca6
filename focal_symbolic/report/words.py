"""Words of the book as markup, and names as paths."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from focal_symbolic.numbers.decimals import brief
from focal_symbolic.prose import prose, sentence

__all__ = ["anchor", "breakable", "case", "judged", "said", "slug", "words"]

_BELOW = dict(zip("ᵢⱼₖₘₙₐₓ₀₁₂₃₄₅₆₇₈₉₋", "ijkmnax0123456789−", strict=True))
_ABOVE = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−", strict=True))
_PLAIN = _BELOW | _ABOVE
_NESTED = r"[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*"
_SET = re.compile(
    f"(?P<below>[{''.join(_BELOW)}]+)|(?P<above>[{''.join(_ABOVE)}]+)|`(?P<code>[^`]+)`"
    rf"|\^\((?P<power>{_NESTED})\)|\^(?P<letter>(?:[^\W_]|[a-z]{{2,}})(?![\w(]|\.\w))"
    r"|(?<=\w|′)_(?P<index>min|max|next|[^\W\d_])(?![^\W_])"
)
_TAGS = {"below": "sub", "index": "sub", "above": "sup", "power": "sup", "letter": "sup", "code": "code"}
_SHORT = r"[^\s≤≥≠<>=−+]{1,6}"
_TIED = (
    (re.compile(r"(?<=\S) ([≤≥≠<>=∈]) (?=\S{1,5}(?:[\s,.;:]|$))"), "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}"),
    (re.compile(r"(?<=\S) ([≤≥≠<>=∈]) "), "\N{NO-BREAK SPACE}\\1 "),
    (re.compile(r"(?<=\d) (?=√|%|s\)|nats)"), "\N{NO-BREAK SPACE}"),
    (re.compile(r"(?<!\w)ln (?=\S)"), "ln\N{NO-BREAK SPACE}"),
    (re.compile(r"(?<=[′″])\("), "\N{WORD JOINER}("),
    (re.compile(rf"(?<!\S)(\S?{_SHORT}) ([−+]) (?={_SHORT}(?:[\s,.;:]|$))"), "\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}"),
)
_HELD = re.compile(r"\([^()\s]{1,9}(?: [^()\s]{1,9}){1,2}\)|\|[^|\s]{1,6}(?: [^|\s]{1,6}){2}\|")
"""What is not broken: a relation is not begun on a new line, nor a short sum torn apart, nor what stands in short brackets."""


def words(text: str) -> Markup:
    """A text of a proof file with the letters and signs of mathematics, indices and exponents set as such."""
    return _set(prose(text.replace("_-", "₋")))


def said(text: str) -> Markup:
    """The same as a sentence."""
    return _set(sentence(text.replace("_-", "₋")))


def _set(text: str) -> Markup:
    shown, at = Markup(""), 0
    text = _tied(text)
    for found in _SET.finditer(text):
        shown += text[at : found.start()]  # what is no markup is escaped as it is joined to markup
        kind = found.lastgroup or ""
        inside = breakable(found[kind]) if kind == "code" else "".join(_PLAIN.get(c, c) for c in found[kind])
        shown += Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[kind]), inside)
        at = found.end()
    return shown + text[at:]


def _tied(text: str) -> str:
    for pattern, instead in _TIED:
        text = pattern.sub(instead, text)
    return _HELD.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def breakable(name: str) -> Markup:
    """A long name that a line may break behind its strokes, dots and underscores."""
    return Markup(re.sub(r"(?<=[/._])(?=\w)", "<wbr />", str(Markup.escape(name))))


def judged(text: str) -> str:
    """A statement as a run has it, in the words of SymPy, with the signs of mathematics."""
    text = text.replace("**", "^").replace("<=>", "⇔").replace("=>", "⇒")
    text = re.sub(r"\blog\b", "ln", text)
    text = re.sub(r"(\^[\w.]+|\w)\*(?=[\w(])|\)\*", lambda found: found[0][:-1] + "·", text)
    return prose(text.replace(" - ", " − "))


def case(values: Any) -> list[tuple[str, str]]:
    """The values of a case by their names, each as short as its digits let it be."""
    return [(prose(str(name)), prose(brief(value))) for name, value in values.items()] if isinstance(values, dict) else []


def slug(name: str) -> str:
    """A name as a part of a path: letters, digits and _ only, so that it leads nowhere else."""
    return re.sub(r"[^A-Za-z0-9_]", "-", name) or "-"


def anchor(text: str) -> str:
    """A text as the name of a place in a page."""
    return slug(text.lower())
