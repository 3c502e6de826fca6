"""The Coq project: folding, the statements that are read, compiling with limits and a cache, and what becomes of a claim."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from atlas import EVERY, sample_and_all
from click.testing import CliRunner
from coqtop import accepted_modules, compile_in

from focal_symbolic.claims import coq as second
from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import stated
from focal_symbolic.commands.cli import main
from focal_symbolic.commands.writing import folder
from focal_symbolic.errors import FocalError, InputError
from focal_symbolic.logic.coq import compiler, vocabulary
from focal_symbolic.logic.coq.compiler import Built, Coq, Limits, Missing, compiled, installed, requirements
from focal_symbolic.logic.coq.judgement import ALLOWED, PRIMITIVE, axioms_in, judged
from focal_symbolic.logic.coq.project import Claim, Project, distrusted, identifier, without_comments
from focal_symbolic.logic.coq.project import library as shipped
from focal_symbolic.logic.coq.readable import Reader, comment, defined, indented
from focal_symbolic.logic.coq.statement import theorem
from focal_symbolic.logic.coq.vocabulary import Vocabulary, instance
from focal_symbolic.logic.terms import ONE, TRUE, ZERO, add, eq, every, free, le, lt, mk, mul, rat, rpow, sub, total

X, Y, G = mk("var", "x"), mk("var", "y"), mk("var", "gamma")
AT, OUT = mk("bletter", 0), mk("bletter", 1)
SAID = second.vocabulary()
LOSS, ENTROPY = (next(d for d in SAID.definitions if d.name == name) for name in ("loss", "focal_entropy"))


def loss(x, gamma):
    return instance(LOSS.term, {("var", "x"): x, ("var", "gamma"): gamma})


def entry(family, letter):
    return mk("entry", family, letter)


# -- definitions in place of their text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [Y, entry("q", AT), mk("exp", X), rpow(Y, G), entry("q", mk("image", "sigma", AT))], ids=str)
def test_an_instance_is_folded(x):
    call = SAID.fold(loss(x, rat(2)))
    assert call is not None
    assert (call.definition, call.arguments, call.rest) == (LOSS, (x, rat(2)), ())


def test_an_instance_is_folded_among_other_factors():
    weighted = mul(Y, loss(X, G), mk("exp", X))
    call = SAID.fold(weighted)
    assert call is not None
    assert (call.definition, call.arguments, call.op) == (LOSS, (X, G), "mul")
    assert mul(*call.rest, loss(X, G)) is weighted


def test_a_sum_is_folded_with_its_families():
    body = mul(entry("r", AT), Y, loss(mk("exp", entry("q", AT)), X))
    call = SAID.fold(total(body))
    assert call is not None
    assert call.definition is ENTROPY
    assert call.arguments[1:] == (mk("template", mk("exp", entry("q", AT))), X)


def test_a_sum_is_folded_below_a_letter():
    inner = total(mul(entry("p", AT), loss(entry("q", AT), entry("g", OUT))))
    call = SAID.fold(inner)
    assert call is not None
    assert (call.definition, call.arguments[2]) == (ENTROPY, entry("g", AT))


def test_what_speaks_of_the_bound_letter_is_no_argument():
    """gamma must not depend on the letter that the definition binds."""
    call = SAID.fold(total(mul(entry("p", AT), loss(entry("q", AT), entry("g", AT)))))
    assert call is None or call.definition is not ENTROPY


@pytest.mark.parametrize(
    "t",
    [
        mul(rat(-1), rpow(sub(ONE, X), G), mk("log", Y)),
        mul(rpow(sub(ONE, X), G), mk("log", X)),
        mul(rat(-2), rpow(sub(ONE, X), G), mk("log", X)),
        mul(rat(-1), rpow(add(ONE, X), G), mk("log", X)),
    ],
    ids=str,
)
def test_what_is_nearly_an_instance_is_not_folded(t):
    assert SAID.fold(t) is None


def test_a_wrong_match_is_not_believed(monkeypatch):
    """The search is not trusted: an instance must be literally the number."""
    wrong = {("var", "x"): Y, ("var", "gamma"): G}
    monkeypatch.setattr(vocabulary, "_matches", lambda definition, t: iter([(wrong, ()), (wrong, (ONE,))]))
    assert Vocabulary((LOSS,)).fold(loss(X, G)) is None


def test_an_instance_does_not_capture_a_letter():
    inside = total(mul(entry("p", AT), X))
    put = instance(inside, {("var", "x"): entry("q", AT)})
    assert put is total(mul(entry("p", AT), entry("q", OUT)))


# -- statements as they are read -------------------------------------------------------------------------------------------


def read(*terms):
    *assumptions, goal = terms
    return Reader(SAID, {key for t in terms for key in free(t)}).theorem(assumptions, goal)


@pytest.mark.parametrize(
    ("t", "text"),
    [
        (lt(ZERO, sub(ONE, X)), "0 < 1 - x"),
        (eq(mul(rat(-1), X), rat(-2)), "- x = - 2"),
        (le(mul(mk("rat", 3, 4), X), ONE), "3 / 4 * x <= 1"),
        (lt(add(X, mul(rat(-2), Y)), ZERO), "x - 2 * y < 0"),
        (lt(loss(X, G), ONE), "(* defined: *) 0 < x /\\ pdef (1 - x) gamma /\\\n(* and: *) loss x gamma < 1"),
        (lt(ZERO, mk("ipow", X, -2)), "(* defined: *) x <> 0 /\\\n(* and: *) 0 < 1 / x ^ 2"),
        (every(lt(ZERO, entry("p", AT))), "forall i, (i < n)%nat -> 0 < p i"),
        (eq(total(entry("p", AT)), ONE), "rsum n p = 1"),
        (mk("not", eq(X, Y)), "~ x = y"),
        (mk("implies", lt(X, Y), mk("not", eq(X, Y))), "x < y -> ~ x = y"),
        (mk("implies", lt(X, Y), mk("implies", lt(Y, X), TRUE)), "x < y -> y < x -> True"),
        (mk("implies", mk("implies", lt(X, Y), lt(Y, X)), TRUE), "(x < y -> y < x) -> True"),
    ],
    ids=str,
)
def test_a_statement_is_read_with_few_brackets(t, text):
    assert read(t).partition(",\n")[2] == text


def test_lines_are_broken_between_parts():
    parts = [f"(forall i, (i < n)%nat -> {k} < p i + q i)" for k in range(10**12, 10**12 + 6)]
    lines = indented(" /\\ ".join(parts)).splitlines()
    assert max(map(len, lines)) <= 118
    assert all(line.endswith(" /\\") for line in lines[:-1])
    assert " ".join(line.strip() for line in lines) == " /\\ ".join(parts)
    long = f"(* a *) x /\\ 0 < {' + '.join(['(x + y)'] * 40)} /\\ y"
    assert " ".join(line.strip() for line in indented(long).splitlines()) == long


def test_variables_do_not_take_the_names_of_words():
    names = ("n", "ln", "loss", "slope", "S", "forall", "Hn", "Rabs", "phi_inverse")
    reader = Reader(SAID, {("var", name) for name in names})
    assert [*reader.called.values()] == [f"{name}_" for _, name in sorted(("var", name) for name in names)]


def test_two_kinds_of_one_name_are_told_apart():
    text = read(lt(add(entry("x", mk("letter", "x")), X), ZERO))
    assert len(set(re.findall(r"\bx_*", text))) == 3


def test_a_bound_letter_is_none_of_the_free_ones():
    letters = (entry("p", mk("letter", name)) for name in "ij")
    text = read(every(lt(entry("p", AT), add(*letters)))).partition(",\n")[2]
    assert re.fullmatch(r"forall k, \(k < n\)%nat -> p k < p [ij] \+ p [ij]", text)


def test_a_comment_ends_where_it_ends():
    assert comment('a (* b *) "c') == "(* a ( * b * ) ''c *)"


def test_the_definitions_read_as_in_the_paper():
    text = defined(SAID)
    for line in (
        "Definition loss (x gamma : R) : R :=\n  - ln x * rpow (1 - x) gamma.",
        "Definition s (x : R) : R :=\n  - x * ln x / (1 - x).",
        "Definition focal_entropy (n : nat) (p q : nat -> R) (gamma : R) : R :=\n  rsum n (fun i => p i * loss (q i) gamma).",
    ):
        assert line in text


@pytest.mark.parametrize("names", sample_and_all(library.expected_names()))
def test_every_claim_is_in_the_statements_once(names):
    text = second.project(names).statements()
    assert text.count(" : Prop :=") >= len(names)
    for name in names:
        assert text.count(f"Definition {identifier(name)} : Prop :=") == 1
        assert comment(f"{name}: {library.result(name).claim.statement}") in text


# -- what is not to be taken on trust --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Lemma a : False. Admitted.",
        "Axiom a : False.",
        "Parameter a : False.",
        "Hypothesis a : False.",
        "Variables a : False.",
        "Conjecture a : False.",
        "Lemma a : False. Abort.",
        "Unset Guard Checking.",
        "Local Set Universe Checking.",
        "#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.",
        "Lemma a : False. Proof. admit. Qed.",
        "Module M.",
        "Notation R := nat.",
        'Definition a := "(*"%string. Lemma b : False. Proof. exact c. Qed. (* *)',
        "(* *) Axiom a : False. (* *)",
        "(* (* *) *) Axiom a : False.",
    ],
)
def test_words_that_take_on_trust_are_found(text):
    assert distrusted(text) is not None


def test_comments_are_no_text():
    assert distrusted("(* Axiom (* Admitted *) Module *) Lemma a : True. Proof. exact I. Qed.") is None
    assert without_comments("a(*b(*c*)d*)e").split() == ["a", "e"]


@pytest.mark.parametrize(
    ("output", "axioms"),
    [
        ("Closed under the global context", ()),
        (
            "Axioms:\nA.b : forall x,\n  x = x\nClassical_Prop.classic\n  : forall P : Prop, P",
            ("A.b", "Classical_Prop.classic"),
        ),
        ("Axioms:\nA.b : Prop\nClosed under the global context", ()),
        ("Closed under the global context\nAxioms:\nf is assumed to be guarded.", ("f",)),
        ("Axioms:\n<unknown>", ("?",)),
        ("", None),
    ],
)
def test_axioms_are_read_off(output, axioms):
    assert axioms_in(output) == axioms


def test_the_lists_of_axioms():
    assert len(ALLOWED) == 4
    assert {"PrimInt63.int", "PrimInt63.add", "Uint63.add_spec", "Uint63.addc_def_spec", "Uint63.eqb_correct"} <= PRIMITIVE
    assert not any("Float" in name for name in PRIMITIVE)


def test_the_library_takes_nothing_on_trust():
    for text in shipped().values():
        assert not re.search(
            r"\b(Admitted|admit|Axiom|Parameter|Conjecture|Abort|Unset|bypass_check)\b", without_comments(text)
        )


def test_what_a_file_requires():
    text = "From Coq Require Import Reals Lra.\nRequire Import Meaning\n  A.B.Sums.\nRequire C_a. Open Scope R_scope.\n"
    text += "Require Export D."
    assert requirements(text, ["Sums", "Meaning", "C_a", "D", "Lra2"]) == ("Meaning", "Sums", "C_a", "D")


# -- a Coq that is none: what is compiled is the text ----------------------------------------------------------------------

FAKE = """#!/bin/sh
for file; do :; done
case "$1" in
  --print-version) echo "8.16.1 4.13.1"; exit;;
  -where) echo /nowhere; exit;;
