"""Two classes: the data read off a focal-trained model lie between two temperature scalings of it, with sharp constants.

Source
    own; Komisarenko and Kull (arXiv:2408.11598) compare the map from the model to the data with temperature scaling.
Statement
    Let x = q_j > 1/2, q_k = 1 - x and z = ln(q_j/q_k). Then ln(p_j/p_k) = (gamma + 1) z - m with m = ln((1 + gamma s(x))/
    (1 + gamma s(1 - x))), and 0 < m < ln(1 + gamma), m < z, m < (2 ln 2 - 1) ln(1 + gamma) z. So p is q sharpened with a
    temperature above 1/(gamma + 1) and below 1/(gamma + 1 - (2 ln 2 - 1) ln(1 + gamma)). For gamma <= 2 the quotient m/z
    falls in z, and m < C z with C = gamma (2 ln 2 - 1)/(1 + gamma ln 2). Both ends are sharp: m < ln(1 + gamma) makes m/z
    small where z is large, and m/z > gamma (s(x) + s(1 - x) - 1)/(1 + gamma s(x)), which is C at x = 1/2. At gamma = 10
    neither m < C z holds everywhere nor does m/z fall.
Idea
    x (1 - x) s' = s - x, so the derivative of s(x) - s(1 - x) in z is s(x) + s(1 - x) - 1: from 2 ln 2 - 1 down to 0, as s'
    falls. That of m is 2 - rho(x) - rho(1 - x) with rho = (1 + gamma x)/(1 + gamma s); and rho is convex for gamma <= 2: its
    second derivative is gamma/(1 + gamma s)^3 times a polynomial of gamma that is concave, and positive at 0 and at 2.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln (rule `apply`), the balls that show 2 ln 2 > 1 and that
    enclose m at gamma = 10 (rule `constant`).
Not covered
    That m < C z for gamma up to 5.63..., where the third derivative of m in z vanishes at 0. More than two classes:
    `confidence`.
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.class_count import bend_of_share, share_bends, slope_of_share
from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.high_suppression import g_sign
from focal_symbolic.proofs.uniqueness import multiplier_positive
from sympy import Integer, Interval, Rational, diff, log, oo

from focal_symbolic.claims import letter, near, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, x
from focal_symbolic.language import And, Eq, Gt, Implies, j, k, real

t, u, z = map(real, "tuz")
HALF = Rational(1, 2)
INSIDE, HIGH, POSITIVE = Interval.open(0, 1), Interval.open(HALF, 1), Interval.open(0, oo)
STEEP = 2 * log(2) - 1
"""The derivative of s(x) - s(1 - x) in the logit at x = 1/2."""


def logit(at):
    """ln(x/(1 - x))."""
    return log(at) - log(1 - at)


def both(at):
    """s(x) + s(1 - x)."""
    return s(at) + s(1 - at)


def apart(at):
    """s(x) - s(1 - x), which has the derivative s(x) + s(1 - x) - 1 in the logit."""
    return s(at) - s(1 - at)


@theorem(
    "s(x) + s(1 - x) falls on (1/2, 1), where it is less than 2 ln 2 and more than 1",
    over={x: HIGH, z: Interval.open(x, 1)},
    shows=And(both(z) < both(x), both(x) > 1, both(x) < 2 * log(2)),
    precision={x: (Rational(51, 100), Rational(7, 10)), z: (Rational(3, 4), Rational(99, 100))},
    false="s(x) + s(1 - x) falls on (1/2, 1), where it is less than 2 ln 2 and more than 11/10",
    but=And(both(z) < both(x), both(x) > Rational(11, 10), both(x) < 2 * log(2)),
)
def sum_of_shares(proof):
    """s' falls; and s(x) > x."""
    with proof.suppose(t > HALF, t < 1):
        proof.use(share_bends, {x: 1 - t, z: t})
        rate = proof.combine(diff(both(t), t) < 0, {slope_of_share(t) < slope_of_share(1 - t): 1})
    proof.monotone(both(t), along=t, start=x, end=z, rate=rate)
    proof.monotone(both(t), along=t, start=HALF, end=x, rate=rate)
    weights = {proof.use(log_above): x / (1 - x), proof.use(log_above, {x: 1 - x}): (1 - x) / x}
    proof.combine(both(x) > 1, weights)


LEAST = (both(x) - 1) * logit(x)
"""What s(x) - s(1 - x) is more than: the logit times its derivative, which falls."""


