"""Solutions to 7, prove it yourself."""

from focal_symbolic.proofs.elementary import log_above
from sympy import Integer, Interval

from focal_symbolic.claims import theorem, verify
from focal_symbolic.definitions import s, x

INSIDE = {x: Interval.open(0, 1)}


@theorem(
    "(1 - x) s(x) is positive on (0, 1)",
    over=INSIDE,
    shows=(1 - x) * s(x) > 0,
    false="it is more than x",
    but=s(x) * (1 - x) > x,
)
def positive(proof):
    """Each of the factors is positive."""
    proof.sign()


@theorem(
    "(1 - x) s(x) is positive on (0, 1)",
    over=INSIDE,
    shows=(1 - x) * s(x) > 0,
    false="it is at least 0",
    but=s(x) * (1 - x) >= 0,
)
def with_a_true_twin(proof):
    """The same, with a twin that is no falsehood."""
    proof.sign()


@theorem(
    "s lies above x on (0, 1)",
    over=INSIDE,
    shows=s(x) > x,
    false="s lies above 2 x on (0, 1)",
    but=s(x) > Integer(2) * x,
)
def above(proof):
    """From ln x < x - 1, times -x/(1 - x)."""
    proof.combine({proof.use(log_above): x / (1 - x)})


def exercise_1():
    """Signs of the factors are found: `proof.sign()` is the whole proof.

    >>> exercise_1()
    True
    """
    return verify.check(positive, examples=50).verified


def exercise_2():
    """The run fails, though the claim is proved: no leg refuses what is true, and a check that cannot fail shows nothing.

    >>> exercise_2()
    (False, 'proved', ())
    """
    outcome = verify.check(with_a_true_twin, examples=50)
    return outcome.verified, outcome.derivation.verdict, outcome.twin.refuted_by


def exercise_3():
    """The upper bound, ln x < x - 1, with the weight x/(1 - x).

    >>> exercise_3()
    (True, ('elementary/log_above',))
    """
    outcome = verify.check(above, examples=50)
    return outcome.verified, outcome.derivation.lemmas
