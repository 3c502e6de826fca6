"""The uniform limit: as gamma grows, the minimizer tends to the uniform pmf of the support, like 1/gamma.

Source
    Abstract: "various asymptotic characterizations".
Statement
    With m <= p_i <= M on n letters and gamma > 1:  |q_i - 1/n| <= (1 - 1/n)((M/m)^(1/(gamma - 1)) - 1), which for gamma >= 2 is
    at most (1 - 1/n)(M/m - 1)/(gamma - 1). With R = ln(M/m), and gamma - 1 >= 2 n R, the term in 1/gamma is
    |gamma (q_i - 1/n) - (1 - 1/n)(ln p_i - mean ln p)| <= R (R + 2 n)/(gamma - 1).
Idea
    p_i phi(q_i) = p_j phi(q_j), and phi(x) is (1 - x)^(gamma - 1) times a falling function of x, and (1 - x)^gamma/x times a
    rising one, 1 + gamma s(x). So ln(p_i/p_j) lies between (gamma - 1) X and gamma X + ln(q_i/q_j), where X is
    ln((1 - q_j)/(1 - q_i)), for q_j < q_i. Averaging a bound of q_i - q_j over j gives one of q_i - 1/n.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of logarithms and powers (rule `apply`).
Not covered
    Infinite support, where every q_x tends to 0 and there is no uniform limit.
"""

from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.ordering import order, price
from sympy import Abs, Interval, Rational, diff, exp, log, oo

from focal_symbolic.claims import above, below, letter, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import And, Eq, i, j, k, mass, n, positive, real, total

t, u, m, top = map(real, ("t", "u", "m", "M"))
PHRASE = "asymptotic characterizations"
BOUNDED = {p: pmf, (q, multiplier): optimum(p, gamma), m: below(p), top: above(p)}
LATE = Draws(gamma=(Rational(10), Rational(10**5)))
beyond = x + u * (1 - x)
"""A point between x and 1."""


@theorem(
    "from x to a larger y the slope falls by more than the factor ((1 - y)/(1 - x))^(gamma - 1)",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), x: Interval.open(0, 1), u: Interval.open(0, 1)},
    shows=slope(beyond, gamma) * (1 - x) ** (gamma - 1) < slope(x, gamma) * (1 - beyond) ** (gamma - 1),
    precision={x: (Rational(1, 10), Rational(3, 4)), u: (Rational(1, 4), Rational(3, 4)), gamma: (Rational(3, 2), 3)},
    false="from x to a larger y the slope falls by more than the factor ((1 - y)/(1 - x))^(gamma + 1)",
    but=slope(beyond, gamma) * (1 - x) ** (gamma + 1) < slope(x, gamma) * (1 - beyond) ** (gamma + 1),
)
def slope_ratio(proof):
    """phi(x) (1 - x)^(1 - gamma) = 1/x - 1 + gamma ln(1/x), and both terms fall."""
    both = (1 - x) ** (gamma - 1) * (1 - beyond) ** (gamma - 1)
    proof.combine({x < beyond: both / (x * beyond), proof.apply(log, x < beyond): gamma * both})


@theorem(
    "s(x) = x ln(1/x)/(1 - x) rises strictly on (0, 1)",
    answers=PHRASE,
    over={x: Interval.open(0, 1), u: Interval.open(0, 1)},
    shows=s(x) < s(beyond),
    precision={x: (Rational(1, 10), Rational(3, 4)), u: (Rational(1, 4), Rational(3, 4))},
    false="s rises by a tenth at every step",
    but=Rational(11, 10) * s(x) < s(beyond),
)
def s_rises(proof):
    """s'(t) (1 - t)^2 = t - 1 - ln t > 0."""
    inside = t > 0, t < 1
    line = proof.use(log_above, {x: t}, where=inside)
    rate = proof.combine(diff(s(t), t) > 0, {line: 1 / (1 - t) ** 2}, where=inside)
    proof.monotone(s(t), along=t, start=x, end=beyond, rate=rate)


