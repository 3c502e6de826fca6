"""PARI/GP, where it is installed: the minimizer by its `solve` within `solve`, from nothing but the definitions."""

from __future__ import annotations

import shutil
import subprocess

from focal_symbolic import definitions

GUARD = 15
"""Digits that gp works with beyond those that are compared."""


def installed() -> bool:
    return shutil.which("gp") is not None


def version() -> str:
    return ".".join(run("foreach(version()[1..3], part, print(part));"))


def _in_gp(formula) -> str:
    """A formula of the definitions in the language of gp."""
    return str(formula.subs(definitions.gamma, "g")).replace("**", "^")


def program(p, gamma, dps: int, then: str) -> str:
    """A program in which `q` is the minimizer, `again()` finds it anew and `h()` is one evaluation of H, and then something."""
    x, g = definitions.x, definitions.gamma
    n = len(p)
    return f"""
default(realprecision, {dps + GUARD});
p = [{", ".join(map(str, p))}] * 1.;
g = {gamma} * 1.;
phi(x) = {_in_gp(definitions.slope(x, g))};
loss(x) = {_in_gp(definitions.loss(x, g))};
inverse(t) = my(z = solve(z = -35, 35, log(phi(1 / (1 + exp(-z)))) - t)); 1 / (1 + exp(-z));
at(l) = vector({n}, i, inverse(l - log(p[i])));
again() = at(solve(l = log(vecmin(p)) + log(phi(1/{n})), log(vecmax(p)) + log(phi(1/{n})), vecsum(at(l)) - 1));
h() = sum(i = 1, {n}, p[i] * loss(q[i]));
q = again();
{then}
"""


def run(text: str) -> list[str]:
    """What gp prints, line by line."""
    done = subprocess.run(["gp", "-q", "-f"], input=text, capture_output=True, text=True, check=True, timeout=300)
    if "***" in done.stderr + done.stdout:
        raise RuntimeError(done.stderr + done.stdout)
    return [line.replace(" ", "") for line in done.stdout.splitlines()]


def minimizer(p, gamma, dps: int) -> list[str]:
    """q to some more digits than asked for."""
    return run(program(p, gamma, dps, "for(i = 1, #q, print(q[i]));"))


def costs(p, gamma, dps: int) -> tuple[float, float]:
    """Seconds of processor time of finding q, and of one evaluation of H, the least of several runs."""
    loops = """
solving = vecmin(vector(5, k, gettime(); for(j = 1, 2, again()); gettime()));
one = vecmin(vector(5, k, gettime(); for(j = 1, 1000, h()); gettime()));
print(solving); print(one);"""
    solving, one = map(int, run(program(p, gamma, dps, loops)))
    return solving / 2000, one / 1_000_000
