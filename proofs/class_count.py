"""How many classes it takes to suppress the rarest: more than 1 + 1/p_0.

Source
    own
Statement
    Let N(gamma) be the least n such that some P on n classes has its rarest class suppressed, q_j < p_j. Then N(gamma)
    = floor(1/p_0) + 2 for every gamma > 0, p_0 being the threshold of psi: of n >= 3 classes with psi(1/(n - 1)) <= 1,
    that is n - 1 <= 1/p_0, the rarest is amplified and the commonest suppressed, unless all are as common (also where n
    - 1 = 1/p_0); if psi(1/(n - 1)) > 1, every small x is the share that Q* gives to the rarest class of some P on n
    classes, which has more. Among all Q with the same entry at a letter, lambda is largest where the others are equal,
    if psi falls at their mean. n classes can suppress their rarest if and only if gamma < gamma*(n), where p_0(gamma*)
    = 1/(n - 1). If a commonest class is amplified, a rarest is suppressed.
Idea
    Let a = q_j be least and c = (1 - a)/(n - 1) the mean of the others. As a function of a, ln psi(a) - ln psi(c) is
    concave, is 0 where a = c and, since psi(1/(n - 1)) <= 1, is positive near 0: so psi(c) < psi(a), and c lies beyond
    the mode of psi. There x/psi(x) - x/psi(c) lies above its tangent at c, because x^2 psi'/psi^2, the derivative of
    1/psi in 1/x, is gamma W h/(1 - x) with W rising and h/(1 - x) falling. The tangents at q_i, for i other than j, add
    up to 0; so 1/lambda = sum q_i/psi(q_i) >= a/psi(a) + (1 - a)/psi(c) > 1/psi(a), that is lambda < psi(q_j).
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln, exp and powers (rule `apply`), the ball that shows ln
    60 > 4, and what the lemmas trust.
Not covered
    Two classes, which never do (`high_suppression/rarer_of_two`). That a sum over n letters of which n - 1 are equal is
    written with n - 1; the word «floor», which is said by n - 1 <= 1/p_0 and n - 1 > 1/p_0.
"""

from focal_symbolic.proofs.amplification import height, height_falls, interval, quotient, ratio_law, rises
from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.high_suppression import below_one_beyond
from focal_symbolic.proofs.ordering import order
from focal_symbolic.proofs.over_suppression import gain_bound, multiplier_as_a_sum
from focal_symbolic.proofs.threshold import above_one_before, log_gain, threshold_falls
from focal_symbolic.proofs.uniqueness import multiplier_positive, slope_reverses
from sympy import Interval, Rational, diff, exp, log, oo, sqrt

from focal_symbolic.claims import gamma_star, letter, optimum, pmf, theorem, threshold_of
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import NEVER, And, Eq, Every, Implies, Lt, Ne, i, j, k, mass, n, real, total

t, u, v, w, y, z = map(real, "tuvwyz")
HALF = Rational(1, 2)
AHEAD = {x: Interval.open(0, 1), z: Interval.open(x, 1)}


def slope_of_share(at):
    """s'."""
    return (-log(at) - (1 - at)) / (1 - at) ** 2


def bend_of_share(at):
    """s''."""
    return (-2 * log(at) - 2 * (1 - at) - (1 - at) ** 2 / at) / (1 - at) ** 3


@theorem(
    "s rises, s' is positive and falls, s'' is negative and rises",
    over=AHEAD,
    shows=And(
        s(x) < s(z),
        slope_of_share(z) < slope_of_share(x),
        bend_of_share(x) < bend_of_share(z),
        slope_of_share(z) > 0,
        bend_of_share(z) < 0,
    ),
    precision={x: (Rational(1, 100), HALF), z: (Rational(3, 5), Rational(9, 10))},
    false="s rises, s' is positive and falls, s'' is negative and falls",
    but=And(
        s(x) < s(z),
        slope_of_share(z) < slope_of_share(x),
        bend_of_share(z) < bend_of_share(x),
        slope_of_share(z) > 0,
        bend_of_share(z) < 0,
    ),
)
def share_bends(proof):
    """Each numerator vanishes at 1 and its derivative has one sign."""
    inside = u > 0, u < 1
    second = -2 * log(t) - 2 * (1 - t) - (1 - t) ** 2 / t
    third = (1 - t) ** 3 / t**2 + 3 * second
    steep = {proof.use(log_above, {x: u}, where=inside): 1 / (1 - u) ** 2}
    steep = proof.combine(diff(s(u), u) > 0, steep, where=inside)
    below = proof.monotone(second, along=t, start=u, end=1, where=inside)
    below = proof.combine(diff(slope_of_share(u), u) < 0, {below: 1 / (1 - u) ** 3}, where=inside)
    above = proof.monotone(third, along=t, start=u, end=1, where=inside)
    above = proof.combine(diff(bend_of_share(u), u) > 0, {above: 1 / (1 - u) ** 4}, where=inside)
    for curve, rate in ((s(u), steep), (slope_of_share(u), below), (bend_of_share(u), above)):
        proof.monotone(curve, along=u, start=x, end=z, rate=rate)
    proof.combine(slope_of_share(z) > 0, {proof.use(log_above, {x: z}): 1 / (1 - z) ** 2})
    last = proof.monotone(second, along=t, start=z, end=1)
    proof.combine(bend_of_share(z) < 0, {last: 1 / (1 - z) ** 3})


