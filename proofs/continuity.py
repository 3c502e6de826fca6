"""Continuity: explicit moduli in gamma, in the model and in the data.

Source
    Abstract: "continuity of the focal-entropy".
Statement
    |H_gamma - H_delta| <= (ln 2)^2 |gamma - delta| for all P, Q; the constant is attained in the limit at q = 1/2, gamma -> 0.
    On models whose entries are at least e, |H(P,A) - H(P,B)| <= phi(e) sum p_i |a_i - b_i|. For models with entries between
    e and m, |H(P,Q) - H(R,Q)| <= TV(P,R) (loss(e) - loss(m)), TV(P,R) = sum |p_i - r_i| / 2.
Idea
    The derivative in gamma is (1 - x)^gamma ln x ln(1 - x) in size, and ln x ln(1 - x) rises on (0, 1/2]: the numerator of its
    derivative, (1 - x) ln(1 - x) - x ln x, is at least x (ln 3 - 1) up to 1/3 and falls to 0 from 1/3 to 1/2. In the model the
    slope at e is the largest. In the data, subtract the middle of [loss(m), loss(e)] from the loss: both pmfs sum to 1.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of the logarithm (rule `apply`), the ball that shows ln 3 > 1 and
    the one that shows ln(9/2) < 2 (rule `constant`).
Not covered
    Countable alphabets, where continuity in the model fails.
"""

from sympy import Abs, Rational, diff, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Lower, Number, Pmf, Result, Twin, Upper
from focal_symbolic.definitions import focal_entropy, gamma, loss, p, q, slope, x
from focal_symbolic.language import Eq, Every, Ge, Gt, Le, Lt, array, i, mass, real, total

t, u, delta, e, h, m = map(real, ("t", "u", "delta", "e", "h", "m"))
a, b, r = map(array, "abr")
HALF, THIRD = Rational(1, 2), Rational(1, 3)
FOCUS = Number(gamma, 0)
LN2 = log(2) ** 2
product = log(t) * log(1 - t)
numerator = (1 - t) * log(1 - t) - t * log(t)


def numerator_positive(d):
    """It is positive up to 1/3 by ln y > 1 - 1/y at y = 1 - x, and beyond because it falls to 0 at 1/2."""
    positive, low = d.suppose(x > 0, x <= THIRD)
    bound = d.lemma("elementary/log-below", log(1 - x) > 1 - 1 / (1 - x), low, replace={x: 1 - x})
    third = d("apply", log(x) <= -log(3), low, positive, function="log")
    three = d("constant", Gt(log(3), 1, evaluate=False))
    near = d("combination", d.goal, bound, third, three, positive, low, weights=(1 - x, x, x))
    left, right = d.suppose(t > THIRD, t < HALF)
    # (t - 1/3)(2/3 - t) > 0 says that t (1 - t) > 2/9
    middle = d("combination", t * (1 - t) > Rational(2, 9), left, right, weights=(Rational(2, 3) - t,))
    logarithm = d("apply", log(t * (1 - t)) > log(Rational(2, 9)), middle, function="log")
    nine = d("constant", Gt(2, -log(Rational(2, 9)), evaluate=False))
    falls = d("combination", diff(numerator, t) < 0, logarithm, nine, left, right, weights=(1, 1))
    high, less = d.suppose(x > THIRD, x < HALF)
    far = d("monotone", d.goal, falls, less, high, function=numerator, variable=t)
    d("cases", d.goal, near, far, on=(x <= THIRD, x > THIRD))


NUMERATOR = Result(
    claim=Claim(
        name="continuity/numerator",
        statement="(1 - x) ln(1 - x) exceeds x ln x for 0 < x < 1/2",
        source="paper",
        reference="continuity",
        variables=(Number(x, 0, HALF, low_open=True, high_open=True),),
        goal=(1 - x) * log(1 - x) > x * log(x),
    ),
    derivation=numerator_positive,
    enclosure=Boxes(((x, Rational(1, 10**6), HALF - Rational(1, 1000)),)),
    fuzz=Draws(),
    twin=Twin("(1 - x) ln(1 - x) exceeds 9/10 of x ln x", (1 - x) * log(1 - x) > Rational(9, 10) * x * log(x)),
)


