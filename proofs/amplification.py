"""Amplification: the ratio law, and why the amplified probabilities form one interval.

Source
    Abstract: "the focal-loss amplifies mid-range probabilities".
Statement
    q_j / p_j = psi(q_j) / lambda. A letter is amplified, q_j > p_j, if and only if psi(p_j) > lambda. Between two points
    psi is larger than at one of them, so {p : psi(p) > lambda} is an interval. psi is strictly unimodal: it rises up to one
    point, which lies between e^(-2 (1 + gamma)) and 1/(2 + gamma), and falls from there.
Idea
    psi' = gamma (1 - x)^(gamma - 2) h(x) with h(x) = (1 - gamma x) ln(1/x) - 2 (1 - x), and h(x)/(1 - x) falls strictly on
    (0, 1): the numerator of its derivative, h'(x)(1 - x) + h(x), rises to 0 at x = 1, since h'' > 0. Its sign at the two
    points follows from 1 - 1/x < ln x.
Trusted
    The mean value theorem (rule `monotone`), the intermediate value theorem (rule `root`), monotonicity of exp (rule
    `apply`).
Not covered
    Countable alphabets. The step from the sign of h, which falls through 0 once, to psi, which then rises and falls.
"""

from focal_symbolic.proofs.ordering import price_of
from sympy import Rational, diff, exp, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, slope, x
from focal_symbolic.language import And, Eq, Equivalent, ExistsUnique, Gt, Ne, Or, i, j, real

t, u, v = map(real, ("t", "u", "v"))
FOCUS = Number(gamma, 0, low_open=True)
INSIDE = Number(x, 0, 1, low_open=True, high_open=True)
STEPS = Number(u, 0, 1, low_open=True, high_open=True), Number(v, 0, 1, low_open=True, high_open=True)
OPTIMUM = Optimum(q, multiplier, p, gamma)
REFERENCE = "the focal-loss amplifies mid-range probabilities"


def price_times_entry(d):
    price = d.letters(j, price_of(i))
    d("combination", d.goal, price, weights=(-q[j],))


RATIO_LAW = Result(
    claim=Claim(
        name="amplification/ratio-law",
        statement="the factor q_j/p_j by which a letter is amplified is psi(q_j)/lambda",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        goal=Eq(q[j] * multiplier, p[j] * gain(q[j], gamma)),
    ),
    derivation=price_times_entry,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the factor is psi(p_j)/lambda", Eq(q[j] * multiplier, p[j] * gain(p[j], gamma))),
)


def one_side(d, low, high, ends, at_end):
    """From 0 < low < high < 1, the comparison of psi(p_j) with lambda; `ends` are low > 0 and high < 1.

    `at_end`: whether lambda is the smaller of the two.
    """
    focus, ordered = d.suppose(gamma > 0, low < high)
    weight, price = d.letters(j, p[i] > 0, price_of(i))
    flatter = slope(high, gamma) < slope(low, gamma)
    step = {x: low, u: (high - low) / (1 - low)}
    flatter = d.lemma("convexity/slope", flatter, focus, ordered, *ends, replace=step)
    conclusion = multiplier < gain(p[j], gamma) if at_end else gain(p[j], gamma) < multiplier
    return d("combination", conclusion, flatter, price, weight, weights=(p[j], 1 if at_end else -1))


def gain_against_multiplier(d):
    weight, positive, q_less, price = d.letters(j, p[i] > 0, q[i] > 0, q[i] < 1, price_of(i))
    less, equal = d.suppose(p[j] < 1, Eq(q[j], p[j]))
    above = one_side(d, p[j], q[j], (weight, q_less), True)
    below = one_side(d, q[j], p[j], (positive, less), False)
    level = d("rewrite", Eq(p[j] * slope(p[j], gamma), multiplier), equal, price, less)
    level = d("combination", Eq(gain(p[j], gamma), multiplier), level, weights=(1,))
    on = (p[j] < q[j], Eq(q[j], p[j]), q[j] < p[j])
    d("conjunction", d.goal, *(d("trichotomy", part, above, level, below, on=on) for part in d.goal.args))


CRITERION = Result(
    claim=Claim(
        name="amplification/criterion",
        statement="a letter is amplified exactly when psi(p_j) > lambda, and suppressed exactly when psi(p_j) < lambda",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        where=(p[j] < 1, Ne(q[j], p[j])),
        goal=And(
            Equivalent(q[j] > p[j], gain(p[j], gamma) > multiplier),
            Equivalent(q[j] < p[j], gain(p[j], gamma) < multiplier),
        ),
    ),
    derivation=gain_against_multiplier,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "a letter is amplified exactly when psi(p_j) falls short of lambda",
        And(
            Equivalent(q[j] > p[j], gain(p[j], gamma) < multiplier),
            Equivalent(q[j] < p[j], gain(p[j], gamma) < multiplier),
        ),
    ),
)


