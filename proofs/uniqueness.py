"""Existence and uniqueness: one multiplier, one minimizer, all of it on the support of the data.

Source
    Abstract: "existence and uniqueness of the focal-entropy minimizer, describe its structure".
Statement
    For gamma > 0 the slope phi falls strictly from +oo to 0 on (0, 1), so it has an inverse on (0, oo). On n >= 2 letters
    with all p_i > 0 there is exactly one lambda > 0 with sum phi^(-1)(lambda/p_i) = 1; it lies between p_min phi(1/n) and
    p_max phi(1/n), beyond which the sum is larger or smaller. The pmf q_i = phi^(-1)(lambda/p_i) is the one minimizer: every
    model r with mass at most 1 on the support has H(P,R) >= H(P,Q) + lambda (1 - sum r_i), strictly unless r = q, and lambda
    > 0, so mass off the support only costs. On one letter the minimizer is that letter. At gamma = 0, Q = P and lambda = 1.
Idea
    (1 - x)^gamma/x < phi(x) < (1 + gamma)(1 - x)^gamma/x gives explicit points above and below any value. At lambda = p_min
    phi(1/n) every phi^(-1)(lambda/p_i) is at least 1/n. Optimality is the tangent inequality at q_i times p_i, summed.
Trusted
    The intermediate value and continuous inverse theorems (rules `inverse` and `root`), the mean value theorem (rule
    `monotone`), monotonicity of powers (rule `apply`).
Not covered
    Countable alphabets.
"""

from focal_symbolic.proofs.convexity import loss_is_convex, slope_falls, tangent_ahead, tangent_behind
from focal_symbolic.proofs.elementary import log_below
from sympy import Integer, Interval, Rational, diff, oo

from focal_symbolic.claims import above, below, letter, optimum, pmf, submass, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope, slope_inverse, x
from focal_symbolic.language import NEVER, And, Eq, Equivalent, ExistsUnique, Ge, Le, Ne, array, i, j, n, positive, real, total

y, z, h, m, t, u, v, top = map(real, ("y", "z", "h", "m", "t", "u", "v", "M"))
r = array("r")
HALF = Rational(1, 2)
PHRASE = "existence and uniqueness of the minimizer"
OPTIMAL = {gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma)}


@theorem(
    "the slope exceeds (1 - x)^gamma / x, so it is unbounded at 0",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=slope(x, gamma) > (1 - x) ** gamma / x,
    false="the slope exceeds 2 (1 - x)^gamma / x",
    but=slope(x, gamma) > 2 * (1 - x) ** gamma / x,
)
def slope_above(proof):
    """The other term of the slope is positive."""
    proof.sign()


@theorem(
    "the slope is less than (1 + gamma)(1 - x)^gamma / x, so it falls to 0 at 1",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=slope(x, gamma) < (1 + gamma) * (1 - x) ** gamma / x,
    precision={x: (Rational(1, 1000), Rational(9, 10)), gamma: (Rational(1, 10), 6)},
    false="the slope is less than gamma (1 - x)^gamma / x",
    but=slope(x, gamma) < gamma * (1 - x) ** gamma / x,
)
def slope_below(proof):
    """ln x > 1 - 1/x in the other term."""
    proof.combine({proof.use(log_below): gamma * (1 - x) ** gamma / (1 - x)})


HIGH = 1 / (2 + 2**gamma * y)
"""A point where the slope exceeds y."""
FAR = (2 * (1 + gamma) / y) ** (1 / gamma)
LOW = 1 - 1 / (2 + FAR)
"""A point where the slope is less than y."""


