"""What people who use the focal loss ask, case by case, with the right value: as they would ask it."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pytest
from click.testing import CliRunner
from mpmath import nstr

from focal_symbolic import (
    FocalCalibrator,
    arrays,
    balance,
    calibrate,
    data_distribution,
    focal_entropy,
    initial_bias,
    minimizer,
)
from focal_symbolic.commands.cli import main
from focal_symbolic.numbers.diagnosis import diagnosis, gammas_of_gain


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [*map(str, words)])
    assert done.exit_code == 0, done.output
    return done.stdout


def table(path: Path, counts) -> Path:
    path.write_text("class,count\n" + "".join(f"{name},{count}\n" for name, count in counts), encoding="utf-8")
    return path


def agrees(value: object, right: str) -> bool:
    """Whether a number rounds to the digits that are given."""
    given = Decimal(right)
    places = len(given.as_tuple().digits)
    return nstr(mpmath.mpf(value), places, strip_zeros=False, min_fixed=-20, max_fixed=40) == right


def test_1_alpha_of_a_sigmoid_is_for_positives(tmp_path):
    path = table(tmp_path / "c.csv", [("positive", 2500), ("negative", 7500)])
    shown = json.loads(run("diagnose", path, "--gamma", 2, "--head", "sigmoid", "--alpha", "0.25", "--json"))
    assert shown["classes"][0]["q"] == "0.305787194909872"
    assert agrees(minimizer(["1/4", "3/4"], 2, 20, alpha="1/4").q[0], "0.3057871949098716")


def test_2_the_constant_output(tmp_path):
    assert agrees(initial_bias([492, 284315], 2, head="sigmoid"), "-2.34831936406")
    assert agrees(initial_bias([492, 284315], 2, alpha="0.25", head="sigmoid"), "-2.74243594645")
    path = table(tmp_path / "c.csv", [("fraud", 492), ("other", 284315)])
    assert "-2.34832" in run("diagnose", path, "--gamma", 2, "--head", "sigmoid")


def test_3_the_prior_of_a_detector():
    assert agrees(minimizer([Fraction(1, 10001), Fraction(10000, 10001)], 2, 20).q[0], "0.03350265885")
    assert agrees(initial_bias([1, 10000], 2, head="sigmoid"), "-3.36205374")
    weighted = minimizer([Fraction(1, 10001), Fraction(10000, 10001)], 2, 20, alpha="0.25")
    assert agrees(weighted.q[0], "0.0230832658121")
    assert agrees(initial_bias([1, 10000], 2, alpha="0.25", head="sigmoid"), "-3.74529349")


def test_4_weights_that_keep_the_data(tmp_path):
    assert [agrees(a, right) for a, right in zip(balance([25, 75], 2), ("0.13600636928", "0.86399363072"), strict=True)] == [
        True
    ] * 2
    path = table(tmp_path / "c.csv", [("a", 25), ("b", 75)])
    shown = json.loads(run("diagnose", path, "--gamma", 2, "--balance", "data", "--json"))
    assert [one["verdict"] for one in shown["classes"]] == ["kept", "kept"]


def test_5_from_an_output_to_a_probability():
    assert agrees(data_distribution(["0.4", "0.6"], "1.5", 20)[0], "0.2892796542")
    assert agrees(data_distribution(["0.7", "0.3"], "1.5", 20)[0], "0.8677568865")
    assert agrees(data_distribution(["0.5", "0.5"], "1.5", 20, alpha="0.25")[0], "0.75")
    assert np.allclose(calibrate([0.4, 0.7], 1.5), [0.2892796542, 0.8677568865], rtol=1e-9)
    shown = json.loads(run("calibrate", "0.5", "--gamma", "1.5", "--alpha", "0.25", "--json"))
    assert Decimal(shown["p"][0]) == Decimal("0.75")


def test_5_four_classes_with_alpha():
    p, alpha = np.random.default_rng(0).dirichlet([1] * 4, 300), [0.1, 0.2, 0.3, 0.4]
    q = arrays.minimizer(p, 2, alpha=alpha).q
    assert np.allclose(calibrate(q, 2, alpha=alpha), p, rtol=1e-10)
    assert np.abs(calibrate(q, 2) - p).max() > 0.08


def test_6_inverse_frequency(tmp_path):
    path = table(tmp_path / "c.csv", [("a", 990000), ("b", 7000), ("c", 3000)])
    told = run("diagnose", path, "--gamma", 2, "--alpha", "1.01", "142.857", "333.33", "--json")
    rows = json.loads(told)["classes"]
    assert all(abs(float(one["q"]) - 1 / 3) < 1e-3 for one in rows)
    assert [one["verdict"] for one in rows] == ["suppressed", "amplified", "amplified"]
    doubled = run("diagnose", path, "--gamma", 2, "--alpha", "2.02", "285.714", "666.66", "--json")
    assert [one["q"] for one in json.loads(doubled)["classes"]] == [one["q"] for one in rows]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_9_outputs_of_a_model(kind):
    p = np.random.default_rng(1).dirichlet([1] * 5, 400)
    q = arrays.minimizer(p, 2).q.astype(kind)
    assert np.abs(q - p).max() > 0.04
    assert np.abs(calibrate(q, 2) - p).max() < (1e-5 if kind is np.float32 else 1e-8)
    positives = arrays.minimizer(np.stack([p[:, 0], 1 - p[:, 0]], -1), 2).q[:, 0]
    assert np.allclose(calibrate(positives.astype(kind), 2), p[:, 0], atol=1e-5)


def test_10_gamma_and_temperature_together():
    draw = np.random.default_rng(5)
    p = draw.dirichlet([0.7] * 4, 4000)
    y = (p.cumsum(1) > draw.random((len(p), 1))).argmax(1)
    logits = 1.5 * np.log(arrays.minimizer(p, 2).q)  # sharper than the optimum, so that T = 1.5
    fitted = FocalCalibrator(from_logits=True).fit(logits, y)
    assert abs(fitted.gamma_ - 2) < 4 * fitted.gamma_error_
    assert abs(fitted.temperature_ - 1.5) < 4 * fitted.temperature_error_
    assert fitted.log_loss_ < fitted.log_loss_before_


def test_11_which_gamma_for_a_long_tail(tmp_path):
    counts = [int(5000 * 50 ** (-k / 9)) for k in range(10)]
    found = [diagnosis(counts, gamma) for gamma in (1, 2, 3)]
    assert [one.tally["over-suppressed"] for one in found] == [4, 2, 0]
    assert [f"{100 * (float(min(one.factor[5:])) - 1):.2f}" for one in found[:2]] == ["-4.95", "-3.26"]
    assert agrees(gammas_of_gain(found[1], 9)[0].low, "2.729872")
    path = table(tmp_path / "c.csv", [(f"c{k}", count) for k, count in enumerate(counts)])
    told = run("diagnose", path, "--gamma", "0.5", 1, 2, 5, "--class", "c9")
    assert "γ = 0.5" in told.splitlines()[0]
    assert "4.95 %" in told
    assert "c9 has its share or more for γ in (2.72987, beyond 1000)" in told


def test_12_a_published_value():
    assert agrees(focal_entropy([1, 0], ["0.9", "0.1"], "0.2", 20), "0.066478")
    assert agrees(focal_entropy([1, 0], ["0.5", "0.5"], "0.2", 20), "0.60342")
    assert run("entropy", "--p", 1, 0, "--q", "0.9", "0.1", "--gamma", "0.2", "--dps", 5).startswith("0.066478")


def test_13_a_loss_that_ignores_its_alpha():
    y, s = np.array([0, 1, 0, 0]), 1 / (1 + np.exp([1.6, -0.51, -2.94, 1.8]))
    p, q = np.stack([y, 1 - y], -1), np.stack([s, 1 - s], -1)
    assert agrees(arrays.focal_entropy(p, q, 2).mean(), "0.6932789")
    assert agrees(arrays.focal_entropy(p, q, 2, alpha=0.25).mean(), "0.5116834")


def test_15_what_a_diagnosis_speaks_of(tmp_path):
    path = table(tmp_path / "c.csv", [("a", 3), ("b", 1)])
    assert "a model without features; for a classifier the same map acts on each class-posterior" in run(
        "diagnose", path, "--gamma", 2
    )


# -- bad input -------------------------------------------------------------------------------------------------------------


def sentence(*words: object) -> str:
    done = CliRunner().invoke(main, [*map(str, words)])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    return done.stderr


@pytest.mark.parametrize("gamma", ["1e-4999", "1e-60", "1e-40"])
def test_a_tiny_gamma_has_the_signs_of_the_limit(tmp_path, gamma):
    path = table(tmp_path / "c.csv", [("a", 50), ("b", 30), ("c", 20), ("d", 7), ("e", 1)])
    told = run("diagnose", path, "--gamma", gamma)
    assert told.startswith(f"At γ = {gamma} the focal loss over-suppresses 1 of 5 classes (e)")
    assert "less than a millionth of a percent" in told


@pytest.mark.parametrize("gamma", ["1e9", "1e300"])
def test_a_huge_gamma(tmp_path, gamma):
    path = table(tmp_path / "c.csv", [("a", 50), ("b", 30), ("c", 20)])
    assert "over-suppresses no class" in run("diagnose", path, "--gamma", gamma)
    assert run("minimize", "0.7", "0.3", "--gamma", gamma, "--dps", 5).splitlines()[1].split()[2] == "0.50000"
    assert "gamma is beyond 1e+300" in sentence("diagnose", path, "--gamma", "1e301")


def test_messages_say_what_helps():
    assert "give it by --q" in sentence("entropy", "--p", "0.7", "0.3", "--gamma", 2)
    assert "entry 2 of p = '-0.3' is negative" in sentence("minimize", "1.3", "-0.3", "--gamma", 2)
    assert "--counts FILE" in sentence("minimize", "0.5", "0.6", "--gamma", 2)
    assert "minutes" in run("diagnose", "--help")


def test_numpy_integers_are_integers():
    from focal_symbolic import Distribution, sweep

    found = sweep.crossings(Distribution.from_counts([333, 333, 333, 1]), np.int64(3), 1, 2, dps=10)
    assert nstr(found.gammas[0], 10) == "1.348827079"