def height(at):
    """h(x) = (1 - gamma x) ln(1/x) - 2 (1 - x), which has the sign of psi'."""
    return -(1 - gamma * at) * log(at) - 2 * (1 - at)


def height_quotient_falls(d):
    """w(t) = h'(t)(1 - t) + h(t) has the derivative h''(t)(1 - t) > 0 and vanishes at 1, so it is negative."""
    focus, positive, less = d.suppose(gamma > 0, t > 0, t < 1)
    rest = diff(height(t), t) * (1 - t) + height(t)
    rises = d("sign", (gamma / t + 1 / t**2) * (1 - t) > 0, focus, positive, less)
    rises = d("combination", diff(rest, t) > 0, rises, weights=(1,))
    start, end = d.suppose(u > 0, u < 1)
    below = d("monotone", rest.xreplace({t: u}) < 0, rises, end, start, function=rest, variable=t)
    quotient = height(u) / (1 - u)
    falls = d("combination", diff(quotient, u) < 0, below, end, weights=(1 / (1 - u) ** 2,))
    x_positive, x_less, forward, short = d.suppose(x > 0, x < 1, v > 0, v < 1)
    ahead = d("sign", x < x + v * (1 - x), x_less, forward)
    d("monotone", d.goal, falls, ahead, x_positive, x_less, short, function=quotient, variable=u)


HEIGHT = Result(
    claim=Claim(
        name="amplification/height",
        statement="h(x)/(1 - x) falls strictly on (0, 1), so h changes its sign once at most, from + to -",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE, STEPS[1]),
        goal=height(x + v * (1 - x)) / (1 - (x + v * (1 - x))) < height(x) / (1 - x),
    ),
    derivation=height_quotient_falls,
    enclosure=Boxes(
        (
            (x, Rational(1, 100), Rational(1, 2)),
            (v, Rational(1, 2), Rational(3, 4)),
            (gamma, Rational(1, 2), Rational(4)),
        )
    ),
    fuzz=Draws(),
    twin=Twin(
        "h(x)/(1 - x) falls by 1 at every step",
        height(x + v * (1 - x)) / (1 - (x + v * (1 - x))) < height(x) / (1 - x) - 1,
    ),
)
middle = x + u * (1 - x)
"""A point y between x and 1; the point z lies between y and 1."""
far = middle + v * (1 - middle)


def quotient(at):
    """h(x)/(1 - x), which falls."""
    return height(at) / (1 - at)


RATE = gamma * (1 - t) ** gamma / (1 - t) ** 2
"""psi'(t)/h(t)."""


def rises_before(d):
    """h(y) >= 0 makes h positive before y."""
    focus, before, up = d.suppose(gamma > 0, t < middle, height(middle) >= 0)
    x_positive, x_less, forward, short = d.suppose(x > 0, x < 1, u > 0, u < 1)
    y_less = d("sign", middle < 1, x_less, short)
    t_less = d("combination", t < 1, before, y_less, weights=(1, 1))
    step = {x: t, v: (middle - t) / (1 - t)}
    falls = quotient(middle) < quotient(t)
    falls = d.lemma(HEIGHT.name, falls, before, t_less, x_less, short, replace=step)
    high = d("combination", height(t) > 0, falls, up, t_less, y_less, weights=(1 - t, (1 - t) / (1 - middle)))
    rises = d("combination", diff(gain(t, gamma), t) > 0, high, focus, t_less, weights=(RATE,))
    ahead = d("sign", x < middle, x_less, forward)
    d("monotone", d.goal, rises, ahead, x_positive, function=gain(t, gamma), variable=t)


RISES = Result(
    claim=Claim(
        name="amplification/rises",
        statement="psi rises up to any point where h is not negative",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE, STEPS[0]),
        where=(height(middle) >= 0,),
        goal=gain(x, gamma) < gain(middle, gamma),
    ),
    derivation=rises_before,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("psi falls up to any point where h is not negative", gain(x, gamma) > gain(middle, gamma)),
)


def falls_beyond(d):
    """h(x) < 0 makes h negative beyond x."""
    focus, less, after, down = d.suppose(gamma > 0, t < 1, x < t, height(x) < 0)
    x_less, forward, short = d.suppose(x < 1, u > 0, u < 1)
    falls = d.lemma(HEIGHT.name, quotient(t) < quotient(x), after, less, replace={v: (t - x) / (1 - x)})
    low = d("combination", height(t) < 0, falls, down, less, weights=(1 - t, (1 - t) / (1 - x)))
    rate = d("combination", diff(gain(t, gamma), t) < 0, low, focus, less, weights=(RATE,))
    ahead = d("sign", x < middle, x_less, forward)
    d("monotone", d.goal, rate, ahead, x_less, short, function=gain(t, gamma), variable=t)