def weight(at):
    """W, which rises: x^2 psi'(x)/psi(x)^2 is gamma W(x) h(x)/(1 - x)."""
    return at**2 / ((1 - at) ** (gamma + 1) * (1 + gamma * s(at)) ** 2)


@theorem(
    "W(x) = x^2/((1 - x)^(gamma + 1) (1 + gamma s)^2) rises",
    over={gamma: Interval.open(0, oo), **AHEAD},
    shows=weight(x) < weight(z),
    false="W doubles",
    but=2 * weight(x) < weight(z),
)
def weight_rises(proof):
    """W' is a sum of positive terms and a multiple of ln t - 1 + 1/t > 0."""
    inside = t > 0, t < 1
    share, power = 1 + gamma * s(t), (1 - t) ** (gamma + 1)
    rest = 2 * t / (share**3 * power) + (gamma + 1) * t**2 / ((1 - t) * power * share**2)
    rest = proof.sign(rest > 0, where=inside)
    line = proof.use(log_below, {x: t}, where=inside)
    weights = {line: 2 * gamma * t**3 / ((1 - t) ** 2 * share**3 * power), rest: 1}
    rate = proof.combine(diff(weight(t), t) > 0, weights, where=inside)
    proof.monotone(weight(t), along=t, start=x, end=z, rate=rate)


def price_rate(at):
    """x^2 psi'/psi^2, the derivative of 1/psi in 1/x."""
    return gamma * quotient(at) * weight(at)


def tangent(at, far):
    """R(c) (1 - x/c) and x (1/psi(x) - 1/psi(c))."""
    return price_rate(far) * (1 - at / far), at * (1 / gain(at, gamma) - 1 / gain(far, gamma))


def rate_order(proof, low, high, case):
    """price_rate(high) < price_rate(low), where h is not positive at one of them, which is z."""
    with proof.suppose(*case):
        falls = proof.use(height_falls, {x: low, v: (high - low) / (1 - low)})
        rises = proof.use(weight_rises, {x: low, z: high})
        other = low if high == z else high
        weights = {falls: gamma * weight(other), rises: -gamma * quotient(z)}
        return proof.combine(price_rate(high) < price_rate(low), weights)


@theorem(
    "beyond the mode of psi, x (1/psi(x) - 1/psi(z)) lies above its tangent at z, and touches it at z only",
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), z: Interval.open(0, 1)},
    where=(height(z) <= 0, Ne(x, z)),
    shows=tangent(x, z)[0] < tangent(x, z)[1],
    false="beyond the mode of psi, it lies above twice that",
    but=2 * tangent(x, z)[0] < tangent(x, z)[1],
)
def above_tangent(proof):
    """1/psi(t) - R/t falls up to z and rises from z on."""
    curve = 1 / gain(t, gamma) - price_rate(z) / t
    low, high = tangent(x, z)
    branches = {}
    for case, inside, between in ((x < z, (0 < t, t < z), (t, z)), (z < x, (z < t, t < 1), (z, t))):
        order = rate_order(proof, *between, inside)
        slope = diff(curve, t) < 0 if case == (x < z) else diff(curve, t) > 0
        rate = proof.combine(slope, {order: 1 / t**2}, where=inside)
        ends = (x, z) if case == (x < z) else (z, x)
        side = proof.monotone(curve, along=t, start=ends[0], end=ends[1], rate=rate, where=case)
        branches[case] = proof.combine(low < high, {side: x}, where=case)
    proof.cases(branches)


def steepness(at):
    """s'/(1 + gamma s), the derivative of ln(1 + gamma s)/gamma."""
    return slope_of_share(at) / (1 + gamma * s(at))


def turn(at):
    """The derivative of s'/(1 + gamma s)."""
    return bend_of_share(at) / (1 + gamma * s(at)) - gamma * steepness(at) ** 2


@theorem(
    "the derivative of s'/(1 + gamma s) is negative and rises",
    over={gamma: Interval.open(0, oo), **AHEAD},
    shows=And(turn(x) < turn(z), turn(z) < 0),
    false="the derivative of s'/(1 + gamma s) is negative and falls",
    but=And(turn(z) < turn(x), turn(z) < 0),
)
def turn_rises(proof):
    """-s'', s' and 1/(1 + gamma s) are positive and fall, and so do their products."""
    proof.use(share_bends)
    steep, hollow = slope_of_share(z) > 0, bend_of_share(z) < 0
    steeper = proof.combine(slope_of_share(x) > 0, {slope_of_share(z) < slope_of_share(x): 1, steep: 1})
    proof.combine(-log(z) - (1 - z) > 0, {steep: (1 - z) ** 2})
    proof.combine(-log(x) - (1 - x) > 0, {steeper: (1 - x) ** 2})
    proof.combine(-2 * log(z) - 2 * (1 - z) - (1 - z) ** 2 / z < 0, {hollow: (1 - z) ** 3})
    small, large = 1 / (1 + gamma * s(x)), 1 / (1 + gamma * s(z))
    rises, gap = s(x) < s(z), gamma * small * large
    bent = {bend_of_share(x) < bend_of_share(z): small, rises: gap * -bend_of_share(z)}
    bent = proof.combine(bend_of_share(x) * small < bend_of_share(z) * large, bent)
    falls = {slope_of_share(z) < slope_of_share(x): small, rises: gap * slope_of_share(z)}
    falls = proof.combine(steepness(z) < steepness(x), falls)
    proof.combine(turn(x) < turn(z), {bent: 1, falls: gamma * (steepness(x) + steepness(z))})
    proof.combine(turn(z) < 0, {hollow: large, steep: gamma * steepness(z) * large})


