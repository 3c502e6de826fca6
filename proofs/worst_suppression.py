"""Worst suppression: a rare class never loses more than the factor M = max psi, and what comes near to that.

Source
    own
Statement
    lambda <= M(gamma), the value of psi at its mode, strictly unless every q_i is the mode. So a letter with psi(q_j) > 1
    keeps more than the share 1/M of its probability. Let y be the mode and 1/y whole: 1/y heads with y (1 - a) each and a
    tail of mass a of small letters, x each, have lambda > M/(1 + a M), and the letters of the tail keep less than the
    share (1 + a M)(1 + 2 gamma sqrt(x))/M. So M is the supremum of lambda over all P, and of the factor, at gamma = m - 2
    (m - 1)/ln m for each m >= 5, where 1/m is the mode. Of all P on n letters the uniform one has the largest lambda,
    psi(1/n), if 1/n is not before the mode. For gamma > 1 and c = ln(gamma - 1) - 1 > 0: (1 + ln gamma - 1/gamma)/e < M <
    gamma/(gamma - 1) c e^(2/c)/e, and psi(1/n) > (1 - 1/n)(1 + ln n)/e if n - 1 < gamma <= n. All are (1 + ln gamma)/e +
    o(1), as c e^(2/c) = c + 2 + 2/c + ...
Idea
    lambda sum q_i/psi(q_i) = 1. x/psi(x) - x/psi(1/n) lies above its tangent at 1/n (`class_count/above_tangent`), and the
    tangents at the q_i sum to 0. phi(c) > phi(y) at c = y (1 - a), so (1 - a)/psi(c) < 1/psi(y), and psi(x) > 1.
    (1 - 1/gamma)^(gamma - 1) > 1/e. With m = gamma - 1 and t = m x, psi(x) < e^(-t) (1 + gamma x ln(1/x)) and
    -t ln t <= 1 - t, so psi(x) < (1 + 1/m) e^(-t) (2 + c t); and e^u >= 1 + u at u = t + 2/c - 1.
Trusted
    The mean value theorem (through `elementary`), monotonicity of ln and exp (rule `apply`), the ball that shows ln 5 > 8/5,
    and what the lemmas trust.
Not covered
    The supremum of lambda at a gamma whose mode is not 1/m for any m: there it is less than M, since not every q_i can be
    the mode. That sums over letters with two values are written with their numbers, 1/y and a/x, which need not be whole here.
"""

from focal_symbolic.proofs.amplification import RATE, height, height_falls, rises
from focal_symbolic.proofs.class_count import above_tangent, price_rate
from focal_symbolic.proofs.convexity import slope_falls
from focal_symbolic.proofs.elementary import exp_above, log_above, log_below
from focal_symbolic.proofs.entropy_drop import OPTIMAL as TWO_LEVELS
from focal_symbolic.proofs.entropy_drop import OURS, a, c
from focal_symbolic.proofs.over_suppression import EIGHTH, floor, gain_bound, multiplier_as_a_sum, rare_gain
from focal_symbolic.proofs.uniqueness import multiplier_positive
from sympy import Gt, Integer, Interval, Rational, diff, exp, log, oo, sqrt

from focal_symbolic import definitions
from focal_symbolic.claims import letter, mode_of, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, x
from focal_symbolic.language import And, Eq, Every, Implies, Ne, i, j, mass, n, real, total

t, u, v, y, z = map(real, "tuvyz")
OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), j: letter}


@theorem(
    "if psi(q_i) <= M at every letter, less at one, then lambda < M",
    over=OPTIMAL | {z: Interval.open(0, oo)},
    where=(Every(gain(q[i], gamma) <= z), gain(q[j], gamma) < z),
    shows=multiplier < z,
    false="if psi(q_i) <= M at every letter, less at one, then lambda < 9/10 M",
    but=multiplier < Rational(9, 10) * z,
)
def multiplier_below(proof):
    """1/lambda = sum q_i/psi(q_i) > sum q_i/M."""
    terms = []
    for at, line in ((i, gain(q[i], gamma) <= z), (j, gain(q[j], gamma) < z)):
        share = q[at] / gain(q[at], gamma)
        terms.append(proof.combine(line.func(q[at] / z, share), {line: q[at] / (z * gain(q[at], gamma))}))
    sums = proof.sum(terms[0], strict=terms[1])
    proof.use(multiplier_as_a_sum)
    proof.use(multiplier_positive)
    unit = Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1)
    proof.combine({sums: multiplier * z, unit: z, mass(q): multiplier})