@theorem(
    "the slope takes values above and below any y > 0, at explicit points",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), y: Interval.open(0, oo)},
    shows=And(slope(HIGH, gamma) > y, slope(LOW, gamma) < y),
    precision={y: (Rational(1, 100), 100), gamma: (HALF, 6)},
    false="the slope at the second point is less than y / 2",
    but=And(slope(HIGH, gamma) > y, slope(LOW, gamma) < y / 2),
)
def onto(proof):
    """(1 - x)^gamma/x < phi(x) < (1 + gamma)(1 - x)^gamma/x at points where the bounds are easily compared with y."""
    steep = proof.use(slope_above, {x: HIGH})
    power = proof.apply("power", HALF < 1 - HIGH, gamma)
    proof.combine(slope(HIGH, gamma) > y, {steep: 1, power: 1 / HIGH, positive(HALF**gamma): 2})
    flat = proof.use(slope_below, {x: LOW})
    power = proof.apply("power", 1 - LOW < 1 / FAR, gamma)
    root = proof.identity(Eq((1 / FAR) ** gamma, y / (2 * (1 + gamma))))
    twice = 2 * (1 + gamma)
    proof.combine(slope(LOW, gamma) < y, {flat: 1, power: twice, root: -twice, 1 / LOW < 2: (1 + gamma) * (1 - LOW) ** gamma})


AT = slope_inverse(y, gamma)


@theorem(
    "the inverse of the slope takes each y > 0 to a point of (0, 1) at which the slope is y",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), y: Interval.open(0, oo)},
    shows=And(AT > 0, AT < 1, Eq(slope(AT, gamma), y)),
    false="the slope at the inverse of y is y / (1 + y / 1000)",
    but=And(AT > 0, AT < 1, Eq(slope(AT, gamma), y / (1 + y / 1000))),
)
def inverse(proof):
    """The slope falls continuously and passes every y > 0."""
    curved = proof.use(loss_is_convex, {x: t}, where=(t > 0, t < 1))
    falls = proof.combine(diff(slope(t, gamma), t) < 0, {curved: 1}, where=(t > 0, t < 1))
    proof.use(onto)
    for part in proof.goal.args:
        proof.by("inverse", falls, slope(HIGH, gamma) > y, slope(LOW, gamma) < y, shows=part, high=HIGH, low=LOW)


@theorem(
    "the slope is smaller at one point than at another exactly when the point is larger",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), z: Interval.open(0, 1)},
    shows=And(
        Equivalent(slope(x, gamma) < slope(z, gamma), z < x),
        Equivalent(slope(x, gamma) <= slope(z, gamma), z <= x),
    ),
    false="the slope is smaller at one point than at another exactly when the point is smaller",
    but=And(
        Equivalent(slope(x, gamma) < slope(z, gamma), x < z),
        Equivalent(slope(x, gamma) <= slope(z, gamma), x <= z),
    ),
)
def slope_reverses(proof):
    """Compare the slope at two points of (0, 1) in all three orders."""
    ahead = proof.use(slope_falls, {x: x, u: (z - x) / (1 - x)}, where=x < z)
    level = proof.rewrite(by=Eq(x, z), shows=Eq(slope(x, gamma), slope(z, gamma)), where=Eq(x, z))
    behind = proof.use(slope_falls, {x: z, u: (x - z) / (1 - z)}, where=z < x)
    proof.trichotomy({x < z: ahead, Eq(x, z): level, z < x: behind})


@theorem(
    "the inverse of the slope takes phi(x) back to x: it maps (0, oo) onto (0, 1)",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=Eq(slope_inverse(slope(x, gamma), gamma), x),
    false="the inverse of the slope takes phi(x) to x^2",
    but=Eq(slope_inverse(slope(x, gamma), gamma), x**2),
)
def inverse_of_the_slope(proof):
    """Were the two points different, so were the slopes."""
    at = slope_inverse(slope(x, gamma), gamma)
    proof.use(inverse, {y: slope(x, gamma)})
    branches, level = {}, Eq(slope(at, gamma), slope(x, gamma))
    for low, high in ((at, x), (x, at)):
        with proof.suppose(low < high):
            orders = proof.use(slope_reverses, {x: high, z: low})
            branches[low < high] = proof.combine(NEVER, {proof.transfer(orders, low < high): 1, level: 1})
    proof.cases(branches | {Eq(at, x): proof.given(Eq(at, x))}, proof.goal)


