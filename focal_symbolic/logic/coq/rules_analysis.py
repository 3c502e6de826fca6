"""Proofs of the rules of analysis. Nothing is cited: the classical theorems are Coq's (`library/Calculus.v`, `Inverse.v`)."""

from __future__ import annotations

from collections.abc import Sequence

from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import Closed, Put, joined, opened, parts_of
from focal_symbolic.logic.coq.calculus import Calculus
from focal_symbolic.logic.coq.facts import in_hypothesis_order
from focal_symbolic.logic.coq.lemmas import Lemma, continuity, lambda_of
from focal_symbolic.logic.coq.limits import Limit
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.statement import CLOSED, Names, number, truth
from focal_symbolic.logic.coq.step import StepWriter, proves
from focal_symbolic.logic.kernel import Theorem
from focal_symbolic.logic.meaning import declarations
from focal_symbolic.logic.rules.analysis import _between, _bounds, _inverts
from focal_symbolic.logic.rules.common import inequality, sides
from focal_symbolic.logic.signs import NIL, POS
from focal_symbolic.logic.terms import (
    Term,
    derivative,
    free,
    le,
    lt,
    mk,
    neg,
    open_real,
    slack,
    sub,
)

__all__: list[str] = []


# -- monotone functions ----------------------------------------------------------------------------------------------------


@proves("monotone")
def _monotone(step: StepWriter, place: Place) -> None:
    rate, ordered = step.premises[:2]
    function, variable = step.arguments["function"], step.arguments["variable"]
    x = variable.args[0]
    a, apart, b = sides(ordered.conclusion)
    strictly = apart and rate.conclusion.op == "lt"
    bounds, used = _bounds(rate, x), step.premises[1:]
    inside, closed = _between(step.here(used), bounds, a, b, variable)
    hypotheses = in_hypothesis_order(step.theorem)
    on = continuity(step, "c", [*hypotheses, *closed], step.here(used, closed), function, x)
    within = Lemma(step, "d", [*hypotheses, *inside, *closed])
    rises = _rate(step, within, inside, closed, function, x, strictly)
    # both at a number t between a and b
    low, high = number(a), number(b)
    weak, strict = ("Ha", "Hb"), ("(Rlt_le _ _ Ha)", "(Rlt_le _ _ Hb)")
    closed_names = _bounds_reach(step, place, closed, (a, variable, b), True)
    inside_names = _bounds_reach(step, place, [s for s in inside if s not in closed], (a, variable, b), False)
    closed_at = _at_t(closed_names, weak) | dict(zip((le(a, variable), le(variable, b)), weak, strict=True))
    inside_at = _at_t(closed_names, strict) | _at_t(inside_names, weak)
    inside_at |= dict(zip((le(a, variable), le(variable, b), lt(a, variable), lt(variable, b)), strict + weak, strict=True))
    f, of = lambda_of(x, function), lambda_of(x, derivative(function, x))
    c = place.have(
        f"forall t : R, {low} <= t -> t <= {high} -> continuity_pt {f} t",
        f"intros t Ha Hb; exact {on.applied(place, {x: 't'}, closed_at)}",
    )
    sign = f"{'0 < ' if strictly else '0 <= '}{of} t" if rises else f"{of} t {'< 0' if strictly else '<= 0'}"
    d = place.have(
        f"forall t : R, {low} < t -> t < {high} -> derivable_pt_lim {f} t ({of} t) /\\ {sign}",
        f"intros t Ha Hb; exact {within.applied(place, {x: 't'}, inside_at)}",
    )
    order = place.find(ordered.conclusion) if strictly == apart else f"(Rlt_le _ _ {place.find(ordered.conclusion)})"
    name = place.script.fresh("m")
    lemma = f"{'rises' if rises else 'falls'}_{'lt' if strictly else 'le'}"
    place.script.line(f"pose proof ({lemma} {f} {of} {low} {high} {c} {order} {d}) as {name}. cbv beta in {name}.")
    ends = [Put({("var", x): e}) for e in ((a, b) if rises else (b, a))]
    out = inequality(ends[0].image(function), strictly, ends[1].image(function))
    tactics = " | ".join(end.number(function) for end in ends)
    place.facts.learn(out, place.have(truth(out), f"refine ({out.op}_eq _ _ _ _ {name} _ _); [{tactics}]"))
    place.finish(step.here(), [out], step.conclusion)


