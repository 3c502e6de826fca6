"""The claims of the library before the second judge: their Coq project, written out or compiled."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache, partial

from sympy import Expr, IndexedBase, Symbol

from focal_symbolic import definitions
from focal_symbolic.claims import judging, library
from focal_symbolic.claims.derivation import stated
from focal_symbolic.definitions import gamma, p, q, x
from focal_symbolic.logic.coq import proof
from focal_symbolic.logic.coq.compiler import Built, Coq, Missing, installed
from focal_symbolic.logic.coq.judgement import Outcome, judged
from focal_symbolic.logic.coq.project import Claim, Project
from focal_symbolic.logic.coq.vocabulary import Definition, Vocabulary
from focal_symbolic.logic.doors import read
from focal_symbolic.logic.terms import Key

__all__ = ["outcomes", "project", "vocabulary"]

_SAID: tuple[tuple[Callable[..., Expr], tuple[Symbol | IndexedBase, ...]], ...] = (
    (definitions.loss, (x, gamma)),
    (definitions.slope, (x, gamma)),
    (definitions.s, (x,)),
    (definitions.g, (x,)),
    (definitions.gain, (x, gamma)),
    (definitions.focal_entropy, (p, q, gamma)),
    (definitions.cross_entropy, (p, q)),
    (definitions.extended_focal_entropy, (p, q, gamma)),
)
"""The functions that statements are said with, and the variables that they are defined for."""


@cache
def vocabulary() -> Vocabulary:
    """The definitions of `definitions.py`."""
    return Vocabulary(tuple(Definition(f.__name__, tuple(map(_key, at)), read(f(*at))) for f, at in _SAID))


def _key(symbol: Symbol | IndexedBase) -> Key:
    return ("entry", symbol.label.name) if isinstance(symbol, IndexedBase) else ("var", symbol.name)


@cache
def _replayed(name: str) -> proof.Replayed:
    """The derivation of a claim, replayed with the certificates that are kept."""
    return proof.replayed(judging.derivation(name), lambda lemma: _replayed(lemma).result)


def _text(name: str) -> str:
    return proof.ClaimWriter(_replayed(name), _replayed).text()


def project(names: Iterable[str]) -> Project:
    """The project of the claims named and of all that they rest on; an open claim has no derivation and is left out."""
    found: dict[str, Claim] = {}
    broken: dict[str, str] = {}
    for name in names:
        if library.result(name).claim.kind != "open":
            try:
                for below in library.in_order([name]):
                    found[below] = found.get(below) or _claim(below)
            except Exception as error:
                told = str(error).strip().splitlines()
                broken[name] = f"its derivation cannot be built: {told[0] if told else type(error).__name__}"
    return Project(tuple(found.values()), vocabulary(), broken)


def _claim(name: str) -> Claim:
    result = library.result(name)
    assumptions, goal = stated(result.claim)
    against = stated(result.falsehood)
    twin = Claim(f"{name} (twin)", result.twin.statement, *against, partial(_text, name))
    return Claim(name, result.claim.statement, assumptions, goal, partial(_text, name), twin)


def outcomes(
    names: Iterable[str], jobs: int | None = None, progress: Callable[[str, Built], None] | None = None
) -> tuple[dict[str, Outcome], str]:
    """What Coq says of the claims named, and its version; where it is not installed, all are absent, with how to get it."""
    wanted = [*names]
    try:
        coq: Coq = installed()
    except Missing as error:
        return dict.fromkeys(wanted, Outcome("absent", reason=str(error))), "(not installed)"
    found = judged(project(wanted), coq, jobs=jobs or os.cpu_count() or 1, progress=progress)
    return {name: found[name] for name in wanted if name in found}, coq.version