@theorem(
    "from x to a larger y the gain psi(x) = x phi(x) falls by less than the factor ((1 - y)/(1 - x))^gamma",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), x: Interval.open(0, 1), u: Interval.open(0, 1)},
    shows=gain(x, gamma) * (1 - beyond) ** gamma < gain(beyond, gamma) * (1 - x) ** gamma,
    precision={x: (Rational(1, 5), Rational(2, 5)), u: (Rational(1, 2), Rational(3, 4)), gamma: (Rational(3, 2), 2)},
    false="from x to a larger y the gain falls by less than the factor ((1 - y)/(1 - x))^(gamma - 1)",
    but=gain(x, gamma) * (1 - beyond) ** (gamma - 1) < gain(beyond, gamma) * (1 - x) ** (gamma - 1),
)
def gain_ratio(proof):
    """psi(x) (1 - x)^(-gamma) = 1 + gamma s(x)."""
    proof.combine({proof.use(s_rises): gamma * (1 - x) ** gamma * (1 - beyond) ** gamma})


RISE = log(1 - q[j]) - log(1 - q[i])
"""X = ln((1 - q_j)/(1 - q_i))."""
UP = {x: q[j], u: (q[i] - q[j]) / (1 - q[j])}
"""From q_j up to q_i."""


@theorem(
    "(gamma - 1) ln((1 - q_j)/(1 - q_i)) is less than ln(p_i/p_j) where p_j < p_i",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), p: pmf, (q, multiplier): optimum(p, gamma), i: letter, j: letter},
    where=p[j] < p[i],
    shows=(gamma - 1) * RISE < log(p[i]) - log(p[j]),
    false="(gamma + 1) ln((1 - q_j)/(1 - q_i)) is less than ln(p_i/p_j) where p_j < p_i",
    but=(gamma + 1) * RISE < log(p[i]) - log(p[j]),
)
def gap_above(proof):
    """p_i (1 - q_i)^(gamma - 1) exceeds p_j (1 - q_j)^(gamma - 1); take logarithms."""
    proof.transfer(proof.use(order), p[j] < p[i])
    high, low, steep = (1 - q[i]) ** (gamma - 1), (1 - q[j]) ** (gamma - 1), slope(q[j], gamma)
    weights = {proof.use(slope_ratio, UP): p[i] / steep, price(i): low / steep, price(j): low / steep}
    proof.apply(log, proof.combine(p[j] * low < p[i] * high, weights))


@theorem(
    "ln(p_i/p_j) is less than gamma ln((1 - q_j)/(1 - q_i)) + ln(q_i/q_j) where p_j < p_i",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), p: pmf, (q, multiplier): optimum(p, gamma), i: letter, j: letter},
    where=p[j] < p[i],
    shows=log(p[i]) - log(p[j]) < gamma * RISE + log(q[i]) - log(q[j]),
    false="ln(p_i/p_j) is less than gamma ln((1 - q_j)/(1 - q_i)) where p_j < p_i",
    but=log(p[i]) - log(p[j]) < gamma * RISE,
)
def gap_below(proof):
    """p_i (1 - q_i)^gamma / q_i is less than p_j (1 - q_j)^gamma / q_j; take logarithms."""
    proof.transfer(proof.use(order), p[j] < p[i])
    high, low, steep = (1 - q[i]) ** gamma / q[i], (1 - q[j]) ** gamma / q[j], slope(q[j], gamma)
    weights = {proof.use(gain_ratio, UP): p[i] / (steep * q[i] * q[j]), price(i): low / steep, price(j): low / steep}
    proof.apply(log, proof.combine(p[i] * high < p[j] * low, weights))


STRETCH = (top / m) ** (1 / (gamma - 1)) - 1
"""(M/m)^(1/(gamma - 1)) - 1, which tends to 0 as gamma grows."""


def quotient(proof):
    """1 <= M/m, from m <= p_i <= M at any letter."""
    return proof.combine(1 <= top / m, {m <= p[i]: 1 / m, p[i] <= top: 1 / m})


