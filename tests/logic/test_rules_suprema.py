"""Rules of what is read at every size of the alphabet: what each accepts, and what it must refuse."""

from proving import refused, term, terms, theorem
from sympy import log

from focal_symbolic.language import (
    And,
    Bounded,
    Eq,
    Every,
    EveryPart,
    ExistsUnique,
    Le,
    Lt,
    Supremum,
    array,
    i,
    j,
    n,
    real,
    total,
    whole,
)
from focal_symbolic.logic.kernel import rules
from focal_symbolic.logic.terms import ZERO, add, every, le, mk

p, q, r = array("p"), array("q"), array("r")
x, c = real("x"), real("c")
P, Q = total(p[i]), total(q[i])
NONNEGATIVE = EveryPart(Every(p[i] >= 0))


def below(left, right):
    return Le(left, right, evaluate=False)


def at_size(statement):
    """A statement at the size in force, from the same at every size."""
    return theorem("at_size", statement, EveryPart(statement))


# -- from every size to one and back ---------------------------------------------------------------------------------------


def test_what_holds_at_every_size_holds_at_one():
    assert at_size(Every(log(p[i]) > 0)).hypotheses == terms(EveryPart(Every(log(p[i]) > 0)))
    refused("the premises give", "at_size", Every(p[i] >= 0), EveryPart(Every(p[i] > 0)))
    refused("is not said at every size", "at_size", Every(p[i] > 0), Every(p[i] > 0))


def test_on_parts():
    again = theorem("on_parts", EveryPart(P <= 1), at_size(P <= 1))
    assert again.hypotheses == terms(EveryPart(P <= 1))
    assert theorem("on_parts", EveryPart(x < c), x < c).hypotheses == terms(x < c)
    refused("speaks of the alphabet", "on_parts", EveryPart(P <= 1), P <= 1)
    refused("speaks of the alphabet", "on_parts", EveryPart(Every(p[i] > 0)), Every(p[i] > 0))
    refused("speaks of the alphabet", "on_parts", EveryPart(n > x), n > x)
    refused("the premises give", "on_parts", EveryPart(P < 1), at_size(P <= 1))


def test_what_speaks_of_a_letter_is_not_said_at_every_size():
    one = theorem("each", p[i] > 0, at_size(Every(p[i] > 0)), at=i)
    refused("speaks of no letter from outside", "on_parts", EveryPart(Every(p[j] > 0, j)), one)
    everywhere = theorem("every", Every(p[i] > 0), one)
    assert theorem("on_parts", EveryPart(Every(p[i] > 0)), everywhere).hypotheses


def test_it_is_defined_at_every_size():
    line = theorem("each", log(p[i]) < x, at_size(Every(log(p[i]) < x)), at=i)
    summed = theorem("sum_terms", total(log(p[i])) < total(x), line, over=i)
    made = theorem("on_parts", EveryPart(total(log(p[i])) < total(x)), summed)
    assert made.hypotheses == terms(EveryPart(Every(log(p[i]) < x)))


# -- suprema ---------------------------------------------------------------------------------------------------------------


def test_sup_upper():
    made = theorem("sup_upper", below(P, whole(p[i])), Bounded(P))
    assert made.hypotheses == terms(Bounded(P))
    assert theorem("sup_upper", below(total(log(p[i])), whole(log(p[i]))), Bounded(total(log(p[i])))).hypotheses
    assert theorem("sup_upper", below(x, Supremum(x)), Bounded(x)).hypotheses == terms(Bounded(x))
    refused("nothing shows sup", "sup_upper", below(P, whole(p[i])))
    refused("nothing shows sup", "sup_upper", below(P, whole(p[i])), Bounded(Q))
    refused("does not bound", "sup_upper", Lt(P, whole(p[i]), evaluate=False), Bounded(P))
    refused("does not bound", "sup_upper", below(Q, whole(p[i])), Bounded(P), Bounded(Q))
    refused("does not bound", "sup_upper", below(whole(p[i]), P), Bounded(P))
    refused("speaks of no letter", "sup_upper", below(p[i], whole(p[i])), Bounded(P))


