"""Falsehoods about what is read at every size of the alphabet, by kind, each beside a true neighbour that is accepted.

What holds at one size, at one letter, or where the alphabet ends, is not said of all of them by any way into a supremum.
"""

from fractions import Fraction

import pytest
from jump import nowhere
from proving import refused, terms, theorem
from speech import Told
from sympy import Equivalent, Or, Piecewise, log, oo

from focal_symbolic.errors import Rejected
from focal_symbolic.language import (
    And,
    Bounded,
    Eq,
    Every,
    EveryPart,
    ExistsUnique,
    Finite,
    Implies,
    Le,
    Lt,
    Ne,
    Supremum,
    array,
    i,
    j,
    n,
    real,
    total,
    whole,
)
from focal_symbolic.language import substitute as put_in
from focal_symbolic.logic import meaning
from focal_symbolic.logic.doors import read
from focal_symbolic.logic.kernel import Step, conclude
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import (
    ONE,
    Malformed,
    abstract,
    add,
    close_real,
    eq,
    every,
    ipow,
    le,
    lt,
    mk,
    mul,
    open_real,
    rat,
    sub,
    substitute,
)
from focal_symbolic.logic.text import read_derivations

p, q, r = array("p"), array("q"), array("r")
a, b, c, u, x, y = map(real, "abcuxy")
P = total(p[i])
total_squares = mk("sum", ipow(mk("entry", "p", mk("bletter", 0)), 2))
INTO = "is not put into what is read at every size"


def at_most(left, right):
    return Le(left, right, evaluate=False)


def below(left, right):
    return Lt(left, right, evaluate=False)


def put(mapping, node):
    """A SymPy object with others put in."""
    return put_in(node, mapping)


def implies(s):
    return Implies(s, s, evaluate=False)


RIGID = theorem("on_parts", EveryPart(x < c), x < c)
POSITIVE = EveryPart(Every(p[i] > 0))


# -- what is put in: from n < c at one size, n < c at all of them ----------------------------------------------------------


@pytest.mark.parametrize("value", [n, P, p[i], total(x), total(total(q[i] * q[j], i), j), 1 / n, n * c])
def test_what_speaks_of_the_alphabet_is_not_put_in_for_a_number(value):
    refused(f"{INTO}|nothing shows", "instance", EveryPart(below(c, c)), RIGID, value < c, replace={x: value})
    refused(INTO, "instance", EveryPart(x < c), RIGID, replace={x: value})


@pytest.mark.parametrize("value", [c + 1, 2 * y, whole(q[i]), Supremum(n * x), log(y)])
def test_what_does_not_speak_of_it_is(value):
    known = below(value, c)
    made = theorem("instance", EveryPart(known), RIGID, known, replace={x: value})
    assert made.hypotheses == terms(known)


MASS = theorem("on_parts", EveryPart(Every(p[i] > 0)), theorem("at_size", Every(p[i] > 0), POSITIVE))


@pytest.mark.parametrize("entry", [q[i] / n, q[i] * total(q[j], j), q[i] + q[j], total(q[j] * q[i], j)])
def test_what_speaks_of_the_alphabet_is_not_put_in_for_a_family(entry):
    stated = POSITIVE if entry.has(q[j]) and not entry.has(total(q[j], j)) else EveryPart(Every(entry > 0))
    refused(f"{INTO}|speaks of no letter", "instance", stated, MASS, replace={p: (i, entry)})


@pytest.mark.parametrize("entry", [q[i], q[i] ** 2 + x, q[i] * whole(q[j], j)])
def test_a_family_that_goes_on_is(entry):
    stated = EveryPart(Every(entry > 0))
    assert theorem("instance", stated, MASS, stated, replace={p: (i, entry)}).hypotheses == terms(stated)