def largest_at_the_middle(d):
    """The derivative of ln t ln(1 - t) has the sign of that difference."""
    positive, less = d.suppose(t > 0, t < HALF)
    rise = d.lemma(NUMERATOR.name, (1 - t) * log(1 - t) > t * log(t), positive, replace={x: t})
    rising = d("combination", diff(product, t) > 0, rise, positive, less, weights=(1 / (t * (1 - t)),))
    x_positive, x_less = d.suppose(x > 0, x < HALF)
    d("monotone", d.goal, rising, x_less, x_positive, function=product, variable=t)


LOG_PRODUCT = Result(
    claim=Claim(
        name="continuity/log-product",
        statement="ln x ln(1 - x) is less than (ln 2)^2 for 0 < x < 1/2",
        source="paper",
        reference="continuity",
        variables=(Number(x, 0, HALF, low_open=True, high_open=True),),
        goal=log(x) * log(1 - x) < LN2,
    ),
    derivation=largest_at_the_middle,
    enclosure=Boxes(((x, Rational(1, 10**12), HALF - Rational(1, 1000)),)),
    fuzz=Draws(),
    twin=Twin(
        "ln x ln(1 - x) is less than 99/100 of (ln 2)^2",
        log(x) * log(1 - x) < Rational(99, 100) * LN2,
    ),
)


def lipschitz_in_gamma(d):
    """loss(x, t) + (ln 2)^2 t rises in t."""
    positive, inside = d.suppose(x > 0, x < 1)
    bound = log(x) * log(1 - x) <= LN2
    low = d.lemma(LOG_PRODUCT.name, Lt(bound.lhs, LN2))
    high = d.lemma(LOG_PRODUCT.name, Lt(bound.lhs, LN2), replace={x: 1 - x})
    low, high = d("weaken", bound, low), d("weaken", bound, high)
    at_half = d("sign", Le(log(HALF) * log(HALF), LN2, evaluate=False))
    middle = d("rewrite", bound, d.suppose(Eq(x, HALF)), at_half)
    product = d("cases", bound, low, middle, high, on=(x < HALF, Eq(x, HALF), x > HALF))
    later = d.suppose(t > 0)
    power = d("apply", (1 - x) ** t < 1, later, positive, inside, function="base", parameter=1 - x)
    summed = loss(x, t) + LN2 * t
    rises = d("combination", diff(summed, t) > 0, product, power, positive, inside, weights=(1, log(x) * log(1 - x)))
    focus, forward = d.suppose(gamma >= 0, h > 0)
    ahead = d("combination", gamma < gamma + h, forward, weights=(1,))
    steep = d("monotone", d.goal, rises, ahead, focus, function=summed, variable=t)
    end = d("sign", LN2 * h > 0, forward)
    flat = d("rewrite", d.goal, d.suppose(Eq(x, 1)), end, focus, forward)
    closed = d.suppose(x <= 1)
    d("cases", d.goal, steep, flat, closed, on=(x < 1, Eq(x, 1)))


LOSS_LIPSCHITZ = Result(
    claim=Claim(
        name="continuity/loss-lipschitz",
        statement="raising gamma by h lowers the loss by less than (ln 2)^2 h",
        source="paper",
        reference="continuity",
        variables=(FOCUS, Number(h, 0, low_open=True), Number(x, 0, 1, low_open=True)),
        goal=loss(x, gamma) < loss(x, gamma + h) + LN2 * h,
    ),
    derivation=lipschitz_in_gamma,
    enclosure=Boxes(
        (
            (x, Rational(1, 100), Rational(9, 10)),
            (gamma, Rational(1, 2), Rational(4)),
            (h, Rational(1, 2), Rational(2)),
        )
    ),
    fuzz=Draws(),
    twin=Twin(
        "raising gamma by h lowers the loss by less than 99/100 of (ln 2)^2 h",
        loss(x, gamma) < loss(x, gamma + h) + Rational(99, 100) * LN2 * h,
    ),
)


def falls_in_gamma(d):
    forward, positive, inside = d.suppose(h > 0, x > 0, x < 1)
    ahead = d("combination", gamma < gamma + h, forward, weights=(1,))
    power = d("apply", (1 - x) ** (gamma + h) < (1 - x) ** gamma, ahead, positive, inside, function="base", parameter=1 - x)
    d("combination", d.goal, power, positive, inside, weights=(-log(x),))


