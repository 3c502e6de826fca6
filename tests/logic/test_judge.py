"""The judge: what it says of derivations that it reads as text, and that nothing is declared or added once it judges."""

from __future__ import annotations

import gc
import io
import json
import runpy

import pytest
from speech import C, X, Y, log

from focal_symbolic.errors import Rejected
from focal_symbolic.logic import judge, kernel, meaning
from focal_symbolic.logic.context import Context
from focal_symbolic.logic.judge import HEADING, judged, main, run
from focal_symbolic.logic.kernel import Citation, Step
from focal_symbolic.logic.meaning import Declaration, declaration, declare
from focal_symbolic.logic.stored import key_of
from focal_symbolic.logic.terms import ONE, TRUE, ZERO, Malformed, add, eq, le, lt, mk, rat
from focal_symbolic.logic.text import Derivation, declared_text, text_of

LESS = lt(ZERO, ONE)


def hypothesis(name, goal, *assumptions):
    """A derivation that supposes its goal."""
    return Derivation(name, assumptions or (goal,), goal, (Step("hypothesis", goal),))


def by_lemma(name, of, goal, premise=None):
    """A derivation of a goal by another claim."""
    steps = [] if premise is None else [Step("hypothesis", premise)]
    steps.append(Step("lemma", goal, tuple(range(len(steps))), (("name", of), ("replace", ()))))
    return Derivation(name, () if premise is None else (premise,), goal, tuple(steps))


def verdicts(*derivations):
    return list(judged(derivations))


def test_the_verdict_on_what_is_proved():
    assert verdicts(hypothesis("a", lt(X, Y), le(X, Y), lt(X, Y))) == [
        {
            "name": "a",
            "verdict": "proved",
            "goal": lt(X, Y).digest.hex(),
            "hypotheses": [lt(X, Y).digest.hex()],
            "steps": 1,
            "evidence": ["exact"],
            "cited": [],
            "lemmas": [],
        }
    ]


def test_hypotheses_and_lemmas_and_evidence_are_told_in_order():
    strict, other = lt(X, Y), lt(Y, C)
    both = mk("and", strict, other)
    steps = (Step("hypothesis", strict), Step("hypothesis", other), Step("conjunction", both, (0, 1)))
    constant = Derivation("b", (), LESS, (Step("constant", LESS),))
    applied = lt(mk("exp", ZERO), mk("exp", ONE))
    used = Derivation(
        "c",
        (),
        applied,
        (
            Step("lemma", LESS, (), (("name", "b"), ("replace", ()))),
            Step("apply", applied, (0,), (("function", "exp"),)),
        ),
    )
    found = verdicts(Derivation("a", (strict, other), both, steps), constant, used, by_lemma("d", "c", applied))
    assert found[0]["hypotheses"] == sorted([strict.digest.hex(), other.digest.hex()])
    assert found[0]["steps"] == 3
    assert found[1]["evidence"] == ["enclosed"]
    assert found[2]["evidence"] == ["cited", "enclosed", "exact"]
    (citation,) = kernel.rules["apply"].cites
    assert found[2]["cited"] == [[citation.name, citation.reference]]
    assert found[2]["lemmas"] == ["b"]
    assert found[3]["lemmas"] == ["b", "c"]
    assert [v["verdict"] for v in found] == ["proved"] * 4


def test_what_is_cited_is_told_in_order(monkeypatch):
    cites = tuple(Citation(name, "statement", f"reference of {name}") for name in ("zorn", "abel", "mean"))
    known = kernel.rules["hypothesis"]
    monkeypatch.setattr(kernel, "rules", {"hypothesis": kernel.Rule("hypothesis", known.check, {}, cites, "cited", "")})
    assert verdicts(hypothesis("a", lt(X, Y)))[0]["cited"] == [
        [name, f"reference of {name}"] for name in ("abel", "mean", "zorn")
    ]


def test_what_is_refused_is_told_why_and_the_rest_is_judged():
    wrong = Derivation("b", (), lt(X, Y), (Step("hypothesis", lt(X, Y)),))
    found = verdicts(hypothesis("a", lt(X, Y)), wrong, hypothesis("c", LESS))
    assert [v["verdict"] for v in found] == ["proved", "failed", "proved"]
    assert found[1] == {"name": "b", "verdict": "failed", "reason": found[1]["reason"]}
    assert found[1]["reason"].startswith("b: the derivation needs what the claim does not assume")


def test_a_lemma_is_a_claim_that_was_proved_before():
    first, second = hypothesis("a", LESS), by_lemma("b", "a", LESS, LESS)
    assert [v["verdict"] for v in verdicts(first, second)] == ["proved", "proved"]
    early, late = verdicts(second, first)
    assert early["reason"].endswith("the claim a is not proved before it is used.")
    assert late["verdict"] == "proved"
    refused = Derivation("a", (), lt(X, Y), (Step("hypothesis", lt(X, Y)),))
    assert [v["verdict"] for v in verdicts(refused, by_lemma("b", "a", lt(X, Y)))] == ["failed", "failed"]
    assert [v["verdict"] for v in verdicts(by_lemma("a", "a", LESS))] == ["failed"]