@theorem(
    "s(x) - s(1 - x) lies between s(x) + s(1 - x) - 1 and 2 ln 2 - 1 times the logit",
    over={x: HIGH},
    shows=And(LEAST < apart(x), apart(x) < STEEP * logit(x)),
    precision={x: (Rational(55, 100), Rational(99, 100))},
    false="s(x) - s(1 - x) lies below a third of the logit",
    but=And(LEAST < apart(x), apart(x) < logit(x) / 3),
)
def difference_of_shares(proof):
    """Its derivative in the logit falls from 2 ln 2 - 1 on."""
    with proof.suppose(t > HALF, t < x):
        proof.use(sum_of_shares, {x: t, z: x})
        shift = apart(t) - (both(x) - 1) * logit(t)
        low = proof.combine(diff(shift, t) > 0, {both(x) < both(t): 1 / (t * (1 - t))})
        high = proof.combine(diff(STEEP * logit(t) - apart(t), t) > 0, {both(t) < 2 * log(2): 1 / (t * (1 - t))})
    proof.monotone(shift, along=t, start=HALF, end=x, rate=low)
    proof.monotone(STEEP * logit(t) - apart(t), along=t, start=HALF, end=x, rate=high)


def gap(at, focus=gamma):
    """m: what the logit of the data falls short of gamma + 1 times that of the model."""
    return log(1 + focus * s(at)) - log(1 + focus * s(1 - at))


def steep_gap(proof, short):
    """The derivative in gamma is (s(x) - s(1 - x))/((1 + gamma s(x))(1 + gamma s(1 - x))) < (2 ln 2 - 1) z/(1 + gamma)."""
    product = (1 + t * s(x)) * (1 + t * s(1 - x))
    line = STEEP * logit(x) * log(1 + t) - gap(x, t)
    proof.constant(Gt(STEEP, 0, evaluate=False))
    proof.combine(logit(x) > 0, {proof.apply(log, 1 - x < x): 1})
    with proof.suppose(t > 0):
        room = proof.combine(product > 1 + t, {both(x) > 1: t, proof.sign(t**2 * s(x) * s(1 - x) > 0): 1})
        rate = proof.combine(diff(line, t) > 0, {short: 1 / product, room: STEEP * logit(x) / (product * (1 + t))})
    last = proof.monotone(line, along=t, start=0, end=gamma, rate=rate)
    return proof.combine(gap(x) < STEEP * logit(x) * log(1 + gamma), {last: 1})


GAPS = gap(x) > 0, gap(x) < log(1 + gamma), gap(x) < logit(x), gap(x) < STEEP * logit(x) * log(1 + gamma)


@theorem(
    "m is positive and less than ln(1 + gamma), than the logit, and than (2 ln 2 - 1) ln(1 + gamma) times the logit",
    over={gamma: POSITIVE, x: HIGH},
    shows=And(*GAPS),
    false="m is positive and less than ln(1 + gamma), than the logit, and than a third of ln(1 + gamma) times the logit",
    but=And(*GAPS[:3], gap(x) < log(1 + gamma) * logit(x) / 3),
)
def gap_between(proof):
    """s(1 - x) < s(x) < 1; (1 - x)(1 + gamma s(x)) < x (1 + gamma s(1 - x)) by g < 0; the last by its derivative in gamma."""
    proof.use(sum_of_shares, {z: (1 + x) / 2})
    proof.use(difference_of_shares)
    proof.combine(logit(x) > 0, {proof.apply(log, 1 - x < x): 1})
    positive = proof.combine(apart(x) > 0, {LEAST < apart(x): 1, both(x) > 1: logit(x)})
    order = proof.combine(1 + gamma * s(1 - x) < 1 + gamma * s(x), {positive: gamma})
    proof.combine(GAPS[0], {proof.apply(log, order): 1})
    unit = proof.combine(1 + gamma * s(x) < 1 + gamma, {proof.use(log_below): gamma * x / (1 - x)})
    rest = proof.apply(log, proof.sign(1 < 1 + gamma * s(1 - x)))
    proof.combine(GAPS[1], {proof.apply(log, unit): 1, rest: 1})
    far = proof.transfer(proof.use(g_sign), x > HALF)
    odds = (1 - x) * (1 + gamma * s(x)) < x * (1 + gamma * s(1 - x))
    odds = proof.combine(odds, {far: gamma * (1 - x), x > HALF: 2})
    proof.combine(GAPS[2], {proof.apply(log, odds): 1})
    steep_gap(proof, apart(x) < STEEP * logit(x))


# -- the sharp slope ---------------------------------------------------------------------------------------------------------