def _rate(step: StepWriter, within: Lemma, inside: list[Term], closed: list[Term], f: Term, x: str, strictly: bool) -> bool:
    """Close the lemma: f has its derivative at the variable, and this is of one sign. Whether f rises."""
    rate, used, place = step.premises[0], step.premises[1:], within.place
    exact, stated = derivative(f, x), slack(rate.conclusion)
    between, known = step.here(used, inside), step.here(used, [*inside, rate.conclusion])
    rises = known.equal(stated, exact)
    place.defined(step.here(used, closed), f)
    equal = "" if stated is exact else place.equal(known, stated, exact if rises else neg(exact))
    relation = "<" if strictly else "<="
    sign = f"0 {relation} {number(exact)}" if rises else f"{number(exact)} {relation} 0"
    name = place.have(sign, f"clear - {place.find(rate.conclusion)} {equal}; lra")  # from the sign that the premise states
    calculus = _Between(place, between, x, step.here(used, closed))
    tactic = calculus.differentiated(f, CLOSED)
    place.script.line(f"split; [{tactic} | exact {name}].")
    within.close(f"derivable_pt_lim {lambda_of(x, f)} v_{x} {number(exact)} /\\ {sign}")
    return rises


class _Between(Calculus):
    """Derivatives between the ends; the base of a power with the variable in the exponent only is positive up to the ends."""

    def __init__(self, place: Place, context: Context, variable: str, closed: Context):
        super().__init__(place, context, variable)
        self.closed = closed

    def positive(self, base: Term, names: Names, at: tuple[Term, ...]) -> str:
        if self.key in free(base):
            return super().positive(base, names, at)
        return Calculus(self.place, self.closed, self.variable).positive(base, names, at)


def _bounds_reach(
    step: StepWriter, place: Place, statements: list[Term], ends: tuple[Term, Term, Term], closed: bool
) -> dict[Term, str]:
    """The names of: each bound of the variable holds of every t in [a, b], or in (a, b)."""
    (a, v, b), known, out = ends, step.here(step.premises[1:]), dict[Term, str]()
    between = "<=" if closed else "<"
    for s in statements:
        smaller, strictly, larger = sides(s)
        bound = larger if smaller is v else smaller
        if bound not in (a, b) or (closed and strictly):
            gap = sub(bound, b) if smaller is v else sub(a, bound)
            name = place.sign(known, gap, POS if known.sign(gap, POS) else POS | NIL)
            relation = f"{'<' if strictly else '<='}"
            text = f"t {relation} {number(bound)}" if smaller is v else f"{number(bound)} {relation} t"
            of_t = f"forall t : R, {number(a)} {between} t -> t {between} {number(b)} -> {text}"
            out[s] = place.have(of_t, f"clear - {name}; intros; lra")
    return out


def _at_t(names: dict[Term, str], ends: tuple[str, str]) -> dict[Term, str]:
    return {s: f"({name} t {ends[0]} {ends[1]})" for s, name in names.items()}


# -- roots -----------------------------------------------------------------------------------------------------------------


@proves("root", "root_of_sup")
def _root(step: StepWriter, place: Place) -> None:
    falling, above, below, ordered = (p.conclusion for p in step.premises[:4])
    c, others = step.conclusion, _others(step)
    a, b, body = c.args
    names = sorted(free(falling) - free(c))
    given = step.given(step.premises[0])
    x, later = next(keys for keys in (names, names[::-1]) if given.alike(falling, _falls(body, *(mk(*key) for key in keys))))
    equation = open_real(body, mk(*x))
    f, value = equation.args
    place.defined(step.here(), c, value)
    low, high, fun = number(a), number(b), lambda_of(x[1], f)
    falls = _falling_at(step, place, body, (x[1], later[1]), f)
    known, at_ends = step.here([*step.premises[1:4], *others]), []
    for end, premise, stated in ((a, above, "{1} <= {0}"), (b, below, "{0} <= {1}")):
        put = Put({("var", x[1]): end})
        at_end = put.image(f)
        name = place.alike(known, premise, le(value, at_end) if end is a and premise is above else le(at_end, value))
        turns = ["exact eq_refl", f"symmetry; {put.number(f)}"]
        goal = stated.format(f"{fun} {number(end)}", number(value))
        order = turns if premise is above else turns[::-1]
        at_ends.append(place.have(goal, f"cbv beta; refine (le_eq _ _ _ _ {name} _ _); [{' | '.join(order)}]"))
    ends_ordered = place.alike(known, ordered, le(a, b))
    if step.step.rule == "root_of_sup":
        on = step.here([step.premises[3], *others], [le(a, mk(*x)), le(mk(*x), b)])
        limit = Limit(step, place, equation, (a, b), x[1], on, ends_ordered)
        lemma, defined = f"one_root_of_limit {limit.on_interval()} {number(value)}", limit.defined()
    else:
        continuous, defined = _on_interval(step, place, equation, (a, b), x[1])
        lemma = f"one_root {fun} {number(value)} {low} {high} {ends_ordered} {continuous}"
    applied = f"{lemma} {' '.join(at_ends)} {falls}"
    place.facts.learn(c, place.have(truth(c), _exactly_one(applied, equation, body, x[1], defined)))
    place.close(step.here(), c)


def _others(step: StepWriter) -> Sequence[Theorem]:
    """The premises beyond those that have a place of their own, without those that say of a function that it is an inverse."""
    more = step.premises[5 if step.step.rule == "root_of_sup" else 4 :]
    return [p for p in more if not any(_inverts(p, of) for of in declarations())]