def test_sup_least():
    for kind in (Lt, Le):
        bound = at_size(kind(P, x))
        assert theorem("sup_least", below(whole(p[i]), x), bound).hypotheses == terms(EveryPart(kind(P, x)))
        assert theorem("sup_least", Bounded(P), bound).hypotheses == terms(EveryPart(kind(P, x)))
        refused("the premises give", "sup_least", Lt(whole(p[i]), x, evaluate=False), bound)
    refused("speaks of the alphabet", "sup_least", below(whole(p[i]), x), P <= x)
    refused("speaks of the alphabet", "sup_least", below(whole(p[i]), Q), at_size(P <= Q))
    refused("speaks of the alphabet", "sup_least", Bounded(n), at_size(n <= P))
    refused("not an inequality", "sup_least", Bounded(P), at_size(Every(p[i] > 0)))
    one = theorem("each", p[i] <= x, at_size(Every(p[i] <= x)), at=i)
    refused("speaks of no letter", "sup_least", Bounded(P), one)


def test_sup_least_is_defined_where_the_number_is():
    logs = total(log(p[i]))
    assert theorem("sup_least", below(whole(log(p[i])), x / c), at_size(logs <= x / c)).hypotheses


def test_sup_together():
    bound = at_size(P + Q <= x)
    both = [NONNEGATIVE, EveryPart(Every(q[i] >= 0))]
    made = theorem("sup_together", below(whole(p[i]) + whole(q[i]), x), bound, *both)
    assert made.hypotheses == terms(*both, EveryPart(P + Q <= x))
    assert theorem("sup_together", Bounded(P), bound, *both).hypotheses
    assert theorem("sup_together", Bounded(Q), at_size(P + Q < x), *both).hypotheses
    refused("no premise says", "sup_together", Bounded(P), bound, both[0])
    refused("no premise says", "sup_together", Bounded(P), bound, both[1], Every(p[i] >= 0))
    refused("no premise says", "sup_together", Bounded(P), bound, both[1], EveryPart(Every(p[i] <= 0)))
    refused("speaks of the alphabet", "sup_together", Bounded(P), P + Q <= x, *both)
    refused("speaks of the alphabet", "sup_together", Bounded(P), at_size(P + Q <= n), *both)
    refused("is not a sum of sums", "sup_together", Bounded(P), at_size(P <= x), *both)
    refused("is not a sum of sums", "sup_together", Bounded(P), at_size(P + x <= c), *both)
    refused("the premises give", "sup_together", Lt(whole(p[i]) + whole(q[i]), x, evaluate=False), bound, *both)


def test_a_product_of_sums_is_no_sum_of_them():
    """With P = Q = 1 it is at most 1, and the sum of the suprema 2."""
    both = [NONNEGATIVE, EveryPart(Every(q[i] >= 0))]
    goal = below(whole(p[i]) + whole(q[i]), x)
    refused("is not a sum of sums", "sup_together", goal, at_size(P * Q <= x), *both)
    for number in (total(total(p[i]), j), abs(P), P**2):
        refused("is not a sum of sums", "sup_together", Bounded(P), at_size(below(number, x)), *both)


def test_three_sums_together():
    whole_of = [EveryPart(Every(f[i] >= 0)) for f in (p, q, r)]
    bound = at_size(P + Q + total(r[i]) <= x)
    assert theorem("sup_together", below(whole(p[i]) + whole(q[i]) + whole(r[i]), x), bound, *whole_of).hypotheses
    for f in (p, q, r):
        assert theorem("sup_together", Bounded(total(f[i])), bound, *whole_of).hypotheses


def test_one_sum_twice():
    twice = add(mk("sum", mk("entry", "p", mk("bletter", 0))), mk("sum", mk("entry", "p", mk("bletter", 0))))
    bound = theorem("at_size", le(twice, term(x)), mk("parts", le(twice, term(x))))
    grows = mk("parts", every(le(ZERO, mk("entry", "p", mk("bletter", 0)))))
    supremum = mk("sup", twice.args[0])
    assert theorem("sup_together", le(add(supremum, supremum), term(x)), bound, grows).hypotheses


# -- a root of a supremum --------------------------------------------------------------------------------------------------

u, a, b = real("u"), real("a"), real("b")
GROWS, FINITE, MASS = EveryPart(Every(p[i] >= 0)), Bounded(P), whole(p[i]) > 0
GIVEN = (GROWS, FINITE, MASS)


