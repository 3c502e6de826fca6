"""The trusted printer: its text is fixed, reads back as the same statement, and nothing unknown is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import stated
from focal_symbolic.logic.coq import statement
from focal_symbolic.logic.coq.statement import Names, Unprintable, binders, declared, number, parts, proposition, theorem, truth
from focal_symbolic.logic.meaning import Declaration, conditions, declaration, power_condition
from focal_symbolic.logic.terms import (
    INFINITY,
    ONE,
    SIZE,
    TRUE,
    ZERO,
    Term,
    add,
    eq,
    every,
    free,
    ipow,
    le,
    lt,
    mk,
    mul,
    ne,
    rat,
    rpow,
    subterms,
    total,
)

X, Y = mk("var", "x"), mk("var", "y")
L, J = mk("letter", "i"), mk("letter", "j")
AT = mk("bletter", 0)
P_I, P_AT, Q_AT = mk("entry", "p", L), mk("entry", "p", AT), mk("entry", "q", AT)
LN = mk("log", X)

NUMBERS = [
    (rat(3), "3"),
    (rat(-3), "(- 3)"),
    (mk("rat", 3, 4), "(3 / 4)"),
    (mk("rat", -3, 4), "(- (3 / 4))"),
    (ZERO, "0"),
    (X, "v_x"),
    (mk("var", "lambda"), "v_lambda"),
    (SIZE, "(INR n)"),
    (P_I, "(f_p l_i)"),
    (mk("entry", "p", mk("image", "sigma", mk("image", "tau", L))), "(f_p (s_sigma (s_tau l_i)))"),
    (mk("entry", "p", mk("fresh", 3)), "(f_p c_3)"),
    (ipow(X, 0), "(v_x ^ 0)"),
    (ipow(X, 1), "(v_x ^ 1)"),
    (ipow(X, 7), "(v_x ^ 7)"),
    (ipow(X, -1), "(/ v_x)"),
    (ipow(X, -2), "(/ (v_x ^ 2))"),
    (rpow(X, rat(2)), "(rpow v_x 2)"),
    (LN, "(ln v_x)"),
    (mk("exp", X), "(exp v_x)"),
    (mk("abs", X), "(Rabs v_x)"),
    (total(P_AT), "(rsum n (fun k0 : nat => (f_p k0)))"),
    (
        total(total(mk("rpow", mk("entry", "p", mk("bletter", 1)), Q_AT))),
        "(rsum n (fun k0 : nat => (rsum n (fun k1 : nat => (rpow (f_p k0) (f_q k1))))))",
    ),
    (
        mk("sup", total(P_AT)),
        "(real (Lub_Rbar (fun x : R => exists n1 : nat, (0 < n1)%nat /\\ x = (rsum n1 (fun k0 : nat => (f_p k0))))))",
    ),
    (
        mk("sup", add(SIZE, mk("sup", mul(SIZE, X)))),
        "(real (Lub_Rbar (fun x : R => exists n1 : nat, (0 < n1)%nat /\\ x = {})))".format(
            " + ".join(
                {
                    SIZE: "(INR n1)",
                    mk("sup", mul(SIZE, X)): "(real (Lub_Rbar (fun x : R => exists n2 : nat, (0 < n2)%nat /\\ x = {})))".format(
                        "(" + " * ".join({SIZE: "(INR n2)", X: "v_x"}[s] for s in mul(SIZE, X).args) + ")"
                    ),
                }[s]
                for s in add(SIZE, mk("sup", mul(SIZE, X))).args
            ).join("()")
        ),
    ),
    (mk("template", P_AT), "(fun k0 : nat => (f_p k0))"),
    (mk("decl", "phi_inverse", X, Y), "(phi_inverse v_x v_y)"),
]

STATEMENTS = [
    (lt(X, Y), "(v_x < v_y)"),
    (le(X, Y), "(v_x <= v_y)"),
    (eq(X, Y), "(v_x = v_y)"),
    (ne(X, Y), "(v_x <> v_y)"),
    (mk("not", lt(X, Y)), "(~ (v_x < v_y))"),
    (mk("implies", lt(X, Y), le(X, Y)), "((v_x < v_y) -> (v_x <= v_y))"),
    (every(lt(ZERO, P_AT)), "(forall k0 : nat, (k0 < n)%nat -> (0 < (f_p k0)))"),
    (
        every(every(le(mk("entry", "p", mk("bletter", 1)), P_AT))),
        "(forall k0 : nat, (k0 < n)%nat -> (forall k1 : nat, (k1 < n)%nat -> ((f_p k0) <= (f_p k1))))",
    ),
    (mk("bijection", "sigma"), "(bijection n s_sigma)"),
    (TRUE, "True"),
    (power_condition(X, Y), "(pdef v_x v_y)"),
    (power_condition(X, X), "(pdef v_x v_x)"),
    (mk("not", mk("or", mk("bijection", "s"), mk("bijection", "s"))), "(~ ((bijection n s_s) \\/ (bijection n s_s)))"),
    (lt(ZERO, LN), "((0 < v_x) /\\ (0 < (ln v_x)))"),
    (lt(ZERO, ipow(X, -3)), "((v_x <> 0) /\\ (0 < (/ (v_x ^ 3))))"),
    (lt(ZERO, rpow(X, Y)), "((pdef v_x v_y) /\\ (0 < (rpow v_x v_y)))"),
    (
        mk("implies", lt(ZERO, X), lt(LN, X)),
        "(((0 < v_x) -> (0 < v_x)) /\\ ((0 < v_x) -> ((ln v_x) < v_x)))",
    ),
    (
        mk("one", ZERO, LN, eq(mk("log", mk("breal", 0)), X)),
        "((0 < v_x) /\\ (exists! t0 : R, 0 <= t0 /\\ t0 <= (ln v_x) /\\ ((0 < t0) /\\ ((ln t0) = v_x))))",
    ),
    (
        mk("one", ZERO, ONE, mk("one", ZERO, ONE, lt(mk("breal", 1), mk("breal", 0)))),
        "(exists! t0 : R, 0 <= t0 /\\ t0 <= 1 /\\ (exists! t1 : R, 0 <= t1 /\\ t1 <= 1 /\\ (t0 < t1)))",
    ),
    (
        mk("finite", mk("esum", mk("cases", ZERO, eq(P_AT, ZERO), INFINITY, le(Q_AT, ZERO), P_AT, TRUE))),
        "(is_finite (esum n (fun k0 : nat => (if Req_EM_T (f_p k0) 0 then (Finite 0) else if Rle_dec (f_q k0) 0 then p_infty "
        "else (Finite (f_p k0))))))",
    ),
    (
        mk("finite", mk("cases", INFINITY, lt(X, ZERO), mk("cases", X, eq(X, Y), INFINITY, TRUE), TRUE)),
        "(is_finite (if Rlt_dec v_x 0 then p_infty else (if Req_EM_T v_x v_y then (Finite v_x) else p_infty)))",
    ),
    (
        mk(
            "finite", mk("esum", mk("cases", mk("cases", P_AT, eq(Q_AT, ZERO), INFINITY, TRUE), lt(P_AT, ZERO), INFINITY, TRUE))
        ),
        "(is_finite (esum n (fun k0 : nat => (if Rlt_dec (f_p k0) 0 then (if Req_EM_T (f_q k0) 0 then (Finite (f_p k0)) "
        "else p_infty) else p_infty))))",
    ),
    (
        every(mk("finite", mk("cases", P_AT, lt(P_AT, ZERO), INFINITY, TRUE))),
        "(forall k0 : nat, (k0 < n)%nat -> (is_finite (if Rlt_dec (f_p k0) 0 then (Finite (f_p k0)) else p_infty)))",
    ),
    (mk("bounded", X), "(is_finite (Lub_Rbar (fun x : R => exists n1 : nat, (0 < n1)%nat /\\ x = v_x)))"),
    (
        mk("parts", every(lt(ZERO, P_AT))),
        "(forall n1 : nat, (0 < n1)%nat -> (forall k0 : nat, (k0 < n1)%nat -> (0 < (f_p k0))))",
    ),
    (
        every(mk("parts", lt(X, mk("log", SIZE)))),
        "((forall n1 : nat, (0 < n1)%nat -> (0 < (INR n1))) /\\ "
        "(forall k0 : nat, (k0 < n)%nat -> (forall n1 : nat, (0 < n1)%nat -> (v_x < (ln (INR n1))))))",
    ),
    (
        every(mk("one", P_AT, Q_AT, eq(mk("breal", 0), P_AT))),
        "(forall k0 : nat, (k0 < n)%nat -> (exists! t0 : R, (f_p k0) <= t0 /\\ t0 <= (f_q k0) /\\ (t0 = (f_p k0))))",
    ),
]


@pytest.mark.parametrize(("t", "text"), NUMBERS, ids=str)
def test_the_text_of_a_number(t, text):
    assert number(t) == text


@pytest.mark.parametrize(("t", "text"), STATEMENTS, ids=str)
def test_the_text_of_a_statement(t, text):
    assert proposition(t) == text


def test_sums_and_products_keep_the_order_of_their_parts():
    parts_ = (rat(2), X, LN)
    assert number(add(*parts_)) == "(" + " + ".join(map(number, add(*parts_).args)) + ")"
    assert number(mul(*parts_)) == "(" + " * ".join(map(number, mul(*parts_).args)) + ")"
    both = (lt(X, Y), lt(Y, X))
    for op, sign in (("and", " /\\ "), ("or", " \\/ "), ("iff", " <-> ")):
        assert truth(mk(op, *both)) == "(" + sign.join(map(truth, mk(op, *both).args)) + ")"


def test_a_letter_is_that_of_its_binder():
    within = total(total(total(mk("exp", mk("entry", "p", mk("bletter", 1))))))
    assert number(within).endswith("(fun k2 : nat => (exp (f_p k1))))))))")
    assert number(mk("breal", 1), Names(reals=("t0", "t1", "t2"))) == "t1"


def test_conditions_stand_under_their_binders():
    logarithm = lt(ZERO, total(mk("log", P_AT)))
    assert parts(logarithm) == [
        "(forall k0 : nat, (k0 < n)%nat -> (0 < (f_p k0)))",
        "(0 < (rsum n (fun k0 : nat => (ln (f_p k0)))))",
    ]


def test_a_theorem_quantifies_all_that_is_free():
    sigma = mk("image", "sigma", J)
    assert theorem([lt(ZERO, mk("entry", "p", sigma)), le(X, ONE)], lt(X, mk("var", "M"))) == (
        "forall (n : nat) (Hn : (0 < n)%nat) (f_p : nat -> R) (s_sigma : nat -> nat) "
        "(Hs_sigma : forall k0 : nat, (k0 < n)%nat -> (s_sigma k0 < n)%nat) (l_j : nat) (Hl_j : (l_j < n)%nat) "
        "(v_M : R) (v_x : R),\n  (0 < (f_p (s_sigma l_j))) ->\n  (v_x <= 1) ->\n  (v_x < v_M)"
    )
    assert theorem([], TRUE) == "forall (n : nat) (Hn : (0 < n)%nat),\n  True"


def test_binders_come_each_once_in_one_order():
    keys = [("var", "b"), ("letter", "i"), ("entry", "p"), ("var", "a"), ("fresh", 2), ("var", "b"), ("image", "s")]
    names = [text[1:].split(" ")[0] for text in binders(keys)]
    assert names == ["n", "Hn", "f_p", "s_s", "Hs_s", "l_i", "Hl_i", "c_2", "Hc_2", "v_a", "v_b"]
    assert binders(keys) == binders(reversed(keys))


def test_bound_names_are_given_for_a_body():
    assert number(total(mk("entry", "p", mk("bletter", 1))), Names(letters=("k0",))) == "(rsum n (fun k1 : nat => (f_p k0)))"
    assert number(mk("breal", 0), Names(reals=("t0", "t1"))) == "t1"


def test_the_declared_inverse():
    f = declaration("phi_inverse")
    assert declared(f) == (
        f"Definition phi_inverse (t0 v_gamma : R) : R := inverse_of (fun v_x : R => {number(f.function)}) t0."
    )
    assert declared(Declaration("plain_inverse", X, "x", ())).startswith("Definition plain_inverse (t0 : R) : R :=")


# -- refusals --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("t", [lt(X, Y), TRUE, mk("finite", INFINITY), mk("bijection", "s")], ids=str)
def test_no_statement_is_printed_as_a_number(t):
    with pytest.raises(Unprintable):
        number(t)


@pytest.mark.parametrize("t", [X, L, SIZE, add(X, Y), INFINITY, mk("template", X), mk("decl", "phi_inverse", X, Y)], ids=str)
def test_no_number_is_printed_as_a_statement(t):
    with pytest.raises(Unprintable):
        truth(t)


@pytest.mark.parametrize(
    "case", [mk("and", lt(X, Y), lt(Y, X)), ne(X, Y), mk("not", lt(X, Y)), TRUE, every(lt(X, P_AT))], ids=str
)
def test_only_decided_cases_are_printed(case):
    for cases in ((X, case), (X, case, ONE, lt(X, Y)), (ONE, lt(X, Y), X, case)):
        with pytest.raises(Unprintable):
            number(mk("cases", *cases, INFINITY, TRUE))


def test_an_operation_that_is_not_known_is_refused():
    strange = object.__new__(Term)
    for name, value in (("op", "sinh"), ("args", (X,)), ("sort", "number"), ("loose", (0, 0)), ("digest", b""), ("nodes", 2)):
        object.__setattr__(strange, name, value)
    for printer in (number, truth):
        with pytest.raises(Unprintable, match="sinh"):
            printer(strange)


@pytest.mark.parametrize(
    "name", ["exp", "phi", "v_inverse", "f_inverse", "Phi_inverse", "phi_inverse2", "k0", "INR", "x_y_inverse"]
)
def test_a_declared_name_is_like_no_other(name, monkeypatch):
    monkeypatch.setattr(statement, "declaration", lambda given: Declaration(given, X, "x", ()))
    with pytest.raises(Unprintable):
        number(mk("decl", name, X))


def test_an_undeclared_function_is_refused():
    with pytest.raises(ValueError, match="declared"):
        number(mk("decl", "psi_inverse", X))


# -- names -----------------------------------------------------------------------------------------------------------------

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,6}", fullmatch=True) | st.sampled_from(
    ["n", "Hn", "INR", "ln", "exp", "forall", "fun", "k0", "t0", "v_x", "l_i", "Hl_i", "R", "x", "pdef", "rsum", "in", "S", "O"]
)
LEAVES = st.one_of(
    st.builds(lambda x: mk("var", x), NAMES),
    st.builds(lambda p, i: mk("entry", p, mk("letter", i)), NAMES, NAMES),
    st.builds(lambda p, s, i: mk("entry", p, mk("image", s, mk("letter", i))), NAMES, NAMES, NAMES),
    st.builds(lambda p, k: mk("entry", p, mk("fresh", k)), NAMES, st.integers(0, 9)),
    st.builds(rat, st.fractions(max_denominator=9)),
    st.sampled_from([SIZE, X, P_I, total(P_AT), total(total(P_AT)), total(total(mk("entry", "p", mk("bletter", 1))))]),
)
WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
OURS = {"n", "Hn", "nat", "R", "forall", "fun", "INR", "rsum", "k0", "k1"}


@given(st.lists(LEAVES, min_size=2, max_size=2, unique=True))
def test_different_names_print_differently(two):
    first, second = map(number, two)
    assert first != second


@given(st.lists(LEAVES, max_size=4))
def test_no_name_is_like_a_word_of_ours(leaves):
    text = theorem([], eq(add(*leaves, X), Y))
    for word in WORDS.findall(text):
        assert word in OURS or re.match(r"(v_|l_|f_|s_|c_|Hl_|Hs_|Hc_)", word)


# -- what is printed reads back as the same statement ----------------------------------------------------------------------


class Reader:
    """Reads what the printer writes; it shares no code with it. `ipow(ipow(b, k), -1)` is read as `ipow(b, -k)`."""

    def __init__(self, text: str):
        self.tokens = re.findall(r"exists!|\(|\)|/\\|\\/|<->|->|=>|<=|<>|[A-Za-z_][A-Za-z0-9_]*|\d+|%nat|[-+*/^<=~,:]", text)
        assert "".join(self.tokens) == re.sub(r"\s", "", text)
        self.at = 0
        self.letters: list[str] = []
        self.reals: list[str] = []
        self.sizes: list[str] = ["n"]

    def take(self, *words: str) -> None:
        for word in words:
            assert self.tokens[self.at] == word, (self.tokens[self.at : self.at + 6], word)
            self.at += 1

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str:
        return self.tokens[self.at]

    def rest(self, first: Term, sign: str) -> list[Term]:
        found = [first]
        while self.peek() == sign:
            self.at += 1
            found.append(self.read())
        return found

    def word(self, word: str) -> Term:
        if word.isdigit():
            return rat(int(word))
        if word in self.letters:
            return mk("bletter", self.letters[::-1].index(word))
        if word in self.reals:
            return mk("breal", self.reals[::-1].index(word))
        if word in ("True", "p_infty"):
            return {"True": TRUE, "p_infty": INFINITY}[word]
        kind, _, name = word.partition("_")
        return mk("fresh", int(name)) if kind == "c" else mk({"v": "var", "l": "letter"}[kind], name)

    def read(self) -> Term:
        if self.peek() != "(":
            return self.word(self.next())
        self.take("(")
        t = self.inside()
        self.take(")")
        return t

    def under(self, kind: str, *opening: str) -> Term:
        self.take(*opening)
        self.letters.append(self.next())
        name = self.letters[-1]
        self.take(
            *([":", "nat", "=>"] if kind != "every" else [":", "nat", ",", "(", name, "<", self.sizes[-1], ")", "%nat", "->"])
        )
        body = self.read()
        self.letters.pop()
        self.take(*([")"] if kind != "every" else []))
        return mk(kind, body)

    def at_each_size(self, op: str, *opening: str) -> Term:
        self.take(*opening)
        size = self.next()
        assert size not in self.sizes
        self.take(":", "nat", ",", "(", "0", "<", size, ")", "%nat", *(["->"] if op == "parts" else ["/\\", "x", "="]))
        self.sizes.append(size)
        body = self.read()
        self.sizes.pop()
        return mk(op, body)

    def inside(self) -> Term:
        word = self.peek()
        if word in ("rsum", "esum"):
            return self.under({"rsum": "sum", "esum": "esum"}[word], word, self.sizes[-1], "(", "fun")
        if word == "forall" and re.fullmatch(r"n\d+", self.tokens[self.at + 1]):
            return self.at_each_size("parts", "forall")
        if word == "forall":
            return self.under("every", "forall")
        if word == "real" or (word == "is_finite" and self.tokens[self.at + 2] == "Lub_Rbar"):
            self.take(word, "(")
            opening = ["Lub_Rbar", "(", "fun", "x", ":", "R", "=>", "exists"]
            t = self.at_each_size("sup" if word == "real" else "bounded", *opening)
            self.take(")", ")")
            return t
        if word == "exists!":
            return self.one()
        heads = {"ln": ("log", 1), "exp": ("exp", 1), "Rabs": ("abs", 1), "rpow": ("rpow", 2), "is_finite": ("finite", 1)}
        if word in heads:
            op, count = heads[self.next()]
            return mk(op, *(self.read() for _ in range(count)))
        if word == "pdef":
            self.take("pdef")
            return power_condition(self.read(), self.read())
        if word == "phi_inverse":
            return mk("decl", self.next(), self.read(), self.read())
        if word in ("INR", "bijection", "Finite", "if", "-", "/", "~"):
            return self.special(self.next())
        if re.match(r"[fs]_", word):
            self.at += 1
            return mk("entry" if word[0] == "f" else "image", word[2:], self.read())
        return self.infix()

    def special(self, word: str) -> Term:
        if word == "INR":
            self.take(self.sizes[-1])
            return SIZE
        if word == "bijection":
            self.take("n")
            return mk("bijection", self.next()[2:])
        if word == "Finite":
            return self.read()
        if word == "if":
            return self.cases()
        t = self.read()
        if word == "-":
            return mk("rat", -t.args[0], t.args[1])
        if word == "/":
            return ipow(t.args[0], -t.args[1]) if t.op == "ipow" and t.args[1] >= 2 else ipow(t, -1)
        return mk("not", t)

    def cases(self) -> Term:
        relation = {"Rlt_dec": lt, "Rle_dec": le, "Req_EM_T": eq}[self.next()]
        case = relation(self.read(), self.read())
        self.take("then")
        value = self.read()
        self.take("else")
        if self.peek() == "if":
            self.take("if")
            others = self.cases().args
        else:
            others = (self.read(), TRUE)
        return mk("cases", value, case, *others)

    def one(self) -> Term:
        self.take("exists!")
        name = self.next()
        self.take(":", "R", ",")
        low = self.read()
        self.take("<=", name, "/\\", name, "<=")
        high = self.read()
        self.take("/\\")
        self.reals.append(name)
        found = self.read()
        self.reals.pop()
        # P(E): conditions and E, joined; E is the part whose conditions are the others
        bodies = [t for t in (found, *(found.args if found.op == "and" else ())) if mk_p(t) is found]
        assert len(bodies) == 1
        return mk("one", low, high, bodies[0])

    def infix(self) -> Term:
        first = self.read()
        sign = self.peek()
        if sign == "/":
            self.take("/")
            return mk("rat", first.args[0], int(self.next()))
        if sign == "^":
            self.take("^")
            return ipow(first, int(self.next()))
        ops = {"+": "add", "*": "mul", "/\\": "and", "\\/": "or", "->": "implies", "<->": "iff"}
        ops |= {"<": "lt", "<=": "le", "=": "eq", "<>": "ne"}
        return mk(ops[sign], *self.rest(first, sign))


def mk_p(t: Term) -> Term:
    """P(t) as one statement."""
    found = conditions(t)
    return mk("and", *found, t) if found else t


def read_back(text: str) -> Term:
    reader = Reader(text)
    t = reader.read()
    assert reader.at == len(reader.tokens)
    return t


@pytest.mark.parametrize("t", [t for t, _ in STATEMENTS], ids=str)
def test_a_statement_reads_back(t):
    assert read_back(truth(t)) is t
    assert [read_back(text) for text in parts(t)][-1] is t


@pytest.mark.parametrize("name", library.expected_names())
def test_a_claim_reads_back(name):
    """Every statement of the atlas, with its conditions: the text says exactly this term."""
    assumptions, goal = stated(library.result(name).claim)
    text = theorem(assumptions, goal)
    for t in (*assumptions, goal):
        assert proposition(t) in text
        told = [read_back(part) for part in parts(t)]
        assert told[-1] is t
        assert {*told[:-1]} == conditions(t)
        assert len(told) == len(conditions(t)) + 1
    bound = {f"{statement.PREFIX[kind]}{key}" for t in (*assumptions, goal) for kind, key in free(t)}
    head = text.partition(",\n")[0]
    assert {word for word in WORDS.findall(head) if word[1:2] == "_"} == bound


def test_parts_of_the_atlas_print_differently():
    """Each number and statement that occurs in the atlas has a text of its own."""
    found: dict[str, Term] = {}
    for name in library.expected_names():
        assumptions, goal = stated(library.result(name).claim)
        for t in (*assumptions, goal):
            for s in subterms(t):
                if s.loose == (0, 0) and s.sort in ("number", "statement"):
                    text = number(s) if s.sort == "number" else truth(s)
                    assert found.setdefault(text, s) is s
    assert len(found) > 800


TERMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: add(*parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: mul(*parts)),
        st.tuples(inner, st.integers(-4, 4)).map(lambda pair: ipow(*pair)),
        st.tuples(inner, inner).map(lambda pair: rpow(*pair)),
        st.tuples(st.sampled_from(["log", "exp", "abs"]), inner).map(lambda pair: mk(*pair)),
    ),
    max_leaves=12,
)
SENTENCES = st.recursive(
    st.tuples(st.sampled_from(["lt", "le", "eq", "ne"]), TERMS, TERMS).map(lambda parts: mk(*parts)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or", "implies", "iff"]), inner, inner).map(lambda parts: mk(*parts)),
        inner.map(lambda s: mk("not", s)),
        inner.map(every),
        st.sampled_from([lt(X, SIZE), every(lt(ZERO, P_AT))]).map(lambda s: mk("parts", s)),
        st.sampled_from([total(P_AT), SIZE, X]).map(lambda t: lt(mk("sup", t), ZERO)),
        st.sampled_from([total(P_AT), SIZE, X]).map(lambda t: mk("bounded", t)),
    ),
    max_leaves=5,
)


def twice_inverted(t: Term) -> bool:
    return any(s.op == "ipow" and s.args[1] == -1 and s.args[0].op == "ipow" and s.args[0].args[1] >= 2 for s in subterms(t))


@settings(max_examples=300)
@given(SENTENCES)
def test_any_statement_reads_back(t):
    if not twice_inverted(t):
        assert read_back(truth(t)) is t


# -- its size --------------------------------------------------------------------------------------------------------------


def test_the_printer_is_short():
    lines = Path(statement.__file__).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 165
    assert max(map(len, lines)) <= 128
