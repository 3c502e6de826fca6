"""Existence and uniqueness: one multiplier, one minimizer, all of it on the support of the data.

Source
    Abstract: "existence and uniqueness of the focal-entropy minimizer, describe its structure".
Statement
    For gamma > 0 the slope phi falls strictly from +oo to 0 on (0, 1), so it has an inverse on (0, oo). On n >= 2 letters
    with all p_i > 0 there is exactly one lambda with sum phi^(-1)(lambda/p_i) = 1; it lies between p_min phi(1/n) and
    p_max phi(1/n). The pmf q_i = phi^(-1)(lambda/p_i) is the one minimizer: every model r with mass at most 1 on the support
    has H(P,R) >= H(P,Q) + lambda (1 - sum r_i), strictly unless r = q, and lambda > 0, so mass off the support only costs. On
    one letter the minimizer is that letter. At gamma = 0, Q = P and lambda = 1.
Idea
    (1 - x)^gamma/x < phi(x) < (1 + gamma)(1 - x)^gamma/x gives explicit points above and below any value. At lambda = p_min
    phi(1/n) every phi^(-1)(lambda/p_i) is at least 1/n. Optimality is the tangent inequality at q_i times p_i, summed.
Trusted
    The intermediate value and continuous inverse theorems (rules `inverse` and `root`), the mean value theorem (rule
    `monotone`), monotonicity of powers (rule `apply`).
Not covered
    Countable alphabets.
"""

from sympy import Integer, Rational, diff, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Lower, Number, Optimum, Pmf, Result, Subpmf, Twin, Upper
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope, slope_inverse, x
from focal_symbolic.language import (
    And,
    Eq,
    Equivalent,
    ExistsUnique,
    Ge,
    Gt,
    Le,
    Ne,
    array,
    i,
    j,
    mass,
    n,
    real,
    substitute,
    total,
)

y, z, h, m, t, u, v, top = map(real, ("y", "z", "h", "m", "t", "u", "v", "M"))
r = array("r")
HALF = Rational(1, 2)
FOCUS = Number(gamma, 0, low_open=True)
CLOSED_FOCUS = Number(gamma, 0)
INSIDE = Number(x, 0, 1, low_open=True, high_open=True)
OTHER = Number(z, 0, 1, low_open=True, high_open=True)
VALUE = Number(y, 0, low_open=True)
STEP = Number(h, 0, low_open=True)
SLOPE_BOX = Boxes(((x, Rational(1, 1000), Rational(9, 10)), (gamma, Rational(1, 10), Rational(6))))


def second_term(d):
    focus, positive, less = d.suppose(gamma > 0, x > 0, x < 1)
    d("sign", d.goal, focus, positive, less)


SLOPE_ABOVE = Result(
    claim=Claim(
        name="uniqueness/slope-above",
        statement="the slope exceeds (1 - x)^gamma / x, so it is unbounded at 0",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, INSIDE),
        goal=slope(x, gamma) > (1 - x) ** gamma / x,
    ),
    derivation=second_term,
    enclosure=SLOPE_BOX,
    fuzz=Draws(),
    twin=Twin("the slope exceeds 2 (1 - x)^gamma / x", slope(x, gamma) > 2 * (1 - x) ** gamma / x),
)


def logarithm_bounded(d):
    focus, less = d.suppose(gamma > 0, x < 1)
    bound = d.lemma("elementary/log-below", log(x) > 1 - 1 / x)
    d("combination", d.goal, bound, focus, less, weights=(gamma * (1 - x) ** gamma / (1 - x),))


SLOPE_BELOW = Result(
    claim=Claim(
        name="uniqueness/slope-below",
        statement="the slope is less than (1 + gamma)(1 - x)^gamma / x, so it falls to 0 at 1",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, INSIDE),
        goal=slope(x, gamma) < (1 + gamma) * (1 - x) ** gamma / x,
    ),
    derivation=logarithm_bounded,
    enclosure=SLOPE_BOX,
    fuzz=Draws(),
    twin=Twin("the slope is less than gamma (1 - x)^gamma / x", slope(x, gamma) < gamma * (1 - x) ** gamma / x),
)

