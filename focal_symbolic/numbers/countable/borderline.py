"""p_k = 1/(c k ln^a k), k >= 2, a > 1: its entropy is finite if and only if a > 2. Sums by Euler and Maclaurin, with the rest.

Of f(x) = p(x)^n ln(1/p(x))^i the sum over k >= K is the integral + f(K)/2 - sum_j B_2j/(2j)! f^(2j-1)(K) + R, with
|R| <= 4/(2 pi)^(2J) times the integral of |f^(2J)|. By Cauchy's estimate on |z - x| = x/2, where |z| >= x/2,
|ln z| <= ln 3x and |ln ln z| <= ln ln 3x + 1, |f^(2J)(x)| <= (2J)! (2/x)^(2J) B(x), and B(x) x^(2 - 2J) falls.
"""

from __future__ import annotations

from functools import lru_cache

from flint import acb, arb, arb_series, ctx, fmpq

from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.balls import ZERO, ball
from focal_symbolic.numbers.countable.families import Family, length

__all__ = ["Borderline"]


class Borderline(Family):
    """p_k = 1/(c k ln^a k), k >= 2."""

    first = 2
    expands = True
    most_terms = 4

    def __init__(self, exponent: object) -> None:
        self.exponent = exact_number(exponent, "borderline")
        if not self.exponent > 1:
            raise InputError(
                f"borderline = {self.exponent} is not above 1, and 1/(k ln^a k) sums for a > 1 only; give a > 1, such as 3."
            )
        self.name = f"borderline({self.exponent})"
        self.entropy_is_finite = self.exponent > 2
        self._whole: tuple[int, arb] = (0, ZERO)

    def lost_bits(self) -> int:
        near = self.exponent - 1
        return 96 + 2 * (near.numerator.bit_length() + near.denominator.bit_length())

    def earliest(self) -> int:
        return 64 + ctx.prec // 3

    def _log_unscaled(self, x: arb) -> arb:
        """ln(x ln^a x)."""
        log = x.log()
        return log + ball(self.exponent) * log.log()

    def whole(self) -> arb:
        """c, the sum of 1/(k ln^a k)."""
        if self._whole[0] < ctx.prec:
            start = 64 + ctx.prec
            head = sum(((-self._log_unscaled(arb(k))).exp() for k in range(2, start)), ZERO)
            self._whole = ctx.prec, head + self._sums(start, 1, 1, ZERO)[0]
        return self._whole[1]

    def probability(self, k: int) -> arb:
        return (-self.information(k)).exp()

    def information(self, k: int) -> arb:
        return self._log_unscaled(arb(k)) + self.whole().log()

    def tail(self, k: int) -> arb:
        return self.moments(k, 1, 1)[0]

    def largest(self, k: int) -> arb:
        return self.probability(k).upper()

    def moments(self, k: int, power: int, count: int) -> list[arb]:
        return self._sums(k, power, count, self.whole().log())

    def _sums(self, start: int, n: int, count: int, log: arb) -> list[arb]:
        """The sums over k >= start of exp(-n g) g^i, g = ln(k ln^a k) + log, for i < count."""
        if start < 16:
            return [arb.nan()] * count
        terms, found = 16 + ctx.prec // 6, []
        weights = _weights(terms, ctx.prec)
        with length(2 * terms):
            along = arb_series([start, 1], 2 * terms).log()
            g = along + ball(self.exponent) * along.log() + log
            f = (-n * g).exp()
            for i in range(count):
                at, f = f.coeffs(), f * g
                bends = sum((one * weight for one, weight in zip(at[1::2], weights, strict=True)), ZERO)
                total = self._integral(start, n, i, log) + at[0] / 2 - bends
                found.append(total + arb(0, self._rest(start, n, i, log, terms)))
        return found

    def _rest(self, start: int, n: int, i: int, log: arb, terms: int) -> arb:
        x, a, m = arb(start), ball(self.exponent), 2 * terms
        wide = (3 * x).log()
        if not m + n - 2 > i * (1 + a) / wide:
            return arb.pos_inf()
        most = (-n * (self._log_unscaled(x / 2) + log)).exp() * (wide + a * (wide.log() + 1) + abs(log)) ** i
        return (4 * arb(m).gamma() * m / arb.pi() ** m * x ** (1 - m) * most).abs_upper()

    def _integral(self, start: int, n: int, i: int, log: arb) -> arb:
        """In u = ln x, from ln(start) on: exp(-(n - 1) u) u^(-n a) e^(-n log) (u + a ln u + log)^i."""
        u, a = arb(start).log(), ball(self.exponent)
        if n == 1:
            return self._first_power(u, a, i, log)
        end = (u + (ctx.prec * arb(2).log() / (n - 1) + 1)).mid()

        def integrand(z: acb, analytic: bool) -> acb:
            inner = z.log(analytic=analytic)
            return (-(n - 1) * z - n * a * inner - n * log).exp() * (z + a * inner + log) ** i

        found = acb.integral(integrand, acb(u), acb(end)).real
        here = integrand(acb(end), False).real
        bend = i * (1 + a / end) / (end + a * end.log() + log)  # how fast the last factor grows, and ever slower
        return found + ZERO.union((here / (n - 1 - bend)).upper()) if bend < n - 1 else arb.nan()

    def _first_power(self, u: arb, a: arb, i: int, log: arb) -> arb:
        scale = (-log).exp()
        mass = (-(a - 1) * u.log()).exp() / (a - 1)
        if i == 0:
            return scale * mass
        if i > 1 or not self.entropy_is_finite:
            return arb.nan()
        mean = (-(a - 2) * u.log()).exp() / (a - 2)
        logs = mass * (u.log() + 1 / (a - 1))
        return scale * (mean + a * logs + log * mass)


@lru_cache(maxsize=64)
def _weights(terms: int, bits: int) -> list[arb]:
    """B_2j/(2j), at the present precision: f^(m)/(m + 1)! is the coefficient over m + 1."""
    return [arb(fmpq.bernoulli(2 * j)) / (2 * j) for j in range(1, terms + 1)]
