"""Finiteness: the focal-entropy is finite exactly when the cross-entropy is.

Source
    Abstract: "conditions for finiteness".
Statement
    2^(-gamma) (H_0(P,Q) - ln 2) <= H_gamma(P,Q) <= H_0(P,Q), and H_gamma(P,Q) >= 0. On a finite alphabet, with loss(0) = +oo
    and 0 * oo = 0, H_gamma(P,Q) is finite if and only if H_0(P,Q) is, that is if q is positive wherever p is; and where q_j
    falls to 0 under p_j > 0 it rises at least like 2^(-gamma) p_j (ln(1/q_j) - ln 2), so that +oo is its limit and not just a
    convention.
Idea
    (1 - x)^gamma <= 1 above. Below, (1 - x)^gamma >= 2^(-gamma) for x <= 1/2, and for x > 1/2 the bound ln(1/x) - ln 2 is
    negative; p sums to 1, so no count of the letters with q > 1/2 is needed.
Trusted
    Monotonicity of the logarithm and of powers (cited by the rule `apply`).
Not covered
    Countable alphabets.
"""

from sympy import Integer, Interval, Rational, log, oo

from focal_symbolic.claims import data, letter, theorem, unit
from focal_symbolic.definitions import cross_entropy, extended_focal_entropy, focal_entropy, gamma, loss, p, q, x
from focal_symbolic.language import And, Eq, Equivalent, Every, Finite, Implies, array, i, j, positive, total

HALF, t = Rational(1, 2), array("t")


@theorem(
    "the focal-entropy is at most the cross-entropy",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), p: data, q: unit},
    shows=focal_entropy(p, q, gamma) <= cross_entropy(p, q),
    false="the focal-entropy is at most nine tenths of the cross-entropy",
    but=focal_entropy(p, q, gamma) <= Rational(9, 10) * cross_entropy(p, q),
)
def at_most_cross_entropy(proof):
    """(1 - q)^gamma <= 1, and -ln q >= 0."""
    factor = proof.apply("power", 1 - q[i] < 1, gamma)
    term = proof.combine(p[i] * loss(q[i], gamma) <= p[i] * loss(q[i], 0), {factor: -p[i] * log(q[i])})
    proof.sum(term)


@theorem(
    "the loss exceeds 2^(-gamma) (ln(1/x) - ln 2)",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), x: Interval.Lopen(0, 1)},
    shows=HALF**gamma * (-log(x) - log(2)) < loss(x, gamma),
    precision={x: (Rational(1, 10**12), 1), gamma: (0, 40)},
    false="the loss exceeds 2^(1 - gamma) (ln(1/x) - ln 2)",
    but=2 * HALF**gamma * (-log(x) - log(2)) < loss(x, gamma),
)
def loss_at_least(proof):
    """(1 - x)^gamma >= 2^(-gamma) up to 1/2; beyond it the bound is negative."""
    with proof.suppose(x <= HALF):
        factor = proof.apply("power", HALF <= 1 - x, gamma)
        below = proof.combine({factor: -log(x), positive(log(2)): HALF**gamma})
    with proof.suppose(x > HALF):
        logarithm = proof.apply(log, HALF < x)
        above = proof.combine({logarithm: HALF**gamma, loss(x, gamma) >= 0: 1})
    proof.cases({x <= HALF: below, x > HALF: above})


@theorem(
    "the focal-entropy is at least 2^(-gamma) times the cross-entropy less ln 2",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), p: data, q: unit},
    shows=HALF**gamma * (cross_entropy(p, q) - log(2)) <= focal_entropy(p, q, gamma),
    false="the focal-entropy is at least 2^(1 - gamma) times the cross-entropy less ln 2",
    but=2 * HALF**gamma * (cross_entropy(p, q) - log(2)) <= focal_entropy(p, q, gamma),
)
def at_least_cross_entropy(proof):
    """The bound of the loss, times p_i, summed; p sums to 1."""
    bound = proof.use(loss_at_least, {x: q[i]})
    term = proof.combine(p[i] * bound.lhs <= p[i] * bound.rhs, {bound: p[i]})
    proof.combine({proof.sum(term): 1, Eq(total(p[i]), 1): -(HALF**gamma) * log(2)})


