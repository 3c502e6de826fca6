"""The value of the minimum: positive, and at most that of the uniform model.

Source
    Abstract: "various asymptotic characterizations".
Statement
    On n >= 2 letters, 0 < H*_gamma(P) <= (1 - 1/n)^gamma ln n.
Idea
    The uniform pmf is a competitor of the minimizer, and its focal-entropy does not depend on P.
Trusted
    What `uniqueness/optimality` trusts.
Not covered
    The constant of the asymptotics, H* ~ n ln n (p_1 ... p_n)^(1/n) (1 - 1/n)^gamma, and Schur-concavity.
"""

from sympy import Rational

from focal_symbolic.claim import Claim, Draws, HardSet, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q
from focal_symbolic.language import Every, Gt, Le, array, i, mass, n, total

r = array("r")
FOCUS = Number(gamma, 0)
OPTIMUM = Optimum(q, multiplier, p, gamma)
EVEN = 1 / n
REFERENCE = "asymptotic characterizations"


def uniform_competes(d):
    """H* + lambda (1 - sum 1/n) <= sum p_i loss(1/n) = loss(1/n)."""
    positive = d("every", Every(Gt(EVEN, 0, evaluate=False)), d("sign", Gt(EVEN, 0, evaluate=False)))
    end = d("every", Every(Le(EVEN, 1, evaluate=False)), d("sign", Le(EVEN, 1, evaluate=False)))
    value = focal_entropy(p, q, gamma) + multiplier * (1 - total(EVEN)) <= total(p[i] * loss(EVEN, gamma))
    bound = d.lemma("uniqueness/optimality", value, positive, end, replace={r: (i, EVEN)})
    d("combination", d.goal, bound, d.suppose(mass(p)), weights=(1, -loss(EVEN, gamma)))


UPPER = Result(
    claim=Claim(
        name="value_asymptotics/upper",
        statement="the minimum focal-entropy is at most (1 - 1/n)^gamma ln n",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM),
        goal=focal_entropy(p, q, gamma) <= loss(EVEN, gamma),
    ),
    derivation=uniform_competes,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the minimum focal-entropy is at most nine tenths of (1 - 1/n)^gamma ln n",
        focal_entropy(p, q, gamma) <= Rational(9, 10) * loss(EVEN, gamma),
    ),
)


def terms_positive(d):
    """Every loss is positive, since 0 < q_i < 1."""
    d("sign", d.goal, *d.letters(i, p[i] > 0, q[i] > 0, q[i] < 1))


POSITIVE = Result(
    claim=Claim(
        name="value_asymptotics/positive",
        statement="the minimum focal-entropy is positive on two letters or more",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM),
        goal=focal_entropy(p, q, gamma) > 0,
    ),
    derivation=terms_positive,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("the minimum focal-entropy exceeds 1/1000", focal_entropy(p, q, gamma) > Rational(1, 1000)),
)
