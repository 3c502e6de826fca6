"""Proofs of the rules of values in (-oo, +oo]."""

from __future__ import annotations

from collections.abc import Callable

from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.coq.bridge import joined
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.statement import Names, number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.rules.extended import _allowed, _compared, _finite_of, _truth
from focal_symbolic.logic.signs import ANY, NEG, NIL, POS
from focal_symbolic.logic.terms import INFINITY, RELATIONS, Term, abstract, every, free, mk, neg, slack, subterms

__all__: list[str] = []

_DECIDED = {"lt": "Rlt_dec", "le": "Rle_dec", "eq": "Req_EM_T"}


@proves("finite_value")
def _finite_value(step: StepWriter, place: Place) -> None:
    c = step.conclusion
    context = step.given(*step.premises)
    value, condition = _finite_of(c)
    place.defined(step.here(), c)
    table = _Table(place, c, value, condition)
    for x in _compared(condition, *value.args[1::2]):
        mask = _allowed(context, x)
        table.numbers.append((x, mask, "" if mask == ANY else place.sign(context, x, mask)))
    for r in table.relations:
        x = table.number_of(r)
        if slack(r) is not x:
            table.equations[r] = place.same(context, slack(r), x if same(slack(r), x) else neg(x))
    place.facts.learn(c, place.have(truth(c), table.rows({})))
    place.close(step.here(), c)


class _Table:
    """The proof of an equivalence, row by row of the signs of the numbers that are compared."""

    def __init__(self, place: Place, c: Term, value: Term, condition: Term):
        self.place, self.value, self.condition, self.turned = place, value, condition, c.args[0].op != "finite"
        self.relations = sorted(
            {r for s in (condition, *value.args[1::2]) for r in subterms(s) if r.op in RELATIONS}, key=lambda r: r.digest
        )
        self.numbers: list[tuple[Term, int, str]] = []
        self.equations: dict[Term, str] = {}

    def number_of(self, r: Term) -> Term:
        """The number that a relation compares."""
        for x, _, _ in self.numbers:
            if same(slack(r), x) or same(slack(r), neg(x)):
                return x
        raise Unproved(f"{r} compares none of the numbers.")

    def rows(self, signs: dict[Term, int]) -> str:
        """The proof where these numbers have these signs (their hypotheses are called T0, T1, ...)."""
        k = len(signs)
        if k == len(self.numbers):
            return self.row(signs)
        x, allowed, name = self.numbers[k]
        blocks = []
        for m in (NEG, NIL, POS):
            block = self.rows({**signs, x: m}) if allowed & m else f"exfalso; clear - {name} T{k}; by_sign."
            blocks.append(f"{{ {block} }}")
        return "\n".join([f"destruct (sign_of {number(x)}) as [T{k} | [T{k} | T{k}]].", *blocks])

    def row(self, signs: dict[Term, int]) -> str:
        """The proof in one row: which relations hold, which case that makes the first, and whether it is finite."""
        lines, names = [], {}
        for k, r in enumerate(self.relations):
            x = self.number_of(r)
            text = truth(r) if _truth(r, signs) else f"~ {truth(r)}"
            keep = f"T{list(signs).index(x)} {self.equations.get(r, '')}"
            names[r] = f"R{k}"
            lines.append(f"assert (R{k} : {text}). {{ clear - {keep}; by_sign. }}")
        first = self.value.args[-2]
        for k, (found, case) in enumerate(zip(self.value.args[:-2:2], self.value.args[1:-2:2], strict=True)):
            test = " ".join([_DECIDED[case.op], *map(number, case.args)])
            if _truth(case, signs):
                lines.append(f"destruct ({test}) as [X{k} | X{k}]; [ | exfalso; exact (X{k} {names[case]}) ].")
                first = found
                break
            lines.append(f"destruct ({test}) as [X{k} | X{k}]; [ exfalso; exact ({names[case]} X{k}) | ].")
        holds = self.proof(self.condition, signs, names)
        if first is INFINITY:
            ways = ["intro F; discriminate F", f"intro F; exfalso; exact ({holds} F)"]
        else:
            ways = [f"intros _; exact {holds}", "intros _; reflexivity"]
        lines.append(f"split; [ {' | '.join(ways[::-1] if self.turned else ways)} ].")
        return "\n".join(lines)

    def proof(self, s: Term, signs: dict[Term, int], names: dict[Term, str]) -> str:
        """A proof of a Boolean of comparisons, or where it is false of its negation."""
        if s.op in RELATIONS:
            return names[s]
        if s.op == "true":
            return "I"
        holds, a = _truth(s, signs), s.args
        parts = [self.proof(t, signs, names) for t in a]
        match s.op, holds:
            case "not", True:
                return parts[0]
            case "not", False:
                return f"(fun H => H {parts[0]})"
            case "implies", True:
                return f"(fun _ => {parts[1]})" if _truth(a[1], signs) else f"(fun H => False_ind _ ({parts[0]} H))"
            case "implies", False:
                return f"(fun H => {parts[1]} (H {parts[0]}))"
            case "and", True:
                return joined(parts)
            case "or", False:
                return f"(fun H => {_refuted(parts, 'H')})"
        k = next(k for k, t in enumerate(a) if _truth(t, signs) is (s.op == "or"))
        last = k == len(a) - 1
        if s.op == "or":
            proof = parts[k] if last else f"(or_introl {parts[k]})"
            return "(or_intror " * k + proof + ")" * k
        taken = "(proj2 " * k + "H" + ")" * k
        return f"(fun H => {parts[k]} {taken if last else f'(proj1 {taken})'})"


def _refuted(parts: list[str], name: str) -> str:
    """False, from a disjunction all parts of which are refuted."""
    if len(parts) == 1:
        return f"({parts[0]} {name})"
    return f"(or_ind {parts[0]} (fun {name}_ => {_refuted(parts[1:], f'{name}_')}) {name})"


@proves("finite_sum")
def _finite_sum(step: StepWriter, place: Place) -> None:
    terms = step.premises[0]
    value, condition = _finite_of(terms.conclusion)
    fixed = {key for h in terms.hypotheses for key in free(h)}
    gives = []
    for key in sorted(free(terms.conclusion) - fixed):
        if key[0] == "letter":
            at = mk(*key)
            body = abstract(value, at)
            out = mk("iff", mk("finite", mk("esum", body)), every(abstract(condition, at)))
            place.facts.later[out] = _sum_of(place, out, body, abstract(condition, at), every(abstract(terms.conclusion, at)))
            gives.append(out)
    place.finish(step.here(), gives, step.conclusion)


def _sum_of(place: Place, out: Term, body: Term, condition: Term, terms: Term) -> Callable[[], str]:
    def make() -> str:
        under = Names(("k0",))
        of = f"(fun k0 : nat => {number(body, under)}) (fun k0 : nat => {truth(condition, under)})"
        each = f"exact ({place.find(terms)} k0 Hk0)"
        if terms.args[0].args[0].op != "finite":
            each = f"apply iff_sym; {each}"
        turn = "apply iff_sym; " if out.args[0].op != "finite" else ""
        never = "intros k0 Hk0; cbv beta; no_minus_infinity"
        return place.have(truth(out), f"{turn}apply (finite_sum n {of}); [{never} | intros k0 Hk0; cbv beta; {each}]")

    return make
