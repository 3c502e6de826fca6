"""Finiteness: the focal-entropy is finite exactly when the cross-entropy is.

Source
    Abstract: "conditions for finiteness".
Statement
    2^(-gamma) (H_0(P,Q) - ln 2) <= H_gamma(P,Q) <= H_0(P,Q), and H_gamma(P,Q) >= 0. On a finite alphabet, with loss(0) = +oo
    and 0 * oo = 0, H_gamma(P,Q) is finite if and only if q is positive wherever p is; and where q_j falls to 0 under p_j > 0
    it rises at least like 2^(-gamma) p_j (ln(1/q_j) - ln 2), so that +oo is its limit and not just a convention.
Idea
    (1 - x)^gamma <= 1 above. Below, (1 - x)^gamma >= 2^(-gamma) for x <= 1/2, and for x > 1/2 the bound ln(1/x) - ln 2 is
    negative; p sums to 1, so no count of the letters with q > 1/2 is needed.
Trusted
    Monotonicity of the logarithm and of powers (cited by the rule `apply`).
Not covered
    Countable alphabets.
"""

from sympy import Rational, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Number, Pmf, Result, Twin
from focal_symbolic.definitions import cross_entropy, extended_focal_entropy, focal_entropy, gamma, loss, p, q, x
from focal_symbolic.language import Equivalent, Every, Finite, Gt, Implies, i, j, mass, total

HALF = Rational(1, 2)
FOCUS = Number(gamma, 0)
DATA = Pmf(p, positive=False)
MODEL = Pmf(q)
BOUNDS = p[i] >= 0, q[i] > 0, q[i] <= 1
PROBABILITY = Number(x, 0, 1, low_open=True)


def bounded_by_cross_entropy(d):
    focus = d.suppose(gamma >= 0)
    weight, positive, at_most_one = d.letters(i, *BOUNDS)
    base = d("sign", 1 - q[i] < 1, positive)
    factor = d("apply", (1 - q[i]) ** gamma <= 1, base, at_most_one, focus, function="power", parameter=gamma)
    logarithm = d("apply", log(q[i]) <= 0, at_most_one, positive, function="log")
    term = d(
        "combination",
        p[i] * loss(q[i], gamma) <= p[i] * loss(q[i], 0),
        factor,
        logarithm,
        weight,
        weights=(-p[i] * log(q[i]),),
    )
    d("sum_terms", d.goal, term, over=i)


UPPER = Result(
    claim=Claim(
        name="finiteness/upper",
        statement="the focal-entropy is at most the cross-entropy",
        source="paper",
        reference="conditions for finiteness",
        variables=(FOCUS, DATA, MODEL),
        goal=focal_entropy(p, q, gamma) <= cross_entropy(p, q),
    ),
    derivation=bounded_by_cross_entropy,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy is at most nine tenths of the cross-entropy",
        focal_entropy(p, q, gamma) <= Rational(9, 10) * cross_entropy(p, q),
    ),
)


def loss_bounded_below(d):
    focus, positive = d.suppose(gamma >= 0, x > 0)
    low = d.suppose(x <= HALF)
    base = d("combination", 1 - x >= HALF, low, weights=(1,))
    factor = d("apply", HALF**gamma <= (1 - x) ** gamma, base, focus, function="power", parameter=gamma)
    ln2 = d("sign", Gt(log(2), 0, evaluate=False))
    below = d("combination", d.goal, factor, ln2, positive, low, weights=(-log(x), HALF**gamma))
    high, at_most_one = d.suppose(x > HALF, x <= 1)
    logarithm = d("apply", -log(2) < log(x), high, function="log")
    sign = d("apply", log(x) <= 0, at_most_one, positive, function="log")
    nonnegative = d("sign", loss(x, gamma) >= 0, sign, at_most_one, focus)
    above = d("combination", d.goal, logarithm, nonnegative, weights=(HALF**gamma, 1))
    d("cases", d.goal, below, above, on=(x <= HALF, x > HALF))


LOSS_LOWER = Result(
    claim=Claim(
        name="finiteness/loss-lower",
        statement="the loss exceeds 2^(-gamma) (ln(1/x) - ln 2)",
        source="paper",
        reference="conditions for finiteness",
        variables=(FOCUS, PROBABILITY),
        goal=HALF**gamma * (-log(x) - log(2)) < loss(x, gamma),
    ),
    derivation=loss_bounded_below,
    enclosure=Boxes(((x, Rational(1, 10**12), Rational(1)), (gamma, Rational(0), Rational(40)))),
    fuzz=Draws(),
    twin=Twin(
        "the loss exceeds 2^(1 - gamma) (ln(1/x) - ln 2)",
        2 * HALF**gamma * (-log(x) - log(2)) < loss(x, gamma),
    ),
)


