"""The writer of derivations in Coq: each rule's proof is accepted by Coq, and Coq refuses what does not follow."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from coqtop import accepted, alone

from focal_symbolic.claims import coq as second
from focal_symbolic.claims import library
from focal_symbolic.logic import kernel
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq import proof
from focal_symbolic.logic.coq.bridge import Put
from focal_symbolic.logic.coq.compiler import Limits, compiled
from focal_symbolic.logic.coq.facts import in_hypothesis_order
from focal_symbolic.logic.coq.project import distrusted
from focal_symbolic.logic.coq.project import library as shipped
from focal_symbolic.logic.coq.statement import binders, number, proposition, truth
from focal_symbolic.logic.coq.step import Head, StepWriter, writers
from focal_symbolic.logic.kernel import Step, rules
from focal_symbolic.logic.terms import ONE, ZERO, add, eq, every, free, ipow, le, lt, mk, mul, ne, neg, rat, rpow, total

HERE = Path(__file__).parent
X, Y, Z = (mk("var", name) for name in "xyz")
I_, J, K = (mk("letter", name) for name in "ijk")
AT, OUT = mk("bletter", 0), mk("bletter", 1)


def p(letter, family="p"):
    return mk("entry", family, letter)


def ln(t):
    return mk("log", t)


def files(text, uses=("Coquelicot", "Definitions")):
    """A project of one file with these lemmas."""
    return shipped() | {"Definitions.v": second.project(()).definitions(), "Steps.v": f"{proof.header(uses)}{text}"}


def result(text, coq, cache, **more):
    """What becomes of a file with these lemmas."""
    return compiled(files(text, **more), coq, cache=cache, limits=lambda _: Limits(seconds=300))["Steps.v"]


# -- without Coq -----------------------------------------------------------------------------------------------------------


def test_every_rule_is_written():
    assert {*writers} == {*rules}


def test_a_file_names_its_steps_and_takes_nothing_on_trust():
    text = second._text("convexity/slope_falls")
    for k in range(1, len(library.steps("convexity/slope_falls")) + 1):
        assert f"\n(* {k}: " in text
        assert f"\nLemma s{k} : forall " in text
    assert "\nLemma used : " in text
    assert "\nTheorem plain : " in text
    assert distrusted(text) is None


def test_a_file_requires_the_claims_that_it_uses():
    text = second._text("uniqueness/inverse")
    assert "\nRequire C_uniqueness_onto.\n" in text
    assert "C_uniqueness_onto.used" in text
    assert "Lemma phi_inverse_continuous : " in text


def test_what_leans_on_a_continuous_inverse_requires_the_claim_that_shows_it():
    text = second._text("uniqueness/multiplier_exists")
    assert "\nRequire C_uniqueness_inverse.\n" in text
    assert "C_uniqueness_inverse.phi_inverse_continuous" in text


# -- bridges ---------------------------------------------------------------------------------------------------------------

INNER = add(p(AT, "q"), rpow(add(p(I_), X), total(mul(p(AT), p(OUT, "q")))))
STATEMENTS = [
    lt(mul(X, Y, p(I_)), add(X, ln(mul(p(I_), X)))),
    le(total(mul(p(AT), ln(INNER))), X),
    mk("implies", lt(ZERO, mul(X, p(I_))), mk("or", eq(mul(X, Y), p(I_)), ne(X, ZERO))),
    mk("iff", mk("not", eq(mul(X, p(I_)), ONE)), mk("and", lt(X, p(I_)), le(p(I_), Y))),
    every(mk("or", lt(ZERO, mul(p(AT), X, p(I_))), mk("and", le(ZERO, X), le(ZERO, mul(p(AT), p(I_)))))),
    mk("or", lt(ZERO, mul(X, p(I_))), mk("and", le(ZERO, mul(X, p(I_))), le(ZERO, add(Y, p(I_))))),
    mk("one", X, add(X, p(I_)), eq(add(mul(mk("breal", 0), X, p(I_)), ln(mk("breal", 0))), Y)),
    mk("finite", mk("cases", X, eq(mul(X, p(I_)), ZERO), mk("oo"), lt(p(I_), add(X, Y)), ln(add(p(I_), X)), mk("true"))),
    mk("finite", mk("esum", mk("cases", mul(p(AT), p(I_)), le(mul(p(AT), X), p(I_)), mk("oo"), mk("true")))),
]
MOVED = {
    ("var", "x"): add(Y, mul(rat(-2), Z), ONE),
    ("letter", "i"): mk("image", "sigma", J),
    ("entry", "p"): mk("template", add(p(AT, "q"), neg(Y))),
}


@pytest.mark.coq
def test_bridges_lead_there_and_back(coq, cache):
    """What Coq has after it has put something in, and what is printed for it, give one another."""
    bridge, text = Put(MOVED), ""
    values = " ".join(map(number, MOVED.values()))
    for k, s in enumerate(STATEMENTS):
        image = bridge.image(s)
        keys = free(s) | free(image) | frozenset().union(*map(free, MOVED.values()))
        moved = f"((fun (v_x : R) (l_i : nat) (f_p : nat -> R) => {truth(s)}) {values})"
        quantified = binders(keys)
        own = " ".join(b[1:].split(" ")[0] for b in quantified)
        for way, given, goal, tactic in (
            ("forth", moved, truth(image), bridge.forth(s, "H")),
            ("back", truth(image), moved, bridge.back(s, "H")),
        ):
            text += f"Lemma b{k}_{way} : forall {' '.join(quantified)}, {given} -> {goal}.\n"
            text += f"Proof. intros {own} H. cbv beta in *. {tactic}. Qed.\n"
    built = result(text, coq, cache)
    assert (built.status, built.error) == ("compiled", "")


# -- steps -----------------------------------------------------------------------------------------------------------------


@pytest.mark.coq
def test_coq_proves_every_step_that_the_kernel_accepts_in_its_tests(coq, cache, tmp_path):
    """The tests of the rules and of the attacks run with a recorder; what they have the kernel accept, Coq has to prove."""
    tests = [*sorted(HERE.glob("test_rules*.py")), HERE / "test_soundness.py"]
    there = os.pathsep.join([str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"COQ_STEPS": str(tmp_path / "steps.json"), "PYTHONPATH": there}
    options = ["-q", "-p", "coq_recorder", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not coq"]
    command = [sys.executable, "-m", "pytest", *options, *map(str, tests)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=HERE.parent)
    assert done.returncode == 0, done.stdout[-2000:]
    found = json.loads((tmp_path / "steps.json").read_text(encoding="utf-8"))
    assert found["unwritten"] == []
    assert len(found["texts"]) > 500
    text = "\n".join(found["texts"])
    assert {*re.findall(r"^\(\* \d+: (\w+) in", text, re.MULTILINE)} == {*rules}
    built = result(text, coq, cache, uses={*found["uses"], "Definitions"})
    lines = text.splitlines()[: max(built.line - len(proof.header(found["uses"]).splitlines()), 0)]
    blamed = next((line for line in reversed(lines) if line.startswith("(* ")), "")
    assert (built.status, built.error, blamed if built.error else "") == ("compiled", "", "")


# -- what Coq refuses ------------------------------------------------------------------------------------------------------


def header(uses):
    return proof.header({*uses, "Definitions"})


def weaker(text, name):
    """The last lemma of a step once for each hypothesis that its proof names, with nothing in place of that one."""
    said, _, script = text.rpartition("\nLemma ")[2].partition(".\nProof.\n")
    head, *given = said.split("\n  ")
    binders_ = head.partition(" : ")[2]
    proof_ = script.partition("intros")[2].partition(".\n")[2]
    for k in (k for k in range(len(given) - 1) if re.search(rf"\bh{k}\b", proof_)):
        less = "\n  ".join([*given[:k], "True ->", *given[k + 1 :]])
        yield alone(f"Lemma {name}_{k} : {binders_}\n  {less}.\nProof.\n{script}")


@pytest.mark.coq
@pytest.mark.parametrize(
    "name", ["elementary/log_square", "finiteness/finite_on_the_support", "ordering/relabel", "high_suppression/g_sign"]
)
def test_no_step_is_proved_without_a_hypothesis_that_it_uses(name, place):
    """A step is refused where a hypothesis that its proof names says nothing."""
    claim = proof.ClaimWriter(second._replayed(name), second._replayed)
    texts = [claim.lemma(k) for k in range(len(claim.of.steps))]
    less = [lemma for k, text in enumerate(texts) for lemma in weaker(text, f"less{k + 1}")]
    assert len(less) > len(texts) / 2
    whole = "".join(map(alone, texts))
    assert accepted(header(claim.uses) + whole + "".join(less), place) == re.findall(r"^Lemma (\w+)", whole, re.MULTILINE)


class Believing:
    """Answers that say yes to everything."""

    def answer(self, context, question):
        return {"sign": "(number)", "prove": "(asked)", "equal": "(same)"}[question[0]], {}


def forged(conclusion, *hypotheses):
    """A theorem that no kernel has made."""
    return kernel.Theorem(kernel._SEAL, frozenset(hypotheses), conclusion, frozenset(), frozenset(), frozenset())


POSITIVE = lt(ZERO, p(I_))
SUM = total(p(AT))
FALSEHOODS = {
    "y < 2 y": ("logarithms", lt(ln(Y), ln(mul(rat(2), Y))), [], {}),
    "a number is below itself": ("constant", lt(mk("exp", ONE), mk("exp", ONE)), [], {}),
    "1/y for all y": (
        "instance",
        ne(ipow(Y, -1), ZERO),
        [forged(ne(X, ZERO), ne(X, ZERO))],
        {"replace": ((("var", "x"), ipow(Y, -1)),)},
    ),
    "a fixed letter": ("every", every(lt(ZERO, p(AT))), [forged(POSITIVE, POSITIVE)], {}),
    "a sum over a fixed letter": ("sum_terms", lt(total(ZERO), SUM), [forged(POSITIVE, POSITIVE)], {"over": I_}),
    "one letter twice": (
        "sum_pair",
        le(add(p(I_), p(I_)), SUM),
        [forged(le(ZERO, p(K))), forged(ne(p(I_), p(J)))],
        {"over": K},
    ),
    "a relabelling that is no bijection": ("relabel", eq(SUM, total(p(mk("image", "s", AT)))), [], {}),
    "a negative weight": ("combination", lt(Y, X), [forged(lt(X, Y))], {"weights": (rat(-1),)}),
    "an even power rises": (
        "apply",
        lt(rpow(X, rat(2)), rpow(Y, rat(2))),
        [forged(lt(X, Y))],
        {"function": "power", "parameter": rat(2)},
    ),
    "strict from weak": ("apply", lt(ln(X), ln(Y)), [forged(le(X, Y)), forged(lt(ZERO, X))], {"function": "log"}),
    "the derivative of another function": (
        "monotone",
        lt(ipow(rat(-1), 2), ipow(ONE, 2)),
        [forged(lt(ZERO, ONE)), forged(lt(rat(-1), ONE))],
        {"function": ipow(X, 2), "variable": X},
    ),
    "a case is left out": (
        "cases",
        lt(ZERO, X),
        [forged(lt(ZERO, X), lt(ZERO, X)), forged(lt(ZERO, X), eq(ZERO, X))],
        {"on": (lt(ZERO, X), eq(ZERO, X))},
    ),
    "equal for some": ("rewrite", lt(Z, Y), [forged(eq(X, Y)), forged(lt(Z, mul(X, X)))], {}),
    "the other side": ("transfer", lt(ZERO, Y), [forged(mk("iff", lt(ZERO, X), lt(ZERO, Y))), forged(lt(X, ZERO))], {}),
    "|x| below x": ("absolute", le(mk("abs", X), X), [forged(le(X, X)), forged(le(X, X))], {}),
    "x <= |y|": ("absolute_value", le(X, mk("abs", Y)), [], {}),
    "a part that is none": ("part", lt(X, ZERO), [forged(mk("and", lt(ZERO, X), lt(ZERO, Y)))], {}),
    "0^-1": ("identity", eq(mul(X, ipow(X, -1)), ONE), [], {}),
    "an infinite value": (
        "finite_value",
        mk("iff", mk("finite", mk("cases", mk("oo"), eq(X, ZERO), X, mk("true"))), mk("true")),
        [],
        {},
    ),
}


@pytest.mark.coq
@pytest.mark.parametrize("name", FALSEHOODS)
def test_a_falsehood_is_not_proved(name, place, monkeypatch):
    """A kernel that believed everything: what it would accept is not written, or Coq refuses it."""
    rule, conclusion, premises, arguments = FALSEHOODS[name]
    monkeypatch.setattr(Context, "_holds", lambda self, question: True)
    keys = {key for t in (forged(conclusion), *premises) for key in proof.names_of(t)} | proof.spoken(arguments.values())
    symbols = proof.ordered(keys)
    heads, axioms = [], ""
    for k, premise in enumerate(premises):
        heads.append(Head(f"a{k}", symbols))
        said = " -> ".join(map(proposition, [*in_hypothesis_order(premise), premise.conclusion]))
        axioms += f"Axiom a{k} : forall {' '.join(binders(symbols))}, {said}.\n"
    claim = SimpleNamespace(uses=set(), inverses=set(), claim=SimpleNamespace(answers=Believing()))
    step = Step(rule, conclusion, (), tuple(arguments.items()))
    writer = StepWriter("wrong", symbols, step, forged(conclusion), premises, heads, claim)
    try:
        text = writer.text()
    except Exception:
        return
    assert "wrong" not in accepted(header({*claim.uses, "Coquelicot"}) + axioms + alone(text), place)
