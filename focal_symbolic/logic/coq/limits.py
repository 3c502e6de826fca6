"""The supremum of dominated sums as a function of a variable: where it is defined and continuous (`library/Suprema.v`)."""

from __future__ import annotations

from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import parts_of
from focal_symbolic.logic.coq.facts import arguments, in_hypothesis_order
from focal_symbolic.logic.coq.lemmas import Lemma, continuity, lambda_of
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.script import conjunction, projections
from focal_symbolic.logic.coq.statement import Names, number, truth
from focal_symbolic.logic.coq.step import StepWriter
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.rules.analysis import dominating
from focal_symbolic.logic.terms import Term, in_order, is_rigid, le, mk, total

__all__ = ["Limit"]

_ANY = {"letter": ("0%nat", "Hk"), "image": ("(fun k => k)", "(fun k H => H)")}
"""What is put for letters, of which nothing speaks, at another size of the alphabet."""


class Limit:
    """A supremum of sums that is dominated on an interval, for a step `root_of_sup`.

    `on` is where the kernel asked what is known of the variable, between the ends; `ordered` names a proof of their order.
    """

    def __init__(
        self, step: StepWriter, place: Place, equation: Term, ends: tuple[Term, Term], x: str, on: Context, ordered: str
    ):
        self.step, self.place, self.x, self.equation, self.on, self.ordered = step, place, x, equation, on, ordered
        (self.whole,) = equation.args[0].args
        self.said = step.premises[4].conclusion
        most = dominating(self.said, self.whole.args[0])
        if most is None:
            raise Unproved("nothing dominates the sums.")
        self.bounded, (self.a, self.b) = mk("bounded", total(most)), ends
        self.between = [le(self.a, mk("var", x)), le(mk("var", x), self.b)]
        self.low, self.high = number(self.a), number(self.b)
        below = Names(("k0",))
        self.terms = f"(fun (k0 : nat) (v_{x} : R) => {number(self.whole.args[0], below)})"
        self.most = f"(fun k0 : nat => {number(most, below)})"
        self.parts = [*dict.fromkeys([*parts_of(self.said), self.bounded, *in_order(conditions(equation.args[1]))])]
        self.name = self._known()
        self.dominated, self.finite = self._dominated(), self.of(self.bounded, f"{self.low} (Rle_refl _) {ordered}")

    def every(self, text: str, more: str = "") -> str:
        """A statement for each value of the variable between the ends."""
        return f"forall v_{self.x} : R, {self.low} <= v_{self.x} -> v_{self.x} <= {self.high} -> {more}{text}"

    def of(self, s: Term, at: str = "t Ha Hb") -> str:
        """A proof of a part of what is known at a number between the ends."""
        return projections(f"({self.name} {at})", len(self.parts) + 1)[self.parts.index(s)]

    def _known(self) -> str:
        """The name of: what the premise says, which dominates the sums, and what else is asked for, at each number."""
        lemma = Lemma(self.step, "g", [*in_hypothesis_order(self.step.theorem), *self.between])
        inner = lemma.place
        for h in in_hypothesis_order(self.step.premises[4]):
            if h not in self.step.theorem.hypotheses:
                inner.shown(self.on, h)
        inner.assume(self.said, inner.posed(4))
        inner.shown(self.on, self.bounded)
        inner.defined(self.on, self.equation.args[1])
        inner.script.line(f"exact {conjunction([*map(inner.find, self.parts), 'I'])}.")
        goal = " /\\ ".join([*map(truth, self.parts), "True"])
        lemma.close(goal)
        at = dict(zip(self.between, ("Ha", "Hb"), strict=True))
        return self.place.have(self.every(goal), f"intros t Ha Hb; exact {lemma.applied(self.place, {self.x: 't'}, at)}")

    def _dominated(self) -> str:
        """The name of: the terms are at least 0, and at most what dominates them."""
        text = f"0 <= {self.terms} i v_{self.x} /\\ {self.terms} i v_{self.x} <= {self.most} i"
        return self.place.have(
            self.every(text, "forall k : nat, (0 < k)%nat -> forall i : nat, (i < k)%nat -> "),
            f"intros t Ha Hb k Hk i Hi; destruct ({self.of(self.said)} k Hk i Hi) as (P & Q); split; assumption",
        )

    def _continuous(self) -> str:
        """The name of: the sums are continuous, at every size of the alphabet."""
        body = self.said.args[0]
        known = [s for s in self.on.sources if is_rigid(s)]
        context = Context(self.step.answers, [body], known)
        lemma = continuity(self.step, "c", [*known, body], context, self.whole, self.x)
        at = dict(zip(self.between, ("Ha", "Hb"), strict=True))
        proofs = []
        for h in lemma.hypotheses[:-1]:
            inside = [at.get(s) or self.place.find(s) for s in parts_of(h)]
            proofs.append(conjunction(inside))
        rigid = {s: self.of(s) for s in self.parts}
        proofs.append(conjunction([rigid[s] if is_rigid(s) else f"({rigid[mk('parts', s)]} k Hk)" for s in parts_of(body)]))
        put = {("var", self.x): ("t",)} | {key: _ANY[key[0]] for key in self.step.symbols if key[0] in _ANY}
        given = " ".join([lemma.name, "k", "Hk", *arguments(self.step.symbols, put)[2:], *proofs])
        sums = lambda_of(self.x, self.whole).replace(f"=> {number(self.whole)}", f"=> {number(self.whole, Names(size='k'))}")
        return self.place.have(
            self.every(f"continuity_pt {sums} v_{self.x}", "forall k : nat, (0 < k)%nat -> "),
            f"intros t Ha Hb k Hk; exact ({given})",
        )

    def on_interval(self) -> str:
        """What `one_root_of_limit` is applied to, up to the value."""
        sums = f"{self.terms} {self.most} {self.low} {self.high} {self.ordered}"
        return f"{sums} {self.dominated} {self.finite} {self._continuous()}"

    def defined(self) -> str:
        """The name of: the equation is defined at each number between the ends."""
        wanted = parts_of(self.equation)[:-1]
        ends = f"{self.terms} {self.most} {self.low} {self.high}"
        own = {mk("bounded", self.whole): f"(dominated_finite {ends} {self.dominated} {self.finite} t Ha Hb)"}
        proofs = [own.get(s) or self.of(s) for s in wanted]
        goal = " /\\ ".join([*map(truth, wanted), "True"])
        return self.place.have(self.every(goal), f"intros t Ha Hb; exact {conjunction([*proofs, 'I'])}")
