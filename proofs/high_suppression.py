"""High probabilities: an outcome with more than half of the mass is always suppressed.

Source
    Abstract: "suppresses high-probability outcomes".
Statement
    For gamma > 0, p_j > 1/2 implies q_j < p_j, on any alphabet. So of two classes the rarer is amplified at every gamma.
Idea
    psi(y) < 1 for y > 1/2, since ln psi(y) <= gamma g(y) and g(y) < 0 there; psi(y) < psi(1 - y), since the derivative of
    ln psi(1 - y) - ln psi(y) in gamma is at least g(1 - y) - g(y) > 0; and psi has no dip. So psi(q_j) < psi(x) for every
    x <= 1 - q_j. If q_j >= p_j, then lambda <= psi(q_j) < psi(q_i) for every rarer i, so p_i < q_i there, and the masses of P
    and Q cannot both be 1.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln and exp (rule `apply`), the balls of `continuity/numerator`.
Not covered
    p_j = 1/2 exactly, and the sharper threshold p_0(gamma) for the commonest letter.
"""

from focal_symbolic.proofs.amplification import INTERVAL
from focal_symbolic.proofs.ordering import ORDER, price_of
from sympy import Rational, diff, exp, log

from focal_symbolic.algebra import substitute
from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import g, gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import Eq, Equivalent, Lt, Or, i, j, k, mass, real, total

t, u, v = map(real, ("t", "u", "v"))
HALF = Rational(1, 2)
FOCUS = Number(gamma, 0, low_open=True)
HIGH = Number(x, HALF, 1, low_open=True, high_open=True)
SAME_ORDER = Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j]))
OPTIMUM = Optimum(q, multiplier, p, gamma)
REFERENCE = "suppresses high-probability outcomes"


def g_negative(d):
    """g'(t)(1 - t)^2 = 2 t - 2 - ln t rises to 0 at 1, so g falls from g(1/2) = 0."""
    above = d.suppose(t > HALF)
    line = 2 * t - 2 - log(t)
    rises = d("sign", diff(line, t) > 0, above)
    start, end = d.suppose(u > HALF, u < 1)
    below = d("monotone", line.xreplace({t: u}) < 0, rises, end, start, function=line, variable=t)
    falls = d("combination", diff(g(u), u) < 0, below, end, weights=(1 / (1 - u) ** 2,))
    x_above, x_less = d.suppose(x > HALF, x < 1)
    d("monotone", d.goal, falls, x_above, x_less, function=g(u), variable=u)


G_NEGATIVE = Result(
    claim=Claim(
        name="high_suppression/g",
        statement="g(x) = ln(1 - x) + s(x) is negative for 1/2 < x < 1",
        source="paper",
        reference=REFERENCE,
        variables=(HIGH,),
        goal=g(x) < 0,
    ),
    derivation=g_negative,
    enclosure=Boxes(((x, HALF + Rational(1, 1000), Rational(999, 1000)),)),
    fuzz=Draws(),
    twin=Twin("g(x) is less than -1/100 for 1/2 < x < 1", g(x) < -Rational(1, 100)),
)


def gain_below_one(d):
    """ln psi = gamma ln(1 - x) + ln(1 + gamma s) < gamma (ln(1 - x) + s) = gamma g < 0."""
    focus, above, less = d.suppose(gamma > 0, x > HALF, x < 1)
    negative = d.lemma(G_NEGATIVE.name, g(x) < 0)
    share = 1 + gamma * s(x)
    line = d.lemma("elementary/log-below", log(1 / share) > 1 - share, focus, above, less, replace={x: 1 / share})
    logarithm = gamma * log(1 - x) + log(share) < 0
    logarithm = d("combination", logarithm, negative, line, focus, above, less, weights=(gamma, 1))
    power = d("apply", exp(gamma * log(1 - x) + log(share)) < 1, logarithm, function="exp")
    d("combination", d.goal, power, less, weights=(1,))


GAIN_BELOW_ONE = Result(
    claim=Claim(
        name="high_suppression/gain-below-one",
        statement="psi(x) is less than 1 for 1/2 < x < 1",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, HIGH),
        goal=gain(x, gamma) < 1,
    ),
    derivation=gain_below_one,
    enclosure=Boxes(((x, Rational(51, 100), Rational(99, 100)), (gamma, Rational(1, 10), Rational(6)))),
    fuzz=Draws(),
    twin=Twin("psi(x) is less than 99/100 for 1/2 < x < 1", gain(x, gamma) < Rational(99, 100)),
)


