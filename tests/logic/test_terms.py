"""Terms: what may be made, that nothing is evaluated, and what is replaced, bound and differentiated."""

from __future__ import annotations

import copy
import itertools
import pickle
from fractions import Fraction

import pytest
from speech import B0, B1, F0, F1, II, JJ, R0, R1, X, Y, Z, exp, log, p, q, s

from focal_symbolic.logic import fuel, terms
from focal_symbolic.logic.terms import (
    BITS,
    DEPTH,
    EXPONENT,
    EXTENDED,
    INFINITY,
    LETTER,
    MINUS,
    NODES,
    NUMBER,
    ONE,
    SIGNATURE,
    SIZE,
    STATEMENT,
    TEMPLATE,
    TRUE,
    ZERO,
    Malformed,
    Term,
    abstract,
    add,
    close_real,
    derivative,
    eq,
    every,
    free,
    in_order,
    instantiate,
    ipow,
    is_rigid,
    is_stated,
    le,
    letters,
    lt,
    mk,
    mul,
    ne,
    neg,
    negated,
    open_real,
    rat,
    rebuild,
    rpow,
    shift,
    slack,
    sub,
    substitute,
    subterms,
    total,
    value,
)

HALF = rat(Fraction(1, 2))
LESS = lt(X, Y)
CASES = mk("cases", X, LESS, INFINITY, TRUE)
ONE_OF_EACH = {
    "rat": ((1, 2), NUMBER),
    "var": (("x",), NUMBER),
    "size": ((), NUMBER),
    "breal": ((0,), NUMBER),
    "letter": (("i",), LETTER),
    "fresh": ((0,), LETTER),
    "bletter": ((0,), LETTER),
    "image": (("s", II), LETTER),
    "entry": (("p", II), NUMBER),
    "add": ((X, Y), NUMBER),
    "mul": ((X, Y), NUMBER),
    "ipow": ((X, 2), NUMBER),
    "rpow": ((X, Y), NUMBER),
    "log": ((X,), NUMBER),
    "exp": ((X,), NUMBER),
    "abs": ((X,), NUMBER),
    "sum": ((X,), NUMBER),
    "decl": (("f", X), NUMBER),
    "sup": ((X,), NUMBER),
    "oo": ((), EXTENDED),
    "cases": ((X, LESS, INFINITY, TRUE), EXTENDED),
    "esum": ((INFINITY,), EXTENDED),
    "lt": ((X, Y), STATEMENT),
    "le": ((X, Y), STATEMENT),
    "eq": ((X, Y), STATEMENT),
    "ne": ((X, Y), STATEMENT),
    "and": ((LESS, TRUE), STATEMENT),
    "or": ((LESS, TRUE), STATEMENT),
    "not": ((LESS,), STATEMENT),
    "implies": ((LESS, TRUE), STATEMENT),
    "iff": ((LESS, TRUE), STATEMENT),
    "every": ((LESS,), STATEMENT),
    "one": ((X, Y, LESS), STATEMENT),
    "bijection": (("s",), STATEMENT),
    "finite": ((INFINITY,), STATEMENT),
    "bounded": ((X,), STATEMENT),
    "parts": ((LESS,), STATEMENT),
    "true": ((), STATEMENT),
    "template": ((X,), TEMPLATE),
}
OF_EACH_SORT = (X, INFINITY, II, LESS, mk("template", X), "name", 3)
ONE_LIKE = {NUMBER: X, EXTENDED: INFINITY, LETTER: II, STATEMENT: LESS}


def test_there_is_an_example_of_each_operation():
    assert ONE_OF_EACH.keys() == SIGNATURE.keys()


@pytest.mark.parametrize("op", ONE_OF_EACH)
def test_an_operation_is_of_its_sort_and_keeps_its_arguments(op):
    args, sort = ONE_OF_EACH[op]
    t = mk(op, *args)
    assert (t.op, t.sort) == (op, sort)
    assert set(t.args) == set(args)
    assert len(t.args) == len(args)


