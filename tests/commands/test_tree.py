"""What a run shows: a branch for each file, failures first and open, and nothing wider than the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from focal_symbolic.claims import library, verify
from focal_symbolic.claims.verify import ClaimOutcome, Derived, Fuzzed, Measured, Report, Twinned
from focal_symbolic.commands.tree import Line, closest, tree
from focal_symbolic.logic.coq.judgement import Outcome

CALL = {"slack": "5.0e-301", "where": "x < 1", "case": {"x": "1/3", "p": ["1/2", "1/2"]}}
LEGS = ("derivation", "precision", "fuzz")


def outcome(result) -> ClaimOutcome:
    claim = result.claim
    return ClaimOutcome(
        name=claim.name,
        statement=claim.statement,
        latex="",
        source=claim.source,
        reference=claim.reference,
        kind=claim.kind,
        derivation=Derived("proved", 6, ("exact", "cited"), ("mean value theorem (Rudin, Theorem 5.10)",)),
        precision=Measured("passed", 50, 12),
        fuzz=Fuzzed("passed", 200, CALL),
        twin=Twinned("a twin", LEGS),
        seconds=1.25,
    )


RESULTS = library.select(("elementary", "ordering", "cross_entropy_limit"))
GOOD = tuple(map(outcome, RESULTS))
FIRST, MANY = (len(library.select((page,))) for page in ("elementary", "ordering"))
"""How many claims these pages have."""
BROKEN = replace(
    outcome(library.result("ordering/order")), derivation=Derived("failed", reason="Rejected: step 3 (sign): no sign of x.")
)


def report(outcomes=GOOD, **more) -> Report:
    return Report(tuple(outcomes), 0, 50, 200, {}, **more)


def shown(made: Report, opened=(), columns: int = 80) -> str:
    return "\n".join(line.text for line in tree(made, RESULTS, opened, columns))


def swapped(*others: ClaimOutcome) -> Report:
    by_name = {one.name: one for one in others}
    return report(by_name.get(one.name, one) for one in GOOD)


def test_a_line_a_result_and_its_main_theorem():
    assert shown(report()).splitlines()[:4] == [
        f"✓ elementary            {FIRST} claims  proved · enclosed · fuzzed · refuted {FIRST} twins",
        "    For 0 < x < 1 the logarithm lies between 1 − 1/x and x − 1.",
        "    cites: mean value theorem",
        f"✓ ordering              {MANY} claims  proved · enclosed · fuzzed · refuted {MANY} twins",
    ]
    assert "ordering/order" not in shown(report())


def test_lemmas_are_opened_on_demand():
    text = shown(report(), {"ordering/order"})
    assert "    ✓ ordering/order\n      One letter is likelier" in text
    assert "6 steps (exact, cited) · 12 checks · 200 examples · 1.2 s" in text
    assert "closest 5.0e-301 at x = 1/3, p = (1/2, 1/2)" in text
    assert "closest: the random case that came nearest" in " ".join(text.split())
    assert "elementary/log_above" not in text


def test_failures_come_first_open_and_red():
    lines = [*tree(swapped(BROKEN), RESULTS, (), 80)]
    assert lines[0].text == f"✗ ordering              {MANY} claims"
    assert lines[1].text == f"    proved {MANY - 1} of {MANY} · enclosed · fuzzed · refuted {MANY} twins"
    assert lines[0].style == lines[1].style == "red"
    text = "\n".join(line.text for line in lines)
    assert text.index("✗ ordering/order") < text.index("✓ elementary")
    assert Line("      ✗ ordering/order: derivation: Rejected: step 3 (sign): no sign of x.", "red") in lines
    assert Line("      focal-symbolic show ordering/order") in lines
    assert f"proved {MANY - 1} of {MANY}" in text
    assert "      One letter is likelier" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"precision": Measured("undecided", 50, 3, "stuck at x = 1")}, f"enclosed {MANY - 1} of {MANY}"),
        ({"fuzz": Fuzzed("failed", 7, CALL, "false at x = 1")}, f"fuzzed {MANY - 1} of {MANY}"),
        (
            {"twin": Twinned("a twin", ("derivation", "fuzz"), {}, {"precision": "no case"})},
            f"refuted {MANY - 1} of {MANY} twins",
        ),
        ({"twin": Twinned("a twin", (), {}, dict.fromkeys(LEGS, "no case"))}, f"refuted {MANY - 1} of {MANY} twins"),
    ],
)
def test_each_leg_that_fails_is_counted(change, words):
    bad = replace(outcome(library.result("ordering/order")), **change)
    text = shown(swapped(bad))
    assert text.startswith("✗ ordering")
    assert words in text
    for reason in bad.reasons:
        assert reason in text


@pytest.mark.parametrize(
    ("status", "words"),
    [("proved", "· Coq"), ("failed", f"· Coq 0 of {MANY}"), ("absent", "· no Coq")],
)
def test_coq_is_among_the_legs(status, words):
    judged = [
        replace(one, coq=Outcome(status, reason="Coq is not here."), twin=Twinned("a twin", (*LEGS, "coq")))
        for one in map(outcome, library.select(("ordering",)))
    ]
    text = shown(report(judged))
    assert words in text
    assert text.startswith("✓" if status == "proved" else "✗")
    assert "Coq is not here." in text or status == "proved"


def test_what_is_missing_is_told():
    text = shown(report(missing=("gone/claim",)))
    assert "gone/claim: the claim is in claims.txt and no proof file defines it; restore it." in text


CONJECTURE = replace(outcome(library.result("ordering/order")), kind="open", derivation=None, twin=Twinned("", LEGS[1:]))


def test_open_statements_stand_apart_with_their_evidence():
    """They come last, in a run that names none of them too, and no branch counts them."""
    lines = shown(swapped(CONJECTURE)).splitlines()
    ordering = next(line for line in lines if line.startswith("✓ ordering"))
    assert f"{MANY - 1} claims  proved · enclosed · fuzzed · refuted {MANY - 1} twins" in ordering
    at = lines.index("○ open                  1 statement   enclosed · fuzzed · refuted 1 twin")
    assert lines[at + 1 : at + 3] == ["    Stated and not proved; counted among no claims.", "    ○ ordering/order"]
    assert "12 checks · 200 examples" in "\n".join(lines[at:])
    assert not any(line.startswith(("✓", "✗")) for line in lines[at:])
    assert f"{len(GOOD) - 1} of {len(GOOD) - 1} claims" in swapped(CONJECTURE).sentence
    assert "; 1 open" in swapped(CONJECTURE).sentence
    assert "○ open" not in shown(report())


def test_an_open_statement_that_fails_comes_first():
    failed = replace(CONJECTURE, precision=Measured("failed", 50, 1, "it fails at x = 1/2."))
    made = swapped(failed)
    lines = shown(made).splitlines()
    assert lines[0].startswith("✗ open")
    assert "enclosed 0 of 1" in lines[0]
    assert "    ✗ ordering/order" in lines
    assert "it fails at x = 1/2." in "\n".join(lines)
    assert made.verdict == "failed"


def test_one_claim_that_fails_leaves_no_blanks():
    assert [line.text for line in tree(report([BROKEN]), RESULTS, (), 80)][:2] == [
        "✗ ordering   1 claim   proved 0 of 1 · enclosed · fuzzed · refuted 1 twin",
        "    ✗ ordering/order",
    ]
    assert shown(report([BROKEN]), columns=60).splitlines()[0] == "✗ ordering   1 claim"


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("coq", [False, True])
def test_it_fits(columns, coq):
    leg = Outcome("proved", seconds=12.3) if coq else None
    twin = Twinned("a twin", (*LEGS, "coq")) if coq else Twinned("a twin", LEGS)
    made = swapped(
        BROKEN, replace(outcome(library.result("ordering/structure")), precision=Measured("failed", 50, 1, "no " * 99))
    )
    made = replace(made, outcomes=tuple(replace(one, coq=leg, twin=twin) for one in made.outcomes))
    lines = [line.text for line in tree(made, RESULTS, {one.name for one in made.outcomes}, columns)]
    assert max(map(cell_len, lines)) <= columns
    assert not any(line != line.rstrip() for line in lines)


def test_the_closest_call_is_whole_or_short():
    assert closest({"closest": CALL}, 60) == "5.0e-301 at x = 1/3, p = (1/2, 1/2)"
    assert closest({"closest": CALL}, 20) == "5.0e-301"
    assert closest({}, 60) == ""


def test_the_verdict():
    assert report().sentence.startswith(f"verified: {len(GOOD)} of {len(GOOD)} claims derived, enclosed and fuzzed, with their")
    assert swapped(BROKEN).sentence.startswith(f"failed: {len(GOOD) - 1} of {len(GOOD)} claims")
    assert "proved by Coq 8.16.1" in Report(GOOD, 0, 50, 200, {"coq": "8.16.1"}).sentence


def test_a_real_run_prints_like_this():
    (result,) = library.select(("elementary/log_above",))
    made = verify.verify([result], examples=5)
    text = "\n".join(line.text for line in tree(made, [result], {result.name}, 80))
    assert text.startswith("✓ elementary   1 claim   proved · enclosed · fuzzed · refuted 1 twin\n    ✓ elementary/log_above\n")
