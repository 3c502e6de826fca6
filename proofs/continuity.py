"""Continuity: explicit moduli in gamma, in the model and in the data, one by one and at once, and those of the minimum.

Source
    Abstract: "continuity of the focal-entropy".
Statement
    |H_gamma - H_delta| <= (ln 2)^2 |gamma - delta| for all P, Q; the constant is attained in the limit at q = 1/2, gamma -> 0.
    On models whose entries are at least e, |H(P,A) - H(P,B)| <= phi(e) sum p_i |a_i - b_i|. For models with entries between
    e and m, |H(P,Q) - H(R,Q)| <= TV(P,R) (loss(e) - loss(m)), TV(P,R) = sum |p_i - r_i| / 2. The sum of the three bounds a
    change of gamma, model and data at once; and the first with the third bounds |H*_gamma(P) - H*_delta(R)|, if the
    minimizers lie between e and m. P may vanish somewhere; models are numbers of (0, 1], so those off the support are free.
    Up to the boundary: with c_i = max(a_i, e), where A may vanish, sum p_i loss(c_i) <= H(P,B) + phi(e) sum p_i |a_i - b_i|;
    as e falls to 0 the left side rises to H(P,A) in [0, oo], so H is lower semicontinuous. And for all P, Q and R, zeros
    allowed, H_delta(R,(1-v)Q + v/n) <= H_gamma(P,Q) + v loss(1/n) + (ln 2)^2 |gamma - delta| + TV(P,R) loss(v/n), so
    |H*_gamma(P) - H*_delta(R)| <= v ln n + (ln 2)^2 |gamma - delta| + TV(P,R) ln(n/v) for every v in (0, 1).
Idea
    The derivative in gamma is (1 - x)^gamma ln x ln(1 - x) in size, and ln x ln(1 - x) rises on (0, 1/2]: the numerator of its
    derivative, (1 - x) ln(1 - x) - x ln x, is at least x (ln 3 - 1) up to 1/3 and falls to 0 from 1/3 to 1/2. In the model the
    slope at e is the largest. In the data, subtract the middle of [loss(m), loss(e)] from the loss: both pmfs sum to 1.
    Each minimizer is a competitor of the other; where data vanish, mixed with the uniform pmf.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of the logarithm (rule `apply`), the ball that shows ln 3 > 1 and
    the one that shows ln(9/2) < 2 (rule `constant`).
Not covered
    Countable alphabets, where continuity in the model fails. A modulus of the minimizer itself, which is
    `existence/moves_continuously` and, for the derivative, `differentiability`. That the cut-off sum rises to H(P,A) as e falls
    to 0 is the definition of the extended sum (and `finiteness/diverges`). Data of one letter in the last bound: their minimum
    is 0, and the bound before it, of which it is made, covers them.
"""

from itertools import pairwise

from focal_symbolic.proofs.convexity import entropy_is_convex, slope_falls
from focal_symbolic.proofs.elementary import log_below
from focal_symbolic.proofs.existence import least_of_all
from focal_symbolic.proofs.finiteness import nonnegative
from focal_symbolic.proofs.uniqueness import optimality
from sympy import Abs, Add, Integer, Interval, Lt, Rational, diff, log, oo

from focal_symbolic.claims import above, below, data, minimum, optimum, pmf, supported, theorem, unit
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope, x
from focal_symbolic.language import And, Eq, Ge, Gt, array, i, mass, n, real, total

t, u, delta, e, h, m, mu = map(real, ("t", "u", "delta", "e", "h", "m", "mu"))
a, b, r, w = map(array, "abrw")
HALF, THIRD = Rational(1, 2), Rational(1, 3)
LN2 = log(2) ** 2


