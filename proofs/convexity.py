"""Convexity: the focal-entropy is strictly convex in the model, linear in the data, and not jointly convex.

Source
    Abstract: "convexity ... of the focal-entropy".
Statement
    loss'' > 0 on (0, 1) for every gamma >= 0, those below 1 included. Hence the slope falls, the loss lies above its tangents
    and below its chords, H_gamma(P, .) is strictly convex in the coordinates on the support of P, H_gamma(., Q) is linear, the
    minimum H*_gamma is concave in P, and H_gamma is not convex in (P, Q) jointly.
Idea
    With t = (1 - x)/x, loss'' = (1 - x)^(gamma - 2) B(t), B(t) = gamma (gamma - 1) ln(1 + t) + 2 gamma t + t^2. B(0) = 0, and
    (1 + t) B'(t) is a polynomial in t and gamma without a negative coefficient.
Trusted
    The mean value theorem (cited by the rule `monotone`).
Not covered
    Concavity of the minimum for data whose supports differ.
"""

from sympy import Rational, diff, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Mixture, Near, Number, Optimum, Pmf, Result, Subpmf, Twin
from focal_symbolic.definitions import focal_entropy, focal_entropy_of_letters, gamma, loss, multiplier, p, q, slope, x
from focal_symbolic.language import Eq, Every, Le, Ne, array, i, j, mass, real, total

t, u, w, mu, nu = map(real, ("t", "u", "w", "mu", "nu"))
a, b, r, s, m, v = map(array, "abrsmv")
FOCUS = Number(gamma, 0)
INSIDE = Number(x, 0, 1, low_open=True, high_open=True)
STEP = Number(u, 0, 1, low_open=True)
SHORT_STEP = Number(u, 0, 1, low_open=True, high_open=True)
WEIGHT = Number(w, 0, 1, low_open=True, high_open=True)
SMALL = Rational(1, 1000)
MIDDLE_BOX = (x, Rational(1, 4), Rational(3, 4))
GAMMA_BOX = (gamma, Rational(0), Rational(2))
STEP_BOX = (u, Rational(1, 2), Rational(9, 10))


def bracket_positive(d):
    focus, positive = d.suppose(gamma >= 0, t > 0)
    bracket = gamma * (gamma - 1) * log(1 + t) + 2 * gamma * t + t**2
    rises = d("sign", diff(bracket, t) > 0, focus, positive)
    x_positive, x_less = d.suppose(x > 0, x < 1)
    at = (1 - x) / x
    ahead = d("sign", at > 0, x_positive, x_less)
    above = d("monotone", bracket.xreplace({t: at}) > 0, rises, ahead, function=bracket, variable=t)
    d("combination", d.goal, above, x_positive, x_less, weights=((1 - x) ** gamma / (1 - x) ** 2,))


LOSS = Result(
    claim=Claim(
        name="convexity/loss",
        statement="the second derivative of the loss is positive on (0, 1) for every gamma >= 0",
        source="paper",
        reference="convexity",
        variables=(FOCUS, INSIDE),
        goal=diff(loss(x, gamma), x, 2) > 0,
    ),
    derivation=bracket_positive,
    enclosure=Boxes(((x, SMALL, 1 - SMALL), (gamma, Rational(0), Rational(6)))),
    fuzz=Draws(),
    twin=Twin(
        "the second derivative of the loss is positive on (0, 1) for every gamma >= -1",
        diff(loss(x, gamma - 1), x, 2) > 0,
    ),
)


def slope_order(d):
    """The slope falls because its derivative is -loss''."""
    curved = d.lemma(LOSS.name, diff(loss(t, gamma), t, 2) > 0, replace={x: t})
    falls = d("combination", diff(slope(t, gamma), t) < 0, curved, d.suppose(t < 1), weights=(1,))
    x_positive, x_less, forward, short = d.suppose(x > 0, x < 1, u > 0, u < 1)
    ahead = d("sign", x + u * (1 - x) > x, forward, x_less)
    d("monotone", d.goal, falls, ahead, x_positive, x_less, short, function=slope(t, gamma), variable=t)


SLOPE = Result(
    claim=Claim(
        name="convexity/slope",
        statement="the slope falls strictly on (0, 1): from x to any x + u (1 - x) between x and 1",
        source="paper",
        reference="convexity",
        variables=(FOCUS, INSIDE, SHORT_STEP),
        goal=slope(x + u * (1 - x), gamma) < slope(x, gamma),
    ),
    derivation=slope_order,
    enclosure=Boxes((MIDDLE_BOX, (u, Rational(1, 2), Rational(3, 4)), GAMMA_BOX)),
    fuzz=Draws(),
    twin=Twin(
        "the slope rises from x to x + u (1 - x)",
        slope(x + u * (1 - x), gamma) > slope(x, gamma),
    ),
)