def test_a_name_is_given_once_and_the_first_theorem_stays():
    found = verdicts(hypothesis("a", LESS), hypothesis("a", lt(X, Y)), by_lemma("b", "a", LESS, LESS))
    assert [v["verdict"] for v in found] == ["proved", "failed", "proved"]
    assert found[1]["reason"] == "a: there is a claim of this name already."


def test_the_certificates_of_a_derivation_are_looked_up():
    goal = eq(add(X, X), mk("mul", rat(2), X))
    key = key_of(Context(None, ()), ("equal", *goal.args))
    step = (Step("identity", goal),)
    assert verdicts(Derivation("a", (), goal, step, {key: "(same)"}))[0]["verdict"] == "proved"
    assert verdicts(Derivation("a", (), goal, step))[0]["verdict"] == "failed"
    assert verdicts(Derivation("a", (), goal, step, {key: "(any)"}))[0]["verdict"] == "failed"


# -- the process -----------------------------------------------------------------------------------------------------------


def alone(monkeypatch):
    """As in a process of its own: nothing declared, nothing frozen, and no garbage is collected for good."""
    monkeypatch.setattr(meaning, "_declared", {})
    monkeypatch.setattr(meaning, "_frozen", [])
    monkeypatch.setattr(kernel, "_frozen", [])
    monkeypatch.setattr(judge.gc, "disable", lambda: None)


def said(text):
    out = io.StringIO()
    assert main(io.StringIO(text), out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_heading_parts_declarations_from_derivations(monkeypatch):
    alone(monkeypatch)
    assert HEADING == "derivations"
    d = Declaration("judged_inverse", add(X, log(C)), "x", ("c",))
    text = f"{declared_text([d])}\n{HEADING}\n{text_of(hypothesis('a', LESS))}{text_of(by_lemma('b', 'a', LESS, LESS))}"
    assert [(v["name"], v["verdict"]) for v in said(text)] == [("a", "proved"), ("b", "proved")]
    assert declaration("judged_inverse") == d


def test_nothing_is_declared_and_no_rule_is_added_once_it_judges(monkeypatch):
    alone(monkeypatch)
    assert said(f"\n{HEADING}\n") == []
    with pytest.raises(Malformed, match="too late"):
        declare("late", X, "x")
    with pytest.raises(Rejected, match="frozen"):
        kernel.rule()(lambda *_: None)


def test_verdicts_come_one_by_one(monkeypatch):
    alone(monkeypatch)
    text = f"\n{HEADING}\n{text_of(hypothesis('a', LESS))}nonsense\n"

    class Flushed(io.StringIO):
        count = 0

        def flush(self):
            self.count += 1
            super().flush()

    out = Flushed()
    with pytest.raises(Malformed, match="outside of a claim"):
        main(io.StringIO(text), out)
    assert [json.loads(line)["name"] for line in out.getvalue().splitlines()] == ["a"]
    assert out.count == 1


def test_text_without_the_heading_holds_no_derivations(monkeypatch):
    alone(monkeypatch)
    with pytest.raises(Malformed, match="no line of a declaration"):
        said(text_of(hypothesis("a", LESS)))
    assert said("") == []


def test_garbage_is_not_collected_in_the_judges_process(monkeypatch):
    alone(monkeypatch)
    calls = []
    monkeypatch.setattr(judge.gc, "disable", lambda: calls.append(1))
    said("")
    assert calls == [1]
    assert gc.isenabled()


def test_the_module_is_a_program(monkeypatch):
    alone(monkeypatch)
    monkeypatch.setattr(judge.sys, "stdin", io.StringIO(f"\n{HEADING}\n{text_of(hypothesis('a', LESS))}"))
    monkeypatch.setattr(judge.sys, "stdout", io.StringIO())
    with pytest.warns(RuntimeWarning, match="found in sys.modules"), pytest.raises(SystemExit) as ended:
        runpy.run_module("focal_symbolic.logic.judge", run_name="__main__")
    assert ended.value.code == 0
    assert json.loads(judge.sys.stdout.getvalue())["verdict"] == "proved"


def test_what_comes_in_is_read_as_utf_8_whatever_the_locale(monkeypatch):
    alone(monkeypatch)
    text = f"\n{HEADING}\n{text_of(hypothesis('Å', TRUE))}"
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="latin-1"),
        "stdout": io.TextIOWrapper(io.BytesIO(), encoding="latin-1"),
        "stderr": io.StringIO(),
    }
    for name, stream in streams.items():
        monkeypatch.setattr(judge.sys, name, stream)
    monkeypatch.setattr(judge, "main", lambda: main(judge.sys.stdin, judge.sys.stdout))
    assert run() == 0
    assert streams["stdin"].encoding == streams["stdout"].encoding == "utf-8"
    assert json.loads(streams["stdout"].buffer.getvalue())["name"] == "Å"
