"""Convexity: the focal-entropy is convex in the model, strictly on the support, linear in the data, not jointly convex.

Source
    Abstract: "convexity ... of the focal-entropy".
Statement
    loss'' > 0 on (0, 1) for every gamma >= 0, those below 1 included. Hence the slope falls, the loss lies above its tangents
    and below its chords, H_gamma(P, .) is convex, strictly in the coordinates on the support of P, H_gamma(., Q) is linear, the
    minimum H*_gamma is concave in P (`value_asymptotics/minimum_is_concave`), and H_gamma is not convex in (P, Q) jointly.
Idea
    With t = (1 - x)/x, loss'' = (1 - x)^(gamma - 2) B(t), B(t) = gamma (gamma - 1) ln(1 + t) + 2 gamma t + t^2. B(0) = 0, and
    (1 + t) B'(t) is a polynomial in t and gamma without a negative coefficient.
Trusted
    The mean value theorem (cited by the rule `monotone`).
Not covered
    The value +oo, where a model vanishes on the support: it lies above every chord.
"""

from sympy import Interval, Rational, diff, log, oo

from focal_symbolic.claims import data, letter, near, theorem, unit
from focal_symbolic.definitions import focal_entropy, focal_entropy_of_letters, gamma, loss, p, q, slope, x
from focal_symbolic.language import And, Eq, Implies, Ne, array, i, j, real, total

m, t, u, w, y = map(real, "mtuwy")
a, b, r = map(array, "abr")
HALF, QUARTER, FIFTH = Rational(1, 2), Rational(1, 4), Rational(1, 5)
MIDDLE = QUARTER, 3 * QUARTER


@theorem(
    "the second derivative of the loss is positive on (0, 1) for every gamma >= 0",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1)},
    shows=diff(loss(x, gamma), x, 2) > 0,
    false="the second derivative of the loss is positive on (0, 1) for every gamma >= -1",
    but=diff(loss(x, gamma - 1), x, 2) > 0,
)
def loss_is_convex(proof):
    """loss'' = (1 - x)^(gamma - 2) B(t) with t = (1 - x)/x; B(0) = 0 and B' has no negative coefficient."""
    bracket = gamma * (gamma - 1) * log(1 + t) + 2 * gamma * t + t**2
    above = proof.monotone(bracket, along=t, start=0, end=(1 - x) / x)
    proof.combine({above: (1 - x) ** gamma / (1 - x) ** 2})


@theorem(
    "the slope falls strictly on (0, 1): from x to any x + u (1 - x) between x and 1",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1), u: Interval.open(0, 1)},
    shows=slope(x + u * (1 - x), gamma) < slope(x, gamma),
    precision={x: MIDDLE, u: (HALF, 3 * QUARTER), gamma: (0, 2)},
    false="the slope rises from x to x + u (1 - x)",
    but=slope(x + u * (1 - x), gamma) > slope(x, gamma),
)
def slope_falls(proof):
    """The slope falls because its derivative is -loss''."""
    curved = proof.use(loss_is_convex, {x: t}, where=(0 < t, t < 1))
    falls = proof.combine(diff(slope(t, gamma), t) < 0, {curved: 1}, where=(0 < t, t < 1))
    proof.monotone(slope(t, gamma), along=t, start=x, end=x + u * (1 - x), rate=falls)


@theorem(
    "the second derivative of the loss exceeds (1 - x)^gamma",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1)},
    shows=(1 - x) ** gamma < diff(loss(x, gamma), x, 2),
    false="the second derivative of the loss exceeds (1 + gamma)^3 (1 - x)^gamma",
    but=(1 + gamma) ** 3 * (1 - x) ** gamma < diff(loss(x, gamma), x, 2),
)
def curvature(proof):
    """B(t) >= t^2, since B - t^2 rises from 0 as well; and t/(1 - x) = 1/x > 1."""
    above = proof.monotone(gamma * (gamma - 1) * log(1 + t) + 2 * gamma * t, along=t, start=0, end=(1 - x) / x)
    proof.combine({above: (1 - x) ** gamma / (1 - x) ** 2, x < 1: (1 - x) ** gamma * (1 + x) / x**2})


@theorem(
    "from x to a larger y <= m < 1 the slope falls by more than (1 - m)^gamma (y - x)",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1), m: Interval.open(x, 1), y: Interval.Lopen(x, m)},
    shows=(1 - m) ** gamma * (y - x) < slope(x, gamma) - slope(y, gamma),
    false="from x to a larger y <= m < 1 the slope falls by more than ten times that",
    but=10 * (1 - m) ** gamma * (y - x) < slope(x, gamma) - slope(y, gamma),
)
def slope_falls_by(proof):
    """phi(t) + (1 - m)^gamma t falls."""
    inside = 0 < t, t < m
    proof.combine(t < 1, {t < m: 1, m < 1: 1}, where=t < m)
    curved, power = proof.use(curvature, {x: t}, where=inside), proof.apply("power", 1 - m <= 1 - t, gamma, where=inside)
    curve = slope(t, gamma) + (1 - m) ** gamma * t
    falls = proof.combine(diff(curve, t) < 0, {curved: 1, power: 1}, where=inside)
    line = proof.monotone(curve, along=t, start=x, end=y, rate=falls)
    proof.combine({line: 1})


