"""The value of the minimum: positive, at most that of the uniform model, its asymptotics in gamma, and what mixing does to it.

Source
    Abstract: "various asymptotic characterizations", "convexity ... of the focal-entropy".
Statement
    On n >= 2 letters, 0 < H*_gamma(P) <= (1 - 1/n)^gamma ln n; on one letter it is 0 (`uniqueness/degenerate`), so it vanishes
    just where P is degenerate. With m <= p_i <= M, R = ln(M/m), D = R/(gamma - 1) and G = (p_1 ... p_n)^(1/n),
        H* <= n G (1 - 1/n)^gamma (ln n + ((n - 1) R/gamma)^2)               if gamma >= 2 (n - 1) R,
        H* >= n G (1 - 1/n)^gamma (ln n - n D)(1 - gamma (D/(1 - 1/n))^2)    if gamma - 1 >= 2 n R.
    So H* ~ n ln n G (1 - 1/n)^gamma, with a relative error O(1/gamma); n G = e^(-D(U||P)) with U uniform, at most 1. Mixing P
    with a relabelling of itself does not lower H*.
Idea
    The uniform pmf is a competitor of the minimizer, and its focal-entropy does not depend on P. With a_i = ln(p_i/G), a better
    one is 1/n + (1 - 1/n) a_i/gamma: p_i (1 - a_i/gamma)^gamma <= p_i e^(-a_i) = G. Below, D bounds |q_i - 1/n|
    (`uniform_limit/close`), and e^u >= 1 + u at u = ln(p_i/G) + gamma ln((1 - q_i)/(1 - 1/n)), summed over i, bounds the sum of
    p_i (1 - q_i)^gamma from below: the q_i - 1/n sum to 0, so its first order cancels. The minimizer of a mixture competes with
    those of its parts, whose minima are equal.
Trusted
    What `uniqueness/optimality` and `uniform_limit/close` trust, monotonicity of ln, exp and powers (rule `apply`).
Not covered
    The coefficient of 1/gamma in the relative error. That mixtures of P with its relabellings, one after another, lead to
    every P' that P majorizes (Hardy, Littlewood and Polya; transpositions suffice): with it, H* is Schur-concave.
"""

from focal_symbolic.proofs.ordering import price_of
from focal_symbolic.proofs.uniform_limit import BOUNDS, entry_close
from sympy import Integer, Rational, exp, log

from focal_symbolic.claim import Claim, Draws, HardSet, Mixture, Number, Optimum, Permutation, Pmf, Result, Twin
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, x
from focal_symbolic.language import Eq, Every, Ge, Gt, Le, array, i, letters, mass, n, real, substitute, total

t, m, top, w, mu = map(real, ("t", "m", "M", "w", "mu"))
r, s, v = map(array, "rsv")
sigma = letters("sigma")
FOCUS = Number(gamma, 0)
OPTIMUM = Optimum(q, multiplier, p, gamma)
EVEN = 1 / n
HALF = Rational(1, 2)
REFERENCE = "asymptotic characterizations"


def uniform_competes(d):
    """H* + lambda (1 - sum 1/n) <= sum p_i loss(1/n) = loss(1/n)."""
    positive = d("every", Every(Gt(EVEN, 0, evaluate=False)), d("sign", Gt(EVEN, 0, evaluate=False)))
    end = d("every", Every(Le(EVEN, 1, evaluate=False)), d("sign", Le(EVEN, 1, evaluate=False)))
    value = focal_entropy(p, q, gamma) + multiplier * (1 - total(EVEN)) <= total(p[i] * loss(EVEN, gamma))
    bound = d.lemma("uniqueness/optimality", value, positive, end, replace={r: (i, EVEN)})
    d("combination", d.goal, bound, d.suppose(mass(p)), weights=(1, -loss(EVEN, gamma)))


UPPER = Result(
    claim=Claim(
        name="value_asymptotics/upper",
        statement="the minimum focal-entropy is at most (1 - 1/n)^gamma ln n",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM),
        goal=focal_entropy(p, q, gamma) <= loss(EVEN, gamma),
    ),
    derivation=uniform_competes,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the minimum focal-entropy is at most nine tenths of (1 - 1/n)^gamma ln n",
        focal_entropy(p, q, gamma) <= Rational(9, 10) * loss(EVEN, gamma),
    ),
)


def terms_positive(d):
    """Every loss is positive, since 0 < q_i < 1."""
    d("sign", d.goal, *d.letters(i, p[i] > 0, q[i] > 0, q[i] < 1))