@theorem(
    "(1 - x) ln(1 - x) exceeds x ln x for 0 < x < 1/2",
    answers="continuity",
    over={x: Interval.open(0, HALF)},
    shows=(1 - x) * log(1 - x) > x * log(x),
    precision={x: (Rational(1, 10**6), HALF - Rational(1, 1000))},
    false="(1 - x) ln(1 - x) exceeds 9/10 of x ln x",
    but=(1 - x) * log(1 - x) > Rational(9, 10) * x * log(x),
)
def numerator_positive(proof):
    """It is positive up to 1/3 by ln y > 1 - 1/y at y = 1 - x, and beyond because it falls to 0 at 1/2."""
    with proof.suppose(x <= THIRD):
        three = proof.constant(Gt(log(3), 1, evaluate=False))
        near = proof.combine({proof.use(log_below, {x: 1 - x}): 1 - x, proof.apply(log, x <= THIRD): x, three: x})
    with proof.suppose(t > THIRD, t < HALF):
        middle = proof.combine(t * (1 - t) > Rational(2, 9), {t > THIRD: Rational(2, 3) - t})  # (t - 1/3)(2/3 - t) > 0
        nine = proof.constant(Gt(2, -log(Rational(2, 9)), evaluate=False))
        curve = (1 - t) * log(1 - t) - t * log(t)
        falls = proof.combine(diff(curve, t) < 0, {proof.apply(log, middle): 1, nine: 1})
    far = proof.monotone(curve, along=t, start=x, end=HALF, rate=falls, where=x > THIRD)
    proof.cases({x <= THIRD: near, x > THIRD: far})


@theorem(
    "ln x ln(1 - x) is less than (ln 2)^2 for 0 < x < 1/2",
    answers="continuity",
    over={x: Interval.open(0, HALF)},
    shows=log(x) * log(1 - x) < LN2,
    precision={x: (Rational(1, 10**12), HALF - Rational(1, 1000))},
    false="ln x ln(1 - x) is less than 99/100 of (ln 2)^2",
    but=log(x) * log(1 - x) < Rational(99, 100) * LN2,
)
def largest_at_the_middle(proof):
    """The derivative of ln t ln(1 - t) has the sign of that difference."""
    inside, curve = (t > 0, t < HALF), log(t) * log(1 - t)
    rise = proof.use(numerator_positive, {x: t}, where=inside)
    rises = proof.combine(diff(curve, t) > 0, {rise: 1 / (t * (1 - t))}, where=inside)
    proof.monotone(curve, along=t, start=x, end=HALF, rate=rises)


@theorem(
    "raising gamma by h lowers the loss by less than (ln 2)^2 h",
    answers="continuity",
    over={gamma: Interval(0, oo), h: Interval.open(0, oo), x: Interval.Lopen(0, 1)},
    shows=loss(x, gamma) < loss(x, gamma + h) + LN2 * h,
    precision={x: (Rational(1, 100), Rational(9, 10)), gamma: (HALF, 4), h: (HALF, 2)},
    false="raising gamma by h lowers the loss by less than 99/100 of (ln 2)^2 h",
    but=loss(x, gamma) < loss(x, gamma + h) + Rational(99, 100) * LN2 * h,
)
def loss_is_lipschitz(proof):
    """loss(x, t) + (ln 2)^2 t rises in t."""
    low, middle, high, bound = x < HALF, Eq(x, HALF), x > HALF, log(x) * log(1 - x) <= LN2
    with proof.suppose(x < 1):
        at_half = proof.rewrite(by=middle, shows=bound, where=middle)
        before, after = proof.use(largest_at_the_middle, where=low), proof.use(largest_at_the_middle, {x: 1 - x}, where=high)
        product = proof.cases({low: before, middle: at_half, high: after})
        power = proof.apply("base", t > 0, 1 - x, where=t > 0)
        curve = loss(x, t) + LN2 * t
        rises = proof.combine(diff(curve, t) > 0, {product: 1, power: log(x) * log(1 - x)}, where=t > 0)
        steep = proof.monotone(curve, along=t, start=gamma, end=gamma + h, rate=rises)
    flat = proof.rewrite(proof.sign(LN2 * h > 0), by=Eq(x, 1), shows=proof.goal, where=Eq(x, 1))
    proof.cases({x < 1: steep, Eq(x, 1): flat})