@theorem(
    "the loss lies above its tangent at x at every point x + u (1 - x) between x and 1",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1), u: Interval.Lopen(0, 1)},
    shows=loss(x + u * (1 - x), gamma) > loss(x, gamma) - slope(x, gamma) * u * (1 - x),
    precision={x: MIDDLE, u: (HALF, Rational(9, 10)), gamma: (0, 2)},
    false="the loss lies above the line through it at x with nine tenths of the slope",
    but=loss(x + u * (1 - x), gamma) > loss(x, gamma) - Rational(9, 10) * slope(x, gamma) * u * (1 - x),
)
def tangent_ahead(proof):
    """T(t) = loss(t) - loss(x) + phi(x) (t - x) vanishes at x and rises beyond it."""
    gap = loss(t, gamma) - loss(x, gamma) + slope(x, gamma) * (t - x)
    falls = proof.use(slope_falls, {u: (t - x) / (1 - x)}, where=(x < t, t < 1))
    proof.monotone(gap, along=t, start=x, end=x + u * (1 - x), rate=falls)


@theorem(
    "the loss lies above its tangent at x at every point x - u x between 0 and x",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1), u: Interval.open(0, 1)},
    shows=loss(x - u * x, gamma) > loss(x, gamma) + slope(x, gamma) * u * x,
    precision={x: MIDDLE, u: (HALF, Rational(9, 10)), gamma: (0, 2)},
    false="the loss lies above the line through it at x with eleven tenths of the slope",
    but=loss(x - u * x, gamma) > loss(x, gamma) + Rational(11, 10) * slope(x, gamma) * u * x,
)
def tangent_behind(proof):
    """The same T falls up to x."""
    gap = loss(t, gamma) - loss(x, gamma) + slope(x, gamma) * (t - x)
    falls = proof.use(slope_falls, {x: t, u: (x - t) / (1 - t)}, where=(0 < t, t < x))
    proof.monotone(gap, along=t, start=x - u * x, end=x, rate=falls)


@theorem(
    "the loss lies strictly below each of its chords in (0, 1]",
    answers="convexity",
    over={gamma: Interval(0, oo), x: Interval.open(0, 1), u: Interval.Lopen(0, 1), w: Interval.open(0, 1)},
    shows=loss(x + w * u * (1 - x), gamma) < (1 - w) * loss(x, gamma) + w * loss(x + u * (1 - x), gamma),
    precision={x: (QUARTER, Rational(1, 3)), u: (3 * QUARTER, Rational(9, 10)), w: (2 * FIFTH, 3 * FIFTH), gamma: (HALF, 1)},
    false="the loss lies strictly below 99/100 of each of its chords in (0, 1]",
    but=loss(x + w * u * (1 - x), gamma) < Rational(99, 100) * ((1 - w) * loss(x, gamma) + w * loss(x + u * (1 - x), gamma)),
)
def below_chord(proof):
    """Two tangents at the point z between, with the weights of the chord: the slopes cancel."""
    y, z = x + u * (1 - x), x + w * u * (1 - x)
    proof.sign(z < y)
    proof.sign(y <= 1)
    ahead = proof.use(tangent_ahead, {x: z, u: (y - z) / (1 - z)})
    behind = proof.use(tangent_behind, {x: z, u: (z - x) / z})
    proof.combine({behind: 1 - w, ahead: w})


def chord_at(proof, at):
    """The chord between a and b at one letter where they differ, in either order."""
    rising, falling = a[at] < b[at], b[at] < a[at]
    chord = loss((1 - w) * a[at] + w * b[at], gamma) < (1 - w) * loss(a[at], gamma) + w * loss(b[at], gamma)
    up = proof.use(below_chord, {x: a[at], u: (b[at] - a[at]) / (1 - a[at])}, chord, where=rising)
    down = proof.use(below_chord, {x: b[at], u: (a[at] - b[at]) / (1 - b[at]), w: 1 - w}, chord, where=falling)
    return chord.lhs, chord.rhs, {rising: up, falling: down}


def mixed(one, other):
    """The template of the family (1 - w) one + w other."""
    return (1 - w) * one[i] + w * other[i]


def entropy_at(data, model):
    """The focal-entropy of families given by their entry at the letter i."""
    return total(data * loss(model, gamma))


STRICTLY_CONVEX = entropy_at(p[i], mixed(a, b)) < (1 - w) * focal_entropy(p, a, gamma) + w * focal_entropy(p, b, gamma)


def chords_of_terms(proof):
    """The chord of p_i loss at every letter."""
    low, high, chords = chord_at(proof, i)
    equal = Eq(a[i], b[i])
    every = proof.cases(chords | {equal: proof.rewrite(by=equal, shows=low <= high, where=equal)})
    return proof.combine(p[i] * low <= p[i] * high, {every: p[i]})


