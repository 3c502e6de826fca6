"""Rules of analysis, each from a classical theorem whose hypotheses are checked: monotone functions, inverses, roots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from focal_symbolic.errors import Rejected
from focal_symbolic.logic.context import Answers, Context
from focal_symbolic.logic.kernel import Outcome, Theorem, demand, here, rule
from focal_symbolic.logic.meaning import Declaration, declaration, declarations
from focal_symbolic.logic.rules.common import (
    CONTINUOUS_INVERSE,
    INTERMEDIATE_VALUE,
    MEAN_VALUE,
    arbitrary,
    given,
    inequality,
    sides,
    union,
)
from focal_symbolic.logic.signs import NIL, POS
from focal_symbolic.logic.terms import (
    NUMBER,
    ONE,
    ZERO,
    Key,
    Term,
    derivative,
    eq,
    free,
    in_order,
    instantiate,
    is_rigid,
    le,
    lt,
    mk,
    neg,
    open_real,
    slack,
    sub,
    substitute,
    total,
)

__all__ = ["dominating", "falls_once"]

_CONTINUOUS = frozenset({"var", "add", "mul", "ipow", "rpow", "log", "exp", "sum", "decl"})


def _walk(known: Context, t: Term) -> Iterator[Term]:
    """Every part of t, bound letters opened with fresh ones."""
    yield t
    for s in [instantiate(t.args[0], known.fresh(t))] if t.op == "sum" else t.terms:
        yield from _walk(known, s)


def _continuous(known: Context, f: Term, x: str, premises: Sequence[Theorem]) -> None:
    """Refuse unless f is continuous in x where what is known of x holds.

    It is defined there, a power with x in the exponent has a positive base, and a declared inverse is shown to be one by a
    premise.
    """
    missing = known.undefined(f)
    demand(missing is None, "nothing shows {}, without which {} is undefined.", missing, f)
    for s in _walk(known, f):
        if ("var", x) not in free(s):
            continue
        demand(s.op in _CONTINUOUS, "{} is not known to be continuous.", s.op)
        if s.op == "rpow" and ("var", x) in free(s.args[1]):
            demand(known.sign(s.args[0], POS), "{} may jump.", s)
        if s.op == "decl":
            demand(all(("var", x) not in free(a) for a in s.args[2:]), "{} is inverted in one argument only.", s)
            inverse_of = declaration(s.args[0])
            demand(any(_inverts(p, inverse_of) for p in premises), "no premise shows that {} is an inverse.", s.args[0])


def _differentiable(known: Context, f: Term, x: str) -> None:
    """Refuse unless f, which is continuous in x, has the derivative that is made of it where what is known of x holds.

    Of what is declared none is made.
    """
    for s in _walk(known, f):
        if s.op == "rpow" and ("var", x) in free(s.args[0]):
            demand(known.sign(s.args[0], POS), "{} is not known to be differentiable.", s)


def _inverts(p: Theorem, of: Declaration) -> bool:
    """Whether a theorem says that the declared function is the inverse on its whole domain, and assumes nothing else.

    Only the rule `inverse` gives such a theorem, and it has shown that the function falls from beyond any value to below it.
    """
    parts = p.conclusion.args if p.conclusion.op == "and" else (p.conclusion,)
    for s in parts:
        for at, y in (s.args, s.args[::-1]) if s.op == "eq" else ():
            if y.op == "var" and y.args[0] not in of.parameters:
                c = [mk("var", name) for name in of.parameters]
                x = mk("decl", of.name, y, *c)
                if at is of.at(x, *c) and p.hypotheses == of.domain(y, *c):
                    return True
    return False


@dataclass
class _Bounds:
    """What the hypotheses of a theorem say of a variable: bounds below and above, strict or not, and the other hypotheses."""

    low: list[tuple[Term, bool]]
    high: list[tuple[Term, bool]]
    other: frozenset[Term]


def _bounds(p: Theorem, x: str) -> _Bounds:
    found = _Bounds([], [], frozenset(h for h in p.hypotheses if ("var", x) not in free(h)))
    v = mk("var", x)
    for h in in_order(p.hypotheses - found.other):
        a, strictly, b = sides(h)
        if b is v and ("var", x) not in free(a):
            found.low.append((a, strictly))
        else:
            demand(a is v and ("var", x) not in free(b), "{} is not a bound of {}.", h, x)
            found.high.append((b, strictly))
    return found


@rule(MEAN_VALUE, function=NUMBER, variable=NUMBER)
def monotone(
    answers: Answers, _: Term, rate: Theorem, ordered: Theorem, /, *premises: Theorem, function: Term, variable: Term
) -> Outcome:
    """f(a) < f(b) or f(a) > f(b), from the sign of f' strictly between a and b, and a < b or a <= b.

    The first premise says the sign of f' under bounds of the variable; the premises show that these hold strictly between a
    and b, and that f is continuous on [a, b] and differentiable on (a, b).
    """
    demand(variable.op == "var", "{} is not a variable.", variable)
    x = variable.args[0]
    _, strictly, _ = sides(rate.conclusion)
    a, apart, b = sides(ordered.conclusion)
    demand(("var", x) not in free(a) | free(b), "the ends speak of {}.", x)
    arbitrary(("var", x), ordered, *premises)
    bounds = _bounds(rate, x)
    hypotheses = union(ordered, *premises) | bounds.other
    used = [ordered, *premises]
    inside, closed = _between(here(answers, hypotheses, used), bounds, a, b, variable)
    between = here(answers, hypotheses, used, inside)
    _continuous(here(answers, hypotheses, used, closed), function, x, premises)
    _differentiable(between, function, x)
    exact, stated = derivative(function, x), slack(rate.conclusion)
    at_a, at_b = (substitute(function, {("var", x): e}) for e in (a, b))
    known = here(answers, hypotheses, used, [*inside, rate.conclusion])
    if known.equal(stated, exact):
        out = inequality(at_a, strictly and apart, at_b)
    else:
        demand(known.equal(stated, neg(exact)), "{} is not about the derivative {}.", rate.conclusion, exact)
        out = inequality(at_b, strictly and apart, at_a)
    return Outcome(hypotheses, (out,))


def _between(known: Context, bounds: _Bounds, a: Term, b: Term, v: Term) -> tuple[list[Term], list[Term]]:
    """What holds of the variable on (a, b), and on [a, b]; the bounds are shown to reach as far."""
    inside, closed = [lt(a, v), lt(v, b)], [le(a, v), le(v, b)]
    for found, up in ((bounds.low, False), (bounds.high, True)):
        for bound, strictly in found:
            demand(strictly, "the derivative is asked for strictly between its bounds.")
            gap = sub(bound, b) if up else sub(a, bound)
            beyond = known.sign(gap, POS)
            demand(beyond or known.sign(gap, POS | NIL), "{} is not shown to be nonnegative.", gap)
            inside.append(lt(v, bound) if up else lt(bound, v))
            closed.append(inequality(v, beyond, bound) if up else inequality(bound, beyond, v))
    return inside, closed


@rule(INTERMEDIATE_VALUE, CONTINUOUS_INVERSE, high=NUMBER, low=NUMBER)
def inverse(
    answers: Answers, c: Term, falling: Theorem, above: Theorem, below: Theorem, /, *premises: Theorem, high: Term, low: Term
) -> Outcome:
    """What a declared inverse x of f at y is: 0 < x, x < 1, f(x) = y, for y > 0 and positive parameters.

    The premises: f' < 0 on the whole of (0, 1); f is above y at the point `high` of (0, 1), and below y at `low`.
    """
    for of in declarations():
        for y in sorted(key for p in (above, below) for key in free(p.conclusion) if key[0] == "var"):
            if y[1] not in of.parameters and _is_onto(answers, of, mk(*y), falling, (above, below, *premises), (high, low)):
                parameters = [mk("var", name) for name in of.parameters]
                x = mk("decl", of.name, mk(*y), *parameters)
                domain = of.domain(mk(*y), *parameters)
                inside = (lt(ZERO, x), lt(x, ONE))
                return Outcome(domain, (*inside, eq(of.at(x, *parameters), mk(*y))), shown=inside)
    raise Rejected(f"the premises do not show that a declared function has the inverse that {c} speaks of.")


def _is_onto(
    answers: Answers, of: Declaration, y: Term, falling: Theorem, premises: Sequence[Theorem], points: tuple[Term, Term]
) -> bool:
    """Whether f falls on (0, 1), passes y between the two points, and nothing beyond the domain is assumed."""
    parameters = [mk("var", name) for name in of.parameters]
    keys: frozenset[Key] = frozenset(("var", name) for name in of.parameters)
    variables = [key for key in free(falling.conclusion) - keys if key[0] == "var"]
    if len(variables) != 1 or falling.conclusion.op != "lt":
        return False
    v = mk(*variables[0])
    bounds = _bounds(falling, v.args[0])
    f = of.at(v, *parameters)
    inside = here(answers, bounds.other, [], [lt(ZERO, v), lt(v, ONE)])
    known = given(answers, *premises)
    high, low = points
    domain = of.domain(y, *parameters)
    weak = {le(*s.args) for s in domain}
    return (
        (bounds.low, bounds.high) == ([(ZERO, True)], [(ONE, True)])
        and union(*premises) | bounds.other <= domain | weak
        and here(answers, bounds.other, [], [lt(ZERO, v), lt(v, ONE), falling.conclusion]).equal(
            slack(falling.conclusion), neg(derivative(f, v.args[0]))
        )
        and _is_smooth(inside, f, v.args[0])
        and known.alike(premises[0].conclusion, lt(y, of.at(high, *parameters)))
        and known.alike(premises[1].conclusion, lt(of.at(low, *parameters), y))
        and all(known.sign(e, POS) and known.sign(sub(ONE, e), POS) for e in points)
    )


def _is_smooth(known: Context, f: Term, x: str) -> bool:
    try:
        _continuous(known, f, x, ())
        _differentiable(known, f, x)
    except Rejected:
        return False
    return True


@rule(INTERMEDIATE_VALUE)
def root(
    answers: Answers, c: Term, falling: Theorem, above: Theorem, below: Theorem, ordered: Theorem, /, *premises: Theorem
) -> Outcome:
    """Exactly one x in [a, b] has f(x) = c: f falls strictly there and is continuous, f(a) >= c >= f(b), a <= b.

    The first premise says f(v) < f(x) for x < v; the premises show its hypotheses for a <= x < v <= b. A premise that says of a
    declared function that it is an inverse says so on its whole domain: what it assumes is not assumed here.
    """
    return falls_once(answers, c, falling, (above, below, ordered), premises, ())


def falls_once(
    answers: Answers,
    c: Term,
    falling: Theorem,
    ends: tuple[Theorem, Theorem, Theorem],
    premises: Sequence[Theorem],
    dominated: Sequence[Theorem],
) -> Outcome:
    """What `root` says, of a function that is continuous as it stands, or where a theorem dominates the sums that it is of."""
    demand(c.op == "one", "the conclusion does not say that there is exactly one.")
    inverses = [p for p in premises if any(_inverts(p, of) for of in declarations())]
    others = [p for p in premises if p not in inverses]
    names = sorted(free(falling.conclusion) - free(c))
    demand(
        len(names) == 2 and all(kind == "var" for kind, _ in names), "the first premise compares a function at two variables."
    )
    for x, later in (names, names[::-1]):
        if _is_root(answers, c, (falling, *dominated), ends, (others, inverses), (x, later)):
            every_ = union(falling, *ends, *others, *dominated)
            return Outcome(frozenset(h for h in every_ if not {x, later} & free(h)), None)
    raise Rejected("the premises do not show that the function falls continuously through the value.")


def _is_root(
    answers: Answers,
    c: Term,
    inside: tuple[Theorem, ...],
    ends: tuple[Theorem, Theorem, Theorem],
    others: tuple[Sequence[Theorem], Sequence[Theorem]],
    names: tuple[Key, Key],
) -> bool:
    (above, below, ordered), (premises, inverses), (x, later) = ends, others, names
    falling, *dominated = inside
    a, b, body = c.args
    var, other = mk(*x), mk(*later)

    def at(e: Term) -> Term:
        inner: Term = open_real(body, e).args[0]
        return inner

    equation = open_real(body, var)
    if equation.op != "eq" or x in free(equation.args[1]):
        return False
    value = equation.args[1]
    for key in (x, later):
        arbitrary(key, *premises, *ends)
    own = {h for h in falling.hypotheses if {x, later} & free(h)}
    hypotheses = frozenset(h for h in union(*inside, *ends, *premises) if not {x, later} & free(h))
    known = here(answers, hypotheses, [*ends, *premises])
    on = here(answers, hypotheses, [ordered, *premises], [le(a, var), le(var, b)])
    pair = here(
        answers,
        hypotheses,
        [ordered, *premises],
        [le(a, var), le(var, b), lt(a, other), lt(var, b), lt(var, other), le(other, b)],
    )
    return (
        given(answers, falling).alike(falling.conclusion, lt(at(other), at(var)))
        and known.alike(above.conclusion, le(value, at(a)))
        and known.alike(below.conclusion, le(at(b), value))
        and known.alike(ordered.conclusion, le(a, b))
        and all(pair.shows(h) for h in in_order(own))
        and known.is_defined(value)
        and _is_root_continuous(on, at(var), x[1], dominated, inverses)
    )


def _is_root_continuous(known: Context, f: Term, x: str, dominated: Sequence[Theorem], premises: Sequence[Theorem]) -> bool:
    for p in dominated:
        known, f = _under_the_limit(known, f, x, p)
    _continuous(known, f, x, premises)
    return True


def _under_the_limit(known: Context, f: Term, x: str, p: Theorem) -> tuple[Context, Term]:
    """What is known of x at every size of the alphabet, and the sum whose supremum f is; it is dominated where x is known."""
    demand(f.op == "sup" and f.args[0].op == "sum", "{} is not the supremum of a sum.", f)
    (whole,) = f.args
    most = dominating(p.conclusion, whole.args[0])
    if most is None or ("var", x) in free(most):
        raise Rejected(f"{p.conclusion} does not dominate {whole}.")
    for t in (whole.args[0], most):
        demand(is_rigid(t), "{} speaks of the alphabet: as a term of a series it is the same at every size.", t)
    for s in (*in_order(p.hypotheses), mk("bounded", total(most))):
        demand(known.shows(s), "nothing shows {}.", s)
    return Context(known.answers, [p.conclusion.args[0]], [s for s in known.sources if is_rigid(s)]), whole


def dominating(s: Term, term: Term) -> Term | None:
    """The number that a statement says to be at least the term, which it says to be at least 0, at every letter and size."""
    if s.op != "parts" or s.args[0].op != "every" or s.args[0].args[0].op != "and":
        return None
    bounds = s.args[0].args[0].args
    above = [r.args[1] for r in bounds if r.op == "le" and r.args[0] is term]
    return above[0] if len(above) == 1 and le(ZERO, term) in bounds else None
