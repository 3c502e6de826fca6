"""Ordering: the minimizer keeps the order of the data, and relabelling the letters relabels it.

Source
    Abstract: "describe its structure".
Statement
    p_i > p_j if and only if q_i > q_j, p_i = p_j if and only if q_i = q_j; and if q is the minimizer for p with multiplier
    lambda, then q o sigma is the minimizer for p o sigma, with the same multiplier, for every bijection sigma.
Idea
    p_i phi(q_i) = p_j phi(q_j) and phi falls: each order of q_i and q_j forces the same order of p_i and p_j.
Trusted
    The mean value theorem (through `convexity/slope_falls`).
Not covered
    Letters off the support, where q vanishes (`uniqueness/support`).
"""

from focal_symbolic.proofs.convexity import slope_falls
from sympy import Interval, oo

from focal_symbolic.claims import bijection, letter, optimum, pmf, theorem
from focal_symbolic.definitions import gamma, multiplier, p, q, slope, x
from focal_symbolic.language import And, Eq, Equivalent, Every, i, j, letters, real, total

u = real("u")
sigma = letters("sigma")


def price(at, of=None):
    """The condition of optimality at a letter (of p; of q at another letter)."""
    return Eq(p[at] * slope(q[at if of is None else of], gamma), multiplier)


def one_order(proof, low, high):
    """q_low < q_high forces p_low < p_high."""
    flatter = proof.use(slope_falls, {x: q[low], u: (q[high] - q[low]) / (1 - q[low])}, where=q[low] < q[high])
    steep = slope(q[high], gamma)
    weights = {flatter: p[low] / steep, price(low): -1 / steep, price(high): 1 / steep}
    return proof.combine(p[low] < p[high], weights, where=q[low] < q[high])


def equal_order(proof):
    """q_i = q_j forces p_i = p_j."""
    steep, equal = slope(q[i], gamma), Eq(q[i], q[j])
    other = proof.rewrite(price(j), by=equal, shows=price(j, of=i), where=equal)
    return proof.combine(Eq(p[i], p[j]), {price(i): 1 / steep, other: -1 / steep}, where=equal)


@theorem(
    "one letter is likelier than another under Q* exactly when it is under P, and as likely exactly when it is",
    answers="structure of the minimizer",
    over={gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), i: letter, j: letter},
    shows=And(
        Equivalent(p[i] > p[j], q[i] > q[j]),
        Equivalent(p[i] >= p[j], q[i] >= q[j]),
        Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j])),
    ),
    false="one letter is likelier than another under Q* exactly when it is not under P",
    but=And(Equivalent(p[i] > p[j], q[i] < q[j]), Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j]))),
)
def order(proof):
    """Each order of q_i and q_j forces the same order of p_i and p_j."""
    orders = {q[i] < q[j]: one_order(proof, i, j), Eq(q[i], q[j]): equal_order(proof), q[j] < q[i]: one_order(proof, j, i)}
    proof.trichotomy(orders)


MOVED = And(Every(price(sigma[i])), Eq(total(q[sigma[i]]), 1))


@theorem(
    "relabelling the letters of the data relabels the minimizer and keeps the multiplier",
    answers="structure of the minimizer",
    over={gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), sigma: bijection},
    shows=MOVED,
    false="relabelling the letters of the data leaves the minimizer as it is",
    but=And(Every(price(sigma[i], of=i)), Eq(total(q[sigma[i]]), 1)),
)
def relabel(proof):
    """The condition of optimality at the letter sigma(i), and a sum does not care for the order of its terms."""
    proof.every(price(sigma[i]))
    same = proof.by("relabel", shows=Eq(total(q[i]), total(q[sigma[i]])))
    proof.combine(Eq(total(q[sigma[i]]), 1), {same: -1, Eq(total(q[i]), 1): 1})


@theorem(
    "the minimizer keeps the order of the data, and relabelling the data relabels it",
    answers="structure of the minimizer",
    over={gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), sigma: bijection, i: letter, j: letter},
    shows=And(*order.shows.args, *MOVED.args),
    false="the minimizer reverses the order of the data",
    but=And(Equivalent(p[i] > p[j], q[i] < q[j]), *MOVED.args),
    main=True,
)
def structure(proof):
    """The two theorems above."""
    proof.use(order)
    proof.use(relabel)