def test_the_ends_of_an_interval_do_not_speak_of_the_alphabet():
    body = mk("one", read(a), read(b), eq(mk("sup", mul(mk("breal", 0), mk("size"))), read(c)))
    for end in (mk("size"), mk("entry", "p", mk("letter", "i"))):
        with pytest.raises(Malformed, match=INTO):
            open_real(body.args[2], end)
        with pytest.raises(Malformed, match=INTO):
            substitute(mk("bounded", read(x)), {("var", "x"): end})
    assert open_real(body.args[2], read(x)) is eq(mk("sup", mul(read(x), mk("size"))), read(c))


# -- letters: one from outside is in no alphabet but its own ---------------------------------------------------------------


@pytest.mark.parametrize("op", ["sup", "bounded", "parts"])
def test_no_letter_from_outside_is_spoken_of(op):
    for letter in (mk("letter", "i"), mk("fresh", 0), mk("bletter", 0), mk("image", "s", mk("bletter", 0))):
        held = mk("entry", "p", letter)
        with pytest.raises(Malformed, match="speaks of no letter from outside"):
            mk(op, lt(rat(0), held) if op == "parts" else held)
    with pytest.raises(Malformed, match="speaks of no letter from outside"):
        mk("parts", mk("bijection", "s"))
    inside = every(lt(rat(0), mk("entry", "p", mk("bletter", 0))))
    assert mk("parts", inside).args == (inside,)
    with pytest.raises(Malformed, match="speaks of no letter from outside"):
        mk("parts", every(lt(rat(0), mk("entry", "s", mk("image", "s", mk("bletter", 0))))))
    named = mk("letter", "i")
    assert abstract(mk("parts", inside), named) is mk("parts", inside)


# -- where it is defined: at every size, not at one ------------------------------------------------------------------------

REFLEXIVE = theorem(
    "on_parts",
    EveryPart(Every(at_most(p[i], p[i]))),
    theorem("every", Every(at_most(p[i], p[i])), theorem("sign", at_most(p[i], p[i]))),
)


def test_a_family_is_put_in_where_it_is_defined_at_every_size():
    """1/q is defined in this alphabet; that it is beyond is not known."""
    stated = EveryPart(Every(at_most(1 / q[i], 1 / q[i])))
    refused("nothing shows", "instance", stated, REFLEXIVE, Every(Ne(q[i], 0)), replace={p: (i, 1 / q[i])})
    beyond = EveryPart(Every(Ne(q[i], 0)))
    assert theorem("instance", stated, REFLEXIVE, beyond, Every(Ne(q[i], 0)), replace={p: (i, 1 / q[i])}).hypotheses
    logs = EveryPart(Every(at_most(log(q[i]), log(q[i]))))
    refused("nothing shows", "instance", logs, REFLEXIVE, Every(q[i] > 0), replace={p: (i, log(q[i]))})


def test_a_family_is_put_in_where_exactly_one_speaks_of_it_at_every_size():
    """«Exactly one x: sup 0 - x = 0» is so for any family; with 1/q for it, where a q beyond this alphabet is 0, it is not."""
    none = mul(rat(0), mk("sum", mk("entry", "p", mk("bletter", 0))))
    level = theorem("combination", le(none, rat(0)), theorem("identity", eq(none, rat(0))), weights=(-1,))
    finite, least = mk("bounded", none), mk("sup", none)
    finite = theorem("sup_least", finite, level)
    upper = theorem("sup_least", le(least, rat(0)), level)
    lower = theorem("sup_upper", le(none, least), finite)
    lower = theorem("combination", le(rat(0), least), lower, theorem("identity", eq(none, rat(0))), weights=(1, 1))
    v, later = read(x), read(u)

    def f(t):
        return sub(least, t)

    falls = theorem("combination", lt(f(later), f(v)), x < u, finite, weights=(1,))
    above = theorem("combination", le(rat(0), f(rat(0))), lower, weights=(1,))
    under = theorem("combination", le(f(ONE), rat(0)), upper, theorem("sign", lt(rat(0), ONE)), weights=(1, 1))
    one = mk("one", rat(0), ONE, close_real(eq(f(v), rat(0)), "x"))
    found = theorem("root", one, falls, above, under, theorem("sign", le(rat(0), ONE)), finite)
    never = lt(ONE, rat(0))
    line = theorem("transfer", never, mk("iff", one, never), found)
    refused("nothing shows", "instance", never, line, Every(Ne(q[i], 0)), replace={p: (i, 1 / q[i])})
    beyond = EveryPart(Every(Ne(q[i], 0)))
    assert theorem("instance", never, line, Every(Ne(q[i], 0)), beyond, replace={p: (i, 1 / q[i])}).hypotheses