@theorem(
    "psi(1/gamma) is more than (1 + ln gamma - 1/gamma)/e for gamma > 1",
    over={gamma: Interval.open(1, oo)},
    shows=gain(1 / gamma, gamma) > (1 + log(gamma) - 1 / gamma) / exp(1),
    false="psi(1/gamma) is more than (1 + ln gamma)/e for gamma > 1",
    but=gain(1 / gamma, gamma) > (1 + log(gamma)) / exp(1),
)
def gain_at_inverse(proof):
    """(gamma - 1) ln(1 - 1/gamma) > -1."""
    line = proof.use(log_below, {x: 1 - 1 / gamma})
    power = proof.combine((gamma - 1) * log(1 - 1 / gamma) > -1, {line: gamma - 1})
    power = proof.apply(exp, power)
    proof.combine({power: 1 + log(gamma) - 1 / gamma})


C = log(gamma - 1) - 1
MOST = gamma / (gamma - 1) * C * exp(2 / C - 1)


@theorem(
    "psi(x) is less than gamma/(gamma - 1) c e^(2/c)/e, where c = ln(gamma - 1) - 1 > 0",
    over={gamma: Interval.open(1 + exp(1), oo), x: Interval.open(0, 1)},
    shows=gain(x, gamma) < MOST,
    false="psi(x) is less than a quarter of that",
    but=4 * gain(x, gamma) < MOST,
)
def gain_below(proof):
    """psi(x) < e^(-t) (1 + gamma x ln(1/x)) < (1 + 1/m) e^(-t) (2 + c t) at t = m x, m = gamma - 1."""
    m = gamma - 1
    far = proof.apply(log, exp(1) < m)
    proof.combine(C > 0, {far: 1})
    power = proof.combine(m * log(1 - x) < -m * x, {proof.use(log_above, {x: 1 - x}): m})
    power = proof.combine((1 - x) ** m < exp(-m * x), {proof.apply(exp, power): 1})
    line, bracket = proof.use(exp_above, {x: -log(m * x)}), 1 - x - gamma * x * log(x)
    whole = proof.combine(bracket < gamma / m * (2 + C * m * x), {line: gamma * x, x > 0: 1, m > 0: 1 / m**2})
    bound = proof.use(exp_above, {x: m * x + 2 / C - 1})
    weights = {power: bracket, whole: exp(-m * x), bound: gamma / m * C * exp(-m * x)}
    proof.combine(weights)


@theorem(
    "lambda is less than M = gamma/(gamma - 1) c e^(2/c)/e, c = ln(gamma - 1) - 1, and where psi(q_j) > 1, p_j < M q_j",
    over=OPTIMAL | {gamma: Interval.open(1 + exp(1), oo)},
    shows=And(multiplier < MOST, Implies(gain(q[j], gamma) > 1, p[j] < MOST * q[j])),
    fuzz=Draws(letters=20, gamma=(Integer(30), Integer(60))),
    false="lambda is less than a quarter of that",
    but=And(4 * multiplier < MOST, Implies(gain(q[j], gamma) > 1, p[j] < MOST * q[j])),
)
def worst_factor(proof):
    """lambda < M, and p_j < lambda q_j where psi(q_j) > 1."""
    proof.use(gain_below, {x: q[j]})
    below = proof.use(multiplier_below, {z: MOST})
    rare = gain(q[j], gamma) > 1
    kept = proof.use(floor, where=rare)
    proof.implication(rare, proof.combine(p[j] < MOST * q[j], {kept: 1, below: q[j]}, where=rare))


MODE = {gamma: Interval.open(0, oo), y: mode_of(gamma)}
"""y is where psi is largest, and psi(y) is M(gamma)."""


