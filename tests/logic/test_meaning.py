"""D: under which conditions each kind of term is defined, and what a declaration holds."""

from __future__ import annotations

from focal_symbolic.logic.meaning import conditions
from focal_symbolic.logic.terms import ONE, TRUE, ZERO, eq, ipow, lt, mk

X, Y = mk("var", "x"), mk("var", "y")


def test_what_a_value_by_cases_asks_of_a_later_case_is_asked_where_no_earlier_one_holds():
    """1/x > 0 is not defined at x = 0, where the first case holds: D is true there, and so is each of its conditions."""
    value = mk("cases", ZERO, eq(X, ZERO), mk("log", Y), lt(ZERO, ipow(X, -1)), ONE, TRUE)
    otherwise = mk("not", eq(X, ZERO))
    assert conditions(value) == {
        mk("implies", otherwise, mk("ne", X, ZERO)),
        mk("implies", otherwise, mk("implies", lt(ZERO, ipow(X, -1)), lt(ZERO, Y))),
    }
    assert all(conditions(c) <= conditions(value) for c in conditions(value))
