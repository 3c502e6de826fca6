"""The same in other words: a statement from one of the same shape, whose relations compare proportional or equal numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Self

from focal_symbolic.logic.comparison import similar
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import power
from focal_symbolic.logic.coq.conditions import multiple, proportional
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.script import applied, conjunction, projections, rational
from focal_symbolic.logic.coq.signs import Signs, difference
from focal_symbolic.logic.signs import MASK
from focal_symbolic.logic.terms import RELATIONS, ZERO, Term, instantiate, mk, slack, sub

__all__ = ["Restating", "either"]


class Restating(Signs):
    """A scope that proves statements from such as say the same."""

    def restated(self, s: Term, proof: str, t: Term, equal: bool = False) -> str:
        """A proof of t from one of s: relations of proportional numbers, or of numbers that are equal by certificates."""
        if s is t:
            return proof
        if s.op in RELATIONS:
            return self._compared(s, proof, t, equal)
        match s.op:
            case "or" if power(s):
                return self._power_restated(s, proof, t, equal)
            case "every":
                letter = self.context.fresh(mk("and", s, t)) if equal else self.new_letter(s, t)
                return self.for_every(t, letter.args[0], lambda below, body: below._at_letter(s, proof, body, equal))
            case "not":
                before, after = s.args[0], t.args[0]
                return self._turned(t, lambda below, name: f"({proof} {below.restated(after, name, before, equal)})")
            case "implies":
                return self._turned(t, lambda below, name: below._through(s, proof, t, name, equal))
            case "iff":
                return self._iff(s, proof, t, equal)
            case "and":
                parts = dict(zip(s.args, projections(proof, len(s.args)), strict=True))
                pairs = {b: a for a, b in self._matched(s, t, equal)}
                return conjunction([self.restated(pairs[b], parts[pairs[b]], b, equal) for b in t.args])
            case "or":
                return self._cases(s, proof, t, equal)
        raise Unproved(f"{s} is not restated as {t}")

    def _at_letter(self, s: Term, proof: str, body: Term, equal: bool) -> str:
        """A proof of the body of an «every» at the letter that has been opened last, from one of the «every» s."""
        at = mk("fresh", self.last)
        return self.restated(instantiate(s.args[0], at), self.opened_at(s, proof, at), body, equal)

    def for_every(self, s: Term, k: int, prove: Callable[[Self, Term], str]) -> str:
        """A proof of «every», where the body is proved at the fresh letter k."""
        at, body, inner = mk("fresh", k), s.args[0], self.script.nested()
        letter, image = self.text(at), instantiate(body, at)
        below = self.under(k, inner)
        name = below.have(image, prove(below, image))
        proof = below.turned(body, at, name, back=True)
        return self.script.have(self.text(s), f"intros {letter} H{letter}.\n{inner}\nexact {proof}")

    def _turned(self, t: Term, prove: Callable[[Self, str], str]) -> str:
        """A proof of t, which Coq takes for «given -> ...»."""
        name, inner = self.script.fresh("G"), self.script.nested()
        proof = prove(self.within(inner), name)
        return self.script.have(self.text(t), f"intros {name}.\n{inner}\nexact {proof}")

    def _through(self, s: Term, proof: str, t: Term, name: str, equal: bool) -> str:
        """A proof of the right side of an implication t from its left side, by an implication s that says the same."""
        left = self.restated(t.args[0], name, s.args[0], equal)
        below = self.supposing(self.script, (s.args[0], left), (t.args[0], name))
        return below.restated(s.args[1], applied(proof, left), t.args[1], equal)

    def _iff(self, s: Term, proof: str, t: Term, equal: bool) -> str:
        """An equivalence from another one, each way by itself; the context is the same on both sides."""
        partner = {b: a for a, b in self._matched(s, t, equal)}

        def way(a: Term, b: Term) -> str:
            way_of_s = f"(proj{1 if partner[a] is s.args[0] else 2} {proof})"

            def through(below: Self, name: str) -> str:
                left = below.restated(a, name, partner[a], equal)
                return below.restated(partner[b], applied(way_of_s, left), b, equal)

            return self._turned(mk("implies", a, b), through)

        return conjunction([way(*t.args), way(*t.args[::-1])])

    def _cases(self, s: Term, proof: str, t: Term, equal: bool) -> str:
        """A disjunction from another one, part by part."""
        partner = dict(self._matched(s, t, equal))
        names = [self.script.fresh("G") for _ in s.args]
        branches = []
        for a, name in zip(s.args, names, strict=True):
            below = self.within(self.script.nested())
            found = below.restated(a, name, partner[a], equal)
            branches.append(f"{{ {below.script}\nexact {either(t, t.args.index(partner[a]), found)}. }}")
        pattern = names[-1]
        for name in reversed(names[:-1]):
            pattern = f"[{name} | {pattern}]"
        return self.script.have(self.text(t), "\n".join([f"destruct {proof} as {pattern}.", *branches]))

    def _matched(self, s: Term, t: Term, equal: bool) -> list[tuple[Term, Term]]:
        """Each part of s with the part of t that says the same, as the kernel finds them."""
        compare = _equal if equal else proportional
        left, pairs = list(t.args), []
        for a in s.args:
            b = next((b for b in left if b is a), None) or next((b for b in left if similar(self.context, a, b, compare)), None)
            if b is None:
                raise Unproved(f"{s} is not restated as {t}")
            left.remove(b)
            pairs.append((a, b))
        return pairs

    def _power_restated(self, s: Term, proof: str, t: Term, equal: bool) -> str:
        """Where another power is defined: base and exponent are positive multiples."""
        before, after = power(s), power(t)
        if before is None or after is None:
            raise Unproved(f"{s} is not restated as {t}")
        ratios = [multiple(b, a) for a, b in zip(before, after, strict=True)]
        if not equal and all(c is not None and c > 0 for c in ratios):
            scaled = [
                (c, self.identity(b, ("mul", c, a))) for c, a, b in zip(ratios, before, after, strict=True) if c is not None
            ]
            return applied(
                "pdef_scaled _ _ _ _", [rational(c) for c, _ in scaled], ["eq_refl"] * 2, proof, [p for _, p in scaled]
            )
        same = [self.equality(a, b) for a, b in zip(before, after, strict=True)] if equal else [None]
        if None in same:
            raise Unproved(f"{s} is not restated as {t}")
        return applied("pdef_eq _ _ _ _", proof, [str(p) for p in same])

    def _compared(self, s: Term, proof: str, t: Term, equal: bool) -> str:
        """A relation from another one of proportional, or equal, numbers."""
        ratio, same = self._equated(s, t) if equal else self._proportion(s, t)
        mask = MASK[t.op]
        return f"(r_{t.op} _ _ (sg_eq M{mask} _ _ {same} {self.scaled(ratio, s, proof)[0]}))"

    def _proportion(self, s: Term, t: Term) -> tuple[Fraction, str]:
        """The difference of t is c times that of s: c and a proof."""
        c = multiple(slack(t), slack(s))
        if c is None or (c < 0 and t.op in ("lt", "le")):
            raise Unproved(f"{s} is not restated as {t}")
        return c, self.identity(difference(t), ("mul", c, difference(s)))

    def _equated(self, s: Term, t: Term) -> tuple[Fraction, str]:
        """The same with c = 1 or -1, by certificates of equality."""
        a, b = slack(s), slack(t)
        for c, other in ((Fraction(1), b), (Fraction(-1), sub(t.args[1], t.args[0]))):
            if (e := self.equality(a, other)) is not None:
                there, back = self.identity(difference(t), ("mul", c, other)), self.identity(a, difference(s))
                return c, f"(eq_trans {there} (cong (f := Rmult (rat {rational(c)})) (eq_trans (eq_sym {e}) {back})))"
            if s.op in ("lt", "le"):
                break
        raise Unproved(f"{s} is not restated as {t}")

    def equality(self, a: Term, b: Term) -> str | None:
        """A proof of a = b by the certificate that answers the question whether they are equal, or its mirror image."""
        raise NotImplementedError


def either(s: Term, place: int, proof: str) -> str:
    """A proof of a disjunction from one of its part at a place."""
    if pair := power(s):
        if s.args[place].op == "lt":
            return f"(or_introl {proof})"
        if s.args[place].args[0] is not mk("le", ZERO, pair[0]):
            proof = f"(conj (proj2 {proof}) (proj1 {proof}))"
        return f"(or_intror {proof})"
    proof = proof if place == len(s.args) - 1 else f"(or_introl {proof})"
    for _ in range(place):
        proof = f"(or_intror {proof})"
    return proof


def _equal(context: Context, a: Term, b: Term) -> bool:
    return context.equal(a, b)
