"""The loss by the logits: against balls, against its own differences, its known values, and what the claims say of it."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from flint import arb

from focal_symbolic import logits
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import Probability, ball, power, precision
from focal_symbolic.numbers.decimals import digits

GAMMAS = 0.0, 1e-20, 0.2, 0.5, 1.0, 2.0, 5.0, 37.5, 1e4, 1e9
SCORES = 0.0, 1e-300, -1e-9, 0.3, -2.79037, 4.0, -4.0, -8.0, 36.7, -36.8, 300.0, -699.0, 745.2, -745.2, 1000.0, -1000.0
BITS = 9000
"""Of the balls: 1 - q and its square are known to hundreds of digits at |z| = 1000."""
ULP = 2.0**-52
NORMAL = 1e-290


def balls(t, gamma):
    """(loss, minus its derivative by the logit t of the true class, the second derivative), from the definitions."""
    at = Probability.from_logit(t)
    reduced = power(at.complement, at.log_complement, gamma)
    pull = reduced * at.complement * formulas.lifted(at, gamma)
    return -reduced * at.log, pull, at.q * reduced * formulas.curvature(at, gamma)


def off(found, exact, over=None):
    """The relative error of a float, or its error over another ball; 0 below the normal numbers."""
    if abs(exact) < NORMAL:
        return float(abs(found) > 2 * NORMAL)
    return float((abs(arb(float(found)) - exact) / abs(exact if over is None else over)).mid())


def softmax_balls(z, y, gamma):
    """(loss, gradient, Hessian, what its entries are made of) by the logits z, by the chain rule on the softmax."""
    shifted = [arb(float(one)) - arb(float(z[y])) for one in z]
    powers = [one.exp() for one in shifted]
    whole = sum(powers, arb(0))
    q = [one / whole for one in powers]
    rest = sum((one for place, one in enumerate(powers) if place != y), arb(0))
    loss, pull, second = balls(-rest.log(), gamma)
    at = Probability.from_logit(-rest.log())
    d = [one if place != y else -at.complement for place, one in enumerate(q)]
    psi = pull / at.complement
    bent = (psi - second / (at.q * at.complement)) / at.complement  # psi'
    n = range(len(z))
    parts = [[(psi * (q[k] if k == m else 0), -psi * q[k] * q[m], -at.q * bent * d[k] * d[m]) for m in n] for k in n]
    hessian = [[sum(part, arb(0)) for part in row] for row in parts]
    return loss, [psi * one for one in d], hessian, [[sum(map(abs, part), arb(0)) for part in row] for row in parts]


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("y", [0, 1])
def test_of_a_sigmoid_every_number_is_right_to_a_unit_in_the_last_place(gamma, y):
    scores = np.array([*SCORES, *np.random.default_rng(3).normal(0, 30, 40)])
    found = [
        each(scores, np.full(scores.shape, y), gamma, head="sigmoid") for each in (logits.loss, logits.gradient, logits.hessian)
    ]
    with precision(BITS):
        for place, score in enumerate(scores):
            loss, pull, second = balls(arb(float(score if y else -score)), arb(gamma))
            for values, exact in zip(found, (loss, -pull if y else pull, second), strict=True):
                assert off(values[place], exact) <= ULP, (score, gamma)


ROWS = [
    [2.0, 1.0, -1.0],
    [0.0, 0.0],
    [1000.0, 0.0, -1000.0],
    [-1000.0, 999.5, 1000.0],
    [3e-9, -4.0, 0.5, 700.0],
    [1e15, 1e15, 1e15 - 2],
]


@pytest.mark.parametrize("gamma", [0.0, 0.3, 1.0, 2.0, 20.0, 1e4])
def test_of_a_softmax_every_number_is_right_to_a_few_units(gamma):
    draws = np.random.default_rng(5)
    rows = [*map(np.array, ROWS), *(draws.normal(0, size, 4) for size in (1, 3, 40))]
    with precision(BITS):
        for z in rows:
            for y in range(len(z)):
                loss, gradient, hessian, terms = softmax_balls(z, y, arb(gamma))
                assert off(logits.loss(z, y, gamma), loss) <= ULP
                assert max(map(off, logits.gradient(z, y, gamma), gradient)) <= 3 * ULP
                found = logits.hessian(z, y, gamma)
                assert max(map(off, found.ravel(), chain(*hessian), chain(*terms))) <= 5 * ULP
                assert (found == found.T).all()


def test_the_gradient_and_the_hessian_are_those_of_the_loss():
    step = 1e-5
    for gamma in (0.3, 1.7, 4.0):
        for y in range(4):
            z = np.array([0.3, -2.0, 1.0, -0.7])
            moves = step * np.eye(4)
            slopes = [(logits.loss(z + move, y, gamma) - logits.loss(z - move, y, gamma)) / (2 * step) for move in moves]
            bends = [(logits.gradient(z + move, y, gamma) - logits.gradient(z - move, y, gamma)) / (2 * step) for move in moves]
            np.testing.assert_allclose(logits.gradient(z, y, gamma), slopes, atol=1e-9)
            np.testing.assert_allclose(logits.hessian(z, y, gamma), bends, atol=1e-9)
            np.testing.assert_allclose(logits.hessian(z, y, gamma).sum(-1), 0, atol=1e-15)


def test_known_values():
    found = logits.hessian([-4.0, -8.0, 0.0], [1, 1, 1], 2, head="sigmoid")
    np.testing.assert_allclose(found, [-0.04670326, -0.00368177, 0.39914340], rtol=1e-6)
    np.testing.assert_allclose(logits.hessian(-8.0, 1, 0.5, head="sigmoid"), -6.7019e-4, rtol=1e-4)
    z, y = [-1.6, 0.51, 2.94, -1.8], [0, 1, 0, 0]
    assert round(float(logits.loss(z, y, 2, head="sigmoid").mean()), 7) == 0.6932789
    assert round(float(logits.loss(z, y, 2, alpha=0.25, head="sigmoid").mean()), 7) == 0.5116834
    np.testing.assert_allclose(logits.loss(np.log(9), 1, 0.2, head="sigmoid"), 0.066478, rtol=1e-5)
    np.testing.assert_allclose(logits.loss([0.0, np.log(9)], 1, 0.2), 0.066478, rtol=1e-5)


def test_a_softmax_of_two_is_a_sigmoid_of_the_difference():
    z = np.array([[0.25, -1.5], [3.0, 7.0], [-200.0, 50.0]])
    for y in (0, 1):
        score, signs = z[:, 1] - z[:, 0], np.array([[1, -1], [-1, 1]])
        labels = np.full(3, y)
        slope = logits.gradient(score, labels, 1.5, head="sigmoid")
        np.testing.assert_array_equal(logits.loss(z, labels, 1.5), logits.loss(score, labels, 1.5, head="sigmoid"))
        np.testing.assert_array_equal(logits.gradient(z, labels, 1.5), np.stack([-slope, slope], -1))
        bend = logits.hessian(score, labels, 1.5, head="sigmoid")[:, None, None]
        np.testing.assert_allclose(logits.hessian(z, labels, 1.5), bend * signs, rtol=2e-15)


def test_alpha_weighs_the_true_class():
    z, y, weights = np.zeros((3, 3)), [0, 1, 2], [2, "1/2", 0]
    for each in (logits.loss, logits.gradient, logits.hessian):
        plain, weighed = each(z, y, 2), each(z, y, 2, alpha=weights)
        for place, weight in enumerate((2.0, 0.5, 0.0)):
            np.testing.assert_array_equal(weighed[place], weight * plain[place])
    pair = logits.loss([0.0, 0.0], [1, 0], 2, alpha=[3, 4], head="sigmoid") / logits.loss([0.0, 0.0], [1, 0], 2, head="sigmoid")
    np.testing.assert_allclose(pair, [3, 4])


INFLECTIONS = {
    "1/2": "0.0176629285808",
    1: "0.0432021835238",
    2: "0.0578463790860",
    5: "0.0502360092869",
    100: "0.00603064108208",
}


@pytest.mark.parametrize(("gamma", "known"), INFLECTIONS.items())
def test_the_inflection_has_its_known_digits(gamma, known):
    assert digits(logits.inflection(gamma, 12), 12) == known


@pytest.mark.parametrize("gamma", ["1e-6", "1/10", 1, "2.38186306264", 50, 10**9])
def test_the_loss_turns_convex_at_the_inflection(gamma):
    found = logits.inflection(gamma, 40)
    with precision(400):
        at = ball(found)
        focus = ball(arb(1) / 10**6 if gamma == "1e-6" else arb(1) / 10 if gamma == "1/10" else arb(str(gamma)))
        assert formulas.curvature(at * (1 - arb(10) ** -38), focus) < 0 < formulas.curvature(at * (1 + arb(10) ** -38), focus)
        assert at < (-2 - 1 / focus).exp()
        assert at < arb(3) / 50


def test_below_the_inflection_one_eigenvalue_is_negative_and_beyond_it_none():
    draws, seen = np.random.default_rng(7), set()
    for _ in range(300):
        gamma = float(draws.choice([0.5, 1.0, 2.0, 5.0, 30.0]))
        z, y = draws.normal(0, 3, draws.integers(2, 6)), 0
        q = np.exp(-logits.loss(z, y, 0))
        values = np.linalg.eigvalsh(logits.hessian(z, y, gamma))
        negative = int((values < -1e-13 * np.abs(values).max()).sum())
        margin = q / float(logits.inflection(gamma, 15))
        if abs(margin - 1) > 1e-6:
            assert negative == (margin < 1)
            seen.add(negative)
    assert seen == {0, 1}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (([1.0, float("nan")], 0, 2), "z[1] = nan is no logit"),
        (([1.0], 0, 2), "z has shape (1,)"),
        (([1.0, 2.0], 2, 2), "y = 2 is no class"),
        (([1.0, 2.0], 0.5, 2), "y = 0.5 is no class"),
        (([1.0, 2.0], float("nan"), 2), "y = nan is no class"),
        (([[1.0, 2.0]] * 2, [0, -1], 2), "y[1] = -1 is no class"),
        (([[1.0, 2.0]] * 2, [0], 2), "y has shape (1,)"),
        (([1.0, 2.0], "cat", 2), "y has dtype"),
        (([1.0, 2.0], 0, -1), "gamma"),
        (([1.0, 2.0, 3.0], 0, 2, 0.25), "alpha = 0.25 is one number"),
        (([1.0, 2.0], 0, 2, [1, -1]), "alpha[1] = -1 is negative"),
        (([1.0, 2.0], [0, 1], 2, 1.5, "sigmoid"), "alpha = 1.5 is not between 0 and 1"),
        (([1.0, 2.0], 0, 2, None, "relu"), "head = 'relu' is no head"),
    ],
)
def test_bad_input_is_told(arguments, told):
    for each in (logits.loss, logits.gradient, logits.hessian):
        with pytest.raises(InputError) as error:
            each(*arguments)
        assert told in str(error.value)


def test_gamma_0_has_no_inflection():
    with pytest.raises(InputError, match="cross-entropy"):
        logits.inflection(0)