def test_a_number_is_put_in_where_it_is_defined():
    line = theorem("on_parts", EveryPart(at_most(x, x)), theorem("sign", at_most(x, x)))
    refused("nothing shows", "instance", EveryPart(at_most(1 / y, 1 / y)), line, replace={x: 1 / y})
    assert theorem("instance", EveryPart(at_most(1 / y, 1 / y)), line, Ne(y, 0), replace={x: 1 / y}).hypotheses == terms(
        Ne(y, 0)
    )


def test_a_supremum_is_defined_where_it_is_finite():
    refused("is not shown", "sign", at_most(whole(p[i]), whole(p[i])))
    assert theorem("sign", at_most(whole(p[i]), whole(p[i])), Bounded(P)).hypotheses == terms(Bounded(P))
    refused("is not shown", "sign", at_most(whole(log(p[i])), whole(log(p[i]))), Every(p[i] > 0))
    refused("is not shown", "sign", at_most(Supremum(1 / x), Supremum(1 / x)), Bounded(x))
    never = below(Supremum(n) - 1, Supremum(n))
    refused("is not shown", "sign", never)
    assert theorem("sign", never, Bounded(n)).hypotheses == terms(Bounded(n))


def test_whether_it_is_finite_is_defined_where_its_terms_are():
    refused("nothing shows", "implication", implies(Bounded(1 / x)), Bounded(1 / x))
    refused("nothing shows", "implication", implies(EveryPart(1 / x > 0)), EveryPart(1 / x > 0))
    stated = implies(Bounded(x))
    assert theorem("implication", stated, Bounded(x)).hypotheses == frozenset()


GUARDED = Implies(Bounded(P), whole(p[i]) >= 0, evaluate=False)


def test_what_is_finite_behind_a_guard_is_not_in_front_of_it():
    refused("is not shown", "sign", at_most(0, whole(p[i])), GUARDED)
    refused("is not a relation", "combination", at_most(0, whole(p[i]) + 1), GUARDED, weights=(1,))
    refused("not one of the alternatives", "alternative", Or(whole(p[i]) >= 0, x > 0), GUARDED)
    refused("nothing shows", "alternative", Or(whole(p[i]) >= 0, x > 0), x > 0)
    assert theorem("alternative", Or(whole(p[i]) >= 0, x > 0), x > 0, Bounded(P)).hypotheses == terms(x > 0, Bounded(P))


def test_a_supremum_as_one_of_two_cases():
    """It need be a number only where its case holds."""
    value = Piecewise((oo, x < 0), (Supremum(n), True))
    finite = Equivalent(Finite(value), x >= 0)
    refused("nothing shows x >= 0 => |nothing shows not|nothing shows .*is finite", "finite_value", finite)
    assert theorem("finite_value", finite, Bounded(n)).hypotheses == terms(Bounded(n))
    refused("fails for some signs", "finite_value", Equivalent(Finite(value), x > 0), Bounded(n))


def test_exactly_one_does_not_say_that_a_supremum_is_finite():
    one = ExistsUnique(Eq(x * whole(p[i]), c), (x, 0, 1))
    refused("is not shown", "sign", at_most(whole(p[i]), whole(p[i])), one)
    refused("is not shown|nothing shows", "sup_upper", at_most(P, whole(p[i])), one)
    assert theorem("sup_upper", at_most(P, whole(p[i])), one, Bounded(P)).hypotheses == terms(one, Bounded(P))