LOSS_FALLS = Result(
    claim=Claim(
        name="continuity/loss-falls",
        statement="raising gamma by h lowers the loss",
        source="paper",
        reference="continuity",
        variables=(FOCUS, Number(h, 0, low_open=True), Number(x, 0, 1, low_open=True, high_open=True)),
        goal=loss(x, gamma + h) < loss(x, gamma),
    ),
    derivation=falls_in_gamma,
    enclosure=Boxes(
        (
            (x, Rational(1, 10), Rational(9, 10)),
            (gamma, Rational(0), Rational(3)),
            (h, Rational(1, 2), Rational(2)),
        )
    ),
    fuzz=Draws(),
    twin=Twin(
        "raising gamma by h lowers the loss to less than 99/100 of it", loss(x, gamma + h) < Rational(99, 100) * loss(x, gamma)
    ),
)


def change_of_gamma(d, low, high):
    """0 <= H_low - H_high <= (ln 2)^2 (high - low) for low < high, as two inequalities."""
    above, ordered = d.suppose(low >= 0, low < high)
    weight, positive, end = d.letters(i, p[i] >= 0, q[i] > 0, q[i] <= 1)
    step = {x: q[i], gamma: low, h: high - low}
    slow = loss(q[i], low) < loss(q[i], high) + LN2 * (high - low)
    slow = d.lemma(LOSS_LIPSCHITZ.name, slow, positive, end, replace=step)
    term = d(
        "combination",
        p[i] * loss(q[i], low) <= p[i] * (loss(q[i], high) + LN2 * (high - low)),
        slow,
        weight,
        weights=(p[i],),
    )
    terms = d("sum_terms", focal_entropy(p, q, low) <= total(p[i] * (loss(q[i], high) + LN2 * (high - low))), term, over=i)
    unit = d.suppose(mass(p))
    bound = focal_entropy(p, q, low) - focal_entropy(p, q, high) <= LN2 * (high - low)
    bound = d("combination", bound, terms, unit, weights=(1, -LN2 * (high - low)))
    fall = d.lemma(LOSS_FALLS.name, loss(q[i], high) < loss(q[i], low), positive, replace=step)
    fall = d("weaken", loss(q[i], high) <= loss(q[i], low), fall)
    equal = d("sign", Le(0, 0, evaluate=False))
    flat = d("rewrite", loss(q[i], high) <= loss(q[i], low), d.suppose(Eq(q[i], 1)), equal, above, ordered)
    every = d("cases", loss(q[i], high) <= loss(q[i], low), fall, flat, end, on=(q[i] < 1, Eq(q[i], 1)))
    term = d("combination", p[i] * loss(q[i], high) <= p[i] * loss(q[i], low), every, weight, weights=(p[i],))
    falls = d("sum_terms", focal_entropy(p, q, high) <= focal_entropy(p, q, low), term, over=i)
    return falls, bound


def lipschitz_for_every_model(d):
    gap = focal_entropy(p, q, gamma) - focal_entropy(p, q, delta)
    far = LN2 * Abs(gamma - delta)
    branches = []
    for low, high, size in ((gamma, delta, gap), (delta, gamma, -gap)):
        falls, bound = change_of_gamma(d, low, high)
        distance = d("absolute_value", high - low <= Abs(gamma - delta))
        above = d("combination", size <= far, bound, distance, weights=(1, LN2))
        far_away = d("sign", Ge(far, 0, evaluate=False))
        below = d("combination", -size <= far, falls, far_away, weights=(1, 1))
        branches.append(d("absolute", d.goal, above, below))
    equal = d("sign", Le(0, 0, evaluate=False))
    bounds = (d.suppose(gamma >= 0), *d.letters(i, q[i] > 0, q[i] <= 1))
    same = d("rewrite", d.goal, d.suppose(Eq(gamma, delta)), equal, *bounds)
    d("cases", d.goal, branches[0], same, branches[1], on=(gamma < delta, Eq(gamma, delta), delta < gamma))


