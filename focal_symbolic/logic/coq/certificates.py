"""Certificates as Coq scripts: signs, proofs of statements and identities, each checked by Coq by itself.

What the checker (`logic/checker.py`) computes, Coq computes again. A certificate that lies gives a script that Coq refuses.
"""

from __future__ import annotations

from typing import Any

from focal_symbolic.logic.certificates import read_certificate
from focal_symbolic.logic.context import CATEGORY
from focal_symbolic.logic.coq.proofs import Proofs
from focal_symbolic.logic.coq.scope import Certificate, Unproved
from focal_symbolic.logic.coq.script import Script
from focal_symbolic.logic.coq.signs import SAYS
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.terms import Term

__all__ = ["Prover", "Script", "Unproved"]


class Prover(Proofs):
    """Proofs in a Coq script, of what is shown in a context of the kernel.

    See `Scope` for what it is to be told: the names of the sources, and of the conditions that are known at the start.
    """

    # -- questions, answered by certificates

    def certificate(self, *question: Any) -> Certificate:
        """The certificate that answers a question in the context. Raises Unproved where there is none."""
        found = self.answers.answer(self.context, question)
        if found is None:
            raise Unproved(f"no certificate for {question}")
        return read_certificate(*found, category=CATEGORY[question[0]])

    def sign(self, e: Term, mask: int) -> str:
        """The name of a hypothesis that says of e just what the mask says, such as 0 < e."""
        self.defined(e)
        proof = self.weakened(self.signs(e, self.certificate("sign", e, mask)), mask)
        return self.script.have(SAYS[mask].format(self.text(e)), f"exact {proof}")

    def prove(self, s: Term) -> str:
        """The name of a hypothesis that is the truth of s."""
        if (known := self.fact(s)) is not None:
            return known
        self.defined(s)
        return self.have(s, self.proved(s, self.certificate("prove", s)))

    def equal(self, a: Term, b: Term) -> str:
        """The name of a hypothesis a = b."""
        if a is b:
            return self.check_identity(a, b, ("same",))
        self.defined(a, b)
        return self.check_identity(a, b, self.certificate("equal", a, b))

    def alike(self, name: str, known: Term, stated: Term) -> str:
        """The name of a hypothesis that is the truth of `stated`, from one of `known`, as the context compares them."""
        return self.have(stated, self.restated(known, name, stated, equal=True))

    def equality(self, a: Term, b: Term) -> str | None:
        """A proof of a = b, where the context finds them equal, or b and a."""
        if a is b:
            return f"(eq_refl {self.text(a)})"
        for x, y in ((a, b), (b, a)):
            if self.context.equal(x, y):
                return self.equal(x, y) if x is a else f"(eq_sym {self.equal(x, y)})"
        return None

    def defined(self, *terms: Term) -> None:
        """Prove every condition of the terms; they are known from here on."""
        for t in terms:
            for c in sorted(conditions(t), key=lambda c: (c.nodes, c.digest)):
                if self.fact(c) is None:
                    self.have(c, self.proved(c, self.certificate("prove", c)))

    # -- certificates at hand

    def check_sign(self, e: Term, how: Certificate) -> tuple[str, int]:
        """The name of a hypothesis that says which signs the certificate leaves, and these as a mask."""
        return self.named(e, self.signs(e, how))

    def check_proof(self, s: Term, how: Certificate) -> str:
        """The name of a hypothesis that is the truth of s."""
        return self.have(s, self.proved(s, how))

    def check_identity(self, a: Term, b: Term, how: Certificate) -> str:
        """The name of a hypothesis a = b."""
        return self.script.have(f"{self.text(a)} = {self.text(b)}", f"exact {self.identified(a, b, how)}")

    def identified(self, a: Term, b: Term, how: Certificate) -> str:
        """A proof of a = b."""
        match how[0]:
            case "with":
                return self.using(how[1]).identified(a, b, how[2])
            case "shown":
                self.showing(how[1])
                return self.identified(a, b, how[2])
        return self.identity(a, b)