POSITIVE = Result(
    claim=Claim(
        name="value_asymptotics/positive",
        statement="the minimum focal-entropy is positive on two letters or more",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM),
        goal=focal_entropy(p, q, gamma) > 0,
    ),
    derivation=terms_positive,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the minimum focal-entropy exceeds 1/1000", focal_entropy(p, q, gamma) > Rational(1, 1000)),
)

MEAN = total(log(n * p[i])) / n
"""The mean of ln(n p_i): exp(MEAN) = n G, and it is minus the divergence of P from the uniform pmf U, -D(U||P)."""
SPAN = log(top / m)
"""R = ln(M/m), as one logarithm: 0, and not only near 0, where M = m."""


def at_the_mean(d, proof):
    """The goal, from its proof with t for the mean of ln(n p)."""
    meant = d.suppose(Eq(n * t, total(log(n * p[i]))))
    d("instance", d.goal, proof(d, meant), d.letters(i, p[i] > 0), replace=((t, MEAN),))


def size(mean, relative):
    """n G (1 - 1/n)^gamma relative."""
    return exp(mean) * (1 - 1 / n) ** gamma * relative


SHIFT = log(n * p[i]) - t
"""a_i = ln(p_i/G)."""
RISE = (n - 1) * SHIFT / gamma
"""The competitor is (1 + RISE)/n."""
COMPETITOR = (1 + RISE) / n
SECOND = ((n - 1) * SPAN / gamma) ** 2


def above(mean):
    """H* against its bound from above, with `mean` for the mean of ln(n p)."""
    return focal_entropy(p, q, gamma) <= size(mean, log(n) + SECOND)


def competitor_pays(d, meant):
    """Optimality against (1 + RISE)/n."""
    focus, several, late, low = d.suppose(gamma > 0, Ge(n, 2), 2 * (n - 1) * SPAN <= gamma, m > 0)
    floor, ceiling, weight = d.letters(i, m <= p[i], p[i] <= top, p[i] > 0)
    lower = d("apply", log(m) <= log(p[i]), floor, low, function="log")
    upper = d("apply", log(p[i]) <= log(top), ceiling, weight, function="log")
    least = d("sum_terms", total(log(m)) <= total(log(p[i])), lower, over=i)
    most = d("sum_terms", total(log(p[i])) <= total(log(top)), upper, over=i)
    ceiling_positive = d("combination", top > 0, ceiling, weight, weights=(1, 1))
    high = d("combination", SHIFT <= SPAN, upper, least, meant, weight, low, ceiling_positive, weights=(1, 1 / n, 1 / n))
    deep = d("combination", -SHIFT <= SPAN, lower, most, meant, weight, low, ceiling_positive, weights=(1, 1 / n, -1 / n))
    wide = d("combination", SPAN >= 0, lower, upper, low, ceiling_positive, weights=(1, 1))
    start = d("combination", RISE >= -HALF, deep, late, focus, weights=((n - 1) / gamma, HALF / gamma))
    room = d("combination", SHIFT < gamma, high, late, focus, several, wide, weights=(1, HALF, HALF, SPAN))
    inside = d("combination", gamma + (n - 1) * SHIFT > 0, start, focus, weights=(gamma, HALF))
    positive = d("sign", COMPETITOR > 0, inside, focus)
    less = d("combination", COMPETITOR < 1, room, several, focus, weights=((n - 1) / (n * gamma),))
    inner = log(1 - SHIFT / gamma)
    ahead = d("sign", 1 - SHIFT / gamma > 0, room, focus)
    line = d.lemma("elementary/exp-above", 1 + inner <= 1 - SHIFT / gamma, ahead, replace={x: inner})
    line = d("combination", gamma * inner <= -SHIFT, line, focus, weights=(gamma,))
    power = d("apply", exp(gamma * inner) <= exp(-SHIFT), line, function="exp")
    curve = d.lemma("elementary/log-square", RISE - RISE**2 <= log(1 + RISE), start, replace={x: RISE})
    steep = ((n - 1) / gamma) ** 2 * (SPAN + SHIFT)
    square = d("combination", RISE**2 <= SECOND, high, deep, focus, weights=(steep,))
    scale = exp(t) * (1 - 1 / n) ** gamma / n
    value = p[i] * loss(COMPETITOR, gamma), scale * (log(n) - RISE + SECOND)
    weights = (-p[i] * (1 - 1 / n) ** gamma * log(COMPETITOR), scale, scale)
    known = (weight, inside, room, several, focus)
    term = d("combination", Le(*value), power, curve, square, *known, weights=weights)
    sums = d("sum_terms", Le(*map(total, value)), term, over=i)
    ends = [
        d("every", Every(bound), step)
        for bound, step in ((COMPETITOR > 0, positive), (COMPETITOR <= 1, d("weaken", COMPETITOR <= 1, less)))
    ]
    best = focal_entropy(p, q, gamma) + multiplier * (1 - total(COMPETITOR)) <= total(value[0])
    best = d.lemma("uniqueness/optimality", best, *ends, focus, weight, replace={r: (i, COMPETITOR)})
    weights = (1, 1, (n - 1) / gamma * (multiplier / n - scale))
    return d("combination", above(t), best, sums, meant, weights=weights)