IN_GAMMA = Result(
    claim=Claim(
        name="continuity/gamma",
        statement="the focal-entropy is Lipschitz in gamma with the constant (ln 2)^2, for all P and Q",
        source="paper",
        reference="continuity",
        variables=(FOCUS, Number(delta, 0), Pmf(p, positive=False), Pmf(q)),
        goal=Abs(focal_entropy(p, q, gamma) - focal_entropy(p, q, delta)) <= LN2 * Abs(gamma - delta),
    ),
    derivation=lipschitz_for_every_model,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy is Lipschitz in gamma with 99/100 of (ln 2)^2",
        Abs(focal_entropy(p, q, gamma) - focal_entropy(p, q, delta)) <= Rational(99, 100) * LN2 * Abs(gamma - delta),
    ),
)


def sharp_at_half(d):
    """The difference of the two sides has the derivative (ln 2)^2 (2^(-t) - 1 + t ln 2), which rises from 0."""
    later = d.suppose(u > 0)
    power = d("apply", HALF**u < 1, later, function="base", parameter=HALF)
    inner = HALF**u - 1 + u * log(2)
    rises = d("combination", diff(inner, u) > 0, power, weights=(log(2),))
    positive = d.suppose(t > 0)
    first = d("monotone", inner.xreplace({u: t}) > 0, rises, positive, function=inner, variable=u)
    outer = log(2) * (1 - HALF**t) - LN2 * t + log(2) ** 3 * t**2 / 2
    rises = d("combination", diff(outer, t) > 0, first, weights=(LN2,))
    focus = d.suppose(gamma > 0)
    d("monotone", d.goal, rises, focus, function=outer, variable=t)


SHARP = Result(
    claim=Claim(
        name="continuity/sharp",
        statement="at q = 1/2 the loss falls by more than (ln 2)^2 gamma (1 - gamma ln 2 / 2): the constant is the best",
        source="paper",
        reference="continuity",
        variables=(Number(gamma, 0, low_open=True),),
        goal=loss(HALF, 0) - loss(HALF, gamma) > LN2 * gamma * (1 - gamma * log(2) / 2),
        kind="limit",
    ),
    derivation=sharp_at_half,
    enclosure=Boxes(((gamma, Rational(1, 1000), Rational(100)),)),
    fuzz=Draws(),
    twin=Twin(
        "at q = 1/2 the loss falls by more than (ln 2)^2 gamma",
        loss(HALF, 0) - loss(HALF, gamma) > LN2 * gamma,
    ),
)


def loss_order(d, low, high, *known):
    """loss(high) <= loss(low) from low <= high, which is the first of the known steps: the slope is positive."""
    focus, positive, less = d.suppose(gamma >= 0, t > 0, t < 1)
    falls = d("sign", diff(loss(t, gamma), t) < 0, focus, positive, less)
    return d("monotone", loss(high, gamma) <= loss(low, gamma), falls, *known, function=loss(t, gamma), variable=t)


def change_of_model(d, one, other):
    """loss(one_i) - loss(other_i) <= phi(e) |one_i - other_i|, by cases; summed."""
    focus, low, inside = d.suppose(gamma >= 0, e > 0, e < 1)
    floor, end = d.letters(i, e <= one[i], other[i] <= 1)
    distance = Abs(a[i] - b[i])
    bound = loss(one[i], gamma) - loss(other[i], gamma) <= slope(e, gamma) * distance
    steepest = d("sign", slope(e, gamma) > 0, focus, low, inside)
    rising = d.suppose(one[i] <= other[i])
    beyond, less = d.suppose(e < t, t < 1)
    flatter = d.lemma(
        "convexity/slope",
        slope(t, gamma) < slope(e, gamma),
        beyond,
        less,
        replace={x: e, u: (t - e) / (1 - e)},
    )
    line = loss(t, gamma) + slope(e, gamma) * t
    climbs = d("combination", diff(line, t) > 0, flatter, weights=(1,))
    ends = {t: one[i]}, {t: other[i]}
    above = line.xreplace(ends[0]) <= line.xreplace(ends[1])
    above = d("monotone", above, climbs, rising, floor, end, inside, function=line, variable=t)
    apart = d("absolute_value", other[i] - one[i] <= distance)
    first = d("combination", bound, above, apart, steepest, weights=(1, slope(e, gamma)))
    nonnegative = d("sign", Ge(distance, 0, evaluate=False))
    falling, (positive, end) = d.suppose(other[i] <= one[i]), d.letters(i, other[i] > 0, one[i] <= 1)
    lower = loss_order(d, other[i], one[i], falling, positive, end)
    second = d("combination", bound, lower, nonnegative, steepest, weights=(1, slope(e, gamma)))
    every = d("cases", bound, first, second, on=(one[i] <= other[i], other[i] <= one[i]))
    weight = d.letters(i, p[i] >= 0)
    term = p[i] * bound.lhs <= p[i] * bound.rhs
    term = d("combination", term, every, weight, weights=(p[i],))
    sums = d("sum_terms", total(p[i] * bound.lhs) <= total(p[i] * bound.rhs), term, over=i)
    whole = slope(e, gamma) * total(p[i] * distance)
    return d("combination", focal_entropy(p, one, gamma) - focal_entropy(p, other, gamma) <= whole, sums, weights=(1,))


