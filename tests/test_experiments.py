"""The experiments: the gradient is the derivative of the loss, a small version lands where it should, the tables are whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import mpmath
import numpy as np
import pytest
from click.testing import CliRunner

from focal_symbolic import arrays, focal_entropy, logits

REASON = "the packages of the extra experiment are not installed"
NO_TORCH = "PyTorch is not installed: an ordinary index has it with gigabytes of CUDA, so only the extra experiment asks for it"
pytest.importorskip("scipy", reason=REASON)
pytest.importorskip("sklearn", reason=REASON)
pytest.importorskip("matplotlib", reason=REASON)
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # experiments are run from a clone, not installed

from experiments import __main__ as everything  # noqa: E402
from experiments import digits, landing, network, suppression, tables  # noqa: E402
from experiments.softmax import focal_loss, softmax, train  # noqa: E402

RESULTS = ROOT / "experiments" / "results"


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0, 5.0])
def test_the_loss_is_the_focal_entropy_and_the_gradient_its_derivative(gamma):
    generator = np.random.default_rng(3)
    logits, weights = generator.normal(size=(1, 4)), generator.dirichlet(np.ones(4), 1)

    def exact(at):
        parts = [mpmath.exp(one) for one in at]
        q = [part / sum(parts) for part in parts]
        q[0] = 1 - sum(q[1:])
        shares = [mpmath.mpf(float(one)) for one in weights[0]]
        shares[0] = 1 - sum(shares[1:])
        return focal_entropy(shares, q, gamma, dps=30)

    value, gradient = focal_loss(logits, weights, gamma)
    with mpmath.workdps(40):
        at, step = [mpmath.mpf(float(one)) for one in logits[0]], mpmath.mpf(10) ** -12
        assert value == pytest.approx(float(exact(at)), rel=1e-12)
        for k in range(4):
            up, down = ([one + sign * step * (place == k) for place, one in enumerate(at)] for sign in (1, -1))
            assert gradient[0, k] == pytest.approx(float((exact(up) - exact(down)) / (2 * step)), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("gamma", [0.5, 2.0, 5.0])
def test_the_loss_is_that_of_the_library(gamma):
    """That of the experiments is plain float64 and ten times as fast."""
    z = np.random.default_rng(5).normal(scale=4, size=(50, 6))
    labels = np.arange(50) % 6
    value, gradient = focal_loss(z, np.eye(6)[labels], gamma)
    assert value == pytest.approx(float(logits.loss(z, labels, gamma).sum()), rel=1e-12)
    assert gradient == pytest.approx(logits.gradient(z, labels, gamma), rel=1e-9, abs=1e-14)


def test_a_sure_model_has_no_overflow():
    value, gradient = focal_loss(np.array([[800.0, 0.0, -800.0]]), np.eye(3)[:1], 2.0)
    assert value == 0
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize("gamma", [0.5, 2.0, 5.0])
def test_training_lands_on_the_minimizer_of_what_was_seen(gamma):
    seen = np.array([[500.0, 300, 150, 50], [10, 20, 30, 40]])
    found = train(np.eye(2), seen, gamma)
    best = arrays.minimizer(seen / seen.sum(-1, keepdims=True), gamma).q
    assert np.abs(found(np.eye(2)) / best - 1).max() < 1e-5
    assert found.gradient < 1e-8


def test_small_landing():
    near, far = landing.run((1_000, 16_000), seeds=6, gammas=(2.0,))
    for row in (near, far):
        assert row["to_minimizer"] == pytest.approx(row["predicted_to_minimizer"], rel=0.25)
        assert row["to_data"] > 0.9 * row["minimizer_to_data"]
    assert far["to_minimizer"] == pytest.approx(near["to_minimizer"] / 4, rel=0.4)
    assert far["to_data"] == pytest.approx(far["minimizer_to_data"], rel=0.05)


def test_small_suppression():
    rows = suppression.run(("1", "5"), seeds=3)
    rarest = {(row["gamma"], row["group"]): row for row in rows if row["class"] == 7}
    assert rarest["1", "window"]["verdict"] == "over-suppressed"
    assert rarest["1", "window"]["trained_factor"] < 0.95
    assert rarest["5", "window"]["verdict"] == "amplified"
    assert rarest["5", "window"]["trained_factor"] > 1.1
    assert not contradicted(rows)


def contradicted(rows) -> list[dict[str, object]]:
    """Rows in which training went to the other side of what `diagnosis` says."""
    sides = {"amplified": "below", "suppressed": "above", "over-suppressed": "above"}
    return [row for row in rows if row["trained_side"] == sides[row["verdict"]]]


def test_a_contradiction_is_told():
    assert contradicted([{"verdict": "amplified", "trained_side": "below"}])
    assert suppression.side(0.9, 0.01) == "below"
    assert suppression.side(1.1, 0.01) == "above"
    assert suppression.side(1.01, 0.01) == "not told apart"


@pytest.mark.skipif(not network.available(), reason=NO_TORCH)
def test_small_network():
    (row,), curves = network.run((20_000,), seeds=2, steps=600)
    assert row["to_minimizer"] < 0.3 * row["to_data"]
    assert curves[2.0].shape == (len(network.GRID), network.CLASSES)


def test_small_digits():
    rows = digits.run(gammas=(2.0,), seeds=2, features=("pixels",))
    found = {row["treatment"]: row for row in rows}
    assert found["inverse map"]["ece"] < 0.6 * found["raw"]["ece"]
    assert found["inverse map"]["log_loss"] < found["raw"]["log_loss"]
    assert len({row["accuracy"] for row in rows}) == 1  # what is first stays first


def test_log_loss_and_softmax():
    q = softmax(np.log(np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])))
    assert q.sum(-1) == pytest.approx([1, 1])
    assert digits.log_loss(q, np.array([0, 1])) == pytest.approx(-(np.log(0.5) + np.log(0.8)) / 2)


def test_the_command_writes_tables_and_pictures(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "experiments", "landing", "suppression", "--quick", "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "landing: 2 rows" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {
        "landing.csv",
        "landing.svg",
        "suppression.csv",
        "suppression.svg",
    }
    assert [row["gamma"] for row in tables.read(tmp_path / "landing.csv")] == ["2", "2"]


def test_what_differs_is_told(tmp_path):
    one, other = {"gamma": 2.0, "side": "above"}, {"gamma": 2.0001, "side": "above"}
    for name, row in (("one", one), ("other", other), ("far", {"gamma": 2.1, "side": "below"})):
        tables.write(tmp_path / f"{name}.csv", [row])
    read = {name: tables.read(tmp_path / f"{name}.csv") for name in ("one", "other", "far")}
    assert tables.differences(read["one"], read["other"]) == []
    assert tables.differences(read["one"], read["far"]) == [
        "row 1, gamma: kept is 2, and now comes 2.1",
        "row 1, side: kept is above, and now comes below",
    ]
    assert tables.differences(read["one"], []) == ["1 rows were kept, 0 come out"]
    assert tables.differences([{"a": "nan"}], [{"a": "1"}])


def test_the_command_compares(tmp_path, monkeypatch):
    rows = [{"gamma": 2.0}]
    monkeypatch.setattr(everything, "_suppression", lambda quick: (rows, {}))
    monkeypatch.setattr(network, "available", lambda: False)

    def run(*given):
        return CliRunner().invoke(everything.main, [*given, "--out", str(tmp_path)])

    told = run("suppression", "--check")
    assert (told.exit_code, [*tmp_path.iterdir()]) == (1, [])
    assert "suppression.csv: none is kept" in told.output
    assert run("suppression").exit_code == 0
    told = run("suppression", "--check")
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "1 file, as it is kept")
    rows[0]["gamma"] = 3.0
    told = run("suppression", "--check")
    assert (told.exit_code, told.output.splitlines()[-1]) == (1, "suppression.csv: row 1, gamma: kept is 2, and now comes 3")
    told = run("network", "--check")
    assert (told.exit_code, told.output.splitlines()[-1]) == (1, "network: not compared, since PyTorch is missing")
    assert run("--check", "--quick").exit_code == 2


# -- what is committed -----------------------------------------------------------------------------------------------------


def test_committed_tables_are_whole():
    found = {path.stem: tables.read(path) for path in RESULTS.glob("*.csv")}
    assert set(found) == {"landing", "network", "suppression", "digits"}
    assert len(found["landing"]) == len(landing.GAMMAS) * len(landing.SIZES)
    assert len(found["suppression"]) == len(suppression.GAMMAS) * len(suppression.GROUPS) * 7
    assert len(found["digits"]) == len(digits.FEATURES) * len(digits.GAMMAS) * len(digits.HOWS)
    assert not contradicted(found["suppression"])


def test_committed_numbers_are_those_of_the_code():
    """One row anew: seeds are fixed, so that it comes out again."""
    (row,) = landing.run(sizes=(10_000,), gammas=(2.0,))
    (kept,) = [one for one in tables.read(RESULTS / "landing.csv") if one["gamma"] == "2" and one["cases"] == "10000"]
    assert row["to_minimizer"] == pytest.approx(float(kept["to_minimizer"]), rel=1e-3)
    assert row["predicted_to_minimizer"] == pytest.approx(float(kept["predicted_to_minimizer"]), rel=1e-4)


def test_committed_landing_agrees_with_the_prediction():
    """Root mean squares over 20 seeds and 8 contexts: within four standard errors of what the Jacobian says."""
    for row in tables.read(RESULTS / "landing.csv"):
        gap = abs(float(row["to_minimizer"]) - float(row["predicted_to_minimizer"]))
        assert gap < 4 * float(row["to_minimizer_error"]), row


def test_the_readme_says_what_the_tables_say():
    text = " ".join((ROOT / "experiments" / "README.md").read_text(encoding="utf-8").split())
    network_rows = {(row["gamma"], row["cases"]): row for row in tables.read(RESULTS / "network.csv")}
    last, before = (float(network_rows["2", cases]["to_minimizer"]) for cases in ("100000", "10000"))
    apart = float(network_rows["2", "100000"]["minimizer_to_data"])
    assert f"with 10⁵ cases it is {last:.4f} away" in text
    assert f"where P is {apart:.2f} away" in text
    assert f"distance falls by {before / last:.1f}, not" in text
    unknown = sum(row["trained_side"] == "not told apart" for row in tables.read(RESULTS / "suppression.csv"))
    assert {7: "seven cannot be told"}[unknown] in text
    rows = {(row["features"], row["gamma"], row["treatment"]): row for row in tables.read(RESULTS / "digits.csv")}

    def percent(column, *key):
        return f"{100 * float(rows[key][column]):.0f} %"

    low, high = (percent("ece", "pixels", gamma, "raw") for gamma in ("0", "5"))
    assert f"ECE {low} at γ = 0, {high} at γ = 5" in text
    assert f"takes that away ({percent('ece', 'pixels', '5', 'inverse map')})" in text
    assert f"{percent('ece_if_calibrated', 'pixels', '5', 'inverse map')} is what a calibrated model" in text
    raw, mapped = (percent("ece", "coarse", "5", how) for how in ("raw", "inverse map"))
    assert f"at γ = 5 ECE rises from {raw} to {mapped}" in text
    assert f"exceeds the accuracy by {percent('training_gap', 'coarse', '5', 'inverse map')}" in text
    tempered, both = (percent("ece", "coarse", "5", how) for how in ("temperature", "both"))
    assert f"does not fail ({tempered}), and both together are between ({both})" in text
