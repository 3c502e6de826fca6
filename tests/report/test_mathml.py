"""MathML of statements: well formed, and as injective as the line of text that says the same."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from atlas import sample_and_all
from sympy import Abs, Function, Matrix, Piecewise, Rational, Sum, Symbol, exp, log, oo, sqrt

from focal_symbolic.claims import library
from focal_symbolic.claims.abbreviations import abbreviations
from focal_symbolic.claims.printing import line, stated
from focal_symbolic.definitions import gain, gamma, loss, multiplier, p, q, slope_inverse, x
from focal_symbolic.language import (
    And,
    Bijection,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Finite,
    Implies,
    Ne,
    i,
    j,
    letters,
    real,
    total,
)
from focal_symbolic.report.mathml import LONG, abbreviated, listed, math, parts, statement, supposed

CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "munder": 2, "munderover": 3}
LEAVES = {"mi", "mn", "mo", "mtext", "mspace"}
ELEMENTS = {"math", "mrow", "msqrt", "mtable", "mtr", "mtd", *CHILDREN, *LEAVES}
SIGMA = letters("sigma")


def plain(markup: object) -> str:
    """What it reads as, with _ and ^ for what is lowered and raised, and a stroke for a fraction."""

    def told(node: ElementTree.Element) -> str:
        name = node.tag.rpartition("}")[2]
        if name in LEAVES:
            return (node.text or "").replace("\u2062", "").replace("\u2061", "")
        inside = [told(child) for child in node]
        sign = {"mfrac": "/", "msup": "^", "msub": "_", "munder": "_", "munderover": "_"}.get(name, "")
        body = sign.join(f"{{{part}}}" for part in inside) if sign else "".join(inside)
        return f"√{{{body}}}" if name == "msqrt" else body

    return "".join(told(ElementTree.fromstring(one)) for one in re.findall("<math.*?</math>", str(markup)))


def amiss(markup: object) -> list[str]:
    """A sentence for each element that is none of MathML Core, or has another number of children."""
    told = []
    for element in ElementTree.fromstring(f"<all>{markup}</all>").iter():
        name = element.tag.rpartition("}")[2]
        if name in ("all", "span", "wbr"):  # what lines are made of, around the elements
            continue
        if name not in ELEMENTS:
            told.append(f"{name} is none of MathML")
        if len(element) != CHILDREN.get(name, len(element)) or (name in LEAVES and len(element)):
            told.append(f"{name} has {len(element)} children")
    return told


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (log(x) <= x - 1, "ln(x)≤x−1"),
        (total(p[i] * loss(q[i], gamma)), "{∑}_{i}{p}_{i}ℓ({q}_{i})"),
        (2 * total(p[i]) ** 2, "2{({∑}_{i}{p}_{i})}^{2}"),
        (total(p[i] + 1), "{∑}_{i}({p}_{i}+1)"),
        (total(p[i]) + 1, "{∑}_{i}{p}_{i}+1"),
        (Sum(p[i], (i, 2, 3)), "{∑}_{i=2}_{3}{p}_{i}"),
        (x ** (gamma - 1) / 3, "{{x}^{γ−1}}/{3}"),
        (1 / (x * (1 - x)), "{1}/{x⋅(1−x)}"),
        (sqrt(x) + 1 / sqrt(1 - x), "√{x}+{1}/{√{1−x}}"),
        (x ** Rational(3, 2), "{x}^{3/2}"),
        (Rational(-3, 7) * x, "−{3x}/{7}"),
        (x - multiplier, "−λ+x"),
        ((-x) ** 3, "−{x}^{3}"),
        (Rational(1, 2) ** gamma, "{({1}/{2})}^{γ}"),
        (3 * 2**gamma, "3⋅{2}^{γ}"),
        (exp(-multiplier) * x, "xexp(−λ)"),
        (Abs(x - 1), "|x−1|"),
        (x / gain(q[i], gamma), "{x}/{ψ({q}_{i})}"),
        (slope_inverse(x, gamma), "{φ}^{−1}(x;γ)"),
        (p[SIGMA[i]], "{p}_{σ(i)}"),
        (real("p_1"), "{p}_{1}"),
        (Every(q[j] > 0, j), "∀j:{q}_{j}>0"),
        (Equivalent(Every(q[i] > 0), Finite(x)), "x\u00a0is finite⇔(∀i:{q}_{i}>0)"),
        (Implies(x > 0, Ne(x, 1)), "x>0⇒x≠1"),
        (And(x > 0, x < 1), "x>0∧x<1"),
        (ExistsUnique(Eq(x, gamma), (x, 0, 1)), "∃!x∈[0,1]:x=γ"),
        (Bijection(SIGMA), "σ\u00a0is a bijection of the alphabet"),
        (Piecewise((0, Eq(x, 0)), (oo, True)), "{0if\u00a0x=0∞otherwise"),
    ],
)
def test_what_it_reads_as(expression, text):
    assert plain(math(expression)) == text
    assert not amiss(math(expression))


def test_a_product_is_no_application():
    f = Function("f")(x)
    product = math(Symbol("f", real=True) * (1 + x))
    assert "\u2061" in ElementTree.tostring(ElementTree.fromstring(math(f)), encoding="unicode")
    assert plain(product) == "f⋅(x+1)"
    assert plain(math(real("eta") * real("abc"))) == "abc⋅η"


def test_what_is_not_of_the_language_is_not_printed():
    with pytest.raises(TypeError, match="has no MathML"):
        math(Matrix([[x]]))


@pytest.mark.parametrize("names", sample_and_all(library.results()))
def test_statements_that_differ_are_told_apart(names):
    """One line of text and one element for each statement of the library, steps and twins included."""
    of_line, of_math = {}, {}
    for name, result in ((name, library.result(name)) for name in names):
        claims = (result.claim.proposition, result.falsehood.proposition)
        for said in (*claims, *(stated(step.conclusion) for step in library.steps(name))):
            text, shown = line(said), str(math(said))
            assert of_line.setdefault(text, shown) == shown
            assert of_math.setdefault(shown, text) == text
    assert len(of_line) > 4 * len(names)


@pytest.mark.parametrize("names", sample_and_all(library.results()))
def test_every_claim_is_well_formed_and_may_be_broken_anywhere_without_loss(names):
    for result in map(library.result, names):
        for claim in (result.claim, result.falsehood):
            said = claim.proposition
            assert not amiss(statement(said))
            assert plain(statement(said)) == plain(math(said))
            assert not any(amiss(one) for one in supposed(claim))


def test_a_long_statement_is_in_parts():
    shown = parts(And(x > 0, Implies(x < 1, Every(And(q[i] > 0, q[i] < 1)))))
    assert [plain(one) for one in shown] == ["x>0∧", "(x<1⇒", "(∀i:{q}_{i}>0∧", "{q}_{i}<1))"]


def test_a_long_sum_is_in_parts():
    whole = log(x) + 2 * x**2 - 3 * x**3 + 4 * x**4 - 5 * x**5 + 6 * x**6 - 7 * x**7 > multiplier - 1
    shown = parts(whole)
    assert len(shown) == 8
    assert [plain(one)[0] for one in shown].count("−") + [plain(one)[0] for one in shown].count("+") == 7
    assert all('form="infix"' in str(one) for one in shown[1:])
    assert "".join(map(plain, shown)) == plain(math(whole))


def test_what_is_unique_stands_apart_from_where_it_is():
    shown = parts(ExistsUnique(Eq(x, gamma), (x, 0, 1)))
    assert [plain(one) for one in shown] == ["∃!x∈[0,1]:", "x=γ"]


def test_each_clause_of_a_long_conjunction_has_its_line():
    goal = And(*(x**k > multiplier for k in range(2, 9)))
    assert str(statement(goal)).count('<span class="clause">') == 7
    assert "span" not in statement(And(x > 0, x < 1))
    assert len(plain(math(And(x > 0, x < 1)))) <= LONG


def test_the_letters_of_words_are_set_as_such():
    claim = library.result("amplification/criterion").claim
    (told,) = (one for one in supposed(claim) if "a letter" in one)
    assert told == math(j) + " a letter"
    assert plain(told) == "j"


def test_no_comma_begins_a_line():
    one = math(x)
    assert listed([]) == ""
    assert listed([one]) == one
    assert listed([one, one], ";") == f'<span class="kept">{one},</span> <span class="kept">{one};</span>'


def test_letters_stand_for_what_is_said_again_and_again():
    goal = library.result("class_count/rarest_suppressed").claim.proposition
    names = abbreviations(goal)
    (told,) = abbreviated(names)
    (letter,) = names.values()
    assert plain(told) == plain(math(letter)) + "=" + plain(math(next(iter(names))))
    assert plain(math(goal, names)) == "".join(map(plain, parts(goal, names)))
    assert len(plain(math(goal, names))) < len(plain(math(goal))) / 2


def test_names_are_escaped():
    shown = str(math(Symbol("<script>", real=True)))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