TANGENTS = (
    turn(z) * (x - z) < steepness(x) - steepness(z),
    steepness(x) - steepness(z) < turn(x) * (x - z),
)


@theorem(
    "s'/(1 + gamma s) lies above its tangents",
    over={gamma: Interval.open(0, oo), **AHEAD},
    shows=And(*TANGENTS),
    false="s'/(1 + gamma s) lies below its tangents",
    but=And(TANGENTS[0].func(*TANGENTS[0].args[::-1]), TANGENTS[1]),
)
def steepness_bends(proof):
    """Its derivative, less its value at one end, has one sign."""
    law = proof.identity(Eq(diff(steepness(u), u), turn(u)), where=(0 < u, u < 1))
    for end, low, high in ((z, u, z), (x, x, u)):
        curve = steepness(u) - turn(end) * u
        with proof.suppose(x < u, u < z):
            proof.use(turn_rises, {x: low, z: high})
            rate = diff(curve, u) < 0 if end == z else diff(curve, u) > 0
            rate = proof.combine(rate, {turn(low) < turn(high): 1, law: 1})
        side = proof.monotone(curve, along=u, start=x, end=z, rate=rate)
        proof.combine(TANGENTS[0] if end == z else TANGENTS[1], {side: 1})


def others(at):
    """What the other letters have, each, where the rarest has `at`; y is 1/(n - 1)."""
    return y * (1 - at)


SIXTIETH = 1 / (60 * (1 + gamma))
WHOLE = Interval.Lopen(0, HALF)


@theorem(
    "where psi(y) <= 1, a letter with x <= 1/(60 (1 + gamma)) has a larger gain than others with y (1 - x) each",
    over={gamma: Interval.open(0, oo), x: Interval.Lopen(0, SIXTIETH), y: WHOLE},
    where=gain(y, gamma) <= 1,
    shows=log_gain(others(x)) < log_gain(x),
    false="where psi(y) <= 1, such a letter has a larger gain by a tenth",
    but=log_gain(others(x)) + Rational(1, 10) < log_gain(x),
)
def near_nothing(proof):
    """ln psi(c) < gamma x < ln psi(x)."""
    c = others(x)
    rare = proof.combine(60 * (1 + gamma) * x <= 1, {x <= SIXTIETH: 60 * (1 + gamma)})
    sixtieth = proof.combine(x < Rational(1, 60), {rare: Rational(1, 60), gamma > 0: x})
    proof.sign(x < 1)
    room = proof.combine(4 * gamma * x < 1 - x, {rare: 1, x > 0: 59 + 56 * gamma})
    proof.sign(y < 1)
    limit = proof.apply(log, gain(y, gamma) <= 1)
    share = proof.use(share_bends, {x: c, z: y})
    share = proof.combine(1 + gamma * s(c) < 1 + gamma * s(y), {s(c) < s(y): gamma})
    share = proof.apply(log, share)
    ratio = (1 - y) / (1 - c)
    line = proof.use(log_below, {x: ratio})
    above = {limit: 1, share: 1, line: gamma, y <= HALF: 2 * gamma * x / (1 - y)}
    above = proof.combine(log_gain(c) < gamma * x, above)
    first = proof.use(log_below, {x: 1 - x})
    whole = 1 + gamma * s(x)
    second = proof.use(log_above, {x: 1 / whole})
    sixty = proof.constant(Lt(4, log(60), evaluate=False))
    large = proof.apply(log, sixtieth)
    factor = gamma * x / ((1 - x) * (1 - x - gamma * x * log(x)))
    bracket = (2 - x) / 4 * (1 - x - 4 * gamma * x) + (1 - x) * (2 + x) / 4
    weights = {first: gamma, second: 1, sixty: factor * bracket, large: factor * bracket}
    weights |= {room: factor * (2 - x), x > 0: factor * 2 * (1 - x)}
    below = proof.combine(gamma * x < log_gain(x), weights)
    proof.combine({above: 1, below: 1})


LEAST = y / (1 + y)
"""Where the rarest has as much as the others: 1/n."""


def log_rate(at):
    """The derivative of ln psi."""
    return -gamma / (1 - at) + gamma * steepness(at)


def log_gap(at):
    """ln psi(x) - ln psi(y (1 - x))."""
    return log_gain(at) - log_gain(others(at))


def gap_rate(at):
    """Its derivative."""
    return log_rate(at) + y * log_rate(others(at))