@theorem(
    "raising gamma by h lowers the loss",
    answers="continuity",
    over={gamma: Interval(0, oo), h: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=loss(x, gamma + h) < loss(x, gamma),
    precision={x: (Rational(1, 10), Rational(9, 10)), gamma: (0, 3), h: (HALF, 2)},
    false="raising gamma by h lowers the loss to less than 99/100 of it",
    but=loss(x, gamma + h) < Rational(99, 100) * loss(x, gamma),
)
def loss_falls(proof):
    """(1 - x)^(gamma + h) < (1 - x)^gamma."""
    proof.combine({proof.apply("base", gamma < gamma + h, 1 - x): -log(x)})


def step_of_gamma(low, high, model):
    """What the pages of the loss are used with from low up to high, and the loss at both."""
    return {x: model, gamma: low, h: high - low}, loss(model, low), loss(model, high)


def slow_fall(proof, low, high, model=q[i]):
    """The sum of p_i loss(q_i) at low exceeds that at high by (ln 2)^2 (high - low) sum p_i at most, for low < high."""
    step, before, after = step_of_gamma(low, high, model)
    line = proof.use(loss_is_lipschitz, step)
    return proof.sum(proof.combine(p[i] * before <= p[i] * (after + LN2 * (high - low)), {line: p[i]}))


def fall_at_a_letter(proof, low, high, model=q[i]):
    """p_i loss(q_i) at high is at most that at low, for low < high."""
    step, before, after = step_of_gamma(low, high, model)
    less = proof.use(loss_falls, step, where=model < 1)
    flat = proof.rewrite(by=Eq(model, 1), shows=after <= before, where=Eq(model, 1))
    every = proof.cases({model < 1: less, Eq(model, 1): flat})
    return proof.combine(p[i] * after <= p[i] * before, {every: p[i]})


def fall(proof, low, high, model=q[i]):
    """The sum of p_i loss(q_i) at high is at most that at low, for low < high."""
    return proof.sum(fall_at_a_letter(proof, low, high, model))


def change_of_gamma(proof, low, high):
    """0 <= H_low - H_high <= (ln 2)^2 (high - low) for low < high, as two inequalities."""
    bound = focal_entropy(p, q, low) - focal_entropy(p, q, high) <= LN2 * (high - low)
    bound = proof.combine(bound, {slow_fall(proof, low, high): 1, mass(p): LN2 * (high - low)})
    return fall(proof, low, high), bound


@theorem(
    "the focal-entropy is Lipschitz in gamma with the constant (ln 2)^2, for all P and Q",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), p: data, q: unit},
    shows=Abs(focal_entropy(p, q, gamma) - focal_entropy(p, q, delta)) <= LN2 * Abs(gamma - delta),
    false="the focal-entropy is Lipschitz in gamma with 99/100 of (ln 2)^2",
    but=Abs(focal_entropy(p, q, gamma) - focal_entropy(p, q, delta)) <= Rational(99, 100) * LN2 * Abs(gamma - delta),
)
def lipschitz_in_gamma(proof):
    """The bounds of the loss, times p_i, summed, in both orders of gamma and delta."""
    gap, far, branches = focal_entropy(p, q, gamma) - focal_entropy(p, q, delta), LN2 * Abs(gamma - delta), {}
    for low, high, size in ((gamma, delta, gap), (delta, gamma, -gap)):
        with proof.suppose(low < high):
            falls, bound = change_of_gamma(proof, low, high)
            up = proof.combine(size <= far, {bound: 1, high - low <= Abs(gamma - delta): LN2})
            branches[low < high] = proof.absolute(up, proof.combine(-size <= far, {falls: 1, Ge(far, 0, evaluate=False): 1}))
    equal = Eq(gamma, delta)
    proof.cases(branches | {equal: proof.rewrite(by=equal, shows=proof.goal, where=equal)})


