"""The judge in a process of its own: what goes to it, what comes back, and that nothing spoiled on the way is believed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from atlas import marked
from proving import by_hand, claim
from sympy import log

from focal_symbolic.claims import judging, kept, library, verify
from focal_symbolic.claims.claim import Draws, HardSet, Result, Twin
from focal_symbolic.language import Lt, real
from focal_symbolic.logic.judge import HEADING
from focal_symbolic.logic.kernel import Step
from focal_symbolic.logic.meaning import declarations
from focal_symbolic.logic.terms import le, lt, mk, rat
from focal_symbolic.logic.text import Derivation, declared_text, read_declarations, read_derivations, text_of

x = real("x")
ABOVE, BELOW = "elementary/log_above", "elementary/log_below"
STORED = Path(kept.__file__).parent / "derivations"


def result(name, derivation, goal, *assumptions):
    stated = claim(goal, *assumptions, name=name)
    return Result(stated, by_hand(stated, derivation), HardSet(), Draws(), Twin("a twin", goal))


@pytest.fixture
def enter(monkeypatch):
    """Enters results into the library; nothing of them stays."""

    def entered(*results):
        for one in results:
            monkeypatch.setitem(library.results(), one.name, one)

    yield entered
    forget()


def forget():
    """Everything that is read from what is kept is read again."""
    for cached in (library.written, library.anew, library.theorem, kept.kept):
        cached.cache_clear()


def square(d):
    d("sign", d.goal, d.suppose(x > 0))


# -- verdicts --------------------------------------------------------------------------------------------------------------


def test_a_claim_is_proved_with_all_that_it_rests_on():
    verdicts = judging.judged(["finiteness/at_least_cross_entropy"])
    assert {verdict["verdict"] for verdict in verdicts.values()} == {"proved"}
    theorem = library.theorem("finiteness/at_least_cross_entropy")
    assert verdicts.keys() == {"finiteness/at_least_cross_entropy", *theorem.lemmas}
    found = verdicts["finiteness/at_least_cross_entropy"]
    assert found["steps"] == len(library.steps("finiteness/at_least_cross_entropy"))
    assert set(found["evidence"]) == theorem.evidence
    assert set(found["lemmas"]) == theorem.lemmas
    assert {tuple(pair) for pair in found["cited"]} == {(one.name, one.reference) for one in theorem.cited}


def test_no_claim_needs_no_judge(monkeypatch):
    monkeypatch.setattr(judging, "Popen", None)
    assert judging.judged([]) == {}


def test_a_claim_that_does_not_follow_is_refused_and_what_rests_on_it(enter):
    def by_the_first(d):
        d.lemma("odd/first", d.goal, d.suppose(x > 0), replace={})

    enter(
        result("odd/first", square, Lt(x, x**2), x > 0),
        result("odd/second", by_the_first, Lt(x, x**2), x > 0),
        result("odd/third", square, Lt(0, x**2), x > 0),
    )
    verdicts = judging.judged(["odd/second", "odd/third", ABOVE])
    assert {name: verdict["verdict"] for name, verdict in verdicts.items()} == {
        "odd/first": "failed",
        "odd/second": "failed",
        "odd/third": "proved",
        ABOVE: "proved",
    }
    reason = "odd/first: step 2 (sign: x < x^2): the sign of x^2 - x is not shown."
    assert verdicts["odd/first"]["reason"] == f"Rejected: {reason}"
    assert verdicts["odd/second"]["reason"] == f"Rejected: odd/second: step 2 (lemma: x < x^2): {reason}"


def test_a_derivation_that_cannot_be_built_fails_alone(enter):
    def crash(d):
        raise ZeroDivisionError("a slip of the pen")

    def by_nothing(d):
        d.lemma("odd/none", d.goal, replace={})

    def by_itself(d):
        d.lemma("odd/itself", d.goal, replace={})

    def of_no_language(d):
        d("sign", d.goal, d.suppose(log(x, 2.5) > 0))

    goal = Lt(0, x**2)
    enter(
        result("odd/crash", crash, goal),
        result("odd/nothing", by_nothing, goal),
        result("odd/itself", by_itself, goal),
        result("odd/language", of_no_language, goal),
    )
    verdicts = judging.judged(["odd/crash", "odd/nothing", "odd/itself", "odd/language", ABOVE])
    assert verdicts[ABOVE]["verdict"] == "proved"
    for name, reason in (
        ("odd/crash", "ZeroDivisionError: a slip of the pen"),
        ("odd/nothing", "UnknownClaim: there is no claim «odd/none»"),
        ("odd/itself", "Rejected: odd/itself: the derivation leans on itself"),
        ("odd/language", "Rejected: odd/language: step 1 (hypothesis) is not of the language"),
    ):
        assert verdicts[name]["verdict"] == "failed"
        assert verdicts[name]["reason"].startswith(reason), verdicts[name]


def test_the_statement_that_was_judged_is_the_claim(monkeypatch):
    """A text that says another statement, or assumes more, is not believed."""
    honest = judging.derivation

    def other_goal(name, searched=False):
        d = honest(name, searched)
        other = le(d.goal.args[1], mk("abs", d.goal.args[1]))
        return Derivation(d.name, (), other, (Step("absolute_value", other),), {}, {})

    def more_assumed(name, searched=False):
        d = honest(name, searched)
        return Derivation(d.name, (*d.assumptions, d.goal), d.goal, (Step("hypothesis", d.goal),), {}, {})

    for dishonest in (other_goal, more_assumed):
        monkeypatch.setattr(judging, "derivation", dishonest)
        verdict = judging.judged([ABOVE])[ABOVE]
        assert verdict["verdict"] == "failed"
        assert "another statement than the claim" in verdict["reason"]


# -- the process -----------------------------------------------------------------------------------------------------------


def ended(stdout="", stderr=""):
    """A judge that says so much and is killed."""
    return f"import os, sys\nos.write(1, {stdout.encode()!r})\nos.write(2, {stderr.encode()!r})\nos.kill(os.getpid(), 9)"


PROVED = json.dumps({"name": BELOW, "verdict": "failed", "reason": "no"})


@pytest.mark.parametrize(
    ("stdout", "stderr", "told"),
    [
        ("", "", "exit code -9"),
        (PROVED, "", "exit code -9"),  # half a line
        (f"{PROVED}\n", "Traceback\nMemoryError: all of it", "MemoryError: all of it"),
    ],
)
def test_a_judge_that_ends_early_proves_nothing(monkeypatch, stdout, stderr, told):
    monkeypatch.setattr(judging, "ALONE", ended(stdout, stderr))
    verdict = judging.judged([ABOVE])[ABOVE]
    assert verdict["verdict"] == "failed"
    assert verdict["reason"] == f"FocalError: {ABOVE}: the judge has ended without a verdict ({told})."
    (outcome,) = verify.verify([library.result(ABOVE)], 5, 30).outcomes
    assert outcome.derivation.verdict == "failed"
    assert "without a verdict" in outcome.derivation.reason


def test_what_was_judged_before_the_end_stands(monkeypatch):
    """A judge that is killed after its first verdict."""
    cut = "import os\nfrom focal_symbolic.logic import judge\nhonest = judge.judged\n"
    cut += "def once(derivations):\n    yield next(honest(derivations))\n    os.kill(os.getpid(), 9)\njudge.judged = once\n"
    monkeypatch.setattr(
        judging, "ALONE", judging.ALONE.replace("from focal_symbolic.logic.judge", f"{cut}from focal_symbolic.logic.judge")
    )
    verdicts = judging.judged([ABOVE, BELOW])
    assert {verdict["verdict"] for verdict in verdicts.values()} == {"proved", "failed"}


def test_a_verdict_is_told_while_the_judge_is_at_the_next(monkeypatch):
    """Whoever has taken one verdict and wants no more leaves no process behind."""
    begun = []
    monkeypatch.setattr(judging, "Popen", lambda *words, **named: begun.append(subprocess.Popen(*words, **named)) or begun[-1])
    verdicts = judging.verdicts([ABOVE, BELOW])
    name, verdict = next(verdicts)
    assert (name, verdict["verdict"]) == (ABOVE, "proved")
    verdicts.close()
    assert [process.returncode is not None for process in begun] == [True]


def judge(text):
    """The judge on a text: exit code, verdicts, the last line that it complains with."""
    command = [sys.executable, "-m", "focal_symbolic.logic.judge"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, encoding="utf-8")
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], (done.stderr.splitlines() or [""])[-1]


def texts(*names):
    return [text_of(judging.derivation(name)) for name in names]


HEAD = f"{declared_text(declarations())}\n{HEADING}\n"


def test_the_judge_alone():
    code, verdicts, complaint = judge(HEAD + "".join(texts(ABOVE, BELOW)))
    assert (code, complaint) == (0, "")
    assert [(verdict["name"], verdict["verdict"]) for verdict in verdicts] == [(ABOVE, "proved"), (BELOW, "proved")]


def test_a_lemma_is_proved_before_it_is_used():
    first, second = texts("finiteness/loss_at_least", "finiteness/at_least_cross_entropy")
    _, (verdict,), _ = judge(HEAD + second)
    assert verdict["verdict"] == "failed"
    assert "the claim finiteness/loss_at_least is not proved before it is used" in verdict["reason"]
    code, verdicts, _ = judge(HEAD + second + first + second)
    assert (code, [verdict["verdict"] for verdict in verdicts]) == (0, ["failed", "proved", "proved"])


def test_a_claim_is_judged_once():
    (text,) = texts(ABOVE)
    _, verdicts, _ = judge(HEAD + text + text)
    assert [verdict["verdict"] for verdict in verdicts] == ["proved", "failed"]
    assert "there is a claim of this name already" in verdicts[1]["reason"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("goal ", "gaol "), "is no line of a derivation"),
        (lambda text: text.replace("\nend\n", "\n"), "the text ends in the middle of"),
        (lambda text: text.replace("goal ", "goal (lt 0 "), "a parenthesis|not one expression"),
        (lambda text: text.replace("goal #", "goal #0000"), "there is no term"),
        (lambda text: "odd\n" + text, "stands outside of a claim"),
        (lambda text: text.replace("(var x)", "(var x_é)"), "is no name"),
        (lambda text: text.replace("term ", "term 0", 1), "."),
    ],
)
def test_a_malformed_text_ends_the_judge_with_the_line(change, complaint):
    first, second = texts(ABOVE, BELOW)
    code, verdicts, last = judge(HEAD + first + change(second))
    assert [verdict["name"] for verdict in verdicts] == [ABOVE]
    assert code != 0
    assert any(part in last for part in complaint.split("|")), last


def test_declarations_come_through_the_text():
    """The function that phi_inverse inverts is read by the judge as it was declared here."""
    told = [(d.name, d.function, d.x, d.parameters) for d in declarations()]
    assert [*read_declarations(declared_text(declarations()))] == told
    code, verdicts, _ = judge(f"{HEADING}\n" + "".join(texts("uniqueness/onto")))
    assert (code, verdicts) == (1, [])  # without a line of its own before the heading there are no declarations


def test_a_name_that_was_not_declared_is_refused():
    goal = lt(rat(0), mk("decl", "odd_inverse", rat(1)))
    d = Derivation("odd/decl", (), goal, (Step("sign", goal),))
    _, (verdict,), _ = judge(HEAD + text_of(d))
    assert verdict["verdict"] == "failed"
    assert "no function odd_inverse is declared" in verdict["reason"]


# -- what is kept ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", marked(library.modules(), 8))
def test_the_committed_derivations_are_what_would_be_written_now(file):
    """If this fails, run «focal-symbolic claims --write»."""
    assert (STORED / f"{file}.txt").read_text(encoding="utf-8") == judging.written(file)


def test_no_other_derivations_are_committed():
    assert {path.stem for path in STORED.iterdir()} == {*library.modules()}


def test_every_claim_is_proved_from_what_is_kept_alone():
    """Without any search: the judge refuses nothing at its first look."""
    code, verdicts, _ = judge(HEAD + "".join(texts(*library.in_order(library.results()))))
    assert code == 0
    assert [verdict["name"] for verdict in verdicts if verdict["verdict"] != "proved"] == []


@pytest.fixture
def stored(monkeypatch, tmp_path):
    """The directory of derivations, a copy that may be spoiled."""
    for path in STORED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(kept, "path_of", lambda file: tmp_path / f"{file}.txt")
    forget()
    yield tmp_path / "elementary.txt"
    forget()


def other_certificates(text):
    """Each certificate under the question of the one before it."""
    lines = text.splitlines()
    places = [number for number, line in enumerate(lines) if line.startswith("  ")]
    keys = [lines[number].partition(": ")[0] for number in places]
    found = [lines[number].partition(": ")[2] for number in places]
    for number, key, certificate in zip(places, keys, found[-1:] + found[:-1], strict=True):
        lines[number] = f"{key}: {certificate}"
    return "\n".join([*lines, ""])


@pytest.mark.parametrize(
    "spoil",
    [
        None,
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("(", "["),
        lambda text: text.replace("POS", "ANY").replace(" 4:", " 1:"),
        lambda text: text.replace("#", "#f"),
        other_certificates,
        lambda text: text.replace("(number)", "(any)"),
        lambda text: text.replace(" (1 ", " (2 ").replace(" (1)", " (2)"),
        lambda text: text.replace("step monotone", "step sign"),
        lambda text: re.sub(r":(\d)\b", lambda found: f":{int(found[1]) % 6 + 1}", text),
        lambda text: text.replace("// lines ", "// lines odd:1 "),
        lambda text: "claim\n",
        lambda text: "claim elementary/log_above\ngoal true\nstep hypothesis true ()\nend\n",
        lambda text: "(" * 10**5,
        lambda text: "\udcff",
    ],
)
def test_spoiled_derivations_cost_a_search_and_never_a_verdict(stored, spoil):
    honest = stored.read_text(encoding="utf-8")
    if spoil is None:
        stored.unlink()
    else:
        stored.write_text(spoil(honest), encoding="utf-8", errors="surrogateescape")
    verdicts = judging.judged([ABOVE, BELOW])
    assert {verdict["verdict"] for verdict in verdicts.values()} == {"proved"}
    assert library.theorem(ABOVE).conclusion is judging.derivation(ABOVE).goal
    (twin,) = [verify.verify([library.result(ABOVE)], 5, 30).outcomes[0].twin]
    assert "derivation" in twin.refuted_by


def test_what_is_kept_never_brings_a_statement(stored):
    """What is taken from the text is checked, and the goal is that of the proof file."""
    text = stored.read_text(encoding="utf-8")
    (honest,) = [d for d in read_derivations(text) if d.name == ABOVE]
    stored.write_text(text.replace("goal ", "goal (le 0 1) //"), encoding="utf-8")
    kept.kept.cache_clear()
    assert judging.derivation(ABOVE).goal is honest.goal


# -- what a page cannot bend -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bend",
    [
        lambda patch, place: patch.setenv("PYTHONPATH", str(place)),
        lambda patch, place: patch.setenv("PYTHONHOME", str(place)),
        lambda patch, place: patch.setattr(sys, "executable", str(place / "python")),
        lambda patch, place: patch.chdir(place),
    ],
    ids=["PYTHONPATH", "PYTHONHOME", "sys.executable", "directory"],
)
def test_the_judge_is_started_as_before_the_pages_were_read(tmp_path, monkeypatch, bend):
    """A page is code: it may put modules, or another Python, in the way of the judge."""
    for name in ("sitecustomize.py", "flint.py", "json.py"):
        (tmp_path / name).write_text('raise SystemExit(print(\'{"name": "elementary/log_above"}\'))\n')
    (tmp_path / "python").write_text("#!/bin/sh\necho '{}'\n")
    (tmp_path / "python").chmod(0o755)
    bend(monkeypatch, tmp_path)
    assert judging.judged([ABOVE])[ABOVE]["verdict"] == "proved"
