"""Proofs of the conditions under which numbers are defined, from what is known."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from focal_symbolic.logic.arithmetic import Excess, proportion
from focal_symbolic.logic.comparison import similar
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import power
from focal_symbolic.logic.coq.scope import Scope, Unproved
from focal_symbolic.logic.coq.script import applied, rational, within
from focal_symbolic.logic.terms import ZERO, Term, in_order, instantiate, letters, lt, ne, value

__all__ = ["Conditions", "multiple", "proportional"]

_Way = tuple[Term | None, ...]
"""Letters at which «every»s are taken; None for a guard that holds."""


class Conditions(Scope):
    """A scope that proves conditions."""

    def condition(self, c: Term) -> str:
        """A proof of a statement that is known, at letters, behind a guard that holds, in other words, or for a plain reason.

        Raises Unproved where there is none.
        """
        found = self.fact(c) or self.memo.get(("condition", c))
        if found is None:
            found = self._instance(c) or self._plain(c) or self._alike(c)
            if found is None:
                raise Unproved(f"nothing is known that gives {c}")
            self.memo["condition", c] = found
        return str(found)

    def nonzero(self, t: Term) -> tuple[Term, tuple[Term, ...], str]:
        """A number at letters (as Coq has it) that is t, and a proof that it is not 0."""
        c = ne(t, ZERO)
        if self.fact(c) is None:
            for s in self.statements():
                if s.op == "every" and s.args[0].op == "ne":
                    for letter in in_order(letters(t)):
                        if instantiate(s.args[0], letter) is c:
                            proof = applied(self._proof(s), self.text(letter), within(letter))
                            return s.args[0].args[0], (letter,), proof
        return t, (), self.condition(c)

    def restated(self, s: Term, proof: str, t: Term, equal: bool = False) -> str:
        """A proof of t from one of s, which says the same."""
        raise NotImplementedError

    def _proof(self, s: Term) -> str:
        found = self.fact(s)
        if found is None:
            raise Unproved(f"{s} is not known")
        return found

    # -- known at letters, or behind a guard

    def _instance(self, c: Term) -> str | None:
        at = in_order(letters(c))
        for s in self.statements():
            way = next(self._ways(s, c, at), None)
            if way is not None:
                return self._taken(s, way)
        return None

    def _ways(self, s: Term, c: Term, at: list[Term]) -> Iterator[_Way]:
        """How s gives c."""
        if s is c:
            yield ()
        elif s.op == "implies":
            if self.knows(s.args[0]):
                for way in self._ways(s.args[1], c, at):
                    yield None, *way
        elif s.op == "every":
            for letter in at:
                for way in self._ways(instantiate(s.args[0], letter), c, at):
                    yield letter, *way

    def _taken(self, s: Term, way: _Way) -> str:
        proof = self._proof(s)
        for letter in way:
            if letter is None:
                s, proof = s.args[1], applied(proof, self._proof(s.args[0]))
            else:
                s, proof = instantiate(s.args[0], letter), self.opened_at(s, proof, letter)
        return proof

    # -- for a reason that lies in the number itself

    def _plain(self, c: Term) -> str | None:
        try:
            if pair := power(c):
                return applied("or_introl", self.condition(lt(ZERO, pair[0])))
            if c.op == "ne" and c.args[1] is ZERO:
                return self._not_zero(c.args[0])
            if c.op == "lt" and c.args[0] is ZERO:
                return self._positive(c.args[1])
            if c.op == "every":
                return self._at_each_letter(c)
        except Unproved:
            pass
        return None

    def _not_zero(self, t: Term) -> str:
        if (c := value(t)) is not None and c:
            return f"(sg_weak M{4 if c > 0 else 1} M5 _ eq_refl (sg_rat {rational(c)}))"
        if t.op == "mul":
            proof = self.condition(ne(t.args[0], ZERO))
            for s in t.args[1:]:
                proof = applied("Rmult_integral_contrapositive_currified _ _", proof, self.condition(ne(s, ZERO)))
            return proof
        if t.op == "ipow" and t.args[1] > 0:
            return applied("pow_nonzero _ _", self.condition(ne(t.args[0], ZERO)))
        return applied("Rgt_not_eq _ _", self.condition(lt(ZERO, t)))

    def _positive(self, t: Term) -> str:
        match t.op:
            case "size":
                return "(sg_size n Hn)"
            case "exp":
                return "(exp_pos _)"
            case "rpow":
                return applied("sg_rpow _ _", self.condition(lt(ZERO, t.args[0])))
            case "rat" if t.args[0] > 0:
                return f"(sg_rat {t.args[0]} {t.args[1]})"
        raise Unproved(f"{t} is not plainly positive")

    def _at_each_letter(self, c: Term) -> str:
        at, script = self.new_letter(c), self.script.nested()
        below = self.under(at.args[0], script)
        proof = below.turned(c.args[0], at, below.condition(instantiate(c.args[0], at)), back=True)
        return self.script.have(self.text(c), f"intros {self.text(at)} {within(at)}.\n{script}\nexact {proof}")

    # -- in other words

    def _alike(self, c: Term) -> str | None:
        """A proof from a known statement, or one at a letter, that says the same of proportional numbers."""
        at: list[Term | None] = [None, *in_order(letters(c))]
        for s in self.statements():
            for letter in at if s.op == "every" and c.op != "every" else [None]:
                t = s if letter is None else instantiate(s.args[0], letter)
                if t.op == c.op and similar(self.context, t, c, proportional):
                    return self.restated(t, self._taken(s, () if letter is None else (letter,)), c)
        return None


def multiple(a: Term, b: Term) -> Fraction | None:
    """The rational c with a = c b as rational functions, or None; 1 where both are 0."""
    try:
        c = proportion(a, b)
    except Excess:
        return None
    return None if c is None else Fraction(int(c.p), int(c.q))


def proportional(_: Context, a: Term, b: Term) -> bool:
    """Whether one number is a positive multiple of the other."""
    c = multiple(a, b)
    return c is not None and c > 0
