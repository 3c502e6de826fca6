"""What is known at a place of a Coq proof, by name, and what lemmas are applied to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping

from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import parts_of
from focal_symbolic.logic.coq.scope import Unproved
from focal_symbolic.logic.coq.statement import PREFIX
from focal_symbolic.logic.kernel import Theorem
from focal_symbolic.logic.terms import RELATIONS, Key, Term, every, negated

__all__ = ["Argument", "Facts", "Sources", "all_parts", "arguments", "in_hypothesis_order", "unspoken"]

Argument = tuple[str, ...]
"""What a lemma is given for a name: its text, and for letters and families of letters the proof that they stay in bounds."""


class Facts(MutableMapping[Term, str]):
    """Statements and the names of the proofs of their truth. Some are proved only when they are asked for."""

    def __init__(self, own: dict[Term, str] | None = None, later: dict[Term, Callable[[], str]] | None = None):
        self._own, self.later = own or {}, later or {}

    def __getitem__(self, s: Term) -> str:
        if s not in self._own:
            self._own[s] = self.later[s]()
        return self._own[s]

    def __contains__(self, s: object) -> bool:
        return s in self._own or s in self.later

    def __setitem__(self, s: Term, name: str) -> None:
        self._own[s] = name

    def __delitem__(self, s: Term) -> None:
        del self._own[s]

    def __iter__(self) -> Iterator[Term]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def learn(self, s: Term, name: str) -> None:
        """The statement is proved under this name, if it was not before."""
        self._own.setdefault(s, name)

    def copy(self) -> Facts:
        """What is known deeper inside; what is proved there is not known outside."""
        return _Inner(self)


class _Inner(Facts):
    """What is known at a place further in: what is proved later is proved outside."""

    def __init__(self, outer: Facts):
        super().__init__(dict(outer))
        self.outer = outer

    def __getitem__(self, s: Term) -> str:
        return self._own[s] if s in self._own else self.outer[s]

    def __contains__(self, s: object) -> bool:
        return s in self._own or s in self.outer


def arguments(symbols: Iterable[Key], at: Mapping[Key, Argument]) -> list[str]:
    """What a lemma over these symbols is applied to: their own names, or what is put for them."""
    out = ["n", "Hn"]
    for kind, name in symbols:
        own = f"{PREFIX[kind]}{name}"
        out += at.get((kind, name)) or ((own, f"H{own}") if kind in ("letter", "image") else (own,))
    return out


_DEFAULT: dict[str, Argument] = {
    "var": ("0",),
    "letter": ("0%nat", "Hn"),
    "entry": ("(fun _ => 0)",),
    "image": ("(fun k => k)", "(fun k H => H)"),
}


def unspoken(symbols: Iterable[Key], own: Iterable[Key]) -> dict[Key, Argument]:
    """What is put for those symbols of a lemma that there are not here: the lemma's theorem does not speak of them."""
    there = {*own}
    return {key: _DEFAULT[key[0]] for key in symbols if key not in there}


class Sources(Mapping[int, str]):
    """The names of the sources of a context, found when they are asked for."""

    def __init__(self, context: Context, facts: Facts):
        self.context, self.facts = context, facts

    def __getitem__(self, k: int) -> str:
        s = self.context.sources[k]
        if s not in self.facts:
            raise Unproved(f"nothing in the proof is named for {s}.")
        return self.facts[s]

    def __contains__(self, k: object) -> bool:
        return isinstance(k, int) and self.context.sources[k] in self.facts

    def __iter__(self) -> Iterator[int]:
        return (k for k, s in enumerate(self.context.sources) if s in self.facts)

    def __len__(self) -> int:
        return len([*self])


def in_hypothesis_order(p: Theorem) -> list[Term]:
    """The hypotheses of a theorem in the order in which its lemma takes them."""
    return sorted(p.hypotheses, key=lambda h: (h.nodes, h.digest))


def all_parts(s: Term) -> Iterable[Term]:
    """The parts of P(s), taken apart as a context does."""
    stack = parts_of(s)
    while stack:
        part = stack.pop(0)
        yield part
        if part.op == "and":
            stack += part.args
        elif part.op == "every" and part.args[0].op == "and":
            stack += map(every, part.args[0].args)
        elif part.op == "not" and part.args[0].op in RELATIONS:
            stack.append(negated(part.args[0]))
