"""`diagnose`: the answer for class counts, in Python and as a command."""

from __future__ import annotations

import json
import random
import re
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import mpmath
import numpy as np
import pytest
from click.testing import CliRunner
from mpmath import nstr
from rich.cells import cell_len

from focal_symbolic import minimizer, plots
from focal_symbolic.commands.cli import main
from focal_symbolic.commands.diagnosis_text import lines, several
from focal_symbolic.commands.tables import read_counts
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.balls import ball, precision
from focal_symbolic.numbers.diagnosis import MOST_CERTIFIED, Diagnosis, Window, diagnosis, gammas_at_most, gammas_of_gain
from focal_symbolic.numbers.minimizer import solve

ROOT = Path(__file__).parent.parent.parent
COCO = ROOT / "focal_symbolic" / "data" / "coco_train2017.csv"
LABELS, COUNTS = read_counts(COCO)
WINDOW = [49] + [3] * 17


def run(*words: object):
    return CliRunner().invoke(main, ["diagnose", *map(str, words)])


def refused(*words: object) -> str:
    """The one sentence on stderr of a command that is refused."""
    found = run(*words)
    assert found.exit_code == 2, found.output
    assert found.stdout == ""
    assert found.stderr.startswith("focal-symbolic: ")
    assert found.stderr.count("\n") == 1
    return found.stderr


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def coco() -> Diagnosis:
    return diagnosis(COUNTS, 2)


# -- the numbers -----------------------------------------------------------------------------------------------------------


def test_coco(coco):
    assert coco.certified
    assert abs(coco.multiplier - mpmath.mpf("1.07")) < 0.005
    for label in ("toaster", "hair drier"):
        at = LABELS.index(label)
        assert 0.93 < coco.ratio[at] < 0.945
        assert coco.verdicts[at] == "over-suppressed"
    assert coco.verdicts[LABELS.index("person")] == "suppressed"
    assert coco.verdicts[LABELS.index("car")] == "amplified"
    assert sum(coco.tally.values()) == len(COUNTS)


def test_numbers_are_those_of_the_minimizer(coco):
    exact = minimizer(coco.data, 2, 15)
    assert coco.q == exact.q
    assert (coco.multiplier, coco.log_multiplier) == (exact.multiplier, exact.log_multiplier)
    with mpmath.workdps(30):
        for values, entropy in ((coco.p, coco.entropy_before), (coco.q, coco.entropy_after)):
            floats = [float(value) for value in values]
            assert abs(float(entropy) + sum(one * np.log(one) for one in floats)) < 1e-12


def test_verdicts_follow_from_the_band(coco):
    low, high = coco.band
    for share, ratio, verdict in zip(coco.p, coco.ratio, coco.verdicts, strict=True):
        value = mpmath.mpf(share.numerator) / share.denominator
        expected = "over-suppressed" if value < low else "amplified" if value < high else "suppressed"
        assert verdict == expected
        assert (ratio > 1) == (verdict == "amplified")


def test_the_band_is_where_the_gain_is_lambda(coco):
    for end in coco.band:
        assert abs(float(arrays.gain(float(end), 2)) - float(coco.multiplier)) < 1e-14
    assert coco.band[0] < coco.band[1]
    floats = arrays.amplification_band(float(coco.log_multiplier), 2)
    assert np.allclose([float(end) for end in coco.band], floats, rtol=1e-11)


def test_two_windows_of_coco(coco):
    (lifted,), (buried,) = coco.multiplier_windows, coco.burying_windows
    assert (lifted.low, buried.low) == (0, 0)
    assert 50 < buried.high < 100 < lifted.high < 200
    assert 2 in buried
    assert 100 not in buried
    assert 100 in lifted


def test_window_ends_are_right_to_the_last_digit(coco):
    shares = tuple(coco.data)
    rarest = COUNTS.index(min(COUNTS))
    (lifted,), (buried,) = coco.multiplier_windows, coco.burying_windows
    for end, name in ((lifted.high, "multiplier"), (buried.high, "rarest")):
        exact = Fraction(mpmath.nstr(end, 15))
        signs = []
        for side in (-1, 1):
            solved = solve(shares, exact * (1 + Fraction(side, 10**14)), 128)
            with precision(128):
                inside = solved.log_multiplier > 0 if name == "multiplier" else solved.q[rarest].q < ball(shares[rarest])
            signs.append(bool(inside))
        assert signs == [True, False]