@theorem(
    "psi is largest at its mode, and only there",
    over=MODE | {x: Interval.open(0, 1)},
    where=Ne(x, y),
    shows=gain(x, gamma) < gain(y, gamma),
    false="psi is largest by a hundredth at its mode",
    but=gain(x, gamma) < Rational(99, 100) * gain(y, gamma),
)
def largest_at_the_mode(proof):
    """psi rises up to it, as h = 0 there, and falls from it on, as h falls through 0 there."""
    before = proof.use(rises, {u: (y - x) / (1 - x)}, where=x < y)
    beyond = y < t, t < 1
    falling = proof.use(height_falls, {x: y, v: (t - y) / (1 - y)}, where=beyond)
    low = proof.combine(height(t) < 0, {falling: 1 - t, Eq(height(y), 0): (1 - t) / (1 - y)}, where=beyond)
    rate = proof.combine(diff(gain(t, gamma), t) < 0, {low: RATE}, where=beyond)
    after = proof.monotone(gain(t, gamma), along=t, start=y, end=x, rate=rate, where=y < x)
    proof.cases({x < y: before, y < x: after})


LARGEST = gain(y, gamma)
"""M(gamma)."""


@theorem(
    "psi is at most M, its value at the mode",
    over=MODE | {x: Interval.open(0, 1)},
    shows=gain(x, gamma) <= LARGEST,
    false="psi is at most 99/100 of its value at the mode",
    but=gain(x, gamma) <= Rational(99, 100) * LARGEST,
)
def at_most_largest(proof):
    """It is the value there, or less."""
    apart, equal, value = Ne(x, y), Eq(x, y), gain(x, gamma)
    less = proof.use(largest_at_the_mode, where=apart)
    level = proof.rewrite(by=equal, shows=Eq(value, LARGEST), where=equal)
    proof.cases({apart: less, equal: proof.combine(value <= LARGEST, {level: 1}, where=equal)})


@theorem(
    "lambda is at most M, the largest value of psi, and less if some q_j is not its mode",
    over=OPTIMAL | MODE,
    shows=And(multiplier <= LARGEST, Implies(Ne(q[j], y), multiplier < LARGEST)),
    fuzz=Draws(letters=20, gamma=(Rational(1, 100), Integer(20))),
    false="lambda is at most 9/10 M",
    but=And(multiplier <= Rational(9, 10) * LARGEST, Implies(Ne(q[j], y), multiplier < LARGEST)),
)
def multiplier_at_most_largest(proof):
    """psi(q_i) <= M at every letter."""
    line = proof.use(at_most_largest, {x: q[i]})
    proof.every(line)
    term = proof.combine(q[i] / LARGEST <= q[i] / gain(q[i], gamma), {line: q[i] / (LARGEST * gain(q[i], gamma))})
    proof.use(multiplier_as_a_sum)
    proof.use(multiplier_positive)
    unit = Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1)
    proof.combine(multiplier <= LARGEST, {proof.sum(term): multiplier * LARGEST, unit: LARGEST, mass(q): multiplier})
    differ = Ne(q[j], y)
    with proof.suppose(differ):
        proof.use(largest_at_the_mode, {x: q[j]})
        strict = proof.use(multiplier_below, {z: LARGEST})
    proof.implication(differ, strict)


EVEN = 1 / n


@theorem(
    "of all P on n letters the uniform one has the largest lambda, psi(1/n), if psi does not rise at 1/n",
    over=OPTIMAL,
    where=(height(EVEN) <= 0, Ne(q[j], EVEN)),
    shows=multiplier < gain(EVEN, gamma),
    fuzz=Draws(letters=9, gamma=(Rational(1), Integer(20))),
    false="of all P on n letters the uniform one has the largest lambda, by a hundredth",
    but=multiplier < Rational(99, 100) * gain(EVEN, gamma),
)
def uniform_is_worst(proof):
    """x/psi(x) - x/psi(1/n) lies above its tangent at 1/n, and the tangents at the q_i sum to 0."""
    proof.combine(n > 1, {proof.sum(q[i] < 1): 1, mass(q): 1})
    share = q[i] / gain(q[i], gamma)
    line = t * (1 - n * q[i]) + v * q[i]
    strict = (line < share).xreplace({i: j})
    with proof.suppose(Every(line <= share), strict):
        sums = proof.sum(line <= share, strict=strict)
        bound = proof.combine(v < total(share), {sums: 1, mass(q): n * t - v})
    values = {t: price_rate(EVEN), v: 1 / gain(EVEN, gamma)}
    apart, equal = Ne(q[i], EVEN), Eq(q[i], EVEN)
    tangent = proof.use(above_tangent, {x: q[i], z: EVEN}, where=apart)
    above = proof.combine((line < share).xreplace(values), {tangent: 1}, where=apart)
    tangent = proof.use(above_tangent, {x: q[j], z: EVEN})
    proof.combine(strict.xreplace(values), {tangent: 1})
    most = (line <= share).xreplace(values)
    term = proof.cases({apart: above, equal: proof.rewrite(by=equal, shows=most, where=equal)}, shows=most)
    proof.every(term)
    bound = proof.instance(bound, values)
    proof.use(multiplier_as_a_sum)
    proof.use(multiplier_positive)
    unit = Eq(multiplier * total(share), 1)
    proof.combine({bound: multiplier * gain(EVEN, gamma), unit: gain(EVEN, gamma)})


