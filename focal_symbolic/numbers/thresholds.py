"""Where suppression begins: the probability p_0 where psi falls to 1, and how many classes it takes to suppress the rarest."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction

import mpmath
from flint import arb

from focal_symbolic.distribution import digits_of, gamma_of
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import HALF, ONE, Probability, ball, precision, sign
from focal_symbolic.numbers.rounding import rounded

__all__ = ["class_threshold", "class_threshold_ball", "classes", "concave_root", "mode_ball", "p0", "p0_ball"]

SPARE_BITS = 64
MOST_BITS = 1 << 20
"""Beyond, it is not decided on which side of a whole number 1/p_0 lies."""


def p0(gamma: object, dps: int = 50) -> mpmath.mpf:
    """The threshold p_0: the one x in (0, 1) with psi(x) = 1.

    A commonest outcome that has it or more is suppressed; p_0 lies between 1/(3 + gamma) and 1/2, and falls in gamma.

    Parameters
    ----------
    gamma : number
        The focusing parameter, more than 0.
    dps : int
        Decimal digits, each right, from 1 to 100000.

    Returns
    -------
    mpmath.mpf
        The threshold p_0.

    Raises
    ------
    InputError
        For an argument that breaks a rule; at gamma = 0 psi is 1 everywhere.

    Notes
    -----
    The claims `threshold/threshold_exists` and `high_suppression/commonest`; the same threshold is in [mukhoti2020] and
    [charoenphakdee2021].

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import thresholds
    >>> nstr(thresholds.p0(2, 20), 20)
    '0.29763655498170472646'
    """
    focus = _positive(gamma)

    def enclose(bits: int) -> list[arb]:
        return [p0_ball(focus, bits)]

    (value,), _ = rounded(enclose, digits_of(dps))
    return value


def class_threshold(n: int, dps: int = 50) -> mpmath.mpf:
    """The gamma*(n) below which n classes can suppress their rarest, and from which on they cannot.

    They can if and only if gamma < gamma*(n); it is 0 for n <= 3, which never do. For n >= 4 it is the one gamma > 0 with
    psi(y) = 1 at y = 1/(n - 1). With L = ln(1/(1 - y)), s = s(y) and k = L/s it is -W(-k e^(-k))/L - 1/s, where W is Lambert's
    function on its branch -1: w = 1 + gamma s solves w e^(-k w) = e^(-k), and is not 1. It is not computed so: the signs of
    ln psi on both sides of it enclose it.

    Parameters
    ----------
    n : int
        The number of classes, at least 1.
    dps : int
        Decimal digits, each right, from 1 to 100000.

    Returns
    -------
    mpmath.mpf
        The threshold gamma*(n).

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The claims `class_count/gammas_of_n_classes` and `threshold/gamma_exists`; [mukhoti2020] solve psi(p) = 1 for gamma by
    Lambert's W, for which see [olver2010], 4.13.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import thresholds
    >>> nstr(thresholds.class_threshold(80, 15), 15)
    '194.304294547351'
    """
    size, digits = _size(n), digits_of(dps)
    if size <= 3:
        return mpmath.mpf(0)

    def enclose(bits: int) -> list[arb]:
        return [class_threshold_ball(size, bits)]

    (value,), _ = rounded(enclose, digits)
    return value


def classes(gamma: object) -> int:
    """The least number of classes of which the rarest can be suppressed, N(gamma) = floor(1/p_0) + 2.

    It is the least n with psi(1/(n - 1)) > 1. No whole number is 1/p_0 for a rational gamma > 0: psi(1/m) = 1 would make
    ln m algebraic, which it is not (Lindemann); so it is always decided, if only with many digits.

    Parameters
    ----------
    gamma : number
        The focusing parameter, more than 0.

    Returns
    -------
    int
        The number of classes N(gamma).

    Raises
    ------
    InputError
        For an argument that breaks a rule; at gamma = 0 nothing is ever suppressed.
    Undecided
        For a gamma that is nearer to a threshold than any number of less than some hundred thousand digits.

    Notes
    -----
    The claim `class_count/number_of_classes`.

    Examples
    --------
    >>> from focal_symbolic import thresholds
    >>> thresholds.classes(2)
    5
    """
    focus = _positive(gamma)
    bits = SPARE_BITS
    while bits <= MOST_BITS:
        with precision(bits + _guard(focus)):
            found = (1 / p0_ball(focus, bits)).floor().unique_fmpz()
            if found is not None:
                return int(found) + 2
        bits *= 2
    raise Undecided(f"1/p_0 is too near a whole number to be told from it with {MOST_BITS} bits; give another gamma.")


def _positive(gamma: object) -> Fraction:
    focus = gamma_of(gamma)
    if focus == 0:
        raise InputError("gamma = 0 is the cross-entropy, which suppresses nothing and has no threshold; give gamma > 0.")
    return focus


def _size(n: object) -> int:
    try:
        size = 0 if isinstance(n, bool) else operator.index(n)  # type: ignore[arg-type]  # what is no integer is refused below
    except TypeError:
        size = 0
    if size < 1:
        raise InputError(f"n = {n!r} is not a number of classes; give an int of at least 1.")
    return size


def _guard(value: Fraction) -> int:
    """Bits that are lost where a parameter is very large or small."""
    return 2 * (value.numerator.bit_length() + value.denominator.bit_length()) + SPARE_BITS


def p0_ball(gamma: Fraction, bits: int) -> arb:
    """The threshold p_0 of a gamma > 0, enclosed.

    ln psi is concave: from 1/2 on Newton's steps come down to it.

    Parameters
    ----------
    gamma : Fraction
        The focusing parameter, more than 0.
    bits : int
        How narrow the ball is to be, about 2**-bits relative.

    Returns
    -------
    arb
        A ball that holds p_0.

    Raises
    ------
    Undecided
        If the signs of ln psi on both sides of it are not decided.

    Notes
    -----
    The claim `threshold/threshold_exists`.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from focal_symbolic.numbers.thresholds import p0_ball
    >>> p0_ball(Fraction(2), 64).str(15, radius=False)
    '0.297636554981705'
    """
    with precision(bits + _guard(gamma)):
        focus = ball(gamma)

        def curve(x: arb) -> tuple[arb, arb]:
            at = Probability(x)
            log_slope, elasticity = formulas.log_slope_and_elasticity(at, focus)
            return log_slope + at.log, (1 - elasticity) / x

        return concave_root(curve, HALF, bits)


def mode_ball(gamma: Fraction, bits: int) -> arb:
    """The mode of psi, where it is largest, of a gamma > 0, enclosed.

    h is convex, and positive at 1/(8 (1 + gamma)): from there Newton's steps come up to its first root.

    Parameters
    ----------
    gamma : Fraction
        The focusing parameter, more than 0.
    bits : int
        How narrow the ball is to be, about 2**-bits relative.

    Returns
    -------
    arb
        A ball that holds the mode.

    Raises
    ------
    Undecided
        If the signs of h on both sides of it are not decided.

    Notes
    -----
    The claim `amplification/mode`.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from focal_symbolic.numbers.thresholds import mode_ball
    >>> mode_ball(Fraction(1), 64).str(15, radius=False)
    '0.135335283236613'
    """
    with precision(bits + _guard(gamma)):
        focus = ball(gamma)

        def curve(x: arb) -> tuple[arb, arb]:
            at = Probability(x)
            return -formulas.height(at, focus), -formulas.height_rate(at, focus)

        return concave_root(curve, (1 / (8 * (1 + focus))).mid(), bits)


def class_threshold_ball(n: int, bits: int) -> arb:
    """The threshold gamma*(n) of n >= 4 classes, enclosed.

    ln psi is concave in gamma too, and falls where it is not positive.

    Parameters
    ----------
    n : int
        The number of classes, at least 4.
    bits : int
        How narrow the ball is to be, about 2**-bits relative.

    Returns
    -------
    arb
        A ball that holds gamma*(n).

    Raises
    ------
    Undecided
        If the signs of ln psi on both sides of it are not decided.

    Notes
    -----
    The claim `threshold/gamma_exists`.

    Examples
    --------
    >>> from focal_symbolic.numbers.thresholds import class_threshold_ball
    >>> class_threshold_ball(80, 64).str(12, radius=False)
    '194.304294547'
    """
    y = Fraction(1, n - 1)
    with precision(bits + _guard(y)):
        at, end = Probability.exact(y), ONE

        def curve(gamma: arb) -> tuple[arb, arb]:
            return formulas.log_slope(at, gamma) + at.log, formulas.gain_rate(at, gamma)

        while sign(curve(end)[0]) >= 0:
            end = 2 * end
        return concave_root(curve, end, bits)


def concave_root(curve: Callable[[arb], tuple[arb, arb]], start: arb, bits: int) -> arb:
    """The root next to `start`, where a concave function is negative, enclosed by its signs.

    Newton's steps only tell where to look: the two signs, decided by balls, are what encloses it.

    Parameters
    ----------
    curve : callable
        Of a number above 0, its (value, rate).
    start : arb
        Where it is negative.
    bits : int
        How narrow the ball is to be, about 2**-bits relative.

    Returns
    -------
    arb
        A ball that holds the root.

    Raises
    ------
    Undecided
        If the signs on both sides of it are not decided.

    Notes
    -----
    The intermediate value theorem [rudin1976]; a tangent of a concave function is above it, so no step goes beyond the root.

    Examples
    --------
    >>> from flint import arb
    >>> from focal_symbolic.numbers.balls import precision
    >>> from focal_symbolic.numbers.thresholds import concave_root
    >>> with precision(99):
    ...     print(concave_root(lambda x: (2 - x**2, -2 * x), arb(3), 53).str(12, radius=False))
    1.41421356237
    """
    x = start
    for _ in range(8 * bits):
        value, rate = curve(x)
        step = value / rate
        if not abs(step) > x * arb((1, -bits)):
            break
        x = (x - step).mid()
    width = x * arb((1, -bits))
    while width < x:
        low, high = (x - width).mid(), (x + width).mid()
        if sign(curve(low)[0]) * sign(curve(high)[0]) < 0:
            return low.union(high)
        width = 4 * width
    raise Undecided(f"the signs on both sides of {x.str(10)} are not decided with {bits} bits; ask for fewer digits.")