def lipschitz_in_the_model(d):
    d("absolute", d.goal, change_of_model(d, a, b), change_of_model(d, b, a))


IN_MODEL = Result(
    claim=Claim(
        name="continuity/model",
        statement="on models with entries >= e the focal-entropy moves by at most phi(e) times the mean of |a - b| under P",
        source="paper",
        reference="continuity",
        variables=(FOCUS, Pmf(p, positive=False), Pmf(a), Pmf(b), Lower(e, (a, b))),
        goal=Abs(focal_entropy(p, a, gamma) - focal_entropy(p, b, gamma)) <= slope(e, gamma) * total(p[i] * Abs(a[i] - b[i])),
    ),
    derivation=lipschitz_in_the_model,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "on such models the focal-entropy moves by at most the mean |a - b| under P",
        Abs(focal_entropy(p, a, gamma) - focal_entropy(p, b, gamma)) <= total(p[i] * Abs(a[i] - b[i])),
    ),
)


def change_of_data(d, one, other):
    """sum (one_i - other_i) loss(q_i), with the middle of the range of the loss subtracted from it."""
    low = d.suppose(e > 0)
    floor, ceiling, positive, end = d.letters(i, e <= q[i], q[i] <= m, q[i] > 0, q[i] <= 1)
    top = d.suppose(m <= 1)
    most = loss_order(d, e, q[i], floor, low, end)
    least = loss_order(d, q[i], m, ceiling, positive, top)
    shift, distance = one[i] - other[i], Abs(p[i] - r[i])
    ends = loss(e, gamma), loss(m, gamma)
    up, down = d("absolute_value", shift <= distance), d("absolute_value", -shift <= distance)
    term = d(
        "combination",
        shift * (loss(q[i], gamma) - (ends[0] + ends[1]) / 2) <= distance * (ends[0] - ends[1]) / 2,
        most,
        least,
        up,
        down,
        weights=((distance + shift) / 2, (distance - shift) / 2),
    )
    middle, width = (ends[0] + ends[1]) / 2, (ends[0] - ends[1]) / 2
    terms = total(shift * (loss(q[i], gamma) - middle)) <= total(distance * width)
    terms = d("sum_terms", terms, term, over=i)
    units = d.suppose(mass(one), mass(other))
    bound = focal_entropy(one, q, gamma) - focal_entropy(other, q, gamma) <= total(distance) / 2 * (ends[0] - ends[1])
    return d("combination", bound, terms, *units, weights=(1, -middle, middle))


def lipschitz_in_the_data(d):
    d("absolute", d.goal, change_of_data(d, p, r), change_of_data(d, r, p))


IN_DATA = Result(
    claim=Claim(
        name="continuity/data",
        statement="the focal-entropy moves by at most the total variation of the data times the range of the loss",
        source="paper",
        reference="continuity",
        variables=(FOCUS, Pmf(p, positive=False), Pmf(r, positive=False), Pmf(q), Lower(e, (q,)), Upper(m, (q,))),
        where=(Every(e < q[i]),),
        goal=Abs(focal_entropy(p, q, gamma) - focal_entropy(r, q, gamma))
        <= total(Abs(p[i] - r[i])) / 2 * (loss(e, gamma) - loss(m, gamma)),
    ),
    derivation=lipschitz_in_the_data,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy moves by at most half of that",
        Abs(focal_entropy(p, q, gamma) - focal_entropy(r, q, gamma))
        <= total(Abs(p[i] - r[i])) / 4 * (loss(e, gamma) - loss(m, gamma)),
    ),
)