EACH = {c: y * (1 - a)}
"""1/y heads, and a tail of mass a of letters with x each: what each head has."""
PRICE, TAIL = OURS.price.xreplace(EACH), OURS.tail.xreplace(EACH)
HEADS = tuple(part.xreplace(EACH) for part in TWO_LEVELS)
"""The data with these two levels are a pmf, and PRICE and the shares are their multiplier and minimizer."""


def near(largest):
    """The multiplier exceeds M/(1 + a M), and the letters of the tail lose almost as much."""
    whole = 1 + a * largest
    return largest < whole * PRICE, x * largest < whole * (1 + 2 * gamma * sqrt(x)) * TAIL


SMALL = {a: Interval.open(0, 1), x: Interval.open(0, EIGHTH)}
RARE = 2 * (1 + gamma) * x <= 1


@theorem(
    "1/y heads with y (1 - a) each and a tail of mass a of small letters have lambda > psi(y)/(1 + a psi(y)), and the letters "
    "of the tail lose the factor psi(y)/((1 + a psi(y)) (1 + 2 gamma sqrt(x))) at least",
    over={gamma: Interval.open(0, oo), y: Interval.open(0, 1), **SMALL},
    where=RARE,
    shows=And(*HEADS, *near(LARGEST)),
    false="such heads and such a tail have lambda > psi(y)",
    but=And(*HEADS, LARGEST < PRICE, near(LARGEST)[1]),
)
def heads_and_tail(proof):
    """1/lambda = a/psi(x) + (1 - a)/psi(c) < a + 1/psi(y), as psi(x) > 1 and phi(c) > phi(y) at c = y (1 - a)."""
    for part in HEADS:
        proof.identity(part)
    head, largest, (most, loss) = y * (1 - a), LARGEST, near(LARGEST)
    steeper = proof.use(slope_falls, {x: head, u: (y - head) / (1 - head)})
    low, high = gain(x, gamma), gain(head, gamma)
    proof.combine((1 - a) * largest < high, {steeper: head})
    rare = proof.use(rare_gain)
    rest = {rare: a * largest / low, (1 - a) * largest < high: 1 / high}
    above = proof.combine(most, {key: w * PRICE for key, w in rest.items()})
    proof.apply("power", x < 1, Rational(1, 2))
    small = proof.use(gain_bound, {y: sqrt(x)})
    proof.combine(loss, {above: x * (1 + 2 * gamma * sqrt(x)) / low, small: x * largest / low})


def focus(at):
    """The gamma at which psi has its mode there."""
    return 1 / at + 2 * (1 - at) / (at * log(at))


