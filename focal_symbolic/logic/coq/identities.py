"""Identities of rational functions in Coq: forms over atoms, and proofs by computation (`library/Rational.v`).

A form is a number as Coq has it: a term, a rational, or a sum, product or integer power of forms in this very order. What is
not one of these in a term is an atom. An equation in force replaces what it is for, be it an atom, a sum or a rational in a
term, where the identity does not hold without it; a `Fraction` in a form is never replaced. The bases of negative powers are
shown not to be 0 before Coq computes; so denominators may be compound, and hold further quotients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple, Self

from focal_symbolic.logic.coq.conditions import Conditions, multiple
from focal_symbolic.logic.coq.scope import Certificate, Unproved
from focal_symbolic.logic.coq.script import applied, both, listed, rational, within
from focal_symbolic.logic.terms import Malformed, Term, instantiate, ipow, mk, rat

__all__ = ["Form", "Identities", "Raw", "powers", "products", "sums"]

Form = Any
"""Term | Raw | Fraction | ("add", Form, Form) | ("mul", Form, Form) | ("pow", Form, int)"""


class Raw(NamedTuple):
    """A number with loose letters at letters, the innermost first, as Coq has it."""

    body: Term
    at: tuple[Term, ...]

    @property
    def image(self) -> Term:
        """The term that it is."""
        t = self.body
        for letter in self.at:
            t = instantiate(t, letter)
        return t


_HEAD = {"add": "Ad", "mul": "Mu"}
FUNCTION = {"rpow": "rpow", "log": "ln", "exp": "exp", "abs": "Rabs"}


def sums(parts: list[Form]) -> Form:
    """p + (q + (... + 0)), as the library's sums of lists are."""
    out: Form = Fraction(0)
    for p in reversed(parts):
        out = ("add", p, out)
    return out


def products(parts: list[Form]) -> Form:
    """p * (q * (... * 1)), as the library's products of lists are."""
    out: Form = Fraction(1)
    for p in reversed(parts):
        out = ("mul", p, out)
    return out


def powers(parts: Iterable[tuple[Form, int]]) -> Form:
    """f^k * (g^j * (... * 1))."""
    return products([("pow", f, k) for f, k in parts])


def _image(x: Form) -> Term:
    """The term of a form."""
    if type(x) is Raw:
        return x.image
    if type(x) is Fraction:
        return rat(x)
    if type(x) is tuple:
        return ipow(_image(x[1]), x[2]) if x[0] == "pow" else mk(x[0], _image(x[1]), _image(x[2]))
    t: Term = x
    return t


def _plainly(a: Form, b: Form) -> bool:
    """Whether two forms are the same rational function without any equation."""
    try:
        return multiple(_image(a), _image(b)) == 1
    except Malformed:
        return False


class Identities(Conditions):
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
                found: tuple[str, Form] = self.memo[key]
                if found[1] is not t:  # else it says nothing
                    return found
        return None

    def condition(self, c: Term) -> str:
        """As in `Conditions`; what the equations in force have shown on the way is known as well."""
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
        equations = bool(self.equations) and not _plainly(a, b)
        reading = _Reading(self, nonzero or {}, equations)
        left, right = reading.form(a), reading.form(b)
        items = listed(item for item, _ in reading.items)
        proofs = both(proof for _, proof in reading.items)
        return f"(identical {listed(reading.atoms)} {items} {left} {right} {proofs})"

    # -- Coq's order and ours

    def ordered(self, t: Term, at: tuple[Term, ...]) -> str:
        """A proof that a number at letters, as Coq has it, is the number that is printed for it."""
        image, raw = Raw(t, at).image, self.raw(t, at)
        if raw == self.text(image):
            return f"(eq_refl {raw})"
        if t.op in ("add", "mul", "ipow"):
            return self.before(0).identity(Raw(t, at), image)
        if t.op == "sum":
            return self._ordered_sum(t, at, image)
        parts = [self.ordered(s, at) for s in t.terms]
        return applied({1: "cong", 2: "cong2"}[len(parts)], f"(f := {t.args[0] if t.op == 'decl' else FUNCTION[t.op]})", parts)

    def _ordered_sum(self, t: Term, at: tuple[Term, ...], image: Term) -> str:
        letter, script = self.new_letter(image), self.script.nested()
        proof = (
            self.before(0).under(letter.args[0], script).identity(Raw(t.args[0], (letter, *at)), Raw(image.args[0], (letter,)))
        )
        intros = f"apply rsum_ext; intros {self.text(letter)} {within(letter)}"
        return self.script.have(f"{self.raw(t, at)} = {self.text(image)}", f"{intros}.\n{script}\nexact {proof}")