def mirror_gains(d):
    """The derivative in gamma of ln psi(1 - x) - ln psi(x), x > 1/2, exceeds g(1 - x) - g(x) > 0."""
    above, less, later = d.suppose(x > HALF, x < 1, t > 0)
    rest = 1 - x
    numerator = (1 - rest) * log(1 - rest) > rest * log(rest)
    numerator = d.lemma("continuity/numerator", numerator, replace={x: rest})
    rises = s(rest) < s(x)
    rises = d.lemma("uniform_limit/s", rises, above, less, replace={x: rest, u: (x - rest) / (1 - rest)})
    shares = {at: 1 + t * s(at) for at in (x, rest)}
    gap = t * log(1 - rest) - t * log(1 - x) + log(shares[rest]) - log(shares[x])
    both, more = shares[x] * shares[rest], t * s(x) + t * s(rest) + t**2 * s(x) * s(rest)
    weights = (1 / (x * rest), more / both)
    rate = d("combination", diff(gap, t) > 0, numerator, rises, later, above, less, weights=weights)
    focus = d.suppose(gamma > 0)
    gap_positive = d("monotone", gap.xreplace({t: gamma}) > 0, rate, focus, function=gap, variable=t)
    sides = [gamma * log(1 - at) + log(1 + gamma * s(at)) for at in (x, rest)]
    ordered = d("combination", sides[0] < sides[1], gap_positive, weights=(1,))
    powers = d("apply", exp(sides[0]) < exp(sides[1]), ordered, function="exp")
    d("combination", d.goal, powers, above, less, weights=(1,))


MIRROR = Result(
    claim=Claim(
        name="high_suppression/mirror",
        statement="psi(x) is less than psi(1 - x) for 1/2 < x < 1",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, HIGH),
        goal=gain(x, gamma) < gain(1 - x, gamma),
    ),
    derivation=mirror_gains,
    enclosure=Boxes(((x, Rational(11, 20), Rational(19, 20)), (gamma, Rational(1, 2), Rational(4)))),
    fuzz=Draws(),
    twin=Twin("psi(x) is less than 99/100 of psi(1 - x)", gain(x, gamma) < Rational(99, 100) * gain(1 - x, gamma)),
)


def gains_below(d):
    """psi(z) > 1 > psi(x) at a small z, and no dip between z and 1 - x: psi is larger than psi(x) on (0, 1 - x)."""
    focus, above, less, some, part = d.suppose(gamma > 0, x > HALF, x < 1, v > 0, v < 1)
    end, at = 1 - x, v * (1 - x)
    small = at / (8 * (1 + gamma))
    known = (focus, above, less, some, part)
    one = d.lemma(GAIN_BELOW_ONE.name, gain(x, gamma) < 1)
    mirror = d.lemma(MIRROR.name, gain(x, gamma) < gain(end, gamma))
    start = d.lemma("over_suppression/rare-gain", gain(small, gamma) > 1, *known, replace={x: small})
    step = {x: small, u: (at - small) / (1 - small), v: (end - at) / (1 - at)}
    no_dip = Or(gain(small, gamma) < gain(at, gamma), gain(end, gamma) < gain(at, gamma))
    between = d.lemma(INTERVAL.name, no_dip, *known, replace=step)
    left, right = d.suppose(gain(small, gamma) < gain(at, gamma), gain(end, gamma) < gain(at, gamma))
    first = d("combination", d.goal, one, start, left, weights=(1, 1, 1))
    second = d("combination", d.goal, mirror, right, weights=(1, 1))
    d("either", d.goal, between, first, second)


GAINS = Result(
    claim=Claim(
        name="high_suppression/gains",
        statement="for x > 1/2, psi(x) is less than psi at every point v (1 - x) below 1 - x",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, HIGH, Number(v, 0, 1, low_open=True, high_open=True)),
        goal=gain(x, gamma) < gain(v * (1 - x), gamma),
    ),
    derivation=gains_below,
    enclosure=Boxes(
        (
            (x, Rational(11, 20), Rational(19, 20)),
            (v, Rational(1, 2), Rational(9, 10)),
            (gamma, Rational(1, 2), Rational(2)),
        )
    ),
    fuzz=Draws(),
    twin=Twin(
        "for x > 1/2, psi(x) is less than 9/10 of psi at every such point",
        gain(x, gamma) < Rational(9, 10) * gain(v * (1 - x), gamma),
    ),
)


def pair_of_letters(d, one, other):
    """q_one + q_other <= 1 from q_one < q_other."""
    apart = d.suppose(q[one] < q[other])
    terms = d("weaken", q[i] >= 0, d.letters(i, q[i] > 0))
    both = d("sum_pair", q[one] + q[other] <= total(q[i]), terms, apart, over=i)
    return apart, d("combination", q[one] + q[other] <= 1, both, d.suppose(mass(q)), weights=(1, -1))