FALLS = Result(
    claim=Claim(
        name="amplification/falls",
        statement="psi falls beyond any point where h is negative",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE, STEPS[0]),
        where=(height(x) < 0,),
        goal=gain(middle, gamma) < gain(x, gamma),
    ),
    derivation=falls_beyond,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("psi rises beyond any point where h is negative", gain(middle, gamma) > gain(x, gamma)),
)


def no_dip(d):
    """Up to y where h(y) >= 0, beyond y where h(y) < 0."""
    x_positive, x_less, forward, short = d.suppose(x > 0, x < 1, u > 0, u < 1)
    onward, end = d.suppose(v > 0, v < 1)
    first = d.lemma(RISES.name, RISES.claim.goal)
    first = d("alternative", d.goal, first, x_positive, x_less, forward, short, onward, end)
    y_positive = d("sign", middle > 0, x_positive, x_less, forward)
    y_less = d("sign", middle < 1, x_less, short)
    second = gain(far, gamma) < gain(middle, gamma)
    second = d.lemma(FALLS.name, second, y_positive, y_less, replace={x: middle, u: v})
    second = d("alternative", d.goal, second, x_positive, x_less)
    d("cases", d.goal, first, second, on=(height(middle) >= 0, height(middle) < 0))


INTERVAL = Result(
    claim=Claim(
        name="amplification/interval",
        statement="between two points psi is larger than at one of them: the amplified probabilities form one interval",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE, *STEPS),
        goal=Or(gain(x, gamma) < gain(middle, gamma), gain(far, gamma) < gain(middle, gamma)),
    ),
    derivation=no_dip,
    enclosure=Boxes(
        (
            (x, Rational(1, 10), Rational(1, 8)),
            (u, Rational(1, 2), Rational(5, 8)),
            (v, Rational(1, 2), Rational(5, 8)),
            (gamma, Rational(1), Rational(3, 2)),
        )
    ),
    fuzz=Draws(),
    twin=Twin("psi rises from each point to the next", gain(x, gamma) < gain(middle, gamma)),
)

FIRST, LAST = exp(-2 * (1 + gamma)), 1 / (2 + gamma)
"""Points where h is positive and where it is negative."""


def one_mode(d):
    """h(a) = 2 gamma (1 - (1 + gamma) a) + 2 a > 0, since 1/a > 1 + 2 (1 + gamma); ln(1/b) < 1/b - 1 makes h(b) < 0."""
    focus = d.suppose(gamma > 0)
    exponent = d("sign", -2 * (1 + gamma) < 0, focus)
    small = d("apply", FIRST < 1, exponent, function="exp")
    room = d.lemma("elementary/log-below", -2 * (1 + gamma) > 1 - 1 / FIRST, small, replace={x: FIRST})
    positive = d("sign", Gt(FIRST, 0, evaluate=False))
    weights = (gamma * FIRST / (1 - FIRST), 2 / (1 - FIRST), (1 + FIRST) / (1 - FIRST))
    rising = d("combination", quotient(FIRST) > 0, room, positive, focus, small, weights=weights)
    start = d("weaken", quotient(FIRST) >= 0, rising)
    near = d("sign", LAST < 1, focus)
    line = d.lemma("elementary/log-below", log(LAST) > 1 - 1 / LAST, focus, replace={x: LAST})
    falling = d("combination", quotient(LAST) < 0, line, focus, weights=(2 / (1 + gamma),))
    end = d("weaken", quotient(LAST) <= 0, falling)
    ordered = d("combination", FIRST < LAST, room, positive, focus, weights=(FIRST * LAST, (1 + gamma) * LAST))
    ordered = d("weaken", FIRST <= LAST, ordered)
    falls = d.lemma(HEIGHT.name, quotient(v) < quotient(x), replace={v: (v - x) / (1 - x)})
    d("root", d.goal, falls, start, end, ordered, near)


MODE = Result(
    claim=Claim(
        name="amplification/mode",
        statement="h, which has the sign of psi', vanishes exactly once between e^(-2 (1 + gamma)) and 1/(2 + gamma)",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS,),
        goal=ExistsUnique(Eq(quotient(x), 0), (x, FIRST, LAST)),
    ),
    derivation=one_mode,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "h vanishes exactly once between e^(-2 (1 + gamma)) and 1/(5 + gamma)",
        ExistsUnique(Eq(quotient(x), 0), (x, FIRST, 1 / (5 + gamma))),
    ),
)