def gap_falls(proof):
    """gap_rate(u) < gap_rate(x) for 0 < x < u < w, where w = y (1 - w): there u < c < 1/2 for c = y (1 - u)."""
    near, far = others(u), others(x)
    proof.combine(u < near, {u < w: 1 + y, Eq(y * (1 - w), w): 1})
    middle = proof.combine(2 * far < 1, {y <= HALF: 2, x > 0: 2 * y})
    closer = proof.combine(near < far, {x < u: y})
    less = proof.combine(2 * near < 1, {closer: 2, middle: 1})
    proof.sign(far < 1)
    proof.sign(near < 1)
    proof.sign(u < 1)
    first = proof.combine(y / (1 - far) < 1 / (1 - x), {middle: 1 / ((1 - x) * (1 - far))})
    second = proof.combine(y / (1 - near) < 1 / (1 - u), {less: 1 / ((1 - u) * (1 - near))})
    flat = 1 / (1 - x) + y / (1 - far) < 1 / (1 - u) + y / (1 - near)
    flat = proof.combine(flat, {first: (u - x) / (1 - u), second: (u - x) * y / (1 - far)})
    proof.use(steepness_bends, {z: u})
    proof.use(steepness_bends, {x: near, z: far})
    proof.use(turn_rises, {x: u, z: near})
    own, other = TANGENTS[0].xreplace({z: u}), TANGENTS[1].xreplace({x: near, z: far})
    apart = {turn(u) < turn(near): gamma * (u - x), turn(near) < 0: gamma * (1 - y**2) * (u - x)}
    return proof.combine(gap_rate(u) < gap_rate(x), {own: gamma, other: gamma * y, flat: gamma, **apart})


@theorem(
    "where psi(y) <= 1, a letter with less than others with y (1 - x) each has a larger gain than they",
    over={gamma: Interval.open(0, oo), y: WHOLE, x: Interval.open(0, LEAST)},
    where=gain(y, gamma) <= 1,
    shows=gain(others(x), gamma) < gain(x, gamma),
    false="where psi(y) <= 1, such a letter has twice the gain",
    but=2 * gain(others(x), gamma) < gain(x, gamma),
)
def others_have_less(proof):
    """The gap of ln psi is concave, 0 at w and positive near 0; w is y/(1 + y)."""
    goal, falling, rising = log_gap(x) > 0, gap_rate(x) <= 0, gap_rate(x) > 0
    with proof.suppose(Eq(y, w / (1 - w)), w > 0, w < 1, x < w):
        proof.combine(Eq(y * (1 - w), w), {Eq(y, w / (1 - w)): 1 - w})
        with proof.suppose(x < u, u < w):
            order = gap_falls(proof)
        with proof.suppose(falling):
            down = proof.combine(gap_rate(u) < 0, {order: 1, falling: 1}, where=(x < u, u < w))
            down = proof.monotone(log_gap(u), along=u, start=x, end=w, rate=down)
            zero = proof.rewrite(by=Eq(y, w / (1 - w)), shows=Eq(log_gap(w), 0, evaluate=False))
            first = proof.combine(goal, {down: 1, zero: 1})
        with proof.suppose(rising):
            with proof.suppose(0 < u, u < x):
                up = proof.instance(order, {x: u, u: x})
                up = proof.combine(gap_rate(u) > 0, {up: 1, rising: 1})
            with proof.suppose(0 < v, v < x, v <= SIXTIETH):
                up = proof.monotone(log_gap(u), along=u, start=v, end=x, rate=up)
                second = proof.combine(goal, {up: 1, proof.use(near_nothing, {x: v}): 1})
        order = proof.cases({falling: first, rising: second})
        order = proof.combine(log_gain(others(x)) < log_gain(x), {order: 1})
        order = proof.combine(proof.goal, {proof.apply(exp, order): 1})
    third = proof.combine(x < Rational(1, 3), {x < LEAST: 1, y <= HALF: Rational(2, 3) / (1 + y)})
    small = x / (20 * (1 + gamma))
    proof.combine(small < SIXTIETH, {third: 1 / (20 * (1 + gamma))})
    proof.combine(small < x, {x > 0: 1 - 1 / (20 * (1 + gamma))})
    proof.instance(order, {w: LEAST, v: small})


@theorem(
    "psi falls at a point where it is less than at a point before",
    over={gamma: Interval.open(0, oo), **AHEAD},
    where=gain(z, gamma) < gain(x, gamma),
    shows=height(z) < 0,
    false="psi rises at such a point",
    but=height(z) > 0,
)
def gain_falls(proof):
    """psi rises up to any point where h is not negative."""
    up = height(z) >= 0
    rise = proof.use(rises, {u: (z - x) / (1 - x)}, where=up)
    proof.refute(up, proof.combine(NEVER, {rise: 1, gain(z, gamma) < gain(x, gamma): 1}, where=up))


OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), j: letter, k: letter}
RAREST = Every(p[j] <= p[i]), p[j] < p[k]
SHARE = 1 / (n - 1)
ENTRY = q[i] / gain(q[i], gamma)


def least_below_uniform(proof):
    """n q_j < 1: no letter has less than q_j, and k has more."""
    term = proof.transfer(proof.use(order), p[j] <= p[i])
    strict = proof.transfer(proof.use(order, {i: k}), p[j] < p[k])
    return proof.combine(n * q[j] < 1, {proof.sum(term, strict=strict): 1, mass(q): 1})