@theorem(
    "the inverse of the slope falls strictly",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), y: Interval.open(0, oo), h: Interval.open(0, oo)},
    shows=slope_inverse(y + h, gamma) < slope_inverse(y, gamma),
    false="the inverse of the slope falls by a tenth at every step",
    but=slope_inverse(y + h, gamma) < Rational(9, 10) * slope_inverse(y, gamma),
)
def inverse_falls(proof):
    """phi reverses order, and takes the values y < y + h at the two points."""
    at, then = slope_inverse(y, gamma), slope_inverse(y + h, gamma)
    proof.use(inverse)
    proof.use(inverse, {y: y + h})
    orders = proof.use(slope_reverses, {x: at, z: then})
    weights = {Eq(slope(at, gamma), y): 1, Eq(slope(then, gamma), y + h): 1, h > 0: 1}
    proof.transfer(orders, proof.combine(slope(at, gamma) < slope(then, gamma), weights))


EVEN = slope(1 / n, gamma)
"""The slope at the uniform pmf."""


def entry(price, at=i):
    """The probability that a multiplier gives to a letter."""
    return slope_inverse(price / p[at], gamma)


def side_of_uniform(proof, bound, above):
    """At the multiplier bound * EVEN the entries sum to at least 1 if bound <= p_i (`above`), to at most 1 if bound >= p_i."""
    price, at = bound * EVEN, entry(bound * EVEN)
    if not above:
        proof.combine(bound > 0, {p[i] <= bound: 1, p[i] > 0: 1})
    proof.use(inverse, {y: price / p[i]})
    here = Eq(slope(at, gamma), price / p[i])
    ordered = price / p[i] <= EVEN if above else price / p[i] >= EVEN
    ordered = proof.combine(ordered, {bound <= p[i] if above else p[i] <= bound: EVEN / p[i]})
    small, large = (1 / n, at) if above else (at, 1 / n)
    flatter = proof.rewrite(ordered, by=here, shows=slope(large, gamma) <= slope(small, gamma))
    orders = proof.use(slope_reverses, {x: large, z: small})
    term = proof.transfer(orders, flatter)
    sums = proof.sum(term)
    return proof.combine(Ge(total(at), 1) if above else Le(total(at), 1), {sums: 1})


@theorem(
    "exactly one multiplier between p_min phi(1/n) and p_max phi(1/n) makes the entries sum to 1",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), p: pmf, m: below(p), top: above(p)},
    where=Ge(n, 2),
    shows=ExistsUnique(Eq(total(entry(multiplier)), 1), (multiplier, m * EVEN, top * EVEN)),
    false="exactly one multiplier between the same ends makes the entries sum to 2",
    but=ExistsUnique(Eq(total(entry(multiplier)), 2), (multiplier, m * EVEN, top * EVEN)),
)
def multiplier_exists(proof):
    """The sum of the entries falls continuously in the multiplier and passes 1 between two explicit values."""
    high, low = side_of_uniform(proof, m, above=True), side_of_uniform(proof, top, above=False)
    ordered = proof.combine(m * EVEN <= top * EVEN, {m <= p[i]: EVEN, p[i] <= top: EVEN})
    later = multiplier > 0, multiplier < v
    fall = proof.use(inverse_falls, {y: multiplier / p[i], h: (v - multiplier) / p[i]}, where=later)
    proof.by("root", proof.sum(fall), high, low, ordered, proof.use(inverse, where=y > 0))


NEAR = Draws(letters=4, gamma=(Rational(1, 100), Rational(100)))
OUTSIDE = {y: Interval.open(0, m * EVEN), z: Interval.open(top * EVEN, oo)}
"""Numbers outside of the range of the multiplier."""


def beyond(proof, low, high, above):
    """The sum of the entries against 1 at the one of low < high that is no end of the range: it falls strictly."""
    fall = proof.use(inverse_falls, {y: low / p[i], h: (high - low) / p[i]})
    sums = proof.sum(proof.combine(entry(high) < entry(low), {fall: 1}))
    end = Ge(total(entry(high)), 1) if above else Le(total(entry(low)), 1)
    return proof.combine(total(entry(low)) > 1 if above else total(entry(high)) < 1, {sums: 1, end: 1})