def above_tangent(d):
    """T(t) = loss(t) - loss(x) + phi(x) (t - x) vanishes at x and rises beyond it."""
    beyond, less = d.suppose(x < t, t < 1)
    falls = d.lemma(SLOPE.name, slope(t, gamma) < slope(x, gamma), beyond, less, replace={u: (t - x) / (1 - x)})
    inside, forward, short = d.suppose(x < 1, u > 0, u <= 1)
    ahead = d("sign", x + u * (1 - x) > x, forward, inside)
    gap = loss(t, gamma) - loss(x, gamma) + slope(x, gamma) * (t - x)
    d("monotone", d.goal, falls, ahead, inside, short, function=gap, variable=t)


TANGENT_AHEAD = Result(
    claim=Claim(
        name="convexity/tangent-ahead",
        statement="the loss lies above its tangent at x at every point x + u (1 - x) between x and 1",
        source="paper",
        reference="convexity",
        variables=(FOCUS, INSIDE, STEP),
        goal=loss(x + u * (1 - x), gamma) > loss(x, gamma) - slope(x, gamma) * u * (1 - x),
    ),
    derivation=above_tangent,
    enclosure=Boxes((MIDDLE_BOX, STEP_BOX, GAMMA_BOX)),
    fuzz=Draws(),
    twin=Twin(
        "the loss lies above the line through it at x with nine tenths of the slope",
        loss(x + u * (1 - x), gamma) > loss(x, gamma) - Rational(9, 10) * slope(x, gamma) * u * (1 - x),
    ),
)


def above_tangent_behind(d):
    """The same T falls up to x."""
    before, less = d.suppose(t < x, x < 1)
    falls = d.lemma(SLOPE.name, slope(x, gamma) < slope(t, gamma), before, less, replace={x: t, u: (x - t) / (1 - t)})
    x_positive, back, short = d.suppose(x > 0, u > 0, u < 1)
    behind = d("sign", x - u * x < x, back, x_positive)
    gap = loss(t, gamma) - loss(x, gamma) + slope(x, gamma) * (t - x)
    d("monotone", d.goal, falls, behind, x_positive, short, function=gap, variable=t)


TANGENT_BEHIND = Result(
    claim=Claim(
        name="convexity/tangent-behind",
        statement="the loss lies above its tangent at x at every point x - u x between 0 and x",
        source="paper",
        reference="convexity",
        variables=(FOCUS, INSIDE, SHORT_STEP),
        goal=loss(x - u * x, gamma) > loss(x, gamma) + slope(x, gamma) * u * x,
    ),
    derivation=above_tangent_behind,
    enclosure=Boxes((MIDDLE_BOX, STEP_BOX, GAMMA_BOX)),
    fuzz=Draws(),
    twin=Twin(
        "the loss lies above the line through it at x with eleven tenths of the slope",
        loss(x - u * x, gamma) > loss(x, gamma) + Rational(11, 10) * slope(x, gamma) * u * x,
    ),
)


def below_chord(d):
    """Two tangents at the point between, with the weights of the chord: the slopes cancel."""
    x_positive, x_less, forward, short = d.suppose(x > 0, x < 1, u > 0, u <= 1)
    some, part = d.suppose(w > 0, w < 1)
    y, z = x + u * (1 - x), x + w * u * (1 - x)
    behind = d("sign", x < z, x_less, forward, some)
    z_positive = d("combination", z > 0, behind, x_positive, weights=(1, 1))
    z_before = d("sign", z < y, part, forward, x_less)
    y_end = d("sign", y <= 1, x_less, short)
    z_less = d("combination", z < 1, z_before, y_end, weights=(1, 1))
    ahead = d.lemma(
        TANGENT_AHEAD.name,
        loss(y, gamma) > loss(z, gamma) - slope(z, gamma) * (y - z),
        z_positive,
        z_before,
        y_end,
        x_less,
        short,
        replace={x: z, u: (y - z) / (1 - z)},
    )
    back = d.lemma(
        TANGENT_BEHIND.name,
        loss(x, gamma) > loss(z, gamma) + slope(z, gamma) * (z - x),
        z_less,
        x_positive,
        x_less,
        forward,
        some,
        replace={x: z, u: (z - x) / z},
    )
    d("combination", d.goal, back, ahead, some, part, weights=(1 - w, w))