@theorem(
    "at q = 1/2 the loss falls by more than (ln 2)^2 gamma (1 - gamma ln 2 / 2): the constant is the best",
    answers="continuity",
    over={gamma: Interval.open(0, oo)},
    shows=loss(HALF, 0) - loss(HALF, gamma) > LN2 * gamma * (1 - gamma * log(2) / 2),
    kind="limit",
    precision={gamma: (Rational(1, 1000), 100)},
    false="at q = 1/2 the loss falls by more than (ln 2)^2 gamma",
    but=loss(HALF, 0) - loss(HALF, gamma) > LN2 * gamma,
)
def sharp_at_half(proof):
    """The difference of the two sides has the derivative (ln 2)^2 (2^(-t) - 1 + t ln 2), which rises from 0."""
    inner, outer = HALF**u - 1 + u * log(2), log(2) * (1 - HALF**t) - LN2 * t + log(2) ** 3 * t**2 / 2
    power = proof.apply("base", u > 0, HALF, where=u > 0)
    rises = proof.combine(diff(inner, u) > 0, {power: log(2)}, where=u > 0)
    first = proof.monotone(inner, along=u, start=0, end=t, rate=rises, where=t > 0)
    rises = proof.combine(diff(outer, t) > 0, {first: LN2}, where=t > 0)
    proof.monotone(outer, along=t, start=0, end=gamma, rate=rises)


def change_of_model(proof, one, other):
    """loss(one_i) - loss(other_i) <= phi(e) |one_i - other_i|, by cases; summed."""
    steep, distance = slope(e, gamma), Abs(a[i] - b[i])
    bound = loss(one[i], gamma) - loss(other[i], gamma) <= steep * distance
    rising, falling, inside = one[i] <= other[i], other[i] <= one[i], (e < t, t < 1)
    line = loss(t, gamma) + steep * t
    flatter = proof.use(slope_falls, {x: e, u: (t - e) / (1 - e)}, where=inside)
    climbs = proof.combine(diff(line, t) > 0, {flatter: 1}, where=inside)
    above = proof.monotone(line, along=t, start=one[i], end=other[i], rate=climbs, where=rising)
    first = proof.combine(bound, {above: 1, other[i] - one[i] <= distance: steep}, where=rising)
    lower = proof.monotone(loss(t, gamma), along=t, start=other[i], end=one[i], where=falling)
    second = proof.combine(bound, {lower: 1, Ge(distance, 0, evaluate=False): steep}, where=falling)
    every = proof.cases({rising: first, falling: second})
    sums = proof.sum(proof.combine(p[i] * bound.lhs <= p[i] * bound.rhs, {every: p[i]}))
    whole = focal_entropy(p, one, gamma) - focal_entropy(p, other, gamma) <= steep * total(p[i] * distance)
    return proof.combine(whole, {sums: 1})


@theorem(
    "on models with entries >= e the focal-entropy moves by at most phi(e) times the mean of |a - b| under P",
    answers="continuity",
    over={gamma: Interval(0, oo), p: data, a: unit, b: unit, e: below(a, b)},
    where=e < 1,
    shows=Abs(focal_entropy(p, a, gamma) - focal_entropy(p, b, gamma)) <= slope(e, gamma) * total(p[i] * Abs(a[i] - b[i])),
    false="on such models the focal-entropy moves by at most the mean |a - b| under P",
    but=Abs(focal_entropy(p, a, gamma) - focal_entropy(p, b, gamma)) <= total(p[i] * Abs(a[i] - b[i])),
)
def lipschitz_in_the_model(proof):
    """The slope is largest at e."""
    proof.absolute(change_of_model(proof, a, b), change_of_model(proof, b, a))


VARIATION, ENDS = total(Abs(p[i] - r[i])) / 2, (loss(e, gamma), loss(m, gamma))