HIGH = 1 / (2 + 2**gamma * y)
"""A point where the slope exceeds y."""
FAR = (2 * (1 + gamma) / y) ** (1 / gamma)
LOW = 1 - 1 / (2 + FAR)
"""A point where the slope is less than y."""


def explicit_points(d):
    focus, value = d.suppose(gamma > 0, y > 0)
    in_high = (d("sign", HIGH > 0, value), d("sign", HIGH < 1, value))
    above = d.lemma(SLOPE_ABOVE.name, slope(HIGH, gamma) > (1 - HIGH) ** gamma / HIGH, *in_high, replace={x: HIGH})
    base = d("sign", 1 - HIGH > HALF, value)
    power = d("apply", HALF**gamma < (1 - HIGH) ** gamma, base, focus, function="power", parameter=gamma)
    rest = d("sign", Gt(HALF**gamma, 0, evaluate=False))
    above = d("combination", slope(HIGH, gamma) > y, above, power, rest, value, weights=(1, 1 / HIGH, 2))
    far = d("sign", FAR > 0, focus, value)
    in_low = (d("sign", LOW > 0, far), d("sign", LOW < 1, far))
    bound = (1 + gamma) * (1 - LOW) ** gamma / LOW
    below = d.lemma(SLOPE_BELOW.name, slope(LOW, gamma) < bound, *in_low, replace={x: LOW})
    small = d("sign", 1 - LOW < 1 / FAR, focus, value)
    power = d("apply", (1 - LOW) ** gamma < (1 / FAR) ** gamma, small, far, focus, function="power", parameter=gamma)
    root = d("identity", Eq((1 / FAR) ** gamma, y / (2 * (1 + gamma))), focus, value)
    twice = d("sign", 1 / LOW < 2, far)
    weights = (1, 2 * (1 + gamma), -2 * (1 + gamma), (1 + gamma) * (1 - LOW) ** gamma)
    below = d("combination", slope(LOW, gamma) < y, below, power, root, twice, focus, far, weights=weights)
    d("conjunction", d.goal, above, below)


ONTO = Result(
    claim=Claim(
        name="uniqueness/onto",
        statement="the slope takes values above and below any y > 0, at explicit points",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, VALUE),
        goal=And(slope(HIGH, gamma) > y, slope(LOW, gamma) < y),
    ),
    derivation=explicit_points,
    enclosure=Boxes(((y, Rational(1, 100), Rational(100)), (gamma, HALF, Rational(6)))),
    fuzz=Draws(),
    twin=Twin(
        "the slope at the second point is less than y / 2",
        And(slope(HIGH, gamma) > y, slope(LOW, gamma) < y / 2),
    ),
)


def slope_falls(d):
    curved = d.lemma("convexity/loss", diff(loss(t, gamma), t, 2) > 0, replace={x: t})
    return d("combination", diff(slope(t, gamma), t) < 0, curved, d.suppose(t < 1), weights=(1,))


def value_of_the_inverse(d):
    focus, value = d.suppose(gamma > 0, y > 0)
    falls = slope_falls(d)
    far = d("sign", FAR > 0, focus, value)
    points = d.lemma(ONTO.name, ONTO.claim.goal)
    above, below = (d("part", c, points) for c in (slope(HIGH, gamma) > y, slope(LOW, gamma) < y))
    at = slope_inverse(y, gamma)
    parts = [
        d("inverse", c, falls, above, below, value, far, high=HIGH, low=LOW) for c in (at > 0, at < 1, Eq(slope(at, gamma), y))
    ]
    d("conjunction", d.goal, *parts)