@pytest.mark.parametrize("op", ONE_OF_EACH)
def test_an_operation_takes_its_number_of_arguments(op):
    args, _ = ONE_OF_EACH[op]
    more = {"add", "mul", "and", "or", "decl"}
    if args:
        with pytest.raises(Malformed):
            mk(op, *args[:-1])
    longer = (*args, args[-1] if args else X)
    if op in more:
        assert len(mk(op, *longer).args) == len(args) + 1
    else:
        with pytest.raises(Malformed):
            mk(op, *longer)


@pytest.mark.parametrize(("op", "place"), [(op, k) for op, (args, _) in ONE_OF_EACH.items() for k in range(len(args))])
def test_an_argument_of_another_sort_is_refused(op, place):
    args, _ = ONE_OF_EACH[op]
    right = args[place]
    for other in OF_EACH_SORT:
        alike = type(other) is type(right) and (type(other) is not Term or other.sort == right.sort)
        if alike or (op == "cases" and place in (0, 2) and type(other) is Term and other.sort in (NUMBER, EXTENDED)):
            continue
        with pytest.raises(Malformed):
            mk(op, *args[:place], other, *args[place + 1 :])


def test_a_value_by_cases_has_pairs_of_a_value_and_a_case_and_ends_in_true():
    assert mk("cases", X, LESS, Y, TRUE).sort == EXTENDED
    assert mk("cases", X, LESS, INFINITY, eq(X, Y), CASES, TRUE).args[4] is CASES
    for args in (
        (X, TRUE),
        (X, LESS, Y),
        (X, LESS, Y, LESS),
        (X, LESS, Y, TRUE, Z),
        (X, LESS, Y, LESS, Z, Z),
        (X, LESS, Y, TRUE, X, LESS),
    ):
        with pytest.raises(Malformed):
            mk("cases", *args)


@pytest.mark.parametrize("bad", [True, 1.0, Fraction(1), "1", None, ZERO])
def test_a_literal_is_of_its_exact_type_even_where_it_equals_one_that_was_made(bad):
    assert mk("rat", 1, 1) is ONE
    with pytest.raises(Malformed):
        mk("rat", bad, 1)
    assert mk("ipow", X, 1).args == (X, 1)
    with pytest.raises(Malformed):
        mk("ipow", X, bad)


def test_a_name_is_of_the_exact_type_of_text():
    class Name(str):
        __slots__ = ()

    for op in ("var", "letter", "bijection"):
        assert mk(op, "x").args == ("x",)
        for bad in (Name("never_made_before"), Name("x"), b"x"):
            with pytest.raises(Malformed):
                mk(op, bad)


def test_what_cannot_be_a_key_is_no_argument():
    for op in ("add", "and", "log", "var"):
        with pytest.raises(Malformed):
            mk(op, [X], [Y])
        with pytest.raises(Malformed):
            mk(op, [X])


@pytest.mark.parametrize("op", ["plus", "", "Add", "sums"])
def test_there_is_no_other_operation(op):
    with pytest.raises(Malformed, match="no such operation"):
        mk(op, X, Y)


def test_an_operation_is_of_the_exact_type_of_text():
    class Name(str):
        __slots__ = ()

    with pytest.raises(Malformed):
        mk(Name("log"), add(X, rat(771_003)))  # no test has made it: a term that is there already is found by its key


@pytest.mark.parametrize("op", ["var", "letter", "image", "entry", "decl", "bijection"])
@pytest.mark.parametrize("name", ["", "1x", "_x", "x y", "x-", "x) & (1", "é", "x\n", "x'"])
def test_names_are_letters_digits_and_underscores(op, name):
    args = ONE_OF_EACH[op][0]
    assert mk(op, "Ab_9", *args[1:]).args[0] == "Ab_9"
    with pytest.raises(Malformed):
        mk(op, name, *args[1:])


@pytest.mark.parametrize("op", ["fresh", "bletter", "breal"])
def test_indices_are_counted_from_nought(op):
    assert mk(op, NODES - 1).args == (NODES - 1,)
    for k in (-1, NODES):
        with pytest.raises(Malformed):
            mk(op, k)


