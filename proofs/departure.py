"""Departure: how far the minimizer can lie from the data, and never does.

Source
    Abstract: "it can depart significantly from the data distribution".
Statement
    The total variation TV of P and Q* is less than 1 - 1/n on n letters, at every gamma. With m <= p_i <= M and gamma > 1, it
    is at least p_j - 1/n - ln(M/m)/(gamma - 1) for every letter j. So 1 - 1/n is its supremum, and it is not attained: P that
    gives 1 - h to one letter and shares h among the others, and gamma = 1 + ln(M/m)/h, come within 2 h of it.
Idea
    The commonest letter of P is the commonest of Q*, so both give it more than 1/n unless P is uniform (and then Q* = P), and
    1 - TV is the sum of the smaller of p_i and q_i. Since the p_i - q_i sum to 0, TV is the sum of those that are positive, so
    no p_j - q_j exceeds it; and q_j tends to 1/n as gamma grows.
Trusted
    What `ordering/order` and `uniform_limit/close` trust.
Not covered
    Uniform P, where the total variation is 0.
"""

from focal_symbolic.proofs.ordering import ORDER
from focal_symbolic.proofs.uniform_limit import BOUNDS, CLOSE, RANGE, entry_close
from sympy import Abs, Integer, Rational

from focal_symbolic.claim import Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import gamma, multiplier, p, q
from focal_symbolic.language import Equivalent, Every, i, j, k, mass, n, real, substitute, total

h = real("h")

FOCUS = Number(gamma, 0)
OPTIMUM = Optimum(q, multiplier, p, gamma)
TOTAL_VARIATION = total(Abs(p[i] - q[i])) / 2
COMMON = p[i] + q[i] - Abs(p[i] - q[i])
"""Twice the smaller of p_i and q_i."""


def above_average(d, family, term, strict):
    """1/n < family_j, from family_i <= family_j at every letter i and < at k."""
    sums = d("sum_strictly", total(family[i]) < total(family[j]), term, strict, over=i)
    return d("combination", 1 / n < family[j], sums, d.suppose(mass(family)), weights=(1 / n, 1 / n))


def common_mass(d):
    commonest, rarer = d.letters(i, p[i] <= p[j]), d.suppose(p[k] < p[j])
    strict = Equivalent(p[j] > p[k], q[j] > q[k])
    orders = [d.lemma(ORDER.name, substitute(ORDER.claim.goal, step), replace=step) for step in ({i: j, j: i}, {i: j, j: k})]
    weak = d("transfer", q[i] <= q[j], d("part", Equivalent(p[j] >= p[i], q[j] >= q[i]), orders[0]), commonest)
    less = d("transfer", q[k] < q[j], d("part", strict, orders[1]), rarer)
    data, model = above_average(d, p, commonest, rarer), above_average(d, q, weak, less)
    top = p[j] + q[j] - 2 / n
    sides = [d("combination", side < top, large, weights=(2,)) for side, large in ((p[j] - q[j], model), (q[j] - p[j], data))]
    top = d("absolute", Abs(p[j] - q[j]) < top, *sides)
    positive, other = d.letters(i, p[i] > 0, q[i] > 0)
    sides = [
        d("combination", side < p[i] + q[i], small, weights=(2,))
        for side, small in ((p[i] - q[i], other), (q[i] - p[i], positive))
    ]
    apart = d("absolute", Abs(p[i] - q[i]) < p[i] + q[i], *sides)
    terms = d("weaken", COMMON >= 0, d("combination", COMMON > 0, apart, weights=(1,)))
    one = d("sum_term", COMMON.xreplace({i: j}) <= total(COMMON), terms, over=i)
    half = Rational(1, 2)
    d("combination", d.goal, one, top, *d.suppose(mass(p), mass(q)), weights=(half, half, -half, -half))


BOUND = Result(
    claim=Claim(
        name="departure/bound",
        statement="the total variation of the data and the minimizer is less than 1 - 1/n",
        source="paper",
        reference="can depart significantly from the data distribution",
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j), Letter(k)),
        where=(Every(p[i] <= p[j]), p[k] < p[j]),
        goal=TOTAL_VARIATION < 1 - 1 / n,
    ),
    derivation=common_mass,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the total variation is less than (1 - 1/n)/2", TOTAL_VARIATION < (1 - 1 / n) / 2),
)


def largest_difference(d):
    """|d_i| + d_i >= 0 for d_i = p_i - q_i, so its value at j is at most its sum, and the d_i sum to 0."""
    differ = p[i] - q[i]
    size = Abs(differ)
    terms = d("combination", size + differ >= 0, d("absolute_value", -differ <= size), weights=(1,))
    one = d("sum_term", (size + differ).xreplace({i: j}) <= total(size + differ), terms, over=i)
    own = d("absolute_value", differ.xreplace({i: j}) <= size.xreplace({i: j}))
    half = Rational(1, 2)
    weights = (half, half, 1, -half, half)
    d("combination", d.goal, one, own, entry_close(d, j, 1), *d.suppose(mass(p), mass(q)), weights=weights)


APPROACHED = Result(
    claim=Claim(
        name="departure/approached",
        statement="the total variation of the data and the minimizer is at least p_j - 1/n - ln(M/m)/(gamma - 1)",
        source="paper",
        reference="can depart significantly from the data distribution",
        variables=(*BOUNDS, Letter(j)),
        goal=p[j] - 1 / n - CLOSE <= TOTAL_VARIATION,
        kind="limit",
    ),
    derivation=largest_difference,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the total variation is at least p_j - 9/10/n - ln(M/m)/(gamma - 1)",
        p[j] - Rational(9, 10) / n - CLOSE <= TOTAL_VARIATION,
    ),
)


def near_the_bound(d):
    focus, head, late = d.suppose(gamma > 1, 1 - p[j] <= h, RANGE <= h * (gamma - 1))
    apart = d.lemma(APPROACHED.name, APPROACHED.claim.goal)
    d("combination", d.goal, apart, head, late, focus, weights=(1, 1, 1 / (gamma - 1)))


SUPREMUM = Result(
    claim=Claim(
        name="departure/supremum",
        statement="with p_j >= 1 - h and gamma >= 1 + ln(M/m)/h the total variation is at least 1 - 1/n - 2 h",
        source="paper",
        reference="can depart significantly from the data distribution",
        variables=(*BOUNDS, Letter(j), Number(h, 1 - p[j], 1)),
        where=(RANGE <= h * (gamma - 1),),
        goal=1 - 1 / n - 2 * h <= TOTAL_VARIATION,
        kind="limit",
    ),
    derivation=near_the_bound,
    enclosure=HardSet(),
    fuzz=Draws(gamma=(Integer(100), Integer(10**4))),
    twin=Twin(
        "with p_j >= 1 - h and gamma >= 1 + ln(M/m)/h the total variation is at least 1 - 1/n - h",
        1 - 1 / n - h <= TOTAL_VARIATION,
    ),
)