@theorem(
    "a number below p_min phi(1/n) makes the entries sum to more than 1, one above p_max phi(1/n) to less",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), p: pmf, m: below(p), top: above(p)} | OUTSIDE,
    where=Ge(n, 2),
    shows=And(total(entry(y)) > 1, total(entry(z)) < 1),
    fuzz=NEAR,
    false="a number below p_min phi(1/n) makes the entries sum to more than 2",
    but=And(total(entry(y)) > 2, total(entry(z)) < 1),
)
def no_other_multiplier(proof):
    """The sum falls strictly, and is at least 1 at one end and at most 1 at the other."""
    side_of_uniform(proof, m, above=True)
    side_of_uniform(proof, top, above=False)
    beyond(proof, y, m * EVEN, above=True)
    proof.combine(top > 0, {p[i] <= top: 1, p[i] > 0: 1})
    beyond(proof, top * EVEN, z, above=False)


WASTE = multiplier * (1 - total(r[i]))
"""What a model r pays, at least, for the mass that it leaves off the support."""


def tangent_at(proof, at):
    """p loss(r) against the tangent at q at one letter, where r and q differ in either order."""
    low, high = p[at] * loss(q[at], gamma) - multiplier * (r[at] - q[at]), p[at] * loss(r[at], gamma)
    price = Eq(p[at] * slope(q[at], gamma), multiplier)
    branches = {}
    for case, tangent, step in (
        (q[at] < r[at], tangent_ahead, (r[at] - q[at]) / (1 - q[at])),
        (r[at] < q[at], tangent_behind, (q[at] - r[at]) / q[at]),
    ):
        line = proof.use(tangent, {x: q[at], u: step}, where=case)
        branches[case] = proof.combine(low < high, {line: p[at], price: q[at] - r[at]}, where=case)
    return low, high, branches


def tangents(proof):
    """The weak inequality between the terms, at an arbitrary letter."""
    low, high, branches = tangent_at(proof, i)
    equal = Eq(q[i], r[i])
    level = proof.rewrite(by=equal, shows=low <= high, where=equal)
    return proof.cases(branches | {equal: level})


@theorem(
    "no model has less focal-entropy than q, and mass off the support costs at least the multiplier times it",
    answers=PHRASE,
    over=OPTIMAL | {r: submass},
    shows=focal_entropy(p, q, gamma) + WASTE <= focal_entropy(p, r, gamma),
    false="mass off the support costs at least twice the multiplier times it",
    but=focal_entropy(p, q, gamma) + 2 * WASTE <= focal_entropy(p, r, gamma),
)
def optimality(proof):
    """The tangent inequality at q_i times p_i, summed."""
    proof.combine({proof.sum(tangents(proof)): 1, Eq(total(q[i]), 1): multiplier})


@theorem(
    "a model that differs from q at a letter has strictly more focal-entropy: the minimizer is unique",
    answers=PHRASE,
    over=OPTIMAL | {r: submass, j: letter},
    where=Ne(r[j], q[j]),
    shows=focal_entropy(p, q, gamma) + WASTE < focal_entropy(p, r, gamma),
    false="such a model has a tenth more focal-entropy",
    but=Rational(11, 10) * focal_entropy(p, q, gamma) + WASTE < focal_entropy(p, r, gamma),
)
def strictly_optimal(proof):
    """The same, strictly at the letter j."""
    term, strict = tangents(proof), proof.cases(tangent_at(proof, j)[2])
    proof.combine({proof.sum(term, strict=strict): 1, Eq(total(q[i]), 1): multiplier})


@theorem(
    "the multiplier is positive: leaving mass off the support is never free",
    answers=PHRASE,
    over=OPTIMAL,
    shows=multiplier > 0,
    false="the multiplier exceeds 1",
    but=multiplier > 1,
)
def multiplier_positive(proof):
    """It is p_i phi(q_i)."""
    proof.combine({p[i] * slope(q[i], gamma) > 0: 1, Eq(p[i] * slope(q[i], gamma), multiplier): -1})