def rarer_gains(d, at):
    """Where q_at < q_j: psi(q_j) < psi(q_at), and lambda <= psi(q_j), so p_at < q_at."""
    likely, held = d.suppose(p[j] > HALF, p[j] <= q[j])
    above = d("combination", q[j] > HALF, likely, held, weights=(1, 1))
    _, both = pair_of_letters(d, at, j)
    conclusion = gain(q[j], gamma) < gain(q[at], gamma)
    positive, less, price = d.letters(at, q[i] > 0, q[i] < 1, price_of(i))
    focus, end, own = d.suppose(gamma > 0), *d.letters(j, q[i] < 1, price_of(i))
    inside, equal = d.suppose(q[at] < 1 - q[j], Eq(q[at], 1 - q[j]))
    step = {x: q[j], v: q[at] / (1 - q[j])}
    first = d.lemma(GAINS.name, conclusion, above, positive, inside, replace=step)
    mirror = d.lemma(MIRROR.name, gain(q[j], gamma) < gain(1 - q[j], gamma), above, end, replace={x: q[j]})
    second = d("rewrite", conclusion, equal, mirror, positive, less)
    limit = d("combination", q[at] <= 1 - q[j], both, weights=(1,))
    gains = d("cases", conclusion, first, second, limit, on=(q[at] < 1 - q[j], Eq(q[at], 1 - q[j])))
    steep = slope(q[at], gamma)
    weights = (1 / steep, slope(q[j], gamma) / steep, -1 / steep, 1 / steep)
    known = (focus, positive, less, above, end)
    return d("combination", p[at] < q[at], gains, held, price, own, *known, weights=weights)


def no_letter_loses(d):
    """Under q_j >= p_j > 1/2, p_i <= q_i at every letter, by the order of q_i and q_j."""
    bound = p[i] <= q[i]
    first = d("weaken", bound, rarer_gains(d, i))
    order = d.lemma(ORDER.name, ORDER.claim.goal, d.suppose(gamma > 0))
    same = d("transfer", Eq(p[i], p[j]), d("part", SAME_ORDER, order), d.suppose(Eq(q[i], q[j])))
    held = d.suppose(p[j] <= q[j])
    second = d("combination", bound, held, same, d.suppose(Eq(q[i], q[j])), weights=(1, -1, 1))
    apart, both = pair_of_letters(d, j, i)
    likely = d.suppose(p[j] > HALF)
    never = d("combination", Lt(0, 0, evaluate=False), both, apart, held, likely, weights=(1, 1, 2, 2))
    third = d("absurd", bound, never)
    return d("cases", bound, first, second, third, on=(q[i] < q[j], Eq(q[i], q[j]), q[j] < q[i]))


def masses_contradict(d):
    """If q_j >= p_j, no letter loses and a rarer one gains: both masses cannot be 1."""
    terms = no_letter_loses(d)
    rarer = d.suppose(p[k] < p[j])
    swap = {i: j, j: k}
    order = d.lemma(ORDER.name, substitute(ORDER.claim.goal, swap), d.suppose(gamma > 0), replace=swap)
    less = d("transfer", q[k] < q[j], d("part", Equivalent(p[j] > p[k], q[j] > q[k]), order), rarer)
    strict = rarer_gains(d, k)
    strict = d("instance", p[k] < q[k], strict, less, replace=())
    sums = d("sum_strictly", total(p[i]) < total(q[i]), terms, strict, over=i)
    never = d("combination", Lt(0, 0, evaluate=False), sums, *d.suppose(mass(p), mass(q)), weights=(1, 1, -1))
    d("cases", d.goal, d.suppose(q[j] < p[j]), d("absurd", d.goal, never), on=(q[j] < p[j], p[j] <= q[j]))


SUPPRESSED = Result(
    claim=Claim(
        name="high_suppression/suppressed",
        statement="a letter with more than half of the mass, if any other has some, is suppressed for every gamma > 0",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j), Letter(k)),
        where=(p[j] > HALF, p[k] < p[j]),
        goal=q[j] < p[j],
    ),
    derivation=masses_contradict,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("such a letter loses a tenth of its probability", q[j] < Rational(9, 10) * p[j]),
)


def other_class_gains(d):
    """q_k = 1 - q_j > 1 - p_j = p_k."""
    data, model, rare = d.suppose(Eq(p[j] + p[k], 1), Eq(q[j] + q[k], 1), p[k] < HALF)
    likely = d("combination", p[j] > HALF, data, rare, weights=(1, 1))
    order = d("combination", p[k] < p[j], data, rare, weights=(1, 2))
    loses = d.lemma(SUPPRESSED.name, q[j] < p[j], likely, order)
    d("combination", d.goal, loses, data, model, weights=(1, -1, 1))


TWO_CLASSES = Result(
    claim=Claim(
        name="high_suppression/two-classes",
        statement="of two classes the rarer is amplified at every gamma: one tiger in a million cows is never over-suppressed",
        source="own",
        reference="against the popular summary of the paper, where the tiger of two classes is buried at high gamma",
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j), Letter(k)),
        where=(Eq(p[j] + p[k], 1), Eq(q[j] + q[k], 1), p[k] < HALF),
        goal=q[k] > p[k],
    ),
    derivation=other_class_gains,
    enclosure=HardSet(),
    fuzz=Draws(letters=2),
    twin=Twin("of two classes the rarer doubles its share", q[k] > 2 * p[k]),
)