def change_of_data(proof, one, other):
    """sum (one_i - other_i) loss(q_i), with the middle of the range of the loss subtracted from it."""
    most = proof.monotone(loss(t, gamma), along=t, start=e, end=q[i])
    least = proof.monotone(loss(t, gamma), along=t, start=q[i], end=m)
    shift, distance, middle, width = one[i] - other[i], Abs(p[i] - r[i]), (ENDS[0] + ENDS[1]) / 2, (ENDS[0] - ENDS[1]) / 2
    sides = {most: (distance + shift) / 2, least: (distance - shift) / 2}
    terms = proof.combine(shift * (loss(q[i], gamma) - middle) <= distance * width, sides)
    bound = focal_entropy(one, q, gamma) - focal_entropy(other, q, gamma) <= VARIATION * (ENDS[0] - ENDS[1])
    return proof.combine(bound, {proof.sum(terms): 1, mass(one): middle, mass(other): middle})


@theorem(
    "the focal-entropy moves by at most the total variation of the data times the range of the loss",
    answers="continuity",
    over={gamma: Interval(0, oo), p: data, r: data, q: unit, e: below(q), m: above(q)},
    where=m <= 1,
    shows=Abs(focal_entropy(p, q, gamma) - focal_entropy(r, q, gamma)) <= VARIATION * (ENDS[0] - ENDS[1]),
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(10))),
    false="the focal-entropy moves by at most half of that",
    but=Abs(focal_entropy(p, q, gamma) - focal_entropy(r, q, gamma)) <= VARIATION / 2 * (ENDS[0] - ENDS[1]),
)
def lipschitz_in_the_data(proof):
    """The loss lies between its values at the ends, and both pmfs sum to 1."""
    proof.absolute(change_of_data(proof, p, r), change_of_data(proof, r, p))


def moved(proof, gap, steps):
    """|gap| is at most the sum of the moduli, from gap = the sum of the steps, each at most its modulus in size."""
    bound, sides = Add(*(modulus for _, modulus, _ in steps)), []
    for sign in (1, -1):
        weights = {line: 1 for _, _, line in steps} | {sign * step <= Abs(step): 1 for step, _, _ in steps}
        sides.append(proof.combine(sign * gap <= bound, weights))
    return proof.absolute(*sides, shows=Abs(gap) <= bound)


WIDTH = loss(e, delta) - loss(m, delta)
JOINT = Abs(focal_entropy(p, a, gamma) - focal_entropy(r, b, delta)) <= (
    LN2 * Abs(gamma - delta) + slope(e, delta) * total(p[i] * Abs(a[i] - b[i])) + VARIATION * WIDTH
)


@theorem(
    "the focal-entropy is continuous in gamma, model and data at once, with explicit moduli, on models with entries >= e",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), p: data, r: data, a: unit, b: unit, e: below(a, b), m: above(b)},
    where=(e < 1, m <= 1),
    shows=JOINT,
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(10))),
    false="the same with half of the modulus in the data",
    but=JOINT.lhs <= JOINT.rhs - VARIATION * WIDTH / 2,
)
def jointly_continuous(proof):
    """One after the other: gamma, the model, the data."""
    first = proof.use(lipschitz_in_gamma, {q: (i, a[i])})
    second = proof.use(lipschitz_in_the_model, {gamma: delta})
    third = proof.use(lipschitz_in_the_data, {gamma: delta, q: (i, b[i])})
    middle, end = focal_entropy(p, a, delta), focal_entropy(p, b, delta)
    steps = [
        (focal_entropy(p, a, gamma) - middle, LN2 * Abs(gamma - delta), first),
        (middle - end, slope(e, delta) * total(p[i] * Abs(a[i] - b[i])), second),
        (end - focal_entropy(r, b, delta), VARIATION * WIDTH, third),
    ]
    moved(proof, focal_entropy(p, a, gamma) - focal_entropy(r, b, delta), steps)


# -- up to the boundary --------------------------------------------------------------------------------------------------------


