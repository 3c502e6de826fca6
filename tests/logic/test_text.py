"""Derivations and declarations as text: what is written is read again, and nothing else is read."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from oracle import term
from speech import B0, II, R0, C, X, Y, Z, exp, log, p, s

from focal_symbolic.logic.certificates import named
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.meaning import Declaration
from focal_symbolic.logic.stored import Stored, key_of
from focal_symbolic.logic.terms import (
    EXTENDED,
    INFINITY,
    NUMBER,
    ONE,
    SIZE,
    STATEMENT,
    TRUE,
    ZERO,
    Malformed,
    add,
    eq,
    every,
    ipow,
    lt,
    mk,
    mul,
    rat,
    total,
)
from focal_symbolic.logic.text import Derivation, declared_text, read_declarations, read_derivations, term_lines, text_of

HALF = rat(Fraction(1, 2))
GOAL = lt(ZERO, add(X, exp(Y)))


def derivation(*steps, name="file/claim", assumptions=(), goal=GOAL, **kept):
    return Derivation(name, tuple(assumptions), goal, steps or (Step("sign", goal),), **kept)


def read(text):
    """The derivations of a text."""
    return list(read_derivations(text))


def lines_of(t):
    """The lines that name a term."""
    return list(term_lines([t]))


def claim(*lines, end=True):
    """The text of a claim with these lines."""
    return "\n".join(["claim a", *lines, *(["end"] if end else []), ""])


# -- terms as lines --------------------------------------------------------------------------------------------------------


def test_small_terms_are_written_in_full_and_larger_ones_by_name_parts_first():
    small = log(X)
    large = add(small, small, exp(Y))
    t = lt(ZERO, large)
    assert lines_of(t) == [
        f"term {named(large)[1:]} (add {' '.join('(log (var x))' if a is small else '(exp (var y))' for a in large.args)})",
        f"term {named(t)[1:]} (lt 0 {named(large)})",
    ]


def test_a_term_that_is_asked_for_is_named_however_small():
    assert lines_of(X) == [f"term {named(X)[1:]} (var x)"]
    assert lines_of(exp(X)) == [f"term {named(exp(X))[1:]} (exp (var x))"]
    assert lines_of(ONE) == []
    assert lines_of(SIZE) == []
    assert list(term_lines([log(exp(X)), exp(X)])) == [
        f"term {named(exp(X))[1:]} (exp (var x))",
        f"term {named(log(exp(X)))[1:]} (log (exp (var x)))",
    ]


def test_terms_of_three_nodes_are_inline_and_of_four_are_not():
    three, four = log(exp(X)), log(log(exp(X)))
    assert three.nodes == 3
    assert lines_of(mk("not", lt(three, X)))[0].startswith(f"term {named(lt(three, X))[1:]} (lt (log (exp (var x))) (var x))")
    assert lines_of(lt(four, X))[0] == f"term {named(four)[1:]} (log (log (exp (var x))))"
    assert lines_of(lt(four, X))[1] == f"term {named(lt(four, X))[1:]} (lt {named(four)} (var x))"


def test_each_term_has_one_line():
    large = add(X, Y, Z, C)
    assert len(list(term_lines([lt(large, exp(large)), lt(exp(large), large), large]))) == 4


@pytest.mark.parametrize("sort", [NUMBER, EXTENDED, STATEMENT])
def test_random_terms_are_read_again(sort):
    draw = random.Random(f"text {sort}")
    terms = [term(draw, sort, draw.randint(1, 12)) for _ in range(40)]
    wrapped = [t if sort == STATEMENT else lt(t, t) if sort == NUMBER else mk("finite", t) for t in terms]
    d = derivation(Step("sign", wrapped[0], (), (("terms", tuple(wrapped)),)), goal=wrapped[-1])
    (again,) = read(text_of(d))
    assert again.steps == d.steps
    assert again.goal is d.goal


@pytest.mark.parametrize(
    "t",
    [
        *(lt(HALF, SIZE), mk("one", ZERO, ONE, eq(R0, X)), every(lt(ZERO, p(B0))), mk("bijection", "s"), TRUE, lt(p(s(II)), X)),
        *(
            lt(ipow(X, -3), Y),
            mk("finite", mk("cases", X, lt(X, Y), INFINITY, TRUE)),
            eq(total(p(B0)), rat(-7)),
            lt(mul(X, Y), ONE),
        ),
        lt(mk("decl", "f", X, Y), mk("rpow", X, Y)),
    ],
)
def test_each_kind_of_term_is_read_again(t):
    assert read(text_of(derivation(goal=t)))[0].goal is t


# -- derivations -----------------------------------------------------------------------------------------------------------


def test_the_text_of_a_derivation():
    replaced = ((("var", "x"), Y), (("letter", "i"), II))
    steps = (Step("hypothesis", lt(ZERO, X)), Step("instance", GOAL, (0, 0), (("replace", replaced), ("of", ONE))))
    d = derivation(*steps, assumptions=(lt(ZERO, X),), answers={"9f sign #1 4": "(exp)", "a": "(any)"})
    h, g, y, i = (named(t) for t in (lt(ZERO, X), GOAL, Y, II))
    assert text_of(d, [["none", "a"], ["9f sign #1 4", "a"]]).splitlines() == [
        "claim file/claim",
        *term_lines([lt(ZERO, X), GOAL, Y, II]),
        f"assume {h}",
        f"goal {g}",
        f"step hypothesis {h} ()",
        "  a: (any)",
        f"step instance {g} (1 1) (replace ((('var 'x) {y}) (('letter 'i) {i}))) (of 1)",
        "  9f sign #1 4: (exp)",
        "end",
    ]
    assert text_of(d).endswith("end\n")


def test_a_derivation_is_read_as_it_was_written():
    steps = (
        Step("hypothesis", lt(ZERO, X)),
        Step("instance", GOAL, (0, 0), (("replace", ((("var", "x"), log(Y)), (("letter", "i"), II))), ("name", "lemma/one"))),
        Step("combination", GOAL, (1, 0), (("weights", (ONE, X, HALF)), ("empty", ()))),
    )
    table = {named(t): t for t in (add(X, Y, Z), C)}
    d = derivation(
        *steps, assumptions=(lt(ZERO, X), lt(ZERO, Y)), answers={"k one": "(any)", "k two": "(equals #1 (any))"}, table=table
    )
    (again,) = read(text_of(d, [["k two"]]))
    assert (again.name, again.assumptions, again.goal, again.steps) == (d.name, d.assumptions, d.goal, d.steps)
    assert again.answers == d.answers
    assert all(again.table[name] is t for name, t in table.items())


def test_a_goal_of_which_no_step_speaks_is_read_again():
    goal = lt(add(X, Y, Z, C), log(X))
    (again,) = read(text_of(Derivation("file/claim", (), goal, (Step("sign", GOAL),), {}, {})))
    assert again.goal is goal


def test_certificates_stand_below_the_first_step_that_asks_and_the_rest_at_the_end():
    steps = (Step("sign", GOAL), Step("sign", GOAL), Step("sign", GOAL))
    answers = {"later": "(any)", "first": "(exp)", "never": "(size)", "second": "(number)"}
    found = text_of(derivation(*steps, answers=answers), [["first"], ["second", "first", "unknown"]]).splitlines()
    step = f"step sign {named(GOAL)} ()"
    assert found[-8:] == [step, "  first: (exp)", step, "  second: (number)", step, "  later: (any)", "  never: (size)", "end"]


def test_several_derivations_with_comments_and_empty_lines_between_them():
    text = f"// a file\n\n{text_of(derivation(name='a'))}\n// more\n{text_of(derivation(name='b'))}"
    assert [d.name for d in read(text)] == ["a", "b"]
    assert read("") == []
    assert read("// nothing\n") == []


def test_derivations_come_one_by_one():
    text = text_of(derivation(name="a")) + "nonsense\n"
    found = read_derivations(text)
    assert next(found).name == "a"
    with pytest.raises(Malformed, match="outside of a claim"):
        next(found)


def test_names_of_terms_are_those_of_one_claim():
    text = text_of(derivation(name="a")) + claim(f"goal {named(GOAL)}", f"step sign {named(GOAL)} ()")
    with pytest.raises(Malformed, match="there is no term"):
        read(text)


def test_an_answer_may_hold_anything_behind_its_question():
    (d,) = read(claim("goal 1", "  key: with: colons (any) ", "  bare"))
    assert d.answers == {"key": "with: colons (any)", "bare": ""}


def test_what_stands_in_a_claim_may_be_of_any_sort_here_the_kernel_looks():
    (d,) = read(claim("assume n", "goal 1/2", "step no_rule (var x) (3 1) (what 'ever)"))
    assert d.assumptions == (SIZE,)
    assert d.goal is HALF
    assert d.steps == (Step("no_rule", X, (2, 0), (("what", "ever"),)),)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("goal 1\n", "line 1: «goal» stands outside of a claim"),
        ("\n\nend\n", "line 3: «end» stands outside"),
        ("  key: (any)\n", "outside of a claim"),
        (claim(), "line 2: a has no goal"),
        (claim("goal 1", end=False), "the text ends in the middle of a"),
        (claim("claim b", "goal 1"), "«claim» is no line of a derivation"),
        (claim("proof 1"), "line 2: «proof» is no line of a derivation"),
        (claim("goal #1234"), "there is no term #1234"),
        (claim("goal"), "line 2"),
        (claim("assume"), "line 2"),
        (claim("goal x"), "no rational"),
        (claim("goal (plus 1 2)"), "is no term"),
        (claim("goal ()"), "is no term"),
        (claim("goal ((var x))"), "is no term"),
        (claim("goal (var x"), "parenthes"),
        (claim("goal (log 1) )"), "parenthes"),
        (claim("goal (log)"), "line 2"),
        (claim("goal (var x y)"), "line 2"),
        (claim("goal (var 1x)"), "no name"),
        (claim("goal (log true)"), "line 2"),
        (claim("goal (ipow 2 1/2)"), "«1/2» is no integer"),
        (claim("goal (ipow 2 x)"), "no rational"),
        (claim("goal (ipow 2 (var x))"), "line 2"),
        (claim("goal (rat 2 4)"), "lowest terms"),
        (claim("goal (breal -1)"), "line 2"),
        (claim("term a"), "line 2"),
        (claim("term a 1 2"), "line 2"),
        (claim("term a (var x)", "term a (var y)"), "two terms are named a"),
        (claim("step sign"), "line 2"),
        (claim("step sign 1"), "line 2"),
        (claim("step sign 1 (x)"), "line 2"),
        (claim("step sign 1 ((1))"), "line 2"),
        (claim("step sign 1 () (name)"), "line 2"),
        (claim("step sign 1 () (name 'a 'b)"), "line 2"),
        (claim("step sign 1 () word"), "line 2"),
        (claim("goal " + "(log " * 150 + "1" + ")" * 150), "line 2"),
        (claim("goal " + "(" * 20000 + ")" * 20000), "line 2"),
    ],
)
def test_other_texts_are_refused_with_the_line(text, why):
    with pytest.raises(Malformed, match=why):
        read(text)


def test_a_name_may_be_told_twice_for_the_same_term():
    (d,) = read(claim("term a (var x)", "term a (var x)", "goal (lt 0 #a)"))
    assert d.goal is lt(ZERO, X)


# -- declarations ----------------------------------------------------------------------------------------------------------


def test_declarations_are_read_as_they_were_written():
    f = Declaration("inverse", add(X, mul(C, log(X), exp(X))), "x", ("c",))
    g = Declaration("other", X, "x", ())
    h = Declaration("third", add(X, Y, Z), "y", ("x", "z"))
    text = declared_text([f, g, h])
    assert list(read_declarations(text)) == [(d.name, d.function, d.x, d.parameters) for d in (f, g, h)]
    assert text.splitlines()[-1] == f"declare third {named(add(X, Y, Z))} y x z"
    assert list(read_declarations("")) == []
    assert text.endswith("\n")
    assert declared_text([]) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("goal 1\n", "line 1: «goal» is no line of a declaration"),
        ("\nclaim a\n", "line 2: «claim» is no line"),
        ("declare f #12\n", "line 1"),
        ("declare f\n", "line 1"),
        ("declare f #12 x\n", "there is no term #12"),
        ("term a (var x)\nterm a (var y)\n", "line 2: two terms are named a"),
    ],
)
def test_other_declarations_are_refused_with_the_line(text, why):
    with pytest.raises(Malformed, match=why):
        list(read_declarations(text))


# -- certificates that are kept --------------------------------------------------------------------------------------------


def test_a_certificate_is_kept_by_its_question_and_what_is_known():
    here = Context(Stored({}, {}), (lt(ZERO, X),))
    prefix = here.serial.hex()[:8]
    assert key_of(here, ("sign", X, 4)) == f"{prefix} sign {named(X)} 4"
    assert key_of(here, ("equal", X, HALF)) == f"{prefix} equal {named(X)} 1/2"
    assert key_of(here, ("prove", GOAL)) == f"{prefix} prove {named(GOAL)}"
    assert key_of(Context(Stored({}, {}), ()), ("sign", X, 4)) != key_of(here, ("sign", X, 4))


def test_what_is_kept_is_the_answer_with_the_table():
    here = Context(Stored({}, {}), ())
    table = {named(X): X}
    kept = Stored({key_of(here, ("sign", X, 4)): "(any)"}, table)
    assert kept.answer(here, ("sign", X, 4)) == ("(any)", table)
    assert kept.answer(here, ("sign", X, 2)) is None
    assert kept.answer(here.extended(GOAL), ("sign", X, 4)) is None