INVERSE_VALUE = And(slope_inverse(y, gamma) > 0, slope_inverse(y, gamma) < 1, Eq(slope(slope_inverse(y, gamma), gamma), y))
INVERSE = Result(
    claim=Claim(
        name="uniqueness/inverse",
        statement="the slope has an inverse from (0, oo) onto (0, 1)",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, VALUE),
        goal=INVERSE_VALUE,
    ),
    derivation=value_of_the_inverse,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the slope at the inverse of y is y / (1 + y / 1000)",
        And(*INVERSE_VALUE.args[:2], Eq(slope(slope_inverse(y, gamma), gamma), y / (1 + y / 1000))),
    ),
)


def slope_beyond(d, low, high, focus, less):
    """The slope at a point beyond another is smaller."""
    flatter, ordered = slope(high, gamma) < slope(low, gamma), d.suppose(low < high)
    return d.lemma("convexity/slope", flatter, focus, ordered, less, replace={x: low, u: (high - low) / (1 - low)})


def slopes_reverse(d):
    """Compare the slope at two points of (0, 1) in all three orders."""
    focus, x_less, positive, less = d.suppose(gamma > 0, x < 1, z > 0, z < 1)
    zero = d("sign", Eq(0, 0, evaluate=False))
    level = d("rewrite", Eq(slope(x, gamma), slope(z, gamma)), d.suppose(Eq(x, z)), zero, positive, less)
    branches = slope_beyond(d, x, z, focus, less), level, slope_beyond(d, z, x, focus, x_less)
    on = (x < z, Eq(x, z), z < x)
    d("conjunction", d.goal, *(d("trichotomy", part, *branches, on=on) for part in d.goal.args))


ORDER = Result(
    claim=Claim(
        name="uniqueness/order",
        statement="the slope is smaller at one point than at another exactly when the point is larger",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, INSIDE, OTHER),
        goal=And(
            Equivalent(slope(x, gamma) < slope(z, gamma), z < x),
            Equivalent(slope(x, gamma) <= slope(z, gamma), z <= x),
        ),
    ),
    derivation=slopes_reverse,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the slope is smaller at one point than at another exactly when the point is smaller",
        And(
            Equivalent(slope(x, gamma) < slope(z, gamma), x < z),
            Equivalent(slope(x, gamma) <= slope(z, gamma), x <= z),
        ),
    ),
)


def inverse_at(d, value, *known):
    """The steps «0 < phi^(-1)(value)», «phi^(-1)(value) < 1», «phi takes the value there»."""
    whole = d.lemma(INVERSE.name, INVERSE_VALUE.xreplace({y: value}), *known, replace={y: value})
    at = slope_inverse(value, gamma)
    return tuple(d("part", c, whole) for c in (at > 0, at < 1, Eq(slope(at, gamma), value)))


def inverse_reverses(d):
    value, forward = d.suppose(y > 0, h > 0)
    later = d("sign", y + h > 0, value, forward)
    here, there = inverse_at(d, y), inverse_at(d, y + h, later)
    at, then = slope_inverse(y, gamma), slope_inverse(y + h, gamma)
    ordered = d("combination", y < y + h, forward, weights=(1,))
    ordered = d("rewrite", slope(at, gamma) < y + h, here[2], ordered)
    ordered = d("rewrite", slope(at, gamma) < slope(then, gamma), there[2], ordered)
    step = {x: at, z: then}
    orders = d.lemma(ORDER.name, substitute(ORDER.claim.goal, step), *here[:2], *there[:2], replace=step)
    strict = d("part", Equivalent(slope(at, gamma) < slope(then, gamma), then < at), orders)
    d("transfer", d.goal, strict, ordered)


INVERSE_FALLS = Result(
    claim=Claim(
        name="uniqueness/inverse-falls",
        statement="the inverse of the slope falls strictly",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, VALUE, STEP),
        goal=slope_inverse(y + h, gamma) < slope_inverse(y, gamma),
    ),
    derivation=inverse_reverses,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the inverse of the slope falls by a tenth at every step",
        slope_inverse(y + h, gamma) < Rational(9, 10) * slope_inverse(y, gamma),
    ),
)