@theorem(
    "a model with mass off the support of the data has more focal-entropy than q, which has none there",
    answers=PHRASE,
    over=OPTIMAL | {r: submass},
    where=total(r[i]) < 1,
    shows=focal_entropy(p, q, gamma) < focal_entropy(p, r, gamma),
    false="a model with mass off the support of the data has a tenth more focal-entropy than q",
    but=Rational(11, 10) * focal_entropy(p, q, gamma) < focal_entropy(p, r, gamma),
)
def support(proof):
    """The multiplier is the price of mass off the support."""
    proof.use(multiplier_positive)
    proof.combine({proof.use(optimality): 1, total(r[i]) < 1: multiplier})


@theorem(
    "on one letter the loss is least at 1, where it vanishes, and there alone",
    answers=PHRASE,
    over={gamma: Interval(0, oo), x: Interval.Lopen(0, 1)},
    shows=And(loss(x, gamma) >= 0, Equivalent(Eq(loss(x, gamma), 0), Eq(x, 1))),
    false="on one letter the loss is at least a thousandth",
    but=And(loss(x, gamma) >= Rational(1, 1000), Equivalent(Eq(loss(x, gamma), 0), Eq(x, 1))),
)
def degenerate(proof):
    """ln x < 0 for x < 1."""
    beyond = x > 1
    before, level = (
        proof.sign(loss(x, gamma) > 0, where=x < 1),
        proof.rewrite(by=Eq(x, 1), shows=Eq(loss(x, gamma), 0), where=Eq(x, 1)),
    )
    never = proof.combine(NEVER, {beyond: 1, x <= 1: 1}, where=beyond)
    after = proof.by("absurd", never, shows=loss(x, gamma) < 0)
    proof.trichotomy({x < 1: before, Eq(x, 1): level, beyond: after}, Equivalent(Eq(loss(x, gamma), 0), Eq(x, 1)))
    proof.sign(loss(x, gamma) >= 0)


@theorem(
    "at gamma = 0 what meets the conditions of optimality is the data distribution, with the multiplier 1",
    answers=PHRASE,
    over={p: pmf, (q, multiplier): optimum(p, Integer(0)), j: letter},
    shows=And(Eq(multiplier, 1), Eq(q[j], p[j])),
    false="at gamma = 0 the minimizer is the square of the data distribution",
    but=And(Eq(multiplier, 1), Eq(q[j], p[j] ** 2)),
)
def gamma_zero(proof):
    """p_i / q_i = lambda at every letter; sum p_i = lambda q_i."""
    term = proof.combine(Eq(p[i], multiplier * q[i]), {Eq(p[i] / q[i], multiplier): q[i]})
    one = proof.combine(Eq(multiplier, 1), {proof.sum(term): -1, Eq(total(p[i]), 1): 1, Eq(total(q[i]), 1): -multiplier})
    proof.combine(Eq(q[j], p[j]), {Eq(p[j] / q[j], multiplier): -q[j], one: -q[j]})


@theorem(
    "there is exactly one minimizer: one multiplier makes the entries a pmf, and any other model has more focal-entropy",
    answers=PHRASE,
    over=OPTIMAL | {gamma: Interval.open(0, oo), r: submass, j: letter, m: below(p), top: above(p)} | OUTSIDE,
    where=(Ge(n, 2), Ne(r[j], q[j])),
    shows=And(multiplier_exists.shows, *no_other_multiplier.shows.args, strictly_optimal.shows, multiplier_positive.shows),
    fuzz=NEAR,
    false="there is exactly one minimizer, and any other model has a tenth more focal-entropy",
    but=And(
        multiplier_exists.shows, *no_other_multiplier.shows.args, strictly_optimal.falsehood.goal, multiplier_positive.shows
    ),
    main=True,
)
def exactly_one_minimizer(proof):
    """Existence and uniqueness of the multiplier, strict optimality, and the sign of the multiplier."""
    proof.use(multiplier_exists)
    proof.use(no_other_multiplier)
    proof.use(strictly_optimal)
    proof.use(multiplier_positive)