CHORD = Result(
    claim=Claim(
        name="convexity/chord",
        statement="the loss lies strictly below each of its chords in (0, 1]",
        source="paper",
        reference="convexity",
        variables=(FOCUS, INSIDE, STEP, WEIGHT),
        goal=loss(x + w * u * (1 - x), gamma) < (1 - w) * loss(x, gamma) + w * loss(x + u * (1 - x), gamma),
    ),
    derivation=below_chord,
    enclosure=Boxes(
        (
            (x, Rational(1, 4), Rational(1, 3)),
            (u, Rational(3, 4), Rational(9, 10)),
            (w, Rational(2, 5), Rational(3, 5)),
            (gamma, Rational(1, 2), Rational(1)),
        )
    ),
    fuzz=Draws(),
    twin=Twin(
        "the loss lies strictly below 99/100 of each of its chords in (0, 1]",
        loss(x + w * u * (1 - x), gamma) < Rational(99, 100) * ((1 - w) * loss(x, gamma) + w * loss(x + u * (1 - x), gamma)),
    ),
)


def chord_at(d, at):
    """The chord between a and b at one letter where they differ, in either order."""
    a_positive, a_end, b_positive, b_end = d.letters(at, a[i] > 0, a[i] <= 1, b[i] > 0, b[i] <= 1)
    rising, falling = d.suppose(a[at] < b[at], b[at] < a[at])
    below = loss((1 - w) * a[at] + w * b[at], gamma) < (1 - w) * loss(a[at], gamma) + w * loss(b[at], gamma)
    step = {x: a[at], u: (b[at] - a[at]) / (1 - a[at])}
    up = d.lemma(CHORD.name, below, a_positive, rising, b_end, replace=step)
    step = {x: b[at], u: (a[at] - b[at]) / (1 - b[at]), w: 1 - w}
    down = d.lemma(CHORD.name, below, b_positive, falling, a_end, replace=step)
    return below, up, down, (a_positive, a_end)


def strictly_convex(d):
    below, up, down, bounds = chord_at(d, i)
    weak = Le(below.lhs, below.rhs, evaluate=False)
    up, down = d("weaken", weak, up), d("weaken", weak, down)
    focus, equal = d.suppose(gamma >= 0, Eq(a[i], b[i]))
    at_a = loss((1 - w) * a[i] + w * a[i], gamma)
    flat = d("identity", Eq(at_a, (1 - w) * loss(a[i], gamma) + w * loss(a[i], gamma)), focus, *bounds)
    level = d("rewrite", Eq(below.lhs, below.rhs), equal, flat, focus, *bounds)
    level = d("combination", weak, level, weights=(-1,))
    every = d("cases", weak, up, level, down, on=(a[i] < b[i], Eq(a[i], b[i]), b[i] < a[i]))
    strict, up, down, _ = chord_at(d, j)
    apart = d.suppose(Ne(a[j], b[j]))
    somewhere = d("cases", strict, up, down, apart, on=(a[j] < b[j], b[j] < a[j]))
    weights = {at: d.letters(at, p[i] > 0) for at in (i, j)}
    terms = d("combination", p[i] * below.lhs <= p[i] * below.rhs, every, weights[i], weights=(p[i],))
    term = d("combination", p[j] * strict.lhs < p[j] * strict.rhs, somewhere, weights[j], weights=(p[j],))
    summed = d("sum_strictly", total(p[i] * below.lhs) < total(p[i] * below.rhs), terms, term, over=i)
    d("combination", d.goal, summed, weights=(1,))


def mixed(one, other):
    """The template of the family (1 - w) one + w other."""
    return (1 - w) * one[i] + w * other[i]


def entropy_at(data, model):
    """The focal-entropy of families given by their entry at the letter i."""
    return total(data * loss(model, gamma))


ENTROPY = Result(
    claim=Claim(
        name="convexity/entropy",
        statement="the focal-entropy is strictly convex in the model, in the coordinates on the support of the data",
        source="paper",
        reference="convexity",
        variables=(FOCUS, Pmf(p), Subpmf(a), Subpmf(b), WEIGHT, Letter(j)),
        where=(Ne(a[j], b[j]),),
        goal=entropy_at(p[i], mixed(a, b)) < (1 - w) * focal_entropy(p, a, gamma) + w * focal_entropy(p, b, gamma),
    ),
    derivation=strictly_convex,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy lies below 99/100 of its chords",
        entropy_at(p[i], mixed(a, b))
        < Rational(99, 100) * ((1 - w) * focal_entropy(p, a, gamma) + w * focal_entropy(p, b, gamma)),
    ),
)


def linear_sum(d):
    focus, bounds = d.suppose(gamma >= 0), d.letters(i, q[i] > 0, q[i] <= 1)
    d("identity", d.goal, focus, *bounds)