EVEN = slope(1 / n, gamma)
"""The slope at the uniform pmf."""


def entry(at_multiplier, at=i):
    """The probability that a multiplier gives to a letter."""
    return slope_inverse(at_multiplier / p[at], gamma)


def side_of_uniform(d, bound, above):
    """At the multiplier bound * EVEN the entries sum to at least 1 if bound <= p_i (`above`), to at most 1 if bound >= p_i."""
    focus, several = d.suppose(gamma > 0, Ge(n, 2))
    weight, limit = d.letters(i, p[i] > 0, bound <= p[i] if above else p[i] <= bound)
    size = d.suppose(bound > 0) if above else d("combination", bound > 0, limit, weight, weights=(1, 1))
    even = d("sign", EVEN > 0, focus, several)
    price, at = bound * EVEN, entry(bound * EVEN)
    value = d("sign", price / p[i] > 0, size, weight, even)
    positive, less, equation = inverse_at(d, price / p[i], value)
    ordered = price / p[i] <= EVEN if above else price / p[i] >= EVEN
    ordered = d("combination", ordered, limit, weight, focus, several, weights=(EVEN / p[i],))
    inside = d("sign", 1 / n < 1, several)
    pair = (1 / n, at) if above else (at, 1 / n)
    compared = (slope(pair[1], gamma) <= slope(pair[0], gamma), pair[0] <= pair[1])
    ordered = d("rewrite", compared[0], equation, ordered)
    step = {x: pair[1], z: pair[0]}
    orders = d.lemma(ORDER.name, substitute(ORDER.claim.goal, step), positive, less, inside, replace=step)
    term = d("transfer", compared[1], d("part", Equivalent(*compared), orders), ordered)
    sums = d("sum_terms", Le(*map(total, pair)), term, over=i)
    return d("combination", Ge(total(at), 1) if above else total(at) <= 1, sums, weights=(1,)), equation


def one_crossing(d):
    """The sum of the entries falls continuously in the multiplier and passes 1 between two explicit values."""
    (low, shown), (high, _) = side_of_uniform(d, m, True), side_of_uniform(d, top, False)
    focus, several, least = d.suppose(gamma > 0, Ge(n, 2), m > 0)
    positive, floor, ceiling = d.letters(i, p[i] > 0, m <= p[i], p[i] <= top)
    limits = d("combination", m <= top, floor, ceiling, weights=(1, 1))
    ordered = d("combination", m * EVEN <= top * EVEN, limits, focus, several, weights=(EVEN,))
    price, later = d.suppose(multiplier > 0, multiplier < v)
    value = d("sign", multiplier / p[i] > 0, price, positive)
    forward = d("sign", (v - multiplier) / p[i] > 0, later, positive)
    step = {y: multiplier / p[i], h: (v - multiplier) / p[i]}
    fall = d.lemma(INVERSE_FALLS.name, entry(v) < entry(multiplier), value, forward, replace=step)
    falls = d("sum_terms", total(entry(v)) < total(entry(multiplier)), fall, over=i)
    inverse = d.lemma(INVERSE.name, INVERSE_VALUE)
    d("root", d.goal, falls, low, high, ordered, least, focus, several, positive, shown, inverse)


MULTIPLIER = Result(
    claim=Claim(
        name="uniqueness/multiplier",
        statement="exactly one multiplier makes the entries sum to 1; it lies between p_min phi(1/n) and p_max phi(1/n)",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(FOCUS, Pmf(p), Lower(m, (p,)), Upper(top, (p,))),
        where=(Ge(n, 2), m < top),
        goal=ExistsUnique(Eq(total(entry(multiplier)), 1), (multiplier, m * EVEN, top * EVEN)),
    ),
    derivation=one_crossing,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "exactly one multiplier between the same ends makes the entries sum to 2",
        ExistsUnique(Eq(total(entry(multiplier)), 2), (multiplier, m * EVEN, top * EVEN)),
    ),
)

