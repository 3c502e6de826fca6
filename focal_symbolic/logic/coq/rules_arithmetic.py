"""Proofs of the rules of arithmetic."""

from __future__ import annotations

from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.constants import enclosed
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.statement import number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.signs import MASK, NEG, NIL, POS
from focal_symbolic.logic.terms import ONE, Term, add, le, mk, mul, neg, rpow, slack, sub

__all__: list[str] = []


@proves("identity")
def _identity(step: StepWriter, place: Place) -> None:
    context, c = step.given(*step.premises), step.conclusion
    place.facts.learn(c, place.equal(context, *c.args))
    place.close(step.here(), c)


@proves("sign")
def _sign(step: StepWriter, place: Place) -> None:
    context, c = step.given(*step.premises), step.conclusion
    sign = place.sign(context, slack(c), MASK[c.op])
    start = f"intro; apply {sign}; " if c.op == "ne" else ""
    place.facts.learn(c, place.have(truth(c), f"clear - {sign}; {start}lra"))
    place.close(step.here(), c)


@proves("combination")
def _combination(step: StepWriter, place: Place) -> None:
    context, c = step.given(*step.premises), step.conclusion
    terms, names = [], []
    for w, p in zip(step.arguments["weights"], step.premises, strict=False):
        terms.append(slack(p.conclusion) if w is ONE else mul(w, slack(p.conclusion)))
        names.append(place.find(p.conclusion) if w is ONE else _weighted(place, context, w, p.conclusion))
    place.defined(step.here(), c)
    total = add(*terms)
    if slack(c) is not total:
        names.append(place.equal(context, slack(c), total))
    place.facts.learn(c, place.have(truth(c), f"clear - {' '.join(names)}; lra"))
    place.close(step.here(), c)


def _weighted(place: Place, context: Context, w: Term, r: Term) -> str:
    """The name of: the weight times the slack of r has its sign."""
    a, b, have = number(r.args[0]), number(r.args[1]), place.find(r)
    if r.op == "eq":
        return place.have(f"{number(w)} * ({a} - {b}) = 0", f"exact (weighted_eq _ _ _ {have})")
    positive = context.sign(w, POS)
    sign = place.sign(context, w, POS if positive else POS | NIL)
    if positive and r.op == "lt":
        return place.have(f"0 < {number(w)} * ({b} - {a})", f"exact (weighted_lt _ _ _ {sign} {have})")
    weak = f"(Rlt_le _ _ {sign})" if positive else sign
    below = f"(Rlt_le _ _ {have})" if r.op == "lt" else have
    return place.have(f"0 <= {number(w)} * ({b} - {a})", f"exact (weighted_le _ _ _ {weak} {below})")


@proves("apply")
def _apply(step: StepWriter, place: Place) -> None:
    ordered, function, parameter = step.premises[0].conclusion, step.arguments["function"], step.arguments.get("parameter")
    context = step.given(*step.premises)
    a, b, strictly = ordered.args[0], ordered.args[1], ordered.op == "lt"

    def known(e: Term, *masks: int) -> str:
        return place.sign(context, e, next(m for m in masks if context.sign(e, m)))

    if parameter is None:
        out = mk(ordered.op, mk(function, a), mk(function, b))
        signs = [known(a, POS)] if function == "log" else []
        name = function
    else:
        beyond = parameter if function == "power" else sub(parameter, ONE)
        rises = context.sign(beyond, POS | NIL)
        strictly = strictly and context.sign(beyond, POS if rises else NEG)
        if function == "power":
            sides = [rpow(a, parameter), rpow(b, parameter)]
            signs = [
                known(parameter, POS, POS | NIL) if rises else known(parameter, NEG),
                known(a, POS | NIL) if rises else known(a, POS),
            ]
        else:
            sides = [rpow(parameter, a), rpow(parameter, b)]
            one = known(beyond, *((POS,) if strictly else (POS | NIL,)) if rises else ((NEG,) if strictly else (NEG | NIL,)))
            relation = {True: "<", False: "<="}[strictly]
            text = f"1 {relation} {number(parameter)}" if rises else f"{number(parameter)} {relation} 1"
            signs = [known(parameter, POS), place.have(text, f"clear - {one}; lra")]
        out = mk("lt" if strictly else "le", *(sides if rises else sides[::-1]))
        name = function if rises else f"{function}_falls"
    given = place.find(ordered) if strictly == (ordered.op == "lt") else f"(Rlt_le _ _ {place.find(ordered)})"
    lemma = f"{name}_{'lt' if strictly else 'le'}"
    holes = "_ _ _" if parameter is not None else "_ _"
    place.facts.learn(out, place.have(truth(out), f"refine ({lemma} {holes} {' '.join('_' for _ in signs)} {given}); by_sign"))
    place.finish(step.here(), [out], step.conclusion)


@proves("weaken")
def _weaken(step: StepWriter, place: Place) -> None:
    strict = step.premises[0].conclusion
    out = le(*strict.args)
    if out not in place.facts:
        name = place.find(strict)
        place.facts.learn(out, place.have(truth(out), f"exact (Rlt_le _ _ {name})" if strict.op == "lt" else f"exact {name}"))
    place.finish(step.here(), [out], step.conclusion)


@proves("absolute")
def _absolute(step: StepWriter, place: Place) -> None:
    c, context = step.conclusion, step.given(*step.premises)
    x, b = c.args[0].args[0], c.args[1]
    up, down = mk(c.op, x, b), mk(c.op, neg(x), b)
    one, other = (p.conclusion for p in step.premises)
    place.defined(step.here(), c)
    if not (context.alike(one, up) and context.alike(other, down)):
        one, other = other, one
    names = [place.alike(context, one, up), place.alike(context, other, down)]
    opposite = place.have(f"-1 * {number(x)} {'<' if c.op == 'lt' else '<='} {number(b)}", f"clear - {names[1]}; lra")
    place.facts.learn(c, place.have(truth(c), f"exact (absolute_{c.op} _ _ {names[0]} {opposite})"))
    place.close(step.here(), c)


@proves("absolute_value")
def _absolute_value(step: StepWriter, place: Place) -> None:
    c, context = step.conclusion, step.here()
    a, x = c.args[0], c.args[1].args[0]
    place.defined(context, c)
    if same(a, x):
        name = "eq_refl" if a is x else place.same(context, a, x)
        proof = f"exact (below_absolute _ _ {name})"
    else:
        name = "" if a is neg(x) else place.same(context, a, neg(x))
        closing = f"clear - {name}; lra" if name else "ring"
        proof = f"apply below_absolute_opposite; {closing}"
    place.facts.learn(c, place.have(truth(c), proof))
    place.close(context, c)


@proves("logarithms", "constant")
def _constant(step: StepWriter, place: Place) -> None:
    c = step.conclusion
    place.defined(step.here(), c)
    tactic = enclosed(c)
    step.claim.uses.add("Interval" if tactic is None else "Constants")
    place.facts.learn(c, place.have(truth(c), tactic or "clear; interval with (i_prec 128)"))
    place.close(step.here(), c)