def test_two_windows_of_lambda():
    found = diagnosis(WINDOW, 3)
    ends = [(mpmath.nstr(window.low, 4), mpmath.nstr(window.high, 5)) for window in found.multiplier_windows]
    assert ends == [("0.0", "0.83204"), ("5.92", "12.462")]
    assert mpmath.nstr(found.multiplier_windows[1].low, 6) == "5.91964"
    assert found.burying_windows == ()  # the threes are many: they lie inside the band
    assert found.multiplier < 1
    assert found.band[0] == 0
    assert diagnosis(WINDOW, 8).band[0] > 0


@pytest.mark.parametrize(
    ("counts", "gammas", "ratios"),
    [
        ([1000, 800, 600, 400, 200, 50, 5], ["0.5", "1", "2", "5"], [0.947, 0.926, 0.934, 1.164]),
        ([1000] * 10 + [1], ["0.5", "1", "2", "5"], [0.935, 0.885, 0.818, 0.745]),
    ],
)
def test_demonstrations(counts, gammas, ratios):
    for gamma, ratio in zip(gammas, ratios, strict=True):
        found = diagnosis(counts, gamma)
        assert float(found.ratio[-1]) == pytest.approx(ratio, abs=6e-4)
        assert found.verdicts[-1] == ("over-suppressed" if ratio < 1 else "amplified")
        assert any(Fraction(gamma) in window for window in found.burying_windows) == (ratio < 1)


def test_a_long_tail_that_is_amplified():
    for gamma in ("0.5", "2", "5"):
        found = diagnosis([99000, 900, 90, 9, 1], gamma)
        assert found.verdicts == ("suppressed", *["amplified"] * 4)
    assert found.burying_windows == ()


def test_a_proof_finds_what_the_scan_misses():
    """The second window of this table lies between two points of the grid."""
    narrow = [5049] + [300] * 17
    scanned, proved = diagnosis(narrow, 3), diagnosis(narrow, 3, prove=True)
    assert (scanned.proved, proved.proved) == (False, True)
    (first,) = scanned.multiplier_windows
    assert proved.multiplier_windows[0] == first
    (second,) = proved.multiplier_windows[1:]
    assert 8.92 < second.low < second.high < 9.44
    assert diagnosis(narrow, Fraction(915, 100)).multiplier > 1
    assert "no other γ up to 1000 is proved" in lines(proved, [str(at) for at in range(18)])[-1]


@pytest.mark.parametrize("counts", [[200, 200, 200, 200, 1], [3, 2, 1], [2, 2, 2], [1]])
def test_a_proof_confirms_the_scan(counts):
    scanned, proved = diagnosis(counts, 2), diagnosis(counts, 2, prove=True)
    assert proved.multiplier_windows == scanned.multiplier_windows
    assert proved.burying_windows == scanned.burying_windows


def test_no_proof_for_very_many_classes():
    with pytest.raises(InputError, match="prove is for up to"):
        diagnosis(range(1, MOST_CERTIFIED + 2), 2, prove=True)


