"""Sentences of the proof files, which are typed in ASCII, as they are shown: with the letters and signs of mathematics."""

from __future__ import annotations

import re

__all__ = ["prose", "sentence"]

_GREEK = {"alpha": "α", "delta": "δ", "eps": "ε", "eta": "η", "gamma": "γ", "kappa": "κ", "lambda": "λ", "mu": "μ"}
_GREEK |= {"phi": "φ", "psi": "ψ", "rho": "ρ", "sigma": "σ", "tau": "τ"}
_BELOW = dict(zip("ijkmnx0123456789", "ᵢⱼₖₘₙₓ₀₁₂₃₄₅₆₇₈₉", strict=True))
_ABOVE = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_KEPT = {"ln", "exp", *_GREEK}
"""First words of a sentence that are names and keep their small letter."""


def prose(text: str) -> str:
    """A sentence with γ for gamma, ≤ for <=, − for a minus, pᵢ for p_i and x² for x^2; what is in backquotes stays as it is."""
    return "".join(part if part.startswith("`") else _plain(part) for part in re.split("(`[^`]*`)", text))


def _plain(text: str) -> str:
    text = re.sub(rf"(?<![A-Za-z])(d?)({'|'.join(_GREEK)})(?![A-Za-z])", lambda found: found[1] + _GREEK[found[2]], text)
    text = text.replace("<=", "≤").replace(">=", "≥").replace("!=", "≠")
    text = text.replace("^(-1)", "⁻¹")
    text = re.sub(r"(?<![A-Za-z])oo(?![A-Za-z])", "∞", text)
    text = re.sub(r"(?:^|(?<=\s)|(?<=\())-(?=[\s\w(∞.,;:]|$)", "−", text)
    text = re.sub(r"(?<=\w)_([ijkmnx0-9])(?!\w)", lambda found: _BELOW[found[1]], text)
    text = re.sub(r"\^(-?[0-9]+)(?!\w|\.\d)", lambda found: found[1].translate(_ABOVE), text)
    text = re.sub(r"(?<![A-Za-z_])loss(?=\(|')", "ℓ", text)
    text = re.sub(r"(?<![A-Za-z'\"])([A-Za-zα-ωℓ])('{1,2})(?![A-Za-z'])", lambda found: found[1] + " ′″"[len(found[2])], text)
    text = re.sub(r"(?<=[A-Z′]) o (?=[στ])", " ∘ ", text)
    text = re.sub(r"(?<=[\w)]) \* (?=[\w(])", " · ", text).replace("sqrt(", "√(")
    text = re.sub(r"floor\(([^()]*)\)", r"⌊\1⌋", text)
    return re.sub(rf"(?<![A-Za-z])sum (?={_SUMMED})", "∑ ", text)


_SUMMED = r"\|?\(?[A-Za-zα-ωℓ]′?(?:[ᵢⱼₖ]|_\w)|φ⁻¹|\(?1/|p ln"
"""How a formula begins that is summed."""


def sentence(text: str) -> str:
    """The same as a sentence of its own, with a capital letter, unless it begins with a name, and a full stop."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    word = first.isascii() and first.replace("-", "").isalpha() and (len(first) > 1 or first == "a") and first not in _KEPT
    shown = prose(text[0].upper() + text[1:] if word else text)
    return shown if shown.endswith((".", "!", "?")) else f"{shown}."
