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
    Countable alphabets.
"""

from focal_symbolic.proofs.convexity import slope_falls
from sympy import Interval, oo

from focal_symbolic.claims import bijection, data, letter, minimum, optimum, pmf, theorem
from focal_symbolic.definitions import gamma, multiplier, p, q, slope, x
from focal_symbolic.language import NEVER, And, Eq, Equivalent, Every, Implies, array, i, j, letters, real, total

u, t = real("u"), array("t")
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


# -- data that vanish somewhere ----------------------------------------------------------------------------------------------

ALL = {gamma: Interval(0, oo), p: data, (q, t, multiplier): minimum(p, gamma)}


def agrees(at):
    """«p (t - q) = 0» at a letter: t is q where p is positive."""
    return Eq(p[at] * (t[at] - q[at]), 0)


def paid(at):
    """The condition of optimality at a letter where p may vanish."""
    return Eq(p[at] ** 2 * slope(t[at], gamma), p[at] * multiplier)


def own(proof, at):
    """Under p > 0: t = q, and p phi(t) = lambda."""
    same = proof.combine(Eq(t[at], q[at]), {agrees(at): 1 / p[at]}, where=p[at] > 0)
    return same, proof.combine(Eq(p[at] * slope(t[at], gamma), multiplier), {paid(at): 1 / p[at]}, where=p[at] > 0)


def has_mass(proof, at, line):
    """What the line says under p > 0; where q > 0, which is known, p > 0."""
    none = Eq(q[at], 0)
    never = proof.combine(NEVER, {none: 1, q[at] > 0: 1}, where=none)
    return proof.either({p[at] > 0: line, none: never})


def one_order_of_all(proof, low, high):
    """q_low < q_high forces p_low < p_high."""
    (above, price_above), (below, price_below) = own(proof, high), own(proof, low)
    steep, none = slope(t[high], gamma), Eq(p[low], 0)
    with proof.suppose(q[low] < q[high]):
        proof.combine(q[high] > 0, {q[low] >= 0: 1, q[low] < q[high]: 1})
        with proof.suppose(p[high] > 0):
            with proof.suppose(p[low] > 0):
                proof.combine(t[low] < t[high], {below: 1, above: 1, q[low] < q[high]: 1})
                flatter = proof.use(slope_falls, {x: t[low], u: (t[high] - t[low]) / (1 - t[low])})
                weights = {flatter: p[low] / steep, price_below: -1 / steep, price_above: 1 / steep}
                inside = proof.combine(p[low] < p[high], weights)
            outside = proof.combine(p[low] < p[high], {p[high] > 0: 1, none: 1}, where=none)
            less = proof.cases({p[low] > 0: inside, none: outside})
        return has_mass(proof, high, less)


def equal_order_of_all(proof, zero):
    """q_i = q_j forces p_i = p_j: both are positive, or neither is; `zero` is the line that supposes q_i = 0."""
    equal, some, none = Eq(q[i], q[j]), p[i] > 0, Eq(p[i], 0)
    (first, price_first), (second, price_second), steep = own(proof, i), own(proof, j), slope(t[i], gamma)
    with proof.suppose(equal, some):
        proof.combine(q[j] > 0, {first: 1, t[i] > 0: 1, equal: 1})
        with proof.suppose(p[j] > 0):
            level = proof.combine(Eq(t[i], t[j]), {first: 1, second: 1, equal: 1})
            price_second = proof.rewrite(price_second, by=level, shows=Eq(p[j] * steep, multiplier))
            inside = proof.combine(Eq(p[i], p[j]), {price_first: 1 / steep, price_second: 1 / steep})
        inside = has_mass(proof, j, inside)
    with proof.suppose(equal, none):
        never = proof.combine(NEVER, {some: 1, none: 1}, where=some)
        gone = proof.either({some: never, Eq(q[i], 0): zero})
        other = proof.combine(Eq(p[j], 0), {agrees(j): 1 / t[j], gone: p[j] / t[j], equal: p[j] / t[j]})
        outside = proof.combine(Eq(p[i], p[j]), {none: 1, other: 1})
    return proof.cases({some: inside, none: outside})


SUPPORT = And(Implies(p[i] > 0, q[i] > 0), Implies(q[i] > 0, p[i] > 0))


@theorem(
    "for data that may vanish, the minimizer vanishes where they do and nowhere else, and it keeps their order and their ties",
    answers="structure of the minimizer",
    over=ALL | {i: letter, j: letter},
    shows=And(*order.shows.args, *SUPPORT.args),
    false="for data that may vanish, the minimizer reverses their order",
    but=And(*order.falsehood.goal.args, *SUPPORT.args),
)
def order_of_all(proof):
    """Each order of q_i and q_j forces the same order of p_i and p_j."""
    some, zero = proof.given(p[i] > 0), proof.given(Eq(q[i], 0))
    orders = {q[i] < q[j]: one_order_of_all(proof, i, j), Eq(q[i], q[j]): equal_order_of_all(proof, zero)}
    proof.trichotomy(orders | {q[j] < q[i]: one_order_of_all(proof, j, i)}, order.shows)
    with proof.suppose(p[i] > 0):
        positive = proof.combine(q[i] > 0, {agrees(i): 1 / p[i], t[i] > 0: 1})
    proof.implication(p[i] > 0, positive)
    with proof.suppose(q[i] > 0):
        mass_ = has_mass(proof, i, some)
    proof.implication(q[i] > 0, mass_)


MOVED_OF_ALL = And(Every(paid(sigma[i])), Every(agrees(sigma[i])), Eq(total(q[sigma[i]]), 1))


@theorem(
    "the minimizer vanishes just where the data do, keeps their order and their ties, and relabelling the data relabels it",
    answers="structure of the minimizer",
    over=ALL | {sigma: bijection, i: letter, j: letter},
    shows=And(*order_of_all.shows.args, *MOVED_OF_ALL.args),
    false="the minimizer reverses the order of the data",
    but=And(*order_of_all.falsehood.goal.args, *MOVED_OF_ALL.args),
    main=True,
)
def structure(proof):
    """The theorem above, and the conditions at the letter sigma(i)."""
    proof.use(order_of_all)
    proof.every(paid(sigma[i]))
    proof.every(agrees(sigma[i]))
    same = proof.by("relabel", shows=Eq(total(q[i]), total(q[sigma[i]])))
    proof.combine(Eq(total(q[sigma[i]]), 1), {same: -1, Eq(total(q[i]), 1): 1})
