"""Digits from enclosures: the precision rises until the whole ball rounds to one value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import mpmath
from flint import arb
from gmpy2 import mpz
from mpmath.libmp import dps_to_prec, from_man_exp, from_rational

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers.balls import HALF, ball, precision, relative_radius, to_mpf

__all__ = ["rounded"]

GUARD_BITS = 32
"""Bits that a rounded mpf carries beyond its decimal digits, so that printing it rounds the true value."""


FRACTION_BITS = GUARD_BITS
FRACTION, HALFWAY = (1 << FRACTION_BITS) - 1, 1 << (FRACTION_BITS - 1)
FIVE, TEN = 5 << FRACTION_BITS, 10 << FRACTION_BITS
SPARE_BITS = 16
"""Bits beyond those, so that next to nothing is too near a tie to be rounded."""

FEW_BITS = 400
"""Up to so many, Python multiplies faster than GMP."""
MOST_BINARY_PLACES = 1 << 16
"""Beyond, whole powers of ten are too long to be quick, and those of balls are taken."""


def rounded(
    enclose: Callable[[int], Sequence[arb | Fraction]], digits: int, most_bits: int | None = None
) -> tuple[tuple[mpmath.mpf, ...], mpmath.mpf]:
    """Numbers from enclosures: (values, radius), where radius bounds the relative error of every value.

    Statement: `enclose(bits)` gives enclosures of the same numbers (a Fraction is exact, infinities are kept). The
        precision rises until each whole ball rounds to one `digits`-digit decimal and to one mpf of a few bits more,
        which is returned; so printing a value to `digits` digits gives the true number correctly rounded.
    Raises: Undecided if that takes more than `most_bits` bits.
    """
    mantissa = dps_to_prec(digits) + GUARD_BITS
    bits = mantissa + SPARE_BITS + 1
    most_bits = 4 * bits + 60_000 if most_bits is None else most_bits
    while bits <= most_bits:
        enclosures = enclose(bits)
        values = _quickly(enclosures, digits, mantissa)
        slow = [place for place, value in enumerate(values) if value is None]
        error = mpmath.make_mpf(from_man_exp(1, 1 - mantissa)) if len(slow) < len(values) else mpmath.mpf(0)
        if not slow:
            return tuple(values), error
        with precision(bits):
            for place in slow:
                if (value := _round(enclosures[place], digits, mantissa)) is None:
                    break
                values[place] = value
                error = max(error, _error(value, enclosures[place]))
            else:
                return tuple(values), error
        bits += bits // 2
    raise Undecided(
        f"a number does not round to {digits} digits with {most_bits} bits; "
        "it is too near a tie, or too large or small; ask for another number of digits."
    )


def _quickly(enclosures: Sequence[arb | Fraction], digits: int, mantissa: int) -> list[mpmath.mpf | None]:
    """As `_round` for each by a few integer operations; None if it is not decided so. The errors are at most 2**(1 - mantissa).

    With a middle of m units and a radius of at most r units, the whole ball rounds to one float if m lies further than r
    from the middle of two floats, and with that float to one decimal if further than r + half a float's step from the middle
    of two. Here m is cut to `SPARE_BITS` more bits than the float has, and r = 4 allows for that and for the radius. A unit
    is at most 10**digits / 2**(bits - 1) of the last decimal, and 2**SPARE_BITS of them 2**(1 - GUARD_BITS): two units of
    the `FRACTION_BITS` = GUARD_BITS to which the place between two decimals is looked at.
    """
    bits, half, mask = mantissa + SPARE_BITS, 1 << (SPARE_BITS - 1), (1 << SPARE_BITS) - 1
    values: list[mpmath.mpf | None] = [None] * len(enclosures)
    number: Any = int if bits < FEW_BITS else mpz
    most = _power(10, digits, number) << FRACTION_BITS
    least, more = _power(10, digits - 1, number) << FRACTION_BITS, 10 * most
    scales: dict[int, tuple[Any, int]] = {}
    for at, one in enumerate(enclosures):
        # Arb compares top bits: the radius is at most 2**(size - 1 - accuracy) units before the cut, so half a unit after it
        if not isinstance(one, arb) or one.rel_accuracy_bits() < bits or not one.is_finite():
            continue
        man, e = one.mid().man_exp()
        shift = man.bit_length() - bits
        if shift < 0:
            continue
        exponent = int(e) + shift
        if exponent not in scales:
            place = digits - (bits + exponent) * 30103 // 100000
            if place < 1 or not -MOST_BINARY_PLACES < exponent < -FRACTION_BITS:
                continue
            scales[exponent] = _power(5, place, number), -exponent - FRACTION_BITS - place
        middle = number(int(man))
        m = abs(middle) >> shift
        up = m + half
        if (up + 4) & mask <= 8:  # near the middle of two floats
            continue
        scale, down = scales[exponent]
        scaled = m * scale >> down
        # near the middle of two decimals; of numbers that are shorter or still longer nothing is said here
        if scaled < most:
            if scaled < least or (scaled + 4 - HALFWAY) & FRACTION <= 8:
                continue
        elif scaled >= more or -40 <= scaled % TEN - FIVE <= 40:
            continue  # a digit too many, taken for one behind the point; in its units errors are ten times as much
        value = up >> SPARE_BITS
        values[at] = mpmath.make_mpf(from_man_exp(value if middle > 0 else -value, exponent + SPARE_BITS))
    return values


@lru_cache(maxsize=64)
def _power(base: int, exponent: int, number: type) -> Any:
    return number(base) ** exponent


def _round(enclosure: arb | Fraction, digits: int, mantissa: int) -> mpmath.mpf | None:
    """The one value of `mantissa` bits to which the whole enclosure rounds, if its decimals are decided too."""
    if isinstance(enclosure, Fraction):
        return mpmath.make_mpf(from_rational(enclosure.numerator, enclosure.denominator, mantissa, "n"))
    if not enclosure.is_finite():
        return None if enclosure.is_nan() or not enclosure.is_exact() else to_mpf(enclosure)
    if enclosure.is_zero():
        return mpmath.mpf(0)
    if relative_radius(enclosure) > HALF:
        return None
    ends = {_nearest(end, mantissa) for end in (enclosure.lower(), enclosure.mid(), enclosure.upper())}
    if len(ends) > 1:
        return None
    value = mpmath.make_mpf(ends.pop())
    decimal = _decimal(enclosure, digits)
    return value if decimal is not None and decimal == _decimal(ball(value), digits) else None


def _nearest(end: arb, mantissa: int) -> tuple[int, int, int, int]:
    man, exponent = end.mid().man_exp()
    nearest: tuple[int, int, int, int] = from_man_exp(int(man), int(exponent), mantissa, "n")
    return nearest


def _decimal(value: arb, digits: int) -> tuple[int, int] | None:
    """(n, e) such that every point of the ball rounds to n * 10**e with `digits` digits, or None."""
    man, exponent = value.mid().man_exp()
    place = (int(abs(man)).bit_length() + int(exponent)) * 30103 // 100000 - digits
    if abs(exponent) > MOST_BINARY_PLACES:  # so far out that this is no longer near enough
        first = (abs(value).log() / arb(10).log()).floor().unique_fmpz()
        if first is None:
            return None
        place = int(first) + 1 - digits
    while True:
        nearest = (abs(value) * arb(10) ** -place + HALF).floor().unique_fmpz()
        if nearest is None:
            return None
        size = len(str(nearest)) if nearest < 10 ** (digits + 1) else digits + 2
        if size == digits:
            return int(nearest), place
        if nearest == 10**digits:
            return 10 ** (digits - 1), place + 1
        place += size - digits


def _error(value: mpmath.mpf, enclosure: arb | Fraction) -> mpmath.mpf:
    """A bound of |value - x| / |x| over the enclosure."""
    if not mpmath.isfinite(value) or value == 0:
        return mpmath.mpf(0)
    x = ball(enclosure)
    return to_mpf((abs(ball(value) - x) / x.abs_lower()).upper())