@theorem(
    "two entries of Q* differ by at most (1 - q_i)((M/m)^(1/(gamma - 1)) - 1)",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, i: letter, j: letter},
    shows=q[i] - q[j] <= (1 - q[i]) * STRETCH,
    false="two entries of Q* differ by at most (1 - q_i)((M/m)^(1/(gamma + 1)) - 1)",
    but=q[i] - q[j] <= (1 - q[i]) * ((top / m) ** (1 / (gamma + 1)) - 1),
)
def spread(proof):
    """X is at most ln(M/m)/(gamma - 1); the exponential function gives (1 - q_j)/(1 - q_i)."""
    with proof.suppose(p[j] < p[i]):
        pieces = proof.use(gap_above), proof.apply(log, p[i] <= top), proof.apply(log, m <= p[j])
        rise = proof.combine(RISE < (log(top) - log(m)) / (gamma - 1), dict.fromkeys(pieces, 1 / (gamma - 1)))
        apart = proof.combine({proof.apply(exp, rise): 1 - q[i]})
    with proof.suppose(p[i] <= p[j]):
        behind = proof.transfer(proof.use(order, {i: j, j: i}), p[i] <= p[j])
        wide = proof.apply("power", quotient(proof), 1 / (gamma - 1))
        together = proof.combine({behind: 1, wide: 1 - q[i]})
    proof.cases({p[j] < p[i]: apart, p[i] <= p[j]: together})


def summed(proof, page, one, other):
    """A bound of q_i - q_j, taken for q_one - q_other and summed over k."""
    return proof.sum(proof.use(page, {i: one, j: other}), over=k)


@theorem(
    "Q* tends to the uniform pmf: |q_j - 1/n| <= (1 - 1/n)((M/m)^(1/(gamma - 1)) - 1)",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, j: letter},
    shows=Abs(q[j] - 1 / n) <= (1 - 1 / n) * STRETCH,
    kind="limit",
    false="Q* tends to P: |q_j - p_j| <= (1 - 1/n)((M/m)^(1/(gamma - 1)) - 1)",
    but=Abs(q[j] - p[j]) <= (1 - 1 / n) * STRETCH,
)
def tends_to_uniform(proof):
    """Average the spread over the other letter; above 1/n, 1 - q_j is at most 1 - 1/n."""
    wide, bound = proof.apply("power", quotient(proof), 1 / (gamma - 1)), (1 - 1 / n) * STRETCH
    up = proof.combine(q[j] - 1 / n <= (1 - q[j]) * STRETCH, {summed(proof, spread, j, k): 1 / n, mass(q): 1 / n})
    high, low = 1 / n <= q[j], q[j] <= 1 / n
    first = proof.combine(q[j] - 1 / n <= bound, {up: 1, high: STRETCH}, where=high)
    second = proof.combine(q[j] - 1 / n <= bound, {low: 1, wide: 1 - 1 / n}, where=low)
    up = proof.cases({high: first, low: second})
    down = proof.combine(1 / n - q[j] <= bound, {summed(proof, spread, k, j): 1 / n, mass(q): (1 + STRETCH) / n})
    proof.absolute(up, down)


@theorem(
    "for gamma >= 2 the distance to 1/n is at most (1 - 1/n)(M/m - 1)/(gamma - 1)",
    answers=PHRASE,
    over={gamma: Interval(2, oo), **BOUNDED, j: letter},
    shows=Abs(q[j] - 1 / n) <= (1 - 1 / n) * (top / m - 1) / (gamma - 1),
    kind="limit",
    false="for gamma >= 2 the distance to p_j is at most (1 - 1/n)(M/m - 1)/(gamma - 1)",
    but=Abs(q[j] - p[j]) <= (1 - 1 / n) * (top / m - 1) / (gamma - 1),
)
def rate(proof):
    """f(t) = 1 + a (t - 1) - t^a rises from 0 at 1 for a = 1/(gamma - 1) <= 1."""
    power = 1 / (gamma - 1)
    curve = 1 + power * (t - 1) - t**power
    slow = proof.apply("base", power - 1 <= 0, t, where=t > 1)
    rises = proof.combine(diff(curve, t) >= 0, {slow: power}, where=t > 1)
    quotient(proof)
    above = proof.monotone(curve, along=t, start=1, end=top / m, rate=rises)
    proof.combine({proof.use(tends_to_uniform): 1, above: 1 - 1 / n})


RANGE = log(top) - log(m)
"""R = ln(M/m)."""
CLOSE = RANGE / (gamma - 1)


