"""The library: every result in `focal_symbolic.proofs`, discovered, and its theorem, replayed once."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import resources
from types import ModuleType

from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.kept import answers
from focal_symbolic.claims.pages import Written, write
from focal_symbolic.claims.renamed import RENAMED
from focal_symbolic.errors import FocalError, Rejected, UnknownClaim
from focal_symbolic.logic.kernel import Step, Theorem

__all__ = [
    "anew",
    "expected_names",
    "in_order",
    "lemmas",
    "modules",
    "owns",
    "result",
    "results",
    "select",
    "steps",
    "steps_of",
    "theorem",
    "written",
]


@cache
def modules() -> dict[str, ModuleType]:
    """The proof files by name; those whose name starts with `_` are templates.

    Returns
    -------
    dict of str to module
        Each file, in the order of the names.

    Raises
    ------
    ImportError
        If a file cannot be imported; so does anything else that it raises.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> "ordering" in library.modules()
    True
    """
    return {name: importlib.import_module(f"focal_symbolic.proofs.{name}") for name in _files()}


@cache
def _files() -> tuple[str, ...]:
    """The names of the proof files, none of them imported."""
    package = importlib.import_module("focal_symbolic.proofs")
    return tuple(sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_")))


def _of_file(file: str) -> dict[str, Result]:
    """The results of a proof file, with no other imported than those that it imports itself; none if there is no such file."""
    if results.cache_info().currsize:
        return {name: one for name, one in results().items() if name.split("/")[0] == file}
    if file not in _files():
        return {}
    values = vars(importlib.import_module(f"focal_symbolic.proofs.{file}")).values()
    return {one.name: one for one in values if isinstance(one, Result) and one.name.split("/")[0] == file}


def owns(found: Result) -> bool:
    """Whether a result is of the library, and not another of the same name.

    Parameters
    ----------
    found : Result
        What `@theorem` makes of a function.

    Returns
    -------
    bool
        Whether the library has it by its name.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.owns(library.result("elementary/log_below"))
    True
    """
    return _of_file(found.name.split("/")[0]).get(found.name) is found


@cache
def results() -> dict[str, Result]:
    """Every result by the name of its claim, file by file, in the order in which the file defines them.

    Returns
    -------
    dict of str to Result
        All of the library.

    Raises
    ------
    FocalError
        If a claim is not named for its file, or two have the same name.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> "ordering/order" in library.results()
    True
    """
    found: dict[str, Result] = {}
    for file, module in modules().items():
        for value in vars(module).values():
            if not isinstance(value, Result):
                continue
            home = value.name.split("/")[0]
            if home not in modules():
                raise FocalError(f"{file}: the claim {value.name} must be named {file}/...; rename it.")
            if found.get(value.name, value) is not value:
                raise FocalError(f"two results are named {value.name}; rename one.")
            if home == file:
                found[value.name] = value
    return found


def result(name: str) -> Result:
    """The result with this claim, by its name or by the one that it had before.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    Result
        The claim with its proof and its twin.

    Raises
    ------
    UnknownClaim
        If there is none, with the nearest name.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.result("elementary/log_below").shows
    log(x) > 1 - 1/x
    """
    if (found := _of_file(name.split("/", maxsplit=1)[0]).get(name)) is not None:
        return found
    name = RENAMED.get(name, name) if name not in results() else name
    if name not in results():
        names = list(results()) if "/" in name else [*modules(), *results()]
        near = [n for n in names if n.startswith(name)] or difflib.get_close_matches(name, names, n=1, cutoff=0)
        raise UnknownClaim(f"there is no claim «{name}»; did you mean {near[0] if near else 'another'}?")
    return results()[name]


def select(names: tuple[str, ...]) -> tuple[Result, ...]:
    """The results named, by claim (`convexity/loss_is_convex`) or by file (`convexity`); all of them for no name.

    Parameters
    ----------
    names : tuple of str
        Claims and files.

    Returns
    -------
    tuple of Result
        Each once, in the order of the names.

    Raises
    ------
    UnknownClaim
        If there is no claim and no file of a name.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.select(("convexity",))[0].name
    'convexity/loss_is_convex'
    """
    if not names:
        return tuple(results().values())
    chosen: dict[str, Result] = {}
    for name in names:
        of_file = _of_file(name)
        chosen |= of_file or {result(name).name: result(name)}
    return tuple(chosen.values())


def expected_names() -> tuple[str, ...]:
    """The committed list of claims: a proof file that has gone missing is noticed by it.

    Returns
    -------
    tuple of str
        The names in claims.txt.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> "ordering/order" in library.expected_names()
    True
    """
    text = resources.files("focal_symbolic.claims").joinpath("claims.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line)


def steps(name: str) -> tuple[Step, ...]:
    """The derivation of a claim, as data.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    tuple of Step
        The steps, as the kernel replays them.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If its page does not give a derivation.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.steps("elementary/log_below")[-1].conclusion
    1 - 1/x < log(x)
    """
    return written(name).steps


def steps_of(found: Result) -> tuple[Step, ...]:
    """The derivation of a result, which need not be of the library.

    Parameters
    ----------
    found : Result
        What `@theorem` makes of a function.

    Returns
    -------
    tuple of Step
        The steps, as the kernel replays them.

    Raises
    ------
    Rejected
        If its page does not give a derivation.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.steps_of(library.result("elementary/log_below")) == library.steps("elementary/log_below")
    True
    """
    return steps(found.name) if owns(found) else write(found, theorem).steps


@cache
def written(name: str) -> Written:
    """The steps of a page, with the lines that they are.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    Written
        The page, written.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If its page does not give a derivation.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.written("elementary/log_below").steps == library.steps("elementary/log_below")
    True
    """
    return write(result(name), theorem)


@cache
def anew(name: str) -> tuple[Step, ...]:
    """The derivation of a claim with nothing taken from what is kept.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    tuple of Step
        The steps, searched for.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If its page does not give a derivation.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.anew("elementary/log_below") == library.steps("elementary/log_below")
    True
    """
    return write(result(name), theorem, anew=True).steps


_open: list[str] = []


@cache
def theorem(name: str) -> Theorem:
    """The theorem of a claim, from the kernel.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    Theorem
        Made by the kernel alone.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If its derivation does not replay, or leans on itself.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.theorem("elementary/log_below")
    0 < x, x < 1 |- 1 - 1/x < log(x)
    """
    if name in _open:
        raise Rejected(f"{name}: the derivation leans on itself through {' -> '.join([*_open, name])}.")
    _open.append(name)
    try:
        return replay(result(name).claim, steps(name), theorem, answers(name))
    except Rejected:
        if anew(name) == steps(name):
            raise
        return replay(result(name).claim, anew(name), theorem, answers(name))
    finally:
        _open.pop()


def lemmas(name: str) -> tuple[str, ...]:
    """The claims that the derivation of a claim uses directly.

    Parameters
    ----------
    name : str
        As "file/function".

    Returns
    -------
    tuple of str
        Their names, each once.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If its page does not give a derivation.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.lemmas("amplification/criterion")
    ('convexity/slope_falls',)
    """
    return tuple(dict.fromkeys(dict(step.arguments)["name"] for step in steps(name) if step.rule == "lemma"))


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The claims and all that they rest on, each after what it rests on.

    Parameters
    ----------
    names : iterable of str
        Claims, as "file/function".

    Returns
    -------
    tuple of str
        All of the names, each once.

    Raises
    ------
    UnknownClaim
        If there is no such claim.
    Rejected
        If a derivation leans on itself.

    Examples
    --------
    >>> from focal_symbolic.claims import library
    >>> library.in_order(["amplification/criterion"])
    ('convexity/loss_is_convex', 'convexity/slope_falls', 'amplification/criterion')
    """
    found: dict[str, None] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise Rejected(f"{name}: the derivation leans on itself through {' -> '.join([*above, name])}.")
        if name not in found:
            for below in lemmas(name):
                visit(below, (*above, name))
            found[name] = None

    for name in names:
        visit(name, ())
    return tuple(found)