def test_rationals_are_in_lowest_terms_with_a_positive_denominator():
    assert rat(Fraction(-3, 6)) is mk("rat", -1, 2)
    for a, b in ((2, 4), (1, 0), (1, -1), (0, 2), (-2, 2), (0, 0)):
        with pytest.raises(Malformed):
            mk("rat", a, b)


def test_rationals_are_of_so_many_bits():
    most = 2**BITS - 1
    for c in (Fraction(most), Fraction(-most), Fraction(1, most)):
        assert value(rat(c)) == c
    for c in (Fraction(most + 1), Fraction(-most - 1), Fraction(1, most + 1)):
        with pytest.raises(Malformed):
            rat(c)


def test_integer_exponents_are_bounded():
    for k in (EXPONENT, -EXPONENT):
        assert ipow(X, k).args[1] == k
        with pytest.raises(Malformed):
            ipow(X, k + (1 if k > 0 else -1))


def test_the_bounds():
    assert (DEPTH, NODES, BITS, EXPONENT) == (100, 100_000, 8192, 100_000)


def test_terms_are_of_so_many_levels():
    t = X
    for level in range(2, DEPTH + 1):
        t = exp(t)
        assert t.depth == level
    with pytest.raises(Malformed, match="levels"):
        exp(t)


def test_terms_are_of_so_many_nodes_counted_with_repetition():
    assert (X.nodes, exp(X).nodes, add(X, exp(X), X).nodes, ipow(X, 3).nodes) == (1, 2, 5, 2)
    half = add(*[X] * (NODES // 2 - 1))
    assert half.nodes == NODES // 2
    whole = lt(half, add(*[X] * (NODES // 2 - 2)))
    assert whole.nodes == NODES
    with pytest.raises(Malformed, match="nodes"):
        lt(half, half)


# -- one object for one term -----------------------------------------------------------------------------------------------


def test_a_term_is_one_object():
    t = mul(add(X, HALF), p(II))
    assert mul(p(II), add(HALF, X)) is t
    for again in (copy.copy(t), copy.deepcopy(t), pickle.loads(pickle.dumps(t))):
        assert again is t
    assert copy.deepcopy((t, X)) == (t, X)


def test_a_term_is_made_by_mk_and_does_not_change():
    with pytest.raises(Malformed, match="made by mk"):
        Term("log", X)
    with pytest.raises(Malformed, match="made by mk"):
        Term()
    with pytest.raises(Malformed, match="does not change"):
        X.op = "size"
    assert X.op == "var"


def test_different_terms_have_different_digests():
    made = [mk(op, *args) for op, (args, _) in ONE_OF_EACH.items()]
    made += [X, Y, mk("var", "n"), exp(Y), log(Y), mk("sum", p(B0)), mk("sum", X), ipow(X, 23), ipow(ipow(X, 2), 3)]
    made += [rat(12), rat(Fraction(1, 2)), rat(Fraction(11, 2)), mk("decl", "f", X, Y), mk("decl", "f", Y, X), lt(Y, X)]
    made += [mk("and", LESS, TRUE), mk("implies", LESS, TRUE), mk("implies", TRUE, LESS)]
    made = list(dict.fromkeys(made))
    assert len({t.digest for t in made}) == len(made)
    assert {len(t.digest) for t in made} == {8}


def test_the_digest_of_a_term_is_the_same_in_every_process():
    assert mul(add(X, HALF), p(II)).digest.hex() == "40b19c8a718ada1b"
    assert mk("one", X, Y, lt(R0, SIZE)).digest.hex() == "6029d6337c7561a1"


def test_terms_show_as_a_line():
    assert repr(lt(X, ONE)) == "x < 1"


# -- nothing is evaluated --------------------------------------------------------------------------------------------------


def test_sums_and_products_are_flattened_and_sorted_and_that_is_all():
    assert set(add(add(X, Y), Z).args) == {X, Y, Z}
    assert add(add(X, Y), Z) is add(Z, add(Y, X))
    assert mul(mul(X, Y), Z) is mul(Z, Y, X)
    assert len(add(X, X, ZERO).args) == 3
    assert len(mul(X, ZERO, ONE, log(Y)).args) == 4
    assert len(add(mul(X, Y), Z).args) == 2
    assert len(mul(add(X, Y), Z).args) == 2
    assert list(add(X, Y, Z).args) == in_order({X, Y, Z})
    assert ipow(X, 0).op == "ipow"
    assert add(ONE, ONE) is not rat(2)


@pytest.mark.parametrize("op", ["and", "or"])
def test_conjunctions_and_disjunctions_are_sorted_and_not_flattened(op):
    a, b, c = lt(X, Y), eq(X, Y), TRUE
    for order in itertools.permutations((a, b, c)):
        assert mk(op, *order) is mk(op, a, b, c)
    assert mk(op, mk(op, a, b), c).args != mk(op, a, b, c).args
    assert mk(op, a, a).args == (a, a)


def test_the_sides_of_an_equivalence_are_sorted_those_of_an_implication_are_not():
    assert mk("iff", LESS, TRUE) is mk("iff", TRUE, LESS)
    assert mk("implies", LESS, TRUE) is not mk("implies", TRUE, LESS)
    for op in ("lt", "le", "eq", "ne", "rpow"):
        assert mk(op, X, Y).args == (X, Y)
        assert mk(op, Y, X).args == (Y, X)


def test_the_arguments_of_terms_that_are_terms():
    assert p(II).terms == [II]
    assert ipow(X, 2).terms == [X]
    assert lt(X, Y).terms == [X, Y]
    assert rat(2).terms == []


# -- constructors ----------------------------------------------------------------------------------------------------------


def test_constants():
    assert [value(t) for t in (ZERO, ONE, MINUS, HALF)] == [0, 1, -1, Fraction(1, 2)]
    assert [t.op for t in (SIZE, TRUE, INFINITY)] == ["size", "true", "oo"]
    assert value(X) is None


def test_sums_and_products_of_few_terms():
    assert add() is ZERO
    assert mul() is ONE
    assert add(X) is X
    assert mul(X) is X
    assert add(X, Y) is mk("add", X, Y)
    assert mul(X, Y) is mk("mul", X, Y)


def test_constructors_of_operations():
    assert ipow(X, -2) is mk("ipow", X, -2)
    assert rpow(X, Y) is mk("rpow", X, Y)
    assert total(p(B0)) is mk("sum", p(B0))
    assert every(lt(ZERO, p(B0))) is mk("every", lt(ZERO, p(B0)))
    for made, op in ((lt, "lt"), (le, "le"), (eq, "eq"), (ne, "ne")):
        assert made(X, Y) is mk(op, X, Y)


def test_negation_and_differences():
    assert neg(HALF) is rat(Fraction(-1, 2))
    assert neg(X) is mul(MINUS, X)
    assert sub(X, Y) is add(X, mul(MINUS, Y))
    assert sub(X, ZERO) is X
    assert sub(ZERO, X) is mul(MINUS, X)
    assert sub(ZERO, ZERO) is ZERO
    assert sub(X, ONE) is add(X, MINUS)


def test_the_slack_of_a_relation_is_larger_less_smaller_or_left_less_right():
    assert slack(lt(X, Y)) is sub(Y, X)
    assert slack(le(X, Y)) is sub(Y, X)
    assert slack(eq(X, Y)) is sub(X, Y)
    assert slack(ne(X, Y)) is sub(X, Y)


def test_the_opposite_of_a_relation():
    assert negated(lt(X, Y)) is le(Y, X)
    assert negated(le(X, Y)) is lt(Y, X)
    assert negated(eq(X, Y)) is ne(X, Y)
    assert negated(ne(X, Y)) is eq(X, Y)


# -- names -----------------------------------------------------------------------------------------------------------------


def test_free_names_with_their_kinds():
    assert free(X) == {("var", "x")}
    assert free(p(II)) == {("entry", "p"), ("letter", "i")}
    assert free(p(s(F0))) == {("entry", "p"), ("image", "s"), ("fresh", 0)}
    assert free(mk("bijection", "s")) == {("image", "s")}
    assert free(total(p(B0))) == {("entry", "p")}
    assert free(mk("decl", "f", X)) == {("var", "x")}
    assert free(add(SIZE, R0, ipow(Y, 2))) == {("var", "y")}
    assert free(HALF) == frozenset()


def test_letters_that_are_not_bound():
    assert letters(add(p(s(II)), q(JJ))) == {s(II), II, JJ}
    assert letters(total(mul(p(B0), q(F0)))) == {F0}
    assert letters(total(p(s(B0)))) == frozenset()
    assert letters(X) == frozenset()


def test_what_may_be_stated_is_closed_and_has_no_letter_of_a_checker():
    assert is_stated(lt(p(II), total(p(B0))))
    assert is_stated(mk("one", ZERO, ONE, eq(R0, X)))
    for t in (p(B0), R0, p(F0), total(p(B1)), mk("one", ZERO, ONE, eq(R1, X)), p(s(F0)), lt(R0, X)):
        assert not is_stated(t)


def test_each_part_of_a_term_comes_once():
    t = lt(add(X, exp(X)), total(p(B0)))
    found = list(subterms(t))
    assert set(found) == {t, add(X, exp(X)), X, exp(X), total(p(B0)), p(B0), B0}
    assert len(found) == len(set(found))
    assert found[0] is t


def test_loose_letters_and_reals_are_counted_from_the_inside():
    assert p(B0).loose == (1, 0)
    assert p(B1).loose == (2, 0)
    assert total(p(B0)).loose == (0, 0)
    assert total(p(B1)).loose == (1, 0)
    assert total(X).loose == (0, 0)
    assert R1.loose == (0, 2)
    assert mk("one", R0, R1, eq(R0, R1)).loose == (0, 2)
    assert mk("one", X, Y, eq(R0, R1)).loose == (0, 1)
    assert mk("one", X, Y, eq(R0, p(B0))).loose == (1, 0)
    assert mk("one", X, R0, TRUE).loose == (0, 1)
    assert add(p(B1), R1).loose == (2, 2)
    for binder in (total, every, lambda t: mk("template", t), lambda t: mk("esum", mk("cases", t, TRUE, t, TRUE))):
        t = lt(p(B0), R0) if binder is every else add(p(B0), R0)
        assert binder(t).loose == (0, 1)


# -- substitution ----------------------------------------------------------------------------------------------------------


def test_rebuilding_tells_each_part_how_many_binders_more_it_is_under():
    seen = []

    def part(t, letter, real):
        seen.append((t, letter, real))
        return t

    t = mk("one", X, Y, lt(X, R0))
    assert rebuild(t, part) is t
    assert seen == [(X, False, False), (Y, False, False), (lt(X, R0), False, True)]
    seen.clear()
    assert rebuild(total(p(B0)), part) is total(p(B0))
    assert seen == [(p(B0), True, False)]
    assert rebuild(p(II), lambda *_: JJ) is p(JJ)
    assert rebuild(ipow(X, 2), lambda *_: Y) is ipow(Y, 2)


def test_loose_letters_are_shifted():
    assert shift(add(p(B0), p(B1)), 3) is add(p(mk("bletter", 3)), p(mk("bletter", 4)))
    assert shift(add(p(B0), p(B1)), 1, 1) is add(p(B0), p(mk("bletter", 2)))
    assert shift(total(mul(p(B0), p(B1))), 2) is total(mul(p(B0), p(mk("bletter", 3))))
    assert shift(p(B1), -1) is p(B0)
    assert shift(total(p(B0)), 5) is total(p(B0))


def test_a_body_is_opened_at_a_letter():
    assert instantiate(mul(p(B0), q(B0)), II) is mul(p(II), q(II))
    assert instantiate(mul(p(B0), p(B1)), II) is mul(p(II), p(B0))
    assert instantiate(mul(p(mk("bletter", 5)), p(mk("bletter", 2))), II) is mul(p(mk("bletter", 4)), p(B1))
    assert instantiate(total(mul(p(B0), p(B1))), II) is total(mul(p(B0), p(II)))
    assert instantiate(total(mul(p(B0), p(B1))), B0) is total(mul(p(B0), p(B1)))
    assert instantiate(total(mul(p(B0), p(B1))), s(B1)) is total(mul(p(B0), p(s(mk("bletter", 2)))))
    assert instantiate(X, II) is X
    assert instantiate(p(s(B0)), JJ) is p(s(JJ))
    assert instantiate(total(total(mul(p(B0), p(B1), p(mk("bletter", 2))))), II) is total(total(mul(p(B0), p(B1), p(II))))


def test_a_letter_is_bound():
    assert abstract(mul(p(II), q(JJ)), II) is mul(p(B0), q(JJ))
    assert abstract(mul(p(F0), q(F1)), F0) is mul(p(B0), q(F1))
    assert abstract(total(mul(p(B0), q(II))), II) is total(mul(p(B0), q(B1)))
    assert abstract(p(s(II)), II) is p(s(B0))
    assert abstract(X, II) is X
    assert abstract(mk("one", X, Y, lt(R0, p(II))), II) is mk("one", X, Y, lt(R0, p(B0)))
    assert instantiate(abstract(total(mul(p(B0), q(II))), II), II) is total(mul(p(B0), q(II)))


def test_only_a_free_letter_of_a_closed_term_is_bound():
    for t, at in ((p(B0), II), (p(II), s(II)), (p(II), B0), (add(p(II), p(B1)), II), (X, X)):
        with pytest.raises(Malformed, match="closed"):
            abstract(t, at)


def test_a_letter_named_like_a_family_or_variable_is_another():
    x = mk("letter", "x")
    t = add(mk("entry", "x", x), mk("var", "x"), mk("entry", "x", mk("image", "x", x)))
    assert abstract(t, x) is add(mk("entry", "x", B0), mk("var", "x"), mk("entry", "x", mk("image", "x", B0)))
    assert close_real(t, "x") is add(mk("entry", "x", x), R0, mk("entry", "x", mk("image", "x", x)))
    assert abstract(p(mk("fresh", 0)), mk("letter", "i")) is p(F0)


def test_a_real_is_bound_and_opened():
    body = close_real(eq(add(X, Y), total(mul(X, p(B0)))), "x")
    assert body is eq(add(R0, Y), total(mul(R0, p(B0))))
    assert open_real(body, Z) is eq(add(Z, Y), total(mul(Z, p(B0))))
    inner = mk("one", X, Y, eq(add(R0, X), Z))
    assert close_real(inner, "x") is mk("one", R0, Y, eq(add(R0, R1), Z))
    assert open_real(close_real(inner, "x"), Z) is mk("one", Z, Y, eq(add(R0, Z), Z))
    assert open_real(add(R0, R1), X) is add(X, R0)
    assert open_real(add(R0, mk("breal", 3)), X) is add(X, mk("breal", 2))
    assert open_real(X, Y) is X
    within = mk("one", R0, ONE, eq(add(R0, mul(R1, X)), R1))
    assert open_real(within, Z) is mk("one", Z, ONE, eq(add(R0, mul(Z, X)), Z))
    twice = mk("one", ZERO, R0, mk("one", R0, R1, eq(add(R0, R1), mk("breal", 2))))
    assert open_real(twice, Z) is mk("one", ZERO, Z, mk("one", R0, Z, eq(add(R0, R1), Z)))
    assert close_real(Y, "x") is Y


def test_reals_are_bound_in_closed_terms_and_opened_at_closed_numbers():
    with pytest.raises(Malformed, match="closed"):
        close_real(add(R0, X), "x")
    for at in (R0, p(B0)):
        with pytest.raises(Malformed, match="closed"):
            open_real(eq(R0, X), at)
    assert close_real(mul(X, p(B0)), "x") is mul(R0, p(B0))


def test_free_names_are_replaced_all_at_once():
    mapping = {("var", "x"): Y, ("var", "y"): X, ("letter", "i"): s(JJ)}
    assert substitute(add(X, Y, p(II), q(JJ)), mapping) is add(Y, X, p(s(JJ)), q(JJ))
    assert substitute(total(mul(X, p(B0))), {("var", "x"): p(II)}) is total(mul(p(II), p(B0)))
    assert substitute(mk("one", X, Y, lt(R0, X)), {("var", "x"): Z}) is mk("one", Z, Y, lt(R0, Z))
    assert substitute(lt(X, Y), {}) is lt(X, Y)
    assert substitute(mk("letter", "x"), {("var", "x"): Y}) is mk("letter", "x")
    assert substitute(X, {("letter", "x"): II}) is X


def test_a_family_is_replaced_by_a_template():
    square = mk("template", mul(q(B0), q(B0), X))
    mapping = {("entry", "p"): square}
    assert substitute(add(p(II), q(II)), mapping) is add(mul(q(II), q(II), X), q(II))
    assert substitute(total(p(B0)), mapping) is total(mul(q(B0), q(B0), X))
    assert substitute(total(total(mul(p(B0), p(B1)))), mapping) is total(total(mul(mul(q(B0), q(B0), X), mul(q(B1), q(B1), X))))
    assert substitute(p(s(II)), {**mapping, ("letter", "i"): JJ}) is mul(q(s(JJ)), q(s(JJ)), X)
    summed = mk("template", total(mul(q(B0), p(B1))))
    assert substitute(total(p(B0)), {("entry", "p"): summed}) is total(total(mul(q(B0), p(B1))))


def test_what_is_put_in_is_closed_and_is_not_looked_at_again():
    with pytest.raises(Malformed, match="closed"):
        substitute(X, {("var", "x"): p(B0)})
    with pytest.raises(Malformed, match="closed"):
        substitute(X, {("var", "x"): R0})
    assert substitute(X, {("var", "x"): add(X, ONE)}) is add(X, ONE)


def test_a_family_of_letters_is_not_replaced():
    assert substitute(p(s(II)), {("image", "s"): II}) is p(s(II))
    assert substitute(mk("bijection", "s"), {("image", "s"): II}) is mk("bijection", "s")


# -- derivatives -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (X, ONE),
        (Y, ZERO),
        (HALF, ZERO),
        (log(Y), ZERO),
        (mk("abs", Y), ZERO),
        (add(X, Y, X), add(ONE, ONE)),
        (mul(X, Y), mul(ONE, Y)),
        (ipow(X, 3), mul(rat(3), ipow(X, 2), ONE)),
        (ipow(exp(X), -1), mul(rat(-1), ipow(exp(X), -2), mul(exp(X), ONE))),
        (rpow(X, Y), add(mul(Y, rpow(X, sub(Y, ONE)), ONE), ZERO)),
        (rpow(Y, X), add(ZERO, mul(rpow(Y, X), log(Y), ONE))),
        (rpow(X, X), add(mul(X, rpow(X, sub(X, ONE)), ONE), mul(rpow(X, X), log(X), ONE))),
        (log(X), mul(ipow(X, -1), ONE)),
        (exp(X), mul(exp(X), ONE)),
        (total(mul(X, p(B0))), total(mul(ONE, p(B0)))),
    ],
)
def test_derivatives(t, expected):
    assert derivative(t, "x") is expected


def test_the_derivative_of_a_product_leaves_each_factor_out_once():
    a, b, c = X, exp(X), log(X)
    d = {t: derivative(t, "x") for t in (a, b, c)}
    assert derivative(mul(a, b, c, Y), "x") is add(mul(d[a], b, c, Y), mul(a, d[b], c, Y), mul(a, b, d[c], Y))


@pytest.mark.parametrize("t", [mk("abs", X), mk("decl", "f", X), CASES, lt(X, Y)])
def test_other_operations_are_not_differentiated(t):
    with pytest.raises(Malformed, match="not differentiated"):
        derivative(t, "x")


def test_terms_come_in_the_order_of_their_digests():
    assert in_order({X, Y, Z}) == sorted([X, Y, Z], key=lambda t: t.digest)
    assert in_order([X, X]) == [X, X]


def test_making_a_term_costs_as_much_as_it_has_arguments_whether_it_was_made_before_or_not():
    wide = [mk("var", f"never{k}") for k in range(50)]
    for _ in range(2):
        before = fuel.spent()
        add(*wide)
        assert fuel.spent() - before == 51
    before = fuel.spent()
    assert len(list(subterms(add(X, Y)))) == 3
    assert fuel.spent() - before == 3 + 3


def test_all_that_is_named_is_there():
    assert all(hasattr(terms, name) for name in terms.__all__)


# -- what is read at every size of the alphabet ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "t",
    [
        X,
        rat(2),
        add(X, Y),
        mk("sup", SIZE),
        mk("bounded", total(p(B0))),
        mk("parts", every(lt(X, p(B0)))),
        mk("template", p(B0)),
        R0,
    ],
)
def test_what_says_the_same_at_every_size(t):
    assert is_rigid(t)
    assert is_rigid(lt(X, t)) if t.sort == NUMBER else True


@pytest.mark.parametrize(
    "t",
    [
        SIZE,
        total(X),
        p(II),
        p(F0),
        p(s(II)),
        every(lt(X, Y)),
        mk("bijection", "s"),
        mk("esum", INFINITY),
        mul(X, ipow(SIZE, 2)),
    ],
)
def test_what_speaks_of_the_alphabet(t):
    assert not is_rigid(t)
    assert not is_rigid(add(X, t)) if t.sort == NUMBER else True


def test_each_part_that_is_looked_at_for_the_alphabet_costs_one():
    for t, looked_at in ((X, 1), (add(X, mul(Y, Z)), 5), (mk("sup", mul(SIZE, X)), 1), (SIZE, 1)):
        before = fuel.spent()
        is_rigid(t)
        assert fuel.spent() - before == looked_at


@pytest.mark.parametrize("op", ["sup", "bounded", "parts"])
def test_nothing_that_speaks_of_the_alphabet_is_put_into_what_is_read_at_every_size(op):
    def held(t):
        return mk(op, lt(ZERO, t) if op == "parts" else t)

    assert substitute(held(X), {("var", "x"): add(Y, mk("sup", SIZE))}) is held(add(Y, mk("sup", SIZE)))
    assert substitute(held(total(p(B0))), {("entry", "p"): mk("template", mul(X, q(B0)))}) is held(total(mul(X, q(B0))))
    assert substitute(held(X), {("var", "y"): SIZE, ("letter", "i"): JJ}) is held(X)
    assert substitute(held(X), {("var", "x"): Z, ("var", "y"): SIZE}) is held(Z)
    assert substitute(lt(Y, mk("sup", X)), {("var", "x"): Z, ("var", "y"): SIZE}) is lt(SIZE, mk("sup", Z))
    for put in (SIZE, total(q(B0)), p(II)):
        with pytest.raises(Malformed, match="is not put into what is read at every size"):
            substitute(held(X), {("var", "x"): put})
        with pytest.raises(Malformed, match="is not put into what is read at every size"):
            open_real(held(R0), put)
    with pytest.raises(Malformed, match="is not put into what is read at every size"):
        substitute(held(total(p(B0))), {("entry", "p"): mk("template", mul(SIZE, q(B0)))})
    for one, other in ((SIZE, Z), (Z, SIZE)):  # one that does is enough
        with pytest.raises(Malformed, match="is not put into what is read at every size"):
            substitute(held(mul(X, Y)), {("var", "x"): one, ("var", "y"): other})
    assert open_real(held(R0), Y) is held(Y)
    assert close_real(held(Y), "y") is held(R0)