@theorem(
    "two entries of Q* differ by at most ln(M/m)/(gamma - 1)",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, i: letter, j: letter},
    shows=q[i] - q[j] <= CLOSE,
    false="two entries of Q* differ by at most ln(M/m)/(gamma + 1)^2",
    but=q[i] - q[j] <= RANGE / (gamma + 1) ** 2,
)
def close_pair(proof):
    """q_i - q_j = (1 - q_j)(1 - r) with r = (1 - q_i)/(1 - q_j), and 1 - r < -ln r = X."""
    share, upper = 1 / (gamma - 1), proof.apply(log, p[i] <= top)
    with proof.suppose(p[j] < p[i]):
        proof.transfer(proof.use(order), p[j] < p[i])
        line = proof.use(log_above, {x: (1 - q[i]) / (1 - q[j])})
        lower, shorter = proof.apply(log, m <= p[j]), proof.apply(log, 1 - q[i] < 1 - q[j])
        near = {line: 1 - q[j], proof.use(gap_above): share, lower: share, upper: share, shorter: q[j]}
        near = proof.combine(near)
    with proof.suppose(p[i] <= p[j]):
        behind = proof.transfer(proof.use(order, {i: j, j: i}), p[i] <= p[j])
        far = proof.combine({behind: 1, proof.apply(log, m <= p[i]): share, upper: share})
    proof.cases({p[j] < p[i]: near, p[i] <= p[j]: far})


@theorem(
    "every entry of Q* lies within ln(M/m)/(gamma - 1) of 1/n",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, j: letter},
    shows=Abs(q[j] - 1 / n) <= CLOSE,
    kind="limit",
    false="every entry of Q* lies within ln(M/m)/(gamma - 1) of p_j",
    but=Abs(q[j] - p[j]) <= CLOSE,
)
def close(proof):
    """Average the difference over the other letter."""
    up = proof.combine(q[j] - 1 / n <= CLOSE, {summed(proof, close_pair, j, k): 1 / n, mass(q): 1 / n})
    down = proof.combine(1 / n - q[j] <= CLOSE, {summed(proof, close_pair, k, j): 1 / n, mass(q): 1 / n})
    proof.absolute(up, down)


ERROR = CLOSE * (RANGE + 2 * n)
"""R (R + 2 n)/(gamma - 1): the bound of the remainder."""


def shift(one, other):
    """ln(p_one/p_other)."""
    return log(p[one]) - log(p[other])


def excess(one, other):
    """gamma (q_one - q_other) - (1 - 1/n) ln(p_one/p_other)."""
    return gamma * (q[one] - q[other]) - (1 - 1 / n) * shift(one, other)


def entry_close(proof, at, side):
    """q_at - 1/n <= CLOSE (side 1) or 1/n - q_at <= CLOSE (side -1)."""
    value = side * (q[at] - 1 / n)
    return proof.combine(value <= CLOSE, {proof.use(close, {j: at}): 1, value <= Abs(q[at] - 1 / n): 1})


def likelier(proof, one, other):
    """In the case p_other < p_one: q_other < q_one, and the logarithms lie between ln m and ln M."""
    proof.transfer(proof.use(order, {i: one, j: other}), p[one] > p[other])
    proof.apply(log, p[other] < p[one])
    return proof.apply(log, m <= p[other]), proof.apply(log, p[one] <= top)


def commoner_above(proof):
    """gamma (q_i - q_j) is at most (1 - q_j) ln(p_i/p_j) + CLOSE, and q_j is close to 1/n."""
    lower, upper = likelier(proof, i, j)
    line, gap = proof.use(log_above, {x: (1 - q[i]) / (1 - q[j])}), proof.use(gap_above)
    pieces = {line: (gamma - 1) * (1 - q[j]), gap: 1 - q[j], proof.use(close_pair): 1, entry_close(proof, j, -1): shift(i, j)}
    return proof.combine(pieces | {lower: CLOSE, upper: CLOSE, positive(2 * n - 1): CLOSE})


def rarer_above(proof):
    """gamma (q_j - q_i) is at least (1 - q_j)(ln(p_j/p_i) - ln(q_j/q_i)), and ln(q_j/q_i) is at most 2 n CLOSE."""
    lower, upper = likelier(proof, j, i)
    proof.combine(RANGE > 0, {lower: 1, upper: 1, log(p[i]) < log(p[j]): 1})
    late = gamma >= 1 + 2 * n * RANGE
    half = proof.combine(q[i] >= 1 / (2 * n), {entry_close(proof, i, -1): 1, late: 1 / (2 * n * (gamma - 1))})
    line, pair = proof.use(log_below, {x: q[i] / q[j]}), proof.use(close_pair, {i: j, j: i})
    quotient = proof.combine(log(q[j]) - log(q[i]) < 2 * n * CLOSE, {line: 1, pair: 1 / q[i], half: 2 * n * CLOSE / q[i]})
    line, gap = proof.use(log_below, {x: (1 - q[j]) / (1 - q[i])}), proof.use(gap_below, {i: j, j: i})
    pieces = {gap: 1 - q[j], line: gamma * (1 - q[j]), entry_close(proof, j, 1): shift(j, i)}
    return proof.combine(pieces | {lower: CLOSE, upper: CLOSE, quotient: 1 - q[j], q[j] > 0: 2 * n * CLOSE})


