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

from focal_symbolic.proofs.ordering import ORDER, price_of
from sympy import Abs, Rational, diff, exp, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Lower, Number, Optimum, Pmf, Result, Twin, Upper
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import Eq, Equivalent, Gt, i, j, k, mass, n, real, substitute, total

t, u, m, top = map(real, ("t", "u", "m", "M"))
FOCUS = Number(gamma, 1, low_open=True)
INSIDE = Number(x, 0, 1, low_open=True, high_open=True)
STEP = Number(u, 0, 1, low_open=True, high_open=True)
OPTIMUM = Optimum(q, multiplier, p, gamma)
X_BOX = (x, Rational(1, 10), Rational(3, 4))
U_BOX = (u, Rational(1, 4), Rational(3, 4))
BOX = Boxes((X_BOX, U_BOX, (gamma, Rational(3, 2), Rational(3))))
beyond = x + u * (1 - x)
"""A point between x and 1."""


def further(d):
    """x < x + u (1 - x), with the hypotheses on x and u."""
    positive, less, forward, short = d.suppose(x > 0, x < 1, u > 0, u < 1)
    ahead = d("sign", x < beyond, less, forward)
    return positive, less, forward, short, ahead


def quotient_falls(d):
    """phi(x) (1 - x)^(1 - gamma) = 1/x - 1 + gamma ln(1/x), and both terms fall."""
    focus = d.suppose(gamma > 1)
    positive, less, _, short, ahead = further(d)
    logarithm = d("apply", log(x) < log(beyond), ahead, positive, function="log")
    both = (1 - x) ** (gamma - 1) * (1 - beyond) ** (gamma - 1)
    weights = (both / (x * beyond), gamma * both)
    d("combination", d.goal, ahead, logarithm, focus, positive, less, short, weights=weights)


RATIO = Result(
    claim=Claim(
        name="uniform_limit/ratio",
        statement="from x to a larger y the slope falls by more than the factor ((1 - y)/(1 - x))^(gamma - 1)",
        source="paper",
        reference="asymptotic characterizations",
        variables=(FOCUS, INSIDE, STEP),
        goal=slope(beyond, gamma) * (1 - x) ** (gamma - 1) < slope(x, gamma) * (1 - beyond) ** (gamma - 1),
    ),
    derivation=quotient_falls,
    enclosure=BOX,
    fuzz=Draws(),
    twin=Twin(
        "from x to a larger y the slope falls by more than the factor ((1 - y)/(1 - x))^(gamma + 1)",
        slope(beyond, gamma) * (1 - x) ** (gamma + 1) < slope(x, gamma) * (1 - beyond) ** (gamma + 1),
    ),
)


def s_rises(d):
    """s'(t) (1 - t)^2 = t - 1 - ln t > 0."""
    below = d.lemma("elementary/log-above", log(t) < t - 1, replace={x: t})
    rises = d("combination", diff(s(t), t) > 0, below, d.suppose(t < 1), weights=(1 / (1 - t) ** 2,))
    x_positive, x_less, _, short, ahead = further(d)
    d("monotone", d.goal, rises, ahead, x_positive, x_less, short, function=s(t), variable=t)


S_RISES = Result(
    claim=Claim(
        name="uniform_limit/s",
        statement="s(x) = x ln(1/x)/(1 - x) rises strictly on (0, 1)",
        source="paper",
        reference="asymptotic characterizations",
        variables=(INSIDE, STEP),
        goal=s(x) < s(beyond),
    ),
    derivation=s_rises,
    enclosure=Boxes((X_BOX, U_BOX)),
    fuzz=Draws(),
    twin=Twin("s rises by a tenth at every step", Rational(11, 10) * s(x) < s(beyond)),
)


def gain_quotient_rises(d):
    """psi(x) (1 - x)^(-gamma) = 1 + gamma s(x)."""
    focus, less, short = d.suppose(gamma > 1, x < 1, u < 1)
    rises = d.lemma(S_RISES.name, s(x) < s(beyond))
    both = (1 - x) ** gamma * (1 - beyond) ** gamma
    d("combination", d.goal, rises, focus, less, short, weights=(gamma * both,))