def _falls(body: Term, var: Term, other: Term) -> Term:
    """f(later) < f(earlier)."""
    return lt(open_real(body, other).args[0], open_real(body, var).args[0])


def _on_interval(step: StepWriter, place: Place, equation: Term, ends: tuple[Term, Term], x: str) -> tuple[str, str]:
    """The names of: the function is continuous, and the equation is defined, at each number between the ends."""
    (f, value), var, (a, b) = equation.args, mk("var", x), ends
    between, hypotheses = [le(a, var), le(var, b)], in_hypothesis_order(step.theorem)
    context = step.here([step.premises[3], *_others(step)], between)
    at = dict(zip(between, ("Ha", "Hb"), strict=True))
    on = continuity(step, "c", [*hypotheses, *between], context, f, x)
    lemma = Lemma(step, "e", [*hypotheses, *between])
    lemma.place.defined(context, f, value)
    conditions_ = parts_of(equation)[:-1]
    lemma.place.script.line(f"exact {joined([*(lemma.place.find(d) for d in conditions_), 'I'])}.")
    goal = " /\\ ".join([*map(truth, conditions_), "True"])
    lemma.close(goal)
    bound = f"forall v_{x} : R, {number(a)} <= v_{x} -> v_{x} <= {number(b)} -> "
    names = []
    for one, text in ((on, f"continuity_pt {lambda_of(x, f)} v_{x}"), (lemma, goal)):
        names.append(place.have(bound + text, f"intros t Ha Hb; exact {one.applied(place, {x: 't'}, at)}"))
    return names[0], names[1]


def _falling_at(step: StepWriter, place: Place, body: Term, names: tuple[str, str], f: Term) -> str:
    """The name of: the function falls strictly on the interval."""
    var, other = (mk("var", name) for name in names)
    falling, (a, b, _) = step.premises[0], step.conclusion.args
    pair = [le(a, var), le(var, b), lt(a, other), lt(var, b), lt(var, other), le(other, b)]
    lemma = Lemma(step, "f", [*in_hypothesis_order(step.theorem), *pair])
    inner, context = lemma.place, step.here([step.premises[3], *_others(step)], pair)
    for h in in_hypothesis_order(falling):
        if h not in step.theorem.hypotheses:
            inner.shown(context, h)
    inner.assume(falling.conclusion, inner.posed(0))
    stated = _falls(body, var, other)
    context = step.given(falling)
    inner.defined(context, stated)
    name = inner.alike(context, falling.conclusion, stated)
    turn = f"symmetry; {Put({('var', names[0]): other}).number(f)}"
    inner.script.line(f"cbv beta. refine (lt_eq _ _ _ _ {name} _ _); [{turn} | exact eq_refl].")
    fun = lambda_of(names[0], f)
    lemma.close(f"{fun} v_{names[1]} < {fun} v_{names[0]}")
    low, high = number(a), number(b)
    further = {"Z1": f"t <= {high}", "Z2": f"{low} < u", "Z3": f"t < {high}"}
    shown = "; ".join(f"assert ({name} : {text}) by (clear - Ha Hm Hb; lra)" for name, text in further.items())
    order = dict(zip(pair, ("Ha", "Z1", "Z2", "Z3", "Hm", "Hb"), strict=True))
    return place.have(
        f"forall t u : R, {low} <= t -> t < u -> u <= {high} -> {fun} u < {fun} t",
        f"intros t u Ha Hm Hb; {shown}; exact {lemma.applied(place, {names[0]: 't', names[1]: 'u'}, order)}",
    )


def _exactly_one(applied: str, equation: Term, body: Term, x: str, defined: str) -> str:
    """The tactic for «exactly one number satisfies the equation, defined there»."""
    there, back = (Closed(x, Names(reals=(name,))) for name in ("r", "y"))
    sources = parts_of(equation)
    pattern, names = opened("d", len(sources))  # the conditions, and True
    proofs = dict(zip(sources, [*names[:-1], "re"], strict=True))
    tactics = []
    for q in parts_of(body):
        p = next(p for p in sources if there.image(p) is q)
        tactics.append(there.forth(p, proofs[p]))
    unknown, own = opened("e", len(sources))
    goal = joined(["ra", "rb", *("_" for _ in tactics)])
    equal = own[[back.image(p) for p in sources].index(body)] if len(sources) == 1 else own[-1]
    take = f"destruct ({defined} r ra rb) as {pattern}; " if len(sources) > 1 else ""
    split_ = f"destruct ye as {unknown}; " if len(sources) > 1 else ""
    equal = equal if len(sources) > 1 else "ye"
    return (
        f"destruct ({applied}) as (r & (ra & rb & re) & ru); cbv beta in re, ru; {take}exists r; split; "
        f"[cbv beta; refine {goal}; [{' | '.join(tactics)}] | "
        f"intros y (ya & yb & ye); {split_}apply ru; [exact ya | exact yb | {back.back(equation, equal)}]]"
    )