@theorem(
    "the focal-entropy is never negative, so never -oo",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), p: data, q: unit},
    shows=focal_entropy(p, q, gamma) >= 0,
    false="the focal-entropy is at least 1/1000",
    but=focal_entropy(p, q, gamma) >= Rational(1, 1000),
)
def nonnegative(proof):
    """No term is negative: ln q <= 0."""
    proof.sign()


@theorem(
    "the focal-entropy is at least 2^(-gamma) p_j (ln(1/q_j) - ln 2) for each letter j",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), p: data, q: unit, j: letter},
    shows=HALF**gamma * p[j] * (-log(q[j]) - log(2)) <= focal_entropy(p, q, gamma),
    kind="limit",
    false="the focal-entropy is at least p_j (ln(1/q_j) - ln 2) for each letter j",
    but=p[j] * (-log(q[j]) - log(2)) <= focal_entropy(p, q, gamma),
)
def diverges(proof):
    """The bound of the loss at one letter, and no other term is negative."""
    one = proof.one_term(proof.sign(p[i] * loss(q[i], gamma) >= 0), at=j)
    bound = proof.use(loss_at_least, {x: q[j]})
    proof.combine({one: 1, bound: p[j]})


POSITIVE = Every(Implies(p[i] > 0, q[i] > 0))
"""q is positive wherever p is."""


def finite(focus):
    """The focal-entropy, with its value +oo where q vanishes under positive p, is finite."""
    return Finite(extended_focal_entropy(p, q, focus))


def finite_where(proof, focus):
    """«finite exactly when q is positive wherever p is», from a table of the signs of p_i and q_i."""
    value = extended_focal_entropy(p, q, focus).function
    term = proof.by("finite_value", shows=Equivalent(Finite(value), Implies(p[i] > 0, q[i] > 0)))
    return proof.by("finite_sum", term, shows=Equivalent(finite(focus), POSITIVE))


@theorem(
    "on a finite alphabet the focal-entropy is finite exactly when q is positive wherever p is",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), p: data, q: data},
    shows=Equivalent(finite(gamma), POSITIVE),
    false="the focal-entropy is finite exactly when q is positive everywhere",
    but=Equivalent(finite(gamma), Every(q[i] > 0)),
)
def finite_on_the_support(proof):
    """A finite sum is finite where each term is."""
    finite_where(proof, gamma)


TOGETHER = Equivalent(finite(gamma), finite(Integer(0)))
BOUNDS = tuple(bound.shows.xreplace({q: t}) for bound in (at_least_cross_entropy, at_most_cross_entropy, nonnegative))


@theorem(
    "for all pmfs P and Q the focal-entropy is finite exactly when the cross-entropy is, that is when q is positive wherever p "
    "is; and 0 <= H_gamma <= H_0, 2^(-gamma) (H_0 - ln 2) <= H_gamma, for any t_i in (0, 1] as the model",
    answers="conditions for finiteness",
    over={gamma: Interval(0, oo), p: data, q: data, t: unit},
    shows=And(finite_on_the_support.shows, TOGETHER, *BOUNDS),
    false="the focal-entropy is finite exactly when q is positive everywhere",
    but=And(finite_on_the_support.falsehood.goal, TOGETHER, *BOUNDS),
    main=True,
)
def finite_together(proof):
    """The equivalence at gamma and at 0, and the bounds."""
    here = proof.use(finite_on_the_support)
    proof.rewrite(here, by=finite_where(proof, Integer(0)), shows=TOGETHER)
    for page in (at_least_cross_entropy, at_most_cross_entropy, nonnegative):
        proof.use(page, {q: (i, t[i])})