MEAN = SHARE * (1 - q[j])
"""What each of the others has, on average."""
BEST = q[j] / gain(q[j], gamma) + (1 - q[j]) / gain(MEAN, gamma)
"""1/lambda if each of the others has as much."""


LINE = t * (1 - q[i] / z) + v * q[i]
"""A line that q_i/psi(q_i) lies above, in which z is a mean, t a slope and v a height."""
GAP = ENTRY - LINE


def less_than_sum(proof):
    """GAP_j < sum GAP_i, where no gap is negative and that at k is positive; j and k are told apart by q or by the gaps."""
    own, rest = GAP.xreplace({i: j}), GAP.xreplace({i: k})
    equal, apart, branches = Eq(own, rest), Ne(own, rest), {}
    with proof.suppose(rest > 0):
        for low, high in ((j, k), (k, j)):
            case, raised = q[low] < q[high], GAP + rest * q[i] / 2
            with proof.suppose(case, equal):
                ahead = raised.xreplace({i: low}) < raised.xreplace({i: high})
                ahead = proof.combine(ahead, {case: rest / 2, equal: 1})
                pair = proof.two_terms(proof.combine(raised > 0, {GAP >= 0: 1, rest > 0: q[i] / 2}), apart=ahead)
                less = {pair: 1, mass(q): rest / 2, rest * (1 + q[j] + q[k]) > 0: HALF}
                branches[case] = proof.combine(own < total(GAP), less)
        level = proof.cases(branches)
        with proof.suppose(apart):
            pair = proof.combine(own < total(GAP), {proof.two_terms(GAP >= 0, apart): 1, rest > 0: 1})
        return proof.cases({equal: level, apart: pair})


def above_tangents(proof, c, strict=False):
    """q_i/psi(q_i) lies above the line R (1 - q_i/c) + q_i/psi(c), and these lines add up to (1 - q_j)/psi(c) for the others.

    With `strict` it does so strictly at the letter k, and the sums differ.
    """
    own = q[j] / gain(q[j], gamma)
    apart = (GAP.xreplace({i: k}) > 0,) if strict else ()
    with proof.suppose(Eq(z, c), Eq(y * (n - 1), 1), z > 0, y > 0, Every(GAP >= 0), *apart):
        one = less_than_sum(proof) if strict else proof.one_term(GAP >= 0, at=j)
        weights = {one: 1, mass(q): v - t / z, Eq(y * (n - 1), 1): t / y, Eq(z, c): t / (y * z)}
        bound = own + v * (1 - q[j])
        bound = proof.combine(bound < total(ENTRY) if strict else bound <= total(ENTRY), weights)
    below, above = tangent(q[i], c)
    values = {t: price_rate(c), v: 1 / gain(c, gamma), z: c}
    apart, equal = Ne(q[i], c), Eq(q[i], c)
    term = proof.use(above_tangent, {x: q[i], z: c}, below < above, where=apart)
    term = proof.cases({apart: term, equal: proof.rewrite(by=equal, shows=below <= above, where=equal)})
    proof.every(proof.combine(GAP.xreplace(values) >= 0, {term: 1}))
    if strict:
        term = proof.use(above_tangent, {x: q[k], z: c}, (below < above).xreplace({i: k}))
        proof.combine(GAP.xreplace(values).xreplace({i: k}) > 0, {term: 1})
    return proof.instance(bound, values)


@theorem(
    "among all Q with the same entry at one letter lambda is largest where the others are equal, if psi falls there",
    over=OPTIMAL,
    where=(n >= 2, height(MEAN) <= 0, Ne(q[k], MEAN), Ne(q[k], q[j])),
    shows=multiplier * BEST < 1,
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(1000))),  # beyond, both sides agree to more digits than balls are given
    false="among all such Q lambda is less than half of what it is where the others are equal",
    but=2 * multiplier * BEST < 1,
)
def others_equal_is_best(proof):
    """The lines at the mean of the others, strictly at the letter k; then that mean is put where it was a number y."""
    with proof.suppose(y > 0, others(q[j]) < 1, height(others(q[j])) <= 0, Eq(y * (n - 1), 1), Ne(q[k], others(q[j]))):
        bound = above_tangents(proof, others(q[j]), strict=True)
        proof.use(multiplier_as_a_sum)
        proof.use(multiplier_positive)
        best = multiplier * (q[j] / gain(q[j], gamma) + (1 - q[j]) / gain(others(q[j]), gamma)) < 1
        bound = proof.combine(best, {bound: multiplier, Eq(multiplier * total(ENTRY), 1): 1})
    proof.instance(bound, {y: SHARE})


