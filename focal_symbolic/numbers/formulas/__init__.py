"""Definitions turned into numbers: functions of balls, and functions of numbers of any kind, floats, arrays and balls.

`derived` says in SymPy what each is, `compiler` turns SymPy into Python, and `written` is what came out, so that numbers start
without SymPy. After a change of the definitions `python -m focal_symbolic.numbers.formulas` writes it again.
"""

from focal_symbolic.numbers.formulas.written import *  # noqa: F403 - its __all__ is written with it