@theorem(
    "the mode of psi is y <= 1/5 at gamma = 1/y - 2 (1 - y)/(y ln(1/y)), which is positive: every 1/m with m >= 5 is a mode",
    over={y: Interval.Lopen(0, Rational(1, 5))},
    shows=And(focus(y) > 0, Eq(definitions.height(y, focus(y)), 0)),
    false="the mode of psi is y <= 1/4 at that gamma, which is positive",
    but_over={y: Interval.Lopen(0, Rational(1, 4))},
)
def every_share_is_a_mode(proof):
    """ln(1/y) - 2 (1 - y) falls up to 1/2, and ln 5 > 8/5."""
    fifth = Rational(1, 5)
    start = proof.constant(Gt(log(5), Rational(8, 5), evaluate=False))
    falling = proof.monotone(-log(t) - 2 * (1 - t), along=t, start=y, end=fifth, where=y < fifth)
    goal = -log(y) - 2 * (1 - y) > 0
    below = proof.combine(goal, {falling: 1, start: 1}, where=y < fifth)
    level = proof.rewrite(start, by=Eq(y, fifth), shows=goal, where=Eq(y, fifth))
    above = proof.cases({y < fifth: below, Eq(y, fifth): level}, shows=goal)
    proof.combine(focus(y) > 0, {above: 1 / (-y * log(y))})
    proof.identity(Eq(definitions.height(y, focus(y)), 0))


CLOSE = (1 - y) * (1 - log(y)) / exp(1)


@theorem(
    "psi(y) is more than (1 - y)(1 + ln(1/y))/e for 1/y - 1 < gamma <= 1/y: at every gamma > 1 some number 1/y of equal "
    "classes comes near to M",
    over={y: Interval.open(0, 1), gamma: Interval.Lopen(1 / y - 1, 1 / y)},
    shows=CLOSE < gain(y, gamma),
    kind="limit",
    precision={y: (Rational(1, 10), Rational(2, 19)), gamma: (Rational(91, 10), Rational(94, 10))},
    false="psi(y) is more than (1 + ln(1/y))/e there",
    but=CLOSE / (1 - y) < gain(y, gamma),
)
def near_the_largest_at_every_gamma(proof):
    """(1 - y)^gamma >= (1 - y)^(1/y) > (1 - y)/e, and gamma s(y) > ln(1/y)."""
    line = proof.use(log_below, {x: 1 - y})
    power = proof.combine((1 / y - 1) * log(1 - y) > -1, {line: 1 / y - 1})
    weights = {power: 1, gamma <= 1 / y: -log(1 - y)}
    power = proof.combine(gamma * log(1 - y) > log(1 - y) - 1, weights)
    power = proof.combine((1 - y) ** gamma > (1 - y) / exp(1), {proof.apply(exp, power): 1})
    proof.combine({power: 1 - log(y), 1 / y - 1 < gamma: (1 - y) ** gamma * definitions.s(y)})


AT_LEAST = (1 + log(gamma) - 1 / gamma) / exp(1) < LARGEST
KEEPS = Implies(gain(q[j], gamma) > 1, p[j] < LARGEST * q[j])
SHARP = (multiplier <= LARGEST, KEEPS, AT_LEAST, LARGEST < MOST, near(LARGEST)[1])


@theorem(
    "lambda is at most M, the largest value of psi, about (1 + ln gamma)/e, and where psi(q_j) > 1, p_j < M q_j; 1/y heads, y "
    "the mode of psi, and a tail of mass a come as near to both as a is small",
    over=OPTIMAL | MODE | {gamma: Interval.open(1 + exp(1), oo), **SMALL},
    where=RARE,
    shows=And(*SHARP, near(LARGEST)[0]),
    fuzz=Draws(letters=20, gamma=(Integer(4), Integer(60))),
    false="such heads and such a tail have lambda > M",
    but=And(*SHARP, LARGEST < PRICE),
    main=True,
)
def largest_multiplier(proof):
    """The theorems above."""
    proof.use(multiplier_at_most_largest)
    rare = gain(q[j], gamma) > 1
    kept = proof.use(floor, where=rare)
    kept = proof.combine(p[j] < LARGEST * q[j], {kept: 1, multiplier <= LARGEST: q[j]}, where=rare)
    proof.implication(rare, kept)
    at, equal = 1 / gamma, Eq(1 / gamma, y)
    low, start = AT_LEAST, proof.use(gain_at_inverse)
    apart = proof.use(largest_at_the_mode, {x: at}, where=Ne(at, y))
    apart = proof.combine(low, {start: 1, apart: 1}, where=Ne(at, y))
    proof.cases({Ne(at, y): apart, equal: proof.rewrite(start, by=equal, shows=low, where=equal)}, shows=low)
    proof.use(gain_below, {x: y})
    proof.use(heads_and_tail)