LINEAR = Result(
    claim=Claim(
        name="convexity/linear",
        statement="the focal-entropy is linear in the data",
        source="paper",
        reference="convexity",
        variables=(FOCUS, Pmf(p, positive=False), Pmf(r, positive=False), Pmf(q), WEIGHT),
        goal=Eq(entropy_at(mixed(p, r), q[i]), (1 - w) * focal_entropy(p, q, gamma) + w * focal_entropy(r, q, gamma)),
    ),
    derivation=linear_sum,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy is quadratic in the weight of the data",
        Eq(entropy_at(mixed(p, r), q[i]), (1 - w**2) * focal_entropy(p, q, gamma) + w**2 * focal_entropy(r, q, gamma)),
    ),
)


def minimum_concave(d):
    """Each minimum is at most the value at v, and the values at v mix linearly."""
    some, part = d.suppose(w > 0, w < 1)
    less, positive = d.letters(i, v[i] < 1, v[i] > 0)
    end = d("every", Every(v[i] <= 1), d("weaken", v[i] <= 1, less))
    at_v, lows = {r: (i, v[i])}, []
    other = at_v | {p: (i, r[i]), q: (i, s[i]), multiplier: mu}
    for data, best, price, step in ((p, q, multiplier, at_v), (r, s, mu, other)):
        bound = focal_entropy(data, best, gamma) + price * (1 - total(v[i])) <= focal_entropy(data, v, gamma)
        lows.append(d.lemma("uniqueness/optimality", bound, end, replace=step))
    value, mixture = loss(v[i], gamma), d.letters(i, Eq(m[i], mixed(p, r)))
    term = Eq(m[i] * value, mixed(p, r) * value)
    term = d("combination", term, mixture, positive, less, weights=(value,))
    sums = d("sum_terms", Eq(focal_entropy(m, v, gamma), entropy_at(mixed(p, r), v[i])), term, over=i)
    weights = (1 - w, w, 1, -(1 - w) * multiplier - w * mu)
    d("combination", d.goal, *lows, sums, d.suppose(mass(v)), some, part, weights=weights)


MIXED_MINIMA = (1 - w) * focal_entropy(p, q, gamma) + w * focal_entropy(r, s, gamma)
CONCAVE = Result(
    claim=Claim(
        name="convexity/minimum-concave",
        statement="the minimum focal-entropy is concave in the data",
        source="paper",
        reference="convexity",
        variables=(
            FOCUS,
            Pmf(p),
            Pmf(r),
            WEIGHT,
            Mixture(m, p, r, w),
            Optimum(q, multiplier, p, gamma),
            Optimum(s, mu, r, gamma),
            Optimum(v, nu, m, gamma),
        ),
        goal=MIXED_MINIMA <= focal_entropy(m, v, gamma),
    ),
    derivation=minimum_concave,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the minimum focal-entropy is convex in the data", MIXED_MINIMA >= focal_entropy(m, v, gamma)),
)


def two_tables(d):
    """Four logarithms with rational weights: an inequality between integers."""
    d("logarithms", d.goal)


HALF = Rational(1, 2)
CORNERS = tuple(map(real, ("p_1", "q_1", "r_1", "s_1")))


def gap_at_the_middle(data, model, other_data, other_model):
    """The focal-entropy midway between two pairs on two letters, less the mean of its values at the pairs."""
    ends = [
        focal_entropy_of_letters((one, 1 - one), (two, 1 - two), gamma)
        for one, two in (
            ((data + other_data) / 2, (model + other_model) / 2),
            (data, model),
            (other_data, other_model),
        )
    ]
    return ends[0] - (ends[1] + ends[2]) / 2


NOT_JOINTLY = Result(
    claim=Claim(
        name="convexity/not-jointly",
        statement="the focal-entropy is not jointly convex: P, Q = (1/4, 3/4), (2/5, 3/5) and their mirror images, gamma = 1",
        source="paper",
        reference="convexity",
        variables=(
            *(
                Near(corner, value, Rational(1, 50))
                for corner, value in zip(CORNERS, (Rational(1, 4), Rational(2, 5), Rational(3, 4), Rational(3, 5)), strict=True)
            ),
            Near(gamma, Rational(1), Rational(1, 50)),
        ),
        goal=gap_at_the_middle(*CORNERS) > 0,
        kind="witness",
    ),
    derivation=two_tables,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "midway the focal-entropy exceeds the mean of the ends by a tenth",
        gap_at_the_middle(*CORNERS) > Rational(1, 10),
    ),
)