OPTIMUM = Optimum(q, multiplier, p, gamma)
WASTE = multiplier * (1 - total(r[i]))
"""What a model r pays, at least, for the mass that it leaves off the support."""


def tangent_at(d, at):
    """p loss(r) against the tangent at q at one letter, where r and q differ in either order."""
    weight, positive, less, r_positive, r_end = d.letters(at, p[i] > 0, q[i] > 0, q[i] < 1, r[i] > 0, r[i] <= 1)
    price = d.letters(at, Eq(p[i] * slope(q[i], gamma), multiplier))
    line = loss(q[at], gamma) - slope(q[at], gamma) * (r[at] - q[at])
    on = (q[at] < r[at], r[at] < q[at])
    ahead, behind = d.suppose(*on)
    above = loss(r[at], gamma) > line
    step = {x: q[at], u: (r[at] - q[at]) / (1 - q[at])}
    ahead = d.lemma("convexity/tangent-ahead", above, positive, ahead, r_end, replace=step)
    step = {x: q[at], u: (q[at] - r[at]) / q[at]}
    behind = d.lemma("convexity/tangent-behind", above, less, behind, r_positive, replace=step)
    ends = p[at] * loss(q[at], gamma) - multiplier * (r[at] - q[at]), p[at] * loss(r[at], gamma)
    weights = (p[at], q[at] - r[at])
    branches = [d("combination", ends[0] < ends[1], branch, price, weight, weights=weights) for branch in (ahead, behind)]
    return ends, branches, on, (positive, less)


def tangents_at_every_letter(d):
    """The weak inequality between the terms, at an arbitrary letter."""
    (low, high), branches, on, inside = tangent_at(d, i)
    branches = [d("weaken", low <= high, branch) for branch in branches]
    zero = d("sign", Le(0, 0, evaluate=False))
    level = d("rewrite", low <= high, d.suppose(Eq(q[i], r[i])), zero, *inside)
    return low, high, d("cases", low <= high, *branches, level, on=(*on, Eq(q[i], r[i])))


def tangents_summed(d):
    low, high, term = tangents_at_every_letter(d)
    sums = d("sum_terms", total(low) <= total(high), term, over=i)
    d("combination", d.goal, sums, d.suppose(mass(q)), weights=(1, multiplier))


OPTIMALITY = Result(
    claim=Claim(
        name="uniqueness/optimality",
        statement="no model has less focal-entropy than q, and mass off the support costs at least the multiplier times it",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(CLOSED_FOCUS, Pmf(p), OPTIMUM, Subpmf(r)),
        goal=focal_entropy(p, q, gamma) + WASTE <= focal_entropy(p, r, gamma),
    ),
    derivation=tangents_summed,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "mass off the support costs at least twice the multiplier times it",
        focal_entropy(p, q, gamma) + 2 * WASTE <= focal_entropy(p, r, gamma),
    ),
)


def tangents_summed_strictly(d):
    low, high, term = tangents_at_every_letter(d)
    (low_j, high_j), branches, on, _ = tangent_at(d, j)
    strict = d("cases", low_j < high_j, *branches, d.suppose(Ne(r[j], q[j])), on=on)
    sums = d("sum_strictly", total(low) < total(high), term, strict, over=i)
    d("combination", d.goal, sums, d.suppose(mass(q)), weights=(1, multiplier))


STRICT = Result(
    claim=Claim(
        name="uniqueness/strict",
        statement="a model that differs from q at a letter has strictly more focal-entropy: the minimizer is unique",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(CLOSED_FOCUS, Pmf(p), OPTIMUM, Subpmf(r), Letter(j)),
        where=(Ne(r[j], q[j]),),
        goal=focal_entropy(p, q, gamma) + WASTE < focal_entropy(p, r, gamma),
    ),
    derivation=tangents_summed_strictly,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "such a model has a tenth more focal-entropy",
        Rational(11, 10) * focal_entropy(p, q, gamma) + WASTE < focal_entropy(p, r, gamma),
    ),
)


