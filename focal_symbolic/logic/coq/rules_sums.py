"""Proofs of the rules of sums over the alphabet."""

from __future__ import annotations

from functools import partial

from focal_symbolic.logic.coq.bridge import At
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.script import within
from focal_symbolic.logic.coq.statement import Names, number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.terms import (
    Term,
    abstract,
    add,
    every,
    in_order,
    instantiate,
    le,
    letters,
    lt,
    mk,
    substitute,
    subterms,
    total,
)

__all__: list[str] = []

_UNDER = Names(("k0",))


def _summed(step: StepWriter, over: Term) -> tuple[Term, Term]:
    left, right = (total(abstract(s, over)) for s in step.premises[0].conclusion.args)
    return left, right


def _terms(step: StepWriter, place: Place, op: str) -> str:
    """The name of: the relation of the first premise for every letter that is summed over, or the weaker relation `op`."""
    relation, over = step.premises[0].conclusion, step.arguments["over"]
    for_all = every(abstract(relation, over))
    if for_all not in place.facts:  # it does not speak of the letter
        place.facts.learn(for_all, place.have(truth(for_all), f"intros k0 Hk0; exact {place.find(relation)}"))
    if op == relation.op:
        return place.find(for_all)
    weaker = every(abstract(mk(op, *relation.args), over))
    return place.have(truth(weaker), f"intros k0 Hk0; apply Rlt_le; exact ({place.find(for_all)} k0 Hk0)")


@proves("sum_terms")
def _sum_terms(step: StepWriter, place: Place) -> None:
    over, relation = step.arguments["over"], step.premises[0].conclusion
    out = mk(relation.op, *_summed(step, over))
    lemma = {"lt": "(rsum_lt n _ _ Hn)", "le": "rsum_le", "eq": "rsum_ext"}[relation.op]
    place.facts.learn(out, place.have(truth(out), f"apply {lemma}; exact {_terms(step, place, relation.op)}"))
    place.finish(step.here(), [out], step.conclusion)


@proves("sum_strictly")
def _sum_strictly(step: StepWriter, place: Place) -> None:
    over, relation, strict = step.arguments["over"], step.premises[0].conclusion, step.premises[1].conclusion
    context, key = step.given(*step.premises), ("letter", over.args[0])
    out = lt(*_summed(step, over))
    for x in in_order(letters(strict)):
        at_x = lt(*(substitute(s, {key: x}) for s in relation.args))
        if context.alike(strict, at_x):
            break
    else:
        raise Unproved("no letter has the strict inequality.")
    weak, name = _terms(step, place, "le"), place.alike(context, strict, at_x)
    sides = [At(x).number(s.args[0]) for s in out.args]
    start = f"apply (rsum_lt_at n _ _ {number(x)} {within(x)} {weak}); cbv beta; refine (lt_eq _ _ _ _ {name} _ _)"
    tactic = f"{start}; [symmetry; {sides[0]} | symmetry; {sides[1]}]"
    place.facts.learn(out, place.have(truth(out), tactic))
    place.finish(step.here(), [out], step.conclusion)


@proves("sum_term")
def _sum_term(step: StepWriter, place: Place) -> None:
    over = step.arguments["over"]
    term, whole = step.premises[0].conclusion.args[1], _summed(step, over)[1]
    body, key = whole.args[0], ("letter", over.args[0])
    gives = {x: le(substitute(term, {key: x}), whole) for x in in_order(letters(step.conclusion))}
    nonneg = _terms(step, place, "le")

    def tactic(x: Term) -> str:
        term_at = f"(rsum_term n (fun k0 : nat => {number(body, _UNDER)}) {number(x)} {within(x)} {nonneg})"
        return f"refine (le_eq _ _ _ _ {term_at} _ eq_refl); cbv beta; {At(x).number(body)}"

    for x, out in gives.items():
        place.prove_later(out, partial(tactic, x))
    place.finish(step.here(), [*gives.values()], step.conclusion)


@proves("sum_pair")
def _sum_pair(step: StepWriter, place: Place) -> None:
    over, apart = step.arguments["over"], step.premises[1].conclusion
    term, whole = step.premises[0].conclusion.args[1], _summed(step, over)[1]
    body, key = whole.args[0], ("letter", over.args[0])
    at = [next(x for x in in_order(letters(apart)) if substitute(term, {key: x}) is side) for side in apart.args]
    nonneg = _terms(step, place, "le")
    f = f"(fun k0 : nat => {number(body, _UNDER)})"
    values = []
    for x, side in zip(at, apart.args, strict=True):
        values.append(place.have(f"{f} {number(x)} = {number(side)}", f"cbv beta; {At(x).number(body)}"))
    differ = f"(Rlt_not_eq _ _ {place.find(apart)})" if apart.op == "lt" else place.find(apart)
    turned = f"(ne_eq _ _ _ _ {differ} (eq_sym {values[0]}) (eq_sym {values[1]}))"
    pair = place.script.fresh("q")
    letters_ = " ".join([*map(number, at), *map(within, at)])
    whole_pair = f"(rsum_pair n {f} {letters_} {turned} {nonneg})"
    place.script.line(f"pose proof (le_eq _ _ _ _ {whole_pair} (cong2 (f := Rplus) {' '.join(values)}) eq_refl) as {pair}.")
    out = le(add(*apart.args), whole)
    place.facts.learn(out, place.have(truth(out), f"clear - {pair}; lra"))
    place.finish(step.here(), [out], step.conclusion)


@proves("relabel")
def _relabel(step: StepWriter, place: Place) -> None:
    c, at = step.conclusion, mk("fresh", 0)
    place.defined(step.here(), c)
    for plain, moved, turn in ((*c.args, "symmetry; "), (*c.args[::-1], "")):
        body = instantiate(moved.args[0], at)
        for s in in_order(subterms(body)):
            if s.op == "image" and s.args[1] is at and instantiate(plain.args[0], s) is body:
                sigma = s.args[0]
                f = f"(fun k0 : nat => {number(plain.args[0], _UNDER)})"
                bridge = At(mk("image", sigma, mk("bletter", 0)), _UNDER).number(plain.args[0])
                bijection = place.find(mk("bijection", sigma))
                moved_sum = f"transitivity (rsum n (fun k0 : nat => {f} (s_{sigma} k0)))"
                first = f"apply rsum_ext; intros k0 Hk0; cbv beta; symmetry; {bridge}"
                tactic = f"{turn}{moved_sum}; [{first} | exact (rsum_relabel n s_{sigma} {f} Hs_{sigma} {bijection})]"
                place.facts.learn(c, place.have(truth(c), tactic))
                place.close(step.here(), c)
                return
    raise Unproved("the sums do not differ by a relabelling.")
