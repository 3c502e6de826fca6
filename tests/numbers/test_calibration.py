"""Calibration: outputs back to class-posterior probabilities, weights that balance, and the constant output.

The right values are those of people's cases, computed twice outside of this package.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
import warnings
from fractions import Fraction
from importlib.util import find_spec

import mpmath
import numpy as np
import pytest

from focal_symbolic import (
    Distribution,
    FocalCalibrator,
    arrays,
    balance,
    calibrate,
    data_distribution,
    focal_entropy,
    initial_bias,
    minimizer,
)
from focal_symbolic.errors import InputError

RNG = np.random.default_rng(11)


def near(value: object, right: str) -> bool:
    """Equal in the digits that are given."""
    places = len(right.lstrip("-0.").replace(".", ""))
    return mpmath.nstr(mpmath.mpf(value), places) == mpmath.nstr(mpmath.mpf(right), places)


def softmax(logits):
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


# -- alpha -----------------------------------------------------------------------------------------------------------------


def test_alpha_of_a_sigmoid():
    pair = minimizer(["1/4", "3/4"], 2, 20, alpha="1/4")
    assert near(pair.q[0], "0.30578719490987156")
    assert pair.alpha == (Fraction(1, 4), Fraction(3, 4))
    with mpmath.workdps(20):
        for p, q, c, w in zip((1, 3), pair.q, pair.complement, (1, 3), strict=True):
            slope = c**2 / q - 2 * c * mpmath.log(q)
            assert mpmath.almosteq(w * p * slope / 16, pair.multiplier, 1e-18)
        assert mpmath.almosteq(mpmath.log(pair.multiplier), pair.log_multiplier, 1e-17)
        assert mpmath.almosteq(focal_entropy(["1/4", "3/4"], pair.q, 2, 20, alpha="1/4"), pair.entropy, 1e-17)
    found = arrays.minimizer([[0.25, 0.75]] * 3, 2, alpha=0.25)
    assert np.allclose(found.q[:, 0], float(pair.q[0]), rtol=1e-14)
    assert np.allclose(np.exp(found.log_multiplier), float(pair.multiplier), rtol=1e-13)
    assert np.allclose(arrays.along([0.25, 0.75], [1.0, 2.0], alpha=0.25).q[1], found.q[0], rtol=1e-14)


def test_alpha_by_inverse_frequency():
    counts = Distribution.from_counts([990000, 7000, 3000])
    by_frequency = minimizer(counts, 2, 15, alpha=[Fraction(1) / p for p in counts])
    assert by_frequency.q == (minimizer(["1/3"] * 2 + ["1/3"], 2, 15).q)
    rounded = minimizer(counts, 2, 15, alpha=["1.01", "142.857", "333.33"])
    assert all(abs(q - mpmath.mpf(1) / 3) < 1e-3 for q in rounded.q)
    larger = minimizer(counts, 2, 15, alpha=["2.02", "285.714", "666.66"])
    assert larger.q == rounded.q
    assert mpmath.almosteq(larger.entropy, 2 * rounded.entropy, 1e-14)


def test_the_loss_with_alpha():
    logits, y = np.array([-1.6, 0.51, 2.94, -1.8]), np.array([0.0, 1, 0, 0])
    p, s = np.stack([y, 1 - y], -1), 1 / (1 + np.exp(-logits))
    q = np.stack([s, 1 - s], -1)
    assert near(arrays.focal_entropy(p, q, 2).mean(), "0.6932789")
    assert near(arrays.focal_entropy(p, q, 2, alpha=0.25).mean(), "0.5116834")
    assert near(arrays.focal_entropy(p, q, 2, alpha=[0.25, 0.75]).mean(), "0.5116834")
    assert near(focal_entropy([1, 0], ["0.9", "0.1"], 2, 20, alpha=["2", "1"]), "0.002107210313156526")


def test_alpha_is_undone():
    alpha = [0.1, 0.2, 0.3, 0.4]
    p = RNG.dirichlet([1] * 4, 50)
    q = arrays.minimizer(p, 2, alpha=alpha).q
    assert np.abs(arrays.data_distribution(q, 2) - p).max() > 0.05
    assert np.allclose(arrays.data_distribution(q, 2, alpha=alpha), p, rtol=1e-13)
    back = data_distribution(minimizer(["0.5", "0.3", "0.2"], 2, 30, alpha=[1, 2, 5]).q, 2, 15, alpha=[1, 2, 5])
    assert all(near(value, right) for value, right in zip(back, ("0.5", "0.3", "0.2"), strict=True))


def test_alpha_in_the_limits():
    assert minimizer([1, 1, 2] and ["1/4", "1/4", "1/2"], 2, alpha=[1, 1, 0]).q == (mpmath.mpf("0.5"), mpmath.mpf("0.5"), 0)
    assert minimizer(["1/4", "3/4"], 0, 15, alpha="1/2").q == minimizer(["1/4", "3/4"], 0, 15).q
    assert data_distribution(["1/2", "1/2"], 0, 15, alpha="1/4") == (mpmath.mpf("0.75"), mpmath.mpf("0.25"))
    assert data_distribution([1, 0], 2, 15, alpha="1/4") == (1, 0)


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (lambda: minimizer(["1/2", "1/4", "1/4"], 2, alpha=0.25), "is one number and there are 3 outcomes"),
        (lambda: minimizer(["1/2", "1/2"], 2, alpha=-1), "-1 stands for no weights leave it out"),
        (lambda: minimizer(["1/2", "1/2"], 2, alpha=2), "not between 0 and 1"),
        (lambda: minimizer(["1/2", "1/2"], 2, alpha=[1]), "alpha has 1 entries and there are 2 outcomes"),
        (lambda: minimizer(["1/2", "1/2"], 2, alpha=[0, 0]), "leaves no outcome"),
        (lambda: minimizer(["1/2", "1/2"], 2, alpha=[1, -1]), r"alpha\[1\] = -1 is negative"),
        (lambda: data_distribution(["1/2", "1/2"], 2, alpha=[1, 0]), "leaves no trace"),
        (lambda: arrays.minimizer([[0.5, 0.5]], 2, alpha=[0, 0]), "leaves a row no class"),
        (lambda: arrays.minimizer([[0.5, 0.5]], 2, alpha=[np.nan, 1]), "must be finite"),
        (lambda: arrays.data_distribution([[0.5, 0.5]], 2, alpha=[0, 1]), "leaves no trace"),
        (lambda: arrays.focal_entropy([[0.5, 0.5]], [[0.5, 0.3, 0.2]], 2), "p has 2 classes and q has 3"),
        (lambda: arrays.focal_entropy([[0.5, 0.5]] * 2, [[0.5, 0.5]] * 3, 2), "does not fit"),
        (lambda: arrays.minimizer([[0.5, 0.5], [1]], 2), "rows of different lengths"),
    ],
)
def test_alpha_that_is_none(work, sentence):
    with pytest.raises(InputError, match=sentence):
        work()


# -- calibrate -------------------------------------------------------------------------------------------------------------


def test_values_of_a_sigmoid():
    found = calibrate([0.4, 0.7], 1.5)
    with mpmath.workdps(30):
        for q, p in zip(("0.4", "0.7"), found, strict=True):
            exact = data_distribution([q, str(1 - Fraction(q))], "1.5", 20)[0]
            assert abs(p - exact) < 1e-15
    assert np.allclose(found, [0.28927966, 0.86775687], atol=2e-8)
    assert calibrate([0.5], 1.5, alpha=0.25) == pytest.approx([0.75], abs=1e-15)
    assert calibrate(0.5, 1.5, alpha=0.25) == pytest.approx(0.75, abs=1e-15)
    assert calibrate([[0.5], [0.4]], 1.5).shape == (2, 1)


@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("alpha", [None, [0.1, 0.2, 0.3, 0.4]])
def test_rows_are_those_of_data_distribution(kind, alpha):
    for n in (11, 37):
        weights = None if alpha is None else [*alpha, *[0.5] * (n - 4)]
        q = softmax(4 * RNG.normal(size=(40_000 // n, n))).astype(kind)
        found = calibrate(q, 2, alpha=weights)
        rows = [arrays.data_distribution(row, 2, alpha=weights) for row in q]
        assert found.dtype == np.float64
        assert (found == np.array(rows)).all()
        assert (calibrate(np.asfortranarray(q), 2, alpha=weights) == found).all()


def test_float32_rows_that_miss_1():
    q = softmax(RNG.normal(size=(500, 300)).astype(np.float32))
    assert q.dtype == np.float32
    assert (q.sum(-1, dtype=np.float64) != 1).any()
    exact = q.astype(np.float64)
    exact /= exact.sum(-1, keepdims=True)
    assert np.allclose(calibrate(q, 2), calibrate(exact, 2), rtol=1e-14)
    with pytest.raises(InputError, match=r"within n \* 2\*\*-23"):
        calibrate(np.float32(1.001) * q, 2)


def test_logits():
    logits = 5 * RNG.normal(size=(200, 6))
    assert np.allclose(calibrate(logits, 2, from_logits=True), calibrate(softmax(logits), 2), rtol=1e-12)
    scores = np.array([-1000.0, -30, -1, 0, 2, 30, 1000])
    found = calibrate(scores, 0.5, alpha=0.25, from_logits=True)
    assert (found[0], found[-1]) == (0, 1)
    with mpmath.workdps(60):
        for score, p in zip(scores[1:-1], found[1:-1], strict=True):
            q = 1 / (1 + mpmath.exp(-mpmath.mpf(score)))
            slopes = [(1 - x) ** 0.5 / x - (1 - x) ** -0.5 * mpmath.log(x) / 2 for x in (q, 1 - q)]
            exact = 3 * slopes[1] / (3 * slopes[1] + slopes[0])
            assert abs(p - exact) < 1e-13 * exact
    wide = calibrate([[0.0, -1000, -np.inf]], 2, from_logits=True)
    assert wide.tolist() == [[1, 0, 0]]


def test_multilabel():
    q = RNG.random((50, 3))
    assert (calibrate(q, 2, multilabel=True) == np.stack([calibrate(one.copy(), 2) for one in q.T], -1)).all()
    each = calibrate(q, 2, alpha=[0.25, 0.5, (3, 1)], multilabel=True)
    for column, alpha in enumerate((0.25, 0.5, 0.75)):
        assert np.allclose(each[:, column], calibrate(q[:, column], 2, alpha=alpha), rtol=1e-14)


def test_pandas_keeps_index_and_columns():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(softmax(RNG.normal(size=(4, 3))), index=list("wxyz"), columns=["cat", "dog", "cow"])
    found = calibrate(table, 2)
    assert list(found.columns) == ["cat", "dog", "cow"]
    assert list(found.index) == list("wxyz")
    assert (found.to_numpy() == calibrate(table.to_numpy(), 2)).all()
    scores = pandas.Series([0.4, 0.7], index=[7, 9], name="score")
    assert calibrate(scores, 1.5).index.tolist() == [7, 9]
    assert calibrate(scores, 1.5).name == "score"
    with pytest.raises(InputError, match="not of numbers"):
        calibrate(table.assign(name="a"), 2)


@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
def test_tensors():
    import torch

    q = torch.softmax(torch.randn(5, 4), -1)
    found = calibrate(q.requires_grad_(), 2)
    assert isinstance(found, torch.Tensor)
    assert found.dtype == torch.float32
    assert np.allclose(found.numpy(), calibrate(q.detach().numpy(), 2), atol=1e-7)
    with pytest.raises(InputError, match="too short"):
        calibrate(q.bfloat16(), 2)


def test_nothing_is_imported_for_them():
    code = "import sys, focal_symbolic; focal_symbolic.calibrate([[.3, .7]], 2); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "pandas", "sklearn", "scipy"} & set(loaded)


def test_blocks_keep_memory_and_time_small():
    q = RNG.dirichlet(np.ones(1000), 4000)
    tracemalloc.start()
    calibrate(q, 2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.5 * q.nbytes

    def cost(work):
        times = []
        for _ in range(3):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    assert cost(lambda: calibrate(q, 2)) < 3 * cost(lambda: arrays.focal_entropy(q, q, 2))


def test_no_warnings_leak():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calibrate([[1.0, 0.0], [5e-324, 1.0]], 2)
        calibrate([[0.0], [1.0], [5e-324]], 0.5)
        calibrate([[1e4, -1e4, 0.0]], 5, from_logits=True)
    assert calibrate([0.0, 1.0], 2).tolist() == [0, 1]
    assert calibrate(np.empty((0, 3)), 2).shape == (0, 3)


@pytest.mark.parametrize(
    ("q", "options", "sentence"),
    [
        ([[0.5, 0.6]], {}, "each row must sum to 1"),
        ([[0.5, -0.5, 1]], {}, r"q\[0, 1\] = -0.5"),
        ([1.2], {}, "is no probability"),
        ([np.nan], {}, "is no probability"),
        ([[np.nan, 1]], {}, "must be at least 0"),
        ([[np.nan, 1]], {"from_logits": True}, "is no logit"),
        ([0.2, 0.3, 0.5], {}, "may be one row of a softmax or a column of positives"),
        ([0.2, 0.8], {"alpha": 0.25}, "may be one row of a softmax"),
        ([[0.2, 0.8]], {"alpha": 0.25}, "of two columns either may be the positives"),
        ([[0.2, 0.3, 0.5]], {"alpha": 0.25}, "is one number and there are 3"),
        ([[0.2, 0.3, 0.5]], {"alpha": [1, 1, 0]}, "leaves no trace"),
        ([[0.2, 0.3, 0.5]], {"alpha": [1, 1]}, "alpha has 2 entries"),
        ([[[0.2, 0.8]]], {}, "3 dimensions"),
        ([["a", "b"]], {}, "dtype"),
        (np.ma.masked_less([[0.2, 0.8]], 0.5), {}, "masked"),
    ],
)
def test_calibrate_refuses(q, options, sentence):
    with pytest.raises(InputError, match=sentence):
        calibrate(q, 2, **options)


def test_two_columns_of_one_row_are_the_same_either_way():
    assert np.allclose(calibrate([0.19, 0.81], 2), calibrate([[0.19, 0.81]], 2)[0], rtol=1e-13)


# -- balance, and the constant output --------------------------------------------------------------------------------------


def test_balance():
    alpha = balance([25, 75], 2)
    assert near(alpha[0], "0.13600636928")
    assert near(alpha[1], "0.86399363072")
    assert balance([25, 75], 2, "uniform") == (mpmath.mpf("0.75"), mpmath.mpf("0.25"))
    assert balance([25, 75], 2, head="sigmoid")[0] == alpha[0]


@pytest.mark.parametrize("target", ["data", "uniform", ["1/2", "1/6", "1/3"]])
def test_balance_gives_the_target(target):
    counts = [990000, 7000, 3000]
    data = Distribution.from_counts(counts)
    aims = {"data": [*data], "uniform": [Fraction(1, 3)] * 3}.get(target if isinstance(target, str) else "", target)
    q = minimizer(data, 2, 15, alpha=balance(counts, 2, target, dps=30)).q
    assert all(abs(one / mpmath.mpf(str(float(Fraction(aim)))) - 1) < 1e-14 for one, aim in zip(q, aims, strict=True))


def test_initial_bias():
    fraud = [492, 284807 - 492]
    assert near(initial_bias(fraud, 2, head="sigmoid"), "-2.34831936406")
    assert near(initial_bias(fraud, 2, 0.25, "sigmoid"), "-2.74243594645")
    assert near(initial_bias([1, 10000], 2, head="sigmoid"), "-3.36205374")
    assert near(initial_bias([1, 10000], 2, "0.25", "sigmoid"), "-3.74529349")
    detector = Distribution.from_counts([1, 10000])
    assert abs(minimizer(detector, 2, 15).q[0] - mpmath.mpf("0.03350265885")) < 1e-11
    assert abs(minimizer(detector, 2, 15, alpha="0.25").q[0] - mpmath.mpf("0.02308326582")) < 1e-11
    logits = initial_bias([6, 3, 1, 0], 2)
    assert logits[3] == -mpmath.inf
    assert np.allclose(
        [float(mpmath.exp(one)) for one in logits[:3]], [float(q) for q in minimizer(["0.6", "0.3", "0.1"], 2).q]
    )
    assert initial_bias([5, 5], 2, head="sigmoid") == 0
    assert initial_bias([5, 0], 2, head="sigmoid") == mpmath.inf
    each = initial_bias([6, 3, 1], 2, 0.25, head="sigmoid")
    assert each[1] == initial_bias([3, 7], 2, 0.25, head="sigmoid")


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (lambda: balance([3, 0], 2, "uniform"), r"counts\[1\] = 0, and no weight"),
        (lambda: balance([3, 1], 2, "even"), "target = 'even' is no target"),
        (lambda: balance([3, 1], 2, ["1/3"] * 3), "target has 3 entries"),
        (lambda: balance([3, 1], 2, head="linear"), "head = 'linear'"),
        (lambda: initial_bias([3, 1], 2, head="linear"), "head = 'linear'"),
        (lambda: initial_bias([3, 1, 1], 2, 0.25), "is one number and there are 3"),
        (lambda: initial_bias([3, 1.5], 2), "is not an integer"),
    ],
)
def test_balance_and_bias_refuse(work, sentence):
    with pytest.raises(InputError, match=sentence):
        work()


# -- the calibrator --------------------------------------------------------------------------------------------------------


def sample(n: int, seed: int = 0, gamma: float = 2.0, alpha=None):
    """(outputs of a model at the optimum, labels, posteriors)."""
    draw = np.random.default_rng(seed)
    p = softmax(2 * draw.normal(size=(n, 4)))
    labels = (p.cumsum(-1) > draw.random((n, 1))).argmax(-1)
    return arrays.minimizer(p, gamma, alpha=alpha).q, labels, p


def test_gamma_and_temperature_are_found():
    q, labels, p = sample(20000)
    fitted = FocalCalibrator().fit(q, labels)
    assert abs(fitted.gamma_ - 2) < 3 * fitted.gamma_error_ < 0.7
    assert abs(fitted.temperature_ - 1) < 3 * fitted.temperature_error_ < 0.2
    assert fitted.log_loss_ < fitted.log_loss_before_ - 0.01
    assert np.abs(fitted.transform(q) - p).max() < 0.02
    known = FocalCalibrator(gamma=2, temperature=False).fit(q, labels)
    assert (known.gamma_, known.temperature_, known.gamma_error_, known.temperature_error_) == (2, 1, None, None)
    assert (known.transform(q) == calibrate(q, 2)).all()
    assert known.log_loss_ == pytest.approx(-np.log(known.predict_proba(q)[np.arange(len(q)), labels]).mean(), rel=1e-12)
    assert fitted.log_loss_ <= known.log_loss_


def test_it_is_the_least_log_loss():
    q, labels, _ = sample(2000, 3)
    fitted = FocalCalibrator().fit(q, labels)

    def loss(gamma, temperature):
        p = calibrate(np.log(q) / temperature, gamma, from_logits=True)
        return -np.log(p[np.arange(len(q)), labels]).mean()

    least = loss(fitted.gamma_, fitted.temperature_)
    assert least == pytest.approx(fitted.log_loss_, rel=1e-12)
    for off in (-1e-3, 1e-3):
        assert loss(fitted.gamma_ + off, fitted.temperature_) > least
        assert loss(fitted.gamma_, fitted.temperature_ + off) > least


def test_standard_errors_are_those_of_repetition():
    fits = [FocalCalibrator(temperature=False).fit(*sample(800, seed)[:2]) for seed in range(40)]
    spread = np.std([one.gamma_ for one in fits])
    assert 0.7 < spread / np.mean([one.gamma_error_ for one in fits]) < 1.4


def test_one_sigmoid_with_alpha():
    draw = np.random.default_rng(5)
    p = draw.beta(0.7, 1.5, 20000)
    labels = np.where(draw.random(p.size) < p, "yes", "no")
    q = arrays.minimizer(np.stack([p, 1 - p], -1), 2, alpha=0.25).q[:, 0]
    fitted = FocalCalibrator(alpha=0.25, temperature=False).fit(q, labels)
    assert fitted.classes_.tolist() == ["no", "yes"]
    assert abs(fitted.gamma_ - 2) < 3 * fitted.gamma_error_ < 0.1
    assert np.abs(fitted.predict_proba(q)[:, 1] - p).max() < 5e-3
    assert fitted.transform(q).shape == q.shape
    both = FocalCalibrator(alpha=0.25).fit(q, labels)  # with two classes gamma and T are hard to tell apart
    assert both.gamma_error_ > 10 * fitted.gamma_error_
    assert np.abs(both.predict_proba(q)[:, 1] - p).max() < 0.03


def test_labels_by_name():
    pandas = pytest.importorskip("pandas")
    q, labels, _ = sample(300)
    names = ["d", "c", "b", "a"]
    table = pandas.DataFrame(q, columns=names)
    fitted = FocalCalibrator(gamma=2).fit(table, [names[at] for at in labels])
    assert fitted.classes_.tolist() == names
    assert fitted.temperature_ == FocalCalibrator(gamma=2).fit(q, labels).temperature_
    assert list(fitted.transform(table).columns) == names


def test_what_the_labels_do_not_tell():
    fitted = FocalCalibrator().fit([[0.5, 0.5]] * 4, [0, 1, 0, 1])
    assert np.isinf(fitted.gamma_error_)
    sure = FocalCalibrator(gamma=2).fit([[0.6, 0.4], [0.3, 0.7]], [0, 1])
    assert 0 < sure.temperature_ < 0.1


@pytest.mark.parametrize(
    ("q", "y", "sentence"),
    [
        ([[0.5, 0.5]] * 3, [0, 1, 2], "3 different labels"),
        ([[0.5, 0.5]] * 3, [0, 1], "give one label a row"),
        ([[0.5, 0.5]] * 3, None, "y is None"),
        ([[1.0, 0.0], [0.5, 0.5]], [1, 0], "probability 0"),
        ([[0.5, 0.6]], [1], "must sum to 1"),
    ],
)
def test_fit_refuses(q, y, sentence):
    with pytest.raises(InputError, match=sentence):
        FocalCalibrator().fit(q, y)


def test_it_has_to_be_fitted():
    with pytest.raises(ValueError, match="not fitted"):
        FocalCalibrator().transform([[0.5, 0.5]])


THREE = "scikit-learn gives three labels to two columns; a calibrator has a column for each class"
DO_NOT_APPLY = dict.fromkeys(
    ["check_estimators_overwrite_params", "check_estimators_fit_returns_self", "check_readonly_memmap_input"], THREE
)


def test_estimator_of_scikit_learn():
    checks = pytest.importorskip("sklearn.utils.estimator_checks")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = checks.check_estimator(
            FocalCalibrator(from_logits=True), on_fail=None, on_skip=None, expected_failed_checks=DO_NOT_APPLY
        )
    assert len(found) > 40
    assert {one["check_name"]: one["exception"] for one in found if one["status"] == "failed"} == {}
    assert {one["check_name"] for one in found if one["status"] == "xfail"} == set(DO_NOT_APPLY)


def test_clone_and_parameters():
    base = pytest.importorskip("sklearn.base")
    copy = base.clone(FocalCalibrator(gamma=2, alpha=[1, 2]))
    assert copy.get_params() == {
        "gamma": 2,
        "temperature": True,
        "alpha": [1, 2],
        "from_logits": False,
        "multilabel": False,
    }
    assert repr(copy) == "FocalCalibrator(gamma=2, alpha=[1, 2])"
    with pytest.raises(ValueError, match="Invalid parameter"):
        copy.set_params(delta=1)


@pytest.mark.parametrize("alpha", [None, "0.25", [["0.25", "0.75"], ["1", "2"], ["0.6", "0.4"]]])
@pytest.mark.parametrize("from_logits", [False, True])
def test_several_sigmoids_together(alpha, from_logits):
    """Outputs at the optimum of gamma = 2: gamma comes back within its error, and the posteriors with it."""
    draw = np.random.default_rng(3)
    p = draw.uniform(0.02, 0.98, (4000, 3))
    y = (draw.random(p.shape) < p).astype(int)
    pairs = np.array([[0.5, 0.5]] * 3 if alpha is None else [[0.25, 0.75]] * 3 if alpha == "0.25" else alpha, dtype=float)
    q = np.stack([arrays.minimizer(np.stack([p[:, c], 1 - p[:, c]], -1), 2, alpha=pairs[c]).q[:, 0] for c in range(3)], -1)
    given = np.log(q / (1 - q)) if from_logits else q
    fitted = FocalCalibrator(temperature=False, alpha=alpha, from_logits=from_logits, multilabel=True).fit(given, y)
    assert abs(fitted.gamma_ - 2) < 4 * fitted.gamma_error_
    assert fitted.predict_proba(given).shape == p.shape
    known = FocalCalibrator(2, False, alpha, from_logits, multilabel=True).fit(given, y)
    assert np.allclose(known.transform(given), p, rtol=1e-9)
    warmer = FocalCalibrator(2, True, alpha, from_logits, multilabel=True).fit(given, y)
    assert warmer.temperature_ == pytest.approx(1, abs=4 * warmer.temperature_error_)
    assert np.abs(warmer.transform(given) - p).max() < 0.1
    one = FocalCalibrator(temperature=False, alpha=None if alpha is None else pairs[0], from_logits=from_logits)
    if alpha is None:
        together = FocalCalibrator(temperature=False, from_logits=from_logits, multilabel=True).fit(given[:, :1], y[:, :1])
        assert together.gamma_ == pytest.approx(one.fit(given[:, 0], y[:, 0]).gamma_, rel=1e-9)


@pytest.mark.parametrize(
    ("y", "sentence"),
    [
        ([0, 1], "give 0 or 1 for each entry of q"),
        ([[0, 2], [1, 0]], "neither 0 nor 1"),
        ([["a", "b"], ["a", "b"]], "neither 0"),
    ],
)
def test_several_sigmoids_refuse(y, sentence):
    with pytest.raises(InputError, match=sentence):
        FocalCalibrator(multilabel=True).fit([[0.2, 0.3], [0.4, 0.9]], y)
