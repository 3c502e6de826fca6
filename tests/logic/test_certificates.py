"""The grammar of certificates and their door: what is read, and that nothing else is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from speech import B0, II, X, Y, log, p, s

from focal_symbolic.logic import certificates, fuel
from focal_symbolic.logic.certificates import (
    DEPTH,
    DIGITS,
    GRAMMAR,
    LENGTH,
    NODES,
    named,
    parse,
    rational,
    read_certificate,
    written,
)
from focal_symbolic.logic.terms import BITS, INFINITY, NUMBER, SIZE, TRUE, ZERO, Malformed, Term, add, eq, lt, mk, rat

TABLE = {
    named(t): t for t in (X, Y, log(X), p(II), II, s(II), lt(X, Y), eq(X, X), TRUE, add(X, Y), INFINITY, mk("template", p(B0)))
}
ANY, SAME, ASKED = ("any",), ("same",), ("asked",)
EQUATION = ("ln_exp", X)


def read(tree, category="sign"):
    """The certificate of a tree that is written and read again."""
    return read_certificate(tree if type(tree) is str else written(tree), TABLE, category)


# -- words -----------------------------------------------------------------------------------------------------------------


def test_names_of_terms():
    assert named(rat(Fraction(-3, 7))) == "-3/7"
    assert named(ZERO) == "0"
    assert named(SIZE) == "n"
    assert named(X) == "#" + X.digest.hex()[:8]
    assert len(named(lt(X, Y))) == 9


LEAVES = {"number", "letter", "statement", "ratio", "index", "integer"}


def leaves(shape):
    """The names in a shape of the grammar that are no category."""
    if isinstance(shape, str):
        return {shape} - GRAMMAR.keys()
    return set().union(*map(leaves, shape))


def test_the_grammar_speaks_of_these_leaves():
    assert set().union(*(leaves(parts) for kinds in GRAMMAR.values() for parts in kinds.values())) == LEAVES


@pytest.mark.parametrize("text", ["(a) (b", "(a) (", "(a", "", "(a) (b)", "a b"])
def test_a_text_is_one_expression_that_ends(text):
    with pytest.raises(Malformed, match="not one expression"):
        parse(text)


def test_trees_are_written_in_parentheses():
    assert written(()) == "()"
    assert written(("facts", ((Fraction(1, 2), 3, ()), (-1, 4, (II,))), X, ("number",))) == (
        f"(facts ((1/2 3 ()) (-1 4 ({named(II)}))) {named(X)} (number))"
    )
    assert written("word") == "word"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("()", ()),
        ("(a)", ("a",)),
        ("a", "a"),
        ("(a b)", ("a", "b")),
        ("(a (b c) () d)", ("a", ("b", "c"), (), "d")),
        (" ( a\t(b)\n) ", ("a", ("b",))),
        ("((a)(b))", (("a",), ("b",))),
        ("(#1f -1/2 «é)", ("#1f", "-1/2", "«é")),
    ],
)
def test_texts_are_parsed(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize("text", ["", " ", "(", ")", "(a", "a)", "a b", "(a) (b)", "(a))", "((a)", ")(", "(a) b"])
def test_texts_that_are_not_one_expression_are_refused(text):
    with pytest.raises(Malformed):
        parse(text)


@pytest.mark.parametrize(
    ("word", "c"),
    [("0", 0), ("12", 12), ("-3", -3), ("1/2", Fraction(1, 2)), ("-4/6", Fraction(-2, 3)), ("007", 7), ("0/5", 0)],
)
def test_rationals(word, c):
    assert rational(word) == c
    assert type(rational(word)) is Fraction


@pytest.mark.parametrize(
    "word",
    [
        "",
        "-",
        "+1",
        "1.0",
        "1e3",
        "1/0",
        "1/-2",
        "1/",
        "/2",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "0x1",
        "inf",
        "n",
        "1/2/3",
        "٣",
        "--1",
    ],
)
def test_other_words_are_no_rationals(word):
    with pytest.raises(Malformed, match="no rational"):
        rational(word)


def test_a_rational_has_so_many_digits():
    assert DIGITS == 1 + BITS // 3
    assert rational("9" * DIGITS) == 10**DIGITS - 1
    assert rational("-" + "9" * (DIGITS - 1)) == 1 - 10 ** (DIGITS - 1)
    for word in ("9" * (DIGITS + 1), "1/" + "9" * (DIGITS - 1)):
        with pytest.raises(Malformed, match="no rational"):
            rational(word)


# -- the grammar -----------------------------------------------------------------------------------------------------------


class Index(int):
    """A number that is not negative."""


class List(tuple):
    """Any number of parts of one sort."""

    __slots__ = ()


HALF = Fraction(1, 2)
KINDS = {
    "sign": {
        "number": (),
        "size": (),
        "exp": (),
        "any": (),
        "sum": (List((ANY, ANY)),),
        "product": (List((ANY,)),),
        "power": (ANY,),
        "rpower": (ANY,),
        "abs": (ANY,),
        "log": (ANY, ANY),
        "total": (Index(3), ANY),
        "facts": (List(((HALF, Index(0), List((II, s(II)))), (-HALF, Index(4), List()))), X, ANY),
        "factors": (-HALF, List(((X, -2, ANY), (Y, 1, ANY)))),
        "equals": (X, ANY),
        "both": (ANY, ANY),
        "with": (List((EQUATION, EQUATION)), ANY),
        "shown": (List(((lt(X, Y), ASKED),)), ANY),
    },
    "proof": {
        "asked": (),
        "known": (Index(0), List((II,))),
        "sign": (ANY,),
        "or": (Index(1), ASKED),
        "and": (List((ASKED, ASKED)),),
        "given": (ASKED,),
        "all": (Index(7), ASKED),
        "with": (List((EQUATION,)), ASKED),
        "shown": (List(), ASKED),
    },
    "identity": {"same": (), "with": (List(), SAME), "shown": (List(((TRUE, ASKED),)), SAME)},
    "equation": {
        "ln_product": (X, List(((Y, 2, ASKED), (X, -1, ASKED)))),
        "ln_power": (X, ASKED),
        "ln_exp": (X,),
        "power_integer": (X, -2),
        "power_product": (X, List(((Y, 2, ASKED),)), Y),
        "power_sum": (X, List(((Y, -2),)), ASKED),
        "power_power": (X, ASKED),
        "power_exp": (X,),
        "exp_sum": (X, List(((Y, 1),))),
        "exp_ln": (X, Y, X, ASKED),
        "sum_linear": (X, Index(2), List((EQUATION,)), List(((X, Y), (Y, X)))),
        "inside": (X, Y),
        "absolute": (X, Y),
        "root": (X, Index(2), ASKED),
    },
}
"""One certificate of each kind."""
EXAMPLES = [(category, kind) for category, kinds in KINDS.items() for kind in kinds]


def plain(tree):
    """The tree in plain tuples and integers."""
    if isinstance(tree, tuple):
        return tuple(map(plain, tree))
    return int(tree) if isinstance(tree, int) else tree


def whole(category, tree):
    """What is read of a tree of this category."""
    tree = plain(tree)
    return read(("with", (tree,), ANY))[1][0] if category == "equation" else read(tree, category)


def test_there_is_an_example_of_each_kind():
    assert {category: kinds.keys() for category, kinds in GRAMMAR.items()} == {c: kinds.keys() for c, kinds in KINDS.items()}


@pytest.mark.parametrize(("category", "kind"), EXAMPLES)
def test_each_kind_is_read_as_it_was_written(category, kind):
    tree = plain((kind, *KINDS[category][kind]))
    assert whole(category, tree) == tree


@pytest.mark.parametrize(("category", "kind"), EXAMPLES)
def test_a_kind_has_its_number_of_parts(category, kind):
    tree = (kind, *KINDS[category][kind])
    for other in ((*tree, ANY), (*tree, X), (*tree, ()), tree[:-1]):
        with pytest.raises(Malformed):
            whole(category, other)


@pytest.mark.parametrize(("category", "kind"), EXAMPLES)
def test_a_kind_is_of_its_category(category, kind):
    tree = (kind, *KINDS[category][kind])
    for other in KINDS.keys() - {category}:
        if kind not in KINDS[other]:
            with pytest.raises(Malformed, match="is no"):
                whole(other, tree)


def paths(tree):
    """The place of each part of a tree, and of what is in it."""
    for k, part in enumerate(tree):
        yield (k,)
        if isinstance(part, tuple):
            yield from ((k, *rest) for rest in paths(part))


def at(tree, path):
    for k in path:
        tree = tree[k]
    return tree


def put(tree, path, to):
    """The tree with another part at a place."""
    k, *rest = path
    return (*tree[:k], put(tree[k], rest, to) if rest else to, *tree[k + 1 :])


REFUSED = object()


def reading(before, to):
    """What is read where `to` stands in the place of `before`."""
    number = Fraction(*to.args) if to is TWO else to
    if isinstance(before, List):
        return to if to == () else REFUSED
    if isinstance(before, tuple):
        alike = to in CERTIFICATES and before in CERTIFICATES and CERTIFICATES[to] == CERTIFICATES[before]
        return to if alike else REFUSED
    if type(before) is Term:
        if before.sort == NUMBER and type(to) in (int, Fraction):
            return rat(to)
        return to if type(to) is Term and to.sort == before.sort else REFUSED
    if type(number) not in (int, Fraction):
        return REFUSED
    if type(before) is Fraction:
        return Fraction(number)
    return int(number) if number == int(number) and (number >= 0 or type(before) is int) else REFUSED


TWO = rat(2)
CERTIFICATES = {ANY: "sign", ASKED: "proof", SAME: "identity", EQUATION: "equation"}
OTHERS = (
    X,
    TWO,
    II,
    lt(X, Y),
    INFINITY,
    TRUE,
    mk("template", p(B0)),
    HALF,
    2,
    -1,
    12,
    *CERTIFICATES,
    (),
    "word",
    "#00000000",
    "n",
)


@pytest.mark.parametrize(("category", "kind"), EXAMPLES)
def test_a_part_is_of_its_sort(category, kind):
    """Each part in turn is replaced by words, lists and certificates of every sort; only those that fit are read."""
    tree = (kind, *KINDS[category][kind])
    for path in paths(tree):
        before = at(tree, path)
        if type(before) is str:
            continue  # the kind of a part
        for to in OTHERS:
            expected = reading(before, SIZE if to == "n" else to)
            if expected is REFUSED:
                with pytest.raises(Malformed):
                    whole(category, put(tree, path, to))
            else:
                assert whole(category, put(tree, path, to)) == plain(put(tree, path, expected))


def test_numbers_are_read_from_words_and_other_terms_from_the_table():
    assert read(("equals", Fraction(-2, 3), ANY)) == ("equals", rat(Fraction(-2, 3)), ANY)
    assert read("(equals n (any))") == ("equals", SIZE, ANY)
    assert read_certificate("(equals five (any))", {"five": X}, "sign") == ("equals", X, ANY)
    for word in ("#12345678", "five", "1/0"):
        with pytest.raises(Malformed):
            read(f"(equals {word} (any))")
    with pytest.raises(Malformed):
        read_certificate("(equals five (any))", {"five": "5"}, "sign")


@pytest.mark.parametrize("tree", ["any", "()", "((any))", "(anything)", "(Any)", "(#12345678)", "((any) any)"])
def test_a_certificate_begins_with_its_kind(tree):
    with pytest.raises(Malformed):
        read(tree)


# -- how large -------------------------------------------------------------------------------------------------------------


def test_the_bounds():
    assert (NODES, DEPTH, LENGTH) == (20_000, 60, 2_000_000)


def test_certificates_are_nested_so_deep():
    def nested(levels):
        tree = ANY
        for _ in range(levels):
            tree = ("power", tree)
        return tree

    assert read(nested(DEPTH)) == nested(DEPTH)
    with pytest.raises(Malformed, match="too large"):
        read(nested(DEPTH + 1))


def test_nodes_are_counted_with_repetition_and_words_among_them():
    wide = ("sum", (ANY,) * (NODES - 1))
    assert read(wide) == wide
    with pytest.raises(Malformed, match="too large"):
        read(("sum", (ANY,) * NODES))
    wide = ("known", 0, (II,) * (NODES - 2))
    assert read(wide, "proof") == wide
    with pytest.raises(Malformed, match="too large"):
        read(("known", 0, (II,) * (NODES - 1)), "proof")


def test_integers_are_bounded():
    for k in (NODES - 1, 1 - NODES):
        assert read(("with", (("power_integer", X, k),), ANY))[1][0][2] == k
    for k in (NODES, -NODES):
        with pytest.raises(Malformed, match="integer"):
            read(("with", (("power_integer", X, k),), ANY))
    assert read(("total", 0, ANY))[1] == 0
    assert read(("total", NODES - 1, ANY))[1] == NODES - 1
    with pytest.raises(Malformed, match="index"):
        read(("total", NODES, ANY))


def test_a_certificate_is_text_of_so_many_characters(monkeypatch):
    monkeypatch.setattr(certificates, "LENGTH", 12)
    assert read("(power(any))") == ("power", ANY)
    with pytest.raises(Malformed, match="not too long"):
        read("(power (any))")


def test_a_certificate_is_of_the_exact_type_of_text():
    class Text(str):
        __slots__ = ()

    for text in (Text("(any)"), b"(any)", ["(", "any", ")"], ("any",), None):
        with pytest.raises(Malformed, match="is text"):
            read_certificate(text, {}, "sign")


def test_reading_costs_fuel_by_the_length_of_the_text():
    before = fuel.spent()
    read("(both (any) (any))" + " " * 82)
    assert fuel.spent() - before == 25