esac
[ -n "$FAKE_LOG" ] && echo "$file" >> "$FAKE_LOG"
case "$file" in probe.v) [ -n "$FAKE_DEAF" ] && exec sleep 60; grep -q "${FAKE_LACKS:-nothing}" probe.v && exit 1; exit 0;; esac
if [ -n "$FAKE_SLEEP" ]; then sleep 60; fi
if grep -q SLEEP "$file"; then sleep 60; fi
if grep -q LOOP "$file"; then while :; do :; done; fi
if grep -q MEMORY "$file"; then echo "Error: Out of memory." >&2; exit 1; fi
if grep -q WRONG "$file"; then
  line=$(grep -n WRONG "$file" | head -1 | cut -d: -f1)
  printf 'File "./%s", line %s, characters 0-5:\\nError:\\nNo applicable\\ntactic.\\n' "$file" "$line" >&2; exit 1
fi
printf 'Chars 0 - 5 [Require] 0.1 secs (0.1u,0.s)\\n'
grep -o 'TELLS .*' "$file" | cut -c7-
grep -q TELLS "$file" || echo "Closed under the global context"
cp "$file" "${file%.v}.vo"
"""


@pytest.fixture
def fake(tmp_path, monkeypatch):
    command = tmp_path / "bin" / "coqc"
    command.parent.mkdir()
    command.write_text(FAKE)
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    log = tmp_path / "log"
    log.touch()
    monkeypatch.setenv("FAKE_LOG", str(log))
    monkeypatch.setenv("FOCAL_SYMBOLIC_CACHE", str(tmp_path / "cache"))

    class Fake:
        coq = Coq(str(command), "8.16.1")
        cache = tmp_path / "cache"

        @staticmethod
        def ran() -> list[str]:
            out = log.read_text().split()
            log.write_text("")
            return sorted(out)

    Fake.command = command
    return Fake


FILES = {"A.v": "Definition a := 1.\n", "b/B.v": "Require Import A.\n", "C.v": "Require B.\n", "D.v": "Definition d := 1.\n"}


def statuses(files, fake, **more):
    return {path: built.status for path, built in compiled(files, fake.coq, **more).items()}


def test_files_are_compiled_after_what_they_require(fake):
    order = []
    assert {*statuses(FILES, fake, done=lambda path, _: order.append(path)).values()} == {"compiled"}
    assert order.index("A.v") < order.index("b/B.v") < order.index("C.v")
    assert fake.ran() == sorted(FILES)


def test_what_was_compiled_is_not_compiled_again(fake):
    statuses(FILES, fake)
    fake.ran()
    again = compiled(FILES, fake.coq)
    assert all(built.from_cache for built in again.values())
    assert again["A.v"].output == "Closed under the global context"
    assert fake.ran() == []


def test_a_change_compiles_what_leans_on_it(fake):
    statuses(FILES, fake)
    fake.ran()
    statuses(FILES | {"A.v": "Definition a := 2.\n"}, fake)
    assert fake.ran() == ["A.v", "b/B.v"]  # what B compiles to has not changed; a file of Coq would have


def test_another_version_compiles_anew(fake):
    statuses(FILES, fake)
    fake.ran()
    compiled(FILES, Coq(fake.coq.command, "8.17.0"))
    assert fake.ran() == sorted(FILES)
    compiled(FILES, Coq(fake.coq.command, "8.16.1", ("another Coquelicot",)))
    assert fake.ran() == sorted(FILES)


@pytest.mark.parametrize(
    "damage", ["truncated", "edited", "record edited", "record truncated", "no record", "no file", "swapped"]
)
def test_a_damaged_cache_is_noticed(fake, damage):
    statuses(FILES, fake)
    fake.ran()
    entries = {json.loads((entry / "built.json").read_text())["vo"]: entry for entry in fake.cache.iterdir()}
    entry, other = [*entries.values()][:2]
    vo, record = entry / "file.vo", entry / "built.json"
    if damage == "truncated":
        vo.write_bytes(vo.read_bytes()[:-3])
    elif damage == "edited":
        vo.write_bytes(vo.read_bytes().replace(b"D", b"E") + b" ")
    elif damage == "record edited":
        record.write_text(record.read_text().replace("Closed under the global context", "Closed"))
    elif damage == "record truncated":
        record.write_text(record.read_text()[:-9])
    elif damage == "no record":
        record.unlink()
    elif damage == "no file":
        vo.unlink()
    else:
        vo.write_bytes((other / "file.vo").read_bytes())
        record.write_text((other / "built.json").read_text())
    built = compiled(FILES, fake.coq)
    assert {one.status for one in built.values()} == {"compiled"}
    assert len(fake.ran()) == 1
    assert all(one.from_cache for one in compiled(FILES, fake.coq).values())


def test_a_cache_that_cannot_be_written_is_no_error(fake, tmp_path):
    (tmp_path / "file").write_text("")
    assert {*statuses(FILES, fake, cache=tmp_path / "file" / "cache").values()} == {"compiled"}


def test_what_no_run_uses_is_thrown_away(fake):
    statuses(FILES, fake)
    old, *_ = fake.cache.iterdir()
    os.utime(old, (0, 0))
    statuses({"E.v": "Definition e := 1.\n"}, fake)
    assert not old.exists()
    assert len([*fake.cache.iterdir()]) == len(FILES)


def test_a_refused_file_names_line_and_reason(fake):
    built = compiled({"A.v": "Lemma a.\n\nWRONG\n", "B.v": "Require A.\n"}, fake.coq)
    assert (built["A.v"].status, built["A.v"].line, built["A.v"].error) == ("refused", 3, "No applicable tactic")
    assert built["B.v"] == Built("skipped", error="it requires A, which Coq does not accept")
    fake.ran()
    compiled({"A.v": "Lemma a.\n\nWRONG\n"}, fake.coq)
    assert fake.ran() == ["A.v"]  # a refusal is not kept


def test_processor_time_is_limited(fake):
    began = time.monotonic()
    built = compiled({"A.v": "LOOP\n", "B.v": "Definition b := 1.\n"}, fake.coq, limits=lambda _: Limits(seconds=1))
    assert (built["A.v"].status, built["A.v"].error) == ("exhausted", "it needs more than 1 s")
    assert built["B.v"].status == "compiled"
    assert time.monotonic() - began < 30


def test_time_by_the_clock_is_limited(fake):
    built = compiled({"A.v": "SLEEP\n"}, fake.coq, limits=lambda _: Limits(seconds=0.1))
    assert built["A.v"].status == "exhausted"


def test_memory_is_limited(fake):
    built = compiled({"A.v": "MEMORY\n"}, fake.coq)
    assert built["A.v"].error == "it needs more than 2200 MB"


def test_two_files_of_one_name_are_refused(fake):
    with pytest.raises(FocalError, match="one name"):
        compiled({"a/A.v": "", "b/A.v": ""}, fake.coq)


def test_files_that_require_each_other_are_refused(fake):
    with pytest.raises(FocalError, match="requires itself"):
        compiled({"A.v": "Require B.\n", "B.v": "Require A.\n"}, fake.coq)


def _children(mark: Path) -> list[int]:
    """The processes that speak of a place."""
    out = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if str(mark).encode() in (place / "cmdline").read_bytes() and (place / "stat").read_text().split()[2] != "Z":
                out.append(int(place.name))
        except (OSError, IndexError):
            continue
    return [pid for pid in out if pid != os.getpid()]


RUN = """
import sys
from focal_symbolic.logic.coq.compiler import Coq, compiled
files = {"A.v": "Definition a := 1.", "B.v": "Definition b := 1.", "C.v": "Require A B. SLEEP"}
print("began", flush=True)
compiled(files, Coq(sys.argv[1], "8.16.1"), done=lambda path, built: print(path, flush=True))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_keeps_what_it_has(fake, how):
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(fake.command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    assert sorted(run.stdout.readline() for _ in range(3)) == ["A.v\n", "B.v\n", "began\n"]
    time.sleep(0.3)
    assert len(_children(fake.command)) > 1
    run.send_signal(how)
    _, told = run.communicate(timeout=20)
    if how == signal.SIGINT:
        assert "KeyboardInterrupt" in told
        time.sleep(0.2)
        assert _children(fake.command) == []
    for pid in _children(fake.command):
        os.kill(pid, signal.SIGKILL)
    fake.ran()
    statuses({"A.v": "Definition a := 1.", "B.v": "Definition b := 1."}, fake)
    assert fake.ran() == []


# -- which Coq -------------------------------------------------------------------------------------------------------------


def test_the_installed_coq_is_told(fake):
    assert installed(str(fake.command)) == fake.coq


def test_no_coq_says_how_to_get_it(monkeypatch):
    with pytest.raises(
        Missing, match=r"Coq is not installed; on Debian: apt-get install .*coq libcoq-coquelicot libcoq-interval"
    ):
        installed("coqc-that-is-not-there")


def test_a_coq_that_does_not_answer_says_so(fake, monkeypatch):
    monkeypatch.setenv("FAKE_DEAF", "yes")  # a machine so busy that the probe for a library does not end
    monkeypatch.setattr(compiler, "PATIENCE", 0.5)
    began = time.monotonic()
    with pytest.raises(Missing, match=r"coqc does not answer within 0\.5 s; try again when fewer programs run\.$"):
        installed(str(fake.command))
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("library_", ["Coquelicot", "Interval"])
def test_a_coq_without_a_library_says_so(fake, monkeypatch, library_):
    monkeypatch.setenv("FAKE_LACKS", library_)
    with pytest.raises(Missing, match=f"without the library {library_}; on Debian"):
        installed(str(fake.command))


def test_a_coq_that_does_not_run_says_so(tmp_path):
    broken = tmp_path / "coqc"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(Missing, match="does not run"):
        installed(str(broken))


def test_the_place_of_the_cache(monkeypatch, tmp_path):
    monkeypatch.delenv("FOCAL_SYMBOLIC_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compiler.cache_directory() == tmp_path / "focal-symbolic" / "coq"


# -- what becomes of a claim -----------------------------------------------------------------------------------------------

PLAIN = "Theorem plain : True.\nProof. exact I. Qed.\n"


def claim(name, text=PLAIN, twin=True):
    def written():
        if isinstance(text, Exception):
            raise text
        return text

    other = Claim(f"{name} (twin)", "x < 0", (), lt(X, ZERO), written) if twin else None
    return Claim(name, "x is x", (), eq(X, X), written, other)


def outcomes(fake, *claims, **more):
    return judged(Project(claims, SAID), fake.coq, **more)


def test_claims_are_proved_one_by_one(fake):
    found = outcomes(fake, claim("a/x"), claim("a/y"), claim("b/z"))
    assert {name: one.verdict for name, one in found.items()} == {"a/x": "proved", "a/y": "proved", "b/z": "proved"}
    assert all(one.refuses_twin and one.axioms == () for one in found.values())


def test_a_failure_names_claim_step_and_rule(fake):
    text = "(* 1: hypothesis *)\nLemma s1 : True.\n\n(* 2: combination from 1 *)\nLemma s2 : True.\nProof.\n  WRONG\nQed.\n"
    found = outcomes(fake, claim("a/x", text), claim("a/y", f"Require C_a_x.\n{PLAIN}"), claim("b/z"))
    assert found["a/x"].reason == "a/x: step 2 (combination): Coq says: No applicable tactic."
    assert found["a/y"].reason == "a/y: it requires C_a_x, which Coq does not accept."
    assert [one.verdict for one in found.values()] == ["failed", "failed", "proved"]
    assert found["b/z"].refuses_twin


def test_a_failure_after_the_steps_names_the_theorem(fake):
    found = outcomes(fake, claim("a/x", "Lemma used : True.\nProof.\nWRONG\n"))
    assert found["a/x"].reason == "a/x: used: Coq says: No applicable tactic."


def test_a_claim_that_is_not_written_says_why(fake):
    found = outcomes(
        fake, claim("a/x", ValueError("step 3 (root): too hard\nmore")), claim("a/y", "Require C_a_x."), claim("b/z")
    )
    assert found["a/x"].reason == "a/x: its derivation is not written in Coq: step 3 (root): too hard."
    assert found["a/y"].reason == "a/y: it rests on a/x, of which there is no file."
    assert found["b/z"].verdict == "proved"


def test_a_planted_axiom_is_found_in_the_text(fake):
    found = outcomes(fake, claim("a/x", f"Axiom cheat : False.\n{PLAIN}"))
    assert found["a/x"].reason == "a/x: the text of its derivation says «Axiom»."


def test_a_planted_axiom_is_found_by_its_name(fake):
    found = outcomes(fake, claim("a/x", f"{PLAIN}(* TELLS Axioms:\nTELLS cheat : False *)\n"))
    assert (found["a/x"].verdict, found["a/x"].axioms) == ("failed", ("cheat",))
    assert "rests on cheat, which is not allowed" in found["a/x"].reason


def test_machine_integers_are_allowed_only_with_interval(fake):
    told = "(* TELLS Axioms:\nTELLS PrimInt63.int : Set *)\n"
    assert outcomes(fake, claim("a/x", PLAIN + told))["a/x"].verdict == "failed"
    text = f"From Interval Require Import Tactic.\n{PLAIN}{told}"
    found = outcomes(fake, claim("a/x", text), claim("a/y", f"Require C_a_x.\n{PLAIN}{told}"))
    assert [one.verdict for one in found.values()] == ["proved", "proved"]


def test_a_claim_that_tells_no_axioms_is_not_proved(fake):
    assert "does not say on which axioms" in outcomes(fake, claim("a/x", f"{PLAIN}(* TELLS nothing *)"))["a/x"].reason


def test_what_atlas_does_not_accept_is_not_proved(fake, monkeypatch):
    monkeypatch.setattr(
        Project,
        "atlas",
        lambda self, names: "".join(f"Theorem {identifier(n)} :\n{'WRONG' if n == 'a/y' else ''}\n" for n in names),
    )
    found = outcomes(fake, claim("a/x"), claim("a/y"))
    assert found["a/x"].verdict == "proved"
    assert found["a/y"].reason == "a/y: Atlas.v: Coq says: No applicable tactic."


def test_a_twin_that_is_given_is_not_refused(fake, monkeypatch):
    monkeypatch.setattr(
        Project,
        "twins",
        lambda self, names: {
            "twins/T_a.v": "".join(f"Lemma {identifier(n)} :\n{'WRONG' if n == 'a/y' else ''}\n" for n in names)
        },
    )
    found = outcomes(fake, claim("a/x"), claim("a/y"))
    assert {name: (one.verdict, one.refuses_twin) for name, one in found.items()} == {
        "a/x": ("proved", True),
        "a/y": ("proved", False),
    }


def test_two_claims_of_one_name_in_coq_are_refused():
    with pytest.raises(FocalError, match="one name in Coq"):
        Project((claim("a/x-y"), claim("a/x_y")), SAID)


# -- written out -----------------------------------------------------------------------------------------------------------


def test_a_project_is_written_whole(tmp_path):
    files = Project((claim("a/x"), claim("b/y")), SAID).files()
    folder(lambda: files, tmp_path / "new" / "project")
    there = {str(path.relative_to(tmp_path / "new" / "project")) for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert there == {*files}
    listed = files["_CoqProject"].split()
    assert {path for path in files if path.endswith(".v")} == {*listed[4:]} - {"-w", "none", "-arg"}
    assert listed[:3] == ["-R", ".", "Focal"]
    assert [*(tmp_path / "new").iterdir()] == [tmp_path / "new" / "project"]


def test_a_directory_that_holds_something_is_left_as_it_is(tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        folder(lambda: {"A.v": ""}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    with pytest.raises(InputError, match="is not empty"):
        folder(lambda: {"A.v": ""}, tmp_path / "mine")


def test_what_a_killed_run_left_is_thrown_away(fake, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    places = {pid: tmp_path / f"{compiler.WORKPLACE}{pid}-x" for pid in (gone.pid, os.getpid(), 1)}
    for place in places.values():
        place.mkdir()
    statuses(FILES, fake)
    assert {pid: place.is_dir() for pid, place in places.items()} == {gone.pid: False, os.getpid(): True, 1: True}
    assert len([*tmp_path.glob(f"{compiler.WORKPLACE}*")]) == 2


def test_an_empty_directory_is_filled(tmp_path):
    (tmp_path / "empty").mkdir()
    folder(lambda: {"A.v": "a"}, tmp_path / "empty")
    assert (tmp_path / "empty" / "A.v").read_text() == "a"


def test_a_directory_that_cannot_be_written_is_told_before_the_work(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        folder(lambda: pytest.fail("asked for"), tmp_path / "file" / "below")


def test_what_is_interrupted_leaves_nothing(tmp_path):
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder(interrupted, tmp_path / "out")
    assert [*tmp_path.iterdir()] == []


# -- the commands ----------------------------------------------------------------------------------------------------------

LOSS_ALONE = ("verify", "convexity/loss_is_convex", "--coq", "--examples", "5", "--dps", "15", "--json", "-")


def run(*words, code=0):
    found = CliRunner().invoke(main, [*words])
    assert found.exit_code == code, found.output
    assert "Traceback" not in found.output
    return found


@pytest.fixture
def on_path(fake, monkeypatch):
    monkeypatch.setenv("PATH", f"{fake.command.parent}{os.pathsep}{os.environ['PATH']}")
    return fake


def test_verify_tells_what_coq_says(on_path):
    document = json.loads(run(*LOSS_ALONE).stdout)
    (one,) = document["theorems"]
    assert one["legs"]["coq"] | {"seconds": 0} == {"verdict": "proved", "axioms": [], "seconds": 0}
    assert one["twin"]["refuted_by"] == ["derivation", "precision", "fuzz", "coq"]
    assert document["versions"]["coq"] == "8.16.1"
    assert "claims/C_convexity_loss_is_convex.v" in on_path.ran()


def test_verify_without_the_option_does_not_ask_coq(on_path):
    (one,) = json.loads(run(*(word for word in LOSS_ALONE if word != "--coq")).stdout)["theorems"]
    assert "coq" not in one["legs"]
    assert on_path.ran() == []


def test_verify_names_coq_among_the_legs(on_path):
    told = run("verify", "convexity/loss_is_convex", "--coq", "--examples", "5", "--dps", "15").stdout
    assert "proved · enclosed · fuzzed · refuted 1 twin · Coq\n" in told
    assert re.search(r"8 steps \(exact, cited\) · Coq [0-9.]+ s · ", told)
    assert "proved by Coq 8.16.1" in " ".join(told.split())


def test_a_claim_that_coq_refuses_fails_the_run(on_path, monkeypatch):
    monkeypatch.setattr(second, "_text", lambda name: "(* 1: sign *)\nLemma s1 : True.\nWRONG\n")
    found = run(*LOSS_ALONE, code=1)
    document = json.loads(found.stdout)
    assert document["theorems"][0]["legs"]["coq"]["verdict"] == "failed"
    assert "coq: convexity/loss_is_convex: step 1 (sign): Coq says: No applicable tactic." in document["reasons"]
    assert document["theorems"][0]["twin"]["refuted_by"] == ["derivation", "precision", "fuzz"]


def test_verify_without_coq_is_no_pass(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    found = run(*LOSS_ALONE, code=1)
    document = json.loads(found.stdout)
    assert document["verdict"] == "failed"
    assert document["theorems"][0]["legs"]["coq"]["verdict"] == "absent"
    assert document["reasons"] == [
        "Coq is not installed; on Debian: apt-get install --no-install-recommends coq libcoq-coquelicot libcoq-interval."
    ]
    assert "not installed" in found.stderr


def test_verify_without_coquelicot_is_no_pass(on_path, monkeypatch):
    monkeypatch.setenv("FAKE_LACKS", "Coquelicot")
    document = json.loads(run(*LOSS_ALONE, code=1).stdout)
    assert document["reasons"][0].startswith(
        "Coq 8.16.1 is installed without the library Coquelicot; on Debian: apt-get install"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "coq", "{full}"), "is there already and is not empty; name a new directory."),
        (("export", "coq", "{file}/below"), "cannot be written (not a directory); name another directory."),
        (("export", "coq", "{new}", "elementary/log"), "no claim «elementary/log»; did you mean elementary/log_above?"),
        (("verify", "--coq", "convexity/los"), "there is no claim «convexity/los»; did you mean convexity/loss_is_convex?"),
        (("export", "coq"), "Missing argument 'DIR'."),
    ],
)
def test_bad_usage_is_told_in_one_sentence(tmp_path, words, sentence):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    places = {name: str(tmp_path / name) for name in ("full", "new", "file")}
    (tmp_path / "file").touch()
    found = run(*(word.format(**places) for word in words), code=2)
    assert found.stderr.endswith(f"{sentence}\n")
    assert found.stderr.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_export_writes_a_claim_with_all_that_it_rests_on(tmp_path):
    told = run("export", "coq", str(tmp_path / "out"), "convexity/slope_falls").stdout
    written = {path.stem for path in (tmp_path / "out" / "claims").iterdir()}
    assert written == {f"C_{identifier(name)}" for name in library.in_order(["convexity/slope_falls"])}
    assert told == f"wrote {len(written)} claims to {tmp_path / 'out'}\n"


def test_export_tells_what_it_cannot_write(tmp_path, monkeypatch):
    def refuses(name):
        raise ValueError("step 2 (sign): too hard")

    monkeypatch.setattr(second, "_text", refuses)
    found = run("export", "coq", str(tmp_path / "out"), "elementary/log_above", code=1)
    assert (
        found.stderr == "focal-symbolic: elementary/log_above: its derivation is not written in Coq: step 2 (sign): too hard.\n"
    )
    assert (tmp_path / "out" / "Statements.v").is_file()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")
def test_verify_is_interrupted_at_once(on_path, monkeypatch):
    monkeypatch.setenv("FAKE_SLEEP", "1")
    command = [sys.executable, "-m", "focal_symbolic", *LOSS_ALONE]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while not _children(on_path.command):
            time.sleep(0.1)
        time.sleep(0.3)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert (process.returncode, told.splitlines()[-1]) == (130, "focal-symbolic: interrupted after 0 of 1 claims.")
    assert "Traceback" not in told
    assert _children(on_path.command) == []


# -- with Coq itself -------------------------------------------------------------------------------------------------------


def real(text, said=(), goal=eq(X, X), **more):
    return Claim(
        "test/claim",
        "a claim",
        tuple(said),
        goal,
        lambda: f"From Coq Require Import Reals Lra.\nRequire Import Meaning.\nOpen Scope R_scope.\n{text}",
        **more,
    )


@pytest.mark.coq
def test_a_small_claim_is_proved(coq, cache):
    goal, false = lt(ZERO, add(X, X)), lt(ONE, add(X, X))
    text = f"Theorem plain : {theorem([lt(ZERO, X)], goal)}.\nProof. intros. lra. Qed.\n"
    twin = Claim("test/claim (twin)", "a falsehood", (lt(ZERO, X),), false, lambda: "")
    found = judged(Project((real(text, [lt(ZERO, X)], goal, twin=twin),), SAID), coq, cache=cache)["test/claim"]
    assert (found.verdict, found.refuses_twin, found.reason) == ("proved", True, "")
    assert {*found.axioms} <= ALLOWED


@pytest.mark.coq
def test_a_twin_that_follows_is_told(coq, cache):
    text = f"Theorem plain : {theorem([lt(ZERO, X)], lt(ZERO, add(X, X)))}.\nProof. intros. lra. Qed.\n"
    twin = Claim("test/claim (twin)", "no falsehood", (lt(ZERO, X),), lt(rat(-1), add(X, X)), lambda: "")
    found = judged(Project((real(text, [lt(ZERO, X)], lt(ZERO, add(X, X)), twin=twin),), SAID), coq, cache=cache)["test/claim"]
    assert (found.verdict, found.refuses_twin) == ("proved", False)


@pytest.mark.coq
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Theorem plain : forall (n : nat) (Hn : (0 < n)%nat) (v_x : R), v_x < 0.\nProof. intros. lra. Qed.",
            "plain: Coq says: .*",
        ),
        ("Theorem plain : True.\nProof. exact I. Qed.", "stated: Coq says: .*"),
        ("Lemma a : True.\nProof.\n  exact J.\nQed.", "a: Coq says: The reference J was not found"),
        ("Definition Rlt (a b : R) := True.\nInfix2.", ".*"),
    ],
)
def test_what_coq_does_not_accept_is_failed(coq, cache, text, reason):
    found = judged(Project((real(text, goal=lt(X, ZERO)),), SAID), coq, cache=cache)["test/claim"]
    assert found.verdict == "failed"
    assert re.match(f"test/claim: {reason}", found.reason)


@pytest.mark.coq
def test_a_word_that_is_defined_anew_proves_nothing(coq, cache):
    """A derivation that gives `ln` another meaning proves another statement than that of Atlas.v."""
    goal = lt(mk("log", X), ZERO)
    text = (
        "Definition ln (x : R) : R := - 1.\n"
        f"Theorem plain : {theorem([lt(ZERO, X)], goal)}.\nProof. intros. unfold ln. split; [assumption | lra]. Qed."
    )
    found = judged(Project((real(text, [lt(ZERO, X)], goal),), SAID), coq, cache=cache)["test/claim"]
    assert found.verdict == "failed"
    assert "Coq says" in found.reason


@pytest.mark.coq
def test_an_exhausted_claim_names_its_place(coq, cache):
    text = "(* 1: sign *)\nLemma s1 : True.\nProof.\n  do 1000000000 (try fail). exact I.\nQed.\n"
    found = judged(Project((real(text),), SAID), coq, cache=cache, limits=Limits(seconds=3))["test/claim"]
    assert found.reason == "test/claim: step 1 (sign): Coq says: it needs more than 3 s."


@pytest.mark.coq
@pytest.mark.parametrize("names", sample_and_all(library.expected_names(), 2 * EVERY))
def test_what_is_read_says_what_is_printed(coq, cache, names):
    """Coq proves that the statement of a claim in Statements.v says the same as the one that the printer writes."""
    lemmas = []
    for name in names:
        assumptions, goal = stated(library.result(name).claim)
        lemmas.append(
            f"Lemma {identifier(name)}_says : Statements.{identifier(name)} <-> ({theorem(assumptions, goal)}).\n"
            f"Proof. unfold Statements.{identifier(name)}. restate. Qed."
        )
    project = second.project(names)
    head = "From Coq Require Import Reals.\nFrom Coquelicot Require Import Coquelicot.\n"
    said = {"Definitions.v": project.definitions(), "Statements.v": project.statements()}
    wrong = "Goal (forall x : R, x < 1 - x) <-> (forall v_x : R, (v_x < (v_x + (- 1)))).\nProof. Fail restate. Admitted."
    said["Says.v"] = (
        f"{head}Require Import Meaning Restate Definitions.\nRequire Statements.\nOpen Scope R_scope.\n"
        + "\n".join([*lemmas, wrong])
    )
    built = compiled(shipped() | said, coq, cache=cache, limits=lambda _: Limits(seconds=300))
    assert (built["Says.v"].status, built["Says.v"].error) == ("compiled", "")


@pytest.mark.coq
def test_coq_lists_only_the_primitive_integers_that_are_allowed(coq, cache):
    text = "From Coq Require Import Reals.\nFrom Interval Require Import Tactic.\nOpen Scope R_scope.\n"
    text += "Lemma a : ln 2 < 7 / 10.\nProof. interval with (i_prec 128). Qed.\nPrint Assumptions a.\n"
    built = compiled({"A.v": text}, coq, cache=cache)["A.v"]
    axioms = axioms_in(built.output)
    assert axioms is not None
    assert {*axioms} <= ALLOWED | PRIMITIVE
    assert "PrimInt63.int" in axioms


@pytest.mark.coq
@pytest.mark.parametrize("beside", ["library", pytest.param("nothing", marks=pytest.mark.atlas)])
def test_an_exported_project_compiles_with_coqs_own_tools(coq, place, tmp_path, beside):
    """Beside what the library was compiled to, or from the sources alone."""
    goal = lt(ZERO, add(X, X))
    text = f"Theorem plain : {theorem([lt(ZERO, X)], goal)}.\nProof. intros. lra. Qed.\n"
    out = tmp_path / "out"
    folder(Project((real(text, [lt(ZERO, X)], goal),), SAID).files, out)
    kept = sorted((place / "library").glob("*.vo")) if beside == "library" else []
    now = time.time()
    for path in kept:
        os.utime(shutil.copy(path, out / "library"), (now, now))  # none before what it requires
    done = subprocess.run(["make", "-j2"], cwd=out, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("COQC library/") == len(shipped()) - len(kept)
    assert "sig_forall_dec" in done.stdout
    assert "coqchk" in (out / "Makefile").read_text()
    assert (out / "Atlas.vo").is_file()


BY_HAND = Path(__file__).parent / "statements"
WRITTEN = sorted(path.stem for path in BY_HAND.glob("*.v") if not path.stem.startswith("Plain"))


COMMON = {f"{name}.v": (BY_HAND / f"{name}.v").read_text(encoding="utf-8") for name in ("Plain", "PlainInverse")}
HEAD = """From Coq Require Import Reals Lra Lia List.
From Coquelicot Require Import Coquelicot.
Require Import Meaning Definitions Plain PlainInverse.
Require Statements Falsehoods.
Open Scope R_scope.
"""


def text_by_hand(name):
    """What was written by hand of a claim, without what it requires."""
    text = (BY_HAND / f"{name}.v").read_text(encoding="utf-8")
    head = re.match(r"\(\*.*?\*\)\n((?:(?:From|Require) .*\n)*)Open Scope R_scope\.\n", text, re.DOTALL)
    assert head is not None
    assert {*re.findall(r"\w+", head[1])} <= {*re.findall(r"\w+", HEAD)}
    return text[head.end() :]


def test_statements_by_hand_are_about_claims():
    assert len(WRITTEN) >= 12
    names = {identifier(name) for name in library.expected_names()}
    for name in WRITTEN:
        text = (BY_HAND / f"{name}.v").read_text(encoding="utf-8")
        assert name in names
        assert re.search(rf"^Theorem plainly : .*Statements\.{name} ->", text, re.MULTILINE)
        stated_, _, proof = text.partition("Theorem plainly")[2].partition("Proof.")
        assert not re.search(r"\b(loss|slope|gain|focal_entropy|phi_inverse|rsum|rpow|pdef)\b", stated_)
        assert proof.rstrip().endswith("Qed.")
        assert distrusted(text.replace('"', "")) is None


@pytest.mark.coq
def test_the_claims_imply_what_was_written_by_hand_and_their_twins_do_not(coq, cache, tmp_path):
    """The same scripts, with the false twins in the place of the claims; each is refused before the honest one is accepted."""
    project = second.project([name for name in library.expected_names() if identifier(name) in WRITTEN])
    claims = [claim for claim in project.claims if identifier(claim.name) in WRITTEN]
    twins = [replace(claim.twin, name=claim.name) for claim in claims if claim.twin is not None]
    said = {f"{name}.v": Project(tuple(of), SAID).statements() for name, of in (("Statements", claims), ("Falsehoods", twins))}
    compile_in(tmp_path, shipped() | {"Definitions.v": project.definitions()} | said | COMMON, coq, cache)
    modules = {}
    for name in WRITTEN:
        modules[f"{name}_twin"] = text_by_hand(name).replace(f"Statements.{name}", f"Falsehoods.{name}")
        modules[name] = text_by_hand(name)
    assert accepted_modules(HEAD, modules, "plainly", tmp_path) == WRITTEN