class _Reading:
    """Forms as Coq text over one list of atoms, with what is to be known of them."""

    def __init__(self, scope: Identities, nonzero: Mapping[Term, str], equations: bool):
        self.scope, self.nonzero, self.equations = scope, nonzero, equations
        self.atoms: list[str] = []
        self.items: list[tuple[str, str]] = []
        self._places: dict[tuple[Form, frozenset[Term] | None], str] = {}
        self._bases: set[str] = set()

    def equation(self, t: Term) -> tuple[str, Form] | None:
        """What t equals, and a proof, if it is to be replaced."""
        return self.scope.equation(t) if self.equations else None

    def form(self, x: Form, inside: frozenset[Term] = frozenset()) -> str:
        """The form; `inside`: numbers whose equation is being followed, which are not replaced again."""
        if type(x) is Fraction:
            return f"(Ct {rational(x)})"
        if type(x) is Raw:
            return self._raw(x, inside)
        if type(x) is tuple:
            if x[0] == "pow":
                return self._power(x[1], x[2], inside)
            return f"({_HEAD[x[0]]} {self.form(x[1], inside)} {self.form(x[2], inside)})"
        return self._replaced(x, inside) or self._operation(x, lambda s: s, inside) or self._atom(x, self.scope.text(x))

    def _raw(self, x: Raw, inside: frozenset[Term]) -> str:
        """A number in Coq's order. An atom that is printed in another order equals the one that is printed."""
        if not x.body.loose[0]:
            return self.form(x.body, inside)
        image, raw = x.image, self.scope.raw(x.body, x.at)
        if image in inside or self.equation(image) is None:
            found = self._operation(x.body, lambda s: Raw(s, x.at), inside)
            if found is not None:
                return found
        if raw == self.scope.text(image):
            return self.form(image, inside)
        form = self.form(image, inside)
        if (x, inside) not in self._places:
            proof = self.scope.ordered(x.body, x.at)
            self._places[x, inside] = self._defined(raw, form, proof)
        return self._places[x, inside]

    def _operation(self, t: Term, part: Callable[[Term], Form], inside: frozenset[Term]) -> str | None:
        """What is not an atom, made of the forms of its parts."""
        match t.op:
            case "rat":
                return f"(Ct {rational(Fraction(*t.args))})"
            case "add" | "mul":
                return reduce(lambda a, b: f"({_HEAD[t.op]} {a} {b})", (self.form(part(s), inside) for s in t.args))
            case "ipow":
                return self._power(part(t.args[0]), t.args[1], inside)
        return None

    def _replaced(self, t: Term, inside: frozenset[Term]) -> str | None:
        """The atom for a number that has an equation."""
        if t in inside:
            return None
        found = self._places.get((t, inside))
        if found is None and (equation := self.equation(t)) is not None:
            proof, right = equation
            form = self.form(right, inside | {t})
            found = self._places[t, inside] = self._defined(self.scope.text(t), form, proof)
        return found

    def _defined(self, text: str, form: str, proof: str) -> str:
        self.atoms.append(text)
        self.items.append((f"(Def {len(self.atoms)} {form})", proof))
        return f"(At {len(self.atoms)})"

    def _atom(self, t: Term, text: str) -> str:
        found = self._places.get((t, None))
        if found is None:
            self.atoms.append(text)
            found = self._places[t, None] = f"(At {len(self.atoms)})"
        return found

    def _power(self, base: Form, k: int, inside: frozenset[Term]) -> str:
        text = self.form(base, inside)
        t = base.image if type(base) is Raw else base
        if k < 0 and text not in self._bases:  # one base has several forms where an equation is being followed
            self._bases.add(text)
            if t in self.nonzero:
                self.items.append((f"(Base {self.form(t, inside)})", self.nonzero[t]))
            else:
                body, at, proof = self.scope.nonzero(t)
                self.items.append((f"(Base {self.form(Raw(body, at), inside)})", proof))
        return f"(Pw {text} {k if k >= 0 else f'({k})'})"