def cut(model):
    """The larger of an entry and e."""
    return (model + e + Abs(model - e)) / 2


def cut_off(proof, model):
    """The larger of an entry and e lies between e and 1."""
    size = Abs(model - e)
    proof.combine(cut(model) >= e, {e - model <= size: HALF})
    most = proof.absolute(model - e <= 2 - model - e, e - model <= 2 - model - e, shows=size <= 2 - model - e)
    proof.combine(cut(model) <= 1, {most: HALF})


CUT = cut(a[i])
DISTANCE = total(p[i] * Abs(a[i] - b[i]))
BELOW = total(p[i] * loss(CUT, gamma)) <= focal_entropy(p, b, gamma) + slope(e, gamma) * DISTANCE


@theorem(
    "the focal-entropy of a model A which may vanish, cut off below at e, is at most that of B and phi(e) times the mean of "
    "|a - b| under P, for every e: lower semicontinuity up to the boundary, with its modulus",
    answers="continuity",
    over={gamma: Interval(0, oo), e: Interval.open(0, 1), p: data, a: data, b: unit},
    shows=BELOW,
    false="it is at most that of B and a tenth of that",
    but=BELOW.lhs <= focal_entropy(p, b, gamma) + slope(e, gamma) * DISTANCE / 10,
)
def lower_semicontinuous(proof):
    """The loss falls, and from the larger of a_i and e on no steeper than at e."""
    cut_off(proof, a[i])
    distance, steep, up = Abs(a[i] - b[i]), slope(e, gamma), proof.combine(CUT >= a[i], {a[i] - e <= Abs(a[i] - e): HALF})
    bound = loss(CUT, gamma) - loss(b[i], gamma) <= steep * distance
    rising, falling, line = CUT <= b[i], b[i] <= CUT, loss(t, gamma) + steep * t
    flatter = proof.use(slope_falls, {x: e, u: (t - e) / (1 - e)}, where=(e < t, t < 1))
    climbs = proof.combine(diff(line, t) > 0, {flatter: 1}, where=(e < t, t < 1))
    above_ = proof.monotone(line, along=t, start=CUT, end=b[i], rate=climbs, where=rising)
    first = proof.combine(bound, {above_: 1, up: steep, b[i] - a[i] <= distance: steep}, where=rising)
    lower = proof.monotone(loss(t, gamma), along=t, start=b[i], end=CUT, where=falling)
    second = proof.combine(bound, {lower: 1, Ge(distance, 0, evaluate=False): steep}, where=falling)
    every = proof.cases({rising: first, falling: second})
    proof.combine({proof.sum(proof.combine(p[i] * bound.lhs <= p[i] * bound.rhs, {every: p[i]})): 1})


v = real("v")
c, d = map(array, "cd")
SPREAD, MIXED = ((1 - v) * model[i] + v / n for model in (q, c))
"""A model mixed with the uniform pmf; the same with what it is on the support."""
SPREADS = {p: data, r: data, q: data, c: supported(q, p)}
EVERYWHERE = focal_entropy(p, c, gamma) + v * loss(1 / n, gamma) + LN2 * Abs(gamma - delta) + VARIATION * loss(v / n, delta)


def mixed_with_uniform(proof):
    """sum p_i loss((1 - v) q_i + v/n) is at most H(P,Q) and v loss(1/n): convexity, and q is c on the support."""
    for model, mixed in ((q, SPREAD), (c, MIXED)):
        proof.every(proof.combine(mixed <= 1, {model[i] <= 1: 1 - v, Ge(n, 1, evaluate=False): v / n}))
    some, none, same = p[i] > 0, Eq(p[i], 0), Eq(p[i] * loss(MIXED, gamma), p[i] * loss(SPREAD, gamma))
    own = proof.combine(Eq(c[i], q[i]), {Eq(p[i] * (c[i] - q[i]), 0): 1 / p[i]}, where=some)
    inside = proof.rewrite(by=own, shows=same, where=some)
    outside = proof.combine(same, {none: loss(MIXED, gamma) - loss(SPREAD, gamma)}, where=none)
    terms = proof.sum(proof.cases({some: inside, none: outside}))
    convex = proof.use(entropy_is_convex, {a: (i, c[i]), b: (i, 1 / n), real("w"): v})
    least = proof.use(nonnegative, {q: (i, c[i])})
    bound = total(p[i] * loss(SPREAD, gamma)) <= focal_entropy(p, c, gamma) + v * loss(1 / n, gamma)
    return proof.combine(bound, {convex: 1, terms: 1, least: v, mass(p): v * loss(1 / n, gamma)})


