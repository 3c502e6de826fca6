"""Sign certificates in Coq: proof terms of `sg m e`, which says that the sign of e is one of those in the mask m."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from focal_symbolic.logic.arithmetic import constant
from focal_symbolic.logic.coq.identities import Form
from focal_symbolic.logic.coq.laws import Laws, function_of
from focal_symbolic.logic.coq.scope import Certificate
from focal_symbolic.logic.coq.script import integer, rational
from focal_symbolic.logic.signs import ANY, MASK, NEG, NIL, PLUS, POS, TIMES, absolute, of_power, sign_of
from focal_symbolic.logic.terms import MINUS, ZERO, Term, add, instantiate, mk, ne, rat

__all__ = ["SAYS", "Signed", "Signs", "difference"]

Signed = tuple[str, int]
"""A proof of `sg m e`, and m as a mask."""

SAYS = {
    0: "False",
    NEG: "{} < 0",
    NIL: "{} = 0",
    NEG | NIL: "{} <= 0",
    POS: "0 < {}",
    NEG | POS: "{} <> 0",
    NIL | POS: "0 <= {}",
    ANY: "True",
}
"""What `sg m e` is, by the mask."""


def difference(relation: Term) -> Form:
    """Larger - smaller, or left - right, as the library writes it: a sum whose second part is -1 times the other side."""
    a, b = relation.args
    return ("add", b, ("mul", Fraction(-1), a)) if relation.op in ("lt", "le") else ("add", a, ("mul", Fraction(-1), b))


class Signs(Laws):
    """A scope that proves signs by their certificates."""

    def showing(self, shown: Sequence[tuple[Term, Certificate]]) -> None:
        """Prove the statements, each before the next; they are known from here on."""
        for s, how in shown:
            self.have(s, self.proved(s, how))

    def named(self, e: Term, signed: Signed) -> Signed:
        """The same with a name of its own."""
        proof, mask = signed
        if proof.isidentifier():
            return signed
        return self.script.have(SAYS[mask].format(self.text(e)), f"exact {proof}"), mask

    def weakened(self, signed: Signed, mask: int) -> str:
        """A proof that the signs are among those of a mask."""
        proof, found = signed
        return proof if found == mask else f"(sg_weak M{found} M{mask} _ eq_refl {proof})"

    def signs(self, e: Term, how: Certificate) -> Signed:
        """A proof of the signs that the certificate leaves."""
        key = ("sign", e, how, self.equations)
        if key not in self.memo:
            signed = self._signs(e, how)
            plain = how[0] in ("size", "exp", "any") or (how[0] == "number" and e.op == "rat")
            self.memo[key] = signed if plain else self.named(e, signed)
        found: Signed = self.memo[key]
        return found

    def _signs(self, e: Term, how: Certificate) -> Signed:
        a = e.args
        match how[0], e.op:
            case "number", _:
                return self._number(e)
            case "size", "size":
                return "(sg_size n Hn)", POS
            case "exp", "exp":
                return f"(exp_pos {self.text(a[0])})", POS
            case ("sum", "add") | ("product", "mul"):
                return self._combined([self.signs(s, c) for s, c in zip(a, how[1], strict=True)], how[0] == "sum")
            case "power", "ipow":
                return self._power(a[0], self.signs(a[0], how[1]), a[1])
            case "rpower", "rpow":
                proof, mask = self.signs(a[0], how[1])
                below = f"{self.text(a[0])} {self.text(a[1])}"
                return (f"(sg_rpow {below} {proof})", POS) if mask == POS else (f"(sg_rpow_ge {below})", POS | NIL)
            case "abs", "abs":
                proof, mask = self.signs(a[0], how[1])
                return f"(sg_abs M{mask} _ {proof})", absolute(mask)
            case "log", "log":
                return self._log(a[0], how[1], how[2])
            case "total", "sum":
                return self._total(e, how[1], how[2])
            case "facts", _:
                return self._facts(e, *how[1:])
            case "factors", _:
                return self._factors(e, *how[1:])
            case "equals", _:
                proof, mask = self.signs(how[1], how[2])
                return f"(sg_eq M{mask} _ _ {self.identity(e, how[1])} {proof})", mask
            case "both", _:
                (p, m), (q, k) = self.signs(e, how[1]), self.signs(e, how[2])
                return f"(sg_both M{m} M{k} _ {p} {q})", m & k
            case "with", _:
                return self.using(how[1]).signs(e, how[2])
            case "shown", _:
                self.showing(how[1])
                return self.signs(e, how[2])
        return self._any(e)

    def _any(self, e: Term) -> Signed:
        """Nothing is shown, as where a certificate is not for such a number."""
        return f"(sg_any {self.text(e)})", ANY

    def _number(self, e: Term) -> Signed:
        found = constant(e)
        if found is None:
            return self._any(e)
        c = Fraction(int(found.p), int(found.q))
        proof = f"(sg_rat {rational(c)})"
        mask = sign_of(c)
        return (proof if e.op == "rat" else f"(sg_eq M{mask} _ _ {self.identity(e, c)} {proof})"), mask

    def _combined(self, parts: Sequence[Signed], plus: bool) -> Signed:
        """The signs of a sum or product of parts, in their order."""
        lemma, table = ("sg_add", PLUS) if plus else ("sg_mul", TIMES)
        proof, mask = parts[0]
        for q, m in parts[1:]:
            proof, mask = f"({lemma} M{mask} M{m} _ _ {proof} {q})", table[mask][m]
        return proof, mask

    def _power(self, base: Term, signed: Signed, k: int) -> Signed:
        proof, mask = signed
        given = "I" if k >= 0 else self.condition(ne(base, ZERO)) if mask & NIL else self.weakened(signed, POS | NEG)
        return f"(sg_ipow M{mask} {integer(k)} {self.text(base)} {given} {proof})", of_power(mask, k)

    def _log(self, t: Term, positive: Certificate, above: Certificate) -> Signed:
        p = self.weakened(self.signs(t, positive), POS)
        less = add(t, MINUS)
        q, mask = self.signs(less, above)
        if self.text(less) != f"({self.text(t)} + {self.text(MINUS)})":
            q = f"(sg_eq M{mask} _ _ {self.identity(('add', t, Fraction(-1)), less)} {q})"
        return f"(sg_log M{mask} _ {p} {q})", mask

    def _total(self, e: Term, k: int, how: Certificate) -> Signed:
        at, body = mk("fresh", k), e.args[0]
        letter = self.text(at)
        below = self.under(k, self.script.nested())
        proof, mask = below.signs(instantiate(body, at), how)
        if mask in (POS | NEG, ANY):
            return self._any(e)
        turned = below.ordered(body, (at,))
        each = self.script.have(
            f"forall {letter} : nat, ({letter} < n)%nat -> {SAYS[mask].format(self.raw(body, (at,)))}",
            f"intros {letter} H{letter}.\n{below.script}\nexact (sg_eq M{mask} _ _ {turned} {proof})",
        )
        return f"(sg_sum M{mask} n {function_of(self.text(e))} eq_refl Hn {each})", mask

    def _facts(self, e: Term, parts: Sequence[tuple[Fraction, int, tuple[Term, ...]]], rest: Term, how: Certificate) -> Signed:
        form: Form = None
        signed: list[Signed] = []
        for ratio, k, at in parts:
            fact, proof = self.source(k, at)
            scaled = self.scaled(ratio, fact, proof)
            signed.append(scaled)
            part = ("mul", rat(ratio), difference(fact))
            form = part if form is None else ("add", form, part)
        signed.append(self.signs(rest, how))
        proof, mask = self._combined(signed, plus=True)
        same = self.identity(e, rest if form is None else ("add", form, rest))
        return f"(sg_eq M{mask} _ _ {same} {proof})", mask

    def scaled(self, ratio: Fraction, relation: Term, proof: str) -> Signed:
        """The sign of a multiple of a difference."""
        c, m = sign_of(ratio), MASK[relation.op]
        return f"(sg_mul M{c} M{m} _ _ (sg_rat {rational(ratio)}) (d_{relation.op} _ _ {proof}))", TIMES[c][m]

    def _factors(self, e: Term, content: Fraction, parts: Sequence[tuple[Term, int, Certificate]]) -> Signed:
        form: Form = rat(content)
        signed: list[Signed] = [(f"(sg_rat {rational(content)})", sign_of(content))]
        nonzero: dict[Term, str] = {}
        for f, k, how in parts:
            found = self.signs(f, how)
            if k < 0 and not found[1] & NIL:
                nonzero[f] = self.weakened(found, POS | NEG)
            signed.append(self._power(f, found, k))
            form = ("mul", form, ("pow", f, k))
        proof, mask = self._combined(signed, plus=False)
        return f"(sg_eq M{mask} _ _ {self.identity(e, form, nonzero)} {proof})", mask
