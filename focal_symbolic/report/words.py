"""Words of the book as markup, and names as paths."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from focal_symbolic.numbers.decimals import brief
from focal_symbolic.prose import prose, sentence

__all__ = ["anchor", "case", "said", "slug", "words"]

_BELOW = dict(zip("ᵢⱼₖₘₙₐ₀₁₂₃₄₅₆₇₈₉₋", "ijkmna0123456789−", strict=True))
_ABOVE = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−", strict=True))
_PLAIN = _BELOW | _ABOVE
_NESTED = r"[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*"
_SET = re.compile(
    f"(?P<below>[{''.join(_BELOW)}]+)|(?P<above>[{''.join(_ABOVE)}]+)|`(?P<code>[^`]+)`"
    rf"|\^\((?P<power>{_NESTED})\)|\^(?P<letter>[^\W_](?![\w.(]))"
)
_TAGS = {"below": "sub", "above": "sup", "power": "sup", "letter": "sup", "code": "code"}


def words(text: str) -> Markup:
    """A text of a proof file with the letters and signs of mathematics, indices and exponents set as such."""
    return _set(prose(text.replace("_-", "₋")))


def said(text: str) -> Markup:
    """The same as a sentence."""
    return _set(sentence(text.replace("_-", "₋")))


def _set(text: str) -> Markup:
    shown, at = Markup(""), 0
    text = text.replace("sqrt(", "√(")
    for found in _SET.finditer(text):
        shown += text[at : found.start()]  # what is no markup is escaped as it is joined to markup
        kind = found.lastgroup or ""
        inside = "".join(_PLAIN.get(c, c) for c in found[kind])
        shown += Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[kind]), inside)
        at = found.end()
    return shown + text[at:]


def case(values: Any) -> list[tuple[str, str]]:
    """The values of a case by their names, each as short as its digits let it be."""
    return [(prose(str(name)), prose(brief(value))) for name, value in values.items()] if isinstance(values, dict) else []


def slug(name: str) -> str:
    """A name as a part of a path: letters, digits and _ only, so that it leads nowhere else."""
    return re.sub(r"[^A-Za-z0-9_]", "-", name) or "-"


def anchor(text: str) -> str:
    """A text as the name of a place in a page."""
    return slug(text.lower())