GAIN_RATIO = Result(
    claim=Claim(
        name="uniform_limit/gain-ratio",
        statement="from x to a larger y the gain psi(x) = x phi(x) falls by less than the factor ((1 - y)/(1 - x))^gamma",
        source="paper",
        reference="asymptotic characterizations",
        variables=(FOCUS, INSIDE, STEP),
        goal=gain(x, gamma) * (1 - beyond) ** gamma < gain(beyond, gamma) * (1 - x) ** gamma,
    ),
    derivation=gain_quotient_rises,
    enclosure=Boxes(
        ((x, Rational(1, 5), Rational(2, 5)), (u, Rational(1, 2), Rational(3, 4)), (gamma, Rational(3, 2), Rational(2)))
    ),
    fuzz=Draws(),
    twin=Twin(
        "from x to a larger y the gain falls by less than the factor ((1 - y)/(1 - x))^(gamma - 1)",
        gain(x, gamma) * (1 - beyond) ** (gamma - 1) < gain(beyond, gamma) * (1 - x) ** (gamma - 1),
    ),
)


def likelier(d, one, other):
    """From p_other < p_one: q_other < q_one."""
    focus, rarer = d.suppose(gamma > 1, p[other] < p[one])
    letters = {i: one, j: other}
    order = d.lemma(ORDER.name, substitute(ORDER.claim.goal, letters), focus, replace=letters)
    strict = d("part", Equivalent(p[one] > p[other], q[one] > q[other]), order)
    return focus, rarer, d("transfer", q[other] < q[one], strict, rarer)


def step_up(d, lemma, *known):
    """A pointwise lemma from q_j up to q_i."""
    step = {x: q[j], u: (q[i] - q[j]) / (1 - q[j])}
    return d.lemma(lemma.name, substitute(lemma.claim.goal, step), *known, replace=step)


def gap_above(d):
    """p_i (1 - q_i)^(gamma - 1) exceeds p_j (1 - q_j)^(gamma - 1); take logarithms."""
    focus, _, less = likelier(d, i, j)
    weight, most, price = d.letters(i, p[i] > 0, q[i] < 1, price_of(i))
    other_weight, positive, other_most, other_price = d.letters(j, p[i] > 0, q[i] > 0, q[i] < 1, price_of(i))
    ratio = step_up(d, RATIO, less, most, positive)
    powers = (1 - q[i]) ** (gamma - 1), (1 - q[j]) ** (gamma - 1)
    known = (focus, weight, positive, other_most)
    steep = slope(q[j], gamma)
    weights = (p[i] / steep, powers[1] / steep, -powers[1] / steep)
    products = p[j] * powers[1] < p[i] * powers[0]
    products = d("combination", products, ratio, price, other_price, *known, weights=weights)
    logarithms = log(p[j] * powers[1]) < log(p[i] * powers[0])
    logarithms = d("apply", logarithms, products, other_weight, other_most, function="log")
    d("combination", d.goal, logarithms, weight, most, other_weight, other_most, weights=(1,))


RISE = log(1 - q[j]) - log(1 - q[i])
"""X = ln((1 - q_j)/(1 - q_i))."""
ABOVE = Result(
    claim=Claim(
        name="uniform_limit/gap-above",
        statement="(gamma - 1) ln((1 - q_j)/(1 - q_i)) is less than ln(p_i/p_j) where p_j < p_i",
        source="paper",
        reference="asymptotic characterizations",
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(i), Letter(j)),
        where=(p[j] < p[i],),
        goal=(gamma - 1) * RISE < log(p[i]) - log(p[j]),
    ),
    derivation=gap_above,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "(gamma + 1) ln((1 - q_j)/(1 - q_i)) is less than ln(p_i/p_j) where p_j < p_i",
        (gamma + 1) * RISE < log(p[i]) - log(p[j]),
    ),
)


def gap_below(d):
    """p_i (1 - q_i)^gamma / q_i is less than p_j (1 - q_j)^gamma / q_j; take logarithms."""
    focus, _, less = likelier(d, i, j)
    bounds = p[i] > 0, q[i] > 0, q[i] < 1, price_of(i)
    (*one, price), (*other, other_price) = d.letters(i, *bounds), d.letters(j, *bounds)
    ratio = step_up(d, GAIN_RATIO, less, one[2], other[1])
    powers = (1 - q[i]) ** gamma / q[i], (1 - q[j]) ** gamma / q[j]
    known = (focus, *one[:2], *other[1:])
    steep = slope(q[j], gamma)
    weights = (p[i] / (steep * q[i] * q[j]), -powers[1] / steep, powers[1] / steep)
    products = p[i] * powers[0] < p[j] * powers[1]
    products = d("combination", products, ratio, price, other_price, *known, weights=weights)
    logarithms = log(p[i] * powers[0]) < log(p[j] * powers[1])
    logarithms = d("apply", logarithms, products, *one, function="log")
    d("combination", d.goal, logarithms, *one, *other, weights=(1,))