def bounded_below_by_cross_entropy(d):
    weight, positive, at_most_one = d.letters(i, *BOUNDS)
    bound = HALF**gamma * (-log(q[i]) - log(2))
    pointwise = d.lemma(LOSS_LOWER.name, bound < loss(q[i], gamma), positive, at_most_one, replace={x: q[i]})
    term = d("combination", p[i] * bound <= p[i] * loss(q[i], gamma), pointwise, weight, weights=(p[i],))
    summed = d("sum_terms", total(p[i] * bound) <= focal_entropy(p, q, gamma), term, over=i)
    unit = d.suppose(mass(p))
    d("combination", d.goal, summed, unit, weights=(1, -(HALF**gamma) * log(2)))


LOWER = Result(
    claim=Claim(
        name="finiteness/lower",
        statement="the focal-entropy is at least 2^(-gamma) times the cross-entropy less ln 2",
        source="paper",
        reference="conditions for finiteness",
        variables=(FOCUS, DATA, MODEL),
        goal=HALF**gamma * (cross_entropy(p, q) - log(2)) <= focal_entropy(p, q, gamma),
    ),
    derivation=bounded_below_by_cross_entropy,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy is at least 2^(1 - gamma) times the cross-entropy less ln 2",
        2 * HALF**gamma * (cross_entropy(p, q) - log(2)) <= focal_entropy(p, q, gamma),
    ),
)


def nonnegative_sum(d):
    focus = d.suppose(gamma >= 0)
    weight, positive, at_most_one = d.letters(i, *BOUNDS)
    logarithm = d("apply", log(q[i]) <= 0, at_most_one, positive, function="log")
    d("sign", d.goal, focus, weight, at_most_one, logarithm)


NONNEGATIVE = Result(
    claim=Claim(
        name="finiteness/nonnegative",
        statement="the focal-entropy is never negative, so never -oo",
        source="paper",
        reference="conditions for finiteness",
        variables=(FOCUS, DATA, MODEL),
        goal=focal_entropy(p, q, gamma) >= 0,
    ),
    derivation=nonnegative_sum,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the focal-entropy is at least 1/1000", focal_entropy(p, q, gamma) >= Rational(1, 1000)),
)


def rises_without_bound(d):
    focus = d.suppose(gamma >= 0)
    weight, positive, at_most_one = d.letters(i, *BOUNDS)
    logarithm = d("apply", log(q[i]) <= 0, at_most_one, positive, function="log")
    nonnegative = d("sign", p[i] * loss(q[i], gamma) >= 0, focus, weight, at_most_one, logarithm)
    one = d("sum_term", p[j] * loss(q[j], gamma) <= focal_entropy(p, q, gamma), nonnegative, over=i)
    weight, positive, at_most_one = d.letters(j, *BOUNDS)
    bound = HALF**gamma * (-log(q[j]) - log(2))
    pointwise = d.lemma(LOSS_LOWER.name, bound < loss(q[j], gamma), positive, at_most_one, replace={x: q[j]})
    d("combination", d.goal, one, pointwise, weight, weights=(1, p[j]))


DIVERGES = Result(
    claim=Claim(
        name="finiteness/diverges",
        statement="the focal-entropy is at least 2^(-gamma) p_j (ln(1/q_j) - ln 2) for each letter j",
        source="paper",
        reference="conditions for finiteness",
        variables=(FOCUS, DATA, MODEL, Letter(j)),
        goal=HALF**gamma * p[j] * (-log(q[j]) - log(2)) <= focal_entropy(p, q, gamma),
        kind="limit",
    ),
    derivation=rises_without_bound,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy is at least p_j (ln(1/q_j) - ln 2) for each letter j",
        p[j] * (-log(q[j]) - log(2)) <= focal_entropy(p, q, gamma),
    ),
)


def finite_on_the_support(d):
    focus, bounds = d.suppose(gamma >= 0), d.letters(i, p[i] >= 0, q[i] >= 0, q[i] <= 1)
    value = extended_focal_entropy(p, q, gamma).function
    term = d("finite_value", Equivalent(Finite(value), Implies(p[i] > 0, q[i] > 0)), *bounds, focus)
    d("finite_sum", d.goal, term)


SUPPORT = Result(
    claim=Claim(
        name="finiteness/support",
        statement="on a finite alphabet the focal-entropy is finite exactly when q is positive wherever p is",
        source="paper",
        reference="conditions for finiteness",
        variables=(FOCUS, DATA, Pmf(q, positive=False)),
        goal=Equivalent(Finite(extended_focal_entropy(p, q, gamma)), Every(Implies(p[i] > 0, q[i] > 0))),
    ),
    derivation=finite_on_the_support,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy is finite exactly when q is positive everywhere",
        Equivalent(Finite(extended_focal_entropy(p, q, gamma)), Every(q[i] > 0)),
    ),
)