def ratio(at, focus=gamma):
    """rho: the derivative of m in the logit is 2 - rho(x) - rho(1 - x)."""
    return (1 + focus * at) / (1 + focus * s(at))


SQUARE = 4 * log(x) ** 2 + (4 * x**2 + 2 * x + 12) * log(x) + 1 / x + 10 - 5 * x - 6 * x**2
"""(1 - x)^3 (1 + 2 s)^3/2 times the second derivative of rho at gamma = 2."""


@theorem(
    "4 L^2 - (4 x^2 + 2 x + 12) L + 1/x + 10 - 5 x - 6 x^2 is positive, L = ln(1/x)",
    over={x: INSIDE},
    shows=SQUARE > 0,
    precision={x: (Rational(1, 1000), Rational(9, 10))},
    false="4 L^2 - (4 x^2 + 2 x + 13) L + 1/x + 10 - 5 x - 6 x^2 is positive",
    but=SQUARE + log(x) > 0,
)
def square_positive(proof):
    """P' = -(8/x + 8 x + 2) R and R' < 0; P and R vanish at 1."""
    place = 8 / t + 8 * t + 2
    curve = -log(t) + (8 * t + 3 - 12 / t + 1 / t**2) / place
    with proof.suppose(t > 0, t < 1):
        bend = proof.sign((1 - t) ** 2 * (t + 2) * (2 * t + 1) * (8 * t + 1) / (t * (8 + 8 * t**2 + 2 * t)) ** 2 > 0)
        rate = proof.combine(diff(curve, t) < 0, {bend: 4 * t**2 / t**2})
    with proof.suppose(u > 0, u < 1):
        above = proof.monotone(curve, along=t, start=u, end=1, rate=rate)
        square = SQUARE.xreplace({x: u})
        falls = proof.combine(diff(square, u) < 0, {above: 8 / u + 8 * u + 2})
    proof.monotone(square, along=u, start=x, end=1, rate=falls)


GENTLE = Interval.Lopen(0, 2)


@theorem(
    "rho is convex for gamma <= 2: its derivative rises",
    over={gamma: GENTLE, x: INSIDE, z: Interval.open(x, 1)},
    shows=diff(ratio(x), x) < diff(ratio(z), z),
    precision={x: (Rational(1, 10), Rational(1, 5)), z: (Rational(3, 5), Rational(4, 5)), gamma: (HALF, 1)},
    false="rho is convex for gamma <= 4",
    but_over={gamma: Interval.Lopen(0, 4), x: INSIDE, z: Interval.open(x, 1)},
)
def ratio_is_convex(proof):
    """rho'' (1 + gamma s)^3/gamma is concave in gamma, -s'' > 0 at gamma = 0 and a multiple of P at gamma = 2."""
    with proof.suppose(u > 0, u < 1):
        with proof.suppose(t > 0, t < 1):
            half = proof.combine(diff(log(t) + 2 * (1 - t) / (1 + t), t) > 0, {(1 - t) ** 2 / (t * (1 + t) ** 2) > 0: 1})
        concave = proof.monotone(log(t) + 2 * (1 - t) / (1 + t), along=t, start=u, end=1, rate=half)
        proof.use(share_bends, {x: u / 2, z: u})
        two = proof.use(square_positive, {x: u})
        whole = gamma / (1 + gamma * s(u)) ** 3
        weights = {
            two: whole * gamma / (2 * (1 - u) ** 3),
            bend_of_share(u) < 0: whole * (1 - gamma / 2),
            concave: whole * gamma * (2 - gamma) * u * (1 + u) / (1 - u) ** 3,
        }
        rate = proof.combine(diff(ratio(u), u, 2) > 0, weights)
    proof.monotone(diff(ratio(u), u), along=u, start=x, end=z, rate=rate)


def rate_of_gap(at):
    """The derivative of m in the logit."""
    return 2 - ratio(at) - ratio(1 - at)


@theorem(
    "the derivative of m in the logit falls on (1/2, 1) for gamma <= 2",
    over={gamma: GENTLE, x: Interval.Ropen(HALF, 1), z: Interval.open(x, 1)},
    shows=rate_of_gap(z) < rate_of_gap(x),
    false="the derivative of m in the logit falls on (1/2, 1) for gamma <= 20",
    but_over={gamma: Interval.Lopen(0, 20), x: Interval.Ropen(HALF, 1), z: Interval.open(x, 1)},
)
def rate_falls(proof):
    """rho' is larger at t than at 1 - t."""
    with proof.suppose(t > HALF, t < 1):
        line = proof.use(ratio_is_convex, {x: 1 - t, z: t})
        rate = proof.combine(diff(rate_of_gap(t), t) < 0, {line: 1})
    proof.monotone(rate_of_gap(t), along=t, start=x, end=z, rate=rate)


