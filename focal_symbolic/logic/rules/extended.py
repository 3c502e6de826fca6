"""Rules of values in (-oo, +oo]: when a value by cases, and a sum of them, is finite."""

from __future__ import annotations

from focal_symbolic.errors import Rejected
from focal_symbolic.logic.arithmetic import same
from focal_symbolic.logic.context import Answers, Context
from focal_symbolic.logic.kernel import Outcome, Theorem, demand, rule
from focal_symbolic.logic.rules.common import given, sign_set, union
from focal_symbolic.logic.signs import ANY, NEG, NIL, POS
from focal_symbolic.logic.terms import INFINITY, NUMBER, RELATIONS, Term, abstract, every, free, mk, neg, slack, subterms

__all__: list[str] = []

MOST_ROWS = 729
_SETS = (NEG, NIL, POS, POS | NIL, NEG | NIL, NEG | POS)


def _finite_of(c: Term) -> tuple[Term, Term]:
    """(value, condition) of «value is finite iff condition»."""
    sides = [(a, b) for a, b in (c.args, c.args[::-1]) if a.op == "finite"] if c.op == "iff" else []
    demand(len(sides) == 1, "{} does not say when a value is finite.", c)
    return sides[0][0].args[0], sides[0][1]


@rule()
def finite_value(answers: Answers, c: Term, *premises: Theorem) -> Outcome:
    """«A value by cases is finite iff a condition holds», by the signs that the numbers compared can have.

    In each row of signs the first case that holds tells whether the value is oo, and the condition must say so. The sign of a
    number is narrowed only where the number is shown to be defined.
    """
    value, condition = _finite_of(c)
    demand(value.op == "cases", "{} is not a value by cases.", value)
    rows = list(zip(value.args[::2], value.args[1::2], strict=True))
    demand(all(v.sort == NUMBER or v is INFINITY for v, _ in rows), "{} has a value that is neither a number nor oo.", value)
    table: list[dict[Term, int]] = [{}]
    for x in _compared(condition, *value.args[1::2]):
        allowed = _allowed(given(answers, *premises), x)
        table = [{**row, x: m} for row in table for m in (NEG, NIL, POS) if allowed & m]
        demand(len(table) <= MOST_ROWS, "there are too many numbers that are compared.")
    for signs in table:
        first = next(number for number, case in rows if _truth(case, signs))
        demand((first is not INFINITY) == _truth(condition, signs), "{} fails for some signs.", c)
    return Outcome(union(*premises), None)


def _compared(*statements: Term) -> list[Term]:
    """The numbers that relations compare with 0, each once up to its sign."""
    found: list[Term] = []
    for s in statements:
        for r in subterms(s):
            if r.op in RELATIONS and not any(same(slack(r), x) or same(slack(r), neg(x)) for x in found):
                found.append(slack(r))
    return found


def _allowed(known: Context, x: Term) -> int:
    return next((m for m in _SETS if known.sign(x, m)), ANY)


def _truth(s: Term, signs: dict[Term, int]) -> bool:
    """The truth of a Boolean of comparisons where the numbers have these signs."""
    match s.op:
        case "true":
            return True
        case "and":
            return all(_truth(a, signs) for a in s.args)
        case "or":
            return any(_truth(a, signs) for a in s.args)
        case "not":
            return not _truth(s.args[0], signs)
        case "implies":
            return not _truth(s.args[0], signs) or _truth(s.args[1], signs)
    for number, m in signs.items():
        try:
            return bool(m & sign_set(s, number))
        except Rejected:
            continue
    raise Rejected(f"{s} is not a Boolean of comparisons.")


@rule()
def finite_sum(_: Answers, __: Term, terms: Theorem, /) -> Outcome:
    """A sum over the alphabet is finite iff each of its terms is; no term is -oo."""
    value, condition = _finite_of(terms.conclusion)
    fixed = {key for h in terms.hypotheses for key in free(h)}
    names = [mk(*key) for key in sorted(free(terms.conclusion) - fixed) if key[0] == "letter"]
    gives = [mk("iff", mk("finite", mk("esum", abstract(value, i))), every(abstract(condition, i))) for i in names]
    return Outcome(terms.hypotheses, tuple(gives))