@theorem(
    "to each model Q of P there is one of R, (1 - v) Q + v/n, with more focal-entropy by at most v loss(1/n), (ln 2)^2 "
    "|gamma - delta| and TV(P, R) loss(v/n), zeros of P, Q and R allowed",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **SPREADS, v: Interval.open(0, 1)},
    shows=total(r[i] * loss(SPREAD, delta)) <= EVERYWHERE,
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(10))),
    false="it has more by at most a tenth of TV(P, R) loss(v/n)",
    but=total(r[i] * loss(SPREAD, delta)) <= focal_entropy(p, c, gamma) + VARIATION * loss(v / n, delta) / 10,
)
def model_moves_along(proof):
    """Convexity in the model, and the moduli in gamma and in the data, on models with entries of v/n at least."""
    mixed = mixed_with_uniform(proof)
    values = [total(p[i] * loss(SPREAD, gamma)), total(p[i] * loss(SPREAD, delta)), total(r[i] * loss(SPREAD, delta))]
    in_gamma = proof.use(lipschitz_in_gamma, {q: (i, SPREAD)})
    in_data = proof.use(lipschitz_in_the_data, {gamma: delta, q: (i, SPREAD), e: v / n, m: Integer(1)})
    weights = {mixed: 1, in_gamma: 1, in_data: 1}
    weights |= {y - z <= Abs(z - y): 1 for z, y in pairwise(values)}
    proof.combine(weights)


MINIMA = {p: data, r: data, (q, c, multiplier): minimum(p, gamma), (w, d, mu): minimum(r, delta)}
VALUES = focal_entropy(p, c, gamma), focal_entropy(r, d, delta)
NEARBY = v * log(n) + LN2 * Abs(gamma - delta) + VARIATION * log(n / v)
ANYWHERE = Abs(VALUES[0] - VALUES[1]) <= NEARBY


def loss_at_most(proof, at, focus):
    """The loss is at most the logarithm."""
    power = proof.apply("power", Lt(1 - at, 1, evaluate=False), focus)
    return proof.combine(loss(at, focus) <= log(1 / at), {power: log(1 / at)})


def no_more(proof, there):
    """The minimum of R at delta is at most that of P at gamma and NEARBY; with `there`, the other way round."""
    model = w if there else q
    spread = (1 - v) * model[i] + v / n
    proof.every(proof.combine(model[i] <= 1, {proof.one_term(model[i] >= 0, at=i): 1, mass(model): 1}))
    swapped = {p: (i, r[i]), r: (i, p[i]), q: (i, w[i]), c: (i, d[i]), gamma: delta, delta: gamma} if there else {}
    line = proof.use(model_moves_along, swapped)
    proof.every(proof.combine(spread <= 1, {model[i] <= 1: 1 - v, Ge(n, 1, evaluate=False): v / n}))
    other = (
        {array("t"): (i, c[i])} if there else {p: (i, r[i]), q: (i, w[i]), array("t"): (i, d[i]), multiplier: mu, gamma: delta}
    )
    best = proof.use(least_of_all, other | {r: (i, spread), array("v"): (i, spread)})
    low, high = (delta, gamma) if there else (gamma, delta)
    weights = {line: 1, best: 1, loss_at_most(proof, 1 / n, low): v, loss_at_most(proof, v / n, high): VARIATION}
    size = VALUES[0] - VALUES[1] if there else VALUES[1] - VALUES[0]
    return proof.combine(size <= NEARBY, weights)