CONVEX = STRICTLY_CONVEX.lhs <= STRICTLY_CONVEX.rhs


@theorem(
    "the focal-entropy is convex in the model, for all data",
    answers="convexity",
    over={gamma: Interval(0, oo), p: data, a: unit, b: unit, w: Interval.open(0, 1)},
    shows=CONVEX,
    false="the focal-entropy lies below 99/100 of its chords",
    but=STRICTLY_CONVEX.lhs <= Rational(99, 100) * STRICTLY_CONVEX.rhs,
)
def entropy_is_convex(proof):
    """The chord of the loss at every letter."""
    proof.sum(chords_of_terms(proof))


@theorem(
    "the focal-entropy lies strictly below its chords in the model where they differ at a letter of the support of the data",
    answers="convexity",
    over={gamma: Interval(0, oo), p: data, a: unit, b: unit, w: Interval.open(0, 1), j: letter},
    where=(p[j] > 0, Ne(a[j], b[j])),
    shows=STRICTLY_CONVEX,
    false="the focal-entropy lies below 99/100 of its chords",
    but=STRICTLY_CONVEX.lhs < Rational(99, 100) * STRICTLY_CONVEX.rhs,
)
def entropy_is_strictly_convex(proof):
    """The chord of the loss at every letter, strictly at the letter j."""
    term = chords_of_terms(proof)
    low_j, high_j, chords = chord_at(proof, j)
    somewhere = proof.cases(chords)
    strict = proof.combine(p[j] * low_j < p[j] * high_j, {somewhere: p[j]})
    proof.sum(term, strict=strict)


LINEAR = Eq(entropy_at(mixed(p, r), q[i]), (1 - w) * focal_entropy(p, q, gamma) + w * focal_entropy(r, q, gamma))


ON_THE_SUPPORT = Implies(p[j] > 0, Implies(Ne(a[j], b[j]), STRICTLY_CONVEX))


@theorem(
    "the focal-entropy is linear in the data",
    answers="convexity",
    over={gamma: Interval(0, oo), p: data, r: data, q: unit, w: Interval(-oo, oo)},
    shows=LINEAR,
    false="the focal-entropy is quadratic in the weight of the data",
    but=Eq(LINEAR.lhs, (1 - w**2) * focal_entropy(p, q, gamma) + w**2 * focal_entropy(r, q, gamma)),
)
def entropy_is_linear(proof):
    """The sum is linear in p."""
    proof.identity()


CORNERS = tuple(map(real, ("p_1", "q_1", "r_1", "s_1")))
WITNESS = QUARTER, 2 * FIFTH, 3 * QUARTER, 3 * FIFTH


def gap_at_the_middle(data, model, other_data, other_model):
    """The focal-entropy midway between two pairs on two letters, less the mean of its values at the pairs."""
    middle = (data + other_data) / 2, (model + other_model) / 2
    pairs = middle, (data, model), (other_data, other_model)
    ends = [focal_entropy_of_letters((one, 1 - one), (two, 1 - two), gamma) for one, two in pairs]
    return ends[0] - (ends[1] + ends[2]) / 2


@theorem(
    "the focal-entropy is not jointly convex: P, Q = (1/4, 3/4), (2/5, 3/5) and their mirror images, gamma = 1",
    answers="convexity",
    over={corner: near(value, Rational(1, 50)) for corner, value in zip((*CORNERS, gamma), (*WITNESS, 1), strict=True)},
    shows=gap_at_the_middle(*CORNERS) > 0,
    kind="witness",
    false="midway the focal-entropy exceeds the mean of the ends by a tenth",
    but=gap_at_the_middle(*CORNERS) > Rational(1, 10),
)
def not_jointly_convex(proof):
    """Four logarithms with rational weights: an inequality between integers."""
    proof.by("logarithms")


@theorem(
    "the focal-entropy is convex in the model, strictly on the support of the data, and linear in the data, not jointly convex",
    answers="convexity",
    over={gamma: Interval(0, oo), p: data, r: data, q: unit, a: unit, b: unit, w: Interval.open(0, 1), j: letter},
    shows=And(CONVEX, ON_THE_SUPPORT, LINEAR, not_jointly_convex.claim.proposition),
    false="the focal-entropy lies below 99/100 of its chords in the model",
    but=And(entropy_is_convex.falsehood.goal, ON_THE_SUPPORT, LINEAR, not_jointly_convex.claim.proposition),
    main=True,
)
def convexity(proof):
    """The theorems above."""
    proof.use(entropy_is_convex)
    with proof.suppose(p[j] > 0):
        strict = proof.implication(Ne(a[j], b[j]), proof.use(entropy_is_strictly_convex, where=Ne(a[j], b[j])))
    proof.implication(p[j] > 0, strict)
    proof.use(entropy_is_linear)
    proof.use(not_jointly_convex)