ABOVE = Result(
    claim=Claim(
        name="value_asymptotics/constant-above",
        statement="H* is at most n G (1 - 1/n)^gamma (ln n + ((n - 1) R/gamma)^2) for gamma >= 2 (n - 1) R, "
        "with G the geometric mean of the p_i and R = ln(M/m)",
        source="paper",
        reference=REFERENCE,
        variables=(Number(gamma, 2 * (n - 1) * SPAN), *BOUNDS[1:]),
        where=(Ge(n, 2), gamma > 0),
        goal=above(MEAN),
        kind="limit",
    ),
    derivation=lambda d: at_the_mean(d, competitor_pays),
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "H* is at most n G (1 - 1/n)^gamma (99/100 ln n + ((n - 1) R/gamma)^2)",
        focal_entropy(p, q, gamma) <= size(MEAN, Rational(99, 100) * log(n) + SECOND),
    ),
)

NEAR = SPAN / (gamma - 1)
"""D."""
GAP = (q[i] - 1 / n) / (1 - 1 / n)
LEAST = log(n) - n * NEAR
"""A bound of ln(1/q_i) from below."""
BEND = (NEAR / (1 - 1 / n)) ** 2


def below(mean):
    """H* against its bound from below, with `mean` for the mean of ln(n p)."""
    return size(mean, LEAST * (1 - gamma * BEND)) <= focal_entropy(p, q, gamma)


def weights_sum(d, meant):
    """Each p_i (1 - q_i)^gamma by e^u >= 1 + u, each ln(1/q_i) by LEAST."""
    focus, several, late, unit = d.suppose(gamma > 1, Ge(n, 2), 2 * n * SPAN <= gamma - 1, mass(q))
    weight, positive, most = d.letters(i, p[i] > 0, q[i] > 0, q[i] < 1)
    low, ceiling = d.suppose(m > 0), d.letters(i, p[i] <= top)
    ceiling_positive = d("combination", top > 0, ceiling, weight, weights=(1, 1))
    near, far = (
        d("combination", side * (q[i] - 1 / n) <= NEAR, entry_close(d, i, side), low, ceiling_positive, weights=(1,))
        for side in (1, -1)
    )
    share = 1 / (1 - 1 / n)
    steep = (NEAR + q[i] - 1 / n) * share**2
    square = d("combination", GAP**2 <= BEND, near, far, several, focus, weights=(steep,))
    weights = (share, share / (2 * n * (gamma - 1)), share / (2 * n))
    end = d("combination", GAP <= HALF, near, late, several, focus, weights=weights)
    curve = d.lemma("elementary/log-square", -GAP - GAP**2 <= log(1 - GAP), end, replace={x: -GAP})
    above_one = d("sign", 1 / n < 1, several)
    several_letters = d.lemma("elementary/log-above", log(1 / n) < 1 / n - 1, above_one, replace={x: 1 / n})
    weights = (1, HALF / (gamma - 1), HALF / n)
    least = d("combination", LEAST > 0, several_letters, late, several, focus, weights=weights)
    line = d.lemma("elementary/exp-above", 1 + log(n * q[i]) <= n * q[i], positive, replace={x: log(n * q[i])})
    of_u = SHIFT + gamma * (log(1 - q[i]) - log(1 - 1 / n))
    tangent = d.lemma("elementary/exp-above", 1 + of_u <= exp(of_u), weight, most, several, replace={x: of_u})
    scale = exp(t) * (1 - 1 / n) ** gamma * LEAST / n
    share_of = p[i] * (1 - q[i]) ** gamma
    value = scale * (1 + SHIFT - gamma * GAP - gamma * BEND), p[i] * loss(q[i], gamma)
    weights = (share_of, n * share_of, scale, scale * gamma, scale * gamma)
    known = (least, weight, positive, most, several, focus)
    term = d("combination", Le(*value), line, near, tangent, curve, square, *known, weights=weights)
    sums = d("sum_terms", Le(*map(total, value)), term, over=i)
    weights = (1, -scale, -scale * gamma * share)
    return d("combination", below(t), sums, meant, unit, weights=weights)


