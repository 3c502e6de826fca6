"""Numbers with the arguments of their atoms expanded, and the equations that say so."""

from __future__ import annotations

from focal_symbolic.logic.arithmetic import collect, expand
from focal_symbolic.logic.terms import ONE, RELATIONS, SIZE, STATEMENT, Term, abstract, instantiate, mk, rebuild, slack

__all__ = ["Equations", "canonical", "joined", "letter_of", "tidied"]

Equations = tuple[tuple, ...]

_ATOMS = frozenset({"log", "exp", "abs", "rpow", "decl"})
_tidied: dict[Term, tuple[Term, Equations]] = {}


def joined(*groups: Equations) -> Equations:
    """Equations, each once, in the order in which they come."""
    return tuple(dict.fromkeys(e for group in groups for e in group))


def tidied(t: Term) -> tuple[Term, Equations]:
    """A number with the arguments of its logarithms, exponentials, powers and absolute values expanded; the equations used."""
    found = _tidied.get(t)
    if found is None:
        found = _tidied[t] = _tidy(t)
    return found


def _tidy(t: Term) -> tuple[Term, Equations]:
    if not t.terms or t.op in ("entry", "sum"):
        return (t, ()) if t.op != "sum" else _tidy_sum(t)
    parts = [tidied(a) if type(a) is Term else (a, ()) for a in t.args]
    used = joined(*(e for _, e in parts))
    if t.op not in _ATOMS:
        return mk(t.op, *(a for a, _ in parts)), used
    new = mk(t.op, *(collect(expand(a)) if type(a) is Term else a for a, _ in parts))
    return new, used if new is t else (*used, ("inside", t, new))


def _tidy_sum(t: Term) -> tuple[Term, Equations]:
    at = letter_of(t)
    body = instantiate(t.args[0], at)
    inner, used = tidied(body)
    new = collect(expand(inner))
    if new is body:
        return t, ()
    whole = SIZE if new is ONE else mk("sum", abstract(new, at))
    return whole, (("sum_linear", t, at.args[0], used, ((ONE, new),)),)


def letter_of(t: Term) -> Term:
    """A fresh letter for the body of a sum or of «every»: another for each, and none that a context would choose."""
    return mk("fresh", 100 + int.from_bytes(t.digest[:2], "big") % 10_000)


_canonical: dict[Term, Term] = {}


def canonical(s: Term) -> Term:
    """A statement with its relations as 0 R expanded slack, scaled: the same for statements that say the same of numbers."""
    found = _canonical.get(s)
    if found is None:
        if s.op in RELATIONS:
            found = mk(s.op, mk("rat", 0, 1), _scaled(slack(s), s.op in ("eq", "ne")))
        elif s.sort == STATEMENT and s.op not in ("one", "finite"):
            found = rebuild(s, lambda a, *_: canonical(a) if a.sort == STATEMENT else a)
        else:
            found = s
        _canonical[s] = found
    return found


def _scaled(t: Term, either: bool) -> Term:
    p = expand(t)
    if not p:
        return collect(p)
    lead = p[min(p, key=lambda m: [(a.digest, k) for a, k in m])]
    scale = lead if either else abs(lead)
    return collect({m: c / scale for m, c in p.items()})