@theorem(
    "of n >= 3 classes with psi(1/(n - 1)) <= 1 the rarest is amplified, unless all are as common",
    over=OPTIMAL,
    where=(n >= 3, gain(SHARE, gamma) <= 1, *RAREST),
    shows=p[j] < q[j],
    false="the rarest of such classes gains a tenth",
    but=Rational(11, 10) * p[j] < q[j],
)
def rarest_amplified(proof):
    """With c for the others, 1/lambda >= a/psi(a) + (1 - a)/psi(c) > 1/psi(a)."""
    a, rare = q[j], least_below_uniform(proof)
    with proof.suppose(y > 0, y <= HALF, gain(y, gamma) <= 1, Eq(y * (n - 1), 1)):
        c = others(a)
        rare = proof.combine(a < LEAST, {rare: LEAST, Eq(y * (n - 1), 1): a / (1 + y)})
        higher = proof.use(others_have_less, {x: a})
        proof.combine(a < c, {rare: 1 + y})
        proof.use(gain_falls, {x: a, z: c})
        bound = above_tangents(proof, c)
        gap = (1 - a) / (gain(a, gamma) * gain(c, gamma))
        whole = proof.combine(total(ENTRY) > 1 / gain(a, gamma), {bound: 1, higher: gap})
        proof.use(multiplier_as_a_sum)
        weights = {whole: gain(a, gamma) * multiplier, Eq(multiplier * total(ENTRY), 1): gain(a, gamma)}
        proof.use(multiplier_positive)
        below = proof.combine(multiplier < gain(a, gamma), weights)
        gains = proof.combine(p[j] < q[j], {below: p[j] / multiplier, proof.use(ratio_law): 1 / multiplier})
    proof.instance(gains, {y: SHARE})


ROOM = gain(y, gamma) > 1, 4 * gamma**2 * x <= (gain(y, gamma) - 1) ** 2


@theorem(
    "where psi(y) > 1 and 2 gamma sqrt(x) <= psi(y) - 1, a letter with x has a smaller gain than others with y (1 - x) each",
    over={gamma: Interval.open(0, oo), y: WHOLE, x: Interval.open(0, LEAST)},
    where=ROOM,
    shows=gain(x, gamma) < gain(others(x), gamma),
    false="where psi(y) > 1 and 2 gamma sqrt(x) <= psi(y) - 1, such a letter has half the gain",
    but=2 * gain(x, gamma) < gain(others(x), gamma),
)
def others_have_more(proof):
    """psi(x) < 1 + 2 gamma sqrt(x) <= psi(y), and psi has no dip between x and y."""
    c = others(x)
    ahead = proof.combine(x < c, {x < LEAST: 1 + y})
    proof.combine(c < y, {x > 0: y})
    proof.sign(y < 1)
    proof.combine(c < 1, {c < y: 1, y < 1: 1})
    proof.combine(x < 1, {ahead: 1, c < 1: 1})
    proof.apply("power", x < 1, HALF)
    surplus, root = gain(y, gamma) - 1, 2 * gamma * sqrt(x)
    with proof.suppose(surplus < root):
        never = proof.combine(NEVER, {surplus < root: root + surplus, ROOM[1]: 1})
    near = proof.refute(surplus < root, never)
    bound = proof.combine(gain(x, gamma) < gain(y, gamma), {proof.use(gain_bound, {y: sqrt(x)}): 1, near: 1})
    proof.use(interval, {u: (c - x) / (1 - x), v: (y - c) / (1 - c)})
    first, second = gain(x, gamma) < gain(c, gamma), gain(y, gamma) < gain(c, gamma)
    proof.either({first: proof.given(first), second: proof.combine(first, {second: 1, bound: 1}, where=second)})


@theorem(
    "a letter with the least gain, if another has more, is suppressed",
    over=OPTIMAL,
    where=(Every(gain(q[j], gamma) <= gain(q[i], gamma)), gain(q[j], gamma) < gain(q[k], gamma)),
    shows=q[j] < p[j],
    false="a letter with the least gain loses a tenth",
    but=q[j] < Rational(9, 10) * p[j],
)
def least_gain_loses(proof):
    """1/lambda = sum q_i/psi(q_i) < 1/psi(q_j)."""
    least, more = gain(q[j], gamma) <= gain(q[i], gamma), gain(q[j], gamma) < gain(q[k], gamma)
    a, terms = gain(q[j], gamma), []
    for at, line in ((i, least), (k, more)):
        share, most = q[at] / gain(q[at], gamma), q[at] / a
        terms.append(proof.combine(line.func(share, most), {line: q[at] / (a * gain(q[at], gamma))}))
    sums = proof.sum(terms[0], strict=terms[1])
    proof.use(multiplier_as_a_sum)
    proof.use(multiplier_positive)
    unit = Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1)
    high = proof.combine(a < multiplier, {sums: multiplier * a, unit: a, mass(q): multiplier})
    proof.combine({high: p[j] / multiplier, proof.use(ratio_law): 1 / multiplier})


DATA, UNIT = q[j] / gain(q[j], gamma) / total(ENTRY), 1 / total(ENTRY)
"""The p_j and the lambda of which q is the minimizer."""


@theorem(
    "every pmf with two letters or more is the minimizer for some data, p_i = lambda q_i/psi(q_i)",
    reference="Charoenphakdee, Vongkulbhisal, Chairatanakul and Sugiyama, CVPR 2021",
    over={gamma: Interval.open(0, oo), q: pmf, j: letter},
    where=Every(q[i] < 1),
    shows=And(DATA > 0, Eq(total(ENTRY / total(ENTRY)), 1), Eq(DATA * slope(q[j], gamma), UNIT)),
    false="every pmf is the minimizer for itself",
    but=And(DATA > 0, Eq(total(ENTRY / total(ENTRY)), 1), Eq(q[j] * slope(q[j], gamma), UNIT)),
)
def every_pmf_is_a_minimizer(proof):
    """psi(q) = q phi(q)."""
    spread = proof.identity(Eq(total(w * ENTRY), w * total(ENTRY)))
    proof.combine(Eq(total(ENTRY / total(ENTRY)), 1), {proof.instance(spread, {w: 1 / total(ENTRY)}): 1})
    proof.identity(Eq(DATA * slope(q[j], gamma), UNIT))
    proof.sign(DATA > 0)