BELOW = Result(
    claim=Claim(
        name="value_asymptotics/constant-below",
        statement="H* is at least n G (1 - 1/n)^gamma (ln n - n D)(1 - gamma (D/(1 - 1/n))^2) for gamma >= 1 + 2 n R, "
        "with D = R/(gamma - 1)",
        source="paper",
        reference=REFERENCE,
        variables=(Number(gamma, 1 + 2 * n * SPAN), *BOUNDS[1:]),
        where=(Ge(n, 2), gamma > 1),
        goal=below(MEAN),
        kind="limit",
    ),
    derivation=lambda d: at_the_mean(d, weights_sum),
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "H* is at least (1 - 1/n)^gamma (ln n - n D)(1 - gamma (D/(1 - 1/n))^2): the arithmetic mean for the geometric",
        size(Integer(0), LEAST * (1 - gamma * BEND)) <= focal_entropy(p, q, gamma),
    ),
)


def relabelled_minimum(d):
    """The least value at v over the data P is H*(P), over P o sigma too; the values at v mix linearly."""
    some, part = d.suppose(w > 0, w < 1)
    less, positive = d.letters(i, v[i] < 1, v[i] > 0)
    end = d("every", Every(v[i] <= 1), d("weaken", v[i] <= 1, less))
    data, model = p[sigma[i]], q[sigma[i]]
    best = focal_entropy(p, q, gamma)
    waste = multiplier * (1 - total(v[i]))
    plain = d.lemma("uniqueness/optimality", best + waste <= focal_entropy(p, v, gamma), end, replace={r: (i, v[i])})
    bounds = p[i] > 0, q[i] > 0, q[i] < 1, price_of(i)
    known = [d("each", substitute(bound, {i: sigma[i]}), d.suppose(Every(bound)), at=sigma[i]) for bound in bounds]
    moved = [d("every", Every(substitute(bound, {i: sigma[i]})), step) for bound, step in zip(bounds, known, strict=True)]
    unit = d("relabel", Eq(total(q[i]), total(model)))
    unit = d("combination", Eq(total(model), 1), unit, d.suppose(mass(q)), weights=(-1, 1))
    value, at_v = total(data * loss(model, gamma)), total(data * loss(v[i], gamma))
    step = {r: (i, v[i]), p: (i, data), q: (i, model)}
    other = d.lemma("uniqueness/optimality", value + waste <= at_v, end, *moved, unit, replace=step)
    level = d("relabel", Eq(best, value), *d.letters(i, q[i] > 0, q[i] < 1), *known[1:3])
    mixed = (1 - w) * p[i] + w * data
    term = d.letters(i, Eq(s[i], mixed))
    term = d(
        "combination",
        Eq(s[i] * loss(v[i], gamma), mixed * loss(v[i], gamma)),
        term,
        positive,
        less,
        weights=(loss(v[i], gamma),),
    )
    sums = d("sum_terms", Eq(focal_entropy(s, v, gamma), total(mixed * loss(v[i], gamma))), term, over=i)
    weights = (1 - w, w, 1, -w, -multiplier)
    d("combination", d.goal, plain, other, sums, level, d.suppose(mass(v)), some, part, weights=weights)


SCHUR = Result(
    claim=Claim(
        name="value_asymptotics/schur",
        statement="mixing the data with a relabelling of it, (1 - w) P + w P o sigma, does not lower the minimum focal-entropy",
        source="paper",
        reference="convexity",
        variables=(
            FOCUS,
            Pmf(p),
            Permutation(sigma),
            Number(w, 0, 1, low_open=True, high_open=True),
            Mixture(s, p, p, w, sigma),
            OPTIMUM,
            Optimum(v, mu, s, gamma),
        ),
        goal=focal_entropy(p, q, gamma) <= focal_entropy(s, v, gamma),
    ),
    derivation=relabelled_minimum,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "mixing the data with a relabelling of it raises the minimum focal-entropy by a thousandth",
        Rational(1001, 1000) * focal_entropy(p, q, gamma) <= focal_entropy(s, v, gamma),
    ),
)
