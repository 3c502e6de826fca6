"""Letters for what a long statement says often: they stand for what they say they do, and for nothing that is bound."""

import pytest
from atlas import sample_and_all
from sympy import And, Eq, Gt, Indexed, Symbol, log
from sympy.core.relational import Relational

from focal_symbolic.claims import library
from focal_symbolic.claims.abbreviations import LONG, abbreviations, brief, definitions, shortened
from focal_symbolic.claims.printing import folded, line
from focal_symbolic.definitions import p, q
from focal_symbolic.language import Every, Supremum, i, real, total

x, y = real("x"), real("y")
SAID = log(x + y**2 + 1) + y


def long(said, *more):
    """A statement that says an expression at twelve places."""
    return And(*(Gt(said, k) for k in range(2, 14)), *more)


def test_what_is_said_often_gets_a_letter():
    names = abbreviations(long(SAID))
    assert names == {SAID: next(iter(names.values()))}
    assert brief(long(SAID), names).startswith("A > ")
    assert [(letter.name, value) for letter, value in definitions(names)] == [("A", SAID)]


def test_a_letter_of_the_statement_is_not_taken():
    (letter,) = abbreviations(long(SAID, Gt(real("A"), 0))).values()
    assert letter.name == "C"  # B is the name of a formula


def test_what_is_long_gets_a_letter_if_it_is_said_twice_with_either_sign():
    part = x * log(x + y**2 + 1) * log(y + x**2 + 3) * log(x + 5 * y + 7) * log(x + 11 * y**3 + 13) * log(y + x**5 + 17)
    statement = And(Gt(part + y, 2), Gt(x - part, 3))
    names = abbreviations(statement)
    assert [*names] == [part]
    assert brief(statement, names) == "A + y > 2 ∧ −A + x > 3"


@pytest.mark.parametrize("statement", [Gt(SAID, 2), And(Gt(SAID, 2), Gt(SAID, 3), Gt(SAID, 4)), long(1 - x), Eq(x, y)])
def test_what_is_short_or_said_rarely_is_left(statement):
    assert abbreviations(statement) == {}


def test_nothing_bound_gets_a_letter():
    inside = q[i] ** 2 * x + p[i] * log(q[i])
    assert [*abbreviations(long(total(inside)))] == [total(inside)]
    every = Every(long(inside), i)
    assert abbreviations(every) == {}
    assert shortened(every, {inside: real("A")}) == every
    assert shortened(long(inside), {inside: real("A")}) == long(real("A"))


def test_what_is_said_at_every_size_is_left():
    number = Supremum(SAID)
    assert shortened(number, {SAID: real("A")}) == number


def written_out(node, letters):
    """A statement with what its letters stand for."""
    if node in letters:
        return written_out(letters[node], letters)
    if not node.args or isinstance(node, Indexed):
        return node
    args = [written_out(one, letters) for one in node.args]
    return node.func(*args, evaluate=False) if isinstance(node, Relational) else node.func(*args)


@pytest.mark.parametrize("names", sample_and_all(library.results(), every=5))
def test_a_claim_with_letters_says_what_it_says_without(names):
    statements = [statement for name in names if len(line(statement := library.result(name).claim.proposition)) > LONG]
    assert len(statements) > 3
    for statement in statements:
        letters = abbreviations(statement)
        short = shortened(folded(statement), letters)
        assert short.atoms(Symbol) >= {*letters.values()}
        assert written_out(short, dict(definitions(letters))) == folded(statement)