def test_a_window_that_the_scan_does_not_leave():
    found = diagnosis([10**6 // (k + 1) + 1 for k in range(600)], 2)
    assert found.certified
    (window,) = found.burying_windows
    assert window.low == 0
    assert window.high is None or window.high > 100


# -- special cases ---------------------------------------------------------------------------------------------------------


def test_gamma_0_keeps_all():
    found = diagnosis([5, 3, 1], 0)
    assert found.verdicts == ("kept",) * 3
    assert (found.band, found.multiplier, found.ratio) == (None, 1, (1, 1, 1))
    assert found.entropy_before == found.entropy_after


def test_equal_counts_keep_all():
    found = diagnosis([7] * 5, 2)
    assert found.verdicts == ("kept",) * 5
    assert found.burying_windows == ()
    assert found.multiplier_windows != ()
    assert abs(min(found.band, key=lambda end: abs(end - 0.2)) - mpmath.mpf(1) / 5) < 1e-14


def test_zero_counts():
    found = diagnosis([6, 0, 3, 0, 1], 2)
    assert (found.q[1], found.ratio[1], found.verdicts[1]) == (0, None, "absent")
    assert found.tally["absent"] == 2
    assert [one for one in found.q if one] == list(diagnosis([6, 3, 1], 2).q)
    assert any("2 classes with a count of 0" in line for line in lines(found, "abcde"))


def test_one_class():
    found = diagnosis([4, 0], 2)
    assert (found.verdicts, found.multiplier) == (("kept", "absent"), 0)
    assert "only one class" in lines(found, "ab")[0]


def test_the_least_and_the_largest_counts():
    found = diagnosis([10**20, 1], 2)
    assert found.verdicts == ("suppressed", "amplified")
    assert found.ratio[1] > 10**12


@pytest.mark.parametrize("gamma", ["1e-12", "1e-3", "1e4"])
def test_extreme_gamma(gamma):
    found = diagnosis([1000, 800, 600, 400, 200, 50, 5], gamma)
    assert found.verdicts[-1] == ("over-suppressed" if Fraction(gamma) < 1 else "amplified")
    assert 0 <= found.band[0] < found.band[1] < 1


# -- heads and weights -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gamma", ["0.5", "2", "20"])
def test_a_sigmoid_never_over_suppresses(gamma):
    for counts in (COUNTS, [6, 3, 1], [1000] * 10 + [1], [5, 5]):
        found = diagnosis(counts, gamma, head="sigmoid")
        assert found.tally["over-suppressed"] == 0
        assert found.burying_windows == ()
        for share, ratio, verdict in zip(found.p, found.ratio, found.verdicts, strict=True):
            assert verdict == ("kept" if share == Fraction(1, 2) else "amplified" if share < Fraction(1, 2) else "suppressed")
            assert (verdict == "amplified") == (ratio > 1)


def test_a_sigmoid_is_a_problem_of_two():
    found = diagnosis([6, 3, 1], 2, head="sigmoid")
    for at, share in enumerate(found.p):
        pair = minimizer([share, 1 - share], 2, 15)
        assert (found.q[at], found.multipliers[at]) == (pair.q[0], pair.multiplier)


def test_uniform_weights_change_nothing(coco):
    found = diagnosis(COUNTS, 2, weights=["0.25"] * len(COUNTS))
    assert found.uniform_weights
    for name in ("p", "q", "ratio", "verdicts", "multiplier", "band", "multiplier_windows", "burying_windows"):
        assert getattr(found, name) == getattr(coco, name)
    assert any("they change nothing" in line for line in lines(found, LABELS))


def test_weights_tilt():
    found = diagnosis([6, 3, 1], 2, weights=[1, 2, "1/2"])
    assert found.p == tuple(Fraction(mass, 25) for mass in (12, 12, 1))
    assert found.q == minimizer(found.p, 2, 15).q
    balanced = diagnosis([6, 3, 1], 2, weights=["1/6", "1/3", 1])
    assert balanced.verdicts == ("suppressed", "amplified", "amplified")
    assert balanced.ratio == (1, 1, 1)
    assert [round(float(one), 12) for one in balanced.factor] == [round(1 / (3 * p), 12) for p in (0.6, 0.3, 0.1)]
    assert diagnosis([6, 3, 1], 2, weights=[1, 1, 0]).verdicts[2] == "absent"


def test_weights_of_a_sigmoid_are_those_of_the_positives():
    found = diagnosis([6, 4], 2, head="sigmoid", weights=[2, 1])
    assert found.p == (Fraction(3, 4), Fraction(2, 5))


def test_alpha_of_a_sigmoid():
    found = diagnosis([2500, 7500], 2, head="sigmoid", alpha="0.25")
    assert mpmath.nstr(found.q[0], 15) == "0.305787194909872"
    assert found.p[0] == Fraction(1, 10)
    assert (found.weights, found.negatives) == ((Fraction(1, 4),) * 2, (Fraction(3, 4),) * 2)
    detector = diagnosis([1, 10000], 2, head="sigmoid", alpha="0.25")
    assert mpmath.nstr(detector.bias[0], 9) == "-3.74529349"
    with pytest.raises(InputError, match="two ways"):
        diagnosis([2, 1], 2, head="sigmoid", weights=[1, 1], alpha="0.25")


def test_verdicts_with_weights_are_against_the_data():
    found = diagnosis([990000, 7000, 3000], 2, alpha=["1.01", "142.857", "333.33"])
    assert found.verdicts == ("suppressed", "amplified", "amplified")
    assert all(abs(q - mpmath.mpf(1) / 3) < 1e-3 for q in found.q)
    assert 47 < found.factor[1] < 48
    rare = diagnosis([60, 30, 10], 2, weights=["1", "1", "1/100"])
    assert rare.verdicts[2] == "over-suppressed"


# -- many classes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["softmax", "sigmoid"])
def test_many_classes_in_float64(head):
    draw = random.Random(1)
    counts = [int(10**7 / (k + 1) ** 0.9) + draw.randrange(5) for k in range(20_000)]
    found = diagnosis(counts, 2, head=head)
    assert not found.certified
    assert abs(sum(found.q) - 1) < 1e-9 or head == "sigmoid"
    assert found.tally["over-suppressed"] > 0 or head == "sigmoid"
    text = lines(found, [str(place) for place in range(len(counts))])
    assert len(text) < 60
    assert "float64, relative error <= 1e-13" in text[-1]
    assert "for a classifier the same map acts on each class-posterior probability" in text[-2]


def test_float64_agrees_with_certified(monkeypatch):
    counts = [10**12 // (k + 1) ** 2 + 1 for k in range(300)]
    exact = diagnosis(counts, 2)
    monkeypatch.setattr("focal_symbolic.numbers.diagnosis.shares.MOST_CERTIFIED", 10)
    rough = diagnosis(counts, 2)
    assert (exact.certified, rough.certified) == (True, False)
    assert exact.verdicts == rough.verdicts
    assert np.allclose(np.array(exact.q, dtype=float), rough.q, rtol=1e-12)
    for name in ("multiplier_windows", "burying_windows"):
        for one, other in zip(getattr(exact, name), getattr(rough, name), strict=True):
            assert float(one.high) == pytest.approx(other.high, rel=1e-9)
    assert np.allclose([float(end) for end in exact.band], rough.band, rtol=1e-10)
    assert MOST_CERTIFIED >= 2000


# -- the command -----------------------------------------------------------------------------------------------------------


def test_command():
    found = run(COCO, "--gamma", "2")
    assert found.exit_code == 0
    first = found.stdout.splitlines()[0]
    assert "over-suppresses 59 of 80 classes, hair drier the most" in first
    assert "γ >= 90.9349 over-suppresses none" in first
    assert "... 50 more classes: 6 amplified, 44 over-suppressed" in found.stdout
    assert "every digit printed is certified" in found.stdout
    every = run(COCO, "--gamma", "2", "--all").stdout
    assert all(any(line.startswith(label) for line in every.splitlines()) for label in LABELS)


def test_command_sigmoid_and_weights(tmp_path):
    counts = table(tmp_path / "counts.csv", "class,count\na,6\nb,3\nc,1\n")
    weights = table(tmp_path / "weights.csv", "weight,class\n2,b\n1,a\n1/2,c\n")
    assert "over-suppresses none" in run(counts, "--gamma", "2", "--head", "sigmoid").stdout
    shown = json.loads(run(counts, "--gamma", "2", "--weights", weights, "--json").stdout)
    assert [(one["weight"], one["p"]) for one in shown["classes"]] == [("1", "0.48"), ("2", "0.48"), ("0.5", "0.04")]


def test_command_alpha_and_balance(tmp_path):
    counts = table(tmp_path / "counts.csv", "class,count\npositive,2500\nnegative,7500\n")
    shown = json.loads(run(counts, "--gamma", "2", "--head", "sigmoid", "--alpha", "0.25", "--json").stdout)
    assert shown["classes"][0]["q"] == "0.305787194909872"
    balanced = run(counts, "--gamma", "2", "--balance", "data")
    assert "each of the 2 classes keeps its share of the data" in balanced.stdout
    assert "0.136006" in balanced.stdout
    assert "0.863994" in balanced.stdout
    assert "is for --head sigmoid" in refused(counts, "--gamma", "2", "--alpha", "0.25")
    assert "not between 0 and 1" in refused(counts, "--gamma", "2", "--head", "sigmoid", "--alpha", "2")
    assert "give one of them" in refused(counts, "--gamma", "2", "--head", "sigmoid", "--alpha", "0.2", "--balance", "data")


def test_several_gammas_and_the_greatest_loss(tmp_path):
    counts = [int(5000 * 50 ** (-k / 9)) for k in range(10)]
    tallies = [diagnosis(counts, gamma).tally["over-suppressed"] for gamma in (1, 2, 3)]
    assert tallies == [4, 2, 0]
    worst = [min(diagnosis(counts, gamma).factor[5:]) for gamma in (1, 2)]
    assert [f"{100 * (float(one) - 1):.2f}" for one in worst] == ["-4.95", "-3.26"]
    (window,) = diagnosis(counts, 2).burying_windows
    assert 2.72987 < window.high < 2.72988
    path = table(tmp_path / "counts.csv", "class,count\n" + "".join(f"c{k},{one}\n" for k, one in enumerate(counts)))
    assert "γ >= 2.72988 over-suppresses none" in run(path, "--gamma", "2").stdout
    shown = run("--gamma", "0.5", "1", "2", "5", path, "--at-most", "5%", "--class", "c9").stdout
    assert "γ = 0.5" in shown.splitlines()[0]
    rows = {line.split()[0]: line.split() for line in shown.splitlines() if line}
    assert rows["over-suppressed"][1:] == ["5", "4", "2", "0"]
    assert "4.95 %" in shown
    (below,) = gammas_at_most(diagnosis(counts, 2), "0.05")
    assert below.low == 0
    high = below.high
    for gamma, holds in ((high * (1 - 1e-6), True), (high * (1 + 1e-6), False)):
        assert (min(diagnosis(counts, gamma).factor) >= 0.95) == holds
    told = shown.partition("the largest ")[2].splitlines()[0]
    assert Decimal(told) <= Decimal(str(high)) < Decimal(told) * Decimal("1.00001")
    assert "γ >= 2.72988 over-suppresses none" in shown
    (gain,) = gammas_of_gain(diagnosis(counts, 2), 9)
    assert gain.low == pytest.approx(2.72988, rel=1e-5)
    assert "c9 has its share or more for γ in (2.72987, beyond 1000)" in shown
    assert "is no class" in refused(path, "--gamma", "2", "--class", "c10")
    assert "--at-most = 'x' is not a plain decimal" in refused(path, "--gamma", "2", "--at-most", "x%")
    words = (path, "--gamma", "1", "2", "--json", "--at-most", "5%", "--class", "c9")
    document = json.loads(run(*words).stdout)
    assert [one["gamma"] for one in document["diagnoses"]] == ["1", "2"]
    assert document["at_most"]["gamma"][0][1] == nstr(high, 15)
    assert document["class"] == {"name": "c9", "gamma": [[nstr(window.high, 15, strip_zeros=False), None]]}


def test_ends_are_certified():
    """Each end as the crossing of one class, asked of the certified solver at both sides of its last digit."""
    counts = [25, 75]
    (window,) = gammas_at_most(diagnosis(counts, 1), "0.05")
    with mpmath.workdps(30):
        low, high = (window.high * (1 + side * mpmath.mpf("1e-14")) for side in (-1, 1))
        q = [minimizer(["1/4", "3/4"], gamma, dps=25).q[1] for gamma in (low, high)]
        assert q[0] > mpmath.mpf("0.7125") > q[1]
    (inside,) = gammas_at_most(diagnosis(counts, 1, alpha=["0.3", "0.7"]), "0.3")
    assert 0 < inside.low < inside.high
    for gamma, holds in ((inside.low, (False, True)), (inside.high, (True, False))):
        for side, right in zip((-1, 1), holds, strict=True):
            factors = diagnosis(counts, gamma * (1 + side * mpmath.mpf("1e-10")), alpha=["0.3", "0.7"]).factor
            assert (min(factors) >= mpmath.mpf("0.7")) == right
    assert gammas_at_most(diagnosis(counts, 1), 1) == (Window(mpmath.mpf(0), None),)
    assert gammas_at_most(diagnosis(counts, 1), 0) == ()


def test_alpha_of_a_softmax_and_balance_at_several_gammas(tmp_path):
    path = table(tmp_path / "counts.csv", "class,count\na,25\nb,75\n")
    shown = json.loads(run(path, "--gamma", "1", "2", "--alpha", "0.3", "0.7", "--json").stdout)["diagnoses"]
    for gamma, one in zip((1, 2), shown, strict=True):
        found = minimizer(["1/4", "3/4"], gamma, alpha=["0.3", "0.7"]).q
        assert [row["q"] for row in one["classes"]] == [nstr(q, 15, strip_zeros=False) for q in found]
    balanced = json.loads(run(path, "--gamma", "1", "2", "--balance", "data", "--json").stdout)["diagnoses"]
    assert [[row["verdict"] for row in one["classes"]] for one in balanced] == [["kept", "kept"]] * 2
    assert balanced[0]["classes"][0]["weight"] != balanced[1]["classes"][0]["weight"]
    assert [row["weight"] for row in balanced[1]["classes"]] == ["0.136006369278428", "0.863993630721572"]
    assert "3 weights and there are 2 classes" in refused(path, "--gamma", "2", "--alpha", "1", "2", "3")


def test_weights_of_two_columns(tmp_path):
    path = table(tmp_path / "counts.csv", "class,count\na,2500\nb,7500\n")
    weights = table(tmp_path / "weights.csv", "class,positive,negative\na,0.25,0.75\nb,0.25,0.75\n")
    shown = json.loads(run(path, "--gamma", "2", "--head", "sigmoid", "--weights", weights, "--json").stdout)
    assert shown == json.loads(run(path, "--gamma", "2", "--head", "sigmoid", "--alpha", "0.25", "--json").stdout)
    assert shown["classes"][0]["q"] == "0.305787194909872"
    assert "which a softmax does not have" in refused(path, "--gamma", "2", "--weights", weights)


def test_a_class_that_is_not_there(tmp_path):
    path = table(tmp_path / "counts.csv", "class,count\naxolotl,1\nb,75\nc,0\n")
    assert "did you mean axolotl?" in refused(path, "--gamma", "2", "--class", "axolotls")
    assert "--class c has no share" in refused(path, "--gamma", "2", "--class", "c")


def test_command_tells_how_many_classes_it_takes():
    told = run(COCO, "--gamma", "2").stdout
    assert "it takes 5 to over-suppress one at this γ; with 80 some shares do for γ < 194.304, none beyond" in told


def test_json(coco):
    shown = json.loads(run(COCO, "--gamma", "2", "--json").stdout)
    assert list(shown) == [
        *("gamma", "head", "dps", "method", "sentence", "multiplier", "log_multiplier", "band", "entropy"),
        *("multiplier_above_1", "over_suppressing", "scan", "verdicts", "classes"),
    ]
    assert (shown["gamma"], shown["head"], shown["dps"], shown["method"]) == ("2", "softmax", 15, "certified")
    assert [one["class"] for one in shown["classes"]] == list(LABELS)
    assert list(shown["classes"][0]) == ["class", "count", "p", "q", "factor", "bias", "verdict"]
    assert shown["classes"][0]["count"] == COUNTS[0]
    assert mpmath.mpf(shown["multiplier"]) == pytest.approx(float(coco.multiplier), rel=1e-14)
    ((low, high),) = shown["over_suppressing"]
    assert low == "0"
    assert high.startswith("90.9348694873983"[:14])
    json.loads(run(COCO, "--gamma", "2", "--json", "--head", "sigmoid").stdout)


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (None, ["--gamma", "2"], "cannot be read"),
        ("class,words\na,b\n", ["--gamma", "2"], "no column «count»"),
        ("class,count\na,-1\n", ["--gamma", "2"], "line 2 has the count -1, which is negative"),
        ("class,count\na,0\n", ["--gamma", "2"], "are all zero"),
        ("class,count\na,1\nb,2\n", ["--gamma", "-1"], "gamma = '-1' is negative"),
        ("class,count\na,1\nb,2\n", ["--gamma", "x"], "gamma = 'x' is not"),
        ("class,count\na,1\nb,2\n", ["--gamma", "2", "--head", "linear"], "'linear' is not one of"),
        ("class,count\na,1\nb,2\n", ["--gamma", "2", "--plot", "picture.txt"], "no known kind"),
        ("class,count\na,1\nb,2\n", [], "Missing option '--gamma'"),
    ],
)
def test_bad_input(tmp_path, text, options, sentence):
    path = tmp_path / "counts.csv"
    if text is not None:
        table(path, text)
    assert sentence in refused(path, *options)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("class,weight\na,1\nb,1\nc,1\n", "line 4 has a weight for the class «c», which has no count"),
        ("class,weight\na,1\n", "no weight for the class «b»"),
        ("class,weight\na,1\nb,-1\n", "line 3 has the weight -1, which is negative"),
        ("class,weight\na,1\nb,x\n", "line 3: the weight = 'x' is not"),
        ("class,beta\na,1\n", "no column «weight»"),
        ("class,weight\na,0\nb,0\n", "leave no class with a count above 0"),
    ],
)
def test_bad_weights(tmp_path, text, sentence):
    counts = table(tmp_path / "counts.csv", "class,count\na,1\nb,2\n")
    assert sentence in refused(counts, "--gamma", "2", "--weights", table(tmp_path / "weights.csv", text))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1, 2], 2, "linear"), "head = 'linear'"),
        (([1, 2], 2, "softmax", [1]), "there are 1 weights and 2 counts"),
        (([1, 2], 2, "softmax", [1, -1]), "weights\\[1\\] = -1 is negative"),
        (([], 2), "empty"),
    ],
)
def test_bad_arguments(arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        diagnosis(*arguments)


# -- the picture -----------------------------------------------------------------------------------------------------------

drawn = pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib, the extra plots, is not installed")


@drawn
@pytest.mark.parametrize(("form", "magic"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_plot(tmp_path, form, magic):
    counts = table(tmp_path / "counts.csv", "class,count\n" + "".join(f"c{k},{1000 // k}\n" for k in range(1, 20)))
    target = tmp_path / f"picture.{form}"
    found = run(counts, "--gamma", "2", "--plot", target)
    assert found.exit_code == 0, found.output
    assert target.read_bytes().startswith(magic)
    assert run(counts, "--gamma", "2", "--plot", target, "--head", "sigmoid").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counts.csv", target.name]


@drawn
def test_a_plot_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    counts = table(tmp_path / "counts.csv", "class,count\na,1\nb,2\n")
    target = tmp_path / "picture.svg"
    target.write_text("old", encoding="utf-8")

    def fail(found, stream, form):
        stream.write(b"half")
        raise InputError("no.")

    monkeypatch.setattr(plots, "draw_diagnosis", fail)
    refused(counts, "--gamma", "2", "--plot", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counts.csv", "picture.svg"]


def test_without_matplotlib(tmp_path, monkeypatch):
    counts = table(tmp_path / "counts.csv", "class,count\na,1\nb,2\n")
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    assert "focal-symbolic[plots]" in refused(counts, "--gamma", "2", "--plot", tmp_path / "picture.svg")


def test_a_plot_that_cannot_be_written(tmp_path):
    counts = table(tmp_path / "counts.csv", "class,count\na,1\nb,2\n")
    assert "--plot" in refused(counts, "--gamma", "2", "--plot", tmp_path / "missing" / "picture.svg")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_number_is_broken_on_a_screen(columns):
    """Tables that are too wide come in parts: no line is longer than the screen, and each number is there in one piece."""
    tilted = diagnosis([50, 30, 20, 7, 1], 2, alpha=[1, 2, 3, 4, 5])
    names = ["a long name of a class", "b", "c", "d", "e"]
    many = [diagnosis(list(range(1, 60)), gamma) for gamma in (1, 2, 3, 4, 5, 6)]
    numbered = [f"class {k}" for k in range(59)]
    wide = {
        "tilted": (lines(tilted, names, columns=columns), lines(tilted, names)),
        "several": (several(many, numbered, columns=columns), several(many, numbered)),
    }
    for narrow, free in wide.values():
        assert all(cell_len(line) <= columns for line in narrow)
        numbers = {word for line in free for word in line.split() if re.fullmatch(r"-?[0-9]+\.[0-9]+", word)}
        assert numbers <= {word for line in narrow for word in line.split()}