def two_levels(rare, size):
    """Of P = (tail, head, ..., head), whose minimizer has `rare` and size (1 - rare) each: (lambda, tail, head, that share)."""
    each = size * (1 - rare)
    price = 1 / (rare / gain(rare, gamma) + (1 - rare) / gain(each, gamma))
    return price, price * rare / gain(rare, gamma), price * each / gain(each, gamma), each


def suppresses(rare, size):
    """P is a pmf on 1 + 1/size letters, (rare, each, ..., each) its minimizer, the tail its rarest letter, and suppressed."""
    price, tail, head, each = two_levels(rare, size)
    optimal = Eq(tail * slope(rare, gamma), price), Eq(head * slope(each, gamma), price)
    return And(tail > 0, Eq(tail + head / size, 1), *optimal, tail < head, rare < tail)


@theorem(
    "if psi(1/(n - 1)) > 1 and x is small, some P on n classes has a rarest one with q_j = x < p_j, the others being equal",
    over={gamma: Interval.open(0, oo), y: WHOLE, x: Interval.open(0, LEAST)},
    where=ROOM,
    shows=suppresses(x, y),
    false="if psi(1/(n - 1)) > 1 and x is small, such a P gives at most half of x to the class",
    but=And(suppresses(x, y), 2 * x < two_levels(x, y)[1]),
)
def rarest_suppressed(proof):
    """1/lambda is a mean of 1/psi(x) and 1/psi(c), so psi(x) < lambda; and phi falls from x to c."""
    price, tail, head, c = two_levels(x, y)
    ahead = proof.combine(x < c, {x < LEAST: 1 + y})
    more = proof.use(others_have_more)
    steeper = proof.transfer(proof.use(slope_reverses, {x: c, z: x}), ahead)
    low, high = gain(x, gamma), gain(c, gamma)
    proof.combine(x < tail, {more: x * (1 - x) * price / (low * high)})
    proof.combine(tail < head, {steeper: price / (slope(x, gamma) * slope(c, gamma))})
    proof.sign(tail > 0)
    for part in proof.goal.args:
        if isinstance(part, Eq):
            proof.identity(part)


def no_letter_loses(proof, rarest, commonest):
    """p_i <= q_i at every letter, if it is so at a rarest letter k and a commonest letter j: psi has no dip between them."""
    bound, held = p[i] <= q[i], {k: rarest, j: commonest}
    proof.use(multiplier_positive)
    high, equals = {}, {}
    for at in (k, j):
        law = proof.use(ratio_law, {j: at})
        weights = {held[at]: multiplier / p[at], law: 1 / p[at]}
        high[at] = proof.combine(held[at].func(multiplier, gain(q[at], gamma)), weights)
        equal = Eq(q[i], q[at])
        level = proof.transfer(proof.use(order, {j: at}), equal, where=equal)
        equals[at] = proof.combine(bound, {held[at]: 1, equal: 1, level: 1}, where=equal)
    proof.transfer(proof.use(order, {j: k}), p[k] <= p[i])
    proof.transfer(proof.use(order, {i: j, j: i}), p[i] <= p[j])
    law = proof.use(ratio_law, {j: i})
    with proof.suppose(q[k] < q[i], q[i] < q[j]):
        step = {x: q[k], u: (q[i] - q[k]) / (1 - q[k]), v: (q[j] - q[i]) / (1 - q[i])}
        proof.use(interval, step)
        sides = {}
        for at in (k, j):
            dip = gain(q[at], gamma) < gain(q[i], gamma)
            more = proof.combine(multiplier < gain(q[i], gamma), {dip: 1, high[at]: 1}, where=dip)
            weights = {more: q[i] / gain(q[i], gamma), law: 1 / gain(q[i], gamma)}
            sides[dip] = proof.combine(p[i] < q[i], weights, where=dip)
        middle = proof.either(sides, shows=bound)
    middle = proof.cases({Eq(q[i], q[j]): equals[j], q[i] < q[j]: middle})
    return proof.cases({Eq(q[i], q[k]): equals[k], q[k] < q[i]: middle})


def masses_differ(proof, terms, strict):
    """No letter loses and one gains: the masses cannot both be 1."""
    return proof.combine(NEVER, {proof.sum(terms, strict=strict): 1, mass(p): 1, mass(q): 1})


ENDS = Every(p[i] <= p[j]), Every(p[k] <= p[i])


@theorem(
    "if a commonest letter is amplified, a rarest one is suppressed",
    over=OPTIMAL,
    where=(*ENDS, p[j] < q[j]),
    shows=q[k] < p[k],
    false="if a commonest letter is amplified, a rarest one is amplified",
    but=p[k] < q[k],
)
def rarest_pays(proof):
    """Else no letter loses."""
    kept, gains = p[k] <= q[k], p[j] < q[j]
    with proof.suppose(kept):
        never = masses_differ(proof, no_letter_loses(proof, kept, gains), gains)
    proof.refute(kept, never)


