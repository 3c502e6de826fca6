"""Normal forms beside the balls: what is equal by algebra is seen to be equal where balls only touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, fmpq
from sympy import Expr

from focal_symbolic.claims.evaluate.views import EXACT_BITS, UNKNOWN, BallView, Value

__all__ = ["FormView"]

MOST_TERMS = 5000
"""A normal form of more terms than this is not multiplied out."""
Atom = tuple[Any, ...]
Monomial = tuple[tuple[Atom, "int | fmpq"], ...]
Terms = dict[Monomial, fmpq]
"""A sum of monomials: a monomial is a sorted tuple of (atom, power), its value the rational coefficient.

A power is an int where it is whole: an fmpq is hashed slowly.
"""


class Form:
    """A value with its normal form: a polynomial in atoms (an inexact value, a logarithm, a power, ...) over the rationals."""

    __slots__ = ("_key", "terms", "value")

    def __init__(self, value: Value, terms: Terms) -> None:
        self.value, self.terms = value, {monomial: c for monomial, c in terms.items() if c != 0}
        self._key: frozenset[tuple[Monomial, int, int]] | None = None

    @property
    def key(self) -> frozenset[tuple[Monomial, int, int]]:
        """What two forms have in common that are equal."""
        if self._key is None:
            self._key = frozenset((monomial, int(c.p), int(c.q)) for monomial, c in self.terms.items())
        return self._key


class FormView(BallView):
    """A ball view that also keeps normal forms, so that what is equal by algebra is equal where balls only touch.

    For a <= b with a = b: the balls of a and b never separate. Logarithms of products and powers with rational exponents are
    split where the factors are positive by their balls; a normal form that would grow too long becomes an atom.
    """

    atoms: dict[Any, Value]

    @classmethod
    def of(cls, view: BallView) -> FormView:
        """The same environment, with normal forms."""
        made = cls(view.numbers, view.families, view.letters, view.dps)
        made.atoms, made.endless = {}, view.endless
        return made

    def raw(self, value: Value) -> Value:
        return value.value if type(value) is Form else value

    def widen(self, value: Value) -> arb:
        return super().widen(self.raw(value))

    def form(self, value: Value) -> Form:
        if type(value) is Form:
            return value
        if type(value) is fmpq:
            return Form(value, {(): value})
        return self.atom(value, ("value", id(value)))

    def atom(self, value: Value, name: Atom) -> Form:
        self.atoms[name] = value
        return Form(value, {((name, 1),): fmpq(1)})

    def positive(self, name: Atom) -> bool:
        return name in self.atoms and bool(super().widen(self.atoms[name]) > 0)

    def made(self, value: Value, terms: Terms) -> Value:
        """A computed value: plain where it is rational."""
        return value if type(value) is fmpq else Form(value, terms)

    def add(self, values: Sequence[Value]) -> Value:
        total: Terms = {}
        for value in values:
            for monomial, coefficient in self.form(value).terms.items():
                total[monomial] = total.get(monomial, 0) + coefficient
        return self.made(super().add([self.raw(value) for value in values]), total)

    def mul(self, values: Sequence[Value]) -> Value:
        value = super().mul([self.raw(value) for value in values])
        if type(value) is fmpq:
            return value
        product: Terms = {(): fmpq(1)}
        for factor in map(self.form, values):
            terms = factor.terms
            if min(len(product), len(terms)) > 1 and len(product) * len(terms) > MOST_TERMS:
                terms = self.atom(factor.value, ("sum", factor.key)).terms
            longer: Terms = {}
            for a, c in product.items():
                for b, e in terms.items():
                    monomial, coefficient = _times(a, b)
                    longer[monomial] = longer.get(monomial, 0) + c * e * coefficient
            product = longer
        return self.made(value, product)

    def complement(self, value: Value) -> Value:
        terms: Terms = {monomial: -c for monomial, c in self.form(value).terms.items()}
        terms[()] = terms.get((), fmpq(0)) + 1
        return self.made(super().complement(self.raw(value)), terms)

    def log(self, value: Value) -> Value:
        result, form = super().log(self.raw(value)), self.form(value)
        if len(form.terms) == 1:
            ((monomial, coefficient),) = form.terms.items()
            if coefficient > 0 and all(self.positive(atom) for atom, _ in monomial):
                terms = _log_rational(coefficient)
                for atom, power in monomial:
                    name = ("log", atom[1] if atom[0] == "sum" else atom)
                    parts = _log_rational(fmpq(*atom[1:])) if atom[0] == "number" else {((name, 1),): fmpq(1)}
                    for part, c in parts.items():
                        terms[part] = terms.get(part, 0) + c * power
                return self.made(result, terms)
        return self.made(result, self.atom(result, ("log", form.key)).terms)

    def exp(self, value: Value) -> Value:
        result = super().exp(self.raw(value))
        return self.made(result, self.atom(result, ("exp", self.form(value).key)).terms)

    def power(self, base: Value, exponent: Value) -> Value:
        if type(exponent) is fmpq and exponent.q == 1:
            return self.integer_power(base, int(exponent.p))
        result = super().power(self.raw(base), self.raw(exponent))
        if type(result) is fmpq:
            return result
        of = self.form(base)
        if type(exponent) is not fmpq:
            return self.atom(result, ("power", of.key, self.form(exponent).key))
        return self.made(result, self.raised(of, exponent))

    def integer_power(self, base: Value, exponent: int) -> Value:
        result = super().integer_power(self.raw(base), exponent)
        return result if type(result) is fmpq else self.made(result, self.raised(self.form(base), fmpq(exponent)))

    def raised(self, base: Form, exponent: fmpq) -> Terms:
        if not base.terms and exponent > 0:
            return {}
        if len(base.terms) == 1:
            ((monomial, coefficient),) = base.terms.items()
            if exponent.q == 1 or (coefficient > 0 and all(self.positive(atom) for atom, _ in monomial)):
                raised = tuple((atom, _plain(power * exponent)) for atom, power in monomial)
                if coefficient == 1:
                    return {raised: fmpq(1)}
                number = ("number", int(coefficient.p), int(coefficient.q))
                self.atoms[number] = coefficient
                both, factor = _times(raised, ((number, _plain(exponent)),))
                return {both: factor}
        name = ("sum", base.key)
        self.atoms[name] = base.value
        return {((name, _plain(exponent)),): fmpq(1)}

    def absolute(self, value: Value) -> Value:
        raw = self.raw(value)
        if type(raw) is fmpq:
            return abs(raw)
        form, wide = self.form(value), super().widen(raw)
        if not form.terms:
            return fmpq(0)
        if wide < 0:
            return self.mul([fmpq(-1), value])
        return value if wide > 0 else self.atom(abs(wide), ("abs", form.key))

    def slope_inverse(self, y: Value, gamma: Value) -> Value:
        result = super().slope_inverse(self.raw(y), self.raw(gamma))
        return self.atom(result, ("inverse", self.form(y).key, self.form(gamma).key))

    def constant(self, name: Expr) -> Value:
        result = super().constant(name)
        return self.atom(result, ("constant", name)) if result.is_finite() else result

    def difference(self, a: Value, b: Value) -> Value:
        return super().difference(self.raw(a), self.raw(b))

    def order(self, a: Value, b: Value) -> tuple[int | None, Value]:
        order, d = super().order(self.raw(a), self.raw(b))
        if order == UNKNOWN and self.form(a).terms == self.form(b).terms:
            return None, fmpq(0)
        return order, d


def _plain(power: int | fmpq) -> int | fmpq:
    """A power as an int where it is whole."""
    return int(power.p) if type(power) is fmpq and power.q == 1 else power


def _times(a: Monomial, b: Monomial) -> tuple[Monomial, fmpq]:
    """The product of two monomials, and the rational that its powers of rationals leave."""
    if not a or not b:
        return (a or b), fmpq(1)
    powers: dict[Atom, int | fmpq] = dict(a)
    for atom, power in b:
        powers[atom] = _plain(powers[atom] + power) if atom in powers else power
    coefficient = fmpq(1)
    for atom, power in list(powers.items()):
        if power == 0:
            del powers[atom]
        elif atom[0] == "number" and type(power) is int:
            number = fmpq(*atom[1:])
            if number.height_bits() * abs(power) < EXACT_BITS:
                coefficient *= number**power
                del powers[atom]
    return tuple(sorted(powers.items(), key=lambda item: hash(item[0]))), coefficient


def _log_rational(value: fmpq) -> Terms:
    """The logarithm of a positive rational, over small primes if it is not too long for that."""
    terms: Terms = {}
    primes = (2, 3, 5, 7, 11, 13) if value.height_bits() < 128 else ()
    for part, sign in ((value.p, 1), (value.q, -1)):
        whole = int(part)
        for prime in primes:
            while whole % prime == 0:
                whole //= prime
                name = ((("log", prime), 1),)
                terms[name] = terms.get(name, 0) + fmpq(sign)
        if whole > 1:
            name = ((("log", whole), 1),)
            terms[name] = terms.get(name, 0) + fmpq(sign)
    return terms
