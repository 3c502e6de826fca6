"""SymPy turned into Python: on balls, rigorous at the precision of the call, or as plain arithmetic on any kind of number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

from flint import arb
from sympy import Abs, Add, E, Expr, Integer, Max, Min, Mul, Pow, Rational, Symbol, exp, log, pi, pycode

from focal_symbolic.errors import InputError
from focal_symbolic.numbers.balls import Probability, integer_power, power

__all__ = ["arithmetic_source", "ball_source", "compiled", "lists_source"]


@lru_cache(maxsize=1024)
def compiled(expression: Expr | tuple[Expr, ...], variables: tuple[Expr, ...]) -> Callable[..., Any]:
    """A SymPy expression (or a tuple of them) as a function on balls, rigorous at the precision of the call.

    Statement: for each variable x the function takes an arb or a `Probability`, and it returns the ball of the
        expression (a tuple of balls for a tuple). 1 - x, ln x, ln(1 - x) and powers of 1 - x are taken from the
        `Probability`, so they keep their relative accuracy near 0 and 1. Outside the domain the ball is NaN, which
        decides nothing.
    Args: variables are Symbols or Indexed; the expression is made of +, *, powers, log, exp, Abs, Min, Max, rationals,
        pi and E.
    Raises: InputError for any other node, floats included.
    """
    source = ball_source("function", expression, {f"a{place}": variable for place, variable in enumerate(variables)})
    space: dict[str, Any] = {"arb": arb, "Probability": Probability, "power": power, "integer_power": integer_power}
    exec(source, space | {"Any": Any}, space)  # the source is made here, of names and operators only
    return cast(Callable[..., Any], space["function"])


def ball_source(name: str, expression: Expr | tuple[Expr, ...], arguments: dict[str, Expr], doc: str = "") -> str:
    """The source of that function, with the names of its arguments for the variables."""
    return _OnBalls(arguments).function(name, expression, doc)


def arithmetic_source(
    name: str,
    expressions: Expr | tuple[Expr, ...],
    arguments: Sequence[Symbol],
    steps: Sequence[tuple[Symbol, Expr]],
    doc: str,
    of_gamma: Sequence[Symbol] = (),
) -> str:
    """The source of a function in which only numbers of the kind that it is given and integers are added and multiplied.

    Args: steps are names for parts, in order; a logarithm is that of `math`. With of_gamma the function takes that tuple first.
    Raises: InputError for a fraction, which Python would round.
    """
    lines = _steps(name, expressions, steps)
    names = list(map(str, arguments))
    if of_gamma:
        names, lines = ["of_gamma", *names], [f"{', '.join(map(str, of_gamma))} = of_gamma", *lines]
    result = ", ".join(map(pycode, expressions)) if isinstance(expressions, tuple) else pycode(expressions)
    return _function(name, names, doc, [*lines, f"return {result}"])


def lists_source(
    name: str,
    expressions: Sequence[Expr],
    arguments: Sequence[Symbol],
    steps: Sequence[tuple[Symbol, Expr]],
    doc: str,
    of_gamma: Sequence[Symbol],
) -> str:
    """As `arithmetic_source`, but from lists of the arguments to a list of each expression, without the cost of calls."""
    lines = _steps(name, tuple(expressions), steps)
    lists = [f"every_{argument}" for argument in arguments]
    loop = f"for {', '.join(map(str, arguments))} in zip({', '.join(lists)}, strict=True):"
    results = [f"found{place}" for place in range(len(expressions))]
    appended = [f"{one}.append({_written(value)})" for one, value in zip(results, expressions, strict=True)]
    body = [
        *(f"{one}: list[Any] = []" for one in results),
        *([f"{', '.join(map(str, of_gamma))} = of_gamma"] if len(of_gamma) > 1 else []),
        loop,
        *(f"    {line}" for line in (*lines, *appended)),
        f"return {', '.join(results)}",
    ]
    return _function(name, ["of_gamma" if len(of_gamma) > 1 else str(of_gamma[0]), *lists], doc, body)


def _steps(name: str, expressions: Expr | tuple[Expr, ...], steps: Sequence[tuple[Symbol, Expr]]) -> list[str]:
    """A line for each step. Raises InputError for a fraction."""
    every = [*(value for _, value in steps), *(expressions if isinstance(expressions, tuple) else (expressions,))]
    for fraction in {atom for one in every for atom in one.atoms(Rational)}:
        if not fraction.is_integer:
            raise InputError(f"{name} has the fraction {fraction}, which is no number of every kind; rewrite it.")
    return [f"{step} = {_written(value)}" for step, value in steps]


def _written(value: Expr) -> str:
    """An expression as Python, in a sum what is added before what is subtracted: -a + b takes an operation more than b - a."""
    first, *others = sorted(Add.make_args(value), key=lambda term: bool(term.could_extract_minus_sign()))
    signs = [("-", -term) if term.could_extract_minus_sign() else ("+", term) for term in others]
    return str(pycode(first)) + "".join(f" {sign} {pycode(term)}" for sign, term in signs)


def _function(name: str, arguments: Iterable[str], doc: str, lines: Sequence[str], result: str = "Any") -> str:
    head = f"def {name}({', '.join(f'{one}: Any' for one in arguments)}) -> {result}:"
    return "\n    ".join([head, *([f'"""{doc}"""'] if doc else []), *lines]) + "\n"


class _OnBalls:
    """Straight-line Python source, one statement a distinct subexpression."""

    def __init__(self, arguments: dict[str, Expr]) -> None:
        self.arguments = arguments
        self.lines: list[str] = []
        self.names: dict[Expr, str] = {}
        for argument, variable in arguments.items():
            self.names[variable] = f"{argument}.q"
            self.names[1 - variable] = f"{argument}.complement"
            self.names[log(variable)] = f"{argument}.log"
            self.names[log(1 - variable)] = f"{argument}.log_complement"

    def function(self, name: str, expression: Expr | tuple[Expr, ...], doc: str) -> str:
        self.lines += [f"if not isinstance({a}, Probability):\n        {a} = Probability({a})" for a in self.arguments]
        if isinstance(expression, tuple):
            result, kind = f"({', '.join(map(self.ball_of, expression))},)", f"tuple[{', '.join(['arb'] * len(expression))}]"
        else:
            result, kind = self.ball_of(expression), "arb"
        return _function(name, self.arguments, doc, [*self.lines, f"result: {kind} = {result}", "return result"], kind)

    def ball_of(self, expression: Expr) -> str:
        return f"arb({int(expression)})" if isinstance(expression, Integer) else self.name(expression)

    def name(self, expression: Expr) -> str:
        """The name that holds an expression; an integer stands for itself."""
        if isinstance(expression, Integer):
            return f"({int(expression)})"
        if expression not in self.names:
            source = self.source(expression)
            name = f"t{len(self.lines)}"
            self.lines.append(f"{name} = {source}")
            self.names[expression] = name
        return self.names[expression]

    def source(self, expression: Expr) -> str:
        if isinstance(expression, Rational):
            return f"arb({int(expression.p)}) / {int(expression.q)}"
        if expression == pi:
            return "arb.pi()"
        if expression == E:
            return "arb.const_e()"
        if isinstance(expression, Add):
            return " + ".join(map(self.name, expression.args))
        if isinstance(expression, Mul):
            return self.product(expression)
        if isinstance(expression, Pow):
            return self.power(*expression.args)
        if isinstance(expression, (log, exp)):
            return f"{self.ball_of(expression.args[0])}.{expression.func.__name__}()"
        if isinstance(expression, Abs):
            return f"abs({self.ball_of(expression.args[0])})"
        if isinstance(expression, (Min, Max)):
            first, *others = map(self.ball_of, expression.args)
            return first + "".join(f".{expression.func.__name__.lower()}({other})" for other in others)
        raise InputError(f"{expression} ({type(expression).__name__}) cannot be compiled to balls; rewrite it.")

    def product(self, expression: Mul) -> str:
        over, under = [], []
        for factor in expression.args:
            if isinstance(factor, Pow) and isinstance(factor.exp, Integer) and factor.exp < 0:
                under.append(self.name(factor.base**-factor.exp))
            else:
                over.append(factor)
        negative = over and over[0] == -1
        top = " * ".join(map(self.name, over[1:] if negative else over)) or "arb(1)"
        top = f"-({top})" if negative else top
        return f"{top} / ({' * '.join(under)})" if under else top

    def power(self, base: Expr, exponent: Expr) -> str:
        if isinstance(exponent, Integer):
            if exponent < 0:
                return f"1 / {self.ball_of(base**-exponent)}"
            return f"integer_power({self.name(base)}, {int(exponent)})"
        if base == E:
            return f"{self.ball_of(exponent)}.exp()"
        known = self.names.get(log(base), "None")
        return f"power({self.ball_of(base)}, {known}, {self.ball_of(exponent)})"