def product_positive(d):
    focus = d.suppose(gamma >= 0)
    bounds = p[i] > 0, q[i] > 0, q[i] < 1, Eq(p[i] * slope(q[i], gamma), multiplier)
    *bounds, price = d.letters(i, *bounds)
    sign = d("sign", p[i] * slope(q[i], gamma) > 0, focus, *bounds)
    d("combination", d.goal, sign, price, weights=(1, -1))


POSITIVE = Result(
    claim=Claim(
        name="uniqueness/positive",
        statement="the multiplier is positive: leaving mass off the support is never free",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(CLOSED_FOCUS, Pmf(p), OPTIMUM),
        goal=multiplier > 0,
    ),
    derivation=product_positive,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the multiplier exceeds 1", multiplier > 1),
)


def waste_costs(d):
    price = d.lemma(POSITIVE.name, multiplier > 0)
    best = d.lemma(OPTIMALITY.name, OPTIMALITY.claim.goal)
    short = d.suppose(total(r[i]) < 1)
    d("combination", d.goal, best, short, price, weights=(1, multiplier))


WASTEFUL = Result(
    claim=Claim(
        name="uniqueness/support",
        statement="a model with mass off the support of the data has more focal-entropy than q, which has none there",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(CLOSED_FOCUS, Pmf(p), OPTIMUM, Subpmf(r)),
        where=(total(r[i]) < 1,),
        goal=focal_entropy(p, q, gamma) < focal_entropy(p, r, gamma),
    ),
    derivation=waste_costs,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "a model with mass off the support of the data has a tenth more focal-entropy than q",
        Rational(11, 10) * focal_entropy(p, q, gamma) < focal_entropy(p, r, gamma),
    ),
)


def loss_positive(d):
    d("sign", d.goal, *d.suppose(x > 0, x < 1))


DEGENERATE = Result(
    claim=Claim(
        name="uniqueness/degenerate",
        statement="on one letter the loss is least at 1, where it vanishes",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(CLOSED_FOCUS, INSIDE),
        goal=loss(x, gamma) > loss(Integer(1), gamma),
    ),
    derivation=loss_positive,
    enclosure=Boxes(((x, Rational(1, 1000), Rational(999, 1000)), (gamma, Rational(0), Rational(6)))),
    fuzz=Draws(),
    twin=Twin(
        "on one letter the loss exceeds its value at 1 by a thousandth",
        loss(x, gamma) > loss(Integer(1), gamma) + Rational(1, 1000),
    ),
)


def cross_entropy_optimum(d):
    """p_i / q_i = lambda at every letter; sum p_i = lambda q_i."""
    price = d.letters(i, Eq(p[i] / q[i], multiplier))
    term = d("combination", Eq(p[i], multiplier * q[i]), price, weights=(q[i],))
    sums = d("sum_terms", Eq(total(p[i]), total(multiplier * q[i])), term, over=i)
    one = d("combination", Eq(multiplier, 1), sums, *d.suppose(mass(p), mass(q)), weights=(-1, 1, -multiplier))
    price = d.letters(j, Eq(p[i] / q[i], multiplier))
    equal = d("combination", Eq(q[j], p[j]), price, one, weights=(-q[j], -q[j]))
    d("conjunction", d.goal, one, equal)


CROSS_ENTROPY = Result(
    claim=Claim(
        name="uniqueness/gamma-zero",
        statement="at gamma = 0 the minimizer is the data distribution and the multiplier is 1",
        source="paper",
        reference="existence and uniqueness of the minimizer",
        variables=(Pmf(p), Optimum(q, multiplier, p, Integer(0)), Letter(j)),
        goal=And(Eq(multiplier, 1), Eq(q[j], p[j])),
    ),
    derivation=cross_entropy_optimum,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "at gamma = 0 the minimizer is the square of the data distribution",
        And(Eq(multiplier, 1), Eq(q[j], p[j] ** 2)),
    ),
)
