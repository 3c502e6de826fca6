"""Departure: how far the minimizer can lie from the data, and never does.

Source
    Abstract: "it can depart significantly from the data distribution".
Statement
    The total variation of P and Q* is less than 1 - 1/n on n letters, at every gamma.
Idea
    The commonest letter of P is the commonest of Q*, so both give it more than 1/n unless P is uniform (and then Q* = P), and
    1 - TV is the sum of the smaller of p_i and q_i.
Trusted
    What `ordering/order` trusts.
Not covered
    That 1 - 1/n is approached; uniform P, where the total variation is 0.
"""

from focal_symbolic.proofs.ordering import ORDER
from sympy import Abs, Rational

from focal_symbolic.algebra import substitute
from focal_symbolic.claim import Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import gamma, multiplier, p, q
from focal_symbolic.language import Equivalent, Every, i, j, k, mass, n, total

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