SLOPE = gamma * STEEP / (1 + gamma * log(2))
"""C: the derivative of m in the logit at x = 1/2."""


@theorem(
    "m is less than C z for gamma <= 2, C = gamma (2 ln 2 - 1)/(1 + gamma ln 2), and m/z falls",
    over={gamma: GENTLE, x: HIGH, z: Interval.open(x, 1)},
    shows=And(gap(x) < SLOPE * logit(x), gap(z) * logit(x) < gap(x) * logit(z)),
    false="m is less than 9/10 of C z for gamma <= 2",
    but=And(gap(x) < Rational(9, 10) * SLOPE * logit(x), gap(z) * logit(x) < gap(x) * logit(z)),
)
def gap_below_its_slope(proof):
    """m' falls from C on; so m is more than its derivative times z, and m(x) z more than m(z) x by the derivative along z."""
    with proof.suppose(t > HALF, t < 1):
        line = proof.use(rate_falls, {x: HALF, z: t})
        below = proof.combine(diff(SLOPE * logit(t) - gap(t), t) > 0, {line: 1 / (t * (1 - t))})
    proof.monotone(SLOPE * logit(t) - gap(t), along=t, start=HALF, end=x, rate=below)
    with proof.suppose(HALF < t, t < x):
        line = proof.use(rate_falls, {x: t, z: x})
        chord = gap(t) - rate_of_gap(x) * logit(t)
        rate = proof.combine(diff(chord, t) > 0, {line: 1 / (t * (1 - t))})
    above = proof.monotone(chord, along=t, start=HALF, end=x, rate=rate)
    proof.combine(logit(x) > 0, {proof.apply(log, 1 - x < x): 1})
    with proof.suppose(x < t, t < 1):
        line = proof.use(rate_falls, {z: t})
        chord = gap(t) * logit(x) - gap(x) * logit(t)
        rate = proof.combine(diff(chord, t) < 0, {line: logit(x) / (t * (1 - t)), above: 1 / (t * (1 - t))})
    proof.monotone(chord, along=t, start=x, end=z, rate=rate)


AT_LEAST = gamma * (both(x) - 1) / (1 + gamma * s(x))
"""What m/z is more than: at x = 1/2 it is C."""
AT_MIDDLE = Eq(AT_LEAST.xreplace({x: HALF}), SLOPE, evaluate=False)


@theorem(
    "m/z is more than gamma (s(x) + s(1 - x) - 1)/(1 + gamma s(x)), which is C at x = 1/2",
    over={gamma: POSITIVE, x: HIGH},
    shows=And(AT_LEAST * logit(x) < gap(x), AT_MIDDLE),
    kind="limit",
    false="m/z is more than 11/10 of that",
    but=And(Rational(11, 10) * AT_LEAST * logit(x) < gap(x), AT_MIDDLE),
)
def gap_near_the_middle(proof):
    """ln(a/b) > 1 - b/a, and s(x) - s(1 - x) is more than the logit times its derivative."""
    proof.use(sum_of_shares, {z: (1 + x) / 2})
    proof.combine(logit(x) > 0, {proof.apply(log, 1 - x < x): 1})
    proof.use(difference_of_shares)
    proof.combine(apart(x) > 0, {LEAST < apart(x): 1, both(x) > 1: logit(x)})
    whole, part = 1 + gamma * s(x), 1 + gamma * s(1 - x)
    proof.combine(part / whole < 1, {apart(x) > 0: gamma / whole})
    line = proof.use(log_above, {x: part / whole})
    proof.combine(AT_LEAST * logit(x) < gap(x), {line: 1, LEAST < apart(x): gamma / whole})
    proof.identity(AT_MIDDLE)


def beyond(focus):
    """At this gamma m exceeds C z at 17/20, and m/z rises from 3/5 to 17/20; near these points."""
    steep = SLOPE.xreplace({gamma: focus})
    return And(steep * logit(z) < gap(z, focus), gap(x, focus) * logit(z) < gap(z, focus) * logit(x))


TEN = Integer(10)