def test_a_supremum_of_a_supremum():
    inner = Supremum(n * x)
    refused("nothing shows", "sup_upper", at_most(inner, Supremum(inner)), Bounded(x))
    refused("nothing shows", "sup_upper", at_most(inner, Supremum(inner)), Bounded(n))
    assert theorem("sup_upper", at_most(inner, Supremum(inner)), Bounded(n * x), Bounded(inner)).hypotheses
    line = theorem("sign", at_most(inner, inner), Bounded(n * x))
    assert theorem("sup_least", at_most(Supremum(inner), inner), line).hypotheses == terms(Bounded(n * x))


FORGED_PROOFS = [
    ("asked",),
    ("known", 0, ()),
    ("known", 2, ()),
    ("known", 3, ()),
    ("known", 3, (mk("letter", "i"),)),
    ("all", 0, ("asked",)),
    ("given", ("asked",)),
    ("and", (("asked",),)),
    ("or", 0, ("asked",)),
    ("sign", ("any",)),
    ("shown", ((mk("bounded", mk("size")), ("asked",)),), ("asked",)),
    ("shown", ((mk("bounded", read(x)), ("known", 2, ())),), ("known", 2, ())),
]


@pytest.mark.parametrize("how", FORGED_PROOFS)
@pytest.mark.parametrize("goal", [Bounded(n), EveryPart(x < n), Bounded(2 * x + 0 * n)])
def test_no_certificate_shows_what_is_said_at_every_size(how, goal):
    """It is known, or a rule has shown it: sources 2 and 3 say it of others."""
    known = [theorem("hypothesis", s) for s in (Bounded(x), EveryPart(x < c))]
    step = Step("alternative", mk("or", lt(rat(0), ONE), read(goal)))
    line = theorem("sign", lt(rat(0), ONE))
    forged = Told(lambda _, question: how if question[0] == "prove" else None)
    with pytest.raises(Rejected):
        conclude(Step("sup_upper", le(mk("size"), mk("sup", mk("size")))), known, None, forged)
    with pytest.raises(Rejected):
        conclude(Step("transfer", read(goal)), [theorem("hypothesis", mk("iff", line.conclusion, read(goal)))], None, forged)
    assert conclude(step, [line, *known], None, Search()).conclusion is step.conclusion


@pytest.mark.parametrize(
    "how",
    [
        ("number",),
        ("exp",),
        ("size",),
        ("power", ("any",)),
        ("abs", ("any",)),
        ("total", 0, ("power", ("any",))),
        ("sum", (("power", ("any",)),)),
        ("with", (("sum_linear", mk("sup", total_squares), 0, (), ()),), ("any",)),
        ("with", (("root", mk("sup", total_squares), 2, ("asked",)),), ("power", ("any",))),
        ("facts", ((Fraction(1), 2, ()),), rat(0), ("number",)),
        ("factors", Fraction(1), ((mk("sup", total_squares), 1, ("total", 0, ("power", ("any",)))),)),
        ("equals", total_squares, ("total", 0, ("power", ("any",)))),
    ],
)
def test_no_certificate_reads_the_sign_of_a_supremum_off_its_terms(how):
    """That of the sum, at the size in force, is."""
    finite = theorem("hypothesis", mk("bounded", total_squares))
    forged = Told(lambda _, question: how if question[0] == "sign" else None)
    with pytest.raises(Rejected):
        conclude(Step("sign", le(rat(0), mk("sup", total_squares))), [finite], None, forged)
    honest = Told(lambda _, question: ("total", 0, ("power", ("any",))) if question[0] == "sign" else None)
    assert conclude(Step("sign", le(rat(0), total_squares)), [finite], None, honest).conclusion


@pytest.mark.parametrize("words", ["(sup (entry p (letter i)))", "(bounded (sum (entry p (image s (bletter 0)))))"])
def test_no_letter_from_outside_comes_in_as_text(words):
    with pytest.raises(Malformed, match=r"line 2: (sup|bounded) speaks of no letter from outside"):
        list(read_derivations(f"claim a\nterm 00000000 {words}\n"))
    inside = "claim a\nterm 00000000 (bounded (sum (entry p (bletter 0))))\ngoal #00000000\nend\n"
    (found,) = read_derivations(inside)
    assert found.goal is read(Bounded(P))