@theorem(
    "of n >= 3 classes with psi(1/(n - 1)) <= 1 the commonest is suppressed, unless all are as common",
    over=OPTIMAL,
    where=(n >= 3, gain(SHARE, gamma) <= 1, *ENDS, p[k] < p[j]),
    shows=q[j] < p[j],
    false="the commonest of such classes loses a tenth",
    but=q[j] < Rational(9, 10) * p[j],
)
def commonest_suppressed(proof):
    """The rarest gains, so not all can."""
    kept, gains = p[j] <= q[j], p[k] < q[k]
    proof.use(rarest_amplified, {j: k, k: j})
    with proof.suppose(kept):
        never = masses_differ(proof, no_letter_loses(proof, gains, kept), gains)
    proof.refute(kept, never)


SURPLUS = gain(SHARE, gamma) - 1
SMALL = x < 1 / n, 4 * gamma**2 * x <= SURPLUS**2
"""What is asked of the share of the rarest: any small number will do."""


SHARE_OF_RAREST = {y: Interval.open(0, 1 / n)}
RARE = SMALL[1].xreplace({x: y})
HALVED = And(suppresses(y, SHARE), 2 * y < two_levels(y, SHARE)[1])


def if_rare(conclusion):
    """The conclusion for a share y that is small enough."""
    return Implies(RARE, conclusion)


def suppressed_if_rare(proof):
    """Under psi(1/(n - 1)) > 1: the pmf with two levels, for every small share of the rarest."""
    return proof.implication(RARE, proof.use(rarest_suppressed, {x: y, y: SHARE}, where=RARE))


@theorem(
    "n >= 4 classes can suppress their rarest if gamma < gamma*(n), and never do if gamma >= gamma*(n)",
    over=OPTIMAL | {z: gamma_star} | SHARE_OF_RAREST,
    where=(n >= 4, *RAREST),
    shows=And(Implies(z <= gamma, p[j] < q[j]), Implies(gamma < z, if_rare(suppresses(y, SHARE)))),
    false="n >= 4 classes can have their rarest lose half of its share if gamma < gamma*(n)",
    but=And(Implies(z <= gamma, p[j] < q[j]), Implies(gamma < z, if_rare(HALVED))),
)
def gammas_of_n_classes(proof):
    """p_0 falls in gamma, and gamma*(n) is the gamma at which it is 1/(n - 1)."""
    never, some, low = z <= gamma, gamma < z, gain(SHARE, gamma) <= 1
    with proof.suppose(never):
        equal, beyond = Eq(gamma, z), z < gamma
        level = proof.rewrite(Eq(gain(SHARE, z), 1), by=equal, shows=Eq(gain(SHARE, gamma), 1), where=equal)
        level = proof.combine(low, {level: 1}, where=equal)
        less = proof.use(threshold_falls, {x: SHARE, gamma: z, z: gamma}, where=beyond)
        proof.cases({equal: level, beyond: less}, shows=low)
        gains = proof.use(rarest_amplified)
    proof.implication(never, gains)
    with proof.suppose(some):
        less = proof.use(threshold_falls, {x: SHARE}, where=low)
        proof.refute(low, proof.combine(NEVER, {less: 1, Eq(gain(SHARE, z), 1): 1}, where=low))
        line = suppressed_if_rare(proof)
    proof.implication(some, line)


@theorem(
    "n classes never suppress their rarest if n - 1 <= 1/p_0, and can if n - 1 > 1/p_0: it takes floor(1/p_0) + 2",
    over=OPTIMAL | {x: threshold_of(gamma)} | SHARE_OF_RAREST,
    where=(n >= 3, *RAREST),
    shows=And(Implies((n - 1) * x <= 1, p[j] < q[j]), Implies((n - 1) * x > 1, if_rare(suppresses(y, SHARE)))),
    false="n classes can have their rarest lose half of its share if n - 1 > 1/p_0",
    but=And(Implies((n - 1) * x <= 1, p[j] < q[j]), Implies((n - 1) * x > 1, if_rare(HALVED))),
    main=True,
)
def number_of_classes(proof):
    """psi(1/(n - 1)) <= 1 exactly when 1/(n - 1) >= p_0."""
    never, some, low = (n - 1) * x <= 1, (n - 1) * x > 1, gain(SHARE, gamma) <= 1
    with proof.suppose(never):
        equal, beyond = Eq(x, SHARE), x < SHARE
        level = proof.rewrite(Eq(gain(x, gamma), 1), by=equal, shows=Eq(gain(SHARE, gamma), 1), where=equal)
        level = proof.combine(low, {level: 1}, where=equal)
        less = proof.use(below_one_beyond, {y: SHARE}, where=beyond)
        proof.combine(x <= SHARE, {never: SHARE})
        proof.cases({equal: level, beyond: less}, shows=low)
        gains = proof.use(rarest_amplified)
    proof.implication(never, gains)
    with proof.suppose(some):
        proof.use(above_one_before, {y: SHARE})
        line = suppressed_if_rare(proof)
    proof.implication(some, line)
