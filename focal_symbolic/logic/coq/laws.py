"""The equations of certificates in Coq: one lemma a law (`library/Laws.v`).

Each law gives a proof of «t = right side» and the right side as a form, in the order in which the lemma has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from focal_symbolic.logic.coq.identities import Form, Identities, Raw, powers, products, sums
from focal_symbolic.logic.coq.scope import Certificate
from focal_symbolic.logic.coq.script import applied, both, integer, listed, rational
from focal_symbolic.logic.meaning import conditions, power_condition
from focal_symbolic.logic.terms import (
    ONE,
    SIZE,
    ZERO,
    Term,
    abstract,
    lt,
    mk,
    mul,
    ne,
    rat,
    rpow,
    total,
    value,
)

__all__ = ["Laws", "function_of"]

Equation = tuple[str, str, Form]
"""A proof of an equation, its right side as Coq has it, and as a form."""
Bases = Sequence[tuple[Term, int, Certificate]]
Units = Sequence[tuple[Term, int]]


class Laws(Identities):
    """A scope that proves the equations of certificates."""

    def proved(self, s: Term, how: Certificate) -> str:
        """A proof of the statement by its certificate."""
        raise NotImplementedError

    def by_law(self, law: str, t: Term, *data: Any) -> tuple[str, Form]:
        """A proof of an equation by its law, and its right side."""
        proof, said, right = _LAWS[law](self, t, *data)
        return self.script.have(f"{self.text(t)} = {said}", f"exact {proof}"), right

    def positive(self, f: Term, how: Certificate) -> str:
        """A proof of 0 < f, which is known from here on."""
        s = lt(ZERO, f)
        return self.fact(s) or self.have(s, self.proved(s, how))

    def pairs(self, pairs: Sequence[tuple[Term, int]]) -> str:
        """A list of numbers with integers."""
        return listed(f"({self.text(f)}, {integer(k)})" for f, k in pairs)

    def product(self, u: Term, bases: Bases) -> tuple[str, str, str]:
        """The list of the bases with their powers, that they are positive, and that u is their product."""
        proofs = {f: self.positive(f, how) for f, _, how in bases}
        nonzero = {f: f"(Rgt_not_eq _ _ {proof})" for f, proof in proofs.items()}
        pairs = [(f, k) for f, k, _ in bases]
        same = self.identity(u, powers(pairs), nonzero)
        return self.pairs(pairs), both(proofs[f] for f, _ in pairs), same

    def combination(self, u: Term, units: Units) -> str:
        """A proof that u is the sum of p w over the units."""
        return self.identity(u, sums([("mul", rat(p), w) for w, p in units]))


# -- the laws --------------------------------------------------------------------------------------------------------------


def ln_product(scope: Laws, t: Term, bases: Bases) -> Equation:
    """ln u = sum of k ln f."""
    pairs, proofs, same = scope.product(t.args[0], bases)
    right = sums([("mul", rat(k), mk("log", f)) for f, k, _ in bases])
    return f"(ln_product _ {pairs} {proofs} {same})", f"logs {pairs}", right


def ln_power(scope: Laws, t: Term, how: Certificate) -> Equation:
    """ln f^e = e ln f."""
    f, e = t.args[0].args
    log = mk("log", f)
    return f"(ln_power _ {scope.text(e)} {scope.positive(f, how)})", f"{scope.text(e)} * {scope.text(log)}", ("mul", e, log)


def ln_exp(scope: Laws, t: Term) -> Equation:
    """ln e^u = u."""
    u = t.args[0].args[0]
    return f"(ln_exp {scope.text(u)})", scope.text(u), u


def power_integer(scope: Laws, t: Term, k: int) -> Equation:
    """f^e = f^k."""
    f, e = t.args
    defined = scope.condition(power_condition(f, e))
    same = scope.identity(e, rat(k))
    if k < 0:
        scope.have(lt(ZERO, f), f"(pdef_neg _ _ {rational(Fraction(-k)).split()[0]} {defined} {same})")
    nonzero = "I" if k >= 0 else scope.condition(ne(f, ZERO))
    return (
        f"(power_integer _ _ {integer(k)} {defined} {same} {nonzero})",
        f"ipow {scope.text(f)} {integer(k)}",
        ("pow", f, k),
    )


def power_product(scope: Laws, t: Term, bases: Bases, exponent: Term) -> Equation:
    """u^e = product of f^(k e)."""
    u, e = t.args
    pairs, proofs, same = scope.product(u, bases)
    powers_ = [exponent if k == 1 else mul(rat(k), exponent) for _, k, _ in bases]
    times = [Fraction(1) if k == 1 else rat(k) for _, k, _ in bases]
    multiples = both(scope.identity(g, ("mul", k, e)) for g, k in zip(powers_, times, strict=True))
    texts = listed(map(scope.text, powers_))
    right = products([rpow(f, g) for g, (f, _, _) in zip(powers_, bases, strict=True)])
    return f"(power_product _ _ {pairs} {texts} {proofs} {same} {multiples})", f"powers {texts} {pairs}", right


def power_sum(scope: Laws, t: Term, units: Units, how: Certificate) -> Equation:
    """f^(sum of p w) = product of (f^w)^p."""
    f, e = t.args
    positive = scope.positive(f, how)
    parts = [f if w is ONE else rpow(f, w) for w, _ in units]
    raised = both(f"(rpow_one _ {positive})" if w is ONE else "eq_refl" for w, _ in units)
    pairs, texts = scope.pairs(units), listed(map(scope.text, parts))
    proof = f"(power_sum _ _ {pairs} {texts} {positive} {scope.combination(e, units)} {raised})"
    return proof, f"ipowers {texts} {pairs}", powers([(g, p) for g, (_, p) in zip(parts, units, strict=True)])


def power_power(scope: Laws, t: Term, how: Certificate) -> Equation:
    """(f^e)^c = f^(e c)."""
    (f, e), c = t.args[0].args, t.args[1]
    g = mul(e, c)
    right = rpow(f, g)
    proof = f"(power_power _ _ _ _ {scope.positive(f, how)} {scope.identity(g, ('mul', e, c))})"
    return proof, scope.text(right), right


def power_exp(scope: Laws, t: Term) -> Equation:
    """(e^u)^c = e^(u c)."""
    u, c = t.args[0].args[0], t.args[1]
    g = mul(u, c)
    right = mk("exp", g)
    return f"(power_exp _ _ _ {scope.identity(g, ('mul', u, c))})", scope.text(right), right


def exp_sum(scope: Laws, t: Term, units: Units) -> Equation:
    """e^(sum of p w) = product of (e^w)^p."""
    pairs = scope.pairs(units)
    proof = f"(exp_sum _ {pairs} {scope.combination(t.args[0], units)})"
    return proof, f"exps {pairs}", powers([(mk("exp", w), p) for w, p in units])


def exp_ln(scope: Laws, t: Term, f: Term, exponent: Term, how: Certificate) -> Equation:
    """e^(c ln f) = f^c."""
    right = rpow(f, exponent)
    same = scope.identity(t.args[0], ("mul", exponent, mk("log", f)))
    return f"(exp_log _ _ _ {scope.positive(f, how)} {same})", scope.text(right), right


def inside(scope: Laws, t: Term, other: Term) -> Equation:
    """An operation at equal arguments."""
    same = [scope.identity(a, b) for a, b in zip(t.terms, other.terms, strict=True)]
    for c in conditions(other) - conditions(t):  # it is defined where t is
        if not scope.knows(c) and (known := _moved(scope, t, other, c)) is not None:
            scope.known[c] = known
    return applied({1: "cong", 2: "cong2"}[len(same)], same), scope.text(other), other


def _moved(scope: Laws, t: Term, other: Term, c: Term) -> str | None:
    """A proof of a condition of the operation at other arguments, from that of t."""
    if t.op == "rpow" and c is power_condition(*other.args):
        sides = [scope.identity(a, b) for a, b in zip(t.terms, other.terms, strict=True)]
        return applied("pdef_eq _ _ _ _", scope.condition(power_condition(*t.args)), sides)
    found = next(((a, b) for a, b in zip(t.terms, other.terms, strict=True) if c is lt(ZERO, b)), None)
    if t.op not in ("log", "decl") or found is None:
        return None
    return f"(sg_eq M4 _ _ {scope.identity(found[1], found[0])} {scope.condition(lt(ZERO, found[0]))})"


def absolute(scope: Laws, t: Term, other: Term) -> Equation:
    """|x| = |-x|; |c| of a rational c."""
    x, c = t.args[0], value(other)
    if c is None:
        y = other.args[0]
        ways = [applied("cong", scope.identity(x, y)), f"(abs_opposite _ _ {scope.identity(x, ('mul', Fraction(-1), y))})"]
        return _first(ways), scope.text(other), other
    sides = {"abs_rational": other, "abs_opposite_rational": ("mul", Fraction(-1), other)}
    ways = [f"({lemma} _ {rational(c)} {scope.identity(x, y)})" for lemma, y in sides.items()]
    return _first(ways), f"rat {rational(abs(c))}", rat(abs(c))


def root(scope: Laws, t: Term, q: int, how: Certificate) -> Equation:
    """t = (t^(1/q))^q."""
    part = rat(Fraction(1, q))
    one = scope.identity(("mul", part, Fraction(q)), Fraction(1))
    proof = f"(root _ _ {integer(q)} {scope.positive(t, how)} {one})"
    return proof, f"ipow {scope.text(rpow(t, part))} {integer(q)}", ("pow", rpow(t, part), q)


def sum_linear(
    scope: Laws, t: Term, k: int, equations: tuple[Certificate, ...], pieces: Sequence[tuple[Term, Term]]
) -> Equation:
    """The sum of a combination is the combination of the sums."""
    at, body = mk("fresh", k), t.args[0]
    letter = scope.text(at)
    whole = [None if inner is ONE else total(abstract(inner, at)) for _, inner in pieces]
    functions = ["(fun _ : nat => 1)" if s is None else function_of(scope.text(s)) for s in whole]
    taken: list[Form] = [ONE if s is None else Raw(s.args[0], (at,)) for s in whole]
    listed_ = listed(f"({scope.text(outer)}, {f})" for (outer, _), f in zip(pieces, functions, strict=True))
    below = scope.under(k, scope.script.nested()).using(equations)
    outers = [outer for outer, _ in pieces]
    same = below.identity(Raw(body, (at,)), sums([("mul", a, b) for a, b in zip(outers, taken, strict=True)]))
    each = scope.script.have(
        f"forall {letter} : nat, ({letter} < n)%nat -> {scope.raw(body, (at,))} = term_of {listed_} {letter}",
        f"intros {letter} H{letter}.\n{below.script}\nexact {same}",
    )
    texts = listed("(INR n)" if s is None else scope.text(s) for s in whole)
    proofs = both("(sum_of_one n)" if s is None else "eq_refl" for s in whole)
    right = sums([("mul", outer, SIZE if s is None else s) for outer, s in zip(outers, whole, strict=True)])
    proof = f"(sum_linear n {function_of(scope.text(t))} {listed_} {texts} {each} {proofs})"
    return proof, f"outside {texts} {listed_}", right


def function_of(text: str) -> str:
    """What is summed, of the text of a sum."""
    return text.removeprefix("(rsum n ")[:-1]


def _first(proofs: list[str]) -> str:
    """The first of the proofs that Coq accepts."""
    return f"ltac:(first [{' | '.join(f'exact {proof}' for proof in proofs)}])"


_LAWS: dict[str, Callable[..., Equation]] = {
    law.__name__: law
    for law in (
        *(ln_product, ln_power, ln_exp, power_integer, power_product, power_sum),
        *(power_power, power_exp, exp_sum, exp_ln, sum_linear, inside, absolute, root),
    )
}