def equally_likely(proof):
    """Nothing to bound: q_i = q_j."""
    equal = Eq(p[i], p[j])
    entries, level = proof.transfer(proof.use(order), equal), proof.rewrite(by=equal, shows=Eq(log(p[i]), log(p[j])))
    wide = proof.combine(RANGE >= 0, {proof.apply(log, m <= p[i]): 1, proof.apply(log, p[i] <= top): 1})
    return proof.combine({wide: (RANGE + 2 * n) / (gamma - 1), entries: gamma, level: 1 - 1 / n})


@theorem(
    "gamma (q_i - q_j) exceeds (1 - 1/n) ln(p_i/p_j) by at most R (R + 2 n)/(gamma - 1) if gamma >= 1 + 2 n R",
    answers=PHRASE,
    over={gamma: Interval(1 + 2 * n * RANGE, oo), **BOUNDED, i: letter, j: letter},
    where=gamma > 1,
    shows=excess(i, j) <= ERROR,
    kind="limit",
    fuzz=LATE,
    false="gamma (q_i - q_j) exceeds ln(p_i/p_j) / 2 by at most R (R + 2 n)/(gamma - 1)",
    but=gamma * (q[i] - q[j]) - shift(i, j) / 2 <= ERROR,
)
def first_order_pair(proof):
    """The three orders of p_i and p_j."""
    orders = {p[j] < p[i]: commoner_above, Eq(p[i], p[j]): equally_likely, p[i] < p[j]: rarer_above}
    branches = {}
    for case, branch in orders.items():
        with proof.suppose(case):
            branches[case] = branch(proof)
    proof.cases(branches)


FIRST_ORDER = gamma * (q[j] - 1 / n) - (1 - 1 / n) * (log(p[j]) - total(log(p[k]), k) / n)


@theorem(
    "gamma (q_j - 1/n) = (1 - 1/n)(ln p_j - mean ln p) up to R (R + 2 n)/(gamma - 1) if gamma >= 1 + 2 n R",
    answers=PHRASE,
    over={gamma: Interval(1 + 2 * n * RANGE, oo), **BOUNDED, j: letter},
    where=gamma > 1,
    shows=Abs(FIRST_ORDER) <= ERROR,
    kind="limit",
    fuzz=LATE,
    false="gamma (q_j - 1/n) = ln p_j - mean ln p up to R (R + 2 n)/(gamma - 1)",
    but=Abs(gamma * (q[j] - 1 / n) - (log(p[j]) - total(log(p[k]), k) / n)) <= ERROR,
)
def first_order(proof):
    """The remainders of q_j - q_k and of q_k - q_j, averaged over k."""
    up = proof.combine(FIRST_ORDER <= ERROR, {summed(proof, first_order_pair, j, k): 1 / n, mass(q): gamma / n})
    down = proof.combine(-FIRST_ORDER <= ERROR, {summed(proof, first_order_pair, k, j): 1 / n, mass(q): gamma / n})
    proof.absolute(up, down)


@theorem(
    "Q* tends to the uniform pmf as gamma grows, and the term in 1/gamma is (1 - 1/n)(ln p_j - mean ln p)",
    answers=PHRASE,
    over={gamma: Interval(1 + 2 * n * RANGE, oo), **BOUNDED, j: letter},
    where=gamma > 1,
    shows=And(tends_to_uniform.shows, first_order.shows),
    kind="limit",
    fuzz=LATE,
    false="Q* tends to the uniform pmf as gamma grows, and the term in 1/gamma is ln p_j - mean ln p",
    but=And(tends_to_uniform.shows, first_order.falsehood.goal),
    main=True,
)
def uniform_limit(proof):
    """The distance to 1/n, and what is of first order in it."""
    proof.use(tends_to_uniform)
    proof.use(first_order)
