"""What several rules share: relations taken apart, hypotheses joined, signs of cases, what is known under premises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Answers, Context
from focal_symbolic.logic.kernel import Citation, Theorem, demand, here
from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.signs import MASK, NEG, NIL, POS
from focal_symbolic.logic.terms import RELATIONS, Key, Term, free, in_order, le, lt, neg, slack

__all__ = [
    "CONTINUOUS_INVERSE",
    "ELEMENTARY",
    "INTERMEDIATE_VALUE",
    "MEAN_VALUE",
    "UNIFORM_LIMIT",
    "arbitrary",
    "common_conditions",
    "given",
    "inequality",
    "relation",
    "sides",
    "sign_set",
    "union",
    "without",
]

MEAN_VALUE = Citation(
    "mean value theorem",
    "f continuous on [a, b] and differentiable on (a, b), f' > 0 on (a, b): f(a) < f(b)",
    "Rudin, Principles of Mathematical Analysis, 3rd ed., Theorems 5.10 and 5.11",
)
ELEMENTARY = Citation(
    "monotonicity of ln, exp and powers",
    "ln and exp increase; x^e increases in x > 0 for e > 0 and b^x in x for b > 1",
    "NIST DLMF, sections 4.2 and 4.5; Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.6",
)
INTERMEDIATE_VALUE = Citation(
    "intermediate value theorem",
    "f continuous on [a, b], f(a) >= c >= f(b): f(x) = c for some x in [a, b]",
    "Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 4.23",
)
CONTINUOUS_INVERSE = Citation(
    "continuous inverse theorem",
    "a continuous strictly monotone function on an interval has a continuous inverse on its image",
    "Bartle and Sherbert, Introduction to Real Analysis, 4th ed., Theorem 5.6.5",
)
UNIFORM_LIMIT = Citation(
    "uniform limit theorem",
    "|f_i| <= m_i on E and the sum of the m_i converges: the sum of the f_i converges uniformly; a uniform limit of continuous "
    "functions is continuous",
    "Rudin, Principles of Mathematical Analysis, 3rd ed., Theorems 7.10 and 7.12",
)


def union(*theorems: Theorem) -> frozenset[Term]:
    """The hypotheses of all."""
    return frozenset[Term]().union(*(t.hypotheses for t in theorems))


def given(answers: Answers, *premises: Theorem) -> Context:
    """What is known under the hypotheses of the premises."""
    return here(answers, union(*premises), premises)


def relation(s: Term) -> Term:
    """s, which is a relation."""
    demand(s.op in RELATIONS, "{} is not a relation between numbers.", s)
    return s


def sides(s: Term) -> tuple[Term, bool, Term]:
    """(smaller, strictly, larger) of an inequality."""
    demand(s.op in ("lt", "le"), "{} is not an inequality.", s)
    return s.args[0], s.op == "lt", s.args[1]


def inequality(smaller: Term, strictly: bool, larger: Term) -> Term:
    """smaller < larger, or smaller <= larger."""
    return lt(smaller, larger) if strictly else le(smaller, larger)


def arbitrary(key: Key, *theorems: Theorem) -> None:
    """Refuse unless no hypothesis of the theorems speaks of the name."""
    for h in union(*theorems):
        demand(key not in free(h), "{} is not arbitrary: {} is assumed.", key[1], h)


def sign_set(s: Term, difference: Term) -> int:
    """The signs of `difference` for which the relation s holds; refused unless s compares the same two numbers."""
    mask = MASK[relation(s).op]
    if same(slack(s), difference):
        return mask
    demand(same(slack(s), neg(difference)), "{} does not compare the same two numbers.", s)
    return (mask & NIL) | (POS if mask & NEG else 0) | (NEG if mask & POS else 0)


def without(answers: Answers, branch: Theorem, case: Term, needs: list[Term]) -> frozenset[Term]:
    """The hypotheses of a branch beyond its case, which it must use; what a differently written case needs goes to `needs`."""
    used = [h for h in in_order(branch.hypotheses) if h is case or (h.op == case.op and _says(answers, case, h))]
    demand(len(used) > 0, "a branch does not use its case {}.", case)
    for h in used:
        needs += in_order(conditions(h) - conditions(case))
    return branch.hypotheses - set(used)


def _says(answers: Answers, case: Term, h: Term) -> bool:
    """Whether a case says what a hypothesis says, where the conditions of both hold."""
    return Context(answers, [case, *in_order(conditions(h))]).alike(case, h)


def common_conditions(branches: Sequence[Theorem]) -> tuple[Term, ...]:
    """The conditions that each branch has shown of its conclusion."""
    shared: Iterable[Term] = frozenset.intersection(*(conditions(b.conclusion) for b in branches))
    return tuple(in_order(shared))
