"""Numbers as decimal strings: exactly so many significant digits, rounded from the exact value, never through a float."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction

import mpmath
from flint import arb, fmpq, fmpz

from focal_symbolic.numbers import balls

__all__ = ["brief", "digits", "error_bound"]

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
        power = ("-" if first < 0 else "+") + fmpz(abs(first)).str()
        shown = f"{text[0]}.{text[1:]}e{power}" if len(text) > 1 else f"{text}e{power}"
    return f"-{shown}" if negative else shown


def error_bound(radius: mpmath.mpf, dps: int) -> str:
    """A bound of the relative error of the printed numbers: that of the values, and half a unit of the last digit."""
    _, man, exponent, _ = radius._mpf_
    exact = Fraction(int(man)) * Fraction(2) ** int(exponent) + Fraction(5, 10**dps)
    context = Context(prec=3, rounding=ROUND_CEILING, Emin=-(10**9))
    return str(context.divide(Decimal(exact.numerator), Decimal(exact.denominator))).lower()


def brief(value: object) -> str:
    """An exact number, or a list of them, to three digits from 0, 1/2 or 1, whichever is nearest; other text as it is."""
    if isinstance(value, list | tuple):
        return f"({', '.join(map(brief, value))})"
    text = str(value)
    powers = re.fullmatch(r"(-?[0-9]{20,})/(?:10\^([0-9]{1,4})|\(([0-9]+)\*10\^([0-9]{1,4})\))", text)
    if powers:
        number = fmpq(fmpz(powers[1]), fmpz(powers[3] or 1) * fmpz(10) ** int(powers[2] or powers[4]))
    elif len(text) <= 8 or not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", text):
        return text
    else:
        number = fmpq(*map(fmpz, text.split("/")))  # Python's own int stops at 4300 digits
    exact = Fraction(int(number.p), int(number.q))
    for near in (Fraction(1), Fraction(1, 2)):
        if 0 < abs(near - exact) < Fraction(1, 1000 * near.denominator**7):
            return f"{near} {'+' if exact > near else '−'} {_short(abs(near - exact))}"
    return _short(exact)


def _short(value: Fraction) -> str:
    if not value:
        return "0"
    n, place = _nearest(abs(value), 3)
    while n % 10 == 0:
        n, place = n // 10, place + 1
    return _written(n, place, value < 0, 8)