def over(v):
    """The sum of p_i/v over an alphabet without end."""
    return whole(p[i] / v)


def at_most_scaled(v, *positive):
    """The finite sums of p_i/v are at most sup(P)/v; the supremum of them, and that it is finite."""
    line = theorem("sup_upper", below(P, whole(p[i])), FINITE)
    scaled = theorem(
        "combination", below(total(p[i] / v), whole(p[i]) / v), line, *positive, weights=(1 / v, *[0] * len(positive))
    )
    return theorem("sup_least", below(over(v), whole(p[i]) / v), scaled), theorem("sup_least", Bounded(total(p[i] / v)), scaled)


def falling(first=x, second=u):
    """sup(P/u) < sup(P/x) for 0 < x < u."""
    later = theorem("combination", second > 0, first > 0, first < second, weights=(1, 1))
    above, _ = at_most_scaled(second, later)
    _, finite = at_most_scaled(first, theorem("hypothesis", first > 0))
    line = theorem("sup_upper", below(total(p[i] / first), over(first)), finite)
    back = theorem("combination", below(P, first * over(first)), line, first > 0, weights=(first, 0))
    least = theorem("sup_least", below(whole(p[i]), first * over(first)), back)
    gap = theorem("combination", Lt(1 / second, 1 / first), first < second, first > 0, weights=(1 / (first * second), 0))
    return theorem(
        "combination",
        Lt(over(second), over(first)),
        above,
        least,
        gap,
        MASS,
        first > 0,
        weights=(1, 1 / first, whole(p[i]), 0, 0),
    )


def dominated(times=1, other=None):
    """0 <= p_i/x <= p_i times/a at every letter and size, for 0 < a <= x; or another number above p_i/x."""
    entry = theorem("each", p[i] >= 0, at_size(Every(p[i] >= 0)), at=i)
    positive = theorem("combination", x > 0, a > 0, a <= x, weights=(1, 1))
    low = theorem("combination", below(0, p[i] / x), entry, positive, weights=(1 / x, 0))
    slower = theorem("combination", below(1 / x, 1 / a), a <= x, a > 0, positive, weights=(1 / (a * x), 0, 0))
    weights, most = (p[i], (times - 1) / a, 0, 0), times * p[i] / a if other is None else other
    if other is None:
        high = theorem("combination", below(p[i] / x, most), slower, entry, a > 0, positive, weights=weights)
    else:
        high = theorem("sign", below(p[i] / x, most), positive)
    both = And(below(0, p[i] / x), below(p[i] / x, most))
    at_each_letter = theorem("every", Every(both), theorem("conjunction", both, low, high))
    return theorem("on_parts", EveryPart(Every(both)), at_each_letter)


ROOT = ExistsUnique(Eq(over(x), c), (x, a, b))
ENDS = (over(a) >= c, over(b) <= c, a <= b)


def test_root_of_sup():
    _, summable = at_most_scaled(a, theorem("hypothesis", a > 0))
    made = theorem("root_of_sup", ROOT, falling(), *ENDS, dominated(), summable, a > 0)
    assert made.hypotheses == terms(*ENDS, a > 0, *GIVEN)
    assert [citation.name for citation in rules["root_of_sup"].cites] == ["intermediate value theorem", "uniform limit theorem"]
    assert made.cited == {*rules["root_of_sup"].cites, *rules["sign"].cites}
    assert theorem("root_of_sup", ROOT, falling(), *ENDS, dominated(), a > 0).hypotheses  # the end a says that it is summable
    twice = dominated(2)
    refused("nothing shows sup", "root_of_sup", ROOT, falling(), *ENDS, twice, a > 0)
    refused("does not dominate", "root_of_sup", ROOT, falling(), *ENDS, dominated(other=p[i] / x), summable, a > 0)
    refused("does not dominate", "root_of_sup", ROOT, falling(), *ENDS, summable, summable, a > 0)
    refused("falls continuously", "root_of_sup", ROOT, falling(), *reversed(ENDS), dominated(), summable, a > 0)
    refused("not arbitrary", "root_of_sup", ROOT, falling(), *ENDS, dominated(), summable, a > 0, x > 0)
    refused("sup is not known to be continuous|undefined", "root", ROOT, falling(), *ENDS, summable, a > 0)
