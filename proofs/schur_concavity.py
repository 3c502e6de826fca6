"""Schur-concavity of the value: the more concentrated the data, the less the minimum focal-entropy.

Source
    own
Statement
    If P' majorizes P, then H*_gamma(P') <= H*_gamma(P), strictly if the minimizers differ after the relabelling. That P'
    majorizes P is said so: for a relabelling sigma and an order of the letters in which P falls, the partial sums of P' o
    sigma are nowhere less than those of P. P vanishes nowhere; P' may, but has two letters of positive probability at least.
Idea
    q, the minimizer for P, costs loss(q_i) at a letter, which rises along the order, as q falls with P. By parts, sum p_i
    loss(q_i) - sum p'_sigma(i) loss(q_i) = sum d_i (loss(q_next(i)) - loss(q_i)) >= 0, where d_i >= 0 is what the partial
    sums differ by at i. And q competes with the minimizer for P' o sigma, which is that for P', relabelled.
Trusted
    What `existence/least_of_all` and `ordering/order` trust.
Not covered
    P that vanishes somewhere: P' then vanishes at as many letters, after the relabelling at the same, which may be left out. A
    P' with one letter only has H* = 0 (`uniqueness/degenerate`). That majorization as `majorization` writes it, by sums of
    |p_i - t|, is the same relation (Hardy, Littlewood and Polya).
"""

from focal_symbolic.proofs.existence import least_of_all, only_one_of_all
from focal_symbolic.proofs.ordering import agrees, order, paid
from sympy import Interval, Rational, oo

from focal_symbolic.claims import letter, majorizing, minimum, optimum, pmf, theorem
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q
from focal_symbolic.language import And, Eq, Implies, Ne, array, i, j, k, letters, mass, real, total

x, mu = map(real, ("x", "mu"))
r, s, t, d, v, z = map(array, "rstdvz")
sigma, tau = map(letters, ("sigma", "tau"))
AFTER, MOVED = tau[i], s[sigma[i]]
MAJORIZED = {gamma: Interval(0, oo), p: pmf, (s, sigma, tau, d): majorizing(p), (q, multiplier): optimum(p, gamma)}
COST = loss(q[i], gamma)
AT_OWN = total(MOVED * COST)
"""The focal-entropy of the more concentrated data, relabelled, at the minimizer for the other."""


def no_cheaper(proof):
    """d_i loss(q_i) <= d_i loss(q_next): P and so q falls to the next letter, or d_i = 0."""
    falls, none = p[AFTER] <= p[i], Eq(d[i], 0)
    goal = d[i] * COST <= d[i] * COST.xreplace({i: AFTER})
    flat = proof.combine(goal, {none: COST.xreplace({i: AFTER}) - COST}, where=none)
    with proof.suppose(falls):
        proof.transfer(proof.use(order, {j: AFTER}), falls)
        less = proof.monotone(loss(x, gamma), along=x, start=q[AFTER], end=q[i])
        steep = proof.combine(goal, {less: d[i]})
    return proof.either({falls: steep, none: flat})


@theorem(
    "data that majorize P cost no more than P at the minimizer for P, after the relabelling",
    over=MAJORIZED,
    shows=AT_OWN <= focal_entropy(p, q, gamma),
    false="data that majorize P cost a tenth less than P at the minimizer for P, after the relabelling",
    but=AT_OWN <= Rational(9, 10) * focal_entropy(p, q, gamma),
)
def costs_no_more(proof):
    """By parts: the sum of (p'_i - p_i) loss(q_i) is that of d_i (loss(q_i) - loss(q_next))."""
    change = (MOVED - p[i]) * COST
    after = change.xreplace({i: AFTER})
    along = proof.by("relabel", shows=Eq(total(change), total(after)))
    excess = proof.by("relabel", shows=Eq(total(d[i] * COST), total((d[i] * COST).xreplace({i: AFTER}))))
    parts = Eq(MOVED.xreplace({i: AFTER}) - p[AFTER], d[AFTER] - d[i])
    later = COST.xreplace({i: AFTER})
    term = proof.combine(Eq(after, (d[AFTER] - d[i]) * later), {parts: later})
    proof.combine({along: 1, proof.sum(term): 1, excess: 1, proof.sum(no_cheaper(proof)): 1})


MINIMA = MAJORIZED | {(v, z, mu): minimum(s, gamma)}
VALUES = focal_entropy(s, z, gamma), focal_entropy(p, q, gamma)


def at_moved(proof):
    """The minimizer for the more concentrated data, relabelled, meets the conditions for the relabelled data; q is a model."""
    own = {p: s, q: v, t: z, multiplier: mu}
    for line in (paid(i), agrees(i)):
        proof.every(line.xreplace(own).xreplace({i: sigma[i]}))
    same = proof.by("relabel", shows=Eq(total(v[i]), total(v[sigma[i]])))
    proof.combine(Eq(total(v[sigma[i]]), 1), {same: 1, mass(v): 1})
    value = s[i] * loss(z[i], gamma)
    level = proof.by("relabel", shows=Eq(total(value), total(value.xreplace({i: sigma[i]}))))
    data = {p: (i, s[sigma[i]]), q: (i, v[sigma[i]]), t: (i, z[sigma[i]]), multiplier: mu}
    return level, data | {r: (i, q[i]), v: (i, q[i])}


SURELY = Implies(Ne(q[k], v[sigma[k]]), VALUES[0] < VALUES[1])


@theorem(
    "if P' majorizes P, the minimum focal-entropy for P' is at most that for P, and less if their minimizers differ after the "
    "relabelling: it is Schur-concave",
    over=MINIMA | {k: letter},
    shows=And(VALUES[0] <= VALUES[1], SURELY),
    false="if P' majorizes P, the minimum focal-entropy for P' is at most nine tenths of that for P",
    but=And(VALUES[0] <= Rational(9, 10) * VALUES[1], SURELY),
    main=True,
)
def minimum_is_schur_concave(proof):
    """q competes with the minimizer for the relabelled data."""
    cost = proof.use(costs_no_more)
    level, values = at_moved(proof)
    least = proof.use(least_of_all, values)
    proof.combine(VALUES[0] <= VALUES[1], {level: 1, least: 1, cost: 1})
    differ = Ne(q[k], v[sigma[k]])
    with proof.suppose(differ):
        less = proof.use(only_one_of_all, values | {j: k})
        strict = proof.combine(VALUES[0] < VALUES[1], {level: 1, less: 1, cost: 1})
    proof.implication(differ, strict)