@theorem(
    "the minimum focal-entropy is continuous in gamma and data at once, zeros allowed, on supports of two letters at least: it "
    "moves by at most v ln n + (ln 2)^2 |gamma - delta| + TV(P, R) ln(n/v), for every v in (0, 1)",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **MINIMA, v: Interval.open(0, 1)},
    shows=ANYWHERE,
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(10))),
    false="it moves by at most a tenth of that",
    but=ANYWHERE.lhs <= NEARBY / 10,
)
def minimum_is_continuous_everywhere(proof):
    """Each minimizer, mixed with the uniform pmf, is a competitor of the other; the loss is at most the logarithm."""
    proof.absolute(no_more(proof, True), no_more(proof, False))


OPTIMA = {p: pmf, r: pmf, (q, multiplier): optimum(p, gamma), (w, mu): optimum(r, delta)}
LEAST = focal_entropy(p, q, gamma), focal_entropy(r, w, delta)
MODULUS = LN2 * Abs(gamma - delta) + VARIATION * WIDTH
MINIMUM = Abs(LEAST[0] - LEAST[1]) <= MODULUS


@theorem(
    "the minimum focal-entropy is continuous in gamma and data at once, with explicit moduli; e and m bound both minimizers",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **OPTIMA, e: below(q, w), m: above(q, w)},
    where=m <= 1,
    shows=MINIMUM,
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(10))),
    false="the same with a tenth of these moduli",
    but=MINIMUM.lhs <= MODULUS / 10,
)
def minimum_is_continuous(proof):
    """Each minimizer is a competitor of the other, and pays what gamma and the data move."""
    sides = []
    for sign, model in ((1, w), (-1, q)):
        values = focal_entropy(p, model, gamma), focal_entropy(p, model, delta), focal_entropy(r, model, delta)
        if sign == 1:
            best = proof.use(optimality, {array("r"): (i, w[i])})
        else:
            swapped = {p: (i, r[i]), q: (i, w[i]), multiplier: mu, gamma: delta, array("r"): (i, q[i])}
            best = proof.use(optimality, swapped)
        at = {} if model == q else {q: (i, model[i])}
        lines = proof.use(lipschitz_in_gamma, at), proof.use(lipschitz_in_the_data, at | {gamma: delta})
        weights = dict.fromkeys((best, *lines), 1) | {mass(model): multiplier if sign == 1 else mu}
        weights |= {sign * (a - b) <= Abs(a - b): 1 for a, b in pairwise(values)}
        sides.append(proof.combine(sign * (LEAST[0] - LEAST[1]) <= MODULUS, weights))
    proof.absolute(*sides)


s = array("s")
ZEROS = BELOW.xreplace({a: s})
"""With s for the model that may vanish."""


@theorem(
    "the focal-entropy is continuous in gamma, model and data at once, on models with entries >= e, and lower semicontinuous "
    "up to models that vanish; its minimum is continuous in gamma and data at once, on supports of two letters at least; all "
    "data may vanish somewhere",
    answers="continuity",
    over={gamma: Interval(0, oo), delta: Interval(0, oo), **MINIMA, v: Interval.open(0, 1)}
    | {s: data, a: unit, b: unit, e: below(a, b), m: above(b)},
    where=(e < 1, m <= 1),
    shows=And(JOINT, ZEROS, ANYWHERE),
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(10))),
    false="the minimum focal-entropy moves by at most a tenth of these moduli",
    but=And(JOINT, ZEROS, ANYWHERE.lhs <= NEARBY / 10),
    main=True,
)
def continuous(proof):
    """The three theorems above."""
    proof.use(jointly_continuous)
    proof.use(lower_semicontinuous, {a: (i, s[i])})
    proof.use(minimum_is_continuous_everywhere)