BELOW = Result(
    claim=Claim(
        name="uniform_limit/gap-below",
        statement="ln(p_i/p_j) is less than gamma ln((1 - q_j)/(1 - q_i)) + ln(q_i/q_j) where p_j < p_i",
        source="paper",
        reference="asymptotic characterizations",
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(i), Letter(j)),
        where=(p[j] < p[i],),
        goal=log(p[i]) - log(p[j]) < gamma * RISE + log(q[i]) - log(q[j]),
    ),
    derivation=gap_below,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "ln(p_i/p_j) is less than gamma ln((1 - q_j)/(1 - q_i)) where p_j < p_i",
        log(p[i]) - log(p[j]) < gamma * RISE,
    ),
)

STRETCH = (top / m) ** (1 / (gamma - 1)) - 1
"""(M/m)^(1/(gamma - 1)) - 1, which tends to 0 as gamma grows."""


def wide(d):
    """STRETCH >= 0, from m <= p_i <= M at any letter."""
    focus, low = d.suppose(gamma > 1, m > 0)
    floor, ceiling = d.letters(i, m <= p[i], p[i] <= top)
    ordered = d("combination", m <= top, floor, ceiling, weights=(1, 1))
    quotient = d("combination", 1 <= top / m, ordered, low, weights=(1 / m,))
    return d("apply", 1 <= STRETCH + 1, quotient, focus, function="power", parameter=1 / (gamma - 1))


def spread_of_two(d):
    """X is at most ln(M/m)/(gamma - 1); the exponential function gives (1 - q_j)/(1 - q_i)."""
    focus, low = d.suppose(gamma > 1, m > 0)
    floor = d.letters(j, m <= p[i])
    ceiling, positive, most = d.letters(i, p[i] <= top, p[i] > 0, q[i] < 1)
    gap = d.lemma(ABOVE.name, ABOVE.claim.goal)
    upper = d("apply", log(p[i]) <= log(top), ceiling, positive, function="log")
    lower = d("apply", log(m) <= log(p[j]), floor, low, function="log")
    size = d("combination", top > 0, ceiling, positive, weights=(1, 1))
    bound = (log(top) - log(m)) / (gamma - 1)
    rise = d("combination", bound > RISE, gap, upper, lower, focus, weights=(1 / (gamma - 1),) * 3)
    ratio = d("apply", exp(RISE) < exp(bound), rise, function="exp")
    apart = q[i] - q[j] < (1 - q[i]) * STRETCH
    apart = d("combination", apart, ratio, most, low, size, weights=(1 - q[i],))
    apart = d("weaken", d.goal, apart)
    commoner = d.suppose(p[i] <= p[j])
    weak = Equivalent(p[j] >= p[i], q[j] >= q[i])
    order = d.lemma(ORDER.name, substitute(ORDER.claim.goal, {i: j, j: i}), focus, replace={i: j, j: i})
    behind = d("transfer", q[i] <= q[j], d("part", weak, order), commoner)
    together = d("combination", d.goal, behind, wide(d), most, weights=(1, 1 - q[i]))
    d("cases", d.goal, apart, together, on=(p[j] < p[i], p[i] <= p[j]))


SPREAD = Result(
    claim=Claim(
        name="uniform_limit/spread",
        statement="two entries of Q* differ by at most (1 - q_i)((M/m)^(1/(gamma - 1)) - 1)",
        source="paper",
        reference="asymptotic characterizations",
        variables=(FOCUS, Pmf(p), OPTIMUM, Lower(m, (p,)), Upper(top, (p,)), Letter(i), Letter(j)),
        goal=q[i] - q[j] <= (1 - q[i]) * STRETCH,
    ),
    derivation=spread_of_two,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "two entries of Q* differ by at most (1 - q_i)((M/m)^(1/(gamma + 1)) - 1)",
        q[i] - q[j] <= (1 - q[i]) * ((top / m) ** (1 / (gamma + 1)) - 1),
    ),
)


