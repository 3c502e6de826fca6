"""Proof scripts: lines of tactics, and the small texts that proofs are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import count

from focal_symbolic.logic.coq.statement import number
from focal_symbolic.logic.terms import Term

__all__ = ["Script", "applied", "both", "conjunction", "integer", "listed", "projections", "rational", "within"]


class Script:
    """Lines of tactics, with names for hypotheses that no other script of the same proof has."""

    def __init__(self, numbers: Iterator[int] | None = None):
        self.lines: list[str] = []
        self._numbers = numbers or count(1)

    def fresh(self, prefix: str = "K") -> str:
        """A new name."""
        return f"{prefix}{next(self._numbers)}"

    def line(self, text: str) -> None:
        """One more line."""
        self.lines.append(text)

    def have(self, text: str, tactic: str) -> str:
        """The name of a hypothesis `text`, which the tactic (or a sequence of sentences) proves."""
        name = self.fresh()
        end = "" if tactic.endswith((".", "}")) else "."
        self.line(f"assert ({name} : {text}). {{ {tactic}{end} }}")
        return name

    def nested(self) -> Script:
        """An empty script that shares the names, for a proof in braces."""
        return Script(self._numbers)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def integer(k: int) -> str:
    """An integer, of type Z."""
    return f"{k}%Z" if k >= 0 else f"({k})%Z"


def rational(c: Fraction) -> str:
    """A rational as the two arguments of `rat` and `Ct`."""
    return f"{c.numerator if c >= 0 else f'({c.numerator})'} {c.denominator}"


def listed(items: Iterable[str]) -> str:
    """A list."""
    out = "nil"
    for item in reversed([*items]):
        out = f"(cons {item} {out})"
    return out


def both(proofs: Iterable[str]) -> str:
    """A proof of a conjunction that ends in True."""
    out = "I"
    for proof in reversed([*proofs]):
        out = f"(conj {proof} {out})"
    return out


def conjunction(proofs: Sequence[str]) -> str:
    """A proof of the conjunction of what these prove."""
    return reduce(lambda rest, proof: f"(conj {proof} {rest})", reversed(proofs))


def projections(proof: str, of: int) -> list[str]:
    """Proofs of the parts of a conjunction of so many."""
    out = []
    for _ in range(of - 1):
        out.append(f"(proj1 {proof})")
        proof = f"(proj2 {proof})"
    return [*out, proof]


def applied(head: str, *arguments: str | Sequence[str]) -> str:
    """An application, in parentheses."""
    return f"({' '.join([head, *(a if isinstance(a, str) else ' '.join(a) for a in arguments)])})"


def within(at: Term) -> str:
    """The proof that a letter is one of the alphabet."""
    return f"(Hs_{at.args[0]} _ {within(at.args[1])})" if at.op == "image" else f"H{number(at)}"
