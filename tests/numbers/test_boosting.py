"""The objective for boosting: what it gives, and tiny models of LightGBM and XGBoost that are trained with it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from focal_symbolic import initial_bias, logits
from focal_symbolic.errors import InputError

WHY = "the extra «boosting» is not installed"
X = np.repeat([[0.0], [1.0]], 200, axis=0)
"""Two groups that a tree tells apart; each is to get the constant output of its own counts."""
Y = np.array([1] * 20 + [0] * 180 + [1] * 120 + [0] * 80)
CLASSES = np.array([0] * 20 + [1] * 100 + [2] * 80 + [0] * 120 + [1] * 50 + [2] * 30)
LIGHT = {"num_leaves": 2, "min_data_in_leaf": 1, "min_sum_hessian_in_leaf": 0, "verbosity": -1, "num_threads": 1, "seed": 1}
EXTREME = {
    "max_depth": 1,
    "lambda": 0,
    "min_child_weight": 0,
    "nthread": 1,
    "base_score": 0.0,
    "disable_default_eval_metric": 1,
}


@pytest.fixture
def light():
    return pytest.importorskip("lightgbm", reason=WHY)


@pytest.fixture
def extreme():
    return pytest.importorskip("xgboost", reason=WHY)


# -- what it gives -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gamma", [0, 0.5, 2, 30])
def test_without_convex_it_is_the_gradient_and_the_hessian(gamma):
    draws = np.random.default_rng(2)
    scores, y = draws.normal(0, 5, 200), draws.integers(0, 2, 200)
    slope, bend = logits.objective(gamma, alpha=0.25, convex=False)(y, scores)
    near = {"rtol": 1e-13 * (gamma + 1), "atol": 1e-250}
    np.testing.assert_allclose(slope, logits.gradient(scores, y, gamma, 0.25, head="sigmoid"), **near)
    np.testing.assert_allclose(bend, logits.hessian(scores, y, gamma, 0.25, head="sigmoid"), **near)
    scores, y, weights = draws.normal(0, 4, (100, 5)), draws.integers(0, 5, 100), [1, 2, 3, 4, 5]
    slope, bend = logits.objective(gamma, alpha=weights, head="softmax", convex=False)(y, scores)
    np.testing.assert_allclose(slope, logits.gradient(scores, y, gamma, weights), **near)
    diagonal = np.diagonal(logits.hessian(scores, y, gamma, weights), axis1=1, axis2=2)
    np.testing.assert_allclose(bend, diagonal, rtol=1e-11, atol=1e-14)


def test_with_convex_no_direction_of_the_hessian_exceeds_what_it_gives():
    draws = np.random.default_rng(4)
    for _ in range(500):
        gamma = float(draws.choice([0, 0.3, 1, 2, 5, 20, 100]))
        z, y = draws.normal(0, draws.choice([0.3, 2, 6]), draws.integers(2, 6)), 0
        given = logits.objective(gamma, head="softmax")([y], z[None])[1][0]
        assert (given > 0).all()
        assert np.linalg.eigvalsh(np.diag(given) - logits.hessian(z, y, gamma)).min() > -1e-13
        assert (given >= 2 * np.diag(logits.hessian(z, y, gamma)) - 1e-13).all()


def test_of_a_sigmoid_convex_changes_the_hessian_only_before_the_mode():
    scores = np.linspace(-12, 12, 241)
    ones = np.ones(scores.shape, dtype=int)
    exact, safe = (logits.objective(2, convex=convex)(ones, scores)[1] for convex in (False, True))
    assert (exact[scores < -2.8] < 0).all()
    assert (safe > 0).all()
    assert (safe >= exact).all()
    same = safe == exact
    mode = int(np.argmax(same))
    assert same[mode:].all()
    assert not same[:mode].any()
    assert -2.5 < scores[mode] < -1.8  # psi of gamma = 2 has its mode at 0.1165..., the logit -2.026...


def test_both_orders_of_arguments_and_weights():
    class Data:
        def get_label(self):
            return np.array([1.0, 0.0])

        def get_weight(self):
            return self.weight

    data, scores = Data(), np.array([0.5, -1.0])
    plain = logits.objective(2)([1, 0], scores)
    for data.weight in (None, np.array([])):
        np.testing.assert_array_equal(logits.objective(2)(scores, data), plain)
    data.weight = np.array([2.0, 3.0])
    np.testing.assert_array_equal(logits.objective(2)(scores, data), np.array(plain) * data.weight)
    np.testing.assert_array_equal(logits.objective(2)([1, 0], scores, sample_weight=[2, 3]), np.array(plain) * data.weight)


@pytest.mark.parametrize(
    ("settings", "call", "told"),
    [
        ({"gamma": -1}, None, "gamma"),
        ({"gamma": 2, "head": "tanh"}, None, "head = 'tanh' is no head"),
        ({"gamma": 2, "alpha": 2}, None, "alpha = 2 is not between 0 and 1"),
        ({"gamma": 2}, ([0, 2], [0.0, 0.0]), "y_true[1] = 2 is no class"),
        ({"gamma": 2}, ([0, 1], [0.0, float("nan")]), "y_pred has the score nan"),
        ({"gamma": 2}, ([0, 1], [[0.0, 1.0]] * 2), "head='softmax'"),
        ({"gamma": 2, "head": "softmax"}, ([0, 1], [0.0, 1.0]), "a column of raw scores a class"),
        ({"gamma": 2, "head": "softmax"}, ([0], [[0.0, 1.0]] * 2), "one class a row"),
        ({"gamma": 2, "head": "softmax", "alpha": [1]}, ([0], [[0.0, 1.0]]), "alpha has 1 entries"),
    ],
)
def test_bad_input_is_told(settings, call, told):
    with pytest.raises(InputError) as error:
        logits.objective(**settings)(*call or ([0], [0.0]))
    assert told in str(error.value)


# -- tiny models -------------------------------------------------------------------------------------------------------------


def wanted(gamma, alpha):
    """The constant output of each group."""
    counts = [(int(Y[group].sum()), int((1 - Y[group]).sum())) for group in (slice(200), slice(200, 400))]
    return [float(initial_bias(pair, gamma, alpha, head="sigmoid")) for pair in counts]


def falls(losses):
    """Whether each loss is less than the one before, until they are equal in float32."""
    return all(after <= before * (1 + 1e-7) for before, after in pairwise(losses)) and losses[-1] < losses[0]


@pytest.mark.parametrize(("gamma", "alpha"), [(2, None), (0.5, 0.25), (5, None), (2, [3, 1])])
def test_lightgbm_reaches_the_constant_output(light, gamma, alpha):
    params = LIGHT | {"objective": logits.objective(gamma, alpha), "learning_rate": 0.5}
    model = light.train(params, light.Dataset(X, Y), 80)
    losses = [
        logits.loss(model.predict(X, num_iteration=rounds), Y, gamma, alpha, head="sigmoid").mean()
        for rounds in range(1, 80, 6)
    ]
    assert falls(losses)
    np.testing.assert_allclose(model.predict(X)[[0, -1]], wanted(gamma, alpha), atol=1e-5)


@pytest.mark.parametrize(("gamma", "alpha"), [(2, None), (0.5, 0.25), (5, None), (2, [3, 1])])
def test_xgboost_reaches_the_constant_output(extreme, gamma, alpha):
    data = extreme.DMatrix(X, Y)
    model = extreme.train(EXTREME | {"eta": 0.5}, data, 80, obj=logits.objective(gamma, alpha))
    losses = [
        logits.loss(model.predict(data, iteration_range=(0, rounds)), Y, gamma, alpha, head="sigmoid").mean()
        for rounds in range(1, 80, 6)
    ]
    assert falls(losses)
    np.testing.assert_allclose(model.predict(data)[[0, -1]], wanted(gamma, alpha), atol=1e-3)


def centred(scores):
    """Logits of a softmax, which are known up to a constant."""
    return np.asarray(scores, dtype=float) - np.mean(np.asarray(scores, dtype=float), axis=-1, keepdims=True)


def of_the_groups():
    return centred(
        [
            [float(one) for one in initial_bias(np.bincount(CLASSES[group]).tolist(), 2)]
            for group in (slice(200), slice(200, 400))
        ]
    )


def test_lightgbm_with_a_softmax(light):
    params = LIGHT | {"objective": logits.objective(2, head="softmax"), "num_class": 3, "learning_rate": 0.5}
    model = light.train(params, light.Dataset(X, CLASSES), 150)
    np.testing.assert_allclose(centred(model.predict(X)[[0, -1]]), of_the_groups(), atol=1e-5)


def test_xgboost_with_a_softmax(extreme):
    data = extreme.DMatrix(X, CLASSES)
    model = extreme.train(EXTREME | {"eta": 0.5, "num_class": 3}, data, 150, obj=logits.objective(2, head="softmax"))
    np.testing.assert_allclose(centred(model.predict(data, output_margin=True)[[0, -1]]), of_the_groups(), atol=1e-3)


def test_the_scikit_learn_interfaces_take_it_with_weights(light, extreme):
    weights = np.where(Y == 1, 3.0, 1.0)
    models = (
        light.LGBMRegressor(
            objective=logits.objective(2), n_estimators=80, learning_rate=0.5, num_leaves=2, min_child_samples=1,
            min_child_weight=0, verbosity=-1, n_jobs=1,
        ),
        extreme.XGBRegressor(
            objective=logits.objective(2), n_estimators=80, learning_rate=0.5, max_depth=1, reg_lambda=0, min_child_weight=0,
            base_score=0.0, n_jobs=1,
        ),
    )  # fmt: skip
    for model in models:
        found = model.fit(X, Y, sample_weight=weights).predict(X)[[0, -1]]
        np.testing.assert_allclose(found, wanted(2, [3, 1]), atol=1e-3)


def test_where_the_hessian_is_negative_only_convex_goes_the_right_way(extreme):
    """All examples are positives and begin at the logit -6, where the loss is concave."""
    x, y = np.zeros((50, 1)), np.ones(50)
    data = extreme.DMatrix(x, y, base_margin=np.full(50, -6.0))
    scores = [
        extreme.train(
            EXTREME | {"eta": 0.1, "lambda": 1e-3, "max_delta_step": 1}, data, 20, obj=logits.objective(2, convex=convex)
        )
        .predict(data)
        .max()
        for convex in (False, True)
    ]
    assert scores[0] <= -6 < -4.5 < scores[1]