def spread_between(d, lemma, one, other):
    """The bound of q_one - q_other that a lemma about the letters i and j gives."""
    swap = {i: one, j: other}
    return d.lemma(lemma.name, substitute(lemma.claim.goal, swap), replace=swap)


def sums_over_the_other(d, lemma, bound):
    """The bounds of q_j - q_k and of q_k - q_j, each summed over k; `bound` is that of the lemma, from the first entry."""
    up, down = spread_between(d, lemma, j, k), spread_between(d, lemma, k, j)
    up = d("sum_terms", total(q[j] - q[k], k) <= total(bound(q[j]), k), up, over=k)
    return up, d("sum_terms", total(q[k] - q[j], k) <= total(bound(q[k]), k), down, over=k)


def uniform(d):
    """Average the spread over the other letter; above 1/n, 1 - q_j is at most 1 - 1/n."""
    stretched, unit = wide(d), d.suppose(mass(q))
    up, down = sums_over_the_other(d, SPREAD, lambda entry: (1 - entry) * STRETCH)
    up = d("combination", q[j] - 1 / n <= (1 - q[j]) * STRETCH, up, unit, weights=(1 / n, -1 / n))
    bound = (1 - 1 / n) * STRETCH
    high, below = d.suppose(1 / n <= q[j], q[j] <= 1 / n)
    first = d("combination", q[j] - 1 / n <= bound, up, high, stretched, weights=(1, STRETCH))
    second = d("combination", q[j] - 1 / n <= bound, below, stretched, weights=(1, 1 - 1 / n))
    up = d("cases", q[j] - 1 / n <= bound, first, second, on=(1 / n <= q[j], q[j] <= 1 / n))
    down = d("combination", 1 / n - q[j] <= bound, down, unit, weights=(1 / n, 1 / n * (1 + STRETCH)))
    d("absolute", d.goal, up, down)


UNIFORM = Result(
    claim=Claim(
        name="uniform_limit/uniform",
        statement="Q* tends to the uniform pmf: |q_j - 1/n| <= (1 - 1/n)((M/m)^(1/(gamma - 1)) - 1)",
        source="paper",
        reference="asymptotic characterizations",
        variables=(FOCUS, Pmf(p), OPTIMUM, Lower(m, (p,)), Upper(top, (p,)), Letter(j)),
        goal=Abs(q[j] - 1 / n) <= (1 - 1 / n) * STRETCH,
        kind="limit",
    ),
    derivation=uniform,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "Q* tends to P: |q_j - p_j| <= (1 - 1/n)((M/m)^(1/(gamma - 1)) - 1)",
        Abs(q[j] - p[j]) <= (1 - 1 / n) * STRETCH,
    ),
)


def bernoulli(d):
    """f(t) = 1 + a (t - 1) - t^a rises from 0 at 1 for a = 1/(gamma - 1) <= 1."""
    focus, beyond_one = d.suppose(gamma >= 2, t > 1)
    power = 1 / (gamma - 1)
    small = d("sign", power - 1 <= 0, focus)
    slow = d("apply", t ** (power - 1) <= 1, small, beyond_one, function="base", parameter=t)
    curve = 1 + power * (t - 1) - t**power
    rises = d("combination", diff(curve, t) >= 0, slow, focus, beyond_one, weights=(power,))
    low = d.suppose(m > 0)
    floor, ceiling = d.letters(i, m <= p[i], p[i] <= top)
    ordered = d("combination", m <= top, floor, ceiling, weights=(1, 1))
    quotient = d("combination", 1 <= top / m, ordered, low, weights=(1 / m,))
    above = d("monotone", curve.xreplace({t: top / m}) >= 0, rises, quotient, function=curve, variable=t)
    bound = d.lemma(UNIFORM.name, UNIFORM.claim.goal, focus)
    d("combination", d.goal, bound, above, weights=(1, 1 - 1 / n))


