"""Proofs of statements by their certificates."""

from __future__ import annotations

from focal_symbolic.logic.coq.restating import Restating, either
from focal_symbolic.logic.coq.scope import Certificate, Unproved
from focal_symbolic.logic.coq.script import conjunction
from focal_symbolic.logic.coq.signs import difference
from focal_symbolic.logic.signs import MASK
from focal_symbolic.logic.terms import ZERO, Term, slack

__all__ = ["Proofs"]


class Proofs(Restating):
    """A scope that proves statements by their certificates."""

    def proved(self, s: Term, how: Certificate) -> str:
        """A proof of the statement by its certificate."""
        a = s.args
        match how[0]:
            case "asked":
                return self.condition(s)
            case "known":
                known, proof = self.source(how[1], how[2])
                return self.restated(known, proof, s)
            case "sign":
                return self._relation(s, how[1])
            case "or":
                return either(s, how[1], self.proved(a[how[1]], how[2]))
            case "and":
                return conjunction([self.proved(part, c) for part, c in zip(a, how[1], strict=True)])
            case "given":
                return self._given(s, how[1])
            case "all":
                return self.for_every(s, how[1], lambda below, body: below.proved(body, how[2]))
            case "with":
                return self.using(how[1]).proved(s, how[2])
            case "shown":
                self.showing(how[1])
                return self.proved(s, how[2])
        raise Unproved(f"there is no proof ({how[0]} ...)")

    def _relation(self, s: Term, how: Certificate) -> str:
        t = slack(s)
        proof = self.weakened(self.signs(t, how), MASK[s.op])
        a, b = s.args
        if (a if s.op in ("lt", "le") else b) is ZERO:
            return proof  # the relation compares the slack with 0
        return f"(r_{s.op} _ _ (sg_eq M{MASK[s.op]} _ _ {self.identity(difference(s), t)} {proof}))"

    def _given(self, s: Term, how: Certificate) -> str:
        name, inner = self.script.fresh("G"), self.script.nested()
        below = self.supposing(inner, (s.args[0], name))
        proof = below.proved(s.args[1], how)
        return self.script.have(self.text(s), f"intros {name}.\n{inner}\nexact {proof}")