def test_no_size_is_put_in_where_every_size_is_meant():
    """By SymPy's objects, before they are terms."""
    for node in (Supremum(n * x), Bounded(total(x * p[i])), EveryPart(x < n)):
        with pytest.raises(ValueError, match="n would be captured"):
            put({x: n}, node)
        assert put({y: n}, node) == node
    assert put({x: c}, Supremum(n * x)) == Supremum(n * c)
    with pytest.raises(ValueError, match="n would be captured"):
        put({p: (i, q[i] / n)}, whole(p[i]))
    assert put({p: (i, q[i] ** 2)}, whole(p[i])) == whole(q[i] ** 2)


# -- from one size to all --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [n < c, Eq(n, 2), P <= 1, Every(p[i] < c), Eq(p[i], x)])
def test_what_holds_at_one_size_is_not_said_of_all(known):
    line = theorem("hypothesis", known)
    told = (
        EveryPart(Every(p[i] < c)) if known.has(i) and not isinstance(known, Every) and not known.has(P) else EveryPart(known)
    )
    refused("speaks of the alphabet|speaks of no letter", "on_parts", told, line)


def test_equal_at_one_size_is_not_equal_at_all():
    """n = 2 here; that does not make n < 3 what 2 < 3 is, at every size."""
    two = Eq(n, 2)
    always = theorem("on_parts", EveryPart(at_most(2 * x, 2 * x)), theorem("sign", at_most(2 * x, 2 * x)))
    refused("does not turn", "rewrite", EveryPart(at_most(n * x, 2 * x)), two, always)
    refused("no premise says", "conjunction", And(EveryPart(at_most(n * x, 2 * x)), two), always, two)
    same = at_most(Supremum(2 * x), Supremum(2 * x))
    for stated in (at_most(Supremum(n * x), Supremum(2 * x)), Eq(Supremum(n * x), Supremum(2 * x), evaluate=False)):
        refused("does not turn", "rewrite", stated, two, same, Bounded(2 * x), Bounded(n * x))
        refused(
            "is not this combination|cannot be added up",
            "combination",
            stated,
            two,
            same,
            Bounded(2 * x),
            Bounded(n * x),
            weights=(0, 1),
        )


def test_equal_suprema_are_equal_numbers():
    same = Eq(whole(p[i]), x)
    known = theorem("rewrite", below(x, c), same, below(whole(p[i]), c))
    assert known.hypotheses == terms(same, whole(p[i]) < c)


@pytest.mark.parametrize("law", ["inside", "absolute"])
def test_a_certificate_does_not_reach_into_a_supremum(law):
    """Suprema of equal numbers are equal, if they are at every size; no law says so."""
    one, other = mk("sup", mul(rat(2), read(x))), mk("sup", mul(mk("size"), read(x)))
    step = Step("sign", le(one, other))
    premises = [theorem("hypothesis", s) for s in (Eq(n, 2), Bounded(2 * x), Bounded(n * x))]
    forged = Told(lambda _, question: ("with", ((law, one, other),), ("number",)) if question[0] == "sign" else None)
    with pytest.raises(Rejected):
        conclude(step, premises, None, forged)
    with pytest.raises(Rejected):
        conclude(step, premises, None, Search())


# -- suprema that are not there, or not reached together -------------------------------------------------------------------


def test_what_is_not_bounded_has_no_supremum():
    refused("nothing shows", "sup_upper", at_most(n, Supremum(n)))
    refused("speaks of the alphabet", "sup_least", at_most(Supremum(n), n), theorem("sign", at_most(n, n)))
    refused("speaks of the alphabet", "sup_least", Bounded(P), theorem("sign", at_most(P, P)))