RATE = Result(
    claim=Claim(
        name="uniform_limit/rate",
        statement="for gamma >= 2 the distance to 1/n is at most (1 - 1/n)(M/m - 1)/(gamma - 1)",
        source="paper",
        reference="asymptotic characterizations",
        variables=(Number(gamma, 2), Pmf(p), OPTIMUM, Lower(m, (p,)), Upper(top, (p,)), Letter(j)),
        goal=Abs(q[j] - 1 / n) <= (1 - 1 / n) * (top / m - 1) / (gamma - 1),
        kind="limit",
    ),
    derivation=bernoulli,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "for gamma >= 2 the distance to p_j is at most (1 - 1/n)(M/m - 1)/(gamma - 1)",
        Abs(q[j] - p[j]) <= (1 - 1 / n) * (top / m - 1) / (gamma - 1),
    ),
)

RANGE = log(top) - log(m)
"""R = ln(M/m)."""
CLOSE = RANGE / (gamma - 1)
BOUNDS = (FOCUS, Pmf(p), OPTIMUM, Lower(m, (p,)), Upper(top, (p,)))


def logarithms_ordered(d, rarer, commoner):
    """ln m <= ln p_rarer and ln p_commoner <= ln M, with m > 0."""
    low = d.suppose(m > 0)
    floor = d.letters(rarer, m <= p[i])
    ceiling, positive = d.letters(commoner, p[i] <= top, p[i] > 0)
    return (
        d("apply", log(m) <= log(p[rarer]), floor, low, function="log"),
        d("apply", log(p[commoner]) <= log(top), ceiling, positive, function="log"),
    )


def entries_close(d):
    """q_i - q_j = (1 - q_j)(1 - r) with r = (1 - q_i)/(1 - q_j), and 1 - r < -ln r = X."""
    focus, _, less = likelier(d, i, j)
    lower, upper = logarithms_ordered(d, j, i)
    most, (other, positive) = d.letters(i, q[i] < 1), d.letters(j, q[i] < 1, q[i] > 0)
    r = (1 - q[i]) / (1 - q[j])
    line = d.lemma("elementary/log-above", log(r) < r - 1, less, most, replace={x: r})
    gap = d.lemma(ABOVE.name, ABOVE.claim.goal)
    shorter = d("combination", 1 - q[i] < 1 - q[j], less, weights=(1,))
    rise = d("apply", log(1 - q[i]) < log(1 - q[j]), shorter, most, function="log")
    weights = (1 - q[j], 1 / (gamma - 1), 1 / (gamma - 1), 1 / (gamma - 1), q[j])
    near = d("combination", q[i] - q[j] < CLOSE, line, gap, lower, upper, rise, most, other, positive, focus, weights=weights)
    near = d("weaken", d.goal, near)
    commoner = d.suppose(p[i] <= p[j])
    weak = Equivalent(p[j] >= p[i], q[j] >= q[i])
    order = d.lemma(ORDER.name, substitute(ORDER.claim.goal, {i: j, j: i}), focus, replace={i: j, j: i})
    behind = d("transfer", q[i] <= q[j], d("part", weak, order), commoner)
    low, high = logarithms_ordered(d, i, i)
    far = d("combination", d.goal, behind, low, high, focus, weights=(1, 1 / (gamma - 1), 1 / (gamma - 1)))
    d("cases", d.goal, near, far, on=(p[j] < p[i], p[i] <= p[j]))


CLOSE_PAIR = Result(
    claim=Claim(
        name="uniform_limit/close-pair",
        statement="two entries of Q* differ by at most ln(M/m)/(gamma - 1)",
        source="paper",
        reference="asymptotic characterizations",
        variables=(*BOUNDS, Letter(i), Letter(j)),
        goal=q[i] - q[j] <= CLOSE,
    ),
    derivation=entries_close,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("two entries of Q* differ by at most ln(M/m)/(gamma + 1)^2", q[i] - q[j] <= RANGE / (gamma + 1) ** 2),
)


def close_to_uniform(d):
    unit = d.suppose(mass(q))
    up, down = sums_over_the_other(d, CLOSE_PAIR, lambda entry: CLOSE)
    up = d("combination", q[j] - 1 / n <= CLOSE, up, unit, weights=(1 / n, -1 / n))
    down = d("combination", 1 / n - q[j] <= CLOSE, down, unit, weights=(1 / n, 1 / n))
    d("absolute", d.goal, up, down)


CLOSE_UNIFORM = Result(
    claim=Claim(
        name="uniform_limit/close",
        statement="every entry of Q* lies within ln(M/m)/(gamma - 1) of 1/n",
        source="paper",
        reference="asymptotic characterizations",
        variables=(*BOUNDS, Letter(j)),
        goal=Abs(q[j] - 1 / n) <= CLOSE,
        kind="limit",
    ),
    derivation=close_to_uniform,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("every entry of Q* lies within ln(M/m)/(gamma - 1) of p_j", Abs(q[j] - p[j]) <= CLOSE),
)

