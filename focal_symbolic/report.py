"""What a run says: progress while it lasts, the summary table, what is trusted, and numbers to the last digit asked for."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mpmath
from flint import arb, fmpz
from rich import box
from rich.table import Table

from focal_symbolic import balls

__all__ = ["digits", "error_bound", "summary", "trusted"]


# -- numbers ---------------------------------------------------------------------------------------------------------------

EXACT_EXPONENT = 300_000
"""Binary exponents up to here are handled in exact integers; beyond them, where no tie can be, by balls."""


def digits(value: mpmath.mpf | Fraction | int, dps: int) -> str:
    """A number as a decimal string of `dps` significant digits, correctly rounded from its exact binary or rational value.

    A rational with a finite decimal expansion of at most 60 digits is given as it is; zero and infinities are "0", "inf"
    and "-inf".
    """
    if isinstance(value, int | Fraction):
        return _rational(Fraction(value), dps)
    if not mpmath.isfinite(value):
        return "nan" if mpmath.isnan(value) else "inf" if value > 0 else "-inf"
    negative, man, exponent, _ = value._mpf_
    if not man:
        return "0"
    if abs(exponent) <= EXACT_EXPONENT:
        n, place = _nearest(Fraction(int(man)) * Fraction(2) ** int(exponent), dps)
    else:
        n, place = _nearest_ball(int(man), int(exponent), dps)
    return _written(n, place, negative, dps)


def _rational(value: Fraction, dps: int) -> str:
    if not value:
        return "0"
    n, place = _nearest(abs(value), 60)
    if abs(value) != n * Fraction(10) ** place:
        return _written(*_nearest(abs(value), dps), value < 0, dps)
    while n % 10 == 0:
        n, place = n // 10, place + 1
    return _written(n, place, value < 0, 60)


def _nearest(value: Fraction, dps: int) -> tuple[int, int]:
    """(n, place) with n of `dps` digits and n 10**place nearest to a positive value."""
    size = value.numerator.bit_length() - value.denominator.bit_length()
    place = size * 30103 // 100000 - dps
    while True:
        scaled = value / Fraction(10) ** place
        n = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        if n < 10**dps:
            return n, place
        place += 1


def _nearest_ball(man: int, exponent: int, dps: int) -> tuple[int, int]:
    place = (man.bit_length() + exponent) * 30103 // 100000 - dps
    bits = 2 * man.bit_length() + 4 * dps + 2 * exponent.bit_length() + 64
    with balls.precision(bits):
        while True:
            n = (arb((man, exponent)) * arb(10) ** -place + balls.HALF).floor().unique_fmpz()
            if n is not None and 10 ** (dps - 1) <= n < 10**dps:
                return int(n), place
            top = (arb((man, exponent)).log() / arb(10).log()).floor().unique_fmpz()
            if top is None or place == int(top) - dps + 2:
                raise ArithmeticError(f"the decimals of {man} * 2**{exponent} are undecided with {bits} bits.")
            place = int(top) - dps + 1 if place != int(top) - dps + 1 else place + 1


def _written(n: int, place: int, negative: bool, dps: int) -> str:
    """The digits of n with the point set, or with an exponent where zeros would be needed."""
    text = fmpz(n).str()  # Python's own str stops at 4300 digits
    first = len(text) + place - 1
    if -6 < first < dps:
        whole = text[: first + 1].ljust(first + 1, "0") if first >= 0 else "0"
        part = text[first + 1 :] if first >= 0 else "0" * (-first - 1) + text
        shown = f"{whole}.{part}" if part else whole
    else:
        shown = f"{text[0]}.{text[1:]}e{first:+d}" if len(text) > 1 else f"{text}e{first:+d}"
    return f"-{shown}" if negative else shown


def error_bound(radius: mpmath.mpf, dps: int) -> str:
    """A bound of the relative error of the printed numbers: that of the values, and half a unit of the last digit."""
    negative, man, exponent, _ = radius._mpf_
    exact = Fraction(int(man)) * Fraction(2) ** int(exponent) + Fraction(5, 10**dps)
    context = Context(prec=3, rounding=ROUND_CEILING, Emin=-(10**9))
    return str(context.divide(Decimal(exact.numerator), Decimal(exact.denominator))).lower()


# -- the run ---------------------------------------------------------------------------------------------------------------

MARKS = {"proved": "✓", "passed": "✓", "failed": "✗", "undecided": "?"}
COLOURS = {"✓": "green", "✗": "red", "?": "yellow"}


def mark(verdict: str) -> str:
    return MARKS.get(verdict, verdict)


def evidence(leg: dict[str, Any]) -> str:
    """The verdict of the derivation with the kinds of its evidence and the number of its steps."""
    kinds = ", ".join(leg.get("evidence", ()))
    return f"{mark(leg['verdict'])} {leg.get('steps', 0)} steps" + (f", {kinds}" if kinds else "")


def closest(leg: dict[str, Any]) -> str:
    """The case of the fuzz in which the goal came closest to failing."""
    call = leg.get("closest") or {}
    return "; ".join(f"{key} {value}" for key, value in call.items())


def summary(document: dict[str, Any]) -> Table:
    """The table of a run: what each leg of each claim found, the closest call and by which legs the twin was refuted."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("claim", "derivation", "precision", "fuzz", "closest call", "twin refuted by", "s"):
        table.add_column(title, justify="right" if title == "s" else "left", overflow="fold")
    for one in document["theorems"]:
        legs, refuted = one["legs"], one["twin"]["refuted_by"]
        table.add_row(
            one["name"],
            evidence(legs["derivation"]),
            f"{mark(legs['precision']['verdict'])} {legs['precision'].get('checks', 0)} checks",
            f"{mark(legs['fuzz']['verdict'])} {legs['fuzz'].get('examples', 0)} examples",
            closest(legs["fuzz"]),
            "all three" if len(refuted) == 3 else ", ".join(refuted) or "none",
            f"{one['seconds']:.1f}",
        )
    return table


