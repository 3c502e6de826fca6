"""Identities of rational functions in Coq: forms over atoms, and proofs by computation (`library/Rational.v`).

A form is a number as Coq has it: a term, a rational, or a sum, product or integer power of forms in this very order. What is
not one of these in a term is an atom, unless an equation for it is in force. The bases of negative powers are shown not to be 0
before Coq computes; so denominators may be compound, and hold further quotients.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from fractions import Fraction
from functools import reduce
from typing import Any, Self

from focal_symbolic.logic.coq.scope import Certificate, Scope, Unproved
from focal_symbolic.logic.coq.script import both, listed, rational
from focal_symbolic.logic.terms import ZERO, Term, ne

__all__ = ["Form", "Identities", "powers", "sums"]

Form = Any
"""Term | Fraction | ("add", Form, Form) | ("mul", Form, Form) | ("pow", Form, int)"""


def sums(parts: list[Form]) -> Form:
    """p + (q + (... + 0)), as the library's sums of lists are."""
    return reduce(lambda rest, p: ("add", p, rest), reversed(parts), Fraction(0))


def powers(parts: list[tuple[Form, int]]) -> Form:
    """f^k * (g^j * (... * 1)), as the library's products of lists are."""
    return reduce(lambda rest, p: ("mul", ("pow", *p), rest), reversed(parts), Fraction(1))


class Identities(Scope):
    """A scope that proves identities. `equations` are in force, each with those before it; the last one for a number counts."""

    equations: tuple[Certificate, ...] = ()

    def using(self, equations: tuple[Certificate, ...]) -> Self:
        """The scope in which more equations are in force."""
        inner = copy(self)
        inner.equations = (*self.equations, *equations)
        return inner

    def before(self, place: int) -> Self:
        """The scope in which only the first equations are in force."""
        inner = copy(self)
        inner.equations = self.equations[:place]
        return inner

    def equation(self, t: Term) -> tuple[str, Form] | None:
        """What t equals by the equation in force for it, and a proof."""
        for place in range(len(self.equations) - 1, -1, -1):
            if self.equations[place][1] is t:
                key = ("equation", self.equations[place])
                if key not in self.memo:
                    self.memo[key] = self.before(place).by_law(*self.equations[place])
                proof, right = self.memo[key]
                return None if right is t else (proof, right)
        return None

    def condition(self, c: Term) -> str:
        """As in `Scope`; what the equations in force have shown on the way is known as well."""
        try:
            return super().condition(c)
        except Unproved:
            for equation in self.equations:
                self.equation(equation[1])
            return super().condition(c)

    def by_law(self, law: str, t: Term, *data: Any) -> tuple[str, Form]:
        """A proof of an equation by its law, and its right side."""
        raise NotImplementedError

    def identity(self, a: Form, b: Form, nonzero: Mapping[Term, str] | None = None) -> str:
        """A proof of a = b, the same rational function; `nonzero`: proofs that bases of negative powers are not 0."""
        if a is b and type(a) is Term:
            return f"(eq_refl {self.text(a)})"
        reading = _Reading(self, nonzero or {})
        left, right = reading.form(a), reading.form(b)
        items = listed(item for item, _ in reading.items)
        proofs = both(proof for _, proof in reading.items)
        return f"(identical {listed(reading.atoms)} {items} {left} {right} {proofs})"


class _Reading:
    """Forms as Coq text over one list of atoms, with what is to be known of them."""

    def __init__(self, scope: Identities, nonzero: Mapping[Term, str]):
        self.scope, self.nonzero = scope, nonzero
        self.atoms: list[str] = []
        self.items: list[tuple[str, str]] = []
        self._places: dict[tuple[Term, frozenset[Term] | None], str] = {}
        self._bases: set[str] = set()

    def form(self, x: Form, inside: frozenset[Term] = frozenset()) -> str:
        """The form; `inside`: numbers whose equation is being followed, which are not replaced again."""
        if type(x) is Fraction:
            return f"(Ct {rational(x)})"
        if type(x) is tuple:
            if x[0] == "pow":
                return self._power(x[1], x[2], inside)
            return f"({'Ad' if x[0] == 'add' else 'Mu'} {self.form(x[1], inside)} {self.form(x[2], inside)})"
        return self._replaced(x, inside) or self._term(x, inside)

    def _replaced(self, t: Term, inside: frozenset[Term]) -> str | None:
        """The atom for a number that has an equation."""
        if t in inside:
            return None
        found = self._places.get((t, inside))
        if found is None and (equation := self.scope.equation(t)) is not None:
            proof, right = equation
            form = self.form(right, inside | {t})
            found = self._places[t, inside] = self._atom(t)
            self.items.append((f"(Def {len(self.atoms)} {form})", proof))
        return found

    def _atom(self, t: Term) -> str:
        self.atoms.append(self.scope.text(t))
        return f"(At {len(self.atoms)})"

    def _term(self, t: Term, inside: frozenset[Term]) -> str:
        match t.op:
            case "rat":
                return f"(Ct {rational(Fraction(*t.args))})"
            case "add" | "mul":
                head = "Ad" if t.op == "add" else "Mu"
                return reduce(lambda left, right: f"({head} {left} {right})", (self.form(s, inside) for s in t.args))
            case "ipow":
                return self._power(t.args[0], t.args[1], inside)
        found = self._places.get((t, None))
        if found is None:
            found = self._places[t, None] = self._atom(t)
        return found

    def _power(self, base: Form, k: int, inside: frozenset[Term]) -> str:
        text = self.form(base, inside)
        if k < 0 and text not in self._bases:
            self._bases.add(text)
            proof = self.nonzero.get(base) if type(base) is Term else None
            self.items.append((f"(Base {text})", proof or self.scope.condition(ne(base, ZERO))))
        return f"(Pw {text} {k if k >= 0 else f'({k})'})"