ERROR = CLOSE * (RANGE + 2 * n)
"""R (R + 2 n)/(gamma - 1): the bound of the remainder."""
LATE = Number(gamma, 1 + 2 * n * RANGE)


def shift(one, other):
    """ln(p_one/p_other)."""
    return log(p[one]) - log(p[other])


def excess(one, other):
    """gamma (q_one - q_other) - (1 - 1/n) ln(p_one/p_other)."""
    return gamma * (q[one] - q[other]) - (1 - 1 / n) * shift(one, other)


def entry_close(d, at, side):
    """q_at - 1/n <= CLOSE (side 1) or 1/n - q_at <= CLOSE (side -1)."""
    bound = CLOSE_UNIFORM.claim.goal
    near = d.lemma(CLOSE_UNIFORM.name, substitute(bound, {j: at}), replace={j: at})
    value = side * (q[at] - 1 / n)
    inside = d("absolute_value", value <= Abs(q[at] - 1 / n))
    return d("combination", value <= CLOSE, near, inside, weights=(1, 1))


def commoner_above(d):
    """gamma (q_i - q_j) is at most (1 - q_j) ln(p_i/p_j) + CLOSE, and q_j is close to 1/n."""
    focus, rarer, less = likelier(d, i, j)
    lower, upper = logarithms_ordered(d, j, i)
    most, (other, positive) = d.letters(i, q[i] < 1), d.letters(j, q[i] < 1, p[i] > 0)
    r = (1 - q[i]) / (1 - q[j])
    line = d.lemma("elementary/log-above", log(r) < r - 1, less, most, replace={x: r})
    gap = d.lemma(ABOVE.name, ABOVE.claim.goal)
    close = d.lemma(CLOSE_PAIR.name, CLOSE_PAIR.claim.goal)
    near = entry_close(d, j, -1)
    apart = d("apply", log(p[j]) < log(p[i]), rarer, positive, function="log")
    room = d("sign", Gt(2 * n - 1, 0, evaluate=False))
    pieces = (line, gap, close, near, lower, upper, room)
    weights = ((gamma - 1) * (1 - q[j]), 1 - q[j], 1, shift(i, j), CLOSE, CLOSE, CLOSE)
    bound = d("combination", excess(i, j) < ERROR, *pieces, focus, most, other, apart, weights=weights)
    return d("weaken", excess(i, j) <= ERROR, bound)


def rarer_above(d):
    """gamma (q_j - q_i) is at least (1 - q_j)(ln(p_j/p_i) - ln(q_j/q_i)), and ln(q_j/q_i) is at most 2 n CLOSE."""
    focus, rarer, less = likelier(d, j, i)
    swap = {i: j, j: i}
    lower, upper = logarithms_ordered(d, i, j)
    (most, high), (other, positive, weight) = d.letters(j, q[i] < 1, q[i] > 0), d.letters(i, q[i] < 1, q[i] > 0, p[i] > 0)
    apart = d("apply", log(p[i]) < log(p[j]), rarer, weight, function="log")
    wide = d("combination", RANGE > 0, lower, upper, apart, weights=(1, 1, 1))
    room = d.suppose(2 * n * RANGE <= gamma - 1)
    near = entry_close(d, i, -1)
    half = d("combination", q[i] >= 1 / (2 * n), near, room, focus, weights=(1, 1 / (2 * n * (gamma - 1))))
    r = q[i] / q[j]
    line = d.lemma("elementary/log-below", log(r) > 1 - 1 / r, less, positive, replace={x: r})
    close = d.lemma(CLOSE_PAIR.name, substitute(CLOSE_PAIR.claim.goal, swap), replace=swap)
    quotient = log(q[j]) - log(q[i]) < 2 * n * CLOSE
    weights = (1, 1 / q[i], 2 * n * CLOSE / q[i])
    quotient = d("combination", quotient, line, close, half, high, focus, wide, weights=weights)
    r = (1 - q[j]) / (1 - q[i])
    line = d.lemma("elementary/log-below", log(r) > 1 - 1 / r, less, most, replace={x: r})
    gap = d.lemma(BELOW.name, substitute(BELOW.claim.goal, swap), replace=swap)
    near = entry_close(d, j, 1)
    pieces = (gap, line, near, lower, upper, quotient, high)
    weights = (1 - q[j], gamma * (1 - q[j]), shift(j, i), CLOSE, CLOSE, 1 - q[j], 2 * n * CLOSE)
    bound = d("combination", excess(i, j) < ERROR, *pieces, focus, most, other, apart, weights=weights)
    return d("weaken", excess(i, j) <= ERROR, bound)