@theorem(
    "at gamma = 10 m exceeds C z at x = 17/20, and m/z is larger there than at 3/5: the bound C z ends, and m/z does not fall",
    over={x: near(Rational(3, 5), Rational(1, 100)), z: near(Rational(17, 20), Rational(1, 100))},
    shows=beyond(TEN),
    kind="witness",
    false="at gamma = 2 m exceeds C z at x = 17/20, and m/z is larger there than at 3/5",
    but=beyond(Integer(2)),
)
def slope_exceeded(proof):
    """Balls at both points."""
    for part in proof.goal.args:
        proof.constant(part)


# -- the data behind the model -----------------------------------------------------------------------------------------------


DATA = log(p[j]) - log(p[k])
"""The logit of the data."""
MODEL = log(q[j]) - log(q[k])
TWO = {gamma: POSITIVE, p: pmf, (q, multiplier): optimum(p, gamma), j: letter, k: letter}


@theorem(
    "of two classes, the logit of the data is gamma + 1 times that of the model, less m",
    over=TWO,
    where=Eq(q[j] + q[k], 1),
    shows=Eq(DATA, (gamma + 1) * MODEL - gap(q[j])),
    fuzz=Draws(letters=2),
    false="of two classes, the logit of the data is gamma + 1 times that of the model",
    but=Eq(DATA, (gamma + 1) * MODEL),
)
def logit_of_the_data(proof):
    """ln p = ln q + ln lambda - gamma ln(1 - q) - ln(1 + gamma s(q)) at both."""
    proof.use(multiplier_positive)
    weights = {}
    for at, sign in ((j, 1), (k, -1)):
        share = proof.combine(
            Eq(p[at], q[at] * multiplier / gain(q[at], gamma)), {proof.use(ratio_law, {j: at}): 1 / gain(q[at], gamma)}
        )
        whole = log(q[at]) + log(multiplier) - gamma * log(1 - q[at]) - log(1 + gamma * s(q[at]))
        weights[proof.rewrite(by=share, shows=Eq(log(p[at]), whole))] = sign
    for at, other in ((j, k), (k, j)):
        rest = proof.combine(Eq(1 - q[at], q[other]), {Eq(q[j] + q[k], 1): 1})
        weights[proof.rewrite(by=rest, shows=Eq(log(1 - q[at]), log(q[other])))] = gamma
    rest = proof.combine(Eq(q[k], 1 - q[j]), {Eq(q[j] + q[k], 1): 1})
    weights[proof.rewrite(by=rest, shows=Eq(log(1 + gamma * s(q[k])), log(1 + gamma * s(1 - q[j]))))] = 1
    proof.combine(weights)


LEVEL = gamma + 1
BOUNDS = (
    DATA < LEVEL * MODEL,
    DATA > LEVEL * MODEL - log(1 + gamma),
    DATA > gamma * MODEL,
    DATA > (LEVEL - STEEP * log(1 + gamma)) * MODEL,
)
SHARP = Implies(gamma <= 2, DATA > (LEVEL - SLOPE) * MODEL)


@theorem(
    "of two classes the data are the model sharpened: with z > 0 the model's logit, theirs is below (gamma + 1) z and above "
    "(gamma + 1) z - ln(1 + gamma), gamma z, (gamma + 1 - (2 ln 2 - 1) ln(1 + gamma)) z and, if gamma <= 2, (gamma + 1 - C) z",
    over=TWO,
    where=(Eq(q[j] + q[k], 1), q[j] > HALF),
    shows=And(*BOUNDS, SHARP),
    fuzz=Draws(letters=2),
    false="the logit of the data is below gamma z + z/2",
    but=And(DATA < (gamma + HALF) * MODEL, *BOUNDS[1:], SHARP),
    main=True,
)
def between_two_temperatures(proof):
    """The bounds of m at x = q_j."""
    law = proof.use(logit_of_the_data)
    rest = proof.combine(Eq(1 - q[j], q[k]), {Eq(q[j] + q[k], 1): 1})
    same = proof.rewrite(by=rest, shows=Eq(log(1 - q[j]), log(q[k])))
    proof.use(gap_between, {x: q[j]})
    at = {x: q[j]}
    for bound, part, slope in zip(BOUNDS, GAPS, (0, 0, 1, STEEP * log(1 + gamma)), strict=True):
        proof.combine(bound, {part.xreplace(at): 1, law: 1, same: slope})
    gentle = gamma <= 2
    proof.use(gap_below_its_slope, {x: q[j], z: (1 + q[j]) / 2}, where=gentle)
    line = proof.combine(SHARP.args[1], {(gap(x) < SLOPE * logit(x)).xreplace(at): 1, law: 1, same: SLOPE}, where=gentle)
    proof.implication(gentle, line)