# -- what is trusted -------------------------------------------------------------------------------------------------------

LIBRARIES = ("sympy", "python-flint", "mpmath", "gmpy2", "hypothesis")
CODE = ("kernel", "algebra", "rules", "language", "definitions", "balls")


def first_sentence(text: str) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join(text.split())
    end = re.search(r"[.:](?= [A-Z`]|$)", words)
    return words[: end.end()] if end else words


def trusted(names: tuple[str, ...]) -> Iterator[str]:
    """What the named claims rest on: the code, every rule, every cited theorem and who uses it, the libraries."""
    from focal_symbolic import library
    from focal_symbolic.errors import Rejected
    from focal_symbolic.kernel import Citation, rules

    used: dict[Citation, list[str]] = {}
    for name in names:
        try:
            for cited in library.theorem(name).cited:
                used.setdefault(cited, []).append(name)
        except Rejected as error:
            yield f"not proved: {error}"
    package = Path(__file__).parent
    lines = {part: len((package / f"{part}.py").read_text(encoding="utf-8").splitlines()) for part in CODE}
    yield "Trusted: this code, the rules, the theorems cited, the libraries."
    yield f"  code       {', '.join(f'{part}.py ({count} lines)' for part, count in lines.items())}"
    yield "  rules"
    for known in rules.values():
        kind = "" if known.evidence.value == "exact" else f" [{known.evidence.value}]"
        yield f"    {known.name:<16} {first_sentence(known.doc)}{kind}"
    yield "  theorems cited"
    for cited in sorted(used):
        yield f"    {cited.name}: {cited.statement} [{cited.reference}]"
        yield f"      used by {len(used[cited])} of {len(names)} claims: {', '.join(used[cited])}"
    yield f"  libraries  {', '.join(f'{name} {version(name)}' for name in LIBRARIES)}, Python {platform.python_version()}"