def equally_likely(d):
    """Nothing to bound: q_i = q_j."""
    focus, equal = d.suppose(gamma > 1, Eq(p[i], p[j]))
    order = d.lemma(ORDER.name, ORDER.claim.goal, focus)
    entries = d("part", Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j])), order)
    entries = d("transfer", Eq(q[i], q[j]), entries, equal)
    low, high = logarithms_ordered(d, i, i)
    zero = d("sign", Eq(0, 0, evaluate=False))
    logarithms = d("rewrite", Eq(log(p[i]), log(p[j])), equal, zero, d.letters(j, p[i] > 0))
    wide = d("combination", RANGE >= 0, low, high, weights=(1, 1))
    return d(
        "combination",
        excess(i, j) <= ERROR,
        wide,
        entries,
        logarithms,
        focus,
        weights=((RANGE + 2 * n) / (gamma - 1), -gamma, 1 - 1 / n),
    )


def remainder_of_two(d):
    on = (p[j] < p[i], Eq(p[i], p[j]), p[i] < p[j])
    d("cases", d.goal, commoner_above(d), equally_likely(d), rarer_above(d), on=on)


REMAINDER = Result(
    claim=Claim(
        name="uniform_limit/first-order-pair",
        statement="gamma (q_i - q_j) exceeds (1 - 1/n) ln(p_i/p_j) by at most R (R + 2 n)/(gamma - 1) if gamma >= 1 + 2 n R",
        source="paper",
        reference="asymptotic characterizations",
        variables=(LATE, *BOUNDS[1:], Letter(i), Letter(j)),
        where=(gamma > 1,),
        goal=excess(i, j) <= ERROR,
        kind="limit",
    ),
    derivation=remainder_of_two,
    enclosure=HardSet(),
    fuzz=Draws(gamma=(Rational(10), Rational(10**5))),
    twin=Twin(
        "gamma (q_i - q_j) exceeds ln(p_i/p_j) / 2 by at most R (R + 2 n)/(gamma - 1)",
        gamma * (q[i] - q[j]) - shift(i, j) / 2 <= ERROR,
    ),
)


def mean_remainder(d):
    """Sum the remainder of q_i - q_j over j, and that of q_j - q_i."""
    unit = d.suppose(mass(q))
    sides = []
    for one, two, side in ((j, k, 1), (k, j, -1)):
        term = spread_between(d, REMAINDER, one, two)
        sums = d("sum_terms", total(excess(one, two), k) <= total(ERROR, k), term, over=k)
        bound = side * FIRST_ORDER <= ERROR
        sides.append(d("combination", bound, sums, unit, weights=(1 / n, -side * gamma / n)))
    d("absolute", d.goal, *sides)


FIRST_ORDER = gamma * (q[j] - 1 / n) - (1 - 1 / n) * (log(p[j]) - total(log(p[k]), k) / n)
FIRST = Result(
    claim=Claim(
        name="uniform_limit/first-order",
        statement="gamma (q_j - 1/n) = (1 - 1/n)(ln p_j - mean ln p) up to R (R + 2 n)/(gamma - 1) if gamma >= 1 + 2 n R",
        source="paper",
        reference="asymptotic characterizations",
        variables=(LATE, *BOUNDS[1:], Letter(j)),
        where=(gamma > 1,),
        goal=Abs(FIRST_ORDER) <= ERROR,
        kind="limit",
    ),
    derivation=mean_remainder,
    enclosure=HardSet(),
    fuzz=Draws(gamma=(Rational(10), Rational(10**5))),
    twin=Twin(
        "gamma (q_j - 1/n) = ln p_j - mean ln p up to R (R + 2 n)/(gamma - 1)",
        Abs(gamma * (q[j] - 1 / n) - (log(p[j]) - total(log(p[k]), k) / n)) <= ERROR,
    ),
)
