"""What a red team proved although it is false, and what let it."""

import pytest

from focal_symbolic.claims import judging
from focal_symbolic.errors import Rejected
from focal_symbolic.logic import meaning
from focal_symbolic.logic.arithmetic import expand
from focal_symbolic.logic.kernel import Step, conclude
from focal_symbolic.logic.meaning import declare
from focal_symbolic.logic.terms import ONE, ZERO, Malformed, add, eq, ipow, mk, neg, rat, rpow
from focal_symbolic.logic.text import Derivation, read_derivations

X = mk("var", "x")


@pytest.fixture
def declarations(monkeypatch):
    """Declarations of a test's own."""
    monkeypatch.setattr(meaning, "_declared", dict(meaning._declared))
    monkeypatch.setattr(meaning, "_frozen", [])


def test_a_declared_function_does_not_speak_of_itself(declarations):
    """(1/x - 1) (1 + 0^((g(1) - 1/2)^2)) falls from oo to 0, so g, its inverse, would take 1 to no number."""
    jump = rpow(ZERO, ipow(add(mk("decl", "twisted", ONE), mk("rat", -1, 2)), 2))
    twisted = mk("mul", add(ipow(X, -1), neg(ONE)), add(ONE, jump))
    with pytest.raises(Malformed, match="no function twisted is declared"):
        declare("twisted", twisted, "x")
    declare("plain", add(ipow(X, -1), neg(ONE)), "x")
    later = declare("later", mk("mul", add(ipow(X, -1), neg(ONE)), mk("exp", mk("decl", "plain", rat(2)))), "x")
    assert declare("later", later.function, "x") is not None
    with pytest.raises(Malformed, match="takes 1 arguments"):
        declare("wrong", mk("decl", "plain", ONE, ONE), "x")


@pytest.mark.parametrize("names", [("x y",), ("x", "c\nderivations")])
def test_variables_of_a_declaration_are_names(declarations, names):
    with pytest.raises(Malformed, match="is no name"):
        declare("inverse_of_one", ONE, names[0], names[1:])


def test_the_judge_loads_nothing_from_where_it_is_called(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit('the judge was told what to say')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert judging.judged(["elementary/log_above"])["elementary/log_above"]["verdict"] == "proved"


def lines_in_a_rule(name, searched=False):
    """A derivation of 1 = 0 whose rule is several lines of text, another goal among them."""
    steps = (Step("identity (eq 1 1) ()\nterm 0 (eq 1 1)\ngoal #0\n//", eq(ONE, ZERO)),)
    return Derivation(name, (), eq(ONE, ZERO), steps)


def another_claim(name, searched=False):
    steps = (
        Step("identity", eq(ONE, ZERO), (), (("x", f"0)\nend\nclaim {name}\nterm 0 (eq 1 1)\ngoal #0\nstep identity #0 ("),)),
    )
    return Derivation(name, (), eq(ONE, ZERO), steps)


@pytest.mark.parametrize("derived", [lines_in_a_rule, another_claim])
def test_the_text_for_the_judge_is_of_the_claim(derived, monkeypatch):
    monkeypatch.setattr(judging, "derivation", derived)
    verdict = judging.judged(["elementary/log_above"])["elementary/log_above"]
    assert verdict["verdict"] == "failed"
    assert "of another statement" in verdict["reason"]


def test_an_integer_of_a_text_is_not_cut_off():
    with pytest.raises(Malformed, match="no integer"):
        list(read_derivations("claim a\nterm 0 (ipow (var x) 1/2)\n"))


def test_what_is_remembered_is_not_changed():
    """x = 0, once somebody has emptied what x expands to."""
    with pytest.raises((AttributeError, TypeError)):
        expand(X).clear()


class Meddling:
    """Answers that add 1 = 0 to what is known."""

    def answer(self, context, question):
        context.sources.append(eq(ONE, ZERO))
        context.place[eq(ONE, ZERO)] = len(context.sources) - 1
        return f"(facts ((1 {len(context.sources) - 1} ())) 0 (number))", {}


def test_answers_do_not_change_what_is_known():
    with pytest.raises(Rejected):
        conclude(Step("sign", eq(ONE, ZERO)), [], None, Meddling())


def test_the_judge_reads_the_same_text_in_every_locale(monkeypatch):
    """Å ends a line where its bytes are read as Latin-1."""
    monkeypatch.setitem(judging.ENVIRONMENT, "PYTHONIOENCODING", "latin-1")
    text = "claim a\n// Å claim\nterm 0 (eq 1 1)\ngoal #0\nstep identity #0 ()\nend\n"
    monkeypatch.setattr(judging, "_of_the_claim", lambda name, verdict: verdict)
    assert dict(judging._process({"a": text}))["a"]["verdict"] == "proved"