def test_sums_that_go_up_and_down_do_not_reach_their_suprema_together():
    """1, 0, 1, 0, ... and -1, 0, -1, 0, ...: their sums are 0, their suprema 1 and 0."""
    level = theorem("at_size", P + total(q[i]) <= 0, EveryPart(P + total(q[i]) <= 0))
    goal = at_most(whole(p[i]) + whole(q[i]), 0)
    rises, falls = EveryPart(Every(p[i] >= 0)), EveryPart(Every(q[i] >= 0))
    for known in ([], [rises], [falls], [rises, rises], [Every(p[i] >= 0), Every(q[i] >= 0)]):
        refused("no premise says", "sup_together", goal, level, *known)
    assert theorem("sup_together", goal, level, rises, falls).hypotheses


def at_each_letter_and_size(number):
    """0 <= the number, at every letter and size."""
    line = theorem("every", every(le(rat(0), number)), theorem("sign", le(rat(0), number)))
    return theorem("on_parts", mk("parts", line.conclusion), line)


def test_sums_of_terms_that_change_with_the_alphabet_do_not_grow():
    """1/n and 1 - 1/n as sums of nonnegative terms: their sum is 1 at every size, and each of the two suprema is 1."""
    size = mk("size")
    falls, rises = ipow(size, -2), mul(sub(ONE, ipow(size, -1)), ipow(size, -1))
    for body in (falls, rises):
        assert at_each_letter_and_size(body)
    whole_of = [mk("sum", body) for body in (falls, rises)]
    level = theorem("combination", le(add(*whole_of), ONE), theorem("identity", eq(add(*whole_of), ONE)), weights=(1,))
    goal = le(add(*(mk("sup", s) for s in whole_of)), ONE)
    refused("speaks of the alphabet", "sup_together", goal, level, *map(at_each_letter_and_size, (falls, rises)))
    inner = mul(ipow(size, -1), mk("sum", mk("entry", "p", mk("bletter", 0))))
    nested = [mk("sum", mk("sum", mk("entry", "p", mk("bletter", 0)))), mk("sum", inner)]
    both = le(add(*nested), read(x))
    line = theorem("at_size", both, mk("parts", both))
    grow = [mk("parts", every(le(rat(0), s.args[0]))) for s in nested]
    refused("speaks of the alphabet", "sup_together", le(add(*(mk("sup", s) for s in nested)), read(x)), line, *grow)


# -- a uniform limit -------------------------------------------------------------------------------------------------------


def test_a_root_at_ends_that_speak_of_the_alphabet():
    goal = ExistsUnique(Eq(whole(p[i] / x), c), (x, n, b))
    falls = theorem("hypothesis", below(whole(p[i] / u), whole(p[i] / x)))
    refused(INTO, "root_of_sup", goal, falls, a > c, a > c, n <= b, POSITIVE)
    refused(INTO, "root", goal, falls, a > c, a > c, n <= b)


def test_a_supremum_of_sums_of_terms_that_change_with_the_alphabet_may_jump():
    """2 - x on [0, 1) and 0 at 1: it takes 1/2 nowhere. All else that the rule asks for is so."""
    goal, premises = nowhere(theorem)
    refused("speaks of the alphabet", "root_of_sup", goal, *premises)


# -- declared functions ----------------------------------------------------------------------------------------------------


def test_a_declared_function_does_not_change_with_the_alphabet(monkeypatch):
    """The inverse d of n (1/x - 1) at y is n/(n + y), and n <= y d/(1 - d); were d the same at every size, n were bounded."""
    monkeypatch.setattr(meaning, "_declared", {})
    monkeypatch.setattr(meaning, "_frozen", [])
    odds = sub(ipow(read(x), -1), ONE)
    for factor in (mk("size"), mk("sum", read(x)), mk("sum", mk("sum", ONE))):
        with pytest.raises(Malformed, match="speaks of the alphabet"):
            meaning.declare("size_inverse", mul(factor, odds), "x")
    function = mul(mk("sup", ipow(mk("size"), -1)), odds)
    assert meaning.declare("size_inverse", function, "x").function is function
